"""A row of the visitor form: who comes, how often, when, and what they wish for."""

from __future__ import annotations

import re

from app.document.forms.cells import no_wish
from app.document.forms.people import person_of
from app.document.forms.row import SKIP, Row
from app.document.forms.times import marks, not_at_odds, others_too, spoken
from app.exchange.planning import cells
from app.models.forms import Ask
from app.models.names import fold, identity
from app.models.people import Attendance, Liking, Person, Presence, Wish

_LIKINGS = {
    "First choice": Liking.FIRST_CHOICE, "Would like": Liking.LIKE, "Rather not": Liking.RATHER_NOT,
    "Never": Liking.NEVER,
}  # fmt: skip
_MOST_WISHES = 40
_PRESENCES = {"Can come": Presence.FREE, "Cannot come": Presence.BUSY}


def read_visitor(row: Row) -> str:
    """Read the row; gives whom it is about."""
    person = person_of(row, new=True)
    if person is None:
        return ""
    row.about.append(("person", person.id))
    week = row.known.week
    taking = row.known.attendances.get(person.id)
    row.new = row.new or taking is None
    if taking is None:
        taking = Attendance(
            id=identity("attendance", week.name, person.name), week_id=week.id, person_id=person.id
        )  # fmt: skip
    row.keep(row.plain("people", person))
    taking = row.plain("attendances", taking)
    row.keep_counts(taking)
    for name, state in _PRESENCES.items():
        spoken(row, name, state, person)
    marks(row, person)
    not_at_odds(row)
    others_too(row, person)
    for name, liking in _LIKINGS.items():
        _wishes(row, name, liking, person)
    return person.name


def _wishes(row: Row, name: str, liking: Liking, person: Person) -> None:
    said = cells.shown(row.cell(name))
    if len(re.split(r"[;,\n]", said)) > _MOST_WISHES:
        row.ask(Ask.NOT_READ, name, expected="wishes")
        return
    for item in re.split(r"[;\n]", said):
        wanted = " ".join(item.split()).strip(" ,.")
        if wanted and not no_wish(wanted):
            _wish(row, name, wanted, liking, person)


def _wish(row: Row, name: str, wanted: str, liking: Liking, person: Person) -> None:
    team, service = row.known.team(wanted), row.known.service(wanted)
    answer = row.answer(name, wanted)
    if team is None and not service:
        team, service = row.known.teams.get(answer), row.known.service(answer)
    if team is None and not service:
        if answer == SKIP:
            return
        if "," in wanted:
            for part in wanted.split(","):
                if part.strip():
                    _wish(row, name, part.strip(), liking, person)
            return
        choices = (*row.known.near_services(wanted), *row.known.teams_for(wanted, (SKIP, "")))
        row.ask(Ask.UNKNOWN_NAME, name, choices, item=wanted)
        return
    team_id = team.id if team is not None else None
    old = next(
        (
            wish for wish in row.known.wishes.get(person.id, ())
            if wish.team_id == team_id and fold(wish.service) == ("" if team_id else fold(service))
        ),
        None,
    )  # fmt: skip
    of, what = ("team", team.name) if team is not None else ("service", service)
    week = row.known.week
    wish = Wish(
        id=old.id if old else identity("wish", week.name, person.name, of, what), week_id=week.id, person_id=person.id,
        team_id=team_id, service="" if team_id else service, liking=liking, reason=old.reason if old else "",
    )  # fmt: skip
    before = row.put.get(wish.id)
    if isinstance(before, Wish) and before.liking is not liking:
        if answer != SKIP:
            row.ask(Ask.TWO_WISHES, name, ((SKIP, ""),), item=wanted)
        return
    row.differs(what, old.liking.value if old else "", liking.value)
    row.keep(wish)
