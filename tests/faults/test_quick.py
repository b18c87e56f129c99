"""The quick part of the other harnesses: a little of each, and proof that the power cuts lose what they should."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.document.document import Document
from app.models.change import Verb
from app.models.plan import Plan
from tests.faults import clock, dropped, erasures, hostile, mutants, odd, strangers, trace
from tests.faults.replay import Disk, replay

FOLDER = "/disk"


def cuts(trace: list[str], times: int = 200) -> list[dict[str, bytes | None]]:
    """What is found after that many power cuts at the end of a trace."""
    disk = Disk(FOLDER)
    for _ in replay(iter(trace), disk):
        pass
    return [disk.cut(random.Random(number)) for number in range(times)]


WRITTEN = [
    f'openat(AT_FDCWD, "{FOLDER}/a", O_RDWR|O_CREAT, 0644) = 3<{FOLDER}/a>',
    f'pwrite64(3<{FOLDER}/a>, "{"x" * 1024}", 1024, 0) = 1024',
]
SYNCED = [
    f"fdatasync(3<{FOLDER}/a>) = 0",
    f'openat(AT_FDCWD, "{FOLDER}", O_RDONLY) = 4<{FOLDER}>',
    f"fsync(4<{FOLDER}>) = 0",
]


def test_what_was_not_synced_may_be_lost_torn_or_kept() -> None:
    found = cuts(WRITTEN)
    assert {} in found
    assert {f"{FOLDER}/a": b"x" * 1024} in found
    assert any(0 < (content.get(f"{FOLDER}/a") or b"").count(b"x") < 1024 for content in found)


def test_what_was_synced_is_never_lost() -> None:
    assert all(content == {f"{FOLDER}/a": b"x" * 1024} for content in cuts([*WRITTEN, *SYNCED]))


def test_a_name_taken_away_may_come_back_until_its_folder_is_synced() -> None:
    gone = [*WRITTEN, *SYNCED, f'unlink("{FOLDER}/a") = 0']
    assert {len(content) for content in cuts(gone)} == {0, 1}
    assert all(content == {} for content in cuts([*gone, f"fsync(4<{FOLDER}>) = 0"]))


def test_a_folder_that_was_moved_has_one_name_or_the_other_and_all_that_was_synced_in_it() -> None:
    inside = [
        f'mkdir("{FOLDER}/new", 0777) = 0',
        f'openat(AT_FDCWD, "{FOLDER}/new/a", O_RDWR|O_CREAT, 0644) = 3<{FOLDER}/new/a>',
        f'pwrite64(3<{FOLDER}/new/a>, "x", 1, 0) = 1',
        f"fsync(3<{FOLDER}/new/a>) = 0",
        f'openat(AT_FDCWD, "{FOLDER}/new", O_RDONLY) = 5<{FOLDER}/new>',
    ]
    moved = [f'rename("{FOLDER}/new", "{FOLDER}/out") = 0']
    synced = [*inside, f"fsync(5<{FOLDER}/new>) = 0", *SYNCED[1:]]
    whole = [{f"{FOLDER}/{name}": None, f"{FOLDER}/{name}/a": b"x"} for name in ("new", "out")]
    assert all(content in whole for content in cuts([*synced, *moved]))
    assert all(content == whole[1] for content in cuts([*synced, *moved, SYNCED[2]]))
    assert {f"{FOLDER}/out": None} in cuts([*inside, *moved]), "what is in a folder lasts by its own fsync alone"


def test_what_the_deed_acknowledged_is_counted_up_to_each_step() -> None:
    trace = [*WRITTEN, 'write(1<pipe:[1]>, "7\\n", 2) = 2', *SYNCED, 'write(1<pipe:[1]>, "8\\n", 2) = 2']
    told = [list(numbers) for numbers in replay(iter(trace), Disk(FOLDER))]
    assert told[1] == []
    assert told[-1] == [7, 8]


def test_a_few_damaged_databases_of_every_sort_are_noticed() -> None:
    found = mutants.mutate(3, seed=5, statements=mutants.SQL[::7])
    assert not any(found[word] for word in mutants.BAD), found
    assert found["rescued"]


@pytest.mark.parametrize("text", [hostile.TEXTS[0], hostile.TEXTS[11], hostile.TEXTS[12], hostile.TEXTS[18]])
def test_a_hostile_text_acts_nowhere(text: str) -> None:
    assert hostile.through(text) == []


@pytest.mark.parametrize("name", ["Ann Lee", "Zoë O’Hara-Lee", "May"])
def test_no_byte_tells_of_a_person_who_was_erased(name: str) -> None:
    assert erasures.left(name) == []


@pytest.mark.parametrize(("ending", "step"), [(".xlsx", 61), (".csv", 19), (".ics", 40), (".pweek", 40)])
def test_a_few_files_by_strangers_end_in_plain_answers(ending: str, step: int) -> None:
    found = strangers.run((ending,), step=step)
    assert found.wrong == []
    assert found.held, str(found)


def test_a_few_files_by_strangers_dropped_on_the_window_are_answered_in_dialogs_that_close() -> None:
    found = dropped.run(step=90)
    assert found.wrong == []
    assert len(found.still) > 4


def test_values_that_make_no_sense_harm_neither_the_window_nor_a_command() -> None:
    assert odd.one(3, odd.COMMANDS[1::4]) == []


def test_a_clock_that_is_set_wrong_overwrites_nothing_and_shifts_no_time() -> None:
    found = clock.days(1, seed=2)
    assert found.jumps
    assert found.held, found


def test_the_judge_of_clocks_knows_what_is_overwritten_and_what_is_shifted(tmp_path: Path) -> None:
    week = clock.a_changing_week(clock.CHANGES[0])
    later = clock.a_changing_week(clock.CHANGES[1])
    path, written = tmp_path / "week.pweek", dict[Path, str]()
    document = Document.open(path, create=True)
    document.do(Plan().edit(Verb.IMPORT, put=week.entities.values()))
    backup = document.backup()
    document.close()
    assert clock.changed(written, tmp_path, path) == 0
    backup.path.write_bytes(b"another")
    assert clock.changed(written, tmp_path, path) == 1
    assert clock.shifted(path, tmp_path, later) > 1


def test_the_judge_of_traces_knows_what_reaches_out() -> None:
    place = Path("/work")
    lines = [
        '1 openat(AT_FDCWD</work>, "chosen/a", O_WRONLY|O_CREAT, 0644) = 3</work/chosen/a>',
        '1 openat(AT_FDCWD</work>, "/usr/lib/x.so", O_RDONLY) = 3</usr/lib/x.so>',
        '1 socket(AF_UNIX, SOCK_STREAM, 0) = 4',
        '1 openat(AT_FDCWD</work>, "/srv/secret", O_RDONLY) = -1 ENOENT (No such file or directory)',
    ]  # fmt: skip
    assert trace.judge(iter(lines), place).held
    for line in (
        '1 socket(AF_INET, SOCK_STREAM, 0) = 4',
        '1 openat(AT_FDCWD</work>, "/srv/secret", O_RDONLY) = 3</srv/secret>',
        '1 openat(AT_FDCWD</work>, "canary/seen.png", O_RDONLY) = 3</work/canary/seen.png>',
        '1 openat(AT_FDCWD</work>, "home/config/Other.conf", O_RDWR|O_CREAT, 0600) = 3</work/home/config/Other.conf>',
        '1 rename("/work/chosen/a", "/srv/a") = 0',
        '1 unlinkat(5</srv>, "a", 0) = 0',
    ):  # fmt: skip
        assert not trace.judge(iter([*lines, line]), place).held, line


def test_the_judge_of_exports_knows_what_acts(tmp_path: Path) -> None:
    assert hostile.judge("a.csv", b"name\r\n=1+1\r\n")
    assert hostile.judge("a.ics", b"BEGIN:VCALENDAR\r\nATTACH:file:///x\r\nEND:VCALENDAR\r\n")
    assert hostile.judge("a.pdf", b"<</S/URI/URI(file:///x)>>")
