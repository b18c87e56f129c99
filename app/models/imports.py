"""What an import would do, told before it is done: counts for each sheet, and old → new for each changed cell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCount:
    """How many rows of a sheet are new, changed, and the same as what is known."""

    sheet: str
    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """One cell that says something else than what is known. Texts are as a planning workbook has them."""

    sheet: str
    name: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """An import in numbers, sheet by sheet in the workbook's order, and everything that changes."""

    file: str
    week: str
    counts: tuple[SheetCount, ...]
    altered: tuple[Altered, ...] = ()

    @property
    def new(self) -> int:
        """Rows that are new."""
        return sum(count.new for count in self.counts)

    @property
    def changed(self) -> int:
        """Rows that change."""
        return sum(count.changed for count in self.counts)

    @property
    def same(self) -> int:
        """Rows that say what is known already."""
        return sum(count.same for count in self.counts)

    @property
    def nothing(self) -> bool:
        """Whether the import changes nothing."""
        return self.new == self.changed == 0
