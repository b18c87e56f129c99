"""Diaries: busy times of the week, whatever program wrote the file and however badly."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Refused
from app.exchange.diary.busy import read_diary
from app.models.diary import Diary, Doubt

LONDON = ZoneInfo("Europe/London")
MONDAY = dt.date(2027, 3, 22)
"""The week whose Sunday brings summer time: 22 to 28 March 2027."""


def read(*entries: str, head: str = "", last: int = 6, own: frozenset[str] = frozenset()) -> Diary:
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", head, *entries, "END:VCALENDAR", ""])
    return read_diary(text.encode(), "diary.ics", MONDAY, MONDAY + dt.timedelta(days=last), LONDON, own)


def event(*lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", "UID:one", "SUMMARY:Secret matter", *lines, "END:VEVENT"])


def spans(diary: Diary) -> list[str]:
    """`Mon 09:00-10:30`, soft ones with a question mark."""
    return [
        f"{span.day:%a} {span.start // 60:02}:{span.start % 60:02}-{span.end // 60:02}:{span.end % 60:02}"
        + "?" * span.soft
        for span in diary.spans
    ]


def doubts(diary: Diary) -> set[Doubt]:
    return {found.doubt for found in diary.doubts}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("DTSTART:20270323T090000Z", "Tue 09:00-10:00"),
        ("DTSTART;TZID=Europe/Paris:20270323T090000", "Tue 08:00-09:00"),
        ("DTSTART;TZID=Romance Standard Time:20270323T090000", "Tue 08:00-09:00"),
        ('DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Vienna":20270323T090000', "Tue 08:00-09:00"),
        ('DTSTART;TZID="(UTC+00:00) Dublin, Edinburgh, Lisbon, London":20270323T090000', "Tue 09:00-10:00"),
        ("DTSTART;TZID=/mozilla.org/20070129_1/America/New_York:20270323T090000", "Tue 13:00-14:00"),
        ('DTSTART;TZID="Kuala Lumpur, Singapore":20270323T170000', "Tue 09:00-10:00"),
        ("DTSTART:20270323T090000", "Tue 09:00-10:00"),
    ],
)  # fmt: skip
def test_a_time_is_told_in_the_zone_of_the_week(line: str, expected: str) -> None:
    assert spans(read(event(line, "DURATION:PT1H"))) == [expected]


def test_a_zone_of_the_files_own_is_read_from_the_file() -> None:
    zone = "\n".join([
        "BEGIN:VTIMEZONE", "TZID:Our own zone", "BEGIN:STANDARD", "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0300", "TZOFFSETTO:+0300", "END:STANDARD", "END:VTIMEZONE",
    ])  # fmt: skip
    found = read(zone, event("DTSTART;TZID=Our own zone:20270323T120000", "DURATION:PT1H"))
    assert spans(found) == ["Tue 09:00-10:00"]


def test_an_unknown_zone_counts_as_local_and_is_told() -> None:
    found = read(event("DTSTART;TZID=Mars/Phobos:20270323T090000", "DURATION:PT1H"))
    assert spans(found) == ["Tue 09:00-10:00"]
    assert doubts(found) == {Doubt.UNKNOWN_ZONE}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("STATUS:CANCELLED",), []),
        (("TRANSP:TRANSPARENT",), []),
        (("X-MICROSOFT-CDO-BUSYSTATUS:FREE",), []),
        (("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "TRANSP:TRANSPARENT"), ["Tue 09:00-10:00"]),
        (("X-MICROSOFT-CDO-BUSYSTATUS:OOF",), ["Tue 09:00-10:00"]),
        (("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",), ["Tue 09:00-10:00?"]),
        (("STATUS:TENTATIVE",), ["Tue 09:00-10:00?"]),
        (("ATTENDEE;PARTSTAT=DECLINED:mailto:Ann@council.example",), []),
        (("ATTENDEE;PARTSTAT=DECLINED:mailto:bob@council.example",), ["Tue 09:00-10:00"]),
    ],
)
def test_only_what_keeps_somebody_busy_is_taken(lines: tuple[str, ...], expected: list[str]) -> None:
    found = read(event("DTSTART:20270323T090000", "DURATION:PT1H", *lines), own=frozenset({"ann@council.example"}))
    assert spans(found) == expected


def test_a_whole_day_that_says_nothing_is_soft_and_asked() -> None:
    found = read(event("DTSTART;VALUE=DATE:20270323", "DTEND;VALUE=DATE:20270325"))
    assert spans(found) == ["Tue 00:00-24:00?", "Wed 00:00-24:00?"]
    assert doubts(found) == {Doubt.ALL_DAY}
    said = read(event("DTSTART;VALUE=DATE:20270323", "TRANSP:OPAQUE"))
    assert (spans(said), doubts(said)) == (["Tue 00:00-24:00"], set())


def test_a_series_is_worked_out_over_the_week_with_its_exceptions_and_across_the_clock_change() -> None:
    series = event(
        "DTSTART;TZID=Europe/London:20260105T090000", "DTEND;TZID=Europe/London:20260105T093000",
        "RRULE:FREQ=DAILY", "EXDATE;TZID=Europe/London:20270324T090000",
    )  # fmt: skip
    moved = event(
        "RECURRENCE-ID;TZID=Europe/London:20270325T090000", "DTSTART;TZID=Europe/London:20270325T150000",
        "DTEND;TZID=Europe/London:20270325T160000",
    )  # fmt: skip
    assert spans(read(series, moved)) == [
        "Mon 09:00-09:30", "Tue 09:00-09:30", "Thu 15:00-16:00", "Fri 09:00-09:30", "Sat 09:00-09:30",
        "Sun 09:00-09:30",
    ]  # fmt: skip


def test_a_series_in_a_zone_of_the_files_own_keeps_its_days_and_its_clock() -> None:
    zone = "\n".join([
        "BEGIN:VTIMEZONE", "TZID:Our office\\, upstairs", "BEGIN:STANDARD", "DTSTART:20080406T030000",
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4", "TZOFFSETFROM:+1100", "TZOFFSETTO:+1000", "END:STANDARD",
        "BEGIN:DAYLIGHT", "DTSTART:20081005T020000", "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=10",
        "TZOFFSETFROM:+1000", "TZOFFSETTO:+1100", "END:DAYLIGHT", "END:VTIMEZONE",
    ])  # fmt: skip
    series = event(
        'DTSTART;TZID="Our office, upstairs":20260803T093000', "DURATION:PT30M", "RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"
    )
    # Half past nine there, Monday to Friday, is late in an English evening, Sunday to Thursday.
    assert spans(read(zone, series)) == [
        "Mon 22:30-23:00", "Tue 22:30-23:00", "Wed 22:30-23:00", "Thu 22:30-23:00", "Sun 23:30-24:00",
    ]  # fmt: skip


def test_an_end_or_an_exception_without_a_zone_goes_by_that_of_the_start() -> None:
    found = read(event(
        "DTSTART;TZID=America/New_York:20270322T090000", "DTEND:20270322T100000", "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE:20270323T090000",
    ))  # fmt: skip
    assert spans(found) == ["Mon 13:00-14:00", "Wed 13:00-14:00"]


def test_further_dates_told_as_stretches_go_by_their_zone() -> None:
    found = read(event(
        "DTSTART;TZID=America/New_York:20270322T090000", "DURATION:PT15M",
        "RDATE;TZID=America/New_York;VALUE=PERIOD:20270323T090000/20270323T100000,20270324T090000/PT15M",
    ))  # fmt: skip
    assert spans(found) == ["Mon 13:00-13:15", "Tue 13:00-14:00", "Wed 13:00-13:15"]


def test_a_spoilt_exception_does_not_spoil_its_series() -> None:
    found = read(event(
        "DTSTART:20270322T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY\\;COUNT=2", "EXDATE:2027,20270323T090000Z",
    ))  # fmt: skip
    assert spans(found) == ["Mon 09:00-10:00"]
    assert doubts(found) == {Doubt.UNREADABLE}


def test_a_series_that_takes_too_long_is_told_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.exchange.diary.busy.SECONDS_A_SERIES", 0.05)
    endless = event("DTSTART:00010101T000000", "DURATION:PT1H", "RRULE:FREQ=HOURLY;BYMONTHDAY=30;BYMONTH=2")
    other = event("DTSTART:20270323T090000Z", "DURATION:PT1H").replace("UID:one", "UID:two")
    found = read(endless, other)
    assert spans(found) == ["Tue 09:00-10:00"]
    assert doubts(found) == {Doubt.TOO_LONG}


def test_where_all_series_together_take_too_long_single_entries_are_read_and_the_rest_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("app.exchange.diary.busy.SECONDS_ALL_SERIES", 0.0)
    series = event("DTSTART:20270322T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY")
    single = event("DTSTART:20270323T120000Z", "DURATION:PT1H").replace("UID:one", "UID:two")
    found = read(series, single)
    assert spans(found) == ["Tue 12:00-13:00"]
    assert doubts(found) == {Doubt.TOO_LONG}


def test_a_series_of_more_dates_than_anybody_keeps_is_told_and_the_others_are_read() -> None:
    left_out = ["EXDATE:20270322T090000Z"] * 13_000
    endless = event("DTSTART:20270322T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY", *left_out)
    other = event("DTSTART:20270323T120000Z", "DURATION:PT1H").replace("UID:one", "UID:two")
    found = read(endless, other)
    assert spans(found) == ["Tue 12:00-13:00"]
    assert doubts(found) == {Doubt.TOO_LONG}


def test_of_two_entries_of_one_uid_the_newest_counts() -> None:
    old = event("DTSTART:20270323T090000", "DURATION:PT1H", "SEQUENCE:1")
    new = event("DTSTART:20270324T090000", "DURATION:PT1H", "SEQUENCE:2")
    assert spans(read(new, old)) == ["Wed 09:00-10:00"]


def test_free_and_busy_times_are_read() -> None:
    found = read("\n".join([
        "BEGIN:VFREEBUSY", "FREEBUSY:20270323T090000Z/PT1H,20270323T093000Z/20270323T110000Z",
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270323T103000Z/20270323T120000Z",
        "FREEBUSY;FBTYPE=FREE:20270324T090000Z/PT1H", "END:VFREEBUSY",
    ]))  # fmt: skip
    assert spans(found) == ["Tue 09:00-11:00", "Tue 11:00-12:00?"]


def test_one_bad_entry_spoils_no_other() -> None:
    good = "BEGIN:VEVENT\nUID:good\nDTSTART:20270323T090000\nDURATION:PT1H\nEND:VEVENT"
    found = read(
        event("DTSTART:20270399T990000"), event("DTSTART:yesterday").replace("UID:one", "UID:two"),
        event("DTSTART:20270323T080000", "RRULE:FREQ=SECONDLY").replace("UID:one", "UID:three"),
        event("DTSTART:20270323T080000", "RRULE:FREQ=NEVERLY;X").replace("UID:one", "UID:four"),
        event("DTSTART:20200230T080000", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").replace("UID:one", "UID:five"),
        good, "BEGIN:VEVENT\nUID:cut\nDTSTA",
    )  # fmt: skip
    assert spans(found) == ["Tue 09:00-10:00"]
    assert doubts(found) >= {Doubt.UNREADABLE, Doubt.TOO_OFTEN, Doubt.CUT_SHORT}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_of_calendars_is_read(encoding: str, ends: str) -> None:
    text = ends.join([
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:é", "SUMMARY:Zoë", "DTSTART:20270323T0900", " 00", "DURATION:PT1H",
        "END:VEVENT", "END:VCALENDAR", "",
    ])  # fmt: skip
    found = read_diary(text.encode(encoding), "x.ics", MONDAY, MONDAY, LONDON)
    assert spans(found) == []
    found = read_diary(text.encode(encoding), "x.ics", MONDAY, MONDAY + dt.timedelta(days=1), LONDON)
    assert spans(found) == ["Tue 09:00-10:00"]


def test_what_is_no_calendar_is_refused() -> None:
    for content, code in ((b"", "input-empty"), (b"Dear all", "input-no-calendar")):
        with pytest.raises(Refused, match=code):
            read_diary(content, "x.ics", MONDAY, MONDAY, LONDON)


def test_no_title_person_or_text_comes_out() -> None:
    found = read(event("DTSTART:20270323T090000", "DESCRIPTION:Secret", "ATTENDEE;CN=Secret:mailto:x@y.example"))
    assert "Secret" not in repr(found)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text('BEGINVCALDRSTUF:;=\r\n 0123TZ-,"', max_size=400).map(str.encode))
def test_no_bytes_crash_the_reader(content: bytes) -> None:
    data = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + content + b"\nEND:VEVENT\nEND:VCALENDAR\n"
    read_diary(data, "x.ics", MONDAY, MONDAY, LONDON)


DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@settings(max_examples=60, deadline=None)
@given(
    first=st.dates(dt.date(2026, 1, 1), dt.date(2027, 3, 30)),
    days=st.sets(st.sampled_from(DAYS), min_size=1),
    every=st.integers(1, 4),
    hour=st.integers(0, 22),
    count=st.none() | st.integers(1, 200),
)
def test_a_weekly_series_falls_where_counting_by_hand_puts_it(
    first: dt.date, days: set[str], every: int, hour: int, count: int | None
) -> None:
    rule = f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(sorted(days, key=DAYS.index))};WKST=MO"
    rule += f";COUNT={count}" if count else ""
    # A series begins on one of its own days, as every calendar program writes it.
    while DAYS[first.weekday()] not in days:
        first += dt.timedelta(days=1)
    expected = []
    start_of_week = first - dt.timedelta(days=first.weekday())
    day, left = first, count if count is not None else -1
    while day < MONDAY + dt.timedelta(days=7) and left:
        if DAYS[day.weekday()] in days and ((day - start_of_week).days // 7) % every == 0:
            left -= 1
            if day >= MONDAY:
                expected.append(f"{day:%a} {hour:02}:00-{hour + 1:02}:00")
        day += dt.timedelta(days=1)
    line = f"DTSTART;TZID=Europe/London:{first:%Y%m%d}T{hour:02}0000"
    # An hour that the change of clocks leaves out, or doubles, is not what this test is about.
    found = read(event(line, "DURATION:PT1H", f"RRULE:{rule}"))
    assert [one for one in spans(found) if not one.startswith("Sun 0")] == [
        one for one in expected if not one.startswith("Sun 0")
    ]
