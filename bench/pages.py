"""How long the pages of a largest week take (issue 7: 600 pages under 5 s, the preview's first page under 0.5 s).

Run without a screen: `QT_QPA_PLATFORM=offscreen python -m bench.pages`.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from app.engine.check import problems
from app.exchange.packs import packs
from app.exchange.pages import Kind, Wanted, as_book, as_pdfs, as_pictures, pages
from app.exchange.version import Version
from app.models.view import WeekView
from bench.rota import largest_week
from bench.timing import timed


def main() -> None:
    """Measure and print, kind by kind."""
    view = largest_week()
    version = Version(number=1, at=dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC))
    preview(view)
    by_kind(view, version)
    six_hundred(view, version)
    packed, taken = timed(lambda: packs(view, version=version))
    print(f"packs: {len(packed)} workbooks in {taken}")


def by_kind(view: WeekView, version: Version) -> None:
    """Every kind, a file for each document."""
    found = problems(view)
    for kind in Kind:
        wanted = Wanted(kinds=frozenset({kind}))
        made, ready = timed(lambda: pages(view, version=version, problems=found, wanted=wanted))  # noqa: B023
        files, taken = timed(lambda: list(as_pdfs([page.sheet for page in made.all])))  # noqa: B023
        print(f"{kind.value}: {len(files)} files, data in {ready}, typeset in {taken}")


def six_hundred(view: WeekView, version: Version) -> None:
    """Teams, hosts and itineraries, about 600 pages, as files and as one."""
    wanted = Wanted(kinds=frozenset({Kind.TEAMS, Kind.HOSTS, Kind.VISITORS}))
    chosen = pages(view, version=version, wanted=wanted).all[:550]
    one_by_one, taken = timed(lambda: list(as_pdfs([page.sheet for page in chosen])))
    _, as_one = timed(lambda: as_book([page.sheet for page in chosen], "All"))
    count = sum(len(as_pictures(page.sheet, dots_per_inch=5)) for page in chosen)
    print(f"{count} pages in {len(one_by_one)} files in {taken}, in one file in {as_one}")


def preview(view: WeekView) -> None:
    """The print dialog, from its opening to the first page on it: the first time, then again."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from app.document.document import Document
    from app.ui.bridge import Bridge
    from app.ui.commands.printing import print_pages
    from app.ui.printing.dialog import PrintDialog
    from app.ui.settings import Settings
    from app.ui.theme import Look
    from app.ui.window import Window

    app = QApplication.instance() or QApplication([])
    if not isinstance(app, QApplication):
        raise TypeError("a window needs a whole application")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "window.ini")
        bridge = Bridge()
        window = Window(bridge, settings, Look(app, settings))
        bridge.open(Document.memory(view.plan))
        window.show()
        app.processEvents()

        def shown() -> Sequence[PrintDialog]:
            print_pages(window.desk)
            dialogs = window.findChildren(PrintDialog)
            while dialogs[-1].preview.image is None:
                app.processEvents()
                time.sleep(0.002)
            return dialogs

        for words in ("first", "next"):
            dialogs, taken = timed(shown)
            print(f"preview opened, its first page shown, the {words} time in {taken}")
            dialogs[-1].reject()
            window.desk.jobs.stop_all(20)
            app.processEvents()
        window.close()


if __name__ == "__main__":
    main()
