"""What a visitor and a host are told of one visit: the words of their invitation, before any file is made.

A visitor reads where to be, whom to meet and what to bring; a host reads who comes. Neither reads of another visitor,
of a wish, or of anything that only the other should know.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, fields, replace

from app.exchange.safe import Safe, clean, clean_line
from app.models.names import fold
from app.models.people import Clearance
from app.models.publication import Issued, Method, Recipient
from app.models.view import WeekSlot, WeekView
from app.models.visits import Visit
from app.models.week import Subjects, Week
from app.text import translate
from app.words.dates import between, clock, day_year

LONGEST_LINE = 255
"""Characters of a subject or a place: Outlook cuts what is longer."""
LONGEST_TEXT = 4_000
"""Characters of a description (INVITES.md, "Fields")."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The words and times of one recipient's invitation. Times are local to the week's zone.

    `number` is the visit's in its subject, `about` what the file is named after: the team for a visitor, the
    visitor for a host; it lies in the `folder` of the visitor or of the team. `basis` is the SHA-256 (hex) of the
    facts that the words are made from: equal ones say the same, so that no later wording of this app alone makes
    an update.
    """

    number: int
    folder: str
    about: str
    subject: str
    location: str
    description: str
    start: dt.datetime
    end: dt.datetime
    attendee: str
    address: str
    organiser: str
    organiser_address: str
    replies: bool
    private: bool
    reminder: bool
    basis: str

    def encoded(self) -> str:
        """As JSON, the same text for the same words always."""
        values = asdict(self)
        values["start"], values["end"] = self.start.isoformat(), self.end.isoformat()
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def decoded(cls, text: str) -> Said:
        """What `encoded` made. Raises ValueError for any other text."""
        try:
            values = json.loads(text)
            for name in ("start", "end"):
                values[name] = dt.datetime.fromisoformat(values[name])
            found = cls(**{field.name: values[field.name] for field in fields(cls)})
            if "\\u" in text:
                found.encoded().encode()  # half a sign can be written nowhere
        except (LookupError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"no words of an invitation: {error!r:.80}") from error
        if any(type(value) is not kind for value, kind in zip(astuple(found), _KINDS, strict=True)):
            raise ValueError("no words of an invitation: a value of another kind")
        if found.start.tzinfo or found.end.tzinfo:
            raise ValueError("no words of an invitation: times are local")
        return found

    @classmethod
    def of(cls, line: Issued) -> Said:
        """What a line of the ledger says; where that cannot be read, as much as the line itself knows.

        Whatever stands now differs from that, so that the next publication tells it anew.
        """
        try:
            return cls.decoded(line.said)
        except ValueError:
            moment = line.stamp.replace(tzinfo=None)
            return cls(
                number=0, folder=clean_line(line.name), about="", subject=translate("Practice Week visit"),
                location="", description="", start=moment, end=moment, attendee=_unquoted(line.name),
                address=line.email if usable(line.email) else "", organiser="", organiser_address="", replies=False,
                private=False, reminder=False, basis="",
            )  # fmt: skip

    @property
    def sender(self) -> tuple[str, str] | None:
        """Name and address under which it was sent; None where that is not known."""
        return (self.organiser, self.organiser_address) if self.organiser_address else None


_KINDS = (int, *[str] * 5, dt.datetime, dt.datetime, *[str] * 4, *[bool] * 3, str)
"""The kinds of the fields of `Said`, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision of a visit as one recipient gets it. `stamp` is the UTC moment of the revision."""

    uid: str
    sequence: int
    method: Method
    stamp: dt.datetime
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one person is to be told of one visit, and where it is sent. `address` is blank where there is none."""

    visit_id: str
    uid: str
    recipient: Recipient
    name: str
    address: str
    bad_address: bool
    said: Said


def usable(address: str) -> bool:
    """Whether an e-mail address is one, only one, and plain enough for every mail program."""
    return _ADDRESS.fullmatch(address) is not None


def numbers(view: WeekView, known: Mapping[str, int] | None = None) -> dict[str, int]:
    """The number of each visit that counts, by visit id.

    A visit keeps the number that it was published with (`known`); others follow after the highest of those, by
    date, start and visitor.
    """
    known = known or {}
    reached = max(known.values(), default=0)
    found: dict[str, int] = {}
    for visit in view.counted:
        number = known.get(visit.id)
        if number is None:
            reached += 1
            number = reached
        found[visit.id] = number
    return found


def told(view: WeekView, visit: Visit, number: int, *, organiser: tuple[str, str] | None = None) -> tuple[Told, Told]:
    """What the visitor and the host of this visit are told, in this order.

    `organiser` is the name and address under which the visit was first sent, where it was: they never change
    through a visit's life.
    """
    safe = Safe.of(view)
    slot = view.slots[visit.slot_id]
    person = view.visitors[visit.person_id].person
    by_assistant = not person.email.strip()
    visitor = _told(
        view, visit, slot, Recipient.VISITOR, number, organiser,
        name=clean_line(person.name),
        attendee=clean_line((by_assistant and person.assistant) or person.name),
        address=clean_line(person.assistant_email if by_assistant else person.email),
        folder=clean_line(person.name),
        about=safe.team_name(slot.team),
        lines=_for_visitor(view, safe, visit, slot),
    )  # fmt: skip
    host_name = safe.line(slot.host) or safe.team_name(slot.team)
    host = _told(
        view, visit, slot, Recipient.HOST, number, organiser,
        name=host_name,
        attendee=host_name,
        address=clean_line(slot.host_email),
        folder=safe.team_name(slot.team),
        about=clean_line(person.name),
        lines=_for_host(view, safe, visit, slot),
    )  # fmt: skip
    return visitor, host


def _told(
    view: WeekView,
    visit: Visit,
    slot: WeekSlot,
    recipient: Recipient,
    number: int,
    organiser: tuple[str, str] | None,
    *,
    name: str,
    attendee: str,
    address: str,
    folder: str,
    about: str,
    lines: list[Line],
) -> Told:
    safe, week = Safe.of(view), view.week
    sender, sender_address = organiser or (_unquoted(week.organiser), clean_line(week.organiser_email))
    good = usable(address)
    subject = _subject(week, number, safe.team_name(slot.team))
    where = place(safe, slot)
    start, end = dt.datetime.combine(slot.day, slot.start), dt.datetime.combine(slot.day, slot.end)
    settings = (week.subjects, week.replies_wanted, week.private_invitations, week.reminder)
    said = Said(
        number=number,
        folder=folder,
        about=about,
        subject=shortened(subject, LONGEST_LINE),
        location=shortened(where, LONGEST_LINE),
        description=shortened(_joined(_moment(slot), lines), LONGEST_TEXT),
        start=start,
        end=end,
        attendee=_unquoted(attendee),
        address=address if good else "",
        organiser=sender,
        organiser_address=sender_address,
        replies=week.replies_wanted,
        private=week.private_invitations,
        reminder=week.reminder,
        basis=_digest(number, about, where, start, end, attendee, fold(address), sender_address, settings, lines),
    )
    return Told(
        visit_id=visit.id,
        uid=visit.uid,
        recipient=recipient,
        name=name,
        address=said.address,
        bad_address=bool(address) and not good,
        said=said,
    )


def _unquoted(name: str) -> str:
    """A name for a CN: a double quote cannot stand in a parameter."""
    return clean_line(name).replace('"', "'")


def _subject(week: Week, number: int, team: str) -> str:
    if week.subjects is Subjects.TEAM:
        return translate("Practice Week visit: {team}").format(team=team)
    return translate("Practice Week visit {number:03d}").format(number=number)


def place(safe: Safe, slot: WeekSlot) -> str:
    """Where a visit takes place, on one line."""
    return translate("Online") if slot.online else safe.place_line(slot.site)


def shortened(text: str, longest: int) -> str:
    """The text, cut with an ellipsis where it is longer than that many characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a description: its words, and the facts that they are made from."""

    words: str
    facts: tuple[object, ...]
    begins_paragraph: bool = False


def _labelled(key: str, label: str, text: str, *, begins_paragraph: bool = False) -> list[Line]:
    """`label: text`; nothing where there is no text."""
    text = text.strip()
    words = f"{label}: {text}"
    return [Line(words=words, facts=(key, text), begins_paragraph=begins_paragraph)] if text else []


def _for_visitor(view: WeekView, safe: Safe, visit: Visit, slot: WeekSlot) -> list[Line]:
    week, team, site = view.week, slot.team.team, slot.site
    person = view.visitors[visit.person_id].person
    there = not slot.online
    lines = [
        *_labelled("visitor", translate("Visitor"), clean_line(person.name)),
        *_labelled("team", translate("You visit"), safe.team_name(team)),
        *_labelled("where", translate("Where"), place(safe, slot)),
        *_labelled("host", translate("Host"), _reached(safe, slot.host, slot.host_phone)),
        *_labelled("deputy", translate("Deputy"), safe.line(team.deputy)),
        *_labelled("what", translate("What"), safe.text(slot.slot.activity)),
    ]
    rules = [
        *(_labelled("arrival", translate("On arrival"), safe.text(site.arrival_notes)) if there else ()),
        *(_labelled("parking", translate("Parking"), safe.text(site.parking)) if there else ()),
        *(
            [Line(words=translate("Please bring photo identification."), facts=("photo",))]
            if there and week.photo_id
            else ()
        ),
        *_labelled("dress", translate("Dress"), safe.text(week.dress)),
        *_lunch(week),
        *_note(safe, week),
    ]
    if rules:
        rules[0] = replace(rules[0], begins_paragraph=True)
    return [
        *lines,
        *rules,
        *_questions(week),
        *_labelled("purpose", translate("Purpose"), safe.text(slot.slot.purpose)),
    ]


def _for_host(view: WeekView, safe: Safe, visit: Visit, slot: WeekSlot) -> list[Line]:
    person = view.visitors[visit.person_id].person
    alone = person.clearance is Clearance.CONFIRMED
    return [
        *_labelled("visitor", translate("Visitor"), clean_line(person.name)),
        *_labelled("role", translate("Role"), safe.line(person.role)),
        *_labelled("organisation", translate("Organisation"), safe.line(person.organisation)),
        *(() if alone else [Line(words=translate("Accompany at all times."), facts=("accompany",))]),
        *_labelled("team", translate("Team"), safe.team_name(slot.team)),
        *_labelled("where", translate("Where"), place(safe, slot)),
        *_labelled("what", translate("What"), safe.text(slot.slot.activity)),
        *_questions(view.week),
        *_labelled("needs", translate("Needs"), safe.text(person.needs)),
        *_labelled("purpose", translate("Purpose"), safe.text(slot.slot.purpose)),
    ]


def _moment(slot: WeekSlot) -> str:
    return translate("{day}, {times} (UK time)").format(day=day_year(slot.day), times=between(slot.start, slot.end))


def _reached(safe: Safe, name: str, phone: str) -> str:
    return ", ".join(part for part in (safe.line(name), safe.line(phone)) if part)


def _lunch(week: Week) -> list[Line]:
    if week.lunch_minutes == 0:
        return []
    facts = (week.lunch_minutes, clock(week.lunch_from), clock(week.lunch_to))
    words = translate("Lunch: {minutes} minutes are kept free between {start} and {end}.")
    return [Line(words=words.format(minutes=facts[0], start=facts[1], end=facts[2]), facts=facts)]


def _note(safe: Safe, week: Week) -> list[Line]:
    note = safe.text(week.confidentiality_note).strip()
    return [Line(words=note, facts=("note", note))] if note else []


def _questions(week: Week) -> list[Line]:
    ways = (week.organiser, week.organiser_phone, week.organiser_email)
    found = ", ".join(clean_line(way) for way in ways if way.strip())
    return _labelled("questions", translate("Questions"), found, begins_paragraph=True)


def _joined(first: str, lines: list[Line]) -> str:
    return first + "".join(("\n\n" if line.begins_paragraph else "\n") + line.words for line in lines)


def _digest(*facts: object) -> str:
    """The SHA-256 of facts in hex. Of lines only their facts count, not their words."""
    plain = [[line.facts for line in fact] if isinstance(fact, list) else fact for fact in facts]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, default=str).encode()).hexdigest()


def cancelled_text(said: Said) -> str:
    """What a cancellation says: which visit it was, by the words that were last sent."""
    moment = f"{day_year(said.start.date())}, {between(said.start.time(), said.end.time())}"
    text = translate(
        "This visit is cancelled: {subject}, {moment}, {place}.\n"
        "If it still stands in your calendar, please delete it.\n\nQuestions: {organiser}, {address}"
    )
    return shortened(
        clean(
            text.format(
                subject=said.subject, moment=moment, place=said.location,
                organiser=said.organiser, address=said.organiser_address,
            )
        ),
        LONGEST_TEXT,
    )  # fmt: skip
