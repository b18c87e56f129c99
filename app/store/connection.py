"""The one way to connect to a file, and what SQLite's failures mean to a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.pool import NullPool

from app.errors import Refused

_TOGETHER = 500
"""How many rows are asked for or written at once, where many may come: it takes a fifth of the time of one by one."""
_T = TypeVar("_T")

_PRAGMAS = (
    "foreign_keys=ON",
    "secure_delete=ON",
    "cell_size_check=ON",
    "trusted_schema=OFF",
    "busy_timeout=3000",
    "synchronous=FULL",
)

_MEANING = {
    sqlite3.SQLITE_BUSY: "file-busy",
    sqlite3.SQLITE_LOCKED: "file-busy",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_READONLY: "file-read-only",
    sqlite3.SQLITE_PERM: "file-read-only",
    sqlite3.SQLITE_AUTH: "database-damaged",
    sqlite3.SQLITE_CORRUPT: "database-damaged",
    sqlite3.SQLITE_NOTADB: "database-damaged",
    sqlite3.SQLITE_CANTOPEN: "file-unreachable",
    sqlite3.SQLITE_IOERR: "file-unreachable",
    sqlite3.SQLITE_CONSTRAINT: "not-storable",
    sqlite3.SQLITE_TOOBIG: "not-storable",
}


def some_at_a_time(rows: Iterable[_T]) -> Iterator[list[_T]]:
    """The rows in lists of some hundreds, taken as they are wanted."""
    coming = iter(rows)
    while some := list(islice(coming, _TOGETHER)):
        yield some


def engine_for(path: Path, *, read_only: bool = False, create: bool = False, foreign_keys: bool = True) -> sa.Engine:
    """An engine for one file. Its transactions begin with BEGIN IMMEDIATE, so that none fails half way for a lock.

    pysqlite's own transaction handling begins late and commits before DDL; it is switched off.
    """
    mode = "ro" if read_only else "rwc" if create else "rw"
    address = f"{path.absolute().as_uri()}?mode={mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if not foreign_keys:
            connection.execute("PRAGMA foreign_keys=OFF")
        if not read_only:
            connection.execute("PRAGMA journal_mode=TRUNCATE")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def telling(path: Path, *, reading: bool = False) -> Iterator[None]:
    """Turn what SQLite and the system report into a refusal that names the file.

    `reading`: our own questions cannot be at fault, so that what SQLite cannot answer is damage.
    """
    try:
        yield
    except DBAPIError as error:
        raise _refusal(error.orig, path, reading=reading) from error
    except StatementError as error:
        if isinstance(error.orig, ValueError | OverflowError | LookupError):
            raise Refused("not-storable", path=str(path)) from error
        raise
    except sqlite3.Error as error:
        raise _refusal(error, path, reading=reading) from error
    except UnicodeDecodeError as error:  # not even SQLite's complaint about the file can be read
        raise Refused("database-damaged", path=str(path), finding="sqlite") from error
    except UnicodeEncodeError as error:
        raise Refused("not-storable", path=str(path)) from error
    except OSError as error:
        raise Refused("file-unreachable" if error.errno != 28 else "disk-full", path=str(path)) from error


def _refusal(error: BaseException | None, path: Path, *, reading: bool) -> Exception:
    if isinstance(error, UnicodeEncodeError | OverflowError | sqlite3.DataError):
        return Refused("not-storable", path=str(path))
    code: Any = getattr(error, "sqlite_errorcode", None)
    meaning = _MEANING.get(code & 0xFF) if isinstance(code, int) else None
    if meaning is None and reading and isinstance(error, sqlite3.Error):
        meaning = "database-damaged"
    if meaning is None:
        return error if isinstance(error, Exception) else RuntimeError(str(error))
    return Refused(meaning, path=str(path), finding="sqlite")


def driver(connection: sa.Connection) -> sqlite3.Connection:
    """SQLite's own connection, for backups."""
    found = connection.connection.driver_connection
    if not isinstance(found, sqlite3.Connection):
        raise TypeError("not a SQLite file")
    return found
