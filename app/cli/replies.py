"""Commands for what comes in: a diary, answers to invitations, and what is still to chase."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.cli.main import Exit
from app.cli.naming import visitor_named
from app.cli.rescue import opened_document
from app.cli.source import opened
from app.document.answers import answers_edit, declined, hear, hear_list, read_answers
from app.document.chase import chase
from app.document.diaries import diary_edit, read_diary, whose
from app.errors import Refused
from app.exchange.folder import check_folder, write_folder
from app.exchange.guard import read_limited
from app.exchange.reminders import reminders
from app.models.diary import Fit, Heard, Reply
from app.models.view import view
from app.text import translate
from app.words.chase import chased_line
from app.words.dates import counted
from app.words.diaries import diary_lines, span_words
from app.words.heard import heard_line
from app.words.refusals import sentence

_ANSWERS = frozenset({".ics", ".eml"})
_LIST_BYTES = 1_000_000


def diary(args: argparse.Namespace) -> int:
    """Take a visitor's diary in as busy times of the week; it stands in place of an earlier one of theirs."""
    document = opened_document(args.database)
    try:
        plan = document.plan
        week = view(plan, plan.week_named(args.week).id)
        person_id = visitor_named(week, args.visitor) if args.visitor else whose(args.file, week)
        if person_id is None:
            raise Refused("diary-whose", file=str(args.file))
        found = read_diary(args.file, week, person_id)
        print(week.visitors[person_id].name)
        for line in diary_lines(found, week.week.first_day, week.week.last_day):
            print(f"  {line}")
        for span in found.spans:
            print(f"  {span_words(span)}")
        if not args.dry_run:
            document.do(diary_edit(plan, week.week.id, person_id, found))
    finally:
        document.close()
    return Exit.DONE


def answers(args: argparse.Namespace) -> int:
    """Note answers to invitations: calendar replies, saved e-mails, folders of them, and lists as text."""
    replies, texts, failed = _replies(args.files)
    document = opened_document(args.database)
    try:
        plan = document.plan
        week = view(plan, plan.week_named(args.week).id)
        heard: list[Heard] = list(hear(plan, week.week.id, replies))
        for text in texts:
            heard += hear_list(plan, week.week.id, text)
        for one in heard:
            print(heard_line(one))
        applying = sum(one.fit is Fit.APPLIES for one in heard)
        by = translate("their reply")
        edit = answers_edit(plan, week.week.id, heard, at=dt.datetime.now(dt.UTC), by=by)
        if edit.changes and not args.dry_run:
            document.do(edit)
        names = [plan.people[plan.visits[one].person_id].name for one in declined(heard) if one in plan.visits]
    finally:
        document.close()
    for line in failed:
        print(line)
    print(translate("{noted} noted.").format(noted=counted(applying, translate("answer"), translate("answers"))))
    for name in dict.fromkeys(names):
        print(translate("Declined: a visit of {who}. practice-week repair shows ranked mends.").format(who=name))
    return Exit.BROKEN if failed else Exit.DONE


def _replies(paths: Sequence[Path]) -> tuple[list[Reply], list[str], list[str]]:
    """Every reply, every list, and a line for each file of a folder that is neither."""
    replies: list[Reply] = []
    texts: list[str] = []
    failed: list[str] = []
    for path in _files(paths):
        if path.suffix.casefold() == ".txt":
            texts.append(read_limited(path, _LIST_BYTES).decode("utf-8", "replace"))
            continue
        try:
            replies += read_answers(path)
        except Refused as refused:
            if len(paths) == 1 and not paths[0].is_dir():
                raise
            failed.append(sentence(refused))
    return replies, texts, failed


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix.casefold() in _ANSWERS | {".txt"})
        else:
            yield path


def chase_week(args: argparse.Namespace) -> int:
    """List everything that is still open, by its day; write reminders as e-mail drafts where asked."""
    if args.drafts is not None:
        check_folder(args.drafts)
    with opened(args.source, args.week) as source:
        week = source.view
        found = chase(week)
        for one in found:
            print(chased_line(one))
        if not found:
            print(translate("Nothing is open."))
        if args.drafts is not None:
            drafts = reminders(week.week, found)
            write_folder(args.drafts, drafts)
            print(
                translate("{count} in {folder}").format(
                    count=counted(len(drafts), translate("reminder"), translate("reminders")), folder=args.drafts
                )
            )
    return Exit.DONE
