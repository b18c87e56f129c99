"""Files from others pass a guard: what is hostile, broken or no workbook is a plain refusal within the limits."""

from __future__ import annotations

import importlib
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.errors import Refused
from app.exchange import guard, guarded
from app.exchange.planning import read_planning
from app.resources import resource
from app.words.refusals import known_codes, sentence
from tests.exchange.hostile import FILES, with_shared_texts
from tests.exchange.planning.workbooks import plain, xlsx

_READ = "faults"


@pytest.fixture
def given_file(tmp_path: Path) -> Path:
    return tmp_path / "given.xlsx"


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_or_read_in_plain_words(name: str, given_file: Path) -> None:
    make, allowed = FILES[name]
    given_file.write_bytes(make())
    try:
        read_planning(given_file)
        got = _READ
    except Refused as refused:
        got = refused.code
        said = sentence(refused)
        assert said.startswith(f"{given_file}: ")
        assert "; " in said
    assert got in allowed


def test_every_refusal_of_the_guard_has_a_sentence() -> None:
    codes = {code for _, codes in FILES.values() for code in codes} - {_READ}
    assert codes | {"input-missing", "input-folder", "input-unreachable", "input-failed"} <= known_codes()


def test_a_file_that_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.xlsx", "input-missing"), (tmp_path, "input-folder")):
        with pytest.raises(Refused) as caught:
            read_planning(path)
        assert caught.value.code == code


def test_a_pipe_that_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    with pytest.raises(Refused) as caught:
        read_planning(pipe)
    assert caught.value.code == "input-unreachable"


def test_faults_name_the_file_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sheets = plain()
    del sheets["Teams"]
    Path("my week.xlsx").write_bytes(xlsx(sheets))
    assert {fault.file for fault in read_planning("./my week.xlsx").faults} == {"./my week.xlsx"}
    assert {fault.file for fault in read_planning(Path("my week.xlsx")).faults} == {"my week.xlsx"}


def test_texts_as_excel_packs_them_are_read_as_excel_shows_them(given_file: Path) -> None:
    items = (
        "<si><t>Slot</t></si><si><r><t>Te</t></r><r><t>am</t></r><rPh><t>hint</t></rPh></si>"
        "<si><t>_x0044_ate</t></si><si><t>a_x005F_x0041_b</t></si>"
    )
    cells = "".join(f'<c t="s"><v>{n}</v></c>' for n in range(4))
    given_file.write_bytes(with_shared_texts(items, f'<row r="1">{cells}</row>'))
    result = read_planning(given_file)
    assert {fault.column for fault in result.faults if fault.sheet == "Slots"} == {"Start", "End"}
    assert {notice.column for notice in result.notices if notice.sheet == "Slots"} == {"a_x0041_b"}


def test_a_reader_that_hangs_is_stopped(given_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_START", "import time; time.sleep(60)")
    started = time.monotonic()
    with pytest.raises(Refused) as caught:
        guard.parse_bytes("planning", b"x", "slow.xlsx", seconds=0.5)
    assert caught.value.code == "input-too-slow"
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os; os.abort()", "input-too-heavy"),
        ("raise MemoryError", "input-too-heavy"),
        ("raise SystemExit(3)", "input-failed"),
        ("print('not an answer')", "input-failed"),
        ("", "input-failed"),
    ],
)
def test_a_reader_that_dies_is_a_refusal(code: str, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "_START", code)
    with pytest.raises(Refused) as caught:
        guard.parse_bytes("planning", b"x", "dead.xlsx")
    assert caught.value.code == expected


def test_a_reader_that_grows_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    grow = "from app.exchange import guarded; guarded._limit(); x = bytearray(1 << 30)"
    monkeypatch.setattr(guard, "_START", f"import sys; sys.path[:] = sys.argv[2:]; {grow}")
    with pytest.raises(Refused) as caught:
        guard.parse_bytes("planning", b"x", "big.xlsx")
    assert caught.value.code == "input-too-heavy"


class _Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return (os.getcwd, ())


def test_an_answer_that_names_anything_but_our_own_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = pickle.dumps(("value", _Evil()))
    monkeypatch.setattr(guard, "_START", f"import sys; sys.stdout.buffer.write({answer!r})")
    with pytest.raises(Refused) as caught:
        guard.parse_bytes("planning", b"x", "evil.xlsx")
    assert caught.value.code == "input-failed"


def test_the_process_imports_nothing_heavy() -> None:
    """No Qt, solver, database or numbers in the reader: it must start in a blink and stay small."""
    heavy = ("PySide6", "numpy", "highspy", "sqlalchemy", "lxml", "PIL", "holidays", "icalendar")
    run = (
        "import sys, io; sys.path[:] = sys.argv[2:]; from app.exchange.guarded import main; main(sys.argv[1]);"
        f"sys.stderr.write(','.join(n for n in {heavy!r} if sys.modules.get(n)))"
    )
    data = resource("samples", "oxfordshire-2019.xlsx").read_bytes()
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", run, "planning", *guard._paths()],
        input=guard._HEADER.pack(1) + b"x" + data, capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stderr == b""


def test_every_task_names_a_reader_that_is_there() -> None:
    for module, function in guarded.TASKS.values():
        assert callable(getattr(importlib.import_module(module), function))
