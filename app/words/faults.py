"""Faults and notices of files from others, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, assert_never

from app.models.faults import Fault, Trouble
from app.text import translate
from app.words.dates import clock, day_year, listed

_MOST = 60


def line(fault: Fault) -> str:
    """`FILE: Sheet!H4 (Column): what is wrong; how to mend it`; a notice begins with `note: `."""
    told = f"{_one_line(fault.file)}: {place(fault)}: {_one_line(sentence(fault))}"
    return f"note: {told}" if fault.notice else told


def place(fault: Fault) -> str:
    """`Sheet!H4 (Column)`."""
    found = fault.sheet + (f"!{fault.cell}" if fault.cell else "")
    return _one_line(f"{found} ({fault.column})" if fault.column else found)


def sentence(fault: Fault) -> str:
    """What is wrong, and after a semicolon how to mend it, without the place."""
    return _sentence(fault, {key: _shown(value) for key, value in fault.facts}, fault.fact)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shown(value: object) -> str:
    if isinstance(value, dt.date):
        return day_year(value)
    if isinstance(value, dt.time):
        return clock(value)
    if isinstance(value, tuple):
        return listed([str(one) for one in value], translate("or"))
    if isinstance(value, int):
        return f"{value:,}"
    text = str(value)
    return text if len(text) <= _MOST else text[: _MOST - 1] + "…"


def _sentence(fault: Fault, shown: dict[str, str], fact: Callable[[str], Any]) -> str:  # noqa: PLR0915 -- one arm for each trouble
    said: str
    match fault.trouble:
        case Trouble.SHEET_MISSING:
            said = translate("this sheet is missing; add a sheet of this name; it may be empty below its header row")
        case Trouble.SHEET_TWICE:
            said = translate("there are two sheets of this name; rename or delete one of them")
        case Trouble.COLUMN_MISSING:
            said = translate("this column is missing; add a column with this header in row 1")
        case Trouble.COLUMN_TWICE:
            said = translate("this column is there twice, first at {first}; keep one of them and delete the other")
        case Trouble.TOO_MANY_ROWS:
            said = translate("there are more than {limit} rows; delete rows that are not needed, or split the file")
        case Trouble.TOO_MANY_COLUMNS:
            said = translate("there is something beyond column {limit}; delete the columns that are not needed")
        case Trouble.TOO_LONG:
            said = translate("{number} characters are too many; shorten the text to {limit} characters")
        case Trouble.SETTING_MISSING:
            said = translate("the setting “{setting}” is missing; add a row with “{setting}” and its value")
        case Trouble.SETTING_TWICE:
            said = translate("the setting “{setting}” is there twice, first at {first}; keep one of the two rows")
        case Trouble.BLANK:
            if fact("setting"):
                said = translate("“{setting}” has no value; fill it in")
            else:
                said = translate("is blank but needed; fill it in, or delete the whole row")
        case Trouble.ALIAS_BLANK:
            said = translate(
                "“{text}” is protected but has no name to be shown as; fill in the name that others may see"
            )
        case Trouble.FORMULA:
            said = translate(
                "holds a formula that was never worked out; open the file in Excel and save it, or type the value"
            )
        case Trouble.ERROR_CELL:
            said = translate("holds the error {text}; mend the formula, or type the value")
        case Trouble.NOT_A_DATE:
            said = translate("“{text}” is not a date; write it as an Excel date or like 2027-03-26")
        case Trouble.NOT_A_TIME:
            said = translate("“{text}” is not a time of day; write it as an Excel time or like 09:30")
        case Trouble.HAS_SECONDS:
            said = translate("“{text}” has seconds; write whole minutes, like 09:30")
        case Trouble.NOT_A_NUMBER:
            said = translate("“{text}” is not a number; write a whole number in digits")
        case Trouble.NEGATIVE:
            said = translate("“{text}” is below 0; write a whole number, 0 or more")
        case Trouble.FRACTION:
            said = translate("“{text}” is not a whole number; write it without a fraction")
        case Trouble.TOO_SMALL:
            said = translate("“{text}” is too few; write {limit} or more")
        case Trouble.TOO_LARGE:
            said = translate("“{text}” is too large; write {limit} or less")
        case Trouble.NOT_YES_NO:
            said = translate("“{text}” is neither yes nor no; write yes or no")
        case Trouble.NOT_A_WORD:
            said = translate("“{text}” is not a word that can stand here; write {words}")
        case Trouble.UNKNOWN_NAME:
            if fact("near"):
                said = translate(
                    "“{text}” is not on the sheet {list}; did you mean “{near}”? Correct it, or add it there"
                )
            else:
                said = translate("“{text}” is not on the sheet {list}; correct the name, or add it there")
        case Trouble.UNKNOWN_SERVICE:
            said = translate("no team has the service “{text}”; write {words}, or name it on a team")
        case Trouble.TWICE:
            said = translate("“{text}” is there twice, first at {first}; delete one of the two rows, or rename it")
        case Trouble.END_NOT_AFTER_START:
            said = translate("{end} is not after {start}; correct one of the two")
        case Trouble.MIN_OVER_MAX:
            said = translate("the minimum of {low} is over the maximum of {high}; lower the one or raise the other")
        case Trouble.OUTSIDE_WEEK:
            said = translate("{date} is outside the week, {days}; correct the date, or the week's first or last day")
        case Trouble.HALF_TIMES:
            said = translate("one of the two times is missing; fill in both, or leave both blank for the whole day")
        case Trouble.TEAM_AND_SERVICE:
            said = translate(
                "a team and a service are both given; keep one of the two, and use a second row for the other"
            )
        case Trouble.TEAM_OR_SERVICE:
            said = translate("neither a team nor a service is given; fill in one of the two")
        case Trouble.BUILT_IN_SITE:
            said = translate("the site “{text}” is built in; delete this row")
        case Trouble.ROAD_ONLINE:
            said = translate("there is no road to the site “online”, but {number} minutes are given; delete this row")
        case Trouble.ROAD_SAME_SITE:
            said = translate(
                "a road of {number} minutes leads from a site to itself; correct one of the sites, or delete this row"
            )
        case Trouble.TIME_ZONE:
            said = translate("the time zone “{text}” is not known here; write Europe/London, or leave it blank")
        case Trouble.UNKNOWN_PRIORITY:
            said = translate("“{text}” is not a priority; choose from {words}, with commas between")
        case Trouble.PRIORITY_TWICE:
            said = translate("the priority “{text}” is there twice; keep it in one place")
        case Trouble.LUNCH_TOO_LONG:
            said = translate(
                "{number} minutes of lunch do not fit into {limit}; make the window longer, or lunch shorter"
            )
        case Trouble.WEEK_TOO_LONG:
            said = translate(
                "the week would have {number} days; correct the first or the last day; {limit} days are the most"
            )
        case Trouble.NOT_AN_EMAIL:
            said = translate("“{text}” is not an e-mail address; write one address, like name@council.example")
        case Trouble.UNKNOWN_SHEET:
            said = translate(
                "this sheet is not part of a planning workbook and is left out; rename it if it should be read"
            )
        case Trouble.UNKNOWN_COLUMN:
            said = translate("this column is not known and is left out; rename it if it should be read")
        case Trouble.NO_HEADER:
            said = translate(
                "this cell stands under no header and is left out; write a header in row 1 if it should be read"
            )
        case Trouble.UNKNOWN_SETTING:
            said = translate("the setting “{text}” is not known and is left out; correct its name if it should be read")
        case Trouble.DATE_HAS_TIME:
            said = translate("“{text}” holds a time of day, which is left out; write the date alone")
        case Trouble.AVAILABILITY_OUTSIDE:
            said = translate(
                "{date} is outside the week, {days}, and changes nothing; correct the date if it is a slip"
            )
        case Trouble.VISITOR_EMAIL_MISSING:
            said = translate(
                "{text} has no e-mail address, nor an assistant with one; fill it in, or no invitation can be made"
            )
        case Trouble.VISITOR_EMAIL_ASSISTANT:
            said = translate("{text} has no e-mail address; fill it in, or invitations go to the assistant, {other}")
        case Trouble.TEAM_EMAIL_MISSING:
            said = translate(
                "the host of {text} has no e-mail address; fill it in, or no invitation can be made for the host"
            )
        case Trouble.SLOT_EMAIL_MISSING:
            said = translate(
                "{text}, the host of {slot}, has no e-mail address; fill it in, or this host gets no invitation"
            )
        case Trouble.EMAIL_ODD:
            said = translate("“{text}” does not look like an e-mail address; correct it, or invitations may not arrive")
        case Trouble.NO_FREE_SLOT:
            said = translate(
                "{text} is free for no slot that is offered; ask for more slots, or check the sheet Availability"
            )
        case Trouble.TEAM_NOT_LISTED:
            said = translate(
                "“{text}” is no longer on the sheet Teams and is kept as a past visit; correct the name if it is a slip"
            )
        case Trouble.ROADS_MISSING:
            if fact("number") == 1:
                said = translate("the road {pairs} is not given and counts 0 minutes; add it if it takes time")
            elif fact("number") == len(fact("pairs")):
                said = translate("{number} roads are not given and count 0 minutes: {pairs}; add those that take time")
            else:
                said = translate(
                    "{number} roads are not given and count 0 minutes, among them {pairs}; add those that take time"
                )
            shown["pairs"] = listed([f"“{pair}”" for pair in fact("pairs")])
        case _:
            assert_never(fault.trouble)
    shown["days"] = _days(fact("first"), fact("last"))
    shown = {**dict.fromkeys(("first", "near", "setting"), ""), **shown}
    return said.format(**shown)


def _days(first: object, last: object) -> str:
    """From when to when the week is, as far as both are known."""
    if isinstance(first, dt.date) and isinstance(last, dt.date):
        return translate("{first} to {last}").format(first=day_year(first), last=day_year(last))
    if isinstance(first, dt.date):
        return translate("which begins on {first}").format(first=day_year(first))
    return translate("which ends on {last}").format(last=_shown(last))
