"""What cells say while something is moved is what the referee says of the week after it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from app.document.visits import move, place, to_tray
from app.engine import check
from app.engine.touched import problems_after
from app.errors import Refused
from app.models.change import Edit
from app.models.findings import Rule
from app.models.people import Clearance, Liking, Presence
from app.models.places import Consent, Need
from app.models.plan import Plan
from app.models.view import WeekView, view
from app.ui.deck.cards import Shelf
from app.ui.deck.deal import dealt_again, deck
from app.ui.deck.verdicts import Mark, Moving, edit_for, judge, swap_verdict
from app.ui.deck.why import why
from app.ui.theme import service_places
from tests.builders import Builder, a_week, person_id, slot_id, visit_id
from tests.ui.week import TODAY, a_board_week


def a_random_week(seed: int) -> Builder:
    """A crowded week where every rule is within reach."""
    dice = random.Random(seed)
    week = a_week(pre_election_from=None)
    week.site("Hub").site("Far").road("Town Hall", "Hub", 25).road("Hub", "Far", 50).road("Town Hall", "Far", 40)
    for number in range(5):
        site = dice.choice(["Town Hall", "Hub", "Far", "online"])
        mail = dice.choice(["one@council.example", f"h{number}@council.example", ""])
        week.team(
            f"Team {number}", dice.choice(["Social care", "Education"]), site, max_visits=dice.choice([None, 2]),
            max_per_day=dice.choice([None, 1]), clearance_needed=dice.choice(list(Need)), host_email=mail,
        )  # fmt: skip
    for number in range(14):
        hour = dice.randrange(8, 16)
        week.slot(
            f"s{number}", f"Team {dice.randrange(5)}", dice.randrange(3), f"{hour:02d}:{dice.choice(['00', '30'])}",
            f"{hour + dice.choice([1, 2]):02d}:45", places=dice.choice([1, 1, 2]), consent=dice.choice(list(Consent)),
        )  # fmt: skip
    for number in range(6):
        name = f"Visitor {number}"
        week.visitor(
            name, max_visits=dice.choice([None, 2]), max_per_day=dice.choice([None, 1]),
            clearance=dice.choice(list(Clearance)), division=dice.choice(["", "North"]),
        )  # fmt: skip
        if dice.random() < 0.5:
            week.available(name, dice.choice(list(Presence)), dice.randrange(3), "09:00", "13:00")
        week.wish(name, dice.choice(list(Liking)), team=f"Team {dice.randrange(5)}")
    pairs = {(f"Visitor {dice.randrange(6)}", f"s{dice.randrange(14)}") for _ in range(12)}
    for name, slot in sorted(pairs):
        week.visit(name, slot, permitted=dice.choice(["", "", "", "asked"]), pinned=dice.random() < 0.1)
    return week


def targets(week: WeekView) -> Iterator[tuple[Moving, str]]:
    """Every visit and every visitor, into every slot."""
    for slot in week.slots:
        for visit in week.counted:
            yield Moving(visit_ids=(visit.id,)), slot
        for person in week.visitors:
            yield Moving(person_id=person), slot


@pytest.mark.parametrize("seed", range(8))
def test_a_verdict_is_what_the_whole_referee_says_after_the_move(seed: int) -> None:
    plan = a_random_week(seed).plan()
    week = view(plan, next(iter(plan.weeks)))
    for moving, slot in targets(week):
        verdict = judge(week, moving, slot, today=TODAY)
        if verdict.mark is Mark.HERE or (verdict.mark is Mark.BROKEN and not verdict.can_allow):
            continue
        edit = edit_for(plan, moving, slot)
        after = view(plan.apply(edit), week.week.id)
        mine = {change.id for change in edit.changes if change.after is not None}
        whole = check.problems(after, today=TODAY)
        blocking = {(b.rule, b.day, b.number, b.limit) for b in whole.blocking if mine.intersection(b.visits)}
        assert {(b.rule, b.day, b.number, b.limit) for b in verdict.broken} == blocking
        assert (verdict.mark is Mark.BROKEN) == bool(blocking)
        assert len(verdict.reasons) >= len(verdict.broken)


def a_random_edit(plan: Plan, week: WeekView, dice: random.Random) -> Edit:
    """A move, a new visit or one taken off. Raises Refused as they do."""
    slot, visit = dice.choice(list(week.slots)), dice.choice(week.counted)
    deed = dice.randrange(3)
    if deed == 0:
        return move(plan, visit.id, slot)
    if deed == 1:
        return to_tray(plan, visit.id)
    return place(plan, dice.choice(list(week.visitors)), slot)


@pytest.mark.parametrize("seed", range(8))
def test_findings_after_an_edit_are_those_of_a_judgement_from_nothing(seed: int) -> None:
    dice = random.Random(seed)
    plan: Plan = a_random_week(seed).plan()
    week = view(plan, next(iter(plan.weeks)))
    found = check.problems(week, today=TODAY)
    services, shelf = service_places(week), Shelf()
    cards = deck(week, found, services, shelf)
    for _ in range(25):
        try:
            edit = a_random_edit(plan, week, dice)
        except Refused:
            continue
        plan = plan.apply(edit)
        before, week = week, view(plan, week.week.id)
        changed = {change.id for change in edit.changes}
        old, found = found, problems_after(before, found, week, changed, today=TODAY)
        assert found == check.problems(week, today=TODAY)
        cards = dealt_again(cards, old, week, found, changed, shelf)
        fresh = deck(week, found, services, Shelf())
        for slot in week.slots:
            assert [(c.key, c.badges, c.places) for c in cards.by_slot.get(slot, ())] == [
                (c.key, c.badges, c.places) for c in fresh.by_slot.get(slot, ())
            ]


def test_why_ticks_and_crosses_each_rule_once_with_a_sentence() -> None:
    week = a_board_week().view()
    answer = why(week, person_id("Bo Khan"), slot_id("h1"), today=TODAY)
    assert not answer.placed
    crossed = [line.rule for line in answer.lines if not line.holds]
    assert crossed == [Rule.CLEARANCE]
    assert len({line.rule for line in answer.lines}) == len(answer.lines) == len(Rule) - 1
    assert all(line.text.endswith(".") for line in answer.lines)
    assert "cannot" in answer.text


def test_why_of_a_visit_that_stands_says_that_every_rule_holds() -> None:
    week = a_board_week().view()
    answer = why(week, person_id("Ann Lee"), slot_id("f1"), today=TODAY)
    assert answer.placed
    assert all(line.holds for line in answer.lines)


def test_a_swap_is_judged_for_both() -> None:
    week = a_board_week().view()
    fine = swap_verdict(week, visit_id("Ann Lee", "f1"), visit_id("Cy <b>Bold</b>", "p1"), today=TODAY)
    assert fine.mark is not Mark.BROKEN
