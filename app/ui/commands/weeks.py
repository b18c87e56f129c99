"""Commands on whole weeks."""

from __future__ import annotations

from app.ui.desk import Desk


def begin(desk: Desk) -> None:
    """Begin a new week."""
    from app.ui.screens.start import begin_week

    begin_week(desk)
