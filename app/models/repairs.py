"""What upsets a week, and the mends that are offered for it. `app.words.repairs` speaks them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from app.models.findings import Broken, Reached, Unmet
from app.models.week import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A visitor cannot come: the whole week, a day, or (with both times) part of a day."""

    person_id: str
    day: dt.date | None = None
    start: dt.time | None = None
    end: dt.time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamClosed:
    """A team receives nobody: the whole week, or on a day."""

    team_id: str
    day: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotClosed:
    """A slot is no longer offered."""

    slot_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotMoved:
    """A slot takes place at another time, on that day or another."""

    slot_id: str
    day: dt.date
    start: dt.time
    end: dt.time


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRefused:
    """Those who would be visited have not agreed."""

    slot_id: str


Upset: TypeAlias = Lost | TeamClosed | SlotClosed | SlotMoved | ConsentRefused
"""Anything that upsets a week."""


class Way(StrEnum):
    """How a mend came about."""

    CANCEL = "cancel"
    REBOOK = "rebook"
    STAND_IN = "stand in"
    REFILL = "refill"
    ADD = "add"
    LEAST = "least"
    ANEW = "anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One mend: the whole plan that it leads to, and what it costs. Pairs are (person id, slot id).

    `gone` are all visits that the mend takes away, `lost` those of them that no longer hold, `dropped_pins` those
    that were pinned. `untouched` says that no visit changes that could have stayed. `told` are the names of the
    visitors and hosts to tell again, blank where nobody was told of the week yet; `retimed` the names of those who
    keep a promised visit at a new time. `broken` are the rules that stay broken, by pins or by permission.
    """

    way: Way
    pairs: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    new: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str], ...]
    dropped_pins: tuple[tuple[str, str], ...]
    untouched: bool
    told: tuple[str, ...]
    retimed: tuple[str, ...]
    reached: tuple[Reached, ...]
    unmet: tuple[Unmet, ...]
    broken: tuple[Broken, ...]

    def value(self, priority: Priority) -> int | None:
        """The value of a priority; None where the week has no such."""
        return next((one.value for one in self.reached if one.priority is priority), None)
