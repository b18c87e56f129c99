"""Choosing a file to read, a folder, or a name to save under: one way for the whole window.

Where the system has a dialog of its own (Windows), that one comes; else Qt's, made to fit the screen and the text.
The folder chosen last is where the next one begins, apart for reading and for writing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QListView,
    QSplitter,
    QToolButton,
    QTreeView,
    QWidget,
)

from app.text import translate
from app.ui.settings import Settings

READING, WRITING = "folder/reading", "folder/writing"
"""Keys of the folders that are remembered."""
_LETTERS, _SIDE, _LINES = 96, 20, 24

Then = Callable[[Path], object]


def choose_file(parent: QWidget, title: str, kinds: str, then: Then) -> QFileDialog:
    """Ask for a file that is there. `kinds` is `Pictures (*.png *.jpg)`, several of them apart by `;;`."""
    return choose_files(parent, title, kinds, lambda paths: then(paths[0]), mode=QFileDialog.FileMode.ExistingFile)


def choose_files(
    parent: QWidget, title: str, kinds: str, then: Callable[[Sequence[Path]], object],
    *, mode: QFileDialog.FileMode = QFileDialog.FileMode.ExistingFiles,
) -> QFileDialog:  # fmt: skip
    """Ask for files that are there."""
    dialog = _Chooser(parent, title, READING, None)
    dialog.setFileMode(mode)
    dialog.setNameFilters(kinds.split(";;"))
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    return dialog.begin(translate("&Open"))


def choose_folder(
    parent: QWidget, title: str, then: Then, *, start: Path | None = None, reading: bool = False
) -> QFileDialog:
    """Ask for a folder: to write into, or to read from. It begins at `start` or the nearest folder above it."""
    dialog = _Chooser(parent, title, READING if reading else WRITING, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, not reading)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    return dialog.begin(translate("&Choose"))


def choose_name(
    parent: QWidget, title: str, kinds: str, proposed: str, then: Then, *, start: Path | None = None
) -> QFileDialog:
    """Ask for a name to save under; it ends as `proposed` does where no ending is typed."""
    dialog = _Chooser(parent, title, WRITING, start)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setNameFilters(kinds.split(";;"))
    dialog.setDefaultSuffix(Path(proposed).suffix.removeprefix("."))
    dialog.selectFile(proposed)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    return dialog.begin(translate("&Save"))


class _Chooser(QFileDialog):
    """A file dialog that begins where the last one ended."""

    def __init__(self, parent: QWidget, title: str, key: str, start: Path | None) -> None:
        self._settings, self._key = _settings_of(parent), key
        kept = self._settings.text(key) if self._settings is not None else ""
        super().__init__(parent, title, str(_there(start or Path(kept or _documents()))))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setOption(QFileDialog.Option.HideNameFilterDetails, on=True)
        self.accepted.connect(self._remember)

    def begin(self, accept: str) -> QFileDialog:
        """Show it, with that word on its button."""
        label = QFileDialog.DialogLabel
        for part, words in (
            (label.LookIn, translate("&Look in:")), (label.FileName, translate("File &name:")),
            (label.FileType, translate("&Kind of file:")), (label.Accept, accept), (label.Reject, translate("Cancel")),
        ):  # fmt: skip
            self.setLabelText(part, words)
        if self.fileMode() == QFileDialog.FileMode.Directory:
            self.setLabelText(label.FileName, translate("&Folder:"))
            for kind, name in ((QLabel, "fileTypeLabel"), (QComboBox, "fileTypeCombo")):
                if (part_of_files := self.findChild(kind, name)) is not None:
                    part_of_files.hide()
        self._fit()
        self.open()
        return self

    def _fit(self) -> None:
        """Qt's own dialog: as large as the text wants and the screen has, its parts shared out, its words British."""
        unit, screen = self.fontMetrics(), self.screen().availableGeometry()
        wide = min(unit.averageCharWidth() * _LETTERS, screen.width() - 40)
        self.resize(wide, min(unit.lineSpacing() * _LINES, screen.height() - 80))
        places = QStandardPaths.StandardLocation
        self.setSidebarUrls([
            QUrl.fromLocalFile(path)
            for path in dict.fromkeys(
                QStandardPaths.writableLocation(one)
                for one in (
                    places.HomeLocation, places.DesktopLocation, places.DocumentsLocation, places.DownloadLocation,
                )
            )
            if Path(path).is_dir()
        ])  # fmt: skip
        if (splitter := self.findChild(QSplitter)) is not None:
            side = min(unit.averageCharWidth() * _SIDE, wide // 3)
            splitter.setSizes([side, wide - side])
        if (tree := self.findChild(QTreeView)) is not None and tree.header() is not None:
            tree.header().setStretchLastSection(False)
            tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            for column in range(1, tree.model().columnCount() if tree.model() is not None else 0):
                tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        arrow = Qt.ArrowType
        for name, words, drawn in (
            ("backButton", translate("Back"), arrow.LeftArrow),
            ("forwardButton", translate("Forward"), arrow.RightArrow),
            ("toParentButton", translate("Folder above"), arrow.UpArrow),
            ("newFolderButton", translate("New folder"), None), ("listModeButton", translate("Names only"), None),
            ("detailModeButton", translate("Names, sizes and dates"), None),
        ):  # fmt: skip
            if (button := self.findChild(QToolButton, name)) is not None:
                button.setToolTip(words)
                button.setAccessibleName(words)
                if drawn is not None:  # Qt's own arrows are black, on dark pages too
                    button.setIcon(QIcon())
                    button.setArrowType(drawn)
        for name, words in (("sidebar", translate("Places")), ("listView", translate("Files"))):
            if (listed := self.findChild(QListView, name)) is not None:
                listed.setAccessibleName(words)

    def _remember(self) -> None:
        chosen = self.selectedFiles()
        if self._settings is not None and chosen:
            path = Path(chosen[0])
            is_folder = self.fileMode() == QFileDialog.FileMode.Directory
            self._settings.keep(self._key, str(path if is_folder else path.parent))


def _settings_of(widget: QWidget | None) -> Settings | None:
    """The settings of the window that the widget belongs to."""
    while widget is not None:
        held = getattr(widget, "settings", None)
        if isinstance(held, Settings):
            return held
        widget = widget.parentWidget()
    return None


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _there(path: Path) -> Path:
    """The path where it is a folder, else the nearest folder above it."""
    while not path.is_dir() and path != path.parent:
        path = path.parent
    return path
