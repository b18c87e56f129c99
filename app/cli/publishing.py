"""Commands about what people are sent: publish what changed, write everything of a week afresh."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.apart import keep_apart
from app.cli.ends import Exit
from app.cli.report import Steps, told
from app.cli.source import opened
from app.cli.weeks import judged, now, written
from app.document.folders import pack_of, published_folder, published_outcome
from app.document.publishing import publication_diff, publish_edit
from app.errors import Refused
from app.exchange.folder import check_folder, prepare_folder, write_folder
from app.exchange.ledger import publications
from app.text import translate
from app.words.dates import counted


def publish(args: argparse.Namespace) -> int:
    """Write a change pack of what changed since the last publication, and record it. Nothing new writes nothing."""
    keep_apart(Path(args.database), folder=args.out)
    check_folder(args.out)
    with opened(args.database, args.week) as source:
        document = source.document
        if document is None:
            raise Refused("not-a-database", path=str(args.database))
        if document.read_only:
            raise Refused("read-only", who=document.who_has_it, path=str(args.database))
        diff = publication_diff(source.plan, source.week_id)
        edit = publish_edit(source.plan, diff, now())
        if diff.empty:
            document.record(edit)
            print(_nothing(diff.number - 1))
            return Exit.DONE
        after = source.plan.apply(edit)
        publication = publications(after, source.week_id)[-1]
        watch = Steps()
        folder = pack_of(after, publication, drafts=args.drafts, watch=watch)
        ready = prepare_folder(args.out, folder.files, watch=watch)
        with _together():
            ready.put_in_place(lambda: document.record(edit))
    outcome = published_outcome(after, publication)
    print(told(outcome, args.out))
    print(
        translate("Version {number} is published: {visits}, {files}, {people} to tell.").format(
            number=publication.number,
            visits=counted(len(diff.visits), translate("visit"), translate("visits")),
            files=counted(len(diff.files), translate("calendar file"), translate("calendar files")),
            people=counted(len(diff.people), translate("person"), translate("people")),
        )
    )
    return Exit.BROKEN if outcome.problems.blocking else Exit.DONE


@contextmanager
def _together() -> Iterator[None]:
    """No Ctrl+C between the files and their record, which take a moment: both are there, or neither."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _nothing(number: int) -> str:
    if number == 0:
        return translate("There is no visit to publish; nothing was written.")
    return translate("Nothing changed since version {number}; nothing was written.").format(number=number)


def export(args: argparse.Namespace) -> int:
    """Write everything of a week afresh: the last published state, or drafts marked so."""
    keep_apart(Path(args.database), folder=args.out)
    check_folder(args.out)
    with opened(args.database, args.week) as source:
        watch = Steps()
        folder = published_folder(source.plan, source.week_id, watch=watch)
        if folder is None:
            written(judged(source), out=args.out, json=None)
            return Exit.DONE
        last = publications(source.plan, source.week_id)[-1]
        write_folder(args.out, folder.files, watch=watch)
        print(told(published_outcome(source.plan, last), args.out))
        print(translate("This is version {number}, as it was published.").format(number=last.number))
    return Exit.DONE
