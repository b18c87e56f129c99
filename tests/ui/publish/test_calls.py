"""The call list ticked off, declines that lead on, protected places released: by mouse and keys."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView

from app.document.visits import place
from app.models.names import identity
from app.models.publication import Answer, Call
from app.models.visits import VisitStatus
from app.ui.dialogs.choose import Choose
from app.ui.publish.calling import Declined, OneCall
from app.ui.publish.facts import calls_told
from app.ui.publish.mending import Mends
from app.ui.publish.screen import PublishScreen
from app.ui.publish.sheltered import ReleaseDialog
from tests.builders import person_id, slot_id, visit_id
from tests.ui.publish.conftest import LONG, Hand
from tests.ui.week import type_over

ANN = visit_id("Ann Lee", "s1")


def listed(hand: Hand) -> PublishScreen:
    """The screen with the call list in front."""
    screen = hand.screen()
    screen.show_calls()
    return screen


def choose(screen: PublishScreen, *names: str) -> None:
    """Click the lines of these people, holding Ctrl from the second on."""
    table: QTableView = screen.calls.table
    held = Qt.KeyboardModifier.NoModifier
    for number, line in enumerate(screen.calls.table.rows_model.lines):
        if line.cells[1] in names:
            middle = table.visualRect(table.model().index(number, 1)).center()
            QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, middle)
            held = Qt.KeyboardModifier.ControlModifier


def call_of(hand: Hand, name: str) -> Call:
    [found] = [call for call in hand.plan.calls.values() if call.name == name]
    return found


def test_a_call_list_without_calls_says_what_will_stand_there(hand: Hand) -> None:
    screen = listed(hand)
    assert not screen.calls.table.isVisible()
    assert "Once you publish" in screen.calls.empty.text()
    assert screen.publish.hasFocus()
    hand.publish("one")
    assert screen.calls.table.isVisible()
    assert not screen.calls.empty.isVisible()


def test_when_everybody_is_told_the_open_calls_say_so(hand: Hand) -> None:
    hand.publish("one")
    screen = listed(hand)
    screen.calls.which.setCurrentIndex(1)
    screen.calls.table.selectAll()
    hand.click(screen.calls.confirmed)
    assert not screen.calls.table.isVisible()
    assert screen.calls.empty.text().startswith("✓ Everybody was told.")
    assert screen.calls.which.isVisible()


def test_nothing_shows_done_while_a_call_is_open(hand: Hand) -> None:
    hand.publish("one")
    screen = listed(hand)
    assert screen.calls_state.text() == "Still to make: 4 calls to 4 people."
    assert "Call list 4" in screen.tabs.tabText(2).replace("&", "")
    assert "Publish and changes 4" in [
        hand.window.navigation.item(n).text() for n in range(hand.window.navigation.count())
    ]
    screen.calls.by.setText("Pat")
    choose(screen, "Jo", "Kim", "Bo Khan")
    hand.click(screen.calls.confirmed)
    assert screen.calls_state.text() == "Still to make: 1 call to 1 person."
    lines = screen.calls.table.rows_model.lines
    assert [line.cells[1] for line in lines] == ["Ann Lee", "Bo Khan", "Jo", "Kim"]
    assert [line.cells[1] for line in lines if line.cells[0] == "! to tell"] == ["Ann Lee"]
    assert call_of(hand, "Jo").told_by == "Pat"
    assert call_of(hand, "Jo").answer is Answer.CONFIRMED
    choose(screen, "Ann Lee")
    QTest.keyClick(screen.calls.table, Qt.Key.Key_Space)
    assert screen.calls_state.text() == "Everybody was told; no answer yet to 1 call."
    choose(screen, "Ann Lee")
    hand.click(screen.calls.confirmed)
    assert screen.calls_state.text() == "Everybody was told."
    assert {visit.status for visit in hand.plan.visits.values()} == {VisitStatus.CONFIRMED}


def test_a_tick_can_be_undone_and_opened_again(hand: Hand) -> None:
    hand.publish("one")
    screen = listed(hand)
    choose(screen, "Jo")
    hand.click(screen.calls.told)
    assert call_of(hand, "Jo").told_at is not None
    hand.shortcut(Qt.Key.Key_Z)
    assert call_of(hand, "Jo").told_at is None
    choose(screen, "Jo")
    QTest.keyClick(screen.calls.table, Qt.Key.Key_Space)
    choose(screen, "Jo")
    QTest.keyClick(screen.calls.table, Qt.Key.Key_Space)
    assert call_of(hand, "Jo").told_at is None


def test_among_open_calls_alone_each_tick_leads_to_the_next(hand: Hand) -> None:
    hand.publish("one")
    screen = listed(hand)
    QTest.keyClick(screen.calls.which, Qt.Key.Key_Down)
    choose(screen, "Bo Khan")
    QTest.keyClick(screen.calls.table, Qt.Key.Key_Space)
    assert [line.cells[1] for line in screen.calls.table.rows_model.lines] == ["Ann Lee", "Jo", "Kim"]
    assert [call.name for call in screen.calls.chosen] == ["Jo"]
    for _ in range(3):
        QTest.keyClick(screen.calls.table, Qt.Key.Key_Space)
    assert "Everybody was told" in screen.calls_state.text()


def test_enter_opens_a_call_with_when_by_whom_and_the_answer(hand: Hand) -> None:
    hand.publish("one")
    screen = listed(hand)
    choose(screen, "Jo")
    QTest.keyClick(screen.calls.table, Qt.Key.Key_Return)
    dialog = hand.dialog(OneCall)
    assert isinstance(dialog, OneCall)
    dialog.answer.setFocus()
    QTest.keyClick(dialog.answer, Qt.Key.Key_Down)
    dialog.by.setText("Sam")
    type_over(dialog.on, "29/2/2027")
    assert not dialog.go.isEnabled()
    assert "is not a date" in dialog.wrong.text()
    type_over(dialog.on, "31/1/2027")
    type_over(dialog.at, "16:45")
    hand.press(dialog, "Note it")
    call = call_of(hand, "Jo")
    assert (call.answer, call.told_by) == (Answer.CONFIRMED, "Sam")
    assert call.told_at == dt.datetime(2027, 1, 31, 16, 45, tzinfo=dt.UTC)


def test_a_decline_takes_the_visit_off_and_leads_to_somebody_else_or_another_slot(hand: Hand) -> None:
    hand.publish("one")
    screen = listed(hand)
    choose(screen, "Ann Lee")
    hand.click(screen.calls.declined)
    assert hand.plan.visits[ANN].status is VisitStatus.DECLINED
    dialog = hand.dialog(Declined)
    hand.press(dialog, "Somebody else")
    found = hand.dialog(Choose)
    assert isinstance(found, Choose)
    assert any("Bo Khan" in line.cells for line in found.table.rows_model.lines)
    found.reject()
    assert len(screen.pending.table.rows_model.lines) == 2
    assert {line.cells[0] for line in screen.pending.table.rows_model.lines} == {"✕ Cancelled"}


def test_a_decline_is_mended_by_the_best_ranked_mend_with_one_undo(hand: Hand) -> None:
    hand.publish("one")
    screen = listed(hand)
    choose(screen, "Kim")
    hand.click(screen.calls.declined)
    hand.press(hand.dialog(Declined), "Ranked mends")
    mends = hand.dialog(Mends)
    assert isinstance(mends, Mends)
    hand.qtbot.waitUntil(mends.go.isEnabled, timeout=LONG)
    declined = hand.plan
    table = mends.table.rows_model.lines
    assert len(table) >= 1
    QTest.keyClick(mends.table, Qt.Key.Key_Return)
    assert hand.plan is not declined
    assert hand.plan.visits[visit_id("Bo Khan", "s2")].counts is False or hand.plan.visits[
        visit_id("Bo Khan", "s2")
    ].slot_id != slot_id("s2")
    hand.shortcut(Qt.Key.Key_Z)
    assert hand.plan.visits == declined.visits
    assert hand.plan.slots == declined.slots


def test_a_later_version_stands_in_for_a_call_never_made(hand: Hand) -> None:
    hand.publish("one")
    slot = hand.plan.slots[slot_id("s1")]
    hand.put(replace(slot, start=slot.start.replace(hour=10)))
    hand.publish("two")
    screen = listed(hand)
    states = {(line.cells[1], line.cells[-1]): line.cells[0] for line in screen.calls.table.rows_model.lines}
    assert states["Ann Lee", "1"] == "– a later version says it"
    assert states["Ann Lee", "2"] == "! to tell"
    screen.calls.which.setCurrentIndex(2)
    assert {line.cells[-1] for line in screen.calls.table.rows_model.lines} == {"2"}
    week = hand.window.desk.now.view
    assert week is not None
    assert calls_told(hand.plan, week) == "Still to make: 4 calls to 4 people."


def test_a_protected_place_is_released_with_a_reason_and_taken_back(hand: Hand) -> None:
    hand.window.desk.bridge.do(place(hand.plan, person_id("Ann Lee"), slot_id("h1")))
    screen = hand.screen()
    screen.tabs.setCurrentWidget(screen.places)
    [line] = screen.places.table.rows_model.lines
    assert line.cells == ("Ann Lee", "Rose Cottage", "“Home A” only", "")
    screen.places.table.selectRow(0)
    hand.click(screen.places.give)
    dialog = hand.dialog(ReleaseDialog)
    assert isinstance(dialog, ReleaseDialog)
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.reason, "She drives herself")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    [release] = hand.plan.releases.values()
    assert (release.person_id, release.reason) == (person_id("Ann Lee"), "She drives herself")
    assert release.site_id == identity("site", "Rose Cottage")
    assert "name and address" in screen.places.table.rows_model.lines[0].cells[2]
    out = hand.publish("one")
    assert not any(b"Rose Cottage" in path.read_bytes() for path in (out / "invites").rglob("*.ics"))
    screen.places.table.selectRow(0)
    hand.click(screen.places.take)
    assert not hand.plan.releases
    document = hand.window.desk.bridge.document
    assert document is not None
    assert document.can_undo is not None
    assert "release" not in str(document.can_undo.verb)


def test_the_keys_lead_into_the_list_in_front_of_every_tab(hand: Hand) -> None:
    hand.publish("one")
    screen = hand.screen()
    for key, table in (
        (Qt.Key.Key_C, screen.calls.table), (Qt.Key.Key_S, screen.versions.table),
    ):  # fmt: skip
        QTest.keyClick(hand.window, key, Qt.KeyboardModifier.AltModifier)
        assert hand.window.focusWidget() is table


def test_without_a_week_the_screen_says_where_to_begin(hand: Hand) -> None:
    hand.window.desk.bridge.open(None)
    screen = hand.screen()
    assert "no week yet" in screen.no_week.words.text()
    assert not screen.tabs.isVisible()
