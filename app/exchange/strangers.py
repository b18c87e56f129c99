"""Look at a database from outside in the limited process first: what harms a reader, harms only that one."""

from __future__ import annotations

from pathlib import Path

from app.errors import Refused
from app.exchange import guard
from app.store.header import read_header

_FAILED = frozenset({"input-too-slow", "input-too-heavy", "input-failed"})


def look(path: Path) -> None:
    """Return where a file passes every check of `app.store.verify.inspect` there.

    Raises Refused as `inspect` does; ("database-damaged", finding="reading") where the look crashed, hung or needed
    too much memory.
    """
    read_header(path)
    try:
        guard.parse_bytes("database", b"", str(path.absolute()))
    except Refused as refused:
        if refused.code in _FAILED:
            raise Refused("database-damaged", path=str(path), finding="reading") from refused
        raise


def look_guarded(_data: bytes, file: str) -> None:
    """What runs in the limited process; it reads the file where it lies, as side files belong to it."""
    from app.store.verify import inspect

    inspect(Path(file))
