"""A planning workbook merged into what is known, as one undoable edit.

Rows are matched by what a person would match them by: names, ignoring case and spacing; pairs of sites; a visitor
and a slot. Columns that the file does not have, and settings that a workbook cannot say, are left alone. A row that
is missing from the file deletes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from enum import Enum
from pathlib import PurePath
from typing import Any

from app.document.lists import sound, unused_id
from app.document.visits import named, taken_uids
from app.errors import Refused
from app.exchange.planning import Reading
from app.exchange.planning.vocabulary import SETTINGS, SHEETS, VISITS, WEEK
from app.models.change import TABLE_OF, Edit, Entity, Verb
from app.models.imports import Altered, ImportSummary, SheetCount
from app.models.names import fold, mail_domain, visit_uid
from app.models.places import ONLINE, ONLINE_ID
from app.models.plan import Plan
from app.models.references import REFERENCES
from app.models.visits import Visit

_KEYS: dict[str, Callable[[Any, Plan], Hashable]] = {
    "weeks": lambda one, _: fold(one.name),
    "sites": lambda one, _: fold(one.name),
    "roads": lambda one, _: (one.from_id, one.to_id),
    "teams": lambda one, _: fold(one.name),
    "offers": lambda one, _: (one.week_id, one.team_id),
    "people": lambda one, _: fold(one.name),
    "attendances": lambda one, _: (one.week_id, one.person_id),
    "slots": lambda one, _: (one.week_id, fold(one.name)),
    "availability": lambda one, _: (one.week_id, one.person_id, one.day, one.start, one.end, one.presence),
    "wishes": lambda one, _: (one.week_id, one.person_id, one.team_id, fold(one.service)),
    "past_visits": lambda one, plan: (one.week_id, one.person_id, fold(_team_seen(one, plan)), one.day),
    "visits": lambda one, _: (one.week_id, one.person_id, one.slot_id),
}
"""By what an entity of each table is the same as another."""

_KINDS = {
    "weeks": "week", "sites": "site", "roads": "road", "teams": "team", "offers": "offer", "people": "person",
    "attendances": "attendance", "slots": "slot", "availability": "availability", "wishes": "wish",
    "past_visits": "past", "visits": "visit",
}  # fmt: skip
_ROW_HEADS = ("weeks", "sites", "roads", "teams", "people", "slots", "availability", "wishes", "past_visits", "visits")
"""The table that decides whether a sheet's row is new; offers and attendances share a row with another."""

_SHEET_OF = {TABLE_OF[column.holder]: shape.title for shape in SHEETS for column in shape.columns}
_COLUMNS = {
    table: [
        (column.name, column.field)
        for shape in SHEETS
        for column in (SETTINGS if shape.title == WEEK else shape.columns)
        if TABLE_OF[column.holder] == table
    ]
    for table in _SHEET_OF
}
_MATCHED_BY = frozenset({"person_id", "from_id", "to_id"})


def import_edit(plan: Plan, reading: Reading) -> tuple[Edit, ImportSummary]:
    """The edit that takes the workbook's week into the plan, and what it does. An edit of nothing has no changes.

    Raises Refused("input-faulty", file, count) for a reading with faults, and Refused("import-unsound", file, because)
    where the file, beside what it leaves alone here, would make a week that no workbook could hold.
    """
    if reading.plan is None:
        raise Refused("input-faulty", file=reading.file, count=len(reading.faults))
    merge = _Merge(plan, reading, reading.plan)
    put = list(merge.entities())
    week_id = merge.ids["weeks", reading.week_id]
    edit = plan.edit(Verb.IMPORT, put=put, week_id=week_id)
    after = plan.apply(edit)
    try:
        for change in edit.changes:
            if change.after is not None:
                sound(after, change.after)
    except Refused as refused:
        raise Refused("import-unsound", file=reading.file, because=refused) from refused
    week = reading.plan.weeks[reading.week_id].name
    edit = named(edit, {"file": PurePath(reading.file).name, "week": week})
    return edit, merge.summary(week)


class _Merge:
    """One merge under way: ids of the file's entities here, and what was found of each row."""

    def __init__(self, plan: Plan, reading: Reading, read: Plan) -> None:
        self.plan = plan
        self.reading = reading
        self.read = read
        self.ids: dict[tuple[str, str], str] = {}
        self.merged: dict[str, dict[str, Entity]] = {}
        self.services = {fold(team.service): team.service for team in plan.teams.values()}
        self.taken = taken_uids(plan)
        self.new_rows: set[tuple[str, str]] = set()
        self.changed_rows: set[tuple[str, str]] = set()
        self.altered: list[Altered] = []

    def entities(self) -> Iterator[Entity]:
        """Every entity of the file as it stands after the merge."""
        for table in _KINDS:
            key_of = _KEYS[table]
            known: dict[Hashable, Entity] = {}
            for entity in sorted(self.plan.table(table).values(), key=_gone_first):
                known[key_of(entity, self.plan)] = entity
            self.merged[table] = {}
            for entity in self.read.table(table).values():
                pointed = self._pointed(table, entity)
                old = known.get(key_of(pointed, self.plan))
                merged = self._added(table, pointed) if old is None else self._kept(table, entity, pointed, old)
                self.ids[table, entity.id] = merged.id
                self.merged[table][merged.id] = merged
                self._remember(table, old, merged)
                yield merged

    def _pointed(self, table: str, entity: Any) -> Any:
        """The entity with the ids that things have here, and services as they are spelled here."""
        moved: dict[str, object] = {}
        for field, target in REFERENCES.get(table, {}).items():
            aim = getattr(entity, field)
            if aim is not None and aim != ONLINE_ID:
                moved[field] = self.ids[target, aim]
        if table == "past_visits" and entity.team_id is None:
            moved["team_id"] = self._team_known(entity.team_name)
        if table in ("teams", "wishes") and entity.service:
            moved["service"] = self.services.setdefault(fold(entity.service), entity.service)
        return replace(entity, **moved)

    def _team_known(self, name: str) -> str | None:
        """A team that the file no longer lists may still be known from another week."""
        return next((team.id for team in self.plan.teams.values() if fold(team.name) == fold(name)), None)

    def _added(self, table: str, entity: Any) -> Any:
        if isinstance(entity, Visit):
            return self._added_visit(entity)
        if entity.id not in self.plan.table(table) and entity.id not in self.merged[table]:
            return entity
        return replace(entity, id=unused_id(self.plan, table, _KINDS[table], entity.id))

    def _added_visit(self, visit: Visit) -> Visit:
        """A new visit with the first UID of its names that is not taken (INTERFACES.md, "UID")."""
        week: Any = self.merged["weeks"][visit.week_id]
        person: Any = self.merged["people"][visit.person_id]
        slot: Any = self.merged["slots"][visit.slot_id]
        uid, number = visit.uid, 1
        while uid in self.taken:
            number += 1
            uid = visit_uid(week.name, person.name, slot.name, mail_domain(week.organiser_email), number)
        self.taken.add(uid)
        return replace(visit, id=unused_id(self.plan, "visits", "visit", uid), uid=uid)

    def _kept(self, table: str, entity: Entity, pointed: Any, old: Any) -> Any:
        """What is known, with what the file says put over it."""
        sheet = _SHEET_OF[table]
        said = {
            field: getattr(pointed, field)
            for column, field in _COLUMNS[table]
            if field
            and field not in _MATCHED_BY
            and (sheet, column) in self.reading.columns
            and not (sheet == VISITS and (entity.id, column) in self.reading.blank)
        }
        if table == "past_visits":
            said["team_id"] = pointed.team_id
        return replace(old, **said)

    def _remember(self, table: str, old: Any, new: Any) -> None:
        row = (_SHEET_OF[table], _row_of(table, new))
        if old is None:
            (self.new_rows if table in _ROW_HEADS else self.changed_rows).add(row)
        elif old != new:
            self.changed_rows.add(row)
            for column, field in _COLUMNS[table]:
                before, after = getattr(old, field or "id"), getattr(new, field or "id")
                if before != after:
                    self.altered.append(
                        Altered(
                            sheet=row[0], name=self._name(table, new), column=column,
                            old=self._text(field, before), new=self._text(field, after),
                        )
                    )  # fmt: skip

    def _name(self, table: str, entity: Any) -> str:
        """What a person calls this row."""
        if table == "roads":
            return f"{self._text('from_id', entity.from_id)} – {self._text('to_id', entity.to_id)}"
        parts = []
        for field in ("person_id", "team_id", "slot_id") if not hasattr(entity, "name") else ():
            if value := getattr(entity, field, None):
                parts.append(self._text(field, value))
        if not parts:
            parts = [str(getattr(entity, "name", ""))]
        if table == "wishes" and entity.service:
            parts.append(entity.service)
        return " – ".join(parts)

    def _text(self, field: str, value: Any) -> str:
        if value is None:
            return ""
        if field.endswith("_id"):
            return self._name_of(field, value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, tuple):
            return ", ".join(str(one.value) for one in value)
        if isinstance(value, Enum):
            return str(value.value)
        return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)

    def _name_of(self, field: str, entity_id: str) -> str:
        if entity_id == ONLINE_ID:
            return ONLINE.name
        table = {"person_id": "people", "team_id": "teams", "slot_id": "slots"}.get(field, "sites")
        found: Any = self.merged.get(table, {}).get(entity_id) or self.plan.table(table).get(entity_id)
        return found.name if found else ""

    def summary(self, week: str) -> ImportSummary:
        """What was found, sheet by sheet."""
        counts = []
        for shape in SHEETS:
            rows = {
                (_SHEET_OF[table], _row_of(table, entity))
                for table, found in self.merged.items()
                if _SHEET_OF[table] == shape.title
                for entity in found.values()
            }
            new = len(rows & self.new_rows)
            changed = len(rows & self.changed_rows - self.new_rows)
            counts.append(SheetCount(sheet=shape.title, new=new, changed=changed, same=len(rows) - new - changed))
        return ImportSummary(file=self.reading.file, week=week, counts=tuple(counts), altered=tuple(self.altered))


def _row_of(table: str, entity: Any) -> str:
    """The id of the entity that stands for the row: a team for its offer, a person for their attendance."""
    if table == "offers":
        return str(entity.team_id)
    return str(entity.person_id if table == "attendances" else entity.id)


def _team_seen(past: Any, plan: Plan) -> str:
    """The name that the team of a past visit has today, else the one that it had."""
    team = plan.teams.get(past.team_id or "")
    return team.name if team else str(past.team_name)


def _gone_first(entity: Entity) -> tuple[bool, str]:
    """Of several visits of one pair the last one is taken: one that counts, where there is one."""
    return (isinstance(entity, Visit) and entity.counts, entity.id)
