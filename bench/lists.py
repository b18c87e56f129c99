"""How fast lists are at 300 visitors and 2,500 slots: opening, scrolling, filtering, sorting, an edit, a paste of 500.

Run with `python -m bench.lists`; medians in milliseconds. The bounds: 16 ms a step, 1 s for 500 rows with preview.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QMainWindow

from app.document.document import Document
from app.models.plan import Plan
from app.ui.bridge import Bridge
from app.ui.desk import Desk
from app.ui.lists.column import Listing
from app.ui.lists.columns_people import VISITOR_LIST
from app.ui.lists.columns_places import SLOT_LIST
from app.ui.lists.panel import ListPanel
from app.ui.lists.paste import block_of, guess, is_headed, paste_edit, text_of, understand
from app.ui.settings import Settings
from app.ui.theme import Look
from app.ui.window import Window
from tests.builders import a_week

VISITORS, TEAMS, SLOTS, PASTED = 300, 500, 2_500, 500
STEP, PASTE = 16.0, 1_000.0


def region() -> Plan:
    """A week of the largest size."""
    made = a_week()
    for number in range(60):
        made.site(f"Site {number}")
    for number in range(TEAMS):
        made.team(f"Team {number}", site=f"Site {number % 60}")
    for number in range(SLOTS):
        hour = 9 + number % 7
        made.slot(f"S{number:04d}", f"Team {number % TEAMS}", number % 5, f"{hour:02d}:00", f"{hour + 1:02d}:00",
                  activity="Duty desk and case discussion")  # fmt: skip
    for number in range(VISITORS):
        made.visitor(f"Visitor {number}", min_visits=2, base=f"Site {number % 60}", role="Director of something")
    return made.plan()


def timed(app: QApplication, step: Callable[[], object]) -> float:
    """Milliseconds of a step with everything that it repaints."""
    start = time.perf_counter()
    step()
    app.processEvents()
    return 1_000 * (time.perf_counter() - start)


def measure(app: QApplication, desk: Desk, listing: Listing) -> dict[str, float]:
    """The medians of one list, in a window of its own: the app's other screens change with it, as they do."""
    frame, panel = QMainWindow(), ListPanel(desk, listing)
    frame.resize(1366, 768)
    frame.setCentralWidget(panel)
    app.processEvents()
    found = {"open": timed(app, frame.show)}
    view, model = panel.view, panel.view.list_model
    bar = view.verticalScrollBar()
    found["scroll"] = statistics.median(timed(app, partial(bar.setValue, at)) for at in range(0, 4_000, 97))
    letters = ["1", "12", "123", "12", "1", "", "team", "team 4", "", "site"]
    found["filter"] = statistics.median(timed(app, partial(panel.filter.setText, text)) for text in letters)
    panel.filter.clear()
    found["sort"] = timed(app, lambda: model.sort_by(3, down=True))
    number = next(at for at, column in enumerate(model.columns) if column.name in ("Activity", "Role"))
    found["edit"] = statistics.median(
        timed(app, partial(model.setData, model.index(at, number), f"Something else {at}")) for at in range(9)
    )
    frame.close()
    frame.deleteLater()
    return found


def paste(desk: Desk, listing: Listing, cells: list[list[str]]) -> float:
    """Milliseconds to understand, preview and take in a block of 500 rows."""
    week = desk.bridge.now.view
    if week is None:
        raise RuntimeError("no week")
    text = text_of(cells)
    start = time.perf_counter()
    block = block_of(text)
    columns = listing.columns(week)
    headed = is_headed(columns, block)
    pasting = understand(week, listing, block, guess(columns, block, 0, headed=headed), headed=headed)
    desk.bridge.do(paste_edit(week, listing, pasting))
    return 1_000 * (time.perf_counter() - start)


def main() -> int:
    """Measure, print, and say by the exit code whether the bounds hold."""
    app = cast(QApplication, QApplication.instance() or QApplication(sys.argv[:1]))
    folder = Path(tempfile.mkdtemp())
    settings = Settings(folder / "window.ini")
    window = Window(Bridge(), settings, Look(app, settings))
    window.resize(1366, 768)
    window.show()
    desk = window.desk
    desk.bridge.open(Document.memory(region()))
    good = True
    for listing in (VISITOR_LIST, SLOT_LIST):
        found = measure(app, desk, listing)
        print(f"{listing.id:<10}" + "  ".join(f"{name} {value:7.1f} ms" for name, value in found.items()))
        good = good and found["scroll"] < STEP and found["filter"] < STEP
    visitors = [["Visitor", "Role", "Min visits", "Base"]]
    visitors += [[f"Pasted {number}", "Clerk", "2", f"Site {number % 60}"] for number in range(PASTED)]
    slots = [["Slot", "Team", "Date", "Start", "End", "Activity"]]
    slots += [[f"P{number}", f"Team {number}", "Tue", "09:00", "10:00", "Duty"] for number in range(PASTED)]
    for listing, cells in ((VISITOR_LIST, visitors), (SLOT_LIST, slots)):
        took = paste(desk, listing, cells)
        print(f"{listing.id:<10}paste of {PASTED} rows {took:7.1f} ms")
        good = good and took < PASTE
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
