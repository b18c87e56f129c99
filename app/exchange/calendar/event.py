"""One invitation, update or cancellation as the bytes of an `.ics` file (INVITES.md, "Fields").

The icalendar library lays out the lines; it is always given UID and stamp, which it would otherwise invent, and never
asked for time zones: its own lists of dates made Thunderbird store some visits an hour early.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event, vCalAddress, vText

from app.exchange.calendar.said import LONGEST_LINE, Revision, cancelled_text, shortened
from app.models.publication import Method
from app.text import translate

PRODUCT = "-//Practice Week//Practice Week//EN"
LONDON = ZoneInfo("Europe/London")

_TIMEZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
"""Two rules, valid for every week since 1996: the form that every calendar reads alike."""


class _Text(vText):
    """Text escaped as RFC 5545, 3.3.11 says. The library's own escaping takes a written `\\N` for a line break."""

    def to_ical(self) -> bytes:
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def invitation(revision: Revision) -> bytes:
    """The file of one revision: METHOD:REQUEST or METHOD:CANCEL, one event, one attendee."""
    said = revision.said
    calendar = _calendar(revision.method.value)
    if revision.method is Method.REQUEST:
        event = _event(revision, said.subject, said.description)
        event["ATTENDEE"] = _address(
            said.address, said.attendee,
            ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="TRUE" if said.replies else "FALSE",
        )  # fmt: skip
        _set(event, "STATUS", "CONFIRMED")
        _set(event, "TRANSP", "OPAQUE")
        _set(event, "CLASS", "PRIVATE" if said.private else "PUBLIC")
        _set(event, "X-MICROSOFT-CDO-BUSYSTATUS", "TENTATIVE")
        _set(event, "X-MICROSOFT-CDO-INTENDEDSTATUS", "BUSY")
        _set(event, "X-MICROSOFT-DISALLOW-COUNTER", "TRUE")
        if said.reminder:
            event.add_component(_reminder(said.subject))
    else:
        subject = shortened(translate("Cancelled: {subject}").format(subject=said.subject), LONGEST_LINE)
        event = _event(revision, subject, cancelled_text(said))
        event["ATTENDEE"] = _address(
            said.address, said.attendee,
            ROLE="REQ-PARTICIPANT", PARTSTAT="NEEDS-ACTION", RSVP="FALSE",
        )  # fmt: skip
        _set(event, "STATUS", "CANCELLED")
        _set(event, "TRANSP", "TRANSPARENT")
        _set(event, "X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    calendar.add_component(event)
    return _encoded(calendar)


def overview(name: str, revisions: Sequence[Revision]) -> bytes:
    """A whole week as one METHOD:PUBLISH calendar without attendees, for looking at only."""
    calendar = _calendar("PUBLISH")
    _set(calendar, "NAME", name)
    _set(calendar, "X-WR-CALNAME", name)
    for revision in revisions:
        event = _event(revision, revision.said.subject, revision.said.description)
        _set(event, "STATUS", "CONFIRMED")
        _set(event, "TRANSP", "OPAQUE")
        _set(event, "X-MICROSOFT-CDO-BUSYSTATUS", "BUSY")
        calendar.add_component(event)
    return _encoded(calendar)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    _set(calendar, "VERSION", "2.0")
    _set(calendar, "PRODID", PRODUCT)
    _set(calendar, "CALSCALE", "GREGORIAN")
    _set(calendar, "METHOD", method)
    return calendar


def _event(revision: Revision, subject: str, description: str) -> Event:
    said = revision.said
    event = Event()
    _set(event, "UID", revision.uid)
    event.add("SEQUENCE", revision.sequence)
    event.add("DTSTAMP", revision.stamp.astimezone(dt.UTC))
    event.add("LAST-MODIFIED", revision.stamp.astimezone(dt.UTC))
    event.add("DTSTART", said.start.replace(tzinfo=LONDON))
    event.add("DTEND", said.end.replace(tzinfo=LONDON))
    _set(event, "SUMMARY", subject)
    _set(event, "LOCATION", said.location)
    _set(event, "DESCRIPTION", description)
    event["ORGANIZER"] = _address(said.organiser_address, said.organiser)
    return event


def _reminder(subject: str) -> Alarm:
    alarm = Alarm()
    _set(alarm, "ACTION", "DISPLAY")
    _set(alarm, "DESCRIPTION", subject)
    alarm.add("TRIGGER", dt.timedelta(minutes=-30))
    return alarm


def _set(component: Component, name: str, text: str) -> None:
    component[name] = _Text(text)


def _address(address: str, name: str, **parameters: str) -> vCalAddress:
    found = vCalAddress("mailto:" + quote(address, safe="@!#$&'*+/=?^_`{|}~.-"))
    if name:
        found.params["CN"] = name
    for key, value in parameters.items():
        found.params[key] = value
    return found


def _encoded(calendar: Calendar) -> bytes:
    """The bytes, with the time zone before the first event. Folded lines begin with a space, so no text looks so."""
    encoded: bytes = calendar.to_ical(sorted=False)
    place = encoded.find(b"\r\nBEGIN:VEVENT\r\n")
    if place < 0:
        place = encoded.rindex(b"\r\nEND:VCALENDAR\r\n")
    return encoded[: place + 2] + _TIMEZONE + encoded[place + 2 :]
