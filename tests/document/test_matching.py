"""Adopting a match changes what it must and leaves alone what hands have touched."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document import visits
from app.document.matching import adopt_match, edited_since
from app.models.change import Edit
from app.models.plan import Plan
from app.models.visits import PROMISED, Visit, VisitStatus
from tests.builders import Builder, a_week, person_id, slot_id, visit_id

NAMES = ("Ann Lee", "Bob Ray", "Cy Dee")
SLOTS = ("S0", "S1", "S2", "S3", "S4")


def a_built_week() -> Builder:
    week = a_week()
    for number, slot in enumerate(SLOTS):
        week.slot(slot, f"Team {number % 3}", on=number, places=3)
    for name in NAMES:
        week.visitor(name)
    return week


def pairs(*named: tuple[str, str]) -> list[tuple[str, str]]:
    return [(person_id(name), slot_id(slot)) for name, slot in named]


def adopted(plan: Plan, *named: tuple[str, str], since: Plan | None = None) -> Plan:
    return plan.apply(edit_of(plan, *named, since=since))


def edit_of(plan: Plan, *named: tuple[str, str], since: Plan | None = None) -> Edit:
    return adopt_match(plan, next(iter(plan.weeks)), pairs(*named), since=since)


def counted(plan: Plan) -> set[tuple[str, str]]:
    return {(visit.person_id, visit.slot_id) for visit in plan.visits.values() if visit.counts}


def test_a_first_match_makes_every_visit() -> None:
    plan = a_built_week().plan()
    after = adopted(plan, ("Ann Lee", "S0"), ("Bob Ray", "S1"))
    assert counted(after) == set(pairs(("Ann Lee", "S0"), ("Bob Ray", "S1")))
    assert {visit.status for visit in after.visits.values()} == {VisitStatus.PROPOSED}


def test_the_same_match_again_changes_nothing() -> None:
    plan = adopted(a_built_week().plan(), ("Ann Lee", "S0"), ("Bob Ray", "S1"))
    assert edit_of(plan, ("Bob Ray", "S1"), ("Ann Lee", "S0")).changes == ()


def test_a_week_matched_afresh_keeps_its_uids() -> None:
    plan = adopted(a_built_week().plan(), ("Ann Lee", "S0"))
    (first,) = plan.visits.values()
    emptied = adopted(plan)
    assert emptied.visits == {}
    (again,) = adopted(emptied, ("Ann Lee", "S0")).visits.values()
    assert again == first


def test_the_order_of_the_pairs_does_not_matter() -> None:
    plan = a_built_week().visit("Ann Lee", "S4", status=VisitStatus.PUBLISHED).plan()
    named = [("Ann Lee", "S0"), ("Ann Lee", "S1"), ("Bob Ray", "S1"), ("Cy Dee", "S2")]
    assert adopted(plan, *named) == adopted(plan, *reversed(named))


def test_a_pinned_visit_stays_whatever_the_match_says() -> None:
    plan = a_built_week().visit("Ann Lee", "S0", pinned=True).plan()
    after = adopted(plan, ("Ann Lee", "S1"))
    assert counted(after) == set(pairs(("Ann Lee", "S0"), ("Ann Lee", "S1")))
    assert after.visits[visit_id("Ann Lee", "S0")] == plan.visits[visit_id("Ann Lee", "S0")]


@pytest.mark.parametrize("status", [VisitStatus.DECLINED, VisitStatus.CANCELLED])
def test_a_gone_visit_that_is_wanted_again_comes_back_with_its_uid(status: VisitStatus) -> None:
    plan = a_built_week().visit("Ann Lee", "S0", status=status).plan()
    (visit,) = adopted(plan, ("Ann Lee", "S0")).visits.values()
    assert (visit.uid, visit.status) == (next(iter(plan.visits.values())).uid, VisitStatus.PROPOSED)
    assert edit_of(plan).changes == ()


@pytest.mark.parametrize("status", sorted(PROMISED))
def test_a_promised_visit_elsewhere_is_a_move(status: VisitStatus) -> None:
    plan = a_built_week().visit("Ann Lee", "S0", status=status).plan()
    (visit,) = adopted(plan, ("Ann Lee", "S2")).visits.values()
    assert visit.uid == next(iter(plan.visits.values())).uid
    assert (visit.slot_id, visit.status) == (slot_id("S2"), VisitStatus.PUBLISHED)


def test_a_promised_visit_that_is_gone_is_cancelled_and_others_do_not_inherit_it() -> None:
    plan = a_built_week().visit("Ann Lee", "S0", status=VisitStatus.CONFIRMED).plan()
    after = adopted(plan, ("Bob Ray", "S0"))
    assert after.visits[visit_id("Ann Lee", "S0")].status is VisitStatus.CANCELLED
    (new,) = (visit for visit in after.visits.values() if visit.counts)
    assert (new.person_id, new.status) == (person_id("Bob Ray"), VisitStatus.PROPOSED)


def test_of_several_new_slots_the_same_teams_is_the_move() -> None:
    plan = a_built_week().visit("Ann Lee", "S0", status=VisitStatus.PUBLISHED).plan()
    after = adopted(plan, ("Ann Lee", "S1"), ("Ann Lee", "S3"))  # S3 is of the same team as S0, S1 is nearer in time
    assert after.visits[visit_id("Ann Lee", "S0")].slot_id == slot_id("S3")


def test_what_was_edited_since_the_match_began_is_left_alone() -> None:
    start = a_built_week().visit("Ann Lee", "S0").visit("Bob Ray", "S1").visit("Cy Dee", "S2").plan()
    now = start.apply(visits.move(start, visit_id("Ann Lee", "S0"), slot_id("S4")))
    now = now.apply(visits.to_tray(now, visit_id("Bob Ray", "S1")))
    now = now.apply(visits.place(now, person_id("Bob Ray"), slot_id("S3")))
    after = adopted(now, ("Ann Lee", "S0"), ("Bob Ray", "S1"), ("Cy Dee", "S1"), since=start)
    assert counted(after) == set(pairs(("Ann Lee", "S4"), ("Bob Ray", "S3"), ("Cy Dee", "S1")))


def test_what_was_edited_since_is_known_by_id() -> None:
    start = a_built_week().visit("Ann Lee", "S0").visit("Bob Ray", "S1").plan()
    now = start.apply(visits.pin(start, visit_id("Ann Lee", "S0")))
    assert edited_since(start, now, next(iter(start.weeks))) == {visit_id("Ann Lee", "S0")}


STATES = st.sampled_from(VisitStatus)
PAIRS = st.tuples(st.sampled_from(NAMES), st.sampled_from(SLOTS))


@given(st.dictionaries(PAIRS, st.tuples(STATES, st.booleans())), st.lists(PAIRS, unique=True))
def test_after_a_match_exactly_its_pairs_and_the_pins_count(
    had: dict[tuple[str, str], tuple[VisitStatus, bool]], wanted: Sequence[tuple[str, str]]
) -> None:
    week = a_built_week()
    for (name, slot), (status, pinned) in had.items():
        week.visit(name, slot, status=status, pinned=pinned)
    plan = week.plan()
    after = adopted(plan, *wanted)
    pinned_pairs = {(v.person_id, v.slot_id) for v in plan.visits.values() if v.pinned and v.counts}
    assert counted(after) == set(pairs(*wanted)) | pinned_pairs
    live = [(visit.person_id, visit.slot_id) for visit in after.visits.values() if visit.counts]
    assert len(live) == len(set(live))
    uids = [visit.uid for visit in after.visits.values()]
    assert len(uids) == len(set(uids))
    promised = {visit.id for visit in plan.visits.values() if visit.status in PROMISED}
    assert promised <= after.visits.keys()
    assert _told(after, promised) == _told(plan, promised)
    assert edit_of(after, *wanted).changes == ()


def _told(plan: Plan, ids: set[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, Visit] = {visit_id: plan.visits[visit_id] for visit_id in ids}
    return {visit_id: (visit.uid, visit.person_id) for visit_id, visit in found.items()}
