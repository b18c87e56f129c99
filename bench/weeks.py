"""Seeded, made-up weeks at the sizes of PRODUCT.md, as realistic as a directorate: a town, hubs, wishes, diaries."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from app.models.change import Entity
from app.models.names import identity
from app.models.people import Attendance, Availability, Clearance, Kind, Liking, PastVisit, Person, Presence, Wish
from app.models.places import ONLINE_ID, SERVICES, Consent, Need, Offer, Road, Site, Slot, Team
from app.models.plan import Plan
from app.models.week import Week

MONDAY = dt.date(2027, 3, 22)


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a week is. `busy`: visitors want up to eight visits, four a day, as in the hardest weeks."""

    visitors: int
    teams: int
    slots: int
    sites: int
    busy: bool = False


SIZES: dict[str, Size] = {
    "small": Size(visitors=12, teams=25, slots=60, sites=12),
    "county": Size(visitors=40, teams=70, slots=250, sites=25),
    "largest": Size(visitors=150, teams=250, slots=1_000, sites=60),
    "region": Size(visitors=300, teams=500, slots=2_500, sites=100),
    "dense": Size(visitors=150, teams=250, slots=1_000, sites=60, busy=True),
}

_STARTS = (540, 555, 570, 585, 600, 630, 660, 780, 810, 840, 855, 870, 900, 930, 960)
_LENGTHS = (45, 60, 60, 90, 90, 120, 120)
_WISHES = (Liking.FIRST_CHOICE, Liking.LIKE, Liking.LIKE, Liking.RATHER_NOT, Liking.NEVER)


def week(size: str, seed: int) -> tuple[Plan, str]:
    """The week of that size and seed, and its id. The same size and seed give the same week."""
    return _Making(SIZES[size], f"{size}-{seed}").made()


class _Making:
    """A week being made up; every lot is drawn from the seed."""

    def __init__(self, size: Size, name: str) -> None:
        self._size = size
        self._lots = random.Random(name)
        self._name = f"Bench week {name}"
        self._week_id = identity("week", self._name)
        self._made: list[Entity] = []

    def made(self) -> tuple[Plan, str]:
        self._made.append(
            Week(
                id=self._week_id, name=self._name, first_day=MONDAY, last_day=MONDAY + dt.timedelta(days=4),
                organisation="Exampleshire County Council", organiser="Practice Week desk",
                organiser_email="practice.week@council.example",
            )
        )  # fmt: skip
        sites = self._sites()
        teams = self._teams(sites)
        self._slots(teams, sites)
        self._visitors(teams, sites)
        return Plan.of(self._made), self._week_id

    def _sites(self) -> list[str]:
        """Sites on a plane, roads as the crow flies at 40 km/h, so that road times keep the triangle inequality."""
        places = {}
        for number in range(self._size.sites):
            name = f"Site {number + 1:03d}"
            site_id = identity("site", name)
            self._made.append(Site(id=site_id, name=name, division=f"Division {number % 9 + 1}"))
            places[site_id] = (self._lots.gauss(0, 11), self._lots.gauss(0, 11))
        ids = list(places)
        for at, here in enumerate(ids):
            for there in ids[at + 1 :]:
                away = ((places[here][0] - places[there][0]) ** 2 + (places[here][1] - places[there][1]) ** 2) ** 0.5
                minutes = 5 * max(1, -int(-away * 1.5 // 5))
                self._made.append(Road(id=identity("road", here, there), from_id=here, to_id=there, minutes=minutes))
        return ids

    def _teams(self, sites: list[str]) -> list[Team]:
        teams = []
        for number in range(self._size.teams):
            name = f"Team {number + 1:03d}"
            team = Team(
                id=identity("team", name), name=name, service=SERVICES[number % len(SERVICES)],
                site_id=self._lots.choice(sites), host=f"Manager of {name}",
                host_email=f"team.{number + 1:03d}@council.example",
                clearance_needed=self._lots.choices(list(Need), weights=(5, 3, 1))[0],
            )  # fmt: skip
            teams.append(team)
            self._made.append(team)
            self._made.append(
                Offer(
                    id=identity("offer", self._name, name), week_id=self._week_id, team_id=team.id, min_visits=1,
                    max_visits=self._lots.choice((2, 3, 3, 4, 5)), max_per_day=self._lots.choice((1, 1, 2)),
                )
            )  # fmt: skip
        return teams

    def _slots(self, teams: list[Team], sites: list[str]) -> None:
        for number in range(self._size.slots):
            team = teams[number % len(teams)]
            start = self._lots.choice(_STARTS)
            end = min(start + self._lots.choice(_LENGTHS), 18 * 60)
            name = f"S{number + 1:04d}"
            self._made.append(
                Slot(
                    id=identity("slot", self._name, name), week_id=self._week_id, name=name, team_id=team.id,
                    day=MONDAY + dt.timedelta(days=self._lots.randrange(5)),
                    start=_clock(start), end=_clock(end), places=self._lots.choices((1, 2, 3), weights=(12, 3, 1))[0],
                    site_id=self._lots.choices(
                        (None, ONLINE_ID, self._lots.choice(sites)), weights=(18, 1, 1)
                    )[0],
                    consent=self._lots.choices(
                        (Consent.NOT_NEEDED, Consent.TO_ASK, Consent.GIVEN, Consent.REFUSED), weights=(14, 3, 3, 1)
                    )[0],
                )
            )  # fmt: skip

    def _visitors(self, teams: list[Team], sites: list[str]) -> None:
        for number in range(self._size.visitors):
            name = f"Visitor {number + 1:03d}"
            person_id = identity("person", name)
            least = self._lots.choice((1, 2, 2, 3)) if not self._size.busy else self._lots.choice((3, 4))
            most = least + self._lots.choice((0, 1, 1, 2)) if not self._size.busy else 8
            self._made.append(
                Person(
                    id=person_id, name=name, role="Visitor", kind=self._lots.choice(list(Kind)),
                    email=f"visitor.{number + 1:03d}@council.example", base_id=self._lots.choice((*sites, None)),
                    clearance=self._lots.choices(list(Clearance), weights=(1, 4, 4))[0],
                    division=f"Division {self._lots.randint(1, 9)}",
                )
            )  # fmt: skip
            self._made.append(
                Attendance(
                    id=identity("attendance", self._name, name), week_id=self._week_id, person_id=person_id,
                    min_visits=least, max_visits=most, standby=self._lots.random() < 0.03,
                    max_per_day=4 if self._size.busy else self._lots.choice((1, 2, 2)),
                )
            )  # fmt: skip
            self._diary(person_id)
            self._wants(person_id, teams)

    def _diary(self, person_id: str) -> None:
        for number in range(5):
            lot = self._lots.random()
            if lot > 0.6:
                continue
            start, end = self._lots.choice(((480, 750), (780, 1200), (480, 1200), (540, 660), (840, 960)))
            self._made.append(
                Availability(
                    id=identity("availability", self._name, person_id, str(number)), week_id=self._week_id,
                    person_id=person_id, day=MONDAY + dt.timedelta(days=number), start=_clock(start), end=_clock(end),
                    presence=Presence.BUSY if lot < 0.48 else Presence.RATHER_NOT,
                )
            )  # fmt: skip

    def _wants(self, person_id: str, teams: list[Team]) -> None:
        for team in self._lots.sample(teams, self._lots.randint(0, 4)):
            self._made.append(self._wish(person_id, team_id=team.id))
        if self._lots.random() < 0.5:
            self._made.append(self._wish(person_id, service=self._lots.choice(SERVICES)))
        for team in self._lots.sample(teams, self._lots.choice((0, 0, 1, 2))):
            self._made.append(
                PastVisit(
                    id=identity("past", self._name, person_id, team.id), week_id=self._week_id, person_id=person_id,
                    team_id=team.id, team_name=team.name, day=MONDAY - dt.timedelta(days=180),
                )
            )  # fmt: skip

    def _wish(self, person_id: str, *, team_id: str | None = None, service: str = "") -> Wish:
        return Wish(
            id=identity("wish", self._name, person_id, team_id or "", service), week_id=self._week_id,
            person_id=person_id, team_id=team_id, service=service, liking=self._lots.choice(_WISHES),
        )  # fmt: skip


def _clock(minutes: int) -> dt.time:
    return dt.time(minutes // 60, minutes % 60)
