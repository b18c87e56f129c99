"""Matching a published week: whom to tell is settled first; then only what concerns these people may change at all.

Whoever need not be told keeps every visit and gets none. So what is left to choose after `told` is a small part of
the week, however large the whole.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

import numpy as np

from app.engine import goals
from app.engine.news import News
from app.engine.pairs import Pairs, with_pairs, with_pins
from app.engine.solve.arena import Arena, Bools, Pair
from app.engine.solve.best import Heard
from app.engine.solve.draft import as_far_as_it_goes, holds
from app.engine.solve.floors import floors_of
from app.engine.solve.turns import Turns
from app.models.view import WeekView
from app.models.week import Priority

TRIES = 2
"""How many people more than must be told in any plan are tried before all is open again."""


class _UnsettledError(Exception):
    """Among these visits no plan tells as few people as was hoped: `proved`, or time was up before one was found."""

    def __init__(self, *, proved: bool) -> None:
        super().__init__()
        self.proved = proved


def run(
    view: WeekView,
    order: tuple[Priority, ...],
    *,
    without: Pairs,
    known: Iterable[Pairs],
    floors: Mapping[Priority, int] = goals.NO_VALUES,
    patience: Mapping[Priority, float] = goals.NO_VALUES,
    seconds: float,
    threads: int,
    seed: int,
    heard: Heard,
) -> None:
    """Match the week by the priorities in turn.

    `known` are plans to begin with, as far as they break no rule; `floors` and `patience` as in `Turns`.
    """
    ends = time.monotonic() + seconds
    plans = list(known)

    def turns(week: WeekView, some: tuple[Priority, ...], tell: Heard, may: Bools | None = None) -> Turns:
        made = Turns(
            week,
            some,
            without=without,
            may=may,
            floors=floors,
            patience=patience,
            seconds=ends - time.monotonic(),
            threads=threads,
            seed=seed,
            heard=tell,
        )
        for plan in plans:
            made.consider(as_far_as_it_goes(made.arena, sorted(_places(made.arena, plan))))
        return made

    def values(of: Turns) -> dict[Priority, int]:
        plans.append(of.arena.named((*of.arena.pins, *of.best)))
        return goals.values(with_pairs(view, plans[-1]), view)

    if Priority.TOLD not in order[:-1]:
        turns(view, order, heard).run()
        return
    before, head = order[: order.index(Priority.TOLD)], order[: order.index(Priority.TOLD) + 1]
    first = turns(view, before, heard)
    heard(News(priority=None, floors=floors_of(order, first.arena)))
    if before:
        first.run()
    reached = values(first)
    if any(first.bounds.get(one) != reached[one] for one in before):  # time is up
        return
    sure = _surely_told(first.arena)
    for spare in range(TRIES):
        try:
            _settled(turns, view, order, heard, first.arena, {**reached, Priority.TOLD: len(sure) + spare})
        except _UnsettledError as tried:
            if not tried.proved:
                break
        else:
            return
    second = turns(view, head, heard)
    second.run()
    reached = values(second)
    if second.bounds.get(Priority.TOLD) == reached[Priority.TOLD]:
        with suppress(_UnsettledError):
            _settled(turns, view, order, heard, first.arena, reached)


def _settled(
    turns: Callable[[WeekView, tuple[Priority, ...], Heard, Bools], Turns],
    view: WeekView,
    order: tuple[Priority, ...],
    heard: Heard,
    arena: Arena,
    hoped: Mapping[Priority, int],
) -> None:
    """Match among what plans may change that tell only so many; raises where none of them reaches what is hoped."""
    at = order.index(Priority.TOLD)
    may, fixed = _free_to_change(arena, hoped[Priority.TOLD])

    def hear(news: News) -> None:
        if news.priority is None or order.index(news.priority) > at:
            heard(replace(news, floors={}))  # they hold among these visits alone
            return
        if news.pairs is not None:
            heard(News(priority=None, pairs=news.pairs))
        if news.finished and news.value != hoped[news.priority]:
            raise _UnsettledError(proved=news.bound == news.value)
        if news.finished and news.priority is Priority.TOLD:
            heard(replace(news, bound=news.value))

    if not holds(arena, sorted(fixed)):
        raise _UnsettledError(proved=True)
    turns(with_pins(view, arena.named(fixed)), order, hear, may).run()


def _surely_told(arena: Arena) -> set[tuple[str, object]]:
    """Whom every plan tells: visitors and hosts of promised visits that cannot stay and of new pins."""
    return {
        who
        for v, s in set(arena.pins) ^ arena.promised
        if not ((v, s) in arena.promised and arena.open[v, s])
        for who in (("visitor", v), ("host", arena.host[s]))
    }


def _free_to_change(arena: Arena, told: int) -> tuple[Bools, set[Pair]]:
    """Visits that a plan may hold which tells so many people; promised ones that every such plan keeps."""
    sure = _surely_told(arena)
    spare = told - len(sure)
    visitors = np.array([("visitor", v) not in sure for v in range(arena.shape[0])], dtype=np.int64)
    hosts = np.array([("host", host) not in sure for host in arena.host], dtype=np.int64)
    may = visitors[:, None] + hosts[None, :] <= spare
    return may, {(v, s) for v, s in arena.promised if arena.open[v, s] and not may[v, s]}


def _places(arena: Arena, pairs: Pairs) -> frozenset[Pair]:
    """The pairs as the arena has them, its pins aside."""
    places = {(arena.visitor_at[person], arena.slot_at[slot]) for person, slot in pairs}
    return frozenset(places - set(arena.pins))
