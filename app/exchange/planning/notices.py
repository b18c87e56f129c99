"""What is worth knowing in a planning workbook that is otherwise in order."""

from __future__ import annotations

from itertools import combinations

from app.engine import rules
from app.exchange.planning.desk import Row, Table
from app.exchange.planning.places import Found
from app.exchange.planning.week_sheet import is_email
from app.models.faults import Trouble
from app.models.people import Person
from app.models.places import Road, Site, Slot, Team
from app.models.view import WeekView

_PAIRS_NAMED = 10


def note_emails(found: Found) -> None:
    """Visitors and hosts whom no invitation would reach, and addresses that are none."""
    own_slots: dict[str, list[Slot]] = {}
    for entity in found.entities.values():
        if isinstance(entity, Slot):
            own_slots.setdefault(entity.team_id, []).append(entity)
    for entity in list(found.entities.values()):
        row = found.rows[entity.id]
        if isinstance(entity, Person):
            _note_visitor(entity, row)
        elif isinstance(entity, Team):
            slots = own_slots.get(entity.id, [])
            needed = not slots or any(not slot.host and not slot.host_email for slot in slots)
            if not entity.host_email and needed:
                row.note(Trouble.TEAM_EMAIL_MISSING, "Host email", text=entity.name)
            _note_odd(row, "Host email", "Deputy email")
        elif isinstance(entity, Slot):
            if entity.host and not entity.host_email:
                row.note(Trouble.SLOT_EMAIL_MISSING, "Host email", text=entity.host, slot=entity.name)
            _note_odd(row, "Host email")


def _note_visitor(person: Person, row: Row) -> None:
    if not person.email and not person.assistant_email:
        row.note(Trouble.VISITOR_EMAIL_MISSING, "Email", text=person.name)
    elif not person.email:
        row.note(
            Trouble.VISITOR_EMAIL_ASSISTANT, "Email", text=person.name, other=person.assistant or person.assistant_email
        )
    _note_odd(row, "Email", "Assistant email")


def _note_odd(row: Row, *columns: str) -> None:
    for column in columns:
        email = row.line(column)
        if email and not is_email(email):
            row.note(Trouble.EMAIL_ODD, column, text=email)


def note_roads(table: Table, found: Found) -> None:
    """One notice of all pairs of sites without minutes either way."""
    roads = [entity for entity in found.entities.values() if isinstance(entity, Road)]
    sites = [entity for entity in found.entities.values() if isinstance(entity, Site)]
    given = {frozenset((road.from_id, road.to_id)) for road in roads}
    missing = [(a.name, b.name) for a, b in combinations(sites, 2) if frozenset((a.id, b.id)) not in given]
    if missing:
        table.add(
            Trouble.ROADS_MISSING, "", notice=True, number=len(missing),
            pairs=tuple(f"{a} – {b}" for a, b in missing[:_PAIRS_NAMED]),
        )  # fmt: skip


def note_never_free(view: WeekView, found: Found) -> None:
    """Visitors for whom no offered slot lies in their free time."""
    if not view.slots:
        return
    for visitor in view.visitors.values():
        if not any(rules.free(visitor, slot) for slot in view.slots.values()):
            found.rows[visitor.id].note(Trouble.NO_FREE_SLOT, "Visitor", text=visitor.name)
