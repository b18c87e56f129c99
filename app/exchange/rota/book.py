"""All sheets of the rota workbook in their order, under their names, in one file."""

from __future__ import annotations

from collections.abc import Sequence

from app.exchange.paperweek import PaperWeek
from app.exchange.rota.changes import ChangeRow, changes_sheet
from app.exchange.rota.overview import by_visitor_sheet, overview_sheet
from app.exchange.rota.readme import read_me_sheet
from app.exchange.rota.teams import team_sheet
from app.exchange.rota.visitors import visitor_sheet
from app.exchange.rota.visits import visits_sheet
from app.exchange.rota.warnings import warnings_sheet
from app.exchange.sheets import Sheet, papers_of, sheet_names
from app.exchange.version import Version
from app.models.findings import Problems, Unmet
from app.models.view import WeekView
from app.text import translate


def rota_workbook(
    view: WeekView,
    *,
    problems: Problems,
    unmet: tuple[Unmet, ...],
    version: Version,
    changes: Sequence[ChangeRow] | None = None,
) -> bytes:
    """The week as a workbook: the same input and version make the same bytes.

    `changes` are what this version changed; None before a second version exists.
    """
    paper = PaperWeek(view, problems)
    teams, visitors = paper.teams(), paper.visitors()
    fixed = [
        translate("Read me"), translate("Overview"), translate("By visitor"), translate("Unfilled and warnings"),
        translate("Changes"), translate("Visits"),
    ]  # fmt: skip
    team_texts = [_numbered("T", place, len(teams), paper.safe.team_name(team)) for place, team in enumerate(teams, 1)]
    visitor_texts = [_numbered("V", place, len(visitors), paper.name(one)) for place, one in enumerate(visitors, 1)]
    names = sheet_names([*fixed, *team_texts, *visitor_texts])
    read_me, overview, by_visitor, warnings, changed, visits = names[: len(fixed)]
    team_names = names[len(fixed) : len(fixed) + len(teams)]
    visitor_names = names[len(fixed) + len(teams) :]
    sheets: list[Sheet] = [
        overview_sheet(paper, overview),
        by_visitor_sheet(paper, by_visitor),
        *(team_sheet(paper, team, name) for team, name in zip(teams, team_names, strict=True)),
        *(visitor_sheet(paper, one, name) for one, name in zip(visitors, visitor_names, strict=True)),
        warnings_sheet(paper, problems, unmet, warnings),
        changes_sheet(paper, changes, version, changed),
        visits_sheet(paper, visits),
    ]
    first = read_me_sheet(
        paper,
        version,
        read_me,
        overview=overview,
        by_visitor=by_visitor,
        warnings=warnings,
        changes=changed,
        visits=visits,
        teams=list(zip(teams, team_names, strict=True)),
        visitors=list(zip(visitors, visitor_names, strict=True)),
    )
    title = translate("{week}: rota").format(week=paper.safe.line(view.week.name))
    from app.exchange.workbook_text import workbook_bytes  # brings openpyxl, which takes its time

    return workbook_bytes([first, *sheets], papers_of(view.week, paper.safe, version, title))


def _numbered(letter: str, place: int, count: int, name: str) -> str:
    digits = max(2, len(str(count)))
    return f"{letter}{place:0{digits}d} {name}"
