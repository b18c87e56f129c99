"""Who fits where, as the week stands: the referee's word for every pair, and the priorities' own values."""

from __future__ import annotations

from dataclasses import replace

from app.engine import check, goals
from app.engine.pairs import pairs_of, with_pairs
from app.engine.reserve import places_for, stand_ins, visitors_for
from app.models.findings import Suggestion
from app.models.people import Liking
from app.models.view import WeekView
from app.models.visits import Visit, VisitStatus
from app.models.week import Priority
from tests.builders import a_week, person_id, slot_id, visit_id
from tests.engine.tiny import tiny_week


def fits(view: WeekView, person: str, slot: str, leaving: str | None) -> bool:
    """What the referee says of the whole week with that visit."""
    if any((one.person_id, one.slot_id) == (person, slot) for one in view.counted if one.id != leaving):
        return False
    new = Visit(id="new", week_id=view.week.id, person_id=person, slot_id=slot, uid="new")
    after = replace(view, visits=(*(one for one in view.counted if one.id != leaving), new))
    return not any("new" in fact.visits for fact in check.problems(after).broken)


def changes(view: WeekView, one: Suggestion, leaving: tuple[str, str] | None) -> dict[Priority, int]:
    """What the priorities themselves say of the whole week before and after."""
    pairs = pairs_of(view) - ({leaving} if leaving else frozenset()) | {(one.person_id, one.slot_id)}
    before, after = goals.values(view), goals.values(with_pairs(view, pairs), view)
    return {priority: after[priority] - before[priority] for priority in after}


def agree(view: WeekView, found: tuple[Suggestion, ...], leaving: tuple[str, str] | None) -> None:
    """The changes told are those of the whole week."""
    for one in found:
        wanted = changes(view, one, leaving)
        wanted.pop(Priority.FAIR_VISITORS)
        assert dict(one.by_priority) == wanted


def test_what_fits_is_what_the_referee_lets_pass_and_its_worth_what_the_priorities_say() -> None:
    there = 0
    for seed in range(250):
        view = tiny_week(seed)
        for person in view.visitors:
            places = places_for(view, person)
            assert {one.slot_id for one in places} == {slot for slot in view.slots if fits(view, person, slot, None)}
            agree(view, places, None)
            there += len(places)
        for slot in view.slots:
            guests = visitors_for(view, slot)
            assert {one.person_id for one in guests} == {who for who in view.visitors if fits(view, who, slot, None)}
        for visit in view.counted:
            pair = (visit.person_id, visit.slot_id)
            instead = stand_ins(view, visit.id)
            assert {one.person_id for one in instead} == {
                who for who in view.visitors if who != visit.person_id and fits(view, who, visit.slot_id, visit.id)
            }
            agree(view, instead, pair)
            moves = places_for(view, visit.person_id, visit.id)
            assert {one.slot_id for one in moves} == {
                slot for slot in view.slots if slot != visit.slot_id and fits(view, visit.person_id, slot, visit.id)
            }
            agree(view, moves, pair)
    assert there > 300


def test_standby_visitors_stand_in_first_and_are_suggested_last() -> None:
    week = a_week().slot("a", "Red").slot("b", "Blue")
    week.visitor("Ann").visitor("Bo").visitor("Sam", standby=True).wish("Bo", Liking.FIRST_CHOICE, team="Red")
    week.visit("Ann", "a")
    view = week.view()
    assert [one.person_id for one in stand_ins(view, visit_id("Ann", "a"))] == [person_id("Sam"), person_id("Bo")]
    assert [one.person_id for one in visitors_for(view, slot_id("b"))] == [person_id("Bo"), person_id("Sam")]


def test_places_rank_by_the_priorities_and_tell_how_many_to_tell() -> None:
    week = a_week().team("Red").team("Blue", min_visits=1).team("Green")
    week.slot("r", "Red", 1).slot("b", "Blue", 2).slot("g", "Green", 0).slot("old", "Old", 4)
    week.visitor("Ann").wish("Ann", Liking.FIRST_CHOICE, team="Red")
    view = week.view()
    places = places_for(view, person_id("Ann"))
    assert [view.slots[one.slot_id].name for one in places] == ["b", "r", "g", "old"]
    assert {one.tell for one in places} == {0}
    told = week.visit("Ann", "old", status=VisitStatus.PUBLISHED).view()
    moved = places_for(told, person_id("Ann"), visit_id("Ann", "old"))
    assert {one.tell for one in moved} == {3}  # Ann, the old host and the new one
