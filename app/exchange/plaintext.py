"""The text inside finished files, for checking: every line, cell, property and name that somebody could read."""

from __future__ import annotations

import email
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.policy import default as readable
from functools import lru_cache
from typing import cast

_TAG = re.compile(r"<[^>]*>")
_ENDS = re.compile(r"</(?:\w+:)?(?:si|is|c|v|row|p|table|sheet|title|subject|creator|oddHeader|oddFooter)>|<br\s*/?>")
_HEADER = re.compile(r"(?<=Header>)[^<]+|(?<=Footer>)[^<]+")
_CODE = re.compile(r'&amp;(?:&amp;|[LCRBIUEXYSPNDTAFGZ]|"[^"]*"|&quot;.*?&quot;|\d{1,3}|K[0-9A-Fa-f]{6})')
"""What Excel takes for an instruction in a header, so that it parts the words on both sides."""
_ATTRIBUTE = re.compile(r'="([^"]+)"')
_LITERAL = re.compile(rb"\((?:\\.|[^\\()])*\)|<(?:[0-9A-Fa-f]{2})+>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r?\n|.)", re.DOTALL)
_GLYPHS = re.compile(rb"\\00[0-7]|[\x00-\x07]")
"""The upper half of a glyph number, escaped or not: no letter is written so."""
_ENOUGH_TO_TELL = 1024
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"", b"f": b"", b"\n": b"", b"\r\n": b""}

_HIDDEN_CELLS = re.compile(rb'<(?:row|col) [^>]*hidden="(?:1|true)"')
_LENIENT = ("utf-8", "replace")

Part = tuple[str, str]
"""Where in the file, and the text there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a finished file holds: every text with where it stands, and what a file for others may not have."""

    texts: tuple[Part, ...]
    hidden: tuple[Part, ...] = ()


def contents(path: str, data: bytes) -> Contents:
    """Every text of a file. What cannot be read as its kind is read as plain text.

    Hidden in a workbook are an author, comments, hidden sheets, rows or columns, and filtered rows.
    """
    ending = path.rpartition(".")[2].lower()
    if ending == "ics":
        return Contents(texts=tuple(calendar_texts(data)))
    if ending == "eml":
        return Contents(texts=tuple(_mail_texts(data)))
    if ending == "json":
        return Contents(texts=tuple(_json_texts(data)))
    if ending == "xlsx":
        parts = _unzipped(data)
        return Contents(texts=tuple(_workbook_texts(parts, data)), hidden=tuple(_hidden_parts(parts)))
    if ending == "pdf":
        return Contents(texts=tuple(_pdf_texts(data)))
    return Contents(texts=(("", data.decode(*_LENIENT)),))


def _unzipped(data: bytes) -> dict[str, bytes] | None:
    """The parts of a workbook; None where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        return None


def calendar_texts(data: bytes) -> Iterator[Part]:
    """Each property with its parameters and value. Addresses of organiser and attendee are the recipient's own."""
    for line in data.decode("utf-8", "replace").replace("\r\n ", "").split("\r\n"):
        name = re.match(r"[A-Za-z-]*", line)
        found = name[0] if name else ""
        if found in {"ATTENDEE", "ORGANIZER"}:
            shown = re.sub(r":mailto:[^:]*$", "", line)
        else:
            shown = "" if found == "UID" else line
        value = re.sub(r"\\([nN])", "\n", shown)
        yield found, re.sub(r"\\([,;\\])", r"\1", value)


def _mail_texts(data: bytes) -> Iterator[Part]:
    message = email.message_from_bytes(data, policy=readable)
    yield "Subject", str(message["Subject"] or "")
    for header in ("From", "To", "Cc"):
        if (addresses := message[header]) is not None:
            yield header, " ".join(address.display_name for address in addresses.addresses)
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            yield from calendar_texts(cast(bytes, part.get_payload(decode=True)))
        elif part.get_content_maintype() == "text":
            yield "text", part.get_content()
        if name := part.get_filename():
            yield "attachment", name


def _json_texts(data: bytes) -> Iterator[Part]:
    try:
        waiting: list[tuple[str, object]] = [("", json.loads(data))]
    except ValueError:
        yield "", data.decode("utf-8", "replace")
        return
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [(str(key), part) for key, part in value.items()]
            yield from (("key", str(key)) for key in value)
        elif isinstance(value, list):
            waiting += [(where, part) for part in value]
        elif isinstance(value, str) and where != "uid":
            yield where, value


def _workbook_texts(parts: Mapping[str, bytes] | None, data: bytes) -> Iterator[Part]:
    if parts is None:
        yield "", data.decode("utf-8", "replace")
        return
    for name, content in parts.items():
        yield "part", name
        for text in _xml_texts(name, content):
            yield name, text


# Recipients' workbooks share most of their parts byte for byte: styles, theme, lists of contents.
@lru_cache(maxsize=512)
def _xml_texts(name: str, content: bytes) -> tuple[str, ...]:
    text = _HEADER.sub(_without_codes, content.decode("utf-8", "replace"))
    if not name.endswith((".xml", ".rels", ".vml")):
        return (text,)
    shown = html.unescape(_TAG.sub("", _ENDS.sub("\n", text)))
    if name.startswith("xl/worksheets/sheet") and "hyperlink" not in text:
        return (shown,)
    return shown, html.unescape("\n".join(_ATTRIBUTE.findall(text)))


def _without_codes(header: re.Match[str]) -> str:
    return _CODE.sub(lambda code: "&amp;" if code[0] == "&amp;&amp;" else "\n", header[0])


def _pdf_texts(data: bytes) -> Iterator[Part]:
    """Properties and literal text. Text drawn as glyph numbers cannot be read: it is checked before it is drawn."""
    outside: list[bytes] = []
    reached = 0
    streams = 0
    while (start := data.find(b"stream", reached)) >= 0:
        end = data.find(b"endstream", start)
        if end < 0:
            break
        outside.append(data[reached:start])
        streams += 1
        yield from ((f"stream {streams}", text) for text in _stream_texts(data[start + len(b"stream") : end]))
        reached = end + len(b"endstream")
    outside.append(data[reached:])
    between = b"\n".join(outside)
    # Of the objects only what is told to a reader counts; what is no real PDF is read as it stands.
    yield "file", "\n".join(_literals(between)) if b"endobj" in between else data.decode("latin-1")


def _stream_texts(packed: bytes) -> Iterator[str]:
    content = _unpacked(packed.lstrip(b"\r\n"))
    if not content:
        return
    if b"Tj" in content or b"TJ" in content:
        # Drawn text: glyph numbers, which say nothing by themselves, or letters; escapes only matter in UTF-16.
        if b"\xfe\xff" in content or b"FEFF" in content:
            yield "\n".join(_literals(content))
        if not _GLYPHS.search(content):
            yield b"".join(literal[1:-1] for literal in _LITERAL.findall(content)).decode("latin-1")
        return
    yield content.decode("utf-8", "replace")
    yield "".join(_literals(content))


def _unpacked(packed: bytes) -> bytes:
    """What a stream holds; nothing where it is a font or a colour profile."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, _ENOUGH_TO_TELL)
        if b"\0" in content:
            return b""
        return content + unpacker.decompress(unpacker.unconsumed_tail)
    except zlib.error:
        return b"" if b"\0" in packed[:_ENOUGH_TO_TELL] else packed


def _literals(content: bytes) -> Iterator[str]:
    """The strings of PDF syntax, in whichever of its spellings."""
    for literal in _LITERAL.findall(content):
        if literal.startswith(b"<"):
            plain = bytes.fromhex(literal[1:-1].translate(None, b" \r\n\t").decode())
        else:
            plain = _ESCAPE.sub(_unescaped, literal[1:-1])
        yield plain[2:].decode("utf-16-be", "replace") if plain.startswith(b"\xfe\xff") else plain.decode("latin-1")


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    if code.isdigit():
        return bytes([int(code, 8) & 255])
    return _ESCAPED.get(code, code)


def _hidden_parts(parts: Mapping[str, bytes] | None) -> Iterator[Part]:
    if parts is None:
        yield "", "damaged"
        return
    for name, content in parts.items():
        if "comment" in name.lower():
            yield name, "comment"
        if not name.endswith(".xml"):
            continue
        if name == "docProps/core.xml":
            for author in re.findall(r"<(?:dc:creator|cp:lastModifiedBy)[^>]*>([^<]+)<", content.decode(*_LENIENT)):
                yield name, html.unescape(author)
        if name == "xl/workbook.xml" and re.search(rb'<sheet [^>]*state="(?:veryH|h)idden"', content):
            yield name, "hidden sheet"
        if name.startswith("xl/worksheets/") and _HIDDEN_CELLS.search(content):
            yield name, "hidden row or column"
        if b"<filter" in content and re.search(rb"<(?:filterColumn|filters)\b", content):
            yield name, "filtered rows"
        if name == "xl/workbook.xml" and (found := re.search(rb'absPath[^>]*url="([^"]+)"', content)):
            yield name, html.unescape(found[1].decode(*_LENIENT))
