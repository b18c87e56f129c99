"""The settings of the week as the columns of a list of one row, in groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.document.lists import change
from app.document.visits import named
from app.exchange.planning import cells
from app.exchange.planning.cells import BadCellError
from app.exchange.planning.vocabulary import SETTINGS, WEEK
from app.models.change import Edit, Verb
from app.models.faults import Trouble
from app.models.names import fold
from app.models.view import WeekView
from app.models.week import DEFAULT_PRIORITIES, Priority
from app.text import translate
from app.ui.lists import checks
from app.ui.lists.column import Editor, Listing, Row, from_shape
from app.ui.lists.rows import Pairs, as_given, changed_parts, never_shared

ZONE = "Europe/London"


def _zone(_view: WeekView, text: str) -> str:
    found = cells.line_text(text)
    if fold(found) != fold(ZONE):
        raise BadCellError(Trouble.TIME_ZONE, text=found)
    return ZONE


def priorities(_view: WeekView, text: str) -> tuple[Priority, ...]:
    """Priorities with commas between. Raises BadCellError."""
    allowed = {fold(one.value): one for one in DEFAULT_PRIORITIES}
    found: list[Priority] = []
    for part in cells.line_text(text).split(","):
        word = fold(part.replace("-", " "))
        if not word:
            continue
        if word not in allowed:
            words = tuple(one.value for one in DEFAULT_PRIORITIES)
            raise BadCellError(Trouble.UNKNOWN_PRIORITY, text=part.strip(), words=words)
        if allowed[word] in found:
            raise BadCellError(Trouble.PRIORITY_TWICE, text=allowed[word].value)
        found.append(allowed[word])
    return tuple(found) or DEFAULT_PRIORITIES


_SPECIAL: dict[str, dict[str, Any]] = {
    "time_zone": {"parse": _zone, "choices": lambda _view: (ZONE,), "editor": Editor.WORD},
    "priorities": {"parse": priorities},
    "logo": {"parse": lambda _view, text: cells.picture_text(text)},
}

_COLUMNS = tuple(from_shape(one, **_SPECIAL.get(one.field, {})) for one in SETTINGS)


def _rows(view: WeekView) -> Iterable[Row]:
    return (Row(view.week.id, (view.week,)),)


def _save(view: WeekView, pairs: Pairs, verb: Verb) -> Edit:
    edit = change(view.plan, *changed_parts(pairs), verb=verb)
    return named(edit, {"week": view.week.name})


WEEK_LIST = Listing(
    id="week", sheet=WEEK, table="weeks", columns=lambda _view: _COLUMNS, rows=_rows, known=as_given,
    unique=never_shared, check=checks.week, save=_save, gone=lambda _view, _row: (), depends=(),
)  # fmt: skip


def groups() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The settings by subject: (heading, names)."""
    return (
        (translate("The week"), ("Week name", "First day", "Last day", "Time zone", "Day starts", "Day ends")),
        (translate("Who organises it"), ("Organisation", "Organiser", "Organiser email", "Organiser phone")),
        (
            translate("Rules"),
            ("Buffer minutes", "Lunch from", "Lunch to", "Lunch minutes", "Same team once",
             "Pre-election from", "Pre-election to"),
        ),
        (translate("Priorities"), ("Priorities",)),
        (
            translate("Invitations and papers"),
            ("Marking", "Subjects", "Replies wanted", "Dress", "Photo ID", "Confidentiality note", "Logo"),
        ),
    )  # fmt: skip


def meaning(setting: str) -> str:
    """What a setting does, where its name does not say it; blank where it does."""
    return {
        "Day starts": translate("Shapes the board only; no rule hangs on it."),
        "Day ends": translate("Shapes the board only; no rule hangs on it."),
        "Buffer minutes": translate("Time to park and arrive, added to every journey between two sites."),
        "Lunch minutes": translate("Each visitor keeps this long free in the lunch window; 0 is no lunch rule."),
        "Same team once": translate("No visitor sees the same team twice in the week."),
        "Pre-election from": translate("Visits of these days get a warning."),
        "Subjects": translate("What a calendar subject says: neutral words, or the team's name."),
        "Logo": translate("Stands at the top of printed pages. The picture is kept in the week itself."),
    }.get(setting, "")
