"""The dialogs of the lists and of Start: forms of rows, deleting, copying, pasting, new weeks."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QPushButton

from app.models.plan import Plan
from app.ui.lists.panel import ListPanel
from app.ui.lists.paste_dialog import PasteDialog
from app.ui.screens.lists import Tabs, VisitorsPanel
from app.ui.screens.start import StartScreen
from tests.pictures.acts import scene
from tests.pictures.screens import fresh
from tests.pictures.stage import Sight, Stage


def _panels(stage: Stage) -> Iterator[tuple[str, ListPanel]]:
    for name in ("visitors", "teams"):
        page = stage.enter(name)
        assert isinstance(page, Tabs)
        for tab in page.ids:
            panel = page.open(tab)
            stage.settle()
            if isinstance(panel, VisitorsPanel):
                panel = panel.list
            if isinstance(panel, ListPanel):
                yield tab, panel


@scene()
def row_forms(stage: Stage) -> Iterator[Sight]:
    """The form of a new row, of one row and of several, in every list; what is refused is told in it."""
    for tab, panel in _panels(stage):
        if (form := panel.add()) is not None:
            stage.settle()
            yield f"{tab} new", form
            yield from stage.down(f"{tab} new", form, form)
            if tab in ("visitors", "slots"):
                stage.click(form, "Add")
                yield f"{tab} refused", form
            form.reject()
        if panel.view.list_model.rowCount():
            panel.view.selectRow(0)
            if (form := panel.change()) is not None:
                stage.settle()
                yield f"{tab} one", form
                form.reject()
        if tab in ("visitors", "teams", "slots"):
            panel.view.selectAll()
            if (form := panel.change()) is not None:
                stage.settle()
                yield f"{tab} several", form
                form.reject()


@scene()
def deleting(stage: Stage) -> Iterator[Sight]:
    """What goes with a visitor, with several teams, with a site; and slots on other days."""
    for tab, panel in _panels(stage):
        if tab in ("visitors", "teams", "sites") and panel.view.list_model.rowCount():
            if tab == "teams":
                panel.view.selectAll()
            else:
                panel.view.selectRow(0)
            if (asked := panel.delete()) is not None:
                stage.settle()
                yield tab, asked
                asked.reject()
        if tab == "slots":
            panel.view.selectRow(0)
            asked = panel.duplicate()
            assert asked is not None
            stage.settle()
            yield "other days", asked
            asked.reject()


@scene()
def pasting(stage: Stage) -> Iterator[Sight]:
    """A block with new rows and faults, a block without headings, and nothing on the clipboard."""
    blocks = (
        "Team\tService\tSite\tMin visits\nNew team\tEducation\tNowhere\ttwo\nFront door\tSocial care\tTown Hall\t1\n",
        "One\tTwo\nThree\tFour\n",
        "",
    )
    page = stage.enter("teams")
    assert isinstance(page, Tabs)
    for number, block in enumerate(blocks, start=1):
        panel = page.open("teams")
        assert isinstance(panel, ListPanel)
        QGuiApplication.clipboard().setText(block)
        panel.paste()
        dialog = stage.dialog()
        yield str(number), dialog
        if isinstance(dialog, PasteDialog):
            yield from stage.down(str(number), dialog, dialog)
        dialog.reject()


@scene("new-week")
def weeks(stage: Stage) -> Iterator[Sight]:
    """A new week, with and without one to carry over from, what is refused in it, and the copy of one."""
    stage.trigger("new-week")
    dialog = stage.dialog()
    yield "new", dialog
    yield from stage.down("new", dialog, dialog)
    for box in dialog.findChildren(QComboBox):
        if box.isVisible() and box.count() > 1:
            box.setCurrentIndex(1)
    dialog.findChildren(QPushButton)[0].click()
    stage.settle()
    yield "refused", stage.dialog()
    stage.end()
    page = stage.enter("start")
    assert isinstance(page, StartScreen)
    page.copy_week()
    yield "copy", stage.dialog()
    stage.end()
    stage.open(fresh() if stage.set.week == "small" else Plan())
    stage.trigger("new-week")
    yield "first", stage.dialog()
