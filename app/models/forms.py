"""Forms that people sent back: sheets as they came, what their columns were taken for, and what each row would do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from enum import StrEnum
from typing import TypeAlias

from app.models.change import Entity

RawCell: TypeAlias = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None


class FormKind(StrEnum):
    """What a sheet tells of, row by row."""

    VISITORS = "visitors"
    TEAMS = "teams"
    SLOTS = "slots"
    TIMES = "times"
    """When visitors can come: a row for each stretch, or a grid with a column for each half-day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSheet:
    """One sheet of a file, or a pasted block: rows that are not blank, cells by column from 1, and what was hidden.

    `cut` says that it had more rows or columns than are read.
    """

    file: str
    title: str
    rows: tuple[tuple[int, Mapping[int, RawCell]], ...]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    cut: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What tells this sheet from every other."""
        return self.file, self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What one column was taken for: a field of its kind, or nothing. `sure` is preset; else somebody is asked.

    `score` is 0 to 100; `day` and `span` are set for a column of a grid of times: its day and stretch in minutes.
    `against` is a heading that says no ("unavailable"): there a yes means no.
    """

    column: int
    heading: str
    field: str = ""
    score: int = 0
    sure: bool = False
    day: dt.date | None = None
    span: tuple[int, int] | None = None
    against: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a sheet is read: what it tells of, where its headings stand (0: nowhere), and what its columns are."""

    kind: FormKind | None
    header: int
    guesses: tuple[Guess, ...] = ()
    version: str = ""
    against: bool = False
    """Whether what stands above the headings speaks of times that do *not* suit: there a bare mark is asked about."""

    @property
    def settled(self) -> bool:
        """Whether nothing of it has still to be asked."""
        return self.kind is not None and all(guess.sure or not guess.field for guess in self.guesses)


class RowState(StrEnum):
    """What a row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    CHECK = "to check"
    ERROR = "error"
    LEFT_OUT = "left out"


class Ask(StrEnum):
    """What is wrong with a cell, or has to be asked. `app.words.forms` has a sentence for each."""

    NAME_MISSING = "name-missing"
    TWO_PEOPLE = "two-people"
    NEAR_NAME = "near-name"
    EMAIL_OF_OTHER = "email-of-other"
    ODD_NAME = "odd-name"
    """Somebody or something new whose name does not look like one: `Signed by`, `TBC`."""
    UNKNOWN_NAME = "unknown-name"
    UNKNOWN_PLACE = "unknown-place"
    TWICE = "twice"
    TWO_WISHES = "two-wishes"
    """One row wishes for a team in two ways."""
    BAD_EMAIL = "bad-email"
    NOT_READ = "not-read"
    """Not what the column holds; `expected` says what it is."""
    TIMES_UNCLEAR = "times-unclear"
    OTHER_TIMES = "other-times"
    """The form tells when somebody can come, and the week knows other such times: an earlier form's, perhaps."""
    TIMES_CLASH = "times-clash"
    """One row says of the same times that they suit and that they do not."""
    WHICH_HALF = "which-half"
    """A time before the working day that may be one of the afternoon."""
    OUTSIDE_WEEK = "outside-week"
    MARK_UNCLEAR = "mark-unclear"
    MISSING = "missing"
    ABOVE = "above"
    """Blank where the row above has a value: perhaps it was meant to go on."""
    REFUSED = "refused"
    OLD_FORM = "old-form"
    TOTAL = "total"
    EXAMPLE = "example"
    EMPTY = "empty"
    """A row of a form that nobody filled in."""
    REMARK = "remark"
    HIDDEN = "hidden"


BLOCKS = frozenset({
    Ask.NAME_MISSING, Ask.TWO_PEOPLE, Ask.BAD_EMAIL, Ask.NOT_READ, Ask.MISSING, Ask.REFUSED, Ask.OUTSIDE_WEEK,
})  # fmt: skip
"""What has to be mended; anything else is a question that an answer settles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question or fault of one cell. `choices` are (answer, words); without any the cell's text is to be mended."""

    ask: Ask
    field: str
    cell: str
    text: str = ""
    facts: Mapping[str, str] = made(default_factory=dict)
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def blocks(self) -> bool:
        """Whether the cell has to be mended before the row can be taken."""
        return self.ask in BLOCKS


RowKey: TypeAlias = tuple[str, str, int]
"""File, sheet, row."""
CellKey: TypeAlias = tuple[str, str, int, str]
"""File, sheet, row, field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One row: what it was taken for and what it would do. `put` is what it would bring, `drop` what would go for it:
    only times, and only where somebody said so."""

    file: str
    sheet: str
    number: int
    state: RowState
    name: str
    altered: tuple[tuple[str, str, str], ...] = ()
    """Field, old and new words of each cell that says something else than is known."""
    asks: tuple[Asked, ...] = ()
    put: tuple[Entity, ...] = ()
    drop: tuple[Entity, ...] = ()

    @property
    def key(self) -> RowKey:
        """What tells this row from every other."""
        return self.file, self.sheet, self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixes:
    """What somebody mended and answered on the check page: texts put in place of cells, and answers to questions."""

    texts: Mapping[CellKey, str] = made(default_factory=dict)
    answers: Mapping[CellKey, str] = made(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Every row of every sheet, in their order."""

    rows: tuple[FormRow, ...]

    def of(self, *states: RowState) -> tuple[FormRow, ...]:
        """The rows in any of these states."""
        return tuple(row for row in self.rows if row.state in states)

    @property
    def ready(self) -> tuple[FormRow, ...]:
        """The rows that would change something and ask nothing."""
        return self.of(RowState.NEW, RowState.CHANGED)
