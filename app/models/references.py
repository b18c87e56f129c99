"""Which field of which table points at which other table, said once for the schema, the door and deletion."""

from __future__ import annotations

from collections.abc import Iterator

from app.models.change import TABLE_OF, Edit, Entity
from app.models.places import ONLINE_ID
from app.models.plan import Plan

REFERENCES: dict[str, dict[str, str]] = {
    "roads": {"from_id": "sites", "to_id": "sites"},
    "teams": {"site_id": "sites"},
    "offers": {"week_id": "weeks", "team_id": "teams"},
    "people": {"base_id": "sites"},
    "attendances": {"week_id": "weeks", "person_id": "people"},
    "slots": {"week_id": "weeks", "team_id": "teams", "site_id": "sites"},
    "availability": {"week_id": "weeks", "person_id": "people"},
    "wishes": {"week_id": "weeks", "person_id": "people", "team_id": "teams"},
    "past_visits": {"week_id": "weeks", "person_id": "people", "team_id": "teams"},
    "visits": {"week_id": "weeks", "person_id": "people", "slot_id": "slots"},
    "publications": {"week_id": "weeks"},
    "issued": {"publication_id": "publications"},
    "calls": {"publication_id": "publications"},
    "releases": {"week_id": "weeks", "person_id": "people", "site_id": "sites"},
}
"""Table → field → the table it points at.

The ledger and the call list name their visit without pointing at it: what people were told outlives the visit.
"""

LOOSE: frozenset[tuple[str, str]] = frozenset({("people", "base_id"), ("slots", "site_id"), ("past_visits", "team_id")})
"""Fields that become blank when what they point at is deleted; behind every other field the whole row goes."""

TAKING_PART: dict[str, tuple[str, str]] = {"slots": ("offers", "team_id"), "visits": ("attendances", "person_id")}
"""A slot needs its team's offer in the same week, a visit its person's attendance: table → (table, shared field)."""


def pointers(entity: Entity) -> Iterator[tuple[str, str, str]]:
    """What an entity points at: (field, table, id), blank fields and the built-in `online` left out."""
    for field, target in REFERENCES.get(TABLE_OF[type(entity)], {}).items():
        aim = getattr(entity, field)
        if aim is not None and not (target == "sites" and aim == ONLINE_ID):
            yield field, target, aim


def dangling(after: Plan, edit: Edit) -> Iterator[tuple[Entity, str]]:
    """Entities that would point at nothing once the edit has led to `after`, with the field that does."""
    for change in edit.changes:
        standing = after.table(change.table).get(change.id)
        if standing is not None:
            yield from ((standing, field) for field, table, aim in pointers(standing) if aim not in after.table(table))
            if change.table in TAKING_PART and not _takes_part(after, standing):
                yield standing, TAKING_PART[change.table][1]
    yield from _left_behind(after, edit)


def _left_behind(after: Plan, edit: Edit) -> Iterator[tuple[Entity, str]]:
    gone: dict[str, set[str]] = {}
    partings: set[str] = set()
    for change in edit.changes:
        if change.id not in after.table(change.table):
            gone.setdefault(change.table, set()).add(change.id)
        if change.table in {"offers", "attendances"}:
            partings.add(change.table)
    for table, fields in REFERENCES.items():
        for field, target in fields.items():
            if ids := gone.get(target):
                yield from ((entity, field) for entity in after.table(table).values() if getattr(entity, field) in ids)
    for table, (needed, field) in TAKING_PART.items():
        if needed in partings:
            yield from ((entity, field) for entity in after.table(table).values() if not _takes_part(after, entity))


def _takes_part(plan: Plan, entity: Entity) -> bool:
    needed, field = TAKING_PART[TABLE_OF[type(entity)]]
    pairs = plan.remembered(
        ("taking part", needed),
        (needed,),
        lambda: {(getattr(row, "week_id"), getattr(row, field)) for row in plan.table(needed).values()},  # noqa: B009
    )
    return (getattr(entity, "week_id"), getattr(entity, field)) in pairs  # noqa: B009
