"""Boards: cards of the deck laid out by team, by visitor, or along the hours of a day, in lanes. Without Qt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from app.models.names import fold
from app.models.view import WeekSlot, WeekTeam, WeekView, minute
from app.text import translate
from app.ui.deck.cards import NOON, Board, Card, Column, Filter, Hand, Row, Shelf, Sort
from app.ui.deck.deal import Deck


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
    start = max(column.start, minute(view.week.day_starts))
    end = min(column.end, minute(view.week.day_ends))
    if start >= end:
        return ""
    if visitor.free is not None and not any(
        span.start < end and start < span.end for span in visitor.free.get(column.day, ())
    ):
        return translate("not free")
    if any(span.start <= start and end <= span.end for span in visitor.busy.get(column.day, ())):
        return translate("busy")
    return ""
