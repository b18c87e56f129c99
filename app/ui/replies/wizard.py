"""Forms that came back, in three steps: files or a pasted block, sheets and columns, and the check of every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.document.forms.check import check, forms_edit
from app.document.forms.memory import remember_layouts, remembered
from app.document.forms.problems import problem_rows
from app.errors import Refused
from app.exchange.folder import write_file
from app.exchange.forms.layout import lay_out_all
from app.exchange.forms.sheets import files_in, pasted, read_files
from app.models.forms import Checked, Fixes, Layout, RawSheet, RowState
from app.models.week import Week
from app.text import translate
from app.ui.choosing import choose_files, choose_folder, choose_name
from app.ui.desk import Desk
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.progress import aside
from app.ui.jobs import Job
from app.ui.plain import label, naming
from app.ui.replies.check_page import CheckPage
from app.ui.replies.columns_page import ColumnsPage
from app.ui.strip import Strip
from app.ui.theme import GRID
from app.words.dates import counted
from app.words.refusals import sentence

FILES, COLUMNS, CHECK = range(3)


class FormsWizard(Dialog):
    """Dialog A of LOOK.md. Nothing changes before the last button; what it does is one undo."""

    def __init__(self, desk: Desk, paths: Sequence[Path] = ()) -> None:
        super().__init__(desk.window, translate("Take in forms"), translate("1 of 3: what came back"), width=1080)
        self._desk = desk
        self._sheets: list[tuple[RawSheet, Layout]] = []
        self._fixes = Fixes()
        self.checked = Checked(rows=())
        self._looking: Job | None = None
        self.strip = Strip(desk.look.theme)
        self.body.addWidget(self.strip)
        self.pages = QStackedWidget()
        self.body.addWidget(self.pages, 1)
        self.files = QListWidget()
        self.text = QPlainTextEdit()
        self.columns = ColumnsPage(desk)
        self.checks = CheckPage(desk)
        self.pages.addWidget(self._files_page())
        self.pages.addWidget(self.columns)
        self.pages.addWidget(self.checks)
        self.checks.fixed.connect(self._fix)
        self.back = self.button(translate("&Back"), self._back, closes=False)
        self.problems = self.button(translate("&Save problem rows…"), self._save_problems, closes=False)
        self.forward = self.button(translate("&Next"), self._forward, main=True, closes=False)
        for button in (self.back, self.problems):  # at the left, away from what goes on
            self.buttons.addButton(button, QDialogButtonBox.ButtonRole.ResetRole)
        self.cancel_button(translate("Cancel"))
        self.pages.setMinimumHeight(min(480, self.maximumHeight() - 200))
        self._turn(FILES)
        self.add(paths)
        if paths:
            self._forward()

    def _files_page(self) -> QWidget:
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2 * GRID)
        self.files.setAccessibleName(translate("Files"))
        self.files.setWordWrap(True)
        inside.addWidget(naming(translate("&Files: workbooks (.xlsx) and tables (.csv) that people sent"), self.files))
        inside.addWidget(self.files, 1)
        row = QHBoxLayout()
        for words, does in (
            (translate("&Add files…"), self._ask_files), (translate("Add a f&older…"), self._ask_folder),
            (translate("&Remove"), self._remove),
        ):  # fmt: skip
            made = QPushButton(words)
            made.setAutoDefault(False)
            made.clicked.connect(does)
            row.addWidget(made)
        row.addStretch(1)
        inside.addLayout(row)
        inside.addWidget(naming(translate("Or &paste a block from Excel or an e-mail, headings and all"), self.text))
        self.text.setAccessibleName(translate("Pasted block"))
        self.text.setTabChangesFocus(True)
        inside.addWidget(self.text, 1)
        inside.addWidget(label(translate("Nothing is changed before the last step. A blank cell leaves alone what is "
                                         "known; a row that is missing deletes nothing."), wrap=True))  # fmt: skip
        return page

    # Files

    def add(self, paths: Sequence[Path]) -> None:
        """Add files, and the forms in folders."""
        known = {self.files.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.files.count())}
        for path in files_in(list(paths)):
            if str(path) not in known:
                self.files.addItem(path.name)
                self.files.item(self.files.count() - 1).setData(Qt.ItemDataRole.UserRole, str(path))

    def _ask_files(self) -> None:
        kinds = translate("Forms (*.xlsx *.xlsm *.csv *.tsv *.txt)")
        choose_files(self, translate("Forms that came back"), kinds, self.add)

    def _ask_folder(self) -> None:
        choose_folder(self, translate("Folder of forms"), lambda folder: self.add([folder]), reading=True)

    def _remove(self) -> None:
        self.files.takeItem(self.files.currentRow())

    # Turning pages

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.heading.setText({
            FILES: translate("1 of 3: what came back"), COLUMNS: translate("2 of 3: what the columns are"),
            CHECK: translate("3 of 3: check every row"),
        }[page])  # fmt: skip
        self.back.setEnabled(page != FILES)
        self.problems.setVisible(page == CHECK)
        self.forward.setText(translate("&Take in") if page == CHECK else translate("&Next"))
        self.strip.tell("")
        (self.files, self.columns.sheets, self.checks.table)[page].setFocus()

    def _back(self) -> None:
        self._turn(max(FILES, self.pages.currentIndex() - 1))

    def _forward(self) -> None:
        match self.pages.currentIndex():
            case 0:
                self._read()
            case 1:
                heading = self.columns.to_ask()
                if heading:
                    self.strip.tell(
                        translate("Say what “{heading}” is, or leave it out; then go on.").format(heading=heading)
                    )
                    return
                self._sheets = list(self.columns.settled())
                self._check()
            case _:
                self._take()

    def _read(self) -> None:
        paths = [Path(self.files.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.files.count())]
        block = self.text.toPlainText()
        if not paths and not block.strip():
            self.strip.tell(translate("Add a file or paste a block first."))
            return
        reading = translate("Reading {count}…").format(
            count=counted(len(paths) + bool(block.strip()), translate("form"), translate("forms"))
        )
        week = self._desk.now.view
        if week is not None:
            work = partial(_read, paths, block, week.week)
            aside(self._desk, reading, work, done=self._laid_out, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, Refused):
            raise error
        self.strip.tell(sentence(error))

    def _laid_out(self, found: _Read) -> None:
        week = self._desk.now.view
        if week is None:
            return
        pairs, refused = found
        self._fixes = Fixes()
        self.columns.show_sheets(pairs, week.week)
        self._turn(COLUMNS)
        if refused:
            self.strip.tell("\n".join(sentence(one) for one in refused))
        elif not self.columns.settled():
            self.strip.tell(translate("Nothing in these files looks like a form. Say below what a sheet tells of."))

    # Checking

    def _check(self) -> None:
        if not self._sheets:
            self.strip.tell(translate("No sheet is to be read. Say of one what it tells of."))
            return
        self._look(lambda: self._turn(CHECK))

    def _look(self, then: Callable[[], None]) -> None:
        """Check every row, aside; only the newest look counts. `then` comes after it."""
        week = self._desk.now.view
        if week is None:
            return
        if self._looking is not None:
            self._looking.cancel()
        work = partial(check, week.plan, week.week.id, tuple(self._sheets), self._fixes)

        def done(checked: Checked) -> None:
            self._looking = None
            self.checked = checked
            self.checks.show_checked(checked)
            then()

        count = counted(sum(len(sheet.rows) for sheet, _ in self._sheets), translate("row"), translate("rows"))
        words = translate("Checking {count}…").format(count=count)
        self._looking = aside(self._desk, words, lambda _job: work(), done=done, failed=self._failed)

    def _fix(self, fixes: object) -> None:
        """Something was mended or answered: every row is looked at anew."""
        if isinstance(fixes, Fixes):
            self._fixes = Fixes(
                texts={**self._fixes.texts, **fixes.texts}, answers={**self._fixes.answers, **fixes.answers}
            )
            self._look(lambda: None)

    def _take(self) -> None:
        """Take in what is ready, by a look at the week as it is now."""
        self._look(self._take_ready)

    def _take_ready(self) -> None:
        week, checked = self._desk.now.view, self.checked
        if week is None:
            return
        if not checked.ready:
            self.strip.tell(translate("No row is ready: answer what is asked, or mend what is wrong."))
            return
        try:
            self._desk.bridge.do(forms_edit(week.plan, week.week.id, checked))
        except Refused as refused:
            self.strip.tell(sentence(refused))
            return
        remember_layouts(layout for _, layout in self._sheets)
        left = len(checked.of(RowState.CHECK, RowState.ERROR))
        count = counted(len(checked.ready), translate("row"), translate("rows"))
        self._desk.say(translate("{count} taken in. Undo").format(count=count))
        if not left:
            self.accept()
            return
        rest = counted(left, translate("row"), translate("rows"))
        told = translate("{count} taken in; {rest} still to settle.").format(count=count, rest=rest)
        self._look(lambda: self.strip.tell(told))

    def _save_problems(self) -> None:
        choose_name(
            self, translate("Save problem rows"), translate("Excel workbooks (*.xlsx)"),
            translate("problem rows.xlsx"), self.save_problems,
        )  # fmt: skip

    def save_problems(self, path: Path) -> None:
        """Write the rows that are not ready into a workbook, each with its reason."""
        checked = self.checked
        if not checked.of(RowState.CHECK, RowState.ERROR):
            self.strip.tell(translate("No row has a problem."))
            return
        try:
            write_file(path, problem_rows(checked, self._sheets))
        except Refused as refused:
            self.strip.tell(sentence(refused))
            return
        self._desk.say(translate("Problem rows saved as {file}").format(file=path.name))


_Read = tuple[list[tuple[RawSheet, Layout]], list[Refused]]


def _read(paths: Sequence[Path], block: str, week: Week, _job: Job) -> _Read:
    """The tables of the files and of the pasted block, each laid out; and why others could not be read."""
    sheets, refused = read_files(paths)
    if block.strip():
        try:
            sheets.append(pasted(block, translate("pasted block")))
        except Refused as error:
            refused.append(error)
    return lay_out_all(sheets, week, remembered()), refused
