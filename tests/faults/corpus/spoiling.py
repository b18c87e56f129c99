"""Bytes that are nothing, and good files that are spoilt."""

from __future__ import annotations

import random
from collections.abc import Callable

Maker = Callable[[], bytes]
"""How the bytes of a file are made."""


def noise(size: int, seed: int, head: bytes = b"") -> bytes:
    return head + random.Random(seed).randbytes(size)


def spoilt(data: bytes, seed: int) -> bytes:
    """A good file with a piece of another put in, moved, or doubled."""
    chance = random.Random(seed)
    start, length = chance.randrange(len(data)), chance.randrange(1, 400)
    piece = data[start : start + length]
    at = chance.randrange(len(data))
    return data[:at] + piece + data[at + chance.choice((0, length)) :]
