"""CP-SAT on the plain, complete model of a week, to compare with. It is never imported beside HiGHS: the two clash."""

from __future__ import annotations

import math
import time

import numpy as np
from ortools.sat.python import cp_model

from app.engine.solve.arena import Arena
from bench.rows import rows_of


def cpsat(arena: Arena, seconds: float) -> tuple[dict[str, tuple[int, int]], float] | None:
    """Demand, then wishes: value and bound of each that was reached, and the seconds; None where it is too large."""
    began = time.monotonic()
    rows = rows_of(arena)
    if rows is None:
        return None
    pairs = np.argwhere(arena.open).tolist()
    short = [max(0, int(one)) for one in (*arena.visitor_min, *arena.team_min)]
    model = cp_model.CpModel()
    columns = [model.new_bool_var("") for _ in pairs] + [model.new_int_var(0, most, "") for most in short]
    for lower, upper, mine in rows:
        total = cp_model.LinearExpr.sum([columns[at] for at in mine])
        if math.isfinite(upper):
            model.add(total <= int(upper))
        if math.isfinite(lower):
            model.add(total >= int(lower))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    found: dict[str, tuple[int, int]] = {}
    demand = cp_model.LinearExpr.sum(columns[len(pairs) :])
    worth = [int(arena.points[v, s]) for v, s in pairs]
    wishes = cp_model.LinearExpr.weighted_sum(columns[: len(pairs)], [-one for one in worth])
    for name, cost, sign in (("demand", demand, 1), ("wishes", wishes, -1)):
        model.minimize(cost)
        solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.monotonic() - began))
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        value = round(solver.objective_value)
        found[name] = (sign * value, sign * math.ceil(solver.best_objective_bound - 1e-6))
        if status != cp_model.OPTIMAL:
            break
        model.add(cost <= value)
        model.clear_hints()
        for column in columns:
            model.add_hint(column, solver.value(column))
    return found, time.monotonic() - began
