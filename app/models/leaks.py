"""What a leak check finds: facts, spoken by `app.words.leaks`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LeakKind(StrEnum):
    """What would be given away."""

    PROTECTED_PLACE = "protected-place"
    OTHER_VISITOR = "other-visitor"
    WISH_REASON = "wish-reason"
    NEEDS = "needs"
    BIRTH_DATE = "birth-date"
    LONG_NUMBER = "long-number"
    POSTCODE = "postcode"
    HIDDEN_PART = "hidden-part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """One finding. `path` is the file, blank for a text of the week itself; `where` says where in it.

    `found` is what gives it away, as it is written there. `site_id` or `person_id` is whom it concerns, if anybody.
    `source` is the text of the week that it comes from, such as "Slots: S1: Purpose"; blank where none holds it.
    """

    kind: LeakKind
    path: str
    where: str
    found: str
    site_id: str | None = None
    person_id: str | None = None
    source: str = ""
