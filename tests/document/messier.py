"""More forms as offices send them back: of each sort of trouble several, for the same week as `messy`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from openpyxl import Workbook

from app.models.names import identity
from tests.builders import slot_id
from tests.document.messy import ANN, FREE_TUE, SLOT, Case, book, sheets, tabbed

V = ("Name", "Job title", "Email", "Available", "Unavailable", "First choice", "Max visits")
ASKED_TIMES = ("to check: times-unclear",)
WORKS = "new: Activity=V"
MORNINGS = ", ".join(f"{day} March, 08:00–12:00=free" for day in ("Mon 22", "Tue 23", "Wed 24", "Thu 25", "Fri 26"))


def _free(*stretches: str) -> tuple[str, ...]:
    return ("changed: " + ", ".join(f"{one}=free" for one in stretches),)


def _times() -> Iterator[Case]:
    """What stands under "Available", and under "Unavailable"."""
    days = [f"{day} March" for day in ("Mon 22", "Tue 23", "Wed 24", "Thu 25", "Fri 26")]
    free: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Mon-Wed pm", _free(*(f"{day}, 12:00–18:00" for day in days[:3]))),
        ("w/c 22 March", _free(*days)), ("w/c 12 Oct", ASKED_TIMES), ("not Tues", ASKED_TIMES),
        ("any time exc. Thurs am", ASKED_TIMES), ("Tues 930-1130", _free("Tue 23 March, 09:30–11:30")),
        ("Tues 9am til noon", _free("Tue 23 March, 09:00–12:00")), ("Mon & Wed pm", ASKED_TIMES),
        ("Mon and Wed afternoons", _free("Mon 22 March, 12:00–18:00", "Wed 24 March, 12:00–18:00")),
        ("23-25 March", _free(*days[1:4])), ("Mon 22 Mar - Wed 24 Mar", _free(*days[:3])),
        ("I am free Tues", _free(days[1])), ("Tues/Thurs am", ASKED_TIMES), ("Tues 7-9", ASKED_TIMES),
        ("Tues 2-4", _free("Tue 23 March, 14:00–16:00")), ("03/23/27", ASKED_TIMES), ("07/13/26", ASKED_TIMES),
        ("mornings only", ASKED_TIMES), ("every morning", ("changed: " + MORNINGS,)), ("most days", ASKED_TIMES),
        ("Mon am Tue pm", _free("Mon 22 March, 08:00–12:00", "Tue 23 March, 12:00–18:00")),
        ("Tues 1300-1500hrs", _free("Tue 23 March, 13:00–15:00")), ("Tuesday lunchtime", ASKED_TIMES),
        ("from Wed", ASKED_TIMES), ("half day Tues", ASKED_TIMES), ("10am Tues", ASKED_TIMES), ("TBC", ("same",)),
        ("Yes", ASKED_TIMES), ("Tue am or Wed pm", ASKED_TIMES), ("Tuesday 24 March", ASKED_TIMES),
    )  # fmt: skip
    for said, expected in free:
        yield Case(f"free: {said}", tabbed(V, (ANN, "", "", said)), expected)
    busy: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("free Tues only", ASKED_TIMES), ("none", ("same",)), ("Council Tues pm", ASKED_TIMES),
        ("annual leave Tues-Thurs", ("changed: " + ", ".join(f"{day}=busy" for day in days[1:4]),)),
        ("can't do Mon", ("changed: Mon 22 March=busy",)), ("Tues am, otherwise free", ASKED_TIMES),
    )  # fmt: skip
    for said, expected in busy:
        yield Case(f"busy: {said}", tabbed(V, (ANN, "", "", "", said)), expected)


def _names() -> Iterator[Case]:
    near, odd, two = ("to check: near-name",), ("to check: odd-name",), ("error: two-people",)
    for name, expected in (
        ("Lee, Ann (Cllr)", ("changed: Role=Director",)), ("Ann", near), ("A. Lee", near), ("LEE Ann", near),
        ("Annie Lee", near), ("Ann Lee-Jones", near), ("Cllr Lee", near), ("Jane Smith", near),
        ("ann.lee@council.example", near), ("Return by:", odd), ("Vacant", odd), ("Signed", odd),
        ("TBC", ("error: name-missing",)), ("Mr & Mrs Smith", two), ("Ann Lee, John Smith", two),
        ("Bob Ray, Cy Poe", two), ("#REF!", ("error: not-read",)),
    ):  # fmt: skip
        yield Case(f"name: {name}", tabbed(V, (name, "Director")), expected)


def _cells() -> Iterator[Case]:
    unread = ("error: not-read",)
    for heading, said, expected in (
        ("Organisation", "#REF!", unread), ("Email", "mailto:a.lee@council.example", ("changed: Email=a.lee@council.example",)),
        ("Email", "a@council.example; b@council.example", ("error: bad-email",)), ("Email", "n/a", ("same",)),
        ("Email", "a@" * 2_400, ("error: bad-email",)), ("First choice", "MASH; x, " * 400, unread),
        ("PA", "TBC", ("same",)), ("DBS", "Enhanced", unread), ("Standby", "maybe", unread),
        ("Standby", "Y", ("changed: Standby=yes",)), ("Max visits", "2-3", unread),
        ("Base", "Town Hal", ("to check: unknown-place",)), ("First choice", "MASH team", ("to check: unknown-name",)),
        ("First choice", "no preference", ("same",)), ("First choice", "MASH or Leaving Care", ("to check: unknown-name",)),
        ("Days I cannot do", "Tues", ("same",)),
    ):  # fmt: skip
        yield Case(f"{heading}: {said[:40]}", tabbed(("Name", "Job title", heading), (ANN, "", said)), expected)


def _slots() -> Iterator[Case]:
    unread, half = ("error: not-read",), "to check: which-half"
    for date, start, end, expected in (
        ("07/13/26", "9:30", "11:00", unread), ("Weds", "2", "4", (half + ", which-half",)),
        ("Weds", "9.30am", "noon", (WORKS,)), ("Weds", "0930", "1130", (WORKS,)), ("Weds 24th", "9:30", "11", (WORKS,)),
        ("24-Mar-27", "10:00 AM", "12:00 PM", (WORKS,)), ("24 March", "9.30-11", "", (WORKS,)),
        ("24 March", "9:30", "", ("error: missing",)), ("24/03/2027 00:00", "10:00:00", "11:00", (WORKS,)),
        ("Tue 24 March", "10", "12", unread), ("every day", "10", "12", unread), ("46470", "10", "12", (WORKS,)),
        ("Weds", "12:30", "1:30", (half,)),
    ):  # fmt: skip
        yield Case(f"slot: {date}, {start} to {end}", tabbed(SLOT, ("MASH", date, start, end, "V", 1)), expected)
    day = dt.date(2027, 3, 24)
    yield Case(
        "slot: 2:00 by Excel", book(SLOT, ("MASH", day, dt.time(2), dt.time(4), "V", 1)), (half + ", which-half",)
    )
    yield Case("slot: 9.3 for half past", book(SLOT, ("MASH", day, 9.3, 11.0, "V", 1)), ("error: not-read, not-read",))
    yield Case("slot: last year's date", book(SLOT, ("MASH", dt.date(2026, 3, 24), dt.time(10), dt.time(11), "V", 1)),
               ("error: outside-week",))  # fmt: skip
    row = ("MASH", "23/03/27", "9:30", "11:00", "Huddle", slot_id("s-01"))
    yield Case("slot: a row copied down with its id", tabbed((*SLOT[:5], "Form id"), row, (row[0], "24/03/27", *row[2:])),
               ("to check: twice", "to check: twice"))  # fmt: skip
    yield Case("slot: numbers of each team's own", tabbed(
        ("Ref", *SLOT[:4]), ("1", "MASH", "24/03/27", "9:30", "11:00"), ("1", "Leaving Care", "24/03/27", "9:30", "11:00"),
    ), ("new", "new"))  # fmt: skip
    yield Case("team: another's id", tabbed(
        ("Team", "Service", "Site", "Form id"), ("Night team", "Social care", "Town Hall", identity("team", "MASH")),
    ), ("to check: near-name",))  # fmt: skip
    yield Case("team: telephone by Excel", book(("Team", "Service", "Contact number"), ("MASH", None, 1865123456)),
               ("changed: Host phone=01865123456",))  # fmt: skip


def _hide_old(made: Workbook) -> None:
    made["Old"].sheet_state = "hidden"


def _formula(made: Workbook) -> None:
    made.worksheets[0]["B2"] = "=VLOOKUP(A2,X!A:B,2)"


def _whole() -> Iterator[Case]:
    right = ("changed: Role=Director",)
    yield Case("title, notes, header on row 7, signature", book(
        ("Practice Week returns",), ("By Friday",), (), ("Contact: Jo", "01865 123456"), (), (), V, (ANN, "Director"), (),
        ("Total", *[None] * 5, 4), ("Signed:", "J Bloggs"),
    ), (*right, "left out: total", "to check: odd-name"))  # fmt: skip
    yield Case("signature of an e-mail", "Name\tJob title\nAnn Lee\tDirector\n\nKind regards\nJo Bloggs\n",
               (*right, "to check: odd-name", "to check: odd-name"))  # fmt: skip
    yield Case(
        "groups between the rows", book(V, ("Chief officers",), (ANN, "Director")), ("to check: odd-name", *right)
    )
    yield Case("grid under two rows of headings", book(
        ("Name", "Monday", None, "Tuesday", None), (None, "am", "pm", "am", "pm"), (ANN, None, None, None, "free"),
    ), (FREE_TUE,))  # fmt: skip
    yield Case("host and deputy under two rows of headings", book(
        ("Team", "Service", "Host", None, "Deputy"), (None, None, "Name", "Email", "Name"),
        ("MASH", None, "Jo Bright", "jo@council.example", "Al Dee"),
    ), ("changed: Host=Jo Bright, Host email=jo@council.example, Deputy=Al Dee",))  # fmt: skip
    yield Case("days as columns of a visitor form", book(
        ("Name", "Job title", "Email", "Mon", "Tue", "Wed"), (ANN, "Director", None, "✓", None, "✓"),
    ), ("changed: Role=Director, Mon 22 March=free, Wed 24 March=free",))  # fmt: skip
    yield Case("ticks for the days that do not suit", book(
        ("Please tick the days you are not available",), ("Name", "Mon", "Tue", "Wed"), (ANN, "✓", None, None),
    ), ("to check: mark-unclear",))  # fmt: skip
    yield Case(
        "times in a grid of days", book(("Name", "Mon", "Tue", "Wed"), (ANN, "am only", None, "free")), ASKED_TIMES
    )
    yield Case("grid with halves in brackets", book(
        ("Name", "Monday 22nd March (AM)", "Tuesday 23rd March (AM)", "Tuesday 23rd March (PM)"), (ANN, None, None, "yes"),
    ), (FREE_TUE,))  # fmt: skip
    yield Case("free and away at once", tabbed(V, (ANN, "", "", "Tues pm", "Tues")), ("to check: times-clash",))
    yield Case("free but for a day", tabbed(V, (ANN, "", "", "Mon-Wed", "Tues")),
               ("changed: Mon 22 March=free, Tue 23 March=free, Wed 24 March=free, Tue 23 March=busy",))  # fmt: skip
    yield Case("busy: yes", tabbed(("Name", "Date", "Busy"), (ANN, "Tues", "yes")), ("to check: mark-unclear",))
    yield Case("two tables on a sheet", book(
        ("Name", "Job title", "Email"), (ANN, "Director"), (), ("Slots offered",), SLOT,
        ("MASH", "24/03/27", "10:00", "11:00", "V", 1),
    ), (*right, WORKS))  # fmt: skip
    table = (("Name", "Job title"), ("John Smith", "Old role"))
    mine = (("Name", "Job title"), (ANN, "Director"))
    yield Case("a hidden sheet of last year", sheets(("Returns", mine), ("Old", table), change=_hide_old), right)
    yield Case("the form on the third sheet", sheets(("Notes", (("Hello",),)), ("Lists", (("Yes",), ("No",))), ("R", mine)),
               right)  # fmt: skip
    yield Case("a formula never worked out", sheets(("R", (("Name", "Job title"), (ANN, "")),), change=_formula),
               ("error: not-read",))  # fmt: skip
    yield Case("two versions that differ", sheets(("Old", mine), ("New", (("Name", "Job title"), ("Lee, Ann", "Head")))),
               ("to check: twice", "to check: twice"))  # fmt: skip
    yield Case("two versions that go together", sheets(
        ("A", mine), ("B", (("Name", "Job title", "Max visits"), ("Lee, Ann", None, 3))),
    ), (*right, "changed: Max visits=3"))  # fmt: skip
    yield Case("the same row twice", tabbed(V, (ANN, "Director"), ("Ann  Lee", "Director")), (*right, "same"))
    yield Case("Windows letters", "Name,Job title\r\nZoë Núñez,Élan – Director\r\n".encode("cp1252"),
               ("changed: Role=Élan – Director",), "form.csv")  # fmt: skip
    yield Case("UTF-16 with tabs", "Name\tJob title\nZoë Núñez\tDirector\n".encode("utf-16"), right, "form.txt")
    yield Case("semicolons, quotes and sep=", 'sep=;\nName;Job title\n"Lee, Ann";"Head; of service"\n',
               ("changed: Role=Head; of service",), "form.csv")  # fmt: skip
    yield Case("no headings at all", tabbed((ANN, "Director", "ann.lee@council.example")), ())


MORE: tuple[Case, ...] = (*_times(), *_names(), *_cells(), *_slots(), *_whole())
