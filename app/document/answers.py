"""Answers to invitations taken in: which line of the call list each belongs to, and one edit for all that apply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.document.publishing import newest_calls, tick
from app.exchange import guard
from app.exchange.diary.lists import read_list
from app.models.change import Edit, Entity, Verb
from app.models.diary import Fit, Heard, Reply
from app.models.names import fold
from app.models.plan import Plan
from app.models.publication import Answer, Call, Issued, Method, Recipient

MOST_BYTES = 20_000_000


def read_answers(path: Path) -> tuple[Reply, ...]:
    """Every answer in a calendar file or saved e-mail, read in the limited process. Raises Refused("input-…")."""
    found = guard.parse_bytes("answers", guard.read_limited(path, MOST_BYTES), str(path))
    if not isinstance(found, tuple) or not all(isinstance(one, Reply) for one in found):
        raise TypeError("the reader of answers gives replies")
    return found


def hear(plan: Plan, week_id: str, replies: Iterable[Reply]) -> tuple[Heard, ...]:
    """What becomes of each reply. Of several by one person for one visit the newest counts."""
    newest: dict[tuple[str, str], Reply] = {}
    for reply in replies:
        key = (reply.uid, reply.email)
        if key not in newest or _age(newest[key]) <= _age(reply):
            newest[key] = reply
    issued = _issued(plan, week_id)
    calls = newest_calls(plan, week_id)
    return tuple(_heard(plan, reply, issued.get(key), calls) for key, reply in newest.items())


def hear_list(plan: Plan, week_id: str, text: str) -> tuple[Heard, ...]:
    """What becomes of each line of a pasted list: an answer is for everything that person was sent."""
    understood, others = read_list(text)
    calls = [call for call in newest_calls(plan, week_id).values() if call.new]
    mails = {fold(line.email): fold(line.name) for line in _issued(plan, week_id).values()}
    found = []
    for number, who, answer in understood:
        source = str(number)
        name = mails.get(fold(who), fold(who))
        mine = [call for call in calls if fold(call.name) == name]
        if not mine:
            found.append(Heard(source=source, who=who, answer=answer, fit=Fit.UNKNOWN))
        found += [_line_heard(source, call, answer) for call in mine]
    found += [Heard(source=str(number), who=text, answer=Answer.NONE, fit=Fit.UNREAD) for number, text in others]
    return tuple(sorted(found, key=lambda one: int(one.source)))


def answers_edit(plan: Plan, week_id: str, heard: Iterable[Heard], *, at: dt.datetime, by: str) -> Edit:
    """Note every answer that applies, as one edit. Whoever answers was told: `at` (UTC), `by`."""
    after, touched, count = plan, dict[tuple[str, str], Entity](), 0
    for one in heard:
        if one.fit is not Fit.APPLIES or one.call_id is None:
            continue
        call = after.calls[one.call_id]
        edit = tick(after, call.id, told_at=call.told_at or at, told_by=call.told_by or by, answer=one.answer)
        after = after.apply(edit)
        count += 1
        for change in edit.changes:
            if change.after is not None:
                touched[change.table, change.id] = change.after
    return plan.edit(Verb.ANSWERS, put=list(touched.values()), week_id=week_id, count=str(count))


def declined(heard: Iterable[Heard]) -> tuple[str, ...]:
    """The visits that are declined by answers that apply, each once: a repair may be wanted."""
    found = (one.visit_id for one in heard if one.fit is Fit.APPLIES and one.answer is Answer.DECLINED)
    return tuple(dict.fromkeys(visit_id for visit_id in found if visit_id))


def _age(reply: Reply) -> tuple[int, str]:
    return reply.sequence, reply.at.isoformat() if reply.at else ""


def _issued(plan: Plan, week_id: str) -> dict[tuple[str, str], Issued]:
    """The newest line of the ledger for each UID and address."""
    found: dict[tuple[str, str], Issued] = {}
    for line in plan.issued.values():
        if plan.publications[line.publication_id].week_id != week_id or not line.email:
            continue
        key = (line.uid, fold(line.email))
        if key not in found or (found[key].sequence, found[key].stamp) < (line.sequence, line.stamp):
            found[key] = line
    return found


def _heard(plan: Plan, reply: Reply, line: Issued | None, calls: dict[tuple[str, Recipient, str], Call]) -> Heard:
    source = reply.file
    if line is None:
        return Heard(source=source, who=reply.email, answer=reply.answer, fit=Fit.UNKNOWN)
    call = calls.get((line.visit_id, line.recipient, line.name))
    visit_id = line.visit_id if line.visit_id in plan.visits else None

    def so(fit: Fit) -> Heard:
        return Heard(
            source=source, who=line.name, answer=reply.answer, fit=fit, call_id=call.id if call else None,
            visit_id=visit_id,
        )  # fmt: skip

    if line.method is Method.CANCEL:
        return so(Fit.CANCELLED)
    if reply.sequence < line.sequence:
        return so(Fit.OLD)
    if reply.tentative or reply.answer is Answer.NONE:
        return so(Fit.TENTATIVE)
    if call is None:
        return so(Fit.UNKNOWN)
    return so(Fit.SAME if call.answer is reply.answer else Fit.APPLIES)


def _line_heard(source: str, call: Call, answer: Answer) -> Heard:
    fit = Fit.SAME if call.answer is answer else Fit.APPLIES
    return Heard(source=source, who=call.name, answer=answer, fit=fit, call_id=call.id, visit_id=call.visit_id)


def counts(heard: Iterable[Heard]) -> Iterator[tuple[Fit, int]]:
    """How many of each kind, in the order of `Fit`."""
    found = list(heard)
    for fit in Fit:
        if number := sum(one.fit is fit for one in found):
            yield fit, number
