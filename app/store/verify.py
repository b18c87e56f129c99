"""Judge a file without changing a byte of it: what `practice-week verify` says, and what every backup must pass."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from app.errors import Refused
from app.models.change import TABLES, Change, Entity
from app.models.journal import Doing
from app.models.plan import Plan
from app.models.schema import JOURNAL, META
from app.models.sense import makes_sense
from app.store import contents, copies, header
from app.store.codec import UnreadableError, backwards, changes_from_json
from app.store.connection import engine_for, telling
from app.store.contents import DIGEST, Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong with a file. `code` is a refusal's, `finding` what of the file it is about."""

    code: str
    finding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a whole file holds, for people to tell one from another."""

    weeks: tuple[str, ...]
    counts: tuple[tuple[str, int], ...]
    """Table → number of rows, those with any."""
    edits: int
    saved_at: dt.datetime | None


def verify(path: Path) -> list[Finding]:
    """Everything wrong with a file; an empty list is a whole one.

    Its header, SQLite's own integrity and foreign keys, the schema against the app's, every row against the stored
    digest, and whether undoing the whole journal leads back to an empty Plan.
    """
    try:
        inspect(path)
    except Refused as refused:
        return [Finding(code=refused.code, finding=str(refused.facts.get("finding", "")))]
    return []


def inspect(path: Path) -> Summary:
    """What a file holds, once it has passed every check of `verify`. Raises Refused with the first that fails."""
    found = checked(path)
    counts = tuple((table, len(rows)) for table in TABLES if (rows := found.plan.table(table)))
    weeks = sorted(found.plan.weeks.values(), key=lambda week: (week.first_day, week.name))
    return Summary(
        weeks=tuple(week.name for week in weeks),
        counts=counts,
        edits=len(found.lines),
        saved_at=found.lines[-1].at if found.lines else None,
    )


def digest_of(path: Path) -> str:
    """The stored digest of a file: another one whenever anything in it is another. Raises Refused as the disk does."""
    engine = engine_for(path, read_only=True)
    try:
        with telling(path, reading=True), engine.connect() as connection:
            asked = sa.select(META.c.value).where(META.c.name == DIGEST)
            return str(connection.execute(asked).scalar())
    finally:
        engine.dispose()


def checked(path: Path) -> Contents:
    """The contents of a file, judged as `verify` does.

    What a crash left half written is rolled back, and an earlier version brought up to date, in a copy: a look
    changes nothing.
    """
    path = path.absolute()
    head = header.read_header(path)
    side = copies.side_file(path)
    if head.version == header.VERSION:
        try:
            return _checked(path)
        except Refused as refused:
            if refused.code != "file-read-only" or not side.exists():
                raise
    with tempfile.TemporaryDirectory() as folder, telling(path):
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        if side.exists():
            shutil.copyfile(side, copies.side_file(copy))
        _settle(copy)
        if head.version < header.VERSION:
            from app.store import migrations  # Alembic is wanted on such days only

            migrations.migrate(copy)
        return _checked(copy)


def _settle(path: Path) -> None:
    """Roll back what a crash left half written."""
    engine = engine_for(path)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").all()
    engine.dispose()


def _checked(path: Path) -> Contents:
    engine = engine_for(path, read_only=True)
    try:
        with telling(path, reading=True), engine.connect() as connection, connection.begin():
            for finding in contents.findings(connection):
                raise Refused("database-damaged", path=str(path), finding=finding)
            try:
                found = contents.read(connection)
                leads_back = _journal_leads_back(connection, found)
            except UnreadableError as error:
                raise Refused("database-damaged", path=str(path), finding="values") from error
    finally:
        engine.dispose()
    if not found.is_as_written:
        raise Refused("database-damaged", path=str(path), finding="digest")
    if not leads_back:
        raise Refused("database-damaged", path=str(path), finding="journal")
    if not all(makes_sense(row) for table in TABLES for row in found.plan.table(table).values()):
        raise Refused("database-damaged", path=str(path), finding="values")
    return found


def _journal_leads_back(connection: sa.Connection, found: Contents) -> bool:
    """Whether taking back every line, the newest first, leads to the Plan that the file began with."""
    asked = sa.select(JOURNAL.c.sequence, JOURNAL.c.changes).order_by(JOURNAL.c.sequence)
    texts = {int(row.sequence): str(row.changes) for row in connection.execute(asked)}
    tables = {table: dict(found.plan.table(table)) for table in TABLES}
    for line in reversed(found.lines):
        text = texts[line.sequence if line.has_changes else line.of or line.sequence]
        if line.has_changes or line.kind is not Doing.UNDONE:
            steps: Iterator[Change] = (change.inverse for change in backwards(text))
        else:
            steps = iter(changes_from_json(text))
        if not all(_goes(tables, change) for change in steps):
            return False
    beginning = Plan.of(entity for rows in tables.values() for entity in rows.values())
    return beginning == Plan()


def _goes(tables: dict[str, dict[str, Entity]], change: Change) -> bool:
    table = tables[change.table]
    if table.get(change.id) != change.before:
        return False
    if change.after is None:
        table.pop(change.id, None)
    else:
        table[change.id] = change.after
    return True
