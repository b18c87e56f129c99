"""What no plan can beat, known at a glance: every priority has an honest bound before anything is solved."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.engine.solve.arena import Arena
from app.models.week import Priority


def floors_of(order: Iterable[Priority], arena: Arena) -> dict[Priority, int]:
    """For each of these priorities a value that no plan with these pins can beat, where a glance shows one."""
    found = {priority: _floor(priority, arena) for priority in order}
    return {priority: floor for priority, floor in found.items() if floor is not None}


def _floor(priority: Priority, arena: Arena) -> int | None:
    match priority:
        case Priority.DEMAND | Priority.TOLD | Priority.TOLD_VISITS | Priority.TRAVEL:
            return 0
        case Priority.WISHES:
            return int((arena.pin_points + _most_points(arena)).sum())
        case Priority.FRESH_EYES:
            return _freshest(arena)
        case Priority.FAIR_VISITORS:
            missing = np.maximum(0, arena.best - arena.pin_points - _most_points(arena))
            return int((missing**2).sum())
        case Priority.FAIR_TEAMS:
            return int((arena.team_pins**2).sum())


def _most_points(arena: Arena) -> np.ndarray:
    """For each visitor the most points that visits beside the pins could bring."""
    once = arena.view.week.same_team_once
    found = np.zeros(arena.shape[0], dtype=np.int64)
    for v in range(arena.shape[0]):
        may = np.flatnonzero(arena.open[v] & (arena.points[v] > 0))
        points = arena.points[v, may]
        if once and len(may):
            by_team = np.zeros(len(arena.team_min), dtype=np.int64)
            np.maximum.at(by_team, arena.team[may], points)
            points = by_team[by_team > 0]
        found[v] = np.sort(points)[::-1][: arena.visitor_max[v]].sum()
    return found


def _freshest(arena: Arena) -> int | None:
    """One for each new service that a visitor could meet; pins count with what they are."""
    if arena.pins:
        return None
    total = 0
    for v in range(arena.shape[0]):
        services = np.unique(arena.service[arena.open[v]])
        total += min(int((~arena.known_service[v, services]).sum()), int(arena.visitor_max[v]))
    return total
