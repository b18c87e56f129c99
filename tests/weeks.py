"""A Hypothesis strategy for whole valid weeks with odd names, as a planning workbook can say them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from app.exchange.planning.cells import clean
from app.models.change import Entity
from app.models.names import fold, identity, tidy, visit_uid
from app.models.people import Attendance, Availability, Clearance, Kind, Liking, PastVisit, Person, Presence, Wish
from app.models.places import ONLINE_ID, SERVICES, Consent, Need, Offer, Road, Site, Slot, Team
from app.models.plan import Plan
from app.models.visits import Visit, VisitStatus
from app.models.week import DEFAULT_PRIORITIES, Subjects, Week

_ODD = (
    "=SUM(A1)", "+44 1632", "-1", "@here", "'quoted", "#REF!", "TRUE", "0123", "1e5", "2027-03-26", "09:30",
    "_x0041_", "a _x005F_ b", "<b>bold</b>", "Zoë", "نموذج", "𝒳 😀", "O'Hara; DROP TABLE", "a,b", "x" * 60, "NULL", "-",
    "é vs é", "ﬁ", "İstanbul", "ß", "nan", "inf",
)  # fmt: skip
_CHARS = st.characters(codec="utf-8")
_FREE = st.one_of(st.sampled_from(_ODD), st.text(_CHARS, max_size=12))
_LINES = _FREE.map(lambda text: tidy(clean(text)))
_TEXTS = st.one_of(_FREE, st.just("two\nlines\n\nand more")).map(clean)
_NAMES = _LINES.filter(lambda name: bool(fold(name)) and fold(name) != "online")
_DOMAIN = "council.example"
_EMAILS = st.sampled_from(["", f"ann@{_DOMAIN}", "o'hara+x@police.example", "Ü@x.example"])
_MINUTES = st.integers(0, 23 * 60 + 58)


def _names(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(_NAMES, min_size=least, max_size=most, unique_by=fold)


def _time(minutes: int) -> dt.time:
    return dt.time(minutes // 60, minutes % 60)


@st.composite
def _span(draw: st.DrawFn) -> tuple[dt.time, dt.time]:
    start = draw(_MINUTES)
    return _time(start), _time(draw(st.integers(start + 1, 24 * 60 - 1)))


@st.composite
def _wanted(draw: st.DrawFn) -> dict[str, Any]:
    low = draw(st.integers(0, 3))
    high = draw(st.none() | st.integers(low, 6))
    return {"min_visits": low, "max_visits": high, "max_per_day": draw(st.none() | st.integers(0, 3))}


@st.composite
def _weeks(draw: st.DrawFn) -> Week:
    first = draw(st.dates(dt.date(2019, 1, 1), dt.date(2030, 1, 1)))
    name = draw(_NAMES)
    starts, ends = draw(_span())
    lunch_from, lunch_to = draw(_span())
    window = lunch_to.hour * 60 + lunch_to.minute - lunch_from.hour * 60 - lunch_from.minute
    election = draw(st.none() | st.dates(dt.date(2019, 1, 1), dt.date(2030, 1, 1)))
    return Week(
        id=identity("week", name), name=name, first_day=first, last_day=first + dt.timedelta(draw(st.integers(0, 6))),
        organisation=draw(_NAMES), organiser=draw(_NAMES), organiser_email=f"desk@{_DOMAIN}",
        organiser_phone=draw(_LINES), day_starts=starts, day_ends=ends, buffer_minutes=draw(st.integers(0, 90)),
        lunch_from=lunch_from, lunch_to=lunch_to, lunch_minutes=draw(st.integers(0, window)),
        same_team_once=draw(st.booleans()),
        priorities=tuple(draw(st.lists(st.sampled_from(DEFAULT_PRIORITIES), min_size=1, unique=True))),
        marking=draw(_NAMES), subjects=draw(st.sampled_from(Subjects)), replies_wanted=draw(st.booleans()),
        pre_election_from=election,
        pre_election_to=draw(st.none() | st.just(election and election + dt.timedelta(20))),
        dress=draw(_TEXTS), photo_id=draw(st.booleans()), confidentiality_note=draw(_TEXTS), logo=draw(_LINES),
    )  # fmt: skip


@st.composite
def _places(draw: st.DrawFn, week: Week) -> list[Entity]:
    sites = []
    for name in draw(_names(1, 4)):
        protected = draw(st.booleans())
        sites.append(
            Site(
                id=identity("site", name), name=name, address=draw(_TEXTS), postcode=draw(_LINES), protected=protected,
                alias=draw(_NAMES if protected else _LINES), division=draw(_LINES), parking=draw(_TEXTS),
                arrival_notes=draw(_TEXTS),
            )
        )  # fmt: skip
    site_ids = [ONLINE_ID, *(site.id for site in sites)]
    roads = [
        Road(id=identity("road", a.name, b.name), from_id=a.id, to_id=b.id, minutes=draw(st.integers(0, 90)))
        for a in sites
        for b in sites
        if a.id != b.id and draw(st.booleans())
    ]
    extra = draw(_NAMES)
    services = [*SERVICES, {fold(one): one for one in SERVICES}.get(fold(extra), extra)]
    teams: list[Entity] = []
    for name in draw(_names(0, 4)):
        team = Team(
            id=identity("team", name), name=name, service=draw(st.sampled_from(services)),
            site_id=draw(st.sampled_from(site_ids)), host=draw(_LINES), host_email=draw(_EMAILS),
            host_phone=draw(_LINES), deputy=draw(_LINES), deputy_email=draw(_EMAILS),
            clearance_needed=draw(st.sampled_from(Need)), line=draw(_LINES), notes=draw(_TEXTS),
        )  # fmt: skip
        teams += [
            team,
            Offer(id=identity("offer", week.name, name), week_id=week.id, team_id=team.id, **draw(_wanted())),
        ]
    team_ids = [team.id for team in teams if isinstance(team, Team)]
    slots = []
    for name in draw(_names(0, 6)) if team_ids else []:
        start, end = draw(_span())
        slots.append(
            Slot(
                id=identity("slot", week.name, name), week_id=week.id, name=name,
                team_id=draw(st.sampled_from(team_ids)), day=draw(st.sampled_from(week.days)), start=start, end=end,
                places=draw(st.integers(1, 4)), activity=draw(_TEXTS), purpose=draw(_TEXTS),
                site_id=draw(st.none() | st.sampled_from(site_ids)), host=draw(_LINES), host_email=draw(_EMAILS),
                consent=draw(st.sampled_from(Consent)), consent_by=draw(st.none() | st.sampled_from(week.days)),
            )
        )  # fmt: skip
    return [*sites, *roads, *teams, *slots]


@st.composite
def _people(draw: st.DrawFn, week: Week, places: list[Entity]) -> list[Entity]:
    site_ids = [ONLINE_ID, *(one.id for one in places if isinstance(one, Site))]
    found: list[Entity] = []
    for name in draw(_names(0, 4)):
        person = Person(
            id=identity("person", name), name=name, role=draw(_LINES), organisation=draw(_LINES),
            kind=draw(st.none() | st.sampled_from(Kind)), email=draw(_EMAILS), assistant=draw(_LINES),
            assistant_email=draw(_EMAILS), clearance=draw(st.sampled_from(Clearance)),
            base_id=draw(st.none() | st.sampled_from(site_ids)), division=draw(_LINES), needs=draw(_TEXTS),
        )  # fmt: skip
        found.append(person)
        found.append(
            Attendance(
                id=identity("attendance", week.name, name), week_id=week.id, person_id=person.id,
                standby=draw(st.booleans()), **draw(_wanted()),
            )
        )  # fmt: skip
        found += draw(_sayings(week, person, places))
    return found


@st.composite
def _sayings(draw: st.DrawFn, week: Week, person: Person, places: list[Entity]) -> list[Entity]:
    """What one visitor says: availability, wishes, past visits; and where they are placed."""
    found: dict[str, Entity] = {}
    near = [week.first_day - dt.timedelta(1), *week.days]
    for day in draw(st.lists(st.sampled_from(near), max_size=3)):
        span = draw(st.none() | _span())
        start, end = span or (None, None)
        presence = draw(st.sampled_from(Presence))
        times = f"{span[0]:%H:%M}-{span[1]:%H:%M}" if span else ""
        key = identity("availability", week.name, person.name, str(day), times, presence)
        found[key] = Availability(
            id=key, week_id=week.id, person_id=person.id, day=day, start=start, end=end, presence=presence
        )
    teams = [one for one in places if isinstance(one, Team)]
    known = [*SERVICES, *(team.service for team in teams)]
    for team in draw(st.lists(st.sampled_from(teams), unique=True, max_size=2)) if teams else []:
        key = identity("wish", week.name, person.name, "team", team.name)
        found[key] = Wish(
            id=key, week_id=week.id, person_id=person.id, team_id=team.id, liking=draw(st.sampled_from(Liking)),
            reason=draw(_TEXTS),
        )  # fmt: skip
    for service in draw(st.lists(st.sampled_from(known), unique_by=fold, max_size=2)):
        key = identity("wish", week.name, person.name, "service", service)
        found[key] = Wish(
            id=key, week_id=week.id, person_id=person.id, service=service, liking=draw(st.sampled_from(Liking)),
            reason=draw(_TEXTS),
        )  # fmt: skip
    by_name = {fold(team.name): team for team in teams}
    names = st.one_of(_NAMES, *([st.sampled_from([team.name for team in teams])] if teams else []))
    for name in draw(st.lists(names, unique_by=fold, max_size=2)):
        seen = by_name.get(fold(name))
        on = draw(st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)))
        key = identity("past", week.name, person.name, name, on.isoformat() if on else "")
        found[key] = PastVisit(
            id=key, week_id=week.id, person_id=person.id, team_id=seen.id if seen else None,
            team_name=seen.name if seen else name, day=on,
        )  # fmt: skip
    slots = [one for one in places if isinstance(one, Slot)]
    for slot in draw(st.lists(st.sampled_from(slots), unique=True, max_size=3)) if slots else []:
        uid = visit_uid(week.name, person.name, slot.name, _DOMAIN)
        found[uid] = Visit(
            id=identity("visit", uid), week_id=week.id, person_id=person.id, slot_id=slot.id,
            pinned=draw(st.booleans()), status=draw(st.sampled_from(VisitStatus)), permitted=draw(_TEXTS), uid=uid,
        )  # fmt: skip
    return list(found.values())


@st.composite
def weeks(draw: st.DrawFn) -> Plan:
    """A Plan of one valid week: every kind of row, odd names, texts that look like formulas, dates or errors."""
    week = draw(_weeks())
    places = draw(_places(week))
    return Plan.of([week, *places, *draw(_people(week, places))])
