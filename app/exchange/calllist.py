"""The call list on paper: `calls.txt`, `calls.xlsx`, and what is to be deleted by hand."""

from __future__ import annotations

from collections.abc import Sequence

from app.exchange.ledger import News, Sending
from app.exchange.rota import ChangeRow
from app.exchange.safe import Safe
from app.exchange.sheets import Column, Paper, Row, Sheet, Tone, papers_of
from app.exchange.version import Version, version_line
from app.models.publication import Call, Recipient
from app.models.view import WeekView
from app.text import translate
from app.words.dates import between, counted, day
from app.words.invitations import part_word


def ordered(calls: Sequence[Call]) -> list[Call]:
    """By name, else as they come (by time), so that somebody with several lines is rung once."""
    return sorted(calls, key=lambda call: (call.name.casefold(), call.recipient.value, call.contact))


def change_rows(week: WeekView, calls: Sequence[Call]) -> list[ChangeRow]:
    """The call list for the rota's Changes sheet."""
    return [
        ChangeRow(
            visit=_visit(week, call),
            old=call.old,
            new=call.new,
            who=f"{call.name} ({part_word(call.recipient)})" + (f", {call.contact}" if call.contact else ""),
        )
        for call in ordered(calls)
    ]


def _visit(week: WeekView, call: Call) -> str:
    """Who visits, as far as is still known."""
    visit = week.plan.visits.get(call.visit_id)
    if visit is not None and visit.person_id in week.plan.people:
        return week.plan.people[visit.person_id].name
    return call.name if call.recipient is Recipient.VISITOR else ""


def calls_text(week: WeekView, calls: Sequence[Call], version: Version) -> bytes:
    """The call list as text, one block a line of it, with a box to tick."""
    lines = [
        Safe.of(week).line(week.week.name),
        translate("Calls of {version}: {count} to make").format(
            version=version_line(version), count=counted(len(calls), translate("call"), translate("calls"))
        ),
        "",
    ]
    for call in ordered(calls):
        lines += [
            f"[ ] {call.name} ({part_word(call.recipient)})" + (f", {call.contact}" if call.contact else ""),
            translate("    old: {old}").format(old=call.old or translate("nothing yet")),
            translate("    new: {new}").format(new=call.new or translate("cancelled")),
            translate("    told by / when / answer:"),
            "",
        ]
    return _text(lines)


def calls_workbook(week: WeekView, calls: Sequence[Call], version: Version) -> bytes:
    """The call list as a workbook to tick off."""
    rows = [
        Row(
            values=[
                call.name, part_word(call.recipient), call.contact or "–", call.old or translate("nothing yet"),
                call.new or translate("cancelled"), translate("☐ Not yet"), " ", " ",
            ],
            styles=[Tone.STRONG, *[Tone.TEXT] * 7],
        )
        for call in ordered(calls)
    ]  # fmt: skip
    if not rows:
        rows = [Row(values=[translate("Nobody"), *["–"] * 7], styles=[Tone.QUIET] * 8)]
    safe = Safe.of(week)
    name = safe.line(week.week.name)
    about = translate("{week}: {count}. Tick each off once told, and note the answer in the app.").format(
        week=name, count=counted(len(calls), translate("call"), translate("calls"))
    )
    sheet = Sheet(
        name=translate("Calls"),
        titles=[translate("Who to tell")],
        abouts=[about],
        columns=[
            Column(head=translate("Who"), share=1.4),
            Column(head=translate("Part"), share=0.6),
            Column(head=translate("Reach"), share=1.3),
            Column(head=translate("Old"), share=1.7),
            Column(head=translate("New"), share=1.7),
            Column(head=translate("Told?"), share=0.7),
            Column(head=translate("By and when"), share=0.9),
            Column(head=translate("Answer"), share=0.9),
        ],
        rows=rows,
        paper=Paper.A4_LANDSCAPE,
        filters=True,
    )
    from app.exchange.workbook_text import workbook_bytes  # brings openpyxl, which takes its time

    title = translate("Calls, {week}").format(week=name)
    return workbook_bytes([sheet], papers_of(week.week, safe, version, title))


def delete_by_hand(week: WeekView, sendings: Sequence[Sending], version: Version) -> bytes:
    """What to delete where a cancellation did not do it: Outlook may leave the entry of a file that was opened."""
    gone = [one for one in sendings if one.news is News.CANCELLED and one.mailed]
    lines = [Safe.of(week).line(week.week.name), version_line(version), ""]
    if not gone:
        lines.append(translate("Nothing needs deleting by hand."))
    else:
        lines += [
            translate("Open each cancellation first. Where the entry still stands afterwards, delete it by hand:"),
            "",
        ]
    for one in gone:
        moment = f"{day(one.said.start.date())}, {between(one.said.start.time(), one.said.end.time())}"
        lines.append(
            translate("[ ] {name} ({part}): {subject}, {moment}, {place}").format(
                name=one.name,
                part=part_word(one.recipient),
                subject=one.said.subject,
                moment=moment,
                place=one.said.location,
            )
        )
    return _text(lines)


def _text(lines: Sequence[str]) -> bytes:
    return ("\r\n".join(lines).rstrip() + "\r\n").encode()
