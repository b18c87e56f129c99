"""The app's own folder somewhere else, so that no harness touches anybody's."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock


@contextmanager
def at_home(folder: Path) -> Iterator[None]:
    """The app keeps what is its own in that folder."""
    with mock.patch.dict(os.environ, dict.fromkeys(("XDG_DATA_HOME", "LOCALAPPDATA"), str(folder))):
        yield
