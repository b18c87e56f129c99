"""The matcher against a plain, complete model on weeks with full days: both agree on every priority in any order."""

from __future__ import annotations

import random

import pytest

from app.engine import goals
from app.engine.pairs import faults, with_pairs
from app.models.week import DEFAULT_PRIORITIES
from tests.engine.complete import best_values, busy_week
from tests.engine.here import solved_here


@pytest.mark.parametrize("block", range(2))
def test_the_matcher_reaches_and_proves_what_a_complete_model_does(block: int) -> None:
    agreed = 0
    for seed in range(block * 12, block * 12 + 12):
        view = busy_week(seed)
        order = list(DEFAULT_PRIORITIES)
        if seed % 2:
            random.Random(seed).shuffle(order)
        best = best_values(view, tuple(order), 500)
        if best is None:
            continue
        pairs, bounds = solved_here(view, tuple(order))
        values = goals.values(with_pairs(view, pairs), view)
        assert not faults(with_pairs(view, pairs)), seed
        assert {priority: values[priority] for priority in order} == best, (seed, order)
        assert bounds == best, (seed, order)
        agreed += 1
    assert agreed
