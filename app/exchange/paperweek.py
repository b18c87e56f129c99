"""What papers say of a week: its visits in safe words, by team and by visitor, with rules broken and free lunches.

Rota, pages and packs are all written from this, so that a protected site is hidden in one place.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.engine import rules
from app.exchange.look import ServiceLook, service_looks
from app.exchange.safe import Safe
from app.models.findings import Problems, Rule
from app.models.names import fold
from app.models.view import Visitor, WeekSlot, WeekTeam, WeekView, minute, time_at
from app.models.visits import Visit
from app.text import translate
from app.words.dates import between, clock
from app.words.problems import rule_name


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperVisit:
    """A visit as paper tells it. Every text is safe to show; `broken` are the rules that it breaks."""

    visit: Visit
    slot: WeekSlot
    visitor: Visitor
    who: str
    team: str
    service: ServiceLook
    activity: str
    purpose: str
    place: str
    address: str
    host: str
    host_phone: str
    host_email: str
    deputy: str
    deputy_email: str
    arrival: str
    parking: str
    broken: tuple[Rule, ...]

    @property
    def day(self) -> dt.date:
        return self.slot.day

    @property
    def hours(self) -> str:
        """`09:30–11:00`."""
        return between(self.slot.start, self.slot.end)

    @property
    def flag(self) -> str:
        """`✕ Breaks a rule`, for sheets that hang on walls: which rule may be private. Blank where all are kept."""
        return translate("✕ Breaks a rule") if self.broken else ""

    @property
    def marks(self) -> str:
        """`✕ Clash, Lunch`, or blank where every rule is kept."""
        if not self.broken:
            return ""
        permitted = translate(" (permitted)") if self.visit.permitted else ""
        return "✕ " + ", ".join(rule_name(rule) for rule in self.broken) + permitted


class PaperWeek:
    """A week's visits as papers show them. `safe` decides what may be shown (default: to everybody)."""

    def __init__(self, view: WeekView, problems: Problems | None = None, *, safe: Safe | None = None) -> None:
        self.view = view
        self.week = view.week
        self.safe = safe or Safe.of(view)
        self.services: Mapping[str, ServiceLook] = service_looks(
            self.safe.line(team.service) for team in view.teams.values()
        )
        self.days = _shown_days(view)
        """The days that papers show: all working days, and of weekends those with a slot."""
        self._broken: dict[str, list[Rule]] = defaultdict(list)
        for broken in problems.broken if problems else ():
            for visit_id in broken.visits:
                if broken.rule not in self._broken[visit_id]:
                    self._broken[visit_id].append(broken.rule)
        self.all_visits = tuple(self._paper(visit) for visit in view.visits)
        self.visits = tuple(one for one in self.all_visits if one.visit.counts)
        self.by_team = _grouped(self.visits, lambda one: one.slot.team.id)
        self.by_visitor = _grouped(self.visits, lambda one: one.visitor.id)

    def service(self, team: WeekTeam) -> ServiceLook:
        """The look of a team's service."""
        return self.services[fold(self.safe.line(team.service))]

    def teams(self) -> list[WeekTeam]:
        """The teams by service, in the order of the key, then by name."""
        place = {key: number for number, key in enumerate(self.services)}
        return sorted(
            self.view.teams.values(),
            key=lambda team: (place[fold(self.safe.line(team.service))], fold(self.safe.team_name(team)), team.id),
        )

    def visitors(self) -> list[Visitor]:
        """The visitors by name."""
        return list(self.view.visitors.values())

    def name(self, visitor: Visitor) -> str:
        """The visitor's name, safe to show."""
        return self.safe.line(visitor.name)

    def road(self, one: PaperVisit, other: PaperVisit) -> int:
        """Road minutes between two visits."""
        return self.view.roads.minutes(one.slot.site.id, other.slot.site.id)

    def lunch(self, visits: Sequence[PaperVisit]) -> str:
        """When the visitor can eat on the day of these visits: `12:30–14:00`, or that there is no time."""
        free = self.free_lunch(visits)
        if free is None:
            return translate("No time between {start} and {end}").format(
                start=clock(self.week.lunch_from), end=clock(self.week.lunch_to)
            )
        return between(*free)

    def free_lunch(self, visits: Sequence[PaperVisit]) -> tuple[dt.time, dt.time] | None:
        """The longest stretch of the lunch window outside these visits; None where there is none."""
        window = rules.lunch_window(self.week)
        longest, reached = (0, 0), window.start
        for span in sorted(one.slot.span for one in visits):
            longest = max(longest, (min(span.start, window.end) - reached, -reached))
            reached = max(reached, span.end)
        length, start = max(longest, (window.end - reached, -reached))
        return (time_at(-start), time_at(-start + length)) if length > 0 else None

    def _paper(self, visit: Visit) -> PaperVisit:
        slot, visitor = self.view.slots[visit.slot_id], self.view.visitors[visit.person_id]
        safe, team = self.safe, slot.team
        return PaperVisit(
            visit=visit,
            slot=slot,
            visitor=visitor,
            who=safe.line(visitor.name),
            team=safe.team_name(team),
            service=self.service(team),
            activity=safe.line(slot.slot.activity),
            purpose=safe.line(slot.slot.purpose),
            place=translate("Online") if slot.online else safe.site_label(slot.site),
            address=translate("Online") if slot.online else safe.place_line(slot.site),
            host=safe.line(slot.host),
            host_phone=safe.line(slot.host_phone),
            host_email=safe.line(slot.host_email),
            deputy=safe.line(team.team.deputy),
            deputy_email=safe.line(team.team.deputy_email),
            arrival=safe.line(slot.site.arrival_notes),
            parking=safe.line(slot.site.parking),
            broken=tuple(self._broken.get(visit.id, ())),
        )


def gap_minutes(one: PaperVisit, other: PaperVisit) -> int:
    """Minutes from the end of one visit to the start of the next."""
    return minute(other.slot.start) - minute(one.slot.end)


def _shown_days(view: WeekView) -> tuple[dt.date, ...]:
    offered = {slot.day for slot in view.slots.values()}
    shown = tuple(day for day in view.week.days if day.weekday() < 5 or day in offered)
    return shown or view.week.days


def _grouped(visits: Sequence[PaperVisit], key: Callable[[PaperVisit], str]) -> dict[str, list[PaperVisit]]:
    groups: dict[str, list[PaperVisit]] = defaultdict(list)
    for one in visits:
        groups[key(one)].append(one)
    return groups
