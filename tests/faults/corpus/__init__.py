"""Files by strangers of every sort that the app takes: each a name with an ending, and how its bytes are made."""

from __future__ import annotations

from collections.abc import Iterator

from tests.faults.corpus.calendars import CALENDARS, MAILS
from tests.faults.corpus.databases import DATABASES
from tests.faults.corpus.programs import PROGRAMS
from tests.faults.corpus.spoiling import Maker
from tests.faults.corpus.tables import TABLES
from tests.faults.corpus.workbooks import WORKBOOKS

KINDS: dict[str, dict[str, Maker]] = {
    ".xlsx": {**WORKBOOKS, **PROGRAMS}, ".csv": TABLES, ".ics": CALENDARS, ".eml": MAILS, ".pweek": DATABASES,
}  # fmt: skip


def corpus() -> Iterator[tuple[str, str, Maker]]:
    """Every file: what it is, its ending, and how to make it."""
    for ending, files in KINDS.items():
        for name, make_it in files.items():
            yield name, ending, make_it
