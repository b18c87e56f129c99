"""Change packs and exports of a published week: whole, checked, the same bytes at any later time."""

from __future__ import annotations

import email
import io
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default as readable

import pytest
from openpyxl import load_workbook

from app.document.folders import pack_of, published_folder, unpublished_notes
from app.document.publishing import publication_diff, tick
from app.document.visits import move, place, to_tray
from app.errors import Refused
from app.exchange.ledger import publications
from app.exchange.outputs import Folder
from app.models.change import Verb
from app.models.progress import Part, Step
from app.models.publication import Answer
from tests.builders import person_id, slot_id
from tests.document.inbox import read
from tests.document.test_publishing import ANN, AT, Desk, published, two_visits


def pack(desk: Desk, number: int = -1, *, drafts: bool = False) -> Folder:
    return pack_of(desk.plan, publications(desk.plan, desk.week_id)[number], drafts=drafts)


def moved() -> Desk:
    desk = published()
    desk.document.do(move(desk.plan, ANN, slot_id("s4")))
    desk.publish()
    return desk


def test_a_change_pack_holds_what_changed_and_nothing_else() -> None:
    assert sorted(pack(moved()).files) == [
        "READ ME.txt",
        "calls.txt",
        "calls.xlsx",
        "delete-by-hand.txt",
        "invites/hosts/Court/2027-03-25_1300_Ann.ics",
        "invites/hosts/Duty/2027-03-22_0930_Cancelled-Ann.ics",
        "invites/visitors/Ann/2027-03-25_1300_Court.ics",
        "pages/day-sheets.pdf",
        "pages/director.pdf",
        "pages/hosts/Court.pdf",
        "pages/hosts/Duty.pdf",
        "pages/overview.pdf",
        "pages/reception/Town Hall.pdf",
        "pages/reflections/Ann.pdf",
        "pages/teams/Court.pdf",
        "pages/teams/Duty.pdf",
        "pages/visitors/Ann.pdf",
        "plan.json",
        "rota.xlsx",
    ]


def test_a_pack_can_be_written_again_later_byte_for_byte() -> None:
    desk = published()
    first = pack(desk)
    desk.document.do(move(desk.plan, ANN, slot_id("s3")))
    desk.publish()
    for call in list(desk.plan.calls.values()):
        desk.document.do(tick(desk.plan, call.id, told_at=AT, told_by="PA", answer=Answer.CONFIRMED))
    assert pack(desk, 0).files == first.files
    assert pack(desk, 1).files == pack(desk, 1).files


@pytest.mark.parametrize("at", [Part.INVITATIONS, Part.ROTA, Part.CHECK])
def test_making_a_pack_is_told_and_can_be_stopped_at_each_part(at: Part) -> None:
    desk = moved()
    heard: list[Step] = []

    def hear(step: Step) -> None:
        heard.append(step)
        if step.part is at:
            raise Refused("stopped")

    with pytest.raises(Refused, match="stopped"):
        pack_of(desk.plan, publications(desk.plan, desk.week_id)[-1], watch=hear)
    assert heard[-1].part is at
    assert {step.part for step in heard[:-1]} == set(list(Part)[: list(Part).index(at)])


def test_every_file_of_a_pack_is_told_as_it_is_checked() -> None:
    desk = moved()
    heard: list[Step] = []
    folder = pack_of(desk.plan, publications(desk.plan, desk.week_id)[-1], watch=heard.append)
    told = [step for step in heard if step.part is Part.CHECK]
    assert [step.done for step in told] == list(range(len(folder.files)))
    assert {step.total for step in told} == {len(folder.files)}


def test_the_call_list_says_who_what_and_how() -> None:
    text = pack(moved()).files["calls.txt"].decode()
    assert (
        "[ ] Jo (host), 01632 960001\r\n    old: Mon 22 March, 09:30–11:00, Ann, Town Hall\r\n    new: cancelled"
        in text
    )
    assert "[ ] Kim (host), kim@team.example\r\n    old: nothing yet\r\n    new: Thu 25 March, 13:00–14:00, Ann" in text


def test_the_call_list_is_a_workbook_of_texts_too() -> None:
    desk = Desk(two_visits().visitor("Ann", email="", assistant="=HYPERLINK(1)"))
    desk.publish()
    sheet = load_workbook(io.BytesIO(pack(desk).files["calls.xlsx"])).active
    assert sheet is not None
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[2]][:5] == ["Who", "Part", "Reach", "Old", "New"]
    assert all(cell.data_type in {"s", "n"} for row in rows for cell in row)
    assert [row[2].value for row in rows if row[0].value == "Ann"] == ["=HYPERLINK(1)"]


def test_what_to_delete_by_hand_is_told() -> None:
    text = pack(moved()).files["delete-by-hand.txt"].decode()
    assert "[ ] Jo (host): Practice Week visit 001, Mon 22 March, 09:30–11:00, Town Hall" in text
    assert "Nothing needs deleting" in pack(published()).files["delete-by-hand.txt"].decode()


def test_drafts_are_mails_that_carry_the_calendar_file() -> None:
    desk = Desk(two_visits().visitor("Ann", email="ann@council.example", assistant_email="pa@council.example"))
    desk.publish()
    desk.document.do(move(desk.plan, ANN, slot_id("s4")))
    desk.publish()
    files = pack(desk, drafts=True).files
    drafts = {path: data for path, data in files.items() if path.endswith(".eml")}
    assert len(drafts) == 3
    for path, data in drafts.items():
        message = email.message_from_bytes(data, policy=readable)
        assert isinstance(message, EmailMessage)
        assert message["X-Unsent"] == "1"
        [attached] = list(message.iter_attachments())
        assert attached.get_filename() == "invite.ics"
        calendar = attached.get_payload(decode=True)
        assert isinstance(calendar, bytes)
        assert calendar == files[path.replace("drafts/", "invites/").replace(".eml", ".ics")]
        said = read(calendar)
        assert attached["Content-Type"].params == {"charset": "utf-8", "method": said.method}
        assert message["To"].addresses[0].addr_spec == said.to
        assert (str(message["Cc"] or "") == "pa@council.example") == ("visitors" in path)
        body = message.get_body()
        assert body is not None
        assert ("cancelled" in body.get_content()) == (said.method == "CANCEL")


def test_an_export_is_the_last_published_state_whatever_changed_since() -> None:
    desk = moved()
    before = published_folder(desk.plan, desk.week_id)
    assert before is not None
    desk.document.do(to_tray(desk.plan, ANN))
    desk.put(replace(desk.plan.people[person_id("Bob")], role="Director"))
    after = published_folder(desk.plan, desk.week_id)
    assert after is not None
    read_me = "READ ME.txt"
    assert {**after.files, read_me: b""} == {**before.files, read_me: b""}
    text = after.files[read_me].decode()
    assert "Not published yet, so not in this folder: 2 visits." in text
    assert "Practice Week visit 001, Ann, 25/03/2027 13:00: cancelled" in text
    assert "Not published yet" not in before.files[read_me].decode()


def test_an_export_repeats_every_invitation_as_it_was_last_sent() -> None:
    desk = published()
    sent = dict(pack(desk).files)
    desk.document.do(move(desk.plan, ANN, slot_id("s4")))
    desk.publish()
    sent |= pack(desk).files
    folder = published_folder(desk.plan, desk.week_id)
    assert folder is not None
    invites = {path: data for path, data in folder.files.items() if path.endswith(".ics") and "week" not in path}
    assert sorted(invites) == [
        "invites/hosts/Court/2027-03-23_0930_Bob.ics",
        "invites/hosts/Court/2027-03-25_1300_Ann.ics",
        "invites/visitors/Ann/2027-03-25_1300_Court.ics",
        "invites/visitors/Bob/2027-03-23_0930_Court.ics",
    ]
    assert all(sent[path] == data for path, data in invites.items())
    assert b"SEQUENCE:1" in folder.files["invites/week.ics"]


def test_a_week_never_published_has_no_published_folder() -> None:
    desk = Desk(two_visits())
    assert published_folder(desk.plan, desk.week_id) is None
    assert unpublished_notes(publication_diff(desk.plan, desk.week_id))[0].endswith("2 visits.")


def test_no_pack_goes_out_with_a_leak_in_it() -> None:
    desk = Desk(two_visits().slot("s1", "Duty", 0, activity="Talk with Bob Guest").visitor("Bob Guest"))
    desk.publish()
    with pytest.raises(Refused) as refused:
        pack(desk)
    assert refused.value.code == "leak"


def test_a_visitor_who_left_the_week_is_still_cancelled_with() -> None:
    desk = published()
    attendance = next(one for one in desk.plan.attendances.values() if one.person_id == person_id("Ann"))
    person = desk.plan.people[person_id("Ann")]
    desk.document.do(desk.plan.edit(Verb.DELETE, drop=[desk.plan.visits[ANN], attendance, person]))
    desk.document.do(place(desk.plan, person_id("Bob"), slot_id("s3")))
    desk.publish()
    files = pack(desk).files
    assert "invites/visitors/Ann/2027-03-22_0930_Cancelled-Duty.ics" in files
    assert "invites/hosts/Duty/2027-03-22_0930_Cancelled-Ann.ics" in files
