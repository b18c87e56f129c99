"""The command `why`: one visitor, one slot, one sentence."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.apart import keep_apart
from app.cli.ends import Exit
from app.cli.naming import slot_named, visitor_named
from app.cli.source import opened
from app.engine.explain import why as explained
from app.engine.process import make_ready
from app.exchange.folder import write_file
from app.exchange.results import answer_row, encoded, result


def why(args: argparse.Namespace) -> int:
    """Say why the visitor is in the slot, or why not, or what it would cost."""
    keep_apart(Path(args.source), files=[args.json])
    make_ready(2)  # they wake while SOURCE is read
    with opened(args.source, args.week) as source:
        view = source.view
        person_id, slot_id = visitor_named(view, args.visitor), slot_named(view, args.slot)
        answer = answer_row(view, explained(view, person_id, slot_id))
        if args.json is not None:
            write_file(args.json, encoded(result(view, answer=answer)))
    print(answer["text"])
    return Exit.DONE
