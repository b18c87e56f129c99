"""What a command writes never takes the place of what it reads."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from app.errors import Refused
from app.exchange.folder import keeps


def keep_apart(read: Path, *, files: Iterable[Path | None] = (), folder: Path | None = None) -> None:
    """Refuse to write over `read`, the workbook or database that a command works on.

    `files` would be written each in place of what is there, `folder` swapped whole for a new one.
    Raises Refused("output-is-input", path=…).
    """
    source = _true(read)
    for file in files:
        if file is not None and _true(file) == source:
            raise Refused("output-is-input", path=str(file))
    if folder is not None and source.is_relative_to(_true(folder)) and not keeps(folder, source):
        raise Refused("output-is-input", path=str(folder))


def _true(path: Path) -> Path:
    """Where a name leads; links that lead round and round stay as they are."""
    return Path(os.path.realpath(path))
