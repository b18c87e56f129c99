"""Memory of one window over many matches in a row: `python -m bench.memory [--times 50] [--size county]`.

Each match is started, adopted and undone through the window's own dialog. What the window's process holds is printed
every few matches; matches, repairs and prices themselves run in processes that end. Without a screen unless there is
one. Linux alone tells what a process holds at the moment.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from pathlib import Path

from app.models.plan import Plan
from bench.weeks import SIZES, week

EVERY = 5


def held() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def measured(plan: Plan, times: int) -> list[float]:
    """Match so many times in a row in one window; megabytes before the first and after each."""
    from PySide6.QtWidgets import QApplication

    from app.document.document import Document
    from app.engine.process import keep_warm
    from app.ui.bridge import Bridge
    from app.ui.dialogs.match import MatchDialog
    from app.ui.settings import Settings
    from app.ui.theme import Look
    from app.ui.window import Window

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - there is no other kind
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        window = Window(Bridge(), settings, Look(app, settings))
        window.show()
        window.desk.bridge.open(Document.memory(plan))
        window.go("board")
        keep_warm(1)
        found = [held()]
        for _ in range(times):
            window.desk.action("match").trigger()
            (dialog,) = [one for one in window.findChildren(MatchDialog) if one.isVisible()]
            while not dialog.adopt.isEnabled():
                app.processEvents()
                time.sleep(0.005)
            dialog.adopt.click()
            window.desk.action("undo").trigger()
            for _ in range(5):
                app.processEvents()
            gc.collect()
            found.append(held())
        keep_warm(0)
        window.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--size", default="county", help=f"of {', '.join(SIZES)}")
    asked = parser.parse_args()
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    plan, _ = week(asked.size, 1)
    found = measured(plan, asked.times)
    for at in range(0, len(found), EVERY):
        print(f"after {at:>3} matches {found[at]:8.1f} MB")
    settled = found[len(found) // 5]
    print(f"growth from match {len(found) // 5} to {len(found) - 1}: {found[-1] - settled:.1f} MB")


if __name__ == "__main__":
    main()
