"""How wide the columns of days are, and about how tall rows of visits get: worked out without typesetting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.exchange.pages.frame import Data
from app.exchange.text_width import lines

EMPTY_DAY, BUSIEST_DAY = 0.65, 2.5
"""Shares of a day without visits, and the most that a busy day takes, where an ordinary one takes about 1."""
_ALIKE = 2.5
"""Days whose fullest cells differ less than this many times are equally wide: a calm page reads better."""
_WIDER, _LINE, _LETTER = 1.13, 1.27, 0.68
"""Noto Sans against Arial; a line's height and a bold letter's width against the type size. Rather too large."""


def day_widths(rows: Sequence[Sequence[Sequence[Data]]], days: int) -> list[float]:
    """The share of each day's column: narrow where nobody comes all week, wide where the cells are far fuller."""
    fullest = [max((_letters(row[place]) for row in rows), default=0) for place in range(days)]
    full = sorted(letters for letters in fullest if letters)
    if not full:
        return [1.0] * days
    usual = full[(len(full) - 1) // 2]
    ordinary = 1.0 + 0.5 * (days - len(full)) / days
    return [
        EMPTY_DAY if not letters
        else ordinary if letters < usual * _ALIKE
        else ordinary * min(BUSIEST_DAY, (letters / usual) ** 0.5)
        for letters in fullest
    ]  # fmt: skip


def whole_letters(widths: Sequence[float], room: float, size: float) -> int:
    """How many letters a name may have to be sure of a line of its own in each day with visits."""
    narrowest = min((width for width in widths if width > EMPTY_DAY), default=EMPTY_DAY)
    return int((room * narrowest / sum(widths) - size) / (size * _LETTER))


def _letters(cell: Iterable[Data]) -> int:
    return sum(len(text) for one in cell for text in (one["lead"], *one["names"], *one["lines"]))


def tallest(cells: Sequence[Sequence[Data]], widths: Sequence[float], room: float, size: float) -> float:
    """About how many points the tallest of these cells takes in type of that size, rather too many.

    `room` is the width in points of all columns together, `widths` their shares.
    """
    whole, most = sum(widths), 0.0
    for cell, width in zip(cells, widths, strict=True):
        inside = (room * width / whole - size) / _WIDER
        count = 0.0
        for one in cell:
            said = " ".join((one["lead"], ", ".join(one["names"])))
            # Names that stay whole at the end of a line cost a line now and then.
            count += lines(said, size, inside, bold=True) + (0.5 if len(one["names"]) > 1 else 0)
            count += sum(lines(text, size, inside) for text in one["lines"]) + 0.3
        most = max(most, max(count, 1.0) * size * _LINE)
    return most + size
