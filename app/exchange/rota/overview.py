"""The two sheets for the wall: team by day, and visitor by half-day with the travel gaps."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from app.exchange.paperweek import PaperVisit, PaperWeek, gap_minutes
from app.exchange.sheets import Column, Paper, Row, Sheet, Style, Tinted, Tone
from app.models.view import Visitor, WeekTeam
from app.text import translate
from app.words.dates import clock, counted, day_year, short_day

NOON = dt.time(13)
"""A visit that starts earlier belongs to the morning half of its day."""


def no_visit() -> str:
    """What stands where nothing is: never a blank."""
    return translate("No visit")


def week_line(paper: PaperWeek) -> str:
    """`Mon 8 July 2019 to Fri 12 July 2019, 29 visits`."""
    return translate("{first} to {last}, {visits}").format(
        first=day_year(paper.week.first_day),
        last=day_year(paper.week.last_day),
        visits=counted(len(paper.visits), "visit"),
    )


def overview_sheet(paper: PaperWeek, name: str) -> Sheet:
    """Team × day, by service; a cell tells time, who and activity."""
    days = paper.days
    rows, before = [], ""
    for team in paper.teams():
        service = paper.service(team)
        rows.append(_team_row(paper, team, days, begins=service.label != before))
        before = service.label
    if not rows:
        rows = [_empty_row(len(days) + 2)]
    return Sheet(
        name=name,
        titles=[translate("Overview: every team, day by day"), translate("Overview")],
        abouts=[
            translate("{week}. Times, who comes, and what they see, by service.").format(week=week_line(paper)),
            week_line(paper),
        ],
        columns=[
            Column(head=translate("Service"), share=0.55),
            Column(head=translate("Team"), share=0.95),
            *(Column(head=_day_head(paper, day), share=1.0) for day in days),
        ],
        rows=rows,
        paper=Paper.A3_LANDSCAPE,
        frozen=2,
    )


def _day_head(paper: PaperWeek, day: dt.date) -> str:
    """`Mon 8 Jul`, with the year where the week runs over New Year."""
    if paper.week.first_day.year != paper.week.last_day.year:
        return f"{short_day(day)} {day.year}"
    return short_day(day)


def _team_row(paper: PaperWeek, team: WeekTeam, days: Sequence[dt.date], *, begins: bool) -> Row:
    service = paper.service(team)
    by_day: dict[dt.date, list[PaperVisit]] = defaultdict(list)
    for one in paper.by_team.get(team.id, ()):
        by_day[one.day].append(one)
    values = [service.label, paper.safe.team_name(team)]
    styles: list[Style] = [
        Tinted(Tone.STRONG, service.label, service.tint), Tinted(Tone.STRONG, service.label, service.tint)
    ]  # fmt: skip
    for day in days:
        here = by_day.get(day, [])
        values.append(slot_texts(here) or no_visit())
        styles.append(_visits_style(here, Tinted(Tone.TEXT, service.label, service.tint), Tone.QUIET, Tone.BROKEN))
    return Row(values=values, styles=styles, begins=begins)


def _visits_style(here: Sequence[PaperVisit], full: Style, empty: Style, broken: Style) -> Style:
    if not here:
        return empty
    return broken if any(one.broken for one in here) else full


def slot_groups(here: Sequence[PaperVisit]) -> list[list[PaperVisit]]:
    """The visits by slot, in their order."""
    by_slot: dict[str, list[PaperVisit]] = defaultdict(list)
    for one in here:
        by_slot[one.slot.id].append(one)
    return list(by_slot.values())


def slot_texts(here: Sequence[PaperVisit]) -> str:
    """The visits of one cell: for each slot its time, who comes, the activity, and rules broken."""
    parts = []
    for together in slot_groups(here):
        first = together[0]
        parts.append(f"{first.hours} {', '.join(one.who for one in together)}")
        if first.activity:
            parts.append(first.activity)
        parts += [one.flag for one in together if one.flag]
    return "\n".join(parts)


def _empty_row(columns: int) -> Row:
    return Row(values=[no_visit()] * columns, styles=[Tone.QUIET] * columns)


def by_visitor_sheet(paper: PaperWeek, name: str) -> Sheet:
    """Visitor × half-day; between two visits of a day the minutes there are and those on the road."""
    days = paper.days
    columns = [Column(head=translate("Visitor"), share=1.25)]
    for day in days:
        head = _day_head(paper, day)
        columns.append(Column(head=translate("{day} am").format(day=head), share=1.0))
        columns.append(Column(head=translate("{day} pm").format(day=head), share=1.0))
    rows = [_visitor_row(paper, visitor, days) for visitor in paper.visitors()]
    if not rows:
        rows = [Row(values=[no_visit()] * len(columns), styles=[Tone.QUIET_SMALL] * len(columns))]
    return Sheet(
        name=name,
        titles=[translate("By visitor: every half-day, with the gaps between visits"), translate("By visitor")],
        abouts=[
            translate(
                "{week}. Visits from {noon} on are pm. An arrow tells the gap and the road to the next visit."
            ).format(week=week_line(paper), noon=clock(NOON)),
            week_line(paper),
        ],
        columns=columns,
        rows=rows,
        paper=Paper.A3_LANDSCAPE,
        small=True,
    )


def _visitor_row(paper: PaperWeek, visitor: Visitor, days: Sequence[dt.date]) -> Row:
    by_day: dict[dt.date, list[PaperVisit]] = defaultdict(list)
    for one in paper.by_visitor.get(visitor.id, ()):
        by_day[one.day].append(one)
    values, styles = [_label(paper, visitor)], [Tone.STRONG_SMALL]
    for day in days:
        visits = by_day.get(day, [])
        texts = {one.visit.id: [_visit_text(one)] for one in visits}
        for earlier, later in pairwise(visits):
            texts[later.visit.id].insert(0, gap_text(paper, earlier, later))
        for morning in (True, False):
            half = [one for one in visits if (one.slot.start < NOON) is morning]
            values.append("\n".join(line for one in half for line in texts[one.visit.id]) or no_visit())
            broken = any(one.broken for one in half)
            styles.append(Tone.BROKEN_SMALL if broken else Tone.SMALL if half else Tone.QUIET_SMALL)
    return Row(values=values, styles=styles)


def _label(paper: PaperWeek, visitor: Visitor) -> str:
    name = paper.name(visitor)
    if visitor.standby:
        return translate("{name} (standby)").format(name=name)
    return name


def _visit_text(one: PaperVisit) -> str:
    parts = [one.hours, f"{one.service.shape} {one.team}"]
    return "\n".join([*parts, one.flag] if one.flag else parts)


def gap_text(paper: PaperWeek, earlier: PaperVisit, later: PaperVisit) -> str:
    """`→ 1 h 15 gap, 30 min road`; without a road where both are in one place or one is online."""
    gap, road = gap_minutes(earlier, later), paper.road(earlier, later)
    if gap < 0:
        return translate("→ overlap of {length}").format(length=_length(-gap))
    if road:
        return translate("→ {gap} gap, {road} road").format(gap=_length(gap), road=_length(road))
    return translate("→ {gap} gap").format(gap=_length(gap))


def _length(minutes: int) -> str:
    """`45 min`, `2 h`, `2 h 15`."""
    hours, left = divmod(minutes, 60)
    if not hours:
        return translate("{left} min").format(left=left)
    if not left:
        return translate("{hours} h").format(hours=hours)
    return translate("{hours} h {left}").format(hours=hours, left=left)
