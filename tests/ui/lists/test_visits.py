"""Placing through the list of visits asks what the board asks, by the same code."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.visits import Visit
from app.ui.dialogs.allow import Allow
from app.ui.lists.editors import set_text, text_of
from app.ui.lists.form import RowForm
from app.ui.lists.panel import ListPanel
from app.ui.screens.start import lead_to
from app.ui.window import Window
from app.words.edits import undo_label
from tests.builders import person_id, slot_id
from tests.ui.conftest import Open, awake
from tests.ui.week import a_board_week


@pytest.fixture
def window(qtbot: QtBot, open_window: Open) -> Window:
    return awake(qtbot, open_window(a_board_week().plan()))


def visits_list(window: Window) -> ListPanel:
    panel = lead_to(window.desk, "visitors", "visits")
    assert isinstance(panel, ListPanel)
    return panel


def row_of(panel: ListPanel, name: str) -> int:
    return next(at for at, row in enumerate(panel.view.list_model.rows) if row.part(Visit).person_id == person_id(name))


def type_into(panel: ListPanel, name: str, column: str, text: str) -> None:
    model = panel.view.list_model
    number = [one.name for one in model.columns].index(column)
    model.setData(model.index(row_of(panel, name), number), text)


def of(window: Window, name: str) -> list[Visit]:
    return [one for one in window.desk.now.plan.visits.values() if one.person_id == person_id(name)]


def asked() -> Allow:
    found = QApplication.activeModalWidget()
    assert isinstance(found, Allow)
    return found


def add(window: Window, texts: Mapping[str, str]) -> None:
    form = visits_list(window).add()
    assert isinstance(form, RowForm)
    for column, text in texts.items():
        set_text(form.editor(column), text)
    form._save_and_close()


def test_a_slot_that_breaks_a_rule_is_asked_about_and_taken_with_the_reason(qtbot: QtBot, window: Window) -> None:
    type_into(visits_list(window), "Ann Lee", "Slot", "s2")
    assert of(window, "Ann Lee")[0].slot_id == slot_id("f1")
    dialog = asked()
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.reason, "she will come late")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    (visit,) = of(window, "Ann Lee")
    assert (visit.slot_id, visit.permitted) == (slot_id("s2"), "she will come late")
    assert window.desk.now.problems.blocking == ()
    window.desk.bridge.undo()
    assert of(window, "Ann Lee")[0].slot_id == slot_id("f1")


def test_a_question_that_is_not_answered_leaves_everything_as_it_was(qtbot: QtBot, window: Window) -> None:
    before = window.desk.now.plan
    type_into(visits_list(window), "Ann Lee", "Slot", "s2")
    qtbot.keyClick(asked(), Qt.Key.Key_Escape)
    assert window.desk.now.plan is before
    assert "f1" in str(visits_list(window).view.list_model.index(row_of(visits_list(window), "Ann Lee"), 1).data())


def test_a_free_slot_is_taken_without_a_question(window: Window) -> None:
    type_into(visits_list(window), "Ann Lee", "Slot", "n1")
    assert QApplication.activeModalWidget() is None
    assert of(window, "Ann Lee")[0].slot_id == slot_id("n1")


def test_another_visitor_in_the_slot_of_the_first_is_not_told_that_it_is_full(window: Window) -> None:
    type_into(visits_list(window), "Ann Lee", "Visitor", "Cy <b>Bold</b>")
    assert QApplication.activeModalWidget() is None
    assert slot_id("f1") in [one.slot_id for one in of(window, "Cy <b>Bold</b>")]
    assert of(window, "Ann Lee") == []


def test_a_new_visit_that_breaks_a_rule_is_asked_about(qtbot: QtBot, window: Window) -> None:
    add(window, {"Visitor": "Bo Khan", "Slot": "h1"})
    assert len(of(window, "Bo Khan")) == 1
    dialog = asked()
    qtbot.keyClicks(dialog.reason, "accompanied by Ann")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert [one.permitted for one in of(window, "Bo Khan") if one.slot_id == slot_id("h1")] == ["accompanied by Ann"]


def test_what_was_typed_stays_in_the_form_while_its_question_is_not_answered(qtbot: QtBot, window: Window) -> None:
    add(window, {"Visitor": "Bo Khan", "Slot": "h1", "Status": "confirmed"})
    qtbot.keyClick(asked(), Qt.Key.Key_Escape)
    form = QApplication.activeModalWidget()
    assert isinstance(form, RowForm)
    assert text_of(form.editor("Slot")).startswith("h1")
    assert text_of(form.editor("Status")) == "confirmed"
    assert len(of(window, "Bo Khan")) == 1
    set_text(form.editor("Slot"), "n1")
    form._save_and_close()
    assert QApplication.activeModalWidget() is None
    assert {one.slot_id for one in of(window, "Bo Khan")} == {slot_id("s1"), slot_id("n1")}


def test_a_reason_given_over_the_form_closes_both(qtbot: QtBot, window: Window) -> None:
    add(window, {"Visitor": "Bo Khan", "Slot": "h1"})
    dialog = asked()
    qtbot.keyClicks(dialog.reason, "agreed")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert QApplication.activeModalWidget() is None
    assert len(of(window, "Bo Khan")) == 2


def test_a_reason_given_in_the_row_is_answer_enough(window: Window) -> None:
    add(window, {"Visitor": "Bo Khan", "Slot": "h1", "Permitted": "agreed by phone"})
    assert QApplication.activeModalWidget() is None
    assert {one.permitted for one in of(window, "Bo Khan")} == {"", "agreed by phone"}


def test_a_visit_brought_back_is_asked_about_again(qtbot: QtBot, window: Window) -> None:
    panel = visits_list(window)
    type_into(panel, "Bo Khan", "Status", "declined")
    add(window, {"Visitor": "Ann Lee", "Slot": "s1"})
    type_into(panel, "Bo Khan", "Status", "proposed")
    dialog = asked()
    assert "place" in dialog.findChildren(type(dialog.heading))[1].text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not of(window, "Bo Khan")[0].counts


def test_pasted_visits_are_asked_about_in_one_question_and_one_undo(qtbot: QtBot, window: Window) -> None:
    QGuiApplication.clipboard().setText("Visitor\tSlot\nBo Khan\th1\nBo Khan\tn1\nCy <b>Bold</b>\tn2\n")
    dialog = visits_list(window).paste()
    assert dialog is not None
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    question = asked()
    assert "2 visits" in question.heading.text()
    qtbot.keyClicks(question.reason, "agreed")
    qtbot.mouseClick(question.go, Qt.MouseButton.LeftButton)
    reasons = {
        (window.desk.now.plan.slots[one.slot_id].name, one.permitted)
        for name in ("Bo Khan", "Cy <b>Bold</b>") for one in of(window, name)
    }  # fmt: skip
    assert reasons == {("s1", ""), ("p1", ""), ("h1", "agreed"), ("n1", ""), ("n2", "agreed")}
    document = window.desk.bridge.document
    assert document is not None
    assert document.can_undo is not None
    assert "3" in undo_label(document.can_undo)
