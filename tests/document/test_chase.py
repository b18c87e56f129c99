"""What is still open: by its day, with whom to ask, and reminders that give nothing away."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy

from app.document.chase import chase
from app.document.publishing import publication_diff, publish_edit
from app.exchange.reminders import reminders
from app.models.chase import Awaited
from app.models.people import Clearance, Presence
from app.models.places import Consent, Need
from app.models.view import view
from tests.builders import Builder, a_week, day

AT = dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)


def week() -> Builder:
    return (
        a_week().site("Rose House", protected=True, alias="Home A")
        .team("Rose House", "Children's homes", "Rose House", clearance_needed=Need.CONFIRMED, host="Jo Bright",
              host_email="jo@council.example", host_phone="01632 960001")
        .team("Idle team", host="Al Idle", host_email="")
        .slot("s1", "Rose House", on=1, consent=Consent.TO_ASK, consent_by=day(0))
        .visitor("Ann Lee", email="ann@council.example", clearance=Clearance.NOT_YET).visit("Ann Lee", "s1")
        .visitor("Bob Ray", email="").available("Bob Ray", Presence.BUSY, 0)
    )  # fmt: skip


def test_everything_open_is_listed_by_its_day() -> None:
    found = [(one.awaited, one.who, one.due) for one in chase(week().view())]
    assert found == [
        (Awaited.CONSENT, "Jo Bright", day(0)),
        (Awaited.TIMES, "Ann Lee", day(0)),
        (Awaited.SLOTS, "Al Idle", day(0)),
        (Awaited.EMAIL, "Bob Ray", day(0)),
        (Awaited.CLEARANCE, "Ann Lee", day(1)),
    ]


def test_after_a_publication_calls_and_answers_are_awaited() -> None:
    plan = week().plan()
    week_id = next(iter(plan.weeks))
    plan = plan.apply(publish_edit(plan, publication_diff(plan, week_id), AT))
    found = [one.who for one in chase(view(plan, week_id)) if one.awaited is Awaited.CALL]
    assert sorted(found) == ["Ann Lee", "Jo Bright"]


def test_reminders_go_to_whoever_has_an_address_and_name_no_protected_place_to_others() -> None:
    built = week()
    drafts = reminders(built.view(), chase(built.view()))
    assert sorted(drafts) == ["Ann Lee.eml", "Jo Bright.eml"]
    message = message_from_bytes(drafts["Ann Lee.eml"], policy=policy.default)
    assert (message["To"], message["X-Unsent"]) == ("Ann Lee <ann@council.example>", "1")
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    assert "clearance of Ann Lee" in text
    assert "Rose House" not in text
