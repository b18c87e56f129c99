"""Bring a file of an earlier version up to date with Alembic: on a copy, in one transaction, then put in place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from app.errors import Refused
from app.models.schema import META
from app.store import contents, copies, digest, header
from app.store.codec import dumps
from app.store.connection import engine_for, telling
from app.store.contents import DIGEST, SCHEMA_DIGEST

Step = Callable[[Operations], None]

STEPS: dict[int, Step] = {}
"""Version → what leads from it to the next. A step that changes what entities hold does it by `change_everywhere`;
every version that was ever released keeps its step, and a file of it is kept in `tests/store/data`."""


def change_everywhere(op: Operations, table: str, column: str, change: Callable[[Any], Any]) -> None:
    """Change one column of a table in its rows and in every image of the journal, so that undo goes on working."""
    connection = op.get_bind()
    kept = sa.Table(table, sa.MetaData(), autoload_with=connection)
    for row in connection.execute(sa.select(kept.c.id, kept.c[column])).all():
        new = {column: change(row[1])}
        connection.execute(sa.update(kept).where(kept.c.id == row.id), new)
    journal = sa.Table("journal", sa.MetaData(), autoload_with=connection)
    for line in connection.execute(sa.select(journal.c.sequence, journal.c.changes)).all():
        changes = json.loads(line.changes)
        for of_table, _, *images in changes:
            for image in images:
                if of_table == table and image is not None:
                    image[column] = change(image.get(column))
        new = {"changes": dumps(changes)}
        connection.execute(sa.update(journal).where(journal.c.sequence == line.sequence), new)


def migrate(path: Path, *, steps: Mapping[int, Step] | None = None) -> None:
    """Bring the file up to date. The caller holds the lock, or the file is its own.

    Raises Refused("database-damaged") where the file is not as it was last written, and what the disk refuses;
    the file has not changed then.
    """
    with telling(path), copies.aside(path) as new:
        engine = engine_for(path)
        with engine.connect() as connection:
            copies.copy_pages(connection, new)
        engine.dispose()
        _step_up(new, path, STEPS if steps is None else steps)
        copies.put_in_place(new, path)
        copies.side_file(path).unlink(missing_ok=True)


def _step_up(new: Path, path: Path, steps: Mapping[int, Step]) -> None:
    # SQLite only heeds foreign_keys=OFF outside a transaction; with it on, rebuilding a table would delete rows.
    engine = engine_for(new, foreign_keys=False)
    try:
        with engine.connect() as connection, connection.begin():
            _must_be_whole(connection, path)
            version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
            while version < header.VERSION:
                steps[version](Operations(MigrationContext.configure(connection)))
                version += 1
            connection.exec_driver_sql(f"PRAGMA user_version={version}")
            _note(connection, SCHEMA_DIGEST, contents.schema_digest(connection))
            _note(connection, DIGEST, digest.written(contents.raw_digest(connection)))
            for finding in contents.findings(connection):
                raise Refused("database-damaged", path=str(path), finding=finding)
    finally:
        engine.dispose()


def _must_be_whole(connection: sa.Connection, path: Path) -> None:
    for finding in contents.misfits(connection):
        raise Refused("database-damaged", path=str(path), finding=finding)
    stored = connection.execute(sa.select(META.c.value).where(META.c.name == DIGEST)).scalar()
    if stored != digest.written(contents.raw_digest(connection)):
        raise Refused("database-damaged", path=str(path), finding="digest")


def _note(connection: sa.Connection, name: str, value: str) -> None:
    connection.execute(sa.update(META).where(META.c.name == name).values(value=value))
