"""The one door: whatever changes goes through `Document.do`, and what comes out of it is stored."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from app.document.history import History, HistoryLine
from app.document.taking_back import fitted
from app.errors import Refused
from app.models.change import Edit, Verb
from app.models.journal import AS_IT_WAS, FITTED, PAST_PUBLICATION, Doing, JournalLine
from app.models.plan import Plan
from app.models.references import dangling
from app.models.sense import MOST_CHARACTERS, has_long_text
from app.store.backups import EVERY, Backup, Occasion, listed
from app.store.contents import Contents
from app.store.erase import Erasure
from app.store.file import open_file
from app.store.salvage import write_anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What subscribers hear of each edit, once it is safe in the file."""

    before: Plan
    after: Plan
    edit: Edit
    kind: Doing


class Store(Protocol):
    """What the door needs of a place that keeps a Plan. `app.store.file` is one."""

    @property
    def path(self) -> Path: ...

    @property
    def who_has_it(self) -> str: ...

    @property
    def read_only(self) -> bool: ...

    def write(self, edit: Edit, line: JournalLine) -> None:
        """Store the edit's rows and its journal line in one transaction, safe against power cuts when it returns.

        Raises Refused, with nothing stored, where that cannot be done.
        """

    def edit_of(self, sequence: int) -> Edit:
        """The edit of a journal line, with its changes."""

    def backup(self, occasion: Occasion) -> Backup: ...

    def copy_to(self, target: Path) -> None: ...

    def erase(self, erasure: Erasure, line: JournalLine) -> Contents: ...

    def still_there(self) -> None:
        """Raises Refused("file-gone" | "file-replaced" | "file-unreachable") where edits could no longer be kept."""

    def close(self) -> None: ...


_BACKED_UP = {Verb.IMPORT: Occasion.IMPORT, Verb.FORMS: Occasion.IMPORT, Verb.MATCH: Occasion.MATCH}
"""Edits of so much at once that a copy of the file is made before them."""

_LOST = frozenset({"file-unreachable", "database-damaged", "file-busy", "file-gone"})
"""Why a file could not be copied, though what it held is still in memory."""


class Document:
    """The Plan that is open, its history, and where it is kept. Everything is used from one thread."""

    def __init__(self, plan: Plan, store: Store | None = None, lines: tuple[JournalLine, ...] = ()) -> None:
        self._plan = plan
        self._store = store
        self._history = History(lines)
        self._edits: dict[int, Edit] = {}
        self._subscribers: list[Callable[[Announcement], None]] = []
        self._waiting: deque[Announcement] = deque()
        self._announcing = False
        self._backed_up: int | None = None  # the number of the line to come when the last backup was made

    @classmethod
    def memory(cls, plan: Plan | None = None) -> Document:
        """A Document without a file: for previews and tests."""
        return cls(plan if plan is not None else Plan())

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Document:
        """A file, for editing, or only for reading where somebody else has it or it cannot be written.

        `create` makes a missing one. Raises Refused as `app.store.file.open_file`, no byte of the file changed.
        """
        store, found = open_file(path, create=create)
        try:
            return cls(found.plan, store, found.lines)
        except ValueError as error:  # whole, but no history that this app can have written
            store.close()
            raise Refused("database-damaged", path=str(path), finding="journal") from error

    def close(self) -> None:
        """Let go of the file. Everything is saved already."""
        self._subscribers.clear()
        if self._store is not None:
            self._store.close()

    @property
    def path(self) -> Path | None:
        """The file; None in memory."""
        return self._store.path if self._store else None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed: somebody else has the file, or it cannot be written."""
        return self._store is not None and self._store.read_only

    @property
    def who_has_it(self) -> str:
        """Who has the file open for editing, where that is why it is read-only; else blank."""
        return self._store.who_has_it if self._store else ""

    @property
    def plan(self) -> Plan:
        """Everything as it stands."""
        return self._plan

    @property
    def saved_at(self) -> dt.datetime | None:
        """When the newest edit became safe in the file (UTC); None in memory and while nothing was edited."""
        last = self._history.last
        return last.at if last and self._store else None

    def do(self, edit: Edit) -> Plan:
        """Make the edit: apply, store, remember, announce, in that order. An edit of nothing does nothing.

        Raises Refused("changed-meanwhile") where it was made from another Plan, Refused("dangling") where
        something would point at nothing, Refused("entry-too-long") for a text that no file may hold, and what the
        store refuses; nothing has changed then.
        """
        return self._go(edit, Doing.DONE)

    def record(self, edit: Edit) -> Plan:
        """Make an edit that undo never takes back, as what was sent to people cannot be."""
        return self._go(edit, Doing.RECORDED)

    def undo(self) -> Edit | None:
        """Take back the newest edit that stands; what that changed, or None where there is nothing to undo.

        Where its visits were published since, the edit is fitted to them (`app.document.taking_back`). Raises
        Refused("undo-blocked") where what was recorded since needs what the edit brought.
        """
        sequence = self._history.to_undo
        return None if sequence is None else self._take_back(sequence)

    def redo(self) -> Edit | None:
        """Bring again the edit that was undone last; it, or None where there is none. Raises as `undo`."""
        sequence = self._history.to_redo
        return None if sequence is None else self._bring_again(sequence)

    @property
    def can_undo(self) -> Edit | None:
        """The edit that `undo` would take back."""
        sequence = self._history.to_undo
        return None if sequence is None else self._edit(sequence)

    @property
    def can_redo(self) -> Edit | None:
        """The edit that `redo` would bring again."""
        sequence = self._history.to_redo
        return None if sequence is None else self._edit(sequence)

    @property
    def history(self) -> tuple[HistoryLine, ...]:
        """Every line of the journal, the oldest first."""
        return tuple(self._shown(line, stands) for line, stands in self._history.standing())

    def jump(self, sequence: int) -> None:
        """Undo or redo until that line of the history is the last that stands; 0 is before the first.

        Tried on the Plan alone first, so that it happens whole or not at all. Raises Refused("no-way-there")
        for lines that undo and redo do not reach, and as `undo`.
        """
        way = self._history.way_to(sequence)
        if way is None:
            raise Refused("no-way-there")
        back, again = way
        trial = self._plan
        for number in back:
            trial = trial.apply(self._fitting(trial, self._edit(number).inverse, "undo-blocked"))
        for number in again:
            trial = trial.apply(self._fitting(trial, self._edit(number), "redo-blocked"))
        for number in back:
            self._take_back(number)
        for number in again:
            self._bring_again(number)

    def backup(self, occasion: Occasion = Occasion.HAND) -> Backup:
        """A checked copy among the file's backups. Raises Refused("backup-failed"), Refused("no-file") in memory."""
        backup = self._kept().backup(occasion)
        self._backed_up = self._history.next_sequence
        return backup

    def backup_if_due(self, *, now: dt.datetime | None = None) -> Backup | None:
        """A backup where the file has changed and its newest backup is half an hour old; for a timer to call."""
        saved, path = self.saved_at, self.path
        if saved is None or path is None or self.read_only or self._backed_up == self._history.next_sequence:
            return None
        newest = next((backup.at for backup in listed(path)), None)
        if newest is not None:
            covered = self._backed_up is None and newest >= saved.replace(microsecond=0)
            age = (now or dt.datetime.now(dt.UTC)) - newest
            if covered or dt.timedelta() <= age < EVERY:  # below nothing: the clock was put back
                return None
        return self.backup(Occasion.TIME)

    def still_there(self) -> None:
        """Ask whether edits can still be kept. Raises Refused("file-gone" | "file-replaced" | "file-unreachable")."""
        if self._store is not None:
            self._store.still_there()

    def save_copy(self, target: Path) -> None:
        """Everything, history and all, as another file, checked whole: to hand over, or when this one is lost.

        Where the file cannot be read any more, the copy is made from memory, and its history begins with it.
        """
        kept = self._kept()
        try:
            kept.copy_to(target)
        except Refused as refused:
            if refused.code not in _LOST:
                raise
            write_anew(self._plan, target, file=kept.path.name)

    def erase(self, erasure: Erasure) -> None:
        """Make a person nameless in everything that is kept, the history and the backups too; never undone.

        The Plan and the history are read anew. Raises Refused("no-file") in memory, and what the store refuses.
        """
        self._must_be_writable()
        line = self._line(Doing.RECORDED, Edit(verb=Verb.ERASE, changes=(), facts=(("who", erasure.instead),)))
        before = self._plan
        found = self._kept().erase(erasure, line)
        self._plan = found.plan
        self._history = History(found.lines)
        self._edits.clear()
        edit = Edit(verb=Verb.ERASE, changes=(), facts=line.facts)
        self._announce(Announcement(before=before, after=self._plan, edit=edit, kind=Doing.RECORDED))

    def subscribe(self, callback: Callable[[Announcement], None]) -> Callable[[], None]:
        """Hear of every edit from now on; the returned function ends that."""
        self._subscribers.append(callback)

        def unsubscribe() -> None:
            if callback in self._subscribers:
                self._subscribers.remove(callback)

        return unsubscribe

    def _must_be_writable(self) -> None:
        if self.read_only:
            raise Refused("read-only", who=self.who_has_it, path=str(self.path))

    def _line(self, kind: Doing, edit: Edit, *, of: int | None = None) -> JournalLine:
        return JournalLine(
            sequence=self._history.next_sequence,
            at=dt.datetime.now(dt.UTC),
            kind=kind,
            verb=edit.verb,
            facts=edit.facts,
            week_id=edit.week_id,
            of=of,
            size=len(edit.changes) if of is None or edit.fact(PAST_PUBLICATION) == FITTED else 0,
        )

    def _kept(self) -> Store:
        if self._store is None:
            raise Refused("no-file")
        return self._store

    def _take_back(self, sequence: int) -> Edit:
        return self._turn(sequence, self._edit(sequence).inverse, Doing.UNDONE, "undo-blocked")

    def _bring_again(self, sequence: int) -> Edit:
        return self._turn(sequence, self._edit(sequence), Doing.REDONE, "redo-blocked")

    def _turn(self, sequence: int, edit: Edit, kind: Doing, code: str) -> Edit:
        found = self._as_before(sequence) or self._fitting(self._plan, edit, code)
        if found.changes != edit.changes or self._published_since(sequence):
            how = AS_IT_WAS if found.changes == edit.changes else FITTED
            found = replace(found, facts=(*edit.facts, (PAST_PUBLICATION, how)))
        self._go(found, kind, of=sequence)
        return found

    def _as_before(self, sequence: int) -> Edit | None:
        """What leads back to exactly where the edit last turned, where that was fitted and nothing published since."""
        last = next((line for line in reversed(self._history.lines) if line.of == sequence), None)
        if last is None or not last.has_changes or self._published_since(last.sequence):
            return None
        back = self._edit(last.sequence).inverse
        try:
            _applied(self._plan, back)
        except Refused:
            return None
        return back

    def _published_since(self, sequence: int) -> bool:
        return any(
            line.kind is Doing.RECORDED and line.verb is Verb.PUBLISH and line.sequence > sequence
            for line in self._history.lines
        )

    def _fitting(self, plan: Plan, edit: Edit, code: str) -> Edit:
        found = fitted(plan, edit)
        try:
            if found is not None:
                _applied(plan, found)
                return found
        except Refused as refused:
            raise Refused(code, verb=edit.verb, facts=edit.facts) from refused
        raise Refused(code, verb=edit.verb, facts=edit.facts)

    def _go(self, edit: Edit, kind: Doing, *, of: int | None = None) -> Plan:
        if not edit.changes and of is None:
            return self._plan
        self._must_be_writable()
        before = self._plan
        if any(change.after is not None and has_long_text(change.after) for change in edit.changes):
            raise Refused("entry-too-long", limit=MOST_CHARACTERS)
        after = _applied(before, edit)
        line = self._line(kind, edit, of=of)
        if self._store is not None:
            if kind is Doing.DONE and edit.verb in _BACKED_UP and self._history.lines:
                self.backup(_BACKED_UP[edit.verb])
            self._store.write(edit, line)
        self._plan = after
        self._history.add(line)
        if line.has_changes:
            self._edits[line.sequence] = edit
        self._announce(Announcement(before=before, after=after, edit=edit, kind=kind))
        return after

    def _announce(self, announcement: Announcement) -> None:
        """Tell every subscriber, in order. An edit made by a subscriber is told after the one it answers.

        A subscriber that fails keeps nobody else from hearing; its error is raised at the end.
        """
        self._waiting.append(announcement)
        if self._announcing:
            return
        self._announcing = True
        errors: list[Exception] = []
        try:
            while self._waiting:
                told = self._waiting.popleft()
                for callback in tuple(self._subscribers):
                    try:
                        callback(told)
                    except Exception as error:  # noqa: BLE001 - raised below, once all have heard
                        errors.append(error)
        finally:
            self._announcing = False
        if errors:
            raise errors[0]

    def _edit(self, sequence: int) -> Edit:
        """The edit that line brought into the Plan."""
        edit = self._edits.get(sequence)
        if edit is None:
            if self._store is None:
                raise KeyError(sequence)
            edit = self._edits[sequence] = self._store.edit_of(sequence)
        return edit

    def _shown(self, line: JournalLine, stands: bool) -> HistoryLine:
        def read() -> Edit:
            if line.has_changes or line.of is None:
                return self._edit(line.sequence)
            edit = self._edit(line.of)
            return edit.inverse if line.kind is Doing.UNDONE else edit

        return HistoryLine(
            sequence=line.sequence,
            at=line.at,
            kind=line.kind,
            verb=line.verb,
            facts=line.facts,
            week_id=line.week_id,
            stands=stands,
            _read=read,
        )


def _applied(plan: Plan, edit: Edit) -> Plan:
    after = plan.apply(edit)
    for entity, field in dangling(after, edit):
        raise Refused("dangling", entity=entity, field=field)
    return after
