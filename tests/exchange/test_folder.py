"""An output folder: swapped in whole, nothing foreign touched, a crash leaves the old one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import Refused
from app.exchange import folder
from app.exchange.folder import bring_back, check_folder, prepare_folder, write_folder
from app.models.progress import Part, Step

PLAN = json.dumps({"format": 1, "week": "A week"}).encode()


def tree(path: Path) -> dict[str, bytes]:
    return {found.relative_to(path).as_posix(): found.read_bytes() for found in path.rglob("*") if found.is_file()}


def write(out: Path, **files: bytes) -> dict[str, bytes]:
    wanted = {"plan.json": PLAN, **{name.replace("__", "/"): data for name, data in files.items()}}
    write_folder(out, wanted)
    return wanted


def test_a_missing_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    wanted = write(out, invites__week=b"1")
    assert tree(out) == wanted
    assert [path.name for path in out.parent.iterdir()] == ["b"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert tree(out) == {} != write(out)


def test_a_folder_of_ours_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, old=b"1", invites__old=b"2")
    assert write(out, new=b"3") == tree(out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    "foreign", [{"letter.txt": b"mine"}, {"plan.json": b"[]"}, {"plan.json": b"{}"}, {"plan.json": b"\xff"}]
)
def test_a_foreign_folder_is_refused_and_left_alone(tmp_path: Path, foreign: dict[str, bytes]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for name, data in foreign.items():
        (out / name).write_bytes(data)
    for attempt in (lambda: write(out), lambda: check_folder(out)):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "folder-foreign"
    assert tree(out) == foreign


def test_a_file_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(Refused) as refused:
        write(tmp_path / "out")
    assert refused.value.code == "folder-is-file"
    assert (tmp_path / "out").read_bytes() == b"mine"


@pytest.mark.parametrize(
    "path", ["../a", "/a", "a/../b", "a//b", "a\\b", "C:a", "con", "a.", "é", "", "a/", "x" * 81, "a\n"]
)
def test_a_path_that_is_not_safe_is_never_written(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="safe path"):
        write_folder(tmp_path / "out", {"plan.json": PLAN, path: b""})
    assert list(tmp_path.iterdir()) == []


def test_two_paths_that_differ_in_case_alone_are_one_too_many(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="would be one"):
        write_folder(tmp_path / "out", {"a/B": b"", "A/b": b""})
    with pytest.raises(ValueError, match="a file and a folder"):
        write_folder(tmp_path / "out", {"a": b"", "A/b": b""})


def test_a_failure_half_way_leaves_the_old_folder_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    before = write(out, old=b"1")
    calls = 0

    def full(_handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused) as refused:
        write(out, a=b"1", b=b"2", c=b"3")
    assert refused.value.code == "folder-unwritable"
    assert refused.value.facts["reason"] == "No space left on device"
    assert tree(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_stopping_leaves_the_old_folder_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = write(out, old=b"1")

    def stop(step: Step) -> None:
        if step == Step(part=Part.WRITE, done=1, total=3):
            raise Refused("stopped")

    with pytest.raises(Refused) as refused:
        write_folder(out, {"plan.json": PLAN, "a": b"", "b": b""}, watch=stop)
    assert refused.value.code == "stopped"
    assert tree(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_must_come_with_the_files_takes_them_back_where_it_fails(tmp_path: Path) -> None:
    out = tmp_path / "out"

    def fail() -> None:
        assert "new" in tree(out)
        raise Refused("disk-full")

    with pytest.raises(Refused, match="disk-full"):
        prepare_folder(out, {"plan.json": PLAN, "new": b"2"}).put_in_place(fail)
    assert list(tmp_path.iterdir()) == []
    before = write(out, old=b"1")
    with pytest.raises(Refused, match="disk-full"):
        prepare_folder(out, {"plan.json": PLAN, "new": b"2"}).put_in_place(fail)
    assert tree(out) == before
    prepare_folder(out, {"plan.json": PLAN, "new": b"2"}).discard()
    assert tree(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("step", ["_fill", "_sync_folders", "_swap"])
def test_a_kill_at_any_step_leaves_a_whole_folder_and_the_next_run_tidies_up(tmp_path: Path, step: str) -> None:
    out = tmp_path / "out"
    before = write(out, old=b"1")
    # The child dies for real at the step: no clean-up of its own runs.
    script = (
        "import os, signal, sys; from pathlib import Path; from app.exchange import folder\n"
        f"real = folder.{step}\n"
        f"folder.{step} = lambda *args: (real(*args) if '{step}' != '_swap' else args[0].rename(folder._aside(args[0],"
        " 'old')), os.kill(os.getpid(), signal.SIGKILL))\n"
        f"folder.write_folder(Path(sys.argv[1]), {{'plan.json': {PLAN!r}, 'new': b'2'}})\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(out)], check=False, cwd=Path(folder.__file__).parents[2])
    assert ended.returncode == -signal.SIGKILL
    check_folder(out)
    assert tree(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert write(out, new=b"2") == tree(out)


def test_a_second_run_does_not_disturb_one_that_is_writing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out)

    def second(_step: Step) -> None:
        with pytest.raises(Refused) as refused:
            write(out, second=b"")
        assert refused.value.code == "folder-busy"

    write_folder(out, {"plan.json": PLAN, "first": b""}, watch=second)
    assert set(tree(out)) == {"plan.json", "first"}


def test_a_database_in_the_folder_survives_unless_it_is_written_anew(tmp_path: Path) -> None:
    out = tmp_path / "out"
    database = b"SQLite format 3\x00 and the rest"
    write_folder(out, {"plan.json": PLAN, "week.db": database})
    assert write(out, new=b"1") | {"week.db": database} == tree(out)
    write_folder(out, {"plan.json": PLAN, "week.db": b"new"})
    assert tree(out)["week.db"] == b"new"


@pytest.mark.parametrize("links", [True, False])
def test_what_belongs_to_a_database_in_the_folder_stays_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    if not links:
        monkeypatch.setattr("os.link", refuse)
    out = tmp_path / "out"
    beside = {"week.db.lock": b"{}", "week.db-journal": b"", "week.db.backups/one": b"1", "week.db.backups/two": b"2"}
    write_folder(out, {"plan.json": PLAN, "week.db": b"SQLite format 3\x00 and the rest", **beside})
    write(out, new=b"1")
    assert beside.items() <= tree(out).items()


def test_a_folder_that_a_crash_left_moved_away_is_brought_back_for_who_looks_into_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    before = write(out, old=b"1")
    out.rename(tmp_path / ".out.practice-week-old")
    bring_back(out / "no" / "such")
    assert not out.exists()
    bring_back(out)
    assert tree(out) == before
    out.rename(tmp_path / ".out.practice-week-old")
    write(tmp_path / "out", new=b"2")
    bring_back(out)
    assert "new" in tree(out)


def test_what_the_disk_refuses_is_told_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refused) as refused:
        write(tmp_path / "file" / "out")
    assert refused.value.code == "folder-unwritable"
    assert refused.value.facts["reason"]
