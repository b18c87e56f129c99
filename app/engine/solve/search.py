"""Better plans and proofs by small integer programs over few columns: visits, or whole days where prices are by week.

What costs more than the gap between the best plan and the bound can be in no better plan. Where no program ends in
time, the same is tried for some visitors at a time.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np

from app.engine.solve.arena import Bools, Floats, Pair
from app.engine.solve.best import Best, Plan
from app.engine.solve.integer import Small, solve_small
from app.engine.solve.master import HELPER, INF, Bundle, Master, Part, bundles_of
from app.engine.solve.relax import NEARLY, Relaxation, Relaxed, price_columns
from app.engine.solve.roads import week_road
from app.engine.solve.targets import Target
from app.engine.solve.weeks import TooManyError, days_within

TINY = NEARLY * 50
"""Added to every limit on prices, against rounding."""

SOME_VISITORS = 8
IDLE_TRIES = 12
LOCAL_ROOM = 600
LOCAL_NODES = 60
"""A try for a better plan: visitors at first, tries in a row without success, columns that join, nodes of a search."""

KNOWN_DAYS = 4_000
"""Days at most, beyond those of the linear program's answer, that the first program has."""

FIRST_LIMIT = 2.0
LISTED = 5
SOME_LISTED = 20_000
NARROWINGS = 4
"""How days within a price are listed: the first price; so many times the days wanted, and so many more, before there
are too many; how often it is tried then, between the last price and that."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choice:
    """Columns for an integer program, and the price up to which none is missing."""

    bundles: list[Bundle]
    within: float


class Search:
    """Integer programs for one matching."""

    def __init__(self, relaxation: Relaxation, best: Best, *, threads: int, seed: int) -> None:
        self._relaxation = relaxation
        self._best = best
        self._options = (threads, seed)
        self._seed = seed

    # which columns ------------------------------------------------------------------------------------------------

    def known(self, relaxed: Relaxed, limit: float) -> Choice:
        """The columns of the linear program, up to that price."""
        now = self._relaxation
        if now.weeks is not None:
            choice = Choice(bundles=[], within=-INF)
            if relaxed.complete:  # else the prices point nowhere yet
                choice = self._near_days(relaxed, limit, KNOWN_DAYS, None)
            mine = [
                (v, day)
                for v, slots in relaxed.held
                for _, day in bundles_of(((v, slot) for slot in slots), now.arena.day, Part.DAY)
            ]
            sound = [one for one in mine if self._sound(*one)]
            return Choice(bundles=[*dict.fromkeys((*sound, *choice.bundles))], within=choice.within)
        alive = now.visits.alive & (relaxed.prices <= limit + TINY)
        bundles = [one for one in now.master.bundles if one is not HELPER and alive[one[0], one[1][0]]]
        return Choice(bundles=bundles, within=limit)

    def near(self, relaxed: Relaxed, limit: float, room: int, free: Bools | None = None) -> Choice:
        """The cheapest columns up to the limit, few more than fit in the room. With `free`, of these visitors only."""
        if self._relaxation.weeks is not None:
            return self._near_days(relaxed, limit, room, free)
        now = self._relaxation
        for one in now.targets:
            if one.offer is not None:
                one.offer(relaxed.duals, one is self._target, limit + TINY)
        prices = now.visits.missing(relaxed.prices)
        if free is not None:
            prices = np.where(np.repeat(free, now.arena.shape[1]), prices, INF)
        near = np.flatnonzero(prices <= limit + TINY)
        if len(near) > room:
            order = np.argsort(prices[near], kind="stable")
            limit = float(prices[near[order[room]]]) - TINY
            near = np.sort(near[order[:room]])
        slots = now.arena.shape[1]
        now.add_visits([(at // slots, (at % slots,)) for at in near.tolist()], self._target)
        return self.known(relaxed, limit)

    def _near_days(self, relaxed: Relaxed, limit: float, room: int, free: Bools | None) -> Choice:
        now = self._relaxation
        visitors = range(len(relaxed.weeks)) if free is None else np.flatnonzero(free).tolist()
        for one in now.targets:
            if one.offer is not None:
                one.offer(relaxed.duals, one is self._target, limit + TINY)
        found: list[tuple[float, Bundle]] = []
        reached, upto, beyond, narrowings = -INF, min(limit, FIRST_LIMIT), INF, 0
        while narrowings < NARROWINGS:
            try:
                found, reached = self._days_within(relaxed, visitors, upto + TINY, LISTED * room + SOME_LISTED), upto
            except TooManyError:
                beyond = upto
            if reached >= limit or len(found) > room:
                break
            narrowings += beyond < INF
            upto = min(limit, reached * 1.6, (reached + beyond) / 2) if reached >= 0 else beyond / 8
        if len(found) > room:
            found.sort()
            reached = found[room][0] - TINY
            del found[room:]
        return Choice(bundles=[bundle for _, bundle in found], within=reached)

    def _days_within(
        self, relaxed: Relaxed, visitors: Iterable[int], upto: float, most: int
    ) -> list[tuple[float, Bundle]]:
        found: list[tuple[float, Bundle]] = []
        for v in visitors:
            found += (
                (cost, (v, day))
                for cost, day in days_within(relaxed.weeks[v], upto, most - len(found))
                if self._sound(v, day)
            )
        return found

    def _gap(self, relaxed: Relaxed) -> float:
        return self._best.reached(self._target) - relaxed.value

    def _sound(self, v: int, day: tuple[int, ...]) -> bool:
        """Whether these visits can stand together. Of two visits without pins the prices know."""
        held = self._relaxation.arena
        pins = held.pins_on.get((v, int(held.day[day[0]])), ())
        if len(day) < 3 and not pins:
            return True
        if len(day) > 2:
            at = list(day)
            if held.clash[np.ix_(at, at)].any():
                return False
            if held.view.week.same_team_once and len(set(held.team[at].tolist())) < len(at):
                return False
        return held.eats(v, int(held.day[day[0]]), day)

    # one program --------------------------------------------------------------------------------------------------

    def begin(self, target: Target) -> None:
        """From now on this priority is the cost."""
        self._target = target

    def small(self, choice: Choice, *, seconds: float, nodes: int = 0, free: Bools | None = None) -> Small:
        """Look for the best plan over these columns; what none of them undercuts.

        Visitors who are not `free` keep what they have, and the bound holds for such plans alone.
        """
        now, best, target = self._relaxation, self._best, self._target
        ends = time.monotonic() + seconds
        while True:
            part = Part.VISIT if now.weeks is None else Part.DAY
            wanted = dict.fromkeys(choice.bundles)
            if free is not None:
                wanted = dict.fromkeys(one for one in wanted if free[one[0]])
            start = bundles_of(best.plan, now.arena.day, part)
            wanted.update(dict.fromkeys(start))
            pairs = sorted({(v, slot) for v, slots in wanted for slot in slots})
            now.master.add_rows(now.looks(dict.fromkeys(pairs, 1.0), np.zeros(len(now.master.helper_at))))
            master = self._program(part, list(wanted))
            price_columns(master, target)
            keep = np.array([one is HELPER or one in wanted for one in master.bundles], dtype=np.bool_)
            first = np.zeros(len(keep), dtype=np.bool_)
            first[[master.at[one] for one in start]] = True
            rows = now.separator.every(pairs, whole_days=part is Part.DAY)
            small = solve_small(
                master, keep, first, rows=rows, step=target.step, seconds=ends - time.monotonic(), nodes=nodes,
                options=self._options, found=partial(self._hear, master),
            )  # fmt: skip
            if small.columns is None:
                return small
            if now.cut(master, small.columns, whole=True):
                if time.monotonic() > ends:
                    return Small(columns=None, bound=-INF, complete=False)
                continue
            best.consider(_read(master, small.columns))
            _log.debug(
                "within %.2f: %d columns, %d rows: %.2f, reached %.0f, %s", choice.within, keep.sum(),
                len(master.rows) + len(rows), small.bound, best.reached(target), small.complete,
            )  # fmt: skip
            return small

    def _program(self, part: Part, bundles: list[Bundle]) -> Master:
        now = self._relaxation
        if part is Part.VISIT:
            return now.master
        made = now.master.by(Part.DAY)
        made.add_bundles(bundles, [0.0] * len(bundles), [week_road(now.arena, *one) for one in bundles])
        return made

    def _hear(self, master: Master, columns: Floats) -> None:
        self._best.consider(_read(master, columns))

    # some visitors at a time --------------------------------------------------------------------------------------

    def improve(self, relaxed: Relaxed, *, until: float) -> None:
        """Solve again for some visitors at a time, until several tries in a row found nothing better."""
        best = self._best
        visitors = self._relaxation.arena.shape[0]
        lots = np.random.default_rng(self._seed)
        count, idle = min(visitors, SOME_VISITORS), 0
        while not best.proved() and idle < IDLE_TRIES and time.monotonic() < until:
            before = best.key
            free = self._some_visitors(count, lots)
            reach = self._gap(relaxed)
            choice = self.near(relaxed, reach, LOCAL_ROOM, free)
            left = until - time.monotonic()
            small = self.small(choice, seconds=max(0.1, min(left, left * 0.2 + 0.5)), nodes=LOCAL_NODES, free=free)
            idle = 0 if best.key < before else idle + 1
            if small.complete and count == visitors:
                return
            if not small.complete:
                count = max(3, count * 3 // 4)
            elif idle:
                count = min(visitors, count * 5 // 4 + 1)

    def _some_visitors(self, count: int, lots: np.random.Generator) -> Bools:
        """One visitor and those who could have what that one could, or simply some: who changes places together."""
        may = self._relaxation.arena.open
        first = int(lots.integers(may.shape[0]))
        likeness = (may & may[first]).sum(axis=1) / np.sqrt(np.maximum(1, may.sum(axis=1)))
        weight = likeness if lots.random() < 0.5 else np.ones(len(may))
        order = np.argsort(-weight * lots.random(len(may)), kind="stable")
        free = np.zeros(len(may), dtype=np.bool_)
        free[order[:count]] = True
        free[first] = True
        return free


def _read(master: Master, columns: Floats) -> Plan:
    """The visits of an integer solution."""
    found: set[Pair] = set()
    for at in np.flatnonzero(columns > 0.5).tolist():
        bundle = master.bundles[at]
        if bundle is not HELPER:
            found |= {(bundle[0], slot) for slot in bundle[1]}
    return frozenset(found)
