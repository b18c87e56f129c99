"""What upsets and mends are called: true of what they do, and in plain words."""

from __future__ import annotations

from app.engine.upsets import upset_week
from app.models.people import Presence
from app.models.repairs import ConsentRefused, Lost, SlotMoved, TeamClosed
from app.models.visits import VisitStatus
from app.words.repairs import option_text, upset_text
from tests.builders import Builder, a_week, day, person_id, slot_id, time
from tests.engine.test_repair import mended


def a_built_week(status: VisitStatus = VisitStatus.PUBLISHED) -> Builder:
    week = a_week().team("Hub", min_visits=1).slot("h1", "Hub", 0).slot("h2", "Hub", 2)
    week.visitor("Ann Lee", min_visits=1).visitor("Di Fox", standby=True)
    return week.visit("Ann Lee", "h1", status=status)


def test_upsets_are_said_with_their_day_and_time() -> None:
    view = a_built_week().view()
    ann, h1 = person_id("Ann Lee"), slot_id("h1")
    assert upset_text(view, Lost(person_id=ann)) == "Ann Lee cannot come this week."
    hours = Lost(person_id=ann, day=day(1), start=time("09:00"), end=time("12:30"))
    assert upset_text(view, hours) == "Ann Lee cannot come on Tue 23 March, 09:00–12:30."
    closed = TeamClosed(team_id=view.slots[h1].team.id, day=day(0))
    assert upset_text(view, closed) == "Hub receives nobody on Mon 22 March."
    moved = SlotMoved(slot_id=h1, day=day(1), start=time("14:00"), end=time("15:00"))
    assert upset_text(view, moved) == "Slot h1 of Hub moves to Tue 23 March, 14:00–15:00."
    refused = upset_text(view, ConsentRefused(slot_id=h1))
    assert refused == "Consent is refused for slot h1: Hub, Mon 22 March, 09:30–11:00."


def texts(build: Builder) -> list[str]:
    view, upset = build.view(), Lost(person_id=person_id("Ann Lee"), day=day(0))
    week = upset_week(view, [upset])
    return [option_text(week, option) for option in mended(view, upset)]


def test_a_mend_says_what_it_does_whom_it_leaves_and_who_is_told() -> None:
    said = texts(a_built_week())
    assert said[0] == (
        "Move 1 visit of Ann Lee. Every other visit stays as it is. 2 people to tell: Ann Lee and Manager of Hub. "
        "Every minimum is met."
    )
    assert any(text.startswith("Just cancel 1 visit of Ann Lee.") and "2 visits short" in text for text in said)
    assert any("From standby: Di Fox." in text for text in said)


def test_of_a_draft_nobody_has_been_told() -> None:
    assert all("Nobody has been told of this week yet." in text for text in texts(a_built_week(VisitStatus.PROPOSED)))


def test_pins_are_named_whether_they_stay_or_go() -> None:
    build = a_built_week().available("Ann Lee", Presence.BUSY, 4)
    build.visit("Ann Lee", "h1", status=VisitStatus.PUBLISHED, pinned=True)
    said = texts(build)
    assert "Pinned, so it stays though it breaks a rule: Ann Lee at Hub, Mon 22 March, 09:30–11:00." in said[0]
    assert any("Gives up what was pinned: Ann Lee at Hub" in text for text in said)
