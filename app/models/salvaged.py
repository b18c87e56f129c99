"""What a rescue brought out of a damaged file, and what it had to leave."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Rows of a table, by number and by their names where those could be read."""

    table: str
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvaged:
    """What a salvage found. `from_history` counts rows that only the history still knew."""

    plan: Plan
    left_out: tuple[Listed, ...]
    doubtful: tuple[Listed, ...]
    """Rows that were brought as they stand, though the history last knew them otherwise: to look at."""
    from_history: int
    edits: int
    """Readable lines of the old history; the new file begins a history of its own."""
    cut_short: bool = False
    """Whether there was more than could be read in the time for it."""
