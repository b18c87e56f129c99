"""Who has a file open for editing: a lock that the system itself takes back when a program ends, however it ends."""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import json
import os
import platform
import sys
from pathlib import Path
from typing import BinaryIO

from app.text import translate

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # Windows locks bytes against reading; one far behind the text leaves the text readable

    def _try_lock(file: BinaryIO) -> bool:
        try:
            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _try_lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class Lock:
    """The right to edit one file, held until `release`."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self._path = path
        self._file: BinaryIO | None = file

    def release(self) -> None:
        """Give the right back and take the lock file away."""
        if self._file is None:
            return
        if sys.platform == "win32":
            self._file.close()
            with contextlib.suppress(OSError):  # somebody has it again already
                self._path.unlink()
        else:
            with contextlib.suppress(OSError):
                self._path.unlink()
            self._file.close()
        self._file = None


def lock_path(path: Path) -> Path:
    """Where the lock of a file lies: beside it."""
    return path.with_name(path.name + ".lock")


def acquire(path: Path) -> Lock | None:
    """The right to edit the file, or None where somebody has it. Raises OSError where the folder takes no file."""
    place = lock_path(path)
    while True:
        file = place.open("r+b" if place.exists() else "w+b", buffering=0)
        if not _try_lock(file):
            file.close()
            return None
        try:  # the one before may have taken the lock file away between our opening it and locking it
            same = os.path.samestat(os.fstat(file.fileno()), place.stat())
        except FileNotFoundError:
            same = False
        if same:
            with contextlib.suppress(OSError):  # a full disk: the lock holds all the same, only without a name
                file.seek(0)
                file.truncate()
                file.write(_note())
            return Lock(place, file)
        file.close()


def holder(path: Path) -> str:
    """Who has the file, in words: `anna on PC-123, since 10:00`; blank where that cannot be read."""
    try:
        note = json.loads(lock_path(path).read_bytes())
        since = dt.datetime.fromisoformat(note["since"]).astimezone()
        return translate("{who} on {computer}, since {time}").format(
            who=note["who"], computer=note["computer"], time=since.strftime("%H:%M")
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def _note() -> bytes:
    try:
        who = getpass.getuser()
    except (OSError, KeyError):
        who = "?"
    since = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return json.dumps({"who": who, "computer": platform.node(), "since": since}).encode()
