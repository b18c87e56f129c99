"""Why and why not: the rules beside pins, and prices equal to plain enumeration on tiny weeks with every oddity."""

from __future__ import annotations

import random
from typing import Any

import pytest

from app.document import lists, visits
from app.engine import explain, goals
from app.engine.explain import pinned, unpinned, why
from app.engine.match import Matching, match
from app.engine.pairs import Pairs
from app.models.findings import Rule
from app.models.people import Liking, Presence
from app.models.view import WeekView, view
from app.models.visits import VisitStatus
from app.models.week import MOST_IS_BEST, Priority
from tests.builders import a_week, person_id, slot_id, visit_id
from tests.engine.here import matched_here
from tests.engine.tiny import cost, plans, sound, tiny_week

MOST = 2_000


def enumerated(view: WeekView, order: tuple[Priority, ...], *, without: Pairs = frozenset()) -> tuple[int, ...] | None:
    """The best values in turn over all plans that hold none of `without`, as costs; None where plans are too many."""
    best: tuple[int, ...] | None = None
    for number, pairs in enumerate(plans(view)):
        if number > MOST:
            return None
        if not pairs & without:
            key = cost(view, pairs, order)
            best = key if best is None or key < best else best
    return best


@pytest.mark.parametrize("block", range(7))
def test_prices_are_those_that_enumeration_finds(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "match", matched_here)
    priced = placed = 0
    for seed in range(block * 30, block * 30 + 30):
        view = tiny_week(seed)
        order = goals.order(view)
        best = enumerated(view, order)
        if best is None or not view.visitors or not view.slots:
            continue
        lots = random.Random(seed)
        everything = [(person, slot) for person in view.visitors for slot in view.slots]
        there = [(visit.person_id, visit.slot_id) for visit in view.counted]
        for pair in {*lots.sample(everything, min(3, len(everything))), *there[:1]}:
            answer = why(view, *pair)
            assert answer.placed == (pair in there)
            if not answer.allowed:
                assert answer.price is None
                continue
            forced = enumerated(pinned(view, *pair), order)
            other = enumerated(unpinned(view, *pair), order, without=frozenset({pair})) if answer.placed else best
            if forced is None or other is None:
                continue
            assert answer.price is not None
            wanted = {
                one: (theirs - ours if one in MOST_IS_BEST else ours - theirs)
                for one, ours, theirs in zip(order, forced, other, strict=True)
            }
            assert dict(answer.price.by_priority) == wanted, (seed, pair)
            assert answer.price.proved
            priced += 1
            placed += answer.placed
    assert priced > 20
    assert placed > 2


def test_a_visit_is_allowed_exactly_where_it_fits_beside_the_pins() -> None:
    seen = set()
    for seed in range(200):
        view = tiny_week(seed)
        pins = frozenset((visit.person_id, visit.slot_id) for visit in view.counted if visit.pinned)
        for person in view.visitors:
            for slot in view.slots:
                if (person, slot) in pins:
                    continue
                answer = why(view, person, slot, price=False)
                assert answer.allowed == sound(view, pins | {(person, slot)}), (seed, person, slot)
                assert answer.allowed == all(one.holds for one in answer.rules)
                seen |= {one.rule for one in answer.rules if not one.holds}
    assert seen == set(explain.RULES)  # every rule forbade some visit


def test_a_rule_that_others_break_by_themselves_is_not_this_visits() -> None:
    week = a_week().slot("a", "Red", 0).slot("b", "Red", 0).slot("c", "Blue", 1).visitor("Ann").visitor("Bo")
    week.visit("Ann", "a", pinned=True).visit("Ann", "b", pinned=True)
    assert why(week.view(), person_id("Bo"), slot_id("c"), price=False).allowed
    answer = why(week.view(), person_id("Ann"), slot_id("b"), price=False)
    assert [one.rule for one in answer.rules if not one.holds] == [Rule.CLASH, Rule.HOST, Rule.SAME_TEAM]


def test_unpinned_visits_may_move_and_are_told_as_standing_in_the_way() -> None:
    week = a_week().slot("a", "Red").visitor("Ann").visitor("Bo").visit("Bo", "a")
    answer = why(week.view(), person_id("Ann"), slot_id("a"), price=False)
    assert answer.allowed
    assert [one.rule for one in answer.rules if one.standing] == [Rule.SLOT_FULL]


def test_the_best_week_is_found_once_for_all_prices_until_something_that_matters_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    matched: list[WeekView] = []

    def counting(view: WeekView, **options: Any) -> Matching:
        matched.append(view)
        return matched_here(view, **options)

    monkeypatch.setattr(explain, "match", counting)
    week = a_week().slot("a", "Red").slot("b", "Blue").slot("c", "Green", 1)
    week.visitor("Ann", max_visits=2).visitor("Bo").wish("Bo", Liking.FIRST_CHOICE, team="Red").visit("Bo", "b")
    now = week.view()
    ann, bo = person_id("Ann"), person_id("Bo")

    def asked(person: str, slot: str) -> int:
        matched.clear()
        price = why(now, person, slot_id(slot)).price
        assert price is not None
        assert price.proved
        return len(matched)

    assert asked(ann, "a") == 2
    assert asked(ann, "b") < 2
    now = view(now.plan.apply(visits.move(now.plan, visit_id("Bo", "b"), slot_id("c"))), now.week.id)
    assert asked(bo, "a") < 2
    assert asked(bo, "c") < 2  # placed, and the best week does without it
    now = view(now.plan.apply(visits.pin(now.plan, now.counted[0].id)), now.week.id)
    assert asked(ann, "a") == 2
    now = view(now.plan.apply(lists.delete(now.plan, now.plan.people[bo])), now.week.id)
    assert asked(ann, "b") == 2
    explain.remember(now, matched_here(now))
    assert asked(ann, "c") < 2


def test_the_price_of_the_only_place_is_what_the_other_loses() -> None:
    week = a_week().slot("a", "Red").visitor("Ann").visitor("Bo").wish("Bo", Liking.FIRST_CHOICE, team="Red")
    answer = why(week.view(), person_id("Ann"), slot_id("a"))
    assert answer.price is not None
    assert dict(answer.price.by_priority)[Priority.WISHES] == -3
    assert not answer.price.in_best


def test_for_a_placed_visit_the_price_is_what_would_be_lost_and_the_next_best_is_named() -> None:
    week = a_week().slot("a", "Red").slot("b", "Blue", 1).visitor("Ann", min_visits=1, max_visits=1)
    week.wish("Ann", Liking.FIRST_CHOICE, team="Red").visit("Ann", "a", status=VisitStatus.PUBLISHED)
    answer = why(week.view(), person_id("Ann"), slot_id("a"))
    assert answer.placed
    assert answer.serves.points == 3
    assert answer.serves.visitor_minimum
    assert answer.price is not None
    assert answer.price.instead == (slot_id("b"),)
    prices = dict(answer.price.by_priority)
    assert prices[Priority.DEMAND] == 0
    assert prices[Priority.TOLD] == -3  # Ann and both hosts
    assert prices[Priority.WISHES] == 3


def test_what_is_forbidden_has_no_price() -> None:
    week = a_week().slot("a", "Red").visitor("Ann").available("Ann", Presence.BUSY, 0)
    answer = why(week.view(), person_id("Ann"), slot_id("a"))
    assert not answer.allowed
    assert answer.price is None


def test_cancelling_ends_it_at_once() -> None:
    view = tiny_week(3)
    assert match(view).pairs  # there is a plan to find
    person, slot = next(
        (person, slot)
        for person in view.visitors
        for slot in view.slots
        if why(view, person, slot, price=False).allowed
    )
    answer = why(view, person, slot, cancelled=lambda: True)
    assert answer.price is not None  # from the first plans that were there
