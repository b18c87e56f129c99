"""Every unmet minimum is named with the smallest reason that is true."""

from __future__ import annotations

from app.engine.unmet import unmet
from app.models.findings import Lack, Rule, Unmet
from app.models.people import Clearance, Presence
from app.models.places import Need
from tests.builders import Builder, a_week, person_id


def only(build: Builder) -> Unmet:
    (found,) = unmet(build.view())
    return found


def test_met_minimums_are_not_told() -> None:
    assert unmet(a_week().visitor("Ada", min_visits=1).slot("s-1", "Hub").visit("Ada", "s-1").view()) == ()


def test_a_team_without_slots_has_none() -> None:
    assert only(a_week().team("Hub", min_visits=1)).lack is Lack.NO_SLOTS


def test_nothing_open_names_the_rules_in_the_way() -> None:
    build = a_week().team("Home", clearance_needed=Need.CONFIRMED).slot("s-1", "Home", 0).slot("s-2", "Home", 1)
    build.visitor("Ada", min_visits=1, clearance=Clearance.NOT_YET).available("Ada", Presence.BUSY, 0)
    found = only(build)
    assert (found.lack, found.rules) == (Lack.NOTHING_OPEN, (Rule.CLEARANCE, Rule.NOT_FREE))


def test_fewer_alone_counts_what_she_could_have_by_herself() -> None:
    build = a_week().visitor("Ada", min_visits=3)
    build.slot("s-1", "Hub").slot("s-2", "Hub", 1).slot("s-3", "Desk", 2).slot("s-4", "Yard", 2, "10:00", "11:30")
    found = only(build)
    assert (found.lack, found.alone) == (Lack.FEWER_ALONE, 2)


def test_an_own_limit_is_told_apart_from_a_thin_offer() -> None:
    build = a_week().visitor("Ada", min_visits=2, max_per_day=1)
    build.slot("s-1", "Hub").slot("s-2", "Desk", 0, "14:00", "15:00")
    assert only(build).lack is Lack.OWN_LIMIT


def test_pins_of_others_are_named() -> None:
    build = a_week().slot("s-1", "Hub").visitor("Ada", min_visits=1).visitor("Ben").visit("Ben", "s-1", pinned=True)
    found = only(build)
    assert (found.id, found.lack, found.names) == (person_id("Ada"), Lack.PINS, ("Ben",))


def test_crowded_out_names_who_has_the_places() -> None:
    build = a_week().slot("s-1", "Hub").visitor("Ada", min_visits=1).visitor("Ben", min_visits=1).visit("Ben", "s-1")
    found = only(build)
    assert (found.lack, found.names) == (Lack.CROWDED_OUT, ("Ben",))


def test_what_could_simply_be_added_is_said_to_be_not_placed() -> None:
    assert only(a_week().slot("s-1", "Hub").visitor("Ada", min_visits=1)).lack is Lack.NOT_PLACED


def test_a_team_whose_only_guest_is_elsewhere_is_crowded_out() -> None:
    build = a_week().team("Hub", min_visits=1).slot("s-1", "Hub").slot("s-2", "Desk").visitor("Ada").visit("Ada", "s-2")
    found = only(build)
    assert (found.lack, found.names) == (Lack.CROWDED_OUT, ("Ada",))


def test_a_team_with_fewer_places_than_its_minimum_could_not_have_more_alone() -> None:
    build = a_week().team("Hub", min_visits=2).slot("s-1", "Hub").visitor("Ada").visitor("Ben")
    found = only(build)
    assert (found.lack, found.alone) == (Lack.FEWER_ALONE, 1)
