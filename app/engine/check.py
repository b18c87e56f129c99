"""The referee: every broken rule and every warning of a week's visits, by whomever they were made."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from app.engine import rules
from app.engine.bankholidays import bank_holiday
from app.models.findings import Broken, Caution, Problems, Rule, Warned
from app.models.names import fold
from app.models.places import Consent
from app.models.view import Visitor, WeekSlot, WeekView
from app.models.visits import Visit

K = TypeVar("K")
_RULE_ORDER = {rule: place for place, rule in enumerate(Rule)}


def problems(view: WeekView, *, before: WeekView | None = None, today: dt.date | None = None) -> Problems:
    """Every broken rule and warning of the visits that count.

    `before`, where given, is the week that the visits were made from: a pin of it that is gone breaks rule `pin`.
    `today` decides which consents are late; without it no consent is.
    """
    placed = [_Placed(view, visit) for visit in view.counted]
    found = [
        *_alone(view, placed),
        *_per_visitor(view, placed),
        *_per_slot(placed),
        *_per_team(view, placed),
        *_hosts(view, placed),
        *_lost_pins(view, before),
    ]
    found.sort(key=lambda broken: place_of(view, broken))
    return Problems(broken=tuple(found), warnings=tuple(_warnings(view, placed, today)))


class _Placed:
    """A counted visit with its visitor and slot at hand."""

    __slots__ = ("slot", "visit", "visitor")

    def __init__(self, view: WeekView, visit: Visit) -> None:
        self.visit = visit
        self.visitor: Visitor = view.visitors[visit.person_id]
        self.slot: WeekSlot = view.slots[visit.slot_id]


def _grouped(placed: Iterable[_Placed], key: Callable[[_Placed], K]) -> dict[K, list[_Placed]]:
    groups: dict[K, list[_Placed]] = defaultdict(list)
    for one in placed:
        groups[key(one)].append(one)
    return groups


def _broken(
    rule: Rule,
    concerned: Sequence[_Placed],
    *,
    person_id: str | None = None,
    slot_id: str | None = None,
    other_slot_id: str | None = None,
    team_id: str | None = None,
    day: dt.date | None = None,
    number: int = 0,
    limit: int = 0,
) -> Broken:
    return Broken(
        rule=rule,
        person_id=person_id,
        slot_id=slot_id,
        other_slot_id=other_slot_id,
        team_id=team_id,
        day=day,
        number=number,
        limit=limit,
        visits=tuple(one.visit.id for one in concerned),
        pinned=any(one.visit.pinned for one in concerned),
        permitted=any(one.visit.permitted for one in concerned),
    )


def _alone(view: WeekView, placed: list[_Placed]) -> Iterator[Broken]:
    for one in placed:
        for rule in rules.barred(view.week, one.visitor, one.slot):
            if rule is not Rule.LUNCH:  # a whole day's lunch is judged once, with all its visits
                yield _broken(rule, [one], person_id=one.visitor.id, slot_id=one.slot.id)


def _per_visitor(view: WeekView, placed: list[_Placed]) -> Iterator[Broken]:
    for mine in _grouped(placed, lambda one: one.visitor.id).values():
        visitor = mine[0].visitor
        if visitor.max_visits is not None and len(mine) > visitor.max_visits:
            yield _broken(Rule.VISITOR_MAX, mine, person_id=visitor.id, number=len(mine), limit=visitor.max_visits)
        if view.week.same_team_once:
            yield from _same_team(visitor, mine)
        for day, on_day in _grouped(mine, lambda one: one.slot.day).items():
            yield from _visitor_day(view, visitor, day, on_day)


def _same_team(visitor: Visitor, mine: list[_Placed]) -> Iterator[Broken]:
    for team_id, same in _grouped(mine, lambda one: one.slot.team.id).items():
        first = same[0]
        for again in same[1:]:
            yield _broken(
                Rule.SAME_TEAM, [first, again], person_id=visitor.id, slot_id=first.slot.id,
                other_slot_id=again.slot.id, team_id=team_id,
            )  # fmt: skip


def _visitor_day(view: WeekView, visitor: Visitor, day: dt.date, on_day: list[_Placed]) -> Iterator[Broken]:
    if visitor.max_per_day is not None and len(on_day) > visitor.max_per_day:
        yield _broken(
            Rule.VISITOR_DAY_MAX, on_day, person_id=visitor.id, day=day,
            number=len(on_day), limit=visitor.max_per_day,
        )  # fmt: skip
    spans = [one.slot.span for one in on_day]
    if not rules.lunch_holds(view.week, spans):
        window = rules.lunch_window(view.week)
        eating = [one for one in on_day if one.slot.span.overlaps(window)] or on_day
        yield _broken(
            Rule.LUNCH, eating, person_id=visitor.id, slot_id=eating[0].slot.id, day=day,
            number=rules.lunch_left(view.week, spans), limit=view.week.lunch_minutes,
        )  # fmt: skip
    for first, second in combinations(sorted(on_day, key=lambda one: one.slot.span), 2):
        if rules.clash(view, first.slot, second.slot):
            gap = view.needed_gap(first.slot.site.id, second.slot.site.id)
            yield _broken(
                Rule.CLASH, [first, second], person_id=visitor.id, slot_id=first.slot.id,
                other_slot_id=second.slot.id, day=day,
                number=second.slot.span.start - first.slot.span.end, limit=gap,
            )  # fmt: skip


def _per_slot(placed: list[_Placed]) -> Iterator[Broken]:
    for slot_id, here in _grouped(placed, lambda one: one.slot.id).items():
        if len(here) > here[0].slot.places:
            yield _broken(
                Rule.SLOT_FULL, here, slot_id=slot_id, team_id=here[0].slot.team.id,
                number=len(here), limit=here[0].slot.places,
            )  # fmt: skip


def _per_team(view: WeekView, placed: list[_Placed]) -> Iterator[Broken]:
    for team_id, here in _grouped(placed, lambda one: one.slot.team.id).items():
        team = view.teams[team_id]
        if team.max_visits is not None and len(here) > team.max_visits:
            yield _broken(Rule.TEAM_MAX, here, team_id=team_id, number=len(here), limit=team.max_visits)
        if team.max_per_day is None:
            continue
        for day, on_day in _grouped(here, lambda one: one.slot.day).items():
            if len(on_day) > team.max_per_day:
                yield _broken(
                    Rule.TEAM_DAY_MAX, on_day, team_id=team_id, day=day,
                    number=len(on_day), limit=team.max_per_day,
                )  # fmt: skip


def _hosts(view: WeekView, placed: list[_Placed]) -> Iterator[Broken]:
    rivals = rules.host_rivals(view)
    used = _grouped(placed, lambda one: one.slot.id) if rivals else {}
    for first, second in rivals:
        if first in used and second in used:
            slot = view.slots[first]
            yield _broken(
                Rule.HOST, [*used[first], *used[second]], slot_id=first, other_slot_id=second,
                team_id=slot.team.id, day=slot.day,
            )  # fmt: skip


def _lost_pins(view: WeekView, before: WeekView | None) -> Iterator[Broken]:
    if before is None:
        return
    held = {(visit.person_id, visit.slot_id) for visit in view.counted}
    for visit in before.counted:
        if visit.pinned and (visit.person_id, visit.slot_id) not in held:
            yield Broken(
                rule=Rule.PIN, person_id=visit.person_id, slot_id=visit.slot_id, visits=(visit.id,), pinned=True
            )


def place_of(view: WeekView, broken: Broken) -> tuple[object, ...]:
    """By what broken rules are sorted: rule, day, time, names."""
    slot = view.slots.get(broken.slot_id or "")
    day = broken.day or (slot.day if slot else dt.date.max)
    other = view.slots.get(broken.other_slot_id or "")
    return (
        _RULE_ORDER[broken.rule],
        day,
        slot.span if slot else (0, 0),
        fold(view.visitors[broken.person_id].name) if broken.person_id else "",
        fold(view.teams[broken.team_id].name) if broken.team_id else "",
        fold(slot.name) if slot else "",
        fold(other.name) if other else "",
    )


def _warnings(view: WeekView, placed: list[_Placed], today: dt.date | None) -> Iterator[Warned]:
    week = view.week
    for one in placed:
        person, site, day = one.visitor.person, one.slot.site, one.slot.day

        def warned(kind: Caution, fact: str = "", one: _Placed = one) -> Warned:
            return Warned(kind=kind, person_id=one.visitor.id, slot_id=one.slot.id, visit_id=one.visit.id, fact=fact)

        if person.division and fold(person.division) == fold(site.division):
            yield warned(Caution.DIVISION, person.division)
        if in_pre_election(week.pre_election_from, week.pre_election_to, day):
            yield warned(Caution.PRE_ELECTION)
        if holiday := bank_holiday(day):
            yield warned(Caution.BANK_HOLIDAY, holiday)
        by = one.slot.slot.consent_by
        if today and by and one.slot.slot.consent is Consent.TO_ASK and today > by:
            yield warned(Caution.CONSENT_LATE)


def in_pre_election(first: dt.date | None, last: dt.date | None, day: dt.date) -> bool:
    """Whether a day lies inside the pre-election dates; an open end reaches for ever, none given is never."""
    if first is None and last is None:
        return False
    return (first is None or first <= day) and (last is None or day <= last)
