"""Room for words in tables: how wide columns are, and how high rows, so that every word can be read. Remembers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

_WRAPS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
_SIDES = 8
"""What a cell takes at the sides of its words, and what slanted letters may take besides."""
_REMEMBERED = 50_000


def level_of(wants: list[int], room: int) -> int:
    """The width that no column may pass so that all of them fit into the room; the narrow ones keep what they want."""
    left, level = room, max(wants, default=0)
    for number, want in enumerate(sorted(wants)):
        share = left // (len(wants) - number)
        if want > share:
            return share
        left -= want
    return level


def shared_out(wants: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Each column's width: what it wants, or, where that is too much, less, the widest giving way first.

    None gets less than its least; where even that is too much, the columns are wider together than the room.
    """
    fixed: dict[int, int] = {}
    while True:
        open_ = [number for number in range(len(wants)) if number not in fixed]
        level = level_of([wants[number] for number in open_], max(0, room - sum(fixed.values())))
        held = {number: least[number] for number in open_ if min(wants[number], level) < least[number]}
        if not held:
            return [fixed.get(number, min(want, level)) for number, want in enumerate(wants)]
        fixed |= held


class Room:
    """Measures words in one font."""

    def __init__(self, font: QFont) -> None:
        self.font = QFont(font)
        self._metrics = QFontMetrics(font)
        self.line = self._metrics.lineSpacing()
        self._wide: dict[str, int] = {}
        self._longest: dict[str, int] = {}
        self._high: dict[tuple[str, int], int] = {}

    def width(self, words: str) -> int:
        """What the words take in one line."""
        found = self._wide.get(words)
        if found is None:
            if len(self._wide) > _REMEMBERED:
                self._wide.clear()
            lines = words.split("\n")
            found = self._wide[words] = max(self._metrics.horizontalAdvance(line) for line in lines) + 2 * _SIDES
        return found

    def longest(self, words: str) -> int:
        """What the longest of the words takes: with less, it would be cut."""
        found = self._longest.get(words)
        if found is None:
            if len(self._longest) > _REMEMBERED:
                self._longest.clear()
            found = self._longest[words] = max((self.width(word) for word in words.split()), default=0)
        return found

    def height(self, words: str, width: int) -> int:
        """What the words take over lines of that width."""
        if self.width(words) <= width and "\n" not in words:
            return self.line
        found = self._high.get((words, width))
        if found is None:
            if len(self._high) > _REMEMBERED:
                self._high.clear()
            area = QRect(0, 0, max(1, width - 2 * _SIDES), 1_000_000)
            found = self._high[words, width] = self._metrics.boundingRect(area, _WRAPS, words).height()
        return found
