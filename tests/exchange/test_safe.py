"""What others may read: protected sites under their alias, text without treacherous characters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.safe import Safe, clean, clean_line, first_line
from app.models.places import Site
from app.models.plan import Plan
from app.models.publication import Release
from tests.builders import Builder, person_id, site_id


def protected(name: str = "The Laurels", alias: str = "Home L", **fields: str) -> Site:
    given = {"address": "5 Laurel Way, Exampleton", "postcode": "ZZ5 5EE", **fields}
    return Site(id=name, name=name, alias=alias, protected=True, **given)


def safe(*sites: Site) -> Safe:
    return Safe(Plan.of(sites or (protected(),)))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Meet at The Laurels.", "Meet at Home L."),
        ("the  laurels", "Home L"),
        ("THE LAURELS' kitchen", "Home L' kitchen"),
        ("The\u00a0Laurels team", "Home L team"),
        ("The\u200bLaur\u00adels team", "Home L team"),
        ("Ｔｈｅ Ｌａｕｒｅｌｓ", "Home L"),
        ("the-laurels_team", "Home L_team"),
        ("TheLaurels", "Home L"),
        ("Ring at 5 Laurel Way", "Ring at Home L"),
        ("Ring at 5, laurel way", "Ring at Home L"),
        ("Park in Laurel Way", "Park in Home L"),
        ("sat nav ZZ5 5EE", "sat nav Home L"),
        ("sat nav zz55ee", "sat nav Home L"),
        ("in Exampleton", "in Exampleton"),
        ("Bathe Laurelson", "Bathe Laurelson"),
        ("ZZ5 5EEX", "ZZ5 5EEX"),
    ],
)
def test_a_protected_place_is_shown_under_its_alias(text: str, shown: str) -> None:
    assert safe().text(text) == shown


def test_short_road_words_give_an_address_away_too() -> None:
    assert safe(protected(address="5 Laurel Road, Exampleton")).text("5 Laurel Rd") == "Home L"
    assert safe(protected(address="5 Laurel Road, Exampleton")).text("5 laurel rd. again") == "Home L again"


def test_accents_do_not_hide_a_name() -> None:
    assert safe(protected(name="Académie Łódź")).text("academie lodz") == "Home L"
    assert safe(protected(name="Academie")).text("Acade\u0301mie!") == "Home L!"


def test_a_postcode_typed_without_space_is_found_with_one() -> None:
    assert safe(protected(postcode="ZZ55EE")).text("ZZ5 5EE and ZZ55EE") == "Home L and Home L"


def test_a_postcode_inside_the_address_is_a_postcode() -> None:
    assert safe(protected(postcode="", address="5 Laurel Way, Exampleton ZZ5 5EE")).text("zz55ee") == "Home L"


def test_longer_names_are_found_before_shorter_ones() -> None:
    both = safe(protected("Rosebank", "Home R", address="", postcode=""), protected("Rosebank Cottage", "Home C"))
    assert both.text("Rosebank Cottage, then Rosebank") == "Home C, then Home R"


def test_an_alias_that_holds_the_name_stays_whole() -> None:
    assert safe(protected("Laurels", "Laurels house")).text("Laurels house by the Laurels") == (
        "Laurels house by the Laurels house"
    )


def test_a_name_that_is_its_own_alias_is_shown() -> None:
    assert safe(protected("Home D", "Home D", address="", postcode="")).text("home d team") == "home d team"


def test_the_town_is_never_hidden() -> None:
    town_only = protected("Meadow View", "Home M", address="Oxford", postcode="")
    other = Site(id="hall", name="Hall", address="Hall, Oxford")
    assert safe(town_only, other).text("Meadow View, Oxford") == "Home M, Oxford"


def test_a_street_with_public_places_is_not_hidden_but_the_house_is() -> None:
    clinic = Site(id="clinic", name="Clinic", address="40 Laurel Way, Exampleton")
    shown = safe(protected(), clinic)
    assert shown.text("Laurel Way 40; not 5 Laurel Way") == "Laurel Way 40; not Home L"


def test_a_name_of_one_letter_is_hidden_in_its_own_case_only() -> None:
    assert safe(protected("B", "Home B", address="", postcode="")).text("a b B") == "a b Home B"


def test_places_are_named_with_address_or_alias_alone() -> None:
    hall = Site(id="hall", name="Town Hall", address="1 High Street,\nExampleton", postcode="ZZ1 1AA")
    shown = safe(protected(), hall)
    assert shown.place_line(hall) == "Town Hall, 1 High Street, Exampleton, ZZ1 1AA"
    assert shown.place_line(protected()) == shown.site_label(protected()) == "Home L"
    named_twice = Site(id="court", name="Court", address="Court, Exampleton")
    assert shown.place_line(named_twice) == "Court, Exampleton"


def test_a_team_named_after_its_home_goes_by_the_alias() -> None:
    built = Builder().site("The Laurels", protected=True, alias="Home L").team("The Laurels", site="The Laurels")
    week = built.view()
    assert [Safe.of(week).team_name(team) for team in week.teams.values()] == ["Home L"]


def test_a_release_opens_the_place_for_that_visitors_itinerary_alone() -> None:
    built = Builder().site("The Laurels", protected=True, alias="Home L").visitor("Ann").visitor("Bob")
    release = Release(
        id="r", week_id=built.week.id, person_id=person_id("Ann"), site_id=site_id("The Laurels"),
        reason="drives alone", at=dt.datetime(2027, 3, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    built.entities["r"] = release
    week = built.view()
    assert Safe.for_itinerary(week, person_id("Ann")).text("The Laurels") == "The Laurels"
    assert Safe.for_itinerary(week, person_id("Bob")).text("The Laurels") == "Home L"
    assert Safe.of(week).text("The Laurels") == "Home L"


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("14 Larch Lane, Witney", "14 Larch Lane"),
        ("14, Larch Lane, Witney", "14, Larch Lane"),
        ("Flat 2, 14 Larch Lane, Witney", "Flat 2, 14 Larch Lane"),
        ("14 Larch Lane\nWitney", "14 Larch Lane"),
        ("14 Larch Lane ZZ1 1AA", "14 Larch Lane"),
        ("", ""),
    ],
)
def test_the_first_line_of_an_address(address: str, line: str) -> None:
    assert first_line(address) == line


def test_treacherous_characters_are_dropped_and_all_others_kept() -> None:
    assert clean("a\x00b\x1b\u202ec\ud800d\ufeff") == "abcd"
    assert clean("a\r\nb\rc\u2028d\te") == "a\nb\nc\nd e"
    kept = "Zoë Łukasz نموذج 👩‍👩‍👧 ,;:\\\"'"
    assert clean(kept) == kept
    assert clean_line(" a \n b ") == "a b"


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_goes_into_any_file(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert not any(char < " " and char != "\n" for char in cleaned)
    assert clean(cleaned) == cleaned


@given(
    before=st.text("ab .,(\n", max_size=8),
    after=st.text("ab .,)'\n", max_size=8),
    gap=st.text(" \n\u00a0-_,", min_size=1, max_size=3),
    case=st.sampled_from((str.upper, str.lower, str.title)),
)
def test_whatever_stands_around_it_a_name_is_never_shown(
    before: str, after: str, gap: str, case: Callable[[str], str]
) -> None:
    shown = safe().text(f"{before} {case('the')}{gap}{case('laurels')} {after}")
    assert "laurels" not in shown.casefold()
    assert "Home L" in shown
