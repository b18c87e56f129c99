"""Where the files of a version go: proposed, chosen, remembered."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.exchange.filenames import safe_name
from app.text import translate
from app.ui.desk import Desk

_DRAFTS, _FOLDER = "publish-drafts", "publish-folder"


def now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def proposed_folder(desk: Desk, number: int) -> Path:
    """`Practice Week October 2026 version 3`, where the last ones were saved, else beside the database."""
    week = desk.now.view
    document = desk.bridge.document
    home = document.path.parent if document is not None and document.path is not None else Path.home()
    last = desk.settings.text(_FOLDER)
    beside = Path(last) if last and Path(last).is_dir() else home
    if (beside / "plan.json").is_file():  # a folder that the next export into it would replace whole
        beside = beside.parent
    version = translate("version {number}").format(number=number)
    return beside / safe_name(f"{week.week.name if week is not None else ''} {version}")


def wants_drafts(desk: Desk) -> bool:
    """Whether e-mail drafts were wanted last time."""
    return bool(desk.settings.number(_DRAFTS, 0))


def remember(desk: Desk, out: Path, *, drafts: bool) -> None:
    """Propose the same next time."""
    desk.settings.keep(_DRAFTS, int(drafts))
    desk.settings.keep(_FOLDER, str(out.parent))
