"""Databases from outside are read in the limited process: what harms a reader, harms only that one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.errors import Refused
from app.exchange import guard
from app.models.salvaged import Salvaged
from app.store.header import read_header

_FAILED = frozenset({"input-too-slow", "input-too-heavy", "input-failed"})
_SECONDS = 30
"""How long a look may take by the clock. The process may work for 10 of them: a busy computer needs more."""
_BESIDE = ("", "-journal", "-wal", "-shm")

Stamp = tuple[tuple[int, int, int] | None, ...]
"""Size, moment of the last change (ns) and number of a file and of the side files that belong to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A look that goes on while the window is made, and what the file was like as it began."""

    begun: guard.Begun
    stamp: Stamp


def look_ahead(path: Path) -> Ahead | None:
    """Begin to look at a file that will be opened soon; None where that cannot be.

    `look` or `give_up` has to follow.
    """
    stamp = _stamp(path)
    try:
        begun = guard.begin("database", str(path.absolute()))
        begun.send(b"")
    except (Refused, OSError):
        return None  # the look itself will say what is the matter
    return Ahead(begun=begun, stamp=stamp)


def give_up(ahead: Ahead | None) -> None:
    """End a look that was begun, where it still goes on."""
    if ahead is not None:
        ahead.begun.give_up()


def look(path: Path, ahead: Ahead | None = None) -> None:
    """Return where a file passes every check of `app.exchange.inspected` there.

    `ahead` is what `look_ahead` of that path began: its answer holds if the file is still what it was. Raises Refused
    as `app.store.verify.inspect` does; ("database-damaged", finding="reading") where the look crashed, worked too long
    or needed too much memory; ("file-slow") where it was not done in time, as on a computer that is busy.
    """
    try:
        read_header(path)
        with _told_as(path, "database-damaged", finding="reading"):
            if ahead is not None and ahead.stamp == _stamp(path):
                guard.finish(ahead.begun, seconds=_SECONDS)
            else:
                guard.parse_bytes("database", b"", str(path.absolute()), seconds=_SECONDS)
    finally:
        give_up(ahead)


def rescued(path: Path) -> Salvaged:
    """What can be read of a damaged file, sound in itself; the file is not touched.

    Raises Refused("nothing-to-salvage"), ("file-missing" | …), and ("file-slow") as `look` does.
    """
    with _told_as(path, "nothing-to-salvage"):
        found: Salvaged = guard.parse_bytes("rescue", b"", str(path.absolute()), seconds=_SECONDS)
    return found


@contextmanager
def _told_as(path: Path, failed: str, **facts: object) -> Iterator[None]:
    """Tell a reader that failed as that refusal, and one that had no time as ("file-slow")."""
    try:
        yield
    except Refused as refused:
        if refused.code == "input-too-slow" and not refused.facts.get("worked"):
            raise Refused("file-slow", path=str(path), limit=_SECONDS) from refused
        if refused.code in _FAILED:
            raise Refused(failed, path=str(path), **facts) from refused
        raise


def _stamp(path: Path) -> Stamp:
    return tuple(_one(path.with_name(path.name + ending)) for ending in _BESIDE)


def _one(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
