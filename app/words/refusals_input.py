"""Why a file from outside was refused whole: `FILE: reason; mend`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import LiteralString

from app.text import translate

Facts = Mapping[str, object]


_CALENDARS = (".ics", ".eml", ".vcs")
_TABLES = (".csv", ".tsv", ".txt")


def _says(literal: LiteralString, *, calendar: LiteralString = "", table: LiteralString = "") -> Callable[[Facts], str]:
    """A sentence for workbooks, and others where a calendar or a table as text wants another reason or mend."""

    def says(facts: Facts) -> str:
        file = " ".join(str(facts.get("file", "")).split())
        said: LiteralString = literal
        if calendar and file.casefold().endswith(_CALENDARS):
            said = calendar
        elif table and file.casefold().endswith(_TABLES):
            said = table
        return translate(said).format(file=file, limit=facts.get("limit", ""))

    return says


SAYS: dict[str, Callable[[Facts], str]] = {
    "input-missing": _says("{file}: there is no such file; check its name and folder"),
    "input-folder": _says("{file}: this is a folder; name the file in it"),
    "input-unreachable": _says("{file}: the file cannot be opened; close it in Excel, or ask its owner for access"),
    "input-empty": _says("{file}: the file is empty; ask for it again"),
    "input-too-large": _says(
        "{file}: the file is larger than {limit} MB; delete pictures and unused sheets",
        calendar="{file}: the file is larger than {limit} MB; ask for it with the days around the week alone",
        table="{file}: the file is larger than {limit} MB; keep the rows that matter and save it anew",
    ),
    "input-password": _says("{file}: the file is locked by a password; remove it in Excel and save again"),
    "input-old-excel": _says("{file}: this is a file of an old Excel; open it in Excel and save it as .xlsx"),
    "input-not-excel": _says("{file}: this is not an Excel workbook; open it in Excel and save it as .xlsx"),
    "input-damaged": _says(
        "{file}: the workbook is damaged; let Excel repair it, and save it anew as .xlsx",
        table="{file}: a quotation mark in it is never closed, or a cell is far too long; mend it in Excel and save it "
        "as .xlsx",
    ),
    "input-no-sheets": _says("{file}: the workbook has no sheet with cells; check that it is the right file"),
    "input-packed": _says("{file}: the workbook is packed in a way that Excel never does; save it anew in Excel"),
    "input-too-many-parts": _says(
        "{file}: the workbook has more than {limit} parts; delete pictures and unused sheets"
    ),
    "input-too-many-sheets": _says(
        "{file}: the workbook has more than {limit} sheets; delete those that are not needed"
    ),
    "input-too-much": _says("{file}: the workbook unpacks to more than {limit} MB; delete unused sheets and rows"),
    "input-doctype": _says("{file}: the workbook holds instructions that Excel never writes; save it anew in Excel"),
    "input-too-slow": _says(
        "{file}: reading it took longer than {limit} seconds; delete unused sheets and rows",
        calendar="{file}: reading it took longer than {limit} seconds; ask for it with the days around the week alone",
        table="{file}: reading it took longer than {limit} seconds; keep the rows that matter and save it anew",
    ),
    "input-too-heavy": _says(
        "{file}: reading it needs too much memory; delete unused sheets, rows and formats",
        calendar="{file}: reading it needs too much memory; ask for it with the days around the week alone",
        table="{file}: reading it needs too much memory; keep the rows that matter and save it anew",
    ),
    "input-failed": _says(
        "{file}: the file could not be read; open it in Excel and save it anew as .xlsx",
        calendar="{file}: the file could not be read; ask for it again, saved as .ics",
    ),
    "input-faulty": _says("{file}: the workbook has faults; correct them first"),
    "input-no-calendar": _says("{file}: this is not a calendar file; ask for the diary saved as .ics"),
    "diary-whose": _says("{file}: its name does not tell whose diary it is; say so with --for"),
    "input-no-answer": _says("{file}: no answer to an invitation is in it; ask for the reply as .ics or .eml"),
    "input-too-many-answers": _says(
        "{file}: it holds more than {limit} answers; save the replies of this week alone, in several files"
    ),
    "text-too-long": _says("{file}: a text has more than {limit} characters; shorten it first"),
}
