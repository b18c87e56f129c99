"""What a file is, by its first hundred bytes: read without SQLite, so that nothing in a stranger's file acts."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from app.errors import Refused

MAGIC = b"SQLite format 3\x00"
APPLICATION_ID = 0x50576B31
"""`PWk1`, in the header of every file of ours."""
VERSION = 1
"""The version of the file's tables, in the header as `user_version`."""

_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The part of a file's header that says whose it is. `size` in bytes."""

    version: int
    size: int


def read_header(path: Path) -> Header:
    """The header of a file of ours.

    Raises Refused("file-missing" | "file-is-folder" | "file-unreachable" | "file-empty" | "file-not-database" |
    "file-foreign" | "file-newer" | "database-damaged").
    """
    check_place(path)
    try:
        with path.open("rb") as file:
            head = file.read(_LENGTH)
            size = file.seek(0, 2)
    except OSError as error:
        raise Refused("file-unreachable", path=str(path)) from error
    return _judged(path, head, size)


def check_place(path: Path) -> None:
    """Raise Refused("file-missing" | "file-is-folder" | "file-unreachable") unless a file lies there.

    A pipe or a device is none: reading it might never end.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refused("file-missing", path=str(path)) from error
    except (OSError, ValueError) as error:
        raise Refused("file-unreachable", path=str(path)) from error
    if stat.S_ISDIR(mode):
        raise Refused("file-is-folder", path=str(path))
    if not stat.S_ISREG(mode):
        raise Refused("file-unreachable", path=str(path))


def _judged(path: Path, head: bytes, size: int) -> Header:
    if not size:
        raise Refused("file-empty", path=str(path))
    if not head.startswith(MAGIC):
        raise Refused("file-not-database", path=str(path))
    application = int.from_bytes(head[68:72])
    version = int.from_bytes(head[60:64])
    if application != APPLICATION_ID:
        raise Refused("file-foreign", path=str(path))
    if len(head) < _LENGTH or version < 1:
        raise Refused("database-damaged", path=str(path), finding="header")
    if version > VERSION:
        raise Refused("file-newer", path=str(path))
    if head[18:20] != b"\x01\x01":  # our files never use a write-ahead log
        raise Refused("database-damaged", path=str(path), finding="header")
    return Header(version=version, size=size)
