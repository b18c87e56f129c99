"""A person can be told all that is held of them, and can be made nameless down to the last byte."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.document import lists, visits
from app.document.document import Announcement, Document
from app.document.privacy import as_data, erase_person, held_of, parts_of
from app.document.snapshots import snapshot
from app.errors import Refused
from app.models.change import Verb
from app.models.people import Liking
from app.models.plan import Plan
from app.models.publication import Call, Issued, Method, Publication, Recipient
from app.store.backups import Occasion, folder_of, listed
from app.store.verify import verify
from tests.builders import Builder, a_week, person_id, slot_id, visit_id

MOMENT = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
NAME = "Zoë O'Hara-Lee"
MAIL = "zoe.ohara-lee@council.example"


def a_built_week() -> Builder:
    return (
        a_week().team("Red", host=NAME, host_email=MAIL, host_phone="01632 960123").slot("S1", "Red")
        .slot("S2", "Blue", on=1, purpose=f"Asked for by ZOË  O'HARA-LEE, {MAIL}.")
        .visitor(NAME, email=MAIL, role="Leader of the Opposition", needs="step-free", assistant="Una Old")
        .visitor("Bob Ray", assistant=NAME, assistant_email=MAIL)
        .wish(NAME, Liking.NEVER, team="Blue", reason="knows the manager well")
        .visit(NAME, "S1").visit("Bob Ray", "S2")
    )  # fmt: skip


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    """A published week with a history, an undone edit, backups and a ledger."""
    document = Document.open(tmp_path / "week.pweek", create=True)
    document.do(Plan().edit(Verb.IMPORT, put=a_built_week().entities.values(), file="week.xlsx"))
    person = document.plan.people[person_id(NAME)]
    document.do(lists.change(document.plan, replace(person, name="Zoë Young", email="zoe.young@council.example")))
    document.do(lists.change(document.plan, person))
    document.do(visits.permit(document.plan, visit_id(NAME, "S1"), f"{NAME} insists"))
    document.undo()
    document.backup()
    plan = document.plan
    week_id = next(iter(plan.weeks))
    publication = Publication(id="p1", week_id=week_id, number=1, at=MOMENT, snapshot=snapshot(plan, week_id))
    visit = visit_id(NAME, "S1")
    said = json.dumps({"SUMMARY": "Practice Week visit", "ATTENDEE": f"{NAME} <{MAIL}>", "file": "Zoe_O'Hara-Lee.ics"})
    issued = Issued(
        id="i1", publication_id="p1", visit_id=visit, recipient=Recipient.VISITOR, name=NAME, email=MAIL, uid="u",
        sequence=0, method=Method.REQUEST, stamp=MOMENT, said=said, digest="0" * 64,
    )  # fmt: skip
    call = Call(
        id="c1", publication_id="p1", visit_id=visit, recipient=Recipient.VISITOR, name=NAME, contact=MAIL,
        old="", new=f"{NAME} sees Red", told_by="Una",
    )  # fmt: skip
    document.record(plan.edit(Verb.PUBLISH, put=[publication, issued, call], week_id=week_id))
    yield document
    document.close()


TRACES = ("O'Hara-Lee", "Zoë", "Zo\\u00eb", "zoe.", "Leader of the Opposition", "step-free", "Zoë Young", "960123",
          "knows the manager")  # fmt: skip


def bytes_beside(path: Path) -> bytes:
    """Every byte of the file, its side files and its backups."""
    places = [path, *path.parent.glob(f"{path.name}*"), *folder_of(path).glob("*")]
    return b"".join(place.read_bytes() for place in places if place.is_file()).lower()


def test_after_an_erasure_no_byte_tells_of_the_person(document: Document) -> None:
    assert document.path is not None
    raw = bytes_beside(document.path)
    assert all(trace.lower().encode() in raw for trace in TRACES if trace != "Zo\\u00eb")
    instead = erase_person(document, NAME)
    for trace in TRACES:
        assert trace.lower().encode() not in bytes_beside(document.path), trace
        assert trace.lower().encode("utf-16-le") not in bytes_beside(document.path), trace
    assert document.plan.people[person_id(NAME)].name == instead == "Erased person 1"
    assert document.plan.people[person_id("Bob Ray")].assistant_email == ""
    path = document.path
    document.close()
    assert verify(path) == []
    assert [verify(backup.path) for backup in listed(path)] == [[]]


def test_an_erasure_leaves_everything_else_and_undo_works_on(document: Document) -> None:
    others = document.plan.people[person_id("Bob Ray")]
    standing = {table: set(document.plan.table(table)) for table in ("visits", "people", "issued", "slots")}
    heard: list[Announcement] = []
    document.subscribe(heard.append)
    erase_person(document, NAME)
    assert {table: set(document.plan.table(table)) for table in standing} == standing
    kept = document.plan.people[others.id]
    assert kept == replace(others, assistant="Erased person 1", assistant_email="")
    assert heard[-1].edit.verb is Verb.ERASE
    assert heard[-1].after is document.plan
    document.undo()
    document.undo()
    assert document.plan.people[person_id(NAME)].name == "Erased person 1"
    with pytest.raises(Refused, match="unknown-person"):
        held_of(document.plan, NAME)


def test_a_second_person_gets_a_number_of_their_own(document: Document) -> None:
    erase_person(document, NAME)
    assert erase_person(document, "bob  RAY") == "Erased person 2"


def test_an_erasure_that_a_crash_broke_off_leaves_no_backup_with_the_name(document: Document) -> None:
    path = document.path
    assert path is not None
    document.close()
    code = f"""
import os, signal, sys
from pathlib import Path
from app.document.document import Document
from app.document.privacy import erase_person
from app.store import backups
document = Document.open(Path(sys.argv[1]))
backups.remove_unclean = lambda path: os.kill(os.getpid(), signal.SIGKILL)
erase_person(document, {NAME!r})
"""
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == -9
    assert any(backup.occasion is Occasion.ERASE for backup in listed(path))
    again = Document.open(path)
    again.close()
    assert b"o'hara" not in bytes_beside(path)
    assert not any(backup.occasion is Occasion.ERASE for backup in listed(path))


def test_a_single_everyday_word_is_erased_as_a_name_only(tmp_path: Path) -> None:
    week = a_week().visitor("May").slot("S1", "Red", purpose="You may ask May.", activity="Mayor's walk")
    document = Document.open(tmp_path / "week.pweek", create=True)
    document.do(Plan().edit(Verb.IMPORT, put=week.entities.values()))
    erase_person(document, "May")
    slot = document.plan.slots[slot_id("S1")]
    assert (slot.purpose, slot.activity) == ("You may ask Erased person 1.", "Mayor's walk")
    document.close()


def test_a_shared_mailbox_stays_with_the_others(tmp_path: Path) -> None:
    week = a_week().team("Red", host="Ann Lee", host_email="desk@council.example")
    week.team("Blue", host="Bob Ray", host_email="desk@council.example").slot("S1", "Red")
    document = Document.open(tmp_path / "week.pweek", create=True)
    document.do(Plan().edit(Verb.IMPORT, put=week.entities.values()))
    erase_person(document, "Ann Lee")
    hosts = {team.name: (team.host, team.host_email) for team in document.plan.teams.values()}
    assert hosts == {"Red": ("Erased person 1", ""), "Blue": ("Bob Ray", "desk@council.example")}
    document.close()


def test_a_person_is_told_all_that_is_held_of_them(document: Document) -> None:
    held = held_of(document.plan, "zoë  o'hara-lee")
    tables = [table for table, _ in parts_of(document.plan, held)]
    assert sorted(set(tables)) == ["attendances", "calls", "issued", "people", "teams", "visits", "wishes"]
    text = json.dumps(as_data(document.plan, held), ensure_ascii=False)
    for told in (MAIL, "Leader of the Opposition", "step-free", "knows the manager well", "01632 960123", "Red"):
        assert told in text


def test_a_person_export_holds_nobody_elses_data(document: Document) -> None:
    text = json.dumps(as_data(document.plan, held_of(document.plan, NAME)), ensure_ascii=False)
    bob = document.plan.people[person_id("Bob Ray")]
    assert bob.email not in text
    assert "Bob Ray" not in text


def test_nobody_of_that_name_is_said_plainly(document: Document) -> None:
    with pytest.raises(Refused, match="unknown-person"):
        erase_person(document, "Nobody")
    with pytest.raises(Refused, match="unknown-person"):
        held_of(document.plan, "  ")
