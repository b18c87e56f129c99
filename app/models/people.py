"""People who visit, when they can, what they wish for, and where they have been."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of visitor somebody is."""

    CHIEF_OFFICER = "chief officer"
    SENIOR_MANAGER = "senior manager"
    COUNCILLOR = "councillor"
    PARTNER = "partner"


class Clearance(StrEnum):
    """How far a visitor is cleared. Only this state is kept, never a certificate."""

    NOT_YET = "not yet"
    ACCOMPANY = "accompany"
    CONFIRMED = "confirmed"


class Liking(StrEnum):
    """A visitor's wish for a team or a whole service."""

    FIRST_CHOICE = "first choice"
    LIKE = "like"
    RATHER_NOT = "rather not"
    NEVER = "never"


POINTS: dict[Liking, int] = {Liking.FIRST_CHOICE: 3, Liking.LIKE: 2, Liking.RATHER_NOT: -3, Liking.NEVER: 0}
"""What a visit that meets the wish is worth (INTERFACES.md, priority 2). *Never* is a rule, not a price."""


class Presence(StrEnum):
    """What an availability row says of its time."""

    BUSY = "busy"
    FREE = "free"
    RATHER_NOT = "rather not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who visits. Outlives a week; what they want in one week is their `Attendance`."""

    id: str
    name: str
    role: str = ""
    organisation: str = ""
    kind: Kind | None = None
    email: str = ""
    assistant: str = ""
    assistant_email: str = ""
    clearance: Clearance = Clearance.NOT_YET
    base_id: str | None = None
    division: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """A person taking part in one week: how many visits they want. None is "no limit"."""

    id: str
    week_id: str
    person_id: str
    min_visits: int = 0
    max_visits: int | None = None
    max_per_day: int | None = None
    standby: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """A stretch of one day on which a visitor is busy, free, or would rather not. No times: all day."""

    id: str
    week_id: str
    person_id: str
    day: dt.date
    start: dt.time | None = None
    end: dt.time | None = None
    presence: Presence
    from_diary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A visitor's wish for one team (`team_id`) or one service (`service`), exactly one of the two."""

    id: str
    week_id: str
    person_id: str
    team_id: str | None = None
    service: str = ""
    liking: Liking
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """A team that a visitor saw before this week. `team_id` is None where the team is no longer listed."""

    id: str
    week_id: str
    person_id: str
    team_id: str | None
    team_name: str
    day: dt.date | None = None
