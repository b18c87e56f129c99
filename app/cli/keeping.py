"""Commands that keep a database safe and people's data theirs: backup, restore, person, erase."""

from __future__ import annotations

import argparse

from app.cli.ends import Exit
from app.cli.rescue import command_line, opened_document
from app.document.handover import is_shared
from app.document.opening import look_at_backup
from app.document.person_file import person_files
from app.document.privacy import erase_person, held_of
from app.exchange.folder import check_folder, write_folder
from app.store import backups
from app.store.verify import inspect
from app.text import translate
from app.words.dates import clock, counted, day_year


def backup(args: argparse.Namespace) -> int:
    """Make a checked copy of a database: among its backups, or as the file named."""
    document = opened_document(args.database)
    try:
        if args.file is None:
            made = document.backup().path
        else:
            document.save_copy(args.file)
            made = args.file
    finally:
        document.close()
    print(translate("A checked copy is in {file}").format(file=made.resolve()))
    return Exit.DONE


def restore(args: argparse.Namespace) -> int:
    """Put a backup in a database's place; the database as it was is kept as a backup first."""
    look_at_backup(args.backup)
    kept = backups.restore(args.database, args.backup)
    found = inspect(args.database)
    rows = dict(found.counts)
    print(
        translate("{file} is as it was in the backup: {weeks}, {visits}.").format(
            file=args.database,
            weeks=counted(rows.get("weeks", 0), translate("week"), translate("weeks")),
            visits=counted(rows.get("visits", 0), translate("visit"), translate("visits")),
        )
    )
    if found.saved_at is not None:
        at = found.saved_at.astimezone()
        print(translate("Last change in it: {day}, {time}.").format(day=day_year(at.date()), time=clock(at.time())))
    if kept is not None:
        print(translate("What it held before is kept in {file}").format(file=kept.resolve()))
    return Exit.DONE


def person(args: argparse.Namespace) -> int:
    """Write everything that is held of one person, for programs and for reading."""
    check_folder(args.out)
    document = opened_document(args.database)
    try:
        held = held_of(document.plan, args.name)
        files = person_files(document.plan, args.name)
    finally:
        document.close()
    write_folder(args.out, files)
    entries = counted(len(held.entities), translate("entry"), translate("entries"))
    print(
        translate("{entries} about {name} are in {folder}").format(
            entries=entries, name=held.name, folder=args.out.resolve()
        )
    )
    return Exit.DONE


def erase(args: argparse.Namespace) -> int:
    """Make a person nameless everywhere: entries, history, sent files, backups. Nothing of it can be undone."""
    document = opened_document(args.database)
    try:
        instead = erase_person(document, args.name)
    finally:
        document.close()
    from app.ui.settings import forget  # Qt takes its time, and no other command here needs it

    forget(args.name)
    print(
        translate("Every trace of the name is gone from the database and its backups; {instead} stands there.").format(
            instead=instead
        )
    )
    if is_shared(args.database):
        print(
            translate("{file} itself names them until you hand over: {command}").format(
                file=args.database, command=command_line("hand-over", args.database)
            )
        )
    print(translate("Files that were written or sent before are not changed; delete those yourself."))
    return Exit.DONE
