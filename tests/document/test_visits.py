"""Verbs for visits make edits that keep a visit's identity and tell people no more than needed."""

from __future__ import annotations

import datetime as dt

import pytest

from app.document import visits
from app.errors import Refused
from app.models.change import Edit
from app.models.names import visit_uid
from app.models.plan import Plan
from app.models.publication import Issued, Method, Publication, Recipient
from app.models.visits import Visit, VisitStatus
from tests.builders import WEEK_NAME, Builder, a_week, person_id, slot_id, visit_id

MOMENT = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)


def a_built_week(**visit: object) -> Builder:
    return (
        a_week().slot("S1", "Red").slot("S2", "Blue", on=1, start="10:00", end="11:30").slot("S3", "Green", on=2)
        .visitor("Ann Lee").visitor("Bob Ray").visit("Ann Lee", "S1", **visit)
    )  # fmt: skip


def told(plan: Plan, visit: Visit) -> Plan:
    """The Plan with a line in the ledger that somebody was sent this visit."""
    publication = Publication(id="p", week_id=visit.week_id, number=1, at=MOMENT, snapshot="{}")
    line = Issued(
        id="i", publication_id="p", visit_id=visit.id, recipient=Recipient.VISITOR, name="", email="", uid=visit.uid,
        sequence=0, method=Method.REQUEST, stamp=MOMENT, said="{}", digest="",
    )  # fmt: skip
    return Plan.of([*(e for t in ("weeks", "sites", "teams", "offers", "people", "attendances", "slots", "visits")
                      for e in plan.table(t).values()), publication, line])  # fmt: skip


ANN = visit_id("Ann Lee", "S1")


def only(plan: Plan, edit: Edit) -> Visit:
    """The one visit after an edit."""
    (visit,) = plan.apply(edit).visits.values()
    return visit


def test_a_placed_visit_is_proposed_with_the_uid_of_its_names() -> None:
    plan = a_built_week().plan()
    edit = visits.place(plan, person_id("Bob Ray"), slot_id("S2"), permitted="asked for")
    (change,) = edit.changes
    visit = change.after
    assert isinstance(visit, Visit)
    assert visit.status is VisitStatus.PROPOSED
    assert visit.permitted == "asked for"
    assert visit.uid == visit_uid(WEEK_NAME, "Bob Ray", "S2", "council.example")
    assert [edit.fact(key) for key in ("who", "where", "when")] == ["Bob Ray", "Blue", "2027-03-23T10:00"]


def test_nobody_is_placed_twice_in_one_slot() -> None:
    with pytest.raises(Refused, match="already-there"):
        visits.place(a_built_week().plan(), person_id("Ann Lee"), slot_id("S1"))


@pytest.mark.parametrize("status", [VisitStatus.DECLINED, VisitStatus.CANCELLED])
def test_a_visit_that_was_gone_comes_back_with_its_uid(status: VisitStatus) -> None:
    plan = a_built_week(status=status).plan()
    visit = only(plan, visits.place(plan, person_id("Ann Lee"), slot_id("S1")))
    assert (visit.id, visit.uid, visit.status) == (ANN, plan.visits[ANN].uid, VisitStatus.PROPOSED)


def test_a_uid_that_is_taken_runs_on() -> None:
    plan = a_built_week().plan()
    plan = plan.apply(visits.move(plan, ANN, slot_id("S2")))
    plan = plan.apply(visits.place(plan, person_id("Ann Lee"), slot_id("S1")))
    plan = plan.apply(visits.move(plan, next(v.id for v in plan.visits.values() if v.id != ANN), slot_id("S3")))
    plan = plan.apply(visits.place(plan, person_id("Ann Lee"), slot_id("S1")))
    expected = {visit_uid(WEEK_NAME, "Ann Lee", "S1", "council.example", number) for number in (1, 2, 3)}
    assert {visit.uid for visit in plan.visits.values()} == expected


def test_a_uid_that_was_sent_is_not_given_to_another_visit() -> None:
    plan = a_built_week().plan()
    plan = told(plan, plan.visits[ANN])
    gone = Plan.of([e for t in ("weeks", "sites", "teams", "offers", "people", "attendances", "slots", "issued",
                                "publications") for e in plan.table(t).values()])  # fmt: skip
    visit = only(gone, visits.place(gone, person_id("Ann Lee"), slot_id("S1")))
    assert visit.uid == visit_uid(WEEK_NAME, "Ann Lee", "S1", "council.example", 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (VisitStatus.PROPOSED, VisitStatus.PROPOSED),
        (VisitStatus.PUBLISHED, VisitStatus.PUBLISHED),
        (VisitStatus.CONFIRMED, VisitStatus.PUBLISHED),
        (VisitStatus.DECLINED, VisitStatus.PROPOSED),
        (VisitStatus.CANCELLED, VisitStatus.PROPOSED),
    ],
)
def test_a_move_keeps_identity_and_what_was_promised(before: VisitStatus, after: VisitStatus) -> None:
    plan = a_built_week(status=before, permitted="asked for").plan()
    edit = visits.move(plan, ANN, slot_id("S2"))
    visit = only(plan, edit)
    assert (visit.id, visit.uid, visit.slot_id) == (ANN, plan.visits[ANN].uid, slot_id("S2"))
    assert (visit.status, visit.permitted) == (after, "")
    assert [edit.fact(key) for key in ("when", "old_when", "old_where")] == [
        "2027-03-23T10:00", "2027-03-22T09:30", "Red",
    ]  # fmt: skip


def test_a_pinned_visit_is_not_moved() -> None:
    with pytest.raises(Refused, match="pinned"):
        visits.move(a_built_week(pinned=True).plan(), ANN, slot_id("S2"))


def test_a_move_onto_a_visit_of_the_same_two_is_refused_or_takes_its_row() -> None:
    week = a_built_week().visit("Ann Lee", "S2")
    with pytest.raises(Refused, match="already-there"):
        visits.move(week.plan(), ANN, slot_id("S2"))
    plan = a_built_week().visit("Ann Lee", "S2", status=VisitStatus.DECLINED).plan()
    assert only(plan, visits.move(plan, ANN, slot_id("S2"))).id == ANN


def test_a_swap_exchanges_slots_and_keeps_identities() -> None:
    plan = a_built_week().visit("Bob Ray", "S2", status=VisitStatus.CONFIRMED).plan()
    bob = visit_id("Bob Ray", "S2")
    edit = visits.swap(plan, ANN, bob)
    after = plan.apply(edit).visits
    assert (after[ANN].slot_id, after[bob].slot_id) == (slot_id("S2"), slot_id("S1"))
    assert (after[ANN].uid, after[bob].uid) == (plan.visits[ANN].uid, plan.visits[bob].uid)
    assert after[bob].status is VisitStatus.PUBLISHED
    assert (edit.fact("who"), edit.fact("other_who")) == ("Ann Lee", "Bob Ray")


def test_a_swap_within_one_slot_or_one_visitor_changes_nothing() -> None:
    plan = a_built_week().visit("Ann Lee", "S2").visit("Bob Ray", "S1").plan()
    assert visits.swap(plan, ANN, visit_id("Ann Lee", "S2")).changes == ()
    assert visits.swap(plan, ANN, visit_id("Bob Ray", "S1")).changes == ()


def test_what_nobody_was_told_of_is_removed_and_what_was_promised_is_cancelled() -> None:
    plan = a_built_week().plan()
    assert plan.apply(visits.to_tray(plan, ANN)).visits == {}
    plan = a_built_week(status=VisitStatus.CONFIRMED, pinned=True).plan()
    visit = only(plan, visits.to_tray(plan, ANN))
    assert (visit.status, visit.pinned) == (VisitStatus.CANCELLED, False)


def test_a_proposed_visit_that_was_once_sent_is_cancelled_not_removed() -> None:
    plan = a_built_week().plan()
    plan = told(plan, plan.visits[ANN])
    assert only(plan, visits.to_tray(plan, ANN)).status is VisitStatus.CANCELLED


def test_pins_are_set_and_taken_together() -> None:
    plan = a_built_week().visit("Bob Ray", "S2").visit("Bob Ray", "S3", status=VisitStatus.DECLINED).plan()
    edit = visits.pin(plan, *plan.visits)
    after = plan.apply(edit)
    assert [visit.pinned for visit in after.visits.values()] == [True, True, False]
    assert edit.fact("count") == "3"
    assert after.apply(visits.unpin(after, *after.visits)) == plan


def test_a_visit_that_is_declined_is_pinned_no_longer() -> None:
    plan = a_built_week(pinned=True).plan()
    assert not only(plan, visits.set_status(plan, ANN, VisitStatus.DECLINED)).pinned
    assert only(plan, visits.set_status(plan, ANN, VisitStatus.CONFIRMED)).pinned


def test_a_permission_has_a_reason_and_can_be_taken_back() -> None:
    plan = a_built_week().plan()
    edit = visits.permit(plan, ANN, "  the Leader asked ")
    assert only(plan, edit).permitted == "the Leader asked"
    after = plan.apply(edit)
    assert only(after, visits.permit(after, ANN, "")).permitted == ""
