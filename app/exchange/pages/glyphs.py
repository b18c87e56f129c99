"""Which characters the shipped fonts can draw, and what to say where one cannot be drawn."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.exchange.paperweek import PaperWeek
from app.resources import resource
from app.text import translate

FONTS = ("NotoSans-Regular.ttf", "DejaVuSans.ttf")
"""The regular styles; the bold ones draw the same characters, or Typst takes the regular."""
STAND_IN = "\u25af"
"""Drawn where a character has no picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undrawn:
    """A text of somebody or something, by its safe name, with characters that no font here can draw."""

    whose: str
    text: str
    characters: str


def undrawn_text(one: Undrawn) -> str:
    """The sentence for it."""
    facts = {"whose": one.whose, "text": one.text, "characters": " ".join(one.characters), "sign": STAND_IN}
    if one.whose == one.text:
        return translate(
            "“{text}” has characters that no font here can draw: {characters}. Pages show {sign} in their place."
        ).format(**facts)
    return translate(
        "“{text}” of {whose} has characters that no font here can draw: {characters}. Pages show {sign} in their place."
    ).format(**facts)


def undrawn(paper: PaperWeek) -> Iterator[Undrawn]:
    """Every text of the week that pages cannot show whole, once, with whose it is."""
    told: set[str] = set()
    for whose, text in _texts(paper):
        lost = _lost(unicodedata.normalize("NFC", text))
        if lost and text not in told:
            told.add(text)
            yield Undrawn(whose=whose, text=text, characters=lost)


def _texts(paper: PaperWeek) -> Iterator[tuple[str, str]]:
    line, week = paper.safe.line, paper.week
    for text in (week.name, week.organisation, week.organiser, week.marking, week.dress, week.confidentiality_note):
        yield line(week.name), line(text)
    for visitor in paper.visitors():
        person = visitor.person
        for text in (person.name, person.role, person.organisation, person.needs):
            yield line(person.name), line(text)
    for team in paper.teams():
        for text in (team.name, team.service, team.team.host, team.team.deputy):
            yield line(team.name), line(text)
    for slot in paper.view.slots.values():
        for text in (slot.host, slot.slot.activity, slot.slot.purpose):
            yield line(slot.team.name), line(text)
        label = paper.safe.site_label(slot.site)
        for text in (label, paper.safe.place_line(slot.site), slot.site.arrival_notes, slot.site.parking):
            yield label, line(text)


def drawable(data: Any) -> Any:
    """The data with a stand-in for every character that cannot be drawn."""
    if isinstance(data, str):
        return _shown(data)
    if isinstance(data, Mapping):
        return {key: drawable(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [drawable(value) for value in data]
    return data


def _shown(text: str) -> str:
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    lost = _lost(text)
    return "".join(STAND_IN if char in lost else char for char in text) if lost else text


@lru_cache(maxsize=4096)
def _lost(text: str) -> str:
    """The characters of a text that cannot be drawn, each once."""
    if text.isascii():
        return ""
    known = _known()
    return "".join(char for char in dict.fromkeys(text) if ord(char) not in known and not char.isspace())


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
