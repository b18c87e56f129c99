"""Who is matched again together, with everybody else pinned, where the whole week takes too long.

Large neighbourhoods, and those together who have what the others could do with: Shaw, "Using Constraint Programming
and Local Search Methods to Solve Vehicle Routing Problems", CP 1998.
"""

from __future__ import annotations

import numpy as np

from app.engine.pairs import with_pins
from app.engine.solve.arena import Arena, Bools, Floats
from app.engine.solve.best import Plan
from app.models.view import WeekView

FEW = 15
FEWEST = 6
SPREAD = 0.3
"""Visitors at first, and at least; how much lots count against what visitors would gain, in standard deviations."""


class Parts:
    """Chooses some visitors after others, and pins everybody else."""

    def __init__(self, arena: Arena, *, seed: int) -> None:
        self._arena = arena
        self._lots = np.random.default_rng(seed)
        self._may: Bools = np.any(arena.open, axis=1)
        self._count = FEW

    def next(self, plan: Plan) -> tuple[WeekView, Bools]:
        """The week with all visits of that plan pinned but those of some visitors; the visits that may take part."""
        held = self._arena
        free = self._some(plan)
        settled = held.named((*held.pins, *(pair for pair in plan if not free[pair[0]])))
        return with_pins(held.view, settled), held.open & free[:, None]

    def went(self, *, proved: bool, better: bool) -> None:
        """Fewer visitors next time where these were too many, more where they found nothing."""
        if not proved:
            self._count = max(FEWEST, self._count * 3 // 4)
        elif not better:
            self._count = min(self._arena.shape[0], self._count * 5 // 4 + 1)

    def _some(self, plan: Plan) -> Bools:
        away = self._away(plan)
        own = np.diag(away)
        chances = np.where(self._may, own + 1.0, 0.0)
        first = int(self._lots.choice(len(own), p=chances / chances.sum()))
        gain = own[first] - away[first] + own - away[:, first]
        gain = gain + self._lots.normal(0.0, SPREAD * float(gain.std()), len(own))
        gain = np.where(self._may, gain, -np.inf)
        gain[first] = np.inf
        free = np.zeros(len(own), dtype=np.bool_)
        free[np.argsort(-gain, kind="stable")[: self._count]] = True
        return free & self._may

    def _away(self, plan: Plan) -> Floats:
        """Visitor by visitor: the road minutes, on average, from the one to the visits of the other."""
        held = self._arena
        has = np.zeros(held.shape)
        for v, s in plan:
            has[v, s] = 1.0
        has /= np.maximum(1.0, has.sum(axis=1))[:, None]
        between = held.road[np.ix_(held.site, held.site)]
        near = np.where((held.base >= 0)[:, None], held.road[held.base][:, held.site], has @ between)
        found: Floats = near @ has.T
        return found
