"""The overview for the wall: team × day and visitor × day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from app.exchange.pages.frame import Data, entry, frame
from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.overview import gap_text, no_visit, slot_groups, week_line
from app.exchange.version import Version
from app.text import translate
from app.words.dates import short_day

_TALL = 40
"""Lines from which a row may break over pages; all others stay whole."""


def overview_data(paper: PaperWeek, version: Version, changed: frozenset[str]) -> Data:
    """Two sections: every team by service, every visitor by name."""
    return {
        "document": frame(paper, version, translate("Overview")),
        "nothing": no_visit(),
        "sections": [_teams(paper, changed), _visitors(paper, changed)],
    }


def _heads(paper: PaperWeek, *labels: str) -> list[str]:
    return [*labels, *(short_day(day) for day in paper.days)]


def _teams(paper: PaperWeek, changed: frozenset[str]) -> Data:
    rows = []
    for team in paper.teams():
        service = paper.service(team)
        cells = _by_day(paper, paper.by_team.get(team.id, ()), lambda here: _team_entries(here, changed))
        labels = [service.label, paper.safe.team_name(team)]
        rows.append(_row(labels, cells, tint=service.tint, cell_tint=service.tint))
    return {
        "title": translate("Every team, day by day"),
        "about": week_line(paper),
        "head": _heads(paper, translate("Service"), translate("Team")),
        "widths": [0.65, 0.95, *([1.0] * len(paper.days))],
        "rows": rows,
    }


def _visitors(paper: PaperWeek, changed: frozenset[str]) -> Data:
    rows = []
    for visitor in paper.visitors():
        cells = _by_day(
            paper, paper.by_visitor.get(visitor.id, ()), lambda here: _visitor_entries(paper, here, changed)
        )
        rows.append(_row([paper.name(visitor)], cells, tint="", cell_tint="FFFFFF"))
    return {
        "title": translate("Every visitor, day by day"),
        "about": week_line(paper),
        "head": _heads(paper, translate("Visitor")),
        "widths": [1.0, *([1.0] * len(paper.days))],
        "rows": rows,
    }


def _row(labels: list[str], cells: list[list[Data]], *, tint: str, cell_tint: str) -> Data:
    tallest = max((sum(1 + len(one["lines"]) for one in cell) for cell in cells), default=0)
    return {"labels": labels, "cells": cells, "tint": tint, "cell-tint": cell_tint, "tall": tallest > _TALL}


def _by_day(
    paper: PaperWeek, visits: Sequence[PaperVisit], told: Callable[[list[PaperVisit]], list[Data]]
) -> list[list[Data]]:
    by_day: dict[dt.date, list[PaperVisit]] = defaultdict(list)
    for one in visits:
        by_day[one.day].append(one)
    return [told(by_day.get(day, [])) for day in paper.days]


def _team_entries(here: list[PaperVisit], changed: frozenset[str]) -> list[Data]:
    return [
        entry(
            f"{together[0].hours} {', '.join(one.who for one in together)}",
            [together[0].activity],
            changed=any(one.visit.id in changed for one in together),
        )
        for together in slot_groups(here)
    ]


def _visitor_entries(paper: PaperWeek, here: list[PaperVisit], changed: frozenset[str]) -> list[Data]:
    gaps = {later.visit.id: gap_text(paper, earlier, later) for earlier, later in pairwise(here)}
    return [
        entry(
            one.hours,
            [f"{one.service.shape} {one.team}", _before(gaps.get(one.visit.id, ""))],
            changed=one.visit.id in changed,
        )
        for one in here
    ]


def _before(gap: str) -> str:
    return translate("Before: {gap}").format(gap=gap.removeprefix("→ ")) if gap else ""
