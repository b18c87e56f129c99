"""Where headings stand and what columns are: found where it is certain, asked where it is near, else left alone."""

from __future__ import annotations

from dataclasses import replace

from app.exchange.forms.layout import lay_out, lay_out_all, sure_alone, with_header
from app.exchange.forms.sheets import pasted
from app.models.forms import FormKind, Layout
from tests.builders import a_week, day
from tests.document.messy import tabbed

WEEK = a_week().week


def fields(layout: Layout) -> list[str]:
    """What each column was taken for, with a question mark where it is asked."""
    return [guess.field + "?" * (bool(guess.field) and not guess.sure) for guess in layout.guesses]


def test_near_headings_are_asked_and_unlike_ones_left_alone() -> None:
    layout = lay_out(pasted("Name\tJob tittle\tMaximun no of visits\tShoe size\nAnn\tHead\t2\t9", "p"), WEEK)
    assert fields(layout) == ["Visitor", "Role", "Max visits?", ""]
    assert fields(sure_alone(layout)) == ["Visitor", "Role", "", ""]


def test_a_heading_never_means_its_opposite() -> None:
    for heading in ("Days I cannot do", "Times not suitable", "Not available", "When are you unavailable?"):
        layout = lay_out(pasted(tabbed(("Name", "Job title", heading), ("Ann Lee", "Head", "Tue")), "p"), WEEK)
        assert fields(layout)[2] in {"", "Cannot come", "Cannot come?"}, heading
    for heading in ("Days I can do", "When are you free?"):
        layout = lay_out(pasted(tabbed(("Name", "Job title", heading), ("Ann Lee", "Head", "Tue")), "p"), WEEK)
        assert fields(layout)[2] in {"", "Can come", "Can come?"}, heading


def test_two_rows_of_headings_are_read_as_one() -> None:
    rows = tabbed(("Name", "Monday", "", "Tuesday", ""), ("", "am", "pm", "am", "pm"), ("Ann Lee", "yes", "", "", "no"))
    layout = lay_out(pasted(rows, "p"), WEEK)
    assert (layout.kind, layout.header) == (FormKind.TIMES, 2)
    assert [(guess.day, guess.span) for guess in layout.guesses[1:3]] == [
        (day(0), (8 * 60, 12 * 60)), (day(0), (12 * 60, 18 * 60)),
    ]  # fmt: skip


def test_tables_below_each_other_are_sheets_of_their_own_and_repeated_headings_are_not() -> None:
    people = ("Name", "Job title", "Email")
    slots = ("Team", "Date", "Start", "End")
    rows = tabbed(people, ("Ann Lee", "Head", ""), people, ("Bob Ray", "Head", ""), (), ("Slots",), slots,
                  ("MASH", "23/3/27", "9:30", "11:00"))  # fmt: skip
    found = lay_out_all([pasted(rows, "p")], WEEK)
    assert [layout.kind for _, layout in found] == [FormKind.VISITORS, FormKind.SLOTS]
    assert len({sheet.key for sheet, _ in found}) == 2


def test_a_hidden_sheet_is_read_only_where_somebody_says_so() -> None:
    sheet = replace(pasted("Name\tJob title\nAnn Lee\tHead", "p"), hidden=True)
    assert lay_out(sheet, WEEK).kind is None
    assert fields(with_header(sheet, FormKind.VISITORS, 1, WEEK)) == ["Visitor", "Role"]


def test_what_stands_above_the_headings_can_turn_the_marks_about() -> None:
    grid = (("Name", "Mon", "Tue", "Wed"), ("Ann Lee", "x", "", ""))
    assert not lay_out(pasted(tabbed(*grid), "p"), WEEK).against
    assert lay_out(pasted(tabbed(("Mark the days that you can NOT do",), *grid), "p"), WEEK).against
