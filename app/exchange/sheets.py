"""What a workbook for people is made of: sheets of one table each, their columns, rows and styles, their paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from app.exchange.safe import Safe
from app.exchange.version import Version, version_line
from app.models.week import Week
from app.text import translate

LONGEST_SHEET_NAME = 31
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, or nobody should see."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


class Paper(Enum):
    """A sheet of paper: Excel's number for it, the orientation, and its width and height in points."""

    A4_PORTRAIT = (9, "portrait", 595.3, 841.9)
    A4_LANDSCAPE = (9, "landscape", 841.9, 595.3)
    A3_LANDSCAPE = (8, "landscape", 1190.6, 841.9)


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to another sheet of the same workbook."""

    text: str
    sheet: str


Value: TypeAlias = str | int | dt.date | dt.time | Link


class Tone(Enum):
    """The named styles of cells: name, type size, bold."""

    TITLE = ("Page title", 16, True)
    TITLE_SMALL = ("Page title, small", 12, True)
    TITLE_TINY = ("Page title, smallest", 9, True)
    ABOUT = ("About the page", 10, False)
    ABOUT_SMALL = ("About the page, small", 9, False)
    HEAD = ("Column heading", 10, True)
    HEAD_SMALL = ("Column heading, small", 9, True)
    TEXT = ("Text", 10, False)
    SMALL = ("Text, small", 9, False)
    STRONG = ("Strong", 10, True)
    STRONG_SMALL = ("Strong, small", 9, True)
    QUIET = ("Nothing here", 10, False)
    QUIET_SMALL = ("Nothing here, small", 9, False)
    BROKEN = ("Rule broken", 10, False)
    BROKEN_SMALL = ("Rule broken, small", 9, False)
    LINK = ("Link", 10, False)
    NUMBER = ("Number", 10, False)
    DATE = ("Date", 10, False)
    TIME = ("Time", 10, False)

    @property
    def label(self) -> str:
        """The name that Excel shows in its list of styles."""
        return str(self.value[0])

    @property
    def size(self) -> int:
        """Points."""
        return int(self.value[1])

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return bool(self.value[2])


@dataclass(frozen=True, slots=True)
class Tinted:
    """A tone on a service's tint: a named style of its own."""

    tone: Tone
    name: str
    tint: str


Style: TypeAlias = Tone | Tinted


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the table: its heading, and its width as a share of the page's."""

    head: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table: its values and their styles, one for each column.

    `begins`: a group of rows begins here that stays on one page where it fits.
    """

    values: Sequence[Value]
    styles: Sequence[Style]
    begins: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet to write. `titles` and `abouts` run from the fullest to the shortest; the first that fits is taken.

    `frozen` is how many columns stay in sight. `filters` puts filter buttons on the headings. `one_page` shrinks
    what would not fit. `small`: headings in the small type.
    """

    name: str
    titles: Sequence[str]
    abouts: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Row]
    paper: Paper
    frozen: int = 1
    filters: bool = False
    one_page: bool = False
    small: bool = False
    tab: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """What headers, footers and properties of a workbook say."""

    title: str
    heading: str
    marking: str
    version_line: str
    version: Version


def papers_of(week: Week, safe: Safe, version: Version, title: str) -> Papers:
    """What a workbook of this week says around its sheets, as others may read it. `title` is safe already."""
    return Papers(
        title=title,
        heading=safe.line(week.name),
        marking=safe.line(week.marking),
        version_line=version_line(version),
        version=version,
    )


def sheet_names(texts: Iterable[str]) -> list[str]:
    """A legal name for each sheet: at most 31 characters, none of `[]:*?/\\`, unique ignoring case."""
    used: set[str] = set()
    names = []
    for text in texts:
        cleaned = " ".join(_NOT_IN_NAMES.sub(" ", CONTROL.sub("", text)).split()).strip("' ")
        stem = cleaned if cleaned and cleaned.casefold() != "history" else translate("Sheet")
        name, number = stem[:LONGEST_SHEET_NAME].strip("' "), 2
        while name.casefold() in used:
            end = f" {number}"
            name, number = stem[: LONGEST_SHEET_NAME - len(end)].rstrip("' ") + end, number + 1
        used.add(name.casefold())
        names.append(name)
    return names
