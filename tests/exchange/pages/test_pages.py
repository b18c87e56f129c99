"""The pages of a week: who sees what, in which shape, and that they can always be typeset."""

from __future__ import annotations

import base64
import datetime as dt
import json
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from app.engine.check import problems
from app.engine.unmet import unmet
from app.exchange.pages import (
    Kind,
    Page,
    Pages,
    Wanted,
    as_book,
    as_pdf,
    as_pictures,
    changed_pages,
    first_look,
    pages,
    undrawn_text,
)
from app.exchange.pages.book import kind_name
from app.exchange.rota import ChangeRow
from app.exchange.version import Version
from app.models.names import identity
from app.models.people import Clearance, Liking
from app.models.people import Kind as Sort
from app.models.places import Consent
from app.models.publication import Release
from app.models.view import WeekView
from tests.builders import Builder, a_week, day, person_id, site_id, visit_id

AT = dt.datetime(2027, 3, 1, 13, 5, tzinfo=dt.UTC)
VERSION = Version(number=3, replaces=2, at=AT)
SECRETS = ("Rosebank", "17 Larch Crescent", "ZZ4 4DD", "ZZ44DD")
PIXEL = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe"
        "0def46b80000000049454e44ae426082"
    )
).decode()


def a_busy_week(**settings: object) -> Builder:
    """Three visitors, three teams, one protected; needs, a private wish, a chief officer, a consent to ask."""
    week = a_week(dress="Smart", **settings)
    week.site("Rosebank", address="17 Larch Crescent, Exampleton", postcode="ZZ4 4DD", protected=True, alias="Home R",
              arrival_notes="Ring at 17 Larch Crescent")  # fmt: skip
    week.team("Front door", host_phone="01632 960123", deputy="Dee Deputy")
    week.team("Rosebank team", "Children's homes", "Rosebank").team("Quiet team", "Early help", "Hub")
    week.visitor("Jane Smith", role="Director", organisation="Example Council", kind=Sort.CHIEF_OFFICER,
                 needs="step-free access", base="Town Hall")  # fmt: skip
    week.visitor("Lee Jones", clearance=Clearance.ACCOMPANY).visitor("Unplaced Person")
    week.slot("s1", "Front door", 0, "09:30", "11:00", places=2, activity="Duty desk", purpose="To hear the calls",
              consent=Consent.TO_ASK, consent_by=day(-7))  # fmt: skip
    week.slot("s2", "Rosebank team", 0, "14:00", "15:00", activity="Tea at Rosebank")
    week.road("Town Hall", "Rosebank", 25)
    week.wish("Jane Smith", Liking.NEVER, team="Rosebank team", reason="a private reason")
    week.visit("Jane Smith", "s1").visit("Lee Jones", "s1").visit("Jane Smith", "s2", permitted="she insists")
    return week


def made(view: WeekView, **given: Any) -> Pages:
    asked: dict[str, Any] = {"version": VERSION, "problems": problems(view), **given}
    return pages(view, **asked)


def said(page: Page) -> str:
    """Everything that a page can show."""
    return json.dumps(page.sheet.data, ensure_ascii=False)


def of_kind(found: Pages, kind: Kind) -> dict[str, Page]:
    return {page.path.rpartition("/")[2].removesuffix(".pdf"): page for page in found.all if page.kind is kind}


def size_of(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_the_folder_holds_a_page_for_each_team_visitor_and_reception() -> None:
    assert sorted(page.path for page in made(a_busy_week().view()).all) == [
        "pages/day-sheets.pdf", "pages/director.pdf", "pages/hosts/Front door.pdf", "pages/hosts/Home R team.pdf",
        "pages/hosts/Quiet team.pdf", "pages/overview.pdf", "pages/reception/Home R.pdf",
        "pages/reception/Town Hall.pdf", "pages/reflections/Jane Smith.pdf", "pages/reflections/Lee Jones.pdf",
        "pages/teams/Front door.pdf", "pages/teams/Home R team.pdf", "pages/teams/Quiet team.pdf",
        "pages/visitors/Jane Smith.pdf", "pages/visitors/Lee Jones.pdf", "pages/visitors/Unplaced Person.pdf",
    ]  # fmt: skip


def test_each_page_is_tagged_for_screen_readers_with_title_and_language() -> None:
    for page in made(a_busy_week().view()).all:
        data = as_pdf(page.sheet)
        assert data.startswith(b"%PDF-")
        assert b"<pdfuaid:part>1</pdfuaid:part>" in data
        assert b"/MarkInfo" in data
        assert b"/Lang(en-GB)" in data
        assert page.sheet.data["document"]["title"].endswith("Spring practice week")


def test_the_same_version_is_the_same_bytes() -> None:
    first, second = made(a_busy_week().view()).files(), made(a_busy_week().view()).files()
    assert first == second
    assert b"20270301130500" in first["pages/overview.pdf"]


@pytest.mark.parametrize("kind", [Kind.VISITORS, Kind.REFLECTIONS])
def test_a_visitors_page_names_no_other_visitor(kind: Kind) -> None:
    names = ["Jane Smith", "Lee Jones", "Unplaced Person"]
    for whose, page in of_kind(made(a_busy_week().view()), kind).items():
        assert whose in said(page)
        assert not [name for name in names if name != whose and name in said(page)]


def test_a_teams_page_names_only_who_comes_and_no_other_team() -> None:
    found = of_kind(made(a_busy_week().view()), Kind.TEAMS)
    assert "Lee Jones" in said(found["Front door"])
    assert "Home R" not in said(found["Front door"])
    assert "Lee Jones" not in said(found["Home R team"])
    assert "Front door" not in said(found["Home R team"])
    assert not [name for name in ("Jane", "Lee", "Unplaced") if name in said(found["Quiet team"])]


def test_reception_learns_names_and_times_but_nothing_of_what_happens() -> None:
    found = of_kind(made(a_busy_week().view()), Kind.RECEPTION)
    text = said(found["Town Hall"])
    assert "09:30" in text
    assert "Jane Smith" in text
    assert not [word for word in ("Duty desk", "hear the calls", "step-free", "Front door,") if word in text]
    assert "Lee Jones" not in said(found["Home R"])


def test_needs_are_told_to_the_host_alone() -> None:
    telling = {page.path for page in made(a_busy_week().view()).all if "step-free" in said(page)}
    assert telling == {"pages/hosts/Front door.pdf", "pages/hosts/Home R team.pdf"}


def test_wishes_their_reasons_and_permits_stay_with_the_director() -> None:
    for page in made(a_busy_week().view()).all:
        assert "private reason" not in said(page)
        if page.kind is not Kind.DIRECTOR:
            assert "Never" not in said(page)
            assert "insists" not in said(page)


def test_a_host_is_told_to_accompany_whoever_is_not_cleared() -> None:
    (part,) = of_kind(made(a_busy_week().view()), Kind.HOSTS)["Front door"].sheet.data["parts"]
    (jane, lee) = part["sections"][0]["rows"]
    assert jane == [
        "Mon 22 March\n09:30–11:00", "Jane Smith", "Director, Example Council", "Cleared", "step-free access",
        "Duty desk\nTo hear the calls", "Still to ask, by Mon 15 March",
    ]  # fmt: skip
    assert lee[3] == "Accompany at all times"


def test_a_protected_site_is_on_no_page() -> None:
    for page in made(a_busy_week().view()).all:
        told = (page.path + said(page)).casefold()
        assert not [secret for secret in SECRETS if secret.casefold() in told], page.path


def test_a_released_place_stands_in_that_visitors_itinerary_alone() -> None:
    week = a_busy_week().visit("Lee Jones", "s2")
    week.entities["release"] = Release(
        id="release", week_id=week.week.id, person_id=person_id("Jane Smith"), site_id=site_id("Rosebank"),
        reason="agreed with the home", at=AT,
    )  # fmt: skip
    telling = {page.path for page in made(week.view()).all if "17 Larch Crescent" in said(page)}
    assert telling == {"pages/visitors/Jane Smith.pdf"}


def test_an_itinerary_tells_where_when_whom_the_roads_and_lunch() -> None:
    data = of_kind(made(a_busy_week().view()), Kind.VISITORS)["Jane Smith"].sheet.data
    (monday,) = data["days"]
    assert monday["title"] == "Mon 22 March"
    notes = [item["text"] for item in monday["items"] if item["kind"] == "note"]
    assert notes == ["Free for lunch: 12:00–14:00", "→ 3 h gap, 25 min road", "→ 25 min by road back to Town Hall"]
    first = next(item for item in monday["items"] if item["kind"] == "visit")
    assert first["time"] == "09:30–11:00"
    assert ["Where", "Town Hall"] in first["left"]
    assert ["Bring", "photo ID"] in first["left"]
    assert ["Host", "Manager of Front door\nRing 01632 960123"] in first["right"]
    assert ["Dress", "Smart"] in data["reminders"]


def test_changes_are_marked_on_the_pages_of_those_concerned() -> None:
    changed = frozenset({visit_id("Jane Smith", "s2")})
    found = made(a_busy_week().view(), changed=changed)
    marked = {page.path for page in found.all if '"changed": true' in said(page) or "✱" in said(page)}
    assert marked == {
        "pages/overview.pdf", "pages/teams/Home R team.pdf", "pages/hosts/Home R team.pdf",
        "pages/visitors/Jane Smith.pdf", "pages/reception/Home R.pdf", "pages/day-sheets.pdf", "pages/director.pdf",
    }  # fmt: skip


def test_only_the_pages_that_are_wanted_are_made_under_their_usual_names() -> None:
    view = a_busy_week().visitor("Jané Smith").view()
    everybody = made(view)
    wanted = Wanted(kinds=frozenset({Kind.VISITORS}), people=frozenset({person_id("Jané Smith")}))
    (page,) = made(view, wanted=wanted).all
    assert page.path in {one.path for one in everybody.all}
    assert said(page) == next(said(one) for one in everybody.all if one.path == page.path)
    teams = Wanted(kinds=frozenset({Kind.TEAMS}), services=frozenset({"early help"}))
    assert [page.path for page in made(view, wanted=teams).all] == ["pages/teams/Quiet team.pdf"]
    one_team = Wanted(kinds=frozenset({Kind.TEAMS}), teams=frozenset({identity("team", "Front door")}))
    assert [page.path for page in made(view, wanted=one_team).all] == ["pages/teams/Front door.pdf"]


def test_of_a_later_version_only_the_pages_that_changed_are_made_and_marked() -> None:
    before = a_busy_week().slot("s9", "Quiet team", 2, activity="Story time").view()
    after = a_busy_week().slot("s9", "Quiet team", 2, activity="Story time").visit("Lee Jones", "s9").view()
    changed = frozenset({visit_id("Lee Jones", "s9")})
    found = changed_pages(after, before, version=VERSION, problems=problems(after), changed=changed)
    assert {page.path for page in found.all} == {
        "pages/overview.pdf", "pages/day-sheets.pdf", "pages/director.pdf", "pages/teams/Quiet team.pdf",
        "pages/hosts/Quiet team.pdf", "pages/visitors/Lee Jones.pdf", "pages/reflections/Lee Jones.pdf",
        "pages/reception/Hub.pdf",
    }  # fmt: skip
    assert '"changed": true' in said(of_kind(found, Kind.VISITORS)["Lee Jones"])
    assert changed_pages(after, after, version=VERSION).all == ()


def test_the_director_sees_coverage_unseen_teams_movements_risks_and_changes() -> None:
    change = ChangeRow(visit="Jane Smith", old="Mon, Rosebank", new="Tue", who="Jane Smith")
    found = made(a_busy_week().visit("Unplaced Person", "s1").view(), changes=[change])
    (page,) = of_kind(found, Kind.DIRECTOR).values()
    sections = {section["title"]: section for section in page.sheet.data["parts"][0]["sections"]}
    assert ["■ Social care", "3", "1 / 1"] in sections["Coverage"]["rows"]
    assert sections["Teams nobody sees"]["about"] == "Quiet team."
    assert [row[2] for row in sections["Chief officers’ movements"]["rows"]] == ["Jane Smith", "Jane Smith"]
    assert any("has 2 places and 3 visitors" in row[1] for row in sections["Risks"]["rows"])
    assert sections["Changes"]["rows"] == [["Jane Smith", "Mon, Home R", "Tue"]]


HOSTILE = [
    "#sys.inputs",
    "*bold* _it_ $x^2$",
    "\\ ] ) }",
    '"quoted"',
    "@label <tag>",
    "=SUM(A1)",
    "{curly} #{1+1}",
    "//c /*",
]


def test_names_full_of_markup_are_only_text() -> None:
    week = a_week()
    for number, name in enumerate(HOSTILE):
        week.visitor(name, role=name).team(f"Team {name}").slot(f"s{number}", f"Team {name}", activity=name)
        week.visit(name, f"s{number}")
    found = made(week.view())
    assert len(found.files()) == len(found.all)
    assert HOSTILE[0] in said(found.all[0])


def test_a_text_that_no_font_can_draw_is_named_with_whose_it_is_and_the_page_still_made() -> None:
    week = (
        a_week().visitor("佐藤 花子").visitor("نموذج").visitor("Łukasz Zoë").slot("s1", "Front door", activity="お茶")
    )
    week.visit("佐藤 花子", "s1")
    found = made(week.view())
    assert [undrawn_text(one) for one in found.undrawn] == [
        "“佐藤 花子” has characters that no font here can draw: 佐 藤 花 子. Pages show ▯ in their place.",
        "“お茶” of Front door has characters that no font here can draw: お 茶. Pages show ▯ in their place.",
    ]
    assert len(found.files()) == len(found.all)


def test_the_signs_of_every_service_and_mark_can_be_drawn() -> None:
    week = a_week()
    for number in range(14):
        week.team(f"Team {number}", f"Service {number}")
    for service in ("Social care", "Education", "Children's homes", "Early help"):
        week.team(f"Team of {service}", service)
    view = week.visitor("Jane Smith").slot("s1", "Team 1").visit("Jane Smith", "s1").view()
    found = made(view, changed=frozenset({visit_id("Jane Smith", "s1")}))
    assert not any("▯" in said(page) for page in found.all)


@pytest.mark.parametrize(("visits", "width"), [(4, 297), (7, 297), (24, 297), (60, 420)])
def test_a_teams_week_stays_on_one_page_however_full_in_type_that_can_be_read(visits: int, width: int) -> None:
    week = a_week(last_day=day(6)).team("Front door")
    long = "Sir Bartholomew Featherington-Specimen of Upper Exampleton KC"
    for number in range(visits):
        hour, minutes = 8 + number // 6, 7 * (number % 6)
        week.slot(f"s{number}", "Front door", number % 7, f"{hour:02d}:{minutes:02d}", f"{hour + 1:02d}:{minutes:02d}")
        week.visitor(f"{number} {long}").visit(f"{number} {long}", f"s{number}")
    (page,) = made(week.view(), wanted=Wanted(kinds=frozenset({Kind.TEAMS}))).all
    (sheet,) = as_pictures(page.sheet, dots_per_inch=20)
    assert abs(size_of(sheet)[0] - width / 25.4 * 20) < 2


def test_the_emptier_a_teams_week_the_larger_its_type() -> None:
    sizes = []
    for visits in (1, 20, 45):
        week = a_week().team("Front door")
        for number in range(visits):
            on, hour = number % 5, 9 + number // 5
            week.slot(f"s{number}", "Front door", on, f"{hour:02d}:00", f"{hour + 1:02d}:00", activity="Duty desk")
            week.visitor(f"Visitor {number}").visit(f"Visitor {number}", f"s{number}")
        (page,) = made(week.view(), wanted=Wanted(kinds=frozenset({Kind.TEAMS}))).all
        assert len(as_pictures(page.sheet, dots_per_inch=10)) == 1
        sizes.append(page.sheet.data["size"])
    assert sizes[0] >= sizes[1] > sizes[2]


def test_a_team_with_very_many_times_has_a_list_for_each_day() -> None:
    week = a_week().team("Front door")
    for number in range(40):
        hour, minutes = 8 + number // 5, 5 * (number % 5)
        week.slot(f"s{number}", "Front door", number % 5, f"{hour:02d}:{minutes:02d}", f"{hour + 1:02d}:{minutes:02d}")
        week.visitor(f"Visitor {number}").visit(f"Visitor {number}", f"s{number}")
    (page,) = made(week.view(), wanted=Wanted(kinds=frozenset({Kind.TEAMS}))).all
    (row,) = page.sheet.data["rows"]
    assert [one["lead"] for one in row["cells"][0]][:2] == ["08:00–09:00", "09:00–10:00"]
    assert len(as_pictures(page.sheet, dots_per_inch=10)) == 1


def test_a_slot_elsewhere_or_with_another_host_says_so_on_the_wall() -> None:
    week = a_busy_week().slot("s9", "Front door", 3, site_id="Hub", host="Nan Other", host_email="nan@council.example")
    page = of_kind(made(week.visit("Lee Jones", "s9").view()), Kind.TEAMS)["Front door"]
    lines = [line for row in page.sheet.data["rows"] for cell in row["cells"] for one in cell for line in one["lines"]]
    assert "At Hub" in lines
    assert any(line.startswith("Host: Nan Other") for line in lines)


def test_a_host_without_a_phone_is_written_to() -> None:
    week = a_week().team("Front door", host="Nora Host", host_email="nora@council.example")
    week.visitor("Jane Smith").slot("s1", "Front door").visit("Jane Smith", "s1")
    page = of_kind(made(week.view()), Kind.VISITORS)["Jane Smith"]
    assert "No phone given; write to nora@council.example" in said(page)


def test_a_cell_too_full_for_a_page_of_the_overview_goes_on_over_the_next() -> None:
    week = a_week().team("Front door")
    for number in range(60):
        week.slot(f"s{number}", "Front door", number % 5, "09:00", "10:00", activity="Duty desk, " * 12)
        week.visitor(f"Visitor {number}").visit(f"Visitor {number}", f"s{number}")
    (page,) = made(week.view(), wanted=Wanted(kinds=frozenset({Kind.OVERVIEW}))).all
    (row,) = page.sheet.data["sections"][0]["rows"]
    assert row["tall"]
    assert not any(row["tall"] for row in page.sheet.data["sections"][1]["rows"])


def test_days_that_nobody_comes_on_are_narrow_and_a_crowded_day_is_wide() -> None:
    week = a_week().team("Front door").visitor("Jane Smith").slot("s0", "Front door", 0).visit("Jane Smith", "s0")
    for number in range(9):
        week.slot(f"s{number + 1}", "Front door", 1, f"{9 + number:02d}:00", f"{10 + number:02d}:00")
        week.visitor(f"Visitor {number}").visit(f"Visitor {number}", f"s{number + 1}")
    (page,) = made(week.view(), wanted=Wanted(kinds=frozenset({Kind.OVERVIEW}))).all
    _, _, monday, tuesday, wednesday, *_ = page.sheet.data["sections"][0]["widths"]
    assert wednesday < monday < tuesday


def test_the_directors_page_tells_the_first_of_many_risks_and_how_many_more() -> None:
    week = a_week().team("Front door").slot("s1", "Front door")
    for number in range(20):
        week.visitor(f"Visitor {number:02d}", clearance=Clearance.NOT_YET, min_visits=2)
    found = made(week.view(), unmet=unmet(week.view()), wanted=Wanted(kinds=frozenset({Kind.DIRECTOR})))
    risks = next(one for one in found.all[0].sheet.data["parts"][0]["sections"] if one["title"] == "Risks")
    assert len(risks["rows"]) == 13
    assert risks["rows"][-1][1].startswith("and 8 more")


def test_pictures_are_made_for_the_preview() -> None:
    (page,) = made(a_busy_week().view(), wanted=Wanted(kinds=frozenset({Kind.OVERVIEW}))).all
    first, second = as_pictures(page.sheet, dots_per_inch=30)
    assert first.startswith(b"\x89PNG")
    assert size_of(first) == size_of(second)
    assert size_of(first)[0] > size_of(first)[1]


def test_a_logo_is_shown_with_words_and_no_file_is_ever_opened_for_one() -> None:
    logo = f"data:image/png;base64,{PIXEL}"
    page = of_kind(made(a_busy_week(logo=logo).view()), Kind.VISITORS)["Jane Smith"]
    assert page.sheet.data["logo"]["alt"] == "Logo of Exampleshire County Council"
    assert as_pdf(page.sheet)
    for other in ("/etc/passwd", r"\\host\share\x.png", "data:image/png;base64,????", "data:image/png;base64,aGVsbG8="):
        plain = of_kind(made(a_busy_week(logo=other).view()), Kind.VISITORS)["Jane Smith"]
        assert plain.sheet.data["logo"] is None


def test_an_empty_week_has_its_overview_and_director_page() -> None:
    found = made(a_week().view())
    assert set(found.files()) == {"pages/overview.pdf", "pages/day-sheets.pdf", "pages/director.pdf"}


def test_every_kind_has_words() -> None:
    assert len({kind_name(kind) for kind in Kind}) == len(Kind)


def test_the_pages_of_one_day_are_those_of_whoever_has_a_visit_then() -> None:
    view = a_busy_week().slot("s9", "Quiet team", 2).visit("Unplaced Person", "s9").view()
    found = made(view, wanted=Wanted(days=frozenset({day(2)})))
    paths = {page.path for page in found.all} - {"pages/overview.pdf", "pages/director.pdf"}
    assert paths == {
        "pages/teams/Quiet team.pdf", "pages/hosts/Quiet team.pdf", "pages/visitors/Unplaced Person.pdf",
        "pages/reflections/Unplaced Person.pdf",
        "pages/reception/Hub.pdf", "pages/day-sheets.pdf",
    }  # fmt: skip
    (sheet,) = of_kind(found, Kind.DAY_SHEETS).values()
    assert [part["title"] for part in sheet.sheet.data["parts"]] == ["Day sheet: Wed 24 March"]
    nobody = made(view, wanted=Wanted(days=frozenset({day(3)}), kinds=frozenset({Kind.TEAMS, Kind.VISITORS})))
    assert nobody.all == ()


def test_changed_pages_of_a_kind_are_those_of_that_kind_alone() -> None:
    before, after = a_busy_week().view(), a_busy_week().visit("Unplaced Person", "s1").view()
    found = changed_pages(after, before, version=VERSION, wanted=Wanted(kinds=frozenset({Kind.TEAMS})))
    assert [page.path for page in found.all] == ["pages/teams/Front door.pdf"]


def test_several_documents_go_into_one_file_each_counting_its_own_pages() -> None:
    found = made(a_busy_week().view(), wanted=Wanted(kinds=frozenset({Kind.TEAMS, Kind.VISITORS})))
    data = as_book([page.sheet for page in found.all], "Teams and visitors")
    assert data == as_book([page.sheet for page in found.all], "Teams and visitors")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"Teams and visitors" in data


def test_a_first_look_at_a_long_document_is_short_and_begins_alike() -> None:
    week = a_week()
    for number in range(90):
        week.team(f"Team {number:02d}").slot(f"s{number}", f"Team {number:02d}", number % 5)
        week.visitor(f"Visitor {number:02d}").visit(f"Visitor {number:02d}", f"s{number}")
    for kind in (Kind.OVERVIEW, Kind.DAY_SHEETS, Kind.DIRECTOR):
        (page,) = made(week.view(), wanted=Wanted(kinds=frozenset({kind}))).all
        same_count = {**page.sheet.data, "document": {**page.sheet.data["document"], "page-of": "page {page}"}}
        whole = as_pictures(replace(page.sheet, data=same_count), dots_per_inch=40)
        short = as_pictures(first_look(page), dots_per_inch=40)
        assert short[0] == whole[0]
        assert len(short) <= len(whole)


def test_pages_can_be_typeset_in_several_threads_at_once() -> None:
    found = made(a_busy_week().view()).all
    with ThreadPoolExecutor(4) as threads:
        side_by_side = list(threads.map(lambda page: as_pdf(page.sheet), found))
    assert side_by_side == [as_pdf(page.sheet) for page in found]
