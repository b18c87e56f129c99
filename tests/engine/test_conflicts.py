"""Pins that cannot hold together: the smallest sets, against plain search on tiny weeks."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from app.engine import check
from app.engine.conflicts import conflicts
from app.models.findings import Rule
from app.models.people import Presence
from app.models.view import WeekView
from app.words.conflicts import conflict_mend, conflict_text
from tests.builders import a_week, visit_id
from tests.engine.tiny import tiny_week


def sound(view: WeekView, visits: tuple[str, ...]) -> bool:
    """Whether these visits alone break no rule."""
    part = replace(view, visits=tuple(visit for visit in view.visits if visit.id in visits))
    return not check.problems(part).broken


def test_the_smallest_set_is_truly_the_smallest_and_every_set_gives_way_as_it_says() -> None:
    seen: set[Rule] = set()
    for seed in range(400):
        view = tiny_week(seed)
        pins = [visit.id for visit in view.counted if visit.pinned]
        found = conflicts(view)
        assert bool(found) == (not sound(view, tuple(pins)))
        if not found:
            continue
        smallest = next(
            size for size in range(1, len(pins) + 1) if any(not sound(view, some) for some in combinations(pins, size))
        )
        assert min(one.stay + 1 for one in found) == smallest
        for one in found:
            seen.add(one.broken.rule)
            assert set(one.visits) <= set(pins)
            assert not sound(view, one.visits)
            rule = one.broken.rule
            for some in combinations(one.visits, one.stay):
                part = replace(view, visits=tuple(visit for visit in view.visits if visit.id in some))
                assert rule not in {fact.rule for fact in check.problems(part).broken}
            assert "{" not in conflict_text(view, one) + conflict_mend(one)
    assert len(seen) >= 8


def test_two_pins_at_once_are_named_and_nothing_else() -> None:
    week = a_week().slot("a", "Red").slot("b", "Blue").slot("c", "Green", 2).visitor("Ann").visitor("Bo")
    week.visit("Ann", "a", pinned=True).visit("Ann", "b", pinned=True).visit("Bo", "c", pinned=True)
    view = week.view()
    (found,) = conflicts(view)
    assert set(found.visits) == {visit_id("Ann", "a"), visit_id("Ann", "b")}
    assert conflict_text(view, found) == (
        "These 2 pins cannot hold together (clash): Ann at Red, Mon 22 March, 09:30–11:00 and "
        "Ann at Blue, Mon 22 March, 09:30–11:00."
    )
    assert conflict_mend(found) == "Unpin one of them, or allow it with a reason."


def test_of_pins_past_a_limit_so_many_can_stay() -> None:
    week = a_week().slot("a", "Red", places=1)
    for name in ("Ann", "Bo", "Cy"):
        week.visitor(name).visit(name, "a", pinned=True)
    view = week.view()
    (found,) = conflicts(view)
    assert found.stay == 1
    assert conflict_text(view, found).startswith("Of these 3 pins at most 1 can hold (slot full): Ann at Red")


def test_what_a_hand_permitted_is_no_conflict_and_an_unpinned_visit_neither() -> None:
    week = a_week().slot("a", "Red").slot("b", "Blue").visitor("Ann").visitor("Bo")
    week.available("Ann", Presence.BUSY, 0).visit("Ann", "a", pinned=True, permitted="she asked").visit("Bo", "b")
    assert conflicts(week.view()) == ()
