"""The overview for the wall: team × day and visitor × day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from app.exchange.pages.frame import Data, entry, frame, logo
from app.exchange.pages.widths import day_widths, tallest, whole_letters
from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.overview import gap_text, no_visit, slot_groups, week_line
from app.exchange.version import Version
from app.text import translate
from app.words.dates import short_day

_PAGE = 600.0
"""Points of height on A3 from which a row may break over pages; all others stay whole."""
_ROOM, _SIZE = 1_090.0, 10.0
"""Points across A3 inside the margins, and the type size."""
_LABELS = {1: (1.15,), 2: (0.7, 0.95)}
"""The shares of the columns before the days, by how many there are."""


def overview_data(paper: PaperWeek, version: Version, changed: frozenset[str]) -> Data:
    """Two sections: every team by service, every visitor by name."""
    return {
        "document": frame(paper, version, translate("Overview")),
        "nothing": no_visit(),
        "logo": logo(paper),
        "sections": [_teams(paper, changed), _visitors(paper, changed)],
    }


def _heads(paper: PaperWeek, *labels: str) -> list[str]:
    return [*labels, *(short_day(day) for day in paper.days)]


def _teams(paper: PaperWeek, changed: frozenset[str]) -> Data:
    rows, before = [], ""
    for team in paper.teams():
        service = paper.service(team)
        cells = _by_day(paper, paper.by_team.get(team.id, ()), lambda here: _team_entries(here, changed))
        labels = [service.label, paper.safe.team_name(team)]
        row = _row(labels, cells, tint=service.tint, cell_tint=service.tint)
        rows.append({**row, "begins": bool(before) and service.label != before})
        before = service.label
    return _section(
        paper, translate("Every team, day by day"), week_line(paper),
        _heads(paper, translate("Service"), translate("Team")), rows,
    )  # fmt: skip


def _visitors(paper: PaperWeek, changed: frozenset[str]) -> Data:
    rows = []
    for visitor in paper.visitors():
        cells = _by_day(
            paper, paper.by_visitor.get(visitor.id, ()), lambda here: _visitor_entries(paper, here, changed)
        )
        rows.append(_row([paper.name(visitor)], cells, tint="", cell_tint="FFFFFF"))
    key = "   ".join(service.label for service in paper.services.values())
    about = " · ".join(part for part in (week_line(paper), key) if part)
    return _section(paper, translate("Every visitor, day by day"), about, _heads(paper, translate("Visitor")), rows)


def _section(paper: PaperWeek, title: str, about: str, head: list[str], rows: list[Data]) -> Data:
    days = day_widths([row["cells"] for row in rows], len(paper.days))
    labels = _LABELS[len(head) - len(days)]
    room = _ROOM * sum(days) / (sum(labels) + sum(days))
    for row in rows:
        row["tall"] = tallest(row["cells"], days, room, _SIZE) > _PAGE
    return {
        "title": title, "about": about, "head": head, "widths": [*labels, *days], "rows": rows,
        "whole": whole_letters(days, room, _SIZE),
    }  # fmt: skip


def _row(labels: list[str], cells: list[list[Data]], *, tint: str, cell_tint: str) -> Data:
    return {"labels": labels, "cells": cells, "tint": tint, "cell-tint": cell_tint, "begins": False}


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
            together[0].hours,
            [one.who for one in together],
            [together[0].activity],
            changed=any(one.visit.id in changed for one in together),
        )
        for together in slot_groups(here)
    ]


def _visitor_entries(paper: PaperWeek, here: list[PaperVisit], changed: frozenset[str]) -> list[Data]:
    gaps = {later.visit.id: gap_text(paper, earlier, later) for earlier, later in pairwise(here)}
    return [
        entry(
            "",
            [one.hours],
            [f"{one.service.shape} {one.team}", _before(gaps.get(one.visit.id, ""))],
            changed=one.visit.id in changed,
        )
        for one in here
    ]


def _before(gap: str) -> str:
    return translate("Before: {gap}").format(gap=gap.removeprefix("→ ")) if gap else ""
