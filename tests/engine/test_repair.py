"""Repairs against plain enumeration on tiny weeks with every oddity, and what each kind of mend promises."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from app.engine import goals
from app.engine.check import problems
from app.engine.pairs import Pairs, faults, pairs_of, with_pairs
from app.engine.repair import repair
from app.engine.upsets import upset_week
from app.errors import Refused
from app.models.findings import Rule
from app.models.people import Presence
from app.models.repairs import ConsentRefused, Lost, Option, SlotClosed, SlotMoved, TeamClosed, Upset, Way
from app.models.view import WeekView
from app.models.visits import VisitStatus
from app.models.week import Priority
from tests.builders import Builder, a_week, day, person_id, slot_id, time
from tests.engine.here import solved_here
from tests.engine.tiny import best_key, cost, tiny_week

UPSET = (Priority.DEMAND, Priority.TOLD, Priority.TOLD_VISITS)


def solved(
    week: WeekView, without: Pairs, known: tuple[Pairs, ...], _seconds: float, _enough: object
) -> tuple[Pairs, dict[Priority, int]]:
    """The matcher without a process of its own."""
    return solved_here(week, without=without, known=known)


def mended(week: WeekView, *upsets: Upset) -> tuple[Option, ...]:
    return repair(week, upsets, solve=solved)


def an_upset(week: WeekView, lots: random.Random) -> list[Upset]:
    """One or two upsets of any kind that this week allows."""
    found: list[Upset] = []
    on = lots.choice(week.week.days[:2])
    if week.visitors:
        person = lots.choice(list(week.visitors))
        found += [
            Lost(person_id=person),
            Lost(person_id=person, day=on),
            Lost(person_id=person, day=on, start=dt.time(9), end=dt.time(12)),
        ]
    if week.teams:
        team = lots.choice(list(week.teams))
        found += [TeamClosed(team_id=team), TeamClosed(team_id=team, day=on)]
    if week.slots:
        slot = lots.choice(list(week.slots))
        found += [
            SlotClosed(slot_id=slot),
            ConsentRefused(slot_id=slot),
            SlotMoved(slot_id=slot, day=on, start=dt.time(10), end=dt.time(11, 30)),
        ]
    return lots.sample(found, min(len(found), lots.choice((0, 1, 1, 2))))


def priced(option: Option, priorities: tuple[Priority, ...]) -> tuple[int, ...]:
    return tuple(value for one in priorities if (value := option.value(one)) is not None)


@pytest.mark.parametrize("block", range(5))
def test_the_first_mend_is_the_best_by_enumeration_and_every_mend_keeps_its_word(block: int) -> None:
    for seed in range(block * 40, block * 40 + 40):
        before = tiny_week(seed)
        upsets = an_upset(before, random.Random(seed))
        week = upset_week(before, upsets)
        options = mended(before, *upsets)
        for option in options:
            keeps_its_word(before, week, option, seed)
        assert len({option.pairs for option in options}) == len(options), seed
        order = goals.order(week)
        best = best_key(week, order, 3000)
        if best is None:
            continue
        if not options:
            assert not faults(week), seed
            assert goals.values(week)[Priority.DEMAND] == best[order.index(Priority.DEMAND)], seed
            continue
        first = options[0]
        pinned = {(visit.person_id, visit.slot_id) for visit in before.counted if visit.pinned}
        if any(before.visitors[person].standby for person, _ in set(first.pairs) - pinned):
            # The enumeration sends nobody on standby; a repair may, and leaves those who stand.
            assert priced(first, UPSET) <= best[: len(priced(first, UPSET))], seed
        elif first.gone or first.new:
            assert cost(week, frozenset(first.pairs), order) == best, (seed, order)


def keeps_its_word(before: WeekView, week: WeekView, option: Option, seed: int) -> None:
    after = with_pairs(week, option.pairs)
    had, has = pairs_of(before), frozenset(option.pairs)
    assert not faults(after), seed
    assert (frozenset(option.gone), frozenset(option.new)) == (had - has, has - had), seed
    assert {one.priority: one.value for one in option.reached} == goals.values(after, week), seed
    if option.untouched:
        alone = with_pairs(week, had - frozenset(option.lost))
        assert had - frozenset(option.lost) <= has, seed
        for pair in option.lost:  # each of them breaks a rule beside what stays
            assert len(broken_by(with_pairs(alone, pairs_of(alone) | {pair}))) > len(broken_by(alone)), seed
    pinned = {(visit.person_id, visit.slot_id) for visit in week.counted if visit.pinned}
    assert pinned - has == set(option.dropped_pins), seed
    if week.is_published:
        assert len(option.told) == option.value(Priority.TOLD), seed
    else:
        assert option.told == (), seed


def broken_by(week: WeekView) -> list[object]:
    return [id_ for fact in option_facts(week) for id_ in fact]


def option_facts(week: WeekView) -> list[tuple[str, ...]]:
    return [fact.visits for fact in problems(week).broken]


def a_published_week() -> Builder:
    """Ann loses Monday; Ben could take her place, Di too, from standby."""
    week = a_week().team("Hub", min_visits=1).team("Desk").slot("h1", "Hub", 0).slot("h2", "Hub", 2)
    week.slot("d1", "Desk", 1, places=2).slot("d2", "Desk", 3)
    week.visitor("Ann", min_visits=2, max_visits=3).visitor("Ben", min_visits=1).visitor("Di", standby=True)
    for name, slot in (("Ann", "h1"), ("Ann", "d1"), ("Ben", "d1")):
        week.visit(name, slot, status=VisitStatus.PUBLISHED)
    return week


ANN_LOSES_MONDAY = Lost(person_id=person_id("Ann"), day=day(0))


def test_the_mends_run_from_another_slot_over_a_stand_in_to_just_cancelling() -> None:
    options = mended(a_published_week().view(), ANN_LOSES_MONDAY)
    first = options[0]
    assert first.new == ((person_id("Ann"), slot_id("h2")),)
    assert (first.untouched, first.told) == (True, ("Ann", "Manager of Hub"))
    assert any((person_id("Di"), slot_id("h1")) in option.new for option in options)
    assert any(option.way is Way.CANCEL and not option.new for option in options)


def test_without_the_solver_there_are_mends_all_the_same() -> None:
    def dead(*_: object) -> tuple[Pairs, dict[Priority, int]]:
        raise Refused("matching-failed", reason="killed")

    options = repair(a_published_week().view(), [ANN_LOSES_MONDAY], solve=dead)
    assert len(options) >= 3
    assert options[0].new == ((person_id("Ann"), slot_id("h2")),)


def test_cancelled_at_once_what_no_longer_holds_can_still_be_cancelled() -> None:
    (option,) = repair(a_published_week().view(), [ANN_LOSES_MONDAY], solve=solved, cancelled=lambda: True)
    assert (option.way, option.gone, option.new) == (Way.CANCEL, ((person_id("Ann"), slot_id("h1")),), ())


def test_what_a_hand_permitted_stands_unless_the_upset_breaks_it_anew() -> None:
    build = a_published_week().available("Ben", Presence.BUSY, 3)
    build.visit("Ben", "d2", status=VisitStatus.PUBLISHED, permitted="He asked for it")
    for option in mended(build.view(), ANN_LOSES_MONDAY):
        assert (person_id("Ben"), slot_id("d2")) in option.pairs
    closed = mended(build.view(), SlotClosed(slot_id=slot_id("d2")))
    assert closed
    for option in closed:
        assert (person_id("Ben"), slot_id("d2")) not in option.pairs


def test_an_upset_that_touches_nobody_is_only_noted() -> None:
    (option,) = mended(a_published_week().view(), SlotClosed(slot_id=slot_id("d2")))
    assert (option.gone, option.new) == ((), ())
    assert mended(a_published_week().view()) == ()


def test_a_new_visitor_below_their_minimum_is_mended_without_any_upset() -> None:
    options = mended(a_published_week().visitor("Eve", min_visits=1).view())
    assert options
    assert {person for person, _ in options[0].new} == {person_id("Eve")}
    assert options[0].gone == ()


def test_the_same_upset_twice_is_noted_once() -> None:
    view = a_published_week().view()
    once = upset_week(view, [ANN_LOSES_MONDAY])
    assert upset_week(view, [ANN_LOSES_MONDAY, ANN_LOSES_MONDAY]).plan == once.plan
    assert upset_week(once, [ANN_LOSES_MONDAY]) is once


def test_a_slot_that_moves_into_a_clash_gives_up_as_few_visits_as_it_must() -> None:
    moved = SlotMoved(slot_id=slot_id("h1"), day=day(1), start=time("09:30"), end=time("11:00"))
    for option in mended(a_published_week().view(), moved):
        assert Rule.CLASH not in {fact.rule for fact in option.broken}
        if option.untouched:
            assert len(option.lost) == 1


def test_who_came_from_standby_before_keeps_the_visit() -> None:
    build = a_published_week().slot("y1", "Yard", 4)
    build.visit("Di", "y1", status=VisitStatus.PUBLISHED)
    options = mended(build.view(), ANN_LOSES_MONDAY)
    assert options[0].told == ("Ann", "Manager of Hub")
    assert options[0].reached[0].proved
    for option in options:
        assert not option.untouched or (person_id("Di"), slot_id("y1")) in option.pairs
