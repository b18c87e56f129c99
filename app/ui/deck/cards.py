"""What lies in which cell of the board, without Qt: cards, rows and columns as a function of one week.

A card that would say the same as before is the same object again, so that a model can compare by identity.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from app.engine.touched import index
from app.exchange.unpublished import unpublished
from app.models.findings import Problems
from app.models.names import fold
from app.models.places import Consent
from app.models.view import WeekSlot, WeekTeam, WeekView
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


def badges_of(view: WeekView, problems: Problems) -> Callable[[Visit, WeekSlot], tuple[Badge, ...]]:
    """A function that says which badges a visit wears."""
    broken = {visit_id for fact in problems.blocking for visit_id in fact.visits}
    tight = {warning.visit_id for warning in problems.warnings}
    published, changed = view.is_published, unpublished(view)

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
        if changed(visit) if changed is not None else published and visit.status is VisitStatus.PROPOSED:
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
    dealer = _Dealer(view, problems, services, shelf)
    people = index(view).by_person
    return Deck(
        view=view,
        by_slot={slot_id: cards for slot_id in view.slots if (cards := dealer.of_slot(slot_id))},
        by_person={person_id: dealer.of_person(person_id) for person_id in people},
        services=services,
    )


def dealt_again(
    before: Deck, old: Problems, view: WeekView, problems: Problems, changed: Collection[str], shelf: Shelf
) -> Deck:
    """The deck after an edit of these visits alone: only slots and visitors whose cards may differ are dealt anew."""
    affected = set(changed)
    affected |= {visit_id for visit_id, _ in _worn(old) ^ _worn(problems)}
    versions = [
        visit
        for week in (before.view, view)
        for visit_id in affected
        if (visit := week.plan.visits.get(visit_id)) is not None and visit.week_id == view.week.id
    ]
    dealer = _Dealer(view, problems, before.services, shelf)
    by_slot, by_person = dict(before.by_slot), dict(before.by_person)
    for slot_id in {visit.slot_id for visit in versions}:
        by_slot[slot_id] = dealer.of_slot(slot_id)
    for person_id in {visit.person_id for visit in versions}:
        by_person[person_id] = dealer.of_person(person_id)
    return Deck(view=view, by_slot=by_slot, by_person=by_person, services=before.services)


def _worn(problems: Problems) -> set[tuple[str, Badge]]:
    """Which visits wear a badge because of these findings."""
    broken = {(visit_id, Badge.BROKEN) for fact in problems.broken if not fact.permitted for visit_id in fact.visits}
    return broken | {(warning.visit_id, Badge.TIGHT) for warning in problems.warnings}


class _Dealer:
    """Makes the cards of one slot or one visitor."""

    def __init__(self, view: WeekView, problems: Problems, services: Mapping[str, int], shelf: Shelf) -> None:
        self._view = view
        self._known = index(view)
        self._badges = badges_of(view, problems)
        self._services = services
        self._shelf = shelf

    def _look(self, slot: WeekSlot) -> int:
        return self._services.get(fold(slot.team.service), 0)

    def _card(self, visit: Visit) -> Card:
        slot = self._view.slots[visit.slot_id]
        name = self._view.visitors[visit.person_id].name
        return self._shelf.visit(visit, slot, name, self._badges(visit, slot), self._look(slot))

    def of_slot(self, slot_id: str) -> tuple[Card, ...]:
        """The visits of a slot, then one card for the places left."""
        slot = self._view.slots[slot_id]
        cards = [self._card(visit) for visit in self._known.by_slot.get(slot_id, ())]
        left = slot.places - len(cards)
        if left > 0 and not slot.refused:
            free = Card(
                sort=Sort.FREE, key=f"free:{slot.id}", slot=slot, places=left, service=self._look(slot),
                badges=(Badge.CONSENT,) if slot.slot.consent is Consent.TO_ASK else (),
            )  # fmt: skip
            cards.append(self._shelf.card(free))
        return tuple(cards)

    def of_person(self, person_id: str) -> tuple[Card, ...]:
        """The visits of a visitor, by time."""
        return tuple(self._card(visit) for visit in self._known.by_person.get(person_id, ()))


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
    slots = _slots_of_teams(view)
    rows: list[Row] = []
    for team in view.teams.values():
        mine = slots.get(team.id, ())
        hands = tuple(dealt.by_slot.get(slot.id, ()) for slot in mine)
        held = shelf.lanes.get(team.id)
        if held is None or held[0] != (team, wanted, columns) or not _same(held[1], hands):
            held = ((team, wanted, columns), hands, _team_lanes(dealt, team, mine, place, wanted, shelf))
            shelf.lanes[team.id] = held
        rows += held[2]
    return Board(columns=columns, rows=tuple(rows))


def _slots_of_teams(view: WeekView) -> Mapping[str, tuple[WeekSlot, ...]]:
    def made() -> dict[str, tuple[WeekSlot, ...]]:
        found: dict[str, list[WeekSlot]] = {}
        for slot in view.slots.values():
            found.setdefault(slot.team.id, []).append(slot)
        return {team_id: tuple(slots) for team_id, slots in found.items()}

    return view.plan.remembered(("window: slots of teams", view.week.id), ("teams", "offers", "sites", "slots"), made)


def _same(old: tuple[Hand, ...], new: tuple[Hand, ...]) -> bool:
    """Whether both are the very same cards."""
    return len(old) == len(new) and all(
        a is b or (len(a) == len(b) and all(one is other for one, other in zip(a, b, strict=True)))
        for a, b in zip(old, new, strict=True)
    )


def _team_lanes(
    dealt: Deck, team: WeekTeam, slots: tuple[WeekSlot, ...], place: Mapping[str, int], wanted: Filter, shelf: Shelf
) -> tuple[Row, ...]:
    """The rows of one team; none where the filter leaves it out."""
    mine: list[list[Card]] = [[] for _ in place]
    for slot in slots:
        column = place.get(f"{slot.day.isoformat()}{'am' if slot.span.start < NOON else 'pm'}")
        if column is not None:
            mine[column].extend(dealt.by_slot.get(slot.id, ()))
    if not _shown(wanted, team.service, (team.name, team.site.name), mine):
        return ()
    look = dealt.services.get(fold(team.service), 0)
    return tuple(
        shelf.row(
            Row(
                key=f"{team.id}:{lane}", owner_id=team.id, name=team.name, note=team.service, service=look, lane=lane,
                cells=tuple(cards[lane] if lane < len(cards) else None for cards in mine),
            )
        )
        for lane in _lanes(mine)
    )  # fmt: skip


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
