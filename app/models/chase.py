"""What is still open around a week: what is awaited, by when, and whom to ask."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Awaited(StrEnum):
    """What somebody has still to give, or to be told."""

    CONSENT = "consent"
    CLEARANCE = "clearance"
    TIMES = "times"
    """A visitor who has told neither times nor wishes."""
    SLOTS = "slots"
    """A team that offers nothing yet."""
    EMAIL = "email"
    ANSWER = "answer"
    """Somebody who was told of a visit and has not answered."""
    CALL = "call"
    """Somebody who was not yet told of what was published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chased:
    """One thing that is open. `who` is whom to ask; `about` what it concerns; `due` None where no day is set.

    `told` is what a letter to them may name, never a protected place that is not theirs.
    At most one of the ids leads to the place in the window.
    """

    awaited: Awaited
    who: str
    about: str
    told: str
    due: dt.date | None = None
    phone: str = ""
    email: str = ""
    person_id: str | None = None
    team_id: str | None = None
    slot_id: str | None = None
    visit_id: str | None = None
