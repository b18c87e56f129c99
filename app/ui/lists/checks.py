"""What cannot stand in a row though each of its cells can, in the words that a planning workbook's faults have."""

from __future__ import annotations

import datetime as dt

from app.exchange.planning.cells import BadCellError
from app.exchange.planning.vocabulary import SITES, SLOTS, TEAMS, VISITORS
from app.exchange.planning.week_sheet import is_email, order_troubles
from app.models.faults import Fault, Trouble
from app.models.names import fold
from app.models.people import Attendance, Availability, Wish
from app.models.places import ONLINE, ONLINE_ID, Offer, Road, Site, Slot
from app.models.view import WeekView
from app.models.week import Week
from app.text import translate
from app.ui.lists.column import Row
from app.ui.lists.headings import heading
from app.words.faults import sentence


class BadRowError(BadCellError):
    """Cells that do not go together; `column` is where the mend begins."""

    def __init__(self, column: str, trouble: Trouble, **facts: object) -> None:
        super().__init__(trouble, **facts)
        self.column = column


def said(bad: BadCellError, column: str) -> str:
    """What is wrong, and how to mend it: `Start: “9.75” is not a time of day; write it as …`."""
    where = bad.column if isinstance(bad, BadRowError) else column
    facts = tuple(sorted(bad.facts.items()))
    fault = Fault(file="", sheet="", column=where, trouble=bad.trouble, facts=facts)
    return f"{heading(where)}: {_own_words(fault) or sentence(fault)}."


def _own_words(fault: Fault) -> str:
    """What the window says otherwise than of a workbook's cells: it has lists for sheets, and no row to delete."""
    if fault.trouble is Trouble.BLANK:
        return translate("is blank but needed; fill it in")
    if fault.trouble is not Trouble.UNKNOWN_NAME:
        return ""
    words = translate("“{text}” is not in the list of {list}; correct the name, or add it there first")
    if fault.fact("near"):
        words = translate(
            "“{text}” is not in the list of {list}; did you mean “{near}”? Correct it, or add it there first"
        )
    return words.format(text=fault.fact("text"), list=_LISTS[str(fault.fact("list"))](), near=fault.fact("near"))


_LISTS = {
    SITES: lambda: translate("sites"), TEAMS: lambda: translate("teams"), SLOTS: lambda: translate("slots"),
    VISITORS: lambda: translate("visitors"),
}  # fmt: skip


def nothing(_view: WeekView, _row: Row) -> None:
    """A row whose cells always go together."""


def counts(_view: WeekView, row: Row) -> None:
    """A minimum is never over its maximum."""
    for part in row.parts:
        if isinstance(part, Attendance | Offer) and part.max_visits is not None and part.min_visits > part.max_visits:
            raise BadRowError("Min visits", Trouble.MIN_OVER_MAX, low=part.min_visits, high=part.max_visits)


def site(_view: WeekView, row: Row) -> None:
    """A protected site has a name to be shown as, and none is called `online`."""
    one = row.part(Site)
    if one.protected and not fold(one.alias):
        raise BadRowError("Shown as", Trouble.ALIAS_BLANK, text=one.name)
    if fold(one.name) == fold(ONLINE.name):
        raise BadRowError("Site", Trouble.BUILT_IN_SITE, text=one.name)


def road(_view: WeekView, row: Row) -> None:
    """A road leads between two different sites."""
    one = row.part(Road)
    if one.from_id == one.to_id:
        raise BadRowError("Minutes", Trouble.ROAD_SAME_SITE, number=one.minutes)
    if ONLINE_ID in (one.from_id, one.to_id):
        raise BadRowError("Minutes", Trouble.ROAD_ONLINE, number=one.minutes)


def slot(view: WeekView, row: Row) -> None:
    """A slot lies on a day of the week, and ends after it starts."""
    one = row.part(Slot)
    _ordered("End", one.start, one.end)
    week = view.week
    if not week.first_day <= one.day <= week.last_day:
        raise BadRowError("Date", Trouble.OUTSIDE_WEEK, date=one.day, first=week.first_day, last=week.last_day)


def availability(_view: WeekView, row: Row) -> None:
    """Both times, or none; and the end after the start."""
    one = row.part(Availability)
    if (one.start is None) != (one.end is None):
        raise BadRowError("From" if one.start is None else "To", Trouble.HALF_TIMES)
    if one.start is not None and one.end is not None:
        _ordered("To", one.start, one.end)


def wish(_view: WeekView, row: Row) -> None:
    """A wish is for a team or a service, not both."""
    one = row.part(Wish)
    if one.team_id and one.service:
        raise BadRowError("Service", Trouble.TEAM_AND_SERVICE)
    if not one.team_id and not one.service:
        raise BadRowError("Team", Trouble.TEAM_OR_SERVICE)


def week(_view: WeekView, row: Row) -> None:
    """The settings of a week go together."""
    one = row.part(Week)
    if one.organiser_email and not is_email(one.organiser_email):
        raise BadRowError("Organiser email", Trouble.NOT_AN_EMAIL, text=one.organiser_email)
    for setting, trouble, facts in order_troubles(one):
        raise BadRowError(setting, trouble, **facts)


def _ordered(column: str, start: dt.time, end: dt.time) -> None:
    if end <= start:
        raise BadRowError(column, Trouble.END_NOT_AFTER_START, start=start, end=end)
