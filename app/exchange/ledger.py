"""What each person was last sent, and what the next publication has to send (INVITES.md, decision 4).

States are compared, not histories: a move made and undone sends nothing. An event is known by its UID, a calendar by
its address; what a calendar was sent last decides what it must be sent now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.exchange.calendar.said import Revision, Said, Told, numbers, told
from app.models.names import fold, identity
from app.models.plan import Plan
from app.models.publication import Issued, Method, Publication, Recipient
from app.models.view import WeekView, view

Key = tuple[str, Recipient, str]
"""One line of somebody's calendar: UID, part, and the folded address (or name, for those without one)."""


class News(StrEnum):
    """What a publication has to tell somebody of a visit."""

    NEW = "new"
    CHANGED = "changed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One thing to send, or to tell in another way where `address` is blank.

    `said` is what the file says: the new words, or, of a cancellation, the last that were sent; `before` is what was
    sent last. `silent` is a cancellation for a
    calendar that goes on to hold the visit in another part: recorded, never sent.
    """

    news: News
    visit_id: str
    uid: str
    recipient: Recipient
    name: str
    address: str
    sequence: int
    said: Said
    before: Said | None
    silent: bool = False

    @property
    def method(self) -> Method:
        """The iTIP method of the file."""
        return Method.CANCEL if self.news is News.CANCELLED else Method.REQUEST

    @property
    def mailed(self) -> bool:
        """Whether it makes a calendar file."""
        return bool(self.address) and not self.silent

    def revision(self, stamp: dt.datetime) -> Revision:
        """The file's revision, as of that moment."""
        return Revision(uid=self.uid, sequence=self.sequence, method=self.method, stamp=stamp, said=self.said)

    @property
    def moved(self) -> bool:
        """Whether time, place or the other side differ from what was told before, so that an answer holds no more."""
        return self.before is None or _schedule(self.before) != _schedule(self.said)


def _schedule(said: Said) -> tuple[object, ...]:
    return (said.start, said.end, said.location, said.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What the next publication of a week has to send. `number` is that publication's."""

    week_id: str
    number: int
    sendings: tuple[Sending, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to publish."""
        return not self.sendings

    @property
    def visits(self) -> frozenset[str]:
        """The ids of the visits that are new, changed or cancelled."""
        return frozenset(sending.visit_id for sending in self.sendings)

    @property
    def files(self) -> tuple[Sending, ...]:
        """The sendings that make a calendar file."""
        return tuple(sending for sending in self.sendings if sending.mailed)

    @property
    def people(self) -> frozenset[tuple[Recipient, str]]:
        """Who is to be told: a visitor by name, a host by address, or by team and name."""
        return frozenset(
            (one.recipient, one.name)
            if one.recipient is Recipient.VISITOR
            else (one.recipient, fold(one.address) or f"{one.said.folder}: {one.name}")
            for one in self.sendings
            if not one.silent
        )


def publications(plan: Plan, week_id: str) -> tuple[Publication, ...]:
    """The week's publications, the oldest first."""
    found = (publication for publication in plan.publications.values() if publication.week_id == week_id)
    return tuple(sorted(found, key=lambda publication: publication.number))


def ledger(plan: Plan, week_id: str, until: int | None = None) -> tuple[Issued, ...]:
    """The week's lines of the issued ledger, the oldest first; only those up to publication `until`, if given."""
    order = {
        publication.id: publication.number
        for publication in publications(plan, week_id)
        if until is None or publication.number <= until
    }
    lines = (line for line in plan.issued.values() if line.publication_id in order)
    return tuple(sorted(lines, key=lambda line: (order[line.publication_id], line.sequence, line.id)))


def last_lines(lines: Iterable[Issued]) -> dict[Key, Issued]:
    """The newest line of each calendar and event, from lines with the oldest first."""
    return {key_of(line.uid, line.recipient, line.email, line.name): line for line in lines}


def standing(lines: Iterable[Issued]) -> dict[Key, Issued]:
    """What stands in people's calendars: the newest lines that are no cancellations."""
    return {key: line for key, line in last_lines(lines).items() if line.method is Method.REQUEST}


def key_of(uid: str, recipient: Recipient, address: str, name: str) -> Key:
    """The key of a calendar line. Without an address a host is known by name; a visit's visitor is always the same."""
    if address or recipient is Recipient.VISITOR:
        return (uid, recipient, fold(address))
    return (uid, recipient, f"name {fold(name)}")


def known_numbers(lines: Iterable[Issued]) -> dict[str, int]:
    """The number in the subject of each visit ever sent, by visit id, where it can be read."""
    return {line.visit_id: number for line in lines if (number := Said.of(line).number)}


def publication_diff(plan: Plan, week_id: str) -> Diff:
    """What must be sent so that everybody has the week as it stands now, and nothing else."""
    week = view(plan, week_id)
    lines = ledger(plan, week_id)
    stands = standing(lines)
    wanted = _wanted(week, lines)
    after = {uid: 1 + sequence for uid, sequence in _highest(lines).items()}
    sendings: list[Sending] = []
    renamed: set[Key] = set()
    for key, one in wanted.items():
        before = stands.get(key)
        if before is None and one.address:
            # Somebody told in another way so far has an address now: the same person, told of no loss.
            nameless = key_of(one.uid, one.recipient, "", one.name)
            if nameless in stands and nameless not in wanted:
                renamed.add(nameless)
                before = stands[nameless]
        if before is None or before.digest != one.said.basis or fold(before.email) != fold(one.address):
            sendings.append(_request(one, before, after.get(one.uid, 0)))
    for key, line in stands.items():
        if key not in wanted:
            sendings.append(_cancellation(line, after[line.uid], wanted, silent=key in renamed))
    number = 1 + max((publication.number for publication in publications(plan, week_id)), default=0)
    return Diff(week_id=week_id, number=number, sendings=tuple(sorted(sendings, key=_order)))


def sendings_of(plan: Plan, publication: Publication) -> tuple[Sending, ...]:
    """What a publication sent, worked out again from the ledger, in the order of its diff."""
    lines = ledger(plan, publication.week_id, publication.number)
    mine = [line for line in lines if line.publication_id == publication.id]
    earlier = standing(line for line in lines if line.publication_id != publication.id)
    stands = standing(lines)
    requests = {(line.uid, line.recipient, fold(line.name)) for line in mine if line.method is Method.REQUEST}
    sendings: list[Sending] = []
    for line in mine:
        key = key_of(line.uid, line.recipient, line.email, line.name)
        nameless = key_of(line.uid, line.recipient, "", line.name)
        before = earlier.get(key)
        if before is None and line.method is Method.REQUEST and nameless not in stands:
            before = earlier.get(nameless)
        silent = False
        if line.method is Method.CANCEL:
            renamed = not line.email and (line.uid, line.recipient, fold(line.name)) in requests
            silent = renamed or _held_in_another_part(line, stands)
        sendings.append(
            Sending(
                news=News.CANCELLED if line.method is Method.CANCEL else News.NEW if before is None else News.CHANGED,
                visit_id=line.visit_id,
                uid=line.uid,
                recipient=line.recipient,
                name=line.name,
                address=line.email,
                sequence=line.sequence,
                said=Said.of(line),
                before=None if before is None else Said.of(before),
                silent=silent,
            )
        )
    return tuple(sorted(sendings, key=_order))


def _order(one: Sending) -> tuple[object, ...]:
    return (one.said.start, fold(one.said.folder), one.recipient.value, one.uid, one.news.value, one.address)


def _held_in_another_part(line: Issued, others: Collection[Key]) -> bool:
    """Whether the calendar of a cancelled line goes on to hold the visit, its owner now in the other part."""
    other = Recipient.HOST if line.recipient is Recipient.VISITOR else Recipient.VISITOR
    return bool(line.email) and key_of(line.uid, other, line.email, line.name) in others


def _wanted(week: WeekView, lines: tuple[Issued, ...]) -> dict[Key, Told]:
    """What everybody should have in their calendar."""
    given = numbers(week, known_numbers(lines))
    first = {line.uid: line for line in reversed(lines)}
    wanted: dict[Key, Told] = {}
    for visit in week.counted:
        sent = first.get(visit.uid)
        for one in told(week, visit, given[visit.id], organiser=None if sent is None else Said.of(sent).sender):
            wanted[key_of(one.uid, one.recipient, one.address, one.name)] = one
    return wanted


def _highest(lines: Iterable[Issued]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.uid] = max(line.sequence, found.get(line.uid, 0))
    return found


def _request(one: Told, before: Issued | None, sequence: int) -> Sending:
    return Sending(
        news=News.NEW if before is None else News.CHANGED,
        visit_id=one.visit_id,
        uid=one.uid,
        recipient=one.recipient,
        name=one.name,
        address=one.address,
        sequence=sequence,
        said=one.said,
        before=None if before is None else Said.of(before),
    )


def _cancellation(line: Issued, sequence: int, wanted: Collection[Key], *, silent: bool) -> Sending:
    said = Said.of(line)
    return Sending(
        news=News.CANCELLED,
        visit_id=line.visit_id,
        uid=line.uid,
        recipient=line.recipient,
        name=line.name,
        address=line.email,
        sequence=sequence,
        said=said,
        before=said,
        silent=silent or _held_in_another_part(line, wanted),
    )


def issued(diff: Diff, publication_id: str, stamp: dt.datetime) -> tuple[Issued, ...]:
    """The ledger lines of these sendings, as one publication sends them."""
    return tuple(
        Issued(
            id=identity("issued", publication_id, sending.uid, sending.recipient.value, sending.address, sending.name),
            publication_id=publication_id,
            visit_id=sending.visit_id,
            recipient=sending.recipient,
            name=sending.name,
            email=sending.address,
            uid=sending.uid,
            sequence=sending.sequence,
            method=sending.method,
            stamp=stamp,
            said=sending.said.encoded(),
            digest=sending.said.basis,
        )
        for sending in diff.sendings
    )
