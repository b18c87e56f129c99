"""Whole weeks of visits, priced by dynamic programming: the tightest columns for journeys, and never all listed.

A visitor's day is a path through the visits by time, whose cost adds up from one visit to the next; the cheapest
path with one, two, three … visits is found for each day, and the cheapest week from those. A path looks only from one
visit to the next, so where three visits together break what no two do (lunch, or roads against the triangle
inequality) it may hold too much: prices are then a little low, which keeps every bound true, and rows mend it.
(The scheme: Desaulniers, Desrosiers, Solomon (ed.), "Column Generation", 2005, chapters 1 to 3.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from app.engine.solve.arena import Arena, Bools, Floats, Ints

INF = np.inf
Day = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Paths:
    """The cheapest paths of one visitor's day: by how many visits, up to each visit."""

    slots: Ints
    pinned: Bools
    ahead: list[Floats]
    """ahead[k][at]: the cheapest way from the start to this visit, with k visits beside pins, it included."""
    home: Floats
    """From each visit home; infinite where a pin would be left out."""
    ways: Floats
    """From visit to visit of all that day; infinite where one cannot follow the other. Shared by all visitors."""
    places: Ints
    """The visits' rows and columns in `ways`."""
    price: Floats
    alone: float
    """The road of the pins alone, which every week has anyway."""
    best: Floats
    """best[k]: the cheapest day with k visits beside pins; best[0] is 0."""
    last: list[int]

    @property
    def step(self) -> Floats:
        """From visit to visit of these; made anew each time, as one kept for every visitor's day fills the memory."""
        step: Floats = self.ways[np.ix_(self.places, self.places)]
        return step


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Priced:
    """What pricing found for one visitor."""

    least: float
    """No week costs less."""
    weeks: list[tuple[float, Day]]
    """The cheapest weeks through each day and number of visits, the cheapest first."""
    spare: list[Floats]
    """By day: what the cheapest week with k visits on that day costs beyond that day alone."""
    paths: list[_Paths]


_NOTHING = _Paths(
    slots=np.zeros(0, dtype=np.int64), pinned=np.zeros(0, dtype=np.bool_), ahead=[np.zeros(0)], home=np.zeros(0),
    ways=np.zeros((0, 0)), places=np.zeros(0, dtype=np.int64), price=np.zeros(0), alone=0.0,
    best=np.zeros(1), last=[-1],
)  # fmt: skip
"""A day on which nothing may join, whatever is pinned there."""


class Weeks:
    """Prices weeks over the visits that are alive."""

    def __init__(self, arena: Arena, alive: Bools) -> None:
        self._arena = arena
        self.alive = alive
        days = len(arena.days)
        self._on = [np.flatnonzero(arena.day == d) for d in range(days)]
        self._step: list[Floats] = []
        self._no: list[Bools] = []
        self._place = np.zeros(arena.shape[1], dtype=np.int64)
        for on in self._on:
            self._place[on] = np.arange(len(on))
            step = arena.road[np.ix_(arena.site[on], arena.site[on])].astype(np.float64)
            no = arena.clash[np.ix_(on, on)] | np.tril(np.ones((len(on), len(on)), dtype=np.bool_))
            if arena.view.week.same_team_once:
                no |= arena.team[on][:, None] == arena.team[on][None, :]
            self._step.append(step)
            self._no.append(no)
        self._scaled: list[Floats] = []
        self._scale = np.nan

    def price(self, visit_price: Floats, road: float, visitor: int, counted: Floats) -> Priced:
        """Price one visitor's weeks; `counted[n]` is what n visits in the week cost besides (its last entry: or more).

        `road` is what a road minute costs.
        """
        held = self._arena
        if not self.alive[visitor].any():
            only, days = float(counted[0]), len(held.days)
            return Priced(least=only, weeks=[(only, ())], spare=[counted[:1]] * days, paths=[_NOTHING] * days)
        paths = [self._paths(visitor, d, visit_price[visitor], road) for d in range(len(held.days))]
        most = int(min(held.visitor_max[visitor], sum(len(one.best) - 1 for one in paths)))
        extra = counted[np.minimum(np.arange(most + 1), len(counted) - 1)]
        ahead = [np.zeros(1)]
        for one in paths:
            ahead.append(_joined(ahead[-1], one.best, most))
        behind = [np.zeros(1)]
        for one in reversed(paths):
            behind.append(_joined(one.best, behind[-1], most))
        behind.reverse()
        whole = ahead[-1]
        least = float((whole + extra[: len(whole)]).min())
        spare: list[Floats] = []
        found: dict[tuple[int, ...], float] = {(0,) * len(paths): float(extra[0])}
        for d, one in enumerate(paths):
            other = np.full(len(one.best), INF)
            for k in np.flatnonzero(np.isfinite(one.best)).tolist():
                first, rest = ahead[d], behind[d + 1]
                total = np.add.outer(np.arange(len(first)), np.arange(len(rest))) + k
                cost = np.add.outer(first, rest) + np.where(total <= most, extra[np.minimum(total, most)], INF)
                a, b = divmod(int(np.argmin(cost)), len(rest))
                other[k] = cost[a, b]
                if k and np.isfinite(other[k]):
                    counts = (*_back(paths[:d], ahead, a), k, *_forth(paths[d + 1 :], behind[d + 1 :], b))
                    found[counts] = float(other[k] + one.best[k])
            spare.append(other)
        weeks = [
            (cost, tuple(slot for one, k in zip(paths, counts, strict=True) for slot in _path(one, k)))
            for counts, cost in sorted(found.items(), key=lambda item: (item[1], item[0]))
        ]
        return Priced(least=least, weeks=weeks, spare=spare, paths=paths)

    def _steps(self, d: int, road: float) -> Floats:
        """What the way from slot to slot of a day costs; infinite where one cannot follow the other."""
        if road != self._scale:
            self._scaled = [np.where(no, INF, step * road) for step, no in zip(self._step, self._no, strict=True)]
            self._scale = road
        return self._scaled[d]

    def _paths(self, v: int, d: int, price: Floats, road: float) -> _Paths:
        held = self._arena
        on = self._on[d]
        may = self.alive[v, on]
        if not may.any():
            return _NOTHING
        pins = held.pins_on.get((v, d), ())
        slots = on[may] if not pins else np.union1d(on[may], np.array(pins, dtype=np.int64))
        most = int(min(held.visitor_day[v, d], held.visitor_max[v], may.sum()))
        places = self._place[slots]
        ways = self._steps(d, road)
        step = ways[np.ix_(places, places)] if most > 1 or pins else np.zeros((len(slots),) * 2)
        base = int(held.base[v])
        if base < 0:
            out = home = np.zeros(len(slots))
        else:
            out = held.road[base, held.site[slots]] * road
            home = held.road[held.site[slots], base] * road
        mine = price[slots]
        if pins:
            return _pinned_paths(held, slots, pins, step, out, home, mine, most, road)
        best, last, ahead = [0.0], [-1], [np.zeros(0)]
        if most and len(slots):
            ahead.append(out + mine)
            while True:
                total = ahead[-1] + home
                last.append(int(np.argmin(total)))
                best.append(float(total[last[-1]]))
                if len(best) > most:
                    break
                longer = (ahead[-1][:, None] + step).min(axis=0) + mine
                if not np.isfinite(longer).any():
                    break
                ahead.append(longer)
        return _Paths(
            slots=slots, pinned=np.zeros(len(slots), dtype=np.bool_), ahead=ahead, home=home, ways=ways,
            places=places, price=mine, alone=0.0, best=np.array(best), last=last,
        )  # fmt: skip


class TooManyError(Exception):
    """There are more days within the limit than were asked for."""


def days_within(priced: Priced, limit: float, most: int) -> list[tuple[float, Day]]:
    """Every day of visits that a week can hold whose price is within `limit` of the cheapest week's.

    Each comes with what the cheapest week that holds it costs beyond the cheapest of all.

    Raises:
        TooManyError: where there are more than `most`; so none is told of, and no time or memory is lost to them.

    """
    found: list[tuple[float, Day]] = []
    limit += priced.least
    for one, spare in zip(priced.paths, priced.spare, strict=True):
        for k in range(1, len(one.best)):
            left = limit - float(spare[k])
            if one.best[k] <= left:
                beyond = float(spare[k]) - priced.least
                found += ((cost + beyond, day) for cost, day in _days(one, k, left, most - len(found)))
                if len(found) > most:
                    raise TooManyError
    return found


def _joined(first: Floats, second: Floats, most: int) -> Floats:
    """The cheapest of both together, by how many visits they have."""
    joined = np.full(min(most, len(first) + len(second) - 2) + 1, INF)
    for count, cost in enumerate(second):
        room = min(len(first), len(joined) - count)
        if room > 0:
            np.minimum(joined[count : count + room], first[:room] + cost, out=joined[count : count + room])
    return joined


def _back(paths: list[_Paths], ahead: list[Floats], count: int) -> tuple[int, ...]:
    """How many visits each of these days has in the cheapest start of a week with so many."""
    found: list[int] = []
    for d in range(len(paths) - 1, -1, -1):
        first, best = ahead[d], paths[d].best
        options = [(float(first[count - k] + best[k]), k) for k in range(len(best)) if 0 <= count - k < len(first)]
        found.append(min(options)[1])
        count -= found[-1]
    return tuple(reversed(found))


def _forth(paths: list[_Paths], behind: list[Floats], count: int) -> tuple[int, ...]:
    """The same for the end of a week."""
    found: list[int] = []
    for d, one in enumerate(paths):
        rest = behind[d + 1]
        options = [
            (float(one.best[k] + rest[count - k]), k) for k in range(len(one.best)) if 0 <= count - k < len(rest)
        ]
        found.append(min(options)[1])
        count -= found[-1]
    return tuple(found)


def _path(one: _Paths, count: int) -> list[int]:
    """The visits of the cheapest day with so many, pins left out."""
    found: list[int] = []
    at = one.last[count]
    while count:
        if not one.pinned[at]:
            found.append(int(one.slots[at]))
            count -= 1
        if not count:
            break
        at = int(np.argmin(one.ahead[count][:at] + one.ways[one.places[:at], one.places[at]]))
    return found[::-1]


def _pinned_paths(
    held: Arena, slots: Ints, pins: tuple[int, ...], step: Floats, out: Floats, home: Floats, price: Floats,
    most: int, road: float,
) -> _Paths:  # fmt: skip
    """Paths that hold every pin of the day; pins cost nothing but their road, and count as no visit."""
    order = sorted(range(len(slots)), key=lambda at: (held.span[slots[at]], held.slots[slots[at]].id))
    slots, step, out, home, price = slots[order], step[np.ix_(order, order)], out[order], home[order], price[order]
    pinned = np.isin(slots, pins)
    price = np.where(pinned, 0.0, price)
    sites = held.site[slots]
    between = np.concatenate([[0], np.cumsum(pinned)])
    step = step.copy()
    for a in np.flatnonzero(pinned).tolist():
        for b in np.flatnonzero(pinned).tolist():
            if a < b:  # pins stand even against rules
                step[a, b] = held.road[sites[a], sites[b]] * road
    for a in range(len(slots)):
        for b in range(a + 1, len(slots)):
            if between[b] - between[a + 1]:
                step[a, b] = INF
    step[np.tril_indices(len(slots))] = INF
    out = np.where(between[:-1] > 0, INF, out)
    home = np.where(between[-1] - between[1:] > 0, INF, home)
    ahead = [np.full(len(slots), INF) for _ in range(most + 1)]
    for k in range(most + 1):
        for at in range(len(slots)):
            from_k = k if pinned[at] else k - 1
            if from_k < 0:
                continue
            start = out[at] if from_k == 0 else INF
            before = (ahead[from_k][:at] + step[:at, at]).min() if at else INF
            ahead[k][at] = min(start, before) + price[at]
    alone = float((ahead[0] + home).min())
    best = [float((ahead[k] + home).min()) - alone for k in range(most + 1)]
    last = [int(np.argmin(ahead[k] + home)) for k in range(most + 1)]
    return _Paths(
        slots=slots, pinned=pinned, ahead=ahead, home=home, ways=step, places=np.arange(len(slots)), price=price,
        alone=alone, best=np.array(best), last=last,
    )  # fmt: skip


def _days(one: _Paths, count: int, limit: float, most: int) -> Iterator[tuple[float, Day]]:
    """Every path of so many visits that costs at most the limit, with its cost, from the last visit to the first.

    Every end of a path that is followed leads to at least one whole path, so more ends than `most` are too many.
    """
    limit = limit + one.alone + 1e-9
    size, step = len(one.slots), one.step
    total = one.ahead[count] + one.home
    at = np.flatnonzero(total <= limit)
    chains, cost, left = at[:, None], one.home[at], np.full(len(at), count)
    while len(chains):
        if len(chains) > most:
            raise TooManyError
        first = chains[:, 0]
        cost = cost + one.price[first]
        left = left - ~one.pinned[first]
        if not one.pinned.any():
            if not left[0]:
                for line, value in zip(chains, _whole(one, chains, cost), strict=True):
                    yield float(value), tuple(one.slots[line].tolist())
                return
            bound = one.ahead[int(left[0])][None, :] + step[:, first].T + cost[:, None]
            rows, before = np.nonzero(bound <= limit)
        else:
            done = np.zeros(len(chains), dtype=np.bool_)
            bound = np.full((len(chains), size), INF)
            for place, k in enumerate(left.tolist()):
                if k == 0 and not _pins_before(one, int(first[place])):
                    done[place] = True
                else:
                    bound[place] = one.ahead[k] + step[:, first[place]] + cost[place]
            for place in np.flatnonzero(done).tolist():
                line = chains[place]
                start = one.ahead[0 if one.pinned[line[0]] else 1][line[0]] - one.price[line[0]]
                value = float(start + cost[place]) - one.alone
                if value <= limit - one.alone:
                    yield value, tuple(int(slot) for slot in one.slots[line[~one.pinned[line]]].tolist())
            rows, before = np.nonzero(bound <= limit)
        cost = cost[rows] + step[before, first[rows]]
        chains, left = np.concatenate([before[:, None], chains[rows]], axis=1), left[rows]


def _whole(one: _Paths, chains: Ints, cost: Floats) -> Floats:
    """The cost of whole paths from their cost without the way to their first visit."""
    first = chains[:, 0]
    start: Floats = one.ahead[1][first] - one.price[first]
    return start + cost


def _pins_before(one: _Paths, at: int) -> bool:
    return bool(one.pinned[:at].any())
