"""Road minutes that visits add to what the pins need anyway, as `goals.journey` counts them."""

from __future__ import annotations

from itertools import groupby, pairwise

from app.engine.solve.arena import Arena


def week_road(arena: Arena, visitor: int, slots: tuple[int, ...]) -> int:
    """What these visits of one visitor add, day by day."""
    total = 0
    for day, mine in groupby(sorted(slots), key=lambda slot: int(arena.day[slot])):
        pins = arena.pins_on.get((visitor, day), ())
        total += _journey(arena, visitor, (*pins, *mine))
        if pins:
            total -= _journey(arena, visitor, pins)
    return total


def _journey(arena: Arena, visitor: int, slots: tuple[int, ...]) -> int:
    ordered = sorted(slots, key=lambda slot: (arena.span[slot], arena.slots[slot].id))
    stops = [int(arena.site[slot]) for slot in ordered]
    base = int(arena.base[visitor])
    if base >= 0:
        stops = [base, *stops, base]
    return int(sum(arena.road[a, b] for a, b in pairwise(stops)))
