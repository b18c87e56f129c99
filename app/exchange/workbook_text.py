"""Workbooks for people: text written as text, named styles, row heights, print set-up, the same bytes every time.

A sheet is said as a `Sheet`: a title, a line about it, one table. Everything that ROTAS.md asks of every sheet is
done here once. Cells share their style records and skip openpyxl's guessing of types, which makes thousands of
them quick to write and keeps `=1+1` a text.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties, WorksheetProperties
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.writer.excel import ExcelWriter

from app.errors import Refused
from app.exchange.look import token
from app.exchange.text_width import lines, width
from app.exchange.version import Version
from app.text import translate

FONT = "Arial"
"""On every Windows machine; Liberation Sans has the same widths."""
LONGEST_CELL = 32_767
LONGEST_SHEET_NAME = 31
TALLEST_ROW = 400.0
"""Points; Excel knows no row over 409."""
_LONGEST_HEADER = 250
_EXCEL_ZERO = dt.date(1899, 12, 30)
_FIRST_ROW = 4
_HEAD_ROW = 3
_PADDING = 8.0
_SLACK = 0.975
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


class Paper(Enum):
    """A sheet of paper: Excel's number for it, the orientation, and its width and height in points."""

    A4_PORTRAIT = (9, "portrait", 595.3, 841.9)
    A4_LANDSCAPE = (9, "landscape", 841.9, 595.3)
    A3_LANDSCAPE = (8, "landscape", 1190.6, 841.9)


MARGIN_X, MARGIN_TOP, MARGIN_BOTTOM, MARGIN_EDGE = 0.42, 0.7, 0.65, 0.32
"""Page margins in inches; the last is that of header and footer."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another sheet of the same workbook."""

    text: str
    sheet: str


Value: TypeAlias = str | int | dt.date | dt.time | Link


class Tone(Enum):
    """The named styles of cells: name, type size, bold."""

    TITLE = ("Page title", 16, True)
    TITLE_SMALL = ("Page title, small", 12, True)
    TITLE_TINY = ("Page title, smallest", 9, True)
    ABOUT = ("About the page", 10, False)
    ABOUT_SMALL = ("About the page, small", 9, False)
    HEAD = ("Column heading", 10, True)
    HEAD_SMALL = ("Column heading, small", 9, True)
    TEXT = ("Text", 10, False)
    SMALL = ("Text, small", 9, False)
    STRONG = ("Strong", 10, True)
    STRONG_SMALL = ("Strong, small", 9, True)
    QUIET = ("Nothing here", 10, False)
    QUIET_SMALL = ("Nothing here, small", 9, False)
    BROKEN = ("Rule broken", 10, False)
    BROKEN_SMALL = ("Rule broken, small", 9, False)
    LINK = ("Link", 10, False)
    NUMBER = ("Number", 10, False)
    DATE = ("Date", 10, False)
    TIME = ("Time", 10, False)

    @property
    def label(self) -> str:
        """The name that Excel shows in its list of styles."""
        return str(self.value[0])

    @property
    def size(self) -> int:
        """Points."""
        return int(self.value[1])

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return bool(self.value[2])


@dataclass(frozen=True, slots=True)
class Tinted:
    """A tone on a service's tint: a named style of its own."""

    tone: Tone
    name: str
    tint: str


Style: TypeAlias = Tone | Tinted


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table: its heading, and its width as a share of the page's."""

    head: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table: its values and their styles, one for each column.

    `begins`: a group of rows begins here that stays on one page where it fits.
    """

    values: Sequence[Value]
    styles: Sequence[Style]
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet to write. `titles` and `abouts` run from the fullest to the shortest; the first that fits is taken.

    `frozen` is how many columns stay in sight. `filters` puts filter buttons on the headings. `one_page` shrinks
    what would not fit. `small`: headings in the small type.
    """

    name: str
    titles: Sequence[str]
    abouts: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Row]
    paper: Paper
    frozen: int = 1
    filters: bool = False
    one_page: bool = False
    small: bool = False
    tab: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What headers, footers and properties of a workbook say."""

    title: str
    heading: str
    marking: str
    version_line: str
    version: Version


def workbook_bytes(sheets: Iterable[Sheet], papers: Papers) -> bytes:
    """The sheets as one .xlsx file: no author, dates of the version's moment.

    Raises Refused("cell-too-long", sheet, cell, length, limit) for a text that Excel cannot hold.
    """
    book = _Book(papers)
    for sheet in sheets:
        book.add(sheet)
    return book.saved()


def sheet_names(texts: Iterable[str]) -> list[str]:
    """A legal name for each sheet: at most 31 characters, none of `[]:*?/\\`, unique ignoring case."""
    used: set[str] = set()
    names = []
    for text in texts:
        cleaned = " ".join(_NOT_IN_NAMES.sub(" ", _CONTROL.sub("", text)).split()).strip("' ")
        stem = cleaned if cleaned and cleaned.casefold() != "history" else translate("Sheet")
        name, number = stem[:LONGEST_SHEET_NAME].strip("' "), 2
        while name.casefold() in used:
            end = f" {number}"
            name, number = stem[: LONGEST_SHEET_NAME - len(end)].rstrip("' ") + end, number + 1
        used.add(name.casefold())
        names.append(name)
    return names


class _Book:
    """A workbook under construction."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        # Any: openpyxl's types know neither its style records nor its cell store, which are used here throughout.
        self._book = cast(Any, Workbook())
        self._book.remove(self._book.worksheets[0])
        self._scratch = self._book.create_sheet()
        self._book.remove(self._scratch)
        self._styles: dict[Style, Any] = {}
        self._tables = 0
        moment = papers.version.utc
        self._book.properties = DocumentProperties(
            creator=None, title=_stripped(papers.title), language="en-GB", created=moment, modified=moment
        )
        self._margins = PageMargins(
            left=MARGIN_X, right=MARGIN_X, top=MARGIN_TOP, bottom=MARGIN_BOTTOM, header=MARGIN_EDGE, footer=MARGIN_EDGE
        )
        normal = self._book._named_styles["Normal"]
        normal.font = Font(name=FONT, size=10)

    def add(self, sheet: Sheet) -> None:
        """Write one sheet after those already there."""
        ws = self._book.create_sheet(sheet.name)
        _, orientation, page_width, page_height = sheet.paper.value
        inside = (page_width - 2 * 72 * MARGIN_X) * _SLACK
        rooms = self._columns(ws, sheet, inside)
        heights = self._head(ws, sheet, inside, rooms)
        room = page_height - 72 * (MARGIN_TOP + MARGIN_BOTTOM)
        rows = [part for row in sheet.rows for part in _in_height(row, rooms)]
        breaks = _Breaks(heights, room)
        for place, row in enumerate(rows):
            height = self._row(ws, sheet, place + _FIRST_ROW, row, rooms)
            breaks.add(place + _FIRST_ROW, height, starts_group=row.begins)
        last = _FIRST_ROW + len(rows) - 1
        self._table(ws, sheet, last)
        self._print(ws, sheet, orientation, last)
        if sheet.one_page and breaks.total > room:
            ws.page_setup.fitToHeight = 1
        else:
            breaks.write(ws)

    def saved(self) -> bytes:
        """The finished file."""
        held = io.BytesIO()
        with _FixedZip(held, self._papers.version.utc) as archive:
            ExcelWriter(self._book, archive).save()
        return held.getvalue()

    def _columns(self, ws: Any, sheet: Sheet, inside: float) -> list[float]:
        """Set the widths; how many points of text each column takes."""
        whole = sum(column.share for column in sheet.columns)
        rooms = []
        for place, column in enumerate(sheet.columns, start=1):
            points = inside * column.share / whole
            ws.column_dimensions[get_column_letter(place)].width = round(points / 0.75 / 7, 2)
            rooms.append(points - _PADDING)
        return rooms

    def _head(self, ws: Any, sheet: Sheet, inside: float, rooms: list[float]) -> list[float]:
        title, tone = _fitting(sheet.titles, (Tone.TITLE, Tone.TITLE_SMALL, Tone.TITLE_TINY), inside)
        about, about_tone = _fitting(sheet.abouts, (Tone.ABOUT, Tone.ABOUT_SMALL), inside)
        self._cell(ws, sheet, 1, 1, title, tone)
        self._cell(ws, sheet, 2, 1, about, about_tone)
        head = Tone.HEAD_SMALL if sheet.small else Tone.HEAD
        for place, column in enumerate(sheet.columns, start=1):
            self._cell(ws, sheet, _HEAD_ROW, place, column.head, head)
        heads = [column.head for column in sheet.columns]
        heights = [26.0, 18.0, _height(heads, [head] * len(heads), rooms)]
        for row, height in enumerate(heights, start=1):
            ws.row_dimensions[row].height = height
        return heights

    def _row(self, ws: Any, sheet: Sheet, number: int, row: Row, rooms: list[float]) -> float:
        for place, (value, style) in enumerate(zip(row.values, row.styles, strict=True), start=1):
            self._cell(ws, sheet, number, place, value, style)
        height = _height(row.values, row.styles, rooms)
        ws.row_dimensions[number].height = height
        return height

    def _cell(self, ws: Any, sheet: Sheet, row: int, column: int, value: Value, style: Style) -> None:
        cell: Any = Cell(ws, row, column)
        if isinstance(value, Link):
            ref = f"{get_column_letter(column)}{row}"
            # A location inside the workbook, never an address: nothing leads out.
            ws._hyperlinks.append(Hyperlink(ref=ref, location=f"{_quoted(value.sheet)}!A1", display=value.text))
            value = value.text
        if isinstance(value, str):
            value = _stripped(value)
            if len(value) > LONGEST_CELL:
                raise Refused(
                    "cell-too-long", sheet=sheet.name, cell=f"{get_column_letter(column)}{row}",
                    length=len(value), limit=LONGEST_CELL,
                )  # fmt: skip
            cell._value, cell.data_type = value, "s"
        elif isinstance(value, dt.time):
            cell._value, cell.data_type = _day_fraction(value), "n"
        elif isinstance(value, dt.date):
            cell._value, cell.data_type = (value - _EXCEL_ZERO).days, "n"
        else:
            cell._value, cell.data_type = value, "n"
        cell._style = self._style(style)
        ws._cells[row, column] = cell

    def _style(self, style: Style) -> Any:
        held = self._styles.get(style)
        if held is None:
            named = _named_style(style)
            self._book.add_named_style(named)
            cell: Any = Cell(self._scratch, 1, 1)
            cell.style = named.name
            held = self._styles[style] = copy(cell._style)
        return held

    def _table(self, ws: Any, sheet: Sheet, last: int) -> None:
        self._tables += 1
        ref = f"A{_HEAD_ROW}:{get_column_letter(len(sheet.columns))}{last}"
        table = Table(displayName=f"Table{self._tables}", name=f"Table{self._tables}", ref=ref)
        for place, column in enumerate(sheet.columns, start=1):
            table.tableColumns.append(TableColumn(id=place, name=_stripped(column.head)))
        if sheet.filters:
            table.autoFilter = AutoFilter(ref=ref)
        ws._tables.add(table)

    def _print(self, ws: Any, sheet: Sheet, orientation: str, last: int) -> None:
        ws.sheet_properties = WorksheetProperties(
            pageSetUpPr=PageSetupProperties(fitToPage=True), tabColor=sheet.tab or None
        )
        ws.page_setup.paperSize = sheet.paper.value[0]
        ws.page_setup.orientation = orientation
        ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
        ws.page_margins = self._margins
        ws.print_title_rows = f"1:{_HEAD_ROW}"
        ws.print_area = f"A1:{get_column_letter(len(sheet.columns))}{last}"
        ws.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{_FIRST_ROW}"
        ws.sheet_view.showGridLines = False
        papers = self._papers
        ws.oddHeader.left.text = _header(papers.heading)
        ws.oddHeader.right.text = _header(papers.marking)
        ws.oddFooter.left.text = _header(papers.version_line)
        ws.oddFooter.right.text = translate("Page &P of &N")


class _Breaks:
    """Where pages end, so that a group that fits on a page of its own is not split."""

    def __init__(self, heads: Sequence[float], room: float) -> None:
        self._head = sum(heads)
        self._room = room * 0.98
        self.total = self._head
        self._groups: list[tuple[int, float]] = []

    def add(self, row: int, height: float, *, starts_group: bool) -> None:
        self.total += height
        if starts_group or not self._groups:
            self._groups.append((row, height))
        else:
            first, so_far = self._groups[-1]
            self._groups[-1] = (first, so_far + height)

    def write(self, ws: Any) -> None:
        used = self._head
        for row, height in self._groups:
            if used > self._head and used + height > self._room:
                ws.row_breaks.append(Break(id=row - 1))
                used = self._head
            used += height
            used = min(used, self._room)  # after a group longer than a page nobody knows how much room is left


class _FixedZip(zipfile.ZipFile):
    """A zip file whose parts all carry one moment."""

    def __init__(self, file: io.BytesIO, moment: dt.datetime) -> None:
        super().__init__(file, "w", zipfile.ZIP_DEFLATED)
        self._moment = max(moment, dt.datetime(1980, 1, 1)).timetuple()[:6]

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        """Write a part under the fixed moment."""
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, zipfile.ZipInfo) else zinfo_or_arcname
        info = zipfile.ZipInfo(name, self._moment)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        super().writestr(info, data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        """Write a part that lies in a file."""
        with open(filename, "rb") as part:  # noqa: PTH123  # openpyxl hands over a plain path
            self.writestr(str(arcname or filename), part.read())


def _named_style(style: Style) -> NamedStyle:
    tone = style.tone if isinstance(style, Tinted) else style
    name = f"{tone.label}, {style.name}" if isinstance(style, Tinted) else tone.label
    framed = tone not in {Tone.TITLE, Tone.TITLE_SMALL, Tone.TITLE_TINY, Tone.ABOUT, Tone.ABOUT_SMALL}
    colour = {
        Tone.ABOUT: "secondary", Tone.ABOUT_SMALL: "secondary", Tone.QUIET: "secondary", Tone.QUIET_SMALL: "secondary",
        Tone.LINK: "link", Tone.BROKEN: "broken text", Tone.BROKEN_SMALL: "broken text",
    }.get(tone, "text")  # fmt: skip
    fill = style.tint if isinstance(style, Tinted) else _FILLS.get(tone, "")
    named = NamedStyle(name=name[:255])
    named.font = Font(
        name=FONT,
        size=tone.size,
        bold=tone.bold,
        color=token(colour),
        underline="single" if tone is Tone.LINK else None,
    )
    named.alignment = Alignment(wrap_text=framed, vertical="top" if framed else "center", horizontal="left")
    if framed:
        line = Side(style="thin", color=token("border"))
        named.border = Border(left=line, right=line, top=line, bottom=line)
    if fill:
        named.fill = PatternFill("solid", fgColor=fill if isinstance(style, Tinted) else token(fill))
    named.number_format = {Tone.DATE: "ddd d mmm yyyy", Tone.TIME: "hh:mm", Tone.NUMBER: "0"}.get(tone, "@")
    return named


_FILLS = {Tone.HEAD: "head", Tone.HEAD_SMALL: "head", Tone.BROKEN: "broken", Tone.BROKEN_SMALL: "broken"}


def _stripped(text: str) -> str:
    """The text as XML can hold it, its line breaks as Excel wants them."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _day_fraction(time: dt.time) -> float:
    return (time.hour * 3600 + time.minute * 60 + time.second) / 86_400


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _header(text: str) -> str:
    """A text for a header: one line, `&` doubled so that it is no code, cut to what a header holds."""
    line = " ".join(_stripped(text).split())
    half = _LONGEST_HEADER // 2 - 10
    while len(line.replace("&", "&&")) > half:
        line = line[:-2].rstrip() + "…"
    return line.replace("&", "&&")


def _fitting(texts: Sequence[str], tones: Sequence[Tone], room: float) -> tuple[str, Tone]:
    """The fullest text in the largest tone that fits on one line; the shortest in the smallest where none does."""
    for text in texts:
        for tone in tones:
            if width(text, tone.size, bold=tone.bold) <= room:
                return text, tone
    return texts[-1], tones[-1]


def _tone(style: Style) -> Tone:
    return style.tone if isinstance(style, Tinted) else style


def _line_height(size: int) -> float:
    return size * 1.22 + 0.4


def _height(values: Sequence[Value], styles: Sequence[Style], rooms: Sequence[float]) -> float:
    tallest = 0.0
    for value, style, room in zip(values, styles, rooms, strict=True):
        tone = _tone(style)
        text = value.text if isinstance(value, Link) else value
        count = lines(text, tone.size, room, bold=tone.bold) if isinstance(text, str) else 1
        tallest = max(tallest, count * _line_height(tone.size))
    return round(min(tallest + 4.0, 409.0), 1)


def _in_height(row: Row, rooms: Sequence[float]) -> list[Row]:
    """The row, or as many rows as it needs to stay within what Excel can show; the first column is repeated."""
    if _height(row.values, row.styles, rooms) <= TALLEST_ROW:
        return [row]
    parts: list[list[Value]] = [list(row.values)]
    for column, (value, style, room) in enumerate(zip(row.values, row.styles, rooms, strict=True)):
        pieces = _pieces(value.text if isinstance(value, Link) else value, _tone(style), room)
        while len(parts) < len(pieces):
            parts.append([row.values[0], *([translate("(continued)")] * (len(row.values) - 1))])
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
