"""How a command ends."""

from __future__ import annotations

from enum import IntEnum


class FaultyFileError(Exception):
    """A file with faults, all of them told on stderr already."""


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    BROKEN = 1
    UNUSABLE = 2
    NO_DISPLAY = 3
    STOPPED = 130
