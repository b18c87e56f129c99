"""Every unmet minimum is named with the smallest reason that is true."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from app.engine.check import problems
from app.engine.pairs import Pairs, pairs_of, with_pairs
from app.engine.unmet import unmet
from app.models.findings import Lack, Rule, Unmet
from app.models.people import Clearance, Presence
from app.models.places import Need
from app.models.view import WeekView
from app.words.unmet import unmet_text
from tests.builders import Builder, a_week, person_id, slot_id
from tests.engine.here import matched_here
from tests.engine.tiny import plans, sound, tiny_week


def only(build: Builder) -> Unmet:
    (found,) = unmet(build.view())
    return found


def test_met_minimums_are_not_told() -> None:
    assert unmet(a_week().visitor("Ada", min_visits=1).slot("s-1", "Hub").visit("Ada", "s-1").view()) == ()


def test_a_team_without_slots_has_none() -> None:
    assert only(a_week().team("Hub", min_visits=1)).lack is Lack.NO_SLOTS


def test_nothing_open_names_the_rules_in_the_way() -> None:
    build = a_week().team("Home", clearance_needed=Need.CONFIRMED).slot("s-1", "Home", 0).slot("s-2", "Home", 1)
    build.visitor("Ada", min_visits=1, clearance=Clearance.NOT_YET).available("Ada", Presence.BUSY, 0)
    found = only(build)
    assert (found.lack, found.rules) == (Lack.NOTHING_OPEN, (Rule.CLEARANCE, Rule.NOT_FREE))


def test_fewer_alone_counts_what_she_could_have_by_herself() -> None:
    build = a_week().visitor("Ada", min_visits=3)
    build.slot("s-1", "Hub").slot("s-2", "Hub", 1).slot("s-3", "Desk", 2).slot("s-4", "Yard", 2, "10:00", "11:30")
    found = only(build)
    assert (found.lack, found.alone) == (Lack.FEWER_ALONE, 2)


def test_an_own_limit_is_told_apart_from_a_thin_offer() -> None:
    build = a_week().visitor("Ada", min_visits=2, max_per_day=1)
    build.slot("s-1", "Hub").slot("s-2", "Desk", 0, "14:00", "15:00")
    assert only(build).lack is Lack.OWN_LIMIT


def test_pins_of_others_are_named() -> None:
    build = a_week().slot("s-1", "Hub").visitor("Ada", min_visits=1).visitor("Ben").visit("Ben", "s-1", pinned=True)
    found = only(build)
    assert (found.id, found.lack, found.pins) == (person_id("Ada"), Lack.PINS, ((person_id("Ben"), slot_id("s-1")),))


def test_only_the_pins_to_blame_are_named() -> None:
    build = a_week().slot("s-1", "Hub", places=2).slot("s-2", "Desk", 1).slot("s-3", "Yard", 2).visitor("Ben")
    build.visitor("Cy").visitor("Ada", min_visits=2, max_per_day=1).available("Ada", Presence.BUSY, 2)
    build.visit("Ben", "s-1", pinned=True).visit("Cy", "s-2", pinned=True).visit("Ben", "s-3", pinned=True)
    found = only(build)
    assert (found.lack, found.alone, found.pins) == (Lack.PINS, 1, ((person_id("Cy"), slot_id("s-2")),))
    assert unmet_text(build.view(), found) == (
        "Ada has no visit of at least 2: pinned visits leave room for only 1: Cy at Desk, Tue 23 March, 09:30–11:00."
    )


def test_those_who_share_too_few_places_are_counted_and_named() -> None:
    build = a_week().slot("s-1", "Hub", places=2).slot("s-2", "Desk").slot("far", "Far", 1)
    for name in ("Ann", "Bo", "Cy", "Di"):
        build.visitor(name, min_visits=1).available(name, Presence.BUSY, 1)
    build.visitor("Eve", min_visits=1).visit("Eve", "far")
    build.visit("Ann", "s-1").visit("Bo", "s-1").visit("Cy", "s-2")
    found = only(build)
    assert (found.id, found.lack) == (person_id("Di"), Lack.SHARED)
    assert unmet_text(build.view(), found) == (
        "Di has no visit of at least 1: 4 visitors (Ann, Bo, Cy and Di) want 4 visits in all, and the slots that are "
        "open to them have room for only 3."
    )


def test_teams_that_share_too_few_visitors_are_named() -> None:
    build = a_week().visitor("Ann", max_visits=1).visitor("Bo", max_visits=1)
    for at, team in enumerate(("Red", "Blue", "Green")):
        build.team(team, min_visits=1).slot(team, team, at)
    build.visit("Ann", "Red").visit("Bo", "Blue")
    found = only(build)
    assert unmet_text(build.view(), found) == (
        "Green has no visit of at least 1: Blue, Green and Red want 3 visits in all, and the visitors who can come "
        "have time for only 2."
    )


def test_what_is_free_but_clashes_with_her_own_visit_is_told_so() -> None:
    build = a_week().visitor("Ada", min_visits=2, max_per_day=1)
    build.slot("s-1", "Hub", 0).slot("s-2", "Desk", 0, "14:00", "15:00").slot("s-3", "Hub", 1)
    found = only(build.visit("Ada", "s-1"))
    assert found.lack is Lack.OWN_VISITS


def test_crowded_out_names_who_has_the_places() -> None:
    build = a_week().slot("s-1", "Hub").visitor("Ada", min_visits=1).visitor("Ben", min_visits=1).visit("Ben", "s-1")
    found = only(build)
    assert (found.lack, found.names) == (Lack.SHARED, (person_id("Ada"), person_id("Ben")))
    build = a_week().slot("s-1", "Hub").visitor("Ada", min_visits=1).visitor("Ben").visit("Ben", "s-1")
    found = only(build)
    assert (found.lack, found.names) == (Lack.CROWDED_OUT, (person_id("Ben"),))


def test_what_could_simply_be_added_is_said_to_be_not_placed() -> None:
    assert only(a_week().slot("s-1", "Hub").visitor("Ada", min_visits=1)).lack is Lack.NOT_PLACED


def test_a_team_whose_only_guest_is_elsewhere_is_crowded_out() -> None:
    build = a_week().team("Hub", min_visits=1).slot("s-1", "Hub").slot("s-2", "Desk").visitor("Ada").visit("Ada", "s-2")
    found = only(build)
    assert (found.lack, found.names) == (Lack.CROWDED_OUT, (person_id("Ada"),))


def test_a_team_with_fewer_places_than_its_minimum_could_not_have_more_alone() -> None:
    build = a_week().team("Hub", min_visits=2).slot("s-1", "Hub").visitor("Ada").visitor("Ben")
    found = only(build)
    assert (found.lack, found.alone) == (Lack.FEWER_ALONE, 1)


# every reason against plain enumeration -----------------------------------------------------------------------------


def most(week: WeekView, pairs: list[tuple[str, str]], beside: Pairs = frozenset()) -> int:
    """How many of these visits can stand beside those."""

    def extend(at: int, chosen: Pairs) -> int:
        more = (chosen | {pairs[place]} for place in range(at, len(pairs)))
        return max(
            (extend(place, some) for place, some in enumerate(more, start=at + 1) if sound(week, some)),
            default=len(chosen) - len(beside),
        )

    return extend(0, beside)


def is_true(week: WeekView, one: Unmet) -> bool:
    """Whether the reason holds."""
    mine = [
        (person, slot)
        for person, visitor in week.visitors.items()
        for slot in week.slots
        if (person == one.id or (week.slots[slot].team.id == one.id and not visitor.standby))
    ]
    pins = frozenset((visit.person_id, visit.slot_id) for visit in week.counted if visit.pinned)
    fewer = {Lack.NOTHING_OPEN, Lack.FEW_OPEN, Lack.FEWER_ALONE, Lack.OWN_LIMIT}
    match one.lack:
        case Lack.NO_SLOTS:
            return not any(one.id in (*week.visitors, slot.team.id) for slot in week.slots.values())
        case lack if lack in fewer:
            nobody = replace(week, visits=())
            alone = most(nobody, mine)
            return alone < one.wanted and (alone == one.alone or (lack is Lack.NOTHING_OPEN and alone == 0))
        case Lack.PINS:
            return most_beside(week, mine, pins) == one.alone < one.wanted and all(
                most_beside(week, mine, frozenset(one.pins) - out) < one.wanted
                if not out
                else most_beside(week, mine, frozenset(one.pins) - out) >= one.wanted
                for out in (frozenset(), *(frozenset({pin}) for pin in one.pins))
            )
        case Lack.SHARED:
            group = set(one.names)
            totals = (
                sum(person in group or week.slots[slot].team.id in group for person, slot in plan)
                for plan in plans(week)
            )
            return max(totals) <= one.room < one.together
        case _:
            more = [with_pairs(week, pairs_of(week) | {pair}) for pair in mine if pair not in pairs_of(week)]
            new = [
                (after, {visit.id for visit in after.visits} - {visit.id for visit in week.visits}) for after in more
            ]
            fits = any(not ids & {one for fact in problems(after).broken for one in fact.visits} for after, ids in new)
            return fits == (one.lack is Lack.NOT_PLACED)


def most_beside(week: WeekView, mine: list[tuple[str, str]], pins: Pairs) -> int:
    """How many visits there can be of these, the pins among them counted."""
    only_pins = replace(week, visits=tuple(one for one in week.counted if (one.person_id, one.slot_id) in pins))
    own = pins & set(mine)
    return len(own) + most(only_pins, [pair for pair in mine if pair not in pins], pins)


def test_every_reason_is_true_of_weeks_with_every_oddity() -> None:
    seen: Counter[Lack] = Counter()
    for seed in range(90):
        for week in (tiny_week(seed), with_pairs(tiny_week(seed), matched_here(tiny_week(seed)).pairs)):
            for one in unmet(week):
                seen[one.lack] += 1
                assert is_true(week, one), (seed, one)
                assert "{" not in unmet_text(week, one)
    assert set(seen) == set(Lack), set(Lack) - set(seen)
