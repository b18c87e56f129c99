"""Open a file from anywhere: looked at in the limited process, as a local copy where shared; else the ways on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.document.document import Document
from app.document.handover import Borrowed, borrow, is_shared
from app.errors import Refused
from app.exchange.folder import bring_back
from app.exchange.strangers import Ahead, look, rescued
from app.models.change import Edit
from app.models.journal import JournalLine
from app.models.salvaged import Salvaged
from app.store import backups
from app.store.backups import Backup, Occasion
from app.store.contents import Contents
from app.store.erase import Erasure
from app.store.salvage import write_anew
from app.store.verify import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open Document; `borrowed` where it is the local copy of a shared file."""

    document: Document
    borrowed: Borrowed | None = None


class Way(StrEnum):
    """A way on where a file cannot be opened."""

    RESTORE = "restore"
    """Put the newest verified backup in its place."""
    SALVAGE = "salvage"
    """Bring what can be read into a new file."""
    LOOK = "look"
    """Look at what can be read, without changing anything."""
    COPY = "copy"
    """Open a copy of it elsewhere."""
    IMPORT = "import"
    """It is a workbook: import it."""
    ANEW = "anew"
    """Make a new file of that name."""
    AGAIN = "again"
    """Try once more."""
    ANOTHER = "another"
    """Choose another file."""


_DAMAGED = (Way.RESTORE, Way.SALVAGE, Way.LOOK, Way.ANOTHER)
_WAYS: dict[str, tuple[Way, ...]] = {
    "database-damaged": _DAMAGED,
    "file-empty": (Way.RESTORE, Way.ANOTHER),
    "file-missing": (Way.RESTORE, Way.ANEW, Way.ANOTHER),
    "file-not-database": (Way.IMPORT, Way.RESTORE, Way.ANOTHER),
    "file-foreign": (Way.RESTORE, Way.ANOTHER),
    "older-read-only": (Way.COPY, Way.ANOTHER),
    "file-busy": (Way.AGAIN, Way.ANOTHER),
    "file-unreachable": (Way.AGAIN, Way.ANOTHER),
    "file-slow": (Way.AGAIN, Way.ANOTHER),
    "file-read-only": (Way.AGAIN, Way.COPY, Way.ANOTHER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOn:
    """What can be done about a file that cannot be opened. `backup` is the newest that passed every check."""

    ways: tuple[Way, ...]
    backup: Backup | None = None
    holds: Summary | None = None


def open_document(path: Path, *, create: bool = False, ahead: Ahead | None = None) -> Opened:
    """Open a file, or its local copy where it lies on a network drive or in a synced folder.

    Whatever exists is read in the limited process before this one reads it; `ahead` is that process where
    `app.exchange.strangers.look_ahead` began it for this very path. Raises Refused as `Document.open`, as
    `app.exchange.strangers.look`, and as `app.document.handover.borrow`.
    """
    borrowed = None
    bring_back(path.parent)
    if is_shared(path):
        if path.exists():
            look(path, ahead)
        borrowed = borrow(path, create=create)
        path = borrowed.local
    elif path.exists() or not create:
        _look(path, ahead)
    return Opened(document=Document.open(path, create=create), borrowed=borrowed)


def _look(path: Path, ahead: Ahead | None) -> None:
    try:
        look(path, ahead)
    except Refused as refused:
        # Another program that holds it for a moment, or half of an edit that has to be rolled back first: the
        # opening itself, which may write, knows better.
        if refused.code not in {"file-busy", "file-read-only"}:
            raise


def look_at_backup(backup: Path) -> None:
    """Let the limited process read a backup before this one does. Raises Refused("backup-damaged")."""
    try:
        look(backup)
    except Refused as refused:
        finding = refused.facts.get("finding", "")
        raise Refused("backup-damaged", path=str(backup), finding=finding, reason=refused.code) from refused


def ways_on(refused: Refused, path: Path) -> WaysOn:
    """What can be done about a file that was refused."""
    ways = _WAYS.get(refused.code, (Way.ANOTHER,))
    backup = holds = None
    if Way.RESTORE in ways:
        newest = backups.newest_whole(path)
        if newest is None:
            ways = tuple(way for way in ways if way is not Way.RESTORE)
        else:
            backup, holds = newest
    if Way.IMPORT in ways and path.suffix.casefold() != ".xlsx":
        ways = tuple(way for way in ways if way is not Way.IMPORT)
    return WaysOn(ways=ways, backup=backup, holds=holds)


def salvage(path: Path, target: Path) -> Salvaged:
    """Write what can be read of a damaged file as a new, whole file; the damaged one is not touched.

    Raises Refused as `app.exchange.strangers.rescued` and `app.store.salvage.write_anew`.
    """
    found = rescued(path)
    write_anew(found.plan, target, file=path.name)
    return found


def behold(path: Path) -> tuple[Document, Salvaged]:
    """What can be read of a damaged file, to look at; nothing can be changed. Raises Refused as `rescued`."""
    found = rescued(path)
    return Document(found.plan, _Beheld(path, found)), found


def restored(document: Document, backup: Path) -> Document:
    """The file of an open Document as it was in a backup, opened again; the file as it was is kept as a backup.

    The Document given is closed in either case. Raises Refused as `app.store.backups.restore`; the file is as it
    was then, and `Document.open` opens it again.
    """
    path = document.path
    if path is None:
        raise Refused("no-file")
    if document.read_only:
        raise Refused("read-only", path=str(path), who=document.who_has_it)
    document.close()
    backups.restore(path, backup)
    return Document.open(path)


class _Beheld:
    """Keeps nothing: a damaged file that is only looked at."""

    who_has_it = ""
    read_only = True

    def __init__(self, path: Path, found: Salvaged) -> None:
        self.path = path
        self._found = found

    def write(self, edit: Edit, line: JournalLine) -> None:  # noqa: ARG002 - the door asks first
        raise Refused("read-only", path=str(self.path), who="")

    def edit_of(self, sequence: int) -> Edit:
        raise KeyError(sequence)

    def backup(self, occasion: Occasion) -> Backup:  # noqa: ARG002 - as above
        raise Refused("backup-failed", path=str(self.path), reason="database-damaged")

    def copy_to(self, target: Path) -> None:
        write_anew(self._found.plan, target, file=self.path.name)

    def erase(self, erasure: Erasure, line: JournalLine) -> Contents:  # noqa: ARG002 - as above
        raise Refused("read-only", path=str(self.path), who="")

    def still_there(self) -> None:
        return

    def close(self) -> None:
        return
