"""How wide a text is and how many lines it takes when wrapped, without a font at hand.

The widths are those of Helvetica, which Arial and Liberation Sans share, in thousandths of the type size.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, east_asian_width

from app.exchange.letters import plain

_WIDTHS: dict[str, int] = {
    **dict.fromkeys("ijl", 222), **dict.fromkeys(" !,./:;I[\\]ft", 278), **dict.fromkeys("()-r`", 333),
    **dict.fromkeys("ckJsvxyz", 500), **dict.fromkeys("0123456789abdeghnopqu#$?L_", 556),
    **dict.fromkeys("FTZ", 611), **dict.fromkeys("ABEKPSVXY&", 667), **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778), **dict.fromkeys("Mm", 833), **dict.fromkeys("+<=>~", 584),
    "'": 191, '"': 355, "%": 889, "*": 389, "@": 1015, "W": 944, "^": 469, "{": 334, "|": 260, "}": 334,
    "–": 556, "—": 1000, "‘": 222, "’": 222, "“": 333, "”": 333, "…": 1000, "·": 278, "•": 350,
    "→": 1000, "£": 556, "€": 556,
}  # fmt: skip
_UNKNOWN, _WIDE, _ROUGH = 700, 1050, 1.03
"""An unknown letter, a full-width one, and how much wider than ours other programs may draw."""
_BOLD = 1.08
_HYPHENED = re.compile("[^-]*-+|[^-]+")


@lru_cache(maxsize=4096)
def _char(char: str) -> int:
    width = _WIDTHS.get(char)
    if width is not None:
        return width
    if category(char) in {"Mn", "Me", "Cf"}:
        return 0
    if east_asian_width(char) in {"W", "F"}:
        return _WIDE
    known = [_WIDTHS.get(part) for part in plain(char)]
    return sum(width for width in known if width) if known and all(known) else _UNKNOWN


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line of text in points, rather too wide than too narrow."""
    return sum(map(_char, text)) * size / 1000 * _ROUGH * (_BOLD if bold else 1)


@lru_cache(maxsize=20_000)
def lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """How many lines the text takes when wrapped into `room` points, its own line breaks kept.

    A word too long for a line is broken where it must be.
    """
    return sum(_wrapped(part, size, room, bold=bold) for part in text.split("\n"))


def _wrapped(text: str, size: float, room: float, *, bold: bool) -> int:
    if width(text, size, bold=bold) <= room:
        return 1
    space = width(" ", size, bold=bold)
    count, used = 1, 0.0
    for word in text.split(" "):
        gap = space if used else 0.0
        for part in _HYPHENED.findall(word):  # lines break after hyphens too
            wide = width(part, size, bold=bold)
            if used and used + gap + wide > room:
                count, used, gap = count + 1, 0.0, 0.0
            if wide > room:  # broken inside the word, up to a letter's width lost at each break
                per_line = max(1.0, room - size)
                extra = int(wide // per_line)
                count, used = count + extra, wide - extra * per_line
            else:
                used += gap + wide
            gap = 0.0
    return count
