"""Each recipient's file holds that recipient's rows alone: all files are built, and each is searched for all others."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.engine.check import problems
from app.exchange.calendar.files import invitations
from app.exchange.filenames import safe_name
from app.exchange.packs import packs
from app.exchange.pages import Kind, pages
from app.exchange.version import Version
from app.models.names import fold
from app.models.view import WeekView
from tests.builders import Builder, a_week

VERSION = Version(number=2, replaces=1, at=dt.datetime(2027, 3, 1, 13, 5, tzinfo=dt.UTC))
VISITORS, TEAMS = 9, 6
MARKS = ("role", "firm", "need", "base", "mail", "desk")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A recipient's file: whose it is, and everything that can be read in it, its path too."""

    path: str
    visitor: str = ""
    team: str = ""
    place: str = ""
    text: str


def a_full_week() -> Builder:
    """Every visitor and team has words of its own in every field; visits cross, two visitors share some slots."""
    week = a_week()
    for number in range(TEAMS):
        week.site(f"sitename{number}x", address=f"address{number}x Street", parking=f"parking{number}x",
                  arrival_notes=f"arrive{number}x")  # fmt: skip
        week.team(
            f"Teamname{number}x", "Education" if number % 2 else "Social care", f"sitename{number}x",
            host=f"Host{number}x Hosting", host_email=f"host{number}x@team.example", host_phone=f"01632 96010{number}",
            deputy=f"Deputy{number}x Deputing",
        )  # fmt: skip
        for part in range(3):
            week.slot(
                f"slot{number}{part}", f"Teamname{number}x", (number + part) % 5, f"{9 + 2 * part:02d}:00",
                f"{10 + 2 * part:02d}:00", places=2, activity=f"activity{number}x{part}",
                purpose=f"purpose{number}x{part}",
            )  # fmt: skip
    for number in range(VISITORS):
        week.visitor(
            f"Visitor{number}x Visiting", role=f"role{number}x", organisation=f"firm{number}x",
            needs=f"need{number}x ramp", email=f"mail{number}x@council.example", assistant=f"desk{number}x Assisting",
            assistant_email=f"desk{number}x@council.example",
        )  # fmt: skip
        for part in range(2):
            week.visit(f"Visitor{number}x Visiting", f"slot{(number + 2 * part) % TEAMS}{(number + part) % 3}")
    return week


def read(data: bytes) -> str:
    """All that is in a workbook or a calendar file."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join([*parts.namelist(), *(parts.read(name).decode() for name in parts.namelist())])
    return data.decode().replace("\r\n ", "")


def recipients_files(view: WeekView) -> Iterator[File]:
    """Every file that goes to one visitor, one team or one reception."""
    visitors = {safe_name(one.name): one.id for one in view.visitors.values()}
    teams = {safe_name(one.name): one.id for one in view.teams.values()}

    def file(path: str, text: str) -> File:
        whose = path.split("/")[2].rpartition(".")[0] if path.count("/") == 2 else path.split("/")[2]
        return File(
            path=path, visitor=visitors.get(whose, ""), team=teams.get(whose, ""),
            place=whose if path.split("/")[1] == "reception" else "", text=f"{path}\n{text}",
        )  # fmt: skip

    for path, data in packs(view, version=VERSION).items():
        if path != "packs/day-sheets.xlsx":
            yield file(path, read(data))
    for path, data in invitations(view).by_path.items():
        if path != "invites/week.ics":
            yield file(path, read(data))
    for page in pages(view, version=VERSION, problems=problems(view)).all:
        if page.kind in (Kind.TEAMS, Kind.HOSTS, Kind.VISITORS, Kind.REFLECTIONS, Kind.RECEPTION):
            yield file(page.path, json.dumps(page.sheet.data, ensure_ascii=False))


@pytest.fixture(scope="module")
def view() -> WeekView:
    return a_full_week().view()


@pytest.fixture(scope="module")
def files(view: WeekView) -> list[File]:
    return list(recipients_files(view))


def test_every_recipient_has_a_page_a_pack_and_an_invitation(view: WeekView, files: list[File]) -> None:
    assert all(file.visitor or file.team or file.place for file in files)
    for start in ("packs/", "pages/"):
        places = {file.place for file in files if file.path.startswith(start)} - {""}
        assert places == {f"sitename{number}x" for number in range(TEAMS)}
    for start in ("packs/", "pages/", "invites/"):
        here = [file for file in files if file.path.startswith(start)]
        assert {file.visitor for file in here} - {""} == set(view.visitors)
        assert {file.team for file in here} - {""} == set(view.teams)


def test_no_visitors_file_tells_of_another_visitor(view: WeekView, files: list[File]) -> None:
    for file in files:
        if file.visitor:
            told = fold(file.text)
            assert fold(view.visitors[file.visitor].name).split()[0] in told or file.path.startswith("invites/")
            others = [word for one in view.visitors if one != file.visitor for word in words_of(view, one)]
            assert [word for word in others if word in told] == [], file.path


def test_no_visitors_file_tells_of_a_team_that_they_do_not_visit(view: WeekView, files: list[File]) -> None:
    for file in files:
        if file.visitor:
            seen = {view.slots[visit.slot_id].team.id for visit in view.counted if visit.person_id == file.visitor}
            others = [word for one in view.teams if one not in seen for word in team_words(view, one)]
            assert [word for word in others if word in fold(file.text)] == [], file.path


def test_no_teams_file_tells_of_anybody_but_who_comes_to_it(view: WeekView, files: list[File]) -> None:
    for file in files:
        if file.team:
            come = {visit.person_id for visit in view.counted if view.slots[visit.slot_id].team.id == file.team}
            others = [word for one in view.visitors if one not in come for word in words_of(view, one)]
            others += [word for one in view.teams if one != file.team for word in team_words(view, one)]
            assert [word for word in others if word in fold(file.text)] == [], file.path


def test_no_receptions_file_tells_of_anybody_but_who_arrives_there_nor_of_what_they_do(
    view: WeekView, files: list[File]
) -> None:
    for file in files:
        if file.place:
            here = [visit for visit in view.counted if view.slots[visit.slot_id].site.name == file.place]
            come = {visit.person_id for visit in here}
            assert all(fold(view.visitors[one].name).split()[0] in fold(file.text) for one in come)
            others = [word for one in view.visitors if one not in come for word in words_of(view, one)]
            others += [word for one in view.teams.values() if one.site.name != file.place
                       for word in team_words(view, one.id)]  # fmt: skip
            others += [f"{word}{number}x" for number in range(VISITORS) for word in ("activity", "purpose", "need")]
            assert [word for word in others if word in fold(file.text)] == [], file.path


def test_needs_and_addresses_of_visitors_are_in_no_visitors_file_but_needs_in_the_hosts(files: list[File]) -> None:
    assert not any(f"need{number}x" in fold(file.text) for file in files if file.visitor for number in range(VISITORS))
    assert any("ramp" in file.text for file in files if file.team)


def words_of(view: WeekView, person_id: str) -> list[str]:
    """Every word by which a visitor could be known."""
    number = view.visitors[person_id].name.removeprefix("Visitor").partition("x")[0]
    return [f"visitor{number}x", *(f"{mark}{number}x" for mark in MARKS)]


def team_words(view: WeekView, team_id: str) -> list[str]:
    """Every word by which a team could be known."""
    number = view.teams[team_id].name.removeprefix("Teamname").partition("x")[0]
    marks = ("teamname", "host", "deputy", "sitename", "address", "parking", "arrive", "activity", "purpose")
    return [*(f"{mark}{number}x" for mark in marks), f"01632 96010{number}"]
