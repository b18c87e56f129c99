"""Forms that came back as sheets of cells: workbooks and CSV files by the limited process, pasted blocks here."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from app.errors import Refused
from app.exchange import guard
from app.exchange.archive import MEGABYTE, MOST_FILE, inspect
from app.exchange.diary.parts import text_of
from app.exchange.planning.cells import Cell, Odd
from app.exchange.planning.vocabulary import MOST_COLUMNS, MOST_ROWS
from app.models.forms import RawCell, RawSheet
from app.models.sense import MOST_CHARACTERS

ENDINGS = frozenset({".xlsx", ".xlsm", ".csv", ".tsv", ".txt"})
MOST_TABLE = 5 * MEGABYTE
_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls"})
_SEPARATORS = ",;\t|"


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files that are meant: each file, and of each folder the forms that lie in it, by name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                one for one in path.iterdir()
                if one.suffix.casefold() in ENDINGS and not one.name.startswith(("~$", "."))
            )  # fmt: skip
        else:
            found.append(path)
    return found


def read_files(paths: Sequence[Path]) -> tuple[list[RawSheet], list[Refused]]:
    """The sheets of these files, and why others could not be read. One process reads them all.

    Where that process fails, each file is read by one of its own, so that a bad file spoils no other.
    """
    data: list[tuple[str, bytes]] = []
    failed: list[Refused] = []
    for path in paths:
        try:
            data.append((str(path), guard.read_limited(path, _most(path))))
        except Refused as refused:
            failed.append(refused)
    if not data:
        return [], failed
    sheets, refusals = _parsed(data)
    return sheets, [*failed, *refusals]


def _most(path: Path) -> int:
    """How many bytes a file may have (RELIABILITY.md, "Input from others"). A workbook is packed, text is not."""
    return MOST_FILE if path.suffix.casefold() in _WORKBOOKS else MOST_TABLE


def _parsed(data: list[tuple[str, bytes]]) -> tuple[list[RawSheet], list[Refused]]:
    """The sheets of these files, by one process; where that fails, each by one of its own."""
    head = json.dumps([[name, len(content)] for name, content in data]).encode()
    sent = head + b"\n" + b"".join(content for _, content in data)
    try:
        sheets, refusals = guard.parse_bytes("forms", sent, data[0][0])
    except Refused as refused:
        if len(data) == 1:
            return [], [refused]
        found = [_parsed([one]) for one in data]
        return [sheet for some, _ in found for sheet in some], [one for _, some in found for one in some]
    return list(sheets), [Refused(code, **facts) for code, facts in refusals]


def read_guarded(data: bytes, _file: str) -> tuple[list[RawSheet], list[tuple[str, dict[str, object]]]]:
    """What the limited process does: each file's sheets, and (code, facts) of each that was refused."""
    head, _, body = data.partition(b"\n")
    sheets: list[RawSheet] = []
    refused_too: list[tuple[str, dict[str, object]]] = []
    start = 0
    for name, size in json.loads(head):
        content, start = body[start : start + size], start + size
        try:
            sheets += _sheets(content, name)
        except Refused as refused:
            refused_too.append((refused.code, dict(refused.facts)))
    return sheets, refused_too


def _sheets(data: bytes, file: str) -> list[RawSheet]:
    if not data.strip():
        raise Refused("input-empty", file=file)
    if data.startswith(b"PK") or PurePath(file).suffix.casefold() in _WORKBOOKS:
        inspect(data, file)
        from app.exchange.planning.book import read_book  # brings openpyxl, which a CSV file does not need

        return [
            RawSheet(
                file=file, title=sheet.title, rows=tuple((number, _plain(cells)) for number, cells in sheet.rows),
                hidden_rows=sheet.hidden_rows, hidden_columns=sheet.hidden_columns, hidden=sheet.hidden,
                cut=sheet.too_many_rows or sheet.too_many_columns,
            )
            for sheet in read_book(data, file).sheets
        ]  # fmt: skip
    return [_table(text_of(data), file, title="")]


def _plain(cells: Mapping[int, Cell]) -> dict[int, RawCell]:
    """Cells as values; one that was never worked out, or holds an error, as the text that Excel shows; texts cut."""
    found: dict[int, RawCell] = {}
    for column, cell in cells.items():
        value = (cell.text or "#N/A") if isinstance(cell, Odd) else cell
        found[column] = value[:MOST_CHARACTERS] if isinstance(value, str) else value
    return found


def pasted(text: str, name: str) -> RawSheet:
    """A block from the clipboard as a sheet."""
    return _table(text, name, title="")


def _table(text: str, file: str, title: str) -> RawSheet:
    """Lines of text as rows, by whichever mark parts the first lines most evenly."""
    lines = text.replace("\0", "")
    head = [line for line in lines.splitlines()[:30] if line.strip()]
    separator = max(
        _SEPARATORS, key=lambda mark: (sum(mark in line for line in head), sum(line.count(mark) for line in head))
    )
    csv.field_size_limit(10 * MOST_CHARACTERS)
    rows: list[tuple[int, dict[int, RawCell]]] = []
    cut = False
    try:
        for number, row in enumerate(csv.reader(io.StringIO(lines, newline=""), delimiter=separator), start=1):
            cut = cut or len(row) > MOST_COLUMNS
            cells: dict[int, RawCell] = {
                column: cell.strip()[:MOST_CHARACTERS]
                for column, cell in enumerate(row[:MOST_COLUMNS], start=1)
                if cell.strip()
            }
            if cells:
                rows.append((number, cells))
            if len(rows) > MOST_ROWS:
                cut = True
                break
    except csv.Error as error:
        raise Refused("input-damaged", file=file) from error
    return RawSheet(file=file, title=title, rows=tuple(rows), cut=cut)
