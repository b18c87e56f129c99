"""The commands as a PA meets them: what they print, write and answer."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from app.cli.main import main
from app.resources import resource

REFERENCE = resource("samples", "oxfordshire-2019.xlsx")
AWKWARD = resource("samples", "awkward-2026.xlsx")


def run(*words: object) -> int:
    return main([str(word) for word in words])


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def values(result: dict[str, Any]) -> list[int]:
    return [row["value"] for row in result["priorities"]]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference week, planned once for all tests that only look."""
    folder = tmp_path_factory.mktemp("planned")
    assert run("plan", REFERENCE, "--out", folder / "out", "--json", folder / "result.json") == 0
    return folder


@pytest.mark.parametrize(
    ("workbook", "best"),
    [(REFERENCE, [0, 59, 15, 4, 65, 1450]), (AWKWARD, [1, 40, 7, 0, 66, 270])],
    ids=["reference", "awkward"],
)
def test_both_sample_weeks_are_matched_and_proved(workbook: Path, best: list[int], tmp_path: Path) -> None:
    assert run("plan", workbook, "--json", tmp_path / "result.json") == 0
    result = read(tmp_path / "result.json")
    assert result["status"] == "optimal"
    assert result["broken"] == []
    assert values(result) == best
    assert all(row["proved"] and row["bound"] == row["value"] for row in result["priorities"])


def test_check_values_a_matched_week_as_the_matcher_did(planned: Path, tmp_path: Path) -> None:
    database = tmp_path / "week.pweek"
    assert run("import", database, REFERENCE) == 0
    assert run("plan", database) == 0
    assert run("check", database, "--json", tmp_path / "check.json") == 0
    checked = read(tmp_path / "check.json")
    assert values(checked) == values(read(planned / "result.json"))
    assert "status" not in checked


def test_a_result_lists_the_visits_that_count(tmp_path: Path) -> None:
    """The sample holds a declined and a cancelled visit: who reads a result takes its visits as the plan."""
    for command in ("plan", "check"):
        assert run(command, AWKWARD, "--json", tmp_path / f"{command}.json") == 0
        visits = read(tmp_path / f"{command}.json")["visits"]
        assert visits
        assert {row["status"] for row in visits} == {"proposed"}


def test_a_change_pack_says_which_visit_each_calendar_file_is_about(tmp_path: Path) -> None:
    database, pack = tmp_path / "week.pweek", tmp_path / "pack"
    assert run("import", database, REFERENCE) == 0
    assert run("plan", database) == 0
    assert run("publish", database, "--out", tmp_path / "first") == 0
    assert run("repair", database, "--lost", "Lucy Butler", "--apply", 1) == 0
    assert run("publish", database, "--out", pack) == 0
    rows = read(pack / "plan.json")["visits"]
    listed = [path for row in rows for path in row["files"]]
    assert sorted(listed) == sorted(path.relative_to(pack).as_posix() for path in (pack / "invites").rglob("*.ics"))
    assert all(row["files"] for row in rows if row["status"] == "cancelled")
    assert {row["visitor"] for row in rows if row["status"] == "cancelled"} >= {"Lucy Butler"}
    assert "week.ics" not in (pack / "READ ME.txt").read_text(encoding="utf-8")  # a pack has no such file


def test_the_folder_holds_what_it_promises(planned: Path) -> None:
    out = planned / "out"
    result = read(out / "plan.json")
    assert result["visits"] == read(planned / "result.json")["visits"]
    for visit in result["visits"]:
        assert len(visit["files"]) == 2
        assert all((out / path).is_file() for path in visit["files"])
    assert {"READ ME.txt", "rota.xlsx", "plan.json", "invites"} <= {path.name for path in out.iterdir()}
    assert (out / "invites" / "week.ics").is_file()


def test_visits_run_by_date_start_and_visitor(planned: Path) -> None:
    rows = read(planned / "result.json")["visits"]
    assert rows == sorted(rows, key=lambda row: (row["date"], row["start"], row["visitor"].casefold()))


def test_calendar_files_are_the_same_bytes_on_a_second_run_in_another_folder(planned: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere"
    assert run("plan", REFERENCE, "--out", again) == 0
    first = {path.relative_to(planned / "out"): path.read_bytes() for path in (planned / "out").rglob("*.ics")}
    assert first == {path.relative_to(again): path.read_bytes() for path in again.rglob("*.ics")}


def test_a_second_run_into_the_same_folder_replaces_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("plan", REFERENCE, "--out", out) == 0
    stray = out / "invites" / "old.ics"
    stray.write_text("left over")
    assert run("plan", AWKWARD, "--out", out) == 0
    assert not stray.exists()
    assert read(out / "plan.json")["week"] == "Awkward week, October 2026"


def test_a_folder_that_is_not_ours_is_refused_before_matching(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "letter.docx").write_text("somebody's")
    assert run("plan", REFERENCE, "--out", tmp_path) == 2
    assert (tmp_path / "letter.docx").read_text() == "somebody's"
    assert str(tmp_path) in capsys.readouterr().err


def test_importing_planning_and_planning_again_keeps_every_uid(planned: Path, tmp_path: Path) -> None:
    database = tmp_path / "week.pweek"
    assert run("import", database, REFERENCE) == 0
    for name in ("first", "second"):
        assert run("plan", database, "--json", tmp_path / f"{name}.json") == 0

    def uids(path: Path) -> dict[tuple[str, str], str]:
        return {(row["visitor"], row["slot"]): row["uid"] for row in read(path)["visits"]}

    assert uids(planned / "result.json") == uids(tmp_path / "first.json") == uids(tmp_path / "second.json")


def test_a_second_import_of_the_same_file_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "week.pweek"
    assert run("import", database, REFERENCE) == 0
    before = database.read_bytes()
    capsys.readouterr()
    assert run("import", database, REFERENCE) == 0
    assert database.read_bytes() == before
    assert "Nothing" in capsys.readouterr().out


def test_a_dry_run_leaves_the_database_alone(tmp_path: Path) -> None:
    database = tmp_path / "week.pweek"
    assert run("import", database, REFERENCE) == 0
    before = database.read_bytes()
    assert run("plan", database, "--dry-run", "--json", tmp_path / "result.json") == 0
    assert database.read_bytes() == before
    assert len(read(tmp_path / "result.json")["visits"]) > 0


def test_a_week_goes_out_as_a_planning_workbook_and_comes_back_the_same(tmp_path: Path) -> None:
    for name in ("a", "b"):
        source = AWKWARD if name == "a" else tmp_path / "a.xlsx"
        assert run("import", tmp_path / f"{name}.pweek", source) == 0
        assert run("workbook", tmp_path / f"{name}.pweek", tmp_path / f"{name}.xlsx") == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_faults_are_told_a_line_each_and_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = tmp_path / "week.xlsx"
    shutil.copy(REFERENCE, workbook)
    book = openpyxl.load_workbook(workbook)
    book["Slots"]["B2"] = "No such team"
    book["Slots"]["F3"] = -1
    book["Visitors"]["K2"] = "cleared"
    book.save(workbook)
    database = tmp_path / "week.pweek"
    assert run("import", database, workbook) == 2
    assert not database.exists()
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("note:")]
    assert [line.split(" ")[1] for line in lines] == ["Slots!B2", "Slots!F3", "Visitors!K2"]
    assert all(line.startswith(f"{workbook}: ") and "; " in line for line in lines)


def test_pins_that_break_a_rule_make_exit_1_and_stay(tmp_path: Path) -> None:
    workbook = tmp_path / "week.xlsx"
    shutil.copy(REFERENCE, workbook)
    book = openpyxl.load_workbook(workbook)
    # Conference chairs is a team that Lara Patel may never see.
    slot = next(row[0] for row in book["Slots"].iter_rows(values_only=True) if row[1] == "Conference chairs")
    book["Visits"].append(["Lara Patel", slot, "yes"])
    book.save(workbook)
    assert run("plan", workbook, "--json", tmp_path / "result.json") == 1
    result = read(tmp_path / "result.json")
    assert ("never", "Lara Patel", slot, True) in [
        (row["rule"], row["visitor"], row["slot"], row["pinned"]) for row in result["broken"]
    ]
    assert ("Lara Patel", slot) in [(row["visitor"], row["slot"]) for row in result["visits"]]


def test_priorities_left_out_are_valued_but_not_asked_for(tmp_path: Path) -> None:
    assert run("plan", REFERENCE, "--priorities", "fresh-eyes,demand", "--json", tmp_path / "result.json") == 0
    rows = read(tmp_path / "result.json")["priorities"]
    assert [row["name"] for row in rows[:2]] == ["fresh eyes", "demand"]
    assert [row["asked"] for row in rows] == [True, True, False, False, False, False]


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "missing.xlsx"],
        ["plan"],
        ["plan", str(REFERENCE), "--priorities", "demand,beauty"],
        ["plan", str(REFERENCE), "--seconds", "0"],
        ["check", str(REFERENCE), "--week", "No such week"],
        ["verify", "missing.pweek"],
    ],
)
def test_unusable_input_ends_with_2_and_a_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(words)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else -1
    assert code == 2
    told = capsys.readouterr().err.strip()
    assert told
    assert "Traceback" not in told


def test_verify_is_content_with_a_whole_file_and_finds_damage(tmp_path: Path) -> None:
    database = tmp_path / "week.pweek"
    assert run("import", database, REFERENCE) == 0
    assert run("verify", database) == 0
    damaged = bytearray(database.read_bytes())
    place = damaged.index(b"Lucy Butler")
    damaged[place : place + 4] = b"Lacy"
    database.write_bytes(damaged)
    assert run("verify", database) == 1


def test_the_demo_ends_in_a_folder_with_everything_and_its_database(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    assert run("demo", "--out", out, "--no-window") == 0
    databases = list(out.glob("*.pweek"))
    assert len(databases) == 1
    assert run("verify", databases[0]) == 0
    assert values(read(out / "plan.json")) == [0, 59, 15, 4, 65, 1450]


def test_a_second_demo_keeps_a_database_that_somebody_worked_in(tmp_path: Path) -> None:
    out = tmp_path / "demo"
    assert run("demo", "--out", out, "--no-window") == 0
    (worked,) = out.glob("*.pweek")
    assert run("import", worked, AWKWARD) == 0
    before = worked.read_bytes()
    assert run("demo", "--out", out, "--no-window") == 0
    assert worked.read_bytes() == before
    assert len(list(out.glob("*.pweek"))) == 2


def test_help_and_version_answer(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["-h"], ["--version"], ["plan", "-h"]):
        with pytest.raises(SystemExit) as stop:
            main(words)
        assert stop.value.code == 0
    told = capsys.readouterr().out
    assert "practice-week 0." in told
    assert "verify" in told
