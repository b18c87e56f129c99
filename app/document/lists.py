"""Verbs for everything that is kept in lists: add, change, delete with what hangs on it, copy a slot to other days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from app.document.visits import named
from app.errors import Refused
from app.models.change import TABLE_OF, Edit, Entity, Verb
from app.models.names import fold, identity, shows
from app.models.people import Attendance, Availability
from app.models.places import Offer, Road, Site, Slot, Team
from app.models.plan import Plan
from app.models.references import LOOSE, REFERENCES, TAKING_PART
from app.models.visits import Visit
from app.models.week import Week

_ENDS_IN_NUMBER = re.compile(r"(.*?)(\d+)\Z", re.DOTALL)


def add(plan: Plan, *entities: Entity, verb: Verb = Verb.ADD) -> Edit:
    """Put new entities in, as one edit. Raises Refused as `sound` does, and ("already-there") for a known id."""
    for entity in entities:
        if entity.id in plan.table(TABLE_OF[type(entity)]):
            raise Refused("already-there", who=label(plan, entity), slot="")
    return change(plan, *entities, verb=verb)


def change(plan: Plan, *entities: Entity, verb: Verb = Verb.CHANGE) -> Edit:
    """Put entities in place of those with their ids, as one edit. Raises Refused as `sound` does."""
    after = plan.apply(plan.edit(verb, put=entities))
    for entity in entities:
        sound(after, entity)
    return named(plan.edit(verb, put=entities, week_id=_week_of(entities)), _facts(after, entities))


def delete(plan: Plan, *entities: Entity) -> Edit:
    """Take entities out with everything that hangs on them, and blank what merely mentions them."""
    gone = {(TABLE_OF[type(entity)], entity.id): entity for entity in entities}
    for entity in entities:
        gone.update({(TABLE_OF[type(other)], other.id): other for other in hanging(plan, entity)})
    put = [entity for entity in _loosened(plan, gone) if (TABLE_OF[type(entity)], entity.id) not in gone]
    hung = len(gone) - len({(TABLE_OF[type(entity)], entity.id) for entity in entities})
    edit = plan.edit(Verb.DELETE, put=put, drop=gone.values(), week_id=_week_of(entities))
    return named(edit, _facts(plan, entities) | {"hanging": str(hung)})


def hanging(plan: Plan, entity: Entity) -> list[Entity]:
    """Everything that cannot stand without the entity and would be deleted with it, itself left out."""
    first = (TABLE_OF[type(entity)], entity.id)
    found: dict[tuple[str, str], Entity] = {first: entity}
    waiting: dict[str, dict[str, Entity]] = {first[0]: {entity.id: entity}}
    while waiting:
        target, aims = waiting.popitem()
        for table, other in _leaning(plan, target, aims):
            if (table, other.id) not in found:
                found[table, other.id] = other
                waiting.setdefault(table, {})[other.id] = other
    del found[first]
    return list(found.values())


def duplicate_slot(plan: Plan, slot_id: str, days: Iterable[dt.date]) -> Edit:
    """Offer a slot on other days too, under new names that go on from its own. Raises Refused as `sound` does."""
    slot = plan.slots[slot_id]
    week = plan.weeks[slot.week_id]
    taken = {fold(other.name) for other in plan.slots.values() if other.week_id == week.id}
    copies: list[Slot] = []
    for day in days:
        name = next_name(slot.name, taken)
        taken.add(fold(name))
        fresh = unused_id(plan, "slots", "slot", week.name, name)
        copies.append(replace(slot, id=fresh, name=name, day=day))
    after = plan.apply(plan.edit(Verb.DUPLICATE, put=copies))
    for copy in copies:
        sound(after, copy)
    return plan.edit(
        Verb.DUPLICATE, put=copies, week_id=week.id, name=slot.name, count=str(len(copies)),
        where=plan.teams[slot.team_id].name,
    )  # fmt: skip


def unused_id(plan: Plan, table: str, kind: str, *names: str) -> str:
    """The id that these names give, or, where something else has it already, the next free one."""
    found, number = identity(kind, *names), 2
    while found in plan.table(table):
        found = identity(kind, *names, str(number))
        number += 1
    return found


def next_name(name: str, taken: set[str]) -> str:
    """The first free name after this one: its number counted on, its width kept. `taken` holds folded names."""
    match = _ENDS_IN_NUMBER.match(name)
    stem, digits = match.groups() if match else (f"{name} ", "1")
    number = int(digits)
    while True:
        number += 1
        candidate = f"{stem}{number:0{len(digits)}d}"
        if fold(candidate) not in taken:
            return candidate


def sound(plan: Plan, entity: Entity) -> None:
    """Refuse what could not stand in a planning workbook either (INTERFACES.md, "Faults").

    Raises Refused("name-missing" | "name-taken" | "alias-missing" | "end-not-after-start" | "outside-week" |
    "min-over-max" | "below-zero" | "no-places"). `plan` is the Plan with the entity in it.
    """
    _named(plan, entity)
    if isinstance(entity, Site) and entity.protected and not fold(entity.alias):
        raise Refused("alias-missing", name=entity.name)
    if isinstance(entity, Week) and entity.last_day < entity.first_day:
        raise Refused("end-not-after-start", name=entity.name)
    if isinstance(entity, Week) and (outside := _outside(plan, entity)):
        raise Refused("outside-week", name=outside.name, day=outside.day, week=entity.name)
    if isinstance(entity, Slot):
        _sound_slot(plan, entity)
    if isinstance(entity, Availability) and entity.start and entity.end and entity.end <= entity.start:
        raise Refused("end-not-after-start", name=plan.people[entity.person_id].name)
    if isinstance(entity, Attendance | Offer):
        _sound_counts(plan, entity)


def label(plan: Plan, entity: Entity) -> str:
    """What a person calls the entity: its name, or the name of what it is about."""
    if isinstance(entity, Site | Team | Slot | Week) or hasattr(entity, "name"):
        return str(getattr(entity, "name"))  # noqa: B009 - people, ledger lines and calls have one too
    for field, table in (("person_id", "people"), ("team_id", "teams"), ("from_id", "sites"), ("week_id", "weeks")):
        about = plan.table(table).get(getattr(entity, field, None) or "")
        if about is not None:
            return label(plan, about)
    return ""


def _facts(plan: Plan, entities: tuple[Entity, ...]) -> dict[str, str]:
    kinds = {TABLE_OF[type(entity)] for entity in entities}
    kind = kinds.pop() if len(kinds) == 1 else _leading(entities)
    named = [entity for entity in entities if TABLE_OF[type(entity)] == kind]
    name = label(plan, named[0]) if named else ""
    if isinstance(named[0] if named else None, Visit):
        name = plan.people[named[0].person_id].name  # type: ignore[union-attr]  # a visit, as just seen
    facts = {"kind": kind, "name": name, "count": str(len(named))}
    if named and isinstance(named[0], Road) and (end := plan.sites.get(named[0].to_id)) is not None:
        facts["other"] = end.name
    return facts


def _leading(entities: tuple[Entity, ...]) -> str:
    """Of a person and their attendance, a team and its offer: the table of what the edit is about."""
    tables = {TABLE_OF[type(entity)] for entity in entities}
    return next((table for table in ("people", "teams", "slots", "sites", "weeks") if table in tables), "")


def _week_of(entities: tuple[Entity, ...]) -> str | None:
    weeks = {entity.id if isinstance(entity, Week) else getattr(entity, "week_id", None) for entity in entities}
    weeks.discard(None)
    return weeks.pop() if len(weeks) == 1 else None


def _leaning(plan: Plan, target: str, aims: dict[str, Entity]) -> Iterator[tuple[str, Entity]]:
    for table, fields in REFERENCES.items():
        strict = [field for field, aim in fields.items() if aim == target and (table, field) not in LOOSE]
        for field in strict:
            yield from ((table, row) for row in plan.table(table).values() if getattr(row, field) in aims)
    pairs: set[tuple[Any, Any]]
    for table, (needed, field) in TAKING_PART.items():
        if needed == target:
            pairs = {(getattr(row, "week_id"), getattr(row, field)) for row in aims.values()}  # noqa: B009
            for row in plan.table(table).values():
                if (getattr(row, "week_id"), getattr(row, field)) in pairs:  # noqa: B009
                    yield table, row
    yield from _of_partaker(plan, target, aims)


def _of_partaker(plan: Plan, target: str, aims: dict[str, Entity]) -> Iterator[tuple[str, Entity]]:
    """Who no longer takes part in a week has no times, wishes, past visits or releases in it."""
    if target not in {"attendances", "offers"}:
        return
    field = "person_id" if target == "attendances" else "team_id"
    tables = ("availability", "wishes", "past_visits", "releases") if target == "attendances" else ("wishes",)
    pairs = {(getattr(row, "week_id"), getattr(row, field)) for row in aims.values()}  # noqa: B009
    for table in tables:
        for row in plan.table(table).values():
            if (getattr(row, "week_id"), getattr(row, field)) in pairs:  # noqa: B009
                yield table, row


def _loosened(plan: Plan, gone: dict[tuple[str, str], Entity]) -> list[Entity]:
    """Entities that mention what goes, with those mentions blank."""
    found: dict[tuple[str, str], Entity] = {}
    for table, field in LOOSE:
        target = REFERENCES[table][field]
        for row in plan.table(table).values():
            if (target, getattr(row, field)) in gone:
                changed: Any = found.get((table, row.id), row)
                found[table, row.id] = replace(changed, **{field: None})
    return list(found.values())


def _named(plan: Plan, entity: Entity) -> None:
    table = TABLE_OF[type(entity)]
    if table not in {"weeks", "sites", "teams", "people", "slots"}:
        return
    name = label(plan, entity)
    if not shows(name):
        raise Refused("name-missing", kind=table)
    holders = _holders(plan, table)[getattr(entity, "week_id", None), fold(name)]
    if any(other != entity.id for other in holders):
        raise Refused("name-taken", kind=table, name=name)


def _holders(plan: Plan, table: str) -> dict[tuple[str | None, str], list[str]]:
    """The ids that have each name of a table, by (week or None, folded name): found once for many rows."""

    def found() -> dict[tuple[str | None, str], list[str]]:
        made: dict[tuple[str | None, str], list[str]] = {}
        for other in plan.table(table).values():
            made.setdefault((getattr(other, "week_id", None), fold(label(plan, other))), []).append(other.id)
        return made

    return plan.remembered(("holders of names", table), (table,), found)


def _outside(plan: Plan, week: Week) -> Slot | None:
    mine = (slot for slot in plan.slots.values() if slot.week_id == week.id)
    return next((slot for slot in mine if not week.first_day <= slot.day <= week.last_day), None)


def _sound_slot(plan: Plan, slot: Slot) -> None:
    if slot.end <= slot.start:
        raise Refused("end-not-after-start", name=slot.name)
    if slot.places < 1:
        raise Refused("no-places", name=slot.name)
    week = plan.weeks[slot.week_id]
    if not week.first_day <= slot.day <= week.last_day:
        raise Refused("outside-week", name=slot.name, day=slot.day, week=week.name)


def _sound_counts(plan: Plan, entity: Attendance | Offer) -> None:
    name = label(plan, entity)
    if min(entity.min_visits, entity.max_visits or 0, entity.max_per_day or 0) < 0:
        raise Refused("below-zero", name=name)
    if entity.max_visits is not None and entity.min_visits > entity.max_visits:
        raise Refused("min-over-max", name=name)
