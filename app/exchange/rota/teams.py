"""T sheets: one page for each team, time by day, with the host and who to ring.

They go to the team, so they never tell which rule a visit breaks: that may be somebody's private wish.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.overview import no_visit
from app.exchange.sheets import Column, Paper, Row, Sheet, Style, Tinted, Tone
from app.models.view import WeekTeam
from app.text import translate
from app.words.dates import between, short_day


def team_sheet(paper: PaperWeek, team: WeekTeam, name: str) -> Sheet:
    """One team's week on one page."""
    service, safe, days = paper.service(team), paper.safe, paper.days
    title = safe.team_name(team)
    place = translate("Online") if team.site.id == "online" else safe.site_label(team.site)
    by_hours: dict[tuple[dt.time, dt.time], list[PaperVisit]] = defaultdict(list)
    for one in paper.by_team.get(team.id, ()):
        by_hours[one.slot.start, one.slot.end].append(one)
    rows = [_hours_row(paper, team, hours, by_hours[hours]) for hours in sorted(by_hours)]
    full_days = {one.day for visits in by_hours.values() for one in visits}
    if not rows:
        quiet = [Tone.QUIET] * (len(days) + 1)
        rows = [
            Row(
                values=[translate("All week"), *([no_visit()] * len(days)), ring_text(paper, team, None)],
                styles=[*quiet, Tone.TEXT],
            )
        ]
    return Sheet(
        name=name,
        titles=[title],
        abouts=[
            translate("{service} at {place}: who comes, when, who hosts, and whom to ring on the day.").format(
                service=service.label, place=place
            ),
            f"{service.label}, {place}",
            service.label,
        ],
        columns=[
            Column(head=translate("Time"), share=0.62),
            *(Column(head=short_day(day), share=1.0 if day in full_days or not full_days else 0.62) for day in days),
            Column(head=translate("Host and who to ring"), share=1.35),
        ],
        rows=rows,
        paper=Paper.A4_LANDSCAPE,
        one_page=True,
        tab=service.solid,
    )


def _hours_row(paper: PaperWeek, team: WeekTeam, hours: tuple[dt.time, dt.time], visits: list[PaperVisit]) -> Row:
    service = paper.service(team)
    full = Tinted(Tone.TEXT, service.label, service.tint)
    values, styles = [between(*hours)], [Tone.STRONG]
    cells: list[tuple[str, Style]] = []
    for day in paper.days:
        here = [one for one in visits if one.day == day]
        cells.append((_cell(team, here), full) if here else (no_visit(), Tone.QUIET))
    values += [text for text, _ in cells]
    rings = list(dict.fromkeys(ring_text(paper, team, one) for one in visits))
    return Row(values=[*values, "\n".join(rings)], styles=[*styles, *(style for _, style in cells), Tone.TEXT])


def _cell(team: WeekTeam, here: list[PaperVisit]) -> str:
    parts = []
    for one in here:
        parts.append(one.who)
    seen = dict.fromkeys(one.slot.id for one in here)
    for slot_id in seen:
        first = next(one for one in here if one.slot.id == slot_id)
        if first.activity:
            parts.append(first.activity)
        if first.slot.site.id != team.site.id:
            parts.append(translate("at {place}").format(place=first.place))
    return "\n".join(parts)


def ring_text(paper: PaperWeek, team: WeekTeam, one: PaperVisit | None) -> str:
    """The host, the deputy, and how to reach them."""
    safe = paper.safe
    host = one.host if one else safe.line(team.team.host)
    phone = one.host_phone if one else safe.line(team.team.host_phone)
    email = one.host_email if one else safe.line(team.team.host_email)
    deputy = safe.line(team.team.deputy)
    parts = [translate("Host: {name}").format(name=host) if host else translate("Host: not named yet")]
    if phone:
        parts.append(translate("Ring {phone}").format(phone=phone))
    elif email:
        parts.append(translate("No phone given; write to {email}").format(email=email))
    else:
        parts.append(translate("No phone given"))
    if deputy:
        parts.append(translate("Deputy: {name}").format(name=deputy))
    return "\n".join(parts)
