"""A week with a set of (person, slot) pairs in place of its visits, for judging what somebody proposes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.engine import check
from app.models.findings import Broken
from app.models.names import fold, identity
from app.models.view import WeekView
from app.models.visits import GONE, Visit, VisitStatus

Pairs = frozenset[tuple[str, str]]
"""Counted visits as (person id, slot id)."""


def pairs_of(view: WeekView) -> Pairs:
    """The pairs of the visits that count."""
    return frozenset((visit.person_id, visit.slot_id) for visit in view.counted)


def in_order(view: WeekView, pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The pairs by date, start, visitor's name: the same order wherever they come from."""

    def place(pair: tuple[str, str]) -> tuple[object, ...]:
        visitor, slot = view.visitors[pair[0]], view.slots[pair[1]]
        return (slot.day, slot.span.start, fold(visitor.name), fold(slot.name), pair)

    return tuple(sorted(pairs, key=place))


def with_pairs(view: WeekView, pairs: Iterable[tuple[str, str]]) -> WeekView:
    """The week as it would be with exactly these visits: those that are there keep what they are."""
    there = {(visit.person_id, visit.slot_id): visit for visit in view.visits if visit.status not in GONE}
    visits = tuple(there.get(pair) or _proposed(view, pair) for pair in in_order(view, set(pairs)))
    return replace(view, visits=visits)


def with_pins(view: WeekView, pairs: Pairs) -> WeekView:
    """The week with the visits of these pairs pinned, proposed where they are missing; all others stay as they are."""
    there = pairs_of(view)
    week = view if pairs <= there else with_pairs(view, pairs | there)
    visits = tuple(replace(one, pinned=True) if (one.person_id, one.slot_id) in pairs else one for one in week.visits)
    return replace(week, visits=visits)


def _proposed(view: WeekView, pair: tuple[str, str]) -> Visit:
    return Visit(
        id=identity("proposed", view.week.id, *pair), week_id=view.week.id, person_id=pair[0], slot_id=pair[1],
        status=VisitStatus.PROPOSED, uid="",
    )  # fmt: skip


def faults(view: WeekView) -> tuple[Broken, ...]:
    """The broken rules that do not come from pins alone: a proposed week must have none."""
    pinned = {visit.id for visit in view.counted if visit.pinned}
    return tuple(broken for broken in check.problems(view).broken if not pinned.issuperset(broken.visits))
