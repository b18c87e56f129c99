"""A published week kept whole, so that its files can be written again at any later time."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.errors import Refused
from app.models.change import TABLE_OF, TABLES, Change, Edit, Entity, Verb
from app.models.plan import Plan
from app.models.publication import Publication
from app.models.references import dangling
from app.models.sense import makes_sense
from app.models.view import WeekView, view
from app.store.codec import dumps, from_json, to_json

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

    Raises Refused("publication-unreadable", number) where nobody can make sense of the snapshot.
    """
    try:
        tables = json.loads(publication.snapshot)
        entities = [from_json(TABLES[table], values) for table, rows in tables.items() for values in rows]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused("publication-unreadable", number=publication.number) from error
    if not _stands(Plan.of(entities), publication.week_id):
        raise Refused("publication-unreadable", number=publication.number)
    known = {
        other.id
        for other in plan.publications.values()
        if other.week_id == publication.week_id and other.number <= publication.number
    }
    history: list[Entity] = [other for other in plan.publications.values() if other.id in known]
    history += [line for line in plan.issued.values() if line.publication_id in known]
    history += [call for call in plan.calls.values() if call.publication_id in known]
    return Plan.of([*entities, *history])


def _stands(plan: Plan, week_id: str) -> bool:
    """Whether the week is there, every row makes sense, and points at rows that are there."""
    rows = [row for table in TABLES for row in plan.table(table).values()]
    edit = Edit(verb=Verb.PUBLISH, changes=tuple(
        Change(table=TABLE_OF[type(row)], id=row.id, before=None, after=row) for row in rows
    ))  # fmt: skip
    return week_id in plan.weeks and all(map(makes_sense, rows)) and not any(dangling(plan, edit))


def published_before(plan: Plan, publication: Publication) -> WeekView | None:
    """The week as it was published, to compare with; None where it cannot be read, so that everything counts as new."""
    try:
        return view(published_plan(plan, publication), publication.week_id)
    except Refused:
        return None
