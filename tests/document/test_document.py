"""The door: what it lets through, what it refuses, and what subscribers and the history learn of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest

from app.document import visits
from app.document.document import Announcement, Document
from app.errors import Refused
from app.models.change import Change, Edit, Verb
from app.models.journal import Doing
from app.models.plan import Plan
from app.models.publication import Publication
from app.models.visits import Visit, VisitStatus
from app.store.verify import verify
from app.words.refusals import sentence
from tests.builders import Builder, a_week, person_id, slot_id, visit_id

MOMENT = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)


def ann() -> Builder:
    return a_week().slot("S1", "Red").slot("S2", "Blue", on=1).visitor("Ann Lee").visit("Ann Lee", "S1")


def a_plan() -> Plan:
    return ann().plan()


def publish(document: Document) -> None:
    plan = document.plan
    week_id = next(iter(plan.weeks))
    told = [replace(visit, status=VisitStatus.PUBLISHED) for visit in plan.visits.values() if visit.counts]
    number = len(plan.publications) + 1
    publication = Publication(id=f"p{number}", week_id=week_id, number=number, at=MOMENT, snapshot="{}")
    document.record(plan.edit(Verb.PUBLISH, put=[publication, *told], week_id=week_id))


def test_an_edit_is_applied_announced_and_can_be_undone() -> None:
    document = Document.memory(a_plan())
    heard: list[Announcement] = []
    document.subscribe(heard.append)
    before = document.plan
    edit = visits.move(before, visit_id("Ann Lee", "S1"), slot_id("S2"))
    after = document.do(edit)
    assert document.plan is after
    assert heard == [Announcement(before=before, after=after, edit=edit, kind=Doing.DONE)]
    assert document.can_undo == edit
    assert document.undo() == edit.inverse
    assert document.plan == before
    assert [document.can_undo, document.can_redo] == [None, edit]
    assert document.redo() == edit
    assert document.plan == after
    assert [told.kind for told in heard] == [Doing.DONE, Doing.UNDONE, Doing.REDONE]


def test_an_edit_of_nothing_does_nothing() -> None:
    document = Document.memory(a_plan())
    visit = visit_id("Ann Lee", "S1")
    assert document.do(visits.move(document.plan, visit, slot_id("S1"))) is document.plan
    assert document.history == ()


def test_an_edit_made_from_another_plan_is_refused() -> None:
    document = Document.memory(a_plan())
    visit = visit_id("Ann Lee", "S1")
    stale = visits.pin(document.plan, visit)
    document.do(visits.set_status(document.plan, visit, VisitStatus.CONFIRMED))
    before = document.plan
    with pytest.raises(Refused, match="changed-meanwhile"):
        document.do(stale)
    assert document.plan is before


def test_what_others_point_at_does_not_vanish() -> None:
    document = Document.memory(a_plan())
    person = document.plan.people[person_id("Ann Lee")]
    with pytest.raises(Refused, match="dangling"):
        document.do(document.plan.edit(Verb.DELETE, drop=[person]))


def test_a_text_that_no_file_may_hold_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "week.pweek"
    document = Document.open(path, create=True)
    document.do(Plan().edit(Verb.IMPORT, put=ann().entities.values()))
    red = next(team for team in document.plan.teams.values() if team.name == "Red")
    document.do(document.plan.edit(Verb.CHANGE, put=[replace(red, notes="x" * 5_000)]))
    before = document.plan
    with pytest.raises(Refused) as caught:
        document.do(before.edit(Verb.CHANGE, put=[replace(red, notes="x" * 5_001)]))
    assert sentence(caught.value) == (
        "A text has more than 5,000 characters, so nothing was done. Shorten it, and try again."
    )
    assert document.plan is before
    document.close()
    assert verify(path) == []
    with mock.patch("app.document.document.has_long_text", return_value=False):  # as another program may write it
        document = Document.open(path)
        document.do(before.edit(Verb.CHANGE, put=[replace(red, notes="x" * 5_001)]))
        document.close()
    assert [finding.finding for finding in verify(path)] == ["values"]


@pytest.mark.parametrize("table", ["offers", "attendances"])
def test_who_has_visits_goes_on_taking_part(table: str) -> None:
    document = Document.memory(a_plan())
    with pytest.raises(Refused, match="dangling"):
        document.do(document.plan.edit(Verb.DELETE, drop=document.plan.table(table).values()))


def test_a_new_entity_points_at_something() -> None:
    document = Document.memory(a_plan())
    visit = document.plan.visits[visit_id("Ann Lee", "S1")]
    with pytest.raises(Refused, match="dangling"):
        document.do(document.plan.edit(Verb.CHANGE, put=[replace(visit, slot_id="nowhere")]))


def test_a_new_edit_ends_the_redo() -> None:
    document = Document.memory(a_plan())
    visit = visit_id("Ann Lee", "S1")
    document.do(visits.pin(document.plan, visit))
    document.undo()
    document.do(visits.permit(document.plan, visit, "asked for"))
    assert document.can_redo is None
    assert document.redo() is None


def test_what_was_recorded_is_never_undone() -> None:
    document = Document.memory(a_plan())
    publish(document)
    assert document.can_undo is None
    assert document.undo() is None
    assert document.history[0].kind is Doing.RECORDED
    assert document.history[0].stands


def test_undo_and_redo_lead_past_a_publication_and_visits_stay_told() -> None:
    document = Document.memory(a_plan())
    visit = visit_id("Ann Lee", "S1")
    document.do(visits.pin(document.plan, visit))
    document.do(visits.unpin(document.plan, visit))
    document.do(visits.move(document.plan, visit, slot_id("S2")))
    publish(document)
    told = document.plan.visits[visit]
    document.undo()
    assert document.plan.visits[visit] == replace(told, slot_id=slot_id("S1"))
    document.undo()
    assert document.plan.visits[visit] == replace(told, slot_id=slot_id("S1"), pinned=True)
    assert len(document.plan.publications) == 1
    document.jump(3)
    assert document.plan.visits[visit] == told


def test_an_undo_past_a_publication_is_kept_as_it_was_made(tmp_path: Path) -> None:
    document = Document.open(tmp_path / "a.pweek", create=True)
    document.do(document.plan.edit(Verb.IMPORT, put=ann().entities.values()))
    document.do(visits.place(document.plan, person_id("Ann Lee"), slot_id("S2")))
    publish(document)
    document.undo()
    document.redo()
    document.undo()
    plan, history = document.plan, document.history
    edits = [line.edit for line in history]
    document.close()
    assert verify(tmp_path / "a.pweek") == []
    document = Document.open(tmp_path / "a.pweek")
    assert document.plan == plan
    assert document.history == history
    assert [line.edit for line in document.history] == edits
    document.close()


def told_and_taken_back() -> tuple[Document, Visit]:
    """A visit that was placed, published and undone; as it was when people were told of it."""
    document = Document.memory(a_plan())
    document.do(visits.place(document.plan, person_id("Ann Lee"), slot_id("S2")))
    [visit] = document.plan.visits.keys() - {visit_id("Ann Lee", "S1")}
    publish(document)
    told = document.plan.visits[visit]
    document.undo()
    return document, told


def test_undoing_what_brought_a_visit_that_was_published_cancels_it_and_redo_brings_it_as_it_was_told() -> None:
    document, told = told_and_taken_back()
    assert document.plan.visits[told.id] == replace(told, status=VisitStatus.CANCELLED)
    document.redo()
    assert document.plan.visits[told.id] == told


def test_a_redo_after_the_undo_was_published_proposes_the_visit_again() -> None:
    document, told = told_and_taken_back()
    publish(document)
    document.redo()
    assert document.plan.visits[told.id] == replace(told, status=VisitStatus.PROPOSED)


def test_all_that_was_undone_past_a_publication_can_be_brought_again(tmp_path: Path) -> None:
    document = Document.open(tmp_path / "a.pweek", create=True)
    document.do(document.plan.edit(Verb.IMPORT, put=ann().entities.values()))
    document.do(visits.place(document.plan, person_id("Ann Lee"), slot_id("S2")))
    [visit] = document.plan.visits.keys() - {visit_id("Ann Lee", "S1")}
    publish(document)
    document.do(visits.to_tray(document.plan, visit))
    last = document.plan
    document.undo()
    document.undo()
    document.close()
    document = Document.open(tmp_path / "a.pweek")
    document.redo()
    document.redo()
    assert document.plan == last
    document.close()
    assert verify(tmp_path / "a.pweek") == []


def test_a_cancelled_visit_goes_together_with_the_visitor_who_is_taken_back() -> None:
    document = Document.memory(a_plan())
    document.do(document.plan.edit(Verb.IMPORT, put=ann().visitor("Bo Khan").entities.values()))
    before = document.plan
    document.do(visits.place(document.plan, person_id("Bo Khan"), slot_id("S2")))
    publish(document)
    document.undo()
    document.undo()
    assert person_id("Bo Khan") not in document.plan.people
    assert set(document.plan.visits) == {visit_id("Ann Lee", "S1")}
    document.redo()
    assert document.plan.people == before.people
    document.redo()
    assert [one.status for one in document.plan.visits.values()] == [VisitStatus.PUBLISHED, VisitStatus.PUBLISHED]


def test_an_undo_of_what_a_publication_needs_is_refused_plainly() -> None:
    document = Document.memory()
    document.do(document.plan.edit(Verb.IMPORT, put=ann().entities.values()))
    publish(document)
    before = document.plan
    with pytest.raises(Refused) as refused:
        document.undo()
    assert refused.value.code == "undo-blocked"
    assert refused.value.facts["verb"] is Verb.IMPORT
    assert document.plan is before
    assert document.can_undo is not None


def test_an_undo_past_a_publication_of_something_else_works() -> None:
    document = Document.memory(a_plan())
    document.do(visits.place(document.plan, person_id("Ann Lee"), slot_id("S2")))
    plan = document.plan
    document.record(
        plan.edit(
            Verb.PUBLISH,
            put=[Publication(id="p", week_id=next(iter(plan.weeks)), number=1, at=MOMENT, snapshot="")],
        )
    )
    document.undo()
    assert len(document.plan.visits) == 1
    assert len(document.plan.publications) == 1


def test_the_history_says_what_stands() -> None:
    document = Document.memory(a_plan())
    visit = visit_id("Ann Lee", "S1")
    document.do(visits.pin(document.plan, visit))
    document.do(visits.permit(document.plan, visit, "asked for"))
    document.undo()
    shown = [(line.kind, line.verb, line.stands) for line in document.history]
    assert shown == [
        (Doing.DONE, Verb.PIN, True),
        (Doing.DONE, Verb.PERMIT, False),
        (Doing.UNDONE, Verb.PERMIT, True),
    ]
    document.redo()
    assert [line.stands for line in document.history] == [True, True, False, True]
    assert document.history[2].edit == document.history[1].edit.inverse


def test_a_jump_goes_to_any_point_that_undo_and_redo_reach() -> None:
    document = Document.memory(a_plan())
    visit = visit_id("Ann Lee", "S1")
    plans = [document.plan]
    for reason in "abc":
        plans.append(document.do(visits.permit(document.plan, visit, reason)))
    for point in (1, 3, 0, 2):
        document.jump(point)
        assert document.plan == plans[point]
    document.do(visits.permit(document.plan, visit, "d"))
    with pytest.raises(Refused, match="no-way-there"):
        document.jump(3)


def test_a_jump_that_is_blocked_moves_nothing() -> None:
    document = Document.memory()
    document.do(document.plan.edit(Verb.IMPORT, put=ann().entities.values()))
    publish(document)
    document.do(visits.permit(document.plan, visit_id("Ann Lee", "S1"), "b"))
    before = document.plan
    with pytest.raises(Refused, match="undo-blocked"):
        document.jump(0)
    assert document.plan is before


def test_an_edit_by_a_subscriber_is_told_after_the_one_it_answers() -> None:
    document = Document.memory(a_plan())
    visit = visit_id("Ann Lee", "S1")
    heard: list[Verb] = []

    def answer(told: Announcement) -> None:
        if told.edit.verb is Verb.PIN:
            document.do(visits.permit(document.plan, visit, "pinned by hand"))

    document.subscribe(answer)
    document.subscribe(lambda told: heard.append(told.edit.verb))
    document.do(visits.pin(document.plan, visit))
    assert heard == [Verb.PIN, Verb.PERMIT]


def test_a_subscriber_that_fails_keeps_nobody_from_hearing() -> None:
    document = Document.memory(a_plan())
    heard: list[Verb] = []

    def fail(told: Announcement) -> None:
        raise KeyError(told.edit.verb)

    document.subscribe(fail)
    document.subscribe(lambda told: heard.append(told.edit.verb))
    with pytest.raises(KeyError):
        document.do(visits.pin(document.plan, visit_id("Ann Lee", "S1")))
    assert heard == [Verb.PIN]
    assert document.plan.visits[visit_id("Ann Lee", "S1")].pinned


def test_who_unsubscribed_hears_nothing() -> None:
    document = Document.memory(a_plan())
    heard: list[Announcement] = []
    stop = document.subscribe(heard.append)
    stop()
    stop()
    document.do(visits.pin(document.plan, visit_id("Ann Lee", "S1")))
    assert heard == []


class Broken:
    """A store whose disk is full."""

    path = Path("nowhere.pweek")
    who_has_it = ""
    read_only = False

    def write(self, edit: Edit, line: object) -> None:
        raise Refused("disk-full", path=str(self.path))

    def edit_of(self, sequence: int) -> Edit:
        raise KeyError(sequence)

    def backup(self, occasion: object) -> None:
        raise Refused("backup-failed")

    def copy_to(self, target: Path) -> None:
        raise Refused("disk-full")

    def close(self) -> None:
        """Nothing to let go of."""


def test_what_is_not_stored_did_not_happen() -> None:
    document = Document(a_plan(), Broken())  # type: ignore[arg-type]  # it has no backups
    heard: list[Announcement] = []
    document.subscribe(heard.append)
    before = document.plan
    with pytest.raises(Refused, match="disk-full"):
        document.do(visits.pin(before, visit_id("Ann Lee", "S1")))
    assert document.plan is before
    assert document.history == ()
    assert document.can_undo is None
    assert heard == []


def test_several_changes_of_one_entity_are_one_edit(tmp_path: Path) -> None:
    document = Document.open(tmp_path / "a.pweek", create=True)
    plan = a_plan()
    document.do(Plan().edit(Verb.IMPORT, put=[e for t in ("weeks", "sites") for e in plan.table(t).values()]))
    site = next(iter(document.plan.sites.values()))
    middle, last = replace(site, division="North"), replace(site, division="South")
    changes = (
        Change(table="sites", id=site.id, before=site, after=middle),
        Change(table="sites", id=site.id, before=middle, after=last),
    )
    document.do(Edit(verb=Verb.CHANGE, changes=changes))
    document.close()
    document = Document.open(tmp_path / "a.pweek")
    assert document.plan.sites[site.id] == last
    document.undo()
    assert document.plan.sites[site.id] == site
    document.close()
