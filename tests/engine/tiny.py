"""Tiny random weeks with every oddity a week can have, and all their rule-abiding plans by plain enumeration."""

from __future__ import annotations

import random
from collections.abc import Iterator

from app.engine import goals
from app.engine.pairs import Pairs, faults, pairs_of, with_pairs
from app.models.people import Clearance, Liking, Presence
from app.models.places import Consent, Need
from app.models.view import WeekView
from app.models.visits import VisitStatus
from app.models.week import MOST_IS_BEST, Priority
from tests.builders import Builder

TIMES = (
    ("09:00", "10:00"), ("09:30", "11:00"), ("10:00", "11:30"), ("11:00", "12:20"), ("11:30", "12:40"),
    ("12:00", "12:30"), ("12:45", "13:10"), ("12:50", "13:35"), ("13:20", "14:30"), ("14:00", "15:00"),
    ("15:30", "17:00"), ("19:00", "20:30"),
)  # fmt: skip
SITES = ("Town Hall", "North Hub", "South Hub", "online")
SERVICES = ("Social care", "Education", "Early help")


def tiny_week(seed: int) -> WeekView:
    """A week of at most four visitors and six slots."""
    lots = random.Random(seed)
    days = lots.choice((1, 2, 2, 5))
    roomy = seed % 3 > 0  # two weeks of three leave people room, so that there is much to choose from
    build = Builder(
        same_team_once=lots.random() < 0.6, buffer_minutes=lots.choice((0, 10, 30)),
        lunch_minutes=lots.choice((0, 30, 30, 45)),
    )  # fmt: skip
    for site in SITES[:3]:
        build.site(site)
    for start in SITES[:3]:
        for end in SITES[:3]:
            if start != end and lots.random() < 0.7:  # a road each way, neither symmetric nor by any triangle
                build.road(start, end, lots.choice((0, 5, 15, 40, 90)))
    teams = [f"Team {name}" for name in "ABCD"[: lots.randint(1, 4)]]
    shared = {"host": "Duty manager", "host_email": lots.choice(("", "duty@council.example"))}
    for team in teams:
        least = lots.choice((0, 0, 1, 1, 2, 3))
        build.team(
            team, lots.choice(SERVICES), lots.choice(SITES), min_visits=least,
            max_visits=lots.choice((None, None, max(least, lots.randint(1, 4)))),
            max_per_day=lots.choice((None, None, 1, 2)),
            clearance_needed=Need.NONE if roomy else lots.choice((Need.NONE, Need.ACCOMPANY, Need.CONFIRMED)),
            **(shared if lots.random() < 0.4 else {}),
        )  # fmt: skip
    slots = [f"s-{number}" for number in range(lots.choice((4, 5, 6, 6) if roomy else (0, 2, 4, 5, 6)))]
    for slot in slots:
        start, end = lots.choice(TIMES)
        more = {"host": "", "host_email": ""} if lots.random() < 0.5 else {"host": lots.choice(("X", "Y"))}
        build.slot(
            slot, lots.choice(teams), lots.randrange(days), start, end, places=lots.choice((1, 1, 2, 3)),
            consent=lots.choice((Consent.NOT_NEEDED, Consent.TO_ASK, Consent.GIVEN, Consent.REFUSED))
            if lots.random() < 0.2 else Consent.NOT_NEEDED,
            **({"site_id": lots.choice(SITES)} if lots.random() < 0.2 else {}), **more,
        )  # fmt: skip
    visitors = [f"Visitor {name}" for name in "PQRS"[: lots.choice((2, 3, 3, 4) if roomy else (0, 1, 2, 3))]]
    for visitor in visitors:
        _visitor(build, lots, visitor, teams, days, roomy=roomy)
    published = lots.random() < 0.35
    for visitor in visitors:
        for slot in slots:
            if lots.random() < (0.1 if roomy else 0.2):
                build.visit(
                    visitor, slot, pinned=lots.random() < 0.5,
                    status=lots.choice(list(VisitStatus)) if published else VisitStatus.PROPOSED,
                )  # fmt: skip
    return build.view()


def _visitor(build: Builder, lots: random.Random, visitor: str, teams: list[str], days: int, *, roomy: bool) -> None:
    least = lots.choice((0, 1, 1, 2, 3))
    build.visitor(
        visitor, min_visits=least, max_visits=lots.choice((None, max(1, least), max(2, least))),
        max_per_day=lots.choice((None, 1, 2)), standby=lots.random() < 0.12,
        base=lots.choice((None, *SITES)), clearance=lots.choice((*Clearance, Clearance.CONFIRMED)),
    )  # fmt: skip
    for on in range(days):
        if lots.random() < (0.12 if roomy else 0.35):
            start, end = lots.choice((("08:00", "12:00"), ("11:00", "15:00"), ("09:00", "18:00"), (None, None)))
            build.available(visitor, lots.choice(list(Presence)), on, start, end)
    for team in teams:
        if lots.random() < 0.4:
            build.wish(visitor, lots.choice(list(Liking)), team=team)
        if lots.random() < 0.25:
            build.seen(visitor, team)
    if lots.random() < 0.3:
        build.wish(visitor, lots.choice(list(Liking)), service=lots.choice(SERVICES))


def plans(view: WeekView) -> Iterator[Pairs]:
    """Every plan that keeps the pins, sends nobody on standby, and breaks no rule but by pins alone."""
    pins = frozenset((visit.person_id, visit.slot_id) for visit in view.counted if visit.pinned)
    free = [
        (visitor.id, slot.id)
        for visitor in view.visitors.values()
        for slot in view.slots.values()
        if not visitor.standby and (visitor.id, slot.id) not in pins and sound(view, pins | {(visitor.id, slot.id)})
    ]

    def extend(at: int, chosen: Pairs) -> Iterator[Pairs]:
        yield chosen
        for place in range(at, len(free)):
            more = chosen | {free[place]}
            if sound(view, more):  # whatever a visit breaks stays broken with further visits
                yield from extend(place + 1, more)

    yield from extend(0, pins)


def sound(view: WeekView, pairs: Pairs) -> bool:
    """Whether the referee finds nothing wrong but what pins do by themselves."""
    return not faults(with_pairs(view, pairs))


def best_key(view: WeekView, order: tuple[Priority, ...], most: int = 30_000) -> tuple[int, ...] | None:
    """The best values in turn over all plans, as costs; None where there are too many plans."""
    best: tuple[int, ...] | None = None
    for number, pairs in enumerate(plans(view)):
        if number > most:
            return None
        key = cost(view, pairs, order)
        best = key if best is None or key < best else best
    return best


def cost(view: WeekView, pairs: Pairs, order: tuple[Priority, ...]) -> tuple[int, ...]:
    """The values of a plan, all so that less is better."""
    values = goals.values(with_pairs(view, pairs), view)
    return tuple(-values[one] if one in MOST_IS_BEST else values[one] for one in order)


__all__ = ["best_key", "cost", "pairs_of", "plans", "sound", "tiny_week"]
