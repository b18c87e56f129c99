"""The one value: everything that the app knows, immutable, with edits applied to make the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar, cast

from app.errors import Refused
from app.models.change import TABLE_OF, TABLES, Change, Edit, Entity, Verb
from app.models.names import fold
from app.models.people import Attendance, Availability, PastVisit, Person, Wish
from app.models.places import Offer, Road, Site, Slot, Team
from app.models.publication import Call, Issued, Publication, Release
from app.models.visits import Visit
from app.models.week import Week

E = TypeVar("E", bound=Entity)
T = TypeVar("T")


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Plan:
    """Entities by id, a read-only mapping per table. A new Plan shares every table that an edit left alone."""

    weeks: Mapping[str, Week] = field(default_factory=_nothing)
    sites: Mapping[str, Site] = field(default_factory=_nothing)
    roads: Mapping[str, Road] = field(default_factory=_nothing)
    teams: Mapping[str, Team] = field(default_factory=_nothing)
    offers: Mapping[str, Offer] = field(default_factory=_nothing)
    people: Mapping[str, Person] = field(default_factory=_nothing)
    attendances: Mapping[str, Attendance] = field(default_factory=_nothing)
    slots: Mapping[str, Slot] = field(default_factory=_nothing)
    availability: Mapping[str, Availability] = field(default_factory=_nothing)
    wishes: Mapping[str, Wish] = field(default_factory=_nothing)
    past_visits: Mapping[str, PastVisit] = field(default_factory=_nothing)
    visits: Mapping[str, Visit] = field(default_factory=_nothing)
    publications: Mapping[str, Publication] = field(default_factory=_nothing)
    issued: Mapping[str, Issued] = field(default_factory=_nothing)
    calls: Mapping[str, Call] = field(default_factory=_nothing)
    releases: Mapping[str, Release] = field(default_factory=_nothing)
    _memo: dict[object, tuple[tuple[object, ...], object]] = field(
        default_factory=dict, repr=False, compare=False, hash=False
    )

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> Plan:
        """A Plan of these entities. Raises ValueError where two of a table share an id."""
        tables: dict[str, dict[str, Entity]] = {name: {} for name in TABLES}
        for entity in entities:
            table = tables[TABLE_OF[type(entity)]]
            if entity.id in table:
                raise ValueError(f"two entities share the id {entity.id}")
            table[entity.id] = entity
        return cls(**cast(Any, {name: MappingProxyType(table) for name, table in tables.items()}))

    def table(self, name: str) -> Mapping[str, Entity]:
        """The table of that name (a key of `TABLES`)."""
        return cast(Mapping[str, Entity], getattr(self, name))

    def apply(self, edit: Edit) -> Plan:
        """The Plan after the edit.

        Raises Refused("changed-meanwhile") where a `before` is no longer what stands here; nothing is applied then.
        """
        touched: dict[str, dict[str, Entity]] = {}
        for change in edit.changes:
            table = touched.get(change.table)
            if table is None:
                table = touched[change.table] = dict(self.table(change.table))
            if table.get(change.id) != change.before:
                raise Refused("changed-meanwhile", table=change.table, id=change.id)
            if change.after is None:
                table.pop(change.id, None)
            else:
                table[change.id] = change.after
        tables: dict[str, Any] = {name: getattr(self, name) for name in TABLES}
        tables.update({name: MappingProxyType(table) for name, table in touched.items()})
        return Plan(**tables, _memo=dict(self._memo))

    def edit(
        self,
        verb: Verb,
        *,
        put: Iterable[Entity] = (),
        drop: Iterable[Entity] = (),
        week_id: str | None = None,
        **facts: str,
    ) -> Edit:
        """An edit from here: these entities put in place of what has their ids, those removed.

        An entity that would not change makes no change, so an edit of nothing has no changes.
        """
        changes: dict[tuple[str, str], Change] = {}
        pairs: list[tuple[Entity, Entity | None]] = [(entity, None) for entity in drop]
        pairs += [(entity, entity) for entity in put]
        for entity, after in pairs:
            table = TABLE_OF[type(entity)]
            before = self.table(table).get(entity.id)
            if before != after:
                changes[table, entity.id] = Change(table=table, id=entity.id, before=before, after=after)
            else:
                changes.pop((table, entity.id), None)
        return Edit(verb=verb, facts=tuple(sorted(facts.items())), changes=tuple(changes.values()), week_id=week_id)

    def remembered(self, key: object, tables: tuple[str, ...], make: Callable[[], T]) -> T:
        """What `make` gave when these tables last changed; later Plans that share the tables share the value."""
        now = tuple(getattr(self, name) for name in tables)
        held = self._memo.get(key)
        if held is not None and all(a is b for a, b in zip(held[0], now, strict=True)):
            return cast(T, held[1])
        value = make()
        self._memo[key] = (now, value)
        return value

    def week_named(self, name: str | None) -> Week:
        """The week of that name; with None the only one, or the newest not archived.

        Raises Refused("no-week") where there is none, Refused("unknown-week") where none has that name.
        """
        if not self.weeks:
            raise Refused("no-week")
        if name is not None:
            for week in self.weeks.values():
                if fold(week.name) == fold(name):
                    return week
            raise Refused("unknown-week", name=name, known=[week.name for week in self.weeks.values()])
        open_weeks = [week for week in self.weeks.values() if not week.archived] or list(self.weeks.values())
        return max(open_weeks, key=lambda week: (week.first_day, week.name))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickled as its entities alone: a mapping proxy does not pickle, and the memo must not travel."""
        entities = [entity for name in TABLES for entity in self.table(name).values()]
        return (Plan.of, (entities,))
