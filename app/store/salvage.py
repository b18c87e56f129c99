"""Read what can be read of a damaged file, list what had to be left out, and write a Plan as a new file.

Rows are read one by one, so that a page that cannot be read costs its own rows only. Where a row is lost, the newest
image of it in the history stands in. Everything happens on a copy: the damaged file keeps its bytes. It may be a
stranger's, so `readable` is for the limited process alone (`app.exchange.strangers.rescued`).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app.errors import Refused
from app.models.change import TABLE_OF, TABLES, Entity, Verb
from app.models.journal import Doing, JournalLine
from app.models.places import ONLINE_ID
from app.models.plan import Plan
from app.models.references import LOOSE, TAKING_PART, pointers
from app.models.salvaged import Listed, Salvaged
from app.models.schema import JOURNAL, METADATA
from app.models.sense import makes_sense
from app.store import contents, copies, header
from app.store.codec import UnreadableError, changes_from_json, fields_of, from_json, from_rows, to_json, to_row
from app.store.connection import telling
from app.store.file import fill, open_file
from app.store.verify import inspect

_SECONDS = 3
"""How long reading may work, in the processor's time; what was read until then is brought."""
_MOST_ROWS = 40_000
"""How many rows are brought at most: no week has so many, and each takes time and memory to write anew."""
_LONGEST = 64 * 1024 * 1024
"""How many bytes one value may have."""
_MOST_GAP = 50_000
"""How many row numbers between two readable rows are tried one by one."""


def write_anew(plan: Plan, target: Path, *, file: str) -> None:
    """A Plan as a new file whose history begins with it; `file` names its origin.

    Raises Refused("file-exists" | "folder-missing") and what the disk refuses; no new file is left then.
    """
    target = target.absolute()
    if target.exists():
        raise Refused("file-exists", path=str(target))
    if not target.parent.is_dir():
        raise Refused("folder-missing", path=str(target.parent))
    with telling(target), copies.aside(target) as new:
        fill(new)
        store, _ = open_file(new)
        try:
            edit = Plan().edit(Verb.SALVAGE, put=_everything(plan), file=file)
            now = dt.datetime.now(dt.UTC)
            line = JournalLine(
                sequence=1, at=now, kind=Doing.RECORDED, verb=edit.verb, facts=edit.facts, size=len(edit.changes)
            )
            if edit.changes:
                store.write(edit, line)
        finally:
            store.close()
        inspect(new)
        copies.name_it(new, target)


def readable(path: Path) -> Salvaged:
    """What can be read of a file, sound in itself. Raises Refused("nothing-to-salvage"), ("file-missing" | …)."""
    path = path.absolute()
    header.check_place(path)
    with tempfile.TemporaryDirectory() as folder, telling(path):
        copy = Path(folder) / "damaged.pweek"
        shutil.copyfile(path, copy)
        if (side := copies.side_file(path)).exists():
            shutil.copyfile(side, copies.side_file(copy))
        _mend_header(copy)
        rows = _Rows()
        with contextlib.suppress(SQLAlchemyError, sqlite3.Error, UnicodeDecodeError):
            _read_all(copy, rows)
    found = _joined(rows)
    if not found.plan.weeks and not found.plan.people and not found.plan.teams:
        raise Refused("nothing-to-salvage", path=str(path))
    return found


def _everything(plan: Plan) -> Iterator[Entity]:
    for table in TABLES:
        yield from plan.table(table).values()


def _mend_header(copy: Path) -> None:
    """Put right the few bytes of the first page that are the same in every file of ours."""
    with copy.open("r+b") as file:
        if file.seek(0, 2) < 512:
            return
        file.seek(0)
        file.write(header.MAGIC)
        file.seek(18)
        file.write(b"\x01\x01")
        file.seek(21)
        file.write(bytes((64, 32, 32)))


@dataclass(slots=True)
class _Rows:
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

    cut_short: bool = False

    def time_is_up(self) -> bool:
        """Whether the time for reading is over, or enough was read; so much is left as joining takes."""
        self.cut_short |= time.process_time() > self.until or len(self.entities) >= _MOST_ROWS
        return self.cut_short

    def lose(self, table: str, name: str = "") -> None:
        self.lost[table] = self.lost.get(table, 0) + 1
        if name:
            self.names.setdefault(table, []).append(name)


def _read_all(copy: Path, rows: _Rows) -> None:
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


def _connect(copy: Path, rows: _Rows) -> sqlite3.Connection:
    """The file may be a stranger's: no value may be without end, and no question go on for ever."""
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.set_progress_handler(rows.time_is_up, 10_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.execute("PRAGMA trusted_schema=OFF")
    with contextlib.suppress(sqlite3.Error):
        connection.execute("PRAGMA writable_schema=ON")  # a broken line of the schema must not hide the others
    return connection


def _read_table(connection: sa.Connection, table: str, kind: type[Entity], rows: _Rows) -> None:
    columns = METADATA.tables[table].c
    wanted = sa.select(*(columns[part.name] for part in fields_of(kind)))
    rows.partial.add(table)
    if not _is_table(connection, table):
        return
    numbers, whole = _row_numbers(connection, table)
    for number in numbers:
        if rows.time_is_up():
            return
        asked = wanted.where(sa.text("rowid = :number")).params(number=number)
        try:
            row = connection.execute(asked).first()
            if row is None:
                continue
            (entity,) = from_rows(kind, [tuple(row)])
            if not _is_plain(entity):
                raise UnreadableError(table)
        except (SQLAlchemyError, sqlite3.Error, ValueError, TypeError, LookupError, OverflowError, AttributeError):
            rows.lose(table, _name_in(connection, table, number))
            continue
        if entity.id != ONLINE_ID:
            rows.entities.setdefault((table, entity.id), entity)
    if whole and table not in rows.lost:
        rows.partial.discard(table)


def _is_table(connection: sa.Connection, name: str) -> bool:
    """Whether rows are kept under that name. A view of somebody's making could work them out for ever."""
    asked = sa.text("SELECT sql FROM sqlite_master WHERE name = :name")
    try:
        texts = connection.execute(asked, {"name": name}).scalars().all()
    except (SQLAlchemyError, sqlite3.Error, UnicodeDecodeError):
        return True  # the list of tables is damaged: the rows may be whole all the same
    return not any(re.search(r"\b(VIEW|VIRTUAL)\b", str(text).upper().split("(")[0]) for text in texts)


def _is_plain(entity: Entity) -> bool:
    """Whether every value is of its kind, as SQLite itself does not promise."""
    return from_json(type(entity), to_json(entity)) == entity and bool(entity.id)


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


def _read_history(connection: sa.Connection, rows: _Rows) -> None:
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


def _joined(rows: _Rows) -> Salvaged:
    """Rows and, for those that were lost, what the history knows of them; then what cannot stand is left out."""
    found = dict(rows.entities)
    brought = 0
    lost = dict(rows.lost)
    names = {table: list(given) for table, given in rows.names.items()}
    for key, image in rows.images.items():
        if image is not None and key not in found and key[0] in rows.partial:
            found[key] = image
            brought += 1
            if lost.get(key[0], 0):
                lost[key[0]] -= 1
                with contextlib.suppress(ValueError):
                    names.get(key[0], []).remove(str(getattr(image, "name", "")))
    doubtful: dict[str, list[str]] = {}
    for key, entity in rows.entities.items():
        if key in rows.images and rows.images[key] != entity:
            doubtful.setdefault(key[0], []).append(str(getattr(entity, "name", "")))
    kept, dropped = _sound(found)
    for entity in dropped:
        table = TABLE_OF[type(entity)]
        lost[table] = lost.get(table, 0) + 1
        if name := str(getattr(entity, "name", "")):
            names.setdefault(table, []).append(name)
    left = tuple(
        Listed(table=table, count=count, names=tuple(dict.fromkeys(names.get(table, ()))))
        for table, count in lost.items()
        if count
    )
    doubts = tuple(
        Listed(table=table, count=len(given), names=tuple(name for name in given if name))
        for table, given in doubtful.items()
    )
    return Salvaged(
        plan=Plan.of(kept), left_out=left, doubtful=doubts, from_history=brought, edits=rows.edits,
        cut_short=rows.cut_short,
    )  # fmt: skip


def _sound(found: Mapping[tuple[str, str], Entity]) -> tuple[list[Entity], list[Entity]]:
    """What can stand by itself, and what cannot: against the tables' own rules, or pointing at what is not there."""
    kept: dict[tuple[str, str], Entity] = {}
    dropped: list[Entity] = []
    order = {table: place for place, table in enumerate(TABLES)}
    with _scratch() as connection:
        for key, entity in sorted(found.items(), key=lambda item: order[item[0][0]]):
            if not makes_sense(entity):
                dropped.append(entity)
                continue
            try:
                connection.execute(sa.insert(METADATA.tables[key[0]]), to_row(entity))
            except (IntegrityError, SQLAlchemyError, ValueError, OverflowError):
                dropped.append(entity)
            else:
                kept[key] = entity
    while True:
        pairs = {
            (needed, getattr(row, "week_id"), getattr(row, shared))  # noqa: B009 - the kind of row is not known here
            for needed, shared in TAKING_PART.values()
            for (table, _), row in kept.items()
            if table == needed
        }
        gone = [key for key, entity in kept.items() if not _stands(kept, key, entity, pairs)]
        if not gone:
            return list(kept.values()), dropped
        dropped += [kept.pop(key) for key in gone]


def _stands(kept: dict[tuple[str, str], Entity], key: tuple[str, str], entity: Entity, pairs: Iterable[Any]) -> bool:
    """Whether all is there that the row needs; a pointer that may be blank is blanked."""
    table = key[0]
    for name, target, aim in pointers(entity):
        if (target, aim) not in kept:
            if (table, name) not in LOOSE:
                return False
            kept[key] = replace(kept[key], **{name: None})  # type: ignore[arg-type]  # a blank for an optional field
    if table in TAKING_PART:
        needed, shared = TAKING_PART[table]
        team_or_person = getattr(entity, shared)
        return (needed, getattr(entity, "week_id"), team_or_person) in pairs  # noqa: B009 - as above
    return True


@contextlib.contextmanager
def _scratch() -> Iterator[sa.Connection]:
    """Our own empty tables in memory, to try rows against."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        METADATA.create_all(connection)
        connection.execute(sa.insert(METADATA.tables["sites"]), contents.built_in())
        yield connection
    engine.dispose()
