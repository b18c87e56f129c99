"""The matcher as repairs use it: a week and plans that are there already in, a better plan and its bounds out."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.engine.match import Progress, match
from app.engine.pairs import Pairs
from app.models.view import WeekView
from app.models.week import Priority

Enough = Callable[[Priority | None, float], bool]
"""Whether to stop now: told the priority at work and the seconds gone."""

Solve = Callable[[WeekView, Pairs, tuple[Pairs, ...], float, Enough], tuple[Pairs, dict[Priority, int]]]
"""The matcher: a week, visits that no plan may hold, plans that are there already, seconds, and when to stop."""


def matcher(workers: int, seed: int, cancelled: Callable[[], bool] | None) -> Solve:
    """The matcher in a process of its own."""

    def solve(
        week: WeekView, without: Pairs, known: tuple[Pairs, ...], seconds: float, enough: Enough
    ) -> tuple[Pairs, dict[Priority, int]]:
        at_work: list[tuple[Priority | None, float]] = []

        def heard(news: Progress) -> None:
            at_work.append((news.priority, time.monotonic()))

        def stop() -> bool:
            if cancelled is not None and cancelled():
                return True  # and time runs from the first news: until then the process is only starting
            return bool(at_work) and enough(at_work[-1][0], time.monotonic() - at_work[0][1])

        found = match(
            week, without=without, known=known, seconds=seconds, workers=workers, seed=seed, progress=heard,
            cancelled=stop,
        )  # fmt: skip
        bounds = {one.priority: one.bound for one in found.reached if one.bound is not None}
        return frozenset(found.pairs), bounds

    return solve
