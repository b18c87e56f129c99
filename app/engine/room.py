"""What still fits into a week as it stands: one visitor, one slot, nothing else moved. The referee's word, at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection

from app.engine import goals, rules
from app.models.findings import Rule
from app.models.view import WeekSlot, WeekView
from app.models.visits import PROMISED, Visit


class Room:
    """The counted visits of a week by visitor, slot, team and host, to ask what fits beside them."""

    def __init__(self, view: WeekView) -> None:
        self.view = view
        self.by_person: dict[str, list[Visit]] = defaultdict(list)
        self.by_slot: dict[str, list[Visit]] = defaultdict(list)
        self.by_team: dict[str, list[Visit]] = defaultdict(list)
        self._by_host: dict[tuple[dt.date, str], list[Visit]] = defaultdict(list)
        self.told: Counter[tuple[str, str]] = Counter()
        """Whom the visits made and gone since publication concern, and how many of these."""
        self.published = view.is_published
        for visit in view.counted:
            slot = view.slots[visit.slot_id]
            self.by_person[visit.person_id].append(visit)
            self.by_slot[slot.id].append(visit)
            self.by_team[slot.team.id].append(visit)
            for key in rules.host_keys(slot):
                self._by_host[slot.day, key].append(visit)
            if self.published and visit.status not in PROMISED:
                self.told.update(concerned(visit.person_id, slot))

    def slots_of(self, person_id: str, leaving: Collection[str] = ()) -> list[WeekSlot]:
        """The slots of the visitor's visits, those of `leaving` left out."""
        return [self.view.slots[one.slot_id] for one in self.by_person.get(person_id, ()) if one.id not in leaving]

    def free_places(self, slot_id: str, leaving: Collection[str] = ()) -> int:
        """How many more visitors the slot takes; below zero where it holds too many."""
        there = sum(visit.id not in leaving for visit in self.by_slot.get(slot_id, ()))
        return self.view.slots[slot_id].places - there

    def fits(self, person_id: str, slot_id: str, leaving: Collection[str] = ()) -> bool:
        """Whether the visitor may come to the slot beside all visits but those of `leaving`, and no rule is broken."""
        slot = self.view.slots[slot_id]
        mine = self.slots_of(person_id, leaving)
        return (
            self.free_places(slot_id, leaving) > 0
            and self._comes(person_id, slot, mine)
            and self._eats(slot, [one for one in mine if one.day == slot.day])
            and self._received(slot, leaving)
        )

    def in_the_way(self, slot_id: str) -> list[Visit]:
        """The visits because of which the slot takes nobody more: its own, its team's, or its host's elsewhere."""
        slot = self.view.slots[slot_id]
        if self.free_places(slot_id) <= 0:
            return self.by_slot.get(slot_id, [])
        there = self.by_team.get(slot.team.id, [])
        if slot.team.max_visits is not None and len(there) >= slot.team.max_visits:
            return there
        today = [visit for visit in there if self.view.slots[visit.slot_id].day == slot.day]
        if slot.team.max_per_day is not None and len(today) >= slot.team.max_per_day:
            return today
        return self._at_its_host(slot)

    def _at_its_host(self, slot: WeekSlot, leaving: Collection[str] = ()) -> list[Visit]:
        """Visits that need the slot's host at the same time elsewhere."""
        near = {
            visit.id: visit
            for key in rules.host_keys(slot)
            for visit in self._by_host.get((slot.day, key), ())
            if visit.id not in leaving and visit.slot_id != slot.id
        }
        return [one for one in near.values() if rules.host_clash(self.view.slots[one.slot_id], slot)]

    def _comes(self, person_id: str, slot: WeekSlot, mine: list[WeekSlot]) -> bool:
        """Whether the visitor may and can come beside these slots, lunch aside."""
        view, visitor = self.view, self.view.visitors[person_id]
        today = [one for one in mine if one.day == slot.day]
        if visitor.max_visits is not None and len(mine) >= visitor.max_visits:
            return False
        if visitor.max_per_day is not None and len(today) >= visitor.max_per_day:
            return False
        if any(one.id == slot.id or (view.week.same_team_once and one.team.id == slot.team.id) for one in mine):
            return False
        if any(rules.clash(view, one, slot) for one in today):
            return False
        return all(rule is Rule.LUNCH for rule in rules.barred(view.week, visitor, slot))

    def _eats(self, slot: WeekSlot, today: list[WeekSlot]) -> bool:
        """Whether lunch holds that day; where others break it outside this visit it is none of its faults."""
        spans = [slot.span, *(one.span for one in today)]
        if rules.lunch_holds(self.view.week, spans):
            return True
        window = rules.lunch_window(self.view.week)
        return not slot.span.overlaps(window) and any(span.overlaps(window) for span in spans)

    def _received(self, slot: WeekSlot, leaving: Collection[str]) -> bool:
        """Whether the team still takes one more, and the host is free."""
        team = slot.team
        there = [self.view.slots[one.slot_id] for one in self.by_team.get(team.id, ()) if one.id not in leaving]
        if team.max_visits is not None and len(there) >= team.max_visits:
            return False
        if team.max_per_day is not None and sum(one.day == slot.day for one in there) >= team.max_per_day:
            return False
        return not self._at_its_host(slot, leaving)


def room(view: WeekView) -> Room:
    """What fits into the week, made once for each set of visits. Only for a week that stands so in its Plan."""
    return view.plan.remembered(
        ("room", view.week.id),
        ("weeks", "people", "attendances", "availability", "wishes", "past_visits", "roads", "visits", "slots", "teams",
         "offers", "sites"),
        lambda: Room(view),
    )  # fmt: skip


def concerned(person_id: str, slot: WeekSlot) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two people whom a visit concerns, as `goals.told` names them."""
    return ("visitor", person_id), ("host", goals.host_identity(slot))
