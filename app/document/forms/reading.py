"""Which rows of a sheet count, and what each of them would do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.document.forms.names import Known
from app.document.forms.row import LeftOutError, Row
from app.document.forms.slots import read_slot
from app.document.forms.teams import read_team
from app.document.forms.times import read_times
from app.document.forms.visitors import read_visitor
from app.exchange.forms.fields import EXAMPLE, ID, VERSION, version_of
from app.exchange.forms.names import is_total
from app.exchange.planning import cells
from app.models.forms import Ask, Fixes, FormKind, FormRow, Layout, RawSheet, RowState
from app.models.names import fold

_REMARK = re.compile(r"^(please|note|notes|nb|n\.b|thank|if you|any questions|contact|return|deadline|\*)")
_LONG = 60
_READERS = {
    FormKind.VISITORS: read_visitor, FormKind.TEAMS: read_team, FormKind.SLOTS: read_slot, FormKind.TIMES: read_times,
}  # fmt: skip


def rows(known: Known, sheet: RawSheet, layout: Layout, fixes: Fixes) -> Iterator[Row]:
    """Every row below the headings, not read yet."""
    heads = {guess.column: fold(guess.heading) for guess in layout.guesses}
    columns = {guess.field: guess for guess in layout.guesses if guess.field}
    above = ""
    for number, held in sheet.rows:
        if number <= layout.header or not held:
            continue
        if all(fold(cells.shown(cell)) == heads.get(column) for column, cell in held.items()):
            continue  # the headings once more, as on every printed page
        row = Row(known, sheet, layout, fixes, number, held, columns, above=above)
        above = row.said(row.lead) or above
        yield row


def read(row: Row) -> FormRow:
    """What the row would do; what it would put is known to the rows after it."""
    try:
        _leave_out(row)
        name = _READERS[row.kind](row)
    except LeftOutError as left:
        row.ask(left.ask, row.lead)
        return row.outcome("", RowState.LEFT_OUT)
    found = row.outcome(name)
    if not found.asks:
        row.known.bring(row.put.values())
    return found


def _leave_out(row: Row) -> None:
    """Raise for a row that tells of nothing: totals, the example, remarks, what somebody hid."""
    lead = row.said(row.lead)
    words = [cell for cell in row.held.values() if isinstance(cell, str)]
    first = words[0] if words else ""
    if fold(row.said(ID)) == EXAMPLE or fold(lead).startswith("example"):
        raise LeftOutError(Ask.EXAMPLE)
    if is_total(lead) or (not lead and is_total(first)):
        raise LeftOutError(Ask.TOTAL)
    alone = len(row.held) == 1 and len(row.columns) > 1
    if alone and (len(first) > _LONG or _REMARK.match(fold(first)) or not lead):
        raise LeftOutError(Ask.REMARK)
    if not lead and not words and len(row.columns) > 1:
        raise LeftOutError(Ask.TOTAL)  # numbers alone add up the columns above
    told = set(row.columns) - {row.lead, ID, VERSION}
    if row.kind in {FormKind.SLOTS, FormKind.TIMES} and all(row.cell(name) is None for name in told):
        raise LeftOutError(Ask.EMPTY)
    if row.said(VERSION) not in {"", version_of(row.known.week)}:
        row.settled(Ask.OLD_FORM, "old-form", version=row.said(VERSION))
    if row.number in row.sheet.hidden_rows:
        row.settled(Ask.HIDDEN, "hidden")
