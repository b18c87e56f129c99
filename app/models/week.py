"""A Practice Week and its settings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Priority(StrEnum):
    """What makes a schedule good (INTERFACES.md, "Priorities, exactly"). The value is the word for it."""

    DEMAND = "demand"
    TOLD = "told"
    TOLD_VISITS = "told visits"
    WISHES = "wishes"
    FRESH_EYES = "fresh eyes"
    FAIR_VISITORS = "fair visitors"
    FAIR_TEAMS = "fair teams"
    TRAVEL = "travel"


DEFAULT_PRIORITIES: tuple[Priority, ...] = (
    Priority.DEMAND,
    Priority.WISHES,
    Priority.FRESH_EYES,
    Priority.FAIR_VISITORS,
    Priority.FAIR_TEAMS,
    Priority.TRAVEL,
)
"""The six that a PA can reorder or leave out; `told` and `told visits` join by themselves after publication."""

MOST_IS_BEST = frozenset({Priority.WISHES, Priority.FRESH_EYES})
"""The priorities where more is better; of all others less is."""


class Subjects(StrEnum):
    """What a calendar subject may say."""

    NEUTRAL = "neutral"
    TEAM = "team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One Practice Week: its days, rules and priorities. Times are local to `time_zone`."""

    id: str
    name: str
    first_day: dt.date
    last_day: dt.date
    organisation: str
    organiser: str
    organiser_email: str
    organiser_phone: str = ""
    time_zone: str = "Europe/London"
    day_starts: dt.time = dt.time(8)
    day_ends: dt.time = dt.time(18)
    buffer_minutes: int = 10
    lunch_from: dt.time = dt.time(12)
    lunch_to: dt.time = dt.time(14)
    lunch_minutes: int = 30
    same_team_once: bool = True
    priorities: tuple[Priority, ...] = DEFAULT_PRIORITIES
    marking: str = "OFFICIAL-SENSITIVE"
    subjects: Subjects = Subjects.NEUTRAL
    replies_wanted: bool = True
    pre_election_from: dt.date | None = None
    pre_election_to: dt.date | None = None
    dress: str = ""
    photo_id: bool = True
    confidentiality_note: str = ""
    logo: str = ""
    private_invitations: bool = False
    reminder: bool = False
    archived: bool = False
    keep_until: dt.date | None = None

    @property
    def days(self) -> tuple[dt.date, ...]:
        """Every day from the first to the last, both included."""
        count = (self.last_day - self.first_day).days + 1
        return tuple(self.first_day + dt.timedelta(days=n) for n in range(max(0, count)))
