"""After any edits and publications, everybody's calendar holds exactly their visits, once, at the right times."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.document.document import Document
from app.document.publishing import cancel_week, postpone_week, publication_diff, publish_edit
from app.document.visits import move, place, set_status, swap, to_tray
from app.errors import Refused
from app.exchange.calendar.said import usable
from app.exchange.ledger import publications, sendings_of
from app.exchange.published import sent_files, standing_invitations
from app.models.change import Verb
from app.models.names import fold
from app.models.view import WeekView, view
from app.models.visits import VisitStatus
from tests.builders import a_week, slot_id
from tests.document.inbox import Message, delivered, read

AT = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
PEOPLE = ("Ann", "Bob", "Cat")
ADDRESSES = ("", "ann@x.example", "bob@x.example", "pa@x.example", "jo@x.example", "kim@x.example", "no address")
HOSTS = ("Jo", "Kim", "")
picks = st.integers(0, 99)


class Publishing(RuleBasedStateMachine):
    """A PA edits and publishes as she likes; files are kept as they went out."""

    @initialize(visits=st.sets(st.tuples(st.sampled_from(PEOPLE), st.integers(0, 6)), min_size=2, max_size=8))
    def begin(self, visits: set[tuple[str, int]]) -> None:
        built = a_week()
        for name, address in zip(("Duty", "Court", "Home"), ("jo@x.example", "kim@x.example", ""), strict=True):
            built.team(name, host=name, host_email=address)
        for number in range(7):
            built.slot(f"s{number}", ("Duty", "Court", "Home")[number % 3], number % 5, f"{9 + number:02}:00", "17:00",
                       places=2)  # fmt: skip
        for name, address in zip(PEOPLE, ("ann@x.example", "bob@x.example", ""), strict=True):
            built.visitor(name, email=address, assistant_email="pa@x.example" if name == "Cat" else "")
        for name, number in sorted(visits):
            built.visit(name, f"s{number}")
        self.week_id = built.week.id
        self.document = Document.memory(built.plan())
        self.sent: list[Message] = []
        self.publish()

    @property
    def week(self) -> WeekView:
        return view(self.document.plan, self.week_id)

    def try_to(self, make: object, *arguments: object) -> None:
        try:
            self.document.do(make(self.document.plan, *arguments))  # type: ignore[operator]  # a verb
        except Refused:
            return
        self.clean = False

    def a_visit(self, pick: int) -> str:
        found = sorted(self.document.plan.visits)
        return found[pick % len(found)] if found else ""

    @rule(person=st.sampled_from(PEOPLE), slot=st.integers(0, 6))
    def place(self, person: str, slot: int) -> None:
        found = next(one for one in self.document.plan.people.values() if one.name == person)
        self.try_to(place, found.id, slot_id(f"s{slot}"))

    @precondition(lambda self: self.document.plan.visits)
    @rule(pick=picks, slot=st.integers(0, 6))
    def move(self, pick: int, slot: int) -> None:
        self.try_to(move, self.a_visit(pick), slot_id(f"s{slot}"))

    @precondition(lambda self: self.document.plan.visits)
    @rule(one=picks, other=picks)
    def swap(self, one: int, other: int) -> None:
        self.try_to(swap, self.a_visit(one), self.a_visit(other))

    @precondition(lambda self: self.document.plan.visits)
    @rule(pick=picks)
    def take_off(self, pick: int) -> None:
        self.try_to(to_tray, self.a_visit(pick))

    @precondition(lambda self: self.document.plan.visits)
    @rule(pick=picks, status=st.sampled_from(VisitStatus))
    def answer(self, pick: int, status: VisitStatus) -> None:
        self.try_to(set_status, self.a_visit(pick), status)

    @precondition(lambda self: self.document.plan.visits)
    @rule(pick=picks)
    def delete(self, pick: int) -> None:
        self.try_to(lambda plan: plan.edit(Verb.DELETE, drop=[plan.visits[self.a_visit(pick)]]))

    @rule(slot=st.integers(0, 6), host=st.sampled_from(HOSTS), address=st.sampled_from(ADDRESSES))
    def change_host(self, slot: int, host: str, address: str) -> None:
        old = self.document.plan.slots[slot_id(f"s{slot}")]
        self.try_to(lambda plan: plan.edit(Verb.CHANGE, put=[replace(old, host=host, host_email=address)]))

    @rule(slot=st.integers(0, 6), hour=st.integers(8, 12), text=st.sampled_from(("", "Duty desk", "Tea, and; cake")))
    def change_slot(self, slot: int, hour: int, text: str) -> None:
        old = self.document.plan.slots[slot_id(f"s{slot}")]
        self.try_to(lambda plan: plan.edit(Verb.CHANGE, put=[replace(old, start=dt.time(hour), activity=text)]))

    @rule(person=st.sampled_from(PEOPLE), email=st.sampled_from(ADDRESSES), needs=st.sampled_from(("", "Ramp")))
    def change_person(self, person: str, email: str, needs: str) -> None:
        old = next(one for one in self.document.plan.people.values() if one.name == person)
        self.try_to(lambda plan: plan.edit(Verb.CHANGE, put=[replace(old, email=email, needs=needs)]))

    @rule(email=st.sampled_from(("desk@x.example", "other@x.example")))
    def change_organiser(self, email: str) -> None:
        old = self.document.plan.weeks[self.week_id]
        self.try_to(lambda plan: plan.edit(Verb.SETTINGS, put=[replace(old, organiser_email=email)]))

    @rule(by=st.sampled_from((7, -7, 28)))
    def postpone(self, by: int) -> None:
        first = self.document.plan.weeks[self.week_id].first_day
        self.try_to(postpone_week, self.week_id, first + dt.timedelta(days=by))

    @rule()
    def call_off(self) -> None:
        self.try_to(cancel_week, self.week_id)

    @rule()
    def undo(self) -> None:
        try:
            self.document.undo()
        except Refused:
            return
        self.clean = False

    @rule()
    def publish(self) -> None:
        diff = publication_diff(self.document.plan, self.week_id)
        at = AT + dt.timedelta(hours=len(self.document.plan.publications))
        self.document.record(publish_edit(self.document.plan, diff, at))
        self.clean = True
        if diff.empty:
            return
        publication = publications(self.document.plan, self.week_id)[-1]
        sendings = sendings_of(self.document.plan, publication)
        assert sendings == diff.sendings
        files = sent_files(self.week, sendings, publication)
        assert len(files) == len({file.path.casefold() for file in files}) == len(diff.files)
        messages = [read(file.data) for file in files]
        for message in messages:
            # More than one higher where a publication between them told of the visit by call alone.
            assert all(message.sequence > one.sequence for one in self.sent if one.uid == message.uid)
        self.sent += messages
        assert publication_diff(self.document.plan, self.week_id).empty

    def expected(self) -> dict[str, dict[str, tuple[dt.datetime, dt.datetime]]]:
        found: dict[str, dict[str, tuple[dt.datetime, dt.datetime]]] = {}
        for visit in self.week.counted:
            slot = self.week.slots[visit.slot_id]
            times = (dt.datetime.combine(slot.day, slot.start), dt.datetime.combine(slot.day, slot.end))
            for address in (self.week.visitors[visit.person_id].invite_email, slot.host_email):
                if usable(address):
                    found.setdefault(fold(address), {})[visit.uid] = times
        return found

    @invariant()
    def every_calendar_is_right_once_published(self) -> None:
        if not getattr(self, "clean", False):
            return
        expected = self.expected()
        whole = self.sent
        for replayed in (whole, *(whole[:cut] + whole for cut in {1, len(whole) // 2, len(whole)})):
            for forgets in (False, True):
                boxes = delivered(replayed, forgets=forgets)
                assert {to: box.shown for to, box in boxes.items() if box.shown} == expected
        for cut in (1, len(whole) // 2):
            boxes = delivered(whole + whole[:cut])
            assert {to: box.shown for to, box in boxes.items() if box.shown} == expected

    @invariant()
    def an_export_of_what_stands_is_what_was_sent(self) -> None:
        if not getattr(self, "clean", False) or not self.sent:
            return
        plan = self.document.plan
        last = publications(plan, self.week_id)[-1].number
        standing = [read(file.data) for file in standing_invitations(plan, self.week, last).files if file.recipient]
        assert set(standing) <= set(self.sent)
        shown: dict[str, dict[str, tuple[dt.datetime, dt.datetime]]] = {}
        for one in standing:
            shown.setdefault(one.to, {})[one.uid] = (one.start, one.end)
        assert shown == self.expected()


MANY = int(os.environ.get("PRACTICE_WEEK_EXAMPLES", "40"))
Publishing.TestCase.settings = settings(max_examples=MANY, stateful_step_count=25, deadline=None)
TestInboxes = Publishing.TestCase
