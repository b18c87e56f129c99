"""Names of sites, teams, visitors and slots in cells: chosen from a list, looked up, and told when unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from app.exchange.planning import cells
from app.exchange.planning.cells import BadCellError
from app.exchange.planning.vocabulary import SITES, SLOTS, TEAMS, VISITORS
from app.models.faults import Trouble
from app.models.names import fold
from app.models.places import ONLINE, ONLINE_ID, SERVICES
from app.models.view import WeekView
from app.words.labels import slot_label

TABLES: dict[str, str] = {
    "site_id": "sites", "base_id": "sites", "from_id": "sites", "to_id": "sites", "team_id": "teams",
    "person_id": "people", "slot_id": "slots",
}  # fmt: skip
"""The fields that point at something, and the table they point at."""

_SHEETS = {"sites": SITES, "teams": TEAMS, "people": VISITORS, "slots": SLOTS}


def reference(column: str, table: str) -> dict[str, Any]:
    """How a column that points at a table is read, said and chosen from."""
    del column

    def parse(view: WeekView, text: str) -> str:
        return find(view, table, text)

    def say(view: WeekView, value: Any) -> str:
        return name_of(view, table, value) if value else ""

    return {"parse": parse, "say": say, "choices": choices(table), "default": None, "closed": True}


def by_id(view: WeekView, table: str) -> Mapping[str, str]:
    """The names that can be chosen, by id, in the order of a list."""

    def sites() -> dict[str, str]:
        found = sorted(view.plan.sites.values(), key=lambda site: fold(site.name))
        return {**{site.id: site.name for site in found}, ONLINE_ID: ONLINE.name}

    plan, week = view.plan, view.week.id
    if table == "sites":
        return plan.remembered("site names", ("sites",), sites)
    if table == "teams":
        tables: tuple[str, ...] = ("teams", "offers", "sites")
        return plan.remembered(("team names", week), tables, lambda: {one.id: one.name for one in view.teams.values()})
    if table == "people":
        tables = ("people", "attendances")
        return plan.remembered(
            ("visitor names", week), tables, lambda: {one.id: one.name for one in view.visitors.values()}
        )
    return plan.remembered(
        ("slot names", week), ("slots", "teams", "offers", "sites"),
        lambda: {one.id: one.name for one in view.slots.values()},
    )  # fmt: skip


def choices(table: str) -> Callable[[WeekView], tuple[str, ...]]:
    """The names that can be chosen."""
    return lambda view: tuple(by_id(view, table).values())


def name_of(view: WeekView, table: str, found: str) -> str:
    """The name of something, also of what takes no part in this week."""
    name = by_id(view, table).get(found)
    if name is not None:
        return name
    entity: Any = view.plan.table(table).get(found)
    return entity.name if entity is not None else ""


def find(view: WeekView, table: str, text: str) -> str:
    """The id of that name. Raises BadCellError(UNKNOWN_NAME), with the nearest name where one is near."""
    named = cells.line_text(text)
    folded = folded_names(view, table)
    found = folded.get(fold(named))
    if found is None:
        near = get_close_matches(fold(named), list(folded), n=1, cutoff=0.75) if len(folded) <= 1000 else []
        nearest = name_of(view, table, folded[near[0]]) if near else ""
        raise BadCellError(Trouble.UNKNOWN_NAME, text=named, list=_SHEETS[table], near=nearest)
    return found


def folded_names(view: WeekView, table: str) -> Mapping[str, str]:
    """The ids that can be chosen, by folded name."""
    held = by_id(view, table)
    return view.plan.remembered(
        ("folded names", table, view.week.id),
        ("sites", "teams", "offers", "people", "attendances", "slots"),
        lambda: {fold(name): found for found, name in held.items()},
    )


def slot_choices(view: WeekView) -> tuple[str, ...]:
    """The slots that can be chosen, each with what it stands for: `S012, MASH, Tue 9 July, 10:00–12:00`."""
    return tuple(_slots_told(view))


def slot(view: WeekView, text: str) -> str:
    """The id of the slot of that name, also where it is written with what it stands for. Raises BadCellError."""
    return _slots_told(view).get(text.strip()) or find(view, "slots", text)


def _slots_told(view: WeekView) -> Mapping[str, str]:
    return view.plan.remembered(
        ("slots told", view.week.id), ("slots", "teams", "offers", "sites"),
        lambda: {f"{one.name}, {slot_label(one)}": one.id for one in view.slots.values()},
    )  # fmt: skip


def services(view: WeekView) -> tuple[str, ...]:
    """The services that there are: the four that every directorate has, then those that teams name."""
    found = {fold(name): name for name in SERVICES}
    for team in view.teams.values():
        found.setdefault(fold(team.service), team.service)
    return tuple(found.values())


def service(view: WeekView, text: str) -> str:
    """The service in the spelling that is used already; a new one as it is written."""
    named = cells.line_text(text)
    return next((one for one in services(view) if fold(one) == fold(named)), named)


def known_service(view: WeekView, text: str) -> str:
    """As `service`, but only one that there is. Raises BadCellError(UNKNOWN_SERVICE)."""
    found = service(view, text)
    if found not in services(view):
        raise BadCellError(Trouble.UNKNOWN_SERVICE, text=found, words=services(view))
    return found
