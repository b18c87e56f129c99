"""Printing: the command that opens the print dialog."""

from __future__ import annotations

from app.ui.desk import Desk


def print_pages(desk: Desk) -> None:
    """Choose pages, look at them, and print or save them."""
    from app.ui.printing.dialog import PrintDialog  # heavy, and seldom needed at the start

    if desk.now.view is not None:
        PrintDialog(desk).open()
