"""How people match by hand: first come, first served, or a careful PA who begins with the hardest to place."""

from __future__ import annotations

import time

import numpy as np

from app.engine.solve.arena import Arena, Pair
from app.engine.solve.draft import Draft, first_plan

PATIENCE = 20.0
"""Seconds that stand for the PA's afternoon."""


def first_come(arena: Arena) -> set[Pair]:
    """Visitor by visitor, as they are listed: the most wished for first, up to the most that each wants."""
    draft = Draft(arena)
    for v in range(arena.shape[0]):
        open_slots = np.flatnonzero(arena.open[v]).tolist()
        wanted = max(int(arena.visitor_min[v]), 0)
        for s in sorted(open_slots, key=lambda s: (-int(arena.points[v, s]), s)):
            if draft.visits_of(v) >= wanted and arena.points[v, s] <= 0:
                break
            draft.add((v, s))
    return draft.pairs


def careful(arena: Arena) -> set[Pair]:
    """The scarcest teams and visitors first; then one visit after the other is added or moved where more is wished."""
    ends = time.monotonic() + PATIENCE
    pairs = set(first_plan(arena))
    better = True
    while better and time.monotonic() < ends:
        better = False
        for v in range(arena.shape[0]):
            for step in (_add, _move):
                changed = step(arena, pairs, v)
                better, pairs = better or changed is not None, changed if changed is not None else pairs
    return pairs


def _add(arena: Arena, pairs: set[Pair], v: int) -> set[Pair] | None:
    """One more visit that is wished for."""
    draft = Draft(arena, sorted(pairs))
    for s in np.flatnonzero(arena.open[v] & (arena.points[v] > 0)).tolist():
        if draft.add((v, s)):
            return draft.pairs
    return None


def _move(arena: Arena, pairs: set[Pair], v: int) -> set[Pair] | None:
    """One visit to where more is wished, unless its team would fall below its minimum."""
    visits = [int(arena.team[s]) for _, s in pairs]
    for old in sorted(pair for pair in pairs if pair[0] == v):
        team = int(arena.team[old[1]])
        if visits.count(team) <= arena.team_min[team]:
            continue
        draft = Draft(arena, sorted(pairs - {old}))
        for s in np.flatnonzero(arena.open[v] & (arena.points[v] > arena.points[old])).tolist():
            if draft.add((v, s)):
                return draft.pairs
    return None
