"""A calendar file taken to pieces: its entries as texts of their own, so that one bad entry spoils no other."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ENTRIES = frozenset({"VEVENT", "VFREEBUSY"})
_OPENING = _ENTRIES | {"VCALENDAR", "VTIMEZONE"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LINE = re.compile(r"([A-Za-z0-9-]+)((?:;[^:;=\"]+=(?:\"[^\"]*\"|[^\":;]*))*)[:](.*)", re.DOTALL)
_PARAMETER = re.compile(r";([^:;=\"]+)=((?:\"[^\"]*\"|[^\":;])*)")
_BROKEN_TAIL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Line:
    """One property: its name in capitals, its parameters by name in capitals, and its value as written."""

    name: str
    value: str
    parameters: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """The line as a file has it."""
        said = "".join(f';{name}="{value}"' for name, value in self.parameters.items())
        return f"{self.name}{said}:{self.value}"


@dataclass(frozen=True, slots=True)
class Part:
    """One entry or time zone. `whole` is False where it was never closed, or held a line that is none."""

    kind: str
    lines: tuple[Line, ...]
    method: str = ""
    whole: bool = True

    def first(self, name: str) -> Line | None:
        """The first property of that name."""
        return next((line for line in self.lines if line.name == name), None)

    def value(self, name: str) -> str:
        """The value of that property; blank where there is none."""
        found = self.first(name)
        return found.value.strip() if found else ""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Everything of a file that concerns busy times. `zones` are raw VTIMEZONE texts by TZID."""

    entries: tuple[Part, ...]
    zones: dict[str, str]
    zone: str = ""
    owner: str = ""


def text_of(data: bytes) -> str:
    """The text of a file in whatever encoding calendars write: by its mark, else UTF-8, UTF-16 or Windows-1252."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    head = data[:200]
    if head[1::2].count(0) > len(head) // 4:
        return data.decode("utf-16-le", "replace")
    if head[::2].count(0) > len(head) // 4:
        return data.decode("utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def unfolded(text: str) -> Iterator[str]:
    """The lines with their continuations joined, whatever ends them."""
    kept = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line[:1] in {" ", "\t"}:
            kept += line[1:]
            continue
        if kept.strip():
            yield kept
        kept = line
    if kept.strip():
        yield kept


def read_line(text: str) -> Line | None:
    """The property of an unfolded line; None where it is none."""
    found = _LINE.fullmatch(_BROKEN_TAIL.sub("", text))
    if found is None:
        return None
    parameters = {
        name.strip().upper(): value.strip().strip('"') for name, value in _PARAMETER.findall(found[2])
    }  # fmt: skip
    return Line(found[1].upper(), found[3], parameters)


def pieces(data: bytes) -> Pieces:
    """Take a file to pieces. Never raises: what is no calendar has no pieces."""
    taker = _Taker()
    for text in unfolded(text_of(data)):
        taker.take(text)
    taker.close(whole=False)
    return Pieces(tuple(taker.entries), taker.zones, taker.about.get("X-WR-TIMEZONE", ""),
                  taker.about.get("X-WR-CALNAME", ""))  # fmt: skip


class _Taker:
    """Where the reading of a file stands: inside which entry or zone, and how deep."""

    def __init__(self) -> None:
        self.entries: list[Part] = []
        self.zones: dict[str, str] = {}
        self.about: dict[str, str] = {}
        self._kind, self._lines, self._sound, self._depth = "", list[Line](), True, 0
        self._zone: list[str] | None = None

    def take(self, text: str) -> None:
        """The next unfolded line."""
        line = read_line(text)
        begins = line.value.strip().upper() if line and line.name == "BEGIN" else ""
        ends = line.value.strip().upper() if line and line.name == "END" else ""
        if self._zone is not None and begins not in _OPENING:
            self._zone.append(text)
            if ends == "VTIMEZONE":
                _keep_zone(self.zones, self._zone)
                self._zone = None
        elif begins in _OPENING:
            self._open(begins, text)
        elif ends in _OPENING:
            self.close(whole=ends == self._kind)
        elif not self._kind:
            if line and line.name in {"METHOD", "X-WR-TIMEZONE", "X-WR-CALNAME"}:
                self.about[line.name] = line.value.strip()
        else:
            self._inside(line, begins=bool(begins), ends=bool(ends))

    def close(self, *, whole: bool) -> None:
        """The entry that is open ends here."""
        if self._kind:
            method = self.about.get("METHOD", "").upper()
            self.entries.append(Part(self._kind, tuple(self._lines), method, whole and self._sound))
        self._kind, self._lines, self._sound, self._depth = "", [], True, 0

    def _open(self, kind: str, text: str) -> None:
        self.close(whole=False)
        self._zone = [text] if kind == "VTIMEZONE" else None
        if kind == "VCALENDAR":
            self.about.pop("METHOD", None)
        elif kind in _ENTRIES:
            self._kind = kind

    def _inside(self, line: Line | None, *, begins: bool, ends: bool) -> None:
        """A line of an entry. An alarm inside it says nothing of its times."""
        if begins or ends:
            self._depth = max(0, self._depth + (1 if begins else -1))
        elif self._depth == 0 and line is not None:
            self._lines.append(line)
        elif self._depth == 0:
            self._sound = False


def _keep_zone(zones: dict[str, str], raw: list[str]) -> None:
    lines = [read_line(text) for text in raw]
    name = next((_plain(line.value) for line in lines if line and line.name == "TZID"), "")
    if name:
        told = (
            text if line is None or line.name != "TZID" else f"TZID:{name}"
            for text, line in zip(raw, lines, strict=True)
        )
        zones.setdefault(name, "\r\n".join(told))


def _plain(text: str) -> str:
    """A text value without its escapes: a zone is named without them where it is used."""
    return re.sub(r"\\([,;\\])", r"\1", text.strip())
