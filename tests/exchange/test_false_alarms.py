"""Ordinary weeks pass the leak check, and sharp leaks beside the ordinary words do not."""

from __future__ import annotations

import datetime as dt

import pytest

from app.engine.check import problems
from app.exchange.calendar.files import invitations
from app.exchange.childdata import child_data
from app.exchange.leaks import file_leaks, text_leaks
from app.exchange.packs import packs
from app.exchange.pages import pages
from app.exchange.version import Version
from app.exchange.wording import words_of
from app.models.leaks import Leak, LeakKind
from app.models.people import Liking
from app.models.view import WeekView
from tests.builders import Builder, a_week

MONDAY = dt.date(2027, 3, 22)
VERSION = Version(number=2, replaces=1, at=dt.datetime(2027, 3, 1, 13, 5, tzinfo=dt.UTC))


def a_week_of(*names: str, teams: tuple[str, str] = ("Team 1", "Team 12")) -> Builder:
    """Everybody visits both teams; texts, hosts and places are full of words that are names too."""
    week = a_week().site(
        "Town Hall", address="1 High Street, Exampleton", postcode="ZZ1 1AA",
        parking="Park at OX2 3DD, permit number 12345678.", arrival_notes="Opened 12/03/2015. Sat nav: OX1 9ZZ.",
    )  # fmt: skip
    for team in teams:
        week.team(team, "Early help", "Town Hall", host=f"Manager of {team}", host_email="host@team.example",
                  notes="Teams meeting ID: 312 456 789 012, passcode aB3cD4")  # fmt: skip
    for number, name in enumerate(names):
        week.visitor(name, role="Head of Care", email=f"v{number}@council.example", needs="None")
        for place, team in enumerate(teams):
            slot = f"s{number}{place}"
            week.slot(
                slot, team, (number + place) % 5, f"{9 + (2 * number + place) % 8:02d}:00",
                f"{10 + (2 * number + place) % 8:02d}:00", purpose="A walk through the hall",
                activity="Time with the team in March, Hall tour; Care planning, Host and Hope Lane",
            )  # fmt: skip
            week.visit(name, slot)
    return week


def recipients_texts(view: WeekView) -> tuple[dict[str, bytes], dict[str, str]]:
    """The calendar files and workbooks for others, and the texts of their pages; no PDF is made."""
    drawn = pages(view, version=VERSION, problems=problems(view)).texts()
    return {**invitations(view).by_path, **packs(view, version=VERSION), **dict.fromkeys(drawn, b"")}, drawn


def leaks(view: WeekView) -> tuple[Leak, ...]:
    files, drawn = recipients_texts(view)
    return (*text_leaks(view), *file_leaks(view, files, drawn))


@pytest.mark.parametrize(
    "names",
    [
        ("Hall", "March", "Care", "Host", "Time", "A"),
        ("Visitor 1", "Visitor 12", "Visitor 2", "Visitor", "1"),
        ("Ann", "Ann Marie", "Marie Ann", "Ann Marie Hall", "Marie Hall"),
        ("Team", "Monday", "Online", "Manager", "Exampleton", "High"),
    ],
)
def test_names_that_are_ordinary_words_or_parts_of_each_other_are_no_leak(names: tuple[str, ...]) -> None:
    assert leaks(a_week_of(*names).view()) == ()


def test_every_word_that_stands_alone_in_the_apps_papers_may_be_a_visitors_name() -> None:
    _, drawn = recipients_texts(a_week_of("Xavier Quill", "Yolanda Zest").view())
    alone = {
        entry.strip().title()
        for text in drawn.values()
        for entry in text.replace(":", "\n").replace(",", "\n").split("\n")
        if len(words_of(entry)) == 1 and entry.strip().isalpha()
    }
    assert {"Host", "Needs"} <= alone
    assert leaks(a_week_of(*sorted(alone)).view()) == ()


def test_a_visitor_of_one_word_is_found_where_a_name_can_stand() -> None:
    view = a_week_of("Hall", "Nkechi", "Ann Visitor").view()
    path = "invites/visitors/Ann Visitor/x.ics"
    for text in (
        "ATTENDEE;CN=Hall:mailto:x@y.example", "SUMMARY:Nkechi", "DESCRIPTION:Visitor: Nkechi\\nRole: Head",
        "DESCRIPTION:Visitor: Hall\\nRole: Head", "DESCRIPTION:with Nkechi\\, who comes too", "SUMMARY:Meet Nkechi",
    ):  # fmt: skip
        found = file_leaks(view, {path: f"{text}\r\n".encode()})
        assert [leak.kind for leak in found] == [LeakKind.OTHER_VISITOR], text
    for text in ("SUMMARY:the hall", "LOCATION:Hall Lane", "SUMMARY:Nkechi Obi", "SUMMARY:Meet Sam Nkechi"):
        assert file_leaks(view, {path: f"{text}\r\n".encode()}) == (), text


@pytest.mark.parametrize(
    "path",
    ["invites/visitors/Ann Visitor/2027_Bob-Guest.ics", "pages/reflections/Ann Visitor.pdf", "packs/teams/Team 1.xlsx"],
)
def test_another_visitor_is_found_in_file_names_reflection_forms_and_packs(path: str) -> None:
    view = a_week_of("Ann Visitor").visitor("Bob Guest").view()
    found = file_leaks(view, {path: b""}, {path: "with Bób Guest"})
    assert LeakKind.OTHER_VISITOR in {leak.kind for leak in found}


def test_another_visitor_in_a_hosts_teams_or_slots_text_is_found_and_told_where() -> None:
    for built, source in (
        (a_week_of("Ann Visitor").slot("s00", "Team 1", 0, activity="Meet Bob Guest"), "Slots: s00: Activity"),
        (a_week_of("Ann Visitor").team("Team 1", site="Town Hall", host_email="h@team.example",
                                       host="Jo Host (with Bob Guest)"), "Teams: Team 1: Host"),
        (a_week_of("Ann Visitor", teams=("Team 1", "Duty with Bob Guest")), "Teams: Duty with Bob Guest: Team"),
    ):  # fmt: skip
        found = leaks(built.visitor("Bob Guest").view())
        assert {leak.kind for leak in found} == {LeakKind.OTHER_VISITOR}
        assert source in {leak.source for leak in found}


def test_a_host_who_visits_others_may_be_named_by_those_who_visit_them() -> None:
    teams = ("Bob Guest's team", "Team 1")
    built = a_week_of("Ann Visitor", teams=teams).team(
        teams[0], site="Town Hall", host="Jo Host and Bob Guest", host_email="h@team.example"
    )
    assert leaks(built.visitor("Bob Guest").view()) == ()


@pytest.mark.parametrize("reason", ["Practice Week", "by visitor", "first time", "Head of Care", "Town Hall", "close"])
def test_a_reason_of_ordinary_words_tells_nothing(reason: str) -> None:
    for liking in Liking:
        assert leaks(a_week_of("Ann Visitor").wish("Ann Visitor", liking, team="Team 1", reason=reason).view()) == ()


@pytest.mark.parametrize("reason", ["bullying complaint", "her sister works there", "was disciplined by the manager"])
def test_a_reason_that_tells_something_is_found_wherever_it_is_planted(reason: str) -> None:
    for liking in (Liking.NEVER, Liking.LIKE):
        built = a_week_of("Ann Visitor").wish("Ann Visitor", liking, team="Team 1", reason=reason)
        found = leaks(built.slot("s00", "Team 1", 0, purpose=f"Duty talk: {reason.upper()}.").view())
        assert {leak.kind for leak in found} == {LeakKind.WISH_REASON}
        assert {leak.source for leak in found} == {"Slots: s00: Purpose"}


@pytest.mark.parametrize(
    "text",
    [
        "Opened 12/03/2015", "Ofsted inspected on 3 May 2022", "The hub, built in stages since 1/9/2014",
        "Permit number 12345678", "Meeting ID: 312 456 789 012, passcode 123456",
        "Teams ID 3124567", "Booking reference 48213", "Key safe 4829130",
        "https://zoom.example/j/91234567890?id=12345", "Block B2 3rd floor", "A40 2hr", "Case 2024 review", "£1234567",
        "+353 1 234 5678", "Join on Teams: 312 456 789 012", "Charity number 1234567", "birthday lunch 12.30",
    ],
)  # fmt: skip
def test_everyday_dates_and_numbers_pass(text: str) -> None:
    assert list(child_data(text, today=MONDAY)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("since birth 12/03/2015", LeakKind.BIRTH_DATE),
        ("born 14 March", LeakKind.BIRTH_DATE),
        ("J (20150312)", LeakKind.BIRTH_DATE),
        ("The boy, 12/03/2015", LeakKind.BIRTH_DATE),
        ("The hub opened. The boy, 12/03/2015", LeakKind.BIRTH_DATE),
        ("permit 9434765919", LeakKind.LONG_NUMBER),
        ("943-476-5919", LeakKind.LONG_NUMBER),
        ("Mosaic 1234567", LeakKind.LONG_NUMBER),
        ("child's ID 48213", LeakKind.LONG_NUMBER),
        ("child at OX1 3ND", LeakKind.POSTCODE),
    ],
)
def test_a_childs_data_beside_ordinary_words_is_found(text: str, kind: LeakKind) -> None:
    assert [found for found, _ in child_data(text, today=MONDAY)] == [kind]


def test_a_postcode_in_the_notes_of_a_protected_place_is_found() -> None:
    view = (
        a_week_of("Ann Visitor")
        .site("Rosebank", protected=True, alias="Home R", parking="Use OX2 3DD")
        .team("Home", site="Rosebank")
        .slot("h1", "Home", 0)
        .view()
    )
    [leak] = text_leaks(view)
    assert (leak.kind, leak.where) == (LeakKind.POSTCODE, "Sites: Home R: Parking")
