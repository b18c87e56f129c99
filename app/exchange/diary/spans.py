"""Stretches of time as spans of days: joined, and none soft where another is hard."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from app.models.diary import BusySpan

DAY = 24 * 60

Stretch = tuple[dt.datetime, dt.datetime, bool]
"""Start and end in the week's zone, and whether it is soft."""


def spans_of(stretches: list[Stretch], first: dt.date, last: dt.date) -> Iterator[BusySpan]:
    """The stretches day by day, each kind joined; what is hard is not soft as well."""
    days: dict[tuple[dt.date, bool], list[tuple[int, int]]] = defaultdict(list)
    for start, end, soft in stretches:
        day = max(start.date(), first)
        while day <= min(end.date(), last):
            begin = start.hour * 60 + start.minute if start.date() == day else 0
            stop = -(-(end.hour * 3600 + end.minute * 60 + end.second) // 60) if end.date() == day else DAY
            if stop > begin:
                days[day, soft].append((begin, stop))
            day += dt.timedelta(days=1)
    for day in sorted({day for day, _ in days}):
        hard = list(_joined(days.get((day, False), [])))
        soft_ones = list(_joined(_without(_joined(days.get((day, True), [])), hard)))
        spans = [BusySpan(day=day, start=a, end=b) for a, b in hard]
        spans += [BusySpan(day=day, start=a, end=b, soft=True) for a, b in soft_ones]
        yield from sorted(spans)


def _joined(parts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    begin = stop = -1
    for start, end in sorted(parts):
        if start > stop:
            if stop > begin >= 0:
                yield begin, stop
            begin, stop = start, end
        stop = max(stop, end)
    if stop > begin >= 0:
        yield begin, stop


def _without(parts: Iterable[tuple[int, int]], taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in parts:
        begin = start
        for a, b in taken:
            if b <= begin or a >= end:
                continue
            if a > begin:
                yield begin, a
            begin = max(begin, b)
        if begin < end:
            yield begin, end
