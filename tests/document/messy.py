"""Forms as offices send them back, and what must become of each; more of them in `messier`.

`python -m tests.document.messy` prints the table.

Every row is either taken as it was meant, asked about, or told as left out; none is silently wrong. An outcome is
written `state: what changes or is asked`.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.document.forms.check import check
from app.exchange.forms.layout import lay_out_all, sure_alone
from app.exchange.forms.sheets import pasted, read_guarded
from app.models.forms import Checked, FormRow, RawSheet
from app.models.plan import Plan
from tests.builders import Builder, a_week

HEAD = ("Name", "Job title", "E-mail", "Available", "Unavailable", "First choice", "How many visits")
SLOT = ("Team", "Date", "Start", "End", "Activity", "Places")


def week() -> Builder:
    """Four people of whom two have names alike, and three teams, one of them protected."""
    return (
        a_week().site("Rose House", protected=True, alias="Home A")
        .team("MASH").team("Leaving Care").team("Rose House", "Children's homes", "Rose House")
        .visitor("Ann Lee", email="ann.lee@council.example", role="Head of service")
        .visitor("Zoë Núñez", email="zoe@council.example")
        .visitor("John Smith", email="john.smith@council.example").visitor("Jon Smithe", email="jon@council.example")
        .slot("s-01", "MASH", on=1, start="09:30", end="11:00", activity="Huddle")
    )  # fmt: skip


def tabbed(*rows: tuple[object, ...]) -> str:
    """Rows as a pasted block."""
    return "\n".join("\t".join("" if cell is None else str(cell) for cell in row) for row in rows)


def sheets(
    *of: tuple[str, Sequence[tuple[object, ...]]], change: Callable[[Workbook], None] | None = None
) -> bytes:  # fmt: skip
    """A workbook of these sheets; `change` does to it what offices do."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in of:
        page = made.create_sheet(title)
        for row in rows:
            page.append(list(row))
    if change is not None:
        change(made)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def book(
    *rows: tuple[object, ...], change: Callable[[Worksheet], None] | None = None, title: str = "Sheet1"
) -> bytes:  # fmt: skip
    """Rows as a workbook of one sheet."""
    return sheets((title, rows), change=None if change is None else lambda made: change(made.worksheets[0]))


@dataclass(frozen=True, slots=True)
class Case:
    """One form: how offices do that, what came, and what must become of its rows, in their order."""

    how: str
    came: str | bytes
    expected: tuple[str, ...]
    file: str = "form.xlsx"


def person(*cells: object) -> tuple[object, ...]:
    """A row under HEAD."""
    return cells


def read(case: Case) -> list[RawSheet]:
    """The sheets of what came."""
    return [pasted(case.came, case.file)] if isinstance(case.came, str) else read_one(case.file, case.came)


def read_one(name: str, data: bytes) -> list[RawSheet]:
    """The sheets of one file, as the limited process reads it."""
    sheets, refused = read_guarded(json.dumps([[name, len(data)]]).encode() + b"\n" + data, "")
    assert not refused
    return sheets


def checked(case: Case, plan: Plan, week_id: str) -> Checked:
    """What becomes of it, columns that are not sure left aside, as the command does."""
    pairs = lay_out_all(read(case), plan.weeks[week_id])
    return check(plan, week_id, [(sheet, sure_alone(layout)) for sheet, layout in pairs if layout.kind is not None])


def outcome(row: FormRow) -> str:
    """`changed: Role=Director` or `to check: near-name`."""
    said = [asked.ask.value for asked in row.asks] or [f"{field}={new}" for field, _, new in row.altered]
    return f"{row.state.value}: {', '.join(said)}" if said else row.state.value


def _hide(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True


def _merge(sheet: Worksheet) -> None:
    sheet.merge_cells("A1:G1")


ANN = "Ann Lee"
FREE_TUE = "changed: Tue 23 March, 12:00–18:00=free"
CASES: tuple[Case, ...] = (
    Case("plain, our own words", tabbed(HEAD, (ANN, "Director")), ("changed: Role=Director",)),
    Case("merged title row", book(("Practice week returns",), HEAD, (ANN, "Director"), change=_merge),
         ("changed: Role=Director",)),
    Case("header on row 7", book(("Council",), (), ("Please return",), (), ("By Friday",), (), HEAD, (ANN, "Director")),
         ("changed: Role=Director",)),
    Case("blank first column", tabbed(("", *HEAD), ("", ANN, "Director")), ("changed: Role=Director",)),
    Case("renamed headings", tabbed(("Your name", "Position", "When can you come?"), (ANN, "Director", "Tues pm")),
         ("changed: Role=Director, Tue 23 March, 12:00–18:00=free",)),
    Case("misspelt heading", tabbed(("Name", "Job tittle", "E-mail adress"), (ANN, "Director")),
         ("changed: Role=Director",)),
    Case("columns in another order", tabbed(("E-mail", "Job title", "Name"), ("", "Director", ANN)),
         ("changed: Role=Director",)),
    Case("capitals and spaces", tabbed(("NAME ", " JOB  TITLE"), ("ann  LEE", "Director")), ("changed: Role=Director",)),
    Case("surname first", tabbed(HEAD, ("Lee, Ann", "Director")), ("changed: Role=Director",)),
    Case("title before the name", tabbed(HEAD, ("Cllr Ann Lee", "Director")), ("changed: Role=Director",)),
    Case("remark behind the name", tabbed(HEAD, ("Ann Lee (Tuesdays only)", "Director")), ("changed: Role=Director",)),
    Case("accents left out", tabbed(HEAD, ("Zoe Nunez", "Director")), ("changed: Role=Director",)),
    Case("accents of another kind", tabbed(HEAD, ("Zoe Nuñes", "Director")), ("to check: near-name",)),
    Case("a slip in the name", tabbed(HEAD, ("Anne Lee", "Director")), ("to check: near-name",)),
    Case("a name like two others", tabbed(HEAD, ("Jon Smith", "Director")), ("to check: near-name",)),
    Case("another's address", tabbed(HEAD, ("Bob Ray", "Director", "ann.lee@council.example")),
         ("to check: email-of-other",)),
    Case("somebody new", tabbed(HEAD, ("Mary Newcomer", "Director")), ("new: Role=Director",)),
    Case("two people in one cell", tabbed(HEAD, ("Ann Lee & John Smith", "Director")), ("error: two-people",)),
    Case("two people on two lines", book(HEAD, ("Ann Lee\nJohn Smith", "Director")), ("error: two-people",)),
    Case("no name", tabbed(HEAD, ("", "Director", "new@council.example")), ("error: name-missing",)),
    Case("the same person twice", tabbed(HEAD, (ANN, "Director"), (ANN, "Head")),
         ("to check: twice", "to check: twice")),
    Case("trailing total", tabbed(HEAD, (ANN, "Director"), ("Total", "", "", "", "", "", 12)),
         ("changed: Role=Director", "left out: total")),
    Case("sum without a word", book(HEAD, (ANN, "Director", None, None, None, None, 2), (None,) * 6 + (2,)),
         ("changed: Role=Director, Max visits=2", "left out: remark")),
    Case("remark below the table", tabbed(HEAD, (ANN, "Director"), ("Please return this form by Friday",)),
         ("changed: Role=Director", "left out: remark")),
    Case("headings repeated", tabbed(HEAD, (ANN, "Director"), HEAD), ("changed: Role=Director",)),
    Case("hidden column and row", book(HEAD, (ANN, "Director"), ("John Smith", "Head"), change=_hide),
         ("changed: Role=Director", "to check: hidden")),
    Case("wrong sheet first", book(("Notes",), ("Nothing here",), title="Intro"), ()),
    Case("half a day", tabbed(HEAD, (ANN, "", "", "Tues PM")), (FREE_TUE,)),
    Case("all day in words", tabbed(HEAD, (ANN, "", "", "", "all day Weds")), ("changed: Wed 24 March=busy",)),
    Case("the whole week", tabbed(HEAD, (ANN, "", "", "", "all week")),
         ("changed: Mon 22 March=busy, Tue 23 March=busy, Wed 24 March=busy, Thu 25 March=busy, Fri 26 March=busy",)),
    Case("times with dots", tabbed(HEAD, (ANN, "", "", "Thurs 9.30-11.30")), ("changed: Thu 25 March, 09:30–11:30=free",)),
    Case("a choice of days", tabbed(HEAD, (ANN, "", "", "Tues or Thurs")), ("to check: times-unclear",)),
    Case("days but not one", tabbed(HEAD, (ANN, "", "", "any day except Friday")), ("to check: times-unclear",)),
    Case("half of which day?", tabbed(HEAD, (ANN, "", "", "Mon, Tues am")), ("to check: times-unclear",)),
    Case("no time at all", tabbed(HEAD, (ANN, "", "", "whenever suits you")), ("to check: times-unclear",)),
    Case("date and day disagree", tabbed(HEAD, (ANN, "", "", "Friday 22 March")), ("to check: times-unclear",)),
    Case("a team misspelt", tabbed(HEAD, (ANN, "", "", "", "", "Leaving Car")), ("to check: unknown-name",)),
    Case("a team by its alias' site", tabbed(HEAD, (ANN, "", "", "", "", "mash")), ("changed: MASH=first choice",)),
    Case("a number in words", tabbed(HEAD, (ANN, "", "", "", "", "", "two")), ("changed: Max visits=2",)),
    Case("a number that is none", tabbed(HEAD, (ANN, "", "", "", "", "", "2 or 3")), ("error: not-read",)),
    Case("an address that is none", tabbed(HEAD, (ANN, "", "ann at council")), ("error: bad-email",)),
    Case("an address with a name", tabbed(HEAD, (ANN, "", "Ann <a.lee@council.example>")),
         ("changed: Email=a.lee@council.example",)),
    Case("slot: typed UK date and times", tabbed(SLOT, ("MASH", "24/03/27", "9.30", "11am", "Visit", 1)), ("new: Activity=Visit",)),
    Case("slot: dots in the date", tabbed(SLOT, ("MASH", "24.3.27", "14:00", "15:00", "Visit")), ("new: Activity=Visit",)),
    Case("slot: Excel's own dates", book(SLOT, ("MASH", dt.datetime(2027, 3, 24), dt.time(9, 30), dt.time(11), "Visit", 1)),
         ("new: Activity=Visit",)),
    Case("slot: both times in one cell", tabbed(("Team", "Day", "Time", "What"), ("MASH", "Weds", "9.30-11.30", "Visit")),
         ("new: Activity=Visit",)),
    Case("slot: team only in the first row", tabbed(SLOT, ("MASH", "24/03/27", "9.30", "11.00", "Visit"),
                                                  ("", "25/03/27", "9.30", "11.00", "Visit")),
         ("new: Activity=Visit", "to check: above")),
    Case("slot: another week", tabbed(SLOT, ("MASH", "24/04/27", "9.30", "11.00", "Visit")), ("error: outside-week",)),
    Case("slot: end before start", tabbed(SLOT, ("MASH", "24/03/27", "11.00", "9.30", "Visit")), ("error: refused",)),
    Case("slot: known already", tabbed(SLOT, ("MASH", "23/03/27", "9.30", "11.00", "Huddle")), ("same",)),
    Case("slot: team unknown", tabbed(SLOT, ("Youth team", "24/03/27", "9.30", "11.00", "Visit")),
         ("to check: unknown-name",)),
    Case("grid of half-days", tabbed(("Name", "Mon am", "Mon pm", "Tue am", "Tue pm"), (ANN, "", "", "", "free")), (FREE_TUE,)),
    Case("grid with crosses", tabbed(("Name", "Mon am", "Mon pm", "Tue am"), (ANN, "x", "", "")),
         ("to check: mark-unclear",)),
    Case("semicolons from another Excel", "Name;Job title;E-mail\nAnn Lee;Director;\n", ("changed: Role=Director",),
         "form.csv"),
    Case("an earlier week's form", tabbed(("Visitor", "Role", "Form id", "Form version"), (ANN, "Director", "", "Autumn week · 1")),
         ("to check: old-form",)),
    Case("the opposite in one heading", tabbed(("Name", "Job title", "Not available"), (ANN, "", "Tues PM")),
         ("changed: Tue 23 March, 12:00–18:00=busy",)),
)  # fmt: skip


def main() -> None:
    """Print the table of outcomes."""
    built = week()
    plan, week_id = built.plan(), built.week.id
    right = asked = 0
    print("| form | outcome | as it must be |\n| --- | --- | --- |")
    from tests.document.messier import MORE

    for case in (*CASES, *MORE):
        found = tuple(outcome(row) for row in checked(case, plan, week_id).rows)
        fits = found == case.expected
        some = any(one.startswith(("to check", "error")) for one in found)
        asked += fits and some
        right += fits and not some
        print(
            f"| {case.how} | {'<br>'.join(found) or 'no form in it'} | {'yes' if fits else 'NO: ' + str(case.expected)} |"
        )
    wrong = len(CASES) + len(MORE) - right - asked
    print(f"\n{len(CASES) + len(MORE)} forms: {right} taken as meant, {asked} asked about, {wrong} otherwise")


if __name__ == "__main__":
    main()
