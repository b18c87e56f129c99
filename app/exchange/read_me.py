"""`READ ME.txt`: what a folder holds, what was reached and checked, who gets no file, what to do in Outlook."""

from __future__ import annotations

from collections.abc import Sequence

from app.exchange.calendar.files import WEEK_PATH
from app.exchange.safe import Safe
from app.exchange.version import Version, version_line
from app.models.findings import Problems, Reached, Unmet
from app.models.publication import Missing
from app.models.view import WeekView
from app.text import translate
from app.words import problems as words
from app.words.dates import counted, day_year
from app.words.invitations import missing_line
from app.words.priorities import meaning, reached_text


def read_me(
    view: WeekView,
    *,
    problems: Problems,
    reached: Sequence[Reached],
    unmet: Sequence[Unmet],
    missing: Sequence[Missing],
    version: Version,
    contents: Sequence[tuple[str, str]],
    notes: Sequence[str] = (),
) -> bytes:
    """The whole text, UTF-8 with CRLF lines, as Windows' Notepad likes it.

    `contents` are (path, what it is) of what lies in the folder; `notes` are lines that come first, such as which
    changes are not published yet.
    """
    week, safe = view.week, Safe.of(view)
    lines = [
        week.name,
        f"{day_year(week.first_day)} – {day_year(week.last_day)}",
        translate("{version} · {marking}").format(version=version_line(version), marking=week.marking),
        "",
        *notes,
        *([""] if notes else []),
        *_heading(translate("In this folder")),
        *(f"  {path:<18} {what}" for path, what in contents),
        "",
        *_heading(translate("The week")),
        "  " + counted(len(view.counted), translate("visit"), translate("visits")),
        *(
            f"  {one.priority.value:<14}{one.value:>7}   {meaning(one.priority)}; {reached_text(one)}"
            if one.bound is not None
            else f"  {one.priority.value:<14}{one.value:>7}   {meaning(one.priority)}"
            for one in reached
        ),
        "",
        *_checked(view, problems, unmet),
        *_without_file(missing),
        *_outlook(overview=WEEK_PATH in dict(contents)),
    ]
    text = "\r\n".join(safe.text(line) for line in lines) + "\r\n"
    return text.encode("utf-8", "replace")


def _heading(text: str) -> list[str]:
    return [text, "-" * len(text)]


def _checked(view: WeekView, problems: Problems, unmet: Sequence[Unmet]) -> list[str]:
    lines = _heading(translate("What was checked"))
    if not problems.broken:
        lines.append("  " + translate("No rule is broken."))
    for one in problems.broken:
        text = words.broken_text(view, one)
        lines.append("  ✕ " + (translate("{text} (permitted)").format(text=text) if one.permitted else text))
    lines += [f"  ! {words.unmet_text(view, lack)}" for lack in unmet]
    lines += [f"  ! {words.warning_text(view, warned)}" for warned in problems.warnings]
    lines.append(
        "  " + translate("Protected places stand under their alias in every file; their names and addresses in none.")
    )
    return [*lines, ""]


def _without_file(missing: Sequence[Missing]) -> list[str]:
    if not missing:
        return []
    heading = _heading(translate("Without a file"))
    return [*heading, *(f"  {missing_line(one)}" for one in missing), ""]


def _outlook(*, overview: bool) -> list[str]:
    """What to do with the files; of the week's own calendar only where the folder has one."""
    apart = translate("invites/week.ics opens as a calendar of its own, to look at; do not send it as an invitation.")
    advice = (
        translate(
            "Each .ics file is one visit for one person: attach it to an e-mail to that person, or open it in the"
        ),
        translate("organiser’s mailbox and send it. A later version of a visit updates the earlier one."),
        *((apart,) if overview else ()),
        translate("Tested in Evolution and two independent calendar readers; for Outlook, built to Microsoft’s"),
        translate("published rules."),
    )
    return [*_heading(translate("In Outlook")), *(f"  {line}" for line in advice)]
