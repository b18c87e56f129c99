"""V sheets: one itinerary for each visitor, with place, host and deputy, arrival and lunch."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.overview import no_visit
from app.exchange.sheets import Column, Paper, Row, Sheet, Tinted, Tone
from app.models.view import Visitor
from app.text import translate
from app.words.dates import counted, day


def visitor_sheet(paper: PaperWeek, visitor: Visitor, name: str) -> Sheet:
    """One visitor's week: where to be when, and whom to ask for."""
    visits = paper.by_visitor.get(visitor.id, [])
    by_day: dict[dt.date, list[PaperVisit]] = defaultdict(list)
    for one in visits:
        by_day[one.day].append(one)
    rows = [_row(paper, one, by_day[one.day]) for one in visits]
    columns = [
        Column(head=translate("Time"), share=0.8),
        Column(head=translate("Team"), share=1.15),
        Column(head=translate("Place"), share=1.1),
        Column(head=translate("Host and deputy"), share=1.25),
        Column(head=translate("Arrive, park, photo ID"), share=1.2),
        Column(head=translate("Lunch"), share=0.75),
    ]
    if not rows:
        rows = [Row(values=[no_visit()] * len(columns), styles=[Tone.QUIET] * len(columns))]
    person = visitor.person
    role = ", ".join(part for part in (paper.safe.line(person.role), paper.safe.line(person.organisation)) if part)
    count = counted(len(visits), "visit") if visits else no_visit()
    standby = translate(" (standby)") if visitor.standby else ""
    return Sheet(
        name=name,
        titles=[paper.name(visitor)],
        abouts=[
            *([f"{role}. {count}{standby}."] if role else []),
            translate("{count}{standby} in {week}.").format(
                count=count, standby=standby, week=paper.safe.line(paper.week.name)
            ),
            f"{count}{standby}.",
        ],
        columns=columns,
        rows=rows,
        paper=Paper.A4_PORTRAIT,
    )


def _row(paper: PaperWeek, one: PaperVisit, on_day: list[PaperVisit]) -> Row:
    team = [one.service.label, one.team]
    team += [one.activity] if one.activity else []
    text = Tone.TEXT
    tinted = Tinted(Tone.TEXT, one.service.label, one.service.tint)
    return Row(
        values=[
            f"{day(one.day)}\n{one.hours}", "\n".join(team), one.address, host_lines(one), arrival_text(paper, one),
            paper.lunch(on_day),
        ],
        styles=[Tone.STRONG, tinted, text, text, text, text],
    )  # fmt: skip


def host_lines(one: PaperVisit) -> str:
    """The host, how to reach them, and the deputy, each on a line."""
    parts = [one.host or translate("Host not named yet")]
    if one.host_phone:
        parts.append(translate("Ring {phone}").format(phone=one.host_phone))
    elif one.host_email:
        parts.append(translate("No phone given; write to {email}").format(email=one.host_email))
    if one.deputy:
        parts.append(translate("Deputy: {name}").format(name=one.deputy))
    return "\n".join(parts)


def arrival_text(paper: PaperWeek, one: PaperVisit) -> str:
    """Where to sign in, where to park, and whether to bring photo ID; never blank."""
    parts = [one.arrival] if one.arrival else []
    if one.parking:
        parts.append(translate("Parking: {parking}").format(parking=one.parking))
    if paper.week.photo_id and not one.slot.online:
        parts.append(translate("Bring photo ID"))
    return "\n".join(parts) or translate("Nothing special")
