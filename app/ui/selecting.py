"""Selecting again what was chosen elsewhere or moved by an edit; the first of it is stood on and scrolled to."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QAbstractItemView


def select_ranges(view: QAbstractItemView, ranges: Iterable[tuple[QModelIndex, QModelIndex]]) -> None:
    """Select just these ranges of cells."""
    wanted, first = QItemSelection(), QModelIndex()
    for start, end in ranges:
        wanted.select(start, end)
        first = first if first.isValid() else start
    chosen = view.selectionModel()
    chosen.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    if first.isValid():
        chosen.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        view.scrollTo(first)
