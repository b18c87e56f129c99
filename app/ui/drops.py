"""Files dropped onto the window: each kind goes to what takes it; several at once, and folders, are what came back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class Drops(QObject):
    """Takes files that are dragged from outside onto a window. `several` takes folders, and many files at once."""

    def __init__(
        self,
        window: QWidget,
        takes: dict[str, Callable[[Path], object]],
        several: Callable[[list[Path]], object] | None = None,
    ) -> None:
        super().__init__(window)
        self._takes, self._several = takes, several
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.DragEnter and self._taker(event):
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop and (take := self._taker(event)):
            event.acceptProposedAction()
            take()
            return True
        return False

    def _taker(self, event: QDropEvent) -> Callable[[], object] | None:
        """What would take the files of a drop; None where nothing does."""
        urls = event.mimeData().urls()
        if not urls or not all(url.isLocalFile() for url in urls):
            return None
        paths = [Path(url.toLocalFile()) for url in urls]
        if len(paths) == 1 and (take := self._takes.get(paths[0].suffix.casefold())):
            return lambda: take(paths[0])
        several = self._several
        if several is None or not all(path.is_dir() or path.suffix.casefold() in self._takes for path in paths):
            return None
        return lambda: several(paths)
