"""Mends that move nobody: free places for whoever lost a visit, stand-ins for places that fell vacant. No solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import numpy as np

from app.engine.pairs import Pairs, with_pairs
from app.engine.solve.arena import Pair, arena
from app.engine.solve.draft import Draft, first_plan
from app.models.view import WeekView

FIRST_TRIES = 12
"""How many slots are tried as the first of several for one visitor, before the best try is taken."""


class Refill:
    """A week with what still holds of it, to which visits are added and none is taken away.

    `standby` are the visitors on standby, whom `view` shows like everybody else.
    """

    def __init__(self, view: WeekView, kept: Pairs, lost: Pairs, standby: Collection[str]) -> None:
        self._view = view
        self._arena = arena(with_pairs(view, kept))
        self._kept = kept
        self._lost = sorted(self._places(lost))
        self._standby = {self._arena.visitor_at[one] for one in standby}
        self._base = self._places(kept) - set(self._arena.pins)

    def rebooked(self, avoid: Pairs = frozenset()) -> Pairs:
        """Other slots for each visitor who lost some, as many as were lost where so many fit."""
        held = self._arena
        missing: dict[int, list[int]] = defaultdict(list)
        for v, s in self._lost:
            missing[v].append(s)
        shunned = self._places(avoid) | set(self._lost)
        draft = Draft(held, sorted(self._base))
        before = set(draft.pairs)
        for v in sorted(missing, key=lambda v: (int(held.open[v].sum()), v)):
            for pair in self._best_for(draft, v, missing[v], shunned):
                draft.add(pair)
        return self._arena.named(draft.pairs - before)

    def _best_for(self, draft: Draft, v: int, lost: list[int], shunned: set[Pair]) -> list[Pair]:
        held = self._arena
        teams, days = {int(held.team[s]) for s in lost}, {int(held.day[s]) for s in lost}
        open_slots = [s for s in np.flatnonzero(held.open[v]).tolist() if (v, s) not in shunned and draft.fits((v, s))]

        def worth(s: int) -> tuple[object, ...]:
            team = int(held.team[s])
            short = draft.visits_to(team) < held.team_min[team]
            points = int(held.points[v, s]) - 2 * int(held.past_team[v, team])
            return (not short, team not in teams, -points, int(held.day[s]) not in days, s)

        open_slots.sort(key=worth)
        best: list[Pair] = []
        for first in open_slots[:FIRST_TRIES]:
            trial = draft.copy()
            taken: list[Pair] = []
            for s in (first, *open_slots):
                if len(taken) < len(lost) and trial.add((v, s)):
                    taken.append((v, s))
            if len(taken) > len(best):
                best = taken
            if len(best) == len(lost):
                break
        return best

    def stood_in(self, *, with_standby: bool, beside: Pairs = frozenset(), avoid: Pairs = frozenset()) -> Pairs:
        """Other visitors in the places that fell vacant; whoever is on standby first, then whoever is short."""
        held = self._arena
        draft = Draft(held, sorted(self._base | self._places(beside)))
        before, shunned = set(draft.pairs), self._places(avoid) | set(self._lost)
        for _, s in self._lost:
            guests = [v for v in np.flatnonzero(held.open[:, s]).tolist() if (v, s) not in shunned]
            guests = [v for v in guests if with_standby or v not in self._standby]

            def worth(v: int, s: int = s) -> tuple[object, ...]:
                short = draft.visits_of(v) < held.visitor_min[v]
                points = int(held.points[v, s]) - 2 * int(held.past_team[v, held.team[s]])
                return (v not in self._standby, not short, -points, draft.visits_of(v), v)

            for v in sorted(guests, key=worth):
                if draft.add((v, s)):
                    break
        return self._arena.named(draft.pairs - before)

    def filled(self, beside: Pairs) -> Pairs:
        """What else may be added so that fewer are short, whoever comes."""
        there = self._kept | beside
        full = first_plan(arena(with_pairs(self._view, there)))
        return self._arena.named(set(full)) - there

    def single(self) -> Iterable[Pair]:
        """Any one visit that may be added, the most wished for first, nobody from standby."""
        held = self._arena
        draft = Draft(held, sorted(self._base))
        lost = set(self._lost)
        slots = {s for _, s in lost}
        pairs = [(v, s) for v, s in np.argwhere(held.open).tolist() if v not in self._standby and (v, s) not in lost]
        pairs.sort(key=lambda pair: (pair[1] not in slots, -int(held.points[pair]), pair))
        return (pair for pair in pairs if draft.fits(pair))

    def singles(self, most: int) -> list[Pairs]:
        """A few plans' additions of one visit each."""
        found: list[Pairs] = []
        for pair in self.single():
            found.append(self._arena.named({pair}))
            if len(found) == most:
                break
        return found

    def _places(self, pairs: Pairs) -> set[Pair]:
        held = self._arena
        return {(held.visitor_at[person], held.slot_at[slot]) for person, slot in pairs}
