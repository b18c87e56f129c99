"""How soon forms that came back are shown: 40 files of 50 rows, read, laid out and checked, in a week of any size.

Run with `python -m bench.replies [region|largest|county]`. The bound: 2 s of the processor for the preview. The window
does it aside; the longest time that it does not answer meanwhile is printed too.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from openpyxl import Workbook
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from app.document.document import Document
from app.document.forms.check import check, forms_edit
from app.exchange.forms.layout import lay_out_all
from app.exchange.forms.sheets import files_in, read_files
from app.models.plan import Plan
from app.models.view import WeekView, view
from app.ui.bridge import Bridge
from app.ui.jobs import Jobs
from app.ui.replies.wizard import CHECK, COLUMNS, FormsWizard
from app.ui.settings import Settings
from app.ui.theme import Look
from bench.timing import timed
from bench.weeks import week

FILES, ROWS, PREVIEW = 40, 50, 2.0
_FIRST = ("Alex", "Bea", "Carl", "Dora", "Ewan", "Fay", "Gus", "Hana", "Ian", "Joan", "Kit", "Lou", "Mo", "Nia", "Olu")
_LAST = ("Abel", "Birch", "Croft", "Dunn", "Ellis", "Frost", "Grant", "Hale", "Irwin", "Judd", "Keane", "Lamb", "Moss")
Rows = list[tuple[object, ...]]


def workbook(rows: Sequence[tuple[object, ...]], kind: str) -> bytes:
    """A form as offices make them: a title, headings further down, and the rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([f"Practice Week: {kind}"])
    sheet.append([])
    for row in rows:
        sheet.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def forms(plan: WeekView, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Forty files: visitors of whom half are new, grids of times, teams, and most of all slots."""
    visitors, teams = list(plan.visitors.values()), list(plan.teams.values())
    days = plan.week.days
    for number in range(FILES):
        if number % 5 == 0:
            known = [one.name for one in chance.sample(visitors, min(len(visitors), ROWS // 2))]
            others = [f"{chance.choice(_FIRST)} {chance.choice(_LAST)}-{number}{at}" for at in range(ROWS - len(known))]
            rows: Rows = [("Name", "Job title", "Available", "Would like", "How many visits")]
            rows += [
                (name, "Head of service", "Tues pm; all day Weds", chance.choice(teams).name, 2)
                for name in [*known, *others]
            ]
            yield "visitors", workbook(rows, "visitors")
        elif number % 5 == 1:
            grid: Rows = [("Name", *(f"{day:%A %d %B} {half}" for day in days for half in ("am", "pm")))]
            grid += [(chance.choice(visitors).name, *["yes", "no", None, "busy"] * 2) for _ in range(ROWS)]
            yield "times", workbook(grid, "times")
        else:
            slots: Rows = [("Team name", "Date", "Start time", "Finish time", "What will happen")]
            slots += [
                (chance.choice(teams).name, f"{chance.choice(days):%d/%m/%y}", dt.time(9 + at % 7, 5), "16.30", "Visit")
                for at in range(ROWS)
            ]
            yield "slots", workbook(slots, "slots")


def held(plan: Plan, folder: Path) -> tuple[float, float]:
    """Seconds until the wizard shows every row of the files, and the longest time that its window did not answer."""
    app = cast(QApplication, QApplication.instance() or QApplication(sys.argv[:1]))
    settings = Settings(folder / "window.ini")
    desk: Any = SimpleNamespace(
        window=QMainWindow(), bridge=Bridge(), settings=settings, look=Look(app, settings), jobs=Jobs(),
        say=lambda _text: None,
    )  # fmt: skip
    desk.bridge.open(Document.memory(plan))
    desk.now = desk.bridge.now
    desk.window.show()
    beats = [time.perf_counter()]
    beat = QTimer()
    beat.timeout.connect(lambda: beats.append(time.perf_counter()))
    beat.start(5)
    wizard = FormsWizard(desk, files_in([folder]))
    wizard.open()
    while wizard.pages.currentIndex() != CHECK:
        app.processEvents()
        if wizard.pages.currentIndex() == COLUMNS and not desk.jobs.busy:
            wizard.forward.click()
        time.sleep(0.001)
    app.processEvents()
    total = time.perf_counter() - beats[0]
    wizard.reject()
    return total, max(after - before for before, after in pairwise(beats))


def main() -> None:
    """Make the files, and print how long each step takes."""
    size = sys.argv[1] if len(sys.argv) > 1 else "region"
    plan, week_id = week(size, 1)
    shown = view(plan, week_id)
    with tempfile.TemporaryDirectory() as folder:
        for number, (kind, data) in enumerate(forms(shown, random.Random(1))):
            (Path(folder) / f"{number:02} {kind}.xlsx").write_bytes(data)
        before = os.times().children_user
        (sheets, _), reading = timed(lambda: read_files(files_in([Path(folder)])))
        aside = os.times().children_user - before
        shown_after, longest = held(plan, Path(folder))
    pairs, laying = timed(lambda: lay_out_all(sheets, shown.week))
    found, checking = timed(lambda: check(plan, week_id, pairs))
    _, again = timed(lambda: check(plan, week_id, pairs))
    _, edit = timed(lambda: forms_edit(plan, week_id, found))
    total = aside + laying.processor + checking.processor
    print(f"{size}: {len(found.rows)} rows of {len(sheets)} sheets, {len(found.ready)} ready")
    print(f"read in a process of its own {reading.clock:.2f} s ({aside:.2f} s of the processor)")
    print(f"laid out {laying}\nchecked {checking}, once more {again}\nedit {edit}")
    print(f"preview {total:.2f} s of the processor: {'within' if total <= PREVIEW else 'OVER'} {PREVIEW:.0f} s")
    print(f"in the window {shown_after:.2f} s, which never kept silent for more than {1_000 * longest:.0f} ms")


if __name__ == "__main__":
    main()
