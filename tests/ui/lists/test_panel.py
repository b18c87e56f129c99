"""Lists driven by real keys and clicks; Qt's model tester is fatal throughout."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.lists.column import Listing
from app.ui.lists.columns_people import VISITOR_LIST
from app.ui.lists.columns_places import SITE_LIST, SLOT_LIST, TEAM_LIST, TRAVEL_GRID
from app.ui.lists.panel import ListPanel
from app.words.edits import history_label, undo_label
from tests.builders import Builder, a_week
from tests.ui.lists.conftest import FakeDesk
from tests.ui.lists.test_columns import full_week

Shown = Callable[[Listing, Builder], ListPanel]


@pytest.fixture
def shown(qtbot: QtBot, fake_desk: FakeDesk) -> Shown:
    def make(listing: Listing, built: Builder) -> ListPanel:
        fake_desk.open(built.plan())
        panel = ListPanel(fake_desk.desk, listing)
        QAbstractItemModelTester(
            panel.view.list_model, QAbstractItemModelTester.FailureReportingMode.Fatal, panel.view.list_model
        )
        fake_desk.window.setCentralWidget(panel)
        fake_desk.window.resize(1000, 500)
        fake_desk.window.show()
        fake_desk.window.activateWindow()
        qtbot.waitUntil(fake_desk.window.isActiveWindow)
        qtbot.waitUntil(panel.isVisible)
        panel.focus_list()
        return panel

    return make


def stand_on(panel: ListPanel, row: int, column: str) -> None:
    model = panel.view.list_model
    number = [one.name for one in model.columns].index(column)
    panel.view.stand_on(model.index(row, number))


def cell(panel: ListPanel, row: int, column: str) -> str:
    model = panel.view.list_model
    number = [one.name for one in model.columns].index(column)
    return str(model.index(row, number).data(Qt.ItemDataRole.EditRole))


def keys(qtbot: QtBot, panel: ListPanel, text: str) -> None:
    """Type into whatever has the focus, and press Enter."""
    target = QApplication.focusWidget()
    assert target is not None
    qtbot.keyClicks(target, text)
    qtbot.keyClick(QApplication.focusWidget() or target, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_typing_into_a_cell_changes_it_as_one_named_undo(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(VISITOR_LIST, full_week())
    stand_on(panel, 0, "Role")
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    keys(qtbot, panel, "Director")
    assert cell(panel, 0, "Role") == "Director"
    document = fake_desk.bridge.document
    assert document is not None
    edit = document.can_undo
    assert edit is not None
    assert undo_label(edit) == "Undo change of visitor Ann Lee"
    fake_desk.bridge.undo()
    assert cell(panel, 0, "Role") == ""


def test_an_impossible_value_is_told_and_the_old_one_kept(qtbot: QtBot, shown: Shown) -> None:
    panel = shown(SLOT_LIST, full_week())
    stand_on(panel, 0, "End")
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    keys(qtbot, panel, "08:00")
    assert cell(panel, 0, "End") == "11:00"
    assert "08:00 is not after 09:30" in panel.strip.text


def test_a_word_is_chosen_from_its_list(qtbot: QtBot, shown: Shown) -> None:
    panel = shown(VISITOR_LIST, full_week())
    stand_on(panel, 0, "Clearance")
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    editor = panel.view.viewport().findChild(QComboBox)
    assert isinstance(editor, QComboBox)
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert cell(panel, 0, "Clearance") == "not yet"


def test_space_turns_yes_to_no_and_back(qtbot: QtBot, shown: Shown) -> None:
    panel = shown(VISITOR_LIST, full_week())
    stand_on(panel, 1, "Standby")
    qtbot.keyClick(panel.view, Qt.Key.Key_Space)
    assert cell(panel, 1, "Standby") == "yes"


def test_ctrl_enter_fills_every_selected_cell(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(VISITOR_LIST, full_week())
    stand_on(panel, 0, "Division")
    qtbot.keyClick(panel.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    editor = panel.view.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, "North")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [cell(panel, row, "Division") for row in (0, 1)] == ["North", "North"]
    document = fake_desk.bridge.document
    assert document is not None
    assert len(document.history) == 1


def test_delete_makes_cells_blank(qtbot: QtBot, shown: Shown) -> None:
    panel = shown(VISITOR_LIST, full_week())
    stand_on(panel, 0, "Base")
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    assert cell(panel, 0, "Base") == ""


def test_a_row_is_added_by_the_form_with_the_keyboard(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(SITE_LIST, a_week())
    form = panel.add()
    assert form is not None
    qtbot.keyClicks(form.editor("Site"), "North Hub")
    qtbot.keyClick(form.editor("Site"), Qt.Key.Key_Return)
    assert [one.name for one in fake_desk.plan.sites.values()] == ["North Hub"]
    assert not form.isVisible()


def test_the_form_keeps_what_is_wrong_and_says_why(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(TEAM_LIST, a_week().site("North Hub"))
    form = panel.add()
    assert form is not None
    qtbot.keyClicks(form.editor("Team"), "MASH")
    qtbot.keyClick(form.editor("Team"), Qt.Key.Key_Return)
    assert "Service: is blank but needed" in form.fault
    assert form.isVisible()
    assert not fake_desk.plan.teams


def test_escape_drops_what_was_typed_in_the_form_only_when_it_comes_twice(qtbot: QtBot, shown: Shown) -> None:
    panel = shown(SITE_LIST, a_week())
    form = panel.add()
    assert form is not None
    qtbot.keyClicks(form.editor("Site"), "North")
    qtbot.keyClick(form.editor("Site"), Qt.Key.Key_Escape)
    assert form.isVisible()
    assert "not saved yet" in form.fault
    qtbot.keyClicks(form.editor("Site"), " Hub")
    qtbot.keyClick(form.editor("Site"), Qt.Key.Key_Escape)
    assert form.isVisible()
    qtbot.keyClick(form.editor("Site"), Qt.Key.Key_Escape)
    assert not form.isVisible()
    untouched = panel.add()
    assert untouched is not None
    qtbot.keyClick(untouched.editor("Site"), Qt.Key.Key_Escape)
    assert not untouched.isVisible()


def test_several_rows_are_changed_at_once_by_the_form(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(TEAM_LIST, full_week())
    panel.view.selectAll()
    form = panel.change()
    assert form is not None
    qtbot.keyClicks(form.editor("Line"), "Line 9")
    qtbot.mouseClick(button(form, "Save"), Qt.MouseButton.LeftButton)
    assert {one.line for one in fake_desk.plan.teams.values()} == {"Line 9"}
    assert {one.service for one in fake_desk.plan.teams.values()} == {"Social care", "Education"}


def button(parent: QWidget, words: str) -> QPushButton:
    return next(one for one in parent.findChildren(QPushButton) if one.text().replace("&", "").startswith(words))


def test_a_deletion_names_what_goes_with_it(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(TEAM_LIST, full_week())
    stand_on(panel, 0, "Team")
    dialog = panel.delete()
    assert dialog is not None
    qtbot.mouseClick(button(dialog, "Delete"), Qt.MouseButton.LeftButton)
    assert [one.name for one in fake_desk.plan.teams.values()] == ["Tutors"]


def test_a_slot_is_offered_on_other_days(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(SLOT_LIST, full_week())
    stand_on(panel, 0, "Slot")
    qtbot.keyClick(panel.view, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    dialog = next(one for one in fake_desk.window.findChildren(QWidget) if one.windowTitle() == "To other days")
    boxes = [one for one in dialog.findChildren(QWidget) if one.inherits("QCheckBox")]
    qtbot.keyClick(boxes[2], Qt.Key.Key_Space)
    qtbot.keyClick(boxes[3], Qt.Key.Key_Space)
    qtbot.mouseClick(button(dialog, "Offer"), Qt.MouseButton.LeftButton)
    assert sorted(one.name for one in fake_desk.plan.slots.values()) == ["S1", "S2", "S3", "S4"]


def test_a_block_is_pasted_after_a_preview(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(VISITOR_LIST, full_week())
    QGuiApplication.clipboard().setText("Visitor\tRole\nCy Fox\tClerk\nAnn Lee\tMayor\n")
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = next(one for one in fake_desk.window.findChildren(QWidget) if one.windowTitle() == "Paste rows")
    assert len(fake_desk.plan.people) == 2
    qtbot.mouseClick(button(dialog, "Paste 2 rows"), Qt.MouseButton.LeftButton)
    assert sorted(one.name for one in fake_desk.plan.people.values()) == ["Ann Lee", "Bo Day", "Cy Fox"]
    fake_desk.bridge.undo()
    assert len(fake_desk.plan.people) == 2


def test_copied_cells_are_tab_separated(qtbot: QtBot, shown: Shown) -> None:
    panel = shown(SITE_LIST, full_week())
    panel.view.clearSelection()
    stand_on(panel, 0, "Site")
    qtbot.keyClick(panel.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().rstrip() == "Home"


def test_filter_and_sort_choose_and_arrange_rows(qtbot: QtBot, shown: Shown) -> None:
    panel = shown(SLOT_LIST, full_week().slot("S3", "MASH", 2))
    qtbot.keyClicks(panel.filter, "mash")
    assert panel.view.list_model.rowCount() == 2
    header = panel.view.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(2) + 5, 5)
    for _ in range(2):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert [cell(panel, row, "Slot") for row in (0, 1)] == ["S3", "S1"]


def test_rows_stay_where_they_are_while_one_types(qtbot: QtBot, shown: Shown) -> None:
    panel = shown(SLOT_LIST, full_week())
    stand_on(panel, 0, "Date")
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    keys(qtbot, panel, "Fri 26 March 2027")
    assert [cell(panel, row, "Slot") for row in (0, 1)] == ["S1", "S2"]


def test_an_empty_list_says_what_to_do_and_has_the_button(qtbot: QtBot, shown: Shown) -> None:
    panel = shown(VISITOR_LIST, a_week())
    assert [one.isVisible() for one in panel.empty_buttons] == [True, True]


def test_the_grid_of_travel_takes_minutes(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(TRAVEL_GRID, a_week().site("A").site("B"))
    panel.view.stand_on(panel.view.list_model.index(0, 2))
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    keys(qtbot, panel, "25")
    assert [road.minutes for road in fake_desk.plan.roads.values()] == [25]
    assert panel.view.list_model.index(1, 1).data() == "25"
    document = fake_desk.bridge.document
    assert document is not None
    assert history_label(document.history[-1]) == "Change of travel time from A to B"


def test_columns_that_were_hidden_stay_hidden(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(VISITOR_LIST, full_week())
    panel.view.show_column(3, on=False)
    again = shown(VISITOR_LIST, full_week())
    assert again.view.isColumnHidden(3)


def test_a_part_of_one_name_is_enough_to_type(qtbot: QtBot, fake_desk: FakeDesk, shown: Shown) -> None:
    panel = shown(TEAM_LIST, full_week())
    stand_on(panel, 1, "Site")
    qtbot.keyClick(panel.view, Qt.Key.Key_F2)
    keys(qtbot, panel, "north")
    assert cell(panel, 1, "Site") == "North Hub"
