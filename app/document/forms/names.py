"""Whom and what a form speaks of: people, teams and sites found by id, e-mail or name; what is merely near is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar, cast

from rapidfuzz import fuzz, process

from app.exchange.safe import Safe
from app.models.change import TABLE_OF, Entity
from app.models.names import bare_name, fold
from app.models.people import Attendance, Availability, Person, Wish
from app.models.places import ONLINE_ID, SERVICES, Offer, Site, Slot, Team
from app.models.plan import Plan
from app.models.view import view
from app.models.week import Week

NEAR, ALIKE = 80, 85
_NAMED = 3
_ONLINE = frozenset({"online", "teams", "ms teams", "microsoft teams", "virtual", "virtually", "zoom", "remote"})
_WORDS = re.compile(r"[^\W_]+")

Choice = tuple[str, str]
E_ = TypeVar("E_", bound=Entity)


@dataclass(slots=True)
class Known:
    """Everything of a week that has a name, and what the rows before would bring."""

    plan: Plan
    week: Week
    people: dict[str, Person] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    attendances: dict[str, Attendance] = field(default_factory=dict)
    """By person."""
    offers: dict[str, Offer] = field(default_factory=dict)
    """By team."""
    times: dict[str, list[Availability]] = field(default_factory=dict)
    """By person, those of a diary left out."""
    wishes: dict[str, list[Wish]] = field(default_factory=dict)
    """By person."""
    safe: Safe | None = None
    slot_names: set[str] = field(default_factory=set)
    last_name: str = "F-000"
    """The last name that was given to a slot."""
    _teams_named: dict[str, str] = field(default_factory=dict)
    """Teams by their folded names, and by those that others may read."""
    _sites_named: dict[str, str] = field(default_factory=dict)
    _services: dict[str, str] = field(default_factory=lambda: {fold(one): one for one in SERVICES})
    _by_alphabet: list[Choice] = field(default_factory=list)
    _bare: dict[str, list[str]] = field(default_factory=dict)
    _mails: dict[str, list[str]] = field(default_factory=dict)
    _near: dict[str, list[Choice]] = field(default_factory=dict)
    _slots_of: dict[str, list[str]] = field(default_factory=dict)
    _brought: dict[str, Entity] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, week_id: str) -> Known:
        """What a Plan knows of that week."""
        known = cls(plan, plan.weeks[week_id])
        for person in plan.people.values():
            known._person(person)
        week = view(plan, week_id)
        known.safe = Safe.of(week)
        known._teams_named = {fold(known.safe.team_name(team)): team.id for team in week.teams.values()}
        for table in (plan.teams, plan.sites):
            for named in cast("dict[str, Team | Site]", table).values():
                known._file(named)
        for rows in (plan.slots, plan.attendances, plan.offers):
            for entity in cast("dict[str, Slot | Attendance | Offer]", rows).values():
                if entity.week_id == week_id:
                    known._file(entity)
        for row in plan.availability.values():
            if row.week_id == week_id and not row.from_diary:
                known.times.setdefault(row.person_id, []).append(row)
        for wish in plan.wishes.values():
            if wish.week_id == week_id:
                known.wishes.setdefault(wish.person_id, []).append(wish)
        return known

    def bring(self, entities: Iterable[Entity]) -> None:
        """Know what a row would put, so that later rows find it and go on from there."""
        for entity in entities:
            self._brought[entity.id] = entity
            self._file(entity)

    def latest(self, entity: E_) -> E_:
        """The entity as the rows before would leave it."""
        return cast("E_", self._brought.get(entity.id, entity))

    def has(self, entity: Entity) -> bool:
        """Whether the week, or a row before, has exactly this."""
        known = self._brought.get(entity.id) or self.plan.table(TABLE_OF[type(entity)]).get(entity.id)
        return known == entity

    def _file(self, entity: Entity) -> None:
        match entity:
            case Person():
                self._person(entity)
            case Team():
                self.teams[entity.id] = entity
                self._by_alphabet.clear()
                self._teams_named[fold(entity.name)] = entity.id
                if entity.service:
                    self._services[_folded(entity.service)] = entity.service
            case Site():
                self.sites[entity.id] = entity
                if entity.alias:
                    self._sites_named.setdefault(fold(entity.alias), entity.id)
                self._sites_named[fold(entity.name)] = entity.id
            case Attendance():
                self.attendances[entity.person_id] = entity
            case Offer():
                self.offers[entity.team_id] = entity
            case Slot():
                if entity.id not in self.slots:
                    self._slots_of.setdefault(entity.team_id, []).append(entity.id)
                self.slots[entity.id] = entity
                self.slot_names.add(fold(entity.name))
            case _:
                pass

    # People

    def _person(self, person: Person) -> None:
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
        """The people of that very name, titles and accents aside."""
        ids = self._bare.get(bare_name(name), [])
        same = [self.people[one] for one in ids if fold(self.people[one].name) == fold(name)]
        return same or [self.people[one] for one in ids]

    def near_people(self, name: str) -> list[Choice]:
        """People whose names are like it, the most alike first: a slip, an initial, a short form, a married name."""
        bare = bare_name(name)
        if bare not in self._near:
            alike = process.extract(
                bare, list(self._bare), scorer=fuzz.token_sort_ratio, limit=_NAMED, score_cutoff=NEAR
            )
            names = [known for known, _, _ in alike]
            names += [known for known in self._bare if known not in names and _same_person(bare, known)][:_NAMED]
            self._near[bare] = [(one, self.people[one].name) for known in names for one in self._bare[known]]
        return self._near[bare]

    # Teams, services, sites, slots

    def team(self, name: str) -> Team | None:
        """The team of that name."""
        return self.teams.get(self._teams_named.get(fold(name), ""))

    def near_teams(self, name: str) -> list[Choice]:
        """Teams whose names are like it."""
        return _near(name, [(one.id, one.name) for one in self.teams.values()])

    def teams_for(self, name: str, *besides: Choice) -> tuple[Choice, ...]:
        """Every team to choose from: those with names like it, other answers, all others by the alphabet."""
        near = self.near_teams(name)
        if not self._by_alphabet:
            self._by_alphabet = sorted(
                ((one.id, one.name) for one in self.teams.values()), key=lambda one: fold(one[1])
            )
        return (*near, *besides, *(one for one in self._by_alphabet if one not in near))

    def people_for(self, name: str, *besides: Choice) -> tuple[Choice, ...]:
        """Everybody to choose from, as `teams_for`."""
        near = self.near_people(name)
        others = sorted(((one.id, one.name) for one in self.people.values()), key=lambda one: fold(one[1]))
        return (*near, *besides, *(one for one in others if one not in near))

    def service(self, name: str) -> str:
        """The service in its own spelling; blank where there is none of that name."""
        return self._services.get(fold(name), "")

    def near_services(self, name: str) -> list[Choice]:
        """Services whose names are like it; each is its own answer."""
        return _near(name, [(one, one) for one in self._services.values()])

    def site_id(self, name: str) -> str | None:
        """The id of the site of that name or alias, in the words for a visit by computer too."""
        return ONLINE_ID if fold(name) in _ONLINE else self._sites_named.get(fold(name))

    def near_sites(self, name: str) -> list[Choice]:
        """Sites whose names are like it."""
        return _near(name, [(one.id, one.name) for one in self.sites.values()])

    def slots_of(self, team: Team) -> Sequence[Slot]:
        """The slots that a team offers in the week."""
        return [self.slots[one] for one in self._slots_of.get(team.id, ())]


def alike(one: str, other: str) -> int:
    """How alike two people's names are, 0 to 100."""
    return round(fuzz.token_sort_ratio(bare_name(one), bare_name(other)))


def team_alike(one: str, other: str) -> bool:
    """Whether two names may well mean one team."""
    return bool(_near(one, [("", other)]))


def _same_person(one: str, other: str) -> bool:
    """Whether two bare names may be one person's: a surname in common, or one name within the other."""
    mine, theirs = _in_order(one), _in_order(other)
    if not mine or not theirs:
        return False
    if len(mine) == 1 or len(theirs) == 1:
        return bool(set(mine) & set(theirs))
    first = mine[0][0] == theirs[0][0] or mine[0] in theirs or theirs[0] in mine
    return mine[-1] == theirs[-1] or (first and (mine[-1] in theirs or theirs[-1] in mine))


@lru_cache(maxsize=20_000)
def _in_order(name: str) -> list[str]:
    return _WORDS.findall(name)


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    return fold(name)


@lru_cache(maxsize=20_000)
def _initials(name: str) -> str:
    """`mash` of "Multi-Agency Safeguarding Hub"."""
    return "".join(word[0] for word in _WORDS.findall(fold(name)))


@lru_cache(maxsize=20_000)
def _words(name: str) -> frozenset[str]:
    return frozenset(_WORDS.findall(fold(name)))


def _near(name: str, known: list[Choice]) -> list[Choice]:
    """What is like it, or has it within, or lies within it, word for word."""
    wanted, words = _folded(name), _words(name)
    inside = [
        one for one in known
        if len(wanted) > 2 and (
            wanted in _folded(one[1]) or words.issuperset(_words(one[1])) or wanted == _initials(one[1])
        )
    ]  # fmt: skip
    found = process.extract(
        wanted, [_folded(text) for _, text in known], scorer=fuzz.token_sort_ratio, limit=_NAMED, score_cutoff=75
    )
    return list(dict.fromkeys([*inside[:_NAMED], *(known[place] for _, _, place in found)]))[:_NAMED]
