"""The matcher against plain enumeration: on tiny weeks with every oddity both agree on every priority."""

from __future__ import annotations

import random

import pytest

from app.engine import goals
from app.engine.match import Status, match
from app.engine.pairs import faults, with_pairs
from app.models.week import DEFAULT_PRIORITIES
from tests.engine.here import solved_here
from tests.engine.tiny import best_key, cost, tiny_week


@pytest.mark.parametrize("block", range(6))
def test_the_matcher_reaches_what_enumeration_finds_and_proves_it(block: int) -> None:
    for seed in range(block * 40, block * 40 + 40):
        view = tiny_week(seed)
        lots = random.Random(seed)
        chosen = DEFAULT_PRIORITIES
        if lots.random() < 0.4:
            chosen = tuple(lots.sample(DEFAULT_PRIORITIES, lots.randint(1, 6)))
        order = goals.order(view, chosen)
        best = best_key(view, order, 3000)
        if best is None:
            continue
        pairs, bounds = solved_here(view, order)
        assert not faults(with_pairs(view, pairs)), seed
        values = goals.values(with_pairs(view, pairs), view)
        assert cost(view, pairs, order) == best, (seed, order, values)
        assert bounds == {priority: values[priority] for priority in order}, seed


@pytest.mark.parametrize("seed", [3, 11])
def test_a_process_of_its_own_finds_the_same(seed: int) -> None:
    view = tiny_week(seed)
    order = goals.order(view)
    matching = match(view, seconds=60)
    assert matching.status is Status.OPTIMAL
    assert frozenset(matching.pairs) == solved_here(view, order)[0]
    assert matching.pairs == match(view, seconds=60).pairs
