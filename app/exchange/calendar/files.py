"""The calendar files of a whole week by their path: one for each visitor and host of each visit, and the overview."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.exchange.calendar.event import invitation, overview
from app.exchange.calendar.said import Revision, Said, Told, numbers, told
from app.exchange.filenames import safe_name
from app.exchange.safe import Safe, clean_line
from app.models.progress import Part, Watch, unwatched, watched
from app.models.publication import Method, Missing, Recipient, Why
from app.models.view import WeekView
from app.models.week import Week
from app.text import translate

WEEK_PATH = "invites/week.ics"
_PARTS = {Recipient.VISITOR: "visitors", Recipient.HOST: "hosts"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFile:
    """One file. `visit_id` and `recipient` are None for the overview; `name` is the recipient's."""

    path: str
    data: bytes
    visit_id: str | None = None
    recipient: Recipient | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitations:
    """All calendar files of a week, and who gets none."""

    files: tuple[CalendarFile, ...]
    missing: tuple[Missing, ...]

    @property
    def by_path(self) -> dict[str, bytes]:
        """The bytes of each file by its path."""
        return {file.path: file.data for file in self.files}

    @property
    def by_visit(self) -> dict[str, list[str]]:
        """The paths of each visit's files, by visit id."""
        found: dict[str, list[str]] = defaultdict(list)
        for file in self.files:
            if file.visit_id is not None:
                found[file.visit_id].append(file.path)
        return dict(found)


class Names:
    """The folder of each visitor and team of a week, the same in every export, and the file names inside them."""

    __slots__ = ("_folders", "_used_folders", "_used_names")

    def __init__(self, view: WeekView) -> None:
        safe = Safe.of(view)
        self._used_folders: dict[Recipient, set[str]] = {part: set() for part in Recipient}
        self._used_names: dict[str, set[str]] = defaultdict(set)
        self._folders: dict[tuple[Recipient, str], str] = {}
        for visitor in view.visitors.values():
            self.folder(Recipient.VISITOR, clean_line(visitor.name))
        for team in view.teams.values():
            self.folder(Recipient.HOST, safe.team_name(team))

    def folder(self, recipient: Recipient, name: str) -> str:
        """The folder of a visitor or a team under `invites/`."""
        key = (recipient, name)
        if key not in self._folders:
            self._folders[key] = safe_name(name, self._used_folders[recipient])
        return f"invites/{_PARTS[recipient]}/{self._folders[key]}"

    def path(self, recipient: Recipient, said: Said, *, cancelled: bool = False) -> str:
        """The path of a new file, different from all that this object named before."""
        folder = self.folder(recipient, said.folder)
        about = safe_name(said.about, spaces="-")
        stem = f"{said.start:%Y-%m-%d_%H%M}_{'Cancelled-' if cancelled else ''}{about}"
        return f"{folder}/{safe_name(stem, self._used_names[folder], suffix='.ics')}"


def draft_stamp(week: Week) -> dt.datetime:
    """The moment that stands in drafts: the start of the year before the week.

    It comes from the week and never from the clock, so that drafts are byte-identical wherever they are written; it
    lies in the past, so that every later publication counts as newer.
    """
    return dt.datetime(week.first_day.year - 1, 1, 1, tzinfo=dt.UTC)


def invitations(view: WeekView, *, stamp: dt.datetime | None = None, watch: Watch = unwatched) -> Invitations:
    """Drafts of all calendar files: each visit that counts as a first invitation (SEQUENCE 0)."""
    stamp = stamp or draft_stamp(view.week)
    names = Names(view)
    given = numbers(view)
    files: list[CalendarFile] = []
    missing: list[Missing] = []
    revisions: list[Revision] = []
    for visit in watched(view.counted, Part.INVITATIONS, len(view.counted), watch):
        visitor, host = told(view, visit, given[visit.id])
        for one in (visitor, host):
            if not one.address:
                missing.append(lacking(one))
                continue
            revision = Revision(uid=one.uid, sequence=0, method=Method.REQUEST, stamp=stamp, said=one.said)
            files.append(
                CalendarFile(
                    path=names.path(one.recipient, one.said),
                    data=invitation(revision),
                    visit_id=visit.id,
                    recipient=one.recipient,
                    name=one.name,
                )
            )
        said = overview_said(visitor.said, visitor.name, host.name)
        revisions.append(Revision(uid=visit.uid, sequence=0, method=Method.REQUEST, stamp=stamp, said=said))
    files.append(week_file(view.week, revisions))
    return Invitations(files=tuple(files), missing=tuple(missing))


def lacking(one: Told) -> Missing:
    """The fact that this person gets no file."""
    return Missing(
        visit_id=one.visit_id,
        recipient=one.recipient,
        name=one.name,
        why=Why.BAD_ADDRESS if one.bad_address else Why.NO_ADDRESS,
        about=one.said.about,
        day=one.said.start.date(),
        start=one.said.start.time(),
    )


def overview_said(visitors: Said, visitor: str, host: str) -> Said:
    """A visit in the week's overview: a short line instead of what its visitor reads."""
    line = translate("{visitor} at {team}; host {host}").format(visitor=visitor, team=visitors.about, host=host)
    return replace(visitors, description=line)


def week_file(week: Week, revisions: Iterable[Revision]) -> CalendarFile:
    """The overview of the whole week."""
    return CalendarFile(path=WEEK_PATH, data=overview(clean_line(week.name), tuple(revisions)))
