"""The matcher without a process of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.engine import goals
from app.engine.match import Matching, Status, reached_by
from app.engine.news import News
from app.engine.pairs import Pairs, in_order, with_pairs
from app.engine.solve import settled
from app.models.view import WeekView
from app.models.week import Priority


def solved_here(
    view: WeekView,
    order: tuple[Priority, ...] | None = None,
    *,
    without: Pairs = frozenset(),
    known: Iterable[Pairs] = (),
    floors: Mapping[Priority, int] = goals.NO_VALUES,
) -> tuple[Pairs, dict[Priority, int]]:
    """The plan and the bounds."""
    heard: list[News] = []
    settled.run(
        view, order or goals.order(view), without=without, known=known, floors=floors, seconds=60, threads=1, seed=0,
        heard=heard.append,
    )  # fmt: skip
    bounds = {one.priority: one.bound for one in heard if one.priority is not None and one.bound is not None}
    return [news.pairs for news in heard if news.pairs is not None][-1], bounds


def matched_here(
    view: WeekView,
    *,
    without: Pairs = frozenset(),
    known: Iterable[Pairs] = (),
    floors: Mapping[Priority, int] = goals.NO_VALUES,
    **_: object,
) -> Matching:
    """What `match` gives."""
    pairs, bounds = solved_here(view, without=without, known=known, floors=floors)
    reached = reached_by(goals.values(with_pairs(view, pairs), view), goals.order(view), bounds)
    return Matching(status=Status.OPTIMAL, seconds=0.0, pairs=in_order(view, pairs), reached=reached, unmet=())
