"""A Plan kept in one SQLite file: open it, write each edit in one safe transaction, let go of it."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import uuid
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.errors import Refused
from app.models.change import TABLES, Change, Edit
from app.models.journal import JournalLine
from app.models.schema import JOURNAL, META, METADATA
from app.store import backups, contents, copies, digest, header, lock
from app.store.backups import Backup, Occasion
from app.store.codec import UnreadableError, changes_from_json, changes_to_json, facts_to_json, to_row
from app.store.connection import engine_for, some_at_a_time, telling
from app.store.contents import DIGEST, FILE_ID, JOURNAL_FIELDS, SCHEMA_DIGEST, Contents
from app.store.erase import Erasure, erase
from app.store.verify import inspect


class FileStore:
    """An open file. Made by `open_file` alone."""

    def __init__(self, path: Path, connection: sa.Connection, held: lock.Lock | None, who: str) -> None:
        self.path = path
        self.who_has_it = who
        self.read_only = held is None
        self._connection = connection
        self._lock = held
        self._digest = 0
        self._is = path.stat()

    def load(self) -> Contents:
        """Everything in the file, judged. Raises Refused("database-damaged") with what was found."""
        with telling(self.path, reading=True), self._connection.begin():
            for finding in contents.findings(self._connection):
                raise Refused("database-damaged", path=str(self.path), finding=finding)
            try:
                found = contents.read(self._connection)
            except UnreadableError as error:
                raise Refused("database-damaged", path=str(self.path), finding="values") from error
        if not found.is_as_written:
            raise Refused("database-damaged", path=str(self.path), finding="digest")
        self._digest = found.digest
        return found

    def write(self, edit: Edit, line: JournalLine) -> None:
        """Rows and journal line in one transaction; safe against power cuts when it returns.

        Raises Refused with nothing stored: ("file-gone" | "file-replaced" | "file-changed-by-other" | "file-busy" |
        "disk-full" | "file-read-only" | "file-unreachable" | "not-storable" | "database-damaged").
        """
        self.still_there()
        changes = net(edit.changes)
        kept = changes_to_json(edit.changes) if line.has_changes else "[]"
        with telling(self.path):
            row = _journal_row(line, kept)
            after = digest.moved(
                self._digest,
                gone=((change.table, contents.values_of(change.before)) for change in changes if change.before),
                come=[
                    *((change.table, contents.values_of(change.after)) for change in changes if change.after),
                    ("journal", tuple(row[name] for name in JOURNAL_FIELDS)),
                ],
            )
            with self._connection.begin():
                self._still_ours()
                _write_rows(self._connection, changes)
                self._connection.execute(sa.insert(JOURNAL), row)
                _set_digest(self._connection, after)
        self._digest = after
        self.still_there()

    def edit_of(self, sequence: int) -> Edit:
        """The edit of a journal line, with its changes."""
        with telling(self.path), self._connection.begin():
            row = self._connection.execute(sa.select(JOURNAL).where(JOURNAL.c.sequence == sequence)).one()
        line = contents.line_of(row)
        return Edit(verb=line.verb, facts=line.facts, week_id=line.week_id, changes=changes_from_json(row.changes))

    def backup(self, occasion: Occasion) -> Backup:
        """A checked copy among the file's backups. Raises Refused("backup-failed")."""
        return backups.make(self.path, self._copy, occasion)

    def copy_to(self, target: Path) -> None:
        """A checked copy under another name. Raises Refused("file-exists" | "folder-missing" | "disk-full" | …)."""
        if not target.absolute().parent.is_dir():
            raise Refused("folder-missing", path=str(target.parent))
        with telling(target):
            backups.copied_and_checked(self._copy, target.absolute())

    def erase(self, erasure: Erasure, line: JournalLine) -> Contents:
        """Erase a person from the file, its journal, its free space and its backups; what the file holds then.

        A backup of the file as it was stands by until the new one has proved whole. Done again after a crash, it
        goes on where it was. Raises Refused as `write`, and ("backup-failed").
        """
        self.still_there()
        backups.make(self.path, self._copy, Occasion.ERASE)
        backups.erase_from(self.path, erasure)
        with telling(self.path):
            erase(self._connection, erasure, _journal_row(line, "[]"))
        found = self.load()
        with telling(self.path):
            backups.remove_unclean(self.path)
        return found

    def _copy(self, target: Path) -> None:
        with telling(self.path):
            copies.copy_pages(self._connection, target)

    def close(self) -> None:
        """Let go of the file and of the right to edit it, and leave nothing beside it."""
        if not self._connection.closed:
            if not self.read_only:
                with contextlib.suppress(sa.exc.DBAPIError):  # tidying only: an empty side file harms nobody
                    self._connection.connection.cursor().execute("PRAGMA journal_mode=DELETE")
            self._connection.close()
            self._connection.engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def still_there(self) -> None:
        """Whether the name still leads to the file that is open: what is written to a lost file is lost.

        Raises Refused("file-gone" | "file-replaced" | "file-unreachable").
        """
        try:
            now = self.path.stat()
        except FileNotFoundError as error:
            raise Refused("file-gone", path=str(self.path)) from error
        except OSError as error:
            raise Refused("file-unreachable", path=str(self.path)) from error
        if not os.path.samestat(now, self._is):
            raise Refused("file-replaced", path=str(self.path))

    def _still_ours(self) -> None:
        stored = self._connection.execute(sa.select(META.c.value).where(META.c.name == DIGEST)).scalar()
        if stored != digest.written(self._digest):
            raise Refused("file-changed-by-other", path=str(self.path))


def open_file(path: Path, *, create: bool = False) -> tuple[FileStore, Contents]:
    """Open a file for editing, or only for reading where somebody else edits it or it cannot be written.

    `create` makes a missing file. Raises Refused as `read_header`, ("file-busy"), ("database-damaged"), and
    ("folder-missing" | "file-unreachable" | "disk-full") where a new one cannot be made. No byte of a file that
    is refused has changed.
    """
    path = path.absolute()
    if create and not path.exists():
        make_file(path)
    head = header.read_header(path)
    held, who = _right_to_edit(path)
    store: FileStore | None = None
    try:
        if head.version < header.VERSION:
            _bring_up_to_date(path, held)
        with telling(path, reading=True):
            connection = engine_for(path, read_only=held is None).connect()
        store = FileStore(path, connection, held, who)
        found = store.load()
        if held is not None:
            with contextlib.suppress(OSError):  # tried again the next time
                backups.remove_unclean(path)
    except BaseException:
        if store is not None:
            store.close()
        elif held is not None:
            held.release()
        raise
    return store, found


def _bring_up_to_date(path: Path, held: lock.Lock | None) -> None:
    """Migrate a file of an earlier version, its backup made first."""
    from app.store import migrations  # Alembic is wanted on such days only

    if held is None:
        raise Refused("older-read-only", path=str(path))
    inspect(path)
    backups.make(path, backups.copy_of(path), Occasion.MIGRATE)
    migrations.migrate(path)


def _right_to_edit(path: Path) -> tuple[lock.Lock | None, str]:
    """The lock, or None with who has it (blank where the file or its folder merely cannot be written)."""
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        return None, ""
    try:
        held = lock.acquire(path)
    except OSError:
        return None, ""
    return held, "" if held else lock.holder(path) or "?"


def make_file(path: Path) -> None:
    """A new file, made aside and named only when it is whole. Raises Refused where that cannot be done."""
    if not path.parent.is_dir():
        raise Refused("folder-missing", path=str(path.parent))
    with telling(path), copies.aside(path) as new:
        fill(new)
        copies.name_it(new, path)


def fill(path: Path) -> None:
    """Make an empty file one of ours, with nothing in it yet."""
    engine = engine_for(path, create=True)
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"PRAGMA application_id={header.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={header.VERSION}")
        METADATA.create_all(connection)
        connection.execute(sa.insert(METADATA.tables["sites"]), contents.built_in())
        made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        notes = {FILE_ID: uuid.uuid4().hex, "made": made, SCHEMA_DIGEST: contents.schema_digest(connection)}
        connection.execute(sa.insert(META), [{"name": name, "value": value} for name, value in notes.items()])
        connection.execute(sa.insert(META), {"name": DIGEST, "value": ""})
        _set_digest(connection, contents.read(connection).digest)
    engine.dispose()


def net(changes: Sequence[Change]) -> list[Change]:
    """The changes with several of one entity as one, and those that end where they began left out."""
    found: dict[tuple[str, str], Change] = {}
    for change in changes:
        first = found.get((change.table, change.id), change)
        found[change.table, change.id] = Change(
            table=change.table, id=change.id, before=first.before, after=change.after
        )
    return [change for change in found.values() if change.before != change.after]


def _write_rows(connection: sa.Connection, changes: Sequence[Change]) -> None:
    for table in TABLES:
        mine = [change for change in changes if change.table == table]
        kept = METADATA.tables[table]
        gone = ({"_id": change.id} for change in mine if change.after is None)
        new = (to_row(change.after) for change in mine if change.before is None and change.after is not None)
        other = (
            {"_id": change.id, **to_row(change.after)}
            for change in mine
            if change.before is not None and change.after is not None
        )
        here = kept.c.id == sa.bindparam("_id")
        _all(connection, sa.delete(kept).where(here), gone)
        _all(connection, sa.update(kept).where(here), other)
        _all(connection, sa.insert(kept), new)


def _all(connection: sa.Connection, statement: Any, rows: Iterable[dict[str, Any]]) -> None:
    """The statement for each of the rows, some at a time: each takes as much memory as the entity it is of."""
    for some in some_at_a_time(rows):
        if connection.execute(statement, some).rowcount not in (len(some), -1):
            raise RuntimeError("a row that stands in memory was not in the file")


def _journal_row(line: JournalLine, changes: str) -> dict[str, Any]:
    return {
        "sequence": line.sequence,
        "at": line.at,
        "kind": line.kind.value,
        "verb": line.verb.value,
        "week_id": line.week_id,
        "of": line.of,
        "size": line.size,
        "facts": facts_to_json(line.facts),
        "changes": changes,
    }


def _set_digest(connection: sa.Connection, value: int) -> None:
    connection.execute(sa.update(META).where(META.c.name == DIGEST).values(value=digest.written(value)))
