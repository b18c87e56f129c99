"""Commands for files that are damaged or shared: backups, salvage, hand-over, take-over; and the ways on, told."""

from __future__ import annotations

import argparse
import shlex
import sys
from pathlib import Path

from app.cli.ends import Exit
from app.document.document import Document
from app.document.handover import Borrowed, borrow, hand_over, is_shared, take_over
from app.document.kept_words import holds_words, moment_words, occasion_words, place_words, salvage_lines
from app.document.opening import Way, open_document, salvage, ways_on
from app.errors import Refused
from app.store import backups
from app.store.verify import inspect
from app.text import translate
from app.words.refusals import sentence


def opened_document(path: Path, *, create: bool = False) -> Document:
    """The Document of a file, or of its local copy, which is told on stderr then. Raises Refused as `open_document`."""
    opened = open_document(path, create=create)
    if opened.borrowed is not None:
        _tell_borrowed(opened.borrowed)
    return opened.document


def _tell_borrowed(borrowed: Borrowed) -> None:
    print(
        translate("{file} lies {place}, so a copy on this computer is used: {local}").format(
            file=borrowed.source.name, place=place_words(borrowed.place), local=borrowed.local
        ),
        file=sys.stderr,
    )
    if borrowed.both:
        print(sentence(Refused("handed-over-by-other", path=str(borrowed.source))), file=sys.stderr)
    elif borrowed.mine:
        print(
            translate("It has changes that were not handed over yet: {command}").format(
                command=command_line("hand-over", borrowed.source)
            ),
            file=sys.stderr,
        )


def list_backups(args: argparse.Namespace) -> int:
    """List the backups of a database, the newest first, with what each holds."""
    path: Path = borrow(args.database).local if is_shared(args.database) else args.database
    found = backups.listed(path)
    if not found:
        raise Refused("no-backup", path=str(args.database))
    for backup in found:
        try:
            holds = holds_words(inspect(backup.path))
        except Refused as refused:
            holds = sentence(Refused("backup-damaged", path=str(backup.path), **_finding(refused)))
        print(f"{moment_words(backup)}  {occasion_words(backup.occasion)}: {holds}")
        print(f"  {backup.path}")
    return Exit.DONE


def _finding(refused: Refused) -> dict[str, object]:
    return {"finding": refused.facts.get("finding", "")}


def salvage_database(args: argparse.Namespace) -> int:
    """Write what can be read of a damaged database as a new one, and list what was left out."""
    found = salvage(args.database, args.file)
    for line in salvage_lines(found):
        print(line)
    print(translate("The new database is {file}").format(file=args.file.resolve()))
    return Exit.DONE


def hand_over_database(args: argparse.Namespace) -> int:
    """Put the local copy of a shared database back in its place, as one checked file."""
    borrowed = borrow(args.database)
    there = hand_over(borrowed.local, over_theirs=args.over_theirs)
    print(translate("Handed over: {file} holds your work, checked.").format(file=there))
    return Exit.DONE


def take_over_database(args: argparse.Namespace) -> int:
    """Put a shared database in its local copy's place; the copy as it was is kept as a backup."""
    if not is_shared(args.database):
        raise Refused("no-shared-file", path=str(args.database))
    borrowed = borrow(args.database)
    kept = take_over(borrowed.local)
    print(translate("Taken over: {file} is now what lies in the shared folder.").format(file=borrowed.local))
    if kept is not None:
        print(translate("What it held before is kept in {file}").format(file=kept.resolve()))
    return Exit.DONE


def tell_ways(refused: Refused) -> int:
    """Tell the commands that lead on from a database that was refused."""
    given = str(refused.facts.get("path", ""))
    if not given:
        return Exit.UNUSABLE
    path = Path(given)
    found = ways_on(refused, path)
    if found.backup is not None and found.holds is not None:
        print(
            translate("Its newest whole backup is of {moment} ({holds}): {command}").format(
                moment=moment_words(found.backup), holds=holds_words(found.holds),
                command=command_line("restore", path, found.backup.path),
            ),
            file=sys.stderr,
        )  # fmt: skip
    if Way.SALVAGE in found.ways:
        new = path.with_name(f"{path.stem} rescued{path.suffix}")
        print(
            translate("Or bring what can be read into a new file: {command}").format(
                command=command_line("salvage", path, new)
            ),
            file=sys.stderr,
        )
    return Exit.UNUSABLE


def command_line(name: str, *paths: Path) -> str:
    """A command as it would be typed."""
    return f"practice-week {name} {shlex.join(str(path) for path in paths)}"
