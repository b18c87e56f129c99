"""What forms that came back would do to a week: row by row checked, questions answered, and all of it one edit.

A blank cell leaves alone what is known, and so does a row that is missing. Nothing uncertain is taken silently: it is
asked, and the answer is in `Fixes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from pathlib import PurePath

from app.document.forms.names import Known
from app.document.forms.reading import read, rows
from app.document.forms.row import NEW, SKIP, TAKE, TWICE, Row
from app.document.lists import sound
from app.document.visits import named
from app.exchange.forms.fields import ID, VERSION
from app.models.change import Edit, Verb
from app.models.forms import Ask, Checked, Fixes, FormKind, FormRow, Layout, RawSheet, RowKey, RowState
from app.models.names import fold
from app.models.plan import Plan
from app.models.view import WeekView

_ORDER = (FormKind.TEAMS, FormKind.VISITORS, FormKind.SLOTS, FormKind.TIMES)
"""Teams before the slots that name them, visitors before their times."""
NO_FIXES = Fixes()
_COMPARED = 20

Sheets = Sequence[tuple[RawSheet, Layout]]


def check(plan: Plan, week_id: str, sheets: Sheets, fixes: Fixes = NO_FIXES) -> Checked:
    """Every row of these sheets, read by their layouts: what it would do, and what has to be asked or mended."""
    found = _through(plan, week_id, sheets, fixes, {})
    groups = _at_odds(found)
    if groups:
        found = _through(plan, week_id, sheets, fixes, groups)
    return Checked(rows=tuple(row for _, row in found))


def _through(
    plan: Plan, week_id: str, sheets: Sheets, fixes: Fixes, groups: Mapping[RowKey, _Group]
) -> list[tuple[Row, FormRow]]:
    known = Known.of(plan, week_id)
    found: dict[int, list[tuple[Row, FormRow]]] = {}
    for kind in _ORDER:
        for place, (sheet, layout) in enumerate(sheets):
            if layout.kind is kind:
                found[place] = [
                    (row, _one_of(row, groups[row.key]) if row.key in groups else read(row))
                    for row in rows(known, sheet, layout, fixes)
                ]
    return [pair for place in sorted(found) for pair in found[place]]


# Rows about the same


class _Group:
    """Rows about the same that do not say the same."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    @cached_property
    def left(self) -> int:
        """How many of them nobody has left out or called another."""
        return sum(row.answer(TWICE) not in {SKIP, NEW} for row in self.rows)

    @cached_property
    def taken(self) -> bool:
        """Whether somebody said of one that it counts."""
        return any(row.answer(TWICE) == TAKE for row in self.rows)


def _at_odds(found: Iterable[tuple[Row, FormRow]]) -> dict[RowKey, _Group]:
    """Rows about the same of which some say something else than others: which counts has to be asked."""
    about: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row, outcome in found:
        if outcome.state is not RowState.LEFT_OUT:
            for one in row.about:
                about[one].append(row)
    groups: dict[RowKey, _Group] = {}
    for same in about.values():
        if any(_differ(one, other) for one, other in combinations(same[:_COMPARED], 2)):
            group = _Group(same)
            for row in same:
                groups.setdefault(row.key, group)
    return groups


def _differ(one: Row, other: Row) -> bool:
    """Whether the rows say different things of the same field. What only one of them says contradicts nothing."""
    fields = (set(one.columns) & set(other.columns)) - {one.lead, ID, VERSION}
    return any(
        fold(one.said(name)) != fold(other.said(name))
        for name in fields
        if one.cell(name) is not None and other.cell(name) is not None
    )


def _one_of(row: Row, group: _Group) -> FormRow:
    """A row that others are at odds with: it counts where somebody said so, and does not where another counts."""
    answer = row.answer(TWICE)
    if answer == SKIP or (not answer and group.taken):
        row.ask(Ask.TWICE, row.lead)
        return row.outcome("", RowState.LEFT_OUT)
    if not answer and group.left > 1:
        other = next(one for one in group.rows if one.key != row.key)
        elsewhere = other.sheet.key != row.sheet.key
        row.ask(
            Ask.TWICE, TWICE, ((TAKE, ""), (SKIP, ""), *(((NEW, ""),) if row.kind is FormKind.SLOTS else ())),
            row=str(other.number), file=PurePath(other.sheet.file).name if elsewhere else "",
            sheet=other.sheet.title if elsewhere else "",
        )  # fmt: skip
    return read(row)


# What is done with it


def forms_edit(plan: Plan, week_id: str, checked: Checked) -> Edit:
    """The edit that takes in every row that asks nothing. An edit of nothing has no changes. Raises as `sound`."""
    ready = checked.ready
    put = {entity.id: entity for row in ready for entity in row.put}
    drop = {entity.id: entity for row in ready for entity in row.drop if entity.id not in put}
    after = plan.apply(plan.edit(Verb.FORMS, put=put.values()))
    for entity in put.values():
        sound(after, entity)
    files = list(dict.fromkeys(PurePath(row.file).name for row in ready))
    file = files[0] if len(files) == 1 else ""
    edit = plan.edit(Verb.FORMS, put=put.values(), drop=drop.values(), week_id=week_id)
    return named(edit, {"file": file, "count": str(len(ready))})


def unanswered(week: WeekView) -> tuple[list[str], list[str]]:
    """Visitors of whom neither times nor wishes are known, and teams that offer no slot: their forms are out still."""
    heard = {row.person_id for row in week.plan.availability.values() if row.week_id == week.week.id}
    heard |= {wish.person_id for wish in week.plan.wishes.values() if wish.week_id == week.week.id}
    offering = {slot.team.id for slot in week.slots.values()}
    return (
        [one.name for one in week.visitors.values() if one.id not in heard],
        [one.name for one in week.teams.values() if one.id not in offering],
    )
