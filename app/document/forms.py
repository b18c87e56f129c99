"""What forms that came back would do to a week: row by row checked, questions answered, and all of it one edit.

A blank cell leaves alone what is known, and so does a row that is missing. Nothing uncertain is taken silently: it is
asked, and the answer is in `Fixes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from app.document.form_names import Known
from app.document.form_rows import RowReader
from app.document.lists import sound
from app.document.visits import named
from app.models.change import Edit, Verb
from app.models.forms import Checked, Fixes, FormKind, FormRow, Layout, RawSheet, RowState
from app.models.plan import Plan
from app.models.view import WeekView

_ORDER = (FormKind.TEAMS, FormKind.VISITORS, FormKind.SLOTS, FormKind.TIMES)
"""Teams before the slots that name them, visitors before their times."""
NO_FIXES = Fixes()


def check(plan: Plan, week_id: str, sheets: Sequence[tuple[RawSheet, Layout]], fixes: Fixes = NO_FIXES) -> Checked:
    """Every row of these sheets, read by their layouts: what it would do, and what has to be asked or mended."""
    known = Known.of(plan, week_id)
    found: dict[int, list[FormRow]] = {}
    seen: dict[tuple[str, ...], FormRow] = {}
    for kind in _ORDER:
        for place, (sheet, layout) in enumerate(sheets):
            if layout.kind is kind:
                reader = RowReader(known, sheet, layout, fixes, seen)
                found[place] = list(reader.rows())
    return Checked(rows=tuple(row for place in sorted(found) for row in found[place]))


def forms_edit(plan: Plan, week_id: str, checked: Checked) -> Edit:
    """The edit that takes in every row that asks nothing. An edit of nothing has no changes. Raises as `sound`."""
    ready = checked.ready
    put = {entity.id: entity for row in ready for entity in row.put}
    after = plan.apply(plan.edit(Verb.FORMS, put=put.values()))
    for entity in put.values():
        sound(after, entity)
    files = list(dict.fromkeys(PurePath(row.file).name for row in ready))
    file = files[0] if len(files) == 1 else ""
    edit = plan.edit(Verb.FORMS, put=put.values(), week_id=week_id)
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


def counts(checked: Checked) -> dict[RowState, int]:
    """How many rows are in each state."""
    found = dict.fromkeys(RowState, 0)
    for row in checked.rows:
        found[row.state] += 1
    return found
