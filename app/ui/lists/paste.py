"""A block of cells copied from Excel: laid over the list from a cell on, or added as rows, and looked at first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.document import lists
from app.errors import Refused
from app.exchange.planning.cells import BadCellError
from app.exchange.planning.vocabulary import MOST_ROWS
from app.models.change import Edit, Verb
from app.models.faults import Trouble
from app.models.names import fold
from app.models.view import WeekView
from app.ui.lists import checks
from app.ui.lists.column import Column, Listing, Row
from app.ui.lists.edits import same_words
from app.words.refusals import sentence

Block = tuple[tuple[str, ...], ...]


class State(StrEnum):
    """What a pasted row would do."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULT = "fault"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """One row of the block: its number in it from 1, what it would do, and what is wrong by column of the block."""

    number: int
    state: State
    before: Row | None = None
    after: Row | None = None
    faults: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasting:
    """A block understood. `columns` are the names of columns, blank where a column of the block is left out."""

    block: Block
    columns: tuple[str, ...]
    headed: bool
    rows: tuple[Pasted, ...]

    def count(self, state: State) -> int:
        """How many rows would do that."""
        return sum(1 for row in self.rows if row.state is state)


def block_of(text: str) -> Block:
    """Cells from the clipboard: tabs between cells, lines between rows, quotes around cells with line breaks."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    csv.field_size_limit(max(csv.field_size_limit(), len(plain)))  # one long text is refused in words, not here
    rows = list(csv.reader(io.StringIO(plain.removesuffix("\n"), newline=""), dialect="excel-tab"))
    width = max((len(row) for row in rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def text_of(rows: Sequence[Sequence[str]]) -> str:
    """Cells for the clipboard, as Excel takes them."""
    held = io.StringIO()
    csv.writer(held, dialect="excel-tab", lineterminator="\r\n").writerows(rows)
    return held.getvalue()


def is_headed(columns: Sequence[Column], block: Block) -> bool:
    """Whether the first row names columns rather than holding values: all its cells do, at least two or all."""
    if not block:
        return False
    known = {fold(one.heading) for one in columns} | {fold(one.name) for one in columns}
    named = [cell for cell in block[0] if fold(cell)]
    hits = sum(1 for cell in named if fold(cell) in known)
    return bool(named) and hits >= min(2, len(named)) and 2 * hits > len(named)


def guess(columns: Sequence[Column], block: Block, first: int, *, headed: bool) -> tuple[str, ...]:
    """Which column each of the block is: by its heading, or in order from `first` of the columns given."""
    width = len(block[0]) if block else 0
    if headed:
        known = {fold(one.name): one.name for one in columns} | {fold(one.heading): one.name for one in columns}
        found = [known.get(fold(cell), "") for cell in block[0]]
    else:
        after = [one.name for one in columns[first:]]
        found = [after[at] if at < len(after) else "" for at in range(width)]
    return tuple(name if name not in found[:at] else "" for at, name in enumerate(found))


def understand(
    view: WeekView,
    listing: Listing,
    block: Block,
    columns: tuple[str, ...],
    *,
    headed: bool,
    onto: Sequence[Row] = (),
) -> Pasting:
    """What the block would do. `onto` are the rows that it is laid over; what is beyond them is added.

    A headed block finds its rows by name instead.
    """
    desk = _Desk(view, listing, columns, headed=headed, onto=onto)
    rows = block[1:] if headed else block
    start = 2 if headed else 1
    found = [desk.row(number, cells) for number, cells in enumerate(rows[:MOST_ROWS], start=start)]
    judged = tuple(_judged(view, listing, found))
    return Pasting(block=block, columns=columns, headed=headed, rows=judged)


def paste_edit(view: WeekView, listing: Listing, pasting: Pasting) -> Edit:
    """The one edit of all rows without a fault. Raises Refused as the list's `save` does."""
    pairs = [(one.before, one.after) for one in pasting.rows if _counts(one)]
    edit = listing.save(view, [(before, after) for before, after in pairs if after is not None], Verb.PASTE)
    facts = {**dict(edit.facts), "count": str(len(pairs))}
    return Edit(verb=Verb.PASTE, facts=tuple(sorted(facts.items())), changes=edit.changes, week_id=view.week.id)


def _counts(one: Pasted) -> bool:
    return one.state in {State.NEW, State.CHANGED}


class _Desk:
    """The list as the block meets it: rows by name, ids taken so far."""

    def __init__(
        self, view: WeekView, listing: Listing, columns: tuple[str, ...], *, headed: bool, onto: Sequence[Row]
    ) -> None:
        self.view = view
        self.listing = listing
        mine = {one.name: one for one in listing.columns(view)}
        self.columns = [mine.get(name) if name and mine[name].editable else None for name in columns]
        self.about = next(iter(mine.values()))
        self.required = [one for one in mine.values() if one.required]
        self.taken: set[str] = set()
        self.offset = 2 if headed else 1
        self.onto = [] if headed else list(onto)
        self.by_name = self._named() if headed else {}
        self.fresh = listing.fresh(view) if listing.fresh else None

    def _named(self) -> dict[tuple[object, ...], Row]:
        """The rows by what tells them apart, where the block says it."""
        found: dict[tuple[object, ...], Row] = {}
        for row in self.listing.rows(self.view):
            found.setdefault(self._key(row), row)
        return found

    def _key(self, row: Row) -> tuple[object, ...]:
        same = self.listing.unique(row)
        return same if same is not None else (fold(self.about.text(self.view, row)),)

    def row(self, number: int, cells: Sequence[str]) -> Pasted:
        """One row of the block read; rows of blanks are left out."""
        if not any(fold(cell) for cell, column in zip(cells, self.columns, strict=False) if column):
            return Pasted(number=number, state=State.SAME)
        at = number - self.offset
        before = self.onto[at] if at < len(self.onto) else None
        if before is not None:
            return self._filled(number, cells, before, before)
        if self.by_name or self.offset == 2:
            before = self._standing(cells)
            if before is not None:
                return self._filled(number, cells, before, before)
        return self._new(number, cells)

    def _standing(self, cells: Sequence[str]) -> Row | None:
        """The row of the list that this one names."""
        if self.fresh is None:
            texts = dict(zip(self.columns, cells, strict=False))
            return self.by_name.get((fold(texts.get(self.about, "")),))
        return self.by_name.get(self._key(self._put(self.fresh, cells)[0]))

    def _new(self, number: int, cells: Sequence[str]) -> Pasted:
        listing, view = self.listing, self.view
        if self.fresh is None or listing.keyed is None:
            return Pasted(number=number, state=State.LEFT_OUT)
        row, faults = self._put(self.fresh, cells)
        given = {column.name for column in self.columns if column is not None}
        for column in self.required:
            if column.name not in given and not column.text(view, row):
                faults.setdefault(0, checks.said(checks.BadRowError(column.name, Trouble.BLANK), column.name))
        if faults:
            return Pasted(number=number, state=State.FAULT, faults=faults)
        known = listing.known(view, row)
        if known is not row:
            row, _ = self._put(known, cells)
        return Pasted(number=number, state=State.NEW, after=listing.keyed(view, row, self.taken))

    def _filled(self, number: int, cells: Sequence[str], before: Row, base: Row) -> Pasted:
        after, faults = self._put(base, cells)
        if faults:
            return Pasted(number=number, state=State.FAULT, before=before, faults=faults)
        state = State.SAME if after == before else State.CHANGED
        return Pasted(number=number, state=state, before=before, after=after)

    def _put(self, row: Row, cells: Sequence[str]) -> tuple[Row, dict[int, str]]:
        """The row with these cells, and what is wrong by place in the block. The naming column goes first."""
        faults: dict[int, str] = {}
        for at, (cell, column) in enumerate(zip(cells, self.columns, strict=False)):
            if column is None:
                continue
            try:
                row = column.put(self.view, row, column.value(self.view, cell))
            except BadCellError as bad:
                faults[at] = checks.said(bad, column.title or column.name)
        return row, faults


def _judged(view: WeekView, listing: Listing, found: Sequence[Pasted]) -> Iterator[Pasted]:
    """The rows with what is wrong between them: rows that are there twice, and what the door would refuse."""
    changed = [one for one in found if _counts(one) and one.after is not None]
    keys = {one.after.key for one in changed if one.after}
    seen = {listing.unique(row) for row in listing.rows(view) if row.key not in keys}
    after = view.plan
    faults: dict[int, str] = {}
    for one in changed:
        row = one.after
        assert row is not None  # noqa: S101 - as chosen above
        fault = _wrong(view, listing, row, seen)
        if fault:
            faults[one.number] = fault
    good = [one.after for one in changed if one.after is not None and one.number not in faults]
    if listing.table != "visits" and listing.id != "travel":
        after = after.apply(after.edit(Verb.PASTE, put=[part for row in good for part in row.parts]))
        for one in changed:
            if one.number in faults or one.after is None:
                continue
            try:
                for part in one.after.parts:
                    lists.sound(after, part)
            except Refused as refused:
                faults[one.number] = sentence(refused)
    for one in found:
        if one.number in faults:
            yield Pasted(number=one.number, state=State.FAULT, before=one.before, faults={-1: faults[one.number]})
        else:
            yield one


def _wrong(view: WeekView, listing: Listing, row: Row, seen: set[tuple[object, ...] | None]) -> str:
    try:
        listing.check(view, row)
    except BadCellError as bad:
        return checks.said(bad, "")
    same = listing.unique(row)
    if same is not None and same in seen:
        return same_words(view, listing, row)
    seen.add(same)
    return ""
