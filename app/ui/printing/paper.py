"""Pages onto paper and into files: sizes, scaling, the printer, PDF files. Everything here may run aside."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from app.errors import Refused
from app.exchange.filenames import safe_name
from app.exchange.folder import check_folder, write_file, write_folder
from app.exchange.leaks import refuse_leaks
from app.exchange.pages import Page, Pages, as_book, as_pdf, as_pdfs, as_pictures
from app.models.view import WeekView
from app.text import translate

_A3_WIDTH = 330.0
"""A page wider or taller than this many millimetres is A3."""
_FINE, _COARSE = 300, 200
"""Dots per inch for A4, and for A3, which is read from further away."""
_ANSWERS = "/run/cups/cups.sock"
"""Where the printing service of a computer with Linux answers its own programs."""
_SAID = ("/etc/cups/client.conf", "~/.cups/client.conf")
Goes = Callable[[], bool]
Tell = Callable[[int], None]


class Sizing(StrEnum):
    """Which paper the pages go on."""

    AS_MADE = "as made"
    A4 = "A4"
    A3 = "A3"


def sizing_words(sizing: Sizing) -> str:
    """The words for it."""
    return {
        Sizing.AS_MADE: translate("Overview A3, the rest A4"),
        Sizing.A4: translate("All on A4: A3 pages at 71 %"),
        Sizing.A3: translate("All on A3: A4 pages at 141 %"),
    }[sizing]


def millimetres(picture: QImage, dots_per_inch: float) -> tuple[float, float]:
    """The width and height of the page that the picture shows."""
    return picture.width() / dots_per_inch * 25.4, picture.height() / dots_per_inch * 25.4


def is_large(width: float, height: float) -> bool:
    """Whether a page of that many millimetres is A3."""
    return max(width, height) > _A3_WIDTH


def layout(width: float, height: float, sizing: Sizing) -> QPageLayout:
    """The paper for a page of that many millimetres, its sheet turned as the page is."""
    large = is_large(width, height) if sizing is Sizing.AS_MADE else sizing is Sizing.A3
    size = QPageSize(QPageSize.PageSizeId.A3 if large else QPageSize.PageSizeId.A4)
    turned = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
    return QPageLayout(size, turned, QMarginsF(0, 0, 0, 0))


def grey(picture: QImage) -> QImage:
    """The picture as a black-and-white printer shows it."""
    return picture.convertToFormat(QImage.Format.Format_Grayscale8)


def a_printer() -> QPrinter:
    """A printer to ask for and print on, of those that this computer knows.

    Where CUPS does not run, its library would go on to look for it over the network; it is told not to, unless somebody
    said where the printing service is (`cups-client.conf(5)`).
    """
    if sys.platform == "linux" and not any(map(os.path.exists, map(os.path.expanduser, _SAID))):
        os.environ.setdefault("CUPS_SERVER", _ANSWERS)
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def print_pages(printer: QPrinter, pages: Sequence[Page], sizing: Sizing, *, tell: Tell, goes_on: Goes) -> int:
    """Print documents; how many sheets went out. `tell` hears how many documents are done.

    Raises Refused("printer-failed") where the printer takes nothing.
    """
    printer.setFullPage(True)  # the pages bring their own margins
    painter = QPainter()
    sheets = 0
    try:
        for number, page in enumerate(pages):
            dots = _COARSE if page.sheet.template == "overview.typ" else _FINE
            for data in as_pictures(page.sheet, dots_per_inch=dots):
                if not goes_on():
                    printer.abort()
                    return sheets
                picture = QImage.fromData(data)
                _lay(printer, painter, picture, layout(*millimetres(picture, dots), sizing))
                sheets += 1
            tell(number + 1)
    finally:
        if painter.isActive():
            painter.end()
    return sheets


def _lay(printer: QPrinter, painter: QPainter, picture: QImage, on: QPageLayout) -> None:
    printer.setPageLayout(on)
    fine = printer.newPage() if painter.isActive() else painter.begin(printer)
    if not fine:
        raise Refused("printer-failed")
    room = QRectF(0, 0, printer.width(), printer.height())
    scale = min(room.width() / picture.width(), room.height() / picture.height())
    wide, tall = picture.width() * scale, picture.height() * scale
    place = QRectF((room.width() - wide) / 2, (room.height() - tall) / 2, wide, tall)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(place, picture)


def save_pdf(path: Path, week: WeekView, pages: Pages, title: str) -> None:
    """All documents in one PDF file, checked for leaks first.

    Raises Refused("leak"), and Refused("file-unwritable").
    """
    check_leaks(week, pages)
    sheets = [page.sheet for page in pages.all]
    write_file(path, as_pdf(sheets[0]) if len(sheets) == 1 else as_book(sheets, title))


def check_leaks(week: WeekView, pages: Pages) -> None:
    """Refuse pages that give something away, before any of them leaves. Raises Refused("leak")."""
    drawn = pages.texts()
    refuse_leaks(week, dict.fromkeys(drawn, b""), drawn)


def save_folder(
    parent: Path, name: str, week: WeekView, pages: Pages, *, tell: Tell, goes_on: Goes
) -> tuple[Path, int] | None:
    """Each document as a PDF of its own, in a new folder under `parent`; where, and how many. None: stopped.

    Raises Refused as `write_folder` and the leak check do.
    """
    out = new_folder(parent, name)
    check_folder(out)
    files: dict[str, bytes] = {}
    made = as_pdfs([page.sheet for page in pages.all])
    with closing(made):
        for page, data in zip(pages.all, made, strict=True):
            if not goes_on():
                return None
            files[page.path.removeprefix("pages/")] = data
            tell(len(files))
    refuse_leaks(week, {f"pages/{path}": data for path, data in files.items()}, pages.texts())
    write_folder(out, files)
    return out, len(files)


def new_folder(parent: Path, name: str) -> Path:
    """A folder of that name that is not there yet: nothing that lies in `parent` is ever replaced."""
    used = {path.name.casefold() for path in parent.iterdir()} if parent.is_dir() else set()
    return parent / safe_name(name, used)
