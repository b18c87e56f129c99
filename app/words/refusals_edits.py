"""Why a change cannot be made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from app.models.change import Edit, Verb
from app.text import translate
from app.words.dates import day as day_words
from app.words.edits import edit_label, kind_words

Facts = Mapping[str, object]


def _blocked(facts: Facts, words: str) -> str:
    verb, named = facts.get("verb"), facts.get("facts", ())
    if not isinstance(verb, Verb) or not isinstance(named, tuple):
        return words.format(edit=translate("the change"))
    return words.format(edit=edit_label(Edit(verb=verb, facts=named, changes=())))


def _outside(facts: Facts) -> str:
    when = facts.get("day")
    return translate("{name} would lie outside {week}: {day}. Choose a day of the week, or change its days.").format(
        name=facts.get("name", ""), week=facts.get("week", ""), day=day_words(when) if isinstance(when, dt.date) else ""
    )


def _there_already(facts: Facts) -> str:
    if facts.get("slot"):
        return translate("{who} is in slot {slot} already.").format(who=facts.get("who", ""), slot=facts["slot"])
    return translate("{who} is there already.").format(who=facts.get("who", "")).strip()


SAYS: dict[str, Callable[[Facts], str]] = {
    "changed-meanwhile": lambda _: translate(
        "This was changed meanwhile. Nothing was done; look at it as it is now and try again."
    ),
    "dangling": lambda _: translate(
        "Something else still needs what this would take away, so it was not done. Delete that first."
    ),
    "undo-blocked": lambda facts: _blocked(
        facts,
        translate("Cannot undo {edit}: it was published or changed since. Make the change by hand instead."),
    ),
    "redo-blocked": lambda facts: _blocked(
        facts,
        translate("Cannot redo {edit}: it was published or changed since. Make the change by hand instead."),
    ),
    "no-way-there": lambda _: translate(
        "Undo and redo do not lead to that point: other changes were made after it was undone."
    ),
    "already-there": _there_already,
    "pinned": lambda facts: translate("{who} is pinned to slot {slot}. Unpin the visit first.").format(
        who=facts.get("who", ""), slot=facts.get("slot", "")
    ),
    "name-missing": lambda facts: translate("The {kind} needs a name.").format(
        kind=kind_words(str(facts.get("kind", "")))
    ),
    "name-taken": lambda facts: translate("There is a {kind} called {name} already. Choose another name.").format(
        kind=kind_words(str(facts.get("kind", ""))), name=facts.get("name", "")
    ),
    "alias-missing": lambda facts: translate(
        "{name} is protected, so it needs a name to show in its place (“Shown as”)."
    ).format(name=facts.get("name", "")),
    "end-not-after-start": lambda facts: translate("{name}: the end must come after the start.").format(
        name=facts.get("name", "")
    ),
    "outside-week": _outside,
    "below-zero": lambda facts: translate("{name}: numbers of visits cannot be below zero.").format(
        name=facts.get("name", "")
    ),
    "min-over-max": lambda facts: translate("{name}: the fewest visits cannot be more than the most.").format(
        name=facts.get("name", "")
    ),
    "no-places": lambda facts: translate("{name} needs at least one place.").format(name=facts.get("name", "")),
    "entry-too-long": lambda facts: translate(
        "A text has more than {limit:,} characters, so nothing was done. Shorten it, and try again."
    ).format(limit=facts.get("limit", 0)),
    "no-week": lambda _: translate("There is no week yet. Import a planning workbook, or start a new week."),
    "unknown-week": lambda facts: translate("There is no week called {name}.").format(name=facts.get("name", "")),
    "unknown-person": lambda facts: translate("There is nobody called {name}.").format(name=facts.get("name", "")),
}
