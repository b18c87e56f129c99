"""Faults of libraries that `pyproject.toml` keeps out: each test fails on the release named there."""

from __future__ import annotations

import sys

import highspy
import numpy as np
from PySide6.QtCore import QObject, Signal

CALLS = 60


class _Teller(QObject):
    told = Signal(bool)


def test_calls_into_qt_lose_no_reference() -> None:
    """PySide6 6.12.0 on Python 3.11 loses one to None or True with every call, and aborts after some thousands."""
    thing, teller = QObject(), _Teller()
    teller.told.connect(lambda _: None)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS):
        thing.setObjectName("a name")
        teller.told.emit(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    lost = [was - now for was, now in zip(before, after, strict=True)]
    assert max(lost) < CALLS / 2, lost


def test_the_solver_gives_the_plan_whose_cost_it_tells() -> None:
    """HiGHS 1.16.0 tells the best cost, but gives the columns that it was started from."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the binding has no types
    highs.setOptionValue("output_flag", False)
    # Three visits of which one is needed, the first at a cost; continuous helpers count it in two ways.
    cost = np.array([5.0] + [0.0] * 8)
    highs.addVars(9, np.zeros(9), np.ones(9))
    highs.changeColsCost(9, np.arange(9, dtype=np.int32), cost)
    for column in range(3):
        highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    rows = (
        (0.0, highspy.kHighsInf, {0: 1.0, 1: 1.0, 2: 1.0, 3: -1.0}),
        (3.0, highspy.kHighsInf, {3: 1.0, 4: 1.0, 5: 1.0}),
        (-highspy.kHighsInf, 0.0, {0: 1.0, 1: 1.0, 2: 1.0, 6: -1.0, 7: -1.0, 8: -1.0}),
        (-highspy.kHighsInf, 7.0, {6: 5.0, 7: 7.0, 8: 9.0}),
    )
    for lower, upper, entries in rows:
        places = np.array(list(entries), dtype=np.int32)
        highs.addRow(lower, upper, len(entries), places, np.array(list(entries.values())))
    highs.setSolution(3, np.arange(3, dtype=np.int32), np.array([1.0, 0.0, 0.0]))
    highs.run()
    given = np.array(highs.getSolution().col_value)
    assert highs.getInfo().objective_function_value == 0.0
    assert float(cost @ given) == 0.0
