"""Verbs for whole weeks: a new one that carries people, teams and past visits over, a copy, the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from app.document.lists import sound, unused_id
from app.document.visits import named, new_visit, taken_uids
from app.models.change import Edit, Entity, Verb
from app.models.people import Attendance, PastVisit
from app.models.places import Offer
from app.models.plan import Plan
from app.models.visits import VisitStatus
from app.models.week import Week


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What a new week takes over from an earlier one. Sites, people and teams outlive every week by themselves."""

    week_id: str
    visitors: bool = True
    teams: bool = True
    past_visits: bool = True
    """What visitors had seen before that week, and what they saw in it. Only of visitors who are carried over."""


def new_week(plan: Plan, week: Week, carried: Carried | None = None) -> Edit:
    """A week that begins; its id is given here. Raises Refused as `app.document.lists.sound` does."""
    week = replace(week, id=unused_id(plan, "weeks", "week", week.name))
    put: list[Entity] = [week]
    if carried is not None:
        if carried.visitors:
            put += _attendances(plan, week, carried.week_id)
        if carried.teams:
            put += _offers(plan, week, carried.week_id)
        if carried.visitors and carried.past_visits:
            put += _past(plan, week, carried.week_id)
    return _edit(plan, Verb.NEW_WEEK, week, put)


def copy_week(plan: Plan, week_id: str, name: str) -> Edit:
    """The same week again under another name, to try something out: people are told nothing of its visits.

    Its visits are proposed and have identities of their own. Raises Refused as `new_week`.
    """
    week = replace(plan.weeks[week_id], id=unused_id(plan, "weeks", "week", name), name=name, archived=False)
    slots = {
        slot.id: replace(slot, id=unused_id(plan, "slots", "slot", name, slot.name), week_id=week.id)
        for slot in plan.slots.values()
        if slot.week_id == week_id
    }
    put: list[Entity] = [week, *_attendances(plan, week, week_id), *_offers(plan, week, week_id), *slots.values()]
    for table, kind in (("availability", "availability"), ("wishes", "wish"), ("past_visits", "past")):
        rows: dict[str, Any] = dict(plan.table(table))
        for row in rows.values():
            if row.week_id == week_id:
                put.append(replace(row, id=unused_id(plan, table, kind, week.id, row.id), week_id=week.id))
    halfway = plan.apply(_edit(plan, Verb.COPY_WEEK, week, put))
    taken = taken_uids(plan)
    for visit in plan.visits.values():
        if visit.week_id == week_id and visit.counts:
            new_slot = slots[visit.slot_id].id
            put.append(
                replace(
                    new_visit(halfway, visit.person_id, new_slot, taken=taken),
                    pinned=visit.pinned, permitted=visit.permitted, status=VisitStatus.PROPOSED,
                )
            )  # fmt: skip
    return _edit(plan, Verb.COPY_WEEK, week, put)


def archive_week(plan: Plan, week_id: str, *, archived: bool = True) -> Edit:
    """Put a week away among the old ones, or take it out again. Nothing of it changes."""
    week = plan.weeks[week_id]
    edit = plan.edit(Verb.ARCHIVE_WEEK, put=[replace(week, archived=archived)], week_id=week_id)
    return named(edit, {"week": week.name, "archived": "yes" if archived else "no"})


def _edit(plan: Plan, verb: Verb, week: Week, put: Iterable[Entity]) -> Edit:
    edit = named(plan.edit(verb, put=put, week_id=week.id), {"week": week.name})
    sound(plan.apply(edit), week)
    return edit


def _attendances(plan: Plan, week: Week, from_id: str) -> Iterator[Attendance]:
    for one in plan.attendances.values():
        if one.week_id == from_id:
            name = plan.people[one.person_id].name
            yield replace(one, id=unused_id(plan, "attendances", "attendance", week.name, name), week_id=week.id)


def _offers(plan: Plan, week: Week, from_id: str) -> Iterator[Offer]:
    for one in plan.offers.values():
        if one.week_id == from_id:
            name = plan.teams[one.team_id].name
            yield replace(one, id=unused_id(plan, "offers", "offer", week.name, name), week_id=week.id)


def _past(plan: Plan, week: Week, from_id: str) -> Iterator[PastVisit]:
    """What was past in that week, and the visits of that week themselves, each team and day of a visitor once."""
    found: dict[tuple[object, ...], PastVisit] = {}
    for seen in plan.past_visits.values():
        if seen.week_id == from_id:
            found[seen.person_id, seen.team_id, seen.team_name, seen.day] = seen
    for visit in plan.visits.values():
        if visit.week_id == from_id and visit.counts:
            slot = plan.slots[visit.slot_id]
            team = plan.teams[slot.team_id]
            made = PastVisit(
                id="", week_id=from_id, person_id=visit.person_id, team_id=team.id, team_name=team.name, day=slot.day
            )
            found.setdefault((made.person_id, made.team_id, made.team_name, made.day), made)
    for one in found.values():
        name, day = plan.people[one.person_id].name, one.day.isoformat() if one.day else ""
        yield replace(
            one, id=unused_id(plan, "past_visits", "past", week.name, name, one.team_name, day), week_id=week.id
        )
