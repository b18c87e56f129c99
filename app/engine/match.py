"""Matching a week: a child process solves, this side listens, judges what comes, and keeps the best."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.connection import Connection

from app.engine import goals, unmet
from app.engine.news import News
from app.engine.pairs import Pairs, faults, in_order, with_pairs
from app.engine.process import settle, started
from app.engine.worker import Done, Failed, Job, light
from app.errors import Refused
from app.models.findings import Reached, Unmet
from app.models.view import WeekView
from app.models.week import Priority

_log = logging.getLogger(__name__)
_TICK = 0.1
"""Seconds between looks at whether somebody cancelled."""
_FIRST_PLAN = 3.0
"""Seconds that somebody who stops before there is any plan is kept waiting for the first."""


class Status(StrEnum):
    """How a matching ended: all asked priorities proved, time ran out first, or somebody stopped it."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a matching stands. `pairs` are the best whole plan so far, as (person id, slot id)."""

    priority: Priority | None
    value: int | None
    bound: int | None
    seconds: float
    pairs: Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """The end of a matching. `pairs` is the whole set of counted visits, pins included, by date, start, visitor."""

    status: Status
    seconds: float
    pairs: tuple[tuple[str, str], ...]
    reached: tuple[Reached, ...]
    unmet: tuple[Unmet, ...]


@dataclass(slots=True, kw_only=True)
class _Heard:
    """What the child has told so far."""

    plans: list[Pairs] = field(default_factory=list)
    bounds: dict[Priority, int] = field(default_factory=dict)
    done: bool = False
    failed: str = ""


def match(
    view: WeekView,
    *,
    priorities: tuple[Priority, ...] | None = None,
    without: Pairs = frozenset(),
    known: Iterable[Pairs] = (),
    floors: Mapping[Priority, int] = goals.NO_VALUES,
    patience: Mapping[Priority, float] = goals.NO_VALUES,
    seconds: float = 60,
    workers: int = 2,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Matching:
    """Match the week by the priorities in turn (default: the week's), from the visits it has.

    Pinned visits stay, and no plan holds a pair of `without`. `known` are plans to begin with, the best of them first.
    `floors` are what no plan beats in a priority where those before it are at theirs; `patience` is how many seconds
    a priority may take at most.

    `seconds` bounds the whole matching. When `cancelled` says so, or at Ctrl+C, the child is
    killed and the best plan so far is the answer, with status `stopped`; stopped before there is any, the first
    is waited for a moment.

    Raises Refused("matching-failed") where the solver's process ended before any plan was there, and
    Refused("stopped") where somebody stopped it so early and would not wait.
    """
    began = time.monotonic()
    order = goals.order(view, priorities)
    job = Job(
        plan=light(view.plan, view.week.id), week_id=view.week.id, order=order, without=without, known=tuple(known),
        floors=dict(floors), patience=dict(patience), began=time.time(), seconds=seconds, workers=workers, seed=seed,
    )  # fmt: skip
    heard = _Heard()
    stopped = False
    child = started()
    try:
        with contextlib.suppress(BrokenPipeError, ConnectionError):  # a child that has died is heard of below
            child.wire.send(job)
        stopped = _listen(child.wire, heard, began, seconds, progress, cancelled)
    except KeyboardInterrupt:
        stopped = True
    finally:
        child.end(at_once=not heard.done)
        settle()
    pairs = _judged(view, heard)
    if pairs is None:
        if stopped:
            raise Refused("stopped")
        raise Refused("matching-failed", reason=heard.failed or f"ended with code {child.exit_code}")
    if heard.failed:
        _log.warning("matching ended early: %s", heard.failed)
    return _matching(view, order, heard, pairs, stopped=stopped, seconds=time.monotonic() - began)


def _listen(
    ours: Connection,
    heard: _Heard,
    began: float,
    seconds: float,
    progress: Callable[[Progress], None] | None,
    cancelled: Callable[[], bool] | None,
) -> bool:
    """Hear the child out, until it is done or time is up; whether somebody stopped it."""
    asked: float | None = None
    while True:
        left = began + seconds - time.monotonic()
        if asked is None and cancelled is not None and cancelled():
            asked = time.monotonic()
        if asked is not None and (heard.plans or time.monotonic() > asked + _FIRST_PLAN):
            return True
        if left <= 0 and (heard.plans or left < -10):
            return False
        if not ours.poll(min(_TICK, max(left, 0.01))):
            continue
        try:
            news = ours.recv()
        except (EOFError, OSError):  # where it left something unread, its end is a connection reset
            heard.failed = heard.failed or "the solver's process ended by itself"
            return False
        if isinstance(news, Done):
            heard.done = True
            return False
        if isinstance(news, Failed):
            heard.failed = news.reason
            return False
        _take(news, heard)
        if progress is not None and heard.plans:
            progress(
                Progress(
                    priority=news.priority, value=news.value, bound=news.bound,
                    seconds=time.monotonic() - began, pairs=heard.plans[-1],
                )
            )  # fmt: skip


def _take(news: News, heard: _Heard) -> None:
    heard.bounds = {**news.floors, **heard.bounds}
    if news.pairs is not None:
        heard.plans.append(news.pairs)
    if news.priority is not None and news.bound is not None:
        heard.bounds[news.priority] = news.bound


def _judged(view: WeekView, heard: _Heard) -> Pairs | None:
    """The last plan that the referee finds nothing wrong with. The solver is never its own referee."""
    for pairs in reversed(heard.plans):
        if broken := faults(with_pairs(view, pairs)):
            _log.error("a proposed plan breaks rules: %s", broken[:3])
            continue
        return pairs
    return None


def _matching(
    view: WeekView, order: tuple[Priority, ...], heard: _Heard, pairs: Pairs, *, stopped: bool, seconds: float
) -> Matching:
    planned = with_pairs(view, pairs)
    reached = reached_by(goals.values(planned, view), order, heard.bounds)
    if stopped:
        status = Status.STOPPED
    elif all(one.proved for one in reached if one.asked):
        status = Status.OPTIMAL
    else:
        status = Status.FEASIBLE
    return Matching(
        status=status, seconds=seconds, pairs=in_order(view, pairs), reached=reached, unmet=unmet.unmet(planned)
    )


def reached_by(
    values: Mapping[Priority, int], order: tuple[Priority, ...], bounds: Mapping[Priority, int]
) -> tuple[Reached, ...]:
    """Every priority with its value: those asked in their order with their bounds, then the others."""
    others = tuple(priority for priority in values if priority not in order)
    return tuple(
        Reached(
            priority=priority,
            value=values[priority],
            bound=bounds.get(priority) if priority in order else None,
            proved=priority in order and bounds.get(priority) == values[priority],
            asked=priority in order,
        )
        for priority in (*order, *others)
        if priority in values
    )
