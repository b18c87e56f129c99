"""Dates, times and lists as a person in England reads them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(date: dt.date) -> str:
    """`Tue 9 July`."""
    return f"{_DAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1]}"


def day_year(date: dt.date) -> str:
    """`Tue 9 July 2019`."""
    return f"{day(date)} {date.year}"


def short_day(date: dt.date) -> str:
    """`Tue 9 Jul`."""
    return f"{_DAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1][:3]}"


def clock(time: dt.time) -> str:
    """`09:30`."""
    return time.strftime("%H:%M")


def clock_at(minutes: int) -> str:
    """`09:30`, so many minutes after midnight; `24:00` for the end of a day."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def between(start: dt.time, end: dt.time) -> str:
    """`09:30–11:00`."""
    return f"{clock(start)}–{clock(end)}"


def when(date: dt.date, start: dt.time) -> str:
    """`Tue 9 July, 09:30`."""
    return f"{day(date)}, {clock(start)}"


def listed(names: Sequence[str], joint: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 visit`, `3 visits`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
