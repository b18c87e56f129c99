"""The lists of places and of what is offered: sites, the roads between them, teams, slots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from app.document import lists
from app.document.visits import named
from app.exchange.planning import cells
from app.exchange.planning.vocabulary import SITES, SLOTS, TEAMS, TRAVEL
from app.models.change import Edit, Entity, Verb
from app.models.faults import Trouble
from app.models.names import fold
from app.models.places import ONLINE, Offer, Road, Site, Slot, Team
from app.models.view import WeekView
from app.text import translate
from app.ui.lists import checks, names
from app.ui.lists.column import Column, Editor, Listing, Row, Value, of_sheet, shown
from app.ui.lists.rows import Pairs, as_given, fresh_id, never_shared, save, whole

_SITE_COLUMNS = of_sheet(SITES)


def _site_rows(view: WeekView) -> Iterable[Row]:
    return (Row(one.id, (one,)) for one in sites_by_name(view))


def sites_by_name(view: WeekView) -> tuple[Site, ...]:
    """Every site of the database, `online` left out."""
    return view.plan.remembered(
        "sites by name", ("sites",),
        lambda: tuple(sorted(view.plan.sites.values(), key=lambda site: (fold(site.name), site.id))),
    )  # fmt: skip


def _keyed_site(view: WeekView, row: Row, taken: set[str]) -> Row:
    one = row.part(Site)
    found = fresh_id(view, taken, Site, "site", one.name)
    return Row(found, (replace(one, id=found),))


SITE_LIST = Listing(
    id="sites", sheet=SITES, table="sites", columns=lambda _view: _SITE_COLUMNS, rows=_site_rows,
    fresh=lambda _view: Row("", (Site(id="", name=""),)), keyed=_keyed_site, known=as_given, unique=never_shared,
    check=checks.site, save=save, gone=whole, depends=(),
)  # fmt: skip


_ROAD_COLUMNS = of_sheet(TRAVEL, minutes={"parse": lambda _view, text: cells.count(text)})


def _road_rows(view: WeekView) -> Iterable[Row]:
    say = names.by_id(view, "sites")
    roads = sorted(view.plan.roads.values(), key=lambda one: (fold(say[one.from_id]), fold(say[one.to_id])))
    return (Row(one.id, (one,)) for one in roads)


def _keyed_road(view: WeekView, row: Row, taken: set[str]) -> Row:
    one = row.part(Road)
    ends = (names.name_of(view, "sites", one.from_id), names.name_of(view, "sites", one.to_id))
    found = fresh_id(view, taken, Road, "road", *ends)
    return Row(found, (replace(one, id=found),))


def _same_road(row: Row) -> tuple[object, ...]:
    one = row.part(Road)
    return one.from_id, one.to_id


ROAD_LIST = Listing(
    id="roads", sheet=TRAVEL, table="roads", columns=lambda _view: _ROAD_COLUMNS, rows=_road_rows,
    fresh=lambda _view: Row("", (Road(id="", from_id="", to_id="", minutes=0),)), keyed=_keyed_road, known=as_given,
    unique=_same_road, check=checks.road, save=save, gone=whole, depends=("sites",),
)  # fmt: skip


def _grid_columns(view: WeekView) -> tuple[Column, ...]:
    """From, then a column for each site."""
    sites = sites_by_name(view)
    first = Column(
        name="From", editor=Editor.LINE, width=26, editable=False, read=lambda _view, row: row.part(Site).name,
        parse=lambda _view, text: text, put=lambda _view, row, _value: row, say=lambda _view, value: shown(value),
    )  # fmt: skip
    return (first, *(_minutes_to(site) for site in sites))


def _minutes_to(site: Site) -> Column:
    """The minutes to one site: given, or, faintly, those of the way back."""

    def road(view: WeekView, row: Row) -> Road | None:
        return _given(view).get((row.key, site.id))

    def read(view: WeekView, row: Row) -> Value:
        own = next((one for one in row.parts if isinstance(one, Road) and one.to_id == site.id), None)
        found = own or road(view, row)
        return None if found is None or found.minutes < 0 else found.minutes

    def hint(view: WeekView, row: Row) -> str:
        if row.key == site.id:
            return "–"
        back = _given(view).get((site.id, row.key))
        return str(back.minutes) if back else ""

    def put(view: WeekView, row: Row, value: Value) -> Row:
        if row.key == site.id and not value:
            return row
        if row.key == site.id:
            raise checks.BadRowError("Minutes", Trouble.ROAD_SAME_SITE, number=value)
        given = road(view, row) or Road(id="", from_id=row.key, to_id=site.id, minutes=0)
        minutes = value if isinstance(value, int) else -1  # -1: to be taken away
        others = tuple(one for one in row.parts if not (isinstance(one, Road) and one.to_id == site.id))
        return Row(row.key, (*others, replace(given, minutes=minutes)))

    return Column(
        name=site.id, title=site.name, editor=Editor.COUNT, width=12, read=read, hint=hint, put=put,
        parse=lambda _view, text: cells.count(text), say=lambda _view, value: shown(value),
    )  # fmt: skip


def _given(view: WeekView) -> dict[tuple[str, str], Road]:
    return view.plan.remembered(
        "roads given", ("roads",), lambda: {(one.from_id, one.to_id): one for one in view.plan.roads.values()}
    )


def _save_grid(view: WeekView, pairs: Pairs, verb: Verb) -> Edit:
    """Minutes typed make or change a road; minutes taken away delete it."""
    put: list[Road] = []
    drop: list[Road] = []
    taken: set[str] = set()
    for _, after in pairs:
        for road in after.parts:
            if not isinstance(road, Road):
                continue
            if road.minutes < 0:
                drop += [road] if road.id else []
            elif road.id:
                put.append(road)
            else:
                put.append(_keyed_road(view, Row("", (road,)), taken).part(Road))
    gone = [view.plan.roads[road.id] for road in drop]
    facts = lists.change(view.plan, *put, verb=verb).facts if put else lists.delete(view.plan, *gone).facts
    return named(view.plan.edit(verb, put=put, drop=gone), dict(facts))


TRAVEL_GRID = Listing(
    id="travel", sheet=TRAVEL, table="roads", columns=_grid_columns, rows=_site_rows, known=as_given,
    unique=never_shared, check=checks.nothing, save=_save_grid, gone=lambda _view, _row: (),
    depends=("sites", "roads"),
)  # fmt: skip


def _no_limit(_view: WeekView, _row: Row) -> str:
    return translate("no limit")


_TEAM_COLUMNS = of_sheet(
    TEAMS,
    service={"parse": names.service, "choices": names.services, "editor": Editor.NAME, "completes": True},
    max_visits={"hint": _no_limit},
    max_per_day={"hint": _no_limit},
)


def _team_rows(view: WeekView) -> Iterable[Row]:
    return (Row(one.id, (one.team, one.offer)) for one in view.teams.values())


def _fresh_team(view: WeekView) -> Row:
    team = Team(id="", name="", service="", site_id="")
    return Row("", (team, Offer(id="", week_id=view.week.id, team_id="")))


def _known_team(view: WeekView, row: Row) -> Row:
    """A team that another week knows already begins with what is known."""
    wanted = fold(row.part(Team).name)
    known = next((one for one in view.plan.teams.values() if fold(one.name) == wanted), None)
    return row if known is None or known.id in view.teams else row.with_part(known)


def _keyed_team(view: WeekView, row: Row, taken: set[str]) -> Row:
    team = row.part(Team)
    if not team.id:
        team = replace(team, id=fresh_id(view, taken, Team, "team", team.name))
    offer = replace(
        row.part(Offer), team_id=team.id, id=fresh_id(view, taken, Offer, "offer", view.week.name, team.name)
    )
    return Row(team.id, (team, offer))


def _gone_team(view: WeekView, row: Row) -> tuple[Entity, ...]:
    """A team that another week needs leaves only this week."""
    mine = row.part(Offer)
    if any(one.team_id == row.key and one.id != mine.id for one in view.plan.offers.values()):
        return (mine,)
    return (row.part(Team),)


TEAM_LIST = Listing(
    id="teams", sheet=TEAMS, table="teams", columns=lambda _view: _TEAM_COLUMNS, rows=_team_rows, fresh=_fresh_team,
    keyed=_keyed_team, known=_known_team, unique=never_shared, check=checks.counts, save=save, gone=_gone_team,
    depends=("sites",),
)  # fmt: skip


def _team_of(view: WeekView, row: Row) -> Team | None:
    return view.plan.teams.get(row.part(Slot).team_id)


def _teams_site(view: WeekView, row: Row) -> str:
    team = _team_of(view, row)
    if team is None:
        return ""
    site = view.site(team.site_id) or ONLINE
    return site.name


def _teams_host(view: WeekView, row: Row) -> str:
    team = _team_of(view, row)
    return team.host if team else ""


def _teams_email(view: WeekView, row: Row) -> str:
    team = _team_of(view, row)
    return team.host_email if team and not row.part(Slot).host else ""


def _days(view: WeekView) -> tuple[str, ...]:
    return tuple(shown(day) for day in view.week.days)


_SLOT_COLUMNS = of_sheet(
    SLOTS,
    day={"choices": _days},
    places={"parse": lambda _view, text: cells.count(text, least=1)},
    site_id={"hint": _teams_site},
    host={"hint": _teams_host},
    host_email={"hint": _teams_email},
)


def _slot_rows(view: WeekView) -> Iterable[Row]:
    return (Row(one.id, (one.slot,)) for one in view.slots.values())


def _fresh_slot(view: WeekView) -> Row:
    """The next free slot name on the first day: what is seldom typed is filled in."""
    taken = {fold(one.name) for one in view.slots.values()}
    last = max(view.slots.values(), key=lambda one: (len(one.name), fold(one.name)), default=None)
    name = lists.next_name(last.name if last else "S00", taken)
    slot = Slot(
        id="", week_id=view.week.id, name=name, team_id="", day=view.week.first_day,
        start=dt.time(9, 30), end=dt.time(11),
    )  # fmt: skip
    return Row("", (slot,))


def _keyed_slot(view: WeekView, row: Row, taken: set[str]) -> Row:
    one = row.part(Slot)
    found = fresh_id(view, taken, Slot, "slot", view.week.name, one.name)
    return Row(found, (replace(one, id=found),))


SLOT_LIST = Listing(
    id="slots", sheet=SLOTS, table="slots", columns=lambda _view: _SLOT_COLUMNS, rows=_slot_rows, fresh=_fresh_slot,
    keyed=_keyed_slot, known=as_given, unique=never_shared, check=checks.slot, save=save, gone=whole,
    depends=("sites", "teams", "offers"),
)  # fmt: skip
