"""Every edit has a name that follows Undo, with the facts that tell it from others."""

from __future__ import annotations

import re

import pytest

from app.document import lists, visits
from app.models.change import TABLES, Edit, Verb
from app.words.edits import edit_label, history_label, kind_words, redo_label, undo_label
from tests.builders import a_week, person_id, slot_id, visit_id


@pytest.mark.parametrize("verb", Verb)
def test_every_verb_has_words_even_without_facts(verb: Verb) -> None:
    words = edit_label(Edit(verb=verb, changes=()))
    assert len(words) > 3
    assert not re.search(r"[{}]|None", words)
    assert history_label(Edit(verb=verb, changes=()))[0] != words[0] or not words[0].islower()


@pytest.mark.parametrize("value", ["x", "-1", "9" * 5000, "²", "2027-03-22T25:00", ""])
@pytest.mark.parametrize("verb", Verb)
def test_every_verb_has_words_whatever_a_file_says_of_it(verb: Verb, value: str) -> None:
    facts = tuple((name, value) for name in ("when", "count", "hanging", "kind", "number"))
    assert len(edit_label(Edit(verb=verb, facts=facts, changes=()))) > 3


def test_an_undo_says_what_it_takes_back() -> None:
    plan = (
        a_week(name="Spring week").slot("S1", "Red").slot("S2", "Blue", on=1, start="10:00")
        .visitor("Ann Lee").visitor("Bob Ray").visit("Ann Lee", "S1").visit("Bob Ray", "S2").site("Hub")
        .road("Town Hall", "Hub", 15).plan()
    )  # fmt: skip
    ann, bob = visit_id("Ann Lee", "S1"), visit_id("Bob Ray", "S2")
    said = {
        undo_label(visits.move(plan, ann, slot_id("S2"))): "Undo move of Ann Lee to Tue 23 March, 10:00, Blue",
        redo_label(visits.swap(plan, ann, bob)): "Redo swap of Ann Lee and Bob Ray",
        undo_label(visits.to_tray(plan, ann)): "Undo taking Ann Lee off Red, Mon 22 March, 09:30",
        undo_label(visits.place(plan, person_id("Bob Ray"), slot_id("S1"))):
            "Undo visit of Bob Ray to Red, Mon 22 March, 09:30",
        undo_label(visits.pin(plan, ann)): "Undo pin of Ann Lee at Red",
        undo_label(visits.pin(plan, ann, bob)): "Undo pin of 2 visits",
        undo_label(visits.permit(plan, ann, "asked")): "Undo permission for Ann Lee at Red",
        undo_label(lists.delete(plan, plan.people[person_id("Ann Lee")])):
            "Undo deletion of visitor Ann Lee, with 2 entries that hung on it",
        undo_label(lists.delete(plan, *plan.people.values())):
            "Undo deletion of 2 visitors, with 4 entries that hung on it",
        undo_label(lists.delete(plan, *plan.roads.values())): "Undo deletion of travel time from Town Hall to Hub",
        undo_label(lists.delete(plan, plan.visits[ann])): "Undo deletion of visit of Ann Lee",
        undo_label(lists.duplicate_slot(plan, slot_id("S1"), [plan.slots[slot_id("S2")].day])):
            "Undo copy of slot S1 to 1 more day",
    }  # fmt: skip
    assert list(said) == list(said.values())


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_its_words(table: str) -> None:
    assert kind_words(table) not in {"entry", ""}
    assert kind_words(table, 2) not in {"entries", kind_words(table)}
