"""How long weeks and the people in them are kept, and who is in a file by name."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.document.document import Document
from app.document.visits import named
from app.errors import Refused
from app.models.change import Edit, Verb
from app.models.names import fold
from app.models.plan import Plan
from app.models.week import Week

DEFAULT_DAYS = 90
"""Days after its last day that a week is kept where nothing else was said."""


def kept_until(week: Week, began: dt.date | None = None) -> dt.date:
    """The last day that a week is to be kept. `began`: a week that was entered after it was over counts from then."""
    if week.keep_until is not None:
        return week.keep_until
    return max(week.last_day, began or week.last_day) + dt.timedelta(days=DEFAULT_DAYS)


def began(document: Document) -> dt.date | None:
    """The day of the first entry of a file."""
    lines = document.history
    return lines[0].at.astimezone().date() if lines else None


def overdue(document: Document, today: dt.date) -> tuple[Week, ...]:
    """Weeks whose date has passed while people are still named in them, the oldest first."""
    plan, first = document.plan, began(document)
    found = [
        week for week in plan.weeks.values() if kept_until(week, first) < today and people_of(plan, week.id)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda week: (kept_until(week, first), week.name)))


def keep_until(plan: Plan, week_id: str, day: dt.date) -> Edit:
    """Keep a week until another day. Raises Refused("kept-too-short") for a day before the week is over."""
    week = plan.weeks[week_id]
    if day < week.last_day:
        raise Refused("kept-too-short", week=week.name)
    edit = plan.edit(Verb.SETTINGS, put=[replace(week, keep_until=day)], week_id=week_id)
    return named(edit, {"week": week.name})


def people_of(plan: Plan, week_id: str) -> tuple[str, ...]:
    """The names of everybody who takes part in a week and in no other that is kept, erased ones left out."""
    elsewhere = {one.person_id for one in plan.attendances.values() if one.week_id != week_id}
    here = {one.person_id for one in plan.attendances.values() if one.week_id == week_id} - elsewhere
    names = (plan.people[one].name for one in here)
    return tuple(sorted((name for name in names if not name.startswith("Erased person ")), key=fold))


def everybody(plan: Plan) -> dict[str, frozenset[str]]:
    """Everybody named in the file, by name → as what: `visitor`, `assistant`, `host`, `deputy`."""
    found: dict[str, tuple[str, set[str]]] = {}

    def add(name: str, role: str) -> None:
        if fold(name):
            found.setdefault(fold(name), (name, set()))[1].add(role)

    for person in plan.people.values():
        add(person.name, "visitor")
        add(person.assistant, "assistant")
    for team in plan.teams.values():
        add(team.host, "host")
        add(team.deputy, "deputy")
    for slot in plan.slots.values():
        add(slot.host, "host")
    return {name: frozenset(roles) for _, (name, roles) in sorted(found.items())}
