"""Workbooks of the day: for the desk, with phones and boxes to tick; for each reception, who arrives and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.exchange.filenames import safe_name
from app.exchange.pages.desk import arrivals, by_day
from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.overview import no_visit
from app.exchange.rota.visitors import host_lines
from app.exchange.sheets import Column, Paper, Papers, Row, Sheet, Tone, sheet_names
from app.text import translate
from app.words.dates import clock, counted, day, short_day

_Papers = Callable[[str], Papers]


def desk_packs(paper: PaperWeek, papers: _Papers) -> Iterator[tuple[str, bytes]]:
    """`packs/day-sheets.xlsx` and `packs/reception/*.xlsx`; `papers` are what headers and properties say, by title."""
    from app.exchange.workbook_text import workbook_bytes  # brings openpyxl, which takes its time

    title = translate("Day sheets")
    yield "packs/day-sheets.xlsx", workbook_bytes(_sheets(paper.visits, title, _desk_sheet), papers(title))
    used: set[str] = set()
    for place, visits in arrivals(paper).items():
        title = translate("Reception, {place}").format(place=place)

        def sheet(name: str, title: str, here: Sequence[PaperVisit]) -> Sheet:
            return _reception_sheet(paper, name, title, here)

        path = f"packs/reception/{safe_name(place, used, suffix='.xlsx')}"
        yield path, workbook_bytes(_sheets(visits, title, sheet), papers(title))


def _sheets(
    visits: Sequence[PaperVisit], title: str, sheet: Callable[[str, str, Sequence[PaperVisit]], Sheet]
) -> Iterator[Sheet]:
    """A sheet for each day."""
    days = by_day(visits)
    if not days:
        yield sheet(title, title, ())
    for name, (on, here) in zip(sheet_names(short_day(on) for on in days), days.items(), strict=True):
        yield sheet(name, translate("{title}: {day}").format(title=title, day=day(on)), here)


def _desk_sheet(name: str, title: str, here: Sequence[PaperVisit]) -> Sheet:
    columns = [
        Column(head=translate("Time"), share=0.8), Column(head=translate("Visitor"), share=1.3),
        Column(head=translate("Team"), share=1.4), Column(head=translate("Place"), share=1.2),
        Column(head=translate("Host and deputy"), share=1.9), Column(head=translate("Arrived"), share=0.6),
    ]  # fmt: skip
    rows = [
        Row(
            values=[one.hours, one.who, one.team, one.place, host_lines(one), translate("☐")],
            styles=[Tone.STRONG, Tone.STRONG, *([Tone.TEXT] * 4)],
        )
        for one in here
    ]
    return _day_sheet(name, title, counted(len(here), "visit") if here else no_visit(), columns, rows)


def _reception_sheet(paper: PaperWeek, name: str, title: str, here: Sequence[PaperVisit]) -> Sheet:
    columns = [
        Column(head=translate("Arrives"), share=0.7), Column(head=translate("Visitor"), share=1.6),
        Column(head=translate("Organisation"), share=1.6), Column(head=translate("Host"), share=1.6),
        Column(head=translate("Signed in"), share=0.7),
    ]  # fmt: skip
    rows = [
        Row(
            values=[
                clock(one.slot.start), one.who,
                paper.safe.line(one.visitor.person.organisation) or translate("–"),
                one.host or translate("Not named yet"), translate("☐"),
            ],
            styles=[Tone.STRONG, Tone.STRONG, *([Tone.TEXT] * 3)],
        )
        for one in here
    ]  # fmt: skip
    return _day_sheet(name, title, counted(len(here), "arrival"), columns, rows)


def _day_sheet(name: str, title: str, about: str, columns: list[Column], rows: list[Row]) -> Sheet:
    if not rows:
        rows = [Row(values=[no_visit()] * len(columns), styles=[Tone.QUIET] * len(columns))]
    return Sheet(name=name, titles=[title], abouts=[f"{about}."], columns=columns, rows=rows, paper=Paper.A4_LANDSCAPE)
