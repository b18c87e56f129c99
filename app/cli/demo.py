"""`demo`: the main job on the reference week in a new database, everything written, then the window."""

from __future__ import annotations

import argparse
import tempfile
from itertools import count
from pathlib import Path

from app.cli.ends import Exit
from app.cli.source import Source, readable
from app.cli.weeks import matched, written
from app.document.document import Document
from app.document.importing import import_edit
from app.errors import Refused
from app.exchange.folder import check_folder
from app.models.change import Verb
from app.resources import resource

_STEM, _ENDING = "practice-week-demo", ".pweek"
_OWN_STEPS = (Verb.IMPORT, Verb.MATCH)
"""What a demo itself does in its database; anything more is somebody's work."""


def demo(args: argparse.Namespace) -> int:
    """Make, match and write the sample week; open the window on it where that is wanted and possible."""
    check_folder(args.out)
    name = _free_name(args.out)
    with tempfile.TemporaryDirectory() as aside:
        code = _made(Path(aside) / name, args.out)
    if args.no_window:
        return code
    from app.ui.app import display_available, run

    return run(args.out / name) if display_available() else code


def _made(database: Path, out: Path) -> int:
    """Import and match the sample week in a new database; write the folder with a copy of it."""
    _, reading = readable(resource("samples", "oxfordshire-2019.xlsx"))
    document = Document.open(database, create=True)
    try:
        edit, _ = import_edit(document.plan, reading)
        document.do(edit)
        outcome = matched(Source(plan=document.plan, week_id=reading.week_id, document=document))
    finally:
        document.close()
    written(outcome, out=out, json=None, also={database.name: database.read_bytes()})
    return Exit.BROKEN if outcome.problems.blocking else Exit.DONE


def _free_name(out: Path) -> str:
    """A name for the database: the plain one, unless somebody works in an earlier demo's database of that name."""
    for number in count(1):
        name = f"{_STEM}{_ENDING}" if number == 1 else f"{_STEM}-{number}{_ENDING}"
        if not _worked_in(out / name):
            return name
    raise AssertionError("names do not run out")


def _worked_in(database: Path) -> bool:
    """Whether the database holds more than a demo made, is open somewhere, or cannot be read to say so."""
    if not database.exists():
        return False
    try:
        document = Document.open(database)
    except Refused:
        return True
    try:
        return document.read_only or tuple(line.edit.verb for line in document.history) != _OWN_STEPS
    finally:
        document.close()
