"""How tall rows get: text wrapped into columns, tall rows cut into parts, titles that fit on one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.exchange.sheets import Link, Row, Style, Tinted, Tone, Value
from app.exchange.text_width import lines, width
from app.text import translate

TALLEST_ROW = 400.0
"""Points; Excel knows no row over 409."""


def laid_out(rows: Iterable[Row], rooms: Sequence[float], frozen: int) -> tuple[list[Row], list[float]]:
    """The rows, those too tall for Excel in parts, and the height of each in points."""
    parts: list[Row] = []
    heights: list[float] = []
    for row in rows:
        height = row_height(row.values, row.styles, rooms)
        if height <= TALLEST_ROW:
            parts.append(row)
            heights.append(height)
        else:
            cut = _in_height(row, rooms, frozen)
            parts += cut
            heights += [row_height(part.values, part.styles, rooms) for part in cut]
    return parts, heights


def fitting(texts: Sequence[str], tones: Sequence[Tone], room: float) -> tuple[str, Tone]:
    """The fullest text in the largest tone that fits on one line; the shortest in the smallest where none does."""
    for text in texts:
        for tone in tones:
            if width(text, tone.size, bold=tone.bold) <= room:
                return text, tone
    return texts[-1], tones[-1]


def _tone(style: Style) -> Tone:
    return style.tone if isinstance(style, Tinted) else style


_SMALLER = {
    Tone.TEXT: Tone.SMALL,
    Tone.STRONG: Tone.STRONG_SMALL,
    Tone.QUIET: Tone.QUIET_SMALL,
    Tone.BROKEN: Tone.BROKEN_SMALL,
}


def smaller(row: Row) -> Row:
    """The row in the small type, which is the smallest that ROTAS.md allows."""
    return Row(values=row.values, styles=[_smaller_style(style) for style in row.styles], begins=row.begins)


def _smaller_style(style: Style) -> Style:
    if isinstance(style, Tinted):
        return Tinted(_SMALLER.get(style.tone, style.tone), style.name, style.tint)
    return _SMALLER.get(style, style)


def _line_height(size: int) -> float:
    return size * 1.22 + 0.4


_METRICS = {tone: (tone.size, tone.bold, _line_height(tone.size)) for tone in Tone}
"""Type size, boldness and line height of each tone, at hand for thousands of cells."""


def row_height(values: Sequence[Value], styles: Sequence[Style], rooms: Sequence[float]) -> float:
    """The height in points of a row of these values in columns with so many points of room each."""
    tallest = 0.0
    for value, style, room in zip(values, styles, rooms, strict=True):
        size, bold, line = _METRICS[style.tone if isinstance(style, Tinted) else style]
        text = value.text if isinstance(value, Link) else value
        count = lines(text, size, room, bold=bold) if isinstance(text, str) else 1
        tallest = max(tallest, count * line)
    return round(min(tallest + 4.0, 409.0), 1)


def _in_height(row: Row, rooms: Sequence[float], frozen: int) -> list[Row]:
    """As many rows as this one needs to stay within what Excel can show; the frozen columns are repeated."""
    parts: list[list[Value]] = [list(row.values)]
    for column, (value, style, room) in enumerate(zip(row.values, row.styles, rooms, strict=True)):
        pieces = _pieces(value.text if isinstance(value, Link) else value, _tone(style), room)
        while len(parts) < len(pieces):
            parts.append([*row.values[:frozen], *([translate("See above")] * (len(row.values) - frozen))])
        if column >= frozen:
            for part, piece in zip(parts, pieces, strict=False):
                part[column] = piece
    return [Row(values=part, styles=row.styles, begins=row.begins and not place) for place, part in enumerate(parts)]


def _pieces(value: Value, tone: Tone, room: float) -> list[Value]:
    """A text cut between its lines, or where it must be between its words, into pieces that fit a row."""
    if not isinstance(value, str):
        return [value]
    most = int((TALLEST_ROW - 4.0) // _line_height(tone.size))
    pieces: list[Value] = []
    piece: list[str] = []
    used = 0
    for line in _units(value, tone, room, most):
        count = lines(line, tone.size, room, bold=tone.bold)
        if piece and used + count > most:
            pieces.append("\n".join(piece))
            piece, used = [], 0
        piece.append(line)
        used += count
    return [*pieces, "\n".join(piece)]


def _units(text: str, tone: Tone, room: float, most: int) -> Iterable[str]:
    """The lines of a text; one too long for a row is cut by its words, or by its letters where it has none."""
    for line in text.split("\n"):
        if lines(line, tone.size, room, bold=tone.bold) <= most:
            yield line
            continue
        letters = max(1, int(room // tone.size) * most)
        for start in range(0, len(line), letters):
            yield line[start : start + letters]
