"""The calendar files of a publication: those that it sent, and all that stand in people's calendars after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.exchange.calendar.event import invitation
from app.exchange.calendar.files import CalendarFile, Invitations, Names, overview_said, week_file
from app.exchange.calendar.said import Revision, Said, usable
from app.exchange.ledger import News, Sending, ledger, standing
from app.models.names import fold
from app.models.plan import Plan
from app.models.progress import Part, Watch, unwatched, watched
from app.models.publication import Issued, Missing, Publication, Recipient, Why
from app.models.view import Visitor, WeekView


def sent_files(
    week: WeekView, sendings: Sequence[Sending], publication: Publication, *, watch: Watch = unwatched
) -> tuple[CalendarFile, ...]:
    """The updates and cancellations of one publication. The same ones are the same bytes at any later time."""
    names = Names(week)
    mailed = [one for one in sendings if one.mailed]
    return tuple(
        CalendarFile(
            path=names.path(one.recipient, one.said, cancelled=one.news is News.CANCELLED),
            data=invitation(one.revision(publication.at)),
            visit_id=one.visit_id,
            recipient=one.recipient,
            name=one.name,
        )
        for one in watched(mailed, Part.INVITATIONS, len(mailed), watch)
    )


def standing_invitations(plan: Plan, week: WeekView, until: int, *, watch: Watch = unwatched) -> Invitations:
    """Every invitation as it was last sent, up to publication number `until`, byte for byte, and the week's overview.

    `week` is the published week, so that folders have the names that they had.
    """
    lines = sorted(standing(ledger(plan, week.week.id, until)).values(), key=_order)
    names = Names(week)
    files: list[CalendarFile] = []
    missing: list[Missing] = []
    by_uid: dict[str, dict[Recipient, Issued]] = defaultdict(dict)
    for line in watched(lines, Part.INVITATIONS, len(lines), watch):
        by_uid[line.uid][line.recipient] = line
        said = Said.of(line)
        if not line.email:
            missing.append(_lacking(week, line.visit_id, line.recipient, line.name, said))
            continue
        files.append(
            CalendarFile(
                path=names.path(line.recipient, said),
                data=invitation(_revision(line, said)),
                visit_id=line.visit_id,
                recipient=line.recipient,
                name=line.name,
            )
        )
    files.append(week_file(week.week, [_overview(parts) for parts in by_uid.values()]))
    return Invitations(files=tuple(files), missing=tuple(missing))


def _order(line: Issued) -> tuple[object, ...]:
    said = Said.of(line)
    visitor = said.folder if line.recipient is Recipient.VISITOR else said.about
    return (said.start, fold(visitor), line.uid, line.recipient is Recipient.HOST, fold(line.email))


def _revision(line: Issued, said: Said) -> Revision:
    return Revision(uid=line.uid, sequence=line.sequence, method=line.method, stamp=line.stamp, said=said)


def _overview(parts: dict[Recipient, Issued]) -> Revision:
    newest = max(parts.values(), key=lambda line: (line.sequence, line.stamp))
    visitor, host = parts.get(Recipient.VISITOR, newest), parts.get(Recipient.HOST, newest)
    return _revision(newest, overview_said(Said.of(visitor), visitor.name, host.name))


def _lacking(week: WeekView, visit_id: str, recipient: Recipient, name: str, said: Said) -> Missing:
    return Missing(
        visit_id=visit_id,
        recipient=recipient,
        name=name,
        why=Why.BAD_ADDRESS if _address(week, visit_id, recipient) else Why.NO_ADDRESS,
        about=said.about,
        day=said.start.date(),
        start=said.start.time(),
    )


def missing_of(week: WeekView, sendings: Sequence[Sending]) -> tuple[Missing, ...]:
    """Who gets no file of what a publication tells, and why."""
    return tuple(
        _lacking(week, one.visit_id, one.recipient, one.name, one.said)
        for one in sendings
        if not one.address and not one.silent
    )


def _address(week: WeekView, visit_id: str, recipient: Recipient) -> str:
    """What stood as the address, though none could be used."""
    visit = week.plan.visits.get(visit_id)
    if visit is None or visit.slot_id not in week.slots:
        return ""
    if recipient is Recipient.HOST:
        return week.slots[visit.slot_id].host_email.strip()
    return week.visitors[visit.person_id].invite_email.strip()


def copied_to(visitor: Visitor) -> str:
    """The assistant's address for a copy of the visitor's mail; blank where the mail goes to the assistant anyway."""
    address = visitor.person.assistant_email.strip()
    return address if visitor.person.email.strip() and usable(address) else ""
