"""Everything that one week's folder holds (INTERFACES.md, "Folder of `plan --out`, `export`, `demo`"), in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from app.exchange.calendar.files import Invitations, invitations
from app.exchange.leaks import checked
from app.exchange.packs import packs
from app.exchange.pages import Pages, pages, undrawn_text
from app.exchange.read_me import read_me
from app.exchange.results import Json, encoded, priority_rows, problem_rows, result, unmet_rows, visit_rows
from app.exchange.rota import rota_workbook
from app.exchange.version import Version
from app.models.findings import Problems, Reached, Unmet
from app.models.progress import Part, Step, Watch, unwatched
from app.models.view import WeekView
from app.text import translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A week as it stands, judged: what every command reports and every folder holds.

    `status` and `seconds` are None where nothing was matched.
    """

    view: WeekView
    problems: Problems
    reached: tuple[Reached, ...]
    unmet: tuple[Unmet, ...]
    status: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The files of a folder by their path under it, and which of them belong to each visit, by visit id."""

    files: Mapping[str, bytes]
    of_visits: Mapping[str, Sequence[str]]


def results(outcome: Outcome, of_visits: Mapping[str, Sequence[str]] | None = None) -> Json:
    """The outcome as INTERFACES.md's JSON; `of_visits` are each visit's files, where files were written."""
    view = outcome.view
    return result(
        view,
        status=outcome.status,
        seconds=None if outcome.seconds is None else round(outcome.seconds, 2),
        visits=visit_rows(view, of_visits),
        priorities=priority_rows(outcome.reached),
        unmet=unmet_rows(view, outcome.unmet),
        **problem_rows(view, outcome.problems),
    )


def everything(outcome: Outcome, *, at: dt.datetime, notes: Sequence[str] = (), watch: Watch = unwatched) -> Folder:
    """All files of the week as drafts. `at` is the moment (UTC) that papers and READ ME carry; `notes` open READ ME."""
    view = outcome.view
    version = Version(at=at, time_zone=view.week.time_zone)
    return folder_of(outcome, invitations(view, watch=watch), version, notes=notes, watch=watch)


def folder_of(
    outcome: Outcome,
    invites: Invitations,
    version: Version,
    *,
    notes: Sequence[str] = (),
    watch: Watch = unwatched,
) -> Folder:
    """All files of the week with these invitations, as that version.

    Raises Refused("leak") where they would give something away: nobody gets files that were not checked.
    """
    view = outcome.view
    made = pages(view, version=version, problems=outcome.problems, unmet=outcome.unmet)
    files = dict(invites.by_path)
    with made.typesetting() as typeset:
        watch(Step(part=Part.ROTA))
        files["rota.xlsx"] = rota_workbook(view, problems=outcome.problems, unmet=outcome.unmet, version=version)
        files.update(packs(view, version=version))
        files["plan.json"] = encoded(results(outcome, invites.by_visit))
        files["READ ME.txt"] = read_me(
            view,
            problems=outcome.problems,
            reached=outcome.reached,
            unmet=outcome.unmet,
            missing=invites.missing,
            version=version,
            contents=_contents([*files, *made.paths]),
            notes=[*notes, *(undrawn_text(one) for one in made.undrawn)],
        )
        return Folder(files=fit_to_leave(view, files, made, typeset, watch), of_visits=invites.by_visit)


def fit_to_leave(
    view: WeekView, files: Mapping[str, bytes], made: Pages, typeset: Iterable[tuple[str, bytes]], watch: Watch
) -> dict[str, bytes]:
    """These files and the pages, every one checked for leaks; the pages as they come from the typesetter."""
    total = len(files) + len(made.all)
    return checked(view, chain(files.items(), typeset), made.texts(), total=total, watch=watch)


def _contents(files: Sequence[str]) -> list[tuple[str, str]]:
    """What lies in the folder, a line for each part that is there."""
    parts = (
        ("invites/visitors/", translate("a calendar invitation for each visit, a folder for each visitor")),
        ("invites/hosts/", translate("the same for the hosts, a folder for each team")),
        ("invites/week.ics", translate("the whole week as a calendar for looking at")),
        ("rota.xlsx", translate("the rota to print: overview, a sheet for each team and each visitor")),
        (
            "pages/",
            translate("pages to print (PDF): for walls, hosts, visitors, receptions, the desk and the director"),
        ),
        (
            "packs/",
            translate("a workbook for each team, visitor and reception with their own rows alone, and day sheets"),
        ),
        ("plan.json", translate("the result for other programs")),
    )
    return [(path, what) for path, what in parts if any(name.startswith(path) for name in files)]
