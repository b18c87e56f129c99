"""The command `repair`: what its arguments say, what it tells and writes, what it adopts and what undo brings back."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from app.cli.main import main
from app.cli.repairs import upsets_of
from app.document.document import Document
from app.exchange.planning import write_planning
from app.models.change import Verb
from app.models.names import identity
from app.models.people import Presence
from app.models.repairs import ConsentRefused, Lost, SlotClosed, SlotMoved, TeamClosed, Upset
from app.models.visits import VisitStatus
from tests.builders import Builder, a_week, day, person_id, slot_id, time

MONDAY = "2027-03-22"


def run(*words: object) -> int:
    return main([str(word) for word in words])


def a_published_week() -> Builder:
    """Ann has two visits; Ben and, on standby, Di could stand in; each name is told of Ann's."""
    week = a_week().team("Hub", min_visits=1).team("Desk")
    week.slot("h1", "Hub", 0).slot("h2", "Hub", 2).slot("d1", "Desk", 1, places=2).slot("a@b", "Desk", 3)
    week.visitor("Ann Lee", min_visits=2, max_visits=3).visitor("Ben Ray", min_visits=1).visitor("Di Fox", standby=True)
    week.visitor("Cy @ Home")
    told = {"status": VisitStatus.PUBLISHED}
    return week.visit("Ann Lee", "h1", **told).visit("Ann Lee", "d1", **told).visit("Ben Ray", "d1", **told)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return saved(a_published_week(), tmp_path)


def saved(build: Builder, tmp_path: Path) -> Path:
    path = tmp_path / "week.pweek"
    document = Document.open(path, create=True)
    document.do(document.plan.edit(Verb.IMPORT, put=list(build.entities.values())))
    document.close()
    return path


def told(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def names(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(row["visitor"], row["slot"]) for row in rows if row["status"] not in {"cancelled", "declined"}}


def test_mends_are_told_best_first_and_nothing_is_changed(database: Path, tmp_path: Path) -> None:
    before = database.read_bytes()
    assert run("repair", database, "--lost", f"Ann Lee@{MONDAY}", "--json", tmp_path / "r.json") == 0
    assert database.read_bytes() == before
    result = told(tmp_path / "r.json")
    options = result["options"]
    assert len(options) >= 3
    first = options[0]
    assert names(first["gone"]) == {("Ann Lee", "h1")}
    assert names(first["new"]) == {("Ann Lee", "h2")}
    assert first["told"] == ["Ann Lee", "Manager of Hub"]
    assert first["unmet"] == []
    assert names(first["visits"]) == {("Ann Lee", "h2"), ("Ann Lee", "d1"), ("Ben Ray", "d1")}
    assert {row["name"]: row["value"] for row in first["priorities"]}["told"] == 2
    cancel = next(option for option in options if not option["new"])
    assert cancel["text"].startswith("Just cancel 1 visit of Ann Lee.")
    assert [row["name"] for row in cancel["unmet"]] == ["Ann Lee", "Hub"]
    assert any(("Di Fox", "h1") in names(option["new"]) for option in options)
    assert result["broken"] == []


def test_a_mend_that_is_applied_is_one_edit_with_one_undo(database: Path, tmp_path: Path) -> None:
    assert (
        run("repair", database, "--lost", "Ann Lee@22/3/2027@09:00-12:30", "--apply", 1, "--json", tmp_path / "r.json")
        == 0
    )
    result = told(tmp_path / "r.json")
    assert names(result["visits"]) == names(result["options"][0]["visits"])
    document = Document.open(database)
    try:
        kept = {visit.uid: visit for visit in document.plan.visits.values()}
        assert names(result["visits"]) == {
            (document.plan.people[one.person_id].name, document.plan.slots[one.slot_id].name)
            for one in kept.values()
            if one.counts
        }
        assert [row.presence for row in document.plan.availability.values()] == [Presence.BUSY]
        document.undo()
        assert not document.plan.availability
        assert {visit.status for visit in document.plan.visits.values()} == {VisitStatus.PUBLISHED}
    finally:
        document.close()
    assert run("check", database) == 0


def arguments(**given: list[str]) -> argparse.Namespace:
    return argparse.Namespace(**{"lost": [], "closed": [], "moved": [], "refused": [], **given})


@pytest.mark.parametrize(
    ("given", "means"),
    [
        ({"lost": ["ann  lee"]}, Lost(person_id=person_id("Ann Lee"))),
        ({"lost": ["Ann Lee@Mon 22 March"]}, Lost(person_id=person_id("Ann Lee"), day=day(0))),
        ({"lost": ["Cy @ Home@2027-03-23"]}, Lost(person_id=person_id("Cy @ Home"), day=day(1))),
        (
            {"lost": ["Ann Lee@22/03/2027@09:00-12:30"]},
            Lost(person_id=person_id("Ann Lee"), day=day(0), start=time("09:00"), end=time("12:30")),
        ),
        ({"closed": ["hub"]}, TeamClosed(team_id=identity("team", "Hub"))),
        ({"closed": ["Hub@2027-03-22"]}, TeamClosed(team_id=identity("team", "Hub"), day=day(0))),
        ({"closed": ["D1"]}, SlotClosed(slot_id=slot_id("d1"))),
        ({"closed": ["a@b@25/3/2027"]}, SlotClosed(slot_id=slot_id("a@b"))),
        ({"refused": ["a@b"]}, ConsentRefused(slot_id=slot_id("a@b"))),
        (
            {"moved": ["d1@2027-03-22@10:00-11:30"]},
            SlotMoved(slot_id=slot_id("d1"), day=day(0), start=time("10:00"), end=time("11:30")),
        ),
    ],
)
def test_every_kind_of_upset_is_understood(given: dict[str, list[str]], means: Upset) -> None:
    assert list(upsets_of(a_published_week().view(), arguments(**given))) == [means]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--lost", "Ann Leigh"], "Did you mean Ann Lee?"),
        (["--lost", "Ann Lee@someday"], "cannot be read"),
        (["--lost", "Ann Lee@2027-03-22@noon"], "cannot be read"),
        (["--lost", "Ann Lee@2028-03-22"], "is no day of"),
        (["--closed", "Hubb"], "Did you mean Hub"),
        (["--closed", "h1@2027-03-23"], "Slot h1 is on Mon 22 March"),
        (["--moved", "h1"], "cannot be read"),
        (["--moved", "h1@2027-03-22@11:00-10:00"], "the end must come after the start"),
        (["--lost", "Ann Lee", "--apply", "99"], "There is no mend 99"),
    ],
)
def test_what_cannot_be_understood_is_refused_and_nothing_changed(
    database: Path, words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = database.read_bytes()
    assert run("repair", database, *words) == 2
    assert says in capsys.readouterr().err
    assert database.read_bytes() == before


def test_a_week_that_holds_needs_no_repair(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("repair", database) == 0
    assert "Nothing to repair" in capsys.readouterr().out


def test_a_workbook_is_repaired_as_it_stands_but_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build = a_published_week().available("Ann Lee", Presence.BUSY, 0)
    workbook = tmp_path / "week.xlsx"
    workbook.write_bytes(write_planning(build.view()))
    assert run("repair", workbook, "--json", tmp_path / "r.json") == 0
    assert all(("Ann Lee", "h1") in names(option["gone"]) for option in told(tmp_path / "r.json")["options"])
    assert run("repair", workbook, "--apply", 1) == 2
    assert "database" in capsys.readouterr().err


def test_a_pin_that_no_longer_holds_is_reported_and_dropped_only_where_said(tmp_path: Path) -> None:
    build = a_published_week().visit("Ann Lee", "h1", status=VisitStatus.CONFIRMED, pinned=True)
    database = saved(build, tmp_path)
    assert run("repair", database, "--lost", f"Ann Lee@{MONDAY}", "--json", tmp_path / "r.json") == 1
    result = told(tmp_path / "r.json")
    assert [(row["rule"], row["pinned"]) for row in result["broken"]] == [("not-free", True)]
    dropping = [option for option in result["options"] if ("Ann Lee", "h1") in names(option["gone"])]
    assert dropping
    assert all("Gives up what was pinned" in option["text"] for option in dropping)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--lost", f"@{MONDAY}"), f"“@{MONDAY}” names nobody and nothing; begin with a name."),
        (("--closed", " "), "“ ” names nobody and nothing; begin with a name."),
        (
            ("--apply", "one"),
            "practice-week repair: argument --apply: must be 1 or more; practice-week repair -h tells more",
        ),
        (
            ("--lost",),
            "practice-week repair: argument --lost: expected one argument; practice-week repair -h tells more",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(
    database: Path, words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = run("repair", database, *words)
    except SystemExit as ended:
        code = int(str(ended.code))
    assert code == 2
    assert capsys.readouterr().err.strip() == said
