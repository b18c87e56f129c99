"""The referee names every broken rule, once a fact, and nothing else."""

from __future__ import annotations

import pytest

from app.engine.check import problems
from app.models.findings import Caution, Rule
from app.models.people import Clearance, Liking, Presence
from app.models.places import Consent, Need
from app.models.view import WeekView
from app.models.visits import VisitStatus
from tests.builders import Builder, a_week, day, slot_id, visit_id


def broken(view: WeekView) -> list[Rule]:
    return [one.rule for one in problems(view).broken]


def two_sites() -> Builder:
    return (
        a_week()
        .site("Hall")
        .site("Hub")
        .road("Hall", "Hub", 20)
        .team("A", site="Hall")
        .team("B", site="Hub")
        .visitor("Ada")
    )


def test_a_plain_week_breaks_nothing() -> None:
    week = two_sites().slot("s1", "A").slot("s2", "B", 1).visit("Ada", "s1").visit("Ada", "s2")
    assert problems(week.view()).broken == ()


@pytest.mark.parametrize(("start", "clashes"), [("11:29", True), ("11:30", False)])
def test_the_road_and_the_buffer_lie_between_visits_at_different_sites(start: str, clashes: bool) -> None:
    week = two_sites().slot("s1", "A", 0, "09:30", "11:00").slot("s2", "B", 0, start, "12:00")
    week.visit("Ada", "s1").visit("Ada", "s2")
    assert broken(week.view()) == ([Rule.CLASH] if clashes else [])


def test_visits_at_one_site_may_touch() -> None:
    week = two_sites().team("C", site="Hall").slot("s1", "A", 0, "09:00", "10:00").slot("s2", "C", 0, "10:00", "11:00")
    assert broken(week.visit("Ada", "s1").visit("Ada", "s2").view()) == []


def test_online_needs_no_road_and_no_buffer() -> None:
    week = two_sites().slot("s1", "A", 0, "09:00", "10:00").slot("s2", "B", 0, "10:00", "11:00", site_id="online")
    assert broken(week.visit("Ada", "s1").visit("Ada", "s2").view()) == []


def test_a_way_back_takes_its_own_minutes_where_both_are_given() -> None:
    week = two_sites().road("Hub", "Hall", 50)
    week.slot("s1", "B", 0, "09:00", "10:00").slot("s2", "A", 0, "10:40", "11:00")
    assert broken(week.visit("Ada", "s1").visit("Ada", "s2").view()) == [Rule.CLASH]


def test_three_visits_at_once_are_three_clashes() -> None:
    week = two_sites().team("C")
    for name, team in (("s1", "A"), ("s2", "B"), ("s3", "C")):
        week.slot(name, team).visit("Ada", name)
    assert broken(week.view()) == [Rule.CLASH] * 3


def test_a_busy_row_blocks_what_overlaps_it() -> None:
    week = two_sites().slot("s1", "A", 0, "09:30", "11:00").visit("Ada", "s1")
    assert broken(week.available("Ada", Presence.BUSY, 0, "11:00", "12:00").view()) == []
    assert broken(week.available("Ada", Presence.BUSY, 0, "10:59", "12:00").view()) == [Rule.NOT_FREE]


def test_a_visitor_with_free_rows_is_free_only_inside_their_union() -> None:
    week = two_sites().slot("s1", "A", 0, "09:30", "11:00").visit("Ada", "s1")
    week.available("Ada", Presence.FREE, 0, "09:00", "10:00")
    assert broken(week.view()) == [Rule.NOT_FREE]
    assert broken(week.available("Ada", Presence.FREE, 0, "10:00", "11:00").view()) == []


def test_a_free_row_on_another_day_leaves_this_day_closed() -> None:
    week = two_sites().slot("s1", "A").visit("Ada", "s1").available("Ada", Presence.FREE, 2)
    assert broken(week.view()) == [Rule.NOT_FREE]


def test_free_rows_outside_the_week_say_nothing() -> None:
    week = two_sites().slot("s1", "A").visit("Ada", "s1").available("Ada", Presence.FREE, 9)
    assert broken(week.view()) == []


def test_lunch_counts_the_longest_stretch_outside_all_visits() -> None:
    week = two_sites().slot("s1", "A", 0, "11:00", "12:45").slot("s2", "B", 0, "13:15", "14:30")
    assert broken(week.visit("Ada", "s1").visit("Ada", "s2").view()) == []
    week.set_week(lunch_minutes=31)
    assert broken(week.view()) == [Rule.LUNCH]
    assert broken(week.set_week(lunch_minutes=0).view()) == []


@pytest.mark.parametrize(
    ("clearance", "need", "holds"),
    [
        (Clearance.NOT_YET, Need.NONE, True),
        (Clearance.NOT_YET, Need.ACCOMPANY, False),
        (Clearance.ACCOMPANY, Need.ACCOMPANY, True),
        (Clearance.ACCOMPANY, Need.CONFIRMED, False),
        (Clearance.CONFIRMED, Need.CONFIRMED, True),
    ],
)
def test_clearance_meets_the_need(clearance: Clearance, need: Need, holds: bool) -> None:
    week = a_week().team("A", clearance_needed=need).slot("s1", "A").visitor("Ada", clearance=clearance)
    assert broken(week.visit("Ada", "s1").view()) == ([] if holds else [Rule.CLEARANCE])


def test_never_holds_for_a_team_and_for_every_team_of_a_service() -> None:
    week = a_week().team("A", "Social care").slot("s1", "A").visitor("Ada").visit("Ada", "s1")
    assert broken(week.wish("Ada", Liking.NEVER, service="SOCIAL  care").view()) == [Rule.NEVER]
    week.wish("Ada", Liking.LIKE, team="A")
    assert broken(week.view()) == [Rule.NEVER]


def test_a_refused_consent_closes_the_slot() -> None:
    week = a_week().slot("s1", "A", consent=Consent.REFUSED).visitor("Ada").visit("Ada", "s1")
    assert broken(week.view()) == [Rule.CONSENT]


def test_a_slot_holds_its_places_and_hosts_are_in_one_slot_at_a_time() -> None:
    week = a_week().slot("s1", "A").visitor("Ada").visitor("Bo").visit("Ada", "s1").visit("Bo", "s1")
    assert broken(week.view()) == [Rule.SLOT_FULL]
    week = a_week().team("A", host_email="m@council.example").team("B", host_email="M@council.example ")
    week.slot("s1", "A").slot("s2", "B").visitor("Ada").visitor("Bo").visit("Ada", "s1").visit("Bo", "s2")
    assert broken(week.view()) == [Rule.HOST]


def test_without_an_email_a_host_is_the_same_by_team_and_name() -> None:
    week = a_week().team("A", host="Manager", host_email="").team("B", host="Manager", host_email="")
    week.slot("s1", "A").slot("s2", "B").slot("s3", "A", 0, "10:30", "11:30")
    week.visitor("Ada").visitor("Bo").visitor("Cy").visit("Ada", "s1").visit("Bo", "s2")
    assert broken(week.view()) == []
    assert broken(week.visit("Cy", "s3").view()) == [Rule.HOST]


def test_limits_of_visitors_and_teams_count_visits() -> None:
    week = a_week().team("A", max_visits=1, max_per_day=1).slot("s1", "A", places=2)
    week.visitor("Ada").visitor("Bo").visit("Ada", "s1").visit("Bo", "s1")
    assert broken(week.view()) == [Rule.TEAM_MAX, Rule.TEAM_DAY_MAX]
    week = a_week().slot("s1", "A", 0, "09:00", "10:00").slot("s2", "B", 0, "15:00", "16:00")
    week.visitor("Ada", max_visits=1, max_per_day=1).visit("Ada", "s1").visit("Ada", "s2")
    assert broken(week.view()) == [Rule.VISITOR_MAX, Rule.VISITOR_DAY_MAX]


def test_the_same_team_twice_is_broken_only_where_the_week_says_once() -> None:
    week = a_week().slot("s1", "A").slot("s2", "A", 1).visitor("Ada").visit("Ada", "s1").visit("Ada", "s2")
    assert broken(week.view()) == [Rule.SAME_TEAM]
    assert broken(week.set_week(same_team_once=False).view()) == []


def test_declined_and_cancelled_visits_do_not_count() -> None:
    week = a_week().slot("s1", "A").visitor("Ada").visitor("Bo").visit("Ada", "s1")
    assert broken(week.visit("Bo", "s1", status=VisitStatus.DECLINED).view()) == []
    assert broken(week.visit("Bo", "s1", status=VisitStatus.CANCELLED).view()) == []


def test_a_permitted_break_is_told_and_does_not_block() -> None:
    week = a_week().slot("s1", "A", consent=Consent.REFUSED).visitor("Ada").visit("Ada", "s1", permitted="agreed since")
    found = problems(week.view())
    assert [one.permitted for one in found.broken] == [True]
    assert found.blocking == ()


def test_a_pin_that_is_gone_breaks_the_pin_rule() -> None:
    before = a_week().slot("s1", "A").slot("s2", "A", 1).visitor("Ada").visit("Ada", "s1", pinned=True).view()
    after = a_week().slot("s1", "A").slot("s2", "A", 1).visitor("Ada").visit("Ada", "s2").view()
    found = problems(after, before=before).broken
    assert [(one.rule, one.slot_id, one.pinned) for one in found] == [(Rule.PIN, slot_id("s1"), True)]


def test_pins_that_break_rules_are_told_as_pinned() -> None:
    week = a_week().slot("s1", "A", consent=Consent.REFUSED).visitor("Ada").visit("Ada", "s1", pinned=True)
    assert [(one.rule, one.pinned) for one in problems(week.view()).broken] == [(Rule.CONSENT, True)]


def test_what_only_warns_is_warned_of() -> None:
    week = a_week(pre_election_from=day(3), pre_election_to=day(3)).site("Hall", division="Northfield")
    week.team("A", site="Hall").visitor("Ada", division="northfield ")
    week.slot("s1", "A", 3).slot("s2", "A", 4, consent=Consent.TO_ASK, consent_by=day(-5))
    week.visit("Ada", "s1").visit("Ada", "s2")
    found = problems(week.view(), today=day(-4)).warnings
    # Friday of the built week is Good Friday 2027.
    assert {(one.kind, one.visit_id) for one in found} == {
        (Caution.DIVISION, visit_id("Ada", "s1")),
        (Caution.PRE_ELECTION, visit_id("Ada", "s1")),
        (Caution.DIVISION, visit_id("Ada", "s2")),
        (Caution.BANK_HOLIDAY, visit_id("Ada", "s2")),
        (Caution.CONSENT_LATE, visit_id("Ada", "s2")),
    }
