"""What an .xlsx from outside must be before anything parses it (RELIABILITY.md, "Input from others")."""

from __future__ import annotations

import copy
import re
import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from app.errors import Refused

MEGABYTE = 1024 * 1024
MOST_FILE = 20 * MEGABYTE
MOST_UNPACKED = 64 * MEGABYTE
MOST_PARTS = 400
_CHUNK = 64 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 0x1 | 0x40 | 0x2000
_PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DRIVE = re.compile(r"[A-Za-z]:")


def inspect(data: bytes, file: str) -> None:
    """Refuse what is no honest .xlsx: its size, its parts and their names, true sizes, and any DTD in any encoding.

    Raises Refused("input-…", file, …), each with a sentence of its own.
    """
    if not data:
        raise Refused("input-empty", file=file)
    if len(data) > MOST_FILE:
        raise Refused("input-too-large", file=file, limit=MOST_FILE // MEGABYTE)
    if data.startswith(_OLD_OFFICE):
        raise Refused("input-password" if _ENCRYPTED_PACKAGE in data else "input-old-excel", file=file)
    if not data.startswith(b"PK"):
        raise Refused("input-not-excel", file=file)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _inspect_parts(archive, file)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refused("input-damaged", file=file) from error


def _inspect_parts(archive: zipfile.ZipFile, file: str) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Refused("input-too-many-parts", file=file, limit=MOST_PARTS)
    names = [part.filename for part in parts]
    if len({name.casefold() for name in names}) != len(names) or any(_travels(part) for part in parts):
        raise Refused("input-packed", file=file)
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise Refused("input-password", file=file)
    if any(part.compress_type not in _PLAIN_METHODS for part in parts):
        raise Refused("input-packed", file=file)
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("input-too-much", file=file, limit=MOST_UNPACKED // MEGABYTE)
    if "[content_types].xml" not in {name.casefold() for name in names}:
        raise Refused("input-not-excel", file=file)
    left = MOST_UNPACKED
    for part in parts:
        left -= _inspect_part(archive, part, left, file)


def _travels(part: zipfile.ZipInfo) -> bool:
    """Whether a name could lead out of a folder, or is not what the archive's two lists both say."""
    name = part.filename
    return (
        not name
        or name != part.orig_filename
        or name.startswith(("/", "\\"))
        or "\\" in name
        or ".." in name.split("/")
        or _DRIVE.match(name) is not None
        or any(ord(char) < 32 for char in name)
    )


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, file: str) -> int:
    """Unpack a part to its true end; gives its true size. What the list of contents says is not believed."""
    honest = copy.copy(part)
    honest.file_size = left + 1
    size = 0
    prologue = _Prologue()
    with archive.open(honest) as unpacked:
        while chunk := unpacked.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise Refused("input-too-much", file=file, limit=MOST_UNPACKED // MEGABYTE)
            if prologue.has_doctype(chunk):
                raise Refused("input-doctype", file=file)
    if size != part.file_size:
        raise Refused("input-packed", file=file)
    return size


class _Prologue:
    """Reads a part up to its first element with expat, which knows every encoding that a later parser would accept."""

    def __init__(self) -> None:
        self._found = self._done = False
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._element
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def _doctype(self, *_: object) -> None:
        self._found = self._done = True

    def _element(self, *_: object) -> None:
        self._done = True

    def has_doctype(self, chunk: bytes) -> bool:
        """Whether the next bytes of the part begin a document type; False for ever after its first element."""
        if not self._done:
            try:
                self._parser.Parse(chunk, False)
            except (expat.ExpatError, ValueError, LookupError, UnicodeError):
                self._done = True  # no XML up to here: whatever parses it later will stop at the same place
        return self._found
