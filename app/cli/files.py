"""Commands about files: import and write planning workbooks, verify a database."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.cli.apart import keep_apart
from app.cli.ends import Exit
from app.cli.rescue import opened_document, tell_ways
from app.cli.source import opened, readable
from app.document.importing import import_edit
from app.errors import Refused
from app.exchange.folder import write_file
from app.exchange.planning import write_planning
from app.exchange.strangers import look
from app.text import translate
from app.words.imports import summary_text
from app.words.refusals import sentence

_DAMAGE = frozenset({"database-damaged", "file-empty"})
"""What was our file once; anything else was never one, or cannot be read at all."""


def import_workbook(args: argparse.Namespace) -> int:
    """Merge a planning workbook into a database (made if missing) as one undoable edit."""
    _, reading = readable(args.workbook)
    document = opened_document(args.database, create=True)
    try:
        if document.read_only:
            raise Refused("read-only", path=str(args.database), who=document.who_has_it)
        edit, summary = import_edit(document.plan, reading)
        document.do(edit)
    finally:
        document.close()
    print(summary_text(summary))
    return Exit.DONE


def write_workbook(args: argparse.Namespace) -> int:
    """Write a week of a database as a planning workbook that imports to the same week."""
    keep_apart(Path(args.database), files=[args.workbook])
    with opened(args.database, args.week) as source:
        write_file(args.workbook, write_planning(source.view))
    print(translate("The week is in {file}").format(file=args.workbook.resolve()))
    return Exit.DONE


def verify_database(args: argparse.Namespace) -> int:
    """Tell whether a database is whole; exit 1 where damage is found."""
    try:
        look(args.database)
    except Refused as refused:
        print(sentence(refused), file=sys.stderr)
        if refused.code not in _DAMAGE:
            return Exit.UNUSABLE
        tell_ways(refused)
        return Exit.BROKEN
    print(translate("{file} is whole.").format(file=args.database))
    return Exit.DONE
