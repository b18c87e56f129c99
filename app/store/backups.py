"""Copies of a file beside it: made before whatever is hard to take back, checked, kept for a while, brought back."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.disk import sync_file, sync_folder
from app.errors import Refused
from app.store import copies, lock
from app.store.connection import engine_for, telling
from app.store.erase import Erasure, erase
from app.store.header import VERSION, read_header
from app.store.verify import Summary, inspect


class Occasion(StrEnum):
    """Why a backup was made."""

    HAND = "by-hand"
    TIME = "by-time"
    IMPORT = "before-import"
    MATCH = "before-match"
    RESTORE = "before-restore"
    MIGRATE = "before-migrate"
    ERASE = "before-erase"
    TAKE = "before-hand-over"


EVERY = dt.timedelta(minutes=30)
"""How long a changed file goes without a backup."""

_ALL_FOR = dt.timedelta(days=2)
_DAILY, _WEEKLY, _MONTHLY = 12, 10, 9
_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}Z)-(\d{5,})-([a-z-]+)\.pweek\Z")
_STAMP = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup. `number` tells the order of making, whatever the clock said; `at` is UTC."""

    path: Path
    at: dt.datetime
    number: int
    occasion: Occasion


def folder_of(path: Path) -> Path:
    """Where a file's backups lie: beside it."""
    return path.with_name(path.name + ".backups")


def listed(path: Path) -> list[Backup]:
    """The backups of a file, the newest first. Files with other names are left out."""
    folder = folder_of(path)
    names = sorted(folder.iterdir()) if folder.is_dir() else []
    found = [backup for name in names if (backup := _read(name)) is not None]
    return sorted(found, key=lambda backup: backup.number, reverse=True)


def _read(path: Path) -> Backup | None:
    match = _NAME.match(path.name)
    if match is None:
        return None
    stamp, number, occasion = match.groups()
    try:
        at = dt.datetime.strptime(stamp, _STAMP).replace(tzinfo=dt.UTC)
        return Backup(path=path, at=at, number=int(number), occasion=Occasion(occasion))
    except ValueError:
        return None


def make(path: Path, copy: Callable[[Path], None], occasion: Occasion, *, now: dt.datetime | None = None) -> Backup:
    """A new backup: copied aside by `copy`, opened again, checked whole, then named; old ones thinned out.

    Raises Refused("backup-failed") where it cannot be made or is not whole; no earlier backup is touched then.
    """
    at = now or dt.datetime.now(dt.UTC)
    folder = folder_of(path)
    try:
        with telling(folder):
            if not folder.is_dir():
                folder.mkdir(exist_ok=True)
                sync_folder(folder.parent)
            number = max((backup.number for backup in listed(path)), default=0) + 1
            target = folder / f"{at.strftime(_STAMP)}-{number:05d}-{occasion.value}.pweek"
            copied_and_checked(copy, target)
    except Refused as refused:
        raise Refused("backup-failed", path=str(path), reason=refused.code) from refused
    backup = Backup(path=target, at=at.replace(microsecond=0), number=number, occasion=occasion)
    thin(path, now=at)
    return backup


def copied_and_checked(copy: Callable[[Path], None], target: Path) -> None:
    """A copy under that name once it has been opened again and found whole. Raises Refused; nothing is left then."""
    with copies.aside(target) as new:
        copy(new)
        inspect(new)
        copies.name_it(new, target)


def copy_of(path: Path) -> Callable[[Path], None]:
    """How to copy a file that this process has not open."""

    def copy(target: Path) -> None:
        engine = engine_for(path, read_only=True)
        with telling(path), engine.connect() as connection:
            copies.copy_pages(connection, target)
        engine.dispose()

    return copy


def thin(path: Path, *, now: dt.datetime) -> None:
    """Remove what is kept no longer: all for 2 days, then the last of 12 days, 10 weeks and 9 months."""
    backups = listed(path)
    keep = kept([(backup.number, backup.at) for backup in backups], now)
    for backup in backups:
        if backup.number not in keep:
            with contextlib.suppress(OSError):  # one too many harms nobody
                backup.path.unlink()


def kept(backups: Iterable[tuple[int, dt.datetime]], now: dt.datetime) -> set[int]:
    """The numbers of the backups to keep. What the clock says lies ahead counts as new, and the newest stays."""
    newest_first = sorted(backups, reverse=True)
    keep = {number for number, at in newest_first if now - at <= _ALL_FOR} | {number for number, _ in newest_first[:1]}
    periods: tuple[tuple[int, Callable[[dt.datetime], Hashable]], ...] = (
        (_DAILY, lambda at: at.date()),
        (_WEEKLY, lambda at: at.isocalendar()[:2]),
        (_MONTHLY, lambda at: (at.year, at.month)),
    )
    for count, period_of in periods:
        seen: dict[Hashable, int] = {}
        for number, at in newest_first:
            if len(seen) < count:
                seen.setdefault(period_of(at), number)
        keep.update(seen.values())
    return keep


def newest_whole(path: Path) -> tuple[Backup, Summary] | None:
    """The newest backup that passes every check, with what it holds; None where there is none."""
    for backup in listed(path):
        try:
            return backup, inspect(backup.path)
        except Refused:
            continue
    return None


def erase_from(path: Path, erasure: Erasure) -> int:
    """Erase a person from every backup of a file, each on a checked copy; how many were made nameless.

    What cannot be read cannot be cleaned either, and is removed: damaged backups and damaged files put away.
    """
    cleaned = 0
    for backup in listed(path):
        if backup.occasion is Occasion.ERASE:
            continue
        try:
            _erase_in(backup.path, erasure)
            cleaned += 1
        except Refused as refused:
            if refused.code in {"disk-full", "file-unreachable", "file-busy", "file-read-only"}:
                raise
            backup.path.unlink()
    for leftover in folder_of(path).glob("damaged-*") if folder_of(path).is_dir() else ():
        leftover.unlink()
    return cleaned


def _erase_in(backup: Path, erasure: Erasure) -> None:
    inspect(backup)
    with telling(backup), copies.aside(backup) as new:
        copy_of(backup)(new)
        if read_header(new).version < VERSION:
            from app.store import migrations  # Alembic is wanted on such days only

            migrations.migrate(new)
        engine = engine_for(new)
        with engine.connect() as connection:
            erase(connection, erasure)
            connection.connection.cursor().execute("PRAGMA journal_mode=DELETE")
        engine.dispose()
        inspect(new)
        copies.put_in_place(new, backup)


def remove_unclean(path: Path) -> None:
    """Remove what a crash left half made, and backups made before an erasure: they hold what was erased.

    Called by who holds the lock, when the file has proved whole.
    """
    copies.sweep(path)
    for leftover in folder_of(path).glob(".*.tmp*"):
        leftover.unlink(missing_ok=True)
    for backup in listed(path):
        if backup.occasion is Occasion.ERASE:
            backup.path.unlink()


def restore(path: Path, backup: Path) -> Path | None:
    """Put a backup in a file's place. The file as it was is kept first and returned: as a backup where it is whole,
    else byte for byte among them; None where there was no file.

    Raises Refused("backup-damaged") for a backup that is not whole, ("file-in-use") where somebody has the file
    open, ("backup-failed"), and what the disk refuses; the file is as it was then.
    """
    path, backup = path.absolute(), backup.absolute()
    try:
        inspect(backup)
    except Refused as refused:
        finding = refused.facts.get("finding", "")
        raise Refused("backup-damaged", path=str(backup), finding=finding, reason=refused.code) from refused
    with telling(path):
        held = lock.acquire(path)
        if held is None:
            raise Refused("file-in-use", path=str(path), who=lock.holder(path))
        try:
            with copies.aside(path) as new:
                copy_of(backup)(new)
                inspect(new)
                before = _put_away(path)
                copies.put_in_place(new, path)
        finally:
            held.release()
    return before


def _put_away(path: Path) -> Path | None:
    """Keep the present file, and make sure that no side file of it is left that SQLite would play into the next."""
    journal = copies.side_file(path)
    if not path.exists():
        journal.unlink(missing_ok=True)
        return None
    try:
        read_header(path)
        engine = engine_for(path)
        with telling(path), engine.connect() as connection:  # rolls back what a crash left half written
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").all()
            connection.connection.cursor().execute("PRAGMA journal_mode=DELETE")
        engine.dispose()
        return make(path, copy_of(path), Occasion.RESTORE).path
    except Refused:
        kept_as = _damaged_name(path)
        kept_as.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, kept_as)
        sync_file(kept_as)
        if journal.exists():
            shutil.copyfile(journal, copies.side_file(kept_as))
        sync_folder(kept_as.parent)
        journal.unlink(missing_ok=True)
        return kept_as


def _damaged_name(path: Path) -> Path:
    stamp = dt.datetime.now(dt.UTC).strftime(_STAMP)
    number = 1
    while (candidate := folder_of(path) / f"damaged-{stamp}-{number}.pweek").exists():
        number += 1
    return candidate
