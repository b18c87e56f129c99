"""What is asked of a form, row by row, in plain English, with how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from pathlib import PurePath
from typing import assert_never

from app.models.forms import Ask, Asked, Checked, FormKind, FormRow, RowState
from app.text import translate
from app.words.dates import counted

_QUOTED = 80


def kind_word(kind: FormKind) -> str:
    """What a sheet tells of."""
    match kind:
        case FormKind.VISITORS:
            return translate("Visitors")
        case FormKind.TEAMS:
            return translate("Teams")
        case FormKind.SLOTS:
            return translate("Slots")
        case FormKind.TIMES:
            return translate("Free and busy times")
        case _:
            assert_never(kind)


def state_word(state: RowState) -> str:
    """The state of a row."""
    match state:
        case RowState.NEW:
            return translate("new")
        case RowState.CHANGED:
            return translate("changed")
        case RowState.SAME:
            return translate("same")
        case RowState.CHECK:
            return translate("to check")
        case RowState.ERROR:
            return translate("error")
        case RowState.LEFT_OUT:
            return translate("left out")
        case _:
            assert_never(state)


def checked_words(checked: Checked) -> str:
    """`38 ready · 4 to check · 2 errors · 12 same · 1 left out`."""
    ready, check = len(checked.ready), len(checked.of(RowState.CHECK))
    errors, same = len(checked.of(RowState.ERROR)), len(checked.of(RowState.SAME))
    left = len(checked.of(RowState.LEFT_OUT))
    parts = [
        translate("{count} ready").format(count=ready), translate("{count} to check").format(count=check),
        counted(errors, translate("error"), translate("errors")),
    ]  # fmt: skip
    if same:
        parts.append(translate("{count} the same as known").format(count=same))
    if left:
        parts.append(translate("{count} left out").format(count=left))
    return " · ".join(parts)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"


def _expected(asked: Asked) -> str:
    match asked.facts.get("expected", ""):
        case "count":
            return translate("is no whole number; write one, such as 2")
        case "yes-no":
            return translate("is neither yes nor no; write one of the two")
        case "word":
            return translate("is none of the words for this; choose one")
        case "date":
            return translate("is no date; write it as 13/10/2026 or Tue 13 Oct")
        case "time":
            return translate("is no time; write it as 09:30")
        case "range":
            return translate("does not tell start and end; write it as 09:30-11:00")
        case "formula":
            return translate("is an error of Excel's, or was never worked out; write what belongs here")
        case "wishes":
            return translate("names too much at once; write teams and services alone, with a ; between them")
        case "min-max":
            return translate("the least number of visits is above the most; mend one of them")
        case "end-start":
            return translate("the end is not after the start; mend one of them")
        case "places":
            return translate("a slot needs 1 place or more")
        case _:
            return translate("cannot be read; shorten or mend it")


def ask_words(asked: Asked) -> str:
    """The question or fault in one sentence; what is quoted is the cell's text."""
    text, facts = _short(asked.text), asked.facts
    match asked.ask:
        case Ask.NAME_MISSING:
            return translate("No name: write whom or what this row is about")
        case Ask.TWO_PEOPLE:
            return translate("“{text}” seems to be several people; write one name a row").format(text=text)
        case Ask.NEAR_NAME:
            return translate("Is “{text}” the known {other}, or somebody new?").format(text=text, other=facts["other"])
        case Ask.EMAIL_OF_OTHER:
            return translate("The e-mail address is {other}'s. Is “{text}” the same person?").format(
                text=text, other=facts["other"]
            )
        case Ask.UNKNOWN_NAME:
            return translate("“{text}” is not known; which one is meant?").format(text=text)
        case Ask.UNKNOWN_PLACE:
            return translate("The site “{text}” is not known; which one is meant, or is it new?").format(text=text)
        case Ask.ODD_NAME:
            return translate("Is “{text}” a name?").format(text=text)
        case Ask.TWICE if "row" not in facts:
            return translate("Another row about the same counts; left out")
        case Ask.TWICE:
            return translate("{where} is about the same and says something else; which one counts?").format(
                where=_other_row(facts)
            )
        case Ask.TWO_WISHES:
            return translate("“{text}” stands among two sorts of wishes; write it in one of them").format(text=text)
        case Ask.OTHER_TIMES:
            return translate("Known so far: can come {read}. Does that still hold beside what the form says?").format(
                read=facts["read"]
            )
        case Ask.TIMES_CLASH:
            return translate("The times that suit are also among those that do not; does the row count all the same?")
        case Ask.WHICH_HALF:
            return translate("“{text}” is before the working day; which time is meant?").format(text=text)
        case Ask.BAD_EMAIL:
            return translate("“{text}” is not one e-mail address; mend it").format(text=text)
        case Ask.NOT_READ | Ask.REFUSED:
            said = _expected(asked)
            return translate("“{text}” {expected}").format(text=text, expected=said) if text else said
        case Ask.TIMES_UNCLEAR if facts.get("several"):
            return translate("“{text}” can be read in more than one way; which one is meant?").format(text=text)
        case Ask.TIMES_UNCLEAR if facts.get("read"):
            return translate("“{text}”: does that mean {read}?").format(text=text, read=facts["read"])
        case Ask.TIMES_UNCLEAR:
            return translate(
                "“{text}” cannot be read with certainty as times of this week; write it as Tue pm, or Thu 09:30-12:00"
            ).format(text=text)
        case Ask.OUTSIDE_WEEK:
            return translate("“{text}” lies outside the week").format(text=text)
        case Ask.MARK_UNCLEAR:
            return translate("What does “{text}” mean on this sheet: busy, free, or rather not?").format(text=text)
        case Ask.MISSING:
            return translate("Nothing here, but it is needed")
        case Ask.ABOVE:
            return translate("Blank: is it “{above}”, as in the row above?").format(above=facts["above"])
        case Ask.OLD_FORM:
            return translate("The form was made for “{version}”, not for this week; does it count?").format(
                version=facts.get("version", "")
            )
        case Ask.HIDDEN:
            return translate("This row is hidden in the file; does it count?")
        case _:
            return _left_out(asked.ask)


def _other_row(facts: Mapping[str, str]) -> str:
    place = ", ".join(part for part in (facts.get("file", ""), facts.get("sheet", "")) if part)
    if not place:
        return translate("Row {row}").format(row=facts["row"])
    return translate("Row {row} of {place}").format(row=facts["row"], place=place)


def _left_out(ask: Ask) -> str:
    match ask:
        case Ask.EMPTY:
            return translate("Nothing filled in; left out")
        case Ask.TOTAL:
            return translate("A total of other rows; left out")
        case Ask.EXAMPLE:
            return translate("The example row; left out")
        case _:
            return translate("A remark, not a row of the form; left out")


def choice_words(asked: Asked, key: str, words: str) -> str:
    """What can be answered."""
    match key:
        case "new" if asked.ask is Ask.UNKNOWN_PLACE:
            return translate("New site “{text}”").format(text=asked.text)
        case "new" if asked.ask is Ask.TWICE:
            return translate("One more slot beside it")
        case "new" if asked.ask is Ask.ODD_NAME:
            return translate("Yes, somebody or something new")
        case "new":
            return translate("Somebody or something new")
        case "skip" if asked.ask in {Ask.TIMES_UNCLEAR, Ask.UNKNOWN_PLACE, Ask.MARK_UNCLEAR, Ask.TWO_WISHES}:
            return translate("Leave this cell alone")
        case "skip":
            return translate("Leave it out")
        case "take" | "take1" if asked.facts.get("several"):
            return words
        case "take" | "take1" if asked.ask is Ask.TIMES_UNCLEAR:
            return translate("Yes: {read}").format(read=words)
        case "take" if asked.ask is Ask.ABOVE:
            return translate("Yes: {above}").format(above=words)
        case "take" if asked.ask is Ask.OTHER_TIMES:
            return translate("Yes, keep it too")
        case "drop":
            return translate("No, the form stands in its place")
        case "take":
            return translate("This row counts")
        case _:
            return words


def place_words(row: FormRow, asked: Asked | None = None) -> str:
    """`returns.xlsx, Sheet1, B7`."""
    cell = asked.cell if asked else translate("row {number}").format(number=row.number)
    return ", ".join(part for part in (PurePath(row.file).name, row.sheet, cell) if part)


def row_lines(row: FormRow) -> list[str]:
    """Everything worth telling of a row: questions, else what changes."""
    told = [asked for asked in row.asks if asked.ask not in {Ask.EMPTY, Ask.EXAMPLE}]
    lines = [f"{place_words(row, asked)}: {_field(asked)}{ask_words(asked)}{_perhaps(asked)}" for asked in told]
    if not lines and row.state in {RowState.NEW, RowState.CHANGED}:
        changes = "; ".join(altered_words(*one) for one in row.altered)
        lines.append(f"{place_words(row)}: {row.name} – {state_word(row.state)}" + (f": {changes}" if changes else ""))
    return lines


def _perhaps(asked: Asked) -> str:
    """The likeliest answers to a question that names none itself."""
    if asked.ask in {Ask.UNKNOWN_NAME, Ask.UNKNOWN_PLACE, Ask.NEAR_NAME} or "several" in asked.facts:
        likely = takewhile(lambda choice: choice[0] not in {"new", "skip"}, asked.choices)
        words = [choice_words(asked, *choice) for choice in likely]
        if words:
            return translate(" Perhaps: {choices}").format(choices=" / ".join(words))
    return ""


def altered_words(field: str, old: str, new: str) -> str:
    """`Role: Head of service → Director`, or `Role: Director`."""
    return f"{field}: {old} → {new or translate('nothing')}" if old else f"{field}: {new}"


def _field(asked: Asked) -> str:
    name = asked.field.partition("|")[0]
    return f"{name}: " if name[:1].isupper() else ""
