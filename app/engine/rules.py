"""Each hard rule once (INTERFACES.md, "Rules, exactly"), for one visitor and slot or for a pair of slots.

`check` counts what these say over a whole week; the matcher builds its model from the same functions.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from app.models.findings import Rule
from app.models.names import fold
from app.models.places import MEETS
from app.models.view import Span, Visitor, WeekSlot, WeekView, minute
from app.models.week import Week


def free(visitor: Visitor, slot: WeekSlot) -> bool:
    """Whether the visitor is free for the whole slot: inside the free rows if any, and off every busy row."""
    if visitor.free is not None:
        inside = visitor.free.get(slot.day, ())
        if not any(span.start <= slot.span.start and slot.span.end <= span.end for span in inside):
            return False
    return not any(span.overlaps(slot.span) for span in visitor.busy.get(slot.day, ()))


def rather_not(visitor: Visitor, slot: WeekSlot) -> bool:
    """Whether the slot overlaps a *rather not* time of the visitor."""
    return any(span.overlaps(slot.span) for span in visitor.rather_not.get(slot.day, ()))


def wished(visitor: Visitor, slot: WeekSlot) -> int:
    """The points of this visit (priority 2): the team's wish, else its service's, less 1 for *rather not* time."""
    return visitor.points.get(slot.team.id, 0) - (1 if rather_not(visitor, slot) else 0)


def never(visitor: Visitor, slot: WeekSlot) -> bool:
    """Whether the visitor may never see this slot's team."""
    return slot.team.id in visitor.never_teams


def cleared(visitor: Visitor, slot: WeekSlot) -> bool:
    """Whether the visitor's clearance meets what the team needs."""
    return slot.clearance_needed in MEETS[visitor.clearance]


def lunch_left(week: Week, spans: Iterable[Span]) -> int:
    """Minutes of the longest stretch of the lunch window outside all of these visits of one day."""
    window_start, window_end = minute(week.lunch_from), minute(week.lunch_to)
    longest, reached = 0, window_start
    for span in sorted(spans):
        longest = max(longest, min(span.start, window_end) - reached)
        reached = max(reached, span.end)
    return max(longest, window_end - reached, 0)


def lunch_holds(week: Week, spans: Iterable[Span]) -> bool:
    """Whether a day with these visits (at least one) leaves the week's lunch minutes. 0 minutes is no rule."""
    return week.lunch_minutes == 0 or lunch_left(week, spans) >= week.lunch_minutes


def barred(week: Week, visitor: Visitor, slot: WeekSlot) -> Iterator[Rule]:
    """The rules that forbid this visit whatever else is in the week."""
    if slot.refused:
        yield Rule.CONSENT
    if never(visitor, slot):
        yield Rule.NEVER
    if not cleared(visitor, slot):
        yield Rule.CLEARANCE
    if not free(visitor, slot):
        yield Rule.NOT_FREE
    if not lunch_holds(week, (slot.span,)):
        yield Rule.LUNCH


def open_to(week: Week, visitor: Visitor, slot: WeekSlot) -> bool:
    """Whether no rule forbids this visit by itself."""
    return next(barred(week, visitor, slot), None) is None


def clash(view: WeekView, first: WeekSlot, second: WeekSlot) -> bool:
    """Whether one visitor cannot do both: on one day, the later starts before the earlier's end and the way there.

    Of two slots that start together the one that ends first counts as the earlier; where both are equal, both
    orders overlap anyway.
    """
    if first.day != second.day:
        return False
    if (second.span, second.id) < (first.span, first.id):
        first, second = second, first
    return second.span.start < first.span.end + view.needed_gap(first.site.id, second.site.id)


def same_host(first: WeekSlot, second: WeekSlot) -> bool:
    """Whether the two slots have one host: equal e-mails, or, where either has none, the same team and name."""
    if first.host_email and second.host_email:
        return fold(first.host_email) == fold(second.host_email)
    return first.team.id == second.team.id and fold(first.host) == fold(second.host)


def host_clash(first: WeekSlot, second: WeekSlot) -> bool:
    """Whether the two slots overlap and need the same host, so that only one of them can be used."""
    return first.day == second.day and first.span.overlaps(second.span) and same_host(first, second)


def host_keys(slot: WeekSlot) -> tuple[str, ...]:
    """Texts of which two slots with one host share at least one."""
    named = f"{slot.team.id}:{fold(slot.host)}"
    return (named, fold(slot.host_email)) if slot.host_email else (named,)


def host_clashes(slots: Iterable[WeekSlot]) -> list[tuple[WeekSlot, WeekSlot]]:
    """The pairs of these slots that `host_clash`, each once, the one that starts first first."""
    by_host: dict[tuple[dt.date, str], list[WeekSlot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: (slot.span, fold(slot.name))):
        for key in host_keys(slot):
            by_host[slot.day, key].append(slot)
    found: dict[tuple[str, str], tuple[WeekSlot, WeekSlot]] = {}
    for here in by_host.values():
        for at, second in enumerate(here):
            for first in here[:at]:
                if host_clash(first, second):
                    found[first.id, second.id] = (first, second)
    return list(found.values())


def host_rivals(view: WeekView) -> tuple[tuple[str, str], ...]:
    """What `host_clashes` says of all slots of the week, as slot ids; worked out once for all sets of its visits."""
    return view.plan.remembered(
        ("host rivals", view.week.id),
        ("teams", "offers", "sites", "slots"),
        lambda: tuple((first.id, second.id) for first, second in host_clashes(view.slots.values())),
    )


def lunch_window(week: Week) -> Span:
    """The week's lunch window."""
    return Span(minute(week.lunch_from), minute(week.lunch_to))
