"""Commands for what comes in: a diary, answers to invitations, and what is still to chase."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.cli.ends import Exit
from app.cli.naming import visitor_named
from app.cli.rescue import opened_document
from app.cli.source import opened
from app.document.answers import answers_edit, declined, hear, hear_list, read_answers
from app.document.chase import chase
from app.document.diaries import diary_edit, read_diary, whose
from app.document.forms.check import check, forms_edit, unanswered
from app.document.forms.memory import remembered
from app.errors import Refused
from app.exchange.folder import check_folder, write_file, write_folder
from app.exchange.forms.fields import LISTS_TITLE
from app.exchange.forms.layout import lay_out_all, sure_alone
from app.exchange.forms.sheets import files_in, read_files
from app.exchange.guard import read_limited
from app.exchange.reminders import reminders
from app.models.diary import Fit, Heard, Reply
from app.models.forms import FormKind, Layout, RawSheet, RowState
from app.models.view import WeekView, view
from app.text import translate
from app.words.chase import chased_line
from app.words.dates import counted, listed
from app.words.diaries import diary_lines, span_words
from app.words.forms import checked_words, kind_word, row_lines
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
        print(line, file=sys.stderr)
    print(translate("{noted} noted.").format(noted=counted(applying, translate("answer"), translate("answers"))))
    for name in dict.fromkeys(names):
        print(translate("Declined: a visit of {who}. practice-week repair shows ranked mends.").format(who=name))
    return Exit.UNUSABLE if failed else Exit.DONE


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
            drafts = reminders(week, found)
            write_folder(args.drafts, drafts)
            print(
                translate("{count} in {folder}").format(
                    count=counted(len(drafts), translate("reminder"), translate("reminders")), folder=args.drafts
                )
            )
    return Exit.DONE


def write_forms(args: argparse.Namespace) -> int:
    """Write forms for visitors and teams to fill in: one for each, or one of each kind for all."""
    from app.exchange.forms.write import forms  # brings openpyxl

    check_folder(args.out)
    kinds = [FormKind(kind) for kind in args.kind or FORM_KINDS]
    with opened(args.source, args.week) as source:
        made = forms(source.view, kinds, for_all=args.for_all)
        write_folder(args.out, made)
    print(
        translate("{count} in {folder}").format(
            count=counted(len(made), translate("form"), translate("forms")), folder=args.out
        )
    )
    return Exit.DONE


FORM_KINDS = tuple(kind.value for kind in FormKind)


def take_in(args: argparse.Namespace) -> int:
    """Check forms that came back, and take in with --apply what asks nothing; who has not answered is told."""
    sheets, failed = read_files(files_in(args.files))
    document = opened_document(args.database)
    try:
        plan = document.plan
        week_id = plan.week_named(args.week).id
        known = remembered()
        pairs = lay_out_all(sheets, plan.weeks[week_id], known)
        for sheet, layout in pairs:
            for line in _layout_lines(sheet, layout):
                print(line)
        understood = [(sheet, sure_alone(layout)) for sheet, layout in pairs if layout.kind is not None]
        checked = check(plan, week_id, understood)
        for row in checked.rows:
            for line in row_lines(row):
                print(line)
        print(checked_words(checked))
        if args.apply and checked.ready:
            document.do(forms_edit(plan, week_id, checked))
            print(
                translate("{count} taken in, as one step that can be undone.").format(
                    count=counted(len(checked.ready), translate("row"), translate("rows"))
                )
            )
        for line in _silent(view(document.plan, week_id)):
            print(line)
    finally:
        document.close()
    if args.problems is not None and checked.of(RowState.CHECK, RowState.ERROR):
        from app.document.forms.problems import problem_rows  # brings openpyxl

        write_file(args.problems, problem_rows(checked, understood))
        print(translate("What is left is in {file}, each row with its reason.").format(file=args.problems))
    for refused in failed:
        print(sentence(refused), file=sys.stderr)
    if not understood and not failed:
        for file in args.files:
            print(
                translate("{file}: nothing in it looks like a form; give its columns a row of headings").format(
                    file=file
                ),
                file=sys.stderr,
            )
    if failed or not understood:
        return Exit.UNUSABLE
    return Exit.BROKEN if checked.of(RowState.CHECK, RowState.ERROR) else Exit.DONE


def _layout_lines(sheet: RawSheet, layout: Layout) -> Iterator[str]:
    """What a sheet was taken for, and which columns were not taken."""
    name = ", ".join(part for part in (Path(sheet.file).name, sheet.title) if part)
    if layout.kind is None:
        if sheet.hidden:
            yield translate("{sheet}: hidden in the file; left out").format(sheet=name)
        elif _first_cell(sheet) != LISTS_TITLE:
            yield translate("{sheet}: nothing in it looks like a form; left out").format(sheet=name)
        return
    yield translate("{sheet}: {kind}, headings in row {row}").format(
        sheet=name, kind=kind_word(layout.kind), row=layout.header
    )
    for guess in layout.guesses:
        if guess.field and not guess.sure:
            yield translate("  “{heading}” may be {field}: not taken; rename the heading, or use the window").format(
                heading=guess.heading, field=guess.field
            )
        elif not guess.field and guess.heading:
            yield translate("  “{heading}” is not known; not taken").format(heading=guess.heading)
    if sheet.hidden_columns & {guess.column for guess in layout.guesses if guess.field}:
        yield translate("  some of its columns are hidden; they were read too")
    if sheet.cut:
        yield translate("  it is longer or wider than can be read; the rest was left out")


def _first_cell(sheet: RawSheet) -> str:
    """What stands in the first cell."""
    return str(sheet.rows[0][1].get(1, "")) if sheet.rows else ""


def _silent(week: WeekView) -> Iterator[str]:
    visitors, teams = unanswered(week)
    if visitors:
        yield translate("No times or wishes yet of: {names}").format(names=listed(visitors))
    if teams:
        yield translate("No slots yet of: {names}").format(names=listed(teams))
