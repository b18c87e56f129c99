"""A repair is one edit: the upset noted, the mend adopted, promised visits moved or cancelled, all undone at once."""

from __future__ import annotations

import random

from app.document.repairing import repair_edit
from app.engine.check import problems
from app.engine.pairs import pairs_of
from app.engine.upsets import upset_week
from app.models.people import Presence
from app.models.repairs import Lost, SlotMoved
from app.models.view import view
from app.models.visits import VisitStatus
from tests.builders import Builder, a_week, day, person_id, slot_id, time, visit_id
from tests.engine.test_repair import an_upset, mended
from tests.engine.tiny import tiny_week


def a_published_week(*, pinned: bool = False) -> Builder:
    week = a_week().team("Hub", min_visits=1).slot("h1", "Hub", 0).slot("h2", "Hub", 2)
    week.visitor("Ann Lee", min_visits=1).visitor("Ben Ray")
    return week.visit("Ann Lee", "h1", status=VisitStatus.CONFIRMED, pinned=pinned)


def test_every_mend_makes_exactly_its_visits_and_undo_brings_everything_back() -> None:
    for seed in range(60):
        before = tiny_week(seed)
        upsets = an_upset(before, random.Random(seed))
        for option in mended(before, *upsets):
            edit = repair_edit(before.plan, before.week.id, upsets, option)
            after = before.plan.apply(edit)
            assert pairs_of(view(after, before.week.id)) == frozenset(option.pairs), seed
            assert after.apply(edit.inverse) == before.plan, seed
            promised = {one.id for one in before.visits if one.status in (VisitStatus.PUBLISHED, VisitStatus.CONFIRMED)}
            assert promised <= after.visits.keys(), seed


def test_a_promised_visit_that_moves_keeps_its_uid_and_its_answer_is_asked_again() -> None:
    before = a_published_week().view()
    upset = Lost(person_id=person_id("Ann Lee"), day=day(0))
    first, *_ = mended(before, upset)
    after = before.plan.apply(repair_edit(before.plan, before.week.id, [upset], first))
    visit = after.visits[visit_id("Ann Lee", "h1")]
    assert (visit.slot_id, visit.status) == (slot_id("h2"), VisitStatus.PUBLISHED)
    assert visit.uid == before.plan.visits[visit.id].uid
    (row,) = after.availability.values()
    assert (row.day, row.presence, row.start) == (day(0), Presence.BUSY, None)


def test_a_pin_stays_unless_the_mend_says_otherwise_and_then_the_visit_is_moved_or_cancelled() -> None:
    before = a_published_week(pinned=True).view()
    upset = Lost(person_id=person_id("Ann Lee"), day=day(0))
    options = mended(before, upset)
    assert ("Ann Lee", "h1") not in {(o, s) for one in options[:1] for o, s in one.gone}
    assert not options[0].dropped_pins
    dropping = [option for option in options if option.dropped_pins]
    assert dropping
    for option in dropping:
        after = view(before.plan.apply(repair_edit(before.plan, before.week.id, [upset], option)), before.week.id)
        assert problems(after).broken == ()
        assert after.plan.visits[visit_id("Ann Lee", "h1")].slot_id in {slot_id("h1"), slot_id("h2")}


def test_a_slot_that_moves_keeps_its_visits_where_they_still_hold_and_names_whom_to_tell() -> None:
    before = a_published_week().view()
    upset = SlotMoved(slot_id=slot_id("h1"), day=day(1), start=time("14:00"), end=time("15:00"))
    (option,) = mended(before, upset)
    assert (option.gone, option.new, option.told) == ((), (), ())
    assert option.retimed == ("Ann Lee", "Manager of Hub")
    after = view(before.plan.apply(repair_edit(before.plan, before.week.id, [upset], option)), before.week.id)
    assert after.slots[slot_id("h1")].day == day(1)
    assert pairs_of(after) == pairs_of(upset_week(before, [upset]))
