"""The command `why`: one sentence on stdout, the same and more as JSON, plain refusals with near names."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from app.cli.main import main
from app.engine.explain import RULES
from app.resources import resource

REFERENCE = str(resource("samples", "oxfordshire-2019.xlsx"))


def test_a_rule_is_told_in_a_sentence_and_leaves_no_cost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "why.json"
    assert main(["why", REFERENCE, "lucy  BUTLER", "s005", "--json", str(file)]) == 0
    found = json.loads(file.read_text(encoding="utf-8"))
    answer = found["answer"]
    assert set(found) == {"format", "week", "answer"}
    assert set(answer) == {"visitor", "slot", "placed", "allowed", "rules", "cost", "text"}
    assert (answer["visitor"], answer["slot"]) == ("Lucy Butler", "S005")
    assert [row["rule"] for row in answer["rules"]] == [rule.value for rule in RULES]
    assert all(set(row) == {"rule", "holds", "text"} for row in answer["rules"])
    assert answer["allowed"] == all(row["holds"] for row in answer["rules"])
    assert (answer["cost"] is None) == (not answer["allowed"])
    assert capsys.readouterr().out == answer["text"] + "\n"


def test_an_allowed_visit_has_its_price_in_every_priority(tmp_path: Path) -> None:
    file = tmp_path / "why.json"
    assert main(["why", REFERENCE, "Lucy Butler", "S002", "--json", str(file)]) == 0
    answer = json.loads(file.read_text(encoding="utf-8"))["answer"]
    assert answer["allowed"]
    assert not answer["placed"]
    assert list(answer["cost"]) == ["demand", "wishes", "fresh eyes", "fair visitors", "fair teams", "travel"]
    assert answer["cost"]["demand"] == 0
    assert answer["cost"]["wishes"] <= 0


def test_pins_that_cannot_hold_together_are_named_by_plan_and_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.load_workbook(REFERENCE)
    book["Visits"].append(["Lucy Butler", "S001", "yes", "proposed"])
    book["Visits"].append(["Lucy Butler", "S003", "yes", "proposed"])  # the same team again
    file = tmp_path / "pinned.xlsx"
    book.save(file)
    for command in ("check", "plan"):
        assert main([command, str(file)]) == 1
        out = capsys.readouterr().out
        assert "Pins that cannot hold together:" in out
        assert "These 2 pins cannot hold together (same team twice): Lucy Butler at MASH (front door)" in out
    assert main(["why", str(file), "Lucy Butler", "S003"]) == 0
    assert "is pinned to MASH (front door), Fri 12 July, 14:00–15:30 against a rule:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("visitor", "slot", "told"),
    [
        ("Lucy Buttler", "S001", "There is no visitor called Lucy Buttler in this week. Did you mean Lucy Butler?"),
        ("Lucy Butler", "zzz", "There is no slot called zzz in this week."),
        ("Lucy Butler", "S1001", "Did you mean S001"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(
    visitor: str, slot: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["why", REFERENCE, visitor, slot]) == 2
    out = capsys.readouterr()
    assert told in out.err
    assert out.out == ""
