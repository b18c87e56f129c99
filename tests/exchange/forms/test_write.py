"""Forms to send: each its recipient's own, with lists that everybody can see, an example, a version and ids."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.exchange.forms.fields import LISTS_TITLE
from app.exchange.forms.write import forms
from app.models.forms import FormKind
from tests.builders import person_id
from tests.document.messy import week


def sheets(data: bytes) -> list[Worksheet]:
    """The sheets of a form."""
    return list(load_workbook(io.BytesIO(data)).worksheets)


def texts(page: Worksheet) -> list[list[str]]:
    return [[str(cell) for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]


def test_a_form_has_its_lists_on_a_sheet_that_can_be_seen_prompts_an_example_a_version_and_ids() -> None:
    built = week()
    page, lists = sheets(forms(built.view(), [FormKind.VISITORS])["visitor-form/Ann Lee.xlsx"])
    assert (page.sheet_state, lists.sheet_state) == ("visible", "visible")
    assert texts(lists)[0] == [LISTS_TITLE]
    head, example, own = texts(page)[2:5]
    assert head[-2:] == ["Form id", "Form version"]
    assert example[0].startswith("Example")
    assert own[-2:] == [person_id("Ann Lee"), "Spring practice week · 1"]
    rules = page.data_validations.dataValidation
    assert any(rule.type == "list" and lists.title in str(rule.formula1) for rule in rules)
    assert any(rule.prompt for rule in rules)


def test_a_teams_slot_form_names_no_other_team_and_one_for_all_names_every_team() -> None:
    built = week()
    made = forms(built.view(), [FormKind.SLOTS])
    own = " ".join(text for page in sheets(made["slot-form/MASH.xlsx"]) for row in texts(page) for text in row)
    assert "MASH" in own
    assert "Leaving Care" not in own
    everybody = forms(built.view(), [FormKind.SLOTS], for_all=True)["slot-form.xlsx"]
    all_of = " ".join(text for page in sheets(everybody) for row in texts(page) for text in row)
    assert all(name in all_of for name in ("MASH", "Leaving Care"))
    assert "Rose House" not in all_of


def test_there_is_a_form_for_each_visitor_and_team() -> None:
    names = set(forms(week().view(), list(FormKind)))
    assert {name.partition("/")[0] for name in names} == {"visitor-form", "team-list", "slot-form", "times-grid"}
    assert len(names) == 2 * 4 + 2 * 3
