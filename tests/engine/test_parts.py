"""Journeys of a week that is too much at once: a few visitors after others, everybody else pinned."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine import goals
from app.engine.pairs import Pairs, faults, with_pairs
from app.engine.solve import parts
from app.engine.solve.relax import Relaxation
from app.models.view import WeekView
from app.models.week import DEFAULT_PRIORITIES, Priority
from tests.engine.complete import busy_week
from tests.engine.here import solved_here

EARLIER = (Priority.DEMAND, Priority.TRAVEL, *(one for one in DEFAULT_PRIORITIES[1:] if one is not Priority.TRAVEL))


def in_parts(view: WeekView, order: tuple[Priority, ...]) -> tuple[Pairs, dict[Priority, int], int]:
    """The plan and its bounds where the journeys of the whole week are never relaxed in time, those of a few visitors
    are; how many relaxations there were."""
    made: list[Relaxation] = []
    begin, solve = Relaxation.__init__, Relaxation.solve

    def begun(self: Relaxation, *given: Any, **options: Any) -> None:
        begin(self, *given, **options)
        made.append(self)

    def solved(self: Relaxation, target: Any, **options: Any) -> Any:
        return None if target.travel and self is made[0] else solve(self, target, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Relaxation, "__init__", begun)
        patch.setattr(Relaxation, "solve", solved)
        patch.setattr(parts, "FEW", 2)
        patch.setattr(parts, "FEWEST", 2)
        return *solved_here(view, order), len(made)


@pytest.mark.parametrize("order", [DEFAULT_PRIORITIES, EARLIER], ids=["last", "earlier"])
def test_a_few_visitors_at_a_time_come_to_what_all_at_once_do(order: tuple[Priority, ...]) -> None:
    several = 0
    for seed in range(100, 107):
        view = busy_week(seed)
        at_once, best = solved_here(view, order)
        pairs, bounds, relaxed = in_parts(view, order)
        assert not faults(with_pairs(view, pairs)), seed
        assert goals.values(with_pairs(view, pairs), view) == goals.values(with_pairs(view, at_once), view), seed
        assert bounds[Priority.TRAVEL] <= best[Priority.TRAVEL], seed
        several += relaxed > 3
    assert several > 2
