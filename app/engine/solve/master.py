"""The growing linear program: columns are visits, or days or weeks of visits; rows join when they are broken."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import highspy
import numpy as np

from app.engine.solve.arena import Arena, Floats, Ints

Bundle = tuple[int, tuple[int, ...]]
"""One visitor and the slots that one column gives them."""

INF = highspy.kHighsInf
HELPER: Bundle = (-1, ())
"""What stands where a column is no visit."""


class UnsolvedError(Exception):
    """HiGHS gave up on a linear program that has a solution, or its time was up."""


class Part(Enum):
    """What one column is: a visit, a visitor's whole day, or a visitor's whole week."""

    VISIT = "visit"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """lower ≤ Σ coefficient × visits + Σ helpers ≤ upper.

    The visits are those of one visitor (`visitor` −1: of all) in `slots` (None: in all), or every visit with its
    weight in `matrix`. `time` rows say what one visitor can do on one day: whole days need none of them, and weeks
    only where pricing cannot see what breaks. A week counts at most `cap` in the row.
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
    cap: float = INF


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """A solved linear program: its value, the columns' values and the rows' prices."""

    value: float
    columns: Floats
    duals: Floats


class Master:
    """Rows and columns with their HiGHS model. Helpers are the columns that are no visits."""

    def __init__(self, arena: Arena, *, threads: int, seed: int, part: Part = Part.VISIT) -> None:
        self.arena = arena
        self.part = part
        self.highs = quiet(threads, seed)
        self._options = (threads, seed)
        self.rows: list[Row] = []
        self.bundles: list[Bundle] = []
        self.roads: list[int] = []
        """Road minutes of each column that is a day or a week; 0 for others."""
        self.at: dict[Bundle, int] = {}
        self.of_visitor: dict[int, list[int]] = defaultdict(list)
        self._of_slot: dict[int, list[int]] = defaultdict(list)
        self._by_visitor: dict[int, list[tuple[int, frozenset[int] | None, float, float]]] = defaultdict(list)
        self._by_slot: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self._by_all: list[int] = []
        self._one_rows: dict[tuple[int, int], int] = {}
        self.helper_at: list[int] = []
        """The column of each helper."""
        self._helper_entries: list[dict[int, float]] = []
        self._helper_upper: list[float] = []
        self.soft: dict[int, float] = {}
        """The columns by which rows may be broken, and what a unit costs. Other masters made from this have none."""

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
            self._by_visitor[row.visitor].append((at, slots, row.coefficient, self._cap(row)))
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
                    found[column] = row.coefficient * min(count, self._cap(row))
        elif row.slots is not None:
            for slot in row.slots:
                for column in self._of_slot[slot]:
                    found[column] = found.get(column, 0.0) + row.coefficient
        return found

    def _cap(self, row: Row) -> float:
        return row.cap if self.part is Part.WEEK else INF

    @staticmethod
    def _weight(row: Row, bundle: Bundle, road: int) -> float:
        if row.travel:
            return float(road)
        matrix = row.matrix
        return 0.0 if matrix is None else float(sum(matrix[bundle[0], slot] for slot in bundle[1]))

    def _one_of(self, bundle: Bundle) -> tuple[int, int]:
        """Of whose columns only one counts: the visitor's, or the visitor's of that day."""
        return bundle[0], int(self.arena.day[bundle[1][0]]) if self.part is Part.DAY else -1

    def _add_one_rows(self, bundles: Iterable[Bundle]) -> None:
        for key in dict.fromkeys(map(self._one_of, bundles)):
            if key not in self._one_rows:
                self._one_rows[key] = self.add_rows([Row(upper=1.0)])[0]

    # columns --------------------------------------------------------------------------------------------------

    def add_bundles(self, bundles: Sequence[Bundle], costs: Sequence[float], roads: Sequence[int] = ()) -> None:
        """Add columns for visits, or for days or weeks of visits with their road minutes."""
        if not bundles:
            return
        if self.part is not Part.VISIT:
            self._add_one_rows(bundles)
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
        # A bound of its own on a week would share the price of its visitor's row.
        upper = np.full(count, INF if self.part is Part.WEEK else 1.0)
        self.highs.addCols(
            count, np.array(costs, dtype=np.float64), np.zeros(count), upper, len(index),
            np.array(starts, dtype=np.int32), np.array(index, dtype=np.int32), np.array(value, dtype=np.float64),
        )  # fmt: skip

    def _entries_of_bundle(self, bundle: Bundle, road: int) -> dict[int, float]:
        visitor, slots = bundle
        found: dict[int, float] = {}
        for at, among, coefficient, cap in self._by_visitor[visitor]:
            count = len(slots) if among is None else sum(slot in among for slot in slots)
            if count:
                found[at] = coefficient * min(count, cap)
        for slot in slots:
            for at, coefficient in self._by_slot[slot]:
                found[at] = found.get(at, 0.0) + coefficient
        for at in self._by_all:
            if weight := self._weight(self.rows[at], bundle, road):
                found[at] = weight
        if self.part is not Part.VISIT:
            found[self._one_rows[self._one_of(bundle)]] = 1.0
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

    def add_helpers(self, uppers: Sequence[float]) -> None:
        """Add helpers at once that are in no row yet."""
        count, first = len(uppers), len(self.bundles)
        self.helper_at.extend(range(first, first + count))
        self._helper_entries.extend({} for _ in uppers)
        self._helper_upper.extend(uppers)
        self.bundles.extend([HELPER] * count)
        self.roads.extend([0] * count)
        none = np.zeros(0, dtype=np.int32)
        self.highs.addCols(
            count, np.zeros(count), np.zeros(count), np.array(uppers, dtype=np.float64), 0,
            np.zeros(count, dtype=np.int32), none, np.zeros(0),
        )  # fmt: skip

    def by(self, part: Part) -> Master:
        """Another master with the same rows and helpers, numbered alike, and no visits yet, whose columns are these.

        `time` rows stay behind empty, since whole days keep them by themselves.
        """
        made = Master(self.arena, threads=self._options[0], seed=self._options[1], part=part)
        made.add_helpers(self._helper_upper)
        helpers: dict[int, dict[int, float]] = defaultdict(dict)
        for helper, mine in enumerate(self._helper_entries):
            for at, coefficient in mine.items():
                helpers[at][helper] = coefficient
        one = set(self._one_rows.values())
        made.add_rows(
            [Row() if row.time or at in one else replace(row, helpers=helpers[at]) for at, row in enumerate(self.rows)]
        )
        return made

    def turn_to_weeks(self) -> None:
        """From now on a column is a visitor's whole week; there is none yet."""
        made = self.by(Part.WEEK)
        self.__dict__.update(made.__dict__)  # whoever holds this master keeps it

    def soften(self, rows: Iterable[int], cost: float) -> list[int]:
        """Let these rows be broken at that cost by unit, which bounds their prices; the columns by which they are."""
        first, rows = len(self.bundles), list(rows)
        for at in rows:
            self.bundles.append(HELPER)
            self.roads.append(0)
            self.soft[len(self.bundles) - 1] = cost
            index, value = np.array([at], dtype=np.int32), np.array([-1.0 if self.rows[at].upper < INF else 1.0])
            self.highs.addCol(cost, 0.0, INF, 1, index, value)
        return list(range(first, len(self.bundles)))

    # solving --------------------------------------------------------------------------------------------------

    def set_costs(self, costs: Floats) -> None:
        """The cost of every column."""
        self.highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)

    def solve(self, *, rows_joined: bool = False, seconds: float = INF) -> Answer:
        """Solve the linear program from where the last one ended. Raises UnsolvedError when the time is up.

        After rows joined the dual simplex goes on from there, after visits the primal one; for whole weeks the dual one
        is faster either way.
        """
        if not self.bundles:
            return Answer(value=0.0, columns=np.zeros(0), duals=np.zeros(len(self.rows)))
        self.highs.setOptionValue("simplex_strategy", 1 if rows_joined or self.part is not Part.VISIT else 4)
        ends = time.monotonic() + seconds
        self._run(seconds)
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal and time.monotonic() < ends:
            self.highs.clearSolver()
            self._run(ends - time.monotonic())
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise UnsolvedError(str(self.highs.getModelStatus()))
        solution = self.highs.getSolution()
        return Answer(
            value=self.highs.getInfo().objective_function_value,
            columns=np.array(solution.col_value),
            duals=np.array(solution.row_dual),
        )

    def lagrange(self, duals: Floats, costs: Mapping[int, float], aside: Collection[int]) -> tuple[Floats, float]:
        """These prices with the signs that the rows allow, and what rows and helpers make at them at least.

        Helpers `aside` are left out.
        """
        lower = np.array([row.lower for row in self.rows])
        upper = np.array([row.upper for row in self.rows])
        duals = np.where(np.isinf(lower), np.minimum(duals, 0.0), duals)
        duals = np.where(np.isinf(upper), np.maximum(duals, 0.0), duals)
        with np.errstate(invalid="ignore"):
            total = float(np.where(duals > 0, duals * lower, np.where(duals < 0, duals * upper, 0.0)).sum())
        for helper, entries in enumerate(self._helper_entries):
            if helper in aside:
                continue
            left = costs.get(helper, 0.0) - sum(duals[at] * value for at, value in entries.items())
            if left < 0:
                total += left * self._helper_upper[helper]
        return duals, total

    def _run(self, seconds: float) -> None:
        if seconds <= 0:
            raise UnsolvedError("no time")
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + seconds)  # its clock runs through all solves
        self.highs.run()

    def reduced(self, matrix: Floats | None, duals: Floats) -> Floats:
        """What each visit costs beyond its price, every pair at once; what is beside that, `priced_weeks` says."""
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
                if self._cap(row) < INF:
                    continue
                if row.slots is None:
                    cost[row.visitor] -= price * row.coefficient
                else:
                    cost[row.visitor, list(row.slots)] -= price * row.coefficient
            elif row.slots is not None:
                by_slot[list(row.slots)] -= price * row.coefficient
        return cost + by_slot[None, :]

    def week_price(self, duals: Floats, visitor: int) -> Floats:
        """What a week of this visitor costs by its number of visits alone; the last holds for all larger numbers."""
        at = self._one_rows.get((visitor, -1))
        one = 0.0 if at is None else float(duals[at])
        capped = [(float(duals[row]) * by, cap) for row, _, by, cap in self._by_visitor[visitor] if cap < INF]
        counts = np.arange(int(max((cap for _, cap in capped), default=0)) + 1)
        price: Floats = np.full(len(counts), -one)
        for dual, cap in capped:
            price -= dual * np.minimum(counts, cap)
        return price

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


def bundles_of(pairs: Iterable[tuple[int, int]], day: Ints, part: Part) -> list[Bundle]:
    """The columns that make up these visits."""
    if part is Part.VISIT:
        return [(v, (s,)) for v, s in sorted(pairs)]
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for v, s in sorted(pairs):
        found[v, int(day[s]) if part is Part.DAY else -1].append(s)
    return [(v, tuple(slots)) for (v, _), slots in sorted(found.items())]
