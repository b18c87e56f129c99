"""Entity ↔ row ↔ JSON, for every entity alike, from the types of its fields."""

from __future__ import annotations

import datetime as dt
import json
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from app.models.change import TABLE_OF, TABLES, Change, Entity


class UnreadableError(ValueError):
    """Something stored is not what this version of the app can have written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """How one field travels. `None` as a function: the value travels as it is."""

    name: str
    optional: bool
    required: bool
    to_row: Callable[[Any], Any] | None
    from_row: Callable[[Any], Any] | None
    to_json: Callable[[Any], Any] | None
    from_json: Callable[[Any], Any]


def fields_of(kind: type[Any]) -> tuple[Field, ...]:
    """The fields of an entity, in the order of its values in rows and digests: that of their names."""
    found = _FIELDS.get(kind)
    if found is None:
        found = _FIELDS[kind] = _read_fields(kind)
    return found


_FIELDS: dict[type[Any], tuple[Field, ...]] = {}


def _read_fields(kind: type[Any]) -> tuple[Field, ...]:
    hints = get_type_hints(kind)
    return tuple(
        _field(field.name, hints[field.name], required=field.default is MISSING and field.default_factory is MISSING)
        for field in sorted(fields(kind), key=lambda field: field.name)
    )


def _field(name: str, hint: Any, *, required: bool) -> Field:
    optional = False
    if get_origin(hint) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not types.NoneType]
        optional, hint = True, kinds[0]
    to_row, from_row, to_json, from_json = _ways(hint)
    return Field(
        name=name,
        optional=optional,
        required=required,
        to_row=to_row,
        from_row=from_row,
        to_json=to_json,
        from_json=from_json,
    )


def _ways(hint: Any) -> tuple[Any, Any, Any, Callable[[Any], Any]]:
    """The ways of a type: to a row, from a row, to JSON, from JSON."""
    if get_origin(hint) is tuple:
        word = get_args(hint)[0]
        return (
            lambda value: dumps([part.value for part in value]),
            lambda text: tuple(word(part) for part in json.loads(text)),
            lambda value: [part.value for part in value],
            lambda value: tuple(word(part) for part in value),
        )
    if hint is dt.datetime:
        return _utc, None, lambda value: _utc(value).isoformat(), lambda text: _utc(dt.datetime.fromisoformat(text))
    if hint in (dt.date, dt.time):
        return None, None, hint.isoformat, hint.fromisoformat
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return (lambda value: value.value), hint, (lambda value: value.value), hint
    if hint in (str, int, bool):
        return None, None, None, _exactly(hint)
    raise TypeError(f"no way to store {hint}")


def _exactly(kind: type) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{value!r} is no {kind.__name__}")
        if isinstance(value, str) and not value.isascii():
            value.encode()  # half a sign, which JSON can spell, can be written nowhere
        return value

    return checked


def _utc(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return moment.astimezone(dt.UTC)


def dumps(value: Any) -> str:
    """The one way in which the store writes JSON: compact, text as itself."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_row(entity: Entity) -> dict[str, Any]:
    """The entity as the values of its columns."""
    row = {}
    for field in fields_of(type(entity)):
        value = getattr(entity, field.name)
        row[field.name] = value if value is None or field.to_row is None else field.to_row(value)
    return row


def from_rows(kind: type[Entity], rows: Sequence[Sequence[Any]]) -> list[Entity]:
    """Entities from rows whose values stand in the order of the fields. Raises UnreadableError."""
    ways = fields_of(kind)
    names = tuple(field.name for field in ways)
    turned = [(place, field.from_row) for place, field in enumerate(ways) if field.from_row is not None]
    entities: list[Entity] = []
    try:
        for row in rows:
            values = list(row)
            for place, way in turned:
                if values[place] is not None:
                    values[place] = way(values[place])
            entities.append(kind(**dict(zip(names, values, strict=True))))
    except (ValueError, TypeError) as error:
        raise UnreadableError(f"{TABLE_OF[kind]}: {error}") from error
    return entities


def to_json(entity: Entity) -> dict[str, Any]:
    """The entity as plain JSON values, every field said: later defaults may differ."""
    values = {}
    for field in fields_of(type(entity)):
        value = getattr(entity, field.name)
        values[field.name] = value if value is None or field.to_json is None else field.to_json(value)
    return values


def from_json(kind: type[Entity], values: Mapping[str, Any]) -> Entity:
    """The entity of such values; fields of a later date that are missing take their default. Raises UnreadableError."""
    ways = {field.name: field for field in fields_of(kind)}
    table = TABLE_OF[kind]
    if not isinstance(values, Mapping) or (unknown := values.keys() - ways.keys()):
        raise UnreadableError(f"{table}: unknown {sorted(unknown) if isinstance(values, Mapping) else type(values)}")
    found: dict[str, Any] = {}
    for name, field in ways.items():
        if name not in values:
            if field.required:
                raise UnreadableError(f"{table}: no {name}")
            continue
        value = values[name]
        if value is None and not field.optional:
            raise UnreadableError(f"{table}: {name} is blank")
        try:
            found[name] = None if value is None else field.from_json(value)
        except (ValueError, TypeError) as error:
            raise UnreadableError(f"{table}: {name}: {error}") from error
    return kind(**found)


def changes_to_json(changes: Sequence[Change]) -> str:
    """Changes with both images, as the journal keeps them."""
    each = (dumps([change.table, change.id, _image(change.before), _image(change.after)]) for change in changes)
    return f"[{','.join(each)}]"  # one by one: what goes between takes several times the memory of the text


def _image(entity: Entity | None) -> dict[str, Any] | None:
    return None if entity is None else to_json(entity)


def changes_from_json(text: str) -> tuple[Change, ...]:
    """Changes from a journal line. Raises UnreadableError."""
    return tuple(backwards(text))[::-1]


def backwards(text: str) -> Iterator[Change]:
    """The changes of a journal line, the last first; each is let go of as it is given. Raises UnreadableError."""
    try:
        lines = json.loads(text)
    except (ValueError, TypeError, RecursionError) as error:
        raise UnreadableError(f"journal: {error}") from error
    if not isinstance(lines, list):
        raise UnreadableError(f"journal: {type(lines)}")
    while lines:
        try:
            table, id_, before, after = lines.pop()
        except (ValueError, TypeError) as error:
            raise UnreadableError(f"journal: {error}") from error
        table = str(table)
        yield Change(table=table, id=str(id_), before=_entity(table, before), after=_entity(table, after))


def _entity(table: str, values: Any) -> Entity | None:
    if table not in TABLES:
        raise UnreadableError(f"journal: unknown table {table}")
    return None if values is None else from_json(TABLES[table], values)


def facts_to_json(facts: tuple[tuple[str, str], ...]) -> str:
    """An edit's facts, as the journal keeps them."""
    return dumps([list(fact) for fact in facts])


def facts_from_json(text: str) -> tuple[tuple[str, str], ...]:
    """Facts from a journal line. Raises UnreadableError."""
    try:
        return tuple((str(key), str(value)) for key, value in json.loads(text))
    except (ValueError, TypeError, RecursionError) as error:
        raise UnreadableError(f"journal: {error}") from error
