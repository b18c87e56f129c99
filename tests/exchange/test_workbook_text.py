"""Sheet names, headers, widths and row heights of workbooks for people."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.row_heights import row_height
from app.exchange.sheets import Column, Paper, Papers, Row, Sheet, Tone, sheet_names
from app.exchange.text_width import lines, width
from app.exchange.version import Version, version_line, version_name
from app.exchange.workbook_text import workbook_bytes

AT = dt.datetime(2026, 7, 9, 13, 5, tzinfo=dt.UTC)


@given(st.lists(st.text(max_size=60), max_size=30))
def test_sheet_names_are_legal_and_unique_whatever_the_texts(texts: list[str]) -> None:
    names = sheet_names(texts)
    assert len(names) == len(texts)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


def test_names_cut_to_the_same_31_characters_stay_apart() -> None:
    first, second = sheet_names(["T01 " + "x" * 40, "t01 " + "X" * 40])
    assert first.casefold() != second.casefold()


@given(st.text(max_size=300), st.sampled_from([9, 10, 16]), st.floats(20, 400))
def test_more_room_never_takes_more_lines(text: str, size: int, room: float) -> None:
    assert lines(text, size, room * 2) <= lines(text, size, room)


def test_wrapping_breaks_at_spaces_hyphens_and_where_it_must() -> None:
    word = width("mmmmmmmmmm", 10)
    assert lines("mmmmmmmmmm mmmmmmmmmm", 10, word + 1) == 2
    assert lines("mmmmmmmmm-mmmmmmmmmm", 10, word + 1) == 2
    assert lines("m" * 95, 10, word + 10) >= 10
    assert lines("a\n\nb", 10, 100) == 3


def test_a_row_is_as_tall_as_its_tallest_cell() -> None:
    one = row_height(["a", "b"], [Tone.TEXT, Tone.TEXT], [100, 100])
    three = row_height(["a", "b\nc\nd"], [Tone.TEXT, Tone.TEXT], [100, 100])
    assert three >= one + 2 * Tone.TEXT.size


def a_book(*rows: str, heading: str = "Week", marking: str = "OFFICIAL") -> openpyxl.Workbook:
    version = Version(number=1, at=AT)
    sheet = Sheet(
        name="Calls", titles=["Calls"], abouts=["Whom to ring"], columns=[Column(head="Who", share=1)],
        rows=[Row(values=[row], styles=[Tone.TEXT]) for row in rows], paper=Paper.A4_PORTRAIT,
    )  # fmt: skip
    papers = Papers(
        title="Calls", heading=heading, marking=marking, version_line=version_line(version), version=version
    )
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes([sheet], papers)))


@pytest.mark.parametrize("text", ["=1+1", "+44 1632 960001", "-1", "@SUM", "\t=1", "\r=1", "http://a.example", "#REF!"])
def test_text_is_written_as_text_without_a_link(text: str) -> None:
    cell = a_book(text)["Calls"]["A4"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\r", "\n")
    assert cell.hyperlink is None


def test_characters_that_a_workbook_cannot_hold_are_left_out() -> None:
    assert a_book("a\x00b\x0bc\ud800d")["Calls"]["A4"].value == "abcd"


def test_styles_are_named() -> None:
    sheet = a_book("a")["Calls"]
    assert [sheet[ref].style for ref in ("A1", "A2", "A3", "A4")] == [
        "Page title", "About the page", "Column heading", "Text",
    ]  # fmt: skip


def test_a_header_too_long_for_excel_is_cut_and_ampersands_are_doubled() -> None:
    sheet = a_book("a", heading="A & B " * 60, marking="M & M " * 60)["Calls"]
    text = str(sheet.HeaderFooter.oddHeader)
    assert len(text) <= 255


def test_versions_are_told_in_the_clocks_of_the_week() -> None:
    assert version_line(Version(number=3, replaces=2, at=AT)) == "Version 3, Thu 9 July 14:05, replaces 2"
    assert version_line(Version(number=1, at=AT)) == "Version 1, Thu 9 July 14:05"
    assert version_line(Version(at=AT)) == "Draft, Thu 9 July 14:05"
    assert version_name(Version(number=3, at=AT)) == "Version 3"
    assert version_name(Version(at=AT)) == "Draft, not yet published"
