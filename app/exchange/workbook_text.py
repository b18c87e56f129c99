"""Workbooks for people: text written as text, named styles, row heights, print set-up, the same bytes every time.

A sheet is said as a `Sheet`: a title, a line about it, one table. Everything that ROTAS.md asks of every sheet is
done here once. Rows are written as the file holds them, past openpyxl's cell objects and their guessing of types:
thousands are quick to write, and `=1+1` stays a text.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties, WorksheetProperties
from openpyxl.worksheet.table import Table, TableColumn
from openpyxl.writer.excel import ExcelWriter

from app.errors import Refused
from app.exchange.look import token
from app.exchange.sheet_layout import (
    FIRST_ROW,
    HEAD_ROW,
    MARGIN_BOTTOM,
    MARGIN_EDGE,
    MARGIN_TOP,
    MARGIN_X,
    PADDING,
    Laid,
    laid,
    page_ends,
)
from app.exchange.sheets import (
    CONTROL,
    Link,
    Paper,
    Papers,
    Sheet,
    Style,
    Tinted,
    Tone,
    Value,
)
from app.text import translate

FONT = "Arial"
"""On every Windows machine; Liberation Sans has the same widths."""
LONGEST_CELL = 32_767
_LONGEST_HEADER = 250
_EXCEL_ZERO = dt.date(1899, 12, 30)


def workbook_bytes(sheets: Iterable[Sheet], papers: Papers) -> bytes:
    """The sheets as one .xlsx file: no author, dates of the version's moment.

    Raises Refused("cell-too-long", sheet, cell, length, limit) for a text that Excel cannot hold.
    """
    book = _Book(papers)
    for sheet in sheets:
        book.add(sheet)
    return book.saved()


class _Book:
    """A workbook under construction."""

    def __init__(self, papers: Papers) -> None:
        self._papers = papers
        # Any: openpyxl's types know little of its insides, which are used here throughout.
        self._book = cast(Any, Workbook())
        self._book.remove(self._book.worksheets[0])
        self._scratch = self._book.create_sheet()
        self._book.remove(self._scratch)
        self._styles: dict[Style, str] = {}
        self._written: dict[str, list[str]] = {}
        self._links: dict[str, list[Hyperlink]] = defaultdict(list)
        self._tables = 0
        moment = papers.version.utc
        self._book.properties = DocumentProperties(
            creator="", title=_stripped(papers.title), language="en-GB", created=moment, modified=moment
        )
        self._margins = PageMargins(
            left=MARGIN_X, right=MARGIN_X, top=MARGIN_TOP, bottom=MARGIN_BOTTOM, header=MARGIN_EDGE, footer=MARGIN_EDGE
        )
        normal = self._book._named_styles["Normal"]
        normal.font = Font(name=FONT, size=10)

    def add(self, sheet: Sheet) -> None:
        """Write one sheet after those already there."""
        _refuse_long(sheet)
        ws = self._book.create_sheet(sheet.name)
        fitted = laid(sheet)
        self._columns(ws, fitted)
        self._written[ws.title] = [
            *(self._row(ws, *line) for line in fitted.head),
            *(
                self._row(ws, number, row.values, row.styles, height)
                for number, (row, height) in enumerate(zip(fitted.rows, fitted.heights, strict=True), start=FIRST_ROW)
            ),
        ]
        last = FIRST_ROW + len(fitted.rows) - 1
        self._table(ws, sheet, last)
        self._print(ws, sheet, fitted.paper, last)
        if not sheet.one_page:
            for row_number in page_ends(fitted):
                ws.row_breaks.append(Break(id=row_number))
        elif not fitted.fits:
            ws.page_setup.fitToHeight = 1

    def saved(self) -> bytes:
        """The finished file."""
        held = io.BytesIO()
        with _FixedZip(held, self._papers.version.utc) as archive:
            _Writer(self._book, archive, self._written, self._links).save()
        return held.getvalue()

    @staticmethod
    def _columns(ws: Any, fitted: Laid) -> None:
        for place, room in enumerate(fitted.rooms, start=1):
            ws.column_dimensions[get_column_letter(place)].width = round((room + PADDING) / 0.75 / 7, 2)

    def _row(self, ws: Any, number: int, values: Sequence[Value], styles: Sequence[Style], height: float) -> str:
        """A row as the file holds it."""
        parts = [f'<row r="{number}" ht="{height}" customHeight="1">']
        for place, (value, style) in enumerate(zip(values, styles, strict=True), start=1):
            ref = f"{get_column_letter(place)}{number}"
            start = f'<c r="{ref}" s="{self._style(style)}"'
            if isinstance(value, Link):
                # A location inside the workbook, never an address: nothing leads out.
                link = Hyperlink(ref=ref, location=f"{_quoted(value.sheet)}!A1", display=value.text)
                self._links[ws.title].append(link)
                parts.append(_text_cell(start, value.text))
            elif isinstance(value, str):
                parts.append(_text_cell(start, value))
            else:
                parts.append(f'{start} t="n"><v>{_number(value)}</v></c>')
        parts.append("</row>")
        return "".join(parts)

    def _style(self, style: Style) -> str:
        """The number of a named style in the file."""
        held = self._styles.get(style)
        if held is None:
            named = _named_style(style)
            self._book.add_named_style(named)
            cell: Any = Cell(self._scratch, 1, 1)
            cell.style = named.name
            held = self._styles[style] = str(cell.style_id)
        return held

    def _table(self, ws: Any, sheet: Sheet, last: int) -> None:
        self._tables += 1
        ref = f"A{HEAD_ROW}:{get_column_letter(len(sheet.columns))}{last}"
        table = Table(displayName=f"Table{self._tables}", name=f"Table{self._tables}", ref=ref)
        for place, column in enumerate(sheet.columns, start=1):
            table.tableColumns.append(TableColumn(id=place, name=_stripped(column.head)))
        if sheet.filters:
            table.autoFilter = AutoFilter(ref=ref)
        ws._tables.add(table)

    def _print(self, ws: Any, sheet: Sheet, paper: Paper, last: int) -> None:
        ws.sheet_properties = WorksheetProperties(
            pageSetUpPr=PageSetupProperties(fitToPage=True), tabColor=sheet.tab or None
        )
        ws.page_setup.paperSize, ws.page_setup.orientation = paper.value[:2]
        ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
        ws.page_margins = self._margins
        ws.print_title_rows = f"1:{HEAD_ROW}"
        ws.print_area = f"A1:{get_column_letter(len(sheet.columns))}{last}"
        ws.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{FIRST_ROW}"
        ws.sheet_view.showGridLines = False
        papers = self._papers
        ws.oddHeader.left.text = _header(papers.heading)
        ws.oddHeader.right.text = _header(papers.marking)
        ws.oddFooter.left.text = _header(papers.version_line)
        ws.oddFooter.right.text = translate("Page &P of &N")


def _refuse_long(sheet: Sheet) -> None:
    for number, row in enumerate(sheet.rows, start=FIRST_ROW):
        for place, value in enumerate(row.values, start=1):
            if isinstance(value, str) and len(value) > LONGEST_CELL:
                raise Refused(
                    "cell-too-long", sheet=sheet.name, cell=f"{get_column_letter(place)}{number}",
                    length=len(value), limit=LONGEST_CELL,
                )  # fmt: skip


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


class _Writer(ExcelWriter):
    """openpyxl's writer, given rows that are ready, and without temporary files: no name lies about on the disk."""

    def __init__(
        self,
        book: Any,
        archive: _FixedZip,
        rows: Mapping[str, Sequence[str]],
        links: Mapping[str, list[Hyperlink]],
    ) -> None:
        super().__init__(book, archive)
        self._zip, self._rows, self._links = archive, rows, links

    def write_worksheet(self, ws: Any) -> None:
        """Write one sheet into the archive, and note what it refers to."""
        ws._drawing = SpreadsheetDrawing()
        held = io.BytesIO()
        writer: Any = _SheetWriter(ws, held)
        ws._hyperlinks = self._links.get(ws.title, [])
        writer.write()
        ws._rels = writer._rels
        before, empty, after = held.getvalue().partition(_NO_ROWS)
        if not empty:
            raise ValueError("openpyxl writes a sheet without rows in another way than it did")
        self._zip.writestr(ws.path[1:], b"".join((before, *_within_rows(self._rows[ws.title]), after)))
        self.manifest.append(ws)


_NO_ROWS = b"<sheetData></sheetData>"
"""How openpyxl writes a sheet without rows."""


def _within_rows(rows: Sequence[str]) -> tuple[bytes, bytes, bytes]:
    return b"<sheetData>", "".join(rows).encode(), b"</sheetData>"


class _SheetWriter(WorksheetWriter):
    """openpyxl's writer of a sheet without rows."""

    def write_dimensions(self) -> None:
        """From A1 to the end of the table."""
        (table,) = self.ws.tables.values()
        sheet: Any = self
        sheet.xf.send(SheetDimension(ref=f"A1:{table.ref.partition(':')[2]}").to_tree())


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
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _text_cell(start: str, text: str) -> str:
    """A cell that holds a text, whatever the text begins with."""
    shown = escape(_stripped(text), quote=False)
    keep = ' xml:space="preserve"' if shown != shown.strip() or "\n" in shown or "  " in shown else ""
    return f'{start} t="inlineStr"><is><t{keep}>{shown}</t></is></c>'


def _number(value: int | dt.date | dt.time) -> str:
    """A number, a date or a time as Excel counts them."""
    if isinstance(value, dt.time):
        return repr((value.hour * 3600 + value.minute * 60 + value.second) / 86_400)
    if isinstance(value, dt.date):
        return str((value - _EXCEL_ZERO).days)
    return str(value)


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _header(text: str) -> str:
    """A text for a header: one line, `&` doubled so that it is no code, cut to what a header holds."""
    line = " ".join(_stripped(text).split())
    half = _LONGEST_HEADER // 2 - 10
    while len(line.replace("&", "&&")) > half:
        line = line[:-2].rstrip() + "…"
    return line.replace("&", "&&")
