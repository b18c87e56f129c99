"""What the window tells of publications, as lines and sentences: no widget in here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.document.publishing import open_calls, publication_diff
from app.exchange.calls import moment
from app.exchange.ledger import Diff, News, Sending, publications, sendings_of
from app.exchange.version import Version, version_line, version_of
from app.models.plan import Plan
from app.models.publication import Answer, Call, Publication, Release
from app.models.view import WeekView
from app.text import translate
from app.ui.rows import Line
from app.words.dates import clock, counted, short_day
from app.words.invitations import part_word

_SENT_FROM = (
    "weeks", "sites", "teams", "offers", "people", "attendances", "slots", "visits", "publications", "issued",
)  # fmt: skip
"""The tables that decide what is to be sent."""


def pending(plan: Plan, week_id: str) -> Diff:
    """What the next publication would send; worked out once for as long as nothing of it changes."""
    return plan.remembered(("window: pending", week_id), _SENT_FROM, lambda: publication_diff(plan, week_id))


def sent_by(plan: Plan, publication: Publication) -> Diff:
    """What a publication sent."""
    return plan.remembered(
        ("window: sent", publication.id),
        ("publications", "issued"),
        lambda: Diff(week_id=publication.week_id, number=publication.number, sendings=sendings_of(plan, publication)),
    )


def calls_open(plan: Plan, week_id: str) -> tuple[Call, ...]:
    """The calls still to make."""
    return plan.remembered(
        ("window: open calls", week_id), ("publications", "calls"), lambda: open_calls(plan, week_id)
    )


def counts(diff: Diff) -> str:
    """`3 visits, 5 files, 4 people to tell`."""
    return translate("{visits}, {files}, {people}").format(
        visits=counted(len(diff.visits), translate("visit"), translate("visits")),
        files=counted(len(diff.files), translate("file"), translate("files")),
        people=counted(len(diff.people), translate("person to tell"), translate("people to tell")),
    )


def summary(diff: Diff) -> str:
    """`Changed since version 2: 3 visits, 5 files, 4 people to tell`."""
    if diff.number == 1:
        return translate("Nobody was told yet. To publish: {counts}.").format(counts=counts(diff))
    return translate("Changed since version {number}: {counts}.").format(number=diff.number - 1, counts=counts(diff))


def news_word(news: News) -> str:
    """New, changed or cancelled, with a sign besides."""
    return {
        News.NEW: translate("+ New"), News.CHANGED: translate("✱ Changed"), News.CANCELLED: translate("✕ Cancelled"),
    }[news]  # fmt: skip


_TONES = {News.NEW: "fine", News.CHANGED: "tight", News.CANCELLED: "broken"}


def sending_heads() -> tuple[str, ...]:
    """The columns of `sending_lines`."""
    return (
        translate("What"), translate("Who"), translate("As"), translate("Told before"), translate("Now"),
        translate("How"),
    )  # fmt: skip


SENDING_WIDTHS = (14, 34, 9, 56, 56)
BEFORE = 3
"""The column of what was told before."""


def sending_lines(sendings: Sequence[Sending]) -> Iterator[Line]:
    """A line for each that somebody is told, by the time of the visits."""
    for number, one in enumerate(sendings):
        if one.silent:
            continue
        before = "" if one.before is None else moment(one.before)
        now = "" if one.news is News.CANCELLED else moment(one.said)
        if one.news is News.CHANGED and before == now:
            now = translate("{what} (details changed)").format(what=now)
        yield Line(
            key=str(number),
            cells=(
                news_word(one.news), one.name, part_word(one.recipient), before or "–", now or "–",
                translate("calendar file") if one.address else translate("no e-mail address: tell them yourself"),
            ),
            tone=_TONES[one.news],
        )  # fmt: skip


def local(week: WeekView, publication: Publication) -> Version:
    """The version of a publication, with its moment as the week's clocks showed it."""
    return version_of(week, publication)


def version_heads() -> tuple[str, ...]:
    """The columns of `version_lines`."""
    return (
        translate("Version"), translate("Published"), translate("Visits"), translate("Files"), translate("People"),
        translate("Calls"),
    )  # fmt: skip


def version_lines(plan: Plan, week: WeekView) -> Iterator[Line]:
    """A line for each publication, the newest first."""
    still = {call.id for call in calls_open(plan, week.week.id)}
    of_each: dict[str, list[Call]] = {}
    for call in plan.calls.values():
        of_each.setdefault(call.publication_id, []).append(call)
    for publication in reversed(publications(plan, week.week.id)):
        sent, at = sent_by(plan, publication), version_of(week, publication).local
        mine = of_each.get(publication.id, [])
        left = sum(1 for call in mine if call.id in still)
        told = translate("! {count} still to make").format(count=left) if left else translate("✓ all made")
        yield Line(
            key=publication.id,
            cells=(
                str(publication.number), f"{short_day(at.date())} {at.year}, {clock(at.time())}",
                str(len(sent.visits)), str(len(sent.files)), str(len(sent.people)), told,
            ),
        )  # fmt: skip


def version_title(week: WeekView, publication: Publication) -> str:
    """`Version 3, Tue 9 July 14:05, replaces 2`."""
    return version_line(version_of(week, publication))


class Tick(StrEnum):
    """How far a line of the call list has come."""

    OPEN = "open"
    TOLD = "told"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    OVERTAKEN = "overtaken"
    """Never made, and a later line stands in its place."""


def tick_of(call: Call, still: frozenset[str]) -> Tick:
    """The state of a line; `still` are the ids of those that are open."""
    if call.told_at is None:
        return Tick.OPEN if call.id in still else Tick.OVERTAKEN
    return {Answer.NONE: Tick.TOLD, Answer.CONFIRMED: Tick.CONFIRMED, Answer.DECLINED: Tick.DECLINED}[call.answer]


def tick_word(tick: Tick) -> str:
    """The state in words, with a sign besides."""
    return {
        Tick.OPEN: translate("! to tell"),
        Tick.TOLD: translate("✓ told, no answer yet"),
        Tick.CONFIRMED: translate("✓ told, confirmed"),
        Tick.DECLINED: translate("✕ told, declined"),
        Tick.OVERTAKEN: translate("– a later version says it"),
    }[tick]


_TICK_TONES = {
    Tick.OPEN: "tight", Tick.TOLD: "fine", Tick.CONFIRMED: "fine", Tick.DECLINED: "broken", Tick.OVERTAKEN: "",
}  # fmt: skip


def call_heads() -> tuple[str, ...]:
    """The columns of `call_lines`."""
    return (
        translate("State"), translate("Who"), translate("As"), translate("Reached by"), translate("Told before"),
        translate("Now"), translate("When, by whom"), translate("Version"),
    )  # fmt: skip


CALL_WIDTHS = (28, 34, 9, 34, 50, 50, 30)
CALL_BEFORE = 4
"""The column of what was told before."""
NOTHING = "–"
"""What stands where nothing was told."""


OPEN_ONLY = "open"
"""In place of a publication's id: the lines that are still open."""


def call_lines(plan: Plan, week: WeekView, only: str | None = None) -> list[Line]:
    """The call list by name and time, so that a tick moves no line; `only` one publication's, or `OPEN_ONLY`."""
    still = frozenset(call.id for call in calls_open(plan, week.week.id))
    known: Mapping[str, Publication] = {one.id: one for one in publications(plan, week.week.id)}
    found: list[tuple[tuple[object, ...], Line]] = []
    for call in plan.calls.values():
        publication = known.get(call.publication_id)
        tick = tick_of(call, still)
        if publication is None or (only == OPEN_ONLY and tick is not Tick.OPEN):
            continue
        if only not in (None, OPEN_ONLY, publication.id):
            continue
        cells = (
            tick_word(tick), call.name, part_word(call.recipient), call.contact or NOTHING, call.old or NOTHING,
            call.new or translate("cancelled"), _told(week, call), str(publication.number),
        )  # fmt: skip
        visit = plan.visits.get(call.visit_id)
        slot = plan.slots.get(visit.slot_id) if visit is not None else None
        when = (slot.day.isoformat(), slot.start.isoformat()) if slot is not None else ("", "")
        who = (call.name.casefold(), call.recipient.value, call.contact)
        order = (*who, -publication.number, *when, call.id)
        found.append((order, Line(key=call.id, cells=cells, tone=_TICK_TONES[tick], faint=tick is Tick.OVERTAKEN)))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _told(week: WeekView, call: Call) -> str:
    if call.told_at is None:
        return ""
    at = Version(at=call.told_at, time_zone=week.week.time_zone).local
    when = f"{short_day(at.date())}, {clock(at.time())}"
    return translate("{when}, {who}").format(when=when, who=call.told_by) if call.told_by else when


def calls_told(plan: Plan, week: WeekView) -> str:
    """How far the calls have come: never *done* while one is open."""
    known = {one.id for one in publications(plan, week.week.id)}
    mine = [call for call in plan.calls.values() if call.publication_id in known]
    left = calls_open(plan, week.week.id)
    if not mine:
        return ""
    if left:
        people = len({(call.recipient, call.name, call.contact) for call in left})
        return translate("Still to make: {calls} to {people}.").format(
            calls=counted(len(left), translate("call"), translate("calls")),
            people=counted(people, translate("person"), translate("people")),
        )
    unanswered = sum(1 for call in mine if call.told_at is not None and call.new and call.answer is Answer.NONE)
    if unanswered:
        return translate("Everybody was told; no answer yet to {calls}.").format(
            calls=counted(unanswered, translate("call"), translate("calls"))
        )
    return translate("Everybody was told.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelter:
    """A visitor who goes to a protected place, or to whom it was released."""

    person_id: str
    site_id: str
    released: Release | None

    @property
    def key(self) -> str:
        """What tells it from others."""
        return f"{self.person_id}:{self.site_id}"


def shelters(plan: Plan, week: WeekView) -> tuple[Shelter, ...]:
    """Every visitor and protected place of the week that meet, and every release, by visitor and place."""
    given = {
        (one.person_id, one.site_id): one
        for one in plan.releases.values()
        if one.week_id == week.week.id and one.person_id in plan.people
    }
    met = {
        (visit.person_id, week.slots[visit.slot_id].site.id)
        for visit in week.counted
        if week.slots[visit.slot_id].site.protected
    }
    pairs = sorted(
        met | given.keys(), key=lambda pair: (plan.people[pair[0]].name.casefold(), plan.sites[pair[1]].name.casefold())
    )
    return tuple(Shelter(person_id=who, site_id=site, released=given.get((who, site))) for who, site in pairs)


def shelter_lines(plan: Plan, week: WeekView) -> Iterator[Line]:
    """A line for each of `shelters`."""
    for one in shelters(plan, week):
        site = plan.sites[one.site_id]
        if one.released is None:
            shown, reason = translate("“{alias}” only").format(alias=site.alias), ""
        else:
            at = Version(at=one.released.at, time_zone=week.week.time_zone).local
            shown = translate("! name and address, since {when}").format(
                when=f"{short_day(at.date())}, {clock(at.time())}"
            )
            reason = one.released.reason
        yield Line(
            key=one.key,
            cells=(plan.people[one.person_id].name, site.name, shown, reason),
            sort=(),
        )
