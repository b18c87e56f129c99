"""Every row of a plain, complete model of a week, for whichever solver: bounds and columns, one column a visit."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np

from app.engine.solve.arena import NO_LIMIT, Arena

MOST_ROWS = 400_000


def rows_of(arena: Arena) -> list[tuple[float, float, list[int]]] | None:
    """Every row, each as bounds and columns; made-up weeks have no pins and few lunches beyond pairs."""
    at = {(int(v), int(s)): place for place, (v, s) in enumerate(np.argwhere(arena.open))}
    none = -math.inf
    rows: list[tuple[float, float, list[int]]] = []

    def limit(upper: int, columns: list[int]) -> None:
        if upper < NO_LIMIT and len(columns) > upper:
            rows.append((none, float(upper), columns))

    slots_of = [np.flatnonzero(arena.open[v]).tolist() for v in range(arena.shape[0])]
    for v, slots in enumerate(slots_of):
        limit(int(arena.visitor_max[v]), [at[v, s] for s in slots])
        for d in range(len(arena.days)):
            today = [s for s in slots if arena.day[s] == d]
            limit(int(arena.visitor_day[v, d]), [at[v, s] for s in today])
        rows += [(none, 1.0, [at[v, a], at[v, b]]) for a, b in combinations(slots, 2) if arena.clash[a, b]]
        for t in set(arena.team[slots].tolist()):
            limit(1, [at[v, s] for s in slots if arena.team[s] == t])
        if len(rows) > MOST_ROWS:
            return None
    guests = {s: np.flatnonzero(arena.open[:, s]).tolist() for s in range(arena.shape[1])}
    for s, mine in guests.items():
        limit(int(arena.places[s]), [at[v, s] for v in mine])
    for a, b in arena.hosts:
        rows += [(none, 1.0, [at[v, a], at[w, b]]) for v in guests[a] for w in guests[b]]
    first_short = len(at)
    for v, wanted in enumerate(arena.visitor_min.tolist()):
        rows.append((float(wanted), math.inf, [*(at[v, s] for s in slots_of[v]), first_short + v]))
    for t, wanted in enumerate(arena.team_min.tolist()):
        here = [s for s in guests if arena.team[s] == t]
        columns = [at[v, s] for s in here for v in guests[s]]
        limit(int(arena.team_max[t]), columns)
        for d in range(len(arena.days)):
            limit(int(arena.team_day[t, d]), [at[v, s] for s in here if arena.day[s] == d for v in guests[s]])
        rows.append((float(wanted), math.inf, [*columns, first_short + len(slots_of) + t]))
    return None if len(rows) > MOST_ROWS else rows
