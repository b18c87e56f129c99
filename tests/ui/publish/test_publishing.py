"""Publishing from the window: what changed goes to whom it matters, and nothing leaks or stays half-written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.document.visits import move, to_tray
from app.errors import Refused
from app.exchange.ledger import publications
from app.models.names import identity
from app.models.visits import VisitStatus
from app.ui.deck.cards import Badge
from app.ui.publish.dialog import CHECK, PREVIEW, WORKING, PublishDialog
from app.ui.publish.ofsted import OfstedDialog
from app.ui.publish.pages import inside
from app.words.dates import day_year
from tests.builders import day, slot_id, visit_id
from tests.ui.publish.conftest import LONG, Hand
from tests.ui.week import type_over

ANN = visit_id("Ann Lee", "s1")
BO = visit_id("Bo Khan", "s2")


def invitations(out: Path) -> set[str]:
    """Whose calendar files lie in a folder, and which part they have."""
    return {"/".join(path.relative_to(out / "invites").parts[:2]) for path in (out / "invites").rglob("*.ics")}


def changed(hand: Hand, visit: str) -> bool:
    """Whether the visit's card wears the badge."""
    deck = hand.window.desk.now.deck
    assert deck is not None
    [card] = [
        card for cards in deck.by_slot.values() for card in cards if card.visit is not None and card.visit.id == visit
    ]
    return Badge.CHANGED in card.badges


def test_a_week_is_published_by_keys_alone_and_the_next_time_only_the_two_concerned_get_files(hand: Hand) -> None:
    out = hand.publish("one")
    assert invitations(out) == {"visitors/Ann Lee", "visitors/Bo Khan", "hosts/Duty", "hosts/Court"}
    assert [one.number for one in publications(hand.plan, hand.week_id)] == [1]
    assert not changed(hand, ANN)
    hand.window.desk.bridge.do(move(hand.plan, ANN, slot_id("s3")))
    assert changed(hand, ANN)
    assert not changed(hand, BO)
    screen = hand.screen()
    assert "Changed since version 1: 1 visit, 2 files, 2 people to tell" in screen.state.text()
    assert [line.cells[1] for line in screen.pending.table.rows_model.lines] == ["Ann Lee", "Jo"]
    again = hand.publish("two")
    assert invitations(again) == {"visitors/Ann Lee", "hosts/Duty"}
    assert not changed(hand, ANN)
    assert "Nothing changed since" in screen.state.text()


def test_a_move_made_and_undone_publishes_nothing_and_says_so(hand: Hand) -> None:
    hand.publish("one")
    hand.window.desk.bridge.do(move(hand.plan, ANN, slot_id("s3")))
    hand.shortcut(Qt.Key.Key_Z)
    dialog = hand.publishing()
    assert "Nothing changed since version 1" in dialog.check.result.text()
    assert not dialog.next.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(publications(hand.plan, hand.week_id)) == 1


def test_the_preview_shows_what_stands_in_the_finished_file(hand: Hand) -> None:
    dialog = hand.publishing()
    hand.click(dialog.next)
    table = dialog.people.table
    number = next(n for n, line in enumerate(table.rows_model.lines) if line.cells[1] == "Ann Lee")
    table.selectRow(number)
    table.setFocus()
    hand.key(Qt.Key.Key_Return)
    assert dialog.pages.currentIndex() == PREVIEW
    assert dialog.preview.to.text() == "Ann Lee <ann@council.example>"
    assert dialog.preview.subject.text() == "Practice Week visit 001"
    assert "09:30–11:00" in dialog.preview.when.text()
    assert "Host: Jo" in dialog.preview.text.toPlainText()
    assert "Bo Khan" not in dialog.preview.text.toPlainText()
    dialog.reject()


def test_a_planted_leak_blocks_says_where_and_cannot_be_passed(hand: Hand) -> None:
    slot = hand.plan.slots[slot_id("s1")]
    hand.put(replace(slot, activity="Review of the child born 03/04/2012"))
    dialog = hand.publishing()
    assert dialog.pages.currentIndex() == CHECK
    [line] = dialog.check.table.rows_model.lines
    assert "s1: Activity" in line.cells[1]
    assert "03/04/2012" in line.cells[1]
    assert "take it out" in line.cells[1]
    assert not dialog.next.isEnabled()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_Space):
        QTest.keyClick(dialog.check.table, key, Qt.KeyboardModifier.AltModifier)
    assert dialog.pages.currentIndex() == CHECK
    dialog.reject()
    assert publications(hand.plan, hand.week_id) == ()
    hand.put(replace(hand.plan.slots[slot_id("s1")], activity="Review"))
    assert invitations(hand.publish("one")) == {
        "visitors/Ann Lee", "visitors/Bo Khan", "hosts/Duty", "hosts/Court",
    }  # fmt: skip


def test_a_folder_of_other_things_is_refused_in_the_dialog_and_nothing_is_recorded(hand: Hand) -> None:
    foreign = hand.folder / "mine"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("dear")
    dialog = hand.publishing()
    for _ in range(3):
        hand.click(dialog.next)
    dialog.save.folder.setText(str(foreign))
    hand.click(dialog.publish)
    assert "holds other files" in dialog.save.trouble.text()
    assert [path.name for path in foreign.iterdir()] == ["letter.txt"]
    assert publications(hand.plan, hand.week_id) == ()
    dialog.save.chosen(foreign)
    assert dialog.save.out.parent == foreign
    dialog.reject()


def test_stopping_while_files_are_written_leaves_nothing_behind(hand: Hand) -> None:
    dialog = hand.publishing()
    for _ in range(3):
        hand.click(dialog.next)
    out = hand.folder / "one"
    dialog.save.folder.setText(str(out))
    dialog._publish()
    dialog.reject()
    hand.qtbot.waitUntil(lambda: not hand.window.desk.jobs.busy, timeout=LONG)
    hand.qtbot.wait(50)
    assert not out.exists()
    assert [path.name for path in hand.folder.iterdir() if "practice-week-new" in path.name] == []
    assert publications(hand.plan, hand.week_id) == ()
    assert dialog.isVisible()
    assert "Nothing was written" in dialog.save.trouble.text()
    dialog.reject()


def test_stopping_while_files_are_made_leaves_nothing_behind(hand: Hand) -> None:
    hand.window.desk.action("publish").trigger()
    dialog = hand.dialog(PublishDialog)
    assert isinstance(dialog, PublishDialog)
    assert dialog.pages.currentIndex() == WORKING
    hand.click(dialog.leave)
    hand.qtbot.waitUntil(lambda: not hand.window.desk.jobs.busy, timeout=LONG)
    assert hand.window.findChildren(PublishDialog) == []
    assert publications(hand.plan, hand.week_id) == ()


def test_a_refused_record_takes_the_files_away_again(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = hand.publishing()
    for _ in range(3):
        hand.click(dialog.next)
    out = hand.folder / "one"
    dialog.save.folder.setText(str(out))
    document = hand.window.desk.bridge.document
    assert document is not None

    def full(_edit: object) -> None:
        raise Refused("disk-full", path=str(hand.folder))

    monkeypatch.setattr(document, "record", full)
    hand.click(dialog.publish)
    hand.qtbot.waitUntil(lambda: bool(dialog.save.trouble.text()), timeout=LONG)
    assert not out.exists()
    assert publications(hand.plan, hand.week_id) == ()
    dialog.reject()


def test_undo_leads_past_a_publication_and_says_so(hand: Hand) -> None:
    hand.publish("one")
    hand.window.desk.bridge.do(move(hand.plan, ANN, slot_id("s3")))
    hand.publish("two")
    hand.shortcut(Qt.Key.Key_Z)
    assert hand.plan.visits[ANN].slot_id == slot_id("s1")
    assert hand.plan.visits[ANN].status is VisitStatus.PUBLISHED
    assert "published in between" in hand.window.status.message.text()
    assert hand.screen().state.text().endswith("Changed since version 2: 1 visit, 2 files, 2 people to tell.")


def test_e_mail_drafts_come_on_request_and_are_remembered(hand: Hand) -> None:
    dialog = hand.publishing()
    for _ in range(3):
        hand.click(dialog.next)
    QTest.keyClick(dialog.save.drafts, Qt.Key.Key_Space)
    out = hand.folder / "one"
    dialog.save.folder.setText(str(out))
    hand.click(dialog.publish)
    hand.qtbot.waitUntil(dialog.calls.isVisible, timeout=LONG)
    assert len(list((out / "drafts").rglob("*.eml"))) == 4
    hand.click(dialog.calls)
    screen = hand.screen()
    assert screen.tabs.currentWidget() is screen.calls
    hand.window.desk.bridge.do(move(hand.plan, ANN, slot_id("s3")))
    assert hand.publishing().save.drafts.isChecked()


def test_a_version_s_files_are_written_again_byte_for_byte(hand: Hand) -> None:
    out = hand.publish("one")
    hand.window.desk.bridge.do(move(hand.plan, ANN, slot_id("s3")))
    hand.publish("two")
    screen = hand.screen()
    screen.tabs.setCurrentWidget(screen.versions)
    table = screen.versions.table
    assert [line.cells[0] for line in table.rows_model.lines] == ["2", "1"]
    assert [line.cells[2:5] for line in table.rows_model.lines] == [("1", "2", "2"), ("2", "4", "4")]
    table.setFocus()
    hand.key(Qt.Key.Key_Down)
    assert len(screen.versions.changes.rows_model.lines) == 4
    hand.click(screen.versions.again)
    from app.ui.publish.again import AgainDialog

    dialog = hand.dialog(AgainDialog)
    assert isinstance(dialog, AgainDialog)
    copy = hand.folder / "again"
    dialog.save.folder.setText(str(copy))
    hand.press(dialog, "Write them")
    hand.qtbot.waitUntil(copy.exists, timeout=LONG)
    hand.qtbot.waitUntil(lambda: not hand.window.desk.jobs.busy, timeout=LONG)
    assert {path.relative_to(copy): path.read_bytes() for path in copy.rglob("*") if path.is_file()} == {
        path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


def test_ofsted_names_what_it_sends_cancels_all_in_one_step_and_one_undo_brings_it_back(hand: Hand) -> None:
    hand.publish("one")
    before = hand.plan.visits
    hand.window.desk.action("ofsted").trigger()
    dialog = hand.dialog(OfstedDialog)
    assert isinstance(dialog, OfstedDialog)
    QTest.keyClick(dialog.cancel, Qt.Key.Key_Space)
    assert "2 visits will not take place" in dialog.effect.text()
    assert "4 cancellations" in dialog.effect.text()
    assert "4 people" in dialog.effect.text()
    hand.click(dialog.go)
    assert {visit.status for visit in hand.plan.visits.values()} == {VisitStatus.CANCELLED}
    out = hand.publish("two")
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    assert len(list((out / "invites").rglob("*.ics"))) == 4
    assert plan["format"] == 1
    assert all(b"METHOD:CANCEL" in path.read_bytes() for path in (out / "invites").rglob("*.ics"))
    hand.shortcut(Qt.Key.Key_Z)
    assert {one.id: one.slot_id for one in hand.plan.visits.values() if one.counts} == {
        one.id: one.slot_id for one in before.values()
    }
    third = hand.publish("three")
    assert all(b"METHOD:REQUEST" in path.read_bytes() for path in (third / "invites").rglob("*.ics"))
    assert len(publications(hand.plan, hand.week_id)) == 3


def test_ofsted_postpones_to_a_date_with_updates_only(hand: Hand) -> None:
    hand.publish("one")
    hand.window.desk.action("ofsted").trigger()
    dialog = hand.dialog(OfstedDialog)
    assert isinstance(dialog, OfstedDialog)
    assert "4 updates" in dialog.effect.text()
    type_over(dialog.day, day_year(day(0)))
    assert not dialog.go.isEnabled()
    assert "begins on that day already" in dialog.effect.text()
    type_over(dialog.day, "31/2")
    assert not dialog.go.isEnabled()
    assert "“31/2” is not a date" in dialog.effect.text()
    type_over(dialog.day, f"{day(14):%d/%m/%Y}")
    hand.click(dialog.go)
    assert hand.plan.weeks[hand.week_id].first_day == day(14)
    assert changed(hand, ANN)
    hand.shortcut(Qt.Key.Key_Z)
    assert hand.plan.weeks[hand.week_id].first_day == day(0)
    assert not changed(hand, ANN)


def test_a_chosen_folder_of_other_things_gets_one_of_its_own(tmp_path: Path) -> None:
    assert inside(tmp_path, "v1") == tmp_path
    (tmp_path / "letter.txt").write_text("dear")
    assert inside(tmp_path, "v1") == tmp_path / "v1"
    (tmp_path / "plan.json").write_text("{}")
    assert inside(tmp_path, "v1") == tmp_path


def test_a_team_moving_to_another_place_marks_its_visits_as_changed(hand: Hand) -> None:
    hand.publish("one")
    team = hand.plan.teams[identity("team", "Duty")]
    hand.put(replace(team, deputy="Max"))
    assert changed(hand, ANN)
    assert not changed(hand, BO)
    hand.shortcut(Qt.Key.Key_Z)
    assert not changed(hand, ANN)


def test_the_dialog_opens_on_an_empty_week_with_what_to_do_first(hand: Hand) -> None:
    for visit in list(hand.plan.visits.values()):
        hand.window.desk.bridge.do(to_tray(hand.plan, visit.id))
    screen = hand.screen()
    assert "no visit to publish" in screen.pending.words.text()
    assert screen.pending.match.isVisible()
    dialog = hand.publishing()
    assert isinstance(dialog, PublishDialog)
    assert "no visit to publish" in dialog.check.result.text()
    dialog.reject()
