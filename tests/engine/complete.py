"""A plain, complete model to compare with: every week that any visitor could have is a column, every rule a row."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import combinations

import highspy
import numpy as np

from app.engine import goals, rules
from app.engine.pairs import with_pairs
from app.models.people import Liking, Presence
from app.models.view import Visitor, WeekSlot, WeekView
from app.models.week import MOST_IS_BEST, Priority
from tests.builders import Builder

SITES = ("Town Hall", "North Hub", "South Hub", "West Hub")
STARTS = (540, 570, 600, 690, 735, 780, 840, 930, 1110)


def busy_week(seed: int) -> WeekView:
    """A week with several visits a day, crossing roads, shared hosts and large slots; too large to enumerate plans."""
    lots = random.Random(seed)
    days = lots.choice((2, 3, 5, 7))
    build = Builder(same_team_once=lots.random() < 0.6, buffer_minutes=lots.choice((0, 10)))
    for site in SITES:
        build.site(site)
    for here, there in combinations(SITES, 2):
        build.road(here, there, lots.choice((5, 10, 20, 25, 60)))
    teams = [f"Team {number}" for number in range(lots.randint(4, 7))]
    for team in teams:
        shared = {"host": "Duty manager", "host_email": "duty@council.example"} if lots.random() < 0.2 else {}
        build.team(
            team, lots.choice(("Social care", "Education", "Early help")), lots.choice(SITES),
            min_visits=lots.choice((0, 1, 2)), max_visits=lots.choice((None, 3, 4)),
            max_per_day=lots.choice((None, 1, 2)), **shared,
        )  # fmt: skip
    for number in range(lots.randint(12, 18)):
        start = lots.choice(STARTS)
        end = start + lots.choice((30, 30, 45, 60, 100))
        build.slot(
            f"s-{number:02d}", lots.choice(teams), lots.randrange(min(days, 3)), _clock(start), _clock(end),
            places=lots.choice((1, 1, 2, 10)),
        )  # fmt: skip
    for name in "PQRST"[: lots.randint(3, 5)]:
        visitor = f"Visitor {name}"
        build.visitor(
            visitor, min_visits=lots.choice((0, 1, 2, 4)), max_visits=lots.choice((4, 5, 6)),
            max_per_day=lots.choice((None, 2, 3, 4)), base=lots.choice((None, *SITES)),
        )  # fmt: skip
        if lots.random() < 0.3:
            build.available(visitor, lots.choice(list(Presence)), 0, "09:00", lots.choice(("12:00", "18:00")))
        for team in teams:
            if lots.random() < 0.3:
                build.wish(visitor, lots.choice(list(Liking)), team=team)
            if lots.random() < 0.15:
                build.seen(visitor, team)
    return build.view()


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def weeks_of(view: WeekView, visitor: Visitor) -> list[tuple[WeekSlot, ...]]:
    """Every set of slots that the visitor could have with the week to themselves."""
    slots = [slot for slot in view.slots.values() if rules.open_to(view.week, visitor, slot)]
    found: list[tuple[WeekSlot, ...]] = [()]

    def extend(at: int, held: tuple[WeekSlot, ...]) -> None:
        for place in range(at, len(slots)):
            more = (*held, slots[place])
            if visitor.max_visits is not None and len(more) > visitor.max_visits:
                return
            if _stands(view, visitor, more):
                found.append(more)
                extend(place + 1, more)

    extend(0, ())
    return found


def _stands(view: WeekView, visitor: Visitor, slots: tuple[WeekSlot, ...]) -> bool:
    new = slots[-1]
    today = [slot for slot in slots if slot.day == new.day]
    if visitor.max_per_day is not None and len(today) > visitor.max_per_day:
        return False
    if view.week.same_team_once and any(slot.team.id == new.team.id for slot in slots[:-1]):
        return False
    if any(rules.clash(view, slot, new) for slot in today[:-1]):
        return False
    return rules.lunch_holds(view.week, [slot.span for slot in today])


Column = tuple[Visitor, tuple[WeekSlot, ...]]
Costs = dict[int, float]


def best_values(view: WeekView, order: tuple[Priority, ...], most: int) -> dict[Priority, int] | None:
    """The best value of each priority, those before it held; None where there are too many weeks."""
    columns = [(visitor, week) for visitor in view.visitors.values() for week in weeks_of(view, visitor)]
    if len(columns) > most:
        return None
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the binding has no types
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.setOptionValue("mip_abs_gap", 0.5)
    for _ in columns:
        highs.addVar(0.0, 1.0)
    rows = _Rows(highs)
    costs = {priority: {at: _worth(view, priority, *one) for at, one in enumerate(columns)} for priority in order}
    for visitor in view.visitors.values():
        rows.add({at: 1.0 for at, (who, _) in enumerate(columns) if who is visitor}, 1.0, 1.0)
    _slots(view, rows, columns)
    short, squares = _teams(view, rows, columns)
    costs.get(Priority.DEMAND, {}).update(short)
    costs.get(Priority.FAIR_TEAMS, {}).update(squares)
    count = len(columns)
    highs.changeColsIntegrality(count, np.arange(count, dtype=np.int32), np.ones(count, dtype=np.uint8))
    found: dict[Priority, int] = {}
    for priority, mine in costs.items():
        price = np.zeros(highs.getNumCol())
        price[list(mine)] = list(mine.values())
        highs.changeColsCost(len(price), np.arange(len(price), dtype=np.int32), price)
        highs.run()
        reached = round(highs.getInfo().objective_function_value)
        found[priority] = -reached if priority in MOST_IS_BEST else reached
        rows.add({at: cost for at, cost in mine.items() if cost}, -np.inf, float(reached))
    return found


def _worth(view: WeekView, priority: Priority, visitor: Visitor, week: tuple[WeekSlot, ...]) -> float:
    """What this week of this visitor costs; what teams cost is counted apart."""
    points = sum(rules.wished(visitor, slot) for slot in week)
    match priority:
        case Priority.DEMAND:
            return float(max(0, visitor.min_visits - len(week)))
        case Priority.WISHES:
            return float(-points)
        case Priority.FAIR_VISITORS:
            return float(max(0, goals.best(view, visitor) - points) ** 2)
        case Priority.FRESH_EYES:
            return float(-goals.fresh_eyes(with_pairs(view, {(visitor.id, slot.id) for slot in week})))
        case Priority.TRAVEL:
            days = {slot.day for slot in week}
            return float(sum(goals.journey(view, visitor, [slot for slot in week if slot.day == day]) for day in days))
        case _:
            return 0.0


def _slots(view: WeekView, rows: _Rows, columns: list[Column]) -> None:
    used: dict[str, Costs] = defaultdict(dict)
    for at, (_, week) in enumerate(columns):
        for slot in week:
            used[slot.id][at] = 1.0
    for slot_id, here in used.items():
        rows.add(here, -np.inf, float(view.slots[slot_id].places))
    busy: dict[str, int] = {}
    for first, second in combinations(view.slots.values(), 2):
        if not rules.host_clash(first, second):
            continue
        for slot in (first, second):
            if slot.id not in busy:
                busy[slot.id] = rows.column(1.0)
                for at in used[slot.id]:
                    rows.add({at: 1.0, busy[slot.id]: -1.0}, -np.inf, 0.0)
        rows.add({busy[first.id]: 1.0, busy[second.id]: 1.0}, -np.inf, 1.0)


def _teams(view: WeekView, rows: _Rows, columns: list[Column]) -> tuple[Costs, Costs]:
    """What teams lack, and the squares of what they have: a unit step each, that cost 1, 3, 5 …"""
    short: Costs = {}
    squares: Costs = {}
    for team in view.teams.values():
        mine: Costs = {}
        by_day: dict[object, Costs] = defaultdict(lambda: defaultdict(float))
        for at, (_, week) in enumerate(columns):
            here = [slot for slot in week if slot.team.id == team.id]
            if here:
                mine[at] = float(len(here))
            for slot in here:
                by_day[slot.day][at] += 1.0
        if team.max_visits is not None:
            rows.add(mine, -np.inf, float(team.max_visits))
        for today in by_day.values():
            if team.max_per_day is not None:
                rows.add(today, -np.inf, float(team.max_per_day))
        lack = rows.column(float(team.min_visits))
        short[lack] = 1.0
        rows.add({**mine, lack: 1.0}, float(team.min_visits), np.inf)
        steps = [rows.column(1.0) for _ in range(len(view.visitors) * 6)]
        squares.update({step: 2.0 * at + 1.0 for at, step in enumerate(steps)})
        rows.add({**mine, **dict.fromkeys(steps, -1.0)}, 0.0, 0.0)
    return short, squares


class _Rows:
    """Rows and helper columns of the model."""

    def __init__(self, highs: highspy.Highs) -> None:
        self._highs = highs

    def column(self, upper: float) -> int:
        self._highs.addVar(0.0, upper)
        return int(self._highs.getNumCol()) - 1

    def add(self, entries: dict[int, float], lower: float, upper: float) -> None:
        index, value = np.array(list(entries), dtype=np.int32), np.array(list(entries.values()), dtype=np.float64)
        self._highs.addRow(max(lower, -highspy.kHighsInf), min(upper, highspy.kHighsInf), len(index), index, value)
