"""A week written as a planning workbook is the same week when read, in a file that Excel users can work with."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

from app.errors import Refused
from app.exchange.logos import MOST_BYTES, as_text
from app.exchange.planning import read_planning, write_planning
from app.exchange.planning.reader import read_guarded
from app.exchange.planning.vocabulary import SETTINGS, SHEETS, WEEK
from app.models.plan import Plan
from app.models.view import view
from app.resources import resource
from app.words.faults import line
from tests.builders import a_week
from tests.weeks import weeks


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(weeks())
def test_a_week_out_and_in_is_the_same_week(plan: Plan) -> None:
    [week_id] = plan.weeks
    result = read_guarded(write_planning(view(plan, week_id)), "out.xlsx")
    assert [line(fault) for fault in result.faults] == []
    assert result.plan == plan
    assert result.week_id == week_id


@pytest.mark.parametrize("name", ["oxfordshire-2019.xlsx", "awkward-2026.xlsx"])
def test_the_samples_out_and_in_are_the_same_weeks(name: str) -> None:
    first = read_planning(resource("samples", name))
    assert first.plan is not None
    data = write_planning(view(first.plan, first.week_id))
    assert data == write_planning(view(first.plan, first.week_id))
    assert read_guarded(data, name).plan == first.plan


def test_the_largest_logo_that_is_kept_goes_out_and_comes_in() -> None:
    logo = as_text(b"\x89PNG\r\n\x1a\n" + bytes(MOST_BYTES - 8))
    week = a_week(logo=logo).team("Front door")
    result = read_guarded(write_planning(week.view()), "out.xlsx")
    assert result.plan is not None
    assert result.plan.weeks[result.week_id].logo == logo
    assert as_text(b"\x89PNG\r\n\x1a\n" + bytes(MOST_BYTES)) == ""


def test_every_sheet_column_and_setting_is_written() -> None:
    book = load_workbook(io.BytesIO(write_planning(a_week().team("Front door").view())))
    assert book.sheetnames == [shape.title for shape in SHEETS]
    for shape in SHEETS:
        heads = [cell.value for cell in next(book[shape.title].iter_rows(max_row=1))]
        assert heads == [column.name for column in shape.columns]
    settings_written = [row[0].value for row in book[WEEK].iter_rows(min_row=2)]
    assert settings_written == [setting.name for setting in SETTINGS]


def test_text_is_text_whatever_it_begins_with() -> None:
    names = ["=SUM(A1)", "+1", "-1", "@x", "#REF!", "=HYPERLINK(1)"]
    week = a_week(dress="=1+1")
    for name in names:
        week.visitor(name, needs="=cmd|' /C calc'!A0")
    book = load_workbook(io.BytesIO(write_planning(week.view())))
    for sheet in book:
        for row in sheet.iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type in ("f", "e")]
    assert {cell.value for cell in book["Visitors"]["A"][1:]} == set(names)


def test_the_file_names_no_author_path_or_moment() -> None:
    data = write_planning(a_week().view())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"<dcterms:\w+[^>]*>([^<]*)<", core) == ["2000-01-01T00:00:00Z"] * 2
    assert "creator" not in core
    assert "lastModifiedBy" not in core


def test_words_and_names_come_with_lists_that_forbid_nothing() -> None:
    book = load_workbook(io.BytesIO(write_planning(a_week().view())))
    lists = {str(one.sqref): one for one in book["Slots"].data_validations.dataValidation}
    assert lists["B2:B5001"].formula1 == "'Teams'!$A$2:$A$5001"
    assert lists["L2:L5001"].formula1 == '"not needed,to ask,given,refused"'
    assert not any(one.showErrorMessage for one in lists.values())


def test_a_team_that_only_the_past_speaks_of_is_listed_with_no_visits() -> None:
    week = a_week().visitor("Ann").team("Old team").seen("Ann", "Old team")
    for key, entity in list(week.entities.items()):
        if type(entity).__name__ == "Offer":
            del week.entities[key]
    result = read_guarded(write_planning(week.view()), "x.xlsx")
    assert result.plan is not None
    [past] = result.plan.past_visits.values()
    assert past.team_id is not None
    assert [offer.max_visits for offer in result.plan.offers.values()] == [0]


def test_a_text_that_the_reader_would_not_take_back_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        write_planning(a_week(dress="x" * 5001).view())
    assert caught.value.code == "text-too-long"
