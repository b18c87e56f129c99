"""A team's pages: the week for its wall, and the sheet for its host alone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from app.exchange.pages.frame import Data, desk_line, entry, frame, logo, mark, part, table, who_and_role
from app.exchange.pages.widths import day_widths, tallest, whole_letters
from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.overview import no_visit, slot_groups
from app.exchange.text_width import lines
from app.exchange.version import Version
from app.models.people import Clearance
from app.models.places import Consent
from app.models.view import WeekTeam
from app.text import translate
from app.words.dates import between, counted, day, short_day

_ACROSS, _DOWN = 768.0, 475.0
"""Points inside the margins of A4 landscape."""
_SIZES = (17, 15, 13, 11)
"""Type sizes of the wall page that need no trying where the week is sure to fit."""
_READ_AFAR = 13
"""The type size that is enough for a wall."""
_TIME = 8.2
"""The width of the column of times against the type size."""


def team_data(paper: PaperWeek, team: WeekTeam, version: Version, changed: frozenset[str]) -> Data:
    """The page for the team's wall, from its own visits alone."""
    visits = paper.by_team.get(team.id, [])
    service, safe = paper.service(team), paper.safe
    title = safe.team_name(team)
    by_hours: dict[tuple[dt.time, dt.time], list[PaperVisit]] = defaultdict(list)
    for one in visits:
        by_hours[one.slot.start, one.slot.end].append(one)
    by_time = [_row(paper, team, between(*hours), by_hours[hours], changed) for hours in sorted(by_hours)]
    whole_week = [_row(paper, team, translate("All week"), visits, changed, timed=True)]
    facts = _ringing(paper, team)
    rows, widths, size = _laid_out(title, facts, [by_time, whole_week] if by_time else [whole_week], len(paper.days))
    return {
        "document": frame(paper, version, title),
        "title": title,
        "service": service.label,
        "place": translate("Online") if team.site.id == "online" else safe.place_line(team.site),
        "logo": logo(paper),
        "facts": facts,
        "tint": service.tint,
        "solid": service.solid,
        "nothing": no_visit(),
        "head": [translate("Time"), *(short_day(on) for on in paper.days)],
        "widths": widths,
        "rows": rows,
        "size": size,
        "whole": whole_letters(widths, _across(size or _SIZES[-1]), size or _SIZES[-1]),
    }


def _laid_out(
    title: str, facts: list[list[str]], layouts: list[list[Data]], days: int
) -> tuple[list[Data], list[float], int]:
    """The layout with the largest type in which it is sure to fit; the last, to be tried, where none is.

    A row for each time reads best, as long as it can be read; a team with many times has a list for each day.
    """
    found: tuple[list[Data], list[float], int] | None = None
    for rows in layouts:
        widths = day_widths([row["cells"] for row in rows], days)
        size = next((size for size in _SIZES if _fits(title, facts, rows, widths, size)), 0)
        if found is None or found[2] == 0 or found[2] < min(size, _READ_AFAR):
            found = rows, widths, size
    return found or ([], [], 0)


def _fits(title: str, facts: list[list[str]], rows: list[Data], widths: list[float], size: int) -> bool:
    """Whether the week is sure to fit on one page in type of that size."""
    shares = [min(40, max(16, len(label) + len(value))) for label, value in facts]
    points = (_ACROSS / max(1, sum(shares)) * share - 14 for share in shares)
    values = zip(facts, points, strict=True)
    above = lines(title, 26, (_ACROSS - 130) / 1.13, bold=True) * 33 + 36
    above += max((lines(" ".join(pair), 11, room / 1.13, bold=True) for pair, room in values), default=0) * 14 + 30
    return above + 2.3 * size + sum(tallest(row["cells"], widths, _across(size), size) for row in rows) <= _DOWN


def _across(size: int) -> float:
    """The points that the columns of days take."""
    return _ACROSS - _TIME * size


def _row(
    paper: PaperWeek,
    team: WeekTeam,
    time: str,
    visits: list[PaperVisit],
    changed: frozenset[str],
    *,
    timed: bool = False,
) -> Data:
    """A row of these visits by day; with `timed`, each says its time."""
    cells = []
    for on in paper.days:
        here = [one for one in visits if one.day == on]
        cells.append(
            [
                entry(
                    together[0].hours if timed else "",
                    [one.who for one in together],
                    [together[0].activity, *_elsewhere(paper, team, together[0])],
                    changed=any(one.visit.id in changed for one in together),
                )
                for together in slot_groups(here)
            ]
        )
    return {"time": time, "cells": cells}


def _elsewhere(paper: PaperWeek, team: WeekTeam, one: PaperVisit) -> list[str]:
    """What is otherwise than with the team's other visits: the place, the host."""
    found = []
    if one.slot.site.id != team.site.id:
        found.append(translate("Online") if one.slot.online else translate("At {place}").format(place=one.place))
    if one.host and one.host != paper.safe.line(team.team.host):
        words = translate("Host: {name}, {phone}") if one.host_phone else translate("Host: {name}")
        found.append(words.format(name=one.host, phone=one.host_phone))
    return found


def _ringing(paper: PaperWeek, team: WeekTeam) -> list[list[str]]:
    line = paper.safe.line
    pairs = [
        (translate("Host"), line(team.team.host) or translate("Not named yet")),
        (translate("Ring the host"), line(team.team.host_phone) or translate("No phone given")),
        (translate("Deputy"), line(team.team.deputy)),
        (translate("Practice Week desk"), line(paper.week.organiser_phone) or line(paper.week.organiser_email)),
    ]
    return [[label, value] for label, value in pairs if value]


def host_data(paper: PaperWeek, team: WeekTeam, version: Version, changed: frozenset[str]) -> Data:
    """The sheet for the host and the deputy alone: who comes, what they need, what is to be asked."""
    visits = paper.by_team.get(team.id, [])
    name = paper.safe.team_name(team)
    rows = [
        [
            mark(f"{day(one.day)}\n{one.hours}", changed=one.visit.id in changed),
            one.who,
            who_and_role(paper, one),
            clearance_words(one.visitor.clearance),
            paper.safe.line(one.visitor.person.needs) or translate("None told"),
            "\n".join(part for part in (one.activity, one.purpose) if part) or translate("To agree with the visitor"),
            consent_words(one),
        ]
        for one in visits
    ]
    if not rows:
        rows = [[no_visit()] * 7]
    heads = [
        translate("When"), translate("Who comes"), translate("Title, organisation"), translate("Clearance"),
        translate("Needs"), translate("Activity and purpose"), translate("Consent"),
    ]  # fmt: skip
    shaded = [place for place, one in enumerate(visits) if one.visit.id in changed]
    section = table("", heads, [0.95, 1.2, 1.4, 1.0, 1.1, 1.6, 1.0], rows, shaded=shaded, strong=(0, 1))
    whole = part(
        translate("For the host: {team}").format(team=name),
        translate("{visits}. For the host and the deputy alone: please do not pin it up.").format(
            visits=counted(len(visits), "visit") if visits else no_visit()
        ),
        [section],
        notice=[
            (translate("If plans change, ring"), desk_line(paper)),
            (translate("Confidentiality"), paper.safe.text(paper.week.confidentiality_note)),
        ],
    )
    title = translate("Host sheet of {team}").format(team=name)
    return {
        "document": frame(paper, version, title), "flipped": True, "size": 10, "logo": logo(paper), "parts": [whole]
    }  # fmt: skip


def clearance_words(clearance: Clearance) -> str:
    """What a host does about a visitor's clearance."""
    if clearance is Clearance.CONFIRMED:
        return translate("Cleared")
    return translate("Accompany at all times")


def consent_words(one: PaperVisit) -> str:
    """How consent stands, and by when it is to be asked."""
    slot = one.slot.slot
    words = {
        Consent.NOT_NEEDED: translate("Not needed"),
        Consent.TO_ASK: translate("Still to ask"),
        Consent.GIVEN: translate("Given"),
        Consent.REFUSED: translate("Refused"),
    }[slot.consent]
    if slot.consent is Consent.TO_ASK and slot.consent_by:
        return translate("{words}, by {by}").format(words=words, by=day(slot.consent_by))
    return words
