"""Names of one word in others' files: where a name can stand, and in sentences where the word can be nothing else.

A visitor may be called Hall, March or Care; "Town Hall", "22 March" and "care plan" name nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.exchange.owners import Owner
from app.exchange.safe import clean, folded
from app.exchange.wording import LABELS, ORDINARY, entries, lower_case, words_of
from app.models.people import Person

_PATH = re.compile(r"[/_.]")
_NAMED = re.compile(r"\b(?:cn=|visitor:|visit of|visited by)\s*\"?([^\W_]+)\"?\s*(?=$|[\n:;|,.)])")
_BEFORE = re.compile(r"([^\W\d_][\w'’-]*) +$")
_CALENDAR = frozenset({"ATTENDEE", "ORGANIZER", "SUMMARY", "DESCRIPTION", "LOCATION", "CONTACT", "COMMENT"})
_NO_NAMES = ("part", "file", "stream", "xl/theme", "xl/styles", "xl/tables", "xl/_rels", "xl/worksheets/_rels",
             "_rels", "docProps/app", "[Content_Types]", "xl/workbook")  # fmt: skip
_LONG_ENOUGH = 3


class OneWordNames:
    """The people of a plan who are called by one word, to be looked for in files of others."""

    def __init__(self, people: Iterable[Person], texts: Sequence[str]) -> None:
        """`texts` are those of the week: a word that they write in small letters is an ordinary one."""
        names: dict[str, set[str]] = defaultdict(set)
        spelled: dict[str, str] = {}
        for person in people:
            [word] = words_of(person.name)
            names[word].add(person.id)
            spelled[word] = clean(person.name).strip()
        self._names = {word: frozenset(whose) for word, whose in names.items()}
        ordinary = ORDINARY | lower_case(texts)
        rare = [spelled[word] for word in names if word not in ordinary and len(word) >= _LONG_ENOUGH]
        # Not as a part of a longer name: one that another capital word stands beside is somebody else's.
        self._rare = (
            re.compile(
                r"(?<![\w'’-])(?P<name>"
                + "|".join(re.escape(name) for name in sorted(rare, key=len, reverse=True))
                + r")(?!-?\w)(?! [A-Z0-9])"
            )
            if rare
            else None
        )
        self._entries: dict[tuple[bool, str], frozenset[tuple[str, bool]]] = {}

    def found(self, where: str, text: str, owner: Owner) -> Iterator[tuple[str, frozenset[str]]]:
        """Each such name in the text that this owner is not told anyway, and whose it is."""
        if not self._names or not _may_name(where):
            return
        key = (where == "file name", text)
        held = self._entries.get(key)
        if held is None:
            held = self._entries[key] = frozenset(self._in(text, path=key[0]))
        for name, in_sentence in sorted(held):
            told = f" {name} " in owner.words if in_sentence else name in owner.entries
            if not self._names[name] & owner.people and not told:
                yield name, self._names[name]

    def _in(self, text: str, *, path: bool) -> Iterator[tuple[str, bool]]:
        """Each name that stands here, and whether in a sentence."""
        plain = folded(text)
        alone = frozenset(_PATH.split(plain)) if path else entries(text)
        yield from ((name, False) for name in self._names.keys() & alone if name not in LABELS)
        yield from ((match[1], False) for match in _NAMED.finditer(plain) if match[1] in self._names)
        if self._rare is None or path:
            return
        for match in self._rare.finditer(text):
            before = _BEFORE.search(text, max(0, match.start() - 40), match.start())
            if before is None or not before[1][0].isupper() or folded(before[1]) in ORDINARY:
                yield words_of(match["name"])[0], True


def _may_name(where: str) -> bool:
    """Whether this part of a file is written for a reader, and names stand in it."""
    if where.isupper() or (where and where[0].isupper() and "-" in where and where.upper() == where):
        return where in _CALENDAR
    return not where.startswith(_NO_NAMES)
