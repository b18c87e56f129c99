"""Read out of a damaged copy every row that can be read, and what its history knows of the others.

A page that cannot be read costs its own rows only: rows are read some hundreds together, and one by one where that
fails. The file may be a stranger's, so reading is bounded in time, in values and in the size of one.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from app.models.change import TABLES, Entity
from app.models.journal import Doing
from app.models.places import ONLINE_ID
from app.models.schema import JOURNAL, METADATA
from app.store.codec import UnreadableError, changes_from_json, fields_of, from_json, from_rows, to_json
from app.store.connection import some_at_a_time

_SECONDS = 3
"""How long reading may work, in the processor's time; what was read until then is brought."""
_MOST_VALUES = 440_000
"""How many values are brought at most, as each takes time and memory to write anew: 50,000 journeys, which is what a
planning workbook may have, and 20,000 rows of the widest table beside them."""
_LONGEST = 64 * 1024 * 1024
"""How many bytes one value may have."""
_MOST_GAP = 50_000
"""How many row numbers between two readable rows are tried one by one."""
_FAULTS = (SQLAlchemyError, sqlite3.Error, ValueError, TypeError, LookupError, OverflowError, AttributeError)
"""What reading a row can raise whose bytes or values are none of ours."""
_Found = dict[int, Entity]
"""Number of a row → the entity in it."""


@dataclass(slots=True)
class Remains:
    """What was read, table by table."""

    entities: dict[tuple[str, str], Entity] = field(default_factory=dict)
    images: dict[tuple[str, str], Entity | None] = field(default_factory=dict)
    """The newest image of each row that the readable history knows."""
    lost: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    partial: set[str] = field(default_factory=set)
    """Tables that could not be read to their end."""
    edits: int = 0
    until: float = field(default_factory=lambda: time.process_time() + _SECONDS)
    values: int = 0
    """How many values the rows have together."""
    cut_short: bool = False

    def bring(self, table: str, entity: Entity) -> None:
        """Keep a row that was read, the first of its number."""
        key = (table, entity.id)
        if entity.id != ONLINE_ID and key not in self.entities:
            self.entities[key] = entity
            self.values += len(fields_of(type(entity)))

    def time_is_up(self) -> bool:
        """Whether the time for reading is over, or enough was read; so much is left as joining takes."""
        self.cut_short |= time.process_time() > self.until or self.values >= _MOST_VALUES
        return self.cut_short

    def lose(self, table: str, name: str = "") -> None:
        self.lost[table] = self.lost.get(table, 0) + 1
        if name:
            self.names.setdefault(table, []).append(name)


def read_into(rows: Remains, copy: Path) -> None:
    """Read what can be read of a copy; what else is the matter with it ends the reading, not the rescue."""
    engine = sa.create_engine("sqlite://", creator=lambda: _connect(copy, rows), poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            for table, kind in TABLES.items():
                with contextlib.suppress(SQLAlchemyError, sqlite3.Error, UnicodeDecodeError):
                    _read_table(connection, table, kind, rows)
            with contextlib.suppress(SQLAlchemyError, sqlite3.Error, UnicodeDecodeError):
                _read_history(connection, rows)
    finally:
        engine.dispose()


def _connect(copy: Path, rows: Remains) -> sqlite3.Connection:
    """The file may be a stranger's: no value may be without end, and no question go on for ever."""
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.set_progress_handler(rows.time_is_up, 10_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.execute("PRAGMA trusted_schema=OFF")
    with contextlib.suppress(sqlite3.Error):
        connection.execute("PRAGMA writable_schema=ON")  # a broken line of the schema must not hide the others
    return connection


def _read_table(connection: sa.Connection, table: str, kind: type[Entity], rows: Remains) -> None:
    columns = METADATA.tables[table].c
    wanted = sa.select(*(columns[part.name] for part in fields_of(kind)))
    rows.partial.add(table)
    if not _is_table(connection, table):
        return
    numbers, whole = _row_numbers(connection, table)
    for some in some_at_a_time(numbers):
        if rows.time_is_up():
            return
        together = _together(connection, wanted, kind, some)
        for number in some:
            if rows.time_is_up():
                return
            entity = together.get(number)
            if entity is None:
                try:
                    entity = _one(connection, wanted, kind, number)
                except _FAULTS:
                    rows.lose(table, _name_in(connection, table, number))
            if entity is not None:
                rows.bring(table, entity)
    if whole and table not in rows.lost:
        rows.partial.discard(table)


def _together(connection: sa.Connection, wanted: sa.Select[Any], kind: type[Entity], some: Sequence[int]) -> _Found:
    """Those of the rows that can be read in one go: as far as the first that cannot."""
    number: sa.ColumnElement[int] = sa.literal_column("rowid")
    asked = wanted.add_columns(number).where(number.between(some[0], some[-1])).limit(len(some))
    found: _Found = {}
    with contextlib.suppress(*_FAULTS):
        for *values, read in connection.execute(asked):
            found[read] = _entity(kind, values)
    return found


def _one(connection: sa.Connection, wanted: sa.Select[Any], kind: type[Entity], number: int) -> Entity | None:
    """The row of that number, if there is one. Raises one of `_FAULTS` where it cannot be read."""
    row = connection.execute(wanted.where(sa.text("rowid = :number")).params(number=number)).first()
    return None if row is None else _entity(kind, row)


def _entity(kind: type[Entity], values: Sequence[Any]) -> Entity:
    """The entity of a row. Raises UnreadableError where a value is not of its kind, as SQLite does not promise."""
    (entity,) = from_rows(kind, [values])
    if not entity.id or from_json(kind, to_json(entity)) != entity:
        raise UnreadableError("a value is not of its kind")
    return entity


def _is_table(connection: sa.Connection, name: str) -> bool:
    """Whether rows are kept under that name. A view of somebody's making could work them out for ever."""
    asked = sa.text("SELECT sql FROM sqlite_master WHERE name = :name")
    try:
        texts = connection.execute(asked, {"name": name}).scalars().all()
    except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError):
        return True  # the list of tables is damaged: the rows may be whole all the same
    return not any(re.search(r"\b(VIEW|VIRTUAL)\b", str(text).upper().split("(")[0]) for text in texts)


def _row_numbers(connection: sa.Connection, table: str) -> tuple[list[int], bool]:
    """The numbers of a table's rows, and whether these are all.

    From the front and from the back as far as either goes, and what lies between.
    """
    front, whole = _walk(connection, table, "ASC")
    if whole:
        return front, True
    back = _walk(connection, table, "DESC")[0][::-1]
    start = front[-1] + 1 if front else 1
    end = back[0] if back else start + 200
    between = range(start, min(end, start + _MOST_GAP))
    return [*front, *between, *(number for number in back if number >= start)], False


def _walk(connection: sa.Connection, table: str, way: str) -> tuple[list[int], bool]:
    """The row numbers in that order, as far as they can be read, and whether that was to the end."""
    numbers: list[int] = []
    asked = sa.text(f'SELECT rowid FROM "{table}" NOT INDEXED ORDER BY rowid {way}')  # noqa: S608 - our own names
    try:
        for (number,) in connection.execute(asked):
            numbers.append(int(number))
    except (SQLAlchemyError, sqlite3.Error, ValueError):
        return numbers, False
    return numbers, True


def _name_in(connection: sa.Connection, table: str, number: int) -> str:
    """The name of a row that cannot be read otherwise, where it has one."""
    if "name" not in METADATA.tables[table].c:
        return ""
    asked = sa.text(f'SELECT name FROM "{table}" WHERE rowid = :number')  # noqa: S608 - our own names
    try:
        value = connection.execute(asked, {"number": number}).scalar()
    except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError):
        return ""
    return value if isinstance(value, str) else ""


def _read_history(connection: sa.Connection, rows: Remains) -> None:
    asked = sa.select(JOURNAL.c.kind, JOURNAL.c.of, JOURNAL.c.changes)
    known: dict[int, Any] = {}
    if not _is_table(connection, "journal"):
        return
    numbers, _ = _row_numbers(connection, "journal")
    for number in numbers:
        if rows.time_is_up():
            return
        try:
            row = connection.execute(asked.where(JOURNAL.c.sequence == number)).first()
            if row is None:
                continue
            kind, own = Doing(row.kind), changes_from_json(row.changes)
            if row.of is None:
                known[number] = own
            changes = own or known[row.of or number]
        except (SQLAlchemyError, sqlite3.Error, ValueError, TypeError, LookupError):
            rows.lose("journal")
            continue
        rows.edits += 1
        back = kind is Doing.UNDONE and not own
        for change in [one.inverse for one in reversed(changes)] if back else changes:
            rows.images[change.table, change.id] = change.after
