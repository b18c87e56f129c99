"""Invitations, property by property, as RFC 5545, RFC 5546 and Outlook want them."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar import Calendar as OtherCalendar
from ical.calendar_stream import IcsCalendarStream

from app.exchange.calendar.event import invitation
from app.exchange.calendar.files import CalendarFile, Invitations, invitations
from app.exchange.calendar.said import Revision, Said, numbers, told, usable
from app.models.people import Clearance, Liking
from app.models.publication import Method, Recipient, Why
from app.models.visits import VisitStatus
from app.models.week import Subjects
from app.words.invitations import missing_line
from tests.builders import MONDAY, Builder, a_week, day, visit_id

LONDON = ZoneInfo("Europe/London")


def a_visit(**week: object) -> Builder:
    """One visit of one visitor to one team on Friday 26 March 2027, 09:30."""
    return (
        a_week(**week)
        .site("Town Hall", address="1 High Street, Exampleton", postcode="ZZ1 1AA", arrival_notes="Ring twice")
        .team("Duty team", host="Jo Host", host_phone="01632 960001", deputy="Di Deputy", host_email="jo@team.example")
        .slot("s1", "Duty team", 4, activity="Duty desk", purpose="See the front door")
        .visitor("Ann Visitor", role="Director", organisation="Council", email="ann@council.example", needs="Ramp")
        .visit("Ann Visitor", "s1")
    )


def files(built: Builder) -> Invitations:
    return invitations(built.view())


def of(found: Invitations, recipient: Recipient) -> CalendarFile:
    return next(file for file in found.files if file.recipient is recipient)


def parsed(data: bytes) -> tuple[icalendar.Calendar, icalendar.Event]:
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]  # the library's own
    calendar = icalendar.Calendar.from_ical(data)
    [event] = calendar.events
    return calendar, event


def instant(value: object) -> dt.datetime:
    assert isinstance(value, dt.datetime)
    assert value.tzinfo is not None
    return value


def other(data: bytes) -> OtherCalendar:
    return IcsCalendarStream.calendar_from_ics(data.decode())


def lines(data: bytes) -> list[str]:
    """The content lines, unfolded."""
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def said(**fields: object) -> Said:
    given: dict[str, object] = {
        "number": 14, "folder": "Ann", "about": "Team", "subject": "Practice Week visit 014",
        "location": "Hall", "description": "Text",
        "start": dt.datetime(2027, 3, 26, 9, 30), "end": dt.datetime(2027, 3, 26, 11), "attendee": "Ann",
        "address": "ann@council.example", "organiser": "Desk", "organiser_address": "desk@council.example",
        "replies": True, "private": False, "reminder": False, "basis": "0",
    }  # fmt: skip
    return Said(**{**given, **fields})  # type: ignore[arg-type]  # the tests give what fits


def revision(method: Method = Method.REQUEST, **fields: object) -> Revision:
    stamp = dt.datetime(2027, 3, 1, 14, 5, 7, tzinfo=dt.UTC)
    return Revision(uid="pw-1@council.example", sequence=3, method=method, stamp=stamp, said=said(**fields))


def test_paths_name_the_day_the_time_and_the_other_side() -> None:
    assert [file.path for file in files(a_visit()).files] == [
        "invites/visitors/Ann Visitor/2027-03-26_0930_Duty-team.ics",
        "invites/hosts/Duty team/2027-03-26_0930_Ann-Visitor.ics",
        "invites/week.ics",
    ]


def test_a_name_without_plain_letters_still_tells_files_apart() -> None:
    built = a_visit().visitor("نموذج").visit("نموذج", "s1").slot("s1", "Duty team", 4, places=2)
    found = [file.path for file in files(built).files if file.recipient is Recipient.HOST]
    assert found[0] == "invites/hosts/Duty team/2027-03-26_0930_Ann-Visitor.ics"
    assert re.fullmatch("invites/hosts/Duty team/2027-03-26_0930_[0-9a-f]{8}.ics", found[1])


def test_every_property_of_a_request() -> None:
    data = of(files(a_visit()), Recipient.VISITOR).data
    uid = a_visit().view().visits[0].uid
    event = lines(data)[lines(data).index("BEGIN:VEVENT") :]
    assert lines(data)[:5] == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Practice Week//Practice Week//EN", "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
    ]  # fmt: skip
    assert [line for line in event if not line.startswith("DESCRIPTION")] == [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "SEQUENCE:0",
        "DTSTAMP:20260101T000000Z",
        "LAST-MODIFIED:20260101T000000Z",
        "DTSTART;TZID=Europe/London:20270326T093000",
        "DTEND;TZID=Europe/London:20270326T110000",
        "SUMMARY:Practice Week visit 001",
        r"LOCATION:Town Hall\, 1 High Street\, Exampleton\, ZZ1 1AA",
        'ORGANIZER;CN="Practice Week desk":mailto:practice.week@council.example',
        'ATTENDEE;CN="Ann Visitor";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ann@council.example',
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "CLASS:PUBLIC",
        "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",
        "X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY",
        "X-MICROSOFT-DISALLOW-COUNTER:TRUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_every_property_of_a_cancellation() -> None:
    data = invitation(revision(Method.CANCEL))
    assert "METHOD:CANCEL" in lines(data)
    event = lines(data)[lines(data).index("BEGIN:VEVENT") :]
    assert [line for line in event if not line.startswith("DESCRIPTION")] == [
        "BEGIN:VEVENT",
        "UID:pw-1@council.example",
        "SEQUENCE:3",
        "DTSTAMP:20270301T140507Z",
        "LAST-MODIFIED:20270301T140507Z",
        "DTSTART;TZID=Europe/London:20270326T093000",
        "DTEND;TZID=Europe/London:20270326T110000",
        "SUMMARY:Cancelled: Practice Week visit 014",
        "LOCATION:Hall",
        "ORGANIZER;CN=Desk:mailto:desk@council.example",
        "ATTENDEE;CN=Ann;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:ann@council.example",
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    text = str(parsed(data)[1]["DESCRIPTION"])
    assert "This visit is cancelled: Practice Week visit 014, Fri 26 March 2027, 09:30–11:00, Hall." in text


def test_the_overview_is_published_without_attendees() -> None:
    data = files(a_visit()).by_path["invites/week.ics"]
    found = lines(data)
    assert {"METHOD:PUBLISH", "NAME:Spring practice week", "X-WR-CALNAME:Spring practice week"} <= set(found)
    assert "X-MICROSOFT-CDO-BUSYSTATUS:BUSY" in found
    assert any(line.startswith("ORGANIZER") for line in found)
    assert not any(line.startswith(("ATTENDEE", "CLASS", "X-MICROSOFT-DISALLOW", "BEGIN:VALARM")) for line in found)
    assert str(parsed(data)[1]["DESCRIPTION"]) == "Ann Visitor at Duty team; host Jo Host"


def test_the_time_zone_is_two_rules_and_no_list_of_dates() -> None:
    for file in files(a_visit()).files:
        found = lines(file.data)
        zone = found[found.index("BEGIN:VTIMEZONE") : found.index("END:VTIMEZONE") + 1]
        assert zone == [
            "BEGIN:VTIMEZONE", "TZID:Europe/London",
            "BEGIN:DAYLIGHT", "DTSTART:19810329T010000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "END:DAYLIGHT",
            "BEGIN:STANDARD", "DTSTART:19961027T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT",
            "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD",
            "END:VTIMEZONE",
        ]  # fmt: skip


def test_settings_reach_the_invitation() -> None:
    data = of(files(a_visit(replies_wanted=False, private_invitations=True, reminder=True)), Recipient.HOST).data
    found = lines(data)
    assert "CLASS:PRIVATE" in found
    assert any("RSVP=FALSE" in line for line in found)
    alarm = found[found.index("BEGIN:VALARM") : found.index("END:VALARM") + 1]
    assert alarm == [
        "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Practice Week visit 001", "TRIGGER:-PT30M", "END:VALARM"
    ]  # fmt: skip


def test_subjects_name_the_team_where_the_week_says_so() -> None:
    built = a_visit(subjects=Subjects.TEAM)
    assert "SUMMARY:Practice Week visit: Duty team" in lines(of(files(built), Recipient.VISITOR).data)


def test_nothing_that_outlook_mishandles_is_ever_written() -> None:
    for file in files(a_visit()).files:
        names = {re.split("[;:]", line, maxsplit=1)[0] for line in lines(file.data)}
        assert not names & {"ATTACH", "X-ALT-DESC", "GEO", "URL", "RDATE", "EXDATE", "RECURRENCE-ID"}
        [_, event] = [part.split(b"END:VEVENT")[0] for part in file.data.split(b"BEGIN:VEVENT")]
        assert b"RRULE" not in event
        assert b"METHOD" not in event


def test_the_organisers_name_is_free_of_double_quotes() -> None:
    found = lines(of(files(a_visit(organiser='The "Practice Week" desk, Oxford')), Recipient.VISITOR).data)
    assert "ORGANIZER;CN=\"The 'Practice Week' desk, Oxford\":mailto:practice.week@council.example" in found


def test_a_visitor_reads_where_to_be_and_whom_to_meet() -> None:
    built = a_visit(dress="No heels", confidentiality_note="Keep it to yourself.", organiser_phone="01632 960100")
    assert str(parsed(of(files(built), Recipient.VISITOR).data)[1]["DESCRIPTION"]) == (
        "Fri 26 March 2027, 09:30–11:00 (UK time)\n"
        "Visitor: Ann Visitor\n"
        "You visit: Duty team\n"
        "Where: Town Hall, 1 High Street, Exampleton, ZZ1 1AA\n"
        "Host: Jo Host, 01632 960001\n"
        "Deputy: Di Deputy\n"
        "What: Duty desk\n"
        "\n"
        "On arrival: Ring twice\n"
        "Please bring photo identification.\n"
        "Dress: No heels\n"
        "Lunch: 30 minutes are kept free between 12:00 and 14:00.\n"
        "Keep it to yourself.\n"
        "\n"
        "Questions: Practice Week desk, 01632 960100, practice.week@council.example\n"
        "Purpose: See the front door"
    )


def test_a_host_reads_who_comes() -> None:
    built = a_visit()
    built.visitor(
        "Ann Visitor", role="Director", organisation="Council", needs="Ramp", clearance=Clearance.ACCOMPANY,
        email="ann@council.example",
    )  # fmt: skip
    assert str(parsed(of(files(built), Recipient.HOST).data)[1]["DESCRIPTION"]) == (
        "Fri 26 March 2027, 09:30–11:00 (UK time)\n"
        "Visitor: Ann Visitor\n"
        "Role: Director\n"
        "Organisation: Council\n"
        "Accompany at all times.\n"
        "Team: Duty team\n"
        "Where: Town Hall, 1 High Street, Exampleton, ZZ1 1AA\n"
        "What: Duty desk\n"
        "\n"
        "Questions: Practice Week desk, practice.week@council.example\n"
        "Needs: Ramp\n"
        "Purpose: See the front door"
    )


def test_needs_are_for_the_host_alone_and_reasons_for_nobody() -> None:
    built = a_visit().wish("Ann Visitor", Liking.LIKE, team="Duty team", reason="second cousin")
    for file in files(built).files:
        text = file.data.decode().replace("\r\n ", "")
        assert "cousin" not in text
        assert ("Ramp" in text) == (file.recipient is Recipient.HOST)


def test_two_visitors_of_one_slot_never_read_of_each_other() -> None:
    built = a_visit().visitor("Bob Visitor").slot("s1", "Duty team", 4, places=2).visit("Bob Visitor", "s1")
    for file in files(built).files:
        if file.recipient is not None:
            text = file.data.decode()
            assert text.count("\r\nATTENDEE") == 1
            assert ("Ann" in text) != ("Bob" in text)


def test_an_assistant_gets_the_file_where_the_visitor_has_no_address() -> None:
    built = a_visit().visitor("Ann Visitor", email="", assistant="Pat PA", assistant_email="pat@council.example")
    file = of(files(built), Recipient.VISITOR)
    assert any(line.startswith('ATTENDEE;CN="Pat PA";') for line in lines(file.data))
    assert file.path.startswith("invites/visitors/Ann Visitor/")
    assert file.name == "Ann Visitor"


@pytest.mark.parametrize(
    ("email", "why"),
    [("", Why.NO_ADDRESS), ("none", Why.BAD_ADDRESS), ("a@b.example; c@d.example", Why.BAD_ADDRESS)],
)
def test_without_an_address_there_is_no_file_but_a_line(email: str, why: Why) -> None:
    found = files(a_visit().visitor("Ann Visitor", email=email))
    assert [file.recipient for file in found.files] == [Recipient.HOST, None]
    [missing] = found.missing
    assert (missing.name, missing.recipient, missing.why) == ("Ann Visitor", Recipient.VISITOR, why)
    assert missing_line(missing).startswith("Ann Visitor (visitor), Fri 26 March, 09:30, Duty team: ")


def test_a_slot_with_a_host_of_its_own_never_writes_to_the_teams() -> None:
    built = a_visit().slot("s1", "Duty team", 4, host="Sam Stand-in")
    found = files(built)
    assert [(missing.name, missing.recipient) for missing in found.missing] == [("Sam Stand-in", Recipient.HOST)]


@pytest.mark.parametrize("status", list(VisitStatus))
def test_only_visits_that_count_are_invited(status: VisitStatus) -> None:
    built = a_visit().visit("Ann Visitor", "s1", status=status)
    counts = status not in {VisitStatus.DECLINED, VisitStatus.CANCELLED}
    assert bool([file for file in files(built).files if file.recipient]) == counts


def test_an_online_visit_has_no_place_and_no_arrival() -> None:
    built = a_visit().slot("s1", "Duty team", 4, site_id="online")
    _, event = parsed(of(files(built), Recipient.VISITOR).data)
    assert str(event["LOCATION"]) == "Online"
    assert "Ring twice" not in str(event["DESCRIPTION"])
    assert "photo" not in str(event["DESCRIPTION"])


def test_a_protected_site_shows_in_no_file_and_no_file_name() -> None:
    built = (
        a_visit()
        .site(
            "The Laurels", address="5 Laurel Way, Exampleton", postcode="ZZ5 5EE", protected=True, alias="Home L",
            arrival_notes="Park behind THE LAURELS, zz55ee", parking="Laurel Way",
        )
        .team("The Laurels", site="The Laurels", host="Manager, The Laurels", host_email="home.l@council.example")
        .slot("s2", "The Laurels", 2, activity="Tea at the laurels", purpose="5 laurel way\nsays it all")
        .visitor("Bob Visitor", role="Friend of the Laurels", needs="Not via ZZ5 5EE")
        .visit("Bob Visitor", "s2")
    )  # fmt: skip
    for subjects in Subjects:
        found = files(built.set_week(subjects=subjects, dress="As at The Laurels"))
        for file in found.files:
            shown = f"{file.path}\n{file.data.decode()}".replace("\r\n ", "").casefold()
            assert not re.search(r"laurel|zz5 ?5ee", shown)
        assert "invites/hosts/Home L/2027-03-24_0930_Bob-Visitor.ics" in found.by_path


@pytest.mark.parametrize(
    ("on", "utc_hour"),
    [
        (dt.date(2027, 3, 26), 9), (dt.date(2027, 3, 27), 9), (dt.date(2027, 3, 28), 8), (dt.date(2027, 3, 29), 8),
        (dt.date(2027, 7, 8), 8),
        (dt.date(2027, 10, 29), 8), (dt.date(2027, 10, 30), 8), (dt.date(2027, 10, 31), 9), (dt.date(2027, 11, 1), 9),
    ],
)  # fmt: skip
def test_local_times_are_right_across_each_clock_change_in_two_parsers(on: dt.date, utc_hour: int) -> None:
    built = a_visit(first_day=on, last_day=on).slot("s1", "Duty team", (on - MONDAY).days)
    for file in files(built).files:
        _, event = parsed(file.data)
        [seen] = other(file.data).events
        for first, last in ((event.start, event.end), (seen.dtstart, seen.dtend)):
            start, end = instant(first), instant(last)
            assert start.astimezone(dt.UTC) == dt.datetime(on.year, on.month, on.day, utc_hour, 30, tzinfo=dt.UTC)
            assert start.astimezone(LONDON).time() == dt.time(9, 30)
            assert (end - start) == dt.timedelta(minutes=90)


def test_numbers_run_by_time_and_stay_once_published() -> None:
    built = a_visit().slot("s0", "Duty team", 1).visitor("Bob").visit("Bob", "s0")
    ann, bob = visit_id("Ann Visitor", "s1"), visit_id("Bob", "s0")
    assert numbers(built.view()) == {bob: 1, ann: 2}
    assert numbers(built.view(), {ann: 7, "gone": 9}) == {ann: 7, bob: 10}


def test_drafts_are_byte_identical_whenever_they_are_made() -> None:
    assert files(a_visit()).by_path == files(a_visit()).by_path


def test_words_survive_being_kept_as_json() -> None:
    words = said(description='Zoë, 👩‍👩‍👧;\n"x" \\', start=dt.datetime.combine(day(0), dt.time(9)))
    assert Said.decoded(words.encoded()) == words


def test_the_organiser_stays_the_one_who_first_sent_the_visit() -> None:
    view = a_visit(organiser="New desk").view()
    for one in told(view, view.visits[0], 1, organiser=("Old desk", "old@council.example")):
        assert (one.said.organiser, one.said.organiser_address) == ("Old desk", "old@council.example")


@pytest.mark.parametrize(
    ("address", "good"),
    [("a.b+c@d-e.example", True), ("a@b", False), ("a b@c.example", False), ("a@b.example\r\nBCC:x", False),
     ("a@b.example,c@d.example", False), ("<a@b.example>", False), ("a@b@c.example", False),
     ("a..b@c.example", False), ("zoë@c.example", False), ("o'hara@c.example", True)],
)  # fmt: skip
def test_only_a_single_plain_address_is_used(address: str, good: bool) -> None:
    assert usable(address) is good


HOSTILE = st.text(
    st.sampled_from("aé👩‍🙂\u0000\u0007\u001b\u202e\u2066\ud800\ufeff,;:\\\"'\r\n\t N=^%{}"), max_size=300
)


def well_formed(data: bytes) -> None:
    """What every file keeps whatever is in it."""
    assert data.endswith(b"\r\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8")
    assert not re.search("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text.replace("\r\n", ""))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert all(re.match(r"[A-Z-]+[;:]", line) for line in lines(data))


@settings(max_examples=60, deadline=None)
@given(text=HOSTILE)
def test_hostile_text_opens_in_two_parsers_with_its_words_whole(text: str) -> None:
    built = a_visit(organiser=f"Desk{text}", dress=text)
    built.team("Duty team", host=f"H{text}", deputy=text, host_email="jo@team.example", host_phone=text)
    built.visitor("Ann Visitor", role=text, organisation=text, needs=text, email="ann@council.example")
    built.slot("s1", "Duty team", 4, activity=text, purpose=text)
    built.set_week(name=f"Week {text}")
    for file in files(built).files:
        well_formed(file.data)
        _, event = parsed(file.data)
        [seen] = other(file.data).events
        assert instant(event.start).astimezone(LONDON).time() == dt.time(9, 30)
        assert seen.summary == str(event["SUMMARY"]) == "Practice Week visit 001"


@settings(max_examples=60, deadline=None)
@given(text=HOSTILE)
def test_a_description_comes_back_as_it_was_said(text: str) -> None:
    view = a_visit(dress=text).view()
    one = told(view, view.visits[0], 1)[0]
    data = invitation(revision(description=one.said.description))
    [line] = [line for line in lines(data) if line.startswith("DESCRIPTION:")]
    plain = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line.removeprefix("DESCRIPTION:"))
    assert plain == one.said.description


def test_long_texts_are_cut_where_outlook_would_and_say_so() -> None:
    built = a_visit().slot("s1", "Duty team", 4, purpose="word, " * 1_000)
    built.site("Town Hall", address="long, " * 100)
    _, event = parsed(of(files(built), Recipient.VISITOR).data)
    assert len(str(event["DESCRIPTION"])) <= 4_000
    assert str(event["DESCRIPTION"]).endswith("…")
    assert "Jo Host" in str(event["DESCRIPTION"])
    assert len(str(event["LOCATION"])) <= 255
    subject = parsed(invitation(revision(Method.CANCEL, subject="x" * 255)))[1]["SUMMARY"]
    assert len(str(subject)) == 255
