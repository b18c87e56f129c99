"""Replies in the window: the wizard by keyboard and by mouse, a diary, answers, and what is still to chase."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.document.diaries import diary_edit, read_diary
from app.document.publishing import publication_diff, publish_edit
from app.models.forms import RowState
from app.models.visits import VisitStatus
from app.ui.availability.grid import DIARY
from app.ui.availability.panel import TimesPanel
from app.ui.commands import replies
from app.ui.dialogs.base import Dialog
from app.ui.replies.answers import AnswersDialog
from app.ui.replies.chase import ChaseScreen
from app.ui.replies.diary import DiaryDialog
from app.ui.replies.wizard import CHECK, COLUMNS, FILES, FormsWizard
from app.ui.screens.lists import Tabs
from app.ui.window import Window
from tests.builders import person_id, visit_id
from tests.document.messy import HEAD, tabbed, week
from tests.ui.conftest import Open

AT = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
W = TypeVar("W", bound=QWidget)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of headings lies in the test's own folder."""
    monkeypatch.setattr("app.document.forms.memory.own_folder", lambda: tmp_path / "own")


def shown(window: Window, kind: type[W]) -> W:
    return next(one for one in window.findChildren(kind) if one.isVisible())


def button(inside: QWidget, words: str) -> QPushButton:
    return next(
        one for one in inside.findChildren(QPushButton) if one.text().replace("&", "") == words and one.isVisible()
    )


def click(qtbot: QtBot, inside: QWidget, words: str) -> None:
    qtbot.mouseClick(button(inside, words), Qt.MouseButton.LeftButton)


def stands_on(wizard: FormsWizard, page: int) -> bool:
    return wizard.pages.currentIndex() == page


def asked_text(wizard: FormsWizard, text: str) -> QLineEdit | None:
    """The line in which a cell of that text can be mended."""
    lines = wizard.checks.asks.findChildren(QLineEdit)
    return next((one for one in lines if one.isVisible() and one.text() == text), None)


def pick(qtbot: QtBot, box: QComboBox, words: str) -> None:
    """Choose an item by keys, as somebody would: open the list, go down, Enter."""
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.waitUntil(box.view().isVisible, timeout=20_000)
    wanted = next(row for row in range(box.count()) if words == box.itemText(row))
    while box.view().currentIndex().row() != wanted:
        qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)


def test_a_pasted_block_is_checked_mended_and_taken_in_as_one_undo(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(week().plan())
    window.desk.action("take-in").trigger()
    wizard = shown(window, FormsWizard)
    wizard.text.setFocus()
    QApplication.clipboard().setText(
        tabbed(HEAD, ("Ann Lee", "Director"), ("Anne Lee", "Head"), ("John Smith", "", "", "", "", "", "2 or 3"))
    )
    qtbot.keyClick(wizard.text, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    click(qtbot, wizard, "Next")
    qtbot.waitUntil(lambda: wizard.pages.currentIndex() == COLUMNS, timeout=20_000)
    click(qtbot, wizard, "Next")
    qtbot.waitUntil(lambda: wizard.pages.currentIndex() == CHECK, timeout=20_000)
    assert "1 ready · 1 to check · 1 error" in wizard.checks.summary.text()
    boxes = wizard.checks.asks.findChildren(QComboBox)
    pick(qtbot, boxes[0], "Leave it out")
    qtbot.waitUntil(lambda: asked_text(wizard, "2 or 3") is not None, timeout=20_000)
    assert "1 ready · 0 to check · 1 error" in wizard.checks.summary.text()
    text = asked_text(wizard, "2 or 3")
    assert text is not None
    text.selectAll()
    qtbot.keyClicks(text, "2")
    qtbot.keyClick(text, Qt.Key.Key_Return)
    assert wizard.isVisible(), "Enter mends the cell and does not press the dialog's own button"
    qtbot.waitUntil(lambda: "2 ready · 0 to check · 0 errors" in wizard.checks.summary.text(), timeout=20_000)
    click(qtbot, wizard, "Take in")
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in window.findChildren(FormsWizard)), timeout=20_000)
    plan = window.desk.now.plan
    assert plan.people[person_id("Ann Lee")].role == "Director"
    assert "replies from pasted block" in window.desk.action("undo").text()
    window.desk.action("undo").trigger()
    assert window.desk.now.plan == week().plan()


def test_a_heading_that_is_not_certain_has_to_be_settled_and_is_remembered(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    window = open_window(week().plan())
    form = tmp_path / "form.csv"
    form.write_text("Name,Job title,Dates not available\nAnn Lee,Head,Tues PM\n")
    replies.take_in_forms(window.desk, (form,))
    wizard = shown(window, FormsWizard)
    qtbot.waitUntil(lambda: wizard.pages.currentIndex() == COLUMNS, timeout=10_000)
    click(qtbot, wizard, "Next")
    assert wizard.pages.currentIndex() == COLUMNS
    assert "Dates not available" in wizard.strip.text
    box = wizard.columns.table.cellWidget(2, 2)
    assert isinstance(box, QComboBox)
    pick(qtbot, box, "Cannot come")
    click(qtbot, wizard, "Next")
    qtbot.waitUntil(lambda: wizard.pages.currentIndex() == CHECK, timeout=20_000)
    click(qtbot, wizard, "Take in")
    qtbot.waitUntil(lambda: not any(one.isVisible() for one in window.findChildren(FormsWizard)), timeout=20_000)
    replies.take_in_forms(window.desk, (form,))
    again = shown(window, FormsWizard)
    qtbot.waitUntil(lambda: again.pages.currentIndex() == COLUMNS, timeout=10_000)
    click(qtbot, again, "Next")
    qtbot.waitUntil(lambda: again.pages.currentIndex() == CHECK, timeout=20_000)
    assert [row.state for row in again.checked.rows] == [RowState.SAME]
    again.reject()


def test_nothing_given_and_nothing_like_a_form_are_told(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(week().plan())
    replies.take_in_forms(window.desk)
    wizard = shown(window, FormsWizard)
    click(qtbot, wizard, "Next")
    assert wizard.pages.currentIndex() == FILES
    assert wizard.strip.text
    wizard.text.setPlainText("Dear all\nthank you")
    click(qtbot, wizard, "Next")
    qtbot.waitUntil(lambda: wizard.pages.currentIndex() == COLUMNS, timeout=20_000)
    assert "looks like a form" in wizard.strip.text
    wizard.reject()


def test_a_diary_dropped_on_the_window_is_previewed_and_taken(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window = open_window(week().plan())
    diary = tmp_path / "Ann Lee.ics"
    diary.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20270323T090000\nDURATION:PT1H\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    replies.drop_calendar(window.desk, diary)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(DiaryDialog)), timeout=20_000)
    dialog = shown(window, DiaryDialog)
    assert dialog.visitor.currentText() == "Ann Lee"
    assert dialog.spans.rows_model.lines[0].cells == ("Tue 23 March, 09:00–10:00, busy",)
    click(qtbot, dialog, "Take these times")
    assert [row.from_diary for row in window.desk.now.plan.availability.values()] == [True]
    assert "diary of Ann Lee" in window.desk.action("undo").text()


def test_a_folder_of_forms_and_several_at_once_open_the_wizard(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window = open_window(week().plan())
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("Name,Job title\nAnn Lee,Head\n")
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for paths in ([tmp_path], [tmp_path / "a.csv", tmp_path / "b.csv"]):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        assert window.drops.eventFilter(window, QDropEvent(QPointF(9, 9), copy, data, left, none))
        wizard = shown(window, FormsWizard)
        qtbot.waitUntil(partial(stands_on, wizard, COLUMNS), timeout=20_000)
        assert [wizard.files.item(row).text() for row in range(wizard.files.count())] == ["a.csv", "b.csv"]
        wizard.reject()
        qtbot.waitUntil(lambda: not any(one.isVisible() for one in window.findChildren(FormsWizard)), timeout=20_000)


def test_answers_pasted_as_a_list_are_noted_and_a_no_leads_to_a_repair(qtbot: QtBot, open_window: Open) -> None:
    built = week().visit("Ann Lee", "s-01")
    plan = built.plan()
    plan = plan.apply(publish_edit(plan, publication_diff(plan, built.week.id), AT))
    window = open_window(plan)
    replies.take_in_answers(window.desk)
    dialog = shown(window, AnswersDialog)
    assert not dialog.note.isEnabled()
    qtbot.keyClicks(dialog.text, "Ann Lee - no")
    click(qtbot, dialog, "Note the answers")
    assert window.desk.now.plan.visits[visit_id("Ann Lee", "s-01")].status is VisitStatus.DECLINED
    assert button(window, "Show mends…").isVisible()


def test_chase_lists_what_is_open_leads_to_its_place_and_saves_reminders(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    window = open_window(week().plan())
    window.enter("chase")
    screen = shown(window, ChaseScreen)
    assert "No times or wishes yet" in {line.cells[1] for line in screen.table.rows_model.lines}
    click(qtbot, screen, "Copy addresses")
    assert "ann.lee@council.example" in QApplication.clipboard().text()
    screen.save_reminders(tmp_path / "reminders")
    assert (tmp_path / "reminders" / "Ann Lee.eml").exists()
    screen.table.setFocus()
    screen.table.setCurrentIndex(screen.table.rows_model.index(0, 0))
    qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert not screen.isVisible()


def test_forms_are_written_for_everybody(qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    window = open_window(week().plan())
    replies.write_forms(window.desk, tmp_path / "forms")
    qtbot.waitUntil((tmp_path / "forms" / "visitor-form" / "Ann Lee.xlsx").exists, timeout=20_000)
    assert (tmp_path / "forms" / "for all" / "slot-form.xlsx").exists()


def test_times_of_a_diary_are_told_as_such_on_the_grid_and_can_be_forgotten(
    qtbot: QtBot, open_window: Open, tmp_path: Path
) -> None:
    plan, view = week().plan(), week().view()
    diary = tmp_path / "Ann Lee.ics"
    diary.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20270323T080000\nDURATION:PT4H\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    ann = person_id("Ann Lee")
    plan = plan.apply(diary_edit(plan, view.week.id, ann, read_diary(diary, view, ann)))
    window = open_window(plan)
    window.enter("visitors")
    tabs = shown(window, Tabs)
    panel = tabs.open("times")
    assert isinstance(panel, TimesPanel)
    model = panel.table.times
    spoken = model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Ann Lee, Tue 23 March")
    assert spoken.endswith("busy, from the diary")
    assert DIARY in model.index(0, 2).data()
    assert not panel.forget.isEnabled()
    panel.visitor.setCurrentIndex(panel.visitor.findText("Ann Lee"))
    click(qtbot, panel, "Forget the diary")
    assert window.desk.now.plan == week().plan()


@pytest.mark.parametrize(
    ("names", "told"),
    [(("a.csv", "b.csv"), "make a week first"), (("a.ics", "b.eml"), "make a week first")],
)
def test_what_came_back_needs_a_week_to_go_into(
    open_window: Open, tmp_path: Path, names: tuple[str, ...], told: str
) -> None:
    window = open_window()
    replies.drop_several(window.desk, [tmp_path / name for name in names])
    assert told in said(window)


def test_forms_and_replies_are_not_taken_at_once(open_window: Open, tmp_path: Path) -> None:
    window = open_window(week().plan())
    replies.drop_several(window.desk, [tmp_path / "a.csv", tmp_path / "b.ics"])
    assert "not both at once" in said(window)


def said(window: Window) -> str:
    return " ".join(one.text() for one in shown(window, Dialog).findChildren(QLabel))
