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
from dataclasses import asdict, dataclass, fields

from app.exchange.safe import Safe, clean, clean_line
from app.models.people import Clearance
from app.models.publication import Recipient
from app.models.view import WeekSlot, WeekView
from app.models.visits import Visit
from app.models.week import Subjects, Week
from app.text import translate
from app.words.dates import between, clock, day_year

LONGEST_LINE = 255
"""Characters of a subject or a place: Outlook cuts what is longer."""
LONGEST_TEXT = 4_000
"""Characters of a description (INVITES.md, "Fields")."""

_ADDRESS = re.compile(r"[^\s@,;:<>()\[\]\\\"]+@[^\s@,;:<>()\[\]\\\"]+\.[^\s@,;:<>()\[\]\\\".]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The words and times of one recipient's invitation. Times are local to the week's zone.

    `number` is the visit's in its subject, `about` what the file is named after: the team for a visitor, the
    visitor for a host.
    """

    number: int
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

    def encoded(self) -> str:
        """As JSON, the same text for the same words always."""
        values = asdict(self)
        values["start"], values["end"] = self.start.isoformat(), self.end.isoformat()
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def decoded(cls, text: str) -> Said:
        """What `encoded` made. Raises ValueError or KeyError for any other text."""
        values = json.loads(text)
        values["start"] = dt.datetime.fromisoformat(values["start"])
        values["end"] = dt.datetime.fromisoformat(values["end"])
        return cls(**{field.name: values[field.name] for field in fields(cls)})

    @property
    def digest(self) -> str:
        """The SHA-256 of the encoded words in hex: equal digests say the same."""
        return hashlib.sha256(self.encoded().encode()).hexdigest()


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
    """Whether an e-mail address is one, and only one."""
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
        about=safe.team_name(slot.team),
        description=_for_visitor(view, safe, visit, slot),
    )  # fmt: skip
    host_name = safe.line(slot.host) or safe.team_name(slot.team)
    host = _told(
        view, visit, slot, Recipient.HOST, number, organiser,
        name=host_name,
        attendee=host_name,
        address=clean_line(slot.host_email),
        about=clean_line(person.name),
        description=_for_host(view, safe, visit, slot),
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
    about: str,
    description: str,
) -> Told:
    safe, week = Safe.of(view), view.week
    sender, sender_address = organiser or (_unquoted(week.organiser), clean_line(week.organiser_email))
    good = usable(address)
    said = Said(
        number=number,
        about=about,
        subject=shortened(_subject(week, number, safe.team_name(slot.team)), LONGEST_LINE),
        location=shortened(place(safe, slot), LONGEST_LINE),
        description=shortened(description, LONGEST_TEXT),
        start=dt.datetime.combine(slot.day, slot.start),
        end=dt.datetime.combine(slot.day, slot.end),
        attendee=_unquoted(attendee),
        address=address if good else "",
        organiser=sender,
        organiser_address=sender_address,
        replies=week.replies_wanted,
        private=week.private_invitations,
        reminder=week.reminder,
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


def _for_visitor(view: WeekView, safe: Safe, visit: Visit, slot: WeekSlot) -> str:
    week, team = view.week, slot.team.team
    person = view.visitors[visit.person_id].person
    site = slot.site
    return _joined(
        _moment(slot),
        (translate("Visitor"), clean_line(person.name)),
        (translate("You visit"), safe.team_name(team)),
        (translate("Where"), place(safe, slot)),
        (translate("Host"), _reached(safe, slot.host, slot.host_phone)),
        (translate("Deputy"), safe.line(team.deputy)),
        (translate("What"), safe.text(slot.slot.activity)),
        "",
        (translate("On arrival"), "" if slot.online else safe.text(site.arrival_notes)),
        (translate("Parking"), "" if slot.online else safe.text(site.parking)),
        translate("Please bring photo identification.") if week.photo_id and not slot.online else "",
        (translate("Dress"), safe.text(week.dress)),
        _lunch(week),
        safe.text(week.confidentiality_note),
        "",
        _questions(week),
        (translate("Purpose"), safe.text(slot.slot.purpose)),
    )


def _for_host(view: WeekView, safe: Safe, visit: Visit, slot: WeekSlot) -> str:
    person = view.visitors[visit.person_id].person
    return _joined(
        _moment(slot),
        (translate("Visitor"), clean_line(person.name)),
        (translate("Role"), safe.line(person.role)),
        (translate("Organisation"), safe.line(person.organisation)),
        translate("Accompany at all times.") if person.clearance is not Clearance.CONFIRMED else "",
        (translate("Team"), safe.team_name(slot.team)),
        (translate("Where"), place(safe, slot)),
        (translate("What"), safe.text(slot.slot.activity)),
        "",
        _questions(view.week),
        (translate("Needs"), safe.text(person.needs)),
        (translate("Purpose"), safe.text(slot.slot.purpose)),
    )


def _moment(slot: WeekSlot) -> str:
    return translate("{day}, {times} (UK time)").format(day=day_year(slot.day), times=between(slot.start, slot.end))


def _reached(safe: Safe, name: str, phone: str) -> str:
    return ", ".join(part for part in (safe.line(name), safe.line(phone)) if part)


def _lunch(week: Week) -> str:
    if week.lunch_minutes == 0:
        return ""
    return translate("Lunch: {minutes} minutes are kept free between {start} and {end}.").format(
        minutes=week.lunch_minutes, start=clock(week.lunch_from), end=clock(week.lunch_to)
    )


def _questions(week: Week) -> str:
    ways = (week.organiser, week.organiser_phone, week.organiser_email)
    return translate("Questions: {ways}").format(ways=", ".join(clean_line(way) for way in ways if way.strip()))


def _joined(first: str, *lines: str | tuple[str, str]) -> str:
    """Lines and `label: text` pairs under each other; pairs without text are left out, `""` separates paragraphs."""
    paragraphs: list[list[str]] = [[first]]
    for line in lines:
        if line == "":
            paragraphs.append([])
        elif isinstance(line, str):
            paragraphs[-1].append(line)
        elif line[1].strip():
            paragraphs[-1].append(f"{line[0]}: {line[1].strip()}")
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs if paragraph)


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
