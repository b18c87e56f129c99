"""Calendars and mails by strangers."""

from __future__ import annotations

from functools import partial

from tests.exchange.hostile import packed, plain_parts
from tests.faults.corpus.spoiling import Maker, noise, spoilt


def _calendar(inside: str, head: str = "METHOD:PUBLISH") -> bytes:
    lines = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{head}\r\n{inside}\r\nEND:VCALENDAR\r\n"
    return lines.encode("utf-8", "surrogateescape")


def _event(*lines: str, uid: str = "u1") -> str:
    inside = "\r\n".join(lines)
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20270101T000000Z\r\n{inside}\r\nEND:VEVENT"


def _rule(rule: str) -> bytes:
    return _calendar(_event("DTSTART:20270101T090000Z", "DTEND:20270101T100000Z", f"RRULE:{rule}"))


def _zone(name: str, inside: str = "") -> bytes:
    return _calendar(
        f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n{inside}\r\nEND:VTIMEZONE\r\n"
        + _event(f"DTSTART;TZID={name}:20270322T090000", f"DTEND;TZID={name}:20270322T100000")
    )


def _dates(name: str, count: int) -> bytes:
    dates = ",".join(f"20270322T{n // 3600 % 24:02}{n // 60 % 60:02}{n % 60:02}Z" for n in range(count))
    return _calendar(_event("DTSTART:20270322T090000Z", f"{name}:{dates}"))


def _mail(parts: int) -> bytes:
    head = "From: a@b.example\r\nMIME-Version: 1.0\r\n"
    for number in range(parts):
        head += f"Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n"
    return head.encode()


def _reply(uid: str, who: str, more: str = "") -> bytes:
    return _calendar(
        _event(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{who}", f"SEQUENCE:{more or 0}", uid=uid), "METHOD:REPLY"
    )


CALENDARS: dict[str, Maker] = {
    "each second": lambda: _rule("FREQ=SECONDLY"),
    "each second in disguise": lambda: _rule("FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE="
        + ",".join(map(str, range(60))) + ";BYSECOND=" + ",".join(map(str, range(60)))),
    "never": lambda: _rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
    "without a step": lambda: _rule("FREQ=DAILY;INTERVAL=0"),
    "a huge step": lambda: _rule("FREQ=DAILY;INTERVAL=99999999999999999999"),
    "a huge count": lambda: _rule("FREQ=DAILY;COUNT=99999999999999999999"),
    "bad words": lambda: _rule("FREQ=SOMETIMES;BYDAY=XX,99MO,-0FR;UNTIL=never"),
    "every part": lambda: _rule("FREQ=YEARLY;BYWEEKNO=1,53;BYYEARDAY=-366,366;BYMONTHDAY=31,-31;BYDAY=MO;BYSETPOS=-1,366"),
    "a rule that repeats itself": lambda: _rule("FREQ=DAILY;" * 20_000),
    "from the year 1": lambda: _calendar(_event("DTSTART:00010101T000000Z", "RRULE:FREQ=HOURLY")),
    "to the year 9999": lambda: _calendar(_event("DTSTART:99991231T235959Z", "DURATION:P9999999999W", "RRULE:FREQ=DAILY")),
    "year 0": lambda: _calendar(_event("DTSTART:00000000T000000Z", "DTEND:00001399T256199Z")),
    "end before start": lambda: _calendar(_event("DTSTART:20270322T100000Z", "DTEND:20270322T090000Z")),
    "odd durations": lambda: _calendar("\r\n".join(
        _event("DTSTART:20270322T100000Z", f"DURATION:{one}", uid=one) for one in ("-P1W", "P", "PT", "1", "P1Y", "PT1.5H", "")
    )),
    "dates left out": lambda: _dates("EXDATE", 200_000),
    "dates put in": lambda: _dates("RDATE", 200_000),
    "a hundred thousand entries": lambda: _calendar("\r\n".join(
        _event("DTSTART:20270322T090000Z", "DTEND:20270322T093000Z", uid=str(n)) for n in range(100_000)
    )),
    "thousands of series": lambda: _calendar("\r\n".join(
        _event("DTSTART:19700101T090000Z", "RRULE:FREQ=DAILY", uid=str(n)) for n in range(5_000)
    )),
    "thousands of exceptions": lambda: _calendar("\r\n".join(
        [_event("DTSTART:20200101T090000Z", "RRULE:FREQ=DAILY"),
         *(_event("DTSTART:20270322T090000Z", f"RECURRENCE-ID:2020{n % 12 + 1:02}{n % 28 + 1:02}T090000Z") for n in range(5_000))]
    )),
    "nested": lambda: b"BEGIN:VCALENDAR\r\n" * 200_000,
    "nested events": lambda: _calendar("BEGIN:VEVENT\r\n" * 100_000 + "END:VEVENT\r\n" * 100_000),
    "a line of ten megabytes": lambda: _calendar(_event("DTSTART:20270322T090000Z", "SUMMARY:" + "x" * 10_000_000)),
    "a folded line": lambda: _calendar(_event("DTSTART:20270322T090000Z", "SUMMARY:" + "x\r\n " * 1_000_000)),
    "a property of parameters": lambda: _calendar(_event("DTSTART" + ";A=B" * 500_000 + ":20270322T090000Z")),
    "open quotes": lambda: _calendar(_event('DTSTART;TZID="' + "x" * 100_000 + ":20270322T090000")),
    "a zone that climbs": lambda: _zone("../../../../etc/passwd"),
    "a zone at the root": lambda: _zone("/dev/zero"),
    "a zone with NUL": lambda: _zone("Europe/\0London"),
    "a zone of its own without offsets": lambda: _zone("Mine", "BEGIN:STANDARD\r\nDTSTART:x\r\nEND:STANDARD"),
    "a zone that changes each second": lambda: _zone(
        "Mine", "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+9999\r\nTZOFFSETTO:-9999\r\n"
        "RRULE:FREQ=SECONDLY\r\nEND:STANDARD"
    ),
    "a zone with a name of a megabyte": lambda: _zone("Z" * 1_000_000),
    "attachments": lambda: _calendar(_event("DTSTART:20270322T090000Z", "ATTACH:file:///etc/passwd", "URL:http://127.0.0.1:9/")),
    "busy lines": lambda: _calendar("BEGIN:VFREEBUSY\r\n" + "FREEBUSY:20270322T090000Z/PT1S,99991231T000000Z/P99999D\r\n" * 100_000 + "END:VFREEBUSY"),
    "nothing": lambda: b"",
    "only a head": lambda: b"BEGIN:VCALENDAR",
    "UTF-16": lambda: _calendar(_event("DTSTART:20270322T090000Z")).decode().encode("utf-16"),
    "noise": lambda: noise(300_000, 6),
    "noise after a head": lambda: noise(300_000, 7, b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"),
    "a workbook": lambda: packed(plain_parts()),
    "a reply to nothing": lambda: _reply("nobody", "x@y.example"),
    "a reply of a huge number": lambda: _reply("u", "x@y.example", "9" * 10_000),
    "a reply by a header": lambda: _reply("u", "x@y.example\r\nBcc: z@evil.example"),
    "a hundred thousand replies": lambda: _calendar("\r\n".join(
        _event("ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example", uid=str(n)) for n in range(100_000)), "METHOD:REPLY"),
    **{f"spoilt {n}": partial(spoilt, _rule("FREQ=WEEKLY;BYDAY=MO"), n) for n in range(12)},
}  # fmt: skip

MAILS: dict[str, Maker] = {
    "parts in parts": lambda: _mail(3_000),
    "heads without end": lambda: b"X: y\r\n" * 500_000,
    "a head of five megabytes": lambda: b"Subject: " + b"=?utf-8?b?" * 500_000,
    "wrong base64": lambda: b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"!" * 1_000_000,
    "a strange alphabet": lambda: b"Content-Type: text/calendar; charset=\"x\0y\"\r\n\r\nBEGIN:VCALENDAR",
    "noise": lambda: noise(100_000, 8),
}  # fmt: skip
