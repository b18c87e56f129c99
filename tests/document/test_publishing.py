"""Publishing: what changed goes to whom it matters, once, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from app.document.document import Document
from app.document.publishing import (
    all_told,
    cancel_week,
    open_calls,
    postpone_week,
    publication_diff,
    publish_edit,
    release,
    tick,
    withdraw_release,
)
from app.document.snapshots import published_plan, snapshot
from app.document.visits import move, place, set_status, to_tray
from app.errors import Refused
from app.exchange.ledger import Diff, News, publications, sendings_of
from app.models.change import Entity, Verb
from app.models.plan import Plan
from app.models.publication import Answer, Method, Recipient
from app.models.visits import VisitStatus
from tests.builders import Builder, a_week, day, person_id, site_id, slot_id, visit_id

AT = dt.datetime(2027, 3, 1, 9, 0, 0, tzinfo=dt.UTC)
ANN = visit_id("Ann", "s1")
BOB = visit_id("Bob", "s2")


def two_visits() -> Builder:
    return (
        a_week()
        .team("Duty", host="Jo", host_email="jo@team.example", host_phone="01632 960001")
        .team("Court", host="Kim", host_email="kim@team.example")
        .slot("s1", "Duty", 0, "09:30", "11:00")
        .slot("s2", "Court", 1, "09:30", "11:00")
        .slot("s3", "Duty", 2, "13:00", "14:00")
        .slot("s4", "Court", 3, "13:00", "14:00")
        .visitor("Ann", email="ann@council.example")
        .visitor("Bob", email="bob@council.example")
        .visit("Ann", "s1")
        .visit("Bob", "s2")
    )


class Desk:
    """A PA at work: edits a week and publishes it."""

    def __init__(self, built: Builder) -> None:
        self.document = Document.memory(built.plan())
        self.week_id = built.week.id
        self.days = 0

    @property
    def plan(self) -> Plan:
        return self.document.plan

    @property
    def diff(self) -> Diff:
        return publication_diff(self.plan, self.week_id)

    def publish(self) -> Diff:
        diff = self.diff
        self.days += 1
        self.document.record(publish_edit(self.plan, diff, AT + dt.timedelta(days=self.days)))
        return diff

    def put(self, *entities: Entity) -> None:
        self.document.do(self.plan.edit(Verb.CHANGE, put=entities))

    def status(self, visit: str) -> VisitStatus:
        return self.plan.visits[visit].status


def published() -> Desk:
    desk = Desk(two_visits())
    desk.publish()
    return desk


def told(diff: Diff) -> set[tuple[str, News, int]]:
    return {(one.address or one.name, one.news, one.sequence) for one in diff.sendings if not one.silent}


def test_the_first_publication_invites_everybody() -> None:
    desk = Desk(two_visits())
    assert told(desk.publish()) == {
        ("ann@council.example", News.NEW, 0), ("jo@team.example", News.NEW, 0),
        ("bob@council.example", News.NEW, 0), ("kim@team.example", News.NEW, 0),
    }  # fmt: skip
    assert desk.status(ANN) is VisitStatus.PUBLISHED
    [publication] = publications(desk.plan, desk.week_id)
    assert (publication.number, publication.at) == (1, AT + dt.timedelta(days=1))
    assert {line.stamp for line in desk.plan.issued.values()} == {publication.at}


def test_a_second_publication_without_a_change_is_nothing() -> None:
    desk = published()
    assert desk.diff.empty
    assert publish_edit(desk.plan, desk.diff, AT).changes == ()


def test_a_move_tells_its_two_people_under_the_same_uid_and_no_others() -> None:
    desk = published()
    uid = desk.plan.visits[ANN].uid
    desk.document.do(move(desk.plan, ANN, slot_id("s3")))
    diff = desk.publish()
    assert told(diff) == {("ann@council.example", News.CHANGED, 1), ("jo@team.example", News.CHANGED, 1)}
    assert {one.uid for one in diff.sendings} == {uid}
    assert (len(diff.visits), len(diff.files), len(diff.people)) == (1, 2, 2)
    assert desk.diff.empty


def test_a_move_made_and_undone_sends_nothing() -> None:
    desk = published()
    desk.document.do(move(desk.plan, ANN, slot_id("s3")))
    desk.document.undo()
    assert desk.diff.empty
    desk.document.do(move(desk.plan, ANN, slot_id("s3")))
    desk.document.do(move(desk.plan, ANN, slot_id("s1")))
    assert desk.diff.empty


def test_a_move_to_another_host_cancels_with_the_old_one_alone() -> None:
    desk = published()
    desk.document.do(move(desk.plan, ANN, slot_id("s4")))
    diff = desk.publish()
    assert told(diff) == {
        ("ann@council.example", News.CHANGED, 1), ("jo@team.example", News.CANCELLED, 1),
        ("kim@team.example", News.NEW, 1),
    }  # fmt: skip
    [gone] = [one for one in diff.sendings if one.news is News.CANCELLED]
    assert (gone.method, gone.said.start) == (Method.CANCEL, dt.datetime.combine(day(0), dt.time(9, 30)))


def test_another_host_of_the_slot_is_a_new_host_too() -> None:
    desk = published()
    desk.put(replace(desk.plan.slots[slot_id("s1")], host="Lee", host_email="lee@team.example"))
    assert told(desk.publish()) == {
        ("ann@council.example", News.CHANGED, 1), ("jo@team.example", News.CANCELLED, 1),
        ("lee@team.example", News.NEW, 1),
    }  # fmt: skip


def test_another_visitor_in_the_slot_is_another_visit() -> None:
    desk = published()
    desk.document.do(to_tray(desk.plan, ANN))
    desk.document.do(place(desk.plan, person_id("Bob"), slot_id("s1")))
    diff = desk.publish()
    assert told(diff) == {
        ("ann@council.example", News.CANCELLED, 1), ("jo@team.example", News.CANCELLED, 1),
        ("bob@council.example", News.NEW, 0), ("jo@team.example", News.NEW, 0),
    }  # fmt: skip
    assert len({one.uid for one in diff.sendings}) == 2


@pytest.mark.parametrize("how", ["tray", "declined", "cancelled", "dropped"])
def test_a_visit_that_is_gone_is_cancelled_once_and_comes_back_under_its_uid(how: str) -> None:
    desk = published()
    uid = desk.plan.visits[ANN].uid
    if how == "tray":
        desk.document.do(to_tray(desk.plan, ANN))
    elif how == "dropped":
        desk.document.do(desk.plan.edit(Verb.DELETE, drop=[desk.plan.visits[ANN]]))
    else:
        desk.document.do(set_status(desk.plan, ANN, VisitStatus(how)))
    assert told(desk.publish()) == {("ann@council.example", News.CANCELLED, 1), ("jo@team.example", News.CANCELLED, 1)}
    assert desk.diff.empty
    desk.document.undo()
    diff = desk.publish()
    assert told(diff) == {("ann@council.example", News.NEW, 2), ("jo@team.example", News.NEW, 2)}
    assert {one.uid for one in diff.sendings} == {uid}


def test_a_change_of_text_reaches_those_who_read_it() -> None:
    desk = published()
    desk.put(replace(desk.plan.people[person_id("Ann")], needs="Ramp"))
    assert told(desk.publish()) == {("jo@team.example", News.CHANGED, 1)}
    desk.put(replace(desk.plan.slots[slot_id("s1")], activity="Duty desk"))
    assert told(desk.publish()) == {("ann@council.example", News.CHANGED, 2), ("jo@team.example", News.CHANGED, 2)}


def test_what_nobody_reads_changes_nothing() -> None:
    desk = published()
    desk.put(replace(desk.plan.visits[ANN], pinned=True), replace(desk.plan.people[person_id("Ann")], division="North"))
    assert desk.diff.empty


def test_a_new_address_gets_the_visit_and_the_old_one_loses_it() -> None:
    desk = published()
    desk.put(replace(desk.plan.people[person_id("Ann")], email="ann2@council.example"))
    diff = desk.publish()
    assert told(diff) == {("ann2@council.example", News.NEW, 1), ("ann@council.example", News.CANCELLED, 1)}
    [call] = [call for call in desk.plan.calls.values() if call.publication_id == publications(
        desk.plan, desk.week_id)[-1].id]  # fmt: skip
    assert call.old
    assert call.new == f"{call.old} (details changed)"


def test_an_address_in_other_letters_is_the_same_address() -> None:
    desk = published()
    desk.put(replace(desk.plan.people[person_id("Ann")], email="Ann@Council.example"))
    assert desk.diff.empty


def test_somebody_without_address_is_told_by_call_and_once_they_have_one_by_file() -> None:
    desk = Desk(two_visits().visitor("Ann", email=""))
    first = desk.publish()
    assert [one.address for one in first.sendings if one.name == "Ann"] == [""]
    assert len(first.files) == 3
    assert any(call.name == "Ann" and not call.old for call in desk.plan.calls.values())
    assert desk.diff.empty
    desk.put(replace(desk.plan.people[person_id("Ann")], email="ann@council.example"))
    assert told(desk.publish()) == {("ann@council.example", News.CHANGED, 1)}
    assert desk.diff.empty


def test_a_calendar_that_held_a_visit_twice_is_not_told_that_it_is_gone() -> None:
    desk = published()
    slot = desk.plan.slots[slot_id("s1")]
    desk.put(replace(slot, host="Jo", host_email="ann@council.example"))
    desk.publish()
    desk.put(replace(slot, host="Jo", host_email="jo@team.example"))
    diff = desk.publish()
    assert told(diff) == {("jo@team.example", News.NEW, 2)}
    assert [one.address for one in diff.sendings if one.silent] == ["ann@council.example"]
    assert desk.diff.empty
    assert [one.silent for one in sendings_of(desk.plan, publications(desk.plan, desk.week_id)[-1])].count(True) == 1


def test_the_organiser_of_a_sent_visit_never_changes() -> None:
    desk = published()
    desk.put(
        replace(desk.plan.weeks[desk.week_id], organiser="New desk", organiser_email="new@council.example"),
        replace(desk.plan.slots[slot_id("s1")], activity="Duty desk"),
    )
    diff = desk.publish()
    assert {one.said.organiser_address for one in diff.sendings} == {"practice.week@council.example"}
    desk.document.do(place(desk.plan, person_id("Ann"), slot_id("s4")))
    assert {one.said.organiser_address for one in desk.publish().sendings} == {"new@council.example"}


def test_numbers_in_subjects_stay_whatever_comes_and_goes() -> None:
    desk = published()
    desk.document.do(to_tray(desk.plan, ANN))
    desk.document.do(place(desk.plan, person_id("Ann"), slot_id("s3")))
    diff = desk.publish()
    assert {(one.news, one.said.subject) for one in diff.sendings} == {
        (News.CANCELLED, "Practice Week visit 001"), (News.NEW, "Practice Week visit 003"),
    }  # fmt: skip


def test_a_confirmed_visit_that_moves_awaits_its_answer_again() -> None:
    desk = published()
    desk.document.do(set_status(desk.plan, ANN, VisitStatus.CONFIRMED))
    desk.put(replace(desk.plan.slots[slot_id("s1")], activity="Duty desk"))
    desk.publish()
    assert desk.status(ANN) is VisitStatus.CONFIRMED
    desk.put(replace(desk.plan.slots[slot_id("s1")], start=dt.time(9)))
    desk.publish()
    assert desk.status(ANN) is VisitStatus.PUBLISHED


def test_a_visit_brought_back_before_anybody_knew_is_published_as_before() -> None:
    desk = published()
    desk.document.do(to_tray(desk.plan, ANN))
    desk.document.do(place(desk.plan, person_id("Ann"), slot_id("s1")))
    assert desk.diff.empty
    desk.document.record(publish_edit(desk.plan, desk.diff, AT))
    assert desk.status(ANN) is VisitStatus.PUBLISHED
    assert len(publications(desk.plan, desk.week_id)) == 1


def test_a_clock_put_back_never_makes_an_update_older_than_what_it_updates() -> None:
    desk = published()
    desk.document.do(move(desk.plan, ANN, slot_id("s3")))
    desk.document.record(publish_edit(desk.plan, desk.diff, AT - dt.timedelta(days=99)))
    first, second = publications(desk.plan, desk.week_id)
    assert second.at > first.at


def test_a_diff_of_another_plan_is_refused() -> None:
    desk = Desk(two_visits())
    diff = desk.diff
    desk.document.do(move(desk.plan, ANN, slot_id("s3")))
    with pytest.raises(Refused, match="changed-meanwhile"):
        publish_edit(desk.plan, diff, AT)


def test_publishing_is_recorded_and_never_undone() -> None:
    desk = published()
    assert desk.document.can_undo is None


def test_cancelling_the_week_tells_everybody_and_one_undo_and_a_publication_restore_it() -> None:
    desk = published()
    desk.document.do(cancel_week(desk.plan, desk.week_id))
    assert {one.news for one in desk.publish().sendings} == {News.CANCELLED}
    desk.document.undo()
    diff = desk.publish()
    assert {(one.news, one.sequence) for one in diff.sendings} == {(News.NEW, 2)}
    assert len(diff.sendings) == 4
    assert desk.status(ANN) is VisitStatus.PUBLISHED


def test_cancelling_leaves_alone_what_was_held_and_forgets_what_nobody_knew() -> None:
    desk = published()
    desk.document.do(set_status(desk.plan, ANN, VisitStatus.HELD))
    desk.document.do(place(desk.plan, person_id("Ann"), slot_id("s3")))
    desk.document.do(cancel_week(desk.plan, desk.week_id))
    assert {visit.status for visit in desk.plan.visits.values()} == {VisitStatus.HELD, VisitStatus.CANCELLED}
    assert len(desk.plan.visits) == 2
    with pytest.raises(Refused, match="nothing-to-cancel"):
        cancel_week(desk.plan, desk.week_id)


def test_postponing_the_week_updates_every_visit_and_one_undo_takes_it_back() -> None:
    desk = published()
    desk.document.do(set_status(desk.plan, ANN, VisitStatus.CONFIRMED))
    desk.document.do(postpone_week(desk.plan, desk.week_id, day(7)))
    diff = desk.publish()
    assert {(one.news, one.sequence) for one in diff.sendings} == {(News.CHANGED, 1)}
    assert {one.said.start.date() for one in diff.sendings} == {day(7), day(8)}
    assert desk.status(ANN) is VisitStatus.PUBLISHED
    desk.document.undo()
    assert {(one.news, one.sequence) for one in desk.publish().sendings} == {(News.CHANGED, 2)}
    assert desk.plan.weeks[desk.week_id].first_day == day(0)


def test_a_week_that_has_begun_or_would_not_move_is_not_put_off() -> None:
    desk = published()
    with pytest.raises(Refused, match="same-days"):
        postpone_week(desk.plan, desk.week_id, day(0))
    desk.document.do(set_status(desk.plan, ANN, VisitStatus.HELD))
    with pytest.raises(Refused, match="already-held"):
        postpone_week(desk.plan, desk.week_id, day(7))


def call_to(desk: Desk, name: str, visit: str) -> str:
    return next(call.id for call in open_calls(desk.plan, desk.week_id) if (call.name, call.visit_id) == (name, visit))


def answer(desk: Desk, name: str, visit: str, said: Answer) -> None:
    desk.document.do(tick(desk.plan, call_to(desk, name, visit), told_at=AT, told_by="PA", answer=said))


def test_a_call_says_old_and_new_and_how_to_reach_them() -> None:
    desk = published()
    desk.document.do(move(desk.plan, ANN, slot_id("s3")))
    desk.publish()
    calls = {call.name: call for call in open_calls(desk.plan, desk.week_id) if call.old}
    assert (calls["Jo"].old, calls["Jo"].new, calls["Jo"].contact) == (
        "Mon 22 March, 09:30–11:00, Ann, Town Hall", "Wed 24 March, 13:00–14:00, Ann, Town Hall", "01632 960001",
    )  # fmt: skip
    assert (calls["Ann"].old, calls["Ann"].contact) == (
        "Mon 22 March, 09:30–11:00, Duty, Town Hall", "ann@council.example",
    )  # fmt: skip


def test_nothing_is_done_while_a_call_is_open() -> None:
    desk = Desk(two_visits())
    assert not all_told(desk.plan, desk.week_id)
    desk.publish()
    for name, visit in (("Ann", ANN), ("Jo", ANN), ("Bob", BOB)):
        answer(desk, name, visit, Answer.NONE)
        assert not all_told(desk.plan, desk.week_id)
    answer(desk, "Kim", BOB, Answer.NONE)
    assert all_told(desk.plan, desk.week_id)


def test_a_visit_is_confirmed_when_both_sides_are_and_declined_when_one_is() -> None:
    desk = published()
    calls = {name: call_to(desk, name, ANN) for name in ("Ann", "Jo")}
    answer(desk, "Ann", ANN, Answer.CONFIRMED)
    assert desk.status(ANN) is VisitStatus.PUBLISHED
    answer(desk, "Jo", ANN, Answer.CONFIRMED)
    assert desk.status(ANN) is VisitStatus.CONFIRMED
    desk.document.do(tick(desk.plan, calls["Jo"], told_at=AT, told_by="PA", answer=Answer.DECLINED))
    assert desk.status(ANN) is VisitStatus.DECLINED
    desk.document.do(tick(desk.plan, calls["Jo"], told_at=None))
    assert desk.status(ANN) is VisitStatus.PUBLISHED
    with pytest.raises(Refused, match="answer-untold"):
        tick(desk.plan, calls["Jo"], told_at=None, answer=Answer.CONFIRMED)


def test_telling_of_a_cancellation_brings_no_visit_back() -> None:
    desk = published()
    answer(desk, "Ann", ANN, Answer.DECLINED)
    desk.publish()
    answer(desk, "Jo", ANN, Answer.CONFIRMED)
    assert desk.status(ANN) is VisitStatus.DECLINED


def test_a_later_call_stands_in_for_an_earlier_one() -> None:
    desk = published()
    old = call_to(desk, "Ann", ANN)
    desk.document.do(move(desk.plan, ANN, slot_id("s3")))
    desk.publish()
    assert old not in {call.id for call in open_calls(desk.plan, desk.week_id)}
    desk.document.do(tick(desk.plan, old, told_at=AT, answer=Answer.DECLINED))
    assert desk.status(ANN) is VisitStatus.PUBLISHED


def test_a_release_is_explicit_and_for_protected_places_alone() -> None:
    built = two_visits().site("Rosebank", protected=True, alias="Home R")
    plan = built.plan()

    def give(site: str, reason: str) -> Plan:
        edit = release(plan, built.week.id, person_id("Ann"), site_id(site), reason=reason, at=AT)
        return plan.apply(edit)

    after = give("Rosebank", "drives there alone")
    [given] = after.releases.values()
    assert (given.reason, given.at) == ("drives there alone", AT)
    assert not after.apply(withdraw_release(after, given.id)).releases
    with pytest.raises(Refused, match="not-protected"):
        give("Town Hall", "why not")
    with pytest.raises(Refused, match="reason-missing"):
        give("Rosebank", " ")


def test_a_publication_is_kept_whole_and_comes_back_as_it_was() -> None:
    desk = published()
    then = desk.plan
    desk.document.do(move(desk.plan, ANN, slot_id("s4")))
    desk.publish()
    first, second = publications(desk.plan, desk.week_id)
    back = published_plan(desk.plan, first)
    assert (back.visits, back.slots, back.issued, back.calls) == (then.visits, then.slots, then.issued, then.calls)
    assert snapshot(back, desk.week_id) == first.snapshot
    assert published_plan(desk.plan, second).visits == desk.plan.visits


@pytest.mark.parametrize("damaged", ["", "[]", '{"weeks": [{}]}', '{"rows": []}', '{"nothing": [1]}'])
def test_a_damaged_snapshot_is_told(damaged: str) -> None:
    desk = published()
    [publication] = publications(desk.plan, desk.week_id)
    with pytest.raises(Refused, match="publication-unreadable"):
        published_plan(desk.plan, replace(publication, snapshot=damaged))


def visits_of(diff: Diff, part: Recipient) -> Iterable[str]:
    return [one.visit_id for one in diff.sendings if one.recipient is part]


def test_one_change_in_sixty_visits_makes_two_files() -> None:
    built = a_week()
    for number in range(60):
        built.slot(f"s{number}", f"Team {number % 20}", number % 5, f"{9 + number // 20 * 2:02}:00", "17:00")
        built.visitor(f"V{number}").visit(f"V{number}", f"s{number}")
    desk = Desk(built)
    assert len(desk.publish().files) == 120
    slot = desk.plan.slots[slot_id("s7")]
    desk.put(replace(slot, start=dt.time(8)))
    diff = desk.diff
    assert len(diff.files) == 2
    assert visits_of(diff, Recipient.HOST) == visits_of(diff, Recipient.VISITOR) == [visit_id("V7", "s7")]


@pytest.mark.parametrize("said", ["", "{}", "[]", "null", '{"start": 5}', "[" * 100_000, '"\\ud800"'])
def test_what_was_said_is_told_anew_where_nobody_can_make_sense_of_it(said: str) -> None:
    desk = published()
    before = desk.diff
    assert before.empty
    odd = [replace(line, said=said, digest="") for line in desk.plan.issued.values()]
    desk.document.do(desk.plan.edit(Verb.CHANGE, put=odd))
    assert {one.news for one in desk.diff.sendings} == {News.CHANGED}
    assert all(one.said.organiser_address and one.said.number for one in desk.diff.sendings)
    desk.document.do(to_tray(desk.plan, ANN))
    lost = [one for one in desk.diff.sendings if one.news is News.CANCELLED]
    assert {one.address for one in lost} == {line.email for line in odd if line.visit_id == ANN}


def test_a_snapshot_that_points_at_rows_that_are_not_there_is_told() -> None:
    desk = published()
    [publication] = publications(desk.plan, desk.week_id)
    lame = json.loads(publication.snapshot)
    lame["slots"].clear()
    with pytest.raises(Refused, match="publication-unreadable"):
        published_plan(desk.plan, replace(publication, snapshot=json.dumps(lame)))
