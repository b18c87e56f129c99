"""The bytes of an .xlsx as sheets of cells, within the caps of RELIABILITY.md ("Input from others").

Nothing is understood here: `desk` finds the planning workbook's sheets and columns in what this gives.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError, iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import COL_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from app.errors import Refused
from app.exchange.archive import MOST_PARTS
from app.exchange.planning.cells import Cell, Odd, is_blank
from app.exchange.planning.vocabulary import MOST_COLUMNS, most_rows
from app.models.faults import Trouble

_FORMULA_TAG, _INLINE_TAG, _ITEM_TAG, _RUN_TAG, _TEXT_TAG = (
    f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("f", "is", "si", "r", "t")
)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_UNCACHED = "uncached"
_LARGEST = 10**15

_READING_ERRORS = (
    KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError, RecursionError, UnicodeError,
    AssertionError, LookupError, OSError, EOFError, ParseError, zipfile.BadZipFile, InvalidFileException,
    NotImplementedError,
)  # fmt: skip
"""What openpyxl and the XML parser raise on a part that does not follow the format."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its title as written, and its rows that are not blank: (number, cells by column from 1)."""

    title: str
    rows: tuple[tuple[int, dict[int, Cell]], ...]
    too_many_rows: bool = False
    too_many_columns: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a workbook in their order, hidden ones too."""

    sheets: tuple[Sheet, ...] = field(default_factory=tuple)


def read_book(data: bytes, name: str) -> Book:
    """The workbook's cells. The data must have passed `app.exchange.archive.inspect`.

    Raises Refused("input-damaged" | "input-no-sheets" | "input-too-many-sheets", file) where it does not follow the
    format of an .xlsx, or has no sheets or far too many.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it leaves out; nothing of that is read here
        try:
            reader = _Reader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            reader.file = name
            reader.read()
            workbook = reader.wb
            sheets = tuple(_sheet(sheet) for sheet in workbook.worksheets if isinstance(sheet, ReadOnlyWorksheet))
        except _READING_ERRORS as error:
            raise Refused("input-damaged", file=name) from error
    if not sheets:
        raise Refused("input-no-sheets", file=name)
    return Book(sheets)


class _Reader(ExcelReader):
    """openpyxl's reader, with texts as Excel means them: `_x000D_` stands for a character, `_x005F_` for a `_`.

    It reads no more sheets than a workbook may have parts: each of an honest one has its own.
    """

    file = ""

    def read_worksheets(self) -> None:
        parser: Any = self.parser
        if len(parser.sheets) > MOST_PARTS:
            raise Refused("input-too-many-sheets", file=self.file, limit=MOST_PARTS)
        super().read_worksheets()

    def read_strings(self) -> None:
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is None:
            return
        texts = []
        with self.archive.open(part.PartName.lstrip("/")) as source:
            for _, element in _elements(source):
                if element.tag == _ITEM_TAG:
                    texts.append(_unescaped("".join(_runs(element))))
                    element.clear()
        self.shared_strings = texts


def _elements(source: Any) -> Iterator[tuple[str, Any]]:
    """The elements of a part as they end. openpyxl's own parsing goes through defusedxml; here are the large parts,
    and `archive.inspect` has seen with the same parser that none of them has a document type to do harm with."""
    return iterparse(source)  # noqa: S314 -- as said above


def _runs(item: Element) -> Iterator[str]:
    """The pieces of a text, without the phonetic hints that may hang on it."""
    for child in item:
        if child.tag == _TEXT_TAG:
            yield child.text or ""
        elif child.tag == _RUN_TAG:
            yield from (piece.text or "" for piece in child if piece.tag == _TEXT_TAG)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Rows(WorkSheetParser):
    """openpyxl's reader of one sheet, kept to the cells: no validations, merged ranges, formats or extensions.

    A merged range or a validation of millions of cells is thus never expanded, and an odd one harms nothing.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def rows(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        for _, element in _elements(self.source):
            if element.tag == COL_TAG and element.get("hidden") in {"1", "true"}:
                self.hidden_columns |= _reach(element)
            elif element.tag == ROW_TAG:
                row = self.parse_row(element)
                if element.get("hidden") in {"1", "true"}:
                    self.hidden_rows.add(row[0])
                element.clear()
                yield row

    def parse_cell(self, element: Element) -> dict[str, Any]:
        kind = element.get("t")
        inline = element.find(_INLINE_TAG) if kind == "inlineStr" else None
        if inline is not None:  # openpyxl would build objects for each run of the text
            element.remove(inline)
        cell: dict[str, Any] = super().parse_cell(element)
        # With t="str" a formula gave blank text; without it, nobody ever worked it out.
        if cell["value"] is None and cell["data_type"] != "str" and element.find(_FORMULA_TAG) is not None:
            cell["data_type"] = _UNCACHED
        elif inline is not None:
            cell["value"], cell["data_type"] = _unescaped("".join(_runs(inline))), "s"
        elif kind == "str" and isinstance(cell["value"], str):
            cell["value"] = _unescaped(cell["value"])
        return cell


def _reach(element: Element) -> set[int]:
    """The columns that one `col` element speaks of, as far as columns are read."""
    first, last = element.get("min", ""), element.get("max", "")
    if not (first.isdecimal() and last.isdecimal()):
        return set()
    return set(range(int(first), min(int(last), MOST_COLUMNS) + 1))


def _sheet(sheet: ReadOnlyWorksheet) -> Sheet:
    limit = most_rows(sheet.title)
    rows: dict[int, dict[int, Cell]] = {}
    too_many_rows = too_many_columns = False
    inner: Any = sheet  # what its stubs leave out
    book: Any = sheet.parent
    with inner._get_source() as source:
        parser = _Rows(
            source, inner._shared_strings, data_only=True, epoch=book.epoch,
            date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
        )  # fmt: skip
        for number, parsed in parser.rows():
            cells: dict[int, Cell] = {}
            for cell in parsed:
                value = _value(cell)
                if is_blank(value):
                    continue
                if cell["column"] > MOST_COLUMNS:
                    too_many_columns = True
                    continue
                cells[cell["column"]] = value
            if cells and len(rows) > limit:  # the header row does not count
                too_many_rows = True
                break
            if cells:
                rows.setdefault(number, {}).update(cells)
            if too_many_columns:  # the rest would be as wide, and nobody filled that in by hand
                break
    return Sheet(
        sheet.title, tuple(sorted(rows.items())), too_many_rows, too_many_columns, frozenset(parser.hidden_rows),
        frozenset(parser.hidden_columns), hidden=inner.sheet_state != "visible",
    )  # fmt: skip


def _value(cell: dict[str, Any]) -> Cell:
    value, kind = cell["value"], cell["data_type"]
    if kind == _UNCACHED:
        return Odd(Trouble.FORMULA)
    if kind == "e":
        return Odd(Trouble.ERROR_CELL, str(value))
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST:
        return float("inf") if value > 0 else float("-inf")
    if value is None or isinstance(value, str | int | float | bool | dt.date | dt.time | dt.timedelta):
        return value
    return str(value)
