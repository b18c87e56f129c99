"""What the limited process does with a database, where the file lies: side files belong to it."""

from __future__ import annotations

from pathlib import Path

from app.models.salvaged import Salvaged
from app.store.verify import inspect


def look_guarded(_data: bytes, file: str) -> None:
    """Every check of `app.store.verify`. Raises as `inspect`."""
    inspect(Path(file))


def rescue_guarded(_data: bytes, file: str) -> Salvaged:
    """What can be read of a damaged file. Raises as `app.store.salvage.readable`."""
    from app.store.salvage import readable  # not wanted for a look, which every opening waits for

    return readable(Path(file))
