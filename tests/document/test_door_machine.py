"""Anything goes through the door, in any order: the file always equals memory, and undo always leads back."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.document import lists, visits
from app.document.document import Announcement, Document
from app.document.history import HistoryLine
from app.document.matching import adopt_match
from app.errors import Refused
from app.models.change import Edit, Verb
from app.models.journal import Doing
from app.models.names import identity
from app.models.plan import Plan
from app.models.publication import Publication
from app.models.view import view
from app.models.visits import VisitStatus
from app.store.file import FileStore, open_file
from app.store.verify import verify
from tests.builders import Builder, a_week
from tests.strategies import INSTANTS, TEXTS

PEOPLE, SLOTS = 4, 6


def _start() -> Builder:
    week = a_week().site("Annex").road("Town Hall", "Annex", 15)
    for number in range(SLOTS):
        week.slot(f"S{number}", f"Team {number % 3}", on=number % 5, places=2)
    for number in range(PEOPLE):
        week.visitor(f"Visitor {number}", base="Town Hall")
    return week


class Door(RuleBasedStateMachine):
    """A Document in a file, and beside it every Plan that undo must come back to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "week.pweek"
        self.document = Document.open(self.path, create=True)
        self.undo: list[Plan] = []
        self.redo: list[Plan] = []
        self.heard: list[Announcement] = []
        self.document.subscribe(self.heard.append)

    def teardown(self) -> None:
        self.document.close()
        found = verify(self.path)
        self.folder.cleanup()
        assert found == []

    def _do(self, make: Callable[[Plan], Edit]) -> None:
        before = self.document.plan
        try:
            edit = make(before)
            after = self.document.do(edit)
        except Refused:
            assert self.document.plan is before
            return
        if edit.changes:
            self.undo.append(before)
            self.redo.clear()
            assert self.heard[-1].before is before
            assert self.heard[-1].after is after
        else:
            assert after is before

    def _visit(self, data: st.DataObject) -> str | None:
        ids = sorted(self.document.plan.visits)
        return data.draw(st.sampled_from(ids)) if ids else None

    @initialize()
    def import_week(self) -> None:
        self._do(lambda plan: plan.edit(Verb.IMPORT, put=_start().entities.values()))

    @rule(data=st.data())
    def place(self, data: st.DataObject) -> None:
        plan = self.document.plan
        if plan.people and plan.slots:
            person = data.draw(st.sampled_from(sorted(plan.people)))
            slot = data.draw(st.sampled_from(sorted(plan.slots)))
            self._do(lambda plan: visits.place(plan, person, slot))

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        if visit := self._visit(data):
            slot = data.draw(st.sampled_from(sorted(self.document.plan.slots)))
            self._do(lambda plan: visits.move(plan, visit, slot))

    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        one, two = self._visit(data), self._visit(data)
        if one and two:
            self._do(lambda plan: visits.swap(plan, one, two))

    @rule(data=st.data(), what=st.sampled_from(["tray", "pin", "unpin", "permit"]), words=TEXTS)
    def handle(self, data: st.DataObject, what: str, words: str) -> None:
        if visit := self._visit(data):
            verbs: dict[str, Callable[[Plan], Edit]] = {
                "tray": lambda plan: visits.to_tray(plan, visit),
                "pin": lambda plan: visits.pin(plan, visit),
                "unpin": lambda plan: visits.unpin(plan, visit),
                "permit": lambda plan: visits.permit(plan, visit, words),
            }
            self._do(verbs[what])

    @rule(data=st.data(), status=st.sampled_from(VisitStatus))
    def answer(self, data: st.DataObject, status: VisitStatus) -> None:
        if visit := self._visit(data):
            self._do(lambda plan: visits.set_status(plan, visit, status))

    @rule(data=st.data())
    def match(self, data: st.DataObject) -> None:
        plan = self.document.plan
        if plan.weeks and plan.people and plan.slots:
            pair = st.tuples(st.sampled_from(sorted(plan.people)), st.sampled_from(sorted(plan.slots)))
            pairs = data.draw(st.lists(pair, max_size=5, unique=True))
            self._do(lambda plan: adopt_match(plan, next(iter(plan.weeks)), pairs))

    @rule(data=st.data(), words=TEXTS)
    def rename(self, data: st.DataObject, words: str) -> None:
        plan = self.document.plan
        table = data.draw(st.sampled_from(["people", "teams", "sites"]))
        if plan.table(table):
            entity: Any = plan.table(table)[data.draw(st.sampled_from(sorted(plan.table(table))))]
            self._do(lambda plan: lists.change(plan, replace(entity, name=words)))

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        plan = self.document.plan
        table = data.draw(st.sampled_from(["people", "teams", "sites", "slots", "visits", "offers", "attendances"]))
        if plan.table(table):
            entity = plan.table(table)[data.draw(st.sampled_from(sorted(plan.table(table))))]
            self._do(lambda plan: lists.delete(plan, entity))

    @rule(at=INSTANTS, words=TEXTS)
    def publish(self, at: dt.datetime, words: str) -> None:
        plan = self.document.plan
        for week_id in plan.weeks:
            number = len(plan.publications) + 1
            publication = Publication(
                id=identity("publication", str(number)), week_id=week_id, number=number, at=at, snapshot=words
            )
            told = [
                replace(visit, status=VisitStatus.PUBLISHED)
                for visit in plan.visits.values()
                if visit.status is VisitStatus.PROPOSED
            ]
            self.document.record(plan.edit(Verb.PUBLISH, put=[publication, *told], week_id=week_id))
            # What stood before can only come back where nothing of it was published.
            self.undo = [Plan()] * len(self.undo)
            self.redo = [Plan()] * len(self.redo)
            self.published = True

    published = False

    def _blocked(self, refused: Refused, code: str, before: Plan, edit: Edit | None) -> None:
        """Only a publication stands in the way of undo, never of what was done to visits; nothing moves then."""
        assert refused.code == code
        assert self.published
        assert self.document.plan is before
        assert edit is not None
        assert {change.table for change in edit.changes} != {"visits"}

    @rule(data=st.data(), words=TEXTS)
    def find_the_disk_full(self, data: st.DataObject, words: str) -> None:
        if visit := self._visit(data):
            plan, history = self.document.plan, self.document.history
            edit = visits.permit(plan, visit, words)
            full = Refused("disk-full", path=str(self.path))
            with patch.object(FileStore, "write", side_effect=full), suppress(Refused):
                self.document.do(edit)
            assert self.document.plan is plan
            assert self.document.history == history

    @rule()
    def undo_one(self) -> None:
        before = self.document.plan
        try:
            edit = self.document.undo()
        except Refused as refused:
            self._blocked(refused, "undo-blocked", before, self.document.can_undo)
            return
        assert (edit is None) == (not self.undo)
        if edit is not None:
            plan = self.undo.pop()
            assert self.published or self.document.plan == plan
            self.redo.append(before)

    @rule()
    def redo_one(self) -> None:
        before = self.document.plan
        try:
            edit = self.document.redo()
        except Refused as refused:
            self._blocked(refused, "redo-blocked", before, self.document.can_redo)
            return
        assert (edit is None) == (not self.redo)
        if edit is not None:
            plan = self.redo.pop()
            assert self.published or self.document.plan == plan
            self.undo.append(before)

    @rule()
    def reopen(self) -> None:
        before, history = self.document.plan, self.document.history
        self.document.close()
        self.document = Document.open(self.path)
        self.document.subscribe(self.heard.append)
        assert self.document.plan == before
        assert self.document.history == history
        assert [line.edit for line in self.document.history] == [line.edit for line in history]

    @precondition(lambda self: not self.published)
    @rule()
    def undo_everything_and_come_back(self) -> None:
        before = self.document.plan
        last = max((line.sequence for line in self.document.history if _stands_done(line)), default=0)
        self.document.jump(0)
        assert self.document.plan == Plan()
        self.document.jump(last)
        assert self.document.plan == before

    @invariant()
    def file_equals_memory(self) -> None:
        reader, found = open_file(self.path)
        assert reader.read_only
        reader.close()
        assert found.plan == self.document.plan
        for table in ("people", "visits", "slots"):
            assert list(found.plan.table(table)) == list(self.document.plan.table(table))

    @invariant()
    def every_week_can_be_read(self) -> None:
        for week_id in self.document.plan.weeks:
            view(self.document.plan, week_id)


def _stands_done(line: HistoryLine) -> bool:
    return line.stands and line.kind is Doing.DONE


TestDoor = Door.TestCase
TestDoor.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
