"""The list of visits: its cells go through the verbs of visits, so that a visit keeps its identity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from app.document import visits
from app.exchange.planning.vocabulary import VISITS
from app.models.change import Edit, Entity, Verb
from app.models.plan import Plan
from app.models.view import WeekView
from app.models.visits import GONE, Visit, VisitStatus
from app.text import translate
from app.ui.deck.verdicts import together
from app.ui.lists import checks, names
from app.ui.lists.column import Column, Editor, Listing, Row, of_sheet, shown
from app.ui.lists.rows import Pairs, as_given
from app.words.labels import slot_label


def _columns(view: WeekView) -> tuple[Column, ...]:
    """The columns of the planning workbook, and beside the slot's name what it stands for."""
    del view
    where = Column(
        name="Where", title=translate("Where and when"), editor=Editor.LINE, width=36, editable=False,
        read=lambda view, row: slot_label(view.slots.get(row.part(Visit).slot_id)), parse=lambda _view, text: text,
        put=lambda _view, row, _value: row, say=lambda _view, value: shown(value),
    )  # fmt: skip
    return (*_SHEET[:2], where, *_SHEET[2:])


_SHEET = of_sheet(VISITS, slot_id={"choices": names.slot_choices, "parse": names.slot})


def _rows(view: WeekView) -> Iterable[Row]:
    return (Row(one.id, (one,)) for one in view.visits)


def _fresh(view: WeekView) -> Row:
    return Row("", (Visit(id="", week_id=view.week.id, person_id="", slot_id="", uid=""),))


def _keyed(view: WeekView, row: Row, taken: set[str]) -> Row:
    """A new visit gets its identity when it is placed."""
    del view
    key = f"new {len(taken)}"
    taken.add(key)
    return Row(key, row.parts)


def _same(row: Row) -> tuple[object, ...] | None:
    one = row.part(Visit)
    return (one.person_id, one.slot_id) if one.status not in GONE else None


def _save(view: WeekView, pairs: Pairs, verb: Verb) -> Edit:
    """Each cell as its own verb, joined into one edit. Raises Refused as the verbs do."""
    steps = [
        step for before, after in pairs for step in _steps(before.part(Visit) if before else None, after.part(Visit))
    ]
    edit = together(view.plan, steps)
    if len(steps) == 1:
        return edit
    edit = Edit(verb=verb, changes=edit.changes, week_id=view.week.id)
    return visits.named(edit, {"kind": "visits", "count": str(len(pairs)), "name": _who(view, pairs)})


def _who(view: WeekView, pairs: Pairs) -> str:
    person = view.plan.people.get(pairs[0][1].part(Visit).person_id) if pairs else None
    return person.name if person else ""


def _steps(old: Visit | None, new: Visit) -> Iterator[Callable[[Plan], Edit]]:
    """What leads from the old visit to the new one: functions that give an edit of the Plan they are given."""
    visit_id = old.id if old else ""
    if old is None or old.person_id != new.person_id:
        if old is not None:
            yield lambda plan: visits.to_tray(plan, old.id)

        yield lambda plan: visits.place(plan, new.person_id, new.slot_id, pinned=new.pinned, permitted=new.permitted)
        if new.status is not VisitStatus.PROPOSED:
            yield lambda plan: visits.set_status(plan, _placed(plan, new).id, new.status)
        return
    if old.status is not new.status:
        yield lambda plan: visits.set_status(plan, visit_id, new.status)
    if old.slot_id != new.slot_id:
        yield lambda plan: visits.move(plan, visit_id, new.slot_id, permitted=new.permitted)
    elif old.permitted != new.permitted:
        yield lambda plan: visits.permit(plan, visit_id, new.permitted)
    if old.pinned != new.pinned:
        yield lambda plan: (visits.pin if new.pinned else visits.unpin)(plan, visit_id)


def _placed(plan: Plan, new: Visit) -> Visit:
    return next(
        one for one in plan.visits.values()
        if (one.week_id, one.person_id, one.slot_id) == (new.week_id, new.person_id, new.slot_id) and one.counts
    )  # fmt: skip


def _gone(_view: WeekView, row: Row) -> tuple[Entity, ...]:
    return (row.part(Visit),)


VISIT_LIST = Listing(
    id="visits", sheet=VISITS, table="visits", columns=_columns, rows=_rows, fresh=_fresh, keyed=_keyed,
    known=as_given, unique=_same, check=checks.nothing, save=_save, gone=_gone,
    depends=("people", "attendances", "slots", "teams"),
)  # fmt: skip
