"""The small integer program over the few columns that a better plan can hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from app.engine.solve.arena import Bools, Floats
from app.engine.solve.master import HELPER, Master, Row, quiet

WHOLE = 1 - 1e-3
"""Values are whole numbers: closer than this to the bound is at the bound."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Small:
    """What came of it. `columns` are the values of the master's columns, None where nothing was found.

    `bound` is a cost that no plan over these columns undercuts; `complete` unless time or nodes ran out.
    """

    columns: Floats | None
    bound: float
    complete: bool


def solve_small(
    master: Master,
    keep: Bools,
    start: Bools,
    *,
    rows: Sequence[Row],
    step: int,
    seconds: float,
    nodes: int,
    options: tuple[int, int],
    found: Callable[[Floats], None],
) -> Small:
    """Solve over the columns in `keep`, from the columns in `start`, with these rows besides the master's.

    `nodes` 0 is no limit. Costs of plans differ by multiples of `step`. `found` hears of each better plan on the way.
    """
    # Rows that have just joined leave the matrix row by row.
    master.highs.ensureColwise()  # type: ignore[attr-defined]  # missing from the binding's types
    lp = master.highs.getLp()
    kept = np.flatnonzero(keep)
    whole = np.array([master.bundles[at] is not HELPER for at in kept.tolist()], dtype=bool)
    highs = quiet(*options)
    highs.passModel(_part(lp, kept, whole))
    _add_rows(highs, master, rows, keep)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", WHOLE * step)
    highs.setOptionValue("time_limit", max(0.1, seconds))
    if nodes:
        highs.setOptionValue("mip_max_nodes", nodes)
    given = np.flatnonzero(whole).astype(np.int32)
    highs.setSolution(len(given), given, start[kept][given].astype(np.float64))

    def wide(values: Any) -> Floats:
        columns = np.zeros(len(keep))
        columns[kept] = np.asarray(values)
        return columns

    def better(event: Any) -> None:
        found(wide(event.data_out.mip_solution))

    highs.cbMipImprovingSolution.subscribe(better)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Small(columns=None, bound=np.inf, complete=True)
    complete = status == highspy.HighsModelStatus.kOptimal
    solved = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return Small(
        columns=wide(highs.getSolution().col_value) if solved else None,
        bound=float(info.objective_function_value if complete else info.mip_dual_bound),
        complete=complete,
    )


def _add_rows(highs: highspy.Highs, master: Master, rows: Sequence[Row], keep: Bools) -> None:
    place = np.cumsum(keep) - 1
    starts: list[int] = []
    index: list[int] = []
    value: list[float] = []
    for row in rows:
        starts.append(len(index))
        for column, coefficient in master.entries_of(row).items():
            if keep[column]:
                index.append(int(place[column]))
                value.append(coefficient)
    highs.addRows(
        len(rows), np.array([row.lower for row in rows]), np.array([row.upper for row in rows]), len(index),
        np.array(starts, dtype=np.int32), np.array(index, dtype=np.int32), np.array(value, dtype=np.float64),
    )  # fmt: skip


def _part(lp: highspy.HighsLp, kept: Any, whole: Bools) -> highspy.HighsLp:
    """The model with these columns alone."""
    starts = np.array(lp.a_matrix_.start_, dtype=np.int64)
    index, value = np.array(lp.a_matrix_.index_, dtype=np.int32), np.array(lp.a_matrix_.value_)
    counts = np.diff(starts)[kept]
    ends = np.cumsum(counts)
    places = np.repeat(starts[kept] - (ends - counts), counts) + np.arange(ends[-1] if len(ends) else 0)
    part = highspy.HighsLp()
    part.num_col_, part.num_row_ = len(kept), lp.num_row_
    part.col_cost_ = np.asarray(lp.col_cost_)[kept]
    part.col_lower_, part.col_upper_ = np.asarray(lp.col_lower_)[kept], np.asarray(lp.col_upper_)[kept]
    part.row_lower_, part.row_upper_ = np.asarray(lp.row_lower_), np.asarray(lp.row_upper_)
    part.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    part.a_matrix_.start_ = np.concatenate([[0], ends]).astype(np.int32)
    part.a_matrix_.index_, part.a_matrix_.value_ = index[places], value[places]
    part.integrality_ = [highspy.HighsVarType.kInteger if one else highspy.HighsVarType.kContinuous for one in whole]
    return part
