"""Builders of small plans for tests: say only what the test is about, the rest is plain and valid."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.models.change import Entity
from app.models.names import identity, visit_uid
from app.models.people import Attendance, Availability, Clearance, Liking, PastVisit, Person, Presence, Wish
from app.models.places import ONLINE_ID, Offer, Road, Site, Slot, Team
from app.models.plan import Plan
from app.models.view import WeekView, view
from app.models.visits import Visit
from app.models.week import Week

MONDAY = dt.date(2027, 3, 22)
WEEK_NAME = "Spring practice week"


def day(number: int) -> dt.date:
    """The day of the built week by number: 0 is its Monday, 22 March 2027."""
    return MONDAY + dt.timedelta(days=number)


def time(text: str) -> dt.time:
    """`"09:30"` as a time."""
    return dt.time.fromisoformat(text)


class Builder:
    """A week under construction, by names. Everything not said is plain and valid."""

    def __init__(self, **week: object) -> None:
        settings: dict[str, object] = {
            "id": identity("week", WEEK_NAME), "name": WEEK_NAME, "first_day": MONDAY, "last_day": day(4),
            "organisation": "Exampleshire County Council", "organiser": "Practice Week desk",
            "organiser_email": "practice.week@council.example", **week,
        }  # fmt: skip
        self.week = Week(**settings)  # type: ignore[arg-type]  # settings are checked by the tests that give them
        self.entities: dict[str, Entity] = {self.week.id: self.week}

    def _put(self, entity: Entity) -> None:
        self.entities[entity.id] = entity

    def site(self, name: str, **fields: object) -> Builder:
        """A site; protected ones need an alias."""
        self._put(Site(id=identity("site", name), name=name, **fields))  # type: ignore[arg-type]  # as above
        return self

    def road(self, start: str, end: str, minutes: int) -> Builder:
        """Road minutes from one site to another."""
        self._put(Road(id=identity("road", start, end), from_id=site_id(start), to_id=site_id(end), minutes=minutes))
        return self

    def team(
        self, name: str, service: str = "Social care", site: str = "Town Hall", *, min_visits: int = 0,
        max_visits: int | None = None, max_per_day: int | None = None, **fields: object,
    ) -> Builder:  # fmt: skip
        """A team that takes part; its site is made where it is missing."""
        if site != "online" and site_id(site) not in self.entities:
            self.site(site)
        given = {"host": f"Manager of {name}", "host_email": f"{identity('mail', name)[:8]}@council.example", **fields}
        team_id = identity("team", name)
        self._put(Team(id=team_id, name=name, service=service, site_id=site_id(site), **given))  # type: ignore[arg-type]  # as above
        self._put(
            Offer(
                id=identity("offer", self.week.name, name), week_id=self.week.id, team_id=team_id,
                min_visits=min_visits, max_visits=max_visits, max_per_day=max_per_day,
            )
        )  # fmt: skip
        return self

    def slot(
        self, name: str, team: str, on: int = 0, start: str = "09:30", end: str = "11:00", **fields: object
    ) -> Builder:
        """A slot of a team (made where it is missing) on day `on` of the week."""
        if identity("team", team) not in self.entities:
            self.team(team)
        if isinstance(site := fields.get("site_id"), str):
            fields["site_id"] = site_id(site)
        self._put(
            Slot(
                id=slot_id(name), week_id=self.week.id, name=name, team_id=identity("team", team),
                day=day(on), start=time(start), end=time(end), **fields,  # type: ignore[arg-type]  # as above
            )
        )  # fmt: skip
        return self

    def visitor(
        self, name: str, *, min_visits: int = 0, max_visits: int | None = None, max_per_day: int | None = None,
        standby: bool = False, base: str | None = None, **fields: object,
    ) -> Builder:  # fmt: skip
        """A visitor who takes part, cleared for everything unless said otherwise."""
        given = {
            "email": f"{identity('mail', name)[:8]}@council.example", "clearance": Clearance.CONFIRMED,
            "base_id": None if base is None else site_id(base), **fields,
        }  # fmt: skip
        self._put(Person(id=person_id(name), name=name, **given))  # type: ignore[arg-type]  # as above
        self._put(
            Attendance(
                id=identity("attendance", self.week.name, name), week_id=self.week.id, person_id=person_id(name),
                min_visits=min_visits, max_visits=max_visits, max_per_day=max_per_day, standby=standby,
            )
        )  # fmt: skip
        return self

    def available(
        self, name: str, presence: Presence, on: int, start: str | None = None, end: str | None = None
    ) -> Builder:
        """An availability row; without times it is all day."""
        self._put(
            Availability(
                id=identity("availability", self.week.name, name, str(len(self.entities))), week_id=self.week.id,
                person_id=person_id(name), day=day(on), start=None if start is None else time(start),
                end=None if end is None else time(end), presence=presence,
            )
        )  # fmt: skip
        return self

    def wish(
        self, name: str, liking: Liking, *, team: str | None = None, service: str = "", reason: str = ""
    ) -> Builder:
        """A wish for a team or a service."""
        self._put(
            Wish(
                id=identity("wish", self.week.name, name, team or "", service), week_id=self.week.id,
                person_id=person_id(name), team_id=None if team is None else identity("team", team),
                service=service, liking=liking, reason=reason,
            )
        )  # fmt: skip
        return self

    def seen(self, name: str, team: str, on: dt.date | None = None) -> Builder:
        """A past visit."""
        self._put(
            PastVisit(
                id=identity("past", self.week.name, name, team), week_id=self.week.id, person_id=person_id(name),
                team_id=identity("team", team), team_name=team, day=on,
            )
        )  # fmt: skip
        return self

    def visit(self, name: str, slot: str, **fields: object) -> Builder:
        """A visit of a visitor in a slot, both already there."""
        self._put(
            Visit(
                id=visit_id(name, slot), week_id=self.week.id, person_id=person_id(name), slot_id=slot_id(slot),
                uid=visit_uid(self.week.name, name, slot, "council.example"), **fields,  # type: ignore[arg-type]  # as above
            )
        )  # fmt: skip
        return self

    def set_week(self, **fields: object) -> Builder:
        """Other settings of the week."""
        self.week = replace(self.week, **fields)  # type: ignore[arg-type]  # as above
        self._put(self.week)
        return self

    def plan(self) -> Plan:
        """The finished Plan."""
        return Plan.of(self.entities.values())

    def view(self) -> WeekView:
        """The finished week, joined up."""
        return view(self.plan(), self.week.id)


def site_id(name: str) -> str:
    """The id of a built site."""
    return ONLINE_ID if name == "online" else identity("site", name)


def person_id(name: str) -> str:
    """The id of a built visitor."""
    return identity("person", name)


def slot_id(name: str) -> str:
    """The id of a built slot."""
    return identity("slot", WEEK_NAME, name)


def visit_id(name: str, slot: str) -> str:
    """The id of a built visit."""
    return identity("visit", WEEK_NAME, name, slot)


def a_week(**week: object) -> Builder:
    """An empty week to build on."""
    return Builder(**week)
