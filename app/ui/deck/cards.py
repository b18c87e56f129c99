"""The cards of the board, its rows and columns, without Qt, and the shelf that keeps them between edits.

A card that would say the same as before is the same object again, so that a model can compare by identity.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from app.models.view import WeekSlot
from app.models.visits import Visit

NOON = 12 * 60


class Badge(StrEnum):
    """What a card says besides time and name."""

    BROKEN = "broken"
    PERMITTED = "permitted"
    TIGHT = "tight"
    PINNED = "pinned"
    CONSENT = "consent"
    CHANGED = "changed"


class Sort(StrEnum):
    """What a card stands for."""

    VISIT = "visit"
    FREE = "free"
    """A slot with places left."""
    AWAY = "away"
    """A visitor who cannot come at that time: a hint, nothing to act on."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Card:
    """One cell's content. Equality is identity; the shelf makes equal content the same object."""

    sort: Sort
    key: str
    slot: WeekSlot | None = None
    visit: Visit | None = None
    person: str = ""
    """The visitor's name."""
    places: int = 0
    """Places left, of a free slot."""
    badges: tuple[Badge, ...] = ()
    service: int = 0
    """The place of the service's look."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: half a day, or a quarter of an hour."""

    key: str
    day: dt.date
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """A lane of a team or a visitor. `head` is blank on every lane but the first."""

    key: str
    owner_id: str
    name: str
    note: str
    service: int
    lane: int
    cells: tuple[Card | None, ...]
    spans: tuple[tuple[int, int], ...] = ()
    """First column and number of columns of cards that reach over several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything one view of the board shows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What the user wants to see: words anywhere on a row, and one service."""

    text: str = ""
    service: str = ""

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return bool(self.text.strip() or self.service)


Hand: TypeAlias = tuple[Card, ...]


class Shelf:
    """Remembers cards and rows between edits, so that what did not change stays the same object."""

    def __init__(self) -> None:
        self._cards: dict[str, Card] = {}
        self._rows: dict[str, Row] = {}
        self.lanes: dict[str, tuple[object, tuple[Hand, ...], tuple[Row, ...]]] = {}
        """The rows of each team, with what they were made from."""

    def card(self, card: Card) -> Card:
        """The card, or the one of before where it says the same."""
        held = self._cards.get(card.key)
        if (
            held is not None
            and held.visit is card.visit
            and held.slot is card.slot
            and held.badges == card.badges
            and held.places == card.places
            and held.person == card.person
            and held.service == card.service
            and held.note == card.note
        ):
            return held
        self._cards[card.key] = card
        return card

    def visit(self, visit: Visit, slot: WeekSlot, person: str, badges: tuple[Badge, ...], service: int) -> Card:
        """The card of a visit; nothing is made where the card of before still holds."""
        held = self._cards.get(visit.id)
        if (
            held is not None
            and held.visit is visit
            and held.slot is slot
            and held.badges == badges
            and held.person == person
            and held.service == service
        ):
            return held
        card = Card(
            sort=Sort.VISIT, key=visit.id, slot=slot, visit=visit, person=person, badges=badges, service=service
        )
        self._cards[visit.id] = card
        return card

    def row(self, row: Row) -> Row:
        """The row, or the one of before where every cell is the same."""
        held = self._rows.get(row.key)
        if (
            held is not None
            and len(held.cells) == len(row.cells)
            and all(a is b for a, b in zip(held.cells, row.cells, strict=True))
            and (held.name, held.note, held.service, held.spans) == (row.name, row.note, row.service, row.spans)
        ):
            return held
        self._rows[row.key] = row
        return row
