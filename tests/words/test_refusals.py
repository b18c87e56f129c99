"""Every refusal of the core has a plain sentence with its mend."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import app
from app.errors import Refused
from app.models.change import Verb
from app.words import (
    refusals,
    refusals_edits,
    refusals_input,
    refusals_names,
    refusals_output,
    refusals_publishing,
    refusals_repairs,
    refusals_store,
)
from app.words.refusals import known_codes, sentence


def raised_codes(*rooms: str) -> set[str]:
    """Every code that is raised as a literal in these rooms."""
    found: set[str] = set()
    root = Path(str(app.__file__)).parent
    for room in rooms:
        for path in (root / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused":
                    first = node.args[0]
                    found |= {str(first.value)} if isinstance(first, ast.Constant) else set()
    return found


@pytest.mark.parametrize("code", sorted(raised_codes("store") | {"disk-full", "file-busy", "file-read-only"}))
def test_every_refusal_of_the_store_has_its_sentence(code: str) -> None:
    assert code in known_codes()


@pytest.mark.parametrize("code", sorted(refusals_store.SAYS | refusals_edits.SAYS))
def test_a_sentence_needs_no_fact_to_be_whole(code: str) -> None:
    words = sentence(Refused(code))
    assert words.rstrip()[-1] in ".”)?!"
    assert "{" not in words


def test_an_unknown_refusal_is_still_said_plainly() -> None:
    assert sentence(Refused("never heard of")) == "That cannot be done here. Nothing was changed."


def test_a_refusal_names_the_file_without_its_folders() -> None:
    words = sentence(Refused("file-newer", path="/home/somebody/private/week.pweek"))
    assert words.startswith("week.pweek was written by a newer version")
    assert "private" not in words


def test_a_blocked_undo_names_the_edit() -> None:
    facts = (("when", "2027-03-23T10:00"), ("where", "Blue"), ("who", "Ann Lee"))
    words = sentence(Refused("undo-blocked", verb=Verb.MOVE, facts=facts))
    assert words.startswith(
        "Cannot undo move of Ann Lee to Tue 23 March, 10:00, Blue: it was published or changed since."
    )


def test_one_code_has_one_sentence() -> None:
    tables = (
        refusals,
        refusals_store,
        refusals_edits,
        refusals_input,
        refusals_names,
        refusals_output,
        refusals_publishing,
        refusals_repairs,
    )
    assert sum(len(table.SAYS) for table in tables) == len(known_codes())
