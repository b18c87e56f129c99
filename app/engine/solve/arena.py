"""One week as arrays: who may go where beside the pins, what each visit is worth, what clashes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.engine import goals, rules
from app.engine.pairs import Pairs
from app.models.names import fold
from app.models.places import MEETS, Need
from app.models.view import Span, Visitor, WeekSlot, WeekView
from app.models.visits import PROMISED

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Pair = tuple[int, int]
"""A visitor and a slot, by their places in the Arena."""

NO_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arena:
    """The week as the solver sees it: visitors (standby ones last resort only as pins), slots, teams by index.

    Limits are what the pins leave over, and `open` holds only pairs that no rule forbids, alone or beside a pin.
    """

    view: WeekView
    visitors: tuple[Visitor, ...]
    slots: tuple[WeekSlot, ...]
    visitor_at: dict[str, int]
    slot_at: dict[str, int]
    days: tuple[dt.date, ...]
    open: Bools
    points: Ints
    team: Ints
    service: Ints
    day: Ints
    span: tuple[Span, ...]
    site: Ints
    base: Ints
    road: Ints
    clash: Bools
    """Slot by slot: one visitor cannot do both (clash, or lunch by the two alone)."""
    hosts: tuple[Pair, ...]
    """Pairs of slots of which only one can be used."""
    places: Ints
    visitor_min: Ints
    visitor_max: Ints
    visitor_day: Ints
    team_min: Ints
    team_max: Ints
    team_day: Ints
    pins: tuple[Pair, ...]
    pins_on: dict[tuple[int, int], tuple[int, ...]]
    """Pinned slots of each visitor and day."""
    team_pins: Ints
    pin_points: Ints
    best: Ints
    past_team: Bools
    """Visitor by team: seen before this week."""
    known_service: Bools
    """Visitor by service: met in a past week, or this week through a pin."""
    start: tuple[Pair, ...]
    """The unpinned visits that matching starts from, promised ones first."""
    promised: frozenset[Pair]
    host: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """How many visitors and slots."""
        return len(self.visitors), len(self.slots)

    def named(self, pairs: Iterable[Pair]) -> Pairs:
        """These pairs as everybody else knows them: (person id, slot id)."""
        return frozenset((self.visitors[v].id, self.slots[s].id) for v, s in pairs)

    def eats(self, visitor: int, day: int, slots: tuple[int, ...]) -> bool:
        """Whether these slots leave the visitor's lunch on that day, its pins included.

        Where the pins break lunch by themselves, `open` holds nothing that touches the window.
        """
        pins = self.pins_on.get((visitor, day), ())
        week = self.view.week
        held = [self.span[slot] for slot in pins]
        if held and not rules.lunch_holds(week, held):
            return True
        return rules.lunch_holds(week, [*held, *(self.span[slot] for slot in slots)])


def arena(view: WeekView, may: Bools | None = None) -> Arena:
    """The arrays of the week. `may` closes pairs beside what the rules close, by visitor and slot; what a visitor
    could have at best stays as it is."""
    visitors, slots, teams = tuple(view.visitors.values()), tuple(view.slots.values()), tuple(view.teams.values())
    visitor_at = {visitor.id: at for at, visitor in enumerate(visitors)}
    slot_at = {slot.id: at for at, slot in enumerate(slots)}
    team_at = {team.id: at for at, team in enumerate(teams)}
    services = sorted({fold(team.service) for team in teams})
    days = tuple(sorted({slot.day for slot in slots}))
    day_at = {day: at for at, day in enumerate(days)}
    team = np.array([team_at[slot.team.id] for slot in slots], dtype=np.int64)
    day = np.array([day_at[slot.day] for slot in slots], dtype=np.int64)
    of_team = np.array([services.index(fold(one.service)) for one in teams], dtype=np.int64)
    site, base, road, gap = _roads(view, visitors, slots)
    clash = _clash(view, slots, day, site, gap)

    counted = view.counted
    pins = tuple(sorted({(visitor_at[visit.person_id], slot_at[visit.slot_id]) for visit in counted if visit.pinned}))
    pins_on: dict[tuple[int, int], list[int]] = defaultdict(list)
    for v, s in pins:
        pins_on[v, int(day[s])].append(s)

    alone = _open_alone(view, visitors, slots, teams, team, day, days)
    points = _points(visitors, slots, teams, team, day, days)
    hosts = sorted((slot_at[first], slot_at[second]) for first, second in rules.host_rivals(view))
    places, visitor_max, visitor_day, team_max, team_day = _limits(visitors, slots, teams, team, day, len(days), pins)
    held = Arena(
        view=view,
        visitors=visitors,
        slots=slots,
        visitor_at=visitor_at,
        slot_at=slot_at,
        days=days,
        open=alone,
        points=points,
        team=team,
        service=of_team[team] if slots else team,
        day=day,
        span=tuple(slot.span for slot in slots),
        site=site,
        base=base,
        road=road,
        clash=clash,
        hosts=tuple(hosts),
        places=places,
        visitor_min=np.array([0 if v.standby else v.min_visits for v in visitors], dtype=np.int64)
        - np.bincount([v for v, _ in pins], minlength=len(visitors)),
        visitor_max=visitor_max,
        visitor_day=visitor_day,
        team_min=np.array([one.min_visits for one in teams], dtype=np.int64)
        - np.bincount([int(team[s]) for _, s in pins], minlength=len(teams)),
        team_max=team_max,
        team_day=team_day,
        pins=pins,
        pins_on={key: tuple(value) for key, value in pins_on.items()},
        team_pins=np.bincount([int(team[s]) for _, s in pins], minlength=len(teams)),
        pin_points=np.array(
            [sum(int(points[v, s]) for v, s in pins if v == at) for at in range(len(visitors))], dtype=np.int64
        ),
        best=_best(visitors, alone, points, team, len(teams)),
        past_team=np.array([[one.id in v.past_teams for one in teams] for v in visitors], dtype=np.bool_).reshape(
            len(visitors), len(teams)
        ),
        known_service=np.array(
            [[service in v.past_services for service in services] for v in visitors], dtype=np.bool_
        ).reshape(len(visitors), len(services)),
        start=_start(view, visitor_at, slot_at),
        promised=frozenset(
            (visitor_at[visit.person_id], slot_at[visit.slot_id]) for visit in view.visits if visit.status in PROMISED
        ),
        host=tuple(goals.host_identity(slot) for slot in slots),
    )
    for v, s in pins:
        held.known_service[v, held.service[s]] = True
    if may is not None:
        held.open[~may] = False
    _close_beside_pins(held)
    return held


def _start(view: WeekView, visitor_at: dict[str, int], slot_at: dict[str, int]) -> tuple[Pair, ...]:
    movable = [visit for visit in view.counted if not visit.pinned]
    movable.sort(key=lambda visit: visit.status not in PROMISED)
    return tuple((visitor_at[visit.person_id], slot_at[visit.slot_id]) for visit in movable)


def _roads(view: WeekView, visitors: tuple[Visitor, ...], slots: tuple[WeekSlot, ...]) -> tuple[Ints, Ints, Ints, Ints]:
    used = {slot.site.id for slot in slots} | {v.person.base_id for v in visitors if v.person.base_id}
    sites = sorted(used)
    at = {site: place for place, site in enumerate(sites)}
    road = np.array([[view.roads.minutes(a, b) for b in sites] for a in sites], dtype=np.int64)
    gap = np.array([[view.needed_gap(a, b) for b in sites] for a in sites], dtype=np.int64)
    site = np.array([at[slot.site.id] for slot in slots], dtype=np.int64)
    base = np.array([at[v.person.base_id] if v.person.base_id else -1 for v in visitors], dtype=np.int64)
    return site, base, road.reshape(len(sites), len(sites)), gap.reshape(len(sites), len(sites))


def _clash(view: WeekView, slots: tuple[WeekSlot, ...], day: Ints, site: Ints, gap: Ints) -> Bools:
    """Slot by slot, as `rules.clash` says; slots run by day and span, so the earlier of two comes first."""
    count = len(slots)
    clash = np.zeros((count, count), dtype=np.bool_)
    starts = np.array([slot.span.start for slot in slots], dtype=np.int64)
    ends = np.array([slot.span.end for slot in slots], dtype=np.int64)
    for here in range(int(day.max()) + 1 if count else 0):
        on = np.flatnonzero(day == here)
        needed = ends[on][:, None] + gap[np.ix_(site[on], site[on])]
        later = np.triu(starts[on][None, :] < needed, 1)
        hungry = _hungry_pairs(view, [slots[s] for s in on])
        clash[np.ix_(on, on)] = later | later.T | hungry
    return clash


def _hungry_pairs(view: WeekView, slots: list[WeekSlot]) -> Bools:
    """Pairs of one day's slots that together leave no lunch, though each alone does."""
    window = rules.lunch_window(view.week)
    shapes = [
        Span(max(slot.span.start, window.start), min(slot.span.end, window.end)) if slot.span.overlaps(window) else None
        for slot in slots
    ]
    kinds = sorted({shape for shape in shapes if shape is not None})
    at = {shape: place for place, shape in enumerate(kinds)}
    table = np.zeros((len(kinds) + 1, len(kinds) + 1), dtype=np.bool_)
    for a, first in enumerate(kinds):
        for b, second in enumerate(kinds):
            table[a, b] = not rules.lunch_holds(view.week, (first, second))
    rows = np.array([len(kinds) if shape is None else at[shape] for shape in shapes], dtype=np.int64)
    hungry: Bools = table[np.ix_(rows, rows)]
    np.fill_diagonal(hungry, val=False)
    return hungry


def _open_alone(
    view: WeekView,
    visitors: tuple[Visitor, ...],
    slots: tuple[WeekSlot, ...],
    teams: tuple[object, ...],
    team: Ints,
    day: Ints,
    days: tuple[dt.date, ...],
) -> Bools:
    """What `rules.open_to` says of every pair, all slots of a visitor at once."""
    offered = np.array([not slot.refused and rules.lunch_holds(view.week, (slot.span,)) for slot in slots], dtype=bool)
    starts = np.array([slot.span.start for slot in slots], dtype=np.int64)
    ends = np.array([slot.span.end for slot in slots], dtype=np.int64)
    needs = {need: np.array([slot.clearance_needed is need for slot in slots], dtype=bool) for need in Need}
    found = np.zeros((len(visitors), len(slots)), dtype=np.bool_)
    team_at = {one.id: at for at, one in enumerate(view.teams.values())}
    on_day = {date: np.flatnonzero(day == at) for at, date in enumerate(days)}
    for at, visitor in enumerate(visitors):
        row = offered.copy()
        for need in Need:
            if need not in MEETS[visitor.clearance]:
                row &= ~needs[need]
        if visitor.never_teams:
            never = np.zeros(len(teams), dtype=bool)
            never[[team_at[one] for one in visitor.never_teams if one in team_at]] = True
            row &= ~never[team]
        if visitor.free is not None:
            inside = np.zeros(len(slots), dtype=bool)
            for date, spans in visitor.free.items():
                on = on_day.get(date, np.zeros(0, dtype=np.int64))
                for span in spans:
                    inside[on] |= (starts[on] >= span.start) & (ends[on] <= span.end)
            row &= inside
        for date, spans in visitor.busy.items():
            on = on_day.get(date, np.zeros(0, dtype=np.int64))
            for span in spans:
                row[on] &= ~((starts[on] < span.end) & (ends[on] > span.start))
        found[at] = row
    return found


def _points(
    visitors: tuple[Visitor, ...],
    slots: tuple[WeekSlot, ...],
    teams: tuple[object, ...],
    team: Ints,
    day: Ints,
    days: tuple[dt.date, ...],
) -> Ints:
    """What `rules.wished` says of every pair."""
    points = np.zeros((len(visitors), len(slots)), dtype=np.int64)
    starts = np.array([slot.span.start for slot in slots], dtype=np.int64)
    ends = np.array([slot.span.end for slot in slots], dtype=np.int64)
    day_at = {date: at for at, date in enumerate(days)}
    order = {slot.team.id: int(at) for slot, at in zip(slots, team, strict=True)}
    for at, visitor in enumerate(visitors):
        worth = np.zeros(len(teams), dtype=np.int64)
        for team_id, value in visitor.points.items():
            if value and team_id in order:
                worth[order[team_id]] = value
        if len(slots):
            points[at] = worth[team]
        for date, spans in visitor.rather_not.items():
            if date not in day_at:
                continue
            touched = np.zeros(len(slots), dtype=bool)
            for span in spans:
                touched |= (day == day_at[date]) & (starts < span.end) & (ends > span.start)
            points[at] -= touched
    return points


def _best(visitors: tuple[Visitor, ...], alone: Bools, points: Ints, team: Ints, teams: int) -> Ints:
    best = np.zeros(len(visitors), dtype=np.int64)
    for at, visitor in enumerate(visitors):
        by_team = np.zeros(teams, dtype=np.int64)
        on = np.flatnonzero(alone[at] & (points[at] > 0))
        np.maximum.at(by_team, team[on], points[at][on])
        top = np.sort(by_team[by_team > 0])[::-1]
        best[at] = top[: visitor.max_visits].sum()
    return best


def _limits(
    visitors: tuple[Visitor, ...],
    slots: tuple[WeekSlot, ...],
    teams: tuple[object, ...],
    team: Ints,
    day: Ints,
    days: int,
    pins: tuple[Pair, ...],
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    def limit(value: int | None) -> int:
        return NO_LIMIT if value is None else value

    places = np.array([slot.places for slot in slots], dtype=np.int64)
    visitor_max = np.array([0 if v.standby else limit(v.max_visits) for v in visitors], dtype=np.int64)
    visitor_day = np.array([[limit(v.max_per_day)] * days for v in visitors], dtype=np.int64)
    visitor_day = visitor_day.reshape(len(visitors), days)
    team_max = np.array([limit(t.offer.max_visits) for t in teams], dtype=np.int64)  # type: ignore[attr-defined]
    team_day = np.array(
        [[limit(t.offer.max_per_day)] * days for t in teams],  # type: ignore[attr-defined]
        dtype=np.int64,
    ).reshape(len(teams), days)
    for v, s in pins:
        places[s] -= 1
        visitor_max[v] -= 1
        visitor_day[v, day[s]] -= 1
        team_max[team[s]] -= 1
        team_day[team[s], day[s]] -= 1
    for limits in (places, visitor_max, visitor_day, team_max, team_day):
        np.maximum(limits, 0, out=limits)
    return places, visitor_max, visitor_day, team_max, team_day


def _close_beside_pins(held: Arena) -> None:
    """Take away every pair that a pin, or a limit the pins have used up, forbids."""
    may = held.open
    may[held.visitor_max == 0] = False
    may[:, held.places == 0] = False
    if not len(held.slots):
        return
    may[:, held.team_max[held.team] == 0] = False
    may[:, held.team_day[held.team, held.day] == 0] = False
    if len(held.visitors):
        may &= held.visitor_day[:, held.day] > 0
    once = held.view.week.same_team_once
    window = rules.lunch_window(held.view.week)
    touching = np.array([span.overlaps(window) for span in held.span], dtype=bool)
    for v, s in held.pins:
        if not may[v].any():
            continue
        may[v, s] = False
        may[v] &= ~_clash_only(held, s)
        if once:
            may[v] &= held.team != held.team[s]
    for (v, d), pins in held.pins_on.items():
        spans = [held.span[s] for s in pins]
        for s in np.flatnonzero(may[v] & (held.day == d) & touching).tolist():
            if not rules.lunch_holds(held.view.week, [*spans, held.span[s]]):
                may[v, s] = False
    used = {s for _, s in held.pins}
    for a, b in held.hosts:
        if a in used:
            may[:, b] = False
        if b in used:
            may[:, a] = False


def _clash_only(held: Arena, slot: int) -> Bools:
    """The slots that clash with this one in time. Lunch beside pins is judged with all pins of the day."""
    on = np.flatnonzero(held.clash[slot])
    found = np.zeros(len(held.slots), dtype=bool)
    for other in on:
        found[other] = rules.clash(held.view, held.slots[slot], held.slots[other])
    return found
