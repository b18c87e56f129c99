"""Whom and what a form speaks of: people, teams and sites found by id, e-mail or name; what is merely near is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from rapidfuzz import fuzz, process

from app.exchange.forms.spoken import bare_name
from app.exchange.safe import Safe
from app.models.names import fold
from app.models.people import Person
from app.models.places import ONLINE_ID, SERVICES, Site, Team
from app.models.plan import Plan
from app.models.view import view

NEAR, ALIKE = 80, 75
_NAMED = 3
_ONLINE = frozenset({"online", "teams", "ms teams", "microsoft teams", "virtual", "virtually", "zoom", "remote"})

Choice = tuple[str, str]
T = TypeVar("T", Team, Site)


@dataclass(slots=True)
class Known:
    """Everything that has a name, what earlier rows bring among it."""

    plan: Plan
    week_id: str
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    safe: Safe | None = None
    shown: dict[str, str] = field(default_factory=dict)
    """Teams by the folded names that others may read."""
    slot_names: set[str] = field(default_factory=set)
    _bare: dict[str, list[str]] = field(default_factory=dict)
    _mails: dict[str, list[str]] = field(default_factory=dict)
    _near: dict[str, list[Choice]] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, week_id: str) -> Known:
        """What a Plan knows."""
        known = cls(plan, week_id)
        for person in plan.people.values():
            known.add_person(person)
        known.teams |= plan.teams
        week = view(plan, week_id)
        known.safe = Safe.of(week)
        known.shown = {fold(known.safe.team_name(team)): team.id for team in week.teams.values()}
        known.sites |= plan.sites
        return known

    # People

    def add_person(self, person: Person) -> None:
        """Know one more."""
        if person.id not in self.people:
            self._bare.setdefault(bare_name(person.name), []).append(person.id)
            self._near.clear()
        if person.email and person.id not in self._mails.setdefault(fold(person.email), []):
            self._mails[fold(person.email)].append(person.id)
        self.people[person.id] = person

    def by_mail(self, email: str) -> Person | None:
        """The one person of that address."""
        found = self._mails.get(fold(email), []) if email else []
        return self.people[found[0]] if len(found) == 1 else None

    def by_name(self, name: str) -> list[Person]:
        """The people of that very name, titles aside."""
        exact = [one for one in self.people.values() if fold(one.name) == fold(name)] if len(self.people) < 3 else []
        ids = self._bare.get(bare_name(name), [])
        same = [self.people[one] for one in ids if fold(self.people[one].name) == fold(name)]
        return exact or same or [self.people[one] for one in ids]

    def near_people(self, name: str) -> list[Choice]:
        """People whose names are like it, the most alike first."""
        bare = bare_name(name)
        if bare not in self._near:
            found = process.extract(
                bare, list(self._bare), scorer=fuzz.token_sort_ratio, limit=_NAMED, score_cutoff=NEAR
            )
            self._near[bare] = [
                (one, self.people[one].name) for known, _, _ in found for one in self._bare[known]
            ]  # fmt: skip
        return self._near[bare]

    # Teams, services, sites

    def team(self, name: str) -> Team | None:
        """The team of that name."""
        return _named(name, self.teams.values()) or self.teams.get(self.shown.get(fold(name), ""))

    def near_teams(self, name: str) -> list[Choice]:
        """Teams whose names are like it."""
        return _near(name, [(one.id, one.name) for one in self.teams.values()])

    def service(self, name: str) -> str:
        """The service in its own spelling; blank where there is none of that name."""
        known = {fold(one): one for one in (*SERVICES, *(team.service for team in self.teams.values()))}
        return known.get(fold(name), "")

    def site_id(self, name: str) -> str | None:
        """The id of the site of that name, in the words for a visit by computer too."""
        if fold(name) in _ONLINE:
            return ONLINE_ID
        found = _named(name, self.sites.values()) or next(
            (one for one in self.sites.values() if one.alias and fold(one.alias) == fold(name)), None
        )
        return found.id if found else None

    def near_sites(self, name: str) -> list[Choice]:
        """Sites whose names are like it."""
        return _near(name, [(one.id, one.name) for one in self.sites.values()])


def alike(one: str, other: str) -> int:
    """How alike two people's names are, 0 to 100."""
    return round(fuzz.token_sort_ratio(bare_name(one), bare_name(other)))


def _named(name: str, known: Iterable[T]) -> T | None:
    wanted = fold(name)
    return next((one for one in known if fold(one.name) == wanted), None)


def _near(name: str, known: list[Choice]) -> list[Choice]:
    """What is like it, or has it within."""
    wanted = fold(name)
    inside = [one for one in known if len(wanted) > 3 and wanted in fold(one[1])]
    found = process.extract(
        wanted, [fold(text) for _, text in known], scorer=fuzz.token_sort_ratio, limit=_NAMED, score_cutoff=ALIKE
    )
    return list(dict.fromkeys([*inside[:_NAMED], *(known[place] for _, _, place in found)]))[:_NAMED]
