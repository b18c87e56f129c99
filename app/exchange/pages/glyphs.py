"""Which characters the shipped fonts can draw, and what to say where one cannot be drawn."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.resources import resource
from app.text import translate

FONTS = ("NotoSans-Regular.ttf", "DejaVuSans.ttf")
"""The regular styles; the bold ones draw the same characters, or Typst takes the regular."""
STAND_IN = "\u25af"
"""Drawn where a character has no picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undrawn:
    """A text of a page with characters that no font here can draw."""

    page: str
    text: str
    characters: str


def undrawn_text(one: Undrawn) -> str:
    """The sentence for it."""
    return translate(
        "On “{page}”, “{text}” has characters that no font here can draw: {characters}. "
        "The page shows {sign} in their place."
    ).format(page=one.page, text=one.text, characters=" ".join(one.characters), sign=STAND_IN)


def drawable(data: Any, page: str, missing: list[Undrawn]) -> Any:
    """The data with a stand-in for every character that cannot be drawn; what was found is added to `missing`."""
    if isinstance(data, str):
        return _text(data, page, missing)
    if isinstance(data, Mapping):
        return {key: drawable(value, page, missing) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [drawable(value, page, missing) for value in data]
    return data


def _text(text: str, page: str, missing: list[Undrawn]) -> str:
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    known = _known()
    lost = [char for char in dict.fromkeys(text) if ord(char) not in known and not char.isspace()]
    if not lost:
        return text
    found = Undrawn(page=page, text=text, characters="".join(lost))
    if found not in missing:
        missing.append(found)
    return "".join(STAND_IN if char in lost else char for char in text)


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    known: set[int] = set()
    for name in FONTS:
        known |= _characters(resource("fonts", name))
    return frozenset(known)


def _characters(path: Path) -> set[int]:
    """The code points of a TrueType font's character map (OpenType specification, `cmap` formats 4 and 12)."""
    font = path.read_bytes()
    (tables,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sLLL", font, 12 + 16 * place) for place in range(tables))
    start = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    (count,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for place in range(count):
        _, _, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * place)
        (form,) = struct.unpack_from(">H", font, start + offset)
        if form == 4:
            found |= _format_4(font, start + offset)
        elif form == 12:
            found |= _format_12(font, start + offset)
    return found


def _format_4(font: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * twice)
    ranges_at = at + 16 + 3 * twice
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    found: set[int] = set()
    for place, (first, last, delta, shift) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if shift:
                (glyph,) = struct.unpack_from(">H", font, ranges_at + 2 * place + shift + 2 * (code - first))
            if glyph and (glyph + delta) % 0x10000:
                found.add(code)
    return found


def _format_12(font: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">L", font, at + 12)
    found: set[int] = set()
    for place in range(count):
        first, last, _ = struct.unpack_from(">LLL", font, at + 16 + 12 * place)
        found.update(range(first, last + 1))
    return found
