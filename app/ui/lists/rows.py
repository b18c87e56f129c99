"""What most lists share: how their rows are saved, found again, named anew and deleted."""

from __future__ import annotations

from app.document import lists
from app.models.change import TABLE_OF, Edit, Entity, Verb
from app.models.names import identity
from app.models.view import WeekView
from app.ui.lists.column import Row

Pairs = list[tuple[Row | None, Row]]


def save(view: WeekView, pairs: Pairs, verb: Verb) -> Edit:
    """The edit that puts the new parts of these rows in place. Raises Refused as `lists.change`."""
    return lists.change(view.plan, *changed_parts(pairs), verb=verb)


def changed_parts(pairs: Pairs) -> list[Entity]:
    """The parts that differ from those before."""
    return [part for before, after in pairs for part in after.parts if before is None or part not in before.parts]


def fresh_id(view: WeekView, taken: set[str], kind: type[Entity], word: str, *names: str) -> str:
    """The id that these names give, as reading a workbook would, or the next that is free; it joins `taken`."""
    table = view.plan.table(TABLE_OF[kind])
    found, number = identity(word, *names), 2
    while found in table or found in taken:
        found = identity(word, *names, str(number))
        number += 1
    taken.add(found)
    return found


def as_given(_view: WeekView, row: Row) -> Row:
    """A new row begins as it is: nobody knows its name yet."""
    return row


def never_shared(_row: Row) -> None:
    """The names see to it that no two rows are the same."""


def whole(_view: WeekView, row: Row) -> tuple[Entity, ...]:
    """The row goes with all its parts."""
    return row.parts
