"""A team's pages: the week for its wall, and the sheet for its host alone."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from app.exchange.pages.frame import Data, entry, frame, mark, table, who_and_role
from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.overview import no_visit, slot_groups
from app.exchange.version import Version
from app.models.people import Clearance
from app.models.places import Consent
from app.models.view import WeekTeam
from app.text import translate
from app.words.dates import between, counted, day, short_day

_ROOMY, _NARROW = 20, 14
"""So many lines fit in the largest type without measuring; so many letters fit on a line of the narrowest column."""


def team_data(paper: PaperWeek, team: WeekTeam, version: Version, changed: frozenset[str]) -> Data:
    """Both pages of one team, from its own visits alone."""
    visits = paper.by_team.get(team.id, [])
    service, safe = paper.service(team), paper.safe
    title = safe.team_name(team)
    by_hours: dict[tuple[dt.time, dt.time], list[PaperVisit]] = defaultdict(list)
    for one in visits:
        by_hours[one.slot.start, one.slot.end].append(one)
    rows = [_hours(paper, hours, by_hours[hours], changed) for hours in sorted(by_hours)]
    full = {one.day for one in visits}
    if not rows:
        rows = [{"time": translate("All week"), "cells": [[] for _ in paper.days]}]
    place = translate("Online") if team.site.id == "online" else safe.place_line(team.site)
    return {
        "document": frame(paper, version, title),
        "title": title,
        "about": translate("{service}, {place}").format(service=service.label, place=place),
        "facts": _ringing(paper, team),
        "tint": service.tint,
        "nothing": no_visit(),
        "head": [translate("Time"), *(short_day(on) for on in paper.days)],
        "widths": [0.6, *(1.0 if on in full or not full else 0.55 for on in paper.days)],
        "rows": rows,
        "roomy": sum(_tallest(row) for row in rows) <= _ROOMY,
        "host": _host(paper, team, visits, changed),
    }


def _tallest(row: Data) -> int:
    """About how many lines a row takes, rather too many."""
    return max(
        sum(
            1 + sum(1 + len(text) // _NARROW for text in (one["strong"], *one["lines"]))
            for one in cell
        )
        for cell in (*row["cells"], [{"strong": "", "lines": []}])
    )  # fmt: skip


def _hours(paper: PaperWeek, hours: tuple[dt.time, dt.time], visits: list[PaperVisit], changed: frozenset[str]) -> Data:
    cells = []
    for on in paper.days:
        here = [one for one in visits if one.day == on]
        cells.append(
            [
                entry(
                    ", ".join(one.who for one in together),
                    [together[0].activity],
                    changed=any(one.visit.id in changed for one in together),
                )
                for together in slot_groups(here)
            ]
        )
    return {"time": between(*hours), "cells": cells}


def _ringing(paper: PaperWeek, team: WeekTeam) -> list[list[str]]:
    line = paper.safe.line
    pairs = [
        (translate("Host"), line(team.team.host) or translate("not named yet")),
        (translate("Ring"), line(team.team.host_phone)),
        (translate("Deputy"), line(team.team.deputy)),
        (translate("Practice Week desk"), ", ".join(part for part in _desk(paper) if part)),
    ]
    return [[label, value] for label, value in pairs if value]


def _desk(paper: PaperWeek) -> tuple[str, str]:
    return paper.safe.line(paper.week.organiser_phone), paper.safe.line(paper.week.organiser_email)


def _host(paper: PaperWeek, team: WeekTeam, visits: list[PaperVisit], changed: frozenset[str]) -> Data:
    rows = [
        [
            mark(f"{day(one.day)}\n{one.hours}", changed=one.visit.id in changed),
            f"{one.who}\n{who_and_role(paper, one)}",
            clearance_words(one.visitor.clearance),
            paper.safe.line(one.visitor.person.needs) or translate("None told"),
            "\n".join(part for part in (one.activity, one.purpose) if part) or translate("To agree with the visitor"),
            consent_words(one),
        ]
        for one in visits
    ]
    if not rows:
        rows = [[no_visit()] * 6]
    heads = [
        translate("When"), translate("Who comes"), translate("Clearance"), translate("Needs"),
        translate("Activity and purpose"), translate("Consent"),
    ]  # fmt: skip
    shaded = [place for place, one in enumerate(visits) if one.visit.id in changed]
    made = table(
        translate("For the host: {team}").format(team=paper.safe.team_name(team)),
        heads, [1.0, 1.6, 1.3, 1.0, 1.6, 1.2], rows, shaded=shaded,
        about=translate("{visits}. For the host and the deputy alone: please do not pin it up.").format(
            visits=counted(len(visits), "visit") if visits else no_visit()
        ),
    )  # fmt: skip
    note = paper.safe.text(paper.week.confidentiality_note)
    made["facts"] = [[translate("Confidentiality"), note]] if note else []
    return made


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
