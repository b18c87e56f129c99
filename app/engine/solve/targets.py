"""Each priority as a cost to make small: what visits and helpers cost, and the rows that tie the helpers down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from app.engine.solve.arena import Arena, Bools, Floats, Pair
from app.engine.solve.master import INF, Master, Row
from app.models.week import Priority

Amounts = dict[tuple[int, int], float]
TOO_MANY_WAYS = 4_000


@dataclass(slots=True, kw_only=True, eq=False)
class Target:
    """One priority. The least cost is the best; `at_pins` is the cost of the pins alone.

    `look` finds rows that the helpers of this target break; `offer` adds helpers whose reduced cost is under the
    limit, and says how many, and what the best of all helpers, one for each visitor, cost at these prices. Both stay
    at work while later priorities are optimised.
    """

    matrix: Floats | None = None
    costs: dict[int, float] = field(default_factory=dict)
    """The cost of each helper by its number."""
    travel: bool = False
    step: int = 1
    """The costs of all plans differ by multiples of this."""
    at_pins: float = 0.0
    least: float | None = None
    """A cost that nothing can be under, known without solving."""
    look: Callable[[Amounts, Floats], list[Row]] | None = None
    offer: Callable[[Floats, bool, float], tuple[int, float]] | None = None
    offered: set[int] = field(default_factory=set)
    """The helpers that `offer` speaks for."""
    held: int | None = None
    """The row that holds this target at what it reached."""


def begin(priority: Priority, arena: Arena, master: Master, plan: Iterable[Pair]) -> Target:  # noqa: PLR0911  # one a case
    """Add the helpers and rows of this priority; `plan` must stay possible."""
    match priority:
        case Priority.DEMAND:
            return _demand(arena, master)
        case Priority.TOLD:
            return _told(arena, master)
        case Priority.TOLD_VISITS:
            return _told_visits(arena)
        case Priority.WISHES:
            return Target(matrix=-arena.points.astype(np.float64))
        case Priority.FRESH_EYES:
            return _fresh_eyes(arena, master)
        case Priority.FAIR_VISITORS:
            return _fair_visitors(arena, master, plan)
        case Priority.FAIR_TEAMS:
            return _fair_teams(arena, master)
        case Priority.TRAVEL:
            return Target(travel=True, step=max(1, int(np.gcd.reduce(arena.road, axis=None))))


def _demand(arena: Arena, master: Master) -> Target:
    target = Target(least=0.0)
    for v in np.flatnonzero(arena.visitor_min > 0).tolist():
        _short(master, target, int(arena.visitor_min[v]), visitor=v, slots=None)
        target.least = (target.least or 0.0) + max(0, int(arena.visitor_min[v]) - int(arena.open[v].sum()))
    for t in np.flatnonzero(arena.team_min > 0).tolist():
        slots = np.flatnonzero(arena.team == t)
        _short(master, target, int(arena.team_min[t]), visitor=-1, slots=tuple(slots.tolist()))
        room = int(np.minimum(arena.open[:, slots].sum(axis=0), arena.places[slots]).sum())
        target.least = (target.least or 0.0) + max(0, int(arena.team_min[t]) - min(room, int(arena.team_max[t])))
    return target


def _short(master: Master, target: Target, wanted: int, *, visitor: int, slots: tuple[int, ...] | None) -> None:
    helper = master.add_helper({}, upper=float(wanted))
    cap = float(wanted) if visitor >= 0 else INF
    master.add_rows([Row(lower=float(wanted), visitor=visitor, slots=slots, helpers={helper: 1.0}, cap=cap)])
    target.costs[helper] = 1.0
    target.at_pins += wanted


def _fresh_eyes(arena: Arena, master: Master) -> Target:
    seen: Floats = arena.past_team[:, arena.team].astype(np.float64)
    target = Target(matrix=2.0 * seen)
    for v in range(len(arena.visitors)):
        for service in np.unique(arena.service[arena.open[v]]).tolist():
            if arena.known_service[v, service]:
                continue
            slots = tuple(np.flatnonzero(arena.open[v] & (arena.service == service)).tolist())
            helper = master.add_helper({}, upper=1.0)
            master.add_rows([Row(lower=0.0, visitor=v, slots=slots, helpers={helper: -1.0})])
            target.costs[helper] = -1.0
    return target


def _fair_teams(arena: Arena, master: Master) -> Target:
    target = Target()
    for t in range(len(arena.team_min)):
        slots = np.flatnonzero(arena.team == t)
        room = int(np.minimum(arena.open[:, slots].sum(axis=0), arena.places[slots]).sum()) if len(slots) else 0
        room = min(room, int(arena.team_max[t]))
        if not room:
            continue
        pins = int(arena.team_pins[t])
        helpers: dict[int, float] = {}
        for count in range(room):
            helper = master.add_helper({}, upper=1.0)
            target.costs[helper] = 2.0 * (pins + count) + 1.0
            helpers[helper] = -1.0
        master.add_rows([Row(upper=0.0, slots=tuple(slots.tolist()), helpers=helpers)])
    return target


# fair visitors: one helper for each way to make up somebody's points -----------------------------------------------


@dataclass(slots=True, kw_only=True, eq=False)
class _Ways:
    counts: Floats
    """One line per way: how many visits of each worth."""
    costs: Floats
    rows: list[int]
    sum_row: int
    used: Bools
    first: list[int]
    """The ways that are there from the start: nothing, one worth alone, and that of the plan so far."""


def _fair_visitors(arena: Arena, master: Master, plan: Iterable[Pair]) -> Target:
    target = Target()
    planned = Counter((v, int(arena.points[v, s])) for v, s in plan)
    everyone: list[_Ways] = []
    for v in range(len(arena.visitors)):
        worths = [int(worth) for worth in np.unique(arena.points[v][arena.open[v]]) if worth]
        if not worths:
            continue
        missing = int(arena.best[v] - arena.pin_points[v])
        target.at_pins += max(0, missing) ** 2
        ways = _ways_of(arena, v, worths)
        if ways is None:
            _by_steps(arena, master, target, v, missing)
            continue
        costs = np.maximum(0.0, missing - ways @ np.array(worths, dtype=np.float64)) ** 2
        rows = master.add_rows(
            [Row(lower=0.0, upper=0.0, visitor=v, slots=_worth(arena, v, worth)) for worth in worths]
        )
        sum_row = master.add_rows([Row(lower=1.0, upper=1.0)])[0]
        now = np.all(ways == np.array([planned[v, worth] for worth in worths]), axis=1)
        first = np.flatnonzero(now | (np.count_nonzero(ways, axis=1) <= 1)).tolist()
        used = np.zeros(len(ways), dtype=bool)
        everyone.append(_Ways(counts=ways, costs=costs, rows=rows, sum_row=sum_row, used=used, first=first))

    def add(mine: _Ways, way: int, *, now: bool) -> None:
        mine.used[way] = True
        entries = {row: -float(count) for row, count in zip(mine.rows, mine.counts[way], strict=True) if count}
        entries[mine.sum_row] = 1.0
        cost = float(mine.costs[way])
        if target.held is not None and cost:
            entries[target.held] = cost
        helper = master.add_helper(entries, cost=cost if now else 0.0)
        target.costs[helper] = cost
        target.offered.add(helper)

    def offer(duals: Floats, now: bool, limit: float) -> tuple[int, float]:
        price = (1.0 if now else 0.0) - (0.0 if target.held is None else float(duals[target.held]))
        added, gain = 0, 0.0
        for mine in everyone:
            cost = price * mine.costs + mine.counts @ duals[mine.rows] - duals[mine.sum_row]
            gain += float(cost.min())
            cost[mine.used] = np.inf
            cheap = np.flatnonzero(cost < limit)
            if limit <= 0 and len(cheap) > 3:
                cheap = cheap[np.argsort(cost[cheap], kind="stable")[:3]]
            for way in cheap.tolist():
                add(mine, way, now=now)
            added += len(cheap)
        return added, gain

    for mine in everyone:
        for way in mine.first:
            add(mine, way, now=True)
    target.offer = offer
    return target


def _worth(arena: Arena, v: int, worth: int) -> tuple[int, ...]:
    return tuple(np.flatnonzero(arena.open[v] & (arena.points[v] == worth)).tolist())


def _ways_of(arena: Arena, v: int, worths: list[int]) -> Floats | None:
    """Every way to make up the visitor's points: visits of each worth. None where there are too many."""
    most = _most_visits(arena, v)
    room = []
    for worth in worths:
        mine = arena.open[v] & (arena.points[v] == worth)
        teams = len(np.unique(arena.team[mine]))
        room.append(min(most, teams if arena.view.week.same_team_once else int(mine.sum())))
    if np.prod([float(one + 1) for one in room]) > 50 * TOO_MANY_WAYS:
        return None
    ways = [counts for counts in product(*(range(one + 1) for one in room)) if sum(counts) <= most]
    return None if len(ways) > TOO_MANY_WAYS else np.array(ways, dtype=np.float64).reshape(len(ways), len(worths))


def _most_visits(arena: Arena, v: int) -> int:
    by_day = np.bincount(arena.day[arena.open[v]], minlength=len(arena.days))
    most = int(np.minimum(by_day, arena.visitor_day[v]).sum())
    if arena.view.week.same_team_once:
        most = min(most, len(np.unique(arena.team[arena.open[v]])))
    return min(most, int(arena.visitor_max[v]))


def _by_steps(arena: Arena, master: Master, target: Target, v: int, missing: int) -> None:
    """A visitor with very many ways: the shortfall in unit steps that cost 1, 3, 5 … Exact, only less tight."""
    worst = missing - int(np.minimum(arena.points[v], 0)[arena.open[v]].sum())
    helpers: dict[int, float] = {}
    for step in range(max(0, worst)):
        helper = master.add_helper({}, upper=1.0)
        target.costs[helper] = 2.0 * step + 1.0
        helpers[helper] = 1.0
    matrix = np.zeros(arena.shape)
    matrix[v] = arena.points[v]
    master.add_rows([Row(lower=float(missing), matrix=matrix, helpers=helpers)])


# people told again --------------------------------------------------------------------------------------------------


def _told_visits(arena: Arena) -> Target:
    matrix = np.ones(arena.shape)
    for v, s in arena.promised:
        matrix[v, s] = -1.0
    return Target(matrix=matrix)


def _told(arena: Arena, master: Master) -> Target:
    """Helpers that are 1 where somebody has a promised visit gone or a new visit."""
    target = Target(least=0.0)
    sure: set[tuple[str, object]] = set()
    for v, s in set(arena.pins) ^ arena.promised:
        if (v, s) in arena.promised and arena.open[v, s]:
            continue
        sure |= {("visitor", v), ("host", arena.host[s])}
    helpers: dict[tuple[str, object], int] = {}

    def helper_of(who: tuple[str, object]) -> int:
        if who not in helpers:
            helpers[who] = master.add_helper({} if target.held is None else {target.held: 1.0}, upper=1.0)
            target.costs[helpers[who]] = 1.0
        return helpers[who]

    seen: set[tuple[object, ...]] = set()
    for v, s in sorted(arena.promised):
        if not arena.open[v, s]:
            continue
        for who in (("visitor", v), ("host", arena.host[s])):
            if who not in sure:
                target.at_pins += who not in helpers
                master.add_rows([Row(lower=1.0, visitor=v, slots=(s,), helpers={helper_of(who): 1.0})])
    shared = Counter(s for _, s in arena.promised)

    def look(amounts: Amounts, values: Floats) -> list[Row]:
        rows: list[Row] = []
        new = {pair: amount for pair, amount in amounts.items() if pair not in arena.promised}
        by_slot: Counter[int] = Counter()
        for (_, s), amount in new.items():
            by_slot[s] += amount  # type: ignore[assignment]  # amounts may be fractions
        for (v, s), amount in new.items():
            if (who := ("visitor", v)) not in sure and (v, s) not in seen and amount > _at(values, helpers, who) + 1e-4:
                seen.add((v, s))
                rows.append(Row(upper=0.0, visitor=v, slots=(s,), helpers={helper_of(who): -1.0}))
            host = ("host", arena.host[s])
            if host in sure:
                continue
            if arena.places[s] == 1 and not shared[s]:
                if ("slot", s) not in seen and by_slot[s] > _at(values, helpers, host) + 1e-4:
                    seen.add(("slot", s))
                    rows.append(Row(upper=0.0, slots=(s,), helpers={helper_of(host): -1.0}))
            elif ("h", v, s) not in seen and amount > _at(values, helpers, host) + 1e-4:
                seen.add(("h", v, s))
                rows.append(Row(upper=0.0, visitor=v, slots=(s,), helpers={helper_of(host): -1.0}))
        return rows

    target.look = look
    return target


def _at(values: Floats, helpers: dict[tuple[str, object], int], who: tuple[str, object]) -> float:
    helper = helpers.get(who)
    return 0.0 if helper is None or helper >= len(values) else float(values[helper])


__all__ = ["Amounts", "Target", "begin"]
