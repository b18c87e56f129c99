"""How far a folder of files is, told as it is made: who listens may stop it there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Part(StrEnum):
    """What is being done, in this order."""

    INVITATIONS = "invitations"
    ROTA = "rota"
    CHECK = "check"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """So many of so many are done; of no number where `total` is 0."""

    part: Part
    done: int = 0
    total: int = 0


Watch = Callable[[Step], None]
"""Hears of each step before it is taken. To stop there, it raises Refused("stopped"): nothing is written then."""


def unwatched(_step: Step) -> None:
    """For work that nobody waits for."""


def watched(things: Iterable[T], part: Part, total: int, watch: Watch) -> Iterator[T]:
    """The things, each told before it is handed on."""
    for done, one in enumerate(things):
        watch(Step(part=part, done=done, total=total))
        yield one
