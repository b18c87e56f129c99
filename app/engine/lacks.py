"""The smallest true reason why a visitor or a team is below its minimum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property

import numpy as np

from app.engine import rules
from app.engine.pairs import Pairs, with_pairs
from app.engine.room import Room
from app.engine.shares import Share, Sharing
from app.engine.solve.alone import most_for_team, most_for_visitor
from app.engine.solve.arena import Arena, Bools, Pair, arena
from app.models.findings import Lack, Rule, Unmet, Who
from app.models.view import Visitor, WeekSlot, WeekView

MOST_PINS = 16
"""Of so many pins at most it is tried which of them are not to blame."""

_ALL_BUT_VISITS = (
    "weeks", "sites", "roads", "teams", "offers", "people", "attendances", "slots", "availability", "wishes",
    "past_visits",
)  # fmt: skip


class Reasons:
    """The week without anybody in it, with its pins alone, and as it is: what each leaves to those who are short."""

    def __init__(self, view: WeekView) -> None:
        self._view = view
        self._pins: Pairs = frozenset((visit.person_id, visit.slot_id) for visit in view.counted if visit.pinned)
        self._empty = self._with(frozenset())
        self._pinned = self._with(self._pins)

    def of_visitor(self, person_id: str, wanted: int, got: int) -> Unmet:
        """Why this visitor has fewer visits than wanted."""
        at = self._empty.visitor_at[person_id]
        found = _Finding(Who.VISITOR, person_id, wanted, got)
        return self._visitor_alone(found, at) or self._visitor_beside_others(found, at)

    def of_team(self, team_id: str, wanted: int, got: int) -> Unmet:
        """Why this team has fewer visits than wanted."""
        here = [self._empty.slot_at[slot.id] for slot in self._view.slots.values() if slot.team.id == team_id]
        found = _Finding(Who.TEAM, team_id, wanted, got)
        return self._team_alone(found, here) or self._team_beside_others(found, here)

    # what nobody else is to blame for ---------------------------------------------------------------------------

    def _visitor_alone(self, found: _Finding, at: int) -> Unmet | None:
        held = self._empty
        if not held.slots:
            return found.unmet(Lack.NO_SLOTS)
        mine = held.open[at]
        if not mine.any():
            return found.unmet(Lack.NOTHING_OPEN, blocked=_in_the_way(self._view, [held.visitors[at]], held.slots))
        alone = most_for_visitor(held, at, found.wanted)
        if alone >= found.wanted:
            return None
        offers = len(np.unique(held.team[mine])) if self._view.week.same_team_once else int(mine.sum())
        if offers < found.wanted:
            in_the_way = _in_the_way(self._view, [held.visitors[at]], held.slots)
            return found.unmet(Lack.FEW_OPEN, alone, blocked=in_the_way, room=offers)
        free = most_for_visitor(held, at, found.wanted, own_limits=False)
        return found.unmet(Lack.OWN_LIMIT if free >= found.wanted else Lack.FEWER_ALONE, alone)

    def _team_alone(self, found: _Finding, here: list[int]) -> Unmet | None:
        held = self._empty
        if not here:
            return found.unmet(Lack.NO_SLOTS)
        mine = held.open[:, here]
        guests, slots = [one for one in held.visitors if not one.standby], [held.slots[s] for s in here]
        if not mine.any():
            return found.unmet(Lack.NOTHING_OPEN, blocked=_in_the_way(self._view, guests, slots))
        alone = most_for_team(held, here, found.wanted)
        if alone >= found.wanted:
            return None
        could = int(mine.any(axis=1).sum())
        if self._view.week.same_team_once and could < found.wanted:
            return found.unmet(Lack.FEW_OPEN, alone, blocked=_in_the_way(self._view, guests, slots), room=could)
        free = most_for_team(held, here, found.wanted, own_limits=False)
        return found.unmet(Lack.OWN_LIMIT if free >= found.wanted else Lack.FEWER_ALONE, alone)

    # what pins and others leave ---------------------------------------------------------------------------------

    def _visitor_beside_others(self, found: _Finding, at: int) -> Unmet:
        held = self._pinned
        mine, person_id = self._empty.open[at], held.visitors[at].id

        def beside(pins: Pairs) -> int:
            own = sum(person == person_id for person, _ in pins)
            return own + most_for_visitor(self._with(pins), at, found.wanted)

        if (left := beside(self._pins)) < found.wanted:
            teams = set(held.team[mine].tolist())
            blamed = self._to_blame(
                lambda v, s: v == at or self._meets(s, mine, teams), lambda pins: beside(pins) < found.wanted
            )
            return found.unmet(Lack.PINS, left, pins=blamed)
        slots = [held.slots[s].id for s in np.flatnonzero(held.open[at])]
        if any(self._room.fits(person_id, slot_id) for slot_id in slots):
            return found.unmet(Lack.NOT_PLACED)
        if (share := self._visitors_share.of(at)) is not None:
            return self._shared(found, share)
        taken = [[one.person_id for one in self._room.in_the_way(slot_id)] for slot_id in slots]
        others = {who for some in taken for who in some if who != person_id}
        clashes = [Rule.CLASH] if any(not some for some in taken) else []
        lack = Lack.CROWDED_OUT if others else Lack.OWN_VISITS
        return found.unmet(lack, blocked=clashes, names=self._named(others))

    def _team_beside_others(self, found: _Finding, here: list[int]) -> Unmet:
        held = self._pinned
        team_id = held.slots[here[0]].team.id
        could = {int(v) for v in np.flatnonzero(self._empty.open[:, here].any(axis=1))}

        def beside(pins: Pairs) -> int:
            own = sum(held.slot_at[slot] in here for _, slot in pins)
            return own + most_for_team(self._with(pins), here, found.wanted)

        if (left := beside(self._pins)) < found.wanted:
            offered = np.isin(np.arange(len(held.slots)), here)
            teams = {int(held.team[here[0]])}
            blamed = self._to_blame(
                lambda v, s: v in could or self._meets(s, offered, teams), lambda pins: beside(pins) < found.wanted
            )
            return found.unmet(Lack.PINS, left, pins=blamed)
        pairs = [(v, s) for s in here for v in np.flatnonzero(held.open[:, s]).tolist()]
        if any(self._room.fits(held.visitors[v].id, held.slots[s].id) for v, s in pairs):
            return found.unmet(Lack.NOT_PLACED)
        if (share := self._teams_share.of(int(held.team[here[0]]))) is not None:
            return self._shared(found, share, of_teams=True)
        taken = {s: self._room.in_the_way(held.slots[s].id) for s in here}
        there = {visit.person_id for visit in self._room.by_team.get(team_id, ())}
        busy = {held.visitors[v].id for v, s in pairs if not taken[s]} - there
        elsewhere = any(self._view.slots[one.slot_id].team.id != team_id for some in taken.values() for one in some)
        lack = Lack.CROWDED_OUT if busy or elsewhere else Lack.OWN_VISITS
        return found.unmet(lack, blocked=[Rule.HOST] if elsewhere else [], names=self._named(busy))

    # what the week leaves ---------------------------------------------------------------------------------------

    def _with(self, pins: Pairs) -> Arena:
        """The week with these pins alone. Nobody in it, and all pins: worked out once for all sets of visits."""
        view = self._view

        def kept(key: str) -> dict[Pairs, Arena]:
            return view.plan.remembered((key, view.week.id), _ALL_BUT_VISITS, dict)

        if pins not in (frozenset(), self._pins):
            return arena(with_pairs(view, pins))
        held = kept("beside pins" if pins else "alone")
        if pins not in held:
            held.clear()
            held[pins] = arena(with_pairs(view, pins))
        return held[pins]

    @cached_property
    def _room(self) -> Room:
        return Room(self._view)

    def _unpinned(self) -> list[Pair]:
        held = self._empty
        return [
            (held.visitor_at[visit.person_id], held.slot_at[visit.slot_id])
            for visit in self._view.counted
            if not visit.pinned
        ]

    @cached_property
    def _visitors_share(self) -> Sharing:
        return Sharing(self._pinned, of_teams=False, visits=self._unpinned())

    @cached_property
    def _teams_share(self) -> Sharing:
        return Sharing(self._pinned, of_teams=True, visits=self._unpinned())

    def _shared(self, found: _Finding, share: Share, *, of_teams: bool = False) -> Unmet:
        held, view = self._empty, self._view
        if of_teams:
            teams = list(view.teams.values())
            ids = [teams[at].id for at in share.group]
            pins = sum(int(held.team[held.slot_at[slot]]) in share.group for _, slot in self._pins)
        else:
            ids = [held.visitors[at].id for at in share.group]
            pins = sum(person in ids for person, _ in self._pins)
        return found.unmet(Lack.SHARED, names=ids, together=share.wanted + pins, room=share.room + pins)

    def _meets(self, s: int, offered: Bools, teams: set[int]) -> bool:
        """Whether a pin in this slot can take something from these slots: places, visits of a team, a host."""
        held = self._empty
        if int(held.team[s]) in teams:
            return True
        return any(s in pair and bool(offered[list(pair)].any()) for pair in held.hosts)

    def _to_blame(self, matters: Callable[[int, int], bool], short: Callable[[Pairs], bool]) -> list[tuple[str, str]]:
        """The pins without one of which there would be enough; of those that matter, as few as can be."""
        held = self._empty
        pins = sorted(pin for pin in self._pins if matters(held.visitor_at[pin[0]], held.slot_at[pin[1]]))
        if not short(frozenset(pins)):
            pins = sorted(self._pins)
        for pin in pins[:MOST_PINS]:
            rest = [one for one in pins if one != pin]
            if short(frozenset(rest)):
                pins = rest
        return pins

    def _named(self, people: Iterable[str]) -> list[str]:
        return sorted(people, key=list(self._view.visitors).index)


class _Finding:
    """Whose minimum is unmet, and by how much: what every reason has in common."""

    def __init__(self, who: Who, id_: str, wanted: int, got: int) -> None:
        self._who, self._id, self.wanted, self._got = who, id_, wanted, got

    def unmet(
        self,
        lack: Lack,
        alone: int = 0,
        *,
        blocked: Iterable[Rule] = (),
        names: Iterable[str] = (),
        pins: Iterable[tuple[str, str]] = (),
        together: int = 0,
        room: int = 0,
    ) -> Unmet:
        return Unmet(
            who=self._who, id=self._id, wanted=self.wanted, got=self._got, lack=lack, alone=alone,
            rules=tuple(blocked), names=tuple(names), pins=tuple(pins), together=together, room=room,
        )  # fmt: skip


def _in_the_way(view: WeekView, visitors: Iterable[Visitor], slots: Iterable[WeekSlot]) -> list[Rule]:
    """The rules that close these slots to these visitors, the most frequent first."""
    offered = list(slots)
    counts: Counter[Rule] = Counter()
    for visitor in visitors:
        for slot in offered:
            counts.update(rules.barred(view.week, visitor, slot))
    order = list(Rule)
    return [rule for rule, _ in sorted(counts.items(), key=lambda item: (-item[1], order.index(item[0])))]
