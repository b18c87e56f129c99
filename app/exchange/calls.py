"""The call list of a publication: who is to be told what changed, old → new, one line a person and visit."""

from __future__ import annotations

from collections.abc import Iterable

from app.exchange.calendar.said import Said
from app.exchange.ledger import Diff, News, Sending
from app.exchange.safe import Safe, clean_line
from app.models.names import fold, identity
from app.models.publication import Call, Recipient
from app.models.view import WeekView
from app.text import translate
from app.words.dates import between, day


def calls(diff: Diff, week: WeekView, publication_id: str) -> tuple[Call, ...]:
    """The call list, by time of the visit and name.

    Somebody whose address changed is one line, though the old calendar is sent a cancellation.
    """
    grouped: dict[tuple[str, Recipient, str], list[Sending]] = {}
    for sending in diff.sendings:
        if not sending.silent:
            grouped.setdefault((sending.uid, sending.recipient, fold(sending.name)), []).append(sending)
    return tuple(_call(group, week, publication_id) for group in grouped.values())


def _call(group: list[Sending], week: WeekView, publication_id: str) -> Call:
    told = next((one for one in group if one.news is not News.CANCELLED), None)
    lost = next((one for one in group if one.news is News.CANCELLED), None)
    one = told or group[0]
    before = (told.before if told else None) or (lost.before if lost else None)
    old = "" if before is None else moment(before)
    new = "" if told is None else moment(told.said)
    if old and old == new:
        new = translate("{new} (details changed)").format(new=new)
    return Call(
        id=identity("call", publication_id, one.uid, one.recipient.value, one.name),
        publication_id=publication_id,
        visit_id=one.visit_id,
        recipient=one.recipient,
        name=one.name,
        contact=_contact(one, week),
        old=old,
        new=new,
    )


def moment(said: Said) -> str:
    """A visit in one line: `Tue 9 July, 10:30–11:30, Front door, Town Hall`."""
    times = between(said.start.time(), said.end.time())
    return ", ".join(part for part in (f"{day(said.start.date())}, {times}", said.about, said.location) if part)


def _contact(one: Sending, week: WeekView) -> str:
    """How to reach somebody: a host by telephone, a visitor through the assistant, else by e-mail.

    An address that would give a protected place away is left out.
    """
    safe = Safe.of(week)
    ways: Iterable[str] = ()
    if one.recipient is Recipient.HOST:
        hosts = (
            team.team for team in week.teams.values()
            if safe.team_name(team) == one.said.folder and safe.line(team.team.host) in {one.name, ""}
        )  # fmt: skip
        ways = [team.host_phone for team in hosts]
    elif (visit := week.plan.visits.get(one.visit_id)) is not None and visit.person_id in week.plan.people:
        person = week.plan.people[visit.person_id]
        ways = (person.assistant, person.assistant_email)
    found = [clean_line(way) for way in ways if way.strip()] or [one.address]
    return ", ".join(way for way in found if safe.line(way) == way)
