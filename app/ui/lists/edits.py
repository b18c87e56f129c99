"""What is typed into a list becomes an edit through the door, or a refusal in words with the old value kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.document import lists
from app.document.lists import hanging
from app.errors import Refused
from app.exchange.planning.cells import BadCellError
from app.models.change import TABLE_OF, Edit, Entity, Verb
from app.models.faults import Trouble
from app.models.view import WeekView
from app.text import translate
from app.ui.lists import checks
from app.ui.lists.column import Column, Listing, Row
from app.words.dates import counted, listed
from app.words.edits import kind_words
from app.words.refusals import sentence

VERBS = {"wishes": Verb.WISHES, "availability": Verb.AVAILABILITY, "weeks": Verb.SETTINGS}
"""The verbs of what is not simply changed."""


class NotThatError(Exception):
    """What was typed cannot stand; the text says why and how to mend it. Nothing has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One cell and what was typed into it."""

    row: Row
    column: Column
    text: str


def change_cells(view: WeekView, listing: Listing, typed: Iterable[Typed]) -> Edit:
    """The one edit that makes these cells say these texts. Raises NotThatError."""
    rows: dict[str, tuple[Row, Row]] = {}
    for one in typed:
        before, after = rows.get(one.row.key, (one.row, one.row))
        rows[one.row.key] = (before, with_text(view, after, one.column, one.text))
    pairs = [(before, after) for before, after in rows.values() if before != after]
    if not pairs:
        return Edit(verb=Verb.CHANGE, changes=())
    for _, after in pairs:
        check_row(view, listing, after)
    _all_different(view, listing, [after for _, after in pairs])
    return _saved(view, listing, [*pairs], Verb.CHANGE)


def with_text(view: WeekView, row: Row, column: Column, text: str) -> Row:
    """The row with that text in a cell. Raises NotThatError."""
    try:
        return column.put(view, row, column.value(view, text))
    except BadCellError as bad:
        raise NotThatError(checks.said(bad, column.title or column.name)) from bad


def add_row(view: WeekView, listing: Listing, texts: Mapping[str, str]) -> tuple[Edit, str]:
    """The edit that adds a row with these texts, by the names of columns, and its key. Raises NotThatError."""
    if listing.fresh is None or listing.keyed is None:
        raise TypeError(f"no row can be added to {listing.id}")
    row = filled(view, listing, listing.fresh(view), texts)
    row = listing.keyed(view, row, set())
    check_row(view, listing, row)
    _all_different(view, listing, [row])
    edit = _saved(view, listing, [(None, row)], Verb.ADD)
    return edit, row.key


def filled(view: WeekView, listing: Listing, row: Row, texts: Mapping[str, str]) -> Row:
    """The row with these texts, beginning from what another week knows of its name. Raises NotThatError."""
    columns = listing.columns(view)
    about = columns[0].name
    if about in texts:
        row = listing.known(view, with_text(view, row, columns[0], texts[about]))
    for column in columns:
        if column.name in texts:
            row = with_text(view, row, column, texts[column.name])
        elif column.required and not column.text(view, row):
            raise NotThatError(checks.said(checks.BadRowError(column.name, Trouble.BLANK), column.name))
    return row


def delete_rows(view: WeekView, listing: Listing, rows: Sequence[Row]) -> Edit:
    """The edit that takes rows out with what hangs on them."""
    gone = [entity for row in rows for entity in listing.gone(view, row)]
    return lists.delete(view.plan, *gone)


def what_hangs(view: WeekView, listing: Listing, rows: Sequence[Row]) -> str:
    """What would be deleted with these rows: `3 visits and 2 wishes`; blank where nothing would."""
    own = {(TABLE_OF[type(part)], part.id) for row in rows for part in row.parts}
    found: dict[str, set[str]] = {}
    for row in rows:
        for entity in listing.gone(view, row):
            for other in hanging(view.plan, entity):
                _count(other, own, found)
    order = ("teams", "slots", "visits", "wishes", "availability", "past_visits", "roads")
    tables = sorted(found, key=lambda table: order.index(table) if table in order else len(order))
    return listed([counted(len(found[table]), kind_words(table), kind_words(table, 2)) for table in tables])


def _count(entity: Entity, own: set[tuple[str, str]], found: dict[str, set[str]]) -> None:
    table = TABLE_OF[type(entity)]
    if (table, entity.id) in own or table in {"attendances", "offers"}:
        return  # a visitor's taking part is part of the row, not something beside it
    found.setdefault(table, set()).add(entity.id)


def check_row(view: WeekView, listing: Listing, row: Row) -> None:
    """Refuse a row whose cells do not go together. Raises NotThatError."""
    try:
        listing.check(view, row)
    except BadCellError as bad:
        raise NotThatError(checks.said(bad, "")) from bad


def _all_different(view: WeekView, listing: Listing, changed: list[Row]) -> None:
    keys = {row.key for row in changed}
    seen = {listing.unique(row) for row in changed if listing.unique(row) is not None}
    if not seen:
        return
    if len(seen) < len(changed) or any(
        row.key not in keys and listing.unique(row) in seen for row in listing.rows(view)
    ):
        raise NotThatError(same_words(view, listing, changed[0]))


def same_words(view: WeekView, listing: Listing, row: Row) -> str:
    """That a row like this is there already."""
    columns = listing.columns(view)
    name = " – ".join(text for text in (column.text(view, row) for column in columns[:3]) if text)
    return translate("“{name}” is in the list already; change that row, or delete it first.").format(name=name)


def _saved(view: WeekView, listing: Listing, pairs: list[tuple[Row | None, Row]], verb: Verb) -> Edit:
    if verb is Verb.CHANGE:
        verb = VERBS.get(listing.table, verb)
    try:
        return listing.save(view, pairs, verb)
    except Refused as refused:
        raise NotThatError(sentence(refused)) from refused
