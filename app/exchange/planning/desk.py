"""Where a planning workbook is laid out for reading: its sheets and columns found, its faults gathered.

A `Row` gives typed values by column name; what a cell should not hold is gathered as a fault and read as nothing, so
that all faults of a file are told in one run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from app.exchange.planning import cells
from app.exchange.planning.cells import BadCellError, Cell, Odd
from app.exchange.planning.vocabulary import MOST_COLUMNS, SHAPE, SHEETS, SheetShape, most_rows
from app.models.faults import Fault, Trouble
from app.models.names import fold

if TYPE_CHECKING:  # the book brings openpyxl, which only the child that reads the file wants loaded
    from app.exchange.planning.book import Book, Sheet

T = TypeVar("T")
D = TypeVar("D")
W = TypeVar("W", bound=StrEnum)

_ORDER = {shape.title: place for place, shape in enumerate(SHEETS)}
_MOST_GUESSES = 50


def address(column: int, row: int) -> str:
    """The address of a cell, like "H4"."""
    from openpyxl.utils import get_column_letter  # only the child that reads the file wants openpyxl loaded

    return f"{get_column_letter(column)}{row}"


class Gathered:
    """The faults and notices found so far, given out in the order of sheets, rows and columns."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[tuple[tuple[int, int, int, int], Fault]] = []

    def add(
        self, trouble: Trouble, sheet: str, *, shape: str = "", row: int = 0, column: int = 0, header: str = "",
        notice: bool = False, **facts: object,
    ) -> None:  # fmt: skip
        """One more; `sheet` is its title as written, `shape` its title in the contract."""
        fault = Fault(
            file=self.file, sheet=sheet, cell=address(column, row) if row and column else "",
            column=header, trouble=trouble, facts=tuple(sorted(facts.items())), notice=notice,
        )  # fmt: skip
        place = (_ORDER.get(shape or sheet, len(_ORDER)), row, column, len(self._found))
        self._found.append((place, fault))

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(fault for _, fault in sorted(self._found, key=lambda one: one[0]) if not fault.notice)

    @property
    def notices(self) -> tuple[Fault, ...]:
        return tuple(fault for _, fault in sorted(self._found, key=lambda one: one[0]) if fault.notice)


class Row:
    """One row of a table. Each getter gathers what is wrong and then gives the column's default."""

    __slots__ = ("_cells", "_table", "number", "ok")

    def __init__(self, table: Table, number: int, held: dict[int, Cell]) -> None:
        self._table = table
        self._cells = held
        self.number = number
        self.ok = True

    def cell(self, column: str) -> Cell:
        """What stands there; None where it is blank or the column is missing."""
        place = self._table.place(column)
        return None if place is None else self._cells.get(place)

    def is_blank(self, column: str) -> bool:
        return cells.is_blank(self.cell(column))

    def where(self, column: str) -> str:
        """The cell's address, like "H4"."""
        return address(self._table.place(column) or 1, self.number)

    def fault(self, trouble: Trouble, column: str, **facts: object) -> None:
        """Gather a fault of this row's cell in that column."""
        self.ok = False
        self._add(trouble, column, notice=False, **facts)

    def note(self, trouble: Trouble, column: str, **facts: object) -> None:
        """Gather a notice about this row's cell in that column."""
        self._add(trouble, column, notice=True, **facts)

    def _add(self, trouble: Trouble, column: str, *, notice: bool, **facts: object) -> None:
        self._table.add(trouble, column, row=self.number, notice=notice, **facts)

    def read(self, column: str, how: Callable[[Cell], T], default: D) -> T | D:
        """The cell read by `how`; the default where it is blank or not such a thing."""
        cell = self.cell(column)
        if cells.is_blank(cell):
            if self._table.needs(column):
                self.fault(Trouble.BLANK, column)
            return default
        try:
            return how(cell)
        except BadCellError as bad:
            self.fault(bad.trouble, column, **bad.facts)
            return default

    def line(self, column: str) -> str:
        return self.read(column, cells.line_text, "")

    def text(self, column: str) -> str:
        return self.read(column, cells.long_text, "")

    def date(self, column: str) -> dt.date | None:
        nothing: tuple[dt.date | None, bool] = (None, False)
        found, timed = self.read(column, cells.date, nothing)
        if timed:
            self.note(Trouble.DATE_HAS_TIME, column, text=cells.shown(self.cell(column)), date=found)
        return found

    def time(self, column: str) -> dt.time | None:
        return self.read(column, cells.time, None)

    def count(self, column: str, default: int = 0, least: int = 0) -> int:
        return self.read(column, lambda cell: cells.count(cell, least), default)

    def limit(self, column: str) -> int | None:
        """A count whose blank means "no limit"."""
        return self.read(column, cells.count, None)

    def yes(self, column: str, default: bool) -> bool:
        return self.read(column, cells.yes_no, default)

    def word(self, column: str, words: type[W], default: W | None = None) -> W | None:
        return self.read(column, lambda cell: cells.word(cell, words), default)

    def at_most(self, low: int, high: int | None, column: str) -> None:
        """Gather a fault where a minimum is over its maximum, at the minimum's cell."""
        if high is not None and low > high:
            self.fault(Trouble.MIN_OVER_MAX, column, low=low, high=high)


@dataclass(slots=True)
class Table:
    """One sheet as the contract sees it. `title` is as the user wrote it; a missing sheet has no rows."""

    shape: SheetShape
    title: str
    gathered: Gathered
    present: bool = False
    complete: bool = True
    """False where names may be missing because the sheet or a required column is: no name counts as unknown then."""
    columns: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    held: tuple[tuple[int, dict[int, Cell]], ...] = ()

    def place(self, column: str) -> int | None:
        return self.columns.get(column)

    def needs(self, column: str) -> bool:
        """Whether a blank there is a fault; where the whole column is missing that was said already."""
        return column in self.columns and any(one.name == column and one.required for one in self.shape.columns)

    def add(self, trouble: Trouble, column: str, *, row: int = 0, notice: bool = False, **facts: object) -> None:
        self.gathered.add(
            trouble, self.title, shape=self.shape.title, row=row, column=self.columns.get(column, 0),
            header=column, notice=notice, **facts,
        )  # fmt: skip

    def rows(self) -> Iterator[Row]:
        """The rows that say anything in a known column."""
        known = set(self.columns.values())
        for number, held in self.held:
            if not known.isdisjoint(held):
                yield Row(self, number, held)


@dataclass(slots=True)
class Names:
    """Names of one sheet and the ids that they stand for."""

    sheet: str
    complete: bool = True
    ids: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    guessed: int = 0

    def add(self, row: Row, column: str, name: str, identity: str) -> bool:
        """Take in a name; False, and a fault, where it is there already."""
        key = fold(name)
        if key in self.ids:
            row.fault(Trouble.TWICE, column, text=name, first=self.cells.get(key, ""))
            return False
        self.ids[key] = identity
        self.shown[key] = name
        self.cells[key] = row.where(column)
        return True

    def find(self, row: Row, column: str) -> str | None:
        """The id of the name in that cell; None where it is blank or unknown (then with a fault)."""
        name = row.line(column)
        if not name:
            return None
        found = self.ids.get(fold(name))
        if found is None:
            if self.complete:
                row.fault(Trouble.UNKNOWN_NAME, column, text=name, list=self.sheet, near=self.near(name))
            row.ok = False
        return found

    def near(self, name: str) -> str:
        """The most similar name that there is; blank where none is similar, or after many questions."""
        self.guessed += 1
        if self.guessed > _MOST_GUESSES:
            return ""
        close = get_close_matches(fold(name), list(self.ids), n=1, cutoff=0.75)
        return self.shown.get(close[0], close[0]) if close else ""


def lay_out(book: Book, gathered: Gathered) -> dict[str, Table]:
    """The contract's sheets found in the book, with faults of whole sheets, headers and columns gathered."""
    found: dict[str, Sheet] = {}
    shapes = {fold(shape.title): shape for shape in SHEETS}
    for sheet in book.sheets:
        shape = shapes.get(fold(sheet.title))
        if shape is None:
            if sheet.rows:
                gathered.add(Trouble.UNKNOWN_SHEET, sheet.title, notice=True)
        elif shape.title in found:
            gathered.add(Trouble.SHEET_TWICE, sheet.title, shape=shape.title)
        else:
            found[shape.title] = sheet
    return {title: _table(shape, found.get(title), gathered) for title, shape in SHAPE.items()}


def _table(shape: SheetShape, sheet: Sheet | None, gathered: Gathered) -> Table:
    if sheet is None:
        if shape.required:
            gathered.add(Trouble.SHEET_MISSING, shape.title)
        return Table(shape, shape.title, gathered, complete=not shape.required)
    table = Table(shape, sheet.title, gathered, present=True)
    if sheet.too_many_rows:
        gathered.add(Trouble.TOO_MANY_ROWS, sheet.title, shape=shape.title, limit=most_rows(shape.title))
        table.complete = False
    if sheet.too_many_columns:
        gathered.add(Trouble.TOO_MANY_COLUMNS, sheet.title, shape=shape.title, limit=MOST_COLUMNS)
        table.complete = False
    if not sheet.rows:
        return table  # an empty sheet is fine
    header = dict(sheet.rows).get(1, {})
    _find_columns(table, header)
    for column in shape.columns:
        if column.required and column.name not in table.columns:
            gathered.add(Trouble.COLUMN_MISSING, sheet.title, shape=shape.title, header=column.name)
            table.complete = False
    table.held = tuple((number, held) for number, held in sheet.rows if number > 1)
    _note_headless(table, header)
    return table


def _find_columns(table: Table, header: dict[int, Cell]) -> None:
    known = {fold(column.name): column.name for column in table.shape.columns}
    for place, cell in sorted(header.items()):
        text = cells.shown(cell)
        name = known.get(fold(text))
        if name is None:
            wrong = Trouble.ERROR_CELL if isinstance(cell, Odd) else Trouble.UNKNOWN_COLUMN
            shown = cells.line_text(text[:60])
            table.gathered.add(
                wrong, table.title, shape=table.shape.title, row=1, column=place, header=shown,
                notice=wrong is Trouble.UNKNOWN_COLUMN, text=shown,
            )  # fmt: skip
        elif name in table.columns:
            first = address(table.columns[name], 1)
            table.gathered.add(
                Trouble.COLUMN_TWICE,
                table.title,
                shape=table.shape.title,
                row=1,
                column=place,
                header=name,
                first=first,
            )
        else:
            table.columns[name] = place


def _note_headless(table: Table, header: dict[int, Cell]) -> None:
    """Notice cells that stand under no header: nobody would see that they were left out."""
    noticed: set[int] = set()
    for number, held in table.held:
        for place in held:
            if place not in header and place not in noticed:
                noticed.add(place)
                table.gathered.add(
                    Trouble.NO_HEADER, table.title, shape=table.shape.title, row=number, column=place, notice=True
                )
