"""Whose file it is: the folders under `invites/`, `drafts/`, `pages/` and `packs/`, and whom a file there may name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.exchange.calendar.files import Names
from app.exchange.calendar.said import Said
from app.exchange.safe import Safe, clean_line
from app.exchange.wording import entries, name_forms, phrased
from app.models.publication import Recipient
from app.models.view import WeekView

_FOLDERS = {
    "visitors": Recipient.VISITOR,
    "reflections": Recipient.VISITOR,
    "hosts": Recipient.HOST,
    "teams": Recipient.HOST,
}
_LIST = re.compile(r"\s*(?:[,;/&+\n]|\band\b)\s*", re.IGNORECASE)
_SMALL_OR_BRACKET = re.compile(r"(?:^|\s)[a-z]|[()\[\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose file it is.

    `people` are those whom it is about. `phrases` are whole names and titles (`phrased`) that may stand in it
    though somebody else's name be a part of them, the longest first. For names of one word: `words` are all words
    of its visits' names, titles and places in one line, `entries` what stands by itself there. `needs` are the
    needs that it may tell.
    """

    people: frozenset[str]
    hosts: bool
    phrases: tuple[str, ...]
    words: str
    entries: frozenset[str]
    needs: str


class _Told:
    """What one owner is told anyway, as it is gathered."""

    def __init__(self) -> None:
        self.people: set[str] = set()
        self.persons: list[str] = []
        """Hosts and deputies, as they are entered."""
        self.teams: list[str] = []
        self.places: list[str] = []

    def owner(self, view: WeekView, others: Sequence[str], *, hosts: bool) -> Owner:
        """The owner of whom this is told; `others` are the names of everybody, to know whose are parts of these."""
        week = view.week
        titles, roles = [week.organiser, week.organisation, week.name], list[str]()
        for one in self.people:
            person = view.plan.people[one]
            titles += (person.name, person.assistant)
            roles += (person.role, person.organisation)
        phrases = {phrased(title) for title in titles}
        phrases |= {phrased(role) for role in roles if _person(role, others)}
        pieces = [piece for text in self.persons for piece in _pieces(text, others) if piece]
        phrases |= {phrased(piece) for piece in pieces if _person(piece, others)}
        phrases |= {phrased(name) for name in self.teams if _team(name, others)}
        told = (*titles, *roles, *self.persons, *self.teams, *self.places)
        needs = (view.plan.people[one].needs for one in self.people)
        return Owner(
            people=frozenset(self.people),
            hosts=hosts,
            phrases=tuple(sorted((one for one in phrases if one.strip()), key=lambda one: (-len(one), one))),
            words=joined(told),
            entries=frozenset(entry for text in told for entry in entries(text)),
            needs=joined(needs) if hosts else "",
        )


def joined(texts: Iterable[str]) -> str:
    """Texts as one folded line of words, parted so that no phrase runs over two of them."""
    return "".join(f"{phrased(text)}|" for text in texts)


def owner_key(path: str) -> tuple[Recipient, str] | None:
    """The recipient's folder that a file lies in; None for a file of the desk's own."""
    parts = path.split("/")
    if len(parts) < 3 or parts[1] not in _FOLDERS:
        return None
    folder = parts[2].rpartition(".")[0] if len(parts) == 3 else parts[2]
    return _FOLDERS[parts[1]], folder.casefold()


def owners(view: WeekView) -> dict[tuple[Recipient, str], Owner]:
    """The owner of each recipient's folder, by part and case-folded name of the folder."""
    names = Names(view)
    safe = Safe.of(view)
    of_person: dict[str, _Told] = defaultdict(_Told)
    of_team: dict[str, _Told] = defaultdict(_Told)
    for visit in view.visits:
        slot = view.slots[visit.slot_id]
        for told in (of_person[visit.person_id], of_team[safe.team_name(slot.team)]):
            told.people.add(visit.person_id)
            told.persons += (slot.host, slot.team.team.deputy)
            told.teams += (slot.team.name, safe.team_name(slot.team))
            told.places += (slot.team.service, safe.place_line(slot.site), slot.name)
    by_name: dict[str, str] = {clean_line(visitor.name): visitor.id for visitor in view.visitors.values()}
    for line in view.plan.issued.values():
        before = Said.of(line)
        if line.recipient is Recipient.HOST:
            told = of_team[before.folder]
            if before.about in by_name:
                told.people.add(by_name[before.about])
            told.persons.append(line.name)
        elif line.name in by_name:
            of_person[by_name[line.name]].teams.append(before.about)
    others = sorted(
        {form for person in view.plan.people.values() if " " in person.name.strip() for form in name_forms(person.name)}
    )
    found: dict[tuple[Recipient, str], Owner] = {}
    for visitor in view.visitors.values():
        told = of_person[visitor.id]
        told.people.add(visitor.id)
        folder = _last(names.folder(Recipient.VISITOR, clean_line(visitor.name)))
        found[Recipient.VISITOR, folder] = told.owner(view, others, hosts=False)
    for team in view.teams.values():
        name = safe.team_name(team)
        told = of_team[name]
        told.persons += (team.team.host, team.team.deputy)
        told.teams += (name, team.name)
        found[Recipient.HOST, _last(names.folder(Recipient.HOST, name))] = told.owner(view, others, hosts=True)
    return found


def _pieces(text: str, others: Sequence[str]) -> Sequence[str]:
    """The text, and the persons that it lists; a comma between somebody's surname and first name makes no list."""
    line = phrased(text)
    return (text,) if any(" , " in one and one in line for one in others) else (text, *_LIST.split(text))


def _person(text: str, others: Sequence[str]) -> bool:
    """Whether this is the name of a host, or a role, and no sentence in which somebody else is named."""
    name = phrased(text)
    return not any(one in name and one != name for one in others) or not _SMALL_OR_BRACKET.search(text)


def _team(text: str, others: Sequence[str]) -> bool:
    """Whether this team's name names nobody else, or is called after them: "Ann Other's team"."""
    name = phrased(text)
    return not any(one in name and one != name and f"{one}s " not in name for one in others)


def _last(path: str) -> str:
    return path.rpartition("/")[2].casefold()
