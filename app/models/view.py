"""One week of a Plan, joined up for reading: visitors, teams, slots with their resolved place and host, visits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.models.names import fold
from app.models.people import (
    POINTS,
    Attendance,
    Availability,
    Clearance,
    Liking,
    PastVisit,
    Person,
    Presence,
    Wish,
)
from app.models.places import ONLINE, ONLINE_ID, Consent, Need, Offer, Site, Slot, Team
from app.models.plan import Plan
from app.models.visits import PROMISED, Visit
from app.models.week import Week


def minute(time: dt.time) -> int:
    """Minutes since midnight, seconds left out."""
    return time.hour * 60 + time.minute


def time_at(minutes: int) -> dt.time:
    """The time of day so many minutes after midnight; for the end of the day 23:59, the last time that there is."""
    return dt.time(*divmod(min(minutes, 24 * 60 - 1), 60))


class Span(NamedTuple):
    """A half-open stretch of one day in minutes since midnight."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share more than an edge."""
        return self.start < other.end and other.start < self.end


ALL_DAY = Span(0, 24 * 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A person in this week. `id` is the person's."""

    person: Person
    attendance: Attendance
    never_teams: frozenset[str]
    points: Mapping[str, int]
    """The wish points of each team of the week (team id → points; absent is 0)."""
    busy: Mapping[dt.date, tuple[Span, ...]]
    rather_not: Mapping[dt.date, tuple[Span, ...]]
    free: Mapping[dt.date, tuple[Span, ...]] | None
    """The union of the free rows by day, merged and sorted; None where the visitor has no free row this week."""
    past_teams: frozenset[str]
    past_services: frozenset[str]
    """Folded names of the services met before."""

    @property
    def id(self) -> str:
        return self.person.id

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def min_visits(self) -> int:
        return self.attendance.min_visits

    @property
    def max_visits(self) -> int | None:
        return self.attendance.max_visits

    @property
    def max_per_day(self) -> int | None:
        return self.attendance.max_per_day

    @property
    def standby(self) -> bool:
        return self.attendance.standby

    @property
    def clearance(self) -> Clearance:
        return self.person.clearance

    @property
    def invite_email(self) -> str:
        """Where the visitor's invitations go: their own address, else the assistant's, else blank."""
        return self.person.email or self.person.assistant_email


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekTeam:
    """A team in this week. `id` is the team's."""

    team: Team
    offer: Offer
    site: Site

    @property
    def id(self) -> str:
        return self.team.id

    @property
    def name(self) -> str:
        return self.team.name

    @property
    def service(self) -> str:
        return self.team.service

    @property
    def min_visits(self) -> int:
        return self.offer.min_visits

    @property
    def max_visits(self) -> int | None:
        return self.offer.max_visits

    @property
    def max_per_day(self) -> int | None:
        return self.offer.max_per_day


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSlot:
    """A slot with its team, its place and its host resolved. `id` is the slot's."""

    slot: Slot
    team: WeekTeam
    site: Site
    host: str
    host_email: str
    span: Span

    @property
    def id(self) -> str:
        return self.slot.id

    @property
    def name(self) -> str:
        return self.slot.name

    @property
    def day(self) -> dt.date:
        return self.slot.day

    @property
    def start(self) -> dt.time:
        return self.slot.start

    @property
    def end(self) -> dt.time:
        return self.slot.end

    @property
    def places(self) -> int:
        return self.slot.places

    @property
    def online(self) -> bool:
        return self.site.id == ONLINE_ID

    @property
    def refused(self) -> bool:
        return self.slot.consent is Consent.REFUSED

    @property
    def clearance_needed(self) -> Need:
        return self.team.team.clearance_needed

    @property
    def host_phone(self) -> str:
        """The team's phone where the host is the team's, or where the slot names no other way to ring."""
        return self.team.team.host_phone


class Roads:
    """Road minutes between sites: both ways unless both are given, same site 0, `online` 0, not given 0."""

    __slots__ = ("_minutes",)

    def __init__(self, plan: Plan) -> None:
        minutes = {(road.from_id, road.to_id): road.minutes for road in plan.roads.values()}
        for (start, end), value in list(minutes.items()):
            minutes.setdefault((end, start), value)
        self._minutes = minutes

    def known(self, from_id: str, to_id: str) -> bool:
        """Whether somebody gave the road between the two (or none is needed)."""
        return from_id == to_id or ONLINE_ID in (from_id, to_id) or (from_id, to_id) in self._minutes

    def minutes(self, from_id: str, to_id: str) -> int:
        """Minutes on the road from one site to another."""
        if from_id == to_id or ONLINE_ID in (from_id, to_id):
            return 0
        return self._minutes.get((from_id, to_id), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekView:
    """One week, joined up. Mappings run in the order of names, so that everything made from them is repeatable."""

    plan: Plan
    week: Week
    visitors: Mapping[str, Visitor]
    teams: Mapping[str, WeekTeam]
    slots: Mapping[str, WeekSlot]
    roads: Roads
    visits: tuple[Visit, ...]
    """Every visit of the week, declined and cancelled ones too, by date, start, visitor's name."""

    @property
    def counted(self) -> tuple[Visit, ...]:
        """The visits that rules and priorities see."""
        return tuple(visit for visit in self.visits if visit.counts)

    @property
    def is_published(self) -> bool:
        """Whether people were told of some visit of this week, so that `told` joins the priorities."""
        return any(visit.status in PROMISED for visit in self.visits)

    def site(self, site_id: str | None) -> Site | None:
        """The site of that id, `online` included; None for None."""
        if site_id is None:
            return None
        return ONLINE if site_id == ONLINE_ID else self.plan.sites[site_id]

    def needed_gap(self, from_site: str, to_site: str) -> int:
        """Minutes that must lie between visits at the two sites, in that order.

        Same site: 0. `online` at either end: no road and no buffer. Else road minutes + the week's buffer.
        """
        if from_site == to_site or ONLINE_ID in (from_site, to_site):
            return 0
        return self.roads.minutes(from_site, to_site) + self.week.buffer_minutes


def view(plan: Plan, week_id: str) -> WeekView:
    """The week joined up. Parts whose tables an edit left alone are shared with the Plan before it."""
    week = plan.weeks[week_id]
    teams = plan.remembered(("teams", week_id), ("teams", "offers", "sites"), lambda: _teams(plan, week_id))
    slots = plan.remembered(
        ("slots", week_id), ("teams", "offers", "sites", "slots"), lambda: _slots(plan, week_id, teams)
    )
    visitors = plan.remembered(
        ("visitors", week_id),
        ("weeks", "people", "attendances", "availability", "wishes", "past_visits", "teams", "offers"),
        lambda: _visitors(plan, week, teams),
    )
    roads = plan.remembered("roads", ("roads",), lambda: Roads(plan))
    visits = plan.remembered(("visits", week_id), ("visits", "slots", "people"), lambda: _visits(plan, week_id))
    return WeekView(plan=plan, week=week, visitors=visitors, teams=teams, slots=slots, roads=roads, visits=visits)


def _teams(plan: Plan, week_id: str) -> dict[str, WeekTeam]:
    found = [
        WeekTeam(team=plan.teams[offer.team_id], offer=offer, site=_site(plan, plan.teams[offer.team_id].site_id))
        for offer in plan.offers.values()
        if offer.week_id == week_id
    ]
    return {team.id: team for team in sorted(found, key=lambda team: (fold(team.name), team.id))}


def _site(plan: Plan, site_id: str) -> Site:
    return ONLINE if site_id == ONLINE_ID else plan.sites[site_id]


def _slots(plan: Plan, week_id: str, teams: Mapping[str, WeekTeam]) -> dict[str, WeekSlot]:
    found = [_week_slot(plan, slot, teams[slot.team_id]) for slot in plan.slots.values() if slot.week_id == week_id]
    return {slot.id: slot for slot in sorted(found, key=lambda slot: (slot.day, slot.span, fold(slot.name)))}


def _week_slot(plan: Plan, slot: Slot, team: WeekTeam) -> WeekSlot:
    host = slot.host or team.team.host
    email = slot.host_email or ("" if slot.host else team.team.host_email)
    return WeekSlot(
        slot=slot,
        team=team,
        site=_site(plan, slot.site_id) if slot.site_id else team.site,
        host=host,
        host_email=email,
        span=Span(minute(slot.start), minute(slot.end)),
    )


def _visitors(plan: Plan, week: Week, teams: Mapping[str, WeekTeam]) -> dict[str, Visitor]:
    taking_part = {a.person_id: a for a in plan.attendances.values() if a.week_id == week.id}
    rows: dict[str, list[Availability]] = {}
    for row in plan.availability.values():
        if row.week_id == week.id and week.first_day <= row.day <= week.last_day:
            rows.setdefault(row.person_id, []).append(row)
    wishes: dict[str, list[Wish]] = {}
    for wish in plan.wishes.values():
        if wish.week_id == week.id:
            wishes.setdefault(wish.person_id, []).append(wish)
    past: dict[str, list[PastVisit]] = {}
    for seen in plan.past_visits.values():
        if seen.week_id == week.id:
            past.setdefault(seen.person_id, []).append(seen)
    of_service: dict[str, list[str]] = {}
    for team in teams.values():
        of_service.setdefault(fold(team.service), []).append(team.id)
    found = [
        _visitor(
            plan, plan.people[person_id], attendance, rows.get(person_id, []), wishes.get(person_id, []),
            past.get(person_id, []), teams, of_service,
        )
        for person_id, attendance in taking_part.items()
    ]  # fmt: skip
    return {visitor.id: visitor for visitor in sorted(found, key=lambda visitor: (fold(visitor.name), visitor.id))}


def _visitor(
    plan: Plan,
    person: Person,
    attendance: Attendance,
    rows: list[Availability],
    wishes: list[Wish],
    past: list[PastVisit],
    teams: Mapping[str, WeekTeam],
    of_service: Mapping[str, list[str]],
) -> Visitor:
    by_team = {wish.team_id: wish.liking for wish in wishes if wish.team_id}
    by_service = {fold(wish.service): wish.liking for wish in wishes if not wish.team_id}
    never: set[str] = set()
    points: dict[str, int] = {}
    spoken_of = set(by_team) | {team_id for service in by_service for team_id in of_service.get(service, ())}
    for team_id in spoken_of & teams.keys():
        own, service = by_team.get(team_id), by_service.get(fold(teams[team_id].service))
        if Liking.NEVER in (own, service):
            never.add(team_id)
        points[team_id] = _points(own if own is not None else service)
    free = _spans(rows, Presence.FREE)
    return Visitor(
        person=person,
        attendance=attendance,
        never_teams=frozenset(never),
        points=points,
        busy=_spans(rows, Presence.BUSY),
        rather_not=_spans(rows, Presence.RATHER_NOT),
        free=free or None,
        past_teams=frozenset(seen.team_id for seen in past if seen.team_id),
        past_services=frozenset(fold(plan.teams[seen.team_id].service) for seen in past if seen.team_id),
    )


def _points(liking: Liking | None) -> int:
    return 0 if liking is None else POINTS[liking]


def _spans(rows: list[Availability], presence: Presence) -> dict[dt.date, tuple[Span, ...]]:
    """The union of the rows of that presence by day: sorted, touching spans merged."""
    by_day: dict[dt.date, list[Span]] = {}
    for row in rows:
        if row.presence is presence:
            span = Span(
                ALL_DAY.start if row.start is None else minute(row.start),
                ALL_DAY.end if row.end is None else minute(row.end),
            )
            by_day.setdefault(row.day, []).append(span)
    return {day: _merged(spans) for day, spans in by_day.items()}


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _visits(plan: Plan, week_id: str) -> tuple[Visit, ...]:
    def place(visit: Visit) -> tuple[object, ...]:
        slot = plan.slots[visit.slot_id]
        return (slot.day, slot.start, fold(plan.people[visit.person_id].name), fold(slot.name), visit.id)

    return tuple(sorted((visit for visit in plan.visits.values() if visit.week_id == week_id), key=place))
