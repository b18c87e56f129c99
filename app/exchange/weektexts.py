"""Every text of a week that goes out, with the sheet, row and column where a person would mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.models.view import WeekView


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekText:
    """One text. `where` is such as "Slots: S1: Purpose".

    A `title` is the name of an organisation, team, service or place. `free`: it may hold anything. `own_place`: it
    tells the way to a public site. `need`: it is a visitor's need. `offer`: it says what a team offers.
    """

    where: str
    text: str
    title: bool = False
    free: bool = True
    own_place: bool = False
    need: bool = False
    offer: bool = False


def free_texts(view: WeekView) -> Iterator[WeekText]:
    """The texts that somebody writes freely, and that may hold what does not belong there."""
    return (one for one in week_texts(view) if one.free)


def week_texts(view: WeekView) -> Iterator[WeekText]:
    """Every text of this week that goes out in any file."""
    yield from (one for one in _all(view) if one.text.strip())


def _all(view: WeekView) -> Iterator[WeekText]:
    week = view.week
    yield WeekText(where=_at("Week", "Name"), text=week.name, title=True, free=False)
    yield WeekText(where=_at("Week", "Organisation"), text=week.organisation, title=True, free=False)
    yield WeekText(where=_at("Week", "Organiser"), text=week.organiser, title=True, free=False)
    yield WeekText(where=_at("Week", "Dress"), text=week.dress)
    yield WeekText(where=_at("Week", "Confidentiality note"), text=week.confidentiality_note)
    for slot in view.slots.values():
        yield WeekText(where=_at("Slots", slot.name, "Activity"), text=slot.slot.activity, offer=True)
        yield WeekText(where=_at("Slots", slot.name, "Purpose"), text=slot.slot.purpose, offer=True)
        yield WeekText(where=_at("Slots", slot.name, "Host"), text=slot.slot.host)
        yield WeekText(where=_at("Slots", slot.name, "Slot"), text=slot.name, title=True, free=False)
    for team in view.teams.values():
        yield WeekText(where=_at("Teams", team.name, "Team"), text=team.name, title=True, offer=True)
        yield WeekText(where=_at("Teams", team.name, "Service"), text=team.service, title=True, free=False, offer=True)
        yield WeekText(where=_at("Teams", team.name, "Line"), text=team.team.line, title=True, free=False)
        yield WeekText(where=_at("Teams", team.name, "Notes"), text=team.team.notes, offer=True)
        yield WeekText(where=_at("Teams", team.name, "Host"), text=team.team.host)
        yield WeekText(where=_at("Teams", team.name, "Deputy"), text=team.team.deputy)
    shown = {slot.site.id for slot in view.slots.values()}
    for site in view.plan.sites.values():
        public = not site.protected
        if public:
            yield WeekText(where=_at("Sites", site.name, "Site"), text=site.name, title=True, free=False)
            yield WeekText(where=_at("Sites", site.name, "Address"), text=site.address, title=True, free=False)
        yield WeekText(where=_at("Sites", site.shown_as, "Alias"), text=site.alias, title=True, free=False)
        if site.id in shown:
            yield WeekText(
                where=_at("Sites", site.shown_as, "Arrival notes"), text=site.arrival_notes, own_place=public
            )
            yield WeekText(where=_at("Sites", site.shown_as, "Parking"), text=site.parking, own_place=public)
    for visitor in view.visitors.values():
        yield WeekText(where=_at("Visitors", visitor.name, "Visitor"), text=visitor.name, free=False)
        yield WeekText(where=_at("Visitors", visitor.name, "Needs"), text=visitor.person.needs, need=True)
        yield WeekText(where=_at("Visitors", visitor.name, "Role"), text=visitor.person.role)
        yield WeekText(where=_at("Visitors", visitor.name, "Organisation"), text=visitor.person.organisation)


def _at(*parts: str) -> str:
    """Sheet, row and column as the workbook and the lists call them."""
    return ": ".join(parts)
