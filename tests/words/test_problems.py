"""Every fact that the engine finds has words, with names and UK dates, and a mend."""

from __future__ import annotations

import datetime as dt
import string

import pytest

from app.engine.check import problems
from app.models.findings import Broken, Caution, Lack, Problems, Rule, Unmet, Warned, Who
from app.models.names import identity
from app.models.people import Clearance, Liking, Presence
from app.models.places import Consent, Need
from app.models.view import WeekView
from app.words.problems import broken_text, caution_name, mend_text, rule_name, unmet_text, warning_text
from tests.builders import Builder, a_week, person_id, site_id


def everything_wrong() -> tuple[WeekView, Problems]:
    """A week in which every rule but `pin` is broken and every warning given, and what the referee finds."""
    week = a_week(pre_election_from=dt.date(2027, 3, 26), first_day=dt.date(2027, 3, 22), last_day=dt.date(2027, 3, 26))
    week.site("North Hub", division="Northfield").road("Town Hall", "North Hub", 25)
    week.team("Front door", max_visits=2, max_per_day=1, clearance_needed=Need.CONFIRMED)
    week.team("North families", site="North Hub")
    week.visitor("Lucy Butler", max_visits=1, max_per_day=1, clearance=Clearance.NOT_YET, division="northfield")
    week.visitor("Jane Smith").visitor("Ann Other")
    week.available("Lucy Butler", Presence.BUSY, 1, "10:00", "12:00")
    week.wish("Lucy Butler", Liking.NEVER, team="Front door")
    week.slot("s1", "Front door", 1, "10:30", "12:00")
    week.slot("s2", "North families", 1, "12:15", "14:00", consent=Consent.TO_ASK, consent_by=dt.date(2027, 3, 15))
    week.slot("s3", "Front door", 4, "09:00", "10:00", consent=Consent.REFUSED)
    week.slot("s4", "Front door", 1, "11:00", "13:45")
    for slot in ("s1", "s2", "s3"):
        week.visit("Lucy Butler", slot)
    week.visit("Jane Smith", "s1").visit("Ann Other", "s4", permitted="the director asked")
    found = week.view()
    return found, problems(found, today=dt.date(2027, 3, 20))


def texts_of(rule: Rule) -> list[str]:
    view, found = everything_wrong()
    return [broken_text(view, broken) for broken in found.broken if broken.rule is rule]


def test_the_week_of_these_tests_breaks_every_rule_that_a_schedule_alone_can_break() -> None:
    _, found = everything_wrong()
    assert {broken.rule for broken in found.broken} == set(Rule) - {Rule.PIN}
    assert {warned.kind for warned in found.warnings} == set(Caution)


def test_every_finding_of_a_wrong_week_is_a_sentence_without_ids_or_codes() -> None:
    view, found = everything_wrong()
    ids = {*view.visitors, *view.teams, *view.slots, *(visit.id for visit in view.visits)}
    texts = [broken_text(view, one) for one in found.broken] + [warning_text(view, one) for one in found.warnings]
    mends = [mend_text(view, one) for one in found.broken] + [mend_text(view, one) for one in found.warnings]
    for text in texts + mends:
        assert text[0] in string.ascii_uppercase
        assert text.endswith(".")
        assert "{" not in text
        assert "None" not in text
        assert not any(id_ in text for id_ in ids)


def test_a_busy_time_is_told_with_name_day_and_hours() -> None:
    assert texts_of(Rule.NOT_FREE)[0] == (
        "Lucy Butler is busy on Tue 23 March, 10:00–12:00: Front door, Tue 23 March, 10:30–12:00."
    )


def test_free_times_that_do_not_reach_are_told() -> None:
    week = a_week().visitor("Jo Bloggs").slot("s1", "Front door", 0, "11:00", "13:00").visit("Jo Bloggs", "s1")
    week.available("Jo Bloggs", Presence.FREE, 0, "09:00", "12:00")
    assert only_text(week) == (
        "Jo Bloggs is free on Mon 22 March only 09:00–12:00: Front door, Mon 22 March, 11:00–13:00."
    )


def test_a_day_without_free_times_is_told_when_free_times_were_given() -> None:
    week = a_week().visitor("Jo Bloggs").slot("s1", "Front door").visit("Jo Bloggs", "s1")
    week.available("Jo Bloggs", Presence.FREE, 3)
    assert "given no free time on Mon 22 March" in only_text(week)


def only_text(week: Builder) -> str:
    found = week.view()
    (broken,) = problems(found).broken
    return broken_text(found, broken)


def test_a_tight_gap_names_what_there_is_and_what_is_needed() -> None:
    assert texts_of(Rule.CLASH) == [
        "Lucy Butler has 15 minutes between Front door, Tue 23 March, 10:30–12:00 and North families, Tue 23 March, "
        "12:15–14:00, and needs 35 minutes for the way and the buffer."
    ]


def test_overlapping_visits_are_two_places_at_once() -> None:
    week = a_week().visitor("Jo Bloggs").slot("a", "North").slot("b", "South", start="10:00")
    week.visit("Jo Bloggs", "a").visit("Jo Bloggs", "b")
    assert only_text(week).startswith("Jo Bloggs would be in two places at once: North, Mon 22 March, 09:30–11:00 and")


def test_a_full_slot_names_who_is_in_it() -> None:
    assert texts_of(Rule.SLOT_FULL) == [
        "Front door, Tue 23 March, 10:30–12:00 has 1 place and 2 visitors: Jane Smith and Lucy Butler."
    ]


def test_a_permitted_break_gives_its_reason() -> None:
    lunches = texts_of(Rule.LUNCH)
    assert any(text.endswith(" Permitted: the director asked.") for text in lunches)
    assert any("Lucy Butler has only 15 minutes for lunch on Tue 23 March" in text for text in lunches)


def test_a_lost_pin_is_told_though_the_visit_is_gone() -> None:
    week = a_week().visitor("Jo Bloggs").slot("s1", "Front door")
    without = week.view()
    before = week.visit("Jo Bloggs", "s1", pinned=True).view()
    (broken,) = problems(without, before=before).broken
    assert broken_text(without, broken) == (
        "The pinned visit of Jo Bloggs to Front door, Mon 22 March, 09:30–11:00 is no longer in the schedule."
    )
    assert mend_text(without, broken)


def test_many_names_are_cut_short_with_a_count() -> None:
    week = a_week().slot("s1", "Front door")
    for number in range(6):
        week.visitor(f"Visitor {number}").visit(f"Visitor {number}", "s1")
    assert only_text(week).endswith("Visitor 0, Visitor 1, Visitor 2 and 3 more.")


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_has_a_name_words_and_a_mend_even_where_all_facts_are_missing(rule: Rule) -> None:
    view = a_week().view()
    assert rule_name(rule)
    bare = Broken(rule=rule)
    assert broken_text(view, bare)
    assert mend_text(view, bare)


@pytest.mark.parametrize("kind", list(Caution))
def test_every_warning_has_a_name_words_and_a_mend(kind: Caution) -> None:
    view = a_week().visitor("Jo Bloggs").slot("s1", "Front door").visit("Jo Bloggs", "s1").view()
    (visit,) = view.visits
    warned = Warned(kind=kind, person_id=visit.person_id, slot_id=visit.slot_id, visit_id=visit.id, fact="Northfield")
    assert caution_name(kind)
    assert "Front door, Mon 22 March" in warning_text(view, warned)
    assert mend_text(view, warned)


@pytest.mark.parametrize("who", list(Who))
@pytest.mark.parametrize("lack", list(Lack))
def test_every_lack_has_a_reason_and_a_mend(lack: Lack, who: Who) -> None:
    view = a_week().visitor("Jo Bloggs").team("Front door").view()
    one = person_id("Jo Bloggs") if who is Who.VISITOR else identity("team", "Front door")
    name = "Jo Bloggs" if who is Who.VISITOR else "Front door"
    for rules in ((), *((rule,) for rule in Rule)):
        unmet = Unmet(who=who, id=one, wanted=3, got=1, lack=lack, alone=2, rules=rules, names=("Ann Other",))
        assert unmet_text(view, unmet).startswith(f"{name} has 1 visit of at least 3: ")
        assert mend_text(view, unmet).endswith(".")


def test_nothing_open_lists_what_is_in_the_way() -> None:
    view = a_week().visitor("Jo Bloggs").view()
    unmet = Unmet(
        who=Who.VISITOR, id=person_id("Jo Bloggs"), wanted=1, got=0, lack=Lack.NOTHING_OPEN,
        rules=(Rule.NOT_FREE, Rule.CLEARANCE),
    )  # fmt: skip
    assert unmet_text(view, unmet) == (
        "Jo Bloggs has no visit of at least 1: no slot is open to them (not free at those times and clearance)."
    )


def test_braces_in_names_stay_as_they_are() -> None:
    week = a_week().visitor("{0} {who}").slot("s1", "Front door", consent=Consent.REFUSED).visit("{0} {who}", "s1")
    assert "where {0} {who} is placed" in only_text(week)


def test_a_site_that_is_not_asked_for_is_not_named() -> None:
    assert site_id("Town Hall") in everything_wrong()[0].plan.sites
    assert not any("Town Hall" in text for rule in Rule for text in texts_of(rule))
