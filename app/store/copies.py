"""Files made aside and named only when they are whole, and copies of databases page by page."""

from __future__ import annotations

import glob
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from app.disk import sync_file, sync_folder
from app.errors import Refused
from app.store.connection import driver, engine_for


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A new empty file beside `path`, gone at the end unless it was given another name."""
    new = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    # Who may read it is for the folder and the system's defaults to say; `tempfile` would shut all others out.
    os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666))
    try:
        yield new
    finally:
        new.unlink(missing_ok=True)
        side_file(new).unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Remove what a crash left of new files that were to get this name; the caller holds its lock."""
    for leftover in path.parent.glob(f".{glob.escape(path.name)}.*.tmp*"):
        leftover.unlink(missing_ok=True)


def side_file(path: Path) -> Path:
    """Where SQLite keeps what it would roll back."""
    return path.with_name(path.name + "-journal")


def name_it(aside: Path, path: Path) -> None:
    """Give a finished file its name, durably, and never in place of another."""
    sync_file(aside)
    try:
        os.link(aside, path)
    except FileExistsError as error:
        raise Refused("file-exists", path=str(path)) from error
    except OSError:  # a file system without links
        if path.exists():
            raise Refused("file-exists", path=str(path)) from None
        aside.rename(path)
    sync_folder(path.parent)


def copy_pages(connection: sa.Connection, target: Path) -> None:
    """SQLite's own copy of an open file, the same bytes in the same pages, into a new file."""
    engine = engine_for(target, create=True)
    with engine.connect() as copy:
        driver(connection).backup(driver(copy))
        copy.connection.cursor().execute("PRAGMA journal_mode=DELETE")
    engine.dispose()
    sync_file(target)


def put_in_place(new: Path, path: Path) -> None:
    """Give a finished file the name of another, which is whole until then and gone afterwards."""
    if path.exists():
        shutil.copymode(path, new)
    sync_file(new)
    new.replace(path)
    sync_folder(path.parent)
