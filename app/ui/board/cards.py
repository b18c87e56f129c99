"""What lies in which cell of the board, without Qt: cards, rows and columns as a function of one week.

A card that would say the same as before is the same object again, so that a model can compare by identity.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.models.findings import Problems
from app.models.names import fold
from app.models.places import Consent
from app.models.view import WeekSlot, WeekView
from app.models.visits import Visit, VisitStatus
from app.text import translate

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


class Shelf:
    """Remembers cards and rows between edits, so that what did not change stays the same object."""

    def __init__(self) -> None:
        self._cards: dict[str, Card] = {}
        self._rows: dict[str, Row] = {}

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


def badges_of(view: WeekView, problems: Problems) -> Callable[[Visit, WeekSlot], tuple[Badge, ...]]:
    """A function that says which badges a visit wears."""
    broken = {visit_id for fact in problems.blocking for visit_id in fact.visits}
    tight = {warning.visit_id for warning in problems.warnings}
    published = view.is_published

    def badges(visit: Visit, slot: WeekSlot) -> tuple[Badge, ...]:
        worn: list[Badge] = []
        if visit.id in broken:
            worn.append(Badge.BROKEN)
        if visit.permitted:
            worn.append(Badge.PERMITTED)
        if visit.id in tight:
            worn.append(Badge.TIGHT)
        if visit.pinned:
            worn.append(Badge.PINNED)
        if slot.slot.consent is Consent.TO_ASK:
            worn.append(Badge.CONSENT)
        if published and visit.status is VisitStatus.PROPOSED:
            worn.append(Badge.CHANGED)
        return tuple(worn)

    return badges


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """Every card of the week, by slot and by visitor: what all views of the board are dealt from."""

    view: WeekView
    by_slot: Mapping[str, tuple[Card, ...]]
    """The cards of each slot: its visits by name, then one for the places left."""
    by_person: Mapping[str, tuple[Card, ...]]
    services: Mapping[str, int]


def deck(view: WeekView, problems: Problems, services: Mapping[str, int], shelf: Shelf) -> Deck:
    """Deal the cards of the week."""
    badges = badges_of(view, problems)
    by_slot: dict[str, list[Card]] = {}
    by_person: dict[str, list[Card]] = {}
    looks = {team.id: services.get(fold(team.service), 0) for team in view.teams.values()}
    for visit in view.visits:
        if not visit.counts:
            continue
        slot = view.slots[visit.slot_id]
        name = view.visitors[visit.person_id].name
        card = shelf.visit(visit, slot, name, badges(visit, slot), looks[slot.team.id])
        by_slot.setdefault(slot.id, []).append(card)
        by_person.setdefault(visit.person_id, []).append(card)
    for slot in view.slots.values():
        taken = len(by_slot.get(slot.id, ()))
        if taken < slot.places and not slot.refused:
            free = Card(
                sort=Sort.FREE, key=f"free:{slot.id}", slot=slot, places=slot.places - taken,
                badges=(Badge.CONSENT,) if slot.slot.consent is Consent.TO_ASK else (), service=looks[slot.team.id],
            )  # fmt: skip
            by_slot.setdefault(slot.id, []).append(shelf.card(free))
    return Deck(
        view=view,
        by_slot={slot_id: tuple(cards) for slot_id, cards in by_slot.items()},
        by_person={person_id: tuple(cards) for person_id, cards in by_person.items()},
        services=services,
    )


def half_days(view: WeekView) -> tuple[Column, ...]:
    """Morning and afternoon of every day of the week."""
    return tuple(
        Column(f"{day.isoformat()}{part}", day, start, end)
        for day in view.week.days
        for part, start, end in (("am", 0, NOON), ("pm", NOON, 24 * 60))
    )


def by_team(dealt: Deck, wanted: Filter, shelf: Shelf) -> Board:
    """A row for each team, more lanes where it has several cards in one half day."""
    view = dealt.view
    columns = half_days(view)
    place = {column.key: number for number, column in enumerate(columns)}
    cells: dict[str, list[list[Card]]] = {team_id: [[] for _ in columns] for team_id in view.teams}
    for slot in view.slots.values():
        column = place.get(f"{slot.day.isoformat()}{'am' if slot.span.start < NOON else 'pm'}")
        if column is not None:
            cells[slot.team.id][column].extend(dealt.by_slot.get(slot.id, ()))
    rows: list[Row] = []
    for team in view.teams.values():
        mine = cells[team.id]
        if not _shown(wanted, team.service, (team.name, team.site.name), mine):
            continue
        look = dealt.services.get(fold(team.service), 0)
        for lane in _lanes(mine):
            row = Row(
                key=f"{team.id}:{lane}", owner_id=team.id, name=team.name, note=team.service, service=look,
                lane=lane, cells=tuple(cards[lane] if lane < len(cards) else None for cards in mine),
            )  # fmt: skip
            rows.append(shelf.row(row))
    return Board(columns=columns, rows=tuple(rows))


def by_visitor(dealt: Deck, wanted: Filter, shelf: Shelf) -> Board:
    """A row for each visitor, standby ones last; where they cannot come, a hint."""
    view = dealt.view
    columns = half_days(view)
    place = {column.key: number for number, column in enumerate(columns)}
    rows: list[Row] = []
    for visitor in sorted(view.visitors.values(), key=lambda one: one.standby):
        mine: list[list[Card]] = [[] for _ in columns]
        for card in dealt.by_person.get(visitor.id, ()):
            if card.slot is None:
                continue
            part = "am" if card.slot.span.start < NOON else "pm"
            at = place.get(f"{card.slot.day.isoformat()}{part}")
            if at is not None:
                mine[at].append(card)
        if wanted.service and not any(
            card.slot and fold(card.slot.team.service) == fold(wanted.service) for cards in mine for card in cards
        ):
            continue
        if not _shown(Filter(text=wanted.text), "", (visitor.name, visitor.person.role), mine):
            continue
        for number, column in enumerate(columns):
            if not mine[number] and (note := _away(view, visitor.id, column)):
                away = Card(sort=Sort.AWAY, key=f"away:{visitor.id}:{column.key}", note=note)
                mine[number].append(shelf.card(away))
        for lane in _lanes(mine):
            row = Row(
                key=f"{visitor.id}:{lane}", owner_id=visitor.id, name=visitor.name,
                note=visitor.person.role, service=-1, lane=lane,
                cells=tuple(cards[lane] if lane < len(cards) else None for cards in mine),
            )  # fmt: skip
            rows.append(shelf.row(row))
    return Board(columns=columns, rows=tuple(rows))


QUARTER = 15


def by_day(dealt: Deck, day: dt.date, wanted: Filter, shelf: Shelf) -> Board:
    """One day along its hours: a column for each quarter of an hour, teams over as many lanes as overlap."""
    view = dealt.view
    slots = [slot for slot in view.slots.values() if slot.day == day]
    first = min([view.week.day_starts.hour * 60, *(slot.span.start for slot in slots)]) // 60 * 60
    last = max([view.week.day_ends.hour * 60, *(slot.span.end for slot in slots)])
    count = -(-(last - first) // QUARTER)
    columns = tuple(
        Column(f"{first + n * QUARTER}", day, first + n * QUARTER, first + (n + 1) * QUARTER) for n in range(count)
    )
    by_owner: dict[str, list[Card]] = {}
    for slot in slots:
        by_owner.setdefault(slot.team.id, []).extend(dealt.by_slot.get(slot.id, ()))
    rows: list[Row] = []
    for team in view.teams.values():
        cards = by_owner.get(team.id, [])
        if not cards or not _shown(wanted, team.service, (team.name, team.site.name), [cards]):
            continue
        look = dealt.services.get(fold(team.service), 0)
        for lane, line in enumerate(_timed_lanes(cards, first)):
            cells: list[Card | None] = [None] * count
            spans = []
            for start, length, card in line:
                cells[start] = card
                spans.append((start, length))
            row = Row(
                key=f"{day.isoformat()}:{team.id}:{lane}", owner_id=team.id, name=team.name, note=team.service,
                service=look, lane=lane, cells=tuple(cells), spans=tuple(spans),
            )  # fmt: skip
            rows.append(shelf.row(row))
    return Board(columns=columns, rows=tuple(rows))


def _timed_lanes(cards: Iterable[Card], first: int) -> list[list[tuple[int, int, Card]]]:
    """Cards spread over lanes so that none overlap; each with its first column and its length in columns."""
    lanes: list[list[tuple[int, int, Card]]] = []
    for card in sorted(cards, key=lambda one: one.slot.span if one.slot else (0, 0)):
        if card.slot is None:
            continue
        start = (card.slot.span.start - first) // QUARTER
        end = -(-(card.slot.span.end - first) // QUARTER)
        for lane in lanes:
            if lane[-1][0] + lane[-1][1] <= start:
                lane.append((start, end - start, card))
                break
        else:
            lanes.append([(start, end - start, card)])
    return lanes


def _lanes(cells: list[list[Card]]) -> range:
    return range(max(1, *(len(cards) for cards in cells)) if cells else 1)


def _shown(wanted: Filter, service: str, names: tuple[str, ...], cells: list[list[Card]]) -> bool:
    """Whether a row is wanted: its service fits, and each word is in its names or on one of its cards."""
    if wanted.service and fold(wanted.service) != fold(service):
        return False
    words = fold(wanted.text).split()
    if not words:
        return True
    text = fold(" ".join(names))
    if all(word in text for word in words):
        return True
    return any(matches(card, words) for cards in cells for card in cards)


def matches(card: Card, words: list[str]) -> bool:
    """Whether every word is somewhere on the card."""
    slot = card.slot
    parts = [card.person, card.note]
    if slot is not None:
        parts += [slot.team.name, slot.slot.activity, slot.site.name, slot.host, slot.name]
    text = fold(" ".join(parts))
    return all(word in text for word in words)


def _away(view: WeekView, person_id: str, column: Column) -> str:
    """Whether the visitor cannot come at all in that half day: "busy", "not free", or blank."""
    visitor = view.visitors[person_id]
    start = max(column.start, view.week.day_starts.hour * 60 + view.week.day_starts.minute)
    end = min(column.end, view.week.day_ends.hour * 60 + view.week.day_ends.minute)
    if start >= end:
        return ""
    if visitor.free is not None and not any(
        span.start < end and start < span.end for span in visitor.free.get(column.day, ())
    ):
        return translate("not free")
    if any(span.start <= start and end <= span.end for span in visitor.busy.get(column.day, ())):
        return translate("busy")
    return ""
