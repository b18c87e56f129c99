"""What stands in for a screen until there is a week."""

from __future__ import annotations

from app.ui.desk import Desk
from app.ui.vacant import Vacant, no_week_words


class NoWeek(Vacant):
    """Stands in for a screen until there is a week."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(no_week_words())
        for name in ("new-week", "sample", "import"):
            self.offer_action(desk.action(name))
