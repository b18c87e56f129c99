"""The growing linear program: columns are visits (or whole days of visits), rows join when they are broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import highspy
import numpy as np

from app.engine.solve.arena import Arena, Floats, Ints

Bundle = tuple[int, tuple[int, ...]]
"""One visitor and the slots that one column gives them."""

INF = highspy.kHighsInf
HELPER: Bundle = (-1, ())
"""What stands where a column is no visit."""


class UnsolvedError(Exception):
    """HiGHS gave up on a linear program that has a solution."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """lower ≤ Σ coefficient × visits + Σ helpers ≤ upper.

    The visits are those of one visitor (`visitor` −1: of all) in `slots` (None: in all), or every visit with its
    weight in `matrix`. `time` rows say what one visitor can do on one day: whole-day columns need none of them.
    """

    lower: float = -INF
    upper: float = INF
    visitor: int = -1
    slots: tuple[int, ...] | None = None
    coefficient: float = 1.0
    matrix: Floats | None = None
    travel: bool = False
    helpers: Mapping[int, float] = field(default_factory=dict)
    time: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """A solved linear program: its value, the columns' values and the rows' prices."""

    value: float
    columns: Floats
    duals: Floats


class Master:
    """Rows and columns with their HiGHS model. Helpers are the columns that are no visits."""

    def __init__(self, arena: Arena, *, threads: int, seed: int) -> None:
        self.arena = arena
        self.highs = quiet(threads, seed)
        self._options = (threads, seed)
        self.rows: list[Row] = []
        self.bundles: list[Bundle] = []
        self.roads: list[int] = []
        """Road minutes of each column that is a whole day; 0 for others."""
        self.at: dict[Bundle, int] = {}
        self.of_visitor: dict[int, list[int]] = defaultdict(list)
        self._of_slot: dict[int, list[int]] = defaultdict(list)
        self._by_visitor: dict[int, list[tuple[int, frozenset[int] | None, float]]] = defaultdict(list)
        self._by_slot: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self._by_all: list[int] = []
        self._day_rows: dict[tuple[int, int], int] = {}
        self.whole_days = False
        self.helper_at: list[int] = []
        """The column of each helper."""
        self._helper_entries: list[dict[int, float]] = []
        self._helper_upper: list[float] = []

    # rows -----------------------------------------------------------------------------------------------------

    def add_rows(self, rows: Sequence[Row]) -> list[int]:
        """Add rows with their entries in the columns that are there; their places."""
        if not rows:
            return []
        first = len(self.rows)
        starts: list[int] = []
        index: list[int] = []
        value: list[float] = []
        for row in rows:
            at = len(self.rows)
            self.rows.append(row)
            entries = self.entries_of(row)
            for helper, coefficient in row.helpers.items():
                self._helper_entries[helper][at] = coefficient
            starts.append(len(index))
            index.extend(entries)
            value.extend(entries.values())
            self._remember(at, row)
        self.highs.addRows(
            len(rows), np.array([row.lower for row in rows]), np.array([row.upper for row in rows]), len(index),
            np.array(starts, dtype=np.int32), np.array(index, dtype=np.int32), np.array(value, dtype=np.float64),
        )  # fmt: skip
        return list(range(first, len(self.rows)))

    def _remember(self, at: int, row: Row) -> None:
        if row.matrix is not None or row.travel:
            self._by_all.append(at)
        elif row.visitor >= 0:
            slots = None if row.slots is None else frozenset(row.slots)
            self._by_visitor[row.visitor].append((at, slots, row.coefficient))
        elif row.slots is not None:
            for slot in row.slots:
                self._by_slot[slot].append((at, row.coefficient))

    def entries_of(self, row: Row) -> dict[int, float]:
        """The row's entries in the columns that are there."""
        found = {self.helper_at[helper]: coefficient for helper, coefficient in row.helpers.items()}
        if row.matrix is not None or row.travel:
            for column, bundle in enumerate(self.bundles):
                if bundle is not HELPER and (value := self._weight(row, bundle, self.roads[column])):
                    found[column] = value
        elif row.visitor >= 0:
            slots = None if row.slots is None else set(row.slots)
            for column in self.of_visitor[row.visitor]:
                mine = self.bundles[column]
                count = len(mine[1]) if slots is None else sum(slot in slots for slot in mine[1])
                if count:
                    found[column] = row.coefficient * count
        elif row.slots is not None:
            for slot in row.slots:
                for column in self._of_slot[slot]:
                    found[column] = found.get(column, 0.0) + row.coefficient
        return found

    @staticmethod
    def _weight(row: Row, bundle: Bundle, road: int) -> float:
        if row.travel:
            return float(road)
        matrix = row.matrix
        return 0.0 if matrix is None else float(sum(matrix[bundle[0], slot] for slot in bundle[1]))

    def day_row(self, visitor: int, day: int) -> int:
        """The row by which a visitor has one whole-day column a day."""
        at = self._day_rows.get((visitor, day))
        if at is None:
            at = self._day_rows[visitor, day] = self.add_rows([Row(upper=1.0)])[0]
        return at

    # columns --------------------------------------------------------------------------------------------------

    def add_bundles(self, bundles: Sequence[Bundle], costs: Sequence[float], roads: Sequence[int] = ()) -> None:
        """Add columns for visits, or for whole days of visits with their road minutes."""
        if not bundles:
            return
        if self.whole_days:
            for visitor, slots in bundles:
                self.day_row(visitor, int(self.arena.day[slots[0]]))
        starts: list[int] = []
        index: list[int] = []
        value: list[float] = []
        for place, bundle in enumerate(bundles):
            column = len(self.bundles)
            road = roads[place] if roads else 0
            self.bundles.append(bundle)
            self.roads.append(road)
            self.at[bundle] = column
            self.of_visitor[bundle[0]].append(column)
            for slot in bundle[1]:
                self._of_slot[slot].append(column)
            entries = self._entries_of_bundle(bundle, road)
            starts.append(len(index))
            index.extend(entries)
            value.extend(entries.values())
        count = len(bundles)
        self.highs.addCols(
            count, np.array(costs, dtype=np.float64), np.zeros(count), np.ones(count), len(index),
            np.array(starts, dtype=np.int32), np.array(index, dtype=np.int32), np.array(value, dtype=np.float64),
        )  # fmt: skip

    def _entries_of_bundle(self, bundle: Bundle, road: int) -> dict[int, float]:
        visitor, slots = bundle
        found: dict[int, float] = {}
        for at, among, coefficient in self._by_visitor[visitor]:
            count = len(slots) if among is None else sum(slot in among for slot in slots)
            if count:
                found[at] = coefficient * count
        for slot in slots:
            for at, coefficient in self._by_slot[slot]:
                found[at] = found.get(at, 0.0) + coefficient
        for at in self._by_all:
            if weight := self._weight(self.rows[at], bundle, road):
                found[at] = weight
        if self.whole_days:
            found[self._day_rows[visitor, int(self.arena.day[slots[0]])]] = 1.0
        return found

    def add_helper(self, entries: Mapping[int, float], *, upper: float = INF, cost: float = 0.0) -> int:
        """Add a column that is no visit, with its entries in the rows that are there; the helper's number."""
        self.helper_at.append(len(self.bundles))
        self._helper_entries.append(dict(entries))
        self._helper_upper.append(upper)
        self.bundles.append(HELPER)
        self.roads.append(0)
        self.highs.addCol(
            cost, 0.0, upper, len(entries),
            np.array(list(entries), dtype=np.int32), np.array(list(entries.values()), dtype=np.float64),
        )  # fmt: skip
        return len(self.helper_at) - 1

    def turn_to_whole_days(self) -> None:
        """Start again without visit columns: from now on a column is a visitor's whole day.

        Rows and helpers keep their numbers. `time` rows stay behind empty, since a whole day keeps them by itself.
        """
        rows, entries, uppers = self.rows, self._helper_entries, self._helper_upper
        threads, seed = self._options
        self.__init__(self.arena, threads=threads, seed=seed)  # type: ignore[misc]  # the same object, afresh
        self.whole_days = True
        for upper in uppers:
            self.add_helper({}, upper=upper)
        helpers: dict[int, dict[int, float]] = defaultdict(dict)
        for helper, mine in enumerate(entries):
            for at, coefficient in mine.items():
                helpers[at][helper] = coefficient
        self.add_rows([Row() if row.time else replace(row, helpers=helpers[at]) for at, row in enumerate(rows)])

    # solving --------------------------------------------------------------------------------------------------

    def set_costs(self, costs: Floats) -> None:
        """The cost of every column."""
        self.highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)

    def solve(self, *, rows_joined: bool = False) -> Answer:
        """Solve the linear program from where the last one ended.

        After rows joined the dual simplex goes on from there, after visits the primal one; for whole days the dual one
        is faster either way.
        """
        if not self.bundles:
            return Answer(value=0.0, columns=np.zeros(0), duals=np.zeros(len(self.rows)))
        self.highs.setOptionValue("simplex_strategy", 1 if rows_joined or self.whole_days else 4)
        self.highs.run()
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self.highs.clearSolver()
            self.highs.run()
            if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                raise UnsolvedError(str(self.highs.getModelStatus()))
        solution = self.highs.getSolution()
        return Answer(
            value=self.highs.getInfo().objective_function_value,
            columns=np.array(solution.col_value),
            duals=np.array(solution.row_dual),
        )

    def reduced(self, matrix: Floats | None, duals: Floats) -> Floats:
        """What each visit costs beyond its price, every pair at once; whole days add their road and their row."""
        count = self.arena.shape
        cost = np.zeros(count) if matrix is None else matrix.astype(np.float64).copy()
        by_slot = np.zeros(count[1])
        for at in np.flatnonzero(np.abs(duals) > 1e-11).tolist():
            row, price = self.rows[at], duals[at]
            if row.matrix is not None:
                cost -= price * row.matrix
            elif row.travel:
                continue
            elif row.visitor >= 0:
                if row.slots is None:
                    cost[row.visitor] -= price * row.coefficient
                else:
                    cost[row.visitor, list(row.slots)] -= price * row.coefficient
            elif row.slots is not None:
                by_slot[list(row.slots)] -= price * row.coefficient
        return cost + by_slot[None, :]

    def day_price(self, duals: Floats, visitor: int, day: int) -> float:
        """The price of the row by which this visitor has one whole-day column on this day."""
        at = self._day_rows.get((visitor, day))
        return 0.0 if at is None else float(duals[at])

    def travel_price(self, duals: Floats) -> float:
        """The price of a road minute, where travel is held at a value."""
        return float(sum(duals[at] for at in self._by_all if self.rows[at].travel))


def quiet(threads: int, seed: int) -> highspy.Highs:
    """A silent HiGHS that repeats itself."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the binding has no types
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", threads)
    highs.setOptionValue("random_seed", seed)
    return highs


def bundles_of(pairs: Iterable[tuple[int, int]], day: Ints, whole_days: bool) -> list[Bundle]:
    """The columns that make up these visits."""
    if not whole_days:
        return [(v, (s,)) for v, s in sorted(pairs)]
    days: dict[tuple[int, int], list[int]] = defaultdict(list)
    for v, s in sorted(pairs):
        days[v, int(day[s])].append(s)
    return [(v, tuple(slots)) for (v, _), slots in sorted(days.items())]
