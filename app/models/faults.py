"""What is wrong, or worth knowing, in a file from somebody else: facts that `app.words.faults` speaks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """What a fault or a notice is about."""

    SHEET_MISSING = "sheet-missing"
    SHEET_TWICE = "sheet-twice"
    COLUMN_MISSING = "column-missing"
    COLUMN_TWICE = "column-twice"
    TOO_MANY_ROWS = "too-many-rows"
    TOO_MANY_COLUMNS = "too-many-columns"
    TOO_LONG = "too-long"
    SETTING_MISSING = "setting-missing"
    SETTING_TWICE = "setting-twice"
    BLANK = "blank"
    ALIAS_BLANK = "alias-blank"
    FORMULA = "formula"
    ERROR_CELL = "error-cell"
    NOT_A_DATE = "not-a-date"
    NOT_A_TIME = "not-a-time"
    HAS_SECONDS = "has-seconds"
    NOT_A_NUMBER = "not-a-number"
    NEGATIVE = "negative"
    FRACTION = "fraction"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    NOT_YES_NO = "not-yes-no"
    NOT_A_WORD = "not-a-word"
    UNKNOWN_NAME = "unknown-name"
    UNKNOWN_SERVICE = "unknown-service"
    TWICE = "twice"
    END_NOT_AFTER_START = "end-not-after-start"
    MIN_OVER_MAX = "min-over-max"
    OUTSIDE_WEEK = "outside-week"
    HALF_TIMES = "half-times"
    TEAM_AND_SERVICE = "team-and-service"
    TEAM_OR_SERVICE = "team-or-service"
    BUILT_IN_SITE = "built-in-site"
    ROAD_ONLINE = "road-online"
    ROAD_SAME_SITE = "road-same-site"
    TIME_ZONE = "time-zone"
    UNKNOWN_PRIORITY = "unknown-priority"
    PRIORITY_TWICE = "priority-twice"
    LUNCH_TOO_LONG = "lunch-too-long"
    WEEK_TOO_LONG = "week-too-long"
    NOT_AN_EMAIL = "not-an-email"

    UNKNOWN_SHEET = "unknown-sheet"
    UNKNOWN_COLUMN = "unknown-column"
    NO_HEADER = "no-header"
    UNKNOWN_SETTING = "unknown-setting"
    DATE_HAS_TIME = "date-has-time"
    AVAILABILITY_OUTSIDE = "availability-outside"
    VISITOR_EMAIL_MISSING = "visitor-email-missing"
    VISITOR_EMAIL_ASSISTANT = "visitor-email-assistant"
    TEAM_EMAIL_MISSING = "team-email-missing"
    SLOT_EMAIL_MISSING = "slot-email-missing"
    EMAIL_ODD = "email-odd"
    NO_FREE_SLOT = "no-free-slot"
    ROADS_MISSING = "roads-missing"
    TEAM_NOT_LISTED = "team-not-listed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault or notice of a file. `file` is the name as the user gave it.

    `cell` is like "H4", blank where the fault is of a whole sheet or column; `column` is the column's header, blank
    where the fault is of a whole sheet. `facts` are the values that the sentence needs.
    """

    file: str
    sheet: str
    cell: str = ""
    column: str = ""
    trouble: Trouble
    facts: tuple[tuple[str, object], ...] = ()
    notice: bool = False

    def fact(self, key: str) -> object:
        """The fact of that name; blank text where there is none."""
        return dict(self.facts).get(key, "")
