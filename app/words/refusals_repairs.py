"""Why a repair cannot be looked for, or not be adopted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from app.text import translate
from app.words.dates import day as day_words

Facts = Mapping[str, object]


def _day(facts: Facts, key: str = "day") -> str:
    day = facts.get(key)
    return day_words(day) if isinstance(day, dt.date) else ""


SAYS: dict[str, Callable[[Facts], str]] = {
    "upset-unreadable": lambda facts: translate(
        "“{text}” cannot be read: after {name} give {form}, such as 2027-03-23 and 09:00-12:30."
    ).format(text=facts.get("text", ""), name=facts.get("name", ""), form=facts.get("form", "")),
    "upset-nameless": lambda facts: translate("“{text}” names nobody and nothing; begin with a name.").format(
        text=facts.get("text", "")
    ),
    "upset-outside": lambda facts: translate("{day} is no day of {week}. Give one of its days.").format(
        day=_day(facts), week=facts.get("week", "")
    ),
    "slot-other-day": lambda facts: translate(
        "Slot {slot} is on {day}, not on {other}. Leave the date out, or name the slot of that day."
    ).format(slot=facts.get("slot", ""), day=_day(facts), other=_day(facts, "other")),
    "no-such-option": lambda facts: (
        translate("There is nothing to adopt: nothing needs mending.")
        if not facts.get("count")
        else translate("There is no mend {number}; choose one of 1 to {count}.").format(
            number=facts.get("number", ""), count=facts.get("count", "")
        )
    ),
    "apply-needs-database": lambda facts: translate(
        "{path}: a mend can be adopted in a database alone; import the workbook into one first."
    ).format(path=facts.get("path", "")),
}
