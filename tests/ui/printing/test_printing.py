"""Print: what is listed for a choice, what is seen, what lands on paper and in files, by keys alone too."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.document.publishing import publish_edit
from app.exchange.ledger import publication_diff
from app.exchange.pages import Kind
from app.models.change import Verb
from app.models.places import SERVICES
from app.models.plan import Plan
from app.ui.commands.printing import print_pages
from app.ui.dialogs.base import Dialog
from app.ui.printing.choice import Choice, Whose
from app.ui.printing.dialog import PrintDialog
from app.ui.printing.paper import Sizing, a_printer, layout
from app.ui.printing.preview import ZOOMS
from app.ui.window import Window
from tests.builders import day
from tests.ui.conftest import Open
from tests.ui.week import a_board_week

AT = dt.datetime(2027, 3, 1, 13, 5, tzinfo=dt.UTC)
Opening = Callable[[Window], PrintDialog]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An empty folder to write into."""
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.fixture
def opening(qtbot: QtBot) -> Opening:
    """Opens the print dialog as the command does, and waits for its first page."""

    def opened(window: Window) -> PrintDialog:
        print_pages(window.desk)
        dialog = window.findChild(PrintDialog)
        assert isinstance(dialog, PrintDialog)
        settled(qtbot, dialog)
        return dialog

    return opened


def settled(qtbot: QtBot, dialog: PrintDialog) -> None:
    """Wait until everything that was asked for is there."""
    qtbot.waitUntil(lambda: not dialog._desk.jobs.busy, timeout=15_000)
    QTest.qWait(20)
    qtbot.waitUntil(lambda: not dialog._desk.jobs.busy, timeout=15_000)


def tick(dialog: PrintDialog, *kinds: Kind) -> None:
    for kind, box in dialog.asking.kinds.items():
        box.setChecked(kind in kinds)


def listed(dialog: PrintDialog) -> list[str]:
    return [line.key for line in dialog.documents.rows_model.lines]


def a_published_week(*, later: bool = False) -> Plan:
    """Published once; with `later`, one more visit that nobody was told of."""
    week = a_board_week()
    plan = week.plan()
    plan = plan.apply(publish_edit(plan, publication_diff(plan, week.week.id), AT))
    if later:
        more = [
            one for one in a_board_week().visit("Ann Lee", "n2").plan().visits.values() if one.id not in plan.visits
        ]
        plan = plan.apply(plan.edit(Verb.PLACE, put=more, week_id=week.week.id))
    return plan


def test_the_first_page_is_shown_with_its_name_and_its_words(window: Window, opening: Opening) -> None:
    dialog = opening(window)
    assert listed(dialog) == ["pages/overview.pdf"]
    assert dialog.preview.image is not None
    assert dialog.which.text() == "Page 1 of 2: Overview"
    assert "Overview" in dialog.preview.accessibleName()
    assert "Ann Lee" in dialog.preview.accessibleDescription()
    assert dialog.print_button.isEnabled()


def test_ctrl_p_opens_it_only_where_a_week_is_shown(open_window: Open, qtbot: QtBot, opening: Opening) -> None:
    empty = open_window()
    assert not empty.actions_table.by_id["print"].isEnabled()
    window = open_window(a_board_week().plan())
    assert window.actions_table.by_id["print"].shortcut().toString() == "Ctrl+P"
    window.actions_table.by_id["print"].trigger()
    qtbot.waitUntil(lambda: window.findChild(PrintDialog) is not None)


def test_the_keys_turn_pages_into_the_next_document_and_back(window: Window, opening: Opening, qtbot: QtBot) -> None:
    dialog = opening(window)
    tick(dialog, Kind.OVERVIEW, Kind.DAY_SHEETS)
    settled(qtbot, dialog)
    seen = [dialog.which.text()]
    for _ in range(2):
        QTest.keyClick(dialog.preview, Qt.Key.Key_PageDown)
        settled(qtbot, dialog)
        seen.append(dialog.which.text())
    assert [text.split(" of ")[0] for text in seen] == ["Page 1", "Page 2", "Page 1"]
    assert seen[2].endswith("Day sheets")
    QTest.keyClick(dialog.preview, Qt.Key.Key_PageUp)
    settled(qtbot, dialog)
    assert dialog.which.text() == "Page 2 of 2: Overview"


def test_pages_are_chosen_by_kind_service_team_visitor_and_day(window: Window, opening: Opening, qtbot: QtBot) -> None:
    dialog = opening(window)
    asking = dialog.asking
    tick(dialog, *Kind)
    settled(qtbot, dialog)
    assert len(listed(dialog)) > 12
    asking.whose.setCurrentIndex(list(Whose).index(Whose.SERVICE))
    asking.name.setCurrentText(SERVICES[1])
    settled(qtbot, dialog)
    assert listed(dialog) == ["pages/teams/Schools.pdf", "pages/hosts/Schools.pdf"]
    asking.whose.setCurrentIndex(list(Whose).index(Whose.TEAM))
    asking.name.setCurrentText("Play")
    settled(qtbot, dialog)
    assert listed(dialog) == ["pages/teams/Play.pdf", "pages/hosts/Play.pdf"]
    asking.whose.setCurrentIndex(list(Whose).index(Whose.VISITOR))
    asking.name.setCurrentText("Bo Khan")
    settled(qtbot, dialog)
    assert listed(dialog) == ["pages/visitors/Bo Khan.pdf", "pages/reflections/Bo Khan.pdf"]
    asking.day.setCurrentText("Mon 22 March")
    settled(qtbot, dialog)
    assert listed(dialog) == []
    asking.whose.setCurrentIndex(0)
    settled(qtbot, dialog)
    assert listed(dialog) == [
        "pages/teams/Front door.pdf", "pages/hosts/Front door.pdf", "pages/visitors/Ann Lee.pdf",
        "pages/reception/Town Hall.pdf",
        "pages/day-sheets.pdf", "pages/reflections/Ann Lee.pdf",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "begins"),
    [
        (Choice(kinds=frozenset()), "No kind of page is ticked"),
        (Choice(kinds=frozenset({Kind.OVERVIEW}), day=day(1)), "The overview and the director"),
        (Choice(kinds=frozenset({Kind.DAY_SHEETS}), whose=Whose.TEAM, name="x"), "There are no pages of that kind"),
        (Choice(kinds=frozenset({Kind.TEAMS}), changed_only=True), "None of these pages has changed"),
        (Choice(kinds=frozenset({Kind.TEAMS}), day=day(1)), "There is no visit to print"),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(choice: Choice, begins: str) -> None:
    assert choice.nothing_words().startswith(begins)


def test_nothing_ticked_says_so_and_nothing_can_be_printed(window: Window, opening: Opening) -> None:
    dialog = opening(window)
    tick(dialog)
    assert listed(dialog) == []
    assert dialog.preview.image is None
    assert "Tick one" in dialog.preview.accessibleDescription()
    assert not any(one.isEnabled() for one in (dialog.print_button, dialog.pdf_button, dialog.folder_button))


def test_changed_pages_need_a_version_to_compare_with(window: Window, opening: Opening) -> None:
    assert not opening(window).asking.changed_only.isEnabled()


def test_only_the_pages_that_changed_since_the_last_version_are_listed(
    open_window: Open, opening: Opening, qtbot: QtBot
) -> None:
    dialog = opening(open_window(a_published_week(later=True)))
    assert "1 visit not published" in dialog.asking.state.currentText()
    tick(dialog, Kind.TEAMS, Kind.VISITORS)
    dialog.asking.changed_only.setChecked(True)
    settled(qtbot, dialog)
    assert listed(dialog) == ["pages/teams/Families.pdf", "pages/visitors/Ann Lee.pdf"]
    dialog.asking.state.setCurrentIndex(1)
    settled(qtbot, dialog)
    assert dialog.asking.state.currentText().startswith("Version 1,")
    assert not dialog.asking.changed_only.isEnabled()
    assert len(listed(dialog)) == 8


def test_a_published_week_prints_as_published_under_its_version(open_window: Open, opening: Opening) -> None:
    dialog = opening(open_window(a_published_week()))
    assert dialog.asking.state.currentText() == "Version 1, Mon 1 March 13:05"
    page = dialog._pages().all[0]
    assert page.sheet.data["document"]["version"] == "Version 1, Mon 1 March 13:05"


def test_grey_shows_no_colour(window: Window, opening: Opening) -> None:
    dialog = opening(window)

    def coloured() -> bool:
        image = dialog.preview.image
        assert image is not None
        dots = (image.pixelColor(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7))
        return any(dot.red() != dot.blue() for dot in dots)

    assert coloured()
    dialog.asking.in_grey.setChecked(True)
    assert not coloured()


def test_every_zoom_shows_the_page(window: Window, opening: Opening, qtbot: QtBot) -> None:
    dialog = opening(window)
    sizes = []
    for place in range(len(ZOOMS)):
        dialog.zoom.setCurrentIndex(place)
        settled(qtbot, dialog)
        sizes.append(dialog.preview.shown_size().width())
    assert sizes[2:] == sorted(sizes[2:])
    assert sizes[0] <= dialog.preview.maximumViewportSize().width()


def test_printing_puts_every_page_on_its_paper(window: Window, opening: Opening, qtbot: QtBot, out: Path) -> None:
    dialog = opening(window)
    tick(dialog, Kind.OVERVIEW, Kind.VISITORS)
    settled(qtbot, dialog)
    sizes = {}
    for sizing in Sizing:
        dialog.asking.paper.setCurrentIndex(list(Sizing).index(sizing))
        printer = a_printer()
        printer.setResolution(72)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out / f"{sizing.value}.pdf"))
        dialog.print_to(printer)
        settled(qtbot, dialog)
        boxes = re.findall(rb"/MediaBox \[0 0 (\S+) (\S+)\]", (out / f"{sizing.value}.pdf").read_bytes())
        sizes[sizing] = [(round(float(wide)), round(float(tall))) for wide, tall in boxes]
    a4, a4_wide, a3_wide, a3 = (595, 842), (842, 595), (1191, 842), (842, 1191)
    assert sizes[Sizing.AS_MADE] == [a3_wide, a3_wide, a4, a4, a4]
    assert sizes[Sizing.A4] == [a4_wide, a4_wide, a4, a4, a4]
    assert sizes[Sizing.A3] == [a3_wide, a3_wide, a3, a3, a3]
    assert dialog.heading.text() == "5 pages sent to the printer."


def test_everything_listed_is_saved_as_one_tagged_pdf(
    window: Window, opening: Opening, qtbot: QtBot, out: Path
) -> None:
    dialog = opening(window)
    tick(dialog, Kind.TEAMS, Kind.VISITORS)
    settled(qtbot, dialog)
    dialog.save_to(out / "all.pdf")
    settled(qtbot, dialog)
    data = (out / "all.pdf").read_bytes()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert str(out / "all.pdf") in dialog.heading.text()


def test_each_document_is_saved_in_a_new_folder_and_nothing_there_is_replaced(
    window: Window, opening: Opening, qtbot: QtBot, out: Path
) -> None:
    dialog = opening(window)
    tick(dialog, Kind.OVERVIEW, Kind.VISITORS)
    settled(qtbot, dialog)
    for _ in range(2):
        dialog.save_each_to(out)
        settled(qtbot, dialog)
    first, second = sorted(out.iterdir(), key=lambda path: len(path.name))
    names = ["overview.pdf", *sorted(f"visitors/{path.name}" for path in (first / "visitors").iterdir())]
    assert len(names) == 4
    for folder in (first, second):
        assert all((folder / name).read_bytes().startswith(b"%PDF") for name in names)


def test_pages_that_would_give_something_away_are_neither_printed_nor_saved(
    open_window: Open, opening: Opening, qtbot: QtBot, out: Path
) -> None:
    week = a_board_week().slot("f1", "Front door", 0, "09:30", "11:00", purpose="Talk about DOB 14/03/2012")
    dialog = opening(open_window(week.plan()))
    dialog.save_to(out / "all.pdf")
    settled(qtbot, dialog)
    dialog.save_each_to(out)
    settled(qtbot, dialog)
    printer = a_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out / "paper.pdf"))
    dialog.print_to(printer)
    settled(qtbot, dialog)
    assert list(out.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(window: Window, opening: Opening, qtbot: QtBot, out: Path) -> None:
    dialog = opening(window)
    (out / "file").write_text("x", encoding="utf-8")
    dialog.save_to(out / "file" / "all.pdf")
    settled(qtbot, dialog)
    said = " ".join(one.text() for child in dialog.findChildren(Dialog) for one in child.findChildren(QLabel))
    assert "cannot be written" in said
    assert dialog.pdf_button.isEnabled()


def test_stop_ends_the_saving_and_leaves_nothing(window: Window, opening: Opening, qtbot: QtBot, out: Path) -> None:
    dialog = opening(window)
    tick(dialog, *Kind)
    settled(qtbot, dialog)
    dialog.save_each_to(out)
    assert dialog.working.isVisible()
    dialog.working.stop.click()
    settled(qtbot, dialog)
    assert list(out.iterdir()) == []
    assert dialog.heading.text() == "Stopped. Nothing was saved."
    assert not dialog.working.isVisible()


def test_what_was_ticked_is_ticked_the_next_time(window: Window, opening: Opening, qtbot: QtBot) -> None:
    dialog = opening(window)
    tick(dialog, Kind.VISITORS)
    settled(qtbot, dialog)
    dialog.reject()
    qtbot.waitUntil(lambda: window.findChild(PrintDialog) is None)
    again = opening(window)
    assert [kind for kind, box in again.asking.kinds.items() if box.isChecked()] == [Kind.VISITORS]


def test_every_control_has_a_name_and_letters_are_unique(window: Window, opening: Opening) -> None:
    dialog = opening(window)
    kinds = (QAbstractButton, QComboBox)
    controls = [one for kind in kinds for one in dialog.findChildren(kind)]
    nameless = [
        one for one in controls
        if not one.accessibleName() and not (isinstance(one, QAbstractButton) and one.text())
        and not one.objectName().startswith("qt_")
    ]  # fmt: skip
    assert nameless == []
    texts = [one.text() for one in dialog.findChildren(QWidget) if isinstance(one, QAbstractButton | QLabel)]
    letters = Counter(found.casefold() for text in texts for found in re.findall(r"(?<!&)&([^&\s])", text))
    assert [letter for letter, count in letters.items() if count > 1] == []


def test_tab_reaches_everything_and_comes_round(window: Window, opening: Opening) -> None:
    dialog = opening(window)
    met: list[QWidget | None] = []
    for _ in range(40):
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
        met.append(dialog.focusWidget())
    for wanted in (dialog.asking.state, dialog.asking.paper, dialog.documents, dialog.preview, dialog.print_button):
        assert wanted in met


def test_paper_lies_as_the_page_does() -> None:
    assert layout(420, 297, Sizing.A4).orientation() == layout(297, 210, Sizing.A3).orientation()
    assert layout(210, 297, Sizing.A4).orientation() != layout(297, 210, Sizing.A4).orientation()
