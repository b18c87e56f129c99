"""What the app holds of one person, to hand to them; and their erasure from the file and its backups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.document.document import Document
from app.document.forms.memory import forget_headings
from app.errors import Refused
from app.exchange.filenames import safe_name
from app.models.change import TABLES, Entity
from app.models.names import fold
from app.models.people import Person
from app.models.plan import Plan
from app.models.publication import Call, Issued
from app.store.codec import to_json
from app.store.erase import Erasure

Part = tuple[str, tuple[tuple[str, str], ...]]

_NAMED_IN: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "people": (("name", ("email",)), ("assistant", ("assistant_email",))),
    "teams": (("host", ("host_email", "host_phone")), ("deputy", ("deputy_email",))),
    "slots": (("host", ("host_email",)),),
    "issued": (("name", ("email",)),),
    "calls": (("name", ("contact",)),),
}
"""Where a person's name may stand, with their addresses beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Everything that is held of a person. `as_visitor` is None for who only hosts or assists.

    `entities` are in the order of the tables: what is theirs (their row, times, wishes, visits, what they were
    sent), then what names them (a team they host, somebody they assist).
    """

    name: str
    as_visitor: Person | None
    entities: tuple[Entity, ...]


def held_of(plan: Plan, name: str) -> Held:
    """Everything held of the person of that name, visitor, host, deputy or assistant.

    Raises Refused("unknown-person") where nobody has the name.
    """
    person = next((row for row in plan.people.values() if fold(row.name) == fold(name)), None)
    found = tuple(_entities(plan, name, person)) if fold(name) else ()
    if not found:
        raise Refused("unknown-person", name=name, known=sorted({row.name for row in plan.people.values()}, key=fold))
    return Held(name=person.name if person else name, as_visitor=person, entities=found)


def _entities(plan: Plan, name: str, person: Person | None) -> Iterator[Entity]:
    for table in TABLES:
        for entity in plan.table(table).values():
            theirs = person is not None and person.id in (entity.id, getattr(entity, "person_id", None))
            if isinstance(entity, Issued | Call):
                theirs = fold(entity.name) == fold(name)
            named = any(fold(getattr(entity, field)) == fold(name) for field, _ in _NAMED_IN.get(table, ()))
            if theirs or named:
                yield entity


def as_data(plan: Plan, held: Held) -> dict[str, Any]:
    """The person export as plain JSON values: every field of what is theirs, with the names that ids stand for.

    Of what merely names them, only their own part: others' data stay out of it.
    """
    return {
        "format": 1,
        "name": held.name,
        "held": [
            {"table": table, "fields": dict(parts)}
            for table, parts in (_part(plan, held, one) for one in held.entities)
        ],
    }


def parts_of(plan: Plan, held: Held) -> list[Part]:
    """The person export for reading: each entry as its table and its filled-in fields with their values as text."""
    return [_part(plan, held, entity) for entity in held.entities]


_HIDDEN = frozenset({"id", "digest", "said", "snapshot", "publication_id", "visit_id"})
_NAMES = {
    "week_id": ("week", "weeks"), "person_id": ("visitor", "people"), "team_id": ("team", "teams"),
    "slot_id": ("slot", "slots"), "site_id": ("site", "sites"), "base_id": ("base", "sites"),
}  # fmt: skip


def _part(plan: Plan, held: Held, entity: Entity) -> Part:
    table = next(name for name, kind in TABLES.items() if isinstance(entity, kind))
    values = to_json(entity)
    person = held.as_visitor
    theirs = person is not None and person.id in (entity.id, values.get("person_id"))
    if not theirs and not isinstance(entity, Issued | Call):
        own = {"name"} if table != "people" else set()
        for field, beside in _NAMED_IN.get(table, ()):
            if fold(str(values.get(field, ""))) == fold(held.name):
                own |= {field, *beside}
        values = {key: value for key, value in values.items() if key in own}
    fields: list[tuple[str, str]] = []
    for key, value in values.items():
        if key in _NAMES:
            label, target = _NAMES[key]
            aim = plan.table(target).get(value or "")
            fields.append((label, str(getattr(aim, "name", "")) if aim else ""))
        elif key not in _HIDDEN:
            fields.append((key, "" if value is None else str(value)))
    if "slot_id" in values and (slot := plan.slots.get(str(values["slot_id"]))) is not None:
        team = plan.teams[slot.team_id]
        fields += [("team", team.name), ("day", slot.day.isoformat()), ("start", f"{slot.start:%H:%M}")]
    return table, tuple((key, value) for key, value in fields if value)


def erase_person(document: Document, name: str) -> str:
    """Make the person of that name nameless everywhere: entries, history, ledger, free space, backups.

    Their visits stay, so that teams' numbers do. Returns the name that stands in their place. Nothing of it can be
    undone. Raises Refused("unknown-person"), and what the store refuses.
    """
    held = held_of(document.plan, name)
    erasure = _erasure(document, held)
    document.erase(erasure)
    forget_headings(erasure.named_in)
    return erasure.instead


def _erasure(document: Document, held: Held) -> Erasure:
    ids = frozenset({held.as_visitor.id} if held.as_visitor else ())
    names, addresses, others, alike = {held.name}, set[str](), set[str](), set[str]()
    for entity in _every_image(document):
        if isinstance(entity, Person) and entity.id in ids:
            names.add(entity.name)  # they may have had another name before
    folded = {fold(name) for name in names}
    for entity in _every_image(document):
        table = next(name for name, kind in TABLES.items() if isinstance(entity, kind))
        for field, beside in _NAMED_IN.get(table, ()):
            name = getattr(entity, field)
            mine = fold(name) in folded
            if mine:
                names.add(name)
            elif isinstance(entity, Person) and field == "name":
                alike.add(name)
            (addresses if mine else others).update(filter(None, (getattr(entity, part) for part in beside)))
    taken = {fold(person.name) for person in document.plan.people.values()}
    number = 1
    while fold(instead := f"Erased person {number}") in taken:
        number += 1
    return Erasure(
        person_ids=ids,
        names=tuple(sorted({*names, *(safe_name(name) for name in names)})),  # as files and folders are called
        addresses=tuple(sorted(addresses - others)),  # a shared mailbox is others' too
        instead=instead,
        others=tuple(sorted(alike)),
    )


def _every_image(document: Document) -> Iterator[Entity]:
    """Everything that stands, and everything that ever stood and is kept in the history."""
    for table in TABLES:
        yield from document.plan.table(table).values()
    for line in document.history:
        for change in line.edit.changes:
            yield from (image for image in (change.before, change.after) if image is not None)
