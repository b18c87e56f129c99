"""How many visits one visitor, or one team, could have if nobody else were in the week. Exact, by search."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from app.engine.solve.arena import NO_LIMIT, Arena

TRIES = 50_000
"""Steps of a search, after which the most found so far is the answer. Real weeks need some dozens."""


def most_for_visitor(arena: Arena, visitor: int, wanted: int, *, own_limits: bool = True) -> int:
    """The most visits beside the pins that the visitor could have alone, counted no further than `wanted`.

    `own_limits` False: as if the visitor had no maximum, in the week or on a day.
    """
    days: dict[int, list[int]] = defaultdict(list)
    for s in np.flatnonzero(arena.open[visitor]).tolist():
        days[int(arena.day[s])].append(s)
    limit = int(arena.visitor_max[visitor]) if own_limits else NO_LIMIT
    goal = min(wanted, limit)
    once = arena.view.week.same_team_once
    best, tries = 0, 0
    todo = sorted(days, key=lambda d: (len(days[d]), d))
    rest = [sum(_most_on(arena, visitor, d, days[d], own_limits) for d in todo[at:]) for at in range(len(todo) + 1)]

    def received(s: int, today: tuple[int, ...], before: tuple[int, ...]) -> bool:
        """Whether the team takes this visitor once more."""
        team = arena.team[s]
        again = sum(arena.team[other] == team for other in (*before, *today))
        on_day = sum(arena.team[other] == team for other in today)
        return bool(again < (1 if once else arena.team_max[team]) and on_day < arena.team_day[team, arena.day[s]])

    def extend(at: int, start: int, today: tuple[int, ...], before: tuple[int, ...]) -> None:
        nonlocal best, tries
        best, tries = max(best, len(before) + len(today)), tries + 1
        if best >= goal or tries > TRIES or at == len(todo) or len(before) + rest[at] <= best:
            return
        d = todo[at]
        day_limit = int(arena.visitor_day[visitor, d]) if own_limits else NO_LIMIT
        if len(today) < day_limit:
            for place in range(start, len(days[d])):
                s = days[d][place]
                if any(arena.clash[s, other] for other in today) or not received(s, today, before):
                    continue
                if arena.eats(visitor, d, (*today, s)):
                    extend(at, place + 1, (*today, s), before)
                    if best >= goal:
                        return
        extend(at + 1, 0, (), (*before, *today))

    extend(0, 0, (), ())
    return min(best, goal)


def _most_on(arena: Arena, visitor: int, day: int, slots: list[int], own_limits: bool) -> int:
    """The most visits on one day, by taking whatever ends first: exact for times alone, so never too few."""
    limit = int(arena.visitor_day[visitor, day]) if own_limits else NO_LIMIT
    count, reached = 0, -1
    for s in sorted(slots, key=lambda s: arena.span[s].end):
        if arena.span[s].start >= reached:
            count, reached = count + 1, arena.span[s].end
    return min(count, limit)


def most_for_team(arena: Arena, slots: list[int], wanted: int, *, own_limits: bool = True) -> int:
    """The most visits beside the pins that a team with these slots could have, counted no further than `wanted`.

    `own_limits` False: as if the team had no maximum, in the week or on a day.
    """
    if not slots:
        return 0
    team = int(arena.team[slots[0]])
    limit = int(arena.team_max[team]) if own_limits else NO_LIMIT
    goal = min(wanted, limit)
    once = arena.view.week.same_team_once
    rivals = {frozenset(pair) for pair in arena.hosts}
    best, tries = 0, 0
    guests = {s: np.flatnonzero(arena.open[:, s]).tolist() for s in slots}
    todo = sorted((s for s in slots if guests[s]), key=lambda s: (len(guests[s]), s))
    room = [sum(min(int(arena.places[s]), len(guests[s])) for s in todo[at:]) for at in range(len(todo) + 1)]

    def extend(at: int, start: int, here: int, taken: tuple[tuple[int, int], ...]) -> None:
        nonlocal best, tries
        best, tries = max(best, len(taken)), tries + 1
        if best >= goal or tries > TRIES or at == len(todo) or len(taken) - here + room[at] <= best:
            return
        s = todo[at]
        day = int(arena.day[s])
        day_limit = int(arena.team_day[team, day]) if own_limits else NO_LIMIT
        full = here >= arena.places[s] or sum(int(arena.day[other]) == day for _, other in taken) >= day_limit
        if not full and not any(frozenset((s, other)) in rivals for _, other in taken):
            for place in range(start, len(guests[s])):
                v = guests[s][place]
                mine = tuple(other for guest, other in taken if guest == v)
                if _may(arena, v, s, mine, once=once):
                    extend(at, place + 1, here + 1, (*taken, (v, s)))
                    if best >= goal:
                        return
        extend(at + 1, 0, 0, taken)

    extend(0, 0, 0, ())
    return min(best, goal)


def _may(arena: Arena, v: int, s: int, mine: tuple[int, ...], *, once: bool) -> bool:
    """Whether this visitor may come to this slot too, beside the same team's slots in `mine`."""
    if not mine:
        return True
    if once or len(mine) >= arena.visitor_max[v]:
        return False
    day = int(arena.day[s])
    today = tuple(other for other in mine if arena.day[other] == day)
    if len(today) >= arena.visitor_day[v, day] or any(arena.clash[s, other] for other in today):
        return False
    return arena.eats(v, day, (*today, s))
