"""Every page of a week: which there are, where each lies in the folder, and which are wanted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum

from app.exchange.filenames import safe_name
from app.exchange.pages.desk import arrivals, day_data, director_data, reception_data
from app.exchange.pages.frame import Data
from app.exchange.pages.glyphs import Undrawn, drawable, undrawn
from app.exchange.pages.overview import overview_data
from app.exchange.pages.teams import host_data, team_data
from app.exchange.pages.typeset import Sheet, pdfs_aside
from app.exchange.pages.visitors import reflection_data, visitor_data
from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.changes import ChangeRow
from app.exchange.safe import Safe
from app.exchange.version import Version
from app.models.findings import Problems, Unmet
from app.models.names import fold
from app.models.view import Visitor, WeekView
from app.text import translate

_NO_PROBLEMS = Problems(broken=(), warnings=())
_FIRST_ROWS = 60
"""More rows than any first page has room for."""


class Kind(StrEnum):
    """The kinds of pages."""

    OVERVIEW = "overview"
    TEAMS = "teams"
    HOSTS = "hosts"
    VISITORS = "visitors"
    RECEPTION = "reception"
    DAY_SHEETS = "day-sheets"
    DIRECTOR = "director"
    REFLECTIONS = "reflections"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which pages are wanted; None is all. `people` and `teams` are ids, `services` folded names.

    With `days`, sheets of a day are those of these days, and teams and visitors those who have a visit on one of them.
    """

    kinds: frozenset[Kind] | None = None
    people: frozenset[str] | None = None
    teams: frozenset[str] | None = None
    services: frozenset[str] | None = None
    days: frozenset[dt.date] | None = None

    def kind(self, kind: Kind) -> bool:
        """Whether pages of that kind are wanted."""
        return self.kinds is None or kind in self.kinds

    def any_day(self, visits: Sequence[PaperVisit]) -> bool:
        """Whether somebody with these visits is wanted on their account."""
        return self.days is None or any(one.day in self.days for one in visits)

    def on_days(self, visits: Sequence[PaperVisit]) -> Sequence[PaperVisit]:
        """Those of the visits that are on wanted days."""
        return visits if self.days is None else [one for one in visits if one.day in self.days]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One document: its path in the folder, its kind, the words for it, and what to typeset."""

    path: str
    kind: Kind
    title: str
    sheet: Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The documents of a week, and texts that they could not draw whole."""

    all: tuple[Page, ...]
    undrawn: tuple[Undrawn, ...]

    @property
    def paths(self) -> list[str]:
        """Where each lies in the folder."""
        return [page.path for page in self.all]

    def texts(self) -> dict[str, str]:
        """Everything that each document says, by its path: for the leak check, which cannot read a PDF."""
        return {page.path: "\n".join(_leaves(page.sheet.data)) for page in self.all}

    @contextmanager
    def typesetting(self) -> Iterator[Iterator[tuple[str, bytes]]]:
        """Begin to typeset aside: the path and PDF of each, once it is ready. Whoever leaves early stops the rest."""
        with pdfs_aside([page.sheet for page in self.all]) as made:
            yield zip(self.paths, made, strict=True)

    def files(self) -> dict[str, bytes]:
        """Each as PDF, by its path."""
        with self.typesetting() as made:
            return dict(made)


def _leaves(data: object) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _leaves(value)
    elif isinstance(data, Sequence):
        for value in data:
            yield from _leaves(value)


def pages(
    view: WeekView,
    *,
    version: Version,
    problems: Problems = _NO_PROBLEMS,
    unmet: Sequence[Unmet] = (),
    changes: Sequence[ChangeRow] = (),
    changed: frozenset[str] = frozenset(),
    wanted: Wanted | None = None,
) -> Pages:
    """The pages of a week, ready to be typeset.

    `changed` are the ids of visits that this version changed: they are shaded and marked ✱. Each recipient's page
    is made from that recipient's visits alone.
    """
    asked = wanted or Wanted()
    paper = PaperWeek(view)  # pages go to others, who are not told which rules a visit breaks
    made: list[Page] = []

    def add(path: str, kind: Kind, template: str, data: Data) -> None:
        title = str(data["document"]["title"])
        drawn = drawable(data)
        made.append(
            Page(path=path, kind=kind, title=title, sheet=Sheet(template=template, data=drawn, version=version))
        )

    if asked.kind(Kind.OVERVIEW):
        add("pages/overview.pdf", Kind.OVERVIEW, "overview.typ", overview_data(paper, version, changed))
    for path, kind, template, data in (
        *_teams(paper, version, changed, asked),
        *_visitors(paper, version, changed, asked),
        *_desk(paper, version, changed, asked),
    ):
        add(path, kind, template, data)
    if asked.kind(Kind.DIRECTOR):
        data = director_data(paper, version, problems, unmet, changes, changed)
        add("pages/director.pdf", Kind.DIRECTOR, "sheet.typ", data)
    return Pages(all=tuple(made), undrawn=tuple(undrawn(paper)))


def changed_pages(
    view: WeekView,
    before: WeekView,
    *,
    version: Version,
    problems: Problems = _NO_PROBLEMS,
    unmet: Sequence[Unmet] = (),
    changes: Sequence[ChangeRow] = (),
    changed: frozenset[str] = frozenset(),
    wanted: Wanted | None = None,
) -> Pages:
    """Only the pages that say something else than those of the week `before`, the changes marked on them."""
    old = {page.path: page.sheet.data for page in pages(before, version=version, wanted=wanted).all}
    new = {page.path: page.sheet.data for page in pages(view, version=version, wanted=wanted).all}
    made = pages(view, version=version, problems=problems, unmet=unmet, changes=changes, changed=changed, wanted=wanted)
    differing = tuple(page for page in made.all if new[page.path] != old.get(page.path))
    return Pages(all=differing, undrawn=made.undrawn)


_Made = tuple[str, Kind, str, Data]


def _teams(paper: PaperWeek, version: Version, changed: frozenset[str], asked: Wanted) -> Iterator[_Made]:
    used: set[str] = set()
    for team in paper.view.teams.values():
        # Names are given to all, so that a team's file is called the same whichever are wanted.
        name = safe_name(paper.safe.team_name(team), used, suffix=".pdf")
        wanted = _among(team.id, asked.teams) and _among(fold(team.service), asked.services)
        if not wanted or not asked.any_day(paper.by_team.get(team.id, ())):
            continue
        if asked.kind(Kind.TEAMS):
            yield f"pages/teams/{name}", Kind.TEAMS, "team.typ", team_data(paper, team, version, changed)
        if asked.kind(Kind.HOSTS):
            yield f"pages/hosts/{name}", Kind.HOSTS, "sheet.typ", host_data(paper, team, version, changed)


def _visitors(paper: PaperWeek, version: Version, changed: frozenset[str], asked: Wanted) -> Iterator[_Made]:
    used: set[str] = set()
    for visitor in paper.visitors():
        name = safe_name(paper.name(visitor), used, suffix=".pdf")
        if not _among(visitor.id, asked.people) or not asked.any_day(paper.by_visitor.get(visitor.id, ())):
            continue
        if asked.kind(Kind.VISITORS):
            own = _own(paper, visitor)
            yield f"pages/visitors/{name}", Kind.VISITORS, "visitor.typ", visitor_data(own, visitor, version, changed)
        if asked.kind(Kind.REFLECTIONS) and visitor.id in paper.by_visitor:
            yield (
                f"pages/reflections/{name}", Kind.REFLECTIONS, "reflection.typ",
                reflection_data(paper, visitor, version),
            )  # fmt: skip


def _own(paper: PaperWeek, visitor: Visitor) -> PaperWeek:
    """The week as this visitor may see it: places that the PA released to them stand under their names."""
    safe = Safe.for_itinerary(paper.view, visitor.id)
    return paper if safe is paper.safe else PaperWeek(paper.view, safe=safe)


def _desk(paper: PaperWeek, version: Version, changed: frozenset[str], asked: Wanted) -> Iterator[_Made]:
    if asked.kind(Kind.RECEPTION):
        used: set[str] = set()
        for place, visits in arrivals(paper).items():
            name = safe_name(place, used, suffix=".pdf")
            here = asked.on_days(visits)
            if here:
                data = reception_data(paper, place, here, version, changed)
                yield f"pages/reception/{name}", Kind.RECEPTION, "sheet.typ", data
    if asked.kind(Kind.DAY_SHEETS):
        data = day_data(paper, asked.on_days(paper.visits), version, changed)
        yield "pages/day-sheets.pdf", Kind.DAY_SHEETS, "sheet.typ", data


def first_look(page: Page) -> Sheet:
    """A short form of a long document whose first page is the same but for the count of pages: quick to typeset."""
    data = dict(page.sheet.data)
    for key in ("sections", "parts"):
        if key in data:
            data[key] = [_shortened(part) for part in data[key][:1]]
    data["document"] = {**data["document"], "page-of": translate("page {page}")}
    return replace(page.sheet, data=data)


def _shortened(part: Data) -> Data:
    if "rows" in part:
        return {
            **part,
            "rows": part["rows"][:_FIRST_ROWS],
            "shaded": [n for n in part.get("shaded", ()) if n < _FIRST_ROWS],
        }
    return {**part, "sections": [_shortened(section) for section in part.get("sections", ())]}


def _among(one: str, some: frozenset[str] | None) -> bool:
    return some is None or one in some


def kind_name(kind: Kind) -> str:
    """The words for a kind of pages."""
    names: Mapping[Kind, str] = {
        Kind.OVERVIEW: translate("Overview"),
        Kind.TEAMS: translate("Team rotas for the wall"),
        Kind.HOSTS: translate("Host sheets"),
        Kind.VISITORS: translate("Visitor itineraries"),
        Kind.RECEPTION: translate("Reception day sheets"),
        Kind.DAY_SHEETS: translate("Day sheets for the desk"),
        Kind.DIRECTOR: translate("Director’s page"),
        Kind.REFLECTIONS: translate("Reflection forms"),
    }
    return names[kind]
