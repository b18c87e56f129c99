"""Commands on the selected visits, and on the place that has the focus."""

from __future__ import annotations

from functools import partial

from app.document import visits as verbs
from app.models.change import Edit
from app.models.plan import Plan
from app.models.visits import Visit
from app.text import translate
from app.ui.bridge import Now, Picked
from app.ui.deck.verdicts import Moving, together
from app.ui.desk import Desk


def chosen(now: Now) -> list[Visit]:
    """The selected visits that count."""
    found = [now.plan.visits[one] for one in now.picked.visits if one in now.plan.visits]
    return [visit for visit in found if visit.counts]


def some_chosen(desk: Desk) -> bool:
    """Whether visits are selected."""
    return bool(chosen(desk.now)) and can_edit(desk)


def one_chosen(desk: Desk) -> bool:
    """Whether one visit, or two to swap, are selected."""
    return len(chosen(desk.now)) in (1, 2) and can_edit(desk)


def can_edit(desk: Desk) -> bool:
    """Whether anything can be changed."""
    document = desk.bridge.document
    return document is not None and not document.read_only and desk.now.view is not None


def slot_chosen(desk: Desk) -> bool:
    """Whether the focus is on a slot."""
    return desk.now.picked.slot_id is not None and can_edit(desk)


def is_moving(desk: Desk) -> bool:
    """Whether something is being moved."""
    return desk.now.moving is not None


def broken_chosen(desk: Desk) -> bool:
    """Whether one visit is selected that breaks a rule."""
    visits = chosen(desk.now)
    return len(visits) == 1 and can_edit(desk) and any(
        visits[0].id in fact.visits for fact in desk.now.problems.blocking
    )  # fmt: skip


def move(desk: Desk) -> None:
    """Pick up the selected visits: on the board with the arrow keys, from the List with a choice of slots."""
    moving = Moving(visit_ids=tuple(visit.id for visit in chosen(desk.now)))
    if not moving.visit_ids:
        return
    view = desk.board.view
    if view is None:
        desk.questions.choose_slot(moving)
    else:
        view.setFocus()
        view.start_move()


def move_to(desk: Desk) -> None:
    """Choose a slot for the selected visits from a list."""
    visits = chosen(desk.now)
    if visits:
        desk.questions.choose_slot(Moving(visit_ids=tuple(visit.id for visit in visits)))


def drop(desk: Desk) -> None:
    """Put what is being moved where the focus is."""
    if is_moving(desk):
        desk.mover.drop()


def place(desk: Desk) -> None:
    """Choose a visitor for the slot that has the focus."""
    if desk.now.picked.slot_id is not None:
        desk.questions.choose_visitor(desk.now.picked.slot_id)


def swap(desk: Desk) -> None:
    """Exchange the two selected visits, or choose whom to swap the one with."""
    visits = chosen(desk.now)
    if len(visits) == 2:
        desk.questions.swap(visits[0].id, visits[1].id)
    elif visits:
        desk.questions.choose_swap(visits[0].id)


def pin(desk: Desk) -> None:
    """Pin the selected visits; where all are pinned, unpin them."""
    visits = chosen(desk.now)
    if not visits:
        return
    ids = [visit.id for visit in visits]
    verb = verbs.unpin if all(visit.pinned for visit in visits) else verbs.pin
    desk.bridge.do(verb(desk.now.plan, *ids))


def to_tray(desk: Desk) -> None:
    """Take the selected visits off. Nothing is erased: undo brings them back."""
    visits = chosen(desk.now)
    pinned = [visit for visit in visits if visit.pinned]
    if pinned:
        who = desk.now.plan.people[pinned[0].person_id].name
        desk.say(translate("{who} is pinned; unpin the visit before you take it off.").format(who=who))
        return
    if visits:
        desk.bridge.do(together(desk.now.plan, [partial(_off, visit_id=visit.id) for visit in visits]))
        desk.bridge.pick(Picked())


def _off(plan: Plan, *, visit_id: str) -> Edit:
    return verbs.to_tray(plan, visit_id)


def permit(desk: Desk) -> None:
    """Let the selected visit break the rules it breaks, for a reason."""
    visits = chosen(desk.now)
    if visits:
        desk.questions.permit(visits[0].id)


def pin_words(desk: Desk) -> str:
    """`Pin`, or `Unpin` where all the selected visits are pinned."""
    visits = chosen(desk.now)
    return translate("Un&pin") if visits and all(visit.pinned for visit in visits) else translate("&Pin")
