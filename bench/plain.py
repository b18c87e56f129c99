"""A plain, complete HiGHS model of a week, to compare with: every visit a column, every pair that clashes a row."""

from __future__ import annotations

import time
from dataclasses import dataclass

import highspy
import numpy as np

from app.engine.solve.arena import Arena
from bench.rows import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """Demand, then wishes, by the plain model: values where proved, and the seconds of both."""

    demand: int | None
    wishes: int | None
    seconds: float


def plain(arena: Arena, seconds: float) -> Plain | None:
    """Solve demand and then wishes; None where the model would be too large to write down."""
    began = time.monotonic()
    rows = rows_of(arena)
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
