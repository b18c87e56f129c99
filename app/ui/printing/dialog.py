"""File → Print: choose pages, look at the real ones, then print them, or save them as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.errors import Refused
from app.exchange.filenames import safe_name
from app.exchange.pages import Page, Pages, kind_name, undrawn_text
from app.exchange.version import version_name
from app.models.view import WeekView
from app.text import translate
from app.ui.choosing import choose_folder, choose_name
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog, message
from app.ui.plain import OneLine, label
from app.ui.printing.asking import Asking
from app.ui.printing.editions import editions, whole
from app.ui.printing.paper import a_printer
from app.ui.printing.preview import ZOOMS, PagePreview, dots_for, zoom_words
from app.ui.printing.puttingout import PuttingOut
from app.ui.printing.typesetter import Looked, Typesetter
from app.ui.rows import Line, RowsTable
from app.ui.theme import GRID
from app.words.dates import counted
from app.words.refusals import sentence

_LETTERS = 24
"""So many letters of a document's name can be read at least."""


class PrintDialog(Dialog):
    """Left what is asked for, in the middle the documents, right the page itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.window, translate("Print"), translate("Pages to print"), width=1100)
        week = desk.now.view
        if week is None:
            raise RuntimeError("no week is shown")
        self._desk, self._week = desk, week
        self._found: list[Pages] = []
        self._page: Page | None = None
        self._looked: Looked | None = None
        self._at = 0
        self._last_wanted = False
        self._typesetter = Typesetter(desk.jobs, week, desk.now.problems, self._failed)
        self.asking = Asking(week, editions(week), desk.settings)
        self.documents = RowsTable(translate("Documents"), (translate("Document"),), desk.look.theme)
        self.documents.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.preview = PagePreview(desk.look.theme)
        self.working = PuttingOut(desk.jobs)
        self._lay_out()
        self._buttons()
        self._wire()
        self.rejected.connect(self._leave)
        self._fill_screen()
        self._list()
        self.documents.setFocus()

    # Building

    def _lay_out(self) -> None:
        self.note = label(wrap=True)
        self.note.hide()
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.setChildrenCollapsible(False)
        middle.addWidget(self.asking)
        middle.addWidget(self.documents)
        middle.addWidget(self._right())
        for place, stretch in enumerate((0, 2, 4)):
            middle.setStretchFactor(place, stretch)
        self.documents.setMinimumWidth(_LETTERS * self.fontMetrics().averageCharWidth())
        self.body.addWidget(self.note)
        self.body.addWidget(middle, 1)
        self.body.addWidget(self.working)

    def _right(self) -> QWidget:
        right = QWidget()
        lines = QVBoxLayout(right)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GRID)
        row = QHBoxLayout()
        self.before = self._small(translate("&Previous"), translate("Previous page"), lambda: self.turn(-1))
        self.after = self._small(translate("&Next"), translate("Next page"), lambda: self.turn(1))
        self.which = OneLine()
        self.zoom = QComboBox()
        self.zoom.setAccessibleName(translate("Size of the preview"))
        for zoom in ZOOMS:
            self.zoom.addItem(zoom_words(zoom))
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addWidget(self.which, 1)
        row.addWidget(self.zoom)
        lines.addLayout(row)
        lines.addWidget(self.preview, 1)
        return right

    def _small(self, words: str, name: str, does: Callable[[], None]) -> QPushButton:
        made = QPushButton(words)
        made.setAccessibleName(name)
        made.setAutoDefault(False)
        made.clicked.connect(lambda *_: does())
        return made

    def _buttons(self) -> None:
        self.print_button = self.button(translate("Pr&int…"), self.print_on, main=True, closes=False)
        self.pdf_button = self.button(translate("Save as P&DF…"), self._ask_pdf, closes=False)
        self.folder_button = self.button(translate("Save each to a &folder…"), self._ask_folder, closes=False)
        self.cancel_button(translate("C&lose"))

    def _wire(self) -> None:
        self.asking.changed.connect(self._list)
        self.asking.grey_asked.connect(lambda on: self.preview.show_grey(on=on))
        self.documents.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self.preview.turned.connect(self.turn)
        self.zoom.currentIndexChanged.connect(self._zoomed)
        self.working.working.connect(self._at_work)
        self.working.told.connect(self._told)
        self.working.failed.connect(self._failed)

    def _fill_screen(self) -> None:
        screen = (self.screen() or QGuiApplication.primaryScreen()).availableGeometry()
        self.resize(min(1400, screen.width() - 40), min(900, screen.height() - 80))

    # What there is

    def _list(self) -> None:
        """Make the list of documents anew."""
        self._found, self._page, self._looked = [], None, None
        self._typesetter.stop()
        choice = self.asking.choice()
        self.documents.show_lines(())
        self.which.say("")
        self.note.hide()
        self._ready(on=False)
        if not choice.wanted().kinds:
            self._listed()
            return
        self.heading.setText(translate("Making the list of pages…"))
        self.preview.say(translate("Making the pages…"))
        self._typesetter.list(
            self.asking.edition(), choice.wanted(), changed_only=choice.changed_only, some=self._some,
            done=self._listed,
        )  # fmt: skip

    def _some(self, pages: Pages) -> None:
        self._found.append(pages)
        all_of = whole(self._found)
        self.documents.show_lines(
            Line(key=page.path, cells=(page.title.removesuffix(self._of_week()),)) for page in all_of.all
        )
        if self._page is None and all_of.all:
            self.documents.select_keys([all_of.all[0].path])
            self._chosen()

    def _of_week(self) -> str:
        return f", {self._week.week.name}"

    def _listed(self) -> None:
        pages = whole(self._found)
        count = counted(len(pages.all), translate("document"), translate("documents"))
        self.heading.setText(count[:1].upper() + count[1:])
        self._ready(on=bool(pages.all))
        if not pages.all:
            self.preview.say(self.asking.choice().nothing_words())
        if pages.undrawn:
            self.note.setText(" ".join(undrawn_text(one) for one in pages.undrawn[:3]))
            self.note.show()

    def _ready(self, *, on: bool) -> None:
        for button in (self.print_button, self.pdf_button, self.folder_button):
            button.setEnabled(on)
        self._turnable()

    # Looking

    def _chosen(self) -> None:
        key = self.documents.current_key()
        page = next((one for one in whole(self._found).all if one.path == key), None)
        if page is None or page is self._page:
            return
        self._page, self._looked = page, None
        self._at = 0
        self._look()

    def _look(self) -> None:
        if self._page is not None:
            dots = dots_for(ZOOMS[max(0, self.zoom.currentIndex())], self.devicePixelRatioF())
            self._typesetter.look(self._page, dots, self._show)

    def _show(self, looked: Looked) -> None:
        self._looked = looked
        last = len(looked.pictures) - 1
        if self._last_wanted and not looked.early:
            self._at, self._last_wanted = last, False
        self._at = min(self._at, last)
        self._show_page()

    def _show_page(self) -> None:
        looked = self._looked
        if looked is None:
            return
        title = looked.page.title.removesuffix(self._of_week())
        if looked.early:
            words = title
        else:
            words = translate("Page {page} of {pages}: {title}").format(
                page=self._at + 1, pages=len(looked.pictures), title=title
            )
        self.which.say(words)
        said = Pages(all=(looked.page,), undrawn=()).texts()[looked.page.path]
        self.preview.show_page(looked.pictures[self._at], looked.dots, words, said)
        self._turnable()

    def turn(self, step: int) -> None:
        """To the page before or after, into the next document where this one ends."""
        looked = self._looked
        if looked is None or looked.early:
            return
        if 0 <= self._at + step < len(looked.pictures):
            self._at += step
            self._show_page()
            return
        paths = [page.path for page in whole(self._found).all]
        place = paths.index(looked.page.path) + step
        if 0 <= place < len(paths):
            self._last_wanted = step < 0
            self.documents.select_keys([paths[place]])
            self._chosen()

    def _turnable(self) -> None:
        looked, pages = self._looked, whole(self._found).all
        shown = looked is not None and not looked.early and bool(pages)
        self.before.setEnabled(shown and not (self._at == 0 and looked is not None and looked.page is pages[0]))
        last = looked is not None and self._at == len(looked.pictures) - 1 and bool(pages) and looked.page is pages[-1]
        self.after.setEnabled(shown and not last)

    def _zoomed(self) -> None:
        self.preview.zoom(ZOOMS[max(0, self.zoom.currentIndex())])
        self._look()

    # Putting out

    def print_on(self, printer: QPrinter | None = None) -> None:
        """Ask for the printer, then print."""
        chosen = printer or a_printer()
        chosen.setResolution(300)
        chosen.setDocName(self._title())
        chosen.setFullPage(True)
        if self.asking.in_grey.isChecked():
            chosen.setColorMode(QPrinter.ColorMode.GrayScale)
        dialog = QPrintDialog(chosen, self)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.accepted.connect(lambda: self.print_to(chosen))
        dialog.show()

    def print_to(self, printer: QPrinter) -> None:
        """Print everything listed on that printer, aside."""
        self.working.print(self._pages(), self._state(), printer, self.asking.sizing())

    def _ask_pdf(self) -> None:
        name = safe_name(self._title(), suffix=".pdf")
        choose_name(self, translate("Save as PDF"), translate("PDF files (*.pdf)"), name, self.save_to)

    def save_to(self, path: Path) -> None:
        """Save everything listed as one PDF file, aside."""
        self.working.save(self._pages(), self._state(), path, self._title())

    def _ask_folder(self) -> None:
        choose_folder(self, translate("Folder to make a folder of PDF files in"), self.save_each_to)

    def save_each_to(self, parent: Path) -> None:
        """Save each document as a PDF file in a new folder under `parent`, aside."""
        self.working.save_each(self._pages(), self._state(), parent, self._title(every=True))

    def _pages(self) -> Pages:
        return whole(self._found)

    def _state(self) -> Callable[[], WeekView]:
        edition = self.asking.edition()
        return lambda: self._typesetter.open(edition).view

    def _title(self, *, every: bool = False) -> str:
        """What the file is called: the document itself, or the kind, with the week and version."""
        pages = self._pages().all
        if len(pages) == 1 and not every:
            return pages[0].title
        kinds = {page.kind for page in pages}
        what = kind_name(next(iter(kinds))) if len(kinds) == 1 else translate("Pages")
        version = version_name(pages[0].sheet.version)
        return translate("{what}, {week}, {version}").format(what=what, week=self._week.week.name, version=version)

    def _at_work(self, working: bool) -> None:  # what the signal says
        self.asking.setEnabled(not working)
        self._ready(on=not working and bool(self._pages().all))
        if working:
            self.asking.keep()

    def _told(self, words: str) -> None:
        self.heading.setText(words)
        self._desk.say(words)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            self.preview.say(translate("Something went wrong. Nothing was printed or saved."))
            raise error
        message(self, translate("That could not be done"), sentence(error))

    def _leave(self) -> None:
        self._typesetter.stop()
        self.working.cancel()
        self.asking.keep()
