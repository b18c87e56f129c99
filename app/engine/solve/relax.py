"""The relaxation of a priority: a linear program that grows by priced columns and by the rows that its answers break.

Every answer gives a bound, also before the program is complete: no plan costs less than the value of the program with
the columns it has, less what all other columns could gain at its prices (Lagrange; Farley, Operations Research 38,
1990; Lübbecke and Desrosiers, Operations Research 53, 2005).
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from app.engine.solve.arena import Arena, Floats, Pair
from app.engine.solve.hosts import Hosts
from app.engine.solve.master import HELPER, Answer, Bundle, Master, Row, UnsolvedError, bundles_of
from app.engine.solve.roads import week_road
from app.engine.solve.separate import Separator, first_rows
from app.engine.solve.sources import Visits
from app.engine.solve.targets import Amounts, Target
from app.engine.solve.weeks import Priced, Weeks

NEARLY = 1e-5
"""Bounds are whole numbers after rounding up; this much is rounding error."""

HOPELESS = 1 / 3
"""The part of the time after which a bound on journeys that is still no better than nothing is given up."""

PER_WEEK = 8
"""Weeks that join for a visitor in one round, at most."""

SOFT = 50.0
HARDER = 3.0
CALM = 0.5
CLOSE = 0.05
"""What missing a held value by one costs at first; how much dearer it becomes where it is missed when the bound is as
close as this."""

RECENT = 3
"""Where time runs out, the visits of so many answers are worth trying."""

_log = logging.getLogger(__name__)


class HopelessError(UnsolvedError):
    """The time will be up long before the prices point anywhere."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Relaxed:
    """A solved relaxation. No plan costs less than `value`, nor than `value` plus the price of what it holds.

    `prices` are those of single visits; `weeks` those of weeks, where columns are weeks. `held` are the visits of the
    answer, by week.
    """

    value: float
    prices: Floats
    duals: Floats
    weeks: tuple[Priced, ...] = ()
    held: tuple[Bundle, ...] = ()
    complete: bool = False
    """Whether all columns and rows that matter have joined."""


class Relaxation:
    """The linear program of one matching, from priority to priority."""

    def __init__(self, arena: Arena, *, threads: int, seed: int) -> None:
        self.arena = arena
        self.master = Master(arena, threads=threads, seed=seed)
        self.separator = Separator(arena)
        self.visits = Visits(arena)
        self.weeks: Weeks | None = None
        self.targets: list[Target] = []
        self.master.add_rows(first_rows(arena))
        self.hosts = Hosts(arena, self.master)
        self.add_visits(self.visits.start(), None)

    # columns ------------------------------------------------------------------------------------------------------

    def turn_to_weeks(self) -> None:
        """From now on a column is a visitor's whole week."""
        self.weeks = Weeks(self.arena, self.visits.alive)
        self.master.turn_to_weeks()
        self.separator = Separator(self.arena)

    def add_plan(self, plan: frozenset[Pair], target: Target) -> None:
        """The plan must be possible in the program."""
        if self.weeks is not None:
            for pair in plan:
                self.weeks.alive[pair] = True
        missing = [one for one in bundles_of(plan, self.arena.day, self.master.part) if one not in self.master.at]
        if self.weeks is not None:
            self._add_weeks(missing)
        else:
            self.add_visits(missing, target)

    def add_visits(self, bundles: list[Bundle], target: Target | None) -> None:
        """Let these visits join."""
        costs = [0.0 if target is None else cost_of(target, one, 0) for one in bundles]
        self.master.add_bundles(bundles, costs)
        self.visits.pooled(bundles)

    def _add_weeks(self, bundles: list[Bundle]) -> None:
        roads = [week_road(self.arena, *one) for one in bundles]
        self.master.add_bundles(bundles, [0.0] * len(bundles), roads)

    # the program --------------------------------------------------------------------------------------------------

    def solve(self, target: Target, *, until: float, bounded: Callable[[float], None]) -> Relaxed | None:
        """Solve until every row and column that matters has joined, or the time is up. None: there was no answer yet.

        `bounded` hears of every bound on the way.
        """
        work = self._solve_visits(target, until)
        if self.weeks is not None:
            work = self._solve_weeks(self.weeks, target, until)
        best: Relaxed | None = None
        last: Relaxed | None = None
        recent: deque[tuple[Bundle, ...]] = deque(maxlen=RECENT)
        try:
            for found in work:
                if best is None or found.value > best.value:
                    best = found
                    bounded(found.value)
                last = found
                recent.append(found.held)
        except UnsolvedError as error:
            if time.monotonic() < until and not isinstance(error, HopelessError):
                raise
            return None if best is None else replace(best, held=tuple(dict.fromkeys(chain(*recent))))
        return None if last is None else replace(last, complete=True)

    def _solve_visits(self, target: Target, until: float) -> Iterator[Relaxed]:
        cut, grown = False, True
        while grown:
            price_columns(self.master, target)
            answer = self.master.solve(rows_joined=cut, seconds=until - time.monotonic())
            if cut := bool(self.cut(self.master, answer.columns)):
                continue
            prices = self.master.reduced(target.matrix, answer.duals)
            offered, gain = self._offer(target, answer.duals)
            gain += self.visits.gain(prices)
            visits = self.visits.offer(prices)
            self.add_visits(visits, target)
            yield self._told(answer, Relaxed(value=answer.value + gain, prices=prices, duals=answer.duals))
            grown = bool(visits) or bool(offered)

    def _solve_weeks(self, source: Weeks, target: Target, until: float) -> Iterator[Relaxed]:
        """The same for weeks. Held values leave the program no room, so that prices would run wild: they may be missed,
        at a cost that rises as long as they are."""
        began = time.monotonic()
        soft = self.master.soften([one.held for one in self.targets if one.held is not None], SOFT)
        cut, middle, most = False, np.zeros(0), -np.inf
        calm = CALM
        while True:
            price_columns(self.master, target)
            answer = self.master.solve(rows_joined=cut, seconds=until - time.monotonic())
            if cut := bool(self.cut(self.master, answer.columns)):
                continue
            aside = {helper for one in self.targets for helper in one.offered}
            middle = np.concatenate([middle, np.zeros(len(answer.duals) - len(middle))])
            smooth = calm if np.isfinite(most) and answer.value - most > 0.002 * abs(answer.value) else 0.0
            duals, value = self.master.lagrange(smooth * middle + (1 - smooth) * answer.duals, target.costs, aside)
            prices = self.master.reduced(target.matrix, duals)
            road = (1.0 if target.travel else 0.0) - self.master.travel_price(duals)
            weeks = tuple(
                source.price(prices, road, v, self.master.week_price(duals, v)) for v in range(self.arena.shape[0])
            )
            offered, gain = self._offer(target, duals)
            value += gain + sum(one.least for one in weeks)
            cheap = self._cheap_weeks(weeks)
            self._add_weeks(cheap)
            held = tuple(self.master.bundles[at] for at in np.flatnonzero(answer.columns > NEARLY).tolist())
            held = tuple(one for one in held if one is not HELPER)
            yield self._told(answer, Relaxed(value=value, prices=prices, duals=duals, weeks=weeks, held=held))
            if value > most:
                middle, most = duals, value
            if target.travel and most <= 0 and time.monotonic() - began > HOPELESS * (until - began):
                raise HopelessError
            missed = [at for at in soft if answer.columns[at] > NEARLY]
            if missed and answer.value - value < CLOSE * abs(answer.value):
                for at in missed:
                    self.master.soft[at] *= HARDER
            elif not (cheap or offered):
                if not smooth:
                    return
                calm = 0.0
            else:
                calm = CALM

    def _told(self, answer: Answer, found: Relaxed) -> Relaxed:
        _log.debug("round: %.4f, at least %.4f, %d columns, %d rows", answer.value, found.value, len(answer.columns),
                   len(answer.duals))  # fmt: skip
        return found

    def _offer(self, target: Target, duals: Floats) -> tuple[int, float]:
        """Let helpers join; how many, and what helpers that are not there could gain."""
        grown, gain = 0, 0.0
        for one in self.targets:
            if one.offer is not None:
                offered, best = one.offer(duals, one is target, -1e-6)
                grown, gain = grown + offered, gain + best
        return grown, gain

    def cut(self, master: Master, columns: Floats, *, whole: bool = False) -> list[Row]:
        """Add the rows that these values of columns break; those of `whole` days never break a day."""
        amounts = amounts_of(master, columns)
        helpers = columns[master.helper_at] if master.helper_at else np.zeros(0)
        # Pricing sees what two visits of a day break, but not what three do.
        rows = self.separator.broken(amounts, whole_days=whole)
        rows += self.looks(amounts, helpers)
        rows = rows or self.separator.mixed(amounts)
        self.master.add_rows(rows)
        return rows

    def looks(self, amounts: Amounts, helpers: Floats) -> list[Row]:
        """The rows that tie helpers to visits and that these values break."""
        rows = self.hosts.look(amounts, helpers)
        for target in self.targets:
            if target.look is not None:
                rows += target.look(amounts, helpers)
        return rows

    def _cheap_weeks(self, weeks: tuple[Priced, ...]) -> list[Bundle]:
        found: list[Bundle] = []
        for v, priced in enumerate(weeks):
            mine: list[Bundle] = []
            for cost, slots in priced.weeks:
                if cost >= -1e-6 or len(mine) == PER_WEEK:
                    break
                if slots and (v, slots) not in self.master.at and (v, slots) not in mine:
                    mine.append((v, slots))
            found += mine
        return found


def price_columns(master: Master, target: Target) -> None:
    """Set every column's cost in this target."""
    costs = np.zeros(len(master.bundles))
    for at, bundle in enumerate(master.bundles):
        if bundle is not HELPER:
            costs[at] = cost_of(target, bundle, master.roads[at])
    for helper, cost in target.costs.items():
        costs[master.helper_at[helper]] = cost
    for at, cost in master.soft.items():
        costs[at] = cost
    master.set_costs(costs)


def cost_of(target: Target, bundle: Bundle, road: int) -> float:
    """What a column costs in this target."""
    cost = float(road) if target.travel else 0.0
    if target.matrix is not None:
        cost += float(sum(target.matrix[bundle[0], slot] for slot in bundle[1]))
    return cost


def amounts_of(master: Master, columns: Floats) -> Amounts:
    """How much of each visit these columns hold."""
    amounts: Amounts = {}
    for at in np.flatnonzero(columns > NEARLY).tolist():
        bundle = master.bundles[at]
        if bundle is not HELPER:
            for slot in bundle[1]:
                pair = (bundle[0], slot)
                amounts[pair] = amounts.get(pair, 0.0) + float(columns[at])
    return amounts
