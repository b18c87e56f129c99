"""Matching through its own process: cancelled, out of time, interrupted, and on weeks with nothing in them."""

from __future__ import annotations

import multiprocessing
import os
import signal

import pytest

from app.engine.match import Progress, Status, match
from app.engine.pairs import faults, with_pairs
from app.models.people import Liking
from app.models.view import WeekView
from app.models.view import view as joined
from app.models.week import Priority
from bench.weeks import week
from tests.builders import Builder, a_week, person_id, slot_id


def two_for_one() -> Builder:
    """Two visitors and a team with one place; Ada wishes for it more."""
    return (
        a_week().team("Hub", min_visits=1).slot("s-1", "Hub").visitor("Ada", min_visits=1).visitor("Ben", min_visits=1)
        .wish("Ada", Liking.FIRST_CHOICE, team="Hub").wish("Ben", Liking.LIKE, team="Hub")
    )  # fmt: skip


def large() -> WeekView:
    plan, week_id = week("largest", 1)
    return joined(plan, week_id)


def no_child_is_left() -> bool:
    return not [child for child in multiprocessing.active_children() if child.name == "practice-week-matching"]


def test_every_asked_priority_is_told_with_its_bound_and_the_others_with_their_value() -> None:
    matching = match(two_for_one().view(), priorities=(Priority.WISHES, Priority.DEMAND))
    assert matching.status is Status.OPTIMAL
    assert matching.pairs == ((person_id("Ada"), slot_id("s-1")),)
    told = {one.priority: (one.value, one.bound, one.proved, one.asked) for one in matching.reached}
    assert list(told)[:2] == [Priority.WISHES, Priority.DEMAND]
    assert told[Priority.WISHES] == (3, 3, True, True)
    assert told[Priority.DEMAND] == (1, 1, True, True)
    assert told[Priority.TRAVEL] == (0, None, False, False)
    assert [one.id for one in matching.unmet] == [person_id("Ben")]


def test_a_week_with_nothing_in_it_is_matched_at_once() -> None:
    matching = match(a_week().view())
    assert (matching.status, matching.pairs, matching.unmet) == (Status.OPTIMAL, (), ())


def test_cancel_keeps_the_best_plan_so_far_and_leaves_no_child() -> None:
    view = large()
    seen: list[Progress] = []
    matching = match(view, seconds=60, progress=seen.append, cancelled=lambda: bool(seen))
    assert matching.status is Status.STOPPED
    assert matching.pairs
    assert not faults(with_pairs(view, matching.pairs))
    assert no_child_is_left()


def test_cancelled_before_there_is_a_plan_the_first_is_waited_for() -> None:
    matching = match(two_for_one().view(), cancelled=lambda: True)
    assert matching.status in (Status.STOPPED, Status.OPTIMAL)
    assert len(matching.pairs) == 1
    assert no_child_is_left()


def test_an_interrupt_of_the_child_as_it_wakes_ends_nothing() -> None:
    """A terminal sends Ctrl+C to the child too."""

    def interrupt() -> bool:
        for child in multiprocessing.active_children():
            if child.name == "practice-week-matching" and child.pid:
                os.kill(child.pid, signal.SIGINT)
        return False

    matching = match(two_for_one().view(), cancelled=interrupt)
    assert matching.status is Status.OPTIMAL
    assert len(matching.pairs) == 1


def test_time_that_runs_out_leaves_a_complete_plan_and_honest_bounds() -> None:
    view = large()
    matching = match(view, seconds=1.5)
    assert matching.status is Status.FEASIBLE
    assert not faults(with_pairs(view, matching.pairs))
    assert not all(one.proved for one in matching.reached)


def test_an_interrupt_keeps_the_best_plan_so_far() -> None:
    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    matching = match(large(), progress=interrupt)
    assert matching.status is Status.STOPPED
    assert matching.pairs
    assert no_child_is_left()


def test_a_child_that_dies_leaves_what_it_had_found() -> None:
    def kill(progress: Progress) -> None:
        for child in multiprocessing.active_children():
            if child.name == "practice-week-matching":
                child.kill()

    matching = match(large(), progress=kill)
    assert matching.status is Status.FEASIBLE
    assert matching.pairs


@pytest.mark.parametrize("pinned", [True, False])
def test_pins_stand_even_against_rules_and_other_visits_may_move(pinned: bool) -> None:
    build = two_for_one().visit("Ada", "s-1", pinned=pinned).visit("Ben", "s-1", pinned=pinned)
    matching = match(build.view())
    assert len(matching.pairs) == (2 if pinned else 1)
