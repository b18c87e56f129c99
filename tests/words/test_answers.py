"""The answers to why and why not: whole sentences for every rule and every price."""

from __future__ import annotations

import pytest

from app.engine.explain import RULES, why
from app.models.findings import Counted, Price, Rule
from app.models.people import Clearance, Liking, Presence
from app.models.places import Consent, Need
from app.models.view import WeekView
from app.models.week import Priority
from app.words.answers import answer_text, change_text, price_text, rule_text
from tests.builders import Builder, a_week, person_id, slot_id
from tests.engine.tiny import tiny_week


def told(week: Builder | WeekView, who: str, slot: str) -> str:
    view = week if isinstance(week, WeekView) else week.view()
    return answer_text(view, why(view, person_id(who), slot_id(slot), price=False))


def test_the_rule_in_the_way_is_the_whole_answer() -> None:
    week = a_week().slot("a", "Red", 1, "10:30", "11:30").visitor("Ann Lee")
    week.available("Ann Lee", Presence.BUSY, 1, "10:00", "12:00")
    assert told(week, "Ann Lee", "a") == (
        "Ann Lee cannot visit Red, Tue 23 March, 10:30–11:30: Ann Lee is busy on Tue 23 March, 10:00–12:00."
    )


def test_several_rules_in_the_way_are_named_in_the_same_sentence() -> None:
    week = a_week().team("Red", clearance_needed=Need.CONFIRMED).slot("a", "Red", consent=Consent.REFUSED)
    week.visitor("Ann", clearance=Clearance.NOT_YET).wish("Ann", Liking.NEVER, team="Red")
    assert told(week, "Ann", "a") == (
        "Ann cannot visit Red, Mon 22 March, 09:30–11:00: Ann has asked never to visit Red (also in the way: "
        "clearance and consent)."
    )


def test_a_pinned_visit_in_the_way_is_named() -> None:
    week = a_week().slot("a", "Red").slot("b", "Blue").visitor("Ann").visit("Ann", "b", pinned=True)
    assert told(week, "Ann", "a") == (
        "Ann cannot visit Red, Mon 22 March, 09:30–11:00: Ann is pinned elsewhere at that time: Blue, Mon 22 March, "
        "09:30–11:00."
    )


def test_a_visit_that_may_move_is_told_beside_its_rule() -> None:
    week = a_week().slot("a", "Red").visitor("Ann").visitor("Bo").visit("Bo", "a")
    view = week.view()
    answer = why(view, person_id("Ann"), slot_id("a"), price=False)
    said = {one.rule: rule_text(view, answer, one) for one in answer.rules}
    assert said[Rule.SLOT_FULL] == (
        "Only what a match may move is in the way: Red, Mon 22 March, 09:30–11:00 has 1 place, taken by Bo."
    )
    assert told(week, "Ann", "a") == "Ann could visit Red, Mon 22 March, 09:30–11:00, if others move."


def test_prices_are_told_in_words_what_decides_first() -> None:
    changes = [(Priority.DEMAND, 1), (Priority.WISHES, -2), (Priority.TRAVEL, -20)]
    text = price_text(changes, unseen=1)
    assert text == "leave one team unseen and cost two points for wishes, but save 20 minutes on the road"
    text = price_text(changes, unseen=1, counts={Counted.LIKE: -1})
    assert text == "leave one team unseen and meet one wish fewer, but save 20 minutes on the road"
    assert price_text([(Priority.DEMAND, 0), (Priority.TRAVEL, 0)]) == ""


@pytest.mark.parametrize("priority", list(Priority))
@pytest.mark.parametrize("change", [-12, -1, 1, 2])
def test_every_price_has_words(priority: Priority, change: int) -> None:
    text = change_text(priority, change)
    assert text[0].islower()
    assert "{" not in text
    assert change_text(priority, -change) != text
    for what in Counted:
        told = change_text(priority, change, counts={what: change})
        assert "{" not in told
        assert (
            priority not in (Priority.WISHES, Priority.FRESH_EYES)
            or change_text(priority, -change, counts={what: -change}) != told
        )


def test_what_costs_nothing_says_so_and_a_price_in_doubt_too() -> None:
    from dataclasses import replace

    view = a_week().slot("a", "Red").visitor("Ann").view()
    answer = why(view, person_id("Ann"), slot_id("a"), price=False)
    free = replace(answer, price=Price(by_priority=((Priority.DEMAND, 0),), sure=1, in_best=True))
    assert answer_text(view, free) == "It costs nothing: the best week has Ann at Red, Mon 22 March, 09:30–11:00."
    dear = replace(answer, price=Price(by_priority=((Priority.WISHES, -1), (Priority.TRAVEL, 9)), sure=1))
    assert answer_text(view, dear) == (
        "Ann at Red, Mon 22 March, 09:30–11:00 would cost one point for wishes; time was up before travel could be "
        "told."
    )


def test_for_a_placed_visit_the_answer_tells_what_it_serves_and_the_next_best() -> None:
    week = a_week().slot("a", "Red").slot("b", "Blue", 1).visitor("Ann", min_visits=1, max_visits=1)
    week.wish("Ann", Liking.FIRST_CHOICE, team="Red").visit("Ann", "a")
    view = week.view()
    assert answer_text(view, why(view, person_id("Ann"), slot_id("a"))) == (
        "Ann is at Red, Mon 22 March, 09:30–11:00: they need it to reach their minimum, it meets a first choice and "
        "it shows them a new service; a week without it would meet one first choice fewer and share wishes less "
        "evenly among visitors, the next best being Blue, Tue 23 March, 09:30–11:00."
    )


def test_every_answer_is_one_whole_sentence_and_every_rule_has_one() -> None:
    seen = set()
    for seed in range(150):
        view = tiny_week(seed)
        for person in view.visitors:
            for slot in view.slots:
                answer = why(view, person, slot, price=False)
                text = answer_text(view, answer)
                assert text.endswith(".")
                assert "{" not in text
                for one in answer.rules:
                    said = rule_text(view, answer, one)
                    assert said.endswith(".")
                    assert "{" not in said
                    assert "None" not in said
                    seen |= {(one.rule, one.holds)}
    assert seen == {(rule, holds) for rule in RULES for holds in (True, False)}
