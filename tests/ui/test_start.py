"""What a start of the window must not drag along, for it would keep people waiting."""

from __future__ import annotations

import subprocess
import sys

LATER = (
    "alembic",
    "openpyxl",
    "numpy",
    "highspy",
    "icalendar",
    "holidays",
    "rapidfuzz",
    "typst",
    "recurring_ical_events",
)


def test_libraries_that_only_some_work_needs_are_left_for_when_it_is_done() -> None:
    code = "import sys, app.cli.window, app.ui.app, app.ui.window; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in ran.stdout.split()}
    assert "sqlalchemy" in loaded
    assert loaded.isdisjoint(LATER)
