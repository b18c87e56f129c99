"""Answers to invitations: calendar replies (METHOD:REPLY, RFC 5546), also inside e-mails saved as `.eml`."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from collections.abc import Iterator
from itertools import islice

from app.errors import Refused
from app.exchange.diary.parts import Part, pieces
from app.models.diary import Reply
from app.models.names import fold
from app.models.publication import Answer

_ANSWERS = {"ACCEPTED": Answer.CONFIRMED, "DECLINED": Answer.DECLINED, "TENTATIVE": Answer.NONE}
_STAMP = re.compile(r"(\d{8}T\d{6})Z")
_MOST_PARTS = 200
MOST_ANSWERS = 10_000
"""More than anybody is sent of the largest week."""


def read_guarded(data: bytes, file: str) -> tuple[Reply, ...]:
    """Every answer in a calendar file or a saved e-mail.

    Raises Refused("input-empty" | "input-no-answer" | "input-too-many-answers").
    """
    if not data.strip():
        raise Refused("input-empty", file=file)
    each = (reply for one in _calendars(data) for reply in _replies(one, file))
    found = tuple(islice(each, MOST_ANSWERS + 1))
    if len(found) > MOST_ANSWERS:
        raise Refused("input-too-many-answers", file=file, limit=f"{MOST_ANSWERS:,}")
    if not found:
        raise Refused("input-no-answer", file=file)
    return found


def _calendars(data: bytes) -> Iterator[bytes]:
    """The calendar itself, or the calendars that an e-mail carries."""
    head = data[:4096].upper().replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if head.lstrip().startswith(b"BEGIN:VCALENDAR"):
        yield data
        return
    message = email.message_from_bytes(data, policy=email.policy.default)
    for number, part in enumerate(message.walk()):
        if number >= _MOST_PARTS:
            return
        name = (part.get_filename() or "").casefold()
        if part.get_content_type() == "text/calendar" or name.endswith(".ics"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield content


def _replies(data: bytes, file: str) -> Iterator[Reply]:
    for entry in pieces(data).entries:
        if entry.kind == "VEVENT" and entry.method == "REPLY" and entry.value("UID"):
            yield from _of_entry(entry, file)


def _of_entry(entry: Part, file: str) -> Iterator[Reply]:
    sequence, stamp = entry.value("SEQUENCE"), _STAMP.fullmatch(entry.value("DTSTAMP"))
    try:
        at = dt.datetime.strptime(stamp[1], "%Y%m%dT%H%M%S").replace(tzinfo=dt.UTC) if stamp else None
    except ValueError:
        at = None
    for line in entry.lines:
        said = line.parameters.get("PARTSTAT", "").upper()
        if line.name != "ATTENDEE" or said not in _ANSWERS:
            continue
        yield Reply(
            file=file,
            uid=entry.value("UID"),
            email=fold(line.value).removeprefix("mailto:"),
            answer=_ANSWERS[said],
            sequence=int(sequence) if sequence.isdecimal() else 0,
            at=at,
            tentative=said == "TENTATIVE",
        )
