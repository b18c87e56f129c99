"""What came back: forms in three steps, and diaries; and the forms that are sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from app.ui.commands import replies
from app.ui.replies.diary import DiaryDialog
from app.ui.replies.wizard import CHECK, COLUMNS, FormsWizard
from tests.pictures.acts import scene
from tests.pictures.stage import Sight, Stage


@scene("take-in")
def forms(stage: Stage) -> Iterator[Sight]:
    """The wizard: nothing given, a block with odd headings, the columns, and rows to mend and to answer."""
    stage.trigger("take-in")
    wizard = stage.shown(FormsWizard)
    wizard.forward.click()
    stage.settle()
    yield "files", wizard
    people = [one.name for one in stage.week.visitors.values()]
    rows = [
        "Name\tJob title\tDates not available\tHow many visits would you like at least?",
        f"{people[0]}\tHead of everything\tTues PM\t2 or 3",
        f"{people[1][:-1]}\tDirector\tsometime\t1",
        f"{people[2]}\tDirector\tall week except Thursday after lunch\t2",
        "Somebody New\tChair\t\t1",
    ]
    wizard.text.setPlainText("\n".join(rows))
    wizard.forward.click()
    stage.wait(lambda: wizard.pages.currentIndex() == COLUMNS, "the columns")
    yield "columns", wizard
    wizard.forward.click()
    stage.settle()
    yield "to settle", wizard
    wizard.text.setPlainText("\n".join(["Name\tRole\tCannot come\tMin visits", *rows[1:]]))
    wizard.back.click()
    wizard.forward.click()
    stage.wait(lambda: wizard.pages.currentIndex() == COLUMNS and not wizard.columns.to_ask(), "the columns")
    wizard.forward.click()
    stage.wait(lambda: wizard.pages.currentIndex() == CHECK, "the check")
    yield "check", wizard
    yield from stage.down("check", wizard, wizard)


@scene("diary")
def diary(stage: Stage) -> Iterator[Sight]:
    """A calendar of a visitor, and where one is asked for."""
    stage.trigger("diary")
    yield "asked", stage.dialog()
    stage.end()
    day = stage.week.week.first_day
    path = stage.folder / "calendar.ics"
    path.write_text(_calendar(day))
    replies.read_diary_at(stage.desk, path)
    yield "times", stage.shown(DiaryDialog)


def _calendar(day: dt.date) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"]
    for number, hour in enumerate((9, 11, 14), start=1):
        lines += ["BEGIN:VEVENT", f"UID:{number}@x.example", f"DTSTAMP:{day:%Y%m%d}T080000Z",
                  f"DTSTART:{day:%Y%m%d}T{hour:02}0000", f"DTEND:{day:%Y%m%d}T{hour + 1:02}0000", "SUMMARY:Busy",
                  "END:VEVENT"]  # fmt: skip
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


@scene("forms")
def sending(stage: Stage) -> Iterator[Sight]:
    """Where forms are written, and what is told once they are."""
    stage.trigger("forms")
    yield "asked", stage.dialog()
    stage.end()
    replies.write_forms(stage.desk, stage.folder / "forms")
    stage.wait(lambda: any("written" in one.windowTitle() for one in stage.dialogs()), "the forms")
    yield "written", stage.dialog()
