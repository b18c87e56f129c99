"""Answers to invitations: noted where they belong, told where they do not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from app.document.answers import answers_edit, declined, hear, hear_list, read_answers
from app.document.publishing import open_calls, publication_diff, publish_edit
from app.document.visits import move
from app.errors import Refused
from app.models.diary import Fit, Reply
from app.models.plan import Plan
from app.models.publication import Answer
from app.models.visits import VisitStatus
from tests.builders import a_week, slot_id, visit_id

AT = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
ANN = visit_id("Ann Lee", "s1")


def published() -> tuple[Plan, str]:
    built = (
        a_week().team("MASH", host="Jo Bright", host_email="jo@council.example")
        .visitor("Ann Lee", email="ann.lee@council.example")
        .slot("s1", "MASH").slot("s2", "MASH", on=1).visit("Ann Lee", "s1")
    )  # fmt: skip
    plan = built.plan()
    return plan.apply(publish_edit(plan, publication_diff(plan, built.week.id), AT)), built.week.id


def reply(
    plan: Plan, answer: Answer = Answer.CONFIRMED, email: str = "ann.lee@council.example", **fields: object
) -> Reply:
    given = {"file": "r.ics", "uid": plan.visits[ANN].uid, "email": email, "answer": answer, **fields}
    return Reply(**given)  # type: ignore[arg-type]  # fields are checked by the tests that give them


def fits(plan: Plan, week_id: str, *replies: Reply) -> list[Fit]:
    return [one.fit for one in hear(plan, week_id, replies)]


def test_a_yes_of_both_confirms_the_visit_as_one_edit() -> None:
    plan, week_id = published()
    heard = hear(plan, week_id, [reply(plan), reply(plan, email="jo@council.example")])
    edit = answers_edit(plan, week_id, heard, at=AT, by="their reply")
    after = plan.apply(edit)
    assert after.visits[ANN].status is VisitStatus.CONFIRMED
    assert open_calls(after, week_id) == ()
    assert after.apply(edit.inverse) == plan
    assert fits(after, week_id, reply(plan)) == [Fit.SAME]


def test_a_no_declines_the_visit_and_asks_for_a_repair() -> None:
    plan, week_id = published()
    heard = hear(plan, week_id, [reply(plan, Answer.DECLINED)])
    assert declined(heard) == (ANN,)
    after = plan.apply(answers_edit(plan, week_id, heard, at=AT, by="their reply"))
    assert after.visits[ANN].status is VisitStatus.DECLINED


def test_an_answer_to_what_was_changed_since_is_not_taken_for_one_to_the_change() -> None:
    plan, week_id = published()
    plan = plan.apply(move(plan, ANN, slot_id("s2")))
    plan = plan.apply(publish_edit(plan, publication_diff(plan, week_id), AT + dt.timedelta(days=1)))
    assert fits(plan, week_id, reply(plan)) == [Fit.OLD]
    assert fits(plan, week_id, reply(plan, sequence=1)) == [Fit.APPLIES]


def test_strangers_maybes_and_lines_without_an_answer_are_told_and_change_nothing() -> None:
    plan, week_id = published()
    maybe = reply(plan, Answer.NONE, tentative=True)
    assert fits(plan, week_id, maybe, reply(plan, email="eve@council.example")) == [Fit.TENTATIVE, Fit.UNKNOWN]
    heard = hear_list(plan, week_id, "Ann Lee - yes\nEve: no\nsee you soon")
    assert [one.fit for one in heard] == [Fit.APPLIES, Fit.UNKNOWN, Fit.UNREAD]
    assert not answers_edit(plan, week_id, heard[1:], at=AT, by="").changes


@pytest.mark.parametrize(
    "line", ["ann.lee@council.example\tdeclined", "Ann Lee, can't attend", "Ann Lee no", "Ann Lee – sends apologies."]
)
def test_a_list_is_read_as_people_write_it(line: str) -> None:
    plan, week_id = published()
    assert [(one.who, one.answer) for one in hear_list(plan, week_id, line)] == [("Ann Lee", Answer.DECLINED)]


def test_replies_are_read_from_calendar_files_and_saved_e_mails(tmp_path: Path) -> None:
    calendar = "\r\n".join([
        "BEGIN:VCALENDAR", "METHOD:REPLY", "BEGIN:VEVENT", "UID:pw-1", "SEQUENCE:2", "DTSTAMP:20270301T090000Z",
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=Ann:MAILTO:Ann.Lee@Council.example", "END:VEVENT", "END:VCALENDAR", "",
    ])  # fmt: skip
    (tmp_path / "r.ics").write_bytes(calendar.encode())
    mail = (
        "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        "Content-Type: text/plain\r\n\r\nAccepted\r\n--x\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
        f"{calendar}\r\n--x--\r\n"
    )
    (tmp_path / "r.eml").write_bytes(mail.encode())
    for name in ("r.ics", "r.eml"):
        (found,) = read_answers(tmp_path / name)
        assert (found.uid, found.email, found.answer, found.sequence, found.at) == (
            "pw-1", "ann.lee@council.example", Answer.CONFIRMED, 2, AT
        )  # fmt: skip
    (tmp_path / "n.ics").write_bytes(calendar.replace("REPLY", "REQUEST").encode())
    with pytest.raises(Refused, match="input-no-answer"):
        read_answers(tmp_path / "n.ics")
