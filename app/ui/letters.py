"""Words made to fit: over lines, with narrower letters, then shorter; only then do they end in …"""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from app.text import translate

_ELIDE = Qt.TextElideMode.ElideRight
NARROW, NARROWER, NARROWEST = 82, 74, 68
"""How narrow letters may be drawn, in per cent, so that words fit: a little, more, and where a long word needs it."""
_STEPS = (100, 94, 88, NARROW, 78, NARROWER, NARROWEST)
_REMEMBERED = 5_000
_PIECES = re.compile(r"[^\s-]+-+(?=[^\s-])|\S+\s*")

_HONOURS = frozenset({"KCB", "KBE", "DBE", "CBE", "OBE", "MBE", "QPM", "KC", "QC", "JP", "DL", "MP", "PhD"})

Laid = tuple[bool, tuple[str, ...]]
"""Whether the letters are bold, and the lines."""


class Letters:
    """Lays out and writes words; what it worked out once it remembers."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[str, int, bool], tuple[QFont, QFontMetrics]] = {}
        self._laid: dict[tuple[str, tuple[str, ...], int, int, int, bool], Laid] = {}
        self._lines: dict[tuple[str, str, int], tuple[QFont, str]] = {}

    def font(self, font: QFont, percent: int = 100, *, bold: bool = False) -> QFont:
        """That font, with letters of that width."""
        return self._sized(font, percent, bold=bold)[0]

    def metrics(self, font: QFont, percent: int = 100, *, bold: bool = False) -> QFontMetrics:
        """The measures of that font, with letters of that width."""
        return self._sized(font, percent, bold=bold)[1]

    def _sized(self, font: QFont, percent: int, *, bold: bool) -> tuple[QFont, QFontMetrics]:
        key = font.key(), percent, bold
        if key not in self._fonts:
            made = QFont(font)
            made.setBold(bold or font.bold())
            if percent != 100:
                made.setStretch(percent)
            self._fonts[key] = made, QFontMetrics(made)
        return self._fonts[key]

    def line(self, painter: QPainter, font: QFont, area: QRect, words: str) -> None:
        """Write one line, with narrower letters where it would not fit; only then does it end in …"""
        key = font.key(), words, area.width()
        found = self._lines.get(key)
        if found is None:
            if len(self._lines) > _REMEMBERED:
                self._lines.clear()
            found = self._lines[key] = self._fitted(font, words, area.width())
        painter.setFont(found[0])
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, found[1])

    def _fitted(self, font: QFont, words: str, room: int) -> tuple[QFont, str]:
        for percent in _STEPS:
            if self.metrics(font, percent).horizontalAdvance(words) <= room:
                return self.font(font, percent), words
        return self.font(font, NARROWEST), self.metrics(font, NARROWEST).elidedText(words, _ELIDE, room)

    def lay(
        self, font: QFont, texts: Sequence[str], width: int, most: int, last: int | None = None, *, bold: bool = False
    ) -> Laid:
        """The first of the texts that fits over at most so many lines, the last of these no wider than `last`.

        Each is tried as it is, then with narrower letters; bold letters give way before words are cut.
        """
        last = width if last is None else min(last, width)
        key = font.key(), tuple(texts), width, most, last, bold
        found = self._laid.get(key)
        if found is None:
            if len(self._laid) > _REMEMBERED:
                self._laid.clear()
            found = self._laid[key] = self._lay(font, texts, width, most, last, bold=bold)
        return found

    def _lay(self, font: QFont, texts: Sequence[str], width: int, most: int, last: int, *, bold: bool) -> Laid:
        first, weights = texts[0], (True, False) if bold else (False,)
        tries = [(first, 100, bold), *((first, percent, heavy) for heavy in weights for percent in (NARROW, NARROWER))]
        tries += [(text, percent, heavy) for text in texts[1:] for heavy in weights for percent in (NARROW, NARROWER)]
        tries.append((texts[-1], NARROWEST, False))
        lines: list[str] = []
        for text, percent, heavy in tries:
            lines = wrapped(self.metrics(font, percent, bold=heavy), text, width, most, last)
            if not any(words.endswith("…") for words in lines):
                return heavy, tuple(lines)
        return False, tuple(lines)

    def write(self, painter: QPainter, font: QFont, area: QRect, laid: Laid, last: int | None = None) -> int:
        """Write the lines that were laid out, from the top of the area; how high they are.

        The last one is no wider than `last`.
        """
        bold, lines = laid
        used = self.font(font, bold=bold)
        high = self.metrics(font).lineSpacing()
        for number, words in enumerate(lines):
            at_end = last is not None and number == len(lines) - 1
            room = min(last or 0, area.width()) if at_end else area.width()
            self.line(painter, used, QRect(area.left(), area.top() + number * high, room, high), words)
        return len(lines) * high


def shorter(name: str) -> tuple[str, ...]:
    """A person's name, and its shorter forms: `Cllr L Lindsay-Gale`, `L Lindsay-Gale`, `Lindsay-Gale`."""
    short = initials(name)
    bare = without_title(short)
    surname = " ".join(part for part in bare.split() if len(part) > 1) or bare
    return tuple(dict.fromkeys((name, short, bare, surname)))


def initials(name: str) -> str:
    """`Cllr L Lindsay-Gale` for Councillor Lorraine Lindsay-Gale: forenames by their first letters alone."""
    title, rest = "", name
    for long, short in _titles():
        if name.startswith((long, short)):
            title, rest = short, name.removeprefix(long).removeprefix(short)
    words = rest.split(" of ")[0].split()  # a place or a seat behind the name is left out, and so are honours
    while len(words) > 1 and words[-1].strip(",") in _HONOURS:
        words.pop()
    *forenames, surname = words or [""]
    return title + " ".join([*(one[0] if one[:1].isupper() else one for one in forenames), surname.strip(",")])


def without_title(name: str) -> str:
    """The name without a title in front of it."""
    for long, short in _titles():
        name = name.removeprefix(long).removeprefix(short)
    return name


def _titles() -> tuple[tuple[str, str], ...]:
    """Titles in front of names, and how people shorten them."""
    shown_whole = ("Sir ", "Dame ", "Lord ", "Lady ", "Dr ")
    return (
        (translate("Councillor "), translate("Cllr ")), (translate("Professor "), translate("Prof ")),
        *((title, title) for title in shown_whole),
    )  # fmt: skip


def wrapped(metrics: QFontMetrics, text: str, width: int, most: int, last: int | None = None) -> list[str]:
    """The text over at most that many lines, broken between words and after hyphens, the last one elided (to `last`,
    if narrower).

    A title in front of a name is shortened as people write it, where the name would not fit with it.
    """
    if metrics.horizontalAdvance(text) > width:
        for long, short in _titles():
            text = short + text.removeprefix(long) if text.startswith(long) else text
    pieces = _PIECES.findall(text)
    lines: list[str] = []
    while pieces and len(lines) < most - 1:
        taken = 1
        while taken < len(pieces) and metrics.horizontalAdvance("".join(pieces[: taken + 1]).rstrip()) <= width:
            taken += 1
        lines.append(metrics.elidedText("".join(pieces[:taken]).rstrip(), _ELIDE, width))
        pieces = pieces[taken:]
    if pieces:
        room = width if last is None or not lines else min(width, last)
        lines.append(metrics.elidedText("".join(pieces).rstrip(), _ELIDE, room))
    return lines
