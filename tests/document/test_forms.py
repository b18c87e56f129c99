"""Forms that came back: each row right, asked about or told as left out; one undo; nothing twice."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.document.forms.check import check, forms_edit, unanswered
from app.document.forms.problems import problem_rows
from app.errors import Refused
from app.exchange.forms.layout import lay_out, lay_out_all, remember, with_field
from app.exchange.forms.sheets import files_in, pasted, read_files
from app.exchange.forms.write import forms
from app.exchange.planning.book import read_book
from app.models.forms import Fixes, FormKind, RowState
from app.models.people import Presence
from app.models.places import ONLINE_ID
from app.models.view import view
from tests.builders import a_week, person_id, slot_id
from tests.document.messier import MORE
from tests.document.messy import CASES, HEAD, Case, checked, outcome, read_one, tabbed, week
from tests.exchange.planning.workbooks import xlsx


@pytest.mark.parametrize("case", [*CASES, *MORE], ids=lambda case: case.how)
def test_a_messy_form_is_right_or_asked_about(case: Case) -> None:
    built = week()
    found = checked(case, built.plan(), built.week.id)
    assert tuple(outcome(row) for row in found.rows) == case.expected


@pytest.mark.parametrize("case", [*CASES, *MORE], ids=lambda case: case.how)
def test_taking_a_form_in_again_changes_nothing_and_undo_takes_all_back(case: Case) -> None:
    built = week()
    plan, week_id = built.plan(), built.week.id
    edit = forms_edit(plan, week_id, checked(case, plan, week_id))
    after = plan.apply(edit)
    assert after.apply(edit.inverse) == plan
    assert not checked(case, after, week_id).ready


def test_an_answer_settles_a_question_and_a_mended_cell_an_error() -> None:
    built = week()
    plan, week_id = built.plan(), built.week.id
    sheet = pasted(tabbed(HEAD, ("Anne Lee", "Director"), ("John Smith", "", "", "", "", "", "2 or 3")), "paste")
    pairs = [(sheet, lay_out(sheet, built.week))]
    before = check(plan, week_id, pairs)
    assert [row.state for row in before.rows] == [RowState.CHECK, RowState.ERROR]
    assert (person_id("Ann Lee"), "Ann Lee") in before.rows[0].asks[0].choices
    fixes = Fixes(
        texts={("paste", "", 3, "Max visits"): "2"}, answers={("paste", "", 2, "Visitor"): person_id("Ann Lee")}
    )
    after = check(plan, week_id, pairs, fixes)
    assert [outcome(row) for row in after.rows] == ["changed: Role=Director", "changed: Max visits=2"]
    made = plan.apply(forms_edit(plan, week_id, after))
    assert made.people[person_id("Ann Lee")].role == "Director"
    assert len(made.people) == len(plan.people)


def test_a_new_site_comes_only_with_an_answer() -> None:
    built = week()
    sheet = pasted("Team\tService\tSite\nNight team\tSocial care\tMill Lane\nDay team\tSocial care\tMS Teams", "p")
    pairs = [(sheet, lay_out(sheet, built.week))]
    plan, week_id = built.plan(), built.week.id
    assert outcome(check(plan, week_id, pairs).rows[0]) == "to check: unknown-place"
    found = check(plan, week_id, pairs, Fixes(answers={("p", "", 2, "Site"): "new"}))
    after = plan.apply(forms_edit(plan, week_id, found))
    teams = {team.name: team for team in after.teams.values()}
    assert after.sites[teams["Night team"].site_id].name == "Mill Lane"
    assert teams["Day team"].site_id == ONLINE_ID


def test_a_heading_that_says_the_opposite_is_never_taken_for_a_field_and_an_unsure_one_is_asked() -> None:
    built = week()
    sheet = pasted("Name\tJob title\tDates not available\tDays I can not do\nAnn Lee\tHead\tMon\tTue", "p")
    layout = lay_out(sheet, built.week)
    third, fourth = layout.guesses[2:]
    assert third.field in {"", "Cannot come"}
    assert not third.sure
    assert fourth.field != "Can come"
    settled = with_field(layout, third.column, "Cannot come")
    found = check(built.plan(), built.week.id, [(sheet, settled)])
    assert [outcome(row) for row in found.rows] == ["changed: Role=Head, Mon 22 March=busy"]
    again = remember(lay_out(sheet, built.week), {"dates not available": "Cannot come"})
    assert again.guesses[2].field == "Cannot come"


def test_who_has_not_answered_is_known() -> None:
    built = week().available("Ann Lee", Presence.BUSY, 0)
    visitors, teams = unanswered(built.view())
    assert visitors == ["John Smith", "Jon Smithe", "Zoë Núñez"]
    assert teams == ["Leaving Care", "Rose House"]


def test_problem_rows_go_back_to_excel_with_their_reasons() -> None:
    built = week()
    sheet = pasted(tabbed(HEAD, ("Ann Lee", "Director"), ("Anne Lee", "=1+1")), "p")
    pairs = [(sheet, lay_out(sheet, built.week))]
    data = problem_rows(check(built.plan(), built.week.id, pairs), pairs)
    (page,) = read_book(data, "x").sheets
    rows = dict(page.rows)
    assert len(rows) == 2
    assert rows[2][1] == "Anne Lee"
    assert rows[2][2] == "=1+1"
    assert "known Ann Lee" in str(rows[2][len(HEAD) + 2])


def test_a_text_without_end_in_a_workbook_is_cut_as_it_is_in_a_table(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(xlsx({"Form": [["Name", "Role"], ["Ann Lee", "x" * 30_000]]}))
    ((sheet,), refused) = read_files([tmp_path / "form.xlsx"])
    assert not refused
    assert sheet.rows[1][1] == {1: "Ann Lee", 2: "x" * 5_000}


@pytest.mark.parametrize("for_all", [False, True])
def test_forms_that_come_back_as_they_went_out_change_nothing(tmp_path: Path, for_all: bool) -> None:
    built = week()
    made = forms(built.view(), list(FormKind), for_all=for_all)
    assert not any("Rose House" in name for name in made)
    for name, data in made.items():
        path = tmp_path / name.replace("/", " ")
        path.write_bytes(data)
    sheets, refused = read_files(files_in([tmp_path]))
    assert not refused
    pairs = [(sheet, lay_out(sheet, built.week)) for sheet in sheets]
    found = check(built.plan(), built.week.id, pairs)
    assert {row.state for row in found.rows} <= {RowState.SAME, RowState.LEFT_OUT}
    assert any(row.state is RowState.SAME for row in found.rows)


def test_a_form_holds_its_own_recipient_alone_and_no_protected_place() -> None:
    built = week()
    made = forms(built.view(), list(FormKind))
    for path, data in made.items():
        text = " ".join(
            str(cell) for page in read_book(data, path).sheets for _, row in page.rows for cell in row.values()
        )
        assert "Rose House" not in text
        others = [name for name in ("Ann Lee", "John Smith") if name not in path]
        if path.startswith(("visitor-form", "times-grid")):
            assert not any(name in text for name in others), path


def test_a_bad_file_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Name,Job title\nAnn Lee,Director\n")
    (tmp_path / "b.xlsx").write_bytes(b"PK broken")
    (tmp_path / "c.csv").write_bytes(b"")
    sheets, refused = read_files(files_in([tmp_path]))
    assert [Path(sheet.file).name for sheet in sheets] == ["a.csv"]
    assert len(refused) == 2
    assert all(isinstance(one, Refused) for one in refused)


SAID = st.text("abc =+-@;,\"'é", max_size=20).filter(lambda text: not text.strip() or any(map(str.isalpha, text)))
TIMES = st.sampled_from(["Tue pm", "all day Wed", "Mon am; Fri", "", "Thu 9:30-12", "w/c 22 March", "Mon-Wed pm"])
AWAY = st.sampled_from(["", "none", "Fri pm", "on leave Tues am; Thu 2-4"])
PEOPLE = ("Ann Lee", "Bob Ray", "Cy Poe")


def filled(data: bytes, **cells: object) -> bytes:
    """One of our forms as its recipient sends it back, with these cells in the row of their own."""
    book = load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    heads = {str(cell.value): number for number, cell in enumerate(page[3], start=1)}
    for heading, value in cells.items():
        if value not in (None, ""):
            cell = page.cell(5, heads[heading.replace("_", " ")])
            cell.value = value  # type: ignore[assignment]  # what openpyxl takes
            cell.data_type = "s" if isinstance(value, str) else "n"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(SAID, TIMES, AWAY, st.none() | st.integers(0, 9)), min_size=3, max_size=3))
def test_forms_filled_in_come_back_whole_and_a_second_time_change_nothing(
    said: list[tuple[str, str, str, int | None]],
) -> None:
    built = a_week().team("MASH").visitor("Ann Lee").visitor("Bob Ray").visitor("Cy Poe")
    plan, week_id = built.plan(), built.week.id
    out = forms(built.view(), [FormKind.VISITORS])
    sheets = [
        sheet
        for name, (role, free, busy, limit) in zip(PEOPLE, said, strict=True)
        for sheet in read_one(
            f"{name}.xlsx",
            filled(out[f"visitor-form/{name}.xlsx"], Role=role, Can_come=free, Cannot_come=busy, Max_visits=limit),
        )
    ]
    pairs = [pair for pair in lay_out_all(sheets, built.week) if pair[1].kind is not None]
    found = check(plan, week_id, pairs)
    assert not found.of(RowState.ERROR, RowState.CHECK)
    after = plan.apply(forms_edit(plan, week_id, found))
    for name, (role, free, busy, limit) in zip(PEOPLE, said, strict=True):
        visitor = view(after, week_id).visitors[person_id(name)]
        assert visitor.person.role == " ".join(role.split())
        assert visitor.max_visits == limit
        assert (bool(visitor.free), bool(visitor.busy)) == (bool(free), busy not in {"", "none"})
    assert not check(after, week_id, pairs).ready


def test_of_rows_that_differ_one_answer_settles_all() -> None:
    built = week()
    plan, week_id = built.plan(), built.week.id
    sheet = pasted(tabbed(HEAD, ("Ann Lee", "Director"), ("Lee, Ann", "Head"), ("Ann Lee", "Clerk")), "p")
    pairs = [(sheet, lay_out(sheet, built.week))]
    asked = check(plan, week_id, pairs)
    assert [outcome(row) for row in asked.rows] == ["to check: twice"] * 3
    found = check(plan, week_id, pairs, Fixes(answers={("p", "", 3, "twice"): "take"}))
    assert [outcome(row) for row in found.rows] == ["left out: twice", "changed: Role=Head", "left out: twice"]
    rest = check(plan, week_id, pairs, Fixes(answers={("p", "", row, "twice"): "skip" for row in (2, 3)}))
    assert [outcome(row) for row in rest.rows] == ["left out: twice", "left out: twice", "changed: Role=Clerk"]


def test_a_slot_row_copied_down_with_its_id_can_be_one_more_slot() -> None:
    built = week()
    plan, week_id = built.plan(), built.week.id
    head = ("Team", "Date", "Start", "End", "Activity", "Form id")
    first = ("MASH", "23/03/27", "9:30", "11:00", "Huddle", slot_id("s-01"))
    sheet = pasted(tabbed(head, first, ("MASH", "24/03/27", *first[2:])), "p")
    pairs = [(sheet, lay_out(sheet, built.week))]
    found = check(plan, week_id, pairs, Fixes(answers={("p", "", 3, "twice"): "new"}))
    assert [row.state for row in found.rows] == [RowState.SAME, RowState.NEW]
    after = plan.apply(forms_edit(plan, week_id, found))
    assert len(after.slots) == len(plan.slots) + 1
    assert after.slots[slot_id("s-01")] == plan.slots[slot_id("s-01")]
    assert not check(after, week_id, pairs).ready


def test_of_several_readings_the_one_that_was_chosen_is_taken() -> None:
    built = week()
    plan, week_id = built.plan(), built.week.id
    sheet = pasted(tabbed(HEAD, ("Ann Lee", "", "", "Mon & Wed pm")), "p")
    pairs = [(sheet, lay_out(sheet, built.week))]
    (asked,) = check(plan, week_id, pairs).rows[0].asks
    keys = [key for key, _ in asked.choices]
    taken = {
        key: outcome(check(plan, week_id, pairs, Fixes(answers={("p", "", 2, "Can come"): key})).rows[0])
        for key in keys
    }
    assert taken == {
        "take": "changed: Mon 22 March, 12:00–18:00=free, Wed 24 March, 12:00–18:00=free",
        "take1": "changed: Mon 22 March=free, Wed 24 March, 12:00–18:00=free",
        "skip": "same",
    }


def test_times_of_an_earlier_form_go_only_where_somebody_says_so() -> None:
    built = week().available("Ann Lee", Presence.FREE, 3).available("Ann Lee", Presence.BUSY, 0)
    plan, week_id = built.plan(), built.week.id
    sheet = pasted(tabbed(HEAD, ("Ann Lee", "", "", "Tues PM")), "p")
    pairs = [(sheet, lay_out(sheet, built.week))]
    assert [outcome(row) for row in check(plan, week_id, pairs).rows] == ["to check: other-times"]
    key = ("p", "", 2, "other-times")
    kept = plan.apply(forms_edit(plan, week_id, check(plan, week_id, pairs, Fixes(answers={key: "take"}))))
    assert sorted(str(row.presence) for row in kept.availability.values()) == ["busy", "free", "free"]
    edit = forms_edit(plan, week_id, check(plan, week_id, pairs, Fixes(answers={key: "drop"})))
    replaced = plan.apply(edit)
    assert [row.day.weekday() for row in replaced.availability.values() if row.presence is Presence.FREE] == [1]
    assert replaced.apply(edit.inverse) == plan
    assert not check(replaced, week_id, pairs).ready
