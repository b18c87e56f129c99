"""A set of visits under construction: what may still be added, and what the first complete plan looks like."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import numpy as np

from app.engine.solve.arena import Arena, Ints, Pair


class Draft:
    """Visits beside the pins, every one of which kept all rules when it was added."""

    __slots__ = ("_arena", "_rivals", "_team", "_team_day", "_used", "_visitor", "_visitor_day", "pairs")

    def __init__(self, arena: Arena, pairs: Iterable[Pair] = ()) -> None:
        self._arena = arena
        self.pairs: set[Pair] = set()
        self._used: Counter[int] = Counter()
        self._visitor: dict[int, list[int]] = defaultdict(list)
        self._visitor_day: dict[Pair, list[int]] = defaultdict(list)
        self._team: Counter[int] = Counter()
        self._team_day: Counter[Pair] = Counter()
        self._rivals: dict[int, list[int]] = defaultdict(list)
        for a, b in arena.hosts:
            self._rivals[a].append(b)
            self._rivals[b].append(a)
        for pair in pairs:
            self.add(pair)

    def copy(self) -> Draft:
        """Another draft with the same visits, to try something on."""
        made = Draft(self._arena)
        made.pairs = set(self.pairs)
        made._used, made._team, made._team_day = self._used.copy(), self._team.copy(), self._team_day.copy()
        made._visitor.update({v: list(slots) for v, slots in self._visitor.items()})
        made._visitor_day.update({day: list(slots) for day, slots in self._visitor_day.items()})
        return made

    def fits(self, pair: Pair) -> bool:
        """Whether this visit may be added without breaking a rule."""
        v, s = pair
        held = self._arena
        team, day = int(held.team[s]), int(held.day[s])
        today = self._visitor_day[v, day]
        mine = self._visitor[v]
        return bool(
            held.open[v, s]
            and pair not in self.pairs
            and self._used[s] < held.places[s]
            and len(mine) < held.visitor_max[v]
            and len(today) < held.visitor_day[v, day]
            and self._team[team] < held.team_max[team]
            and self._team_day[team, day] < held.team_day[team, day]
            and not any(held.clash[s, other] for other in today)
            and not (held.view.week.same_team_once and any(held.team[other] == team for other in mine))
            and not any(self._used[rival] for rival in self._rivals[s])
            and (not (today or held.pins_on.get((v, day))) or held.eats(v, day, (*today, s)))
        )

    def add(self, pair: Pair) -> bool:
        """Add the visit if it fits; whether it did."""
        if not self.fits(pair):
            return False
        v, s = pair
        team, day = int(self._arena.team[s]), int(self._arena.day[s])
        self.pairs.add(pair)
        self._used[s] += 1
        self._visitor[v].append(s)
        self._visitor_day[v, day].append(s)
        self._team[team] += 1
        self._team_day[team, day] += 1
        return True

    def visits_of(self, visitor: int) -> int:
        """How many visits the visitor has beside pins."""
        return len(self._visitor[visitor])

    def visits_to(self, team: int) -> int:
        """How many visits the team has beside pins."""
        return self._team[team]


def holds(arena: Arena, pairs: Iterable[Pair]) -> bool:
    """Whether these visits beside the pins break no rule."""
    draft = Draft(arena)
    return all(draft.add(pair) for pair in pairs)


def as_far_as_it_goes(arena: Arena, pairs: Iterable[Pair]) -> frozenset[Pair]:
    """These visits, less those that break a rule beside the pins and the ones before them."""
    return frozenset(Draft(arena, pairs).pairs)


def as_it_is(arena: Arena) -> frozenset[Pair]:
    """The unpinned visits that are there already, as far as they break no rule."""
    return as_far_as_it_goes(arena, arena.start)


def first_plan(arena: Arena) -> frozenset[Pair]:
    """A complete plan at once: what is there already where it still fits, then whoever is short, the scarcest first."""
    draft = Draft(arena, arena.start)
    choices = arena.open.sum(axis=0)
    slots_of: dict[int, list[int]] = defaultdict(list)
    for s in np.flatnonzero(choices).tolist():
        slots_of[int(arena.team[s])].append(int(s))
    scarce = arena.open.sum(axis=1)
    short_teams = [t for t in slots_of if draft.visits_to(t) < arena.team_min[t]]
    short_teams.sort(key=lambda t: (sum(int(choices[s]) for s in slots_of[t]), t))
    for team in short_teams:
        _fill_team(arena, draft, team, slots_of[team], scarce)
    for v in sorted(np.flatnonzero(arena.visitor_min > 0).tolist(), key=lambda v: (int(scarce[v]), v)):
        if draft.visits_of(v) >= arena.visitor_min[v]:
            continue
        open_slots = np.flatnonzero(arena.open[v])
        worth = sorted(open_slots.tolist(), key=lambda s: (-int(arena.points[v, s]), int(choices[s]), s))
        for s in worth:
            if draft.visits_of(v) >= arena.visitor_min[v]:
                break
            draft.add((v, s))
    return frozenset(draft.pairs)


def _fill_team(arena: Arena, draft: Draft, team: int, slots: list[int], scarce: Ints) -> None:
    for s in sorted(slots, key=lambda s: (int(arena.open[:, s].sum()), s)):
        if draft.visits_to(team) >= arena.team_min[team]:
            return
        guests = np.flatnonzero(arena.open[:, s]).tolist()
        guests.sort(
            key=lambda v: (
                draft.visits_of(v) >= arena.visitor_min[v],
                -int(arena.points[v, s]),
                int(scarce[v]),
                v,
            )
        )
        for v in guests:
            if draft.visits_to(team) >= arena.team_min[team]:
                return
            draft.add((v, s))
