"""Hostile texts in every field, through the database and every export: `python -m tests.faults.hostile`.

No cell may become a formula, no line a header, no name a path, no page a link; what cannot be written is refused in
plain words.
"""

from __future__ import annotations

import argparse
import csv
import dataclasses
import datetime as dt
import io
import re
import sys
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from app.document.document import Document
from app.engine import check
from app.engine.goals import valued
from app.engine.unmet import unmet
from app.errors import Refused
from app.exchange.filenames import is_safe
from app.exchange.outputs import Outcome, everything
from app.models.change import TABLE_OF, Entity, Verb
from app.models.people import Liking
from app.models.plan import Plan
from app.models.view import view
from app.store.verify import verify
from app.words.refusals import known_codes
from tests.builders import a_week

TEXTS = (
    "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x.example\")", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "＝1",
    "<img src=\"//host.example/x\">", "<script>alert(1)</script>", "</text><a href='file:///etc/passwd'>",
    "BEGIN:VEVENT\r\nATTACH:file:///etc/passwd\r\nEND:VEVENT", "a\r\nATTENDEE:mailto:x@evil.example",
    "a\nBcc: x@evil.example", "../../../etc/passwd", "C:\\Windows\\win.ini", "con", "nul.txt", "\u202etxt.exe",
    "'; DROP TABLE people; --", "#read(\"/etc/passwd\")", "#import \"@preview/x:1.0.0\"", "$ a $ *b* _c_ `d`",
    "{who} {0.__class__} %s %n", "\x00\x01\x1f", "\x7f\u0085\u2028\u2029", "\ufffe\uffff", "😀" * 60, "é̴̷̸" * 40,
    "x" * 4_999, "a&b;c,d:\"e\"\\n", "﷽" * 20, "السلام عليكم", "   ", "_x000D_ _x0041_", "]]>&lt;",
)  # fmt: skip

_LINES = frozenset({
    "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY",
    "DESCRIPTION", "LOCATION", "ORGANIZER", "ATTENDEE", "SEQUENCE", "STATUS", "CLASS", "TRANSP", "TZID",
    "TZOFFSETFROM", "TZOFFSETTO", "TZNAME", "RRULE", "ACTION", "TRIGGER", "PRIORITY", "CREATED", "LAST-MODIFIED",
    "CATEGORIES", "COMMENT", "NAME", "REFRESH-INTERVAL", "DURATION",
})  # fmt: skip
_PARTS = frozenset({"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VALARM"})
_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|SubmitForm|GoToR|URI)\b")


def spoilt(text: str) -> list[Entity]:
    """A week with that text in every free field of every row, names kept apart by a number."""
    week = (
        a_week().site("Hub").team("Red", host="Hal Host").team("Blue").slot("S1", "Red").slot("S2", "Blue", on=1)
        .slot("S3", "Red", on=2, site_id="Hub").visitor("Ann Lee", assistant="Una Old").visitor("Bob Ray")
        .wish("Ann Lee", Liking.LIKE, team="Blue").seen("Bob Ray", "Red").visit("Ann Lee", "S1").visit("Bob Ray", "S2")
    )  # fmt: skip
    found = []
    for number, entity in enumerate(week.entities.values()):
        changed = {}
        for field in dataclasses.fields(entity):
            value = getattr(entity, field.name)
            if type(value) is not str or field.name in _KEPT or field.name.endswith("_id"):
                continue
            if field.name == "service" and TABLE_OF[type(entity)] == "wishes":
                continue
            changed[field.name] = f"{text} {number}" if field.name == "name" else text
        found.append(dataclasses.replace(entity, **changed))  # type: ignore[arg-type]  # texts for fields of text
    return found


_KEPT = frozenset({"id", "uid", "time_zone", "logo", "organiser_email"})


def through(text: str) -> list[str]:
    """What went wrong with one text, in words; nothing where all held."""
    wrong: list[str] = []
    entities = spoilt(text)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.pweek"
        document = Document.open(path, create=True)
        try:
            document.do(Plan().edit(Verb.IMPORT, put=entities))
            plan = document.plan
            document.close()
            again = Document.open(path)
            wrong += [] if again.plan == plan and not verify(path) else ["the database gave back something else"]
            again.close()
        except Refused as refused:
            wrong += [] if refused.code in known_codes() else [f"no words for {refused.code}"]
            plan = Plan.of(entities)
        finally:
            document.close()
        if len(list(Path(folder).iterdir())) > 2:
            wrong.append("stray files")
    week = view(plan, next(iter(plan.weeks)))
    today = dt.date(2027, 3, 1)
    outcome = Outcome(view=week, problems=check.problems(week, today=today), reached=valued(week), unmet=unmet(week))
    try:
        files = everything(outcome, at=dt.datetime(2027, 3, 1, tzinfo=dt.UTC)).files
    except Refused as refused:
        return wrong if refused.code in known_codes() else [*wrong, f"no words for {refused.code}"]
    for name, data in files.items():
        if not all(is_safe(part) for part in name.split("/")):
            wrong.append(f"path {name!r}")
        wrong += [f"{name}: {what}" for what in judge(name, data)]
    return wrong


def judge(name: str, data: bytes) -> list[str]:
    """What of a file could act."""
    kind = Path(name).suffix
    if kind == ".xlsx":
        return _sheet(data)
    if kind == ".csv":
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        return [f"acting cell {cell[:20]!r}" for row in rows for cell in row if cell[:1] in set("=+-@\t\r")]
    if kind == ".ics":
        return _calendar(data.decode("utf-8"))
    if kind == ".pdf":
        return [f"{found!r}" for found in _PDF.findall(b"\n".join(_objects(data)))]
    return []


def _objects(pdf: bytes) -> Iterator[bytes]:
    """What a PDF says of its objects, those that are packed too; not what its pictures, fonts and pages hold."""
    reached = 0
    while (start := pdf.find(b"stream", reached)) >= 0:
        head, end = pdf[reached:start], pdf.find(b"endstream", start)
        yield head
        if b"/ObjStm" in head[head.rfind(b" obj") :]:
            yield zlib.decompress(pdf[start + len(b"stream") : end].strip(b"\r\n"))
        reached = end + len(b"endstream")
    yield pdf[reached:]


def _sheet(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        odd = [name for name in archive.namelist() if "external" in name.casefold() or "vba" in name.casefold()]
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = (cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)
    return odd + [
        f"acting cell {cell.coordinate}"
        for cell in cells
        if cell.data_type == "f" or (cell.hyperlink is not None and cell.hyperlink.target)
    ]


def _calendar(text: str) -> list[str]:
    wrong = []
    for line in re.sub(r"\r\n[ \t]", "", text).split("\r\n"):
        name = re.split(r"[;:]", line, maxsplit=1)[0].upper()
        if line and name not in _LINES and not name.startswith("X-"):
            wrong.append(f"line {line[:40]!r}")
        if name in {"BEGIN", "END"} and line.partition(":")[2] not in _PARTS:
            wrong.append(f"line {line[:40]!r}")
        if name == "ATTENDEE" and "evil" in line.rpartition(":")[2]:
            wrong.append("a stranger is invited")
        if any(ord(sign) < 32 and sign != "\t" for sign in line):
            wrong.append("a control character")
    return wrong


def main() -> int:
    """Send every text through, print a line, and say by the exit code whether all held."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    found: Counter[str] = Counter()
    for text in TEXTS:
        for what in through(text):
            found[what] += 1
            sys.stdout.write(f"{text[:30]!r}: {what}\n")
    sys.stdout.write(f"hostile  {len(TEXTS)} texts through every field and export: {sum(found.values())} wrong\n")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
