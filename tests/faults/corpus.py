"""Files by strangers of every sort that the app takes: each a name with an ending, and how its bytes are made."""

from __future__ import annotations

import io
import random
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from tests.exchange.hostile import packed, plain_parts, sheet, with_part, with_shared_texts
from tests.store.make_version import make

_SLOTS = "xl/worksheets/sheet5.xml"
_BOOK = "xl/workbook.xml"
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

Maker = Callable[[], bytes]


# Workbooks


def _nested(depth: int = 6) -> bytes:
    """Zips in zips, each unpacking to more than it is."""
    data = bytes(8_000_000)
    for number in range(depth):
        data = packed({f"{number}-{copy}.zip": data for copy in range(3)})
    return with_part("xl/embeddings/inner.zip", data)


def _quine() -> bytes:
    """An archive whose one part is named like a part and begins like the archive itself."""
    inner = packed({"[Content_Types].xml": b"<x/>"})
    for _ in range(5):
        inner = packed({"[Content_Types].xml": inner, "r/r.zip": inner})
    return inner


def _overlapping() -> bytes:
    """One compressed kernel that every entry of the list of contents points at (Fifield's bomb without nesting)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    kernel = packer.compress(bytes(20_000_000)) + packer.flush()
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(kernel), 20_000_000, 1, 0) + b"a" + kernel
    central = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, 0, len(kernel), 20_000_000, 1, 0, 0, 0, 0, 0, 0)
        + b"a"
        for _ in range(300)
    )
    return local + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 300, 300, len(central), len(local), 0)


def _zip64() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in plain_parts().items():
            with archive.open(name, "w", force_zip64=True) as part:
                part.write(data)
    return held.getvalue()


def _zip64_lies() -> bytes:
    data = bytearray(_zip64())
    at = data.rfind(b"PK\1\2")
    data[at + 20 : at + 28] = b"\xff" * 8
    return bytes(data)


def _sizes_off() -> bytes:
    """The list of contents tells other sizes than the parts' own heads."""
    data = bytearray(packed(plain_parts()))
    at = data.find(b"PK\1\2")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 7)
        at = data.find(b"PK\1\2", at + 4)
    return bytes(data)


def _entities(encoding: str, kind: str = "SYSTEM 'file:///etc/passwd'") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    text = f'{head}<!DOCTYPE r [<!ENTITY x {kind}>]><worksheet {_NS}><sheetData><row><c t="str"><v>&x;</v></c></row></sheetData></worksheet>'
    return with_part(_SLOTS, text.encode(encoding))


def _parameter_entity() -> bytes:
    text = f"<!DOCTYPE r [<!ENTITY % d SYSTEM 'http://127.0.0.1:9/x.dtd'>%d;]><worksheet {_NS}/>"
    return with_part("docProps/core.xml", text.encode())


def _relations(target: str, mode: str = "") -> bytes:
    parts = plain_parts()
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", (
        f'<Relationship Id="rIdZ" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"'
        f' Target="{target}"{mode}/></Relationships>'
    ).encode())  # fmt: skip
    return packed(parts)


def _sheet_lost() -> bytes:
    parts = plain_parts()
    del parts[_SLOTS]
    return packed(parts)


def _same_part_for_all() -> bytes:
    """Every sheet leads to one part, and that one to itself."""
    parts = plain_parts()
    name = "xl/_rels/workbook.xml.rels"
    for number in range(1, 20):
        parts[name] = parts[name].replace(f"worksheets/sheet{number}.xml".encode(), b"worksheets/sheet5.xml")
    return packed(parts)


def _many_sheets() -> bytes:
    parts = plain_parts()
    more = "".join(f'<sheet name="S{n}" sheetId="{n + 100}" r:id="rId1"/>' for n in range(30_000))
    parts[_BOOK] = parts[_BOOK].replace(b"</sheets>", f"{more}</sheets>".encode())
    return packed(parts)


def _cells(*cells: str) -> bytes:
    return with_part(_SLOTS, sheet("".join(f"<row>{cell}</row>" for cell in cells)))


def _merges() -> bytes:
    parts = "".join(f'<mergeCell ref="{chr(65 + n % 26)}{n + 1}:XFD{1048576 - n}"/>' for n in range(30_000))
    return with_part(
        _SLOTS, sheet("<row><c><v>1</v></c></row>", after=f'<mergeCells count="30000">{parts}</mergeCells>')
    )


def _formats() -> bytes:
    parts = plain_parts()
    formats = "".join(f'<numFmt numFmtId="{n + 200}" formatCode="{"[h]" * 40}yyyy{n}"/>' for n in range(50_000))
    parts["xl/styles.xml"] = f'<styleSheet {_NS}><numFmts count="50000">{formats}</numFmts></styleSheet>'.encode()
    return packed(parts)


def _defined_names() -> bytes:
    parts = plain_parts()
    names = "".join(f'<definedName name="n{n}">n{n - 1}+n{n - 1}</definedName>' for n in range(1, 100_000))
    parts[_BOOK] = parts[_BOOK].replace(b"</workbook>", f"<definedNames>{names}</definedNames></workbook>".encode())
    return packed(parts)


def _ods() -> bytes:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return packed({"mimetype": kind, "content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}, zipfile.ZIP_STORED)


def _compound(*names: str) -> bytes:
    """An old compound file with those entries in its folder."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62) for name in names
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entries + bytes(4096)


def _long_text() -> bytes:
    return with_shared_texts(f"<si><t>{'x' * 30_000_000}</t></si>", '<row><c t="s"><v>0</v></c></row>')


def _rich_text() -> bytes:
    return with_shared_texts(f"<si>{'<r><t>a</t></r>' * 400_000}</si>", '<row><c t="s"><v>0</v></c></row>')


def _attributes() -> bytes:
    many = " ".join(f'a{n}="{n}"' for n in range(200_000))
    return with_part(_SLOTS, sheet(f"<row {many}><c><v>1</v></c></row>"))


def _spaces() -> bytes:
    return with_part(_SLOTS, f"<worksheet {_NS}>".encode() + b" " * 50_000_000 + b"<sheetData/></worksheet>")


def _noise(size: int, seed: int, head: bytes = b"") -> bytes:
    return head + random.Random(seed).randbytes(size)


def _spoilt(data: bytes, seed: int) -> bytes:
    """A good file with a piece of another put in, moved, or doubled."""
    chance = random.Random(seed)
    start, length = chance.randrange(len(data)), chance.randrange(1, 400)
    piece = data[start : start + length]
    at = chance.randrange(len(data))
    return data[:at] + piece + data[at + chance.choice((0, length)) :]


def _spoilt_part(seed: int) -> bytes:
    """A whole archive with a part whose XML is spoilt."""
    chance = random.Random(seed)
    parts = plain_parts()
    name = chance.choice(sorted(parts))
    text = bytearray(parts[name])
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(text))
        text[at : at + chance.choice((0, 1, 30))] = chance.choice(
            (b"<", b">", b"&", b"\0", b'"', b"]]>", b"\xff", b"1e999")
        )
    parts[name] = bytes(text)
    return packed(parts)


# Tables as text


def _wide_csv() -> bytes:
    return b",".join(b"a" for _ in range(1_000_000)) + b"\n" + b",".join(b"1" for _ in range(1_000_000))


def _long_csv() -> bytes:
    return b"Visitor,Team,Wish\n" + b"Ann Lee,Red,like\n" * 250_000


# Calendars


def _calendar(inside: str, head: str = "METHOD:PUBLISH") -> bytes:
    lines = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{head}\r\n{inside}\r\nEND:VCALENDAR\r\n"
    return lines.encode("utf-8", "surrogateescape")


def _event(*lines: str, uid: str = "u1") -> str:
    inside = "\r\n".join(lines)
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20270101T000000Z\r\n{inside}\r\nEND:VEVENT"


def _rule(rule: str) -> bytes:
    return _calendar(_event("DTSTART:20270101T090000Z", "DTEND:20270101T100000Z", f"RRULE:{rule}"))


def _zone(name: str, inside: str = "") -> bytes:
    return _calendar(
        f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n{inside}\r\nEND:VTIMEZONE\r\n"
        + _event(f"DTSTART;TZID={name}:20270322T090000", f"DTEND;TZID={name}:20270322T100000")
    )


def _dates(name: str, count: int) -> bytes:
    dates = ",".join(f"20270322T{n // 3600 % 24:02}{n // 60 % 60:02}{n % 60:02}Z" for n in range(count))
    return _calendar(_event("DTSTART:20270322T090000Z", f"{name}:{dates}"))


def _mail(parts: int) -> bytes:
    head = "From: a@b.example\r\nMIME-Version: 1.0\r\n"
    for number in range(parts):
        head += f"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n"
    return head.encode()


def _reply(uid: str, who: str, more: str = "") -> bytes:
    return _calendar(
        _event(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{who}", f"SEQUENCE:{more or 0}", uid=uid), "METHOD:REPLY"
    )


# Databases


def _database(*statements: str, before: tuple[str, ...] = ()) -> bytes:
    """A database of ours with these statements run on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.pweek"
        make(path)
        _run(path, [*before, *statements])
        return path.read_bytes()


def _run(path: Path, statements: list[str]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("PRAGMA writable_schema=ON")
        for statement in statements:
            connection.execute(statement)


def _foreign(*statements: str, ours: bool = True) -> bytes:
    """A database of somebody else's, perhaps with our mark in its header."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "week.db"
        marks = ["PRAGMA application_id=1347906353", "PRAGMA user_version=1"] if ours else []
        _run(path, [*statements[:1], *marks, *statements[1:]])
        return path.read_bytes()


def _patched(at: int, data: bytes) -> bytes:
    held = bytearray(_database())
    held[at : at + len(data)] = data
    return bytes(held)


def _free_pages(first: int) -> bytes:
    """A list of free pages that leads somewhere else, or round and round."""
    held = bytearray(_database("DELETE FROM journal WHERE of IS NOT NULL", "DELETE FROM calls"))
    held[32:40] = struct.pack(">II", first, 5)
    if first * 4096 <= len(held) and first:
        held[(first - 1) * 4096 : (first - 1) * 4096 + 12] = struct.pack(">III", first, 1022, first)
    return bytes(held)


_RECURSIVE = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"

WORKBOOKS: dict[str, Maker] = {
    "zips in zips": _nested,
    "an archive in itself": _quine,
    "parts that share their bytes": _overlapping,
    "zip64": _zip64,
    "zip64 that lies": _zip64_lies,
    "sizes off": _sizes_off,
    **{f"outside entity in {one}": (lambda one=one: _entities(one)) for one in ("utf-8", "utf-16", "utf-7", "utf-32", "cp037", "latin-1")},  # type: ignore[misc]
    "entity from the network": lambda: _entities("utf-8", "SYSTEM 'http://127.0.0.1:9/x'"),
    "entity by public name": lambda: _entities("utf-16", "PUBLIC 'x' 'file:///dev/zero'"),
    "parameter entity": _parameter_entity,
    "link to another computer": lambda: _relations("file://host.example/share/x.xlsx", ' TargetMode="External"'),
    "link that climbs": lambda: _relations("../../../etc/passwd"),
    "link to itself": lambda: _relations("workbook.xml"),
    "a sheet lost": _sheet_lost,
    "one part for every sheet": _same_part_for_all,
    "thirty thousand sheets": _many_sheets,
    "merged cells": _merges,
    "formats": _formats,
    "names that double": _defined_names,
    "an .ods": _ods,
    "locked": lambda: _compound("EncryptionInfo", "EncryptedPackage"),
    "old Excel": lambda: _compound("Workbook"),
    "old Word": lambda: _compound("WordDocument"),
    "a long text": _long_text,
    "rich text": _rich_text,
    "attributes": _attributes,
    "fifty megabytes of spaces": _spaces,
    "infinity": lambda: _cells("<c><v>1e999</v></c>", "<c><v>NaN</v></c>", "<c><v>-1e308</v></c>"),
    "dates out of the world": lambda: _cells('<c s="1"><v>-99999999</v></c>', '<c t="d"><v>99999-99-99T99:99</v></c>'),
    "cells without an address": lambda: _cells('<c r="ZZZZ99999999"><v>1</v></c>', '<c r="A0"><v>1</v></c>', '<c r="1A"/>'),
    "formulas": lambda: _cells("<c><f>HYPERLINK(1)</f></c>", '<c><f t="array" ref="A1:XFD1048576">1</f></c>'),
    "shared formulas": lambda: _cells('<c><f t="shared" si="0" ref="A1:XFD9999">A1</f></c>', '<c><f t="shared" si="99"/></c>'),
    "control signs": lambda: _cells('<c t="inlineStr"><is><t>a_x0000_b_xFFFF_&#x9;</t></is></c>'),
    "signs that XML forbids": lambda: _cells('<c t="inlineStr"><is><t>&#0;&#xFFFE;</t></is></c>'),
    "nothing": lambda: b"",
    "blanks": lambda: b" \r\n\t" * 100,
    "half": lambda: packed(plain_parts())[:3000],
    "all but the end": lambda: packed(plain_parts())[:-30],
    "noise": lambda: _noise(200_000, 1),
    "noise after PK": lambda: _noise(200_000, 2, b"PK\3\4"),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + _noise(5000, 3),
    "a PDF": lambda: b"%PDF-1.7\n" + _noise(5000, 4),
    "a page": lambda: b"<html><table><tr><td>Slot</td></tr></table></html>",
    "a script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "a long comment": lambda: packed(plain_parts()) + bytes(60_000),
    **{f"spoilt {n}": (lambda n=n: _spoilt(packed(plain_parts(), zipfile.ZIP_STORED), n)) for n in range(12)},  # type: ignore[misc]
    **{f"spoilt part {n}": (lambda n=n: _spoilt_part(n)) for n in range(24)},  # type: ignore[misc]
}  # fmt: skip

TABLES: dict[str, Maker] = {
    "a million columns": _wide_csv,
    "many rows": _long_csv,
    "NULs": lambda: b"Visitor\0,Team\0\n" + b"\0" * 100_000,
    "a quote that never ends": lambda: b'Visitor,Team\n"' + b"a,b\n" * 200_000,
    "only quotes": lambda: b'"' * 1_000_000,
    "a cell of four megabytes": lambda: b"Visitor,Notes\nAnn," + b"x" * 4_000_000,
    "six megabytes": lambda: b"a,b\n" * 1_600_000,
    "UTF-16 cut in half": lambda: "Visitor;Team\nAnn Lee;Red\n".encode("utf-16")[:-1],
    "UTF-32": lambda: "Visitor;Team\nAnn Lee;Red\n".encode("utf-32"),
    "wrong UTF-8": lambda: b"\xef\xbb\xbfVisitor,Team\n\xff\xfe\x80\xc3(,x\n",
    "every byte": lambda: bytes(range(256)) * 400,
    "carriage returns": lambda: b"Visitor,Team\r\rAnn,Red\r" * 50_000,
    "line ends of Unicode": lambda: "Visitor,Team\u2028Ann\u2029Red\x85\x0b\x0c,x\n".encode() * 1000,
    "formulas": lambda: b"Visitor,Team\n=cmd|' /C calc'!A0,@SUM(1)\n+1,-1\n",
    "separators": lambda: b";,|\t" * 300_000,
    "nothing": lambda: b"",
    "noise": lambda: _noise(300_000, 5),
    "a workbook": lambda: packed(plain_parts()),
    "a database": _database,
}  # fmt: skip

CALENDARS: dict[str, Maker] = {
    "each second": lambda: _rule("FREQ=SECONDLY"),
    "each second in disguise": lambda: _rule("FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE="
        + ",".join(map(str, range(60))) + ";BYSECOND=" + ",".join(map(str, range(60)))),
    "never": lambda: _rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "without a step": lambda: _rule("FREQ=DAILY;INTERVAL=0"),
    "a huge step": lambda: _rule("FREQ=DAILY;INTERVAL=99999999999999999999"),
    "a huge count": lambda: _rule("FREQ=DAILY;COUNT=99999999999999999999"),
    "bad words": lambda: _rule("FREQ=SOMETIMES;BYDAY=XX,99MO,-0FR;UNTIL=never"),
    "every part": lambda: _rule("FREQ=YEARLY;BYWEEKNO=1,53;BYYEARDAY=-366,366;BYMONTHDAY=31,-31;BYDAY=MO;BYSETPOS=-1,366"),
    "a rule that repeats itself": lambda: _rule("FREQ=DAILY;" * 20_000),
    "from the year 1": lambda: _calendar(_event("DTSTART:00010101T000000Z", "RRULE:FREQ=HOURLY")),
    "to the year 9999": lambda: _calendar(_event("DTSTART:99991231T235959Z", "DURATION:P9999999999W", "RRULE:FREQ=DAILY")),
    "year 0": lambda: _calendar(_event("DTSTART:00000000T000000Z", "DTEND:00001399T256199Z")),
    "end before start": lambda: _calendar(_event("DTSTART:20270322T100000Z", "DTEND:20270322T090000Z")),
    "odd durations": lambda: _calendar("\r\n".join(
        _event("DTSTART:20270322T100000Z", f"DURATION:{one}", uid=one) for one in ("-P1W", "P", "PT", "1", "P1Y", "PT1.5H", "")
    )),
    "dates left out": lambda: _dates("EXDATE", 200_000),
    "dates put in": lambda: _dates("RDATE", 200_000),
    "a hundred thousand entries": lambda: _calendar("\r\n".join(
        _event("DTSTART:20270322T090000Z", "DTEND:20270322T093000Z", uid=str(n)) for n in range(100_000)
    )),
    "thousands of series": lambda: _calendar("\r\n".join(
        _event("DTSTART:19700101T090000Z", "RRULE:FREQ=DAILY", uid=str(n)) for n in range(5_000)
    )),
    "thousands of exceptions": lambda: _calendar("\r\n".join(
        [_event("DTSTART:20200101T090000Z", "RRULE:FREQ=DAILY"),
         *(_event("DTSTART:20270322T090000Z", f"RECURRENCE-ID:2020{n % 12 + 1:02}{n % 28 + 1:02}T090000Z") for n in range(5_000))]
    )),
    "nested": lambda: b"BEGIN:VCALENDAR\r\n" * 200_000,
    "nested events": lambda: _calendar("BEGIN:VEVENT\r\n" * 100_000 + "END:VEVENT\r\n" * 100_000),
    "a line of ten megabytes": lambda: _calendar(_event("DTSTART:20270322T090000Z", "SUMMARY:" + "x" * 10_000_000)),
    "a folded line": lambda: _calendar(_event("DTSTART:20270322T090000Z", "SUMMARY:" + "x\r\n " * 1_000_000)),
    "a property of parameters": lambda: _calendar(_event("DTSTART" + ";A=B" * 500_000 + ":20270322T090000Z")),
    "open quotes": lambda: _calendar(_event('DTSTART;TZID="' + "x" * 100_000 + ":20270322T090000")),
    "a zone that climbs": lambda: _zone("../../../../etc/passwd"),
    "a zone at the root": lambda: _zone("/dev/zero"),
    "a zone with NUL": lambda: _zone("Europe/\0London"),
    "a zone of its own without offsets": lambda: _zone("Mine", "BEGIN:STANDARD\r\nDTSTART:x\r\nEND:STANDARD"),
    "a zone that changes each second": lambda: _zone(
        "Mine", "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+9999\r\nTZOFFSETTO:-9999\r\n"
        "RRULE:FREQ=SECONDLY\r\nEND:STANDARD"
    ),
    "a zone with a name of a megabyte": lambda: _zone("Z" * 1_000_000),
    "attachments": lambda: _calendar(_event("DTSTART:20270322T090000Z", "ATTACH:file:///etc/passwd", "URL:http://127.0.0.1:9/")),
    "busy lines": lambda: _calendar("BEGIN:VFREEBUSY\r\n" + "FREEBUSY:20270322T090000Z/PT1S,99991231T000000Z/P99999D\r\n" * 100_000 + "END:VFREEBUSY"),
    "nothing": lambda: b"",
    "only a head": lambda: b"BEGIN:VCALENDAR",
    "UTF-16": lambda: _calendar(_event("DTSTART:20270322T090000Z")).decode().encode("utf-16"),
    "noise": lambda: _noise(300_000, 6),
    "noise after a head": lambda: _noise(300_000, 7, b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"),
    "a workbook": lambda: packed(plain_parts()),
    "a reply to nothing": lambda: _reply("nobody", "x@y.example"),
    "a reply of a huge number": lambda: _reply("u", "x@y.example", "9" * 10_000),
    "a reply by a header": lambda: _reply("u", "x@y.example\r\nBcc: z@evil.example"),
    "a hundred thousand replies": lambda: _calendar("\r\n".join(
        _event("ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example", uid=str(n)) for n in range(100_000)), "METHOD:REPLY"),
    **{f"spoilt {n}": (lambda n=n: _spoilt(_rule("FREQ=WEEKLY;BYDAY=MO"), n)) for n in range(12)},  # type: ignore[misc]
}  # fmt: skip

MAILS: dict[str, Maker] = {
    "parts in parts": lambda: _mail(3_000),
    "heads without end": lambda: b"X: y\r\n" * 500_000,
    "a head of five megabytes": lambda: b"Subject: " + b"=?utf-8?b?" * 500_000,
    "wrong base64": lambda: b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"!" * 1_000_000,
    "a strange alphabet": lambda: b"Content-Type: text/calendar; charset=\"x\0y\"\r\n\r\nBEGIN:VCALENDAR",
    "noise": lambda: _noise(100_000, 8),
}  # fmt: skip

DATABASES: dict[str, Maker] = {
    "a trigger": lambda: _database("CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM people; END"),
    "a trigger that never ends": lambda: _database(f"CREATE TRIGGER t BEFORE UPDATE ON meta BEGIN {_RECURSIVE}; END"),
    "a view for a table": lambda: _database("DROP TABLE wishes", f"CREATE VIEW wishes AS {_RECURSIVE}"),
    "a view for the notes": lambda: _database("DROP TABLE meta", f"CREATE VIEW meta AS SELECT 'digest' name, x value FROM ({_RECURSIVE.replace('count(*)', 'x')})"),
    "an index on a formula": lambda: _database("CREATE INDEX i ON people (hex(zeroblob(3000000)))"),
    "a made-up column": lambda: _database("ALTER TABLE people ADD COLUMN x AS (hex(zeroblob(100000000)))"),
    "a default that is heavy": lambda: _database("ALTER TABLE people ADD COLUMN y DEFAULT 'x'"),
    "a virtual table": lambda: _foreign("CREATE VIRTUAL TABLE people USING fts5(name)"),
    "a table of SQLite's own": lambda: _database("ANALYZE"),
    "a schema of another's": lambda: _foreign("CREATE TABLE people (id)"),
    "a schema that SQLite cannot read": lambda: _database("UPDATE sqlite_master SET sql = 'CREATE TABLE people (' WHERE name = 'people'"),
    "a schema with a huge name": lambda: _foreign(f"CREATE TABLE t (\"{'x' * 900_000}\")"),
    "a thousand tables": lambda: _foreign("CREATE TABLE t (x)", *(f"CREATE TABLE t{n} (x)" for n in range(1000))),
    "two thousand columns": lambda: _foreign(f"CREATE TABLE people ({', '.join(f'c{n}' for n in range(1999))})"),
    "a root page that is another's": lambda: _database("UPDATE sqlite_master SET rootpage = 3 WHERE name = 'people'"),
    "a root page far away": lambda: _database("UPDATE sqlite_master SET rootpage = 99999999 WHERE name = 'people'"),
    "write-ahead log": lambda: _database("PRAGMA journal_mode=WAL"),
    "huge pages": lambda: _database(before=("PRAGMA page_size=65536", "VACUUM")),
    "tiny pages": lambda: _database(before=("PRAGMA page_size=512", "VACUUM")),
    "UTF-16 texts": lambda: _foreign("PRAGMA encoding='UTF-16'", "CREATE TABLE people (id)"),
    "pages of no size": lambda: _patched(16, b"\0\0"),
    "pages of a wrong size": lambda: _patched(16, b"\x10\x01"),
    "more pages than there are": lambda: _patched(28, b"\x7f\xff\xff\xff"),
    "format of the future": lambda: _patched(44, b"\0\0\0\x63"),
    "reserved bytes": lambda: _patched(20, b"\xff"),
    "free pages that lead round": lambda: _free_pages(2),
    "free pages far away": lambda: _free_pages(2_000_000),
    "a version far ahead": lambda: _database("PRAGMA user_version=999"),
    "a version below nothing": lambda: _database("PRAGMA user_version=-5"),
    "another's mark": lambda: _foreign("CREATE TABLE t (x)", ours=False),
    "a journal of gigabytes": lambda: _database("UPDATE journal SET changes = hex(zeroblob(8000000))"),
    "brackets": lambda: _database("UPDATE journal SET changes = replace(hex(zeroblob(2000000)), '0', '[')"),
    "a thousand years": lambda: _database("UPDATE weeks SET first_day='0001-01-01', last_day='9999-12-31'"),
    "names of bytes": lambda: _database("UPDATE people SET name = x'80ff00'"),
    "only a header": lambda: _database()[:100],
    "half": lambda: _database()[:50_000],
    "a page too few": lambda: _database()[:-4096],
    "a page too many": lambda: _database() + bytes(4096),
    "nothing": lambda: b"",
    "one byte": lambda: b"S",
    "zeros": lambda: bytes(100_000),
    "noise": lambda: _noise(300_000, 9),
    "noise after a header": lambda: _database()[:100] + _noise(300_000, 10),
    "a workbook": lambda: packed(plain_parts()),
    "a text": lambda: b"hello\n",
    **{f"spoilt {n}": (lambda n=n: _spoilt(_database(), n)) for n in range(16)},  # type: ignore[misc]
}  # fmt: skip

KINDS: dict[str, dict[str, Maker]] = {
    ".xlsx": WORKBOOKS, ".csv": TABLES, ".ics": CALENDARS, ".eml": MAILS, ".pweek": DATABASES,
}  # fmt: skip


def corpus() -> Iterator[tuple[str, str, Maker]]:
    """Every file: what it is, its ending, and how to make it."""
    for ending, files in KINDS.items():
        for name, make_it in files.items():
            yield name, ending, make_it
