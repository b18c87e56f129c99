"""The leak check: what a set of finished files would give away, and to whom.

Files are built from permitted rows alone; this reads the finished bytes again and believes nothing. It cannot be
skipped: whatever writes for others calls `refuse_leaks` first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.engine.check import problems
from app.errors import Refused
from app.exchange.childdata import child_data
from app.exchange.onewordnames import OneWordNames
from app.exchange.owners import Owner, owner_key, owners
from app.exchange.plaintext import contents
from app.exchange.safe import POSTCODE, Found, Safe, clean
from app.exchange.weektexts import WeekText, free_texts, week_texts
from app.exchange.wording import ORDINARY, flat, name_forms, phrased, words_of
from app.models.leaks import Leak, LeakKind
from app.models.people import Clearance, Kind, Liking, Wish
from app.models.places import Consent, Need
from app.models.progress import Part, Watch, unwatched, watched
from app.models.view import WeekView
from app.models.visits import VisitStatus
from app.words.problems import warning_text

_OWN_WORDS = (Kind, Clearance, Need, Consent, VisitStatus)
_READ_BACK = frozenset({LeakKind.NEEDS, LeakKind.PROTECTED_PLACE})
_E_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_FEW = 5
"""Words that a wish and an offer, or a need and a place, may share by chance; more were copied."""
_WANTED = (Liking.FIRST_CHOICE, Liking.LIKE)


def refuse_leaks(view: WeekView, files: Mapping[str, bytes], drawn: Mapping[str, str] | None = None) -> None:
    """Refuse to let these files go where they would give something away. As `checked`."""
    checked(view, files.items(), drawn, total=len(files))


def checked(
    view: WeekView,
    files: Iterable[tuple[str, bytes]],
    drawn: Mapping[str, str] | None = None,
    *,
    total: int,
    watch: Watch = unwatched,
) -> dict[str, bytes]:
    """The files (`total` of them, by path), once not one of them gives anything away.

    They may still be in the making while the first ones are read. `drawn` is the text of those whose own cannot be
    read (PDF pages), by path. Raises Refused("leak", leaks=…) with the leaks of all.
    """
    found = list(text_leaks(view))
    check = _Check(view)
    made: dict[str, bytes] = {}
    for path, data in watched(files, Part.CHECK, total, watch):
        found += check.file(path, data, (drawn or {}).get(path, ""))
        made[path] = data
    if found:
        raise Refused("leak", leaks=tuple(dict.fromkeys(found)))
    return made


def refuse_forms(view: WeekView, files: Mapping[str, bytes]) -> None:
    """As `refuse_leaks`, for forms and reminders: in them people read their own needs and addresses back."""
    found = [*text_leaks(view), *(leak for leak in file_leaks(view, files) if leak.kind not in _READ_BACK)]
    safe = Safe.of(view)
    for path, data in files.items():
        for where, text in (("file name", path), *contents(path, data).texts):
            plain = _E_MAIL.sub(" ", text)
            found += (
                Leak(
                    kind=LeakKind.PROTECTED_PLACE, path=path, where=where, found=plain[one.start : one.end],
                    site_id=one.form.site_id,
                )
                for one in safe.found(plain)
            )  # fmt: skip
    if found:
        raise Refused("leak", leaks=tuple(dict.fromkeys(found)))


def text_leaks(view: WeekView) -> tuple[Leak, ...]:
    """Free texts of the week that go out and may hold a child's data."""
    safe = Safe.of(view)
    public = [site for site in view.plan.sites.values() if not site.protected]
    known = frozenset(
        _code(code) for site in public for code in (site.postcode, *POSTCODE.findall(clean(site.address)))
    )
    found: list[Leak] = []
    for text in free_texts(view):
        allowed = known
        if text.own_place:  # a site's car park, or where to turn off, may have a postcode of its own
            allowed = known | {_code(code) for code in POSTCODE.findall(clean(text.text))}
        for kind, words in child_data(safe.text(text.text), today=view.week.first_day, known_postcodes=allowed):
            found.append(Leak(kind=kind, path="", where=text.where, found=words, source=text.where))
    return tuple(found)


def _code(postcode: str) -> str:
    return "".join(postcode.split()).upper()


class _Phrases:
    """Phrases to be found in long texts, each with everybody whom it concerns."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        people: dict[str, set[str]] = defaultdict(set)
        shared: dict[str, int] = defaultdict(int)
        for phrase, person in phrases:
            people[phrase].add(person)
        for phrase in people:
            for word in set(phrase.split()):
                shared[word] += 1
        # A text that has not a phrase's rarest word is not looked at for it.
        self._by_word: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for phrase, whose in people.items():
            rarest = min(phrase.split(), key=lambda word: (shared[word], -len(word), word))
            self._by_word[rarest].append((phrase, frozenset(whose)))

    def found(self, line: str, words: frozenset[str], *, plain: bool = False) -> list[tuple[str, frozenset[str]]]:
        """Each phrase in the phrased line, its marks left out where `plain`, and whom it concerns.

        `words` are all words of that line.
        """
        likely = self._by_word.keys() & words
        if not likely:
            return []
        text = _plain(line) if plain else line
        return [hit for word in likely for hit in self._by_word[word] if hit[0] in text]


def file_leaks(view: WeekView, files: Mapping[str, bytes], drawn: Mapping[str, str] | None = None) -> tuple[Leak, ...]:
    """What the finished files give away that nobody released."""
    check = _Check(view)
    found: list[Leak] = []
    for path, data in files.items():
        found += check.file(path, data, (drawn or {}).get(path, ""))
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hits:
    """What one text holds that may be private, whoever reads it."""

    phrased: str = ""
    names: Sequence[tuple[str, frozenset[str]]] = ()
    reasons: Sequence[tuple[str, frozenset[str]]] = ()
    needs: Sequence[tuple[str, frozenset[str]]] = ()


_NOTHING = _Hits()


class _Check:
    """One week's secrets, ready to be looked for in many files. Texts that many files share are read once."""

    def __init__(self, view: WeekView) -> None:
        self._view = view
        self._safe = Safe.of(view)
        self._owners = owners(view)
        self._texts = tuple(week_texts(view))
        said = _said_anyway(view, self._texts)
        people = [person for person in view.plan.people.values() if person.name.strip()]
        whole = [person for person in people if len(words_of(person.name)) > 1]
        self._names = _Phrases((form, person.id) for person in whole for form in name_forms(person.name))
        self._one_word = OneWordNames(
            [person for person in people if len(words_of(person.name)) == 1], [text.text for text in self._texts]
        )
        self._needs = _Phrases(
            (flat(person.needs), person.id)
            for person in view.plan.people.values()
            if len(words_of(person.needs)) > 1
            and _letters(person.needs) >= 8
            and (len(words_of(person.needs)) > _FEW or flat(person.needs) not in said)
        )
        telling = _Telling(view, self._texts)
        self._reasons = _Phrases(
            (flat(wish.reason), wish.person_id) for wish in view.plan.wishes.values() if telling(wish)
        )
        self._hits: dict[str, _Hits] = {}
        self._places: dict[tuple[int, str], tuple[Found, ...]] = {}

    def file(self, path: str, data: bytes, drawn: str) -> Iterator[Leak]:
        """The leaks of one file."""
        key = owner_key(path)
        owner = self._owners.get(key) if key is not None else None
        safe = self._safe
        if owner is not None and not owner.hosts and path.startswith(("pages/", "packs/")):
            # The PA may have released a place for this one visitor's own itinerary.
            [person_id] = owner.people
            safe = Safe.for_itinerary(self._view, person_id)
        read = contents(path, data)
        parts = [("file name", path), *read.texts]
        if drawn:
            parts.append(("text", drawn))
        for where, text in parts:
            for form in self._protected(safe, text):
                place = text[form.start : form.end]
                leak = Leak(
                    kind=LeakKind.PROTECTED_PLACE, path=path, where=where, found=place, site_id=form.form.site_id
                )
                yield self._sourced(leak)
            for leak in self._private(path, where, text, owner):
                yield self._sourced(leak)
        for where, what in read.hidden:
            yield Leak(kind=LeakKind.HIDDEN_PART, path=path, where=where, found=what)

    def _protected(self, safe: Safe, text: str) -> tuple[Found, ...]:
        key = (id(safe), text)  # every safe lives as long as the plan, which the view holds
        known = self._places.get(key)
        if known is None:
            known = self._places[key] = tuple(safe.found(text))
        return known

    def _private(self, path: str, where: str, text: str, owner: Owner | None) -> Iterator[Leak]:
        hits = self._hits.get(text)
        if hits is None:
            hits = self._hits[text] = self._looked(text)
        for words, people in hits.reasons:
            yield _leak(LeakKind.WISH_REASON, path, where, words, people)
        for words, people in hits.needs:
            if owner is None or not owner.hosts or not (people & owner.people or words in _plain(owner.needs)):
                yield _leak(LeakKind.NEEDS, path, where, words, people)
        if owner is None:
            return
        others = [hit for hit in hits.names if not hit[1] & owner.people]
        if others:
            left = hits.phrased
            for phrase in owner.phrases:
                left = left.replace(phrase, " | ")
            for words, people in others:
                if words in left:
                    yield _leak(LeakKind.OTHER_VISITOR, path, where, words, people)
        for name, people in self._one_word.found(where, text, owner):
            yield _leak(LeakKind.OTHER_VISITOR, path, where, name, people)

    def _looked(self, text: str) -> _Hits:
        """What this text holds, whoever reads it."""
        line = phrased(text)
        words = frozenset(line.split())
        names = self._names.found(line, words)
        reasons = self._reasons.found(line, words, plain=True)
        needs = self._needs.found(line, words, plain=True)
        return _Hits(phrased=line, names=names, reasons=reasons, needs=needs) if names or reasons or needs else _NOTHING

    def _sourced(self, leak: Leak) -> Leak:
        """The leak with the text of the week that it comes from, where there is one."""
        wanted = flat(leak.found)
        for text in self._texts:
            if wanted in flat(text.text):
                return replace(leak, source=text.where)
        return leak


def _leak(kind: LeakKind, path: str, where: str, words: str, people: frozenset[str]) -> Leak:
    return Leak(kind=kind, path=path, where=where, found=words.strip(), person_id=min(people))


def _plain(line: str) -> str:
    """A phrased line without its marks."""
    return f" {' '.join(word for word in line.split() if word not in _MARKS)} "


_MARKS = frozenset(":;|,")


def _letters(text: str) -> int:
    return sum(map(len, words_of(text)))


class _Telling:
    """Whether a wish's reason, found somewhere, tells anything: not where it is made of what is said anyway."""

    def __init__(self, view: WeekView, texts: Sequence[WeekText]) -> None:
        self._own = _own_words(view)
        self._offered = frozenset(flat(text.text) for text in texts if text.offer and len(words_of(text.text)) <= _FEW)
        self._titles = frozenset(flat(text.text) for text in texts if text.title)
        self._words = frozenset(word for text in texts if text.title for word in words_of(text.text))

    def __call__(self, wish: Wish) -> bool:
        words, reason = words_of(wish.reason), flat(wish.reason)
        unusual = [word for word in words if word not in ORDINARY]
        if len(words) < 2 or sum(map(len, words)) < 8 or not unusual or (len(words) == 2 and len(unusual) < 2):
            return False
        if reason in self._own or reason in self._titles:
            return False
        # What somebody likes may be said in the same few words by who offers it; why somebody must not come may not.
        if wish.liking not in _WANTED or len(words) > _FEW:
            return True
        return reason not in self._offered and not self._words.issuperset(unusual)


def _own_words(view: WeekView) -> str:
    """What the app writes by itself of this week, in one line without marks."""
    own = [words.value for kinds in _OWN_WORDS for words in kinds]
    own += (warning_text(view, warned) for warned in problems(view, today=dt.date.max).warnings)
    return "|".join(flat(text) for text in own)


def _said_anyway(view: WeekView, texts: Sequence[WeekText]) -> str:
    """Words that go out for other reasons: a need of the same words is no secret."""
    return _own_words(view) + "|".join(flat(text.text) for text in texts if not text.need)
