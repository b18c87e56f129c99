"""How long something takes: on the clock, and of the processor, for a machine that others use too."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Seconds on the clock, and of the processor over all threads."""

    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.clock:.2f} s ({self.processor:.2f} s of the processor)"


def timed(work: Callable[[], T]) -> tuple[T, Taken]:
    """What the work made, and how long it took."""
    clock, processor = time.perf_counter(), time.process_time()
    made = work()
    return made, Taken(clock=time.perf_counter() - clock, processor=time.process_time() - processor)


def best(work: Callable[[], object], times: int = 3) -> Taken:
    """The run that took the least of the processor."""
    return min((timed(work)[1] for _ in range(times)), key=lambda taken: taken.processor)
