"""The sheets, columns and words of the planning workbook (INTERFACES.md, "Planning workbook")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from app.models.change import Entity
from app.models.names import fold
from app.models.people import Attendance, Availability, Clearance, Kind, Liking, PastVisit, Person, Presence, Wish
from app.models.places import Consent, Need, Offer, Road, Site, Slot, Team
from app.models.visits import Visit, VisitStatus
from app.models.week import Subjects, Week


class Form(Enum):
    """What the cells of a column hold."""

    LINE = auto()  # one line of text: runs of white space count as one space
    TEXT = auto()  # text that may run over several lines
    DATE = auto()
    TIME = auto()
    COUNT = auto()  # a whole number, 0 or more
    YES_NO = auto()
    WORD = auto()  # one of a vocabulary


@dataclass(frozen=True, slots=True)
class Column:
    """One column, or one row of the Week sheet: its header, what it holds, and which field of which entity it is."""

    name: str
    form: Form
    holder: type[Entity]
    field: str
    required: bool = False
    words: type[StrEnum] | None = None
    width: int = 16


@dataclass(frozen=True, slots=True)
class SheetShape:
    """One sheet: its title, its columns, and whether it may be missing."""

    title: str
    columns: tuple[Column, ...]
    required: bool = True


WEEK, SITES, TRAVEL, TEAMS, SLOTS = "Week", "Sites", "Travel", "Teams", "Slots"
VISITORS, AVAILABILITY, WISHES = "Visitors", "Availability", "Wishes"
PAST_VISITS, VISITS = "Past visits", "Visits"
SETTING, VALUE = "Setting", "Value"

SETTINGS: tuple[Column, ...] = (
    Column("Week name", Form.LINE, Week, "name", required=True),
    Column("First day", Form.DATE, Week, "first_day", required=True),
    Column("Last day", Form.DATE, Week, "last_day", required=True),
    Column("Organisation", Form.LINE, Week, "organisation", required=True),
    Column("Organiser", Form.LINE, Week, "organiser", required=True),
    Column("Organiser email", Form.LINE, Week, "organiser_email", required=True),
    Column("Organiser phone", Form.LINE, Week, "organiser_phone"),
    Column("Time zone", Form.LINE, Week, "time_zone"),
    Column("Day starts", Form.TIME, Week, "day_starts"),
    Column("Day ends", Form.TIME, Week, "day_ends"),
    Column("Buffer minutes", Form.COUNT, Week, "buffer_minutes"),
    Column("Lunch from", Form.TIME, Week, "lunch_from"),
    Column("Lunch to", Form.TIME, Week, "lunch_to"),
    Column("Lunch minutes", Form.COUNT, Week, "lunch_minutes"),
    Column("Same team once", Form.YES_NO, Week, "same_team_once"),
    Column("Priorities", Form.LINE, Week, "priorities"),
    Column("Marking", Form.LINE, Week, "marking"),
    Column("Subjects", Form.WORD, Week, "subjects", words=Subjects),
    Column("Replies wanted", Form.YES_NO, Week, "replies_wanted"),
    Column("Pre-election from", Form.DATE, Week, "pre_election_from"),
    Column("Pre-election to", Form.DATE, Week, "pre_election_to"),
    Column("Dress", Form.TEXT, Week, "dress"),
    Column("Photo ID", Form.YES_NO, Week, "photo_id"),
    Column("Confidentiality note", Form.TEXT, Week, "confidentiality_note"),
    Column("Logo", Form.LINE, Week, "logo"),
)
"""The rows of the Week sheet."""

SHEETS: tuple[SheetShape, ...] = (
    SheetShape(
        WEEK,
        (
            Column(SETTING, Form.LINE, Week, "", required=True, width=24),
            Column(VALUE, Form.LINE, Week, "", required=True, width=48),
        ),
    ),
    SheetShape(
        SITES,
        (
            Column("Site", Form.LINE, Site, "name", required=True, width=28),
            Column("Address", Form.TEXT, Site, "address", width=40),
            Column("Postcode", Form.LINE, Site, "postcode", width=12),
            Column("Protected", Form.YES_NO, Site, "protected", width=11),
            Column("Shown as", Form.LINE, Site, "alias", width=22),
            Column("Division", Form.LINE, Site, "division", width=18),
            Column("Parking", Form.TEXT, Site, "parking", width=30),
            Column("Arrival notes", Form.TEXT, Site, "arrival_notes", width=40),
        ),
        required=False,
    ),
    SheetShape(
        TRAVEL,
        (
            Column("From", Form.LINE, Road, "from_id", required=True, width=28),
            Column("To", Form.LINE, Road, "to_id", required=True, width=28),
            Column("Minutes", Form.COUNT, Road, "minutes", required=True, width=10),
        ),
        required=False,
    ),
    SheetShape(
        TEAMS,
        (
            Column("Team", Form.LINE, Team, "name", required=True, width=30),
            Column("Service", Form.LINE, Team, "service", required=True, width=18),
            Column("Site", Form.LINE, Team, "site_id", required=True, width=26),
            Column("Host", Form.LINE, Team, "host", width=26),
            Column("Host email", Form.LINE, Team, "host_email", width=32),
            Column("Host phone", Form.LINE, Team, "host_phone", width=15),
            Column("Deputy", Form.LINE, Team, "deputy", width=26),
            Column("Deputy email", Form.LINE, Team, "deputy_email", width=32),
            Column("Min visits", Form.COUNT, Offer, "min_visits", width=11),
            Column("Max visits", Form.COUNT, Offer, "max_visits", width=11),
            Column("Max per day", Form.COUNT, Offer, "max_per_day", width=12),
            Column("Clearance needed", Form.WORD, Team, "clearance_needed", words=Need, width=17),
            Column("Line", Form.LINE, Team, "line", width=22),
            Column("Notes", Form.TEXT, Team, "notes", width=40),
        ),
    ),
    SheetShape(
        SLOTS,
        (
            Column("Slot", Form.LINE, Slot, "name", required=True, width=12),
            Column("Team", Form.LINE, Slot, "team_id", required=True, width=30),
            Column("Date", Form.DATE, Slot, "day", required=True, width=16),
            Column("Start", Form.TIME, Slot, "start", required=True, width=8),
            Column("End", Form.TIME, Slot, "end", required=True, width=8),
            Column("Places", Form.COUNT, Slot, "places", width=8),
            Column("Activity", Form.TEXT, Slot, "activity", width=34),
            Column("Purpose", Form.TEXT, Slot, "purpose", width=34),
            Column("Site", Form.LINE, Slot, "site_id", width=26),
            Column("Host", Form.LINE, Slot, "host", width=26),
            Column("Host email", Form.LINE, Slot, "host_email", width=32),
            Column("Consent", Form.WORD, Slot, "consent", words=Consent, width=13),
            Column("Consent by", Form.DATE, Slot, "consent_by", width=16),
        ),
    ),
    SheetShape(
        VISITORS,
        (
            Column("Visitor", Form.LINE, Person, "name", required=True, width=28),
            Column("Role", Form.LINE, Person, "role", width=30),
            Column("Organisation", Form.LINE, Person, "organisation", width=30),
            Column("Kind", Form.WORD, Person, "kind", words=Kind, width=16),
            Column("Email", Form.LINE, Person, "email", width=32),
            Column("Assistant", Form.LINE, Person, "assistant", width=24),
            Column("Assistant email", Form.LINE, Person, "assistant_email", width=32),
            Column("Min visits", Form.COUNT, Attendance, "min_visits", width=11),
            Column("Max visits", Form.COUNT, Attendance, "max_visits", width=11),
            Column("Max per day", Form.COUNT, Attendance, "max_per_day", width=12),
            Column("Clearance", Form.WORD, Person, "clearance", words=Clearance, width=12),
            Column("Base", Form.LINE, Person, "base_id", width=26),
            Column("Division", Form.LINE, Person, "division", width=18),
            Column("Needs", Form.TEXT, Person, "needs", width=34),
            Column("Standby", Form.YES_NO, Attendance, "standby", width=10),
        ),
    ),
    SheetShape(
        AVAILABILITY,
        (
            Column("Visitor", Form.LINE, Availability, "person_id", required=True, width=28),
            Column("Date", Form.DATE, Availability, "day", required=True, width=16),
            Column("From", Form.TIME, Availability, "start", width=8),
            Column("To", Form.TIME, Availability, "end", width=8),
            Column("Status", Form.WORD, Availability, "presence", required=True, words=Presence, width=12),
        ),
        required=False,
    ),
    SheetShape(
        WISHES,
        (
            Column("Visitor", Form.LINE, Wish, "person_id", required=True, width=28),
            Column("Team", Form.LINE, Wish, "team_id", width=30),
            Column("Service", Form.LINE, Wish, "service", width=18),
            Column("Wish", Form.WORD, Wish, "liking", required=True, words=Liking, width=13),
            Column("Reason", Form.TEXT, Wish, "reason", width=40),
        ),
        required=False,
    ),
    SheetShape(
        PAST_VISITS,
        (
            Column("Visitor", Form.LINE, PastVisit, "person_id", required=True, width=28),
            Column("Team", Form.LINE, PastVisit, "team_name", required=True, width=30),
            Column("Date", Form.DATE, PastVisit, "day", width=16),
        ),
        required=False,
    ),
    SheetShape(
        VISITS,
        (
            Column("Visitor", Form.LINE, Visit, "person_id", required=True, width=28),
            Column("Slot", Form.LINE, Visit, "slot_id", required=True, width=12),
            Column("Pinned", Form.YES_NO, Visit, "pinned", width=9),
            Column("Status", Form.WORD, Visit, "status", words=VisitStatus, width=12),
            Column("Permitted", Form.TEXT, Visit, "permitted", width=40),
        ),
        required=False,
    ),
)
"""The sheets in the order in which they are written and in which their faults are told."""

SHAPE: dict[str, SheetShape] = {shape.title: shape for shape in SHEETS}

MOST_ROWS = 5_000
MOST_ROWS_TRAVEL = 50_000
MOST_COLUMNS = 100
MOST_COUNT = 100_000
"""No count of minutes, visits or places is sensibly larger; beyond it a number is a slip of the keyboard."""

YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})


def most_rows(title: str) -> int:
    """How many rows a sheet may have below its header (RELIABILITY.md, "Input from others")."""
    return MOST_ROWS_TRAVEL if fold(title) == fold(TRAVEL) else MOST_ROWS
