"""What painting on the grid of free and busy times does to the rows behind it. Free of Qt.

A stretch that is painted takes its time away from every row that it overlaps, and becomes a row of its own; touching
rows of one kind become one. What was not painted over stays as it is, to the minute.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.document.visits import named
from app.models.change import Edit, Verb
from app.models.names import identity
from app.models.people import Availability, Presence
from app.models.plan import Plan
from app.models.view import ALL_DAY, Span, WeekView, minute, time_at

LAST = 24 * 60 - 1
"""The last minute that a time can name; a row to the end of the day ends there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A stretch of a visitor's day to paint. `presence` None makes it blank."""

    person_id: str
    day: dt.date
    span: Span
    presence: Presence | None


def span_of(row: Availability) -> Span:
    """The stretch of a row in minutes; all day where it names no times."""
    if row.start is None or row.end is None:
        return ALL_DAY
    return Span(minute(row.start), minute(row.end))


def paint(plan: Plan, week_id: str, strokes: Iterable[Stroke]) -> Edit:
    """The one edit of these strokes."""
    days: dict[tuple[str, dt.date], list[Availability]] = {}
    for row in plan.availability.values():
        if row.week_id == week_id:
            days.setdefault((row.person_id, row.day), []).append(row)
    touched: set[tuple[str, dt.date]] = set()
    for stroke in strokes:
        if stroke.span.start >= LAST:  # a row ends at 23:59 at the latest, so nothing can begin then
            continue
        key = (stroke.person_id, stroke.day)
        days[key] = _painted(days.get(key, []), stroke, week_id)
        touched.add(key)
    put, drop = _difference(plan, week_id, {key: days[key] for key in touched})
    edit = plan.edit(Verb.AVAILABILITY, put=put, drop=drop, week_id=week_id)
    people = {person_id for person_id, _ in touched}
    return named(edit, {"who": plan.people[people.pop()].name} if len(people) == 1 else {"count": str(len(people))})


def _painted(rows: list[Availability], stroke: Stroke, week_id: str) -> list[Availability]:
    left = [part for row in rows for part in _without(row, stroke.span)]
    if stroke.presence is None:
        return left
    made = Availability(id="", week_id=week_id, person_id=stroke.person_id, day=stroke.day, presence=stroke.presence)
    return _joined([*left, _spanning(made, stroke.span)], stroke.presence)


def _without(row: Availability, span: Span) -> Iterator[Availability]:
    """What is left of a row beside a stretch."""
    own = span_of(row)
    if not own.overlaps(span):
        yield row
        return
    for part in (Span(own.start, min(own.end, span.start)), Span(max(own.start, span.end), min(own.end, LAST))):
        if part.start < part.end:
            yield _spanning(row, part)


def _joined(rows: list[Availability], presence: Presence) -> list[Availability]:
    """Touching rows of that kind as one."""
    same = sorted((row for row in rows if row.presence is presence), key=span_of)
    found: list[Availability] = []
    for row in same:
        own = span_of(row)
        if found and own.start <= span_of(found[-1]).end:
            before = span_of(found[-1])
            if own.end > before.end:
                found[-1] = _spanning(found[-1], Span(before.start, own.end))
            continue
        found.append(row)
    return [row for row in rows if row.presence is not presence] + found


def _spanning(row: Availability, span: Span) -> Availability:
    """A new row like this one over that stretch; without times where it is the whole day."""
    if span.start <= 0 and span.end >= LAST:
        return replace(row, id="", start=None, end=None)
    return replace(row, id="", start=time_at(span.start), end=time_at(span.end))


def _difference(
    plan: Plan, week_id: str, days: Mapping[tuple[str, dt.date], list[Availability]]
) -> tuple[list[Availability], list[Availability]]:
    """Rows to put, with ids of their own, and rows that are gone. A row that says the same stays the same row."""
    put: list[Availability] = []
    drop: list[Availability] = []
    taken = set(plan.availability)
    week = plan.weeks[week_id].name
    for (person_id, day), rows in days.items():
        old = [
            row
            for row in plan.availability.values()
            if (row.week_id, row.person_id, row.day) == (week_id, person_id, day)
        ]
        kept: set[str] = set()
        for row in rows:
            same = next((one for one in old if one.id not in kept and replace(one, id=row.id) == row), None)
            if same is not None:
                kept.add(same.id)
                continue
            times = "" if row.start is None or row.end is None else f"{row.start:%H:%M}-{row.end:%H:%M}"
            names = (week, plan.people[person_id].name, day.isoformat(), times, row.presence.value)
            found, number = identity("availability", *names), 2
            while found in taken:
                found = identity("availability", *names, str(number))
                number += 1
            taken.add(found)
            put.append(replace(row, id=found))
        drop += [row for row in old if row.id not in kept]
    return put, drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a stretch of a visitor's day holds: one state throughout, or several (`mixed`).

    `diary`: some of it came from the visitor's diary.
    """

    presence: Presence | None
    mixed: bool = False
    diary: bool = False
    parts: tuple[tuple[Span, Presence], ...] = ()


_NOTHING = Cell(presence=None)
_ORDER = (Presence.BUSY, Presence.RATHER_NOT, Presence.FREE)


def by_day(view: WeekView) -> dict[tuple[str, dt.date], tuple[Availability, ...]]:
    """The rows of the week by visitor and day."""

    def made() -> dict[tuple[str, dt.date], tuple[Availability, ...]]:
        found: dict[tuple[str, dt.date], list[Availability]] = {}
        for row in view.plan.availability.values():
            if row.week_id == view.week.id:
                found.setdefault((row.person_id, row.day), []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    return view.plan.remembered(("availability by day", view.week.id), ("availability",), made)


def cell(rows: Iterable[Availability], span: Span) -> Cell:
    """What a stretch holds. Where rows overlap, busy goes before rather not, and that before free."""
    held = [(own, row) for row in rows if (own := span_of(row)).overlaps(span)]
    parts = sorted((Span(max(own.start, span.start), min(own.end, span.end)), row.presence) for own, row in held)
    if not parts:
        return _NOTHING
    diary = any(row.from_diary for _, row in held)
    for presence in _ORDER:
        if _covers((part for part, kind in parts if kind is presence), span):
            return Cell(presence=presence, diary=diary, parts=tuple(parts))
    return Cell(presence=next(kind for kind in _ORDER if any(kind is one for _, one in parts)), mixed=True,
                diary=diary, parts=tuple(parts))  # fmt: skip


def _covers(parts: Iterable[Span], span: Span) -> bool:
    reached = span.start
    for part in sorted(parts):
        if part.start > reached:
            return False
        reached = max(reached, part.end)
    return reached >= min(span.end, LAST)
