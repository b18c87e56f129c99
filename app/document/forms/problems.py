"""Rows that could not be taken in, saved back to Excel, each with its reason: to mend there, or to send back."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from app.exchange.planning import cells
from app.exchange.planning.writer import sealed
from app.exchange.sheets import sheet_names
from app.models.forms import Checked, Layout, RawSheet, RowState
from app.text import translate
from app.words.forms import ask_words, state_word


def problem_rows(checked: Checked, sheets: Sequence[tuple[RawSheet, Layout]]) -> bytes:
    """The workbook: a sheet for each that has such rows, with its headings, the cells as they came, and why."""
    book = Workbook()
    book.remove(book.worksheets[0])
    rows = {row.key: row for row in checked.of(RowState.CHECK, RowState.ERROR)}
    mine = [pair for pair in sheets if any(key[:2] == pair[0].key for key in rows)]
    names = sheet_names(sheet.title or sheet.file for sheet, _ in mine)
    for (sheet, layout), name in zip(mine, names, strict=True):
        page = book.create_sheet(name)
        columns = [guess.column for guess in layout.guesses]
        heads = [*(guess.heading for guess in layout.guesses), translate("State"), translate("Reason")]
        page.append(heads)
        for cell in page[1]:
            cell.font = Font(bold=True)
        for number, held in sheet.rows:
            row = rows.get((*sheet.key, number))
            if row is None:
                continue
            reason = "; ".join(f"{asked.cell}: {ask_words(asked)}" for asked in row.asks)
            values: list[object] = [held.get(column) for column in columns]
            page.append([None] * len(heads))
            for place, value in enumerate([*values, state_word(row.state), reason], start=1):
                target = page.cell(page.max_row, place)
                target.value = cells.clean(value) if isinstance(value, str) else value
                if isinstance(value, str):
                    target.data_type = "s"
                target.alignment = Alignment(vertical="top", wrap_text=place == len(heads))
        page.column_dimensions[get_column_letter(len(heads))].width = 60
        page.freeze_panes = "A2"
    return sealed(book)
