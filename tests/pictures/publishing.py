"""Publishing and what follows: the four steps, versions, calls, answers, mends after a decline, pages to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from app.document.publishing import newest_calls, publication_diff, publish_edit
from app.document.visits import to_tray
from app.models.publication import Recipient
from app.ui.printing.dialog import PrintDialog
from app.ui.publish.calling import Declined
from app.ui.publish.dialog import DONE, WORKING, PublishDialog
from app.ui.publish.mending import Mends
from app.ui.publish.ofsted import OfstedDialog
from app.ui.publish.screen import PublishScreen
from app.ui.replies.answers import AnswersDialog
from tests.pictures.acts import scene
from tests.pictures.stage import Sight, Stage

AT = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
"""When weeks are published here."""


def published(stage: Stage) -> None:
    """Publish the week, without files, and change it again."""
    document = stage.bridge.document
    assert document is not None
    document.record(publish_edit(document.plan, publication_diff(document.plan, stage.week.week.id), AT))
    open_to_all = [one for one in stage.week.counted if not stage.week.slots[one.slot_id].site.protected]
    stage.bridge.do(to_tray(document.plan, open_to_all[0].id))
    stage.settle()


def _screen(stage: Stage) -> PublishScreen:
    page = stage.enter("publish")
    assert isinstance(page, PublishScreen)
    return page


@scene("publish")
def publishing(stage: Stage) -> Iterator[Sight]:
    """All four steps, the work, and the end; then nothing to publish."""
    stage.enter("board")
    stage.trigger("publish")
    dialog = stage.shown(PublishDialog)
    if dialog.pages.currentIndex() == WORKING:
        yield "checking", dialog
    stage.wait(lambda: dialog.pages.currentIndex() != WORKING, "the check")
    for step in range(1, 5):
        yield f"step {step}", dialog
        if dialog.next.isVisible():
            dialog.next.click()
            stage.settle()
    dialog.save.folder.setText(str(stage.folder / "published"))
    stage.settle()
    dialog.publish.click()
    stage.wait(lambda: dialog.pages.currentIndex() == DONE, "the files")
    yield "done", dialog
    dialog.reject()
    stage.trigger("publish")
    stage.settle()
    yield "nothing to publish", stage.shown(PublishDialog)


@scene()
def after_publishing(stage: Stage) -> Iterator[Sight]:
    """The screen once a version is out and something has changed, the files again, and releases of protected places."""
    published(stage)
    page = _screen(stage)
    for number in range(page.tabs.count()):
        page.tabs.setCurrentIndex(number)
        stage.settle()
        yield f"tab {number + 1}", stage.window
    page.tabs.setCurrentWidget(page.versions)
    page.versions.table.selectRow(0)
    stage.click(page.versions, "again")
    yield "again", stage.dialog()
    stage.end()
    page.tabs.setCurrentWidget(page.places)
    if page.places.table.rows_model.lines:
        page.places.table.selectRow(0)
        page.places.give.click()
        yield "release", stage.dialog()


@scene("calls")
def calling(stage: Stage) -> Iterator[Sight]:
    """A call in full, a decline, and the mends after it."""
    published(stage)
    page = _screen(stage)
    page.show_calls()
    stage.settle()
    calls = newest_calls(stage.bridge.now.plan, stage.week.week.id)
    counted = {visit.id for visit in stage.week.counted}
    call = next(one for one in calls.values() if one.recipient is Recipient.VISITOR and one.visit_id in counted)
    row = next(number for number, line in enumerate(page.calls.table.rows_model.lines) if line.key == call.id)
    page.calls.table.selectRow(row)
    stage.click(page.calls, "More")
    yield "one call", stage.dialog()
    stage.end()
    page.calls.table.selectRow(row)
    stage.click(page.calls, "declined")
    yield "declined", stage.shown(Declined)
    stage.click(stage.shown(Declined), "Ranked mends")
    mends = stage.shown(Mends)
    yield "looking for mends", mends
    stage.wait(lambda: mends.table.rows_model.lines or mends.words.text(), "mends")
    yield "mends", mends


@scene("answers")
def answers(stage: Stage) -> Iterator[Sight]:
    """Answers before any, and answers typed: known, unknown and unreadable."""
    published(stage)
    stage.trigger("answers")
    dialog = stage.shown(AnswersDialog)
    yield "none yet", dialog
    people = [one.name for one in stage.week.visitors.values()][:4]
    lines = [f"{name} – {said}" for name, said in zip(people, ("yes", "no", "maybe", "see you there"), strict=False)]
    dialog.text.setPlainText("\n".join([*lines, "Nobody At All – yes"]))
    stage.settle()
    yield "typed", dialog
    dialog.text.setPlainText(f"{stage.week.visitors[stage.visit.person_id].name} – no")
    dialog.note.click()
    stage.settle()
    yield "declined", stage.dialog()


@scene("ofsted")
def ofsted(stage: Stage) -> Iterator[Sight]:
    """The whole week put off, or cancelled."""
    published(stage)
    stage.trigger("ofsted")
    dialog = stage.shown(OfstedDialog)
    yield "postponed", dialog
    dialog.cancel.setChecked(True)
    stage.settle()
    yield "cancelled", dialog


@scene("print")
def printing(stage: Stage) -> Iterator[Sight]:
    """Pages to print, once they are made."""
    stage.trigger("print")
    dialog = stage.shown(PrintDialog)
    yield "making", dialog
    stage.wait(lambda: dialog.print_button.isEnabled() and dialog.after.isVisible(), "the pages")
    stage.wait(lambda: not stage.desk.jobs.busy, "the pictures")
    yield "pages", dialog
    yield from stage.down("pages", dialog.asking, dialog)
