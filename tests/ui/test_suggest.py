"""Suggest places, the price on request, the reserve bench: with real keys on a real window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.models.change import Verb
from app.ui.bridge import Picked
from app.ui.dialogs.suggest import SuggestDialog
from app.ui.dialogs.why import WhyDialog
from app.ui.window import Window
from tests.builders import person_id, slot_id, visit_id
from tests.ui.conftest import Open
from tests.ui.test_moving import dialog_of
from tests.ui.week import a_board_week, board, cell, click, press, slots_of


def in_front(window: QWidget) -> None:
    """Without a screen nobody gives the keyboard to a window by themselves."""
    window.activateWindow()
    QApplication.processEvents()


def details(window: Window) -> str:
    return " | ".join(label.text() for label in window.details.findChildren(QLabel))


def test_s_ranks_places_for_the_selected_visit_and_enter_moves_it_as_one_undo(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Bo Khan"))
    press(view, Qt.Key.Key_S)
    dialog = dialog_of(window, SuggestDialog)
    assert isinstance(dialog, SuggestDialog)
    lines = dialog.table.rows_model.lines
    assert [line.cells[0] for line in lines] == [str(rank) for rank in range(1, len(lines) + 1)]
    assert lines[0].cells[1] == "Families"  # the one team below its minimum
    assert "would meet one wanted visit more" in lines[0].cells[-1]
    assert all("Home A" not in line.cells for line in lines)  # not cleared
    before = window.desk.now.plan
    in_front(dialog)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert slots_of(window, "Bo Khan") <= {"n1", "n2"}
    assert window.desk.now.edit is not None
    assert window.desk.now.edit.verb is Verb.MOVE
    assert window.desk.now.picked.visits == (visit_id("Bo Khan", "s1"),)
    in_front(window)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.desk.now.plan.visits == before.visits


def test_s_on_a_free_place_ranks_visitors_and_places_the_chosen_one(window: Window) -> None:
    view = board(window)
    click(view, cell(view, slot="h1", free=True))
    press(view, Qt.Key.Key_S)
    dialog = dialog_of(window, SuggestDialog)
    assert isinstance(dialog, SuggestDialog)
    names = [line.cells[1] for line in dialog.table.rows_model.lines]
    assert "Bo Khan" not in names
    assert names[0] == "Ann Lee"  # below her minimum
    dialog.go.click()
    assert "h1" in slots_of(window, "Ann Lee")


def test_suggestions_for_a_pinned_visit_say_to_unpin_it_first(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Bo Khan"))
    press(view, Qt.Key.Key_L, Qt.Key.Key_S)
    assert not [one for one in window.findChildren(SuggestDialog) if one.isVisible()]
    assert "pinned" in window.status.message.text()


def test_escape_leaves_all_as_it_was(window: Window) -> None:
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    press(view, Qt.Key.Key_S)
    before = window.desk.now.plan
    press(dialog_of(window, SuggestDialog), Qt.Key.Key_Escape)
    assert window.desk.now.plan is before


def test_the_details_tell_the_reserve_and_follow_each_edit(open_window: Open) -> None:
    week = a_board_week().visitor("Sam Reserve", standby=True)
    window = open_window(week.plan())
    view = board(window)
    click(view, cell(view, person="Ann Lee"))
    assert "Sam Reserve (standby); " in details(window)
    window.desk.bridge.pick(Picked(person_id=person_id("Bo Khan")))
    assert "Free slots that suit" in details(window)
    assert "Families Mon 22 Mar, 11:15–12:15" in details(window)
    window.desk.bridge.pick(Picked(slot_id=slot_id("n1")))
    assert "Could come" in details(window)
    click(view, cell(view, person="Bo Khan"))
    click(view, cell(view, person="Ann Lee"))
    in_front(window)
    press(view, Qt.Key.Key_Delete)
    assert slots_of(window, "Ann Lee") == set()
    window.desk.bridge.pick(Picked(slot_id=slot_id("f1")))
    assert "Ann Lee" in details(window)


def test_what_would_it_cost_is_answered_on_request_aside(qtbot: QtBot, window: Window) -> None:
    view = board(window)
    click(view, cell(view, slot="p1", free=True))
    press(view, Qt.Key.Key_W)
    dialog = dialog_of(window, WhyDialog)
    assert isinstance(dialog, WhyDialog)
    dialog.visitor.setCurrentIndex(dialog.visitor.findData(person_id("Bo Khan")))
    asked = dialog.price
    assert "As the week stands, with nothing else moved, it would bring" in dialog.notes.text()
    assert asked.ask.isVisible()
    assert not asked.bar.isVisible()
    in_front(dialog)
    asked.ask.setFocus()
    QTest.keyClick(asked.ask, Qt.Key.Key_Space)
    assert asked.bar.isVisible()
    assert asked.halt.isVisible()
    qtbot.waitUntil(lambda: not asked.bar.isVisible(), timeout=20_000)
    assert asked.said.text().startswith(("It costs nothing: ", "Bo Khan at Play"))
    dialog.visitor.setCurrentIndex(dialog.visitor.findData(person_id("Ann Lee")))
    assert not asked.said.isVisible()  # the old answer does not stand beside another question


def test_looking_can_be_stopped_and_the_forbidden_has_no_price(window: Window) -> None:
    view = board(window)
    click(view, cell(view, slot="p1", free=True))
    press(view, Qt.Key.Key_W)
    dialog = dialog_of(window, WhyDialog)
    assert isinstance(dialog, WhyDialog)
    dialog.visitor.setCurrentIndex(dialog.visitor.findData(person_id("Bo Khan")))
    in_front(dialog)
    dialog.price.ask.click()
    QTest.keyClick(dialog.price.halt, Qt.Key.Key_Space)
    assert dialog.price.said.text() == "Stopped; the price is not known."
    dialog.slot.setCurrentIndex(dialog.slot.findData(slot_id("h1")))  # not cleared for it
    assert not dialog.price.ask.isVisible()
    assert "The nearest that works" in dialog.notes.text()
    dialog.price.ask_about(person_id("Ann Lee"), slot_id("p1"))
    dialog.price.ask.click()
    dialog.reject()  # closing stops it too
    QApplication.processEvents()


def test_pins_that_cannot_hold_together_stand_among_the_problems(open_window: Open) -> None:
    week = a_board_week().visit("Ann Lee", "f2", pinned=True).visit("Ann Lee", "s1", pinned=True)
    week.visit("Bo Khan", "f2", pinned=True)
    window = open_window(week.plan())
    window.show_panel("problems")
    lines = [line for line in window.problems.table.rows_model.lines if line.key.startswith("pins:")]
    assert lines
    assert any("Ann Lee at Front door" in line.cells[1] and "Bo Khan" in line.cells[1] for line in lines)
    window.problems.table.entered_row.emit(lines[0].key)
    assert len(window.desk.now.picked.visits) == 2
