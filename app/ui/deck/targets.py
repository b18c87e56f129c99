"""What a cell means as a place to move to, for each way of looking at the week. Without Qt."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.engine import rules
from app.models.view import WeekSlot
from app.text import translate
from app.ui.deck.cards import NOON, Card, Column, Row, Sort
from app.ui.deck.deal import Deck
from app.ui.deck.verdicts import NOTHING, Mark, Moving, Verdict, judge, swap_verdict
from app.words.labels import slot_label

_RANK = {Mark.FINE: 0, Mark.TIGHT: 1, Mark.BROKEN: 2, Mark.HERE: 3, Mark.NOTHING: 4}


class Way(StrEnum):
    """A way of looking at the week."""

    TEAM = "team"
    VISITOR = "visitor"
    DAY = "day"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a drop on a cell leads. `slots` are the choices, the best first; `other_id` a visit to swap with."""

    verdict: Verdict
    slots: tuple[str, ...] = ()
    other_id: str | None = None


NOWHERE = Target(verdict=NOTHING)


def target(
    dealt: Deck, way: Way, moving: Moving, row: Row, column: Column, card: Card | None, *, today: dt.date
) -> Target:
    """What dropping on that cell would do."""
    if way is Way.VISITOR:
        return _on_visitor(dealt, moving, row, column, card, today)
    if card is None or card.slot is None:
        return Target(verdict=Verdict(mark=Mark.NOTHING, short=translate("no slot is offered here")))
    verdict = judge(dealt.view, moving, card.slot.id, today=today)
    return Target(verdict=verdict, slots=(card.slot.id,), other_id=_other(moving, card))


def _other(moving: Moving, card: Card | None) -> str | None:
    """The visit on the card, where one visit alone is being moved onto another."""
    if card is None or card.visit is None or len(moving.visit_ids) != 1 or card.visit.id in moving.visit_ids:
        return None
    return card.visit.id


def _on_visitor(dealt: Deck, moving: Moving, row: Row, column: Column, card: Card | None, today: dt.date) -> Target:
    visits = dealt.view.plan.visits
    people = {moving.person_id} if moving.person_id else {visits[one].person_id for one in moving.visit_ids}
    if people != {row.owner_id}:
        other = _other(moving, card)
        if other is None:
            return NOWHERE
        return Target(verdict=swap_verdict(dealt.view, moving.visit_ids[0], other, today=today), other_id=other)
    if row.lane > 0 and card is None:
        return NOWHERE
    if card is not None and card.slot is not None and card.sort is Sort.VISIT:
        return Target(verdict=judge(dealt.view, moving, card.slot.id, today=today), slots=(card.slot.id,))
    return _half_day(dealt, moving, row.owner_id, column, today)


def _half_day(dealt: Deck, moving: Moving, person_id: str, column: Column, today: dt.date) -> Target:
    """The best of the slots with a place left in that half day, by verdict and then by wish."""
    visitor = dealt.view.visitors[person_id]
    offered = [
        slot
        for slot in dealt.view.slots.values()
        if slot.day == column.day
        and (slot.span.start < NOON) == (column.start < NOON)
        and any(card.sort is Sort.FREE for card in dealt.by_slot.get(slot.id, ()))
    ]
    if not offered:
        return Target(verdict=Verdict(mark=Mark.NOTHING, short=translate("no slot is offered here")))
    offered.sort(key=lambda slot: (not rules.open_to(dealt.view.week, visitor, slot), -rules.wished(visitor, slot)))
    judged: list[tuple[Verdict, WeekSlot]] = []
    for slot in offered:
        judged.append((judge(dealt.view, moving, slot.id, today=today), slot))
        if judged[-1][0].mark is Mark.FINE:
            break  # the slots are sorted: no better one follows
    verdict, best = min(judged, key=lambda pair: _RANK[pair[0].mark])
    reasons = (slot_label(best), *verdict.reasons)
    said = Verdict(
        mark=verdict.mark, short=verdict.short, reasons=reasons, broken=verdict.broken, can_allow=verdict.can_allow
    )
    others = tuple(slot.id for slot in offered if slot is not best)
    return Target(verdict=said, slots=(best.id, *others))
