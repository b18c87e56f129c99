"""Each priority is valued as INTERFACES.md defines it."""

from __future__ import annotations

from app.engine.goals import order, told, values
from app.models.people import Liking, Presence
from app.models.visits import VisitStatus
from app.models.week import DEFAULT_PRIORITIES, Priority
from tests.builders import a_week, person_id


def test_demand_sums_what_visitors_and_teams_lack_with_standby_aside() -> None:
    week = a_week().team("A", min_visits=2).slot("s1", "A").visitor("Ada", min_visits=3)
    week.visitor("Sam", min_visits=5, standby=True).visit("Ada", "s1")
    assert values(week.view())[Priority.DEMAND] == 2 + 1


def test_a_wish_for_the_team_outweighs_its_service_and_rather_not_time_costs_a_point() -> None:
    week = a_week().team("A", "Education").team("B", "Education").slot("s1", "A").slot("s2", "B", 1).visitor("Ada")
    week.wish("Ada", Liking.FIRST_CHOICE, team="A").wish("Ada", Liking.RATHER_NOT, service="education")
    week.visit("Ada", "s1").visit("Ada", "s2")
    assert values(week.view())[Priority.WISHES] == 3 - 3
    week.available("Ada", Presence.RATHER_NOT, 0, "10:30", "12:00")
    assert values(week.view())[Priority.WISHES] == 2 - 3


def test_fresh_eyes_prize_new_services_and_mark_down_teams_seen_before() -> None:
    week = a_week().team("A", "Education").team("B", "Education").team("C", "Youth").team("D", "Early help")
    for number, team in enumerate("ABCD"):
        week.slot(f"s{number}", team, number).visitor("Ada").visit("Ada", f"s{number}")
    assert values(week.view())[Priority.FRESH_EYES] == 3
    assert values(week.seen("Ada", "A").view())[Priority.FRESH_EYES] == 2 - 2


def test_fair_visitors_squares_what_each_lacks_of_their_best() -> None:
    week = a_week().slot("s1", "A").slot("s2", "B").slot("s3", "C", 1).visitor("Ada", max_visits=2)
    week.wish("Ada", Liking.FIRST_CHOICE, team="A").wish("Ada", Liking.LIKE, team="B").wish(
        "Ada", Liking.LIKE, team="C"
    )
    assert values(week.view())[Priority.FAIR_VISITORS] == 5 * 5
    assert values(week.visit("Ada", "s2").view())[Priority.FAIR_VISITORS] == 3 * 3


def test_fair_teams_sums_squares_of_visits() -> None:
    week = a_week().slot("s1", "A", places=2).slot("s2", "B", 1).visitor("Ada").visitor("Bo")
    week.visit("Ada", "s1").visit("Bo", "s1").visit("Ada", "s2")
    assert values(week.view())[Priority.FAIR_TEAMS] == 4 + 1


def test_travel_goes_from_the_base_through_the_day_and_back() -> None:
    week = a_week().site("Base").team("A", site="North").team("B", site="South").visitor("Ada", base="Base")
    week.road("Base", "North", 10).road("North", "South", 25).road("South", "Base", 40)
    week.slot("s1", "A", 0, "09:00", "10:00").slot("s2", "B", 0, "15:00", "16:00")
    week.visit("Ada", "s1").visit("Ada", "s2")
    assert values(week.view())[Priority.TRAVEL] == 10 + 25 + 40
    week.visitor("Ada")
    assert values(week.view())[Priority.TRAVEL] == 25


def test_told_counts_people_whose_promises_change_and_joins_after_demand() -> None:
    published = a_week().slot("s1", "A").slot("s2", "B", 1).slot("s3", "C", 2).visitor("Ada").visitor("Bo")
    published.visit("Ada", "s1", status=VisitStatus.CONFIRMED).visit("Bo", "s3", status=VisitStatus.PUBLISHED)
    moved = a_week().slot("s1", "A").slot("s2", "B", 1).slot("s3", "C", 2).visitor("Ada").visitor("Bo")
    moved.visit("Ada", "s2").visit("Bo", "s3", status=VisitStatus.PUBLISHED)
    people, count = told(moved.view(), published.view())
    assert ("visitor", person_id("Ada")) in people
    assert len(people) == 3  # Ada, the host she leaves, the host she comes to
    assert count == 2
    assert values(published.view())[Priority.TOLD] == 0
    asked = order(published.view())
    assert asked[:3] == (Priority.DEMAND, Priority.TOLD, Priority.TOLD_VISITS)
    assert tuple(one for one in asked if one in DEFAULT_PRIORITIES) == DEFAULT_PRIORITIES


def test_told_is_left_out_before_publication() -> None:
    week = a_week().slot("s1", "A").visitor("Ada").visit("Ada", "s1")
    assert Priority.TOLD not in values(week.view())
