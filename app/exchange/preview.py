"""What the recipient of a finished calendar file sees of it, read from its bytes alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import icalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One event as a calendar program shows it. Times are local to the event's zone."""

    to: str
    subject: str
    place: str
    start: dt.datetime
    end: dt.datetime
    text: str
    cancelled: bool


def seen(data: bytes) -> Seen:
    """The one event of an invitation, update or cancellation. Raises ValueError where there is none."""
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]  # the library has no types here
    calendar = icalendar.Calendar.from_ical(data)
    [event] = calendar.walk("VEVENT")
    attendee = event.get("ATTENDEE", "")
    name = attendee.params.get("CN", "") if attendee else ""
    address = str(attendee).removeprefix("mailto:")
    return Seen(
        to=f"{name} <{address}>" if name and address else name or address,
        subject=str(event.get("SUMMARY", "")),
        place=str(event.get("LOCATION", "")),
        start=event.decoded("DTSTART"),
        end=event.decoded("DTEND"),
        text=str(event.get("DESCRIPTION", "")),
        cancelled=str(calendar.get("METHOD", "")) == "CANCEL",
    )
