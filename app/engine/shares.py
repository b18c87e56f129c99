"""Who shares too little: visitors, or teams, who cannot all reach their minimums whatever is placed where.

A relaxation: it sees places, the most visits of a team or of a visitor in the week, and what is open to whom, but no
clocks and no days. So what it says of a group is true of every plan: together they can have no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from app.engine.solve.arena import Arena, Ints, Pair

_Node = tuple[str, int]
_MEMBER, _SLOT, _OTHER = "member", "slot", "other"
_END: _Node = ("end", 0)
_Step = tuple[_Node, Pair | None]
"""Where a step leads, and the visit that it makes or gives up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A group by its places in the arena, and how many visits beside the pins it wants and can have at most."""

    group: tuple[int, ...]
    wanted: int
    room: int


class Sharing:
    """Visits as a flow from those who want some over slots to those who receive or make them, as much as there can be.

    Who wants visits are visitors (then teams receive them) or teams (then visitors make them). Whoever is left short
    shares too little with all whom a step of the flow leads to.
    """

    def __init__(self, arena: Arena, *, of_teams: bool, visits: Iterable[Pair]) -> None:
        self._arena = arena
        self._of_teams = of_teams
        self._wanted: Ints = np.maximum(arena.team_min if of_teams else arena.visitor_min, 0)
        self._most: Ints = arena.visitor_max if of_teams else arena.team_max
        self._of_member: dict[int, set[Pair]] = defaultdict(set)
        self._in_slot: dict[int, set[Pair]] = defaultdict(set)
        self._of_other: dict[int, set[Pair]] = defaultdict(set)
        for pair in visits:
            member, other = self._ends(pair)
            if (
                arena.open[pair]
                and len(self._of_member[member]) < self._wanted[member]
                and self._has_place(pair[1])
                and self._takes_more(other)
            ):
                self._turn(pair)

    def of(self, one: int) -> Share | None:
        """With whom this one shares too little; None where the flow knows of no such group."""
        while len(self._of_member[one]) < self._wanted[one]:
            if group := self._more_for(one):
                return Share(
                    group=tuple(sorted(group)),
                    wanted=int(sum(self._wanted[member] for member in group)),
                    room=sum(len(self._of_member[member]) for member in group),
                )
        return None

    def _more_for(self, one: int) -> set[int]:
        """Let this one have a visit more, others changing places; where that cannot be, all who were asked."""
        came: dict[_Node, tuple[_Node, Pair | None] | None] = {(_MEMBER, one): None}
        todo = [(_MEMBER, one)]
        for node in todo:
            for after, pair in self._steps(node):
                if after in came:
                    continue
                came[after] = (node, pair)
                if after == _END:
                    self._follow(came)
                    return set()
                todo.append(after)
        return {at for kind, at in came if kind == _MEMBER}

    def _follow(self, came: dict[_Node, tuple[_Node, Pair | None] | None]) -> None:
        step = came[_END]
        while step is not None:
            node, pair = step
            if pair is not None:
                self._turn(pair)
            step = came[node]

    def _steps(self, node: _Node) -> Iterator[_Step]:
        kind, at = node
        if kind == _OTHER and self._takes_more(at):
            yield _END, None
        yield from self._steps_of_teams(kind, at) if self._of_teams else self._steps_of_visitors(kind, at)

    def _steps_of_visitors(self, kind: str, at: int) -> Iterator[_Step]:
        held = self._arena
        if kind == _MEMBER:
            for s in np.flatnonzero(held.open[at]).tolist():
                if (at, s) not in self._of_member[at]:
                    yield (_SLOT, s), (at, s)
        elif kind == _SLOT:
            if self._has_place(at):
                yield (_OTHER, int(held.team[at])), None
            for pair in sorted(self._in_slot[at]):
                yield (_MEMBER, pair[0]), pair
        else:
            for s in sorted({s for _, s in self._of_other[at]}):
                yield (_SLOT, s), None

    def _steps_of_teams(self, kind: str, at: int) -> Iterator[_Step]:
        held = self._arena
        if kind == _MEMBER:
            for s in np.flatnonzero(held.team == at).tolist():
                if self._has_place(s):
                    yield (_SLOT, s), None
        elif kind == _SLOT:
            for v in np.flatnonzero(held.open[:, at]).tolist():
                if (v, at) not in self._in_slot[at]:
                    yield (_OTHER, v), (v, at)
            if self._in_slot[at]:
                yield (_MEMBER, int(held.team[at])), None
        else:
            for pair in sorted(self._of_other[at]):
                yield (_SLOT, pair[1]), pair

    def _has_place(self, slot: int) -> bool:
        return len(self._in_slot[slot]) < int(self._arena.places[slot])

    def _takes_more(self, other: int) -> bool:
        return len(self._of_other[other]) < int(self._most[other])

    def _ends(self, pair: Pair) -> tuple[int, int]:
        """Who wants the visit, and who receives or makes it."""
        visitor, team = pair[0], int(self._arena.team[pair[1]])
        return (team, visitor) if self._of_teams else (visitor, team)

    def _turn(self, pair: Pair) -> None:
        """Make the visit, or give it up."""
        member, other = self._ends(pair)
        for visits in (self._of_member[member], self._in_slot[pair[1]], self._of_other[other]):
            visits ^= {pair}
