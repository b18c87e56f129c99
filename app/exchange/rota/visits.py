"""The Visits sheet: one row for each visit with real dates and times, to filter and to count."""

from __future__ import annotations

from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.overview import no_visit, week_line
from app.exchange.sheets import Column, Paper, Row, Sheet, Style, Tone, Value
from app.text import translate
from app.words.dates import counted
from app.words.labels import status_name

_STYLES: list[Style] = [Tone.DATE, Tone.TIME, Tone.TIME, *([Tone.TEXT] * 11)]


def visits_sheet(paper: PaperWeek, name: str) -> Sheet:
    """Every visit of the week, declined and cancelled ones too."""
    columns = [
        Column(head=translate("Date"), share=1.35), Column(head=translate("Start"), share=0.55),
        Column(head=translate("End"), share=0.55), Column(head=translate("Visitor"), share=1.4),
        Column(head=translate("Role"), share=1.4), Column(head=translate("Organisation"), share=1.4),
        Column(head=translate("Team"), share=1.4), Column(head=translate("Service"), share=1.1),
        Column(head=translate("Activity"), share=1.5), Column(head=translate("Place"), share=1.3),
        Column(head=translate("Host"), share=1.4), Column(head=translate("Host phone"), share=1.0),
        Column(head=translate("Status"), share=0.9), Column(head=translate("Rules"), share=1.0),
    ]  # fmt: skip
    rows = [Row(values=_values(paper, one), styles=_STYLES) for one in paper.all_visits]
    if not rows:
        rows = [Row(values=[no_visit()] * len(columns), styles=[Tone.QUIET] * len(columns))]
    return Sheet(
        name=name,
        titles=[translate("Visits")],
        abouts=[
            translate("{week}. {rows}, to sort and filter.").format(
                week=week_line(paper), rows=counted(len(paper.all_visits), "row")
            ),
            week_line(paper),
        ],
        columns=columns,
        rows=rows,
        paper=Paper.A3_LANDSCAPE,
        frozen=4,
        filters=True,
    )


def _values(paper: PaperWeek, one: PaperVisit) -> list[Value]:
    person, nothing = one.visitor.person, translate("–")
    pinned = translate(", pinned") if one.visit.pinned else ""
    return [
        one.day, one.slot.start, one.slot.end, one.who,
        paper.safe.line(person.role) or nothing, paper.safe.line(person.organisation) or nothing,
        one.team, one.service.name, one.activity or nothing, one.place, one.host or nothing,
        one.host_phone or nothing, status_name(one.visit.status) + pinned, one.marks or translate("✓ All kept"),
    ]  # fmt: skip
