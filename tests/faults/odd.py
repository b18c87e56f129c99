"""Well-formed values that the app itself would never write, in a whole file of ours: `python -m tests.faults.odd`.

Somebody's own program may write a database whose digest and history are right and whose values are nonsense. It has
to be refused, or read as well as may be: in the window and by every command, in plain words.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import datetime as dt
import io
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

from app.cli.main import main as command
from app.document.document import Document
from app.errors import Refused
from app.models.change import TABLES, Entity, Verb
from tests.faults.windows import watched
from tests.store.make_version import make

_HUGE = 10**18
_DEEP = "[" * 100_000
_JSON = (
    "{}",
    "[]",
    "null",
    "1",
    '"x"',
    "",
    "nonsense",
    _DEEP,
    '{"start": 5, "end": []}',
    '{"weeks": 5}',
    '{"weeks": [{}]}',
    '{"nope": []}',
    '{"weeks": [5]}',
    '"\\ud800"',
    "[[]]",
    "NaN",
    "1e999",
    '{"weeks": {"a": 1}}',
)
_FIRST, _LAST = dt.datetime(1, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
_TEXTS = ("", "\0", "\r\n", "x" * 100_000)

ODD: dict[str, dict[str, tuple[Any, ...]]] = {
    "issued": {
        "said": _JSON, "stamp": (_FIRST, _LAST), "sequence": (_HUGE,), "uid": _TEXTS[:2], "digest": ("",),
        "email": ("x\r\nBcc: y@z.example",),
    },
    "publications": {"snapshot": _JSON, "number": (_HUGE,), "at": (_FIRST, _LAST)},
    "calls": {"told_at": (_FIRST, _LAST)},
    "releases": {"at": (_FIRST, _LAST)},
    "weeks": {
        "first_day": (dt.date(1, 1, 1), dt.date(2017, 1, 1)), "last_day": (dt.date(9999, 12, 31), dt.date(2036, 1, 1)),
        "time_zone": ("Mars/Olympus", "../../etc/passwd", "", "\0"), "buffer_minutes": (_HUGE, 1441),
        "lunch_minutes": (_HUGE, 1441), "lunch_from": (dt.time(23, 59),), "lunch_to": (dt.time(0, 0, 0, 1),),
        "day_starts": (dt.time(23, 59),), "day_ends": (dt.time(0),), "priorities": ((), "TWICE"),
        "logo": ("../../x", "x" * 200_000, "data:image/png;base64,AAAA"),
        "keep_until": (dt.date(1, 1, 1), dt.date(9999, 12, 31)),
    },
    "slots": {
        "day": (dt.date(1, 1, 1), dt.date(9999, 12, 31)), "places": (_HUGE,), "start": (dt.time(0, 0, 0, 1),),
        "end": (dt.time(23, 59, 59, 999_999),), "consent_by": (dt.date(1, 1, 1), dt.date(9999, 12, 31)),
    },
    "roads": {"minutes": (_HUGE, 1441)},
    "offers": {"min_visits": (_HUGE,), "max_visits": (0, _HUGE), "max_per_day": (0, _HUGE)},
    "attendances": {"min_visits": (_HUGE,), "max_visits": (0, _HUGE), "max_per_day": (0, _HUGE)},
    "availability": {"day": (dt.date(1, 1, 1), dt.date(9999, 12, 31)), "start": (None, dt.time(23)), "end": (None,)},
    "past_visits": {"day": (dt.date(1, 1, 1), dt.date(9999, 12, 31))},
}  # fmt: skip
"""Table → field → values."""

_NAMES = (
    "count", "kind", "name", "hanging", "at", "day", "when", "from", "to", "old", "new", "moment", "field", "table",
    "number", "start", "end",
)  # fmt: skip

FACTS: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    tuple((name, "x") for name in _NAMES),
    (("count", "9" * 5000), ("hanging", "-1"), ("kind", "visits"), ("number", "")),
)  # fmt: skip

COMMANDS = (
    ("verify", "FILE"), ("check", "FILE"), ("why", "FILE", "Ann Lee", "S1"), ("workbook", "FILE", "OUT/book.xlsx"),
    ("export", "FILE", "--out", "OUT/all"), ("publish", "FILE", "--out", "OUT/pack"), ("chase", "FILE"),
    ("person", "FILE", "Ann Lee", "--out", "OUT/person"), ("erase", "FILE", "Ann Lee"),
)  # fmt: skip


Odd = tuple[str, str, Any]
"""A table, a field, and the value that every row has in it."""


def cases(*, apart: bool = False) -> Iterator[tuple[str, Callable[[Path], None]]]:
    """Every odd file: what is odd, and how it is made. `apart`: one field in each file, to find which one harms."""
    each = [(table, field, values) for table, fields in ODD.items() for field, values in fields.items()]
    for number in range(max(len(values) for _, _, values in each)):
        odd = [(table, field, values[number]) for table, field, values in each if number < len(values)]
        lone = [one for one in odd if apart or one[1] in _ALONE]
        for table, field, value in lone:
            yield f"{table}.{field} = {value!r:.40}", partial(_put, odd=[(table, field, value)])
        if together := [one for one in odd if one not in lone]:
            yield f"value {number} of every field", partial(_put, odd=together)
    for text in _TEXTS:
        yield f"every text = {text!r:.20}", partial(_texts, text=text)
    for facts in FACTS:
        yield f"every verb with facts {facts!r:.30}", partial(_lines, facts=facts)


_ALONE = frozenset({"first_day", "last_day", "time_zone"})


def _put(path: Path, *, odd: list[Odd]) -> None:
    """A file in which every row of a table has that value in a field, written as an edit of its own."""
    make(path)
    document = Document.open(path)
    changed = []
    for table in {table for table, _, _ in odd}:
        rows = list(document.plan.table(table).values())
        fields = {field: value for where, field, value in odd if where == table}
        if fields.get("priorities") == "TWICE":
            fields["priorities"] = getattr(rows[0], "priorities") * 2  # noqa: B009 - of a week
        changed += [dataclasses.replace(row, **fields) for row in rows]
    _write(document, changed)


def _texts(path: Path, *, text: str) -> None:
    """A file in which every text is that one, but for the names of rows, their pointers, and what is JSON."""
    make(path)
    document = Document.open(path)
    changed = []
    for table in TABLES:
        for row in document.plan.table(table).values():
            fields = (field.name for field in dataclasses.fields(row) if type(getattr(row, field.name)) is str)
            odd = {name: text for name in fields if name not in _KEPT and not name.endswith("_id")}
            changed.append(dataclasses.replace(row, **odd))  # type: ignore[arg-type]  # texts for texts
    _write(document, changed)


_KEPT = frozenset({"id", "said", "snapshot", "service", "time_zone"})


def _lines(path: Path, *, facts: tuple[tuple[str, str], ...]) -> None:
    """A file whose history has a line of every verb, each with these facts."""
    make(path)
    document = Document.open(path)
    for verb in Verb:
        week = next(iter(document.plan.weeks.values()))
        edit = document.plan.edit(verb, put=[dataclasses.replace(week, dress=f"{week.dress}.")])
        document.do(dataclasses.replace(edit, facts=facts))
    document.close()


def _write(document: Document, rows: list[Entity]) -> None:
    with contextlib.suppress(Refused), mock.patch("app.document.document.has_long_text", return_value=False):
        document.do(document.plan.edit(Verb.CHANGE, put=rows))
    document.close()


COUNT = sum(1 for _ in cases())


def one(number: int, commands: Sequence[Sequence[str]] = COMMANDS) -> list[str]:
    """What went wrong with the odd file of that number."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "odd.pweek"
        list(cases())[number][1](path)
        return tried(path, Path(folder), commands)


def tried(path: Path, folder: Path, commands: Sequence[Sequence[str]] = COMMANDS) -> list[str]:
    """What went wrong with a file in the window and with the commands."""
    with watched(folder) as seen:
        seen.open(path)
        if seen.window.desk.bridge.document is not None:
            seen.shut()
            seen.walk()
        wrong = [f"window: {error}" for error in seen.errors]
    for words in commands:
        told = io.StringIO()
        with contextlib.redirect_stderr(told), contextlib.redirect_stdout(told):
            try:
                code = command([word.replace("FILE", str(path)).replace("OUT", str(folder)) for word in words])
            except BaseException:  # noqa: BLE001 - a crash is what is counted
                code = -1
                traceback.print_exc(file=told)
        text = told.getvalue()
        if code not in {0, 1, 2} or "Traceback" in text:
            wrong.append(f"{words[0]} ended with {code}: {text[-700:]}")
    return wrong


def main() -> int:
    """Try every odd file, print what was wrong, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=int, default=1, help="only each n-th file")
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--only", default="", help="what the name of a file has to hold")
    parser.add_argument("--apart", action="store_true", help="one odd field in each file")
    args = parser.parse_args()
    wrong = 0
    made = [one for one in cases(apart=args.apart) if args.only in one[0]][args.first :: args.step]
    for name, make_it in made:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "odd.pweek"
            make_it(path)
            found = tried(path, Path(folder))
        wrong += bool(found)
        sys.stdout.write("".join([f"{'WRONG' if found else 'fine '} {name}\n", *(f"    {what}\n" for what in found)]))
        sys.stdout.flush()
    sys.stdout.write(f"odd      {len(made)} files: {wrong} wrong\n")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
