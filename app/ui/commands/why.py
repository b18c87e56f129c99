"""Why, or why not: any visitor in any slot, rule by rule."""

from __future__ import annotations

from app.ui.desk import Desk


def why(desk: Desk) -> None:
    """Explain the place that has the focus: for who is there, who is being moved, or a visitor to choose."""
    from app.ui.dialogs.why import WhyDialog

    now = desk.now
    if now.view is None:
        return
    slot_id, person_id = now.picked.slot_id, now.picked.person_id
    if now.moving is not None:
        person_id = now.moving.person_id or now.plan.visits[now.moving.visit_ids[0]].person_id
        slots = desk.mover.target.slots
        slot_id = slots[0] if slots else slot_id
    elif len(now.picked.visits) == 1 and (visit := now.visit(now.picked.visits[0])) is not None:
        slot_id, person_id = visit.slot_id, visit.person_id
    if slot_id is None and now.picked.team_id is not None:  # a team was picked where it offers nothing
        slot_id = next((slot.id for slot in now.view.slots.values() if slot.team.id == now.picked.team_id), None)
    desk.bridge.move(None)
    WhyDialog(
        desk.window, now.view, desk.bridge.today, desk.look.theme, person_id=person_id, slot_id=slot_id, jobs=desk.jobs
    ).open()
