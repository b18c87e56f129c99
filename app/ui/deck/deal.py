"""The deck of a week: every card by slot and by visitor, dealt anew only where an edit touched it. Without Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from app.engine.touched import index
from app.exchange.unpublished import unpublished
from app.models.findings import Problems
from app.models.names import fold
from app.models.places import Consent
from app.models.view import WeekSlot, WeekView
from app.models.visits import Visit, VisitStatus
from app.ui.deck.cards import Badge, Card, Shelf, Sort


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
    for worn, wears in zip(_worn(old), _worn(problems), strict=True):
        affected |= worn ^ wears
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


def _worn(problems: Problems) -> tuple[set[str], set[str]]:
    """Which visits wear a badge because of a broken rule, and which because of a warning."""
    broken = {visit_id for fact in problems.broken if not fact.permitted for visit_id in fact.visits}
    return broken, {warning.visit_id for warning in problems.warnings}


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
