"""Everything a person may do, for `tests.faults.trace` to watch: every command, and a window in which all is tried.

`python -m tests.faults.session FOLDER` works in that folder alone. Every text of the database that the window shows
names a picture in FOLDER/canary and one on another computer: nothing may reach for either.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import sys
from pathlib import Path

from app.cli.main import main as command
from app.document.document import Document
from app.models.change import Verb
from app.models.plan import Plan
from app.resources import resource
from tests.faults.hostile import spoilt


def commands(place: Path) -> list[str]:
    """Run every command once; what did not end as it should."""
    book, data = place / "chosen" / "week.xlsx", place / "chosen" / "week.pweek"
    shutil.copyfile(resource("samples", "oxfordshire-2019.xlsx"), book)
    diary, answer = place / "chosen" / "diary.ics", place / "chosen" / "answer.txt"
    diary.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20190701T000000Z\r\n"
        f"DTSTART:20190708T090000Z\r\nDTEND:20190708T093000Z\r\nATTACH:file://{place}/canary/seen.png\r\n"
        "URL:http://127.0.0.1:9/\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        "utf-8",
    )
    out = str(place / "chosen")
    asked: list[list[object]] = [
        ["import", data, book], ["plan", data, "--seconds", "3", "--out", f"{out}/plan", "--json", f"{out}/plan.json"],
        ["check", data], ["check", book], ["publish", data, "--out", f"{out}/pack", "--drafts"],
        ["export", data, "--out", f"{out}/all"], ["workbook", data, f"{out}/again.xlsx"],
        ["forms", data, "--out", f"{out}/forms"], ["take-in", data, f"{out}/forms/slot-form"], ["chase", data],
        ["diary", data, diary, "--for", _someone(book)], ["answers", data, answer], ["verify", data],
        ["backup", data], ["backup", data, f"{out}/copy.pweek"], ["backups", data],
        ["restore", data, f"{out}/copy.pweek"], ["salvage", data, f"{out}/rescued.pweek"],
        ["person", data, _someone(book), "--out", f"{out}/person"], ["repair", data, "--lost", _someone(book)],
        ["erase", data, _someone(book)], ["demo", "--no-window", "--out", f"{out}/demo"],
    ]  # fmt: skip
    answer.write_text(f"{_someone(book)} – yes\n", "utf-8")
    wrong = []
    for words in asked:
        told = io.StringIO()
        with contextlib.redirect_stderr(told), contextlib.redirect_stdout(told):
            code = command([str(word) for word in words])
        if code not in {0, 1}:
            wrong.append(f"{words[0]} ended with {code}: {told.getvalue()[-300:]}")
    return wrong


def _someone(book: Path) -> str:
    from app.exchange.planning import read_planning

    plan = read_planning(book).plan
    return min(person.name for person in plan.people.values()) if plan is not None else ""


def window(place: Path) -> list[str]:
    """Open the window on a hostile week, go through every screen, begin every action, and drop files on it."""
    from tests.faults.windows import watched

    picture = place / "canary" / "seen.png"
    texts = f'<img src="{picture}"><img src="//host.example/x"><a href="file://{picture}">'
    path = place / "chosen" / "hostile.pweek"
    document = Document.open(path, create=True)
    document.do(Plan().edit(Verb.IMPORT, put=spoilt(texts)))
    document.close()
    with watched(None) as seen:  # in the folders that the app itself would choose
        if not seen.open(path):
            return ["the window did not open the file"]
        seen.walk(0.3)
        for ending, data in (
            (".ics", f"BEGIN:VCALENDAR\r\nATTACH:file://{picture}\r\n".encode()), (".xlsx", b"PK\3\4"),
            (".pweek", b"SQLite format 3\0"), (".csv", f"Visitor,Team\n=HYPERLINK(\"{picture}\"),x\n".encode()),
        ):  # fmt: skip
            stranger = place / "chosen" / f"dropped{ending}"
            stranger.write_bytes(data)
            seen.drop(stranger)
            seen.shut()
        return list(seen.errors)


def main() -> int:
    """Do all of it in the folder given; the exit code tells whether all went well."""
    place = Path(sys.argv[1])
    for name in ("chosen", "canary"):
        (place / name).mkdir(exist_ok=True)
    (place / "canary" / "seen.png").write_bytes(b"never read")
    (place / "began").write_bytes(b"")  # from here on the trace counts
    wrong = commands(place) + window(place)
    for what in wrong:
        sys.stderr.write(f"{what}\n")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
