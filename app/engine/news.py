"""What the solver tells while it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.engine.pairs import Pairs
from app.models.week import Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """A better plan, or a better bound for a priority.

    `value` is that of the best plan so far in the priority at work. `finished` marks the last news of a priority.
    """

    priority: Priority | None
    value: int | None = None
    bound: int | None = None
    pairs: Pairs | None = None
    finished: bool = False
    floors: Mapping[Priority, int] = field(default_factory=dict)
    """Bounds of all priorities that are known at once; told with the first plan."""
