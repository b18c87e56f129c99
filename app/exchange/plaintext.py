"""The text inside finished files, for checking: every line, cell, property and name that somebody could read."""

from __future__ import annotations

import email
import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from email.policy import default as readable
from typing import cast

_TAG = re.compile(r"<[^>]*>")
_ENDS = re.compile(r"</(?:\w+:)?(?:si|is|c|v|row|p|table|sheet|title|subject|creator|oddHeader|oddFooter)>|<br\s*/?>")
_ATTRIBUTE = re.compile(r'="([^"]+)"')
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LITERAL = re.compile(rb"\((?:\\.|[^\\()])*\)")

Part = tuple[str, str]
"""Where in the file, and the text there."""


def texts(path: str, data: bytes) -> Iterator[Part]:
    """Every text of a file, with where it stands. What cannot be read as its kind is read as plain text."""
    ending = path.rpartition(".")[2].lower()
    if ending == "ics":
        yield from calendar_texts(data)
    elif ending == "eml":
        yield from _mail_texts(data)
    elif ending == "json":
        yield from _json_texts(data)
    elif ending == "xlsx":
        yield from _workbook_texts(data)
    elif ending == "pdf":
        yield from _pdf_texts(data)
    else:
        yield "", data.decode("utf-8", "replace")


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


def _workbook_texts(data: bytes) -> Iterator[Part]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield "part", name
                content = archive.read(name)
                text = content.decode("utf-8", "replace")
                if not name.endswith((".xml", ".rels", ".vml")):
                    yield name, text
                    continue
                spaced = _ENDS.sub("\n", text)
                yield name, html.unescape(_TAG.sub("", spaced))
                if not name.startswith("xl/worksheets/sheet") or "hyperlink" in text:
                    yield name, html.unescape("\n".join(_ATTRIBUTE.findall(text)))
    except zipfile.BadZipFile:
        yield "", data.decode("utf-8", "replace")


def _pdf_texts(data: bytes) -> Iterator[Part]:
    """Properties and literal text. Text drawn as glyph numbers cannot be read: it is checked before it is drawn."""
    yield "file", data.decode("latin-1")
    for place, match in enumerate(_STREAM.finditer(data), start=1):
        try:
            content = zlib.decompress(match[1])
        except zlib.error:
            continue
        yield f"stream {place}", content.decode("utf-8", "replace")
        joined = b"".join(literal[1:-1] for literal in _LITERAL.findall(content))
        yield f"stream {place}", joined.decode("latin-1")


def hidden_parts(path: str, data: bytes) -> Iterator[Part]:
    """What a workbook for others may not have: an author, comments, hidden sheets, rows or columns, filtered rows."""
    if not path.lower().endswith(".xlsx"):
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        yield "", "damaged"
        return
    with archive:
        for name in archive.namelist():
            if "comment" in name.lower():
                yield name, "comment"
            if not name.endswith(".xml"):
                continue
            text = archive.read(name).decode("utf-8", "replace")
            if name == "docProps/core.xml":
                for author in re.findall(r"<(?:dc:creator|cp:lastModifiedBy)[^>]*>([^<]+)<", text):
                    yield name, html.unescape(author)
            if name == "xl/workbook.xml" and re.search(r'<sheet [^>]*state="(?:veryH|h)idden"', text):
                yield name, "hidden sheet"
            if name.startswith("xl/worksheets/") and re.search(r'<(?:row|col) [^>]*hidden="(?:1|true)"', text):
                yield name, "hidden row or column"
            if re.search(r"<(?:filterColumn|filters)\b", text):
                yield name, "filtered rows"
            if name == "xl/workbook.xml" and (found := re.search(r'absPath[^>]*url="([^"]+)"', text)):
                yield name, html.unescape(found[1])
