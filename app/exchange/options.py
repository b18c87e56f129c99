"""The mends of a week as rows of the results' JSON (INTERFACES.md, "Results")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.exchange.results import Json, priority_rows, unmet_rows, visit_rows
from app.exchange.safe import Safe
from app.models.repairs import Option
from app.models.view import WeekView
from app.words.repairs import option_text


def option_rows(week: WeekView, mended: Sequence[tuple[Option, WeekView]]) -> list[Json]:
    """Each mend with the week as it would be after it, best first. `week` is the upset week with all its visits."""
    safe = Safe.of(week)
    return [
        {
            "text": safe.text(option_text(week, option)),
            "visits": visit_rows(after),
            "gone": visit_rows(_only(week, option.gone)),
            "new": visit_rows(_only(after, option.new)),
            "told": [safe.line(name) for name in option.told],
            "unmet": unmet_rows(after, option.unmet),
            "priorities": priority_rows(option.reached),
        }
        for option, after in mended
    ]


def _only(week: WeekView, pairs: Sequence[tuple[str, str]]) -> WeekView:
    """The week with these visits alone."""
    wanted = set(pairs)
    visits = tuple(visit for visit in week.counted if (visit.person_id, visit.slot_id) in wanted)
    return replace(week, visits=visits)
