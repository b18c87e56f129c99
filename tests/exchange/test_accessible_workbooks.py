"""Every workbook that goes out can be read by a screen reader, cell by cell: a lint over rota, packs and call list."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from app.document.folders import pack_of
from app.document.publishing import publish_edit
from app.engine.check import problems
from app.exchange.ledger import publication_diff, publications
from app.exchange.outputs import Outcome, everything
from app.models.change import Verb
from app.models.plan import Plan
from app.models.view import view
from tests.builders import Builder, a_week
from tests.exchange.pages.test_pages import a_busy_week

AT = dt.datetime(2027, 3, 1, 13, 5, tzinfo=dt.UTC)


def outcome_of(week: Builder) -> Outcome:
    shown = week.view()
    return Outcome(view=shown, problems=problems(shown), reached=(), unmet=())


def two_versions() -> tuple[Plan, str]:
    """A week published, changed, and published again."""
    week = a_busy_week()
    plan, week_id = week.plan(), week.week.id
    plan = plan.apply(publish_edit(plan, publication_diff(plan, week_id), AT))
    gone = next(iter(view(plan, week_id).counted))
    plan = plan.apply(plan.edit(Verb.TO_TRAY, drop=[gone], week_id=week_id))
    return plan.apply(publish_edit(plan, publication_diff(plan, week_id), AT + dt.timedelta(days=1))), week_id


def all_workbooks() -> dict[str, bytes]:
    plan, week_id = two_versions()
    made = {f"draft/{path}": data for path, data in everything(outcome_of(a_busy_week()), at=AT).files.items()}
    made |= {f"empty/{path}": data for path, data in everything(outcome_of(a_week()), at=AT).files.items()}
    for one in publications(plan, week_id):
        made |= {f"version {one.number}/{path}": data for path, data in pack_of(plan, one).files.items()}
    return {path: data for path, data in made.items() if path.endswith(".xlsx")}


WORKBOOKS = all_workbooks()


def test_the_lint_sees_every_sort_of_workbook() -> None:
    alone = ("rota.xlsx", "calls.xlsx", "day-sheets.xlsx")
    names = {path.rpartition("/")[2] if path.endswith(alone) else path.split("/")[2] for path in WORKBOOKS}
    assert names == {*alone, "teams", "visitors", "reception"}


@pytest.mark.parametrize("path", WORKBOOKS)
def test_a_workbook_is_clean(path: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(WORKBOOKS[path]))
    assert book.properties.title
    assert not book.properties.creator
    assert book.properties.language == "en-GB"
    assert len({sheet.title.casefold() for sheet in book.worksheets}) == len(book.worksheets)
    faults = [f"{sheet.title}: {fault}" for sheet in book.worksheets for fault in _faults(sheet)]
    assert faults == []


def _faults(sheet: Any) -> list[str]:
    """What a screen reader would stumble over."""
    found = []
    if not str(sheet["A1"].value or "").strip():
        found.append("no title in A1")
    if not str(sheet["A2"].value or "").strip():
        found.append("no line about it in A2")
    if [cell for row in sheet.iter_rows(max_row=2, min_col=2) for cell in row if cell.value]:
        found.append("something beside the title")
    if len(sheet.tables) != 1:
        return [*found, f"{len(sheet.tables)} tables"]
    (table,) = sheet.tables.values()
    if not table.ref.startswith("A3:") or table.headerRowCount != 1:
        found.append("the table does not begin in A3 with its header")
    if table.ref.partition(":")[2] != sheet.dimensions.partition(":")[2]:
        found.append("cells outside the table")
    heads = [str(cell.value or "").strip() for cell in sheet[3]]
    if not all(heads) or len({head.casefold() for head in heads}) != len(heads):
        found.append("headers blank or twice")
    if heads != [column.name for column in table.tableColumns]:
        found.append("headers and table differ")
    if sheet.merged_cells.ranges:
        found.append("merged cells")
    blanks = [cell.coordinate for row in sheet.iter_rows(min_row=4) for cell in row if cell.value in (None, "")]
    if blanks or sheet.max_row < 4:
        found.append(f"blank cells {blanks[:5]}")
    if any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row):
        found.append("a formula")
    hidden = [*sheet.row_dimensions.values(), *sheet.column_dimensions.values()]
    if sheet.sheet_state != "visible" or any(one.hidden for one in hidden):
        found.append("something hidden")
    return found


def test_colour_is_never_alone() -> None:
    """A cell that is filled as broken says so with a sign and a word too."""
    for path, data in WORKBOOKS.items():
        book = openpyxl.load_workbook(io.BytesIO(data))
        for sheet in book.worksheets:
            for row in sheet.iter_rows(min_row=4):
                for cell in row:
                    if "roken" in cell.style:
                        assert "✕" in str(cell.value), (path, sheet.title, cell.coordinate)


def test_no_workbook_leads_out_or_runs_anything() -> None:
    for path, data in WORKBOOKS.items():
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            names = parts.namelist()
            assert not [name for name in names if "vba" in name or "external" in name or "comments" in name], path
            rels = b"".join(parts.read(name) for name in names if name.endswith(".rels"))
            assert b"TargetMode" not in rels, path
