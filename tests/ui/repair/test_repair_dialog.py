"""Somebody drops out, or a team falls away: asked, ranked, looked at, applied, undone, with real keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.change import Verb
from app.models.people import Presence
from app.models.places import Consent
from app.models.visits import VisitStatus
from app.ui.repair.asking import Happened, WhatFallsAway, WhoDropsOut
from app.ui.repair.dialog import RepairDialog
from app.ui.window import Window
from tests.builders import person_id, slot_id, visit_id
from tests.ui.week import a_board_week, board, cell, click, press, slots_of, type_over

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Open = Callable[..., Window]


@pytest.fixture
def published(open_window: Open) -> Window:
    """The small week, with every visit published."""
    build = a_board_week()
    plan = build.plan()
    told = [replace(visit, status=VisitStatus.PUBLISHED) for visit in plan.visits.values()]
    return open_window(plan.apply(plan.edit(Verb.STATUS, put=told)))


def dialog_of(window: Window) -> RepairDialog:
    (dialog,) = [one for one in window.findChildren(RepairDialog) if one.isVisible()]
    return dialog


def found(dialog: RepairDialog, qtbot: QtBot) -> RepairDialog:
    qtbot.waitUntil(dialog.stop.isHidden, timeout=30_000)
    return dialog


def cells(dialog: RepairDialog) -> list[tuple[str, ...]]:
    return [line.cells for line in dialog.mends.rows_model.lines]


def test_whoever_is_selected_drops_out_and_a_mend_is_applied_and_undone_by_keys(
    published: Window, qtbot: QtBot
) -> None:
    view = board(published)
    click(view, cell(view, person="Ann Lee"))
    press(view, Qt.Key.Key_D, held=CONTROL | SHIFT)
    dialog = dialog_of(published)
    assert isinstance(dialog.asking, WhoDropsOut)
    assert dialog.asking.who.currentText() == "Ann Lee"
    assert not dialog.apply.isEnabled()
    dialog.asking.when.setFocus()
    press(dialog.asking.when, Qt.Key.Key_Down)
    assert dialog.asking.when.currentText() == "Mon 22 March"
    dialog.look.setFocus()
    press(dialog.look, Qt.Key.Key_Space)
    found(dialog, qtbot)
    assert len(cells(dialog)) >= 3
    assert dialog.mends.keys() == ("0",)
    assert dialog.changes.rows_model.lines
    assert published.desk.now.picked.visits == (visit_id("Ann Lee", "f1"),)
    assert slots_of(published, "Ann Lee") == {"f1"}
    told = {line.cells[0] for line in dialog.told.rows_model.lines}
    assert {"Ann Lee", "Manager of Front door"} <= told
    press(dialog.mends, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert dialog.apply.hasFocus()
    press(dialog.apply, Qt.Key.Key_Space)
    assert "f1" not in slots_of(published, "Ann Lee")
    week = published.desk.now.view
    assert week is not None
    assert week.visitors[person_id("Ann Lee")].busy[week.week.first_day]
    assert published.desk.now.edit is not None
    assert published.desk.now.edit.verb is Verb.REPAIR
    published.desk.action("undo").trigger()
    assert slots_of(published, "Ann Lee") == {"f1"}
    assert not [
        row
        for row in published.desk.now.plan.availability.values()
        if row.person_id == person_id("Ann Lee") and row.presence is Presence.BUSY and row.start is None
    ]


def test_escape_changes_nothing(published: Window, qtbot: QtBot) -> None:
    before = published.desk.now.plan
    published.desk.action("dropped-out").trigger()
    dialog = dialog_of(published)
    qtbot.mouseClick(dialog.look, Qt.MouseButton.LeftButton)
    press(dialog, Qt.Key.Key_Escape)
    assert not [one for one in published.findChildren(RepairDialog) if one.isVisible()]
    assert published.desk.now.plan is before


def test_a_slot_that_moves_and_a_team_that_closes(published: Window, qtbot: QtBot) -> None:
    view = board(published)
    click(view, cell(view, person="Ann Lee"))
    published.desk.action("fell-away").trigger()
    dialog = dialog_of(published)
    asking = dialog.asking
    assert isinstance(asking, WhatFallsAway)
    assert "f1" in asking.what.currentText()
    asking.how.setCurrentIndex(asking.how.findData(Happened.MOVED))
    for typed, wrong in (("0930", "✕ The end must come after the start."), ("25:00", "“25:00” is not a time of day")):
        type_over(asking.times.end, typed)
        assert not dialog.look.isEnabled()
        assert wrong in dialog.state.text()
    type_over(asking.times.end, "10.15")
    qtbot.keyClick(asking.times.end, Qt.Key.Key_Up)
    assert dialog.look.isEnabled()
    qtbot.mouseClick(dialog.look, Qt.MouseButton.LeftButton)
    found(dialog, qtbot)
    assert [line.cells[1] for line in dialog.told.rows_model.lines].count("the new time") == 2
    qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert f"{published.desk.now.plan.slots[slot_id('f1')].end:%H:%M}" == "10:30"
    published.desk.action("fell-away").trigger()
    dialog = dialog_of(published)
    assert isinstance(dialog.asking, WhatFallsAway)
    dialog.asking.what.setCurrentIndex(dialog.asking.what.findText("Schools"))
    qtbot.mouseClick(dialog.look, Qt.MouseButton.LeftButton)
    found(dialog, qtbot)
    qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    assert published.desk.now.plan.slots[slot_id("s1")].consent is Consent.REFUSED
    assert "s1" not in slots_of(published, "Bo Khan")


def test_an_edit_meanwhile_asks_to_look_again(published: Window, qtbot: QtBot) -> None:
    published.desk.action("dropped-out").trigger()
    dialog = dialog_of(published)
    qtbot.mouseClick(dialog.look, Qt.MouseButton.LeftButton)
    found(dialog, qtbot)
    assert dialog.apply.isEnabled()
    view = board(published)
    click(view, cell(view, person="Bo Khan"))
    published.desk.action("pin").trigger()
    assert not dialog.apply.isEnabled()
    assert "again" in dialog.heading.text()
