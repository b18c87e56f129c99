"""What each person was last told: publications, the issued ledger, the call list, releases of protected places."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    """The iTIP method of an issued file (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class Recipient(StrEnum):
    """In which part somebody receives a file or a call."""

    VISITOR = "visitor"
    HOST = "host"


class Answer(StrEnum):
    """What somebody said when they were told."""

    NONE = "no answer yet"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One publication of a week. `number` runs from 1; `at` is its moment (UTC, whole seconds).

    `snapshot` is the whole published state as the codec's JSON, so that its files can be written again
    byte for byte at any later time.
    """

    id: str
    week_id: str
    number: int
    at: dt.datetime
    snapshot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """One line of the issued ledger (INVITES.md, decision 4): what one recipient was sent of one visit.

    `said` is the JSON of the event's content, `digest` its SHA-256 in hex: equal digests need no new file.
    """

    id: str
    publication_id: str
    visit_id: str
    recipient: Recipient
    name: str
    email: str
    uid: str
    sequence: int
    method: Method
    stamp: dt.datetime
    said: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One line of a publication's call list: who to tell what changed, and what came of it."""

    id: str
    publication_id: str
    visit_id: str
    recipient: Recipient
    name: str
    contact: str
    old: str
    new: str
    told_at: dt.datetime | None = None
    told_by: str = ""
    answer: Answer = Answer.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The PA's explicit release of one protected place for one visitor's own itinerary."""

    id: str
    week_id: str
    person_id: str
    site_id: str
    reason: str
    at: dt.datetime


class Why(StrEnum):
    """Why somebody gets no file."""

    NO_ADDRESS = "no-address"
    BAD_ADDRESS = "bad-address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Somebody who gets no file of a visit and must be told in another way (`app.words.invitations`).

    `about` is the other side of the visit: the team for a visitor, the visitor for a host.
    """

    visit_id: str
    recipient: Recipient
    name: str
    why: Why
    about: str
    day: dt.date
    start: dt.time
