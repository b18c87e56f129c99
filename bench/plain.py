"""A plain, complete HiGHS model of a week, to compare with: every visit a column, every pair that clashes a row."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import combinations

import highspy
import numpy as np

from app.engine.solve.arena import NO_LIMIT, Arena

MOST_ROWS = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Demand, then wishes, by the plain model: values where proved, and the seconds of both."""

    demand: int | None
    wishes: int | None
    seconds: float


def plain(arena: Arena, seconds: float) -> Plain | None:
    """Solve demand and then wishes; None where the model would be too large to write down."""
    began = time.monotonic()
    rows = _rows(arena)
    if rows is None:
        return None
    pairs, short = np.argwhere(arena.open).tolist(), [int(one) for one in (*arena.visitor_min, *arena.team_min)]
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the binding has no types
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    for _ in pairs:
        highs.addVar(0.0, 1.0)
    for wanted in short:
        highs.addVar(0.0, float(max(0, wanted)))
    count = len(pairs)
    highs.changeColsIntegrality(count, np.arange(count, dtype=np.int32), np.ones(count, dtype=np.uint8))
    for lower, upper, columns in rows:
        index = np.array(columns, dtype=np.int32)
        highs.addRow(lower, upper, len(index), index, np.ones(len(index)))
    demand = _turn(highs, np.concatenate([np.zeros(count), np.ones(len(short))]), seconds)
    if demand is None:
        return Plain(demand=None, wishes=None, seconds=time.monotonic() - began)
    held = np.arange(count, count + len(short), dtype=np.int32)
    highs.addRow(-highspy.kHighsInf, float(demand), len(held), held, np.ones(len(held)))
    worth = np.array([-int(arena.points[v, s]) for v, s in pairs], dtype=np.float64)
    wishes = _turn(highs, np.concatenate([worth, np.zeros(len(short))]), seconds)
    return Plain(demand=demand, wishes=None if wishes is None else -wishes, seconds=time.monotonic() - began)


def _turn(highs: highspy.Highs, costs: np.ndarray, seconds: float) -> int | None:
    highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
    highs.run()
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return round(highs.getInfo().objective_function_value)


def _rows(arena: Arena) -> list[tuple[float, float, list[int]]] | None:
    """Every row, each as bounds and columns; made-up weeks have no pins and few lunches beyond pairs."""
    at = {(int(v), int(s)): place for place, (v, s) in enumerate(np.argwhere(arena.open))}
    none = -highspy.kHighsInf
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
        rows.append((float(wanted), highspy.kHighsInf, [*(at[v, s] for s in slots_of[v]), first_short + v]))
    for t, wanted in enumerate(arena.team_min.tolist()):
        here = [s for s in guests if arena.team[s] == t]
        columns = [at[v, s] for s in here for v in guests[s]]
        limit(int(arena.team_max[t]), columns)
        for d in range(len(arena.days)):
            limit(int(arena.team_day[t, d]), [at[v, s] for s in here if arena.day[s] == d for v in guests[s]])
        rows.append((float(wanted), highspy.kHighsInf, [*columns, first_short + len(slots_of) + t]))
    return None if len(rows) > MOST_ROWS else rows
