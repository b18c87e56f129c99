"""The Read me sheet: week, version and what it replaces, marking, the key, and links to every sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.exchange.paperweek import PaperWeek
from app.exchange.sheets import Column, Link, Paper, Row, Sheet, Style, Tinted, Tone, Value
from app.exchange.version import Version, version_line, version_name
from app.models.view import Visitor, WeekTeam
from app.text import translate
from app.words.dates import counted, day_year


def read_me_sheet(
    paper: PaperWeek,
    version: Version,
    name: str,
    *,
    overview: str,
    by_visitor: str,
    warnings: str,
    changes: str,
    visits: str,
    teams: Sequence[tuple[WeekTeam, str]],
    visitors: Sequence[tuple[Visitor, str]],
) -> Sheet:
    """The first sheet. The names are those of the other sheets, which it links to."""
    sheets = [
        (overview, translate("Every team, day by day, for the wall (A3)")),
        (by_visitor, translate("Every visitor, half-day by half-day, with the gaps between visits (A3)")),
        (warnings, translate("Who has too few visits, which rules are broken, and what to try")),
        (changes, translate("What this version changed, and who is to be told")),
        (visits, translate("One row for each visit, to sort and filter")),
    ]
    rows = [
        *_facts(paper, version),
        *_key(paper),
        *(_linked(translate("Sheet"), sheet, what) for sheet, what in sheets),
        *(_linked(translate("Team"), sheet, _team_line(paper, team)) for team, sheet in teams),
        *(_linked(translate("Visitor"), sheet, _visitor_line(paper, one)) for one, sheet in visitors),
    ]
    week = paper.safe.line(paper.week.name)
    return Sheet(
        name=name,
        titles=[translate("Rota: {week}").format(week=week), week],
        abouts=[
            translate("{version}. How to read this workbook, and where to find what.").format(
                version=version_line(version)
            ),
            version_line(version),
        ],
        columns=[
            Column(head=translate("About"), share=0.6),
            Column(head=translate("Name"), share=1.5),
            Column(head=translate("What it tells"), share=1.9),
        ],
        rows=rows,
        paper=Paper.A4_PORTRAIT,
    )


def _fact(about: str, name: str, tells: str, style: Style = Tone.TEXT) -> Row:
    values: list[Value] = [about, name, tells]
    return Row(values=values, styles=[Tone.STRONG, style, Tone.TEXT])


def _facts(paper: PaperWeek, version: Version) -> Iterator[Row]:
    week, line = paper.week, paper.safe.line
    yield _fact(
        translate("Week"),
        line(week.name),
        translate("{first} to {last}").format(first=day_year(week.first_day), last=day_year(week.last_day)),
    )
    contact = ", ".join(part for part in (line(week.organiser_email), line(week.organiser_phone)) if part)
    yield _fact(line(week.organisation), line(week.organiser), contact or translate("–"))
    replaces = (
        translate("Replaces version {number}").format(number=version.replaces)
        if version.replaces is not None
        else translate("Replaces nothing: it is the first")
    )
    moment = version_line(replace(version, replaces=None))
    yield _fact(translate("Version"), version_name(version), f"{moment}. {replaces}.")
    yield _fact(
        translate("Marking"),
        line(week.marking) or translate("None"),
        translate("Stands at the top right of every page. Handle and share accordingly."),
    )
    yield _fact(
        translate("In all"),
        counted(len(paper.visits), "visit"),
        translate("{visitors}, {teams}").format(
            visitors=counted(len(paper.view.visitors), "visitor"), teams=counted(len(paper.view.teams), "team")
        ),
    )


def _key(paper: PaperWeek) -> Iterator[Row]:
    for service in paper.services.values():
        yield _fact(
            translate("Key"),
            service.label,
            translate("Visits to this service: the shape, the word, and a {colour} tint").format(colour=service.colour),
            Tinted(Tone.TEXT, service.label, service.tint),
        )
    yield _fact(
        translate("Key"),
        translate("✕ Breaks a rule"),
        translate("Which rule stands in Unfilled and warnings"),
        Tone.BROKEN,
    )
    yield _fact(translate("Key"), translate("No visit"), translate("Nobody comes then"), Tone.QUIET)
    yield _fact(
        translate("Key"),
        translate("→ 1 h 15 gap, 20 min road"),
        translate("Time until the next visit, and on the road to it"),
    )


def _linked(about: str, sheet: str, tells: str) -> Row:
    return Row(values=[about, Link(sheet, sheet), tells], styles=[Tone.STRONG, Tone.LINK, Tone.TEXT])


def _team_line(paper: PaperWeek, team: WeekTeam) -> str:
    count = len(paper.by_team.get(team.id, ()))
    visits = counted(count, "visit") if count else translate("No visit")
    return f"{paper.service(team).label}, {visits}"


def _visitor_line(paper: PaperWeek, visitor: Visitor) -> str:
    count = len(paper.by_visitor.get(visitor.id, ()))
    visits = counted(count, "visit") if count else translate("No visit")
    return f"{paper.name(visitor)}, {visits}"
