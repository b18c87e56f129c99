"""Single visits as columns, priced all at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.engine.solve.arena import Arena, Bools, Floats
from app.engine.solve.master import Bundle

PER_VISITOR = 12
TINY = 1e-7


class Visits:
    """Single visits. A visit is alive until its price shows that no plan as good as the last can hold it."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self.alive: Bools = arena.open.copy()
        self._pooled: Bools = np.zeros(arena.shape, dtype=np.bool_)

    def pooled(self, bundles: Iterable[Bundle]) -> None:
        """Note that these are columns now."""
        for v, slots in bundles:
            self._pooled[v, slots[0]] = True

    def start(self) -> list[Bundle]:
        """A first dozen for each visitor: the best wished, then those that fewest others can have."""
        shape = self._arena.shape
        if not all(shape):
            return []
        rivals = self.alive.sum(axis=0)
        # A slant by visitor spreads the first columns of indifferent visitors over all slots.
        spread = (np.arange(shape[1])[None, :] * 7 + np.arange(shape[0])[:, None] * 13) % 97 / 97.0
        score = -self._arena.points + rivals[None, :] / (shape[0] + 1.0) + spread
        return self._cheapest(np.where(self.alive, score, np.inf), PER_VISITOR + 3, np.inf)

    def offer(self, price: Floats) -> list[Bundle]:
        """Visits that are no columns yet and would help, the best of each visitor."""
        return self._cheapest(np.where(self.alive & ~self._pooled, price, np.inf), PER_VISITOR, -TINY)

    def missing(self, price: Floats) -> Floats:
        """The prices of visits that are no columns yet, visitor by visitor; infinite for all others."""
        found: Floats = np.where(self.alive & ~self._pooled, price, np.inf).ravel()
        return found

    def gain(self, price: Floats) -> float:
        """What all visits that are no columns yet could gain at these prices, at most; not above 0."""
        missing = np.where(self.alive & ~self._pooled, np.minimum(price, 0.0), 0.0)
        total = 0.0
        for line, most in zip(missing, self._arena.visitor_max.tolist(), strict=True):
            mine = line[line < 0]
            total += float(mine.sum() if len(mine) <= most else np.partition(mine, most)[:most].sum())
        return total

    def _cheapest(self, price: Floats, count: int, limit: float) -> list[Bundle]:
        count = min(count, price.shape[1])
        if not count:
            return []
        best = np.argpartition(price, count - 1, axis=1)[:, :count]
        best.sort(axis=1)
        found = np.take_along_axis(price, best, axis=1) < limit
        return [(v, (int(best[v, at]),)) for v, at in np.argwhere(found).tolist()]

    def kill(self, price: Floats, gap: float) -> int:
        """Visits dearer than the gap can be in no plan as good as the last one; how many are left."""
        self.alive &= price <= gap
        return int(self.alive.sum())
