"""What an edit is called in the history, and after the words Undo and Redo."""

from __future__ import annotations

import datetime as dt
from typing import Protocol, assert_never

from app.models.change import Verb
from app.text import translate
from app.words.dates import counted, when

_DIGITS = 10
"""No count of rows has so many."""


class Named(Protocol):
    """An edit, or a line of the history: anything with a verb and facts."""

    @property
    def verb(self) -> Verb: ...

    def fact(self, key: str) -> str: ...


def edit_label(edit: Named) -> str:
    """The edit as words that follow *Undo*: "move of Ann Lee to Tue 9 July, 10:00"."""
    return _visits(edit) or _lists(edit) or _weeks(edit)


def undo_label(edit: Named) -> str:
    """`Undo move of Ann Lee to Tue 9 July, 10:00`."""
    return translate("Undo {edit}").format(edit=edit_label(edit))


def redo_label(edit: Named) -> str:
    """`Redo move of Ann Lee to Tue 9 July, 10:00`."""
    return translate("Redo {edit}").format(edit=edit_label(edit))


def history_label(edit: Named) -> str:
    """The edit as a line that stands alone: it begins with a capital."""
    words = edit_label(edit)
    return words[:1].upper() + words[1:]


def _visits(edit: Named) -> str:
    who, where, moment = edit.fact("who"), edit.fact("where"), _when(edit.fact("when"))
    match edit.verb:
        case Verb.PLACE:
            return translate("visit of {who} to {where}, {when}").format(who=who, where=where, when=moment)
        case Verb.MOVE:
            return translate("move of {who} to {when}, {where}").format(who=who, when=moment, where=where)
        case Verb.SWAP:
            return translate("swap of {who} and {other}").format(who=who, other=edit.fact("other_who"))
        case Verb.TO_TRAY:
            return translate("taking {who} off {where}, {when}").format(who=who, where=where, when=moment)
        case Verb.PIN:
            return _one_or_more(edit, translate("pin of {who} at {where}"), translate("pin of {visits}"))
        case Verb.UNPIN:
            return _one_or_more(edit, translate("unpin of {who} at {where}"), translate("unpin of {visits}"))
        case Verb.PERMIT if edit.fact("reason"):
            return translate("permission for {who} at {where}").format(who=who, where=where)
        case Verb.PERMIT:
            return translate("end of the permission for {who} at {where}").format(who=who, where=where)
        case Verb.STATUS:
            return translate("{who} at {where}: {status}").format(who=who, where=where, status=edit.fact("status"))
        case _:
            return ""


def _lists(edit: Named) -> str:
    match edit.verb:
        case Verb.ADD:
            return translate("new {what}").format(what=_what(edit))
        case Verb.CHANGE:
            return translate("change of {what}").format(what=_what(edit))
        case Verb.DELETE:
            return _deletion(edit)
        case Verb.DUPLICATE:
            days = counted(_number(edit, "count", 1), translate("more day"), translate("more days"))
            return translate("copy of slot {name} to {days}").format(name=edit.fact("name"), days=days)
        case Verb.PASTE:
            return translate("paste of {rows}").format(
                rows=counted(_number(edit, "count", 1), translate("row"), translate("rows"))
            )
        case Verb.AVAILABILITY:
            return _of(edit, translate("times of {who}"), translate("change of free and busy times"))
        case Verb.WISHES:
            return _of(edit, translate("wishes of {who}"), translate("change of wishes"))
        case Verb.DIARY:
            return _of(edit, translate("diary of {who}"), translate("diary"))
        case Verb.ANSWERS:
            return counted(_number(edit, "count", 1), translate("answer"), translate("answers"))
        case Verb.FORMS:
            return translate("replies from {what}").format(what=edit.fact("file") or translate("forms"))
        case Verb.RELEASE:
            return _of(edit, translate("release of a protected place to {who}"), translate("release of a place"))
        case Verb.TICK:
            return _of(edit, translate("call to {who}"), translate("tick in the call list"))
        case _:
            return ""


def _weeks(edit: Named) -> str:
    week = edit.fact("week")
    match edit.verb:
        case Verb.IMPORT:
            return translate("import of {file}").format(file=edit.fact("file") or week or translate("a workbook"))
        case Verb.MATCH:
            return translate("match of the week")
        case Verb.REPAIR:
            return _of(edit, translate("repair around {who}"), translate("repair of the week"))
        case Verb.SETTINGS:
            return translate("change of the week's settings")
        case Verb.NEW_WEEK:
            return translate("new week {week}").format(week=week).strip()
        case Verb.COPY_WEEK:
            return translate("copy as week {week}").format(week=week).strip()
        case Verb.ARCHIVE_WEEK:
            return translate("archiving of {week}").format(week=week or translate("the week"))
        case Verb.PUBLISH:
            number = edit.fact("number")
            return translate("publication {number}").format(number=number) if number else translate("publication")
        case Verb.POSTPONE:
            return translate("postponement of the week")
        case Verb.CANCEL_WEEK:
            return translate("cancellation of the week")
        case Verb.ERASE:
            return translate("erasure of a person's data")
        case Verb.SALVAGE:
            return translate("rescue of what could be read of {file}").format(
                file=edit.fact("file") or translate("a damaged file")
            )
        case (
            Verb.PLACE | Verb.MOVE | Verb.SWAP | Verb.TO_TRAY | Verb.PIN | Verb.UNPIN | Verb.PERMIT | Verb.STATUS
            | Verb.ADD | Verb.CHANGE | Verb.DELETE | Verb.DUPLICATE | Verb.PASTE | Verb.AVAILABILITY | Verb.WISHES
            | Verb.RELEASE | Verb.TICK | Verb.DIARY | Verb.ANSWERS | Verb.FORMS
        ):  # fmt: skip
            return ""  # said above
        case _:
            assert_never(edit.verb)


def _one_or_more(edit: Named, one: str, many: str) -> str:
    if edit.fact("who"):
        return one.format(who=edit.fact("who"), where=edit.fact("where"))
    return many.format(visits=counted(_number(edit, "count", 0), translate("visit"), translate("visits")))


def _of(edit: Named, named: str, unnamed: str) -> str:
    who = edit.fact("who") or edit.fact("name")
    return named.format(who=who) if who else unnamed


def _deletion(edit: Named) -> str:
    hanging = _number(edit, "hanging", 0)
    words = translate("deletion of {what}").format(what=_what(edit))
    if not hanging:
        return words
    return translate("{words}, with {entries} that hung on it").format(
        words=words, entries=counted(hanging, translate("entry"), translate("entries"))
    )


def kind_words(table: str, count: int = 1) -> str:
    """The word for an entity of that table: `visitor`, `visitors`."""
    one, many = {
        "weeks": (translate("week"), translate("weeks")),
        "sites": (translate("site"), translate("sites")),
        "roads": (translate("travel time"), translate("travel times")),
        "teams": (translate("team"), translate("teams")),
        "offers": (translate("team"), translate("teams")),
        "people": (translate("visitor"), translate("visitors")),
        "attendances": (translate("visitor"), translate("visitors")),
        "slots": (translate("slot"), translate("slots")),
        "availability": (translate("free or busy time"), translate("free or busy times")),
        "wishes": (translate("wish"), translate("wishes")),
        "past_visits": (translate("past visit"), translate("past visits")),
        "visits": (translate("visit"), translate("visits")),
        "publications": (translate("publication"), translate("publications")),
        "issued": (translate("sent file"), translate("sent files")),
        "calls": (translate("call"), translate("calls")),
        "releases": (translate("release"), translate("releases")),
    }.get(table, (translate("entry"), translate("entries")))
    return one if count == 1 else many


def _what(edit: Named) -> str:
    count = _number(edit, "count", 1)
    kind, name = edit.fact("kind"), edit.fact("name")
    if count > 1:
        return f"{count:,} {kind_words(kind, count)}"
    if kind == "roads" and name and edit.fact("other"):
        return translate("travel time from {site} to {other}").format(site=name, other=edit.fact("other"))
    if kind in {"wishes", "availability", "past_visits", "visits"} and name:
        return translate("{kind} of {name}").format(kind=kind_words(kind), name=name)
    return f"{kind_words(kind)} {name}".strip()


def _number(edit: Named, key: str, otherwise: int) -> int:
    """A number among the facts. Other programs may have written anything there."""
    text = edit.fact(key)
    return int(text) if text.isdecimal() and len(text) < _DIGITS else otherwise


def _when(iso: str) -> str:
    """The moment in words; what is no moment is no words."""
    try:
        moment = dt.datetime.fromisoformat(iso)
    except ValueError:
        return ""
    return when(moment.date(), moment.time())
