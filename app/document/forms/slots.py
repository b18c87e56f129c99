"""A row of the slot form: what a team offers, on which day, from when to when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from app.document.forms import cells as read
from app.document.forms.row import NEW, SKIP, TAKE, TWICE, LeftOutError, Row
from app.document.forms.times import both_ends
from app.document.lists import next_name, unused_id
from app.exchange.forms.fields import ID
from app.models.forms import Ask
from app.models.names import fold
from app.models.places import Slot, Team
from app.words.dates import between, day

_READ_HERE = frozenset({"Slot", "Date", "Start", "End"})


def read_slot(row: Row) -> str:
    """Read the row; gives the slot in words."""
    team = _team_of(row)
    if team is None:
        return ""
    on, start, end = both_ends(row, "Start", "End", needed=True)
    if on is None or start is None or end is None:
        return team.name
    if end <= start:
        row.ask(Ask.REFUSED, "End" if "End" in row.columns else "Times", expected="end-start")
        return team.name
    old = _known_slot(row, team, on, start)
    name = old.name if old else _fresh_name(row)
    row.new = old is None
    slot = old or Slot(
        id=unused_id(row.known.plan, "slots", "slot", row.known.week.name, name), week_id=row.known.week.id,
        name=name, team_id=team.id, day=on, start=start, end=end,
    )  # fmt: skip
    row.about += [("slot", slot.id), ("slot", team.id, on.isoformat(), start.isoformat())]
    before = slot = row.known.latest(slot)
    slot = row.plain("slots", slot, without=_READ_HERE)
    slot = replace(slot, team_id=team.id, day=on, start=start, end=end, name=name)
    row.differs("Date", day(before.day), day(on))
    row.differs("Times", between(before.start, before.end), between(start, end))
    if before.team_id != team.id:
        row.differs("Team", row.known.teams[before.team_id].name, team.name)
    if slot.places < 1:
        row.ask(Ask.REFUSED, "Places", expected="places")
    row.keep(slot)
    return f"{team.name}, {day(on)}, {between(start, end)}"


def _team_of(row: Row) -> Team | None:
    said, answer = row.said("Team"), row.answer("Team")
    if answer == SKIP:
        raise LeftOutError(Ask.UNKNOWN_NAME)
    if answer in row.known.teams:
        return row.known.teams[answer]
    if not said:
        if not row.above:
            row.ask(Ask.NAME_MISSING, "Team")
            return None
        if answer != TAKE:
            row.ask(Ask.ABOVE, "Team", ((TAKE, row.above), (SKIP, "")), above=row.above)
            return None
        said = row.above
    team = row.known.team(said)
    if team is None:
        if read.is_error(said):
            row.ask(Ask.NOT_READ, "Team", expected="formula")
        else:
            row.ask(Ask.UNKNOWN_NAME, "Team", row.known.teams_for(said, (SKIP, "")))
    return team


def _known_slot(row: Row, team: Team, on: dt.date, start: dt.time) -> Slot | None:
    """The slot of that id, of that name, or of that team, day and start; none where somebody said that it is new.

    A row that was copied down keeps its id: where another slot stands at its time, it is that one.
    """
    if row.answer(TWICE) == NEW:
        return None
    mine = row.known.slots_of(team)
    told = fold(row.said("Slot"))
    own = row.known.slots.get(row.said(ID))
    named = next((slot for slot in mine if told and fold(slot.name) == told), None)
    same = next((slot for slot in mine if (slot.day, slot.start) == (on, start)), None)
    return own if own is not None and same is None else named or same


def _fresh_name(row: Row) -> str:
    """The slot's own name, or, where another has it, the next free one."""
    said = row.said("Slot")
    if said and fold(said) not in row.known.slot_names:
        return said
    row.known.last_name = next_name(row.known.last_name, row.known.slot_names)
    return row.known.last_name
