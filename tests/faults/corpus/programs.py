"""What is called .xlsx, or is one, as other programs, archives and hands leave it."""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
from functools import partial
from typing import Any

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

from tests.exchange.hostile import packed, plain_parts, sheet, with_part, with_shared_texts
from tests.exchange.planning.workbooks import plain, xlsx
from tests.faults.corpus.spoiling import Maker, noise

_SLOTS = "xl/worksheets/sheet5.xml"
_BOOK = "xl/workbook.xml"
_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"


def _swapped(part: str, old: str, new: str) -> bytes:
    """A plain workbook with other words in a part."""
    parts = plain_parts()
    changed = parts[part].replace(old.encode(), new.encode())
    if changed == parts[part]:
        raise LookupError(f"{old} is not in {part}")
    parts[part] = changed
    return packed(parts)


def _book(change: str) -> bytes:
    """A plain workbook as openpyxl leaves it after somebody did that."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx(plain())))
    slots = book["Slots"]
    match change:
        case "merged":
            slots.merge_cells("A2:A3")
            slots.merge_cells("F1:G1")
        case "styles":
            for number in range(4_000):
                cell = slots.cell(row=10 + number // 50, column=20 + number % 50)
                cell.font, cell.fill = Font(size=6 + number / 100), PatternFill("solid", f"{number:06X}")
        case "names":
            for number in range(3_000):
                book.defined_names[f"n{number}"] = DefinedName(f"n{number}", attr_text=f"n{(number + 1) % 3_000}")
        case "hidden":
            slots.sheet_state = "veryHidden"
            book["Teams"].row_dimensions[2].hidden = True
        case "filtered":
            slots.auto_filter.ref = "A1:K3"
            slots.freeze_panes = "B2"
        case "comments":
            from openpyxl.comments import Comment

            slots["A2"].comment = Comment("=1+1\r\n<img src=x>", "Somebody")
        case "1904":
            book.epoch = CALENDAR_MAC_1904
        case "chart sheet":
            book.create_chartsheet("Week", 0)
        case "formulas":
            slots["F2"] = '=WEBSERVICE("http://127.0.0.1:9/")'
            slots["B2"] = "=INDIRECT(\"'file:///etc/passwd'#$A.A1\")"
        case "long names":
            book["Travel"].title = "x" * 200
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _encoded(encoding: str, *, declared: str = "") -> bytes:
    text = plain_parts()[_SLOTS].decode()
    text = re.sub(r"^<\?xml[^>]*\?>", "", text)
    return with_part(_SLOTS, f'<?xml version="1.0" encoding="{declared or encoding}"?>{text}'.encode(encoding))


def _doctype_in(encoding: str) -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x SYSTEM "http://127.0.0.1:9/"><x/>'
    return with_part("xl/theme/theme1.xml", text.encode(encoding))


def _linked() -> bytes:
    """A workbook that takes cells from another one, on another computer."""
    parts = plain_parts()
    parts["xl/externalLinks/externalLink1.xml"] = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        b'<externalBook r:id="rId1"><sheetNames><sheetName val="S"/></sheetNames></externalBook></externalLink>'
    )
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/relationships/externalLinkPath" Target="//host.example/share/book.xlsx" TargetMode="External"/>'
        "</Relationships>"
    ).encode()
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", (
        f'<Relationship Id="rIdX" Type="{_OFFICE}/relationships/externalLink" '
        'Target="externalLinks/externalLink1.xml"/></Relationships>'
    ).encode())  # fmt: skip
    parts[_BOOK] = parts[_BOOK].replace(b"</sheets>", (
        f'</sheets><externalReferences><externalReference xmlns:r="{_OFFICE}/relationships" r:id="rIdX"/></externalReferences>'
    ).encode())  # fmt: skip
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    parts[_TYPES] = parts[_TYPES].replace(
        b"</Types>", f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{kind}"/></Types>'.encode()
    )
    return packed(parts)


def _pivots(count: int) -> bytes:
    """A workbook with what a pivot table keeps of its source."""
    parts = plain_parts()
    rows = "".join(f'<r><n v="{n}"/><s v="x{n}"/></r>' for n in range(count))
    parts["xl/pivotCache/pivotCacheRecords1.xml"] = f"<pivotCacheRecords>{rows}</pivotCacheRecords>".encode()
    parts["xl/pivotCache/pivotCacheDefinition1.xml"] = b"<pivotCacheDefinition/>"
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", (
        f'<Relationship Id="rIdP" Type="{_OFFICE}/relationships/pivotCacheDefinition" '
        'Target="pivotCache/pivotCacheDefinition1.xml"/></Relationships>'
    ).encode())  # fmt: skip
    return packed(parts)


def _entry(name: str, data: bytes = b"x", **info: int) -> bytes:
    """A workbook with one more entry of the archive, its head as told."""
    held = io.BytesIO(packed(plain_parts()))
    with zipfile.ZipFile(held, "a") as archive:
        part = zipfile.ZipInfo(name)
        part.filename = name  # as it is: ZipInfo would mend it
        for key, value in info.items():
            setattr(part, key, value)
        archive.writestr(part, data)
    return held.getvalue()


def _streamed() -> bytes:
    """An archive that was written to a pipe: sizes stand after the data, not before."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.held = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            taken = bytes(data)
            self.held += taken
            return len(taken)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in plain_parts().items():
            archive.writestr(name, data)
    return bytes(pipe.held)


def _directory_elsewhere() -> bytes:
    """The list of contents says that it begins behind the end of the file."""
    data = bytearray(packed(plain_parts()))
    at = data.rfind(b"PK\5\6")
    data[at + 16 : at + 20] = struct.pack("<I", 0xFFFFFF00)
    return bytes(data)


def _ole(*names: str, locked: bool = False) -> bytes:
    """An old compound file, larger than its folder says."""
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + bytes(64) for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entries + noise(60_000, 20 + locked)


_TABLE = "<table><tr><th>Slot</th><th>Team</th></tr><tr><td>S1</td><td>Red</td></tr></table>"

PROGRAMS: dict[str, Maker] = {
    **{f"{one} by hand": partial(_book, one) for one in (
        "merged", "styles", "names", "hidden", "filtered", "comments", "1904", "chart sheet", "formulas", "long names",
    )},
    "wrong content types": lambda: with_part(_TYPES, b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    "content types of Word": lambda: _swapped(_TYPES, "spreadsheetml.sheet.main", "wordprocessingml.document.main"),
    "macros renamed": lambda: _swapped(_TYPES, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    "macros inside": lambda: with_part("xl/vbaProject.bin", _ole("VBA", "PROJECT")),
    "a template": lambda: _swapped(_TYPES, "spreadsheetml.sheet.main", "spreadsheetml.template.main"),
    "binary sheets": lambda: packed({_TYPES: b"<Types/>", "xl/workbook.bin": noise(5_000, 14)}),
    "content types without end": lambda: with_part(_TYPES, b"<Types>" + b'<Default Extension="x" ContentType="y"/>' * 300_000),
    "other names for the same": lambda: _swapped(_BOOK, "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    "sheets in UTF-16": lambda: _encoded("utf-16"),
    "sheets in Windows' signs": lambda: _encoded("cp1252"),
    "sheets in signs of nobody": lambda: _encoded("utf-8", declared="x-nobody"),
    "sheets that say UTF-16 and are not": lambda: _encoded("utf-8", declared="utf-16"),
    "document type in UTF-16": lambda: _doctype_in("utf-16"),
    "document type in UTF-32": lambda: _doctype_in("utf-32"),
    "links to another computer": _linked,
    "a pivot's memory": lambda: _pivots(200_000),
    "a file kept by Excel": lambda: with_part("customXml/item1.xml", b"<x>" + b"y" * 5_000_000 + b"</x>"),
    "half a sign": lambda: with_shared_texts("<si><t>&#xD800;</t></si>", '<row><c t="s"><v>0</v></c></row>'),
    "half a sign in bytes": lambda: with_part(_SLOTS, sheet("<row><c t='str'><v>\ud800</v></c></row>".encode("utf-8", "surrogatepass").decode("latin-1")).decode().encode("latin-1")),
    "NUL in a sheet": lambda: with_part(_SLOTS, plain_parts()[_SLOTS].replace(b"<row", b"\0<row", 1)),
    "shared texts of fifty megabytes": lambda: with_shared_texts("<si><t>" + "abc" * 15_000_000 + "</t></si>" * 1, '<row><c t="s"><v>0</v></c></row>'),
    "two million shared texts": lambda: with_shared_texts("<si><t/></si>" * 2_000_000, '<row><c t="s"><v>1999999</v></c></row>'),
    "text numbers out of order": lambda: with_shared_texts("<si><t>a</t></si>", '<row><c t="s"><v>-1</v></c><c t="s"><v>1.5</v></c><c t="s"><v>x</v></c></row>'),
    "kinds of cells of nobody": lambda: with_part(_SLOTS, sheet('<row><c t="zzz"><v>1</v></c><c t="b"><v>maybe</v></c><c t="e"><v>#OUCH!</v></c></row>')),
    "dates of 1899 and 9999": lambda: with_part(_SLOTS, sheet('<row><c s="1"><v>0</v></c><c s="1"><v>2958466</v></c><c s="1"><v>60</v></c></row>')),
    "an entry with backslashes": lambda: _entry("xl\\worksheets\\evil.xml"),
    "an entry without a name": lambda: _entry(""),
    "an entry that is a link": lambda: _entry("xl/link", b"/etc/passwd", external_attr=0o120777 << 16),
    "an entry that is a folder": lambda: _entry("xl/worksheets/", b""),
    "an entry of another day": lambda: _entry("xl/x.xml", b"<x/>", create_system=99, extract_version=99),
    "an entry with a name of 60,000": lambda: _entry("x" * 60_000),
    "a list of contents elsewhere": _directory_elsewhere,
    "a streamed archive": _streamed,
    "a program before the archive": lambda: b"MZ" + noise(3_000, 15) + packed(plain_parts()),
    "an archive after an archive": lambda: packed({"a.txt": b"x"}) + packed(plain_parts()),
    "cut at every tenth": lambda: packed(plain_parts())[: len(packed(plain_parts())) * 9 // 10],
    "cut after the first part": lambda: packed(plain_parts())[:400],
    "an empty archive": lambda: packed({}),
    "a page saved as Excel": f"<html xmlns:x='urn:schemas-microsoft-com:office:excel'>{_TABLE}</html>".encode,
    "a page in UTF-16": lambda: f"<html>{_TABLE}</html>".encode("utf-16"),
    "Excel's own XML of 2003": lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "a table as text": lambda: b"Slot,Team\r\nS1,Red\r\n",
    "a mail with the workbook": lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n",
    "Numbers": lambda: packed({"Index/Document.iwa": noise(3_000, 16), "preview.jpg": b"\xff\xd8\xff", "Metadata/Properties.plist": b"bplist00"}),
    "an .ods with a bomb": lambda: packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": bytes(90_000_000)}),
    "old Excel, real size": lambda: _ole("Workbook", "Book"),
    "locked, real size": lambda: _ole("EncryptionInfo", "EncryptedPackage", locked=True),
    "a shortcut": lambda: b"L\0\0\0\1\x14\2\0" + noise(600, 17),
    "a packed workbook": lambda: gzip.compress(packed(plain_parts())),
    "a Lotus sheet": lambda: b"\0\0\x1a\0\0\x10\4\0" + noise(4_000, 18),
    "an SYLK sheet": lambda: b'ID;PWXL;N;E\r\nC;Y1;X1;K"=cmd|\'/C calc\'!A0"\r\nE\r\n',
    "a lock file of Excel": lambda: b"\x05Somebody" + b" " * 46 + "Somebody".encode("utf-16-le").ljust(110, b" "),
    "words in JSON": lambda: b'{"Slot": [1, 2, 3]}',
}  # fmt: skip
