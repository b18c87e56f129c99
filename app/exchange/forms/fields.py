"""What a form can tell, field by field, and how people head such columns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from app.models.forms import FormKind
from app.models.names import tidy
from app.models.week import Week

ID, VERSION = "Form id", "Form version"
LISTS_TITLE = "Words to choose from"
"""In A1 of the sheet of our forms that holds nothing but lists."""
EXAMPLE = "example"
"""The id of the example row."""


class Holds(Enum):
    """What the cells of a field hold."""

    NAME = auto()
    LINE = auto()
    TEXT = auto()
    EMAIL = auto()
    PHONE = auto()
    COUNT = auto()
    YES_NO = auto()
    WORD = auto()
    DATE = auto()
    TIME = auto()
    RANGE = auto()  # a stretch of one day: 9.30-11.30
    SPOKEN = auto()  # days and times in people's words: Tues PM, all day Weds
    PLACE = auto()
    TEAM = auto()
    WISHES = auto()  # teams and services


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its heading on our forms, what it holds, other headings, and whether it says yes or no to times.

    `polarity` is +1 for what suits, -1 for what does not, 0 for everything else: headings of the other polarity are
    never taken for it. `entity` and `part` name the field of the entity that it sets, where it sets one directly.
    """

    name: str
    holds: Holds
    also: tuple[str, ...] = ()
    polarity: int = 0
    entity: str = ""
    part: str = ""
    hint: str = ""


_PEOPLE = (
    Field("Visitor", Holds.NAME, (
        "Name", "Full name", "Your name", "Visitor name", "Name of visitor", "Person", "Who", "Leader", "Manager name",
        "Councillor", "Member", "Attendee", "Participant", "Officer", "Senior manager", "First name and surname",
    ), hint="First name and surname"),
    Field("Role", Holds.LINE, ("Job title", "Title", "Position", "Post", "Job role", "Your role"), 0, "people", "role"),
    Field("Organisation", Holds.LINE, ("Organization", "Employer", "Agency", "Directorate", "Company"), 0, "people",
          "organisation"),
    Field("Kind", Holds.WORD, ("Type", "Type of visitor", "Visitor type", "Category"), 0, "people", "kind"),
    Field("Email", Holds.EMAIL, ("E-mail", "Email address", "E-mail address", "Mail", "Your email", "Contact email"), 0,
          "people", "email"),
    Field("Assistant", Holds.LINE, ("PA", "PA name", "Personal assistant", "Assistant name", "Diary contact", "EA",
                                    "Business support"), 0, "people", "assistant"),
    Field("Assistant email", Holds.EMAIL, ("PA email", "PA e-mail", "Email of PA", "Diary contact email",
                                           "Assistant e-mail", "EA email"), 0, "people", "assistant_email"),
    Field("Min visits", Holds.COUNT, ("Minimum visits", "Least visits", "At least", "Minimum number of visits", "Min"),
          0, "attendances", "min_visits"),
    Field("Max visits", Holds.COUNT, ("Maximum visits", "Most visits", "At most", "How many visits",
                                      "Maximum number of visits", "Number of visits", "Max"), 0, "attendances",
          "max_visits"),
    Field("Max per day", Holds.COUNT, ("Most per day", "Visits per day", "Maximum per day", "Per day"), 0,
          "attendances", "max_per_day"),
    Field("Clearance", Holds.WORD, ("DBS", "DBS status", "DBS check", "Clearance status"), 0, "people", "clearance"),
    Field("Base", Holds.PLACE, ("Office", "Work base", "Office base", "Location", "Where based", "Usual base"), 0,
          "people", "base_id"),
    Field("Division", Holds.LINE, ("Ward", "Electoral division", "Constituency"), 0, "people", "division"),
    Field("Needs", Holds.TEXT, ("Access needs", "Dietary", "Requirements", "Access requirements", "Adjustments",
                                "Anything we should know", "Special requirements"), 0, "people", "needs"),
    Field("Standby", Holds.YES_NO, ("Stand by", "Reserve", "Happy to stand in", "Standby list"), 0, "attendances",
          "standby"),
    Field("Can come", Holds.SPOKEN, ("Available", "Availability", "Free", "When available", "Times available",
                                     "Available times", "Dates available", "When can you come", "Preferred times",
                                     "Available dates and times", "Can do"), 1,
          hint="For example: Tues pm; all day Wed; Thu 9.30-12"),
    Field("Cannot come", Holds.SPOKEN, ("Unavailable", "Not available", "Can't do", "Cannot do", "Can't come", "Busy",
                                        "Unavailability", "When unavailable", "Dates to avoid", "Leave", "Annual leave",
                                        "Not free", "Times to avoid"), -1, hint="For example: Mon am; Friday"),
    Field("First choice", Holds.WISHES, ("1st choice", "First preference", "Top choice", "Preference 1",
                                         "First choice team", "Choice 1"), 1),
    Field("Would like", Holds.WISHES, ("Like", "Wishes", "Other choices", "Interested in", "Second choice",
                                       "2nd choice", "Preference 2", "Preferred teams", "Teams of interest",
                                       "Would like to see", "Choice 2"), 1),
    Field("Rather not", Holds.WISHES, ("Would rather not", "Prefer not", "Less keen", "Prefer not to visit"), -1),
    Field("Never", Holds.WISHES, ("Must not visit", "Conflict of interest", "Do not place", "Exclude", "Not to visit",
                                  "Cannot visit"), -1),
)  # fmt: skip
_TEAMS = (
    Field("Team", Holds.NAME, ("Team name", "Name of team", "Service team", "Your team", "Unit", "Name", "Home"),
          hint="The team's name"),
    Field("Service", Holds.LINE, ("Service area", "Area", "Directorate", "Division"), 0, "teams", "service"),
    Field("Site", Holds.PLACE, ("Location", "Office", "Building", "Base", "Where", "Address", "Venue"), 0, "teams",
          "site_id"),
    Field("Host", Holds.LINE, ("Contact", "Contact name", "Team manager", "Manager", "Lead", "Host name",
                               "Main contact", "Named contact"), 0, "teams", "host"),
    Field("Host email", Holds.EMAIL, ("Email", "E-mail", "Contact email", "Email address", "Manager email",
                                      "Host e-mail"), 0, "teams", "host_email"),
    Field("Host phone", Holds.PHONE, ("Phone", "Telephone", "Contact number", "Mobile", "Tel", "Phone number",
                                     "Contact phone"), 0, "teams", "host_phone"),
    Field("Deputy", Holds.LINE, ("Deputy name", "Second contact", "Deputy manager", "Back-up contact"), 0, "teams",
          "deputy"),
    Field("Deputy email", Holds.EMAIL, ("Deputy e-mail", "Second contact email"), 0, "teams", "deputy_email"),
    Field("Min visits", Holds.COUNT, ("Minimum visits", "Least visits", "Min"), 0, "offers", "min_visits"),
    Field("Max visits", Holds.COUNT, ("Maximum visits", "Most visits", "How many visits", "Max"), 0, "offers",
          "max_visits"),
    Field("Max per day", Holds.COUNT, ("Most per day", "Visits per day"), 0, "offers", "max_per_day"),
    Field("Clearance needed", Holds.WORD, ("DBS needed", "Clearance", "DBS required", "DBS"), 0, "teams",
          "clearance_needed"),
    Field("Line", Holds.LINE, ("Line management", "Management line", "Reporting line", "Reports to"), 0, "teams",
          "line"),
    Field("Notes", Holds.TEXT, ("Comments", "Remarks", "Anything else", "Further information"), 0, "teams", "notes"),
)  # fmt: skip
_SLOTS = (
    Field("Slot", Holds.LINE, ("Slot name", "Reference", "Ref", "No", "Slot no", "Slot number"), 0, "slots", "name"),
    Field("Team", Holds.TEAM, ("Team name", "Name of team", "Service team", "Your team", "Unit", "Home",
                                 "Hosting team"), hint="The team's name as the list has it"),
    Field("Date", Holds.DATE, ("Day", "Date of visit", "Day and date", "When", "Visit date"), 0, "slots", "day"),
    Field("Start", Holds.TIME, ("Start time", "From", "Starts", "Begins", "Time from", "Start at"), 0, "slots",
          "start"),
    Field("End", Holds.TIME, ("End time", "To", "Until", "Finish", "Ends", "Finish time", "Time to"), 0, "slots",
          "end"),
    Field("Times", Holds.RANGE, ("Time", "Time slot", "Timing", "Timings", "Start and end", "Time of visit")),
    Field("Places", Holds.COUNT, ("Number of places", "How many visitors", "Spaces", "Capacity", "Visitors",
                                  "Max visitors", "Number of visitors"), 0, "slots", "places"),
    Field("Activity", Holds.TEXT, ("What", "What will happen", "Description", "Opportunity", "Session", "Event",
                                   "Meeting", "What visitors will see", "Activity description"), 0, "slots",
          "activity"),
    Field("Purpose", Holds.TEXT, ("Why", "Aim", "Focus", "Learning", "What visitors will learn"), 0, "slots",
          "purpose"),
    Field("Site", Holds.PLACE, ("Location", "Venue", "Where", "Building", "Address", "Place"), 0, "slots", "site_id"),
    Field("Host", Holds.LINE, ("Contact", "Contact name", "Lead", "Host name", "Named contact", "Worker",
                               "Practitioner"), 0, "slots", "host"),
    Field("Host email", Holds.EMAIL, ("Email", "E-mail", "Contact email", "Email address", "Host e-mail"), 0, "slots",
          "host_email"),
    Field("Consent", Holds.WORD, ("Family consent", "Consent given", "Consent status", "Has consent been given"), 0,
          "slots", "consent"),
    Field("Consent by", Holds.DATE, ("Consent deadline", "Consent needed by"), 0, "slots", "consent_by"),
)  # fmt: skip
_TIMES = (
    Field("Visitor", Holds.NAME, ("Name", "Full name", "Your name", "Visitor name", "Person", "Who")),
    Field("Email", Holds.EMAIL, ("E-mail", "Email address", "Your email")),
    Field("Date", Holds.DATE, ("Day", "Day and date", "When")),
    Field("From", Holds.TIME, ("Start", "Start time", "Starts", "Begins")),
    Field("To", Holds.TIME, ("End", "End time", "Until", "Finish", "Ends")),
    Field("Times", Holds.RANGE, ("Time", "Time slot")),
    Field(
        "Status",
        Holds.WORD,
        (
            "Free or busy",
            "State",
            "Availability",
            "Available",
            "Free",
            "Busy",
            "Can you come",
            "Can come",
            "Unavailable",
            "Not available",
        ),
    ),
)

FIELDS: dict[FormKind, tuple[Field, ...]] = {
    FormKind.VISITORS: _PEOPLE, FormKind.TEAMS: _TEAMS, FormKind.SLOTS: _SLOTS, FormKind.TIMES: _TIMES,
}  # fmt: skip

LEADING: dict[FormKind, str] = {
    FormKind.VISITORS: "Visitor", FormKind.TEAMS: "Team", FormKind.SLOTS: "Team", FormKind.TIMES: "Visitor",
}  # fmt: skip
"""The field without which a row says nothing."""


def field_of(kind: FormKind, name: str) -> Field | None:
    """The field of that name."""
    return next((field for field in FIELDS[kind] if field.name == name), None)


def version_of(week: Week) -> str:
    """What a form says of itself: for which week it was made, and which form it is."""
    return f"{tidy(week.name)} · 1"
