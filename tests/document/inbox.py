"""A simulated mailbox that reads calendar files as RFC 5546 says a calendar must."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import icalendar


@dataclass(frozen=True)
class Message:
    """What a file says, read back from its bytes by a parser."""

    method: str
    to: str
    uid: str
    sequence: int
    stamp: dt.datetime
    start: dt.datetime
    end: dt.datetime


def read(data: bytes) -> Message:
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]  # the library's own
    calendar = icalendar.Calendar.from_ical(data)
    [event] = calendar.events
    [attendee] = [event["ATTENDEE"]]
    start, end, stamp = event.start, event.end, event.DTSTAMP
    assert isinstance(start, dt.datetime)
    assert isinstance(end, dt.datetime)
    assert stamp is not None
    return Message(
        method=str(calendar["METHOD"]),
        to=str(attendee).removeprefix("mailto:").casefold(),
        uid=str(event["UID"]),
        sequence=event.sequence,
        stamp=stamp,
        start=start.replace(tzinfo=None),
        end=end.replace(tzinfo=None),
    )


@dataclass
class Inbox:
    """One calendar. With `forgets`, a cancelled event is gone without a trace, as in simple programs."""

    forgets: bool = False
    events: dict[str, Message] = field(default_factory=dict)

    def take(self, message: Message) -> None:
        """A revision counts where its SEQUENCE is higher, or equal and its DTSTAMP not older (RFC 5546, 2.1.5)."""
        known = self.events.get(message.uid)
        if known is not None and (message.sequence, message.stamp) < (known.sequence, known.stamp):
            return
        if message.method == "CANCEL" and (known is None or self.forgets):
            self.events.pop(message.uid, None)
        else:
            self.events[message.uid] = message

    @property
    def shown(self) -> dict[str, tuple[dt.datetime, dt.datetime]]:
        return {uid: (one.start, one.end) for uid, one in self.events.items() if one.method == "REQUEST"}


def delivered(messages: list[Message], *, forgets: bool = False) -> dict[str, Inbox]:
    """The inboxes of everybody after these messages."""
    boxes: dict[str, Inbox] = {}
    for message in messages:
        boxes.setdefault(message.to, Inbox(forgets=forgets)).take(message)
    return boxes
