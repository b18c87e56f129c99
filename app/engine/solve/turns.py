"""All priorities in turn: bound each by a linear program, reach it by a small integer one, hold it, go on.

Price-and-fix: the linear program grows by priced columns and by the rows that its answers break. A column whose
reduced cost exceeds the gap between the best plan and the bound can be in no better plan, so the integer program
needs only the few others; with that it is exact.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from app.engine import goals
from app.engine.news import News
from app.engine.pairs import Pairs, with_pairs
from app.engine.solve.arena import Bools, Floats, Pair, arena
from app.engine.solve.cliques import bits, maximal
from app.engine.solve.draft import as_it_is, first_plan, holds
from app.engine.solve.integer import Small, solve_small
from app.engine.solve.master import HELPER, INF, Bundle, Master, Row, bundles_of
from app.engine.solve.separate import Separator, first_rows
from app.engine.solve.sources import Days, Visits, days_of
from app.engine.solve.targets import Amounts, Target, begin
from app.models.view import WeekView
from app.models.week import MOST_IS_BEST, Priority

NEARLY = 1e-5
"""Bounds are whole numbers after rounding up; this much is rounding error."""

FIRST_ROOM = 1_500
"""How many columns join the first integer program beyond those of the linear one; three times as many each time."""

PROVABLE = 15_000
"""Columns of the largest integer program that is worth a try for a proof alone."""

TURN = 0.4
"""The part of the time left that a priority may take; what it leaves over serves the later ones."""

FIRST_LOOK = 0.5
LOCAL = 0.6
"""Parts of a turn's time left: for the first integer program, and for better plans where that did not end."""

SOME_VISITORS = 8
IDLE_TRIES = 12
LOCAL_ROOM = 600
LOCAL_NODES = 60
"""A try for a better plan: visitors at first, tries in a row without success, columns that join, nodes of a search."""

Plan = frozenset[Pair]
_log = logging.getLogger(__name__)
Heard = Callable[[News], None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Relaxed:
    """A solved relaxation: its value, the reduced costs of all visits or day sets, the prices of the rows."""

    value: float
    prices: Floats
    duals: Floats


class Turns:
    """One matching: a master program, the best plan so far, and what each priority reached."""

    def __init__(
        self, view: WeekView, order: tuple[Priority, ...], *, seconds: float, threads: int, seed: int, heard: Heard,
        without: Pairs = frozenset(),
    ) -> None:  # fmt: skip
        self._ends = time.monotonic() + seconds
        self._view = view
        self._order = order
        self._heard = heard
        self._threads, self._seed = threads, seed
        self.bounds: dict[Priority, int] = {}
        self.arena = arena(view)
        for person_id, slot_id in without:  # after all else: what a visitor could have at best stays as it is
            self.arena.open[self.arena.visitor_at[person_id], self.arena.slot_at[slot_id]] = False
        self._worth: dict[Plan, tuple[int, ...]] = {}
        self.best: Plan = frozenset()
        self._key: tuple[int, ...] = self._valued(self.best)
        self._base = self._key
        self._at = -1
        """Which priority is at work; −1 before the first."""
        better = [self.consider(plan) for plan in (first_plan(self.arena), as_it_is(self.arena))]
        if not any(better):
            self._news(pairs=self._named(self.best))

    # the best plan so far ---------------------------------------------------------------------------------------

    def consider(self, plan: Plan) -> bool:
        """Take the plan if it is better, priority by priority, than the best so far."""
        if plan == self.best or not holds(self.arena, sorted(plan)):
            return False
        key = self._valued(plan)
        if key >= self._key:
            return False
        self.best, self._key = plan, key
        self._news(pairs=self._named(plan))
        return True

    def _valued(self, plan: Plan) -> tuple[int, ...]:
        """The cost of a plan in each priority, in order; less is better."""
        if plan not in self._worth:
            found = goals.values(with_pairs(self._view, self._named(plan)), self._view)
            self._worth[plan] = tuple(_cost(priority, found[priority]) for priority in self._order)
        return self._worth[plan]

    def _named(self, plan: Iterable[Pair]) -> Pairs:
        held = self.arena
        return frozenset((held.visitors[v].id, held.slots[s].id) for v, s in (*held.pins, *plan))

    def _news(self, *, pairs: Pairs | None = None, finished: bool = False) -> None:
        turn = self._order[self._at] if self._at >= 0 else None
        value = None if turn is None else _cost(turn, self._key[self._at])
        bound = None if turn is None else self.bounds.get(turn)
        self._heard(News(priority=turn, value=value, bound=bound, pairs=pairs, finished=finished))

    def _bounded(self, target: Target, cost: float) -> None:
        """Note that no plan costs less than this."""
        if not math.isfinite(cost) or (self._days is not None and not self._days.complete):
            return
        turn, at = self._order[self._at], self._at
        steps = math.ceil((cost - target.at_pins - NEARLY * max(1.0, abs(cost) / 1000)) / target.step)
        whole = steps * target.step + self._base[at]
        known = self.bounds.get(turn)
        if known is None or whole > _cost(turn, known):
            self.bounds[turn] = _cost(turn, min(whole, self._key[at]))
            self._news()

    def _proved(self) -> bool:
        turn = self._order[self._at]
        return turn in self.bounds and _cost(turn, self.bounds[turn]) >= self._key[self._at]

    def _reached(self, target: Target) -> float:
        """The cost of the best plan, as the model counts it."""
        at = self._at
        return self._key[at] - self._base[at] + target.at_pins

    # the turns --------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Optimise every priority in order, or until the time is up."""
        self._visits = Visits(self.arena)
        self._days: Days | None = None
        self._separator = Separator(self.arena)
        self._targets: list[Target] = []
        self._master = Master(self.arena, threads=self._threads, seed=self._seed)
        self._master.add_rows(first_rows(self.arena))
        self._add_hosts()
        self._costs = np.zeros(0)
        self._add_visits([*self._visits.start()], None)
        for at, priority in enumerate(self._order):
            if time.monotonic() > self._ends:
                return
            self._at = at
            now, last = time.monotonic(), at + 1 == len(self._order)
            self._until = self._ends if last else now + (self._ends - now) * TURN
            self._take_turn(priority)
            self._news(finished=True)

    def _take_turn(self, priority: Priority) -> None:
        target = begin(priority, self.arena, self._master, self.best)
        if target.travel and self._days is None:
            self._turn_to_days()
            target.step = self._days_step()
        self._targets.append(target)
        if target.least is not None:
            self._bounded(target, target.least)
        if not self._proved():
            self._optimise(target)
        self._hold(target)

    def _optimise(self, target: Target) -> None:
        self._add_plan(target)
        if target.travel:
            self._shorten(target)
        relaxed = self._relax(target)
        value = relaxed.value
        self._bounded(target, value)
        _log.debug("relaxed to %.4f, reached %.0f", value, self._reached(target))
        first: Small | None = None
        if not self._proved():  # the program's own columns first: they often hold a plan at the bound
            first = self._small(target, relaxed.prices, 1.0, seconds=self._left(FIRST_LOOK))
        known = len(self._master.bundles)
        if first is not None and not first.complete:
            self._improve(target, relaxed)
        room, searched, before = FIRST_ROOM, -1.0, self._key
        while not self._proved() and time.monotonic() < self._until:
            # A better plan costs a step less, and at least the relaxation plus each column's reduced cost.
            needed = self._reached(target) - value - target.step + NEARLY * 10
            if searched >= needed:
                break
            # So many columns are no small program: they take all the time, and burden every later turn.
            hopeless = self._at + 1 < len(self._order) and self._within(relaxed, needed) > PROVABLE
            if hopeless and searched > -1.0 and self._key == before:
                break
            before = self._key
            searched = self._widen(target, relaxed, needed, room)
            if first is None or not first.complete or searched > 1.0 + NEARLY * 20 or len(self._master.bundles) > known:
                small = self._small(target, relaxed.prices, searched, seconds=self._left(1.0))
            else:  # it would be the first program again
                small = first
            self._bounded(target, min(small.bound, value + searched + NEARLY * 20))
            room *= 3
        if not self._days:
            self._visits.kill(relaxed.prices, self._reached(target) - value + NEARLY * 10)
        else:
            self._days.kill(relaxed.prices, self._reached(target) - value + NEARLY * 10)

    def _hold(self, target: Target) -> None:
        """From now on no plan may cost more than what was reached."""
        row = Row(upper=self._reached(target), matrix=target.matrix, travel=target.travel, helpers=dict(target.costs))
        target.held = self._master.add_rows([row])[0]

    # the linear program -----------------------------------------------------------------------------------------

    def _relax(self, target: Target) -> _Relaxed:
        """Solve the relaxation, until every row and column that matters has joined."""
        cut = False
        while True:
            self._price_columns(target)
            answer = self._master.solve(rows_joined=cut)
            if cut := self._cut(answer.columns):
                continue
            prices = self._prices(target, answer.duals)
            _log.debug("round: %.4f, %d columns, %d rows", answer.value, len(answer.columns), len(answer.duals))
            if not self._grow(target, prices, answer.duals):
                return _Relaxed(value=answer.value, prices=prices, duals=answer.duals)

    def _price_columns(self, target: Target) -> None:
        """Set every column's cost in this target."""
        master = self._master
        costs = np.zeros(len(master.bundles))
        for at, bundle in enumerate(master.bundles):
            if bundle is not HELPER:
                costs[at] = self._cost_of(target, bundle, master.roads[at])
        for helper, cost in target.costs.items():
            costs[master.helper_at[helper]] = cost
        master.set_costs(costs)

    @staticmethod
    def _cost_of(target: Target, bundle: Bundle, road: int) -> float:
        cost = float(road) if target.travel else 0.0
        if target.matrix is not None:
            cost += float(sum(target.matrix[bundle[0], slot] for slot in bundle[1]))
        return cost

    def _cut(self, columns: Floats) -> bool:
        """Add the rows that these values break; whether there were any."""
        master = self._master
        amounts: Amounts = {}
        for at in np.flatnonzero(columns > NEARLY).tolist():
            bundle = master.bundles[at]
            if bundle is not HELPER:
                for slot in bundle[1]:
                    pair = (bundle[0], slot)
                    amounts[pair] = amounts.get(pair, 0.0) + float(columns[at])
        helpers = columns[master.helper_at] if master.helper_at else np.zeros(0)
        rows = self._separator.broken(amounts, whole_days=master.whole_days)
        rows += self._looks(amounts, helpers)
        rows = rows or self._separator.mixed(amounts)
        master.add_rows(rows)
        return bool(rows)

    def _looks(self, amounts: Amounts, helpers: Floats) -> list[Row]:
        """The rows that tie helpers to visits and that these values break."""
        rows = self._look_hosts(amounts, helpers)
        for target in self._targets:
            if target.look is not None:
                rows += target.look(amounts, helpers)
        return rows

    def _prices(self, target: Target, duals: Floats) -> Floats:
        """The reduced cost of every visit, or of every day set."""
        prices = self._master.reduced(target.matrix, duals)
        if self._days is not None:
            return self._days.prices(self._master, prices, duals, travel=target.travel)
        return prices

    def _grow(self, target: Target, prices: Floats, duals: Floats) -> bool:
        """Add columns that help the relaxation; whether there were any."""
        grown = 0
        for one in self._targets:
            if one.offer is not None:
                grown += one.offer(duals, one is target, -1e-6)
        if self._days is not None:
            places = self._days.offer(prices)
            self._add_days(places)
            return bool(places) or bool(grown)
        visits = self._visits.offer(prices)
        self._add_visits(visits, target)
        return bool(visits) or bool(grown)

    def _add_visits(self, bundles: list[Bundle], target: Target | None) -> None:
        costs = [0.0 if target is None else self._cost_of(target, one, 0) for one in bundles]
        self._master.add_bundles(bundles, costs)
        self._visits.pooled(bundles)

    def _add_days(self, places: list[int]) -> None:
        if (days := self._days) is not None:
            bundles = [days.bundle(at) for at in places]
            self._master.add_bundles(bundles, [0.0] * len(places), days.road[places].tolist())
            days.pooled(places)

    def _add_plan(self, target: Target) -> None:
        """The best plan so far must be possible in the master."""
        wanted = bundles_of(self.best, self.arena.day, self._master.whole_days)
        missing = [bundle for bundle in wanted if bundle not in self._master.at]
        if self._days is not None:
            self._add_days(self._days.find(missing))
        else:
            self._add_visits(missing, target)

    def _turn_to_days(self) -> None:
        self._master.turn_to_whole_days()
        self._days = days_of(self.arena, self._visits.alive, self.best)
        _log.debug("%d day sets of %d visits", len(self._days.owner), self._visits.alive.sum())

    def _days_step(self) -> int:
        """The road minutes in which all plans differ: their greatest common divisor."""
        roads = self._days.road if self._days is not None else self.arena.base
        return max(1, int(np.gcd.reduce(roads))) if len(roads) else 1

    # the integer program ----------------------------------------------------------------------------------------

    def _widen(self, target: Target, relaxed: _Relaxed, needed: float, room: int, free: Bools | None = None) -> float:
        """Let the cheapest columns within `needed` join, but few; the reduced cost up to which all are there then.

        With `free`, those of these visitors only.
        """
        for one in self._targets:
            if one.offer is not None:
                one.offer(relaxed.duals, one is target, needed + NEARLY * 50)
        source = self._days or self._visits
        prices = source.missing(relaxed.prices)
        if free is not None:
            prices = np.where(free[source.owners()], prices, INF)
        near = np.flatnonzero(prices <= needed + NEARLY * 50)
        if len(near) > room:
            order = np.argsort(prices[near], kind="stable")
            needed = float(prices[near[order[room]]]) - NEARLY * 50
            near = np.sort(near[order[:room]])
        if self._days is not None:
            self._add_days(near.tolist())
        else:
            slots = self.arena.shape[1]
            self._add_visits([(at // slots, (at % slots,)) for at in near.tolist()], target)
        return needed

    def _within(self, relaxed: _Relaxed, needed: float) -> int:
        """How many columns there would be with all that are within `needed`."""
        near = (self._days or self._visits).missing(relaxed.prices) <= needed
        return len(self._master.bundles) + int(near.sum())

    def _small(
        self, target: Target, prices: Floats, within: float, *, seconds: float,
        free: Bools | None = None, nodes: int = 0,
    ) -> Small:  # fmt: skip
        """Look for the best plan among the program's columns up to that reduced cost; what none of them undercuts.

        Visitors who are not `free` keep what they have, and the bound holds for such plans alone.
        """
        reach = within + NEARLY * 50
        ends = time.monotonic() + seconds
        while True:
            keep, start = self._choice(prices, reach, free)
            pairs = self._pairs_of(keep)
            ties = self._looks(dict.fromkeys(pairs, 1.0), np.zeros(len(self._master.helper_at)))
            self._master.add_rows(ties)  # helpers may have joined with them
            self._price_columns(target)
            keep, start = self._choice(prices, reach, free)
            rows = self._separator.every(pairs, whole_days=self._master.whole_days)
            small = solve_small(
                self._master, keep, start, rows=rows, step=target.step, seconds=ends - time.monotonic(), nodes=nodes,
                options=(self._threads, self._seed), found=lambda columns: void(self.consider(self._read(columns))),
            )  # fmt: skip
            if small.columns is None:
                return small
            if self._cut(small.columns):
                if time.monotonic() > ends:
                    return Small(columns=None, bound=-INF, complete=False)
                continue
            self.consider(self._read(small.columns))
            _log.debug(
                "within %.2f: %d columns, %d rows: %.2f, reached %.0f, %s",
                within, keep.sum(), len(self._master.rows) + len(rows), small.bound, self._reached(target),
                small.complete,
            )  # fmt: skip
            return small

    def _left(self, share: float) -> float:
        """Seconds that a part of this turn may take."""
        return (self._until - time.monotonic()) * share

    # better plans without proof ---------------------------------------------------------------------------------

    def _shorten(self, target: Target) -> None:
        """Move visits to other slots of the same teams: all that visitors and teams count stays as it is."""
        if (days := self._days) is None or not self.best:
            return
        held = self.arena
        mine = np.zeros((held.shape[0], len(held.team_min)), dtype=np.bool_)
        for v, s in self.best:
            mine[v, held.team[s]] = True
        prices = np.where(days.inside(mine[:, held.team]), 0.0, INF)
        self._add_days(np.flatnonzero(days.missing(prices) <= 0.0).tolist())
        self._small(target, prices, 0.0, seconds=self._left(0.2))

    def _improve(self, target: Target, relaxed: _Relaxed) -> None:
        """Solve again for some visitors at a time, until several tries in a row found nothing better."""
        visitors = self.arena.shape[0]
        lots = np.random.default_rng(self._seed)
        ends = time.monotonic() + self._left(LOCAL)
        count, idle = min(visitors, SOME_VISITORS), 0
        prices = relaxed.prices
        while not self._proved() and idle < IDLE_TRIES and time.monotonic() < ends:
            before = self._key
            free = self._some_visitors(count, lots)
            reach = self._reached(target) - relaxed.value
            self._widen(target, relaxed, reach, LOCAL_ROOM, free)
            small = self._small(
                target, prices, reach, seconds=max(0.1, min(self._left(0.2), ends - time.monotonic())), free=free,
                nodes=LOCAL_NODES,
            )  # fmt: skip
            idle = 0 if self._key < before else idle + 1
            if small.complete and count == visitors:
                return
            if not small.complete:
                count = max(3, count * 3 // 4)
            elif idle:
                count = min(visitors, count * 5 // 4 + 1)

    def _some_visitors(self, count: int, lots: np.random.Generator) -> Bools:
        """One visitor and those who could have what that one could, or simply some: who changes places together."""
        may = self.arena.open
        first = int(lots.integers(may.shape[0]))
        likeness = (may & may[first]).sum(axis=1) / np.sqrt(np.maximum(1, may.sum(axis=1)))
        weight = likeness if lots.random() < 0.5 else np.ones(len(may))
        order = np.argsort(-weight * lots.random(len(may)), kind="stable")
        free = np.zeros(len(may), dtype=np.bool_)
        free[order[:count]] = True
        free[first] = True
        return free

    def _pairs_of(self, keep: Bools) -> list[Pair]:
        """Every visit that these columns hold."""
        kept = [self._master.bundles[at] for at in np.flatnonzero(keep).tolist()]
        return sorted({(v, slot) for v, slots in kept for slot in slots})

    def _choice(self, prices: Floats, reach: float, free: Bools | None) -> tuple[Bools, Bools]:
        """The columns of free visitors within reach, and those of the best plan."""
        master = self._master
        keep = np.ones(len(master.bundles), dtype=bool)
        start = np.zeros(len(master.bundles), dtype=bool)
        if self._days is None:
            for at, bundle in enumerate(master.bundles):
                if bundle is not HELPER:
                    keep[at] = prices[bundle[0], bundle[1][0]] <= reach and self._visits.alive[bundle[0], bundle[1][0]]
        else:
            near = {self._days.bundle(at) for at in np.flatnonzero(prices <= reach).tolist()}
            for at, bundle in enumerate(master.bundles):
                if bundle is not HELPER:
                    keep[at] = bundle in near
        if free is not None:
            owner = np.array([bundle[0] for bundle in master.bundles])
            keep &= free[owner] | (owner < 0)
        for bundle in bundles_of(self.best, self.arena.day, master.whole_days):
            keep[master.at[bundle]] = start[master.at[bundle]] = True
        return keep, start

    def _read(self, columns: Floats) -> Plan:
        """The visits of an integer solution."""
        found: set[Pair] = set()
        for at in np.flatnonzero(columns > 0.5).tolist():
            bundle = self._master.bundles[at]
            if bundle is not HELPER:
                found |= {(bundle[0], slot) for slot in bundle[1]}
        return frozenset(found)

    # hosts ------------------------------------------------------------------------------------------------------

    def _add_hosts(self) -> None:
        """Of slots that overlap and need the same host only one is used. A slot of several places has a helper."""
        held = self.arena
        neighbours = [0] * len(held.slots)
        for a, b in held.hosts:
            neighbours[a] |= 1 << b
            neighbours[b] |= 1 << a
        among = sum(1 << s for s, near in enumerate(neighbours) if near)
        self._used: dict[int, int] = {}
        self._tied: set[Pair] = set()
        for s in bits(among):
            if held.places[s] > 1:
                helper = self._used[s] = self._master.add_helper({}, upper=1.0)
                places = float(held.places[s])
                self._master.add_rows([Row(upper=0.0, slots=(s,), helpers={helper: -places})])
        for clique in maximal(neighbours, among) if among else ():
            slots = list(bits(clique))
            single = tuple(s for s in slots if s not in self._used)
            shared = {self._used[s]: 1.0 for s in slots if s in self._used}
            self._master.add_rows([Row(upper=1.0, slots=single, helpers=shared)])

    def _look_hosts(self, amounts: Amounts, helpers: Floats) -> list[Row]:
        rows: list[Row] = []
        for (v, s), amount in amounts.items():
            helper = self._used.get(s)
            if helper is not None and (v, s) not in self._tied and amount > helpers[helper] + 1e-4:
                self._tied.add((v, s))
                rows.append(Row(upper=0.0, visitor=v, slots=(s,), helpers={helper: -1.0}))
        return rows


def void(_: object) -> None:
    """Nothing; for calls whose answer does not matter."""


def _cost(priority: Priority, value: int) -> int:
    """A value as a cost, or back: less is better."""
    return -value if priority in MOST_IS_BEST else value
