"""Sheets fitted to their paper: widths of columns, heights of rows, smaller type or larger paper, where pages end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.exchange.row_heights import fitting, laid_out, row_height, smaller
from app.exchange.sheets import Paper, Row, Sheet, Style, Tone, Value

FIRST_ROW, HEAD_ROW = 4, 3
PADDING = 7.0
_SLACK = 0.975
"""Points that a cell leaves empty at its sides, and how much of the page the columns take."""
MARGIN_X, MARGIN_TOP, MARGIN_BOTTOM, MARGIN_EDGE = 0.42, 0.7, 0.65, 0.32
"""Page margins in inches; the last is that of header and footer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A sheet fitted to its paper: its head (number, values, styles and height of each row), then its rows.

    `rooms` are the points of text that each column takes, `room` the points of height on a page.
    """

    paper: Paper
    rooms: Sequence[float]
    head: Sequence[tuple[int, Sequence[Value], Sequence[Style], float]]
    rows: Sequence[Row]
    heights: Sequence[float]
    room: float

    @property
    def above(self) -> float:
        """The height of the head."""
        return sum(line[3] for line in self.head)

    @property
    def fits(self) -> bool:
        """Whether all of it stands on one page."""
        return self.above + sum(self.heights) <= self.room


def laid(sheet: Sheet) -> Laid:
    """The sheet on its paper; what has to stand on one page in smaller type where it must, and on A3 where it must."""
    whole = _on(sheet, sheet.rows, sheet.paper)
    if not sheet.one_page or whole.fits:
        return whole
    rows = [smaller(row) for row in sheet.rows]
    small = _on(sheet, rows, sheet.paper)
    return small if small.fits else _on(sheet, rows, Paper.A3_LANDSCAPE)


def _on(sheet: Sheet, rows: Sequence[Row], paper: Paper) -> Laid:
    _, _, page_width, page_height = paper.value
    inside = (page_width - 2 * 72 * MARGIN_X) * _SLACK
    whole = sum(column.share for column in sheet.columns)
    rooms = [inside * column.share / whole - PADDING for column in sheet.columns]
    title, tone = fitting(sheet.titles, (Tone.TITLE, Tone.TITLE_SMALL, Tone.TITLE_TINY), inside)
    about, about_tone = fitting(sheet.abouts, (Tone.ABOUT, Tone.ABOUT_SMALL), inside)
    heads = [column.head for column in sheet.columns]
    tones = [Tone.HEAD_SMALL if sheet.small else Tone.HEAD] * len(heads)
    parts, heights = laid_out(rows, rooms, sheet.frozen)
    return Laid(
        paper=paper,
        rooms=rooms,
        head=[
            (1, [title], [tone], 26.0),
            (2, [about], [about_tone], 18.0),
            (HEAD_ROW, heads, tones, row_height(heads, tones, rooms)),
        ],
        rows=parts,
        heights=heights,
        room=page_height - 72 * (MARGIN_TOP + MARGIN_BOTTOM),
    )


def page_ends(laid: Laid) -> Iterator[int]:
    """After which rows pages end so that a group of rows that fits on a page of its own is not split."""
    groups: list[tuple[int, float]] = []
    for number, (row, height) in enumerate(zip(laid.rows, laid.heights, strict=True), start=FIRST_ROW):
        if row.begins or not groups:
            groups.append((number, height))
        else:
            groups[-1] = (groups[-1][0], groups[-1][1] + height)
    heads, room = laid.above, laid.room * 0.98
    used = heads
    for number, height in groups:
        if used > heads and used + height > room:
            yield number - 1
            used = heads
        used = min(used + height, room)  # after a group longer than a page nobody knows how much room is left
