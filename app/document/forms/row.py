"""One row of a form under way: its cells, what is asked about them, and what it would put into the week."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from openpyxl.utils import get_column_letter

from app.document.forms import cells as read
from app.document.forms.cells import UnreadError, shown
from app.document.forms.names import Known
from app.document.lists import unused_id
from app.exchange.forms.fields import FIELDS, LEADING, Field, Holds
from app.exchange.planning import cells
from app.models.change import Entity
from app.models.forms import Ask, Asked, Fixes, FormKind, FormRow, Guess, Layout, RawCell, RawSheet, RowKey, RowState
from app.models.people import Attendance
from app.models.places import Offer, Site

NEW, SKIP, TAKE, DROP = "new", "skip", "take", "drop"
TWICE = "twice"
"""Under this key stands which of several rows about the same counts."""
SHEET_ROW = 0
"""An answer for a whole sheet is kept under this row."""

E_ = TypeVar("E_", bound=Entity)
Choices = tuple[tuple[str, str], ...]


class LeftOutError(Exception):
    """A row that is none of a form's, or that somebody left out; `ask` says why."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask)
        self.ask = ask


@dataclass(slots=True, eq=False)
class Row:
    """One row. `above` is what the rows before it say in their leading column; `about` is what it is about."""

    known: Known
    sheet: RawSheet
    layout: Layout
    fixes: Fixes
    number: int
    held: Mapping[int, RawCell]
    columns: Mapping[str, Guess]
    above: str = ""
    new: bool = False
    about: list[tuple[str, ...]] = field(default_factory=list)
    asks: list[Asked] = field(default_factory=list)
    altered: list[tuple[str, str, str]] = field(default_factory=list)
    put: dict[str, Entity] = field(default_factory=dict)
    drop: dict[str, Entity] = field(default_factory=dict)

    @property
    def key(self) -> RowKey:
        """What tells this row from every other."""
        return *self.sheet.key, self.number

    @property
    def kind(self) -> FormKind:
        """What the sheet tells of."""
        return self.layout.kind or FormKind.VISITORS

    @property
    def lead(self) -> str:
        """The field without which the row says nothing."""
        return LEADING[self.kind]

    def outcome(self, name: str, state: RowState | None = None) -> FormRow:
        """What the row would do; its own state unless one is given."""
        found = state or self._state()
        changes = found in {RowState.NEW, RowState.CHANGED}
        return FormRow(
            file=self.sheet.file, sheet=self.sheet.title, number=self.number, state=found,
            name=name or self.said(self.lead), altered=tuple(self.altered), asks=tuple(self.asks),
            put=tuple(self.put.values()) if changes else (), drop=tuple(self.drop.values()) if changes else (),
        )  # fmt: skip

    def _state(self) -> RowState:
        if any(asked.blocks for asked in self.asks):
            return RowState.ERROR
        if self.asks:
            return RowState.CHECK
        if not self.drop and all(self.known.has(one) for one in self.put.values()):
            return RowState.SAME
        return RowState.NEW if self.new else RowState.CHANGED

    # Cells

    @property
    def says_more(self) -> bool:
        """Whether anything stands beside the name, where the sheet has columns for that."""
        return len(self.columns) == 1 or any(self.cell(name) is not None for name in self.columns if name != self.lead)

    def cell(self, name: str) -> RawCell:
        """What stands in the column of that field, or what somebody put in its place; None where that is nothing."""
        fixed = self.fixes.texts.get((*self.sheet.key, self.number, name))
        if fixed is not None:
            return fixed or None
        guess = self.columns.get(name)
        found = self.held.get(guess.column) if guess else None
        return None if isinstance(found, str) and read.says_nothing(found, name) else found

    def said(self, name: str) -> str:
        """The cell as one line of text."""
        return " ".join(cells.shown(self.cell(name)).split())

    def address(self, name: str) -> str:
        """`B7`."""
        guess = self.columns.get(name)
        return f"{get_column_letter(guess.column)}{self.number}" if guess else f"A{self.number}"

    # Questions and answers

    def ask(self, ask: Ask, name: str, choices: Choices = (), item: str = "", **facts: str) -> None:
        """Ask something of a cell; `item` is the part of it that is meant, where it names several."""
        key = f"{name}|{item}" if item else name
        column = name if name in self.columns else self.lead
        text = item or self.said(name)
        self.asks.append(
            Asked(ask=ask, field=key, cell=self.address(column), text=text, facts=facts, choices=choices)
        )  # fmt: skip

    def answer(self, name: str, item: str = "") -> str:
        """What somebody answered for the row, or for the whole sheet; blank where nobody did."""
        key = f"{name}|{item}" if item else name
        answers = self.fixes.answers
        own = answers.get((*self.sheet.key, self.number, key), "")
        return own or answers.get((*self.sheet.key, SHEET_ROW, key), "")

    def asks_about(self, name: str) -> bool:
        """Whether something is asked of that field already."""
        return any(asked.field == name for asked in self.asks)

    def settled(self, ask: Ask, key: str, **facts: str) -> None:
        """Ask whether the row counts at all, unless somebody has said so."""
        answer = self.answer(key)
        if answer == SKIP:
            raise LeftOutError(ask)
        if answer != TAKE:
            self.ask(ask, key, ((TAKE, ""), (SKIP, "")), **facts)

    # What it would put

    def keep(self, entity: Entity) -> None:
        """The row would put this."""
        self.put[entity.id] = entity

    def keep_counts(self, taking: Attendance | Offer) -> None:
        """The row would put how many visits somebody takes; refused where the least is more than the most."""
        if taking.max_visits is not None and taking.min_visits > taking.max_visits:
            self.ask(Ask.REFUSED, "Min visits", expected="min-max")
        self.keep(taking)

    def differs(self, name: str, old: str, new: str) -> None:
        """Tell a change, if it is one."""
        if old != new:
            self.altered.append((name, old, new))

    def plain(self, table: str, entity: E_, *, without: Collection[str] = ()) -> E_:
        """The entity with what the row's cells say of it, those of fields that are read otherwise left aside."""
        entity = self.known.latest(entity)
        found: dict[str, Any] = {}
        for one in FIELDS[self.kind]:
            if one.entity == table and one.name not in without and self.cell(one.name) is not None:
                value = self.value(one)
                if value is not None and not self._as_shown(getattr(entity, one.part), value):
                    found[one.part] = value
        changed = replace(entity, **found)
        for one in FIELDS[self.kind]:
            if one.entity == table and one.part in found:
                self.differs(one.name, self._words(one, entity), self._words(one, changed))
        return changed

    def _as_shown(self, known: object, said: object) -> bool:
        """Whether a text is what our own form showed of what is known: protected places under their alias."""
        safe = self.known.safe
        return isinstance(known, str) and isinstance(said, str) and safe is not None and said == safe.text(known)

    def value(self, wanted: Field) -> object:
        """What the cell of a field holds; None where it cannot be read, which is asked."""
        name = wanted.name
        if wanted.holds is Holds.PLACE:
            return self._place(name)
        try:
            return read.plain_value(wanted.holds, name, self.cell(name), self.known.week)
        except UnreadError as bad:
            answer = self.answer(name)
            if bad.choices and answer in dict(bad.choices):
                return read.chosen(wanted.holds, name, answer)
            self.ask(bad.ask, name, bad.choices, expected=bad.expected)
            return None

    def _words(self, wanted: Field, entity: Entity) -> str:
        value = getattr(entity, wanted.part)
        if wanted.holds is Holds.PLACE:
            site = self.known.sites.get(value or "") or self.put.get(value or "")
            return site.name if isinstance(site, Site) else str(value or "")
        return shown(value)

    def _place(self, name: str) -> str | None:
        """The id of the site that a cell names; a new one only where somebody said so."""
        said = self.said(name)
        if (found := self.known.site_id(said)) is not None:
            return found
        if read.is_error(said):
            self.ask(Ask.NOT_READ, name, expected="formula")
            return None
        answer = self.answer(name)
        if answer in self.known.sites:
            return answer
        if answer == NEW:
            site = Site(id=unused_id(self.known.plan, "sites", "site", said), name=said)
            self.put[site.id] = site
            return site.id
        if answer != SKIP:
            near = tuple(self.known.near_sites(said))
            self.ask(Ask.UNKNOWN_PLACE, name, (*near, (NEW, ""), (SKIP, "")))
        return None

    def missing(self, *names: str) -> None:
        """Ask for what is needed and not there."""
        for name in names:
            if self.cell(name) is None and not self.asks_about(name):
                self.ask(Ask.MISSING, name)
