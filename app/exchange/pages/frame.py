"""What every page says around its content: title, week, marking, version, page numbers, the council's logo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.exchange.logos import as_picture
from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.version import Version, version_line
from app.text import translate

Data = dict[str, Any]
"""What a template shows, as JSON."""


def frame(paper: PaperWeek, version: Version, title: str) -> Data:
    """The document part of a page's data."""
    at = version.utc
    week = paper.safe.line(paper.week.name)
    return {
        "title": f"{title}, {week}",
        "heading": f"{paper.safe.line(paper.week.organisation)} · {week}",
        "marking": paper.safe.line(paper.week.marking),
        "version": version_line(version),
        "page-of": translate("page {page} of {pages}"),
        "date": [at.year, at.month, at.day, at.hour, at.minute, at.second],
    }


def table(
    title: str,
    head: Sequence[str],
    widths: Sequence[float],
    rows: Sequence[Sequence[str]],
    *,
    about: str = "",
    shaded: Sequence[int] = (),
    strong: Sequence[int] = (),
) -> Data:
    """A table of texts; `shaded` are the places of rows that changed, `strong` those of columns in bold."""
    return {
        "title": title,
        "about": about,
        "head": list(head),
        "widths": list(widths),
        "rows": [list(row) for row in rows],
        "shaded": list(shaded),
        "strong": list(strong),
    }


def part(
    title: str,
    about: str,
    sections: Sequence[Data],
    *,
    notice: Sequence[tuple[str, str]] = (),
    figures: Sequence[tuple[str, str]] = (),
) -> Data:
    """A part of a sheet that begins on a page of its own. `notice`: labels and what nobody may miss."""
    return {
        "title": title,
        "about": about,
        "notice": [[label, value] for label, value in notice if value],
        "figures": [list(figure) for figure in figures],
        "sections": list(sections),
    }


def entry(lead: str, names: Sequence[str], lines: Sequence[str], *, changed: bool) -> Data:
    """What one slot says inside a cell: what stands before the names, the names in bold, and the lines after them."""
    return {"lead": lead, "names": list(names), "lines": [line for line in lines if line], "changed": changed}


def mark(text: str, *, changed: bool) -> str:
    """The text, marked with ✱ where it changed."""
    return f"✱ {text}" if changed else text


def logo(paper: PaperWeek) -> Data | None:
    """The council's logo, where the week holds the picture itself (a `data:` text of a PNG or JPEG).

    A name of a file is never followed: nothing outside the app is opened for a page.
    """
    held = as_picture(paper.week.logo)
    if held is None:
        return None
    alt = translate("Logo of {organisation}").format(organisation=paper.safe.line(paper.week.organisation))
    return {"bytes": list(held), "alt": alt}


def who_and_role(paper: PaperWeek, one: PaperVisit) -> str:
    """`Director, Exampleshire County Council`."""
    person = one.visitor.person
    parts = (paper.safe.line(person.role), paper.safe.line(person.organisation))
    return ", ".join(part for part in parts if part) or translate("–")


def ring(one: PaperVisit) -> str:
    """The host and how to reach them."""
    host = one.host or translate("Host not named yet")
    if one.host_phone:
        return translate("{host}\nRing {phone}").format(host=host, phone=one.host_phone)
    if one.host_email:
        return translate("{host}\nNo phone given; write to {email}").format(host=host, email=one.host_email)
    return translate("{host}\nNo phone given").format(host=host) if one.host else host


def desk_line(paper: PaperWeek) -> str:
    """How to reach the desk of the week."""
    line, week = paper.safe.line, paper.week
    return ", ".join(part for part in (line(week.organiser_phone), line(week.organiser_email)) if part)
