"""What the journal keeps of each edit besides its changes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.models.change import Verb


class Doing(StrEnum):
    """How an edit went through the door."""

    DONE = "done"
    UNDONE = "undone"
    REDONE = "redone"
    RECORDED = "recorded"


PAST_PUBLICATION = "past-publication"
"""The fact of an undo or a redo that leads past a publication."""
FITTED = "fitted"
"""Its value where the edit had to be fitted to what the publication left; else AS_IT_WAS."""
AS_IT_WAS = "as-it-was"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One line of the journal. `sequence` runs from 1 and alone tells the order: clocks can be put back.

    `at` is UTC. `of` is the line whose edit was undone or redone; such a line has changes of its own only where they
    were fitted to a publication. `size` is the number of its own changes.
    """

    sequence: int
    at: dt.datetime
    kind: Doing
    verb: Verb
    facts: tuple[tuple[str, str], ...] = ()
    week_id: str | None = None
    of: int | None = None
    size: int = 0

    def fact(self, key: str) -> str:
        """The fact of that name; blank where the line has none."""
        return dict(self.facts).get(key, "")

    @property
    def has_changes(self) -> bool:
        """Whether the changes that it made stand in this line, and not in line `of`."""
        return self.of is None or self.fact(PAST_PUBLICATION) == FITTED
