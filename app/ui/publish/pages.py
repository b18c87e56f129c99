"""The pages of the publish dialog: each shows one thing and decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.exchange.ledger import Diff, Sending
from app.exchange.preview import seen
from app.text import translate
from app.ui.choosing import choose_folder
from app.ui.plain import label, naming
from app.ui.publish.facts import BEFORE, SENDING_WIDTHS, news_word, sending_heads, sending_lines, summary
from app.ui.publish.work import Made
from app.ui.rows import Line, RowsTable
from app.ui.theme import GRID, Theme
from app.words.dates import between, counted, day_year
from app.words.invitations import part_word


class _Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(2 * GRID)


class CheckPage(_Page):
    """What the check found: what blocks, then what is worth knowing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.result = label(wrap=True)
        self.table = RowsTable(
            translate("What the check found"), (translate("Kind"), translate("Where, what, and how to mend it")), theme
        )
        self.table.widths(14)
        self.table.setWordWrap(True)
        self.table.setMinimumHeight(200)
        self.inside.addWidget(self.result)
        self.inside.addWidget(self.table, 1000)
        self.inside.addStretch(1)

    def show_found(self, blocking: Sequence[str], notes: Sequence[str], files: int = 0) -> None:
        """Show these sentences: those that block, those that do not; `files` were checked."""
        clean = translate(
            "✓ None of the {count} gives away a protected name, address or postcode, another visitor, anything "
            "about a child or family, a private reason or a need."
        ).format(count=counted(files, translate("file"), translate("files")))
        if blocking:
            text = translate("This must be mended first. Nothing is written while it would give something away.")
        elif notes:
            text = "\n\n".join((clean, translate("Worth knowing before you publish:")))
        else:
            fine = translate("✓ No rule is broken.\n\n✓ Everybody has an e-mail address.")
            text = f"{clean}\n\n{fine}"
        self.result.setText(text)
        lines = [
            Line(key=f"b{number}", cells=(translate("✕ blocks"), one), tone="broken")
            for number, one in enumerate(blocking)
        ]
        lines += [
            Line(key=f"n{number}", cells=(translate("! note"), one), tone="tight") for number, one in enumerate(notes)
        ]
        self.table.show_lines(lines)
        self.table.setVisible(bool(lines))
        self.fit()

    def fit(self) -> None:
        """Give each row the height of its text."""
        self.table.resizeRowsToContents()


def show_sendings(table: RowsTable, sendings: Sequence[Sending]) -> None:
    """Show who is told what; what was told before only where anything was."""
    table.show_lines(sending_lines(sendings))
    first = all(one.before is None for one in sendings)
    table.setColumnHidden(BEFORE, first)
    table.widths(*SENDING_WIDTHS)
    if first:
        table.setColumnWidth(BEFORE + 1, table.fontMetrics().averageCharWidth() * 84)


class PeoplePage(_Page):
    """Who gets what."""

    def __init__(self, theme: Theme, diff: Diff) -> None:
        super().__init__()
        self.summary = label(summary(diff), wrap=True)
        self.table = RowsTable(translate("Who gets what"), sending_heads(), theme)
        self.table.setSelectionMode(RowsTable.SelectionMode.SingleSelection)
        self.table.setMinimumHeight(240)
        self.table.setWordWrap(False)
        self.hint = label(translate("Enter on a line shows what that person sees."), wrap=True)
        show_sendings(self.table, diff.sendings)
        self.inside.addWidget(self.summary)
        self.inside.addWidget(self.table, 1)
        self.inside.addWidget(self.hint)


class PreviewPage(_Page):
    """What one recipient sees, read from the finished file."""

    def __init__(self) -> None:
        super().__init__()
        self._made: Made | None = None
        self.who = QComboBox()
        self.who.setAccessibleName(translate("Recipient"))
        self.who.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.who.setMinimumContentsLength(30)
        self.who.currentIndexChanged.connect(self._show)
        name = naming(translate("&Recipient:"), self.who)
        choose = QHBoxLayout()
        choose.addWidget(name)
        choose.addWidget(self.who, 1)
        self.to, self.subject, self.place, self.when = (label(wrap=True) for _ in range(4))
        facts = QFormLayout()
        facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for words, shown in (
            (translate("To"), self.to),
            (translate("Subject"), self.subject),
            (translate("Where"), self.place),
            (translate("When"), self.when),
        ):
            facts.addRow(label(words), shown)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(translate("Text as the recipient sees it"))
        self.text.setMinimumHeight(120)
        no_file = translate("Nobody is sent a file: all are told in another way. See the call list.")
        self.nobody = label(no_file, wrap=True)
        self.inside.addLayout(choose)
        self.inside.addWidget(self.nobody)
        self.inside.addLayout(facts)
        self.inside.addWidget(self.text, 1)

    def show_made(self, made: Made) -> None:
        """Offer everybody who is sent a file."""
        self._made = made
        self.who.blockSignals(True)
        self.who.clear()
        for one, _ in made.mailed:
            self.who.addItem(
                translate("{who} ({part}): {news}, {about}").format(
                    who=one.name, part=part_word(one.recipient), news=news_word(one.news), about=one.said.about
                )
            )
        self.who.blockSignals(False)
        self.nobody.setVisible(not made.mailed)
        self._show()

    def choose(self, number: int) -> None:
        """Show the recipient of that sending of the diff."""
        if self._made is None:
            return
        wanted = self._made.diff.sendings[number]
        for place, (one, _) in enumerate(self._made.mailed):
            if (one.uid, one.recipient, one.address, one.news) == (
                wanted.uid, wanted.recipient, wanted.address, wanted.news,
            ):  # fmt: skip
                self.who.setCurrentIndex(place)

    def _show(self) -> None:
        number = self.who.currentIndex()
        if self._made is None or not 0 <= number < len(self._made.mailed):
            for shown in (self.to, self.subject, self.place, self.when):
                shown.setText("")
            self.text.setPlainText("")
            return
        _, file = self._made.mailed[number]
        event = seen(file.data)
        self.to.setText(event.to)
        self.subject.setText(event.subject)
        self.place.setText(event.place)
        self.when.setText(f"{day_year(event.start.date())}, {between(event.start.time(), event.end.time())}")
        self.text.setPlainText(event.text)


class SavePage(_Page):
    """Where the files go, and whether e-mail drafts come with them."""

    ready = Signal(bool)
    """Whether there is a folder to save into."""

    def __init__(self, theme: Theme, proposed: Path, *, drafts: bool) -> None:
        super().__init__()
        self._name = proposed.name
        self.what = label(wrap=True)
        self.folder = QLineEdit(str(proposed))
        self.folder.setAccessibleName(translate("Folder for the files"))
        name = naming(translate("&Folder for the files:"), self.folder)
        self.choose = QPushButton(translate("&Choose…"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(self.choose)
        self.drafts = QCheckBox(translate("Also write e-mail &drafts that open in Outlook, ready to send"))
        self.drafts.setChecked(drafts)
        self.trouble = label(wrap=True)
        self.trouble.setAccessibleName(translate("What is wrong"))
        colors = self.trouble.palette()
        colors.setColor(self.trouble.foregroundRole(), theme.color("broken"))
        self.trouble.setPalette(colors)
        self.inside.addWidget(self.what)
        self.inside.addWidget(name)
        self.inside.addLayout(row)
        self.inside.addWidget(self.drafts)
        self.inside.addWidget(self.trouble)
        self.inside.addStretch(1)
        self.folder.textChanged.connect(lambda _: self.tell(""))

    @property
    def out(self) -> Path:
        """The folder."""
        return Path(self.folder.text().strip()).expanduser()

    def tell(self, trouble: str) -> None:
        """Tell why the folder will not do; blank where it may."""
        self.trouble.setText(f"✕ {trouble}" if trouble else "")
        self.ready.emit(bool(self.folder.text().strip()))

    def _choose(self) -> None:
        choose_folder(self, translate("Folder for the files"), self.chosen, start=self.out.parent)

    def chosen(self, folder: Path) -> None:
        """Use that folder; one that holds other things gets a folder for the files in it."""
        self.folder.setText(str(inside(folder, self._name)))


def inside(folder: Path, name: str) -> Path:
    """The folder itself where it is empty or was written by us, else a new one of that name in it."""
    try:
        taken = folder.is_dir() and any(folder.iterdir()) and not (folder / "plan.json").is_file()
    except OSError:
        return folder
    return folder / name if taken else folder


class DonePage(_Page):
    """What was published, and what is left to do."""

    def __init__(self) -> None:
        super().__init__()
        self.text = label(wrap=True)
        self.inside.addWidget(self.text)
        self.inside.addStretch(1)
