"""Suggest places: for the selected visit or visitor, or visitors for the selected slot."""

from __future__ import annotations

from app.models.findings import Suggestion
from app.models.view import WeekView
from app.text import translate
from app.ui.bridge import Picked
from app.ui.commands.visits import can_edit, chosen
from app.ui.deck.verdicts import Moving, edit_for
from app.ui.desk import Desk
from app.ui.dialogs.base import message
from app.words.labels import slot_label


def can_suggest(desk: Desk) -> bool:
    """Whether one visit, a visitor or a slot is selected."""
    picked = desk.now.picked
    return can_edit(desk) and (
        len(chosen(desk.now)) == 1 or picked.slot_id is not None or picked.person_id is not None
    )  # fmt: skip


def suggest(desk: Desk) -> None:
    """Rank what fits the selection, nothing else moved, and put the choice there."""
    week, picked, visits = desk.now.view, desk.now.picked, chosen(desk.now)
    if week is None:
        return
    desk.bridge.move(None)
    if len(visits) == 1:
        visit = visits[0]
        if visit.pinned:
            who = week.visitors[visit.person_id].name
            desk.say(translate("{who} is pinned; unpin the visit before you look for another place.").format(who=who))
            return
        _places(desk, week, visit.person_id, visit.id)
    elif picked.slot_id is not None:
        _visitors(desk, week, picked.slot_id)
    elif picked.person_id is not None:
        _places(desk, week, picked.person_id, None)


def _places(desk: Desk, week: WeekView, person_id: str, visit_id: str | None) -> None:
    from app.engine.reserve import places_for
    from app.ui.dialogs.suggest import SuggestDialog

    who = week.visitors[person_id].name
    found = places_for(week, person_id, visit_id)
    if not found:
        _nothing(desk, translate("No free place suits {who} as the week stands").format(who=who))
        return
    heading = (
        translate("Where could {who} go?").format(who=who)
        if visit_id is None
        else translate("Where else could {who} go, instead of {here}?").format(
            who=who, here=slot_label(week.slots[week.plan.visits[visit_id].slot_id])
        )
    )
    moving = Moving(person_id=person_id) if visit_id is None else Moving(visit_ids=(visit_id,))
    SuggestDialog(
        desk.window, heading, week, found, desk.look.theme, lambda one: _put(desk, moving, one), of_visitors=False
    ).open()


def _visitors(desk: Desk, week: WeekView, slot_id: str) -> None:
    from app.engine.reserve import visitors_for
    from app.ui.dialogs.suggest import SuggestDialog

    here = slot_label(week.slots[slot_id])
    found = visitors_for(week, slot_id)
    if not found:
        _nothing(desk, translate("Nobody could come to {here} as the week stands").format(here=here))
        return
    SuggestDialog(
        desk.window, translate("Who could come to {here}?").format(here=here), week, found, desk.look.theme,
        lambda one: _put(desk, Moving(person_id=one.person_id), one), of_visitors=True,
    ).open()  # fmt: skip


def _put(desk: Desk, moving: Moving, one: Suggestion) -> None:
    edit = edit_for(desk.now.plan, moving, one.slot_id)
    desk.bridge.do(edit)
    moved = moving.visit_ids or tuple(change.id for change in edit.changes if change.table == "visits")
    desk.bridge.pick(Picked(visits=moved))


def _nothing(desk: Desk, heading: str) -> None:
    message(
        desk.window, translate("Suggest places"), heading,
        (translate("Ask “Why, or why not?” what stands in the way, or match the week: then others may move too."),),
    )  # fmt: skip
