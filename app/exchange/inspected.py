"""What the limited process does with a database: every check of `app.store.verify`, where the file lies."""

from __future__ import annotations

from pathlib import Path

from app.store.verify import inspect


def look_guarded(_data: bytes, file: str) -> None:
    """Inspect the file itself rather than bytes that were sent, as side files belong to it. Raises as `inspect`."""
    inspect(Path(file))
