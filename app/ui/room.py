"""Room for words in tables: how wide columns are, and how high rows, so that every word can be read. Remembers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics

_WRAPS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
_SIDES = 4
"""What a cell takes at the sides of its words, and what slanted letters may take besides."""
_REMEMBERED = 50_000
_GAPS = re.compile(r"[\s\u200b]+|(?<=-)")
"""Where lines may break."""


def breakable(address: str) -> str:
    """An e-mail address that may go on in another line after its @."""
    return address.replace("@", "@\u200b")


def shared_out(wants: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Each column's width: what it wants, or, where that is too much, its least and a share of what is left over.

    Who wants more gets more. Where even the least is too much, the columns are wider together than the room.
    """
    over, spare = [want - some for want, some in zip(wants, least, strict=True)], room - sum(least)
    if spare <= 0 or not any(over):
        return list(least)
    part = min(1.0, spare / sum(over))
    return [some + int(part * more) for some, more in zip(least, over, strict=True)]


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
            found = self._longest[words] = max((self.width(word) for word in _GAPS.split(words)), default=0)
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
