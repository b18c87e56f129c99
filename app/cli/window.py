"""`practice-week [DATABASE]`: the window, or one line where there is no screen."""

from __future__ import annotations

import argparse
import gc
import sys
from pathlib import Path

from app.cli.ends import Exit
from app.text import translate


def open_window(args: argparse.Namespace) -> int:
    """Open the window on the database named, the default one, or Start."""
    return show(args.database)


def show(database: Path | None) -> int:
    """Open the window; without a display say so, and what to run instead."""
    gc.disable()  # nothing dies while a window is made; `run` turns it on again
    from app.exchange.strangers import give_up, look_ahead
    from app.store.places import default_database

    wanted = database or default_database()
    ahead = look_ahead(wanted) if wanted.exists() else None  # it goes on while everything else is made
    from app.ui.app import display_available, run

    if not display_available():
        gc.enable()
        give_up(ahead)
        print(
            translate("There is no screen to open a window on; try practice-week plan SOURCE --out DIR instead."),
            file=sys.stderr,
        )
        return Exit.NO_DISPLAY
    return run(database, ahead=ahead)
