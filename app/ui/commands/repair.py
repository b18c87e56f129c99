"""Mend the week when a visitor drops out, or a team or slot falls away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.text import translate
from app.ui.commands.match import can_match
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.ui.repair.asking import Asking

can_repair = can_match


def dropped_out(desk: Desk) -> None:
    """A visitor cannot come: whoever is selected, to begin with."""
    from app.ui.repair.asking import WhoDropsOut

    week = desk.now.view
    if week is None:
        return
    picked = desk.now.picked
    visit = desk.now.visit(picked.visits[0]) if picked.visits else None
    _open(desk, translate("Visitor dropped out"), WhoDropsOut(week, visit.person_id if visit else picked.person_id))


def fell_away(desk: Desk) -> None:
    """A team or slot falls away: the one that is selected, to begin with."""
    from app.ui.repair.asking import WhatFallsAway

    week = desk.now.view
    if week is None:
        return
    picked = desk.now.picked
    visit = desk.now.visit(picked.visits[0]) if picked.visits else None
    slot_id = visit.slot_id if visit else picked.slot_id
    _open(desk, translate("Team or slot closed"), WhatFallsAway(week, picked.team_id, slot_id))


def _open(desk: Desk, title: str, asking: Asking) -> None:
    from app.ui.repair.dialog import RepairDialog

    for dialog in desk.window.findChildren(RepairDialog):
        if dialog.isVisible():
            dialog.reject()
    RepairDialog(desk, title, asking).show()
