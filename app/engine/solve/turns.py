"""All priorities in turn: bound each by a linear program, reach it by a small integer one, hold it, go on.

Price-and-fix: the linear program grows by priced columns and by the rows that its answers break. A column whose
reduced cost exceeds the gap between the best plan and the bound can be in no better plan, so the integer program
needs only the few others; with that it is exact.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable

import numpy as np

from app.engine import goals
from app.engine.news import News
from app.engine.pairs import Pairs, with_pairs
from app.engine.solve.arena import Bools, Floats, Pair, arena
from app.engine.solve.cliques import bits, maximal
from app.engine.solve.draft import first_plan, holds
from app.engine.solve.integer import solve_small
from app.engine.solve.master import HELPER, INF, Bundle, Master, Row, bundles_of
from app.engine.solve.separate import Separator, first_rows
from app.engine.solve.sources import Days, Visits
from app.engine.solve.targets import Amounts, Target, begin
from app.models.view import WeekView
from app.models.week import MOST_IS_BEST, Priority

NEARLY = 1e-5
"""Bounds are whole numbers after rounding up; this much is rounding error."""

Plan = frozenset[Pair]
Heard = Callable[[News], None]


class Turns:
    """One matching: a master program, the best plan so far, and what each priority reached."""

    def __init__(
        self, view: WeekView, order: tuple[Priority, ...], *, seconds: float, threads: int, seed: int, heard: Heard
    ) -> None:
        self._ends = time.monotonic() + seconds
        self._view = view
        self._order = order
        self._heard = heard
        self._threads, self._seed = threads, seed
        self.bounds: dict[Priority, int] = {}
        self.arena = arena(view)
        self._worth: dict[Plan, tuple[int, ...]] = {}
        self.best: Plan = frozenset()
        self._key: tuple[int, ...] = self._valued(self.best)
        self._base = self._key
        self._at = -1
        """Which priority is at work; −1 before the first."""
        self._news(pairs=self._named(self.best))
        self.consider(first_plan(self.arena))

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
        turn, at = self._order[self._at], self._at
        whole = math.ceil(cost - target.at_pins + self._base[at] - NEARLY * max(1.0, abs(cost) / 1000))
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
            share = 1.0 if at + 1 == len(self._order) else 0.5
            self._take_turn(priority, share)
            self._news(finished=True)

    def _take_turn(self, priority: Priority, share: float) -> None:
        target = begin(priority, self.arena, self._master, self.best)
        if target.travel and self._days is None:
            self._turn_to_days()
        self._targets.append(target)
        if target.least is not None:
            self._bounded(target, target.least)
        if not self._proved():
            self._optimise(target, share)
        self._hold(target)

    def _optimise(self, target: Target, share: float) -> None:
        self._add_plan(target)
        value, duals = self._relax(target)
        self._bounded(target, value)
        prices = self._prices(target, duals)
        for limit in (1.0, INF):
            gap = self._reached(target) - value
            # A better plan costs at least 1 less, so each of its columns has a reduced cost of at most gap − 1.
            needed = gap - 1 + NEARLY * 10
            if self._proved() or needed < 0:
                break
            within = min(limit, needed)
            if self._small(target, prices, duals, within, share):
                self._bounded(target, min(self._reached(target), value + within + NEARLY * 20))
            if within >= needed:
                break
        if not self._days:
            self._visits.kill(prices, self._reached(target) - value + NEARLY * 10)
        else:
            self._days.kill(prices, self._reached(target) - value + NEARLY * 10)

    def _hold(self, target: Target) -> None:
        """From now on no plan may cost more than what was reached."""
        row = Row(upper=self._reached(target), matrix=target.matrix, travel=target.travel, helpers=dict(target.costs))
        target.held = self._master.add_rows([row])[0]

    # the linear program -----------------------------------------------------------------------------------------

    def _relax(self, target: Target) -> tuple[float, Floats]:
        """Solve the relaxation: its value, and the rows' prices. Every row and column that matters has joined."""
        while True:
            self._price_columns(target)
            answer = self._master.solve()
            if self._cut(answer.columns):
                continue
            prices = self._prices(target, answer.duals)
            if not self._grow(target, prices, answer.duals):
                return answer.value, answer.duals

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
        rows += self._look_hosts(amounts, helpers)
        for target in self._targets:
            if target.look is not None:
                rows += target.look(amounts, helpers)
        master.add_rows(rows)
        return bool(rows)

    def _prices(self, target: Target, duals: Floats) -> Floats:
        """The reduced cost of every visit, or of every day set."""
        prices = self._master.reduced(target.matrix, duals)
        if self._days is not None:
            return self._days.prices(self._master, prices, duals, travel=target.travel)
        return prices

    def _grow(self, target: Target, prices: Floats, duals: Floats, limit: float = 0.0) -> bool:
        """Add columns under the limit (0: only those that help the relaxation); whether there were any."""
        grown = 0
        for one in self._targets:
            if one.offer is not None:
                grown += one.offer(duals, one is target, limit if limit else -1e-6)
        if self._days is not None:
            places = self._days.offer(prices, limit)
            self._add_days(places)
            return bool(places) or bool(grown)
        visits = self._visits.offer(prices, limit)
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
        self._days = Days(self.arena, self._visits.alive)

    # the integer program ----------------------------------------------------------------------------------------

    def _small(self, target: Target, prices: Floats, duals: Floats, within: float, share: float) -> bool:
        """Look for the best plan among the columns within that reduced cost; whether it was surely found."""
        reach = within + NEARLY * 50
        self._grow(target, prices, duals, reach)
        while True:
            self._price_columns(target)
            keep, start = self._choice(prices, reach)
            kept = [bundle for at, bundle in enumerate(self._master.bundles) if keep[at] and bundle is not HELPER]
            pairs = sorted({(v, slot) for v, slots in kept for slot in slots})
            rows = self._separator.every(pairs, whole_days=self._master.whole_days)
            small = solve_small(
                self._master, keep, start, rows=rows, seconds=(self._ends - time.monotonic()) * share,
                options=(self._threads, self._seed), found=lambda columns: void(self.consider(self._read(columns))),
            )  # fmt: skip
            if small.columns is None:
                return small.complete
            if self._cut(small.columns):
                if time.monotonic() > self._ends:
                    return False
                continue
            self.consider(self._read(small.columns))
            if not small.complete and math.isfinite(small.bound):
                self._bounded(target, small.bound)
            return small.complete

    def _choice(self, prices: Floats, reach: float) -> tuple[Bools, Bools]:
        """The columns within reach, and those of the best plan."""
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
