"""A published week kept whole, so that its files can be written again at any later time."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.models.change import TABLES, Entity
from app.models.plan import Plan
from app.models.publication import Publication
from app.models.week import Week
from app.store.codec import UnreadableError, dumps, from_json, to_json

_LASTING = ("sites", "roads", "teams", "people")
_OF_WEEKS = ("offers", "attendances", "slots", "availability", "wishes", "past_visits", "visits", "releases")


def snapshot(plan: Plan, week_id: str) -> str:
    """The week with all people, teams and sites, as JSON: everything that its files are made from."""
    kept: dict[str, list[dict[str, object]]] = {}
    for entity_table, entity in _kept(plan, week_id):
        kept.setdefault(entity_table, []).append(to_json(entity))
    return dumps(kept)


def _kept(plan: Plan, week_id: str) -> Iterator[tuple[str, Entity]]:
    yield "weeks", plan.weeks[week_id]
    for table in _LASTING:
        for _, entity in sorted(plan.table(table).items()):
            yield table, entity
    for table in _OF_WEEKS:
        for _, entity in sorted(plan.table(table).items()):
            if getattr(entity, "week_id") == week_id:  # noqa: B009 - the type of an entity is not known here
                yield table, entity


def published_plan(plan: Plan, publication: Publication) -> Plan:
    """The Plan as it was published, with the publications and the ledger up to that one.

    Raises app.store.codec.UnreadableError where the snapshot is damaged.
    """
    try:
        tables = json.loads(publication.snapshot)
        entities = [from_json(TABLES[table], values) for table, rows in tables.items() for values in rows]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UnreadableError(f"publication {publication.number}: {error}") from error
    if not any(isinstance(entity, Week) and entity.id == publication.week_id for entity in entities):
        raise UnreadableError(f"publication {publication.number}: no week")
    known = {
        other.id
        for other in plan.publications.values()
        if other.week_id == publication.week_id and other.number <= publication.number
    }
    history: list[Entity] = [other for other in plan.publications.values() if other.id in known]
    history += [line for line in plan.issued.values() if line.publication_id in known]
    history += [call for call in plan.calls.values() if call.publication_id in known]
    return Plan.of([*entities, *history])
