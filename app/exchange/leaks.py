"""The leak check: what a set of finished files would give away, and to whom.

Files are built from permitted rows alone; this reads the finished bytes again and believes nothing. It cannot be
skipped: whatever writes for others calls `refuse_leaks` first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.engine.check import problems
from app.errors import Refused
from app.exchange.calendar.files import Names
from app.exchange.calendar.said import Said
from app.exchange.childdata import child_data
from app.exchange.plaintext import hidden_parts, texts
from app.exchange.safe import Safe, clean_line
from app.models.leaks import Leak, LeakKind
from app.models.names import fold
from app.models.people import Clearance, Kind
from app.models.places import Consent, Need
from app.models.publication import Recipient
from app.models.view import WeekView
from app.models.visits import VisitStatus
from app.words.problems import warning_text

_WORD = re.compile(r"\w+")
_OWN_WORDS = (Kind, Clearance, Need, Consent, VisitStatus)
_FOLDERS = {"visitors": Recipient.VISITOR, "hosts": Recipient.HOST, "teams": Recipient.HOST}


def refuse_leaks(view: WeekView, files: Mapping[str, bytes], drawn: Mapping[str, str] | None = None) -> None:
    """Refuse to let these files go where they would give something away.

    `drawn` is the text of files whose own cannot be read (PDF pages), by path. Raises Refused("leak", leaks=…).
    """
    found = [*text_leaks(view), *file_leaks(view, files, drawn)]
    if found:
        raise Refused("leak", leaks=tuple(found))


def text_leaks(view: WeekView) -> tuple[Leak, ...]:
    """Free texts of the week that go out and may hold a child's data."""
    safe = Safe.of(view)
    known = {site.postcode.replace(" ", "").upper() for site in view.plan.sites.values() if not site.protected}
    found: list[Leak] = []
    for where, text in _free_texts(view):
        for kind, words in child_data(safe.text(text), today=view.week.first_day, known_postcodes=known):
            found.append(Leak(kind=kind, path="", where=where, found=words))
    return tuple(found)


def _free_texts(view: WeekView) -> Iterator[tuple[str, str]]:
    week = view.week
    yield "Week: Dress", week.dress
    yield "Week: Confidentiality note", week.confidentiality_note
    for slot in view.slots.values():
        yield f"Slots: {slot.name}: Activity", slot.slot.activity
        yield f"Slots: {slot.name}: Purpose", slot.slot.purpose
        yield f"Slots: {slot.name}: Host", slot.slot.host
    for team in view.teams.values():
        yield f"Teams: {team.name}: Team", team.name
        yield f"Teams: {team.name}: Notes", team.team.notes
        yield f"Teams: {team.name}: Host", team.team.host
        yield f"Teams: {team.name}: Deputy", team.team.deputy
    for site in {slot.site.id: slot.site for slot in view.slots.values()}.values():
        yield f"Sites: {site.shown_as}: Arrival notes", site.arrival_notes
        yield f"Sites: {site.shown_as}: Parking", site.parking
    for visitor in view.visitors.values():
        yield f"Visitors: {visitor.name}: Needs", visitor.person.needs
        yield f"Visitors: {visitor.name}: Role", visitor.person.role
        yield f"Visitors: {visitor.name}: Organisation", visitor.person.organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class _Owner:
    """Whose file it is: who may be named in it, its legitimate words, and the needs that it may tell (folded)."""

    people: frozenset[str]
    hosts: bool
    words: str
    needs: str


class _Phrases:
    """Phrases of several words to be found in long texts in one pass, each with everybody whom it concerns."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for text, owner in phrases:
            owners[tuple(_WORD.findall(fold(text)))].add(owner)
        self._by_first: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(list)
        for words, people in owners.items():
            if words:
                self._by_first[words[0]].append((words, frozenset(people)))

    def found(self, text: str) -> Iterator[tuple[str, frozenset[str]]]:
        """Each phrase in the text, and whom it concerns."""
        words = _WORD.findall(text.casefold())
        for place, word in enumerate(words):
            for phrase, people in self._by_first.get(word, ()):
                if tuple(words[place : place + len(phrase)]) == phrase:
                    yield " ".join(phrase), people


def file_leaks(view: WeekView, files: Mapping[str, bytes], drawn: Mapping[str, str] | None = None) -> tuple[Leak, ...]:
    """What the finished files give away that nobody released."""
    check = _Check(view)
    found: list[Leak] = []
    for path, data in files.items():
        found += check.file(path, data, (drawn or {}).get(path, ""))
    return tuple(dict.fromkeys(found))


class _Check:
    """One week's secrets, ready to be looked for in many files."""

    def __init__(self, view: WeekView) -> None:
        self._view = view
        self._safe = Safe.of(view)
        self._owners = _owners(view)
        said = _said_anyway(view)
        people = view.plan.people.values()
        self._names = _Phrases((person.name, person.id) for person in people if _telling(person.name, 1))
        self._needs = _Phrases(
            (person.needs, person.id) for person in people if _telling(person.needs, 2) and not _in(person.needs, said)
        )
        self._reasons = _Phrases(
            (wish.reason, wish.person_id)
            for wish in view.plan.wishes.values()
            if _telling(wish.reason, 2) and not _in(wish.reason, said)
        )

    def file(self, path: str, data: bytes, drawn: str) -> Iterator[Leak]:
        """The leaks of one file."""
        owner = self._owner(path)
        safe = self._safe
        if owner is not None and not owner.hosts and path.startswith(("pages/", "packs/")):
            # The PA may have released a place for this one visitor's own itinerary.
            [person_id] = owner.people
            safe = Safe.for_itinerary(self._view, person_id)
        parts = [("file name", path), *texts(path, data)]
        if drawn:
            parts.append(("text", drawn))
        whole = "\n".join(text for _, text in parts)
        if not any((*safe.found(whole), *self._private(path, "", whole, owner))):
            parts = []  # most files hold nothing to look at more closely
        for where, text in parts:
            for form in safe.found(text):
                yield Leak(
                    kind=LeakKind.PROTECTED_PLACE, path=path, where=where,
                    found=text[form.start : form.end], site_id=form.form.site_id,
                )  # fmt: skip
            yield from self._private(path, where, text, owner)
        for where, what in hidden_parts(path, data):
            yield Leak(kind=LeakKind.HIDDEN_PART, path=path, where=where, found=what)

    def _private(self, path: str, where: str, text: str, owner: _Owner | None) -> Iterator[Leak]:
        for words, people in self._reasons.found(text):
            yield Leak(kind=LeakKind.WISH_REASON, path=path, where=where, found=words, person_id=min(people))
        for words, people in self._needs.found(text):
            if owner is None or not owner.hosts or not (people & owner.people or _in(words, owner.needs)):
                yield Leak(kind=LeakKind.NEEDS, path=path, where=where, found=words, person_id=min(people))
        if owner is None:
            return
        for words, people in self._names.found(text):
            if not (people & owner.people or _in(words, owner.words)):
                yield Leak(kind=LeakKind.OTHER_VISITOR, path=path, where=where, found=words, person_id=min(people))

    def _owner(self, path: str) -> _Owner | None:
        parts = path.split("/")
        if len(parts) < 3 or parts[1] not in _FOLDERS:
            return None
        folder = parts[2].rpartition(".")[0] if len(parts) == 3 else parts[2]
        return self._owners.get((_FOLDERS[parts[1]], folder.casefold()))


def _telling(text: str, words: int) -> bool:
    """Whether finding this text says anything: so many words, and eight letters (four for a single name)."""
    found = _WORD.findall(fold(text))
    return len(found) >= words and sum(map(len, found)) >= (8 if words > 1 else 4)


def _in(text: str, words: str) -> bool:
    return f" {' '.join(_WORD.findall(fold(text)))} " in words


def _flat(texts_: Iterable[str]) -> str:
    """Texts as one folded line of words, spaced so that whole words are found."""
    return "".join(f" {' '.join(_WORD.findall(fold(text)))} |" for text in texts_)


def _said_anyway(view: WeekView) -> str:
    """Words that go out for other reasons: a wish's reason or a need of the same words is no secret."""
    week = view.week
    said: list[str] = [week.name, week.organisation, week.organiser, week.dress, week.confidentiality_note]
    said += (word.value for words in _OWN_WORDS for word in words)
    said += (warning_text(view, warned) for warned in problems(view, today=dt.date.max).warnings)
    for slot in view.slots.values():
        said += (slot.slot.activity, slot.slot.purpose, slot.host, slot.name)
    for team in view.teams.values():
        said += (team.name, team.service, team.team.host, team.team.deputy, team.team.line, team.team.notes)
    for visitor in view.visitors.values():
        said += (visitor.name, visitor.person.role, visitor.person.organisation)
    for site in view.plan.sites.values():
        said += (site.shown_as, site.address, site.arrival_notes, site.parking)
    return _flat(said)


def _owners(view: WeekView) -> dict[tuple[Recipient, str], _Owner]:
    """The owner of each folder under `visitors/` and `hosts/`, by part and case-folded name of the folder."""
    names = Names(view)
    safe = Safe.of(view)
    week = view.week
    common = [week.organiser, week.organisation, week.name]
    of_person: dict[str, list[str]] = defaultdict(list)
    of_team: dict[str, tuple[set[str], list[str]]] = defaultdict(lambda: (set(), []))
    for visit in view.visits:
        slot = view.slots[visit.slot_id]
        told = [slot.host, slot.team.team.deputy, slot.team.name]
        of_person[visit.person_id] += told
        people, said = of_team[safe.team_name(slot.team)]
        people.add(visit.person_id)
        said += (*told, *_about(view, visit.person_id))
    by_name: dict[str, str] = {clean_line(visitor.name): visitor.id for visitor in view.visitors.values()}
    for line in view.plan.issued.values():
        told_before = Said.decoded(line.said)
        if line.recipient is Recipient.HOST:
            people, said = of_team[told_before.folder]
            if told_before.about in by_name:
                people.add(by_name[told_before.about])
            said.append(line.name)
        elif line.name in by_name:
            of_person[by_name[line.name]].append(told_before.about)
    found: dict[tuple[Recipient, str], _Owner] = {}
    for visitor in view.visitors.values():
        folder = _last(names.folder(Recipient.VISITOR, clean_line(visitor.name)))
        words = _flat([*common, *_about(view, visitor.id), *of_person[visitor.id]])
        found[Recipient.VISITOR, folder] = _Owner(people=frozenset({visitor.id}), hosts=False, words=words, needs="")
    for team in view.teams.values():
        name = safe.team_name(team)
        people, said = of_team[name]
        words = _flat([*common, *said, team.team.host, team.team.deputy, name])
        found[Recipient.HOST, _last(names.folder(Recipient.HOST, name))] = _Owner(
            people=frozenset(people),
            hosts=True,
            words=words,
            needs=_flat(view.plan.people[person_id].needs for person_id in people),
        )
    return found


def _about(view: WeekView, person_id: str) -> Sequence[str]:
    person = view.plan.people[person_id]
    return (person.name, person.role, person.organisation, person.assistant)


def _last(path: str) -> str:
    return path.rpartition("/")[2].casefold()
