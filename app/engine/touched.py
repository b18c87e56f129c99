"""The part of a week that a change of some visits can touch, and the referee's findings after it.

The referee (`app.engine.check`) judges a whole week; while somebody drags a visit about, or edits a large week, only
the visits that share a rule with the changed ones need judging again. The findings are the same, in the same order.
"""

from __future__ import annotations

import datetime as dt
from bisect import insort
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from app.engine import check, rules
from app.models.findings import Broken, Problems, Rule, Warned
from app.models.view import WeekSlot, WeekView
from app.models.visits import Visit

_OF_PERSON = frozenset(
    {
        Rule.CLASH, Rule.NOT_FREE, Rule.LUNCH, Rule.NEVER, Rule.CLEARANCE, Rule.CONSENT, Rule.VISITOR_MAX,
        Rule.VISITOR_DAY_MAX, Rule.SAME_TEAM,
    }
)  # fmt: skip


class VisitIndex:
    """The counted visits of a week by visitor, slot, team and day, each in the week's order."""

    def __init__(self, view: WeekView) -> None:
        self.by_person: dict[str, list[Visit]] = {}
        self.by_slot: dict[str, list[Visit]] = {}
        self.by_team: dict[str, list[Visit]] = {}
        self.by_day: dict[dt.date, list[Visit]] = {}
        for visit in view.visits:
            if not visit.counts:
                continue
            slot = view.slots[visit.slot_id]
            self.by_person.setdefault(visit.person_id, []).append(visit)
            self.by_slot.setdefault(slot.id, []).append(visit)
            self.by_team.setdefault(slot.team.id, []).append(visit)
            self.by_day.setdefault(slot.day, []).append(visit)


def index(view: WeekView) -> VisitIndex:
    """The week's index, made once for each set of visits."""
    return view.plan.remembered(
        ("visits indexed", view.week.id), ("visits", "slots", "teams", "offers", "sites"), lambda: VisitIndex(view)
    )


def touched(view: WeekView, people: Iterable[str], slots: Iterable[WeekSlot]) -> WeekView:
    """The week with only those visits that share a rule with these visitors in these slots, in no special order."""
    known = index(view)
    found: dict[str, Visit] = {}
    for person_id in people:
        found |= {visit.id: visit for visit in known.by_person.get(person_id, ())}
    for slot in slots:
        found |= {visit.id: visit for visit in known.by_team.get(slot.team.id, ())}
        for visit in known.by_day.get(slot.day, ()):
            if visit.id not in found and rules.same_host(view.slots[visit.slot_id], slot):
                found[visit.id] = visit
    return replace(view, visits=tuple(found.values()))


def problems_after(
    before: WeekView, found: Problems, after: WeekView, changed: Collection[str], *, today: dt.date | None = None
) -> Problems:
    """What `check.problems(after)` says, given what it said of the week before and the visits that changed since.

    Only visits may differ between the two weeks. `changed` are the ids of all that were made, altered or removed.
    """
    versions = [
        visit
        for view in (before, after)
        for visit_id in changed
        if (visit := view.plan.visits.get(visit_id)) is not None and visit.week_id == after.week.id
    ]
    people = {visit.person_id for visit in versions}
    slots = {visit.slot_id: after.slots[visit.slot_id] for visit in versions}
    teams = {slot.team.id for slot in slots.values()}
    part = touched(after, people, slots.values())
    keep = {visit.id for visit in part.visits}
    part = replace(part, visits=tuple(visit for visit in after.visits if visit.id in keep))
    again = check.problems(part, today=today)

    def concerned(fact: Broken) -> bool:
        if fact.rule in _OF_PERSON:
            return fact.person_id in people
        if fact.rule in (Rule.TEAM_MAX, Rule.TEAM_DAY_MAX):
            return fact.team_id in teams
        return fact.slot_id in slots or fact.other_slot_id in slots

    broken = [fact for fact in found.broken if not concerned(fact)]
    for fact in again.broken:
        if concerned(fact):
            insort(broken, fact, key=lambda one: check.place_of(after, one))
    return Problems(broken=tuple(broken), warnings=_warnings(after, found.warnings, again.warnings, changed))


def _warnings(
    after: WeekView, old: Iterable[Warned], new: Iterable[Warned], changed: Collection[str]
) -> tuple[Warned, ...]:
    """Old warnings of visits that stand as they were and new ones of those that changed, in the week's order."""
    kept = [warning for warning in old if warning.visit_id not in changed]
    come = [warning for warning in new if warning.visit_id in changed]
    if not come:
        return tuple(kept)
    place: Mapping[str, int] = {visit.id: number for number, visit in enumerate(after.visits)}
    return tuple(sorted([*kept, *come], key=lambda warning: place[warning.visit_id]))
