"""Pages for the desk: reception's day, the PA's day, the director's page."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

from app.exchange.pages.frame import Data, frame, logo, mark, part, ring, table
from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.changes import ChangeRow
from app.exchange.rota.overview import week_line
from app.exchange.version import Version
from app.models.findings import Problems, Unmet
from app.models.people import Kind
from app.text import translate
from app.words.dates import clock, counted, day, listed
from app.words.problems import broken_text, unmet_text, warning_text

T = TypeVar("T")
_MOST_RISKS = 12
"""So many of a kind stand on the director's page, which is to be read in two minutes."""


def reception_data(
    paper: PaperWeek, place: str, visits: Sequence[PaperVisit], version: Version, changed: frozenset[str]
) -> Data:
    """Who arrives at one site, day by day; nothing of what they do there."""
    parts = []
    for on, here in by_day(visits).items():
        rows = [
            [
                mark(clock(one.slot.start), changed=one.visit.id in changed), one.who,
                paper.safe.line(one.visitor.person.organisation) or translate("–"),
                one.host or translate("Not named yet"), "☐",
            ]
            for one in here
        ]  # fmt: skip
        heads = [
            translate("Arrives"), translate("Visitor"), translate("Organisation"), translate("Host"),
            translate("Signed in"),
        ]  # fmt: skip
        section = table("", heads, [0.7, 1.6, 1.6, 1.6, 0.7], rows, shaded=_shaded(here, changed), strong=(0, 1))
        title = translate("Reception, {place}: {day}").format(place=place, day=day(on))
        parts.append(part(title, counted(len(here), "arrival"), [section]))
    title = translate("Reception, {place}").format(place=place)
    return {
        "document": frame(paper, version, title), "flipped": True, "size": 12, "logo": logo(paper), "parts": parts
    }  # fmt: skip


def day_data(paper: PaperWeek, visits: Sequence[PaperVisit], version: Version, changed: frozenset[str]) -> Data:
    """These visits, day by day, with the host's phone, to tick off as people arrive. For the PA."""
    parts = []
    for on, here in by_day(visits).items():
        rows = [
            [
                mark(one.hours, changed=one.visit.id in changed), one.who, one.team, one.place, ring(one),
                one.deputy or translate("–"), "☐",
            ]
            for one in here
        ]  # fmt: skip
        heads = [
            translate("Time"), translate("Visitor"), translate("Team"), translate("Place"), translate("Host"),
            translate("Deputy"), translate("Arrived"),
        ]  # fmt: skip
        widths = [0.85, 1.25, 1.35, 1.1, 2.0, 1.5, 0.6]
        section = table("", heads, widths, rows, shaded=_shaded(here, changed), strong=(0, 1))
        title = translate("Day sheet: {day}").format(day=day(on))
        parts.append(part(title, counted(len(here), "visit"), [section]))
    if not parts:
        parts = [part(translate("Day sheet"), translate("No visit."), [])]
    return {
        "document": frame(paper, version, translate("Day sheets")), "flipped": True, "size": 10, "logo": None,
        "parts": parts,
    }  # fmt: skip


def director_data(
    paper: PaperWeek,
    version: Version,
    problems: Problems,
    unmet: Sequence[Unmet],
    changes: Sequence[ChangeRow],
    changed: frozenset[str],
) -> Data:
    """Coverage, teams unseen, chief officers' movements, risks and changes, on a page or two."""
    sections = [
        _coverage(paper),
        _unseen(paper),
        _movements(paper, changed),
        _risks(paper, problems, unmet),
        _changes(paper, changes),
    ]
    title = translate("The week for the director")
    figures = [
        (str(len(paper.visits)), translate("visits")),
        (str(len(paper.by_visitor)), translate("visitors out")),
        (f"{len(paper.by_team)} / {len(paper.view.teams)}", translate("teams seen")),
        (str(len(problems.blocking)), translate("broken rules")),
    ]
    return {
        "document": frame(paper, version, title), "flipped": False, "size": 10, "logo": logo(paper),
        "parts": [part(title, week_line(paper), sections, figures=figures)],
    }  # fmt: skip


def _coverage(paper: PaperWeek) -> Data:
    visits = Counter(one.service.label for one in paper.visits)
    teams: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for team in paper.teams():
        label = paper.service(team).label
        teams[label] += 1
        seen[label] += team.id in paper.by_team
    rows = [[label, str(visits[label]), f"{seen[label]} / {teams[label]}"] for label in teams]
    heads = [translate("Service"), translate("Visits"), translate("Teams seen")]
    return table(translate("Coverage"), heads, [2, 1, 1], rows)


def _unseen(paper: PaperWeek) -> Data:
    names = [paper.safe.team_name(team) for team in paper.teams() if team.id not in paper.by_team]
    about = listed(names) + "." if names else translate("Every team is seen.")
    return table(translate("Teams nobody sees"), [], [], [], about=about)


def _movements(paper: PaperWeek, changed: frozenset[str]) -> Data:
    chiefs = [one for one in paper.visits if one.visitor.person.kind is Kind.CHIEF_OFFICER]
    rows = [
        [mark(day(one.day), changed=one.visit.id in changed), one.hours, one.who, f"{one.team}, {one.place}"]
        for one in chiefs
    ]
    heads = [translate("Day"), translate("Time"), translate("Chief officer"), translate("Where")]
    about = "" if rows else translate("No chief officer has a visit.")
    return table(
        translate("Chief officers’ movements"), heads, [1, 0.9, 1.5, 2.2], rows, about=about,
        shaded=_shaded(chiefs, changed),
    )  # fmt: skip


def _risks(paper: PaperWeek, problems: Problems, unmet: Sequence[Unmet]) -> Data:
    view, text = paper.view, paper.safe.text
    rows = _first(translate("✕ Broken rule"), problems.blocking, lambda one: text(broken_text(view, one)))
    rows += _first(translate("○ Too few visits"), unmet, lambda one: text(unmet_text(view, one)))
    rows += _first(translate("! Warning"), problems.warnings, lambda one: text(warning_text(view, one)))
    about = "" if rows else translate("No rule is broken, and everybody has the visits they need.")
    return table(translate("Risks"), [translate("Kind"), translate("What")], [1, 4], rows, about=about)


def _first(kind: str, found: Sequence[T], told: Callable[[T], str]) -> list[list[str]]:
    """A row for each of the first that were found, and one that says how many more there are."""
    rows = [[kind, told(one)] for one in found[:_MOST_RISKS]]
    if len(found) > _MOST_RISKS:
        more = translate("and {count} more; all stand in the rota under Unfilled and warnings")
        rows.append([kind, more.format(count=len(found) - _MOST_RISKS)])
    return rows


def _changes(paper: PaperWeek, changes: Sequence[ChangeRow]) -> Data:
    text = paper.safe.text
    rows = [[text(one.visit), text(one.old) or translate("New"), text(one.new) or translate("Gone")] for one in changes]
    about = "" if rows else translate("Nothing has changed.")
    heads = [translate("Visit"), translate("Old"), translate("New")]
    return table(translate("Changes"), heads, [1.4, 1.3, 1.3], rows, about=about)


def by_day(visits: Sequence[PaperVisit]) -> dict[dt.date, list[PaperVisit]]:
    """The visits of each day, in their order."""
    found: dict[dt.date, list[PaperVisit]] = defaultdict(list)
    for one in visits:
        found[one.day].append(one)
    return dict(sorted(found.items()))


def _shaded(visits: Sequence[PaperVisit], changed: frozenset[str]) -> list[int]:
    return [place for place, one in enumerate(visits) if one.visit.id in changed]


def arrivals(paper: PaperWeek) -> dict[str, list[PaperVisit]]:
    """The visits of each site that people go to, by the place's safe name."""
    by_place: dict[str, list[PaperVisit]] = defaultdict(list)
    for one in paper.visits:
        if not one.slot.online:
            by_place[one.place].append(one)
    return dict(sorted(by_place.items(), key=lambda item: item[0].casefold()))
