"""What a calendar file from outside says: when somebody is busy, and whether they accepted. Nothing else is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.models.publication import Answer


class Doubt(StrEnum):
    """What was left out of a calendar file, or taken with a question."""

    UNREADABLE = "unreadable"
    """An entry without a start that can be read, or otherwise broken: left out."""
    TOO_OFTEN = "too-often"
    """A series that repeats by the minute or second: left out."""
    TOO_LONG = "too-long"
    """A series that could not be worked out in time: left out."""
    UNKNOWN_ZONE = "unknown-zone"
    """A time zone that nobody knows: its times were taken as local ones, and have to be checked."""
    ALL_DAY = "all-day"
    """An all-day entry that does not say whether it keeps anybody busy: taken as *rather not*."""
    CUT_SHORT = "cut-short"
    """The file ends in the middle of an entry, or an entry is not closed: what was whole was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """One kind of doubt, how often, and on which days of the week (or in which zone, for an unknown one)."""

    doubt: Doubt
    count: int
    days: tuple[dt.date, ...] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class BusySpan:
    """A stretch of one day in the week's zone, in minutes from midnight: 0 to 1440 is the whole day.

    `soft` is a stretch that somebody would rather keep: tentative, or an all-day entry that does not say.
    """

    day: dt.date
    start: int
    end: int
    soft: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """The busy stretches of one calendar file within a week, in order and apart from each other.

    `entries` counts everything in the file; `first` and `last` are the days of the file's own entries, to tell a
    diary of another time from a free week.
    """

    file: str
    entries: int
    spans: tuple[BusySpan, ...]
    doubts: tuple[Doubtful, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one attendee answered to one invitation. `email` is folded; `at` is the moment of the answer, if told."""

    file: str
    uid: str
    email: str
    answer: Answer
    sequence: int = 0
    at: dt.datetime | None = None
    tentative: bool = False


class Fit(StrEnum):
    """What becomes of an answer."""

    APPLIES = "applies"
    SAME = "same"
    """It is noted already."""
    OLD = "old"
    """It answers an earlier invitation: the visit was changed since."""
    CANCELLED = "cancelled"
    """The visit was cancelled since."""
    TENTATIVE = "tentative"
    """Neither yes nor no: somebody has to ask."""
    UNKNOWN = "unknown"
    """Nobody of that address or name was sent such an invitation."""
    UNREAD = "unread"
    """A line of a list that says neither yes nor no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One answer and what becomes of it. `who` is as the file or list has it; `call_id` where it belongs to a line."""

    source: str
    who: str
    answer: Answer
    fit: Fit
    call_id: str | None = None
    visit_id: str | None = None
