"""How soon the window can be used: `python -m bench.start [--times 5]`, medians of whole processes.

Measured from the start of the process until a click would be answered, with the matched reference week, against a
bare PySide6 window. The target is 1.5 times the bare window plus half a second. Processor seconds, of this process and
of the one that looks at the file first, are printed too: they say more on a busy machine. One start of each comes
before, uncounted, which leaves Python's bytecode as any installation has it. Runs without a screen unless there is one.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.matched import matched_database

_BARE = """
import os, sys
from PySide6.QtWidgets import QApplication, QMainWindow
from PySide6.QtCore import QTimer
app = QApplication(sys.argv)
window = QMainWindow()
window.show()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, lambda: os._exit(0)))
app.exec()
"""
_OURS = """
import gc, os, sys
from pathlib import Path
import app.cli.window
gc.disable()  # as app.cli.window does, and all that follows
from app.exchange.strangers import look_ahead
ahead = look_ahead(Path(sys.argv[1]))
from app.ui import app as starter
catch_errors = starter.catch_errors

def made(window):
    from PySide6.QtCore import QTimer
    catch_errors(window)

    def usable():
        if window.desk.now.deck is not None and window.board.isVisible():
            QTimer.singleShot(0, lambda: os._exit(0))  # once that is painted
        else:
            QTimer.singleShot(2, usable)

    # The file is opened aside from the first turn of the event loop on, and painted at the turn after it is there.
    QTimer.singleShot(0, usable)

starter.catch_errors = made
starter.run(Path(sys.argv[1]), ahead=ahead)
"""


def _timed(code: str, *words: str) -> tuple[float, float]:
    """Seconds by the clock and by the processor of one process that runs this code."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *words], check=True, stdout=subprocess.DEVNULL)
    clock = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock, used


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(XDG_CONFIG_HOME=folder, XDG_DATA_HOME=folder, XDG_STATE_HOME=folder)
        database = str(matched_database(Path(folder) / "reference.pweek"))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        pairs = [(_timed(_BARE), _timed(_OURS, database)) for _ in range(times + 1)][1:]
    bare, ours = zip(*pairs, strict=True)
    for name, place in (("by the clock", 0), ("processor", 1)):
        plain = statistics.median(row[place] for row in bare)
        window = statistics.median(row[place] for row in ours)
        print(f"{name:14} bare {plain:.2f} s   window {window:.2f} s   target {1.5 * plain + 0.5:.2f} s")


if __name__ == "__main__":
    main()
