"""Names of visits, people and times as sentences write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from app.models.view import ALL_DAY, Span, WeekSlot, WeekView
from app.models.visits import VisitStatus
from app.text import translate
from app.words.dates import between, clock_at, day, listed

_NAMED = 4
"""How many names a sentence lists before it says how many more there are."""


def slot_label(slot: WeekSlot | None) -> str:
    """`MASH (front door), Tue 9 July, 10:00–12:00`."""
    if slot is None:
        return translate("a slot that is gone")
    return f"{slot.team.name}, {when_label(slot)}"


def when_label(slot: WeekSlot | None) -> str:
    """`Tue 9 July, 10:00–12:00`."""
    return translate("a slot that is gone") if slot is None else f"{day(slot.day)}, {between(slot.start, slot.end)}"


def visitor_name(view: WeekView, person_id: str | None) -> str:
    """The name of a visitor of the week, or of anybody known; "somebody" where there is none."""
    person = view.plan.people.get(person_id or "")
    return person.name if person else translate("somebody")


def team_name(view: WeekView, team_id: str | None) -> str:
    """The name of a team; blank where there is none."""
    team = view.plan.teams.get(team_id or "")
    return team.name if team else ""


def resolved(view: WeekView, names: Sequence[str]) -> list[str]:
    """Names as people read them; an id of a visitor or a team is turned into its name."""
    return [
        view.visitors[name].name if name in view.visitors else view.teams[name].name if name in view.teams else name
        for name in names
    ]


def named(names: Sequence[str]) -> str:
    """`A, B and C`; from the fifth on `A, B, C and 2 more`."""
    if len(names) <= _NAMED:
        return listed(names)
    more = translate("{count} more").format(count=len(names) - _NAMED + 1)
    return listed([*names[: _NAMED - 1], more])


def spans_label(spans: Iterable[Span]) -> str:
    """`10:00–12:00 and 14:00–15:00`."""
    return listed([_span(span) for span in spans])


def _span(span: Span) -> str:
    if span == ALL_DAY:
        return translate("all day")
    return f"{clock_at(span.start)}–{clock_at(span.end)}"


def status_name(status: VisitStatus) -> str:
    """How far a visit has come, in a word."""
    match status:
        case VisitStatus.PROPOSED:
            return translate("Proposed")
        case VisitStatus.PUBLISHED:
            return translate("Published")
        case VisitStatus.CONFIRMED:
            return translate("Confirmed")
        case VisitStatus.DECLINED:
            return translate("Declined")
        case VisitStatus.HELD:
            return translate("Held")
        case VisitStatus.CANCELLED:
            return translate("Cancelled")
        case _:
            assert_never(status)
