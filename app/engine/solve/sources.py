"""Where columns come from: single visits, or whole days of visits, priced all at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from app.engine.solve.arena import NO_LIMIT, Arena, Bools, Floats, Ints
from app.engine.solve.master import Bundle, Master
from app.models.view import WeekView

PER_VISITOR = 12
PER_DAY = 6
TINY = 1e-7
MOST_SETS = 6_000_000
"""Day sets that are listed at most: about 300 MB."""
FEW_VISITS = (24, 16, 8)
"""Visits of a visitor's day whose sets are listed where all would be too many, or still are."""


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

    def owners(self) -> Ints:
        """The visitor of each of those prices."""
        return np.repeat(np.arange(self._arena.shape[0]), self._arena.shape[1])

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


class TooManyError(Exception):
    """There are more day sets than can be listed."""


def days_of(arena: Arena, alive: Bools, plan: Iterable[tuple[int, int]]) -> Days:
    """All day sets of these visits; where they are too many, those of a choice of visits around the plan."""
    plan = sorted(plan)
    longest = max(Counter((v, int(arena.day[s])) for v, s in plan).values(), default=0)
    for few in (None, *FEW_VISITS):
        may = alive if few is None else _around(arena, alive, plan, max(few, longest))
        try:
            days = Days(arena, may, 0 if few == FEW_VISITS[-1] else MOST_SETS)
        except TooManyError:
            continue
        days.complete = few is None
        break
    return days


def _around(arena: Arena, alive: Bools, plan: Iterable[tuple[int, int]], few: int) -> Bools:
    """For each visitor and day a few of the visits: those of the plan, of its teams, then those with little road."""
    mine = np.zeros(arena.shape, dtype=np.bool_)
    teams = np.zeros((arena.shape[0], len(arena.team_min)), dtype=np.bool_)
    for v, s in plan:
        mine[v, s] = teams[v, arena.team[s]] = True
    there = np.zeros(arena.shape)
    for v, base in enumerate(arena.base.tolist()):
        if base >= 0:
            there[v] = arena.road[base, arena.site] + arena.road[arena.site, base]
    score = np.where(mine, -2e6, np.where(teams[:, arena.team], -1e6, there))
    # A slant by visitor, so that not everybody is offered the same slots.
    score += (np.arange(arena.shape[1])[None, :] * 7 + np.arange(arena.shape[0])[:, None] * 13) % 97 / 97.0
    score[~(alive | mine)] = np.inf
    found = np.zeros(arena.shape, dtype=np.bool_)
    for d in range(len(arena.days)):
        on = np.flatnonzero(arena.day == d)
        nearest = on[np.argsort(score[:, on], axis=1, kind="stable")[:, :few]]
        np.put_along_axis(found, nearest, np.isfinite(np.take_along_axis(score, nearest, axis=1)), axis=1)
    return found


class Days:
    """Whole days: for each visitor and day every set of visits that may stand together, with its road minutes."""

    def __init__(self, arena: Arena, alive: Bools, most: int = 0) -> None:
        """List the sets of these visits. Raises TooManyError beyond `most`, where that is given."""
        self._arena = arena
        self.complete = True
        """Whether every set that a plan could hold is among them: without, nothing can be proved."""
        total = 0
        sets: list[Ints] = []
        owners: list[Ints] = []
        roads: list[Ints] = []
        longest = 1
        for v in range(arena.shape[0]):
            for d in range(len(arena.days)):
                slots = np.flatnonzero(alive[v] & (arena.day == d))
                if not len(slots):
                    continue
                mine = _sets(arena, v, d, slots, most - total if most else 0)
                total += sum(len(one) for one in mine)
                longest = max(longest, *(one.shape[1] for one in mine))
                for one in mine:
                    sets.append(one)
                    owners.append(np.full(len(one), v * len(arena.days) + d, dtype=np.int64))
                    roads.append(_roads(arena, v, d, one))
        # One place past the last slot stands for "no further visit"; its price is 0.
        self.slots = np.full((total, longest), arena.shape[1], dtype=np.int32)
        at = 0
        for one in sets:
            self.slots[at : at + len(one), : one.shape[1]] = one
            at += len(one)
        self.owner: Ints = np.concatenate(owners) if owners else np.zeros(0, dtype=np.int64)
        self.road: Ints = np.concatenate(roads) if roads else np.zeros(0, dtype=np.int64)
        self._pooled: Bools = np.zeros(total, dtype=np.bool_)

    def bundle(self, at: int) -> Bundle:
        """The visitor and slots of that day set."""
        slots = self.slots[at]
        return int(self.owner[at]) // len(self._arena.days), tuple(slots[slots < self._arena.shape[1]].tolist())

    def find(self, bundles: Iterable[Bundle]) -> list[int]:
        """The places of these day sets."""
        found = []
        for v, slots in bundles:
            line = np.full(self.slots.shape[1], self._arena.shape[1], dtype=np.int32)
            line[: len(slots)] = slots
            owner = v * len(self._arena.days) + int(self._arena.day[slots[0]])
            first, last = np.searchsorted(self.owner, [owner, owner + 1])
            found.append(int(first + np.flatnonzero((self.slots[first:last] == line).all(axis=1))[0]))
        return found

    def pooled(self, places: Iterable[int]) -> None:
        """Note that these are columns now."""
        self._pooled[list(places)] = True

    def prices(self, master: Master, visit_price: Floats, duals: Floats, *, travel: bool) -> Floats:
        """What each day set costs beyond its price."""
        shape = self._arena.shape
        wide = np.concatenate([visit_price, np.zeros((shape[0], 1))], axis=1)
        days = len(self._arena.days)
        visitors = self.owner // days
        cost = np.zeros(len(self.owner))
        for place in range(self.slots.shape[1]):
            cost += wide[visitors, self.slots[:, place]]
        cost += ((1.0 if travel else 0.0) - master.travel_price(duals)) * self.road
        rows = np.array([master.day_price(duals, at // days, at % days) for at in range(shape[0] * days)])
        return cost - rows[self.owner] if len(rows) else cost

    def missing(self, price: Floats) -> Floats:
        """The prices of day sets that are no columns yet; infinite for all others."""
        found: Floats = np.where(self._pooled, np.inf, price)
        return found

    def owners(self) -> Ints:
        """The visitor of each day set."""
        found: Ints = self.owner // len(self._arena.days)
        return found

    def inside(self, may: Bools) -> Bools:
        """Which day sets hold nothing but these visits."""
        wide = np.concatenate([may, np.ones((may.shape[0], 1), dtype=np.bool_)], axis=1)
        found: Bools = np.logical_and.reduce(wide[self.owners()[:, None], self.slots], axis=1)
        return found

    def offer(self, price: Floats) -> list[int]:
        """Day sets that are no columns yet and would help, the best of each day."""
        price = self.missing(price)
        cheap = np.flatnonzero(price < -TINY * 10)
        if not len(cheap):
            return []
        cheap = cheap[np.lexsort((cheap, price[cheap], self.owner[cheap]))]
        owners = self.owner[cheap]
        first = np.searchsorted(owners, owners, side="left")
        best: list[int] = cheap[np.arange(len(cheap)) - first < PER_DAY].tolist()
        return best

    def kill(self, price: Floats, gap: float) -> int:
        """Drop the day sets dearer than the gap; how many are left."""
        keep = price <= gap
        self.slots, self.owner, self.road = self.slots[keep], self.owner[keep], self.road[keep]
        self._pooled = self._pooled[keep]
        return len(self.owner)


def _sets(arena: Arena, v: int, d: int, slots: Ints, limit: int) -> list[Ints]:
    """Every set of these slots that the visitor can have on that day, by size; slots run by time.

    Raises TooManyError beyond `limit`, where that is not 0.
    """
    fits = ~arena.clash[np.ix_(slots, slots)]
    if arena.view.week.same_team_once:
        fits &= arena.team[slots][:, None] != arena.team[slots][None, :]
    fits &= np.triu(np.ones(fits.shape, dtype=np.bool_), 1)
    most = min(int(arena.visitor_day[v, d]), int(arena.visitor_max[v]), NO_LIMIT)
    chains = np.arange(len(slots))[:, None]
    found = [slots[chains]]
    allowed = fits
    count = len(slots)
    while chains.shape[1] < most and len(chains):
        if limit and count + int(np.count_nonzero(allowed)) > limit:
            raise TooManyError
        rows, last = np.nonzero(allowed)
        count += len(rows)
        chains = np.concatenate([chains[rows], last[:, None]], axis=1)
        allowed = allowed[rows] & fits[last]
        if len(chains):
            eats = _eats(arena, v, d, slots, chains)
            chains, allowed = chains[eats], allowed[eats]
            found.append(slots[chains])
    return [one for one in found if len(one)]


def _eats(arena: Arena, v: int, d: int, slots: Ints, chains: Ints) -> Bools:
    """Which of these sets leave lunch. Pairs are judged already, except beside pins."""
    week: WeekView = arena.view
    from_, to = week.week.lunch_from, week.week.lunch_to
    window = (from_.hour * 60 + from_.minute, to.hour * 60 + to.minute)
    touching = np.array([arena.span[s].start < window[1] and arena.span[s].end > window[0] for s in slots], dtype=bool)
    pins = bool(arena.pins_on.get((v, d)))
    unsure = np.flatnonzero(touching[chains].sum(axis=1) >= (1 if pins else 3))
    good = np.ones(len(chains), dtype=np.bool_)
    known: dict[tuple[int, ...], bool] = {}
    for at in unsure.tolist():
        eaters = tuple(int(slots[one]) for one in chains[at] if touching[one])
        if eaters not in known:
            known[eaters] = arena.eats(v, d, eaters)
        good[at] = known[eaters]
    return good


def _roads(arena: Arena, v: int, d: int, sets: Ints) -> Ints:
    """Road minutes that each set adds to the visitor's day (`goals.journey`)."""
    pins = arena.pins_on.get((v, d), ())
    road, base = arena.road, int(arena.base[v])
    if pins:
        alone = _journey(arena, v, pins)
        return np.array([_journey(arena, v, (*pins, *line.tolist())) - alone for line in sets], dtype=np.int64)
    sites = arena.site[sets]
    total: Ints = road[sites[:, :-1], sites[:, 1:]].sum(axis=1)
    if base >= 0:
        total = total + road[base, sites[:, 0]] + road[sites[:, -1], base]
    return total


def _journey(arena: Arena, v: int, slots: tuple[int, ...]) -> int:
    ordered = sorted(slots, key=lambda s: (arena.span[s], arena.slots[s].id))
    stops = [int(arena.site[s]) for s in ordered]
    base = int(arena.base[v])
    if base >= 0:
        stops = [base, *stops, base]
    return int(sum(arena.road[a, b] for a, b in pairwise(stops)))
