"""Minimums that are not met, each with the smallest reason that is true."""

from __future__ import annotations

from app.engine import goals
from app.models.findings import Unmet, Who
from app.models.view import WeekView


def unmet(view: WeekView) -> tuple[Unmet, ...]:
    """Every visitor (standby aside) and team below its minimum in the visits that count, and why."""
    short = goals.shortfalls(view)
    if not short:
        return ()
    from app.engine.lacks import Reasons  # brings numpy, which a week without shortfalls does not need

    reasons = Reasons(view)
    return tuple(
        reasons.of_visitor(id_, wanted, got) if who is Who.VISITOR else reasons.of_team(id_, wanted, got)
        for who, id_, wanted, got, _ in short
    )
