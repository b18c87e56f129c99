"""Rows that a solution breaks: what one visitor, team or host cannot do, found where it matters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np

from app.engine.solve.arena import NO_LIMIT, Arena, Bools
from app.engine.solve.cliques import bits, maximal, widened
from app.engine.solve.master import Row

SLACK = 1e-4


class Separator:
    """Remembers which rows are there already, so that none is found twice."""

    def __init__(self, arena: Arena) -> None:
        self._arena = arena
        self._seen: set[tuple[object, ...]] = set()
        self._appeal = arena.open.sum(axis=0)
        """Wider cliques prefer slots that many can have: they serve more visitors."""
        self._cliques: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._rivals = arena.clash
        """Slot by slot: one visitor cannot have both, by the clock or by the team."""
        if arena.view.week.same_team_once:
            self._rivals = np.logical_or(arena.clash, arena.team[:, None] == arena.team[None, :])
            np.fill_diagonal(self._rivals, val=False)

    def every(self, pairs: Iterable[tuple[int, int]], *, whole_days: bool) -> list[Row]:
        """All rows that these visits together could break and that are not there yet. None is remembered."""
        seen, self._seen = self._seen, set(self._seen)
        rows = self.broken(dict.fromkeys(pairs, 1.0), whole_days=whole_days)
        self._seen = seen
        return rows

    def broken(self, amounts: Mapping[tuple[int, int], float], *, whole_days: bool) -> list[Row]:
        """The rows that these amounts of visits break: (visitor, slot) → amount."""
        rows: list[Row] = []
        held = self._arena
        by_day: dict[tuple[int, int], list[int]] = defaultdict(list)
        by_team: dict[tuple[int, int], float] = defaultdict(float)
        team_day: dict[tuple[int, int], float] = defaultdict(float)
        for (v, s), amount in sorted(amounts.items()):
            day, team = int(held.day[s]), int(held.team[s])
            by_day[v, day].append(s)
            by_team[v, team] += amount
            team_day[team, day] += amount
        if held.view.week.same_team_once:
            for (v, t), total in by_team.items():
                if total > 1 + SLACK and self._new("once", v, t):
                    rows.append(Row(upper=1.0, visitor=v, slots=_places(held.team == t)))
        for (t, d), total in team_day.items():
            if total > held.team_day[t, d] + SLACK and self._new("team-day", t, d):
                slots = _places((held.team == t) & (held.day == d))
                rows.append(Row(upper=float(held.team_day[t, d]), slots=slots))
        if not whole_days:
            for (v, d), slots_here in by_day.items():
                rows += self._visitor_day(v, d, slots_here, amounts)
        return rows

    def _visitor_day(self, v: int, d: int, slots: list[int], amounts: Mapping[tuple[int, int], float]) -> list[Row]:
        held = self._arena
        weights = [amounts[v, s] for s in slots]
        total = sum(weights)
        rows: list[Row] = []
        limit = int(held.visitor_day[v, d])
        if limit < NO_LIMIT and total > limit + SLACK and self._new("visitor-day", v, d):
            rows.append(Row(upper=float(limit), visitor=v, slots=_places(held.day == d), time=True))
        if total > 1 + SLACK:
            near = held.clash[np.ix_(slots, slots)]
            neighbours = [sum(1 << int(other) for other in np.flatnonzero(line)) for line in near]
            for clique in maximal(neighbours, (1 << len(slots)) - 1):
                inside = list(bits(clique))
                if len(inside) > 1 and sum(weights[at] for at in inside) > 1 + SLACK:
                    wide = self._widened(tuple(slots[at] for at in inside))
                    if self._new("clash", v, wide):
                        rows.append(Row(upper=1.0, visitor=v, slots=wide, time=True))
        if not rows:
            rows += self._hungry(v, d, [s for s in slots if amounts[v, s] > 0.5])
        return rows

    def mixed(self, amounts: Mapping[tuple[int, int], float]) -> list[Row]:
        """Broken cliques in which some slots clash and others have one team: no rule by themselves, but tighter."""
        if not self._arena.view.week.same_team_once:
            return []
        rows: list[Row] = []
        of_visitor: dict[int, list[int]] = defaultdict(list)
        for v, s in sorted(amounts):
            of_visitor[v].append(s)
        for v, slots in of_visitor.items():
            weights = [amounts[v, s] for s in slots]
            if sum(weights) <= 1 + SLACK or all(weight > 1 - SLACK for weight in weights):
                continue
            near = self._rivals[np.ix_(slots, slots)]
            neighbours = [sum(1 << int(other) for other in np.flatnonzero(line)) for line in near]
            for clique in maximal(neighbours, (1 << len(slots)) - 1):
                inside = list(bits(clique))
                if len(inside) > 2 and sum(weights[at] for at in inside) > 1 + SLACK:
                    wide = widened(self._rivals, [slots[at] for at in inside], self._appeal)
                    if self._new("mixed", v, wide):
                        rows.append(Row(upper=1.0, visitor=v, slots=wide, time=True))
        return rows

    def _widened(self, clique: tuple[int, ...]) -> tuple[int, ...]:
        found = self._cliques.get(clique)
        if found is None:
            found = self._cliques[clique] = widened(self._arena.clash, clique, self._appeal)
        return found

    def _hungry(self, v: int, d: int, slots: list[int]) -> list[Row]:
        """A smallest set of these slots that leaves no lunch, if they leave none."""
        held = self._arena
        if len(slots) + len(held.pins_on.get((v, d), ())) < 2 or held.eats(v, d, tuple(slots)):
            return []
        for size in range(1, len(slots) + 1):
            for chosen in combinations(slots, size):
                if not held.eats(v, d, chosen) and self._new("lunch", v, chosen):
                    return [Row(upper=float(size - 1), visitor=v, slots=chosen, time=True)]
        return []

    def _new(self, *key: object) -> bool:
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


def first_rows(arena: Arena) -> list[Row]:
    """The rows that are there from the start: places, and the limits of visitors and teams in the week."""
    visitors, slots = arena.shape
    busy = {s for pair in arena.hosts for s in pair}
    wanted = arena.open.sum(axis=0)
    rows = [
        Row(upper=float(arena.visitor_max[v]), visitor=v)
        for v in range(visitors)
        if 0 < arena.visitor_max[v] < NO_LIMIT
    ]
    rows += [
        Row(upper=float(limit), slots=_places(arena.team == t))
        for t, limit in enumerate(arena.team_max.tolist())
        if 0 < limit < NO_LIMIT
    ]
    rows += [
        Row(upper=float(arena.places[s]), slots=(s,))
        for s in range(slots)
        if 0 < arena.places[s] < wanted[s] and not (s in busy and arena.places[s] > 1)
    ]
    return rows


def _places(mask: Bools) -> tuple[int, ...]:
    return tuple(np.flatnonzero(mask).tolist())
