"""One number over everything in the file, kept up edit by edit.

SQLite's integrity check finds about one in eight flipped bits; this finds the rest. It is the sum of the SHA-256
of every line (Bellare and Micciancio's incremental hash), so that an edit costs its own lines only.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

_MODULUS = 2**256


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None).isoformat()  # instants are stored as UTC
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    raise TypeError(f"no way to digest {type(value)}")


_encode = json.JSONEncoder(separators=(",", ":"), default=_plain).encode


def line_digest(table: str, values: Sequence[Any]) -> int:
    """The digest of one row: its table and its values in the order of their columns' names."""
    return int.from_bytes(hashlib.sha256(_encode([table, *values]).encode("ascii")).digest())


def total(lines: Iterable[tuple[str, Sequence[Any]]], start: int = 0) -> int:
    """`start` with these lines added."""
    for table, values in lines:
        start += line_digest(table, values)
    return start % _MODULUS


def moved(start: int, *, gone: Iterable[tuple[str, Sequence[Any]]], come: Iterable[tuple[str, Sequence[Any]]]) -> int:
    """`start` without some lines and with others."""
    return (start + total(come) - total(gone)) % _MODULUS


def written(digest: int) -> str:
    """The digest as it stands in the file."""
    return f"{digest:064x}"
