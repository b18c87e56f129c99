"""Least-upset repair: ranked mends of an upset week, each a whole plan judged and valued by the referee's code.

Some mends need no solver (just cancel; other places for those hit; stand-ins); the best by the priorities, and the
best with everything free to move, come from the matcher. The order among them is that of the week's priorities, so
after publication the first tells the fewest people that its demand allows.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from app.engine import check, goals, unmet
from app.engine.match import reached_by
from app.engine.mending import Solve, matcher
from app.engine.pairs import Pairs, in_order, with_pairs
from app.engine.process import make_ready
from app.engine.solve.refill import Refill
from app.engine.standing import Standing, standing, stands
from app.engine.upsets import upset_week
from app.errors import Refused
from app.models.change import Verb
from app.models.findings import Broken
from app.models.names import fold
from app.models.people import Attendance
from app.models.repairs import Option, Upset, Way
from app.models.view import WeekView
from app.models.view import view as joined
from app.models.visits import PROMISED, Visit, VisitStatus
from app.models.week import MOST_IS_BEST, Priority

MOST_OPTIONS = 8
LEAST_OPTIONS = 3
PATIENCE, PATIENCE_UNTOLD = 3.0, 1.0
"""Seconds after which the matcher no longer polishes what comes after demand and people to tell, by whether anybody
was told: then little is left to choose, and it hardly ever takes so long."""

GLANCE, LEAST_GLANCE = 0.75, 0.3
"""How long the week anew is looked for, which is there to compare with, once no other mend is: until the repair has
taken so many seconds, and at least so many in any case."""

_UPSET = (Priority.DEMAND, Priority.TOLD, Priority.TOLD_VISITS)


def repair(
    view: WeekView,
    upsets: Iterable[Upset],
    *,
    seconds: float = 30,
    workers: int = 2,
    seed: int = 0,
    cancelled: Callable[[], bool] | None = None,
    solve: Solve | None = None,
) -> tuple[Option, ...]:
    """Mends of the week once the upsets are noted, best first; none where nothing needs mending.

    Without upsets the week is mended as it stands: rules broken by visits that are neither pinned nor permitted, and
    minimums that a better plan would meet. At least three where so many different ones exist. Pinned visits stay,
    except in options that say otherwise, which come last. `seconds` bounds the whole; when `cancelled` says so, the
    mends found so far are the answer. Only an upset that touches no visit gives a single option, to note it.
    """
    given = tuple(upsets)
    week = upset_week(view, given)
    found = _Repairing(view, week, solve or matcher(workers, seed, cancelled), cancelled)
    if solve is None and found.needed:
        make_ready(2)  # they wake while the mends that need no solver are found
    return found.options(seconds, noted=week is not view)


_Solved = tuple[Pairs, dict[Priority, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What the matcher is asked: a week, and visits that no plan may hold."""

    way: Way
    week: WeekView
    without: Pairs


class _Repairing:
    """One repair: the week before, the upset week, what still holds of it, and the mends found."""

    def __init__(self, before: WeekView, week: WeekView, solve: Solve, cancelled: Callable[[], bool] | None) -> None:
        self._began = time.monotonic()
        self._before = before
        self._week = week
        self._solve = solve
        self._cancelled = cancelled
        self._order = goals.order(week)
        self._held: Standing = standing(week, before)
        self._short = goals.values(week)[Priority.DEMAND]
        self._standby = frozenset(visitor.id for visitor in week.visitors.values() if visitor.standby)
        self._came = self._standby & {person for person, _ in self._held.kept}
        """Who came from standby before."""
        self._found: dict[Pairs, tuple[Way, dict[Priority, int]]] = {}
        self._values: dict[Pairs, dict[Priority, int]] = {}
        self._broken: dict[Pairs, tuple[Broken, ...]] = {}
        self._said: dict[Pairs, Option] = {}

    @property
    def needed(self) -> bool:
        """Whether there is anything to mend."""
        return bool(self._held.lost or self._held.broken_pins or self._short)

    def options(self, seconds: float, *, noted: bool) -> tuple[Option, ...]:
        """Everything found, ranked."""
        held = self._held
        if not self.needed:
            return (self._noted(),) if noted else ()
        ends = self._began + seconds
        self._add(Way.CANCEL, held.kept)
        with ThreadPoolExecutor(max_workers=3) as pool:
            under_way: list[tuple[_Task, Future[_Solved | None]]] = []

            def begin(task: _Task) -> None:
                under_way.append((task, pool.submit(self._solved, task, self._known(), ends, under_way)))

            begin(self._task(Way.LEAST, held.pins))  # these take longest: what needs no solver is found beside them
            begin(self._widest())
            self._quick(held.kept, held.lost, held.pins)
            if held.broken_pins:
                lost = held.lost_without_pins | held.broken_pins
                self._quick(held.all - lost, lost, held.pins - held.broken_pins)
            for task in self._more_tasks():
                begin(task)
            self._told_until(lambda: all(future.done() for _, future in under_way))
            for task, future in under_way:
                if (answer := future.result()) is not None:
                    self._take(task, *answer)
        return self._ranked(self._short, noted=noted)

    # without a solver -------------------------------------------------------------------------------------------

    def _quick(self, kept: Pairs, lost: Pairs, pins: Pairs) -> None:
        self._add(Way.CANCEL, kept)
        if self._is_over():
            return
        refill = Refill(self._task(Way.REFILL, pins, standby=True).week, kept, lost, self._standby)
        rebooked = refill.rebooked()
        self._add(Way.REBOOK, kept | rebooked)
        stood_in = refill.stood_in(with_standby=True)
        self._add(Way.STAND_IN, kept | stood_in)
        self._add(Way.STAND_IN, kept | refill.stood_in(with_standby=False))
        both = rebooked | refill.stood_in(with_standby=True, beside=rebooked)
        self._add(Way.REFILL, kept | both)
        self._add(Way.REFILL, kept | both | refill.filled(both))
        self._add(Way.REFILL, kept | refill.filled(frozenset()))
        if len(self._found) <= LEAST_OPTIONS:
            self._add(Way.REBOOK, kept | refill.rebooked(avoid=rebooked))
            self._add(Way.STAND_IN, kept | refill.stood_in(with_standby=True, avoid=stood_in))
            for single in refill.singles(LEAST_OPTIONS):
                self._add(Way.ADD, kept | single)

    # with the solver --------------------------------------------------------------------------------------------

    def _widest(self) -> _Task:
        """The other end of what may be done: the week anew, or where nobody was told, with every visit kept."""
        if self._week.is_published:
            return self._task(Way.ANEW, self._held.pins, promised=False)
        return self._task(Way.REFILL, self._held.pins, promised=True)

    def _more_tasks(self) -> Iterator[_Task]:
        """What the matcher is asked beside both, where pins or standby visitors matter."""
        held = self._held
        if self._standby and self._standby_helps():
            yield self._task(Way.LEAST, held.pins, standby=True)
        if held.broken_pins:
            yield self._task(Way.LEAST, held.pins - held.broken_pins)

    def _known(self) -> tuple[Pairs, ...]:
        """The best mends so far, for the matcher to begin from."""
        return tuple(sorted(self._found, key=self._upset_of)[:LEAST_OPTIONS])

    def _told_until(self, over: Callable[[], bool]) -> None:
        """Make up what is told of the likeliest mends, which takes a while, as long as there is time."""
        for pairs in sorted(self._found, key=self._upset_of)[:MOST_OPTIONS]:
            if over():
                return
            self._said_of(pairs)

    def _solved(
        self,
        task: _Task,
        known: tuple[Pairs, ...],
        ends: float,
        under_way: list[tuple[_Task, Future[_Solved | None]]],
    ) -> _Solved | None:
        if self._is_over() or time.monotonic() > ends:
            return None

        def enough(priority: Priority | None, gone: float) -> bool:
            if task.way is Way.ANEW:
                others = all(future.done() for other, future in under_way if other is not task)
                return others and gone > LEAST_GLANCE and time.monotonic() > self._began + GLANCE
            patience = PATIENCE if task.week.is_published else PATIENCE_UNTOLD
            return gone > patience and priority is not None and priority not in _UPSET

        try:
            return self._solve(task.week, task.without, known, max(0.5, ends - time.monotonic()), enough)
        except Refused:  # the solver's process died: the mends made without it stand
            return None

    def _take(self, task: _Task, pairs: Pairs, bounds: dict[Priority, int]) -> None:
        way, week = task.way, task.week
        stands_by = {pair for pair in pairs - self._held.all if pair[0] in self._standby}
        for pair in sorted(stands_by):  # whoever is on standby comes only where that helps
            if self._upset_of(pairs - {pair}) <= self._upset_of(pairs):
                pairs -= {pair}
        exact = week.is_published == self._week.is_published and way is Way.LEAST
        self._add(way, pairs, bounds if exact and not stands_by and self._pins_of(week) >= self._held.pins else {})

    def _pins_of(self, week: WeekView) -> Pairs:
        return frozenset((visit.person_id, visit.slot_id) for visit in week.counted if visit.pinned)

    def _standby_helps(self) -> bool:
        """Whether a mend found without the solver is better for somebody on standby."""
        best: dict[bool, tuple[int, ...]] = {}
        for pairs in self._found:
            helped = any(person in self._standby for person, _ in pairs - self._held.all)
            best[helped] = min(best.get(helped, self._upset_of(pairs)), self._upset_of(pairs))
        return True in best and (False not in best or best[True] < best[False])

    def _task(self, way: Way, pins: Pairs, *, standby: bool = False, promised: bool | None = None) -> _Task:
        """The upset week as the matcher is to see it: these visits pinned, standby visitors like others.

        Without `standby`, whoever came from there before may keep what they have, and is asked for nothing more.
        """
        plan, week_id = self._week.plan, self._week.week.id
        put: list[Visit | Attendance] = []
        for visit in self._week.visits:
            status = visit.status
            if promised is True and visit.counts and status not in PROMISED:
                status = VisitStatus.PUBLISHED
            elif promised is False and status in PROMISED:
                status = VisitStatus.PROPOSED
            pinned = visit.counts and (visit.person_id, visit.slot_id) in pins
            put.append(replace(visit, status=status, pinned=pinned))
        put += [
            replace(one.attendance, standby=False, min_visits=0)
            for one in self._week.visitors.values()
            if one.standby and (standby or one.id in self._came)
        ]
        more = frozenset((one, slot) for one in self._came for slot in self._week.slots) - self._held.kept
        return _Task(
            way=way, week=joined(plan.apply(plan.edit(Verb.REPAIR, put=put)), week_id),
            without=frozenset() if standby else more,
        )  # fmt: skip

    def _is_over(self) -> bool:
        return self._cancelled is not None and self._cancelled()

    # judging and ranking ----------------------------------------------------------------------------------------

    def _add(self, way: Way, pairs: Pairs, bounds: dict[Priority, int] | None = None) -> None:
        """Note a plan that the referee finds nothing wrong with but what pins and permissions do."""
        if pairs in self._found:
            if bounds:
                self._found[pairs] = (self._found[pairs][0], bounds)
            return
        week = with_pairs(self._week, pairs)
        self._broken[pairs] = check.problems(week).broken
        if stands(week, self._before, self._broken[pairs]):
            self._found[pairs] = (way, bounds or {})

    def _valued(self, pairs: Pairs) -> dict[Priority, int]:
        if pairs not in self._values:
            self._values[pairs] = goals.values(with_pairs(self._week, pairs), self._week)
        return self._values[pairs]

    def _key(self, pairs: Pairs) -> tuple[int, ...]:
        values = self._valued(pairs)
        return tuple(-values[one] if one in MOST_IS_BEST else values[one] for one in self._order)

    def _upset_of(self, pairs: Pairs) -> tuple[int, ...]:
        values = self._valued(pairs)
        return tuple(values[one] for one in _UPSET if one in values)

    def _ranked(self, demand: int, *, noted: bool) -> tuple[Option, ...]:
        held = self._held

        def place(pairs: Pairs) -> tuple[object, ...]:
            with_standby = sum(person in self._standby for person, _ in pairs - held.all)
            drops = len(held.pins - pairs)
            return (drops > 0, self._upset_of(pairs), with_standby, self._key(pairs), sorted(pairs))

        ranked = sorted(self._found, key=place)
        if not (held.lost or held.broken_pins):
            if self._valued(ranked[0])[Priority.DEMAND] >= demand:  # nothing is broken, and nothing better is there
                return (self._noted(),) if noted else ()
            ranked = [pairs for pairs in ranked if pairs != held.all]
        return tuple(self._option(pairs) for pairs in self._few(ranked))

    def _noted(self) -> Option:
        """Nothing to mend: the week as it is, upsets noted."""
        self._found.setdefault(self._held.all, (Way.CANCEL, {}))
        self._broken.setdefault(self._held.all, check.problems(self._week).broken)
        return self._option(self._held.all)

    def _few(self, ranked: list[Pairs]) -> list[Pairs]:
        """The best few; just to cancel, and the week anew, are always among them."""
        if len(ranked) <= MOST_OPTIONS:
            return ranked
        always = [pairs for pairs in ranked if self._found[pairs][0] in (Way.CANCEL, Way.ANEW)]
        others = [pairs for pairs in ranked if pairs not in always][: max(1, MOST_OPTIONS - len(always))]
        return [pairs for pairs in ranked if pairs in always or pairs in others]

    def _option(self, pairs: Pairs) -> Option:
        way, bounds = self._found[pairs]
        return replace(self._said_of(pairs), way=way, reached=reached_by(self._valued(pairs), self._order, bounds))

    def _said_of(self, pairs: Pairs) -> Option:
        """All that an option says of these visits, whoever found them."""
        if pairs not in self._said:
            self._said[pairs] = self._said_anew(pairs)
        return self._said[pairs]

    def _said_anew(self, pairs: Pairs) -> Option:
        week, held = self._week, self._held
        after = with_pairs(week, pairs)
        gone, new = held.all - pairs, pairs - held.all
        drops = bool(gone & held.pins)
        lost = gone & (held.lost_without_pins | held.broken_pins if drops else held.lost)
        return Option(
            way=Way.CANCEL,
            pairs=in_order(week, pairs),
            gone=in_order(week, gone),
            new=in_order(week, new),
            lost=in_order(week, lost),
            dropped_pins=in_order(week, gone & held.pins),
            untouched=gone == lost,
            told=tuple(_told(after, week)) if week.is_published else (),
            retimed=tuple(self._retimed(pairs)),
            reached=(),
            unmet=unmet.unmet(after),
            broken=self._broken[pairs],
        )

    def _retimed(self, pairs: Pairs) -> Iterator[str]:
        names: dict[tuple[str, str], str] = {}
        for visit in self._week.visits:
            slot, old = self._week.slots[visit.slot_id], self._before.slots[visit.slot_id]
            promised = visit.status in PROMISED and (visit.person_id, visit.slot_id) in pairs
            if promised and (slot.day, slot.span) != (old.day, old.span):
                names["visitor", visit.person_id] = self._week.visitors[visit.person_id].name
                names["host", goals.host_identity(slot)] = slot.host or slot.team.name
        yield from names.values()


def _told(after: WeekView, published: WeekView) -> Iterator[str]:
    """The names of everybody to tell again, visitors first, each group in order of names."""
    people, _ = goals.told(after, published)
    hosts = {goals.host_identity(slot): slot.host or slot.team.name for slot in published.slots.values()}
    for kind in ("visitor", "host"):
        named = [
            published.visitors[id_].name if kind == "visitor" else hosts[id_] for sort, id_ in people if sort == kind
        ]
        yield from sorted(named, key=lambda name: (fold(name), name))
