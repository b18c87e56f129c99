"""Pins that cannot hold together: for every rule that pins break by themselves, the smallest set that breaks it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from app.engine import check
from app.models.findings import Broken, Conflict, Rule
from app.models.view import WeekView

_COUNTED = frozenset(
    {Rule.SLOT_FULL, Rule.VISITOR_MAX, Rule.VISITOR_DAY_MAX, Rule.TEAM_MAX, Rule.TEAM_DAY_MAX}
)  # fmt: skip
"""Rules about numbers: all the pins concerned are alike, so all are named, with how many of them can stay."""


def conflicts(view: WeekView) -> tuple[Conflict, ...]:
    """The sets of pinned visits that cannot hold, the smallest first; what a hand permitted is left out.

    No pin of a set can go without its rule holding again, but for numbers: there `stay` tells how many can stay.
    """
    pins = [visit for visit in view.counted if visit.pinned]
    firm = replace(view, visits=tuple(pins))
    found = [_conflict(firm, fact) for fact in check.problems(firm).broken if not fact.permitted]
    return tuple(sorted(found, key=lambda one: (len(one.visits), check.place_of(view, one.broken))))


def _conflict(firm: WeekView, fact: Broken) -> Conflict:
    visits = tuple(dict.fromkeys(fact.visits))
    if fact.rule in _COUNTED:
        return Conflict(broken=fact, visits=visits, stay=fact.limit)
    if fact.rule is Rule.HOST:
        visits = _one_of_each(firm, visits)
    smallest = next(
        some
        for size in range(1, len(visits) + 1)
        for some in combinations(visits, size)
        if size == len(visits) or _breaks(firm, some, fact.rule)
    )
    return Conflict(broken=fact, visits=smallest, stay=len(smallest) - 1)


def _one_of_each(firm: WeekView, visits: Iterable[str]) -> tuple[str, ...]:
    """One visit of each slot: who shares a slot shares its host."""
    first: dict[str, str] = {}
    for visit_id in visits:
        first.setdefault(firm.plan.visits[visit_id].slot_id, visit_id)
    return tuple(first.values())


def _breaks(firm: WeekView, some: tuple[str, ...], rule: Rule) -> bool:
    """Whether these visits alone break the rule."""
    part = replace(firm, visits=tuple(visit for visit in firm.visits if visit.id in some))
    return any(fact.rule is rule for fact in check.problems(part).broken)
