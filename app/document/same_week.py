"""Whether two weeks say the same, whatever the ids of their entities are: what a round trip must keep."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from app.models.change import TABLES, Entity
from app.models.names import fold
from app.models.places import ONLINE, ONLINE_ID
from app.models.plan import Plan
from app.models.references import REFERENCES
from app.models.view import view

_NOT_SAID = {
    "weeks": {"private_invitations", "reminder", "archived", "keep_until"},
    "availability": {"from_diary"},
    "visits": {"uid"},  # made from the names at creation; after a move no workbook can say it
}
"""Fields that a planning workbook cannot say."""


def same_week(first: Plan, first_week: str, second: Plan, second_week: str) -> bool:
    """Whether the two weeks would be the same planning workbook."""
    return week_content(first, first_week) == week_content(second, second_week)


def week_content(plan: Plan, week_id: str) -> dict[str, list[tuple[tuple[str, str], ...]]]:
    """Everything that a week says, by table: rows of (field, value) in a repeatable order, names in place of ids.

    Sites and roads of the whole plan, but of people and teams only those who take part.
    """
    seen = view(plan, week_id)
    found: dict[str, list[Entity]] = {
        "weeks": [seen.week],
        "sites": list(plan.sites.values()),
        "roads": list(plan.roads.values()),
        "teams": [team.team for team in seen.teams.values()],
        "people": [visitor.person for visitor in seen.visitors.values()],
    }
    rest: Any
    for table in ("offers", "attendances", "slots", "availability", "wishes", "past_visits", "visits"):
        rest = plan.table(table).values()
        found[table] = [one for one in rest if one.week_id == week_id]
    return {table: sorted(_said(plan, table, one) for one in rows) for table, rows in found.items()}


def _said(plan: Plan, table: str, entity: Any) -> tuple[tuple[str, str], ...]:
    unsaid = _NOT_SAID.get(table, set()) | {"id"}
    return tuple(
        (field.name, _value(plan, table, field.name, getattr(entity, field.name)))
        for field in fields(TABLES[table])
        if field.name not in unsaid
    )


def _value(plan: Plan, table: str, field: str, value: object) -> str:
    target = REFERENCES.get(table, {}).get(field)
    if target is None or value is None:
        return repr(value)
    if value == ONLINE_ID:
        return ONLINE.name
    named: Any = plan.table(target)[str(value)]
    return fold(named.name)
