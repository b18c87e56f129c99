"""A change to one entity, and an edit: changes that belong together under one name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from app.models.people import Attendance, Availability, PastVisit, Person, Wish
from app.models.places import Offer, Road, Site, Slot, Team
from app.models.publication import Call, Issued, Publication, Release
from app.models.visits import Visit
from app.models.week import Week

Entity: TypeAlias = (
    Week
    | Site
    | Road
    | Team
    | Offer
    | Person
    | Attendance
    | Slot
    | Availability
    | Wish
    | PastVisit
    | Visit
    | Publication
    | Issued
    | Call
    | Release
)
"""Anything that a Plan holds."""

TABLES: dict[str, type[Entity]] = {
    "weeks": Week,
    "sites": Site,
    "roads": Road,
    "teams": Team,
    "offers": Offer,
    "people": Person,
    "attendances": Attendance,
    "slots": Slot,
    "availability": Availability,
    "wishes": Wish,
    "past_visits": PastVisit,
    "visits": Visit,
    "publications": Publication,
    "issued": Issued,
    "calls": Call,
    "releases": Release,
}
"""The tables of a Plan and what each holds, those that others point at first."""

TABLE_OF: dict[type[Entity], str] = {kind: table for table, kind in TABLES.items()}
"""The table of each kind of entity."""


class Verb(StrEnum):
    """What an edit does, for its name in the history. `app.words.edits` has a sentence for each."""

    IMPORT = "import"
    MATCH = "match"
    PLACE = "place"
    MOVE = "move"
    SWAP = "swap"
    TO_TRAY = "to-tray"
    PIN = "pin"
    UNPIN = "unpin"
    PERMIT = "permit"
    STATUS = "status"
    ADD = "add"
    CHANGE = "change"
    DELETE = "delete"
    DUPLICATE = "duplicate"
    PASTE = "paste"
    SETTINGS = "settings"
    AVAILABILITY = "availability"
    WISHES = "wishes"
    DIARY = "diary"
    FORMS = "forms"
    ANSWERS = "answers"
    NEW_WEEK = "new-week"
    COPY_WEEK = "copy-week"
    ARCHIVE_WEEK = "archive-week"
    REPAIR = "repair"
    PUBLISH = "publish"
    TICK = "tick"
    RELEASE = "release"
    POSTPONE = "postpone"
    CANCEL_WEEK = "cancel-week"
    ERASE = "erase"
    SALVAGE = "salvage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entity before and after. `before` None: it is new. `after` None: it is removed."""

    table: str
    id: str
    before: Entity | None
    after: Entity | None

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(table=self.table, id=self.id, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Changes that belong together: done, undone and journalled as one.

    `facts` are the words that the edit's name needs ("who", "when", …), fixed at the time of the edit.
    """

    verb: Verb
    facts: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...]
    week_id: str | None = None

    @property
    def inverse(self) -> Edit:
        """The edit that undoes this one."""
        back = tuple(change.inverse for change in reversed(self.changes))
        return Edit(verb=self.verb, facts=self.facts, changes=back, week_id=self.week_id)

    def fact(self, key: str) -> str:
        """The fact of that name; blank where the edit has none."""
        return dict(self.facts).get(key, "")
