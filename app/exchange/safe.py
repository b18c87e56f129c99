"""What may be shown outside the app: protected sites under their alias, and text without treacherous characters.

Everything written for others passes here (INTERFACES.md, "Protected sites"): the calendars, the rota, the pages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from app.exchange.letters import plain
from app.models.names import fold, tidy
from app.models.places import Site, Team
from app.models.plan import Plan
from app.models.view import WeekTeam, WeekView

_BREAKS = re.compile("\r\n|[\r\n\v\f\u0085\u2028\u2029]")
_TREACHEROUS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\u00ad\u200b\u2060\ufeff"  # invisible, and able to split a name
    "\u202a-\u202e\u2066-\u2069"  # bidi embeddings, overrides, isolates
    "\ud800-\udfff"  # lone surrogates: no encoding takes them
    "\ufff9-\ufffb\ufffe\uffff]"  # annotations and what is no character
)
_WORD = r"[^\W_]"
_ROADS: dict[str, str] = {
    "road": "rd", "street": "st", "lane": "ln", "avenue": "ave", "close": "cl", "crescent": "cres", "drive": "dr",
    "court": "ct", "place": "pl", "gardens": "gdns", "terrace": "terr", "square": "sq", "grove": "gr", "saint": "st",
}  # fmt: skip
_SUB_ADDRESS = re.compile(r"(?:(?:flat|unit|apartment|apt|suite|room|no\.?|number|floor)\s*)?\d*\s*\w?", re.IGNORECASE)
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
"""A United Kingdom postcode."""
_HOUSE_NUMBER = re.compile(r"(?:(?:flat|unit|apartment|apt|no\.?|number)\s*)?\d+\s*[A-Za-z]?[\s,-]+", re.IGNORECASE)


def clean(text: str) -> str:
    """The text without control characters, lone surrogates, bidi overrides and invisible splitters.

    Every kind of line break becomes a line feed, a tab a space. All other characters stay.
    """
    text = _BREAKS.sub("\n", text).replace("\t", " ")
    return _TREACHEROUS.sub("", text)


def clean_line(text: str) -> str:
    """The cleaned text on one line, runs of spaces turned into one."""
    return tidy(clean(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way in which a protected site gives itself away, and what stands in its place."""

    site_id: str
    text: str
    alias: str
    exact_case: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A form found in a text, from `start` to `end` of that text."""

    form: Form
    start: int
    end: int


class Safe:
    """What others may read of one plan. Sites in `released` are shown as they are (one visitor's own itinerary)."""

    __slots__ = ("_aliases", "_forms", "_key_words", "_patterns", "_released", "_texts")

    def __init__(self, plan: Plan, *, released: frozenset[str] = frozenset()) -> None:
        self._released = released
        self._forms = sorted(_forms(plan, released), key=lambda form: (-len(form.text), form.text, form.site_id))
        self._key_words: dict[str, list[int]] = defaultdict(list)
        for place, form in enumerate(self._forms):
            self._key_words[_key_word(form.text)].append(place)
        self._patterns: dict[tuple[int, ...], re.Pattern[str]] = {}
        self._aliases: dict[str, re.Pattern[str]] = {}
        self._texts: dict[str, str] = {}
        for form in self._forms:
            if form.alias and re.search(_expression(form.text), _folded(form.alias)[0]):
                self._aliases[form.site_id] = re.compile(_expression(form.alias))

    @classmethod
    def of(cls, view: WeekView) -> Safe:
        """What may be shown of this week to everybody. Plans that share their sites share the answer."""
        return view.plan.remembered("safe", ("sites",), lambda: cls(view.plan))

    @classmethod
    def for_itinerary(cls, view: WeekView, person_id: str) -> Safe:
        """What may stand in this visitor's own itinerary: places that the PA released to them under their names."""
        released = frozenset(
            release.site_id
            for release in view.plan.releases.values()
            if release.week_id == view.week.id and release.person_id == person_id
        )
        return cls(view.plan, released=released) if released else cls.of(view)

    @property
    def forms(self) -> tuple[Form, ...]:
        """Every form that is searched for, the longest first."""
        return tuple(self._forms)

    def hidden(self, site: Site) -> bool:
        """Whether only the alias of this site may be shown."""
        return site.protected and site.id not in self._released

    def site_label(self, site: Site) -> str:
        """The site's name, or its alias where it is protected. One line."""
        return clean_line(site.alias) if self.hidden(site) else self.line(site.name)

    def place_line(self, site: Site) -> str:
        """Name, address and postcode on one line; the alias alone where the site is protected."""
        if self.hidden(site):
            return clean_line(site.alias)
        name = self.line(site.name)
        address = ", ".join(part for part in (self.line(site.address), self.line(site.postcode)) if part)
        # Many addresses begin with the name of the building: it is said once.
        if fold(address) == fold(name) or fold(address).startswith(f"{fold(name)},"):
            return address
        return ", ".join(part for part in (name, address) if part)

    def team_name(self, team: Team | WeekTeam) -> str:
        """The team's name as others may read it. One line."""
        return self.line(team.name)

    def line(self, text: str) -> str:
        """The text as others may read it, on one line."""
        return tidy(self.text(text))

    def text(self, text: str) -> str:
        """The text cleaned, with an alias wherever a protected site gives itself away."""
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = self._shown(clean(text))
        return known

    def _shown(self, text: str) -> str:
        shown: list[str] = []
        reached = 0
        for found in self.found(text):
            shown += (text[reached : found.start], found.form.alias)
            reached = found.end
        return "".join((*shown, text[reached:]))

    def found(self, text: str) -> Iterator[Found]:
        """Where protected sites give themselves away in a text, from left to right, the longest form at each place."""
        # Few texts hold any form: its longest word is looked for first, as that takes no time.
        plain_text = folded(text)
        likely = tuple(chain.from_iterable(at for word, at in self._key_words.items() if word in plain_text))
        if not likely:
            return
        plain_text, places = _folded(text)
        for match in self._pattern(tuple(sorted(likely))).finditer(plain_text):
            form = self._forms[int((match.lastgroup or "").removeprefix("form"))]
            start, end = places[match.start()], places[match.end() - 1] + 1
            while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Me"}:
                end += 1
            if form.exact_case and form.text not in text[start:end]:
                continue
            if not self._inside_alias(form, plain_text, match):
                yield Found(form=form, start=start, end=end)

    def _pattern(self, places: tuple[int, ...]) -> re.Pattern[str]:
        """One expression for the forms at these places, each a group of its own."""
        pattern = self._patterns.get(places)
        if pattern is None:
            parts = [f"(?P<form{place}>{_expression(self._forms[place].text)})" for place in places]
            pattern = self._patterns[places] = re.compile("|".join(parts))
        return pattern

    def _inside_alias(self, form: Form, plain_text: str, match: re.Match[str]) -> bool:
        """Whether this is part of the site's alias: an alias that holds the name is the PA's choice, and stays."""
        alias = self._aliases.get(form.site_id)
        return alias is not None and any(
            whole.start() <= match.start() and match.end() <= whole.end() for whole in alias.finditer(plain_text)
        )


class _Letters(dict[int, str]):
    """Each character in plain lower-case letters, worked out once; a table for `str.translate`."""

    def __missing__(self, char: int) -> str:
        found = self[char] = plain(chr(char)).casefold()
        return found


_LETTERS = _Letters()


def folded(text: str) -> str:
    """The text in plain lower-case letters: the form in which names are looked for, however they are spelled."""
    return text.translate(_LETTERS)


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text in plain lower-case letters, and for each of them its place in the text."""
    if all(len(_LETTERS[ord(char)]) == 1 for char in set(text)):
        return folded(text), range(len(text))
    parts = [_LETTERS[ord(char)] for char in text]
    return "".join(parts), [place for place, part in enumerate(parts) for _ in part]


def _words(text: str) -> list[str]:
    """The words of a text in folded letters, and its apostrophes."""
    return re.findall(rf"{_WORD}+|'", _folded(text)[0])


def _key_word(text: str) -> str:
    """The longest word that stands in every spelling of a text; blank where each has a short form."""
    return max((word for word in _words(text) if word not in _ROADS), key=len, default="")


def _expression(text: str) -> str:
    """A text as an expression over folded text: any gap between words, short forms of road words, whole words only."""
    words = _words(text)
    gap = r"[\W_]*?" if sum(len(word) for word in words) >= 5 else r"[\W_]+?"
    pattern = ""
    for place, word in enumerate(words):
        if word == "'":
            pattern += "'?"
            continue
        if place and words[place - 1] != "'":
            pattern += gap
        short = _ROADS.get(word)
        pattern += f"(?:{word}|{short}\\.?)" if short else word
    return rf"(?<!{_WORD}){pattern}(?!{_WORD})"


def _forms(plan: Plan, released: frozenset[str]) -> Iterator[Form]:
    hidden = [site for site in plan.sites.values() if site.protected and site.id not in released]
    towns = _towns(plan.sites.values())
    public = [fold(text) for site in plan.sites.values() if not site.protected for text in (site.name, site.address)]
    for site in hidden:
        alias = clean_line(site.alias)
        seen: set[str] = set()
        for text in _spellings(site, towns, public):
            letters = sum(char.isalnum() for char in _folded(text)[0])
            if letters and fold(text) not in seen:
                seen.add(fold(text))
                yield Form(site_id=site.id, text=text, alias=alias, exact_case=letters < 3)


def _spellings(site: Site, towns: frozenset[str], public: Sequence[str]) -> Iterator[str]:
    name = clean_line(site.name)
    yield name
    bare = _ARTICLE.sub("", name)
    if len(bare) >= 5:
        yield bare
    first = first_line(site.address)
    if fold(first) not in towns:
        yield first
        # The street without its number says as much, unless the street has public places too.
        street = _HOUSE_NUMBER.sub("", first, count=1)
        if street != first and " " in street and not any(fold(street) in text for text in public):
            yield street
    for code in (clean_line(site.postcode), *POSTCODE.findall(clean_line(site.address))):
        whole = code.replace(" ", "")
        yield whole
        yield f"{whole[:-3]} {whole[-3:]}"
        yield code


def first_line(address: str) -> str:
    """The first line of an address: up to the first comma or line break, a bare number with what follows it."""
    parts = [clean_line(part) for part in re.split(r"[,\n]", POSTCODE.sub("", clean(address)))]
    parts = [part for part in parts if part]
    taken = 1
    while taken < len(parts) and _SUB_ADDRESS.fullmatch(parts[taken - 1]):
        taken += 1
    return ", ".join(parts[:taken])


def _towns(sites: Iterable[Site]) -> frozenset[str]:
    """Folded last lines of the longer addresses that look like towns: they are never searched for."""
    found = set()
    for site in sites:
        parts = [clean_line(part) for part in re.split(r"[,\n]", POSTCODE.sub("", clean(site.address)))]
        parts = [fold(part) for part in parts if part]
        if len(parts) > 1 and not any(char.isdigit() for char in parts[-1]):
            words = parts[-1].split()
            if len(words) <= 3 and not any(word in _ROADS for word in words[1:]):
                found.add(parts[-1])
    return frozenset(found)
