"""A visitor's itinerary, and their reflection form: from their own visits alone."""

from __future__ import annotations

from itertools import groupby

from app.exchange.pages.frame import Data, desk_line, frame, logo, ring
from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.overview import gap_text
from app.exchange.version import Version
from app.models.view import Visitor
from app.text import translate
from app.words.dates import counted, day


def visitor_data(paper: PaperWeek, visitor: Visitor, version: Version, changed: frozenset[str]) -> Data:
    """Where to be when, day by day, with the roads between."""
    visits = paper.by_visitor.get(visitor.id, [])
    name = paper.name(visitor)
    person, line = visitor.person, paper.safe.line
    role = ", ".join(part for part in (line(person.role), line(person.organisation)) if part)
    days = []
    for on, here in groupby(visits, key=lambda one: one.day):
        items = _items(paper, visitor, list(here), changed)
        last = max(place for place, item in enumerate(items) if item["kind"] == "visit")
        days.append({"title": day(on), "items": items, "last": last})
    return {
        "document": frame(paper, version, translate("Itinerary of {name}").format(name=name)),
        "title": name,
        "about": "\n".join(part for part in (role, counted(len(visits), "visit")) if part),
        "logo": logo(paper),
        "days": days,
        "nothing": translate("No visit is planned for you this week."),
        "reminders": _reminders(paper, visits),
    }


def _items(paper: PaperWeek, visitor: Visitor, here: list[PaperVisit], changed: frozenset[str]) -> list[Data]:
    """The day in its order: lunch, roads and visits."""
    items: list[Data] = []
    free = paper.free_lunch(here)
    lunch = [translate("Free for lunch: {lunch}").format(lunch=paper.lunch(here))] if paper.week.lunch_minutes else []
    for place, one in enumerate(here):
        notes = lunch if free is not None and free[1] <= one.slot.start else []
        lunch = [] if notes else lunch
        way = gap_text(paper, here[place - 1], one) if place else _way(paper, visitor, one, start=True)
        items += [{"kind": "note", "text": text} for text in (*notes, way) if text]
        items.append(_visit(paper, one, changed))
    way = _way(paper, visitor, here[-1], start=False)
    return [*items, *({"kind": "note", "text": text} for text in (*lunch, way) if text)]


def _way(paper: PaperWeek, visitor: Visitor, one: PaperVisit, *, start: bool) -> str:
    base = paper.view.site(visitor.person.base_id)
    if base is None or one.slot.online:
        return ""
    roads, site = paper.view.roads, one.slot.site
    minutes = roads.minutes(base.id, site.id) if start else roads.minutes(site.id, base.id)
    if not minutes:
        return ""
    label = paper.safe.site_label(base)
    if start:
        return translate("→ {minutes} min by road from {base}").format(minutes=minutes, base=label)
    return translate("→ {minutes} min by road back to {base}").format(minutes=minutes, base=label)


def _visit(paper: PaperWeek, one: PaperVisit, changed: frozenset[str]) -> Data:
    left = [
        (translate("Where"), one.address),
        (translate("Arrive"), one.arrival),
        (translate("Park"), one.parking),
        (translate("Bring"), translate("photo ID") if paper.week.photo_id and not one.slot.online else ""),
    ]
    right = [
        (translate("Host"), ring(one)),
        (translate("Deputy"), one.deputy),
        (translate("What"), one.activity),
        (translate("Why"), one.purpose),
    ]
    return {
        "kind": "visit",
        "time": one.hours,
        "team": one.team,
        "service": one.service.label,
        "tint": one.service.tint,
        "left": [[label, value] for label, value in left if value],
        "right": [[label, value] for label, value in right if value],
        "changed": one.visit.id in changed,
    }


def _reminders(paper: PaperWeek, visits: list[PaperVisit]) -> list[list[str]]:
    week, line = paper.week, paper.safe.line
    desk = desk_line(paper)
    first = translate("the host of the visit, then {desk}").format(desk=desk) if visits else desk
    pairs = [
        (translate("Late or lost? Ring"), first),
        (translate("Dress"), line(week.dress)),
        (
            translate("Confidentiality"),
            paper.safe.text(week.confidentiality_note)
            or translate(
                "What you see and hear about children and families stays in the room. Please write down no names, "
                "and leave this page with nobody."
            ),
        ),
    ]
    return [[label, value] for label, value in pairs if value]


def reflection_data(paper: PaperWeek, visitor: Visitor, version: Version) -> Data:
    """A form for each visit, with what is known filled in."""
    name = paper.name(visitor)
    forms = [
        {
            "title": translate("What I saw and heard"),
            "about": translate("{name}, at {team}").format(name=name, team=one.team),
            "facts": [
                [translate("When"), f"{day(one.day)}, {one.hours}"],
                [translate("Service"), one.service.label],
                *([[translate("Activity"), one.activity]] if one.activity else []),
            ],
        }
        for one in paper.by_visitor.get(visitor.id, ())
    ]
    questions = [
        (translate("What went well, and should be seen elsewhere?"), 5),
        (translate("What stops people here doing their job well?"), 5),
        (translate("What did people ask of you?"), 4),
        (translate("What will you do about it, and by when?"), 5),
    ]
    return {
        "document": frame(paper, version, translate("Reflection form of {name}").format(name=name)),
        "logo": logo(paper),
        "forms": forms,
        "questions": [{"text": text, "lines": lines} for text, lines in questions],
        "reminder": translate(
            "No names, initials, ages or addresses of children and families, please. Return to {desk}."
        ).format(desk=paper.safe.line(paper.week.organiser_email) or paper.safe.line(paper.week.organiser)),
    }
