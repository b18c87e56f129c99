"""Workbooks by strangers: bombs, bad archives, bad XML, and what else is called .xlsx."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from functools import partial

from tests.exchange.hostile import many_sheets, packed, plain_parts, sheet, with_part, with_shared_texts
from tests.faults.corpus.spoiling import Maker, noise, spoilt

_SLOTS = "xl/worksheets/sheet5.xml"
_BOOK = "xl/workbook.xml"
_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


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


def _cells(*cells: str) -> bytes:
    return with_part(_SLOTS, sheet("".join(f"<row>{cell}</row>" for cell in cells)))


def _faults() -> bytes:
    """Five thousand slots of which not one cell can be right."""
    heads = ("Slot", "Team", "Date", "Start", "End", "Places", "Site", "Host", "Host email", "Consent", "Consent by")
    rows = [heads, *[["?"] * len(heads)] * 5_000]
    return _cells(*("".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in row) for row in rows))


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


def _spoilt_workbook(seed: int) -> bytes:
    return spoilt(packed(plain_parts(), zipfile.ZIP_STORED), seed)


WORKBOOKS: dict[str, Maker] = {
    "zips in zips": _nested,
    "an archive in itself": _quine,
    "parts that share their bytes": _overlapping,
    "zip64": _zip64,
    "zip64 that lies": _zip64_lies,
    "sizes off": _sizes_off,
    **{f"outside entity in {one}": partial(_entities, one) for one in ("utf-8", "utf-16", "utf-7", "utf-32", "cp037", "latin-1")},
    "entity from the network": lambda: _entities("utf-8", "SYSTEM 'http://127.0.0.1:9/x'"),
    "entity by public name": lambda: _entities("utf-16", "PUBLIC 'x' 'file:///dev/zero'"),
    "parameter entity": _parameter_entity,
    "link to another computer": lambda: _relations("file://host.example/share/x.xlsx", ' TargetMode="External"'),
    "link that climbs": lambda: _relations("../../../etc/passwd"),
    "link to itself": lambda: _relations("workbook.xml"),
    "a sheet lost": _sheet_lost,
    "one part for every sheet": _same_part_for_all,
    "thirty thousand sheets": many_sheets,
    "tens of thousands of faults": _faults,
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
    "noise": lambda: noise(200_000, 1),
    "noise after PK": lambda: noise(200_000, 2, b"PK\3\4"),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + noise(5000, 3),
    "a PDF": lambda: b"%PDF-1.7\n" + noise(5000, 4),
    "a page": lambda: b"<html><table><tr><td>Slot</td></tr></table></html>",
    "a script": lambda: b"#!/bin/sh\nrm -rf /\n",
    "a long comment": lambda: packed(plain_parts()) + bytes(60_000),
    **{f"spoilt {n}": partial(_spoilt_workbook, n) for n in range(12)},
    **{f"spoilt part {n}": partial(_spoilt_part, n) for n in range(24)},
}  # fmt: skip
