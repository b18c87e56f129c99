"""All priorities in turn: bound each by a linear program, reach it by a small integer one, hold it, go on.

Price-and-fix: the linear program grows by priced columns and by the rows that its answers break. A column whose
reduced cost exceeds the gap between the best plan and the bound can be in no better plan, so the integer program
needs only the few others; with that it is exact.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping

import numpy as np

from app.engine.goals import NO_VALUES
from app.engine.pairs import Pairs
from app.engine.solve.arena import Arena, Bools, arena
from app.engine.solve.best import Best, Heard, Plan
from app.engine.solve.draft import as_it_is, first_plan
from app.engine.solve.integer import Small
from app.engine.solve.master import Row
from app.engine.solve.parts import Parts
from app.engine.solve.relax import NEARLY, Relaxation, Relaxed
from app.engine.solve.search import Search
from app.engine.solve.targets import Target, begin
from app.models.view import WeekView
from app.models.week import Priority

FIRST_ROOM = 1_500
"""How many columns join the first integer program beyond those of the linear one; three times as many each time."""

FIRST_DAYS = 800
"""The same where columns are whole days."""

PROVABLE = 15_000
"""Columns of the largest integer program that is worth a try for a proof alone."""

MOST_DAYS = 40_000
"""Whole days in the largest integer program: none with more has ended within minutes, and memory grows with them."""

PART_SECONDS = 4.0
IDLE_PARTS = 24
"""How long some visitors may take that are matched again by themselves; tries in a row without success."""

TURN = 0.5
"""The part of the time left that a priority may take; what it leaves over serves the later ones."""

RELAX = 0.65
FIRST_LOOK = 0.75
DAYS_LOOK = 0.5
ROUGH_LOOK = 0.8
LOCAL = 0.6
"""Parts of a turn's time left: for the relaxation, for the first integer program (of visits, of days, of either after a
relaxation that did not end), for better plans where that did not end. A program of visits mostly ends, and proves."""

_log = logging.getLogger(__name__)


class Turns:
    """One matching: the relaxation, the best plan so far, and what each priority reached."""

    def __init__(
        self, view: WeekView, order: tuple[Priority, ...], *, seconds: float, threads: int, seed: int, heard: Heard,
        without: Pairs = frozenset(), may: Bools | None = None, floors: Mapping[Priority, int] = NO_VALUES,
        patience: Mapping[Priority, float] = NO_VALUES, part: bool = False,
    ) -> None:  # fmt: skip
        """`without` are pairs that no plan may hold; `may` says the like for every visitor and slot of the week.

        `floors` are what no plan beats in a priority where those before it are at theirs: what the same week
        reached with fewer rules. `patience` is how many seconds a priority may take at most. A `part` of a week
        is small enough to be matched all at once.
        """
        self._ends = time.monotonic() + seconds
        self._order = order
        self._options = {"threads": threads, "seed": seed}
        self.arena: Arena = arena(view, may)
        for person_id, slot_id in without:  # after all else: what a visitor could have at best stays as it is
            self.arena.open[self.arena.visitor_at[person_id], self.arena.slot_at[slot_id]] = False
        self._best = Best(self.arena, order, heard)
        self._floors, self._patience, self._part = floors, patience, part
        better = [self._best.consider(plan) for plan in (first_plan(self.arena), as_it_is(self.arena))]
        if not any(better):
            self._best.tell_plan()

    @property
    def bounds(self) -> dict[Priority, int]:
        """What no plan can beat, in each priority, with those before it held at what they reached."""
        return self._best.bounds

    @property
    def best(self) -> Plan:
        """The visits of the best plan so far, pins aside."""
        return self._best.plan

    @property
    def proved(self) -> bool:
        """Whether no plan can be better in the last priority."""
        return self._best.at + 1 == len(self._order) and self._best.proved()

    def consider(self, plan: Plan) -> bool:
        """Begin from this plan if it keeps the rules and is better than the best so far."""
        return self._best.consider(plan)

    def run(self) -> None:
        """Optimise every priority in order, or until the time is up."""
        self._relaxation = Relaxation(self.arena, **self._options)
        self._search = Search(self._relaxation, self._best, **self._options)
        for at, priority in enumerate(self._order):
            if time.monotonic() > self._ends:
                return
            self._best.at = at
            now, last = time.monotonic(), at + 1 == len(self._order)
            self._until = self._ends if last else now + (self._ends - now) * TURN
            self._until = min(self._until, now + self._patience.get(priority, np.inf))
            self._take_turn(priority, last=last)
            self._best.tell(finished=True)

    def _take_turn(self, priority: Priority, *, last: bool) -> None:
        best, now = self._best, self._relaxation
        if priority is Priority.TRAVEL:
            now.turn_to_weeks()
        target = begin(priority, self.arena, now.master, best.plan)
        now.targets.append(target)
        if target.least is not None:
            best.bounded(target, target.least)
        best.floored(self._floors)
        if not best.proved():
            self._optimise(target, last=last)
        row = Row(upper=best.reached(target), matrix=target.matrix, travel=target.travel, helpers=dict(target.costs))
        target.held = now.master.add_rows([row])[0]

    def _optimise(self, target: Target, *, last: bool) -> None:
        best, now, search = self._best, self._relaxation, self._search
        now.add_plan(best.plan, target)
        search.begin(target)
        until = time.monotonic() + self._left(RELAX)
        relaxed = now.solve(target, until=until, bounded=lambda cost: best.bounded(target, cost))
        if relaxed is None or (target.travel and not relaxed.complete and relaxed.value <= 0):
            if self._goes_in_parts(target):  # too much at once: the prices point nowhere yet
                self._in_parts()
            return
        _log.debug("relaxed to %.4f, reached %.0f", relaxed.value, best.reached(target))
        first: Small | None = None
        known = len(now.master.bundles)
        if not best.proved():  # the program's own columns first: they often hold a plan at the bound
            look = ROUGH_LOOK if not relaxed.complete else FIRST_LOOK if now.weeks is None else DAYS_LOOK
            first = search.small(search.known(relaxed, 1.0), seconds=self._left(look))
        if not relaxed.complete and self._goes_in_parts(target):
            self._in_parts()
            return
        if first is not None and not first.complete:
            search.improve(relaxed, until=time.monotonic() + self._left(LOCAL))
        self._prove(target, relaxed, first, known, last=last)
        if now.weeks is None:
            now.visits.kill(relaxed.prices, best.reached(target) - relaxed.value + NEARLY * 10)

    def _goes_in_parts(self, target: Target) -> bool:
        """Whether better journeys are wanted though they will not be proved."""
        return target.travel and not self._part and Priority.TRAVEL not in self._patience

    def _in_parts(self) -> None:
        """Match some visitors again with everybody else pinned, then others, as long as that finds better plans."""
        best, parts, idle = self._best, Parts(self.arena, seed=self._options["seed"]), 0
        order = best.order[: best.at + 1]
        floors = best.values(best.at)
        while not best.proved() and idle < IDLE_PARTS and time.monotonic() < self._until:
            week, may = parts.next(best.plan)
            part = Turns(
                week, order, seconds=min(PART_SECONDS, self._left(1.0)), threads=self._options["threads"],
                seed=self._options["seed"], heard=lambda _: None, may=may, floors=floors, part=True,
            )  # fmt: skip
            part.consider(frozenset(pair for pair in best.plan if may[pair]))
            part.run()
            before = best.key
            best.consider(frozenset((*part.best, *part.arena.pins)) - frozenset(self.arena.pins))
            better = best.key < before
            parts.went(proved=part.proved, better=better)
            idle = 0 if better else idle + 1
            _log.debug("%d visitors: reached %d", may.any(axis=1).sum(), best.key[best.at])

    def _prove(self, target: Target, relaxed: Relaxed, first: Small | None, known: int, *, last: bool) -> None:
        """Search among ever more columns, until no better plan can hold any other."""
        best, now, search = self._best, self._relaxation, self._search
        room, searched, before = FIRST_ROOM if now.weeks is None else FIRST_DAYS, -1.0, best.key
        while not best.proved() and time.monotonic() < self._until:
            # A better plan costs a step less, and at least the relaxation plus each column's reduced cost.
            needed = best.reached(target) - relaxed.value - target.step + NEARLY * 10
            if searched >= needed:
                break
            # So many columns are no small program: they take all the time, and burden every later turn.
            if not last and searched > -1.0 and best.key == before and self._within(relaxed, needed) > PROVABLE:
                break
            before = best.key
            choice = search.near(relaxed, needed, room)
            searched = choice.within
            if first is None or not first.complete or searched > 1.0 + NEARLY * 20 or len(now.master.bundles) > known:
                small = search.small(choice, seconds=self._left(1.0))
            else:  # it would be the first program again
                small = first
            best.bounded(target, min(small.bound, relaxed.value + searched + NEARLY * 20))
            room *= 3
            if now.weeks is not None and room > MOST_DAYS and not best.proved():
                search.improve(relaxed, until=self._until)
                break

    def _within(self, relaxed: Relaxed, needed: float) -> int:
        """How many columns there would be with all that are within `needed`."""
        if self._relaxation.weeks is not None:
            return 0
        near = self._relaxation.visits.missing(relaxed.prices) <= needed
        return len(self._relaxation.master.bundles) + int(np.count_nonzero(near))

    def _left(self, share: float) -> float:
        """Seconds that a part of this turn may take."""
        return (self._until - time.monotonic()) * share
