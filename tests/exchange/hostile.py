"""Workbooks made to do harm, each in one function: bytes of a file that must be refused, or read, in plain words."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.exchange.planning.workbooks import plain, xlsx

_NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def plain_parts() -> dict[str, bytes]:
    """The parts of a plain planning workbook."""
    with zipfile.ZipFile(io.BytesIO(xlsx(plain()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Parts as a zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return held.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    """A plain workbook with one part put in or replaced."""
    return packed({**plain_parts(), name: data})


def sheet(inside: str, dimension: str = "A1:B2", after: str = "") -> bytes:
    """The XML of one worksheet."""
    return (
        f'{_HEAD}<worksheet xmlns="{_NS}"><dimension ref="{dimension}"/>'
        f"<sheetData>{inside}</sheetData>{after}</worksheet>"
    ).encode()


_SLOTS = "xl/worksheets/sheet5.xml"


def zip_bomb() -> bytes:
    return with_part("xl/media/image1.png", bytes(100 * 1024 * 1024))


def bomb_that_lies() -> bytes:
    """80 MB in a part whose listed size is 100 bytes, in both headers."""
    data = bytes(80 * 1024 * 1024)
    held = bytearray(with_part("xl/media/image1.png", data))
    true = struct.pack("<I", len(data))
    return bytes(held).replace(true, struct.pack("<I", 100))


def billion_laughs() -> bytes:
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE x [<!ENTITY l0 "lol">{steps}]>'
    return with_part(
        _SLOTS, sheet("<row><c t='str'><v>&l9;</v></c></row>").replace(b"<worksheet", dtd.encode() + b"<worksheet")
    )


def outside_entity() -> bytes:
    dtd = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    return with_part(_SLOTS, sheet("<row><c t='str'><v>&e;</v></c></row>").replace(b"<worksheet", dtd + b"<worksheet"))


def doctype_in(encoding: str, *, declared: bool = True) -> bytes:
    text = '<!DOCTYPE x [<!ENTITY e "x">]><worksheet xmlns="y"/>'
    if encoding.startswith("utf-16"):
        return with_part(_SLOTS, f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16"))
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() if declared else b""
    return with_part(_SLOTS, head + text.encode(encoding))


def doctype_in_a_part_nobody_reads() -> bytes:
    return with_part("customXml/item1.xml", b'<!DOCTYPE x [<!ENTITY e "x">]><x/>')


def duplicate_parts() -> bytes:
    held = io.BytesIO(packed(plain_parts()))
    with zipfile.ZipFile(held, "a") as archive:
        archive.writestr("XL/workbook.xml", b"<x/>")
    return held.getvalue()


def travelling_part(name: str) -> bytes:
    return with_part(name, b"x")


def many_parts() -> bytes:
    return packed({**plain_parts(), **{f"xl/media/i{n}.png": b"" for n in range(500)}})


def many_sheets() -> bytes:
    """One part that thirty thousand sheets share."""
    parts = plain_parts()
    more = "".join(f'<sheet name="S{n}" sheetId="{n + 100}" r:id="rId1"/>' for n in range(30_000))
    book = "xl/workbook.xml"
    return packed({**parts, book: parts[book].replace(b"</sheets>", f"{more}</sheets>".encode())})


def encrypted_part() -> bytes:
    """The flag of encryption set in every header."""
    data = bytearray(packed(plain_parts()))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


def locked_by_password() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")


def old_excel() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2048)


def strange_packing() -> bytes:
    return packed(plain_parts(), zipfile.ZIP_LZMA)


def truncated() -> bytes:
    data = packed(plain_parts())
    return data[: len(data) // 2]


def flipped() -> bytes:
    data = bytearray(packed(plain_parts()))
    data[len(data) // 3] ^= 0xFF
    return bytes(data)


def merged_cell_bomb() -> bytes:
    merged = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 2000))
    return with_part(_SLOTS, sheet("", after=f"<mergeCells>{merged}</mergeCells>"))


def validation_bomb() -> bytes:
    ranges = " ".join(f"A{n}:XFD1048576" for n in range(1, 20000))
    after = f'<dataValidations><dataValidation type="list" sqref="{ranges}"/></dataValidations>'
    return with_part(_SLOTS, sheet("", after=after))


def huge_dimension() -> bytes:
    return with_part(_SLOTS, sheet("", dimension="A1:XFD1048576"))


def a_million_blank_rows() -> bytes:
    return with_part(_SLOTS, sheet("".join(f'<row r="{n}"/>' for n in range(1, 1_048_577))))


def a_million_rows() -> bytes:
    return with_part(_SLOTS, sheet("<row><c><v>1</v></c></row>" * 1_048_576))


def far_row_and_column() -> bytes:
    return with_part(_SLOTS, sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def deep_nesting() -> bytes:
    return with_part(_SLOTS, sheet("<row>" * 200_000 + "</row>" * 200_000))


def wide_rows() -> bytes:
    return with_part(_SLOTS, sheet(("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>") * 200))


def with_shared_texts(items: str, cells: str = "") -> bytes:
    """A workbook whose texts lie in a part of their own, as Excel writes them."""
    parts = plain_parts()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    listed = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'.encode()
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", listed)
    parts["xl/sharedStrings.xml"] = f'{_HEAD}<sst xmlns="{_NS}">{items}</sst>'.encode()
    if cells:
        parts[_SLOTS] = sheet(cells)
    return packed(parts)


def many_strings() -> bytes:
    texts = "".join("<si><t>abcdefgh</t></si>" for _ in range(500_000))
    return with_shared_texts(texts)


def long_number() -> bytes:
    return with_part(_SLOTS, sheet(f"<row><c><v>{'9' * 100_000}</v></c></row>"))


def missing_workbook() -> bytes:
    parts = plain_parts()
    del parts["xl/workbook.xml"]
    return packed(parts)


def bad_string_number() -> bytes:
    return with_part(_SLOTS, sheet('<row><c t="s"><v>99999</v></c></row>'))


def not_a_workbook() -> bytes:
    return packed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})


FILES: dict[str, tuple[Callable[[], bytes], frozenset[str]]] = {
    "zip bomb": (zip_bomb, frozenset({"input-too-much"})),
    "bomb that lies about its size": (bomb_that_lies, frozenset({"input-too-much", "input-damaged", "input-packed"})),
    "billion laughs": (billion_laughs, frozenset({"input-doctype"})),
    "entity of another file": (outside_entity, frozenset({"input-doctype"})),
    "doctype in UTF-16": (lambda: doctype_in("utf-16"), frozenset({"input-doctype"})),
    "doctype in EBCDIC": (lambda: doctype_in("cp037"), frozenset({"input-doctype", "input-damaged"})),
    "doctype in UTF-7": (lambda: doctype_in("utf-7"), frozenset({"input-doctype", "input-damaged"})),
    "doctype undeclared": (lambda: doctype_in("utf-8", declared=False), frozenset({"input-doctype"})),
    "doctype in another part": (doctype_in_a_part_nobody_reads, frozenset({"input-doctype"})),
    "a part twice": (duplicate_parts, frozenset({"input-packed"})),
    "a part that climbs": (lambda: travelling_part("../../evil.xml"), frozenset({"input-packed"})),
    "a part at the root": (lambda: travelling_part("/etc/evil.xml"), frozenset({"input-packed"})),
    "a part on a drive": (lambda: travelling_part("C:/evil.xml"), frozenset({"input-packed"})),
    "too many parts": (many_parts, frozenset({"input-too-many-parts"})),
    "too many sheets": (many_sheets, frozenset({"input-too-many-sheets"})),
    "encrypted parts": (encrypted_part, frozenset({"input-password"})),
    "locked by a password": (locked_by_password, frozenset({"input-password"})),
    "old Excel": (old_excel, frozenset({"input-old-excel"})),
    "strange packing": (strange_packing, frozenset({"input-packed"})),
    "truncated": (truncated, frozenset({"input-damaged"})),
    "a byte flipped": (flipped, frozenset({"input-damaged", "input-packed"})),
    "deep nesting": (deep_nesting, frozenset({"input-too-heavy", "input-too-slow", "input-damaged", "faults"})),
    "long number": (long_number, frozenset({"input-damaged"})),
    "no workbook part": (missing_workbook, frozenset({"input-damaged"})),
    "text that is not there": (bad_string_number, frozenset({"input-damaged"})),
    "a Word file": (not_a_workbook, frozenset({"input-damaged", "input-not-excel"})),
    "plain text": (lambda: b"Slot,Team\n", frozenset({"input-not-excel"})),
    "nothing": (lambda: b"", frozenset({"input-empty"})),
    "21 MB": (lambda: b"PK" + bytes(21 * 1024 * 1024), frozenset({"input-too-large"})),
    "a million rows": (a_million_rows, frozenset({"faults"})),
    "far row and column": (far_row_and_column, frozenset({"faults"})),
    "wide rows": (wide_rows, frozenset({"faults"})),
    "half a million texts": (many_strings, frozenset({"input-too-heavy", "input-too-slow", "faults"})),
    "merged cells": (merged_cell_bomb, frozenset({"faults"})),
    "validations": (validation_bomb, frozenset({"faults"})),
    "huge dimension": (huge_dimension, frozenset({"faults"})),
    "a million blank rows": (a_million_blank_rows, frozenset({"faults"})),
}
"""Name → maker, and the codes that its refusal may have; "faults": it is read, and its faults (or none) are told."""
