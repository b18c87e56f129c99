"""The leak check: every kind of leak planted in finished files is found, and honest files have none."""

from __future__ import annotations

import datetime as dt
import html
import io
import zipfile
import zlib
from dataclasses import replace

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from app.errors import Refused
from app.exchange.calendar.files import invitations
from app.exchange.childdata import child_data
from app.exchange.leaks import file_leaks, refuse_leaks, text_leaks
from app.models.leaks import Leak, LeakKind
from app.models.people import Liking
from app.models.publication import Release
from app.models.view import WeekView
from app.words.leaks import leak_line
from tests.builders import Builder, a_week, person_id, site_id

ANN_FILE = "invites/visitors/Ann Visitor/2027-03-22_0930_Duty.ics"
HOST_FILE = "invites/hosts/Duty/2027-03-22_0930_Ann-Visitor.ics"
MONDAY = dt.date(2027, 3, 22)


def built() -> Builder:
    return (
        a_week()
        .site(
            "Rosebank", address="17 Rosebank Crescent, Exampleton", postcode="ZZ4 4DD", protected=True, alias="Home R"
        )
        .site("Town Hall", address="1 High Street, Exampleton", postcode="ZZ1 1AA")
        .team("Duty", host="Jo Host", host_email="rosebank@team.example")
        .team("Rosebank team", site="Rosebank", host="Kim Host")
        .slot("s1", "Duty", 0)
        .slot("s2", "Rosebank team", 1)
        .visitor("Ann Visitor", needs="Step-free access please", email="ann@council.example")
        .visitor("Bob Guest", email="bob@council.example")
        .wish("Bob Guest", Liking.NEVER, team="Duty", reason="line manages the team")
        .visit("Ann Visitor", "s1")
        .visit("Bob Guest", "s2")
    )


def week() -> WeekView:
    return built().view()


def kinds(files: dict[str, bytes], drawn: dict[str, str] | None = None) -> set[LeakKind]:
    return {leak.kind for leak in file_leaks(week(), files, drawn)}


def workbook(*cells: str, **properties: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cell in cells:
        sheet.append([cell])
    book.properties.creator = properties.get("creator", "")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_the_weeks_own_files_hold_no_leak() -> None:
    view = week()
    files = invitations(view).by_path
    assert file_leaks(view, files) == ()
    refuse_leaks(view, files)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (ANN_FILE, "BEGIN:VCALENDAR\r\nLOCATION:Rosebank\r\n"),
        (ANN_FILE, "LOCATION:17 Rose\r\n bank Cres\\, there\r\n"),
        (ANN_FILE, "DESCRIPTION:see\\nROSEBANK\\nthere\r\n"),
        (ANN_FILE, "ATTENDEE;CN=Rosebank office:mailto:x@y.example\r\n"),
        ("READ ME.txt", "Ring zz44dd"),
        ("plan.json", '{"team": "Rose\\u0062ank team"}'),
        ("invites/hosts/Rosebank team/x.ics", ""),
        ("calls.txt", "Rosebank Crescent"),
    ],
)
def test_a_protected_place_is_found_in_any_text_and_file_name(path: str, text: str) -> None:
    assert kinds({path: text.encode()}) == {LeakKind.PROTECTED_PLACE}


def test_a_protected_place_is_found_in_every_part_of_a_workbook() -> None:
    assert kinds({"rota.xlsx": workbook("Town Hall", "ring Rosebank")}) == {LeakKind.PROTECTED_PLACE}
    book = Workbook()
    book.create_sheet("Rosebank")
    book.properties.creator = ""
    book.properties.title = "Title"
    held = io.BytesIO()
    book.save(held)
    assert kinds({"rota.xlsx": held.getvalue()}) == {LeakKind.PROTECTED_PLACE}
    assert LeakKind.PROTECTED_PLACE in kinds({"rota.xlsx": workbook("x", creator="Rosebank office")})


@pytest.mark.parametrize("header", ['&C&"Noto Sans"&9ZZ4 4DD&R', "&RRosebank", "&LR&&D with Rosebank"])
def test_a_protected_place_is_found_between_the_codes_of_a_header(header: str) -> None:
    book = Workbook()
    book.properties.creator = ""
    held = io.BytesIO()
    book.save(held)
    packed = io.BytesIO()
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            told = f"<headerFooter><oddHeader>{html.escape(header)}</oddHeader></headerFooter></worksheet>"
            new.writestr(name, old.read(name).decode().replace("</worksheet>", told))
    assert kinds({"rota.xlsx": packed.getvalue()}) == {LeakKind.PROTECTED_PLACE}


@pytest.mark.parametrize("written", ["Guest, Bob", "GUEST Bob", "Bob  Guest", "Cllr Dr Bob Guest"])
def test_another_visitor_is_found_however_the_name_is_written(written: str) -> None:
    week = built().visitor("Councillor Bob Guest").view()
    [leak] = file_leaks(week, {"invites/visitors/Ann Visitor/note.txt": f"with {written} too".encode()})
    assert leak.kind is LeakKind.OTHER_VISITOR
    assert written in {"Guest, Bob", "GUEST Bob"} or leak.found.endswith("bob guest")


def test_another_visitor_in_a_role_is_found_where_the_role_is_told() -> None:
    view = built().visitor("Ann Visitor", role="Deputy to Bob Guest").view()
    [leak] = file_leaks(view, {HOST_FILE: b"Role: Deputy to Bob Guest"})
    assert (leak.kind, leak.source) == (LeakKind.OTHER_VISITOR, "Visitors: Ann Visitor: Role")


def test_a_hosts_name_that_holds_another_visitors_surname_first_is_found() -> None:
    view = built().team("Duty", host="Jo with Guest, Bob").view()
    [leak] = file_leaks(view, {ANN_FILE.replace(".ics", ".txt"): b"Host: Jo with Guest, Bob"})
    assert leak.kind is LeakKind.OTHER_VISITOR


def test_a_long_reason_or_need_is_no_chance_likeness() -> None:
    reason, need = "Stay and play with the library service", "Uses a wheelchair and needs a hearing loop"
    view = (
        built()
        .wish("Bob Guest", Liking.LIKE, team="Duty", reason=reason)
        .visitor("Bob Guest", needs=need)
        .slot("s1", "Duty", 0, activity=reason, purpose=need)
        .view()
    )
    found = file_leaks(view, {"rota.xlsx": workbook(reason, need)})
    assert {leak.kind for leak in found} == {LeakKind.WISH_REASON, LeakKind.NEEDS}


def test_a_name_split_over_rich_text_runs_is_found() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", "<si><r><t>Rose</t></r><r><t>bank</t></r></si><si><t>x</t></si>")
    assert kinds({"rota.xlsx": held.getvalue()}) == {LeakKind.PROTECTED_PLACE}


def test_a_protected_place_is_found_in_a_pdf() -> None:
    page = b"%PDF-1.7\n1 0 obj\n<<>>\nstream\n" + zlib.compress(b"BT (Rose) Tj (bank) Tj ET") + b"\nendstream\n"
    assert kinds({"pages/overview.pdf": page}) == {LeakKind.PROTECTED_PLACE}
    assert kinds({"pages/overview.pdf": b"%PDF /Title (Rosebank)"}) == {LeakKind.PROTECTED_PLACE}
    assert kinds({"pages/overview.pdf": b"%PDF"}, {"pages/overview.pdf": "at Rosebank"}) == {LeakKind.PROTECTED_PLACE}


def test_an_e_mail_draft_is_read_through() -> None:
    mail = (
        b"Subject: Visit\r\nTo: ann@council.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nat Rosebank\r\n"
    )
    assert kinds({"drafts/visitors/Ann Visitor/x.eml": mail}) == {LeakKind.PROTECTED_PLACE}


def test_the_recipients_own_address_is_no_leak() -> None:
    assert kinds({HOST_FILE: b"ATTENDEE;CN=Jo:mailto:rosebank@team.example\r\n"}) == set()


@pytest.mark.parametrize("path", [ANN_FILE, HOST_FILE, "packs/visitors/Ann Visitor.xlsx", "pages/teams/Duty.pdf"])
def test_another_visitor_in_a_recipients_file_is_found(path: str) -> None:
    data = workbook("with Bob Guest") if path.endswith(".xlsx") else b"SUMMARY:with bob\tGUEST\r\n"
    assert kinds({path: data}) == {LeakKind.OTHER_VISITOR}


def test_those_who_belong_there_may_be_named() -> None:
    assert kinds({ANN_FILE: b"SUMMARY:Ann Visitor with Jo Host, Practice Week desk\r\n"}) == set()
    assert kinds({"invites/week.ics": b"SUMMARY:Bob Guest, Ann Visitor\r\n"}) == set()


def test_a_visitor_who_is_somebodys_host_may_be_named_to_them() -> None:
    view = built().team("Duty", host="Bob Guest").view()
    assert file_leaks(view, {ANN_FILE: b"SUMMARY:Host Bob Guest\r\n"}) == ()


def test_a_wishs_reason_is_found_unless_it_says_what_is_said_anyway() -> None:
    assert kinds({"rota.xlsx": workbook("Line manages the  team!")}) == {LeakKind.WISH_REASON}
    view = (
        built()
        .wish("Bob Guest", Liking.LIKE, team="Duty", reason="Strategy discussion for schools")
        .slot("s1", "Duty", 0, activity="Strategy discussion for schools")
        .view()
    )
    assert file_leaks(view, {"rota.xlsx": workbook("Strategy discussion for schools")}) == ()


@pytest.mark.parametrize("text", ["Line manages the team", "Duty talk (line manages the team)"])
def test_why_somebody_must_not_come_is_told_in_no_text_of_the_week(text: str) -> None:
    week = built()
    for view in (
        week.slot("s1", "Duty", 0, activity=text).view(),
        built().slot("s1", "Duty", 0, purpose=text).view(),
        built().team("Duty", host=f"Jo Host {text}").view(),
        built().team("Duty", notes=text).view(),
    ):
        assert {leak.kind for leak in file_leaks(view, {"rota.xlsx": workbook(text)})} == {LeakKind.WISH_REASON}


def test_a_reason_in_the_apps_own_words_or_a_need_that_a_site_meets_is_no_secret() -> None:
    view = (
        built()
        .site("Hub", division="North", arrival_notes="Step-free access please ring at the side door.")
        .team("North team", site="Hub")
        .slot("s3", "North team", 2)
        .visitor("Cy Guest", division="North", email="cy@council.example")
        .wish("Cy Guest", Liking.LIKE, team="Duty", reason="Own division")
        .wish("Ann Visitor", Liking.LIKE, team="Duty", reason="chief officer")
        .visit("Cy Guest", "s3")
        .view()
    )
    said = b"Cy Guest visits a site in their own division. Step-free access please ring. Chief officer."
    assert file_leaks(view, {"READ ME.txt": said}) == ()


def test_needs_are_for_the_visitors_host_alone() -> None:
    text = b"DESCRIPTION:Needs: step-free access please\r\n"
    assert kinds({HOST_FILE: text}) == set()
    assert kinds({ANN_FILE: text}) == {LeakKind.NEEDS}
    assert kinds({"rota.xlsx": workbook("Step-free access please")}) == {LeakKind.NEEDS}
    assert kinds({"invites/hosts/Home R team/x.ics": text}) == {LeakKind.NEEDS}


def test_needs_that_several_visitors_share_are_no_leak_to_the_host_of_one() -> None:
    text = b"DESCRIPTION:Needs: step-free access please\r\n"
    for others in ("Step-free access please", "Step-free access"):
        view = built().visitor("Cat Caller", needs=others).view()
        assert file_leaks(view, {HOST_FILE: text}) == ()


def test_nothing_is_hidden_in_a_workbook() -> None:
    assert kinds({"rota.xlsx": workbook("x", creator="P. A.")}) == {LeakKind.HIDDEN_PART}
    book = Workbook()
    book.properties.creator = ""
    book.create_sheet("Spare").sheet_state = "hidden"
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "x"
    sheet["A1"].comment = Comment("why", "me")
    sheet.row_dimensions[3].hidden = True
    held = io.BytesIO()
    book.save(held)
    found = {leak.found for leak in file_leaks(week(), {"rota.xlsx": held.getvalue()})}
    assert {"comment", "hidden sheet", "hidden row or column"} <= found
    assert kinds({"rota.xlsx": b"no workbook"}) == {LeakKind.HIDDEN_PART}


def test_a_release_holds_for_that_visitors_itinerary_alone() -> None:
    given = built()
    given.entities["r"] = Release(
        id="r", week_id=given.week.id, person_id=person_id("Bob Guest"), site_id=site_id("Rosebank"),
        reason="drives alone", at=dt.datetime(2027, 3, 1, tzinfo=dt.UTC),
    )  # fmt: skip
    view = given.view()
    assert file_leaks(view, {"pages/visitors/Bob Guest.pdf": b"%PDF Rosebank"}) == ()
    for path in ("pages/visitors/Ann Visitor.pdf", "invites/visitors/Bob Guest/x.ics", "rota.xlsx"):
        data = workbook("Rosebank") if path == "rota.xlsx" else b"Rosebank"
        assert {leak.kind for leak in file_leaks(view, {path: data})} == {LeakKind.PROTECTED_PLACE}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("DOB 14/03/2012", LeakKind.BIRTH_DATE),
        ("born in 2014", LeakKind.BIRTH_DATE),
        ("J, 3.5.15, at home", LeakKind.BIRTH_DATE),
        ("2016-02-09", LeakKind.BIRTH_DATE),
        ("14th March 2012", LeakKind.BIRTH_DATE),
        ("March 14, 2012", LeakKind.BIRTH_DATE),
        ("NHS 943 476 5919", LeakKind.LONG_NUMBER),
        ("9434765919", LeakKind.LONG_NUMBER),
        ("case no. 48213", LeakKind.LONG_NUMBER),
        ("LCS-ref: AB12345", LeakKind.LONG_NUMBER),
        ("see 1234567", LeakKind.LONG_NUMBER),
        ("lives at OX1 1ND", LeakKind.POSTCODE),
        ("lives at ox11nd", LeakKind.POSTCODE),
    ],
)
def test_a_childs_data_is_found_in_free_text(text: str, kind: LeakKind) -> None:
    assert [found for found, _ in child_data(text, today=MONDAY)] == [kind]
    view = built().slot("s1", "Duty", 0, purpose=f"Talk about {text}.").view()
    [leak] = text_leaks(view)
    assert (leak.kind, leak.where) == (kind, "Slots: s1: Purpose")
    with pytest.raises(Refused, match="leak"):
        refuse_leaks(view, {})


@pytest.mark.parametrize(
    "text",
    [
        "Ring 01632 960100, +44 1632 960100 or 0800 1111", "on 24/03/2027 at 9.30-11.30", "Room 204, floor 3",
        "since 2019-2020", "park at ZZ1 1AA", "ages 11 to 16", "on 26 March 2027", "60 minutes, 5 of 12 teams",
    ],
)  # fmt: skip
def test_everyday_numbers_pass(text: str) -> None:
    assert text_leaks(built().slot("s1", "Duty", 0, purpose=text).view()) == ()


def test_every_kind_of_leak_has_its_words() -> None:
    leak = Leak(kind=LeakKind.NEEDS, path="rota.xlsx", where="sheet", found="x\ny")
    lines = {leak_line(replace(leak, kind=kind)) for kind in LeakKind}
    assert len(lines) == len(LeakKind)
    assert leak_line(leak) == (
        "rota.xlsx (sheet): tells a visitor’s needs, “x y”; look for it in the texts of the week, and take it out or "
        "word it in another way"
    )
    assert leak_line(replace(leak, source="Slots: S1: Purpose")).endswith(
        "“x y”; open Slots: S1: Purpose and take it out, or word it in another way"
    )
