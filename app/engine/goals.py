"""The priorities valued (INTERFACES.md, "Priorities, exactly"): what any set of visits reaches, by whomever made."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from app.engine import rules
from app.models.findings import Reached, Who
from app.models.names import fold
from app.models.view import Visitor, WeekSlot, WeekView
from app.models.visits import PROMISED
from app.models.week import Priority

NO_VALUES: Mapping[Priority, int] = MappingProxyType({})
"""Nothing known of any priority."""


def values(view: WeekView, published: WeekView | None = None) -> dict[Priority, int]:
    """The value of every priority for the visits that count.

    `published` is the week as people were told of it (default: this one); its published, confirmed and held
    visits are what `told` is measured against. Without any such visit `told` and `told visits` are left out.
    """
    found: dict[Priority, int] = {Priority.DEMAND: sum(short for *_, short in shortfalls(view))}
    base = view if published is None else published
    if base.is_published:
        people, count = told(view, base)
        found[Priority.TOLD] = len(people)
        found[Priority.TOLD_VISITS] = count
    points = wishes_by_visitor(view)
    found[Priority.WISHES] = sum(points.values())
    found[Priority.FRESH_EYES] = fresh_eyes(view)
    most = bests(view)
    found[Priority.FAIR_VISITORS] = sum(max(0, most[id_] - worth) ** 2 for id_, worth in points.items())
    found[Priority.FAIR_TEAMS] = sum(count * count for count in team_counts(view).values())
    found[Priority.TRAVEL] = sum(minutes for _, _, minutes in journeys(view))
    return found


def valued(view: WeekView, published: WeekView | None = None) -> tuple[Reached, ...]:
    """Every priority valued without matching, in the order in which the week would be optimised."""
    found = values(view, published)
    asked = order(view)
    rows = [*asked, *(priority for priority in found if priority not in asked)]
    return tuple(
        Reached(priority=priority, value=found[priority], bound=None, proved=False, asked=priority in asked)
        for priority in rows
        if priority in found
    )


def order(view: WeekView, asked: tuple[Priority, ...] | None = None) -> tuple[Priority, ...]:
    """The priorities to optimise, in turn: those asked (default: the week's), with `told` and `told visits`
    straight after `demand` (or first where demand is left out) once the week is published."""
    chosen = view.week.priorities if asked is None else asked
    if not view.is_published:
        return tuple(priority for priority in chosen if priority not in (Priority.TOLD, Priority.TOLD_VISITS))
    if Priority.TOLD in chosen:
        return chosen
    at = chosen.index(Priority.DEMAND) + 1 if Priority.DEMAND in chosen else 0
    return (*chosen[:at], Priority.TOLD, Priority.TOLD_VISITS, *chosen[at:])


def visitor_counts(view: WeekView) -> Counter[str]:
    """Visits of each visitor that has any, by person id."""
    return Counter(visit.person_id for visit in view.counted)


def team_counts(view: WeekView) -> Counter[str]:
    """Visits of each team that has any, by team id."""
    return Counter(view.slots[visit.slot_id].team.id for visit in view.counted)


def shortfalls(view: WeekView) -> list[tuple[Who, str, int, int, int]]:
    """Visitors (standby aside) and teams below their minimum: who, id, wanted, got, short by."""
    of_visitors, of_teams = visitor_counts(view), team_counts(view)
    rows = [
        (Who.VISITOR, visitor.id, visitor.min_visits, of_visitors[visitor.id])
        for visitor in view.visitors.values()
        if not visitor.standby
    ]
    rows += [(Who.TEAM, team.id, team.min_visits, of_teams[team.id]) for team in view.teams.values()]
    return [(who, id_, wanted, got, wanted - got) for who, id_, wanted, got in rows if got < wanted]


def wishes_by_visitor(view: WeekView) -> dict[str, int]:
    """The points of each visitor's visits (priority 2), 0 for a visitor without visits."""
    points = dict.fromkeys(view.visitors, 0)
    for visit in view.counted:
        points[visit.person_id] += rules.wished(view.visitors[visit.person_id], view.slots[visit.slot_id])
    return points


def fresh_eyes(view: WeekView) -> int:
    """−2 for each visit to a team seen in the past, +1 for each service met this week and not in the past."""
    total = 0
    new_services: set[tuple[str, str]] = set()
    for visit in view.counted:
        visitor, team = view.visitors[visit.person_id], view.slots[visit.slot_id].team
        if team.id in visitor.past_teams:
            total -= 2
        if (service := fold(team.service)) not in visitor.past_services:
            new_services.add((visitor.id, service))
    return total + len(new_services)


def bests(view: WeekView) -> Mapping[str, int]:
    """What `best` says of every visitor, by person id: worked out once for all sets of visits of a week."""
    return view.plan.remembered(
        ("best points", view.week.id),
        ("weeks", "sites", "teams", "offers", "people", "attendances", "slots", "availability", "wishes"),
        lambda: {visitor.id: best(view, visitor) for visitor in view.visitors.values()},
    )


def best(view: WeekView, visitor: Visitor) -> int:
    """The most points that the visitor could have with the week to themselves (priority 4's best_v)."""
    wanted = {team_id for team_id, worth in visitor.points.items() if worth > 0}
    if not wanted:
        return 0
    by_team: dict[str, int] = {}
    for slot in view.slots.values():
        if slot.team.id in wanted and (worth := rules.wished(visitor, slot)) > by_team.get(slot.team.id, 0):  # noqa: SIM102  # the dear question last
            if rules.open_to(view.week, visitor, slot):
                by_team[slot.team.id] = worth
    points = sorted((value for value in by_team.values() if value > 0), reverse=True)
    return sum(points if visitor.max_visits is None else points[: visitor.max_visits])


def journeys(view: WeekView) -> list[tuple[str, dt.date, int]]:
    """Road minutes of each visitor-day: base → visits by time → base. Person id, day, minutes."""
    days: dict[tuple[str, dt.date], list[WeekSlot]] = defaultdict(list)
    for visit in view.counted:
        slot = view.slots[visit.slot_id]
        days[visit.person_id, slot.day].append(slot)
    return [
        (person_id, day, journey(view, view.visitors[person_id], slots)) for (person_id, day), slots in days.items()
    ]


def journey(view: WeekView, visitor: Visitor, slots: list[WeekSlot]) -> int:
    """Road minutes of one visitor's day with these slots; nothing to or from a missing base, or for `online`."""
    stops = [slot.site.id for slot in sorted(slots, key=lambda slot: (slot.span, slot.id))]
    if base := visitor.person.base_id:
        stops = [base, *stops, base]
    return sum(view.roads.minutes(here, there) for here, there in pairwise(stops))


def told(view: WeekView, published: WeekView) -> tuple[set[tuple[str, str]], int]:
    """Who must be told again, and how many visits that is, against what people were told.

    A visit is one visitor in one slot: a move is one visit gone and one new. People are ("visitor", person id)
    or ("host", the host's e-mail, else team id and name).
    """
    before = {(visit.person_id, visit.slot_id) for visit in published.visits if visit.status in PROMISED}
    after = {(visit.person_id, visit.slot_id) for visit in view.counted}
    people: set[tuple[str, str]] = set()
    for pairs, where in ((before - after, published), (after - before, view)):
        for person_id, slot_id in pairs:
            people.add(("visitor", person_id))
            people.add(("host", host_identity(where.slots[slot_id])))
    return people, len(before ^ after)


def host_identity(slot: WeekSlot) -> str:
    """One text for each host: the folded e-mail, else the team's id and the folded name."""
    return fold(slot.host_email) or f"{slot.team.id}:{fold(slot.host)}"
