"""A visit: one visitor in one slot."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class VisitStatus(StrEnum):
    """How far a visit has come."""

    PROPOSED = "proposed"
    PUBLISHED = "published"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    HELD = "held"
    CANCELLED = "cancelled"


GONE = frozenset({VisitStatus.DECLINED, VisitStatus.CANCELLED})
"""A visit in one of these states does not count (INTERFACES.md, "Rules, exactly")."""

PROMISED = frozenset({VisitStatus.PUBLISHED, VisitStatus.CONFIRMED, VisitStatus.HELD})
"""A visit in one of these states has been told to people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visitor in one slot. `permitted` is the reason for breaking a rule by hand; blank is not permitted."""

    id: str
    week_id: str
    person_id: str
    slot_id: str
    pinned: bool = False
    status: VisitStatus = VisitStatus.PROPOSED
    permitted: str = ""
    uid: str

    @property
    def counts(self) -> bool:
        """Whether rules and priorities see this visit."""
        return self.status not in GONE
