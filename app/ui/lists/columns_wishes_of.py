"""The wishes of one visitor as a list of every service and team: each has a wish or none, chosen in its row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.document.visits import named
from app.exchange.planning import cells
from app.exchange.planning.vocabulary import WISHES
from app.models.change import Edit, Verb
from app.models.names import fold
from app.models.people import Liking, Wish
from app.models.view import WeekView
from app.text import translate
from app.ui.lists import checks, headings, names
from app.ui.lists.column import Column, Editor, Listing, Row, Value, shown, word
from app.ui.lists.rows import Pairs, as_given, fresh_id, never_shared

_TEAM, _SERVICE = "team ", "service "


def wishes_of(person_id: str) -> Listing:
    """The list of that visitor's wishes."""
    return Listing(
        id="wishes-of", sheet=WISHES, table="wishes", columns=lambda _view: _COLUMNS,
        rows=lambda view: _rows(view, person_id), known=as_given, unique=never_shared, check=checks.nothing,
        save=lambda view, pairs, verb: _save(view, person_id, pairs, verb), gone=lambda _view, _row: (),
        depends=("teams", "offers", "wishes"),
    )  # fmt: skip


def _rows(view: WeekView, person_id: str) -> Iterable[Row]:
    by_team: dict[str, Wish] = {}
    by_service: dict[str, Wish] = {}
    for one in view.plan.wishes.values():
        if one.week_id == view.week.id and one.person_id == person_id:
            if one.team_id:
                by_team[one.team_id] = one
            else:
                by_service[fold(one.service)] = one
    for service in names.services(view):
        wish = by_service.get(fold(service))
        yield Row(_SERVICE + service, (wish,) if wish else ())
        for team in view.teams.values():
            if fold(team.service) == fold(service):
                wish = by_team.get(team.id)
                yield Row(_TEAM + team.id, (wish,) if wish else ())


def _wish(row: Row) -> Wish | None:
    return next((part for part in row.parts if isinstance(part, Wish)), None)


def _name(view: WeekView, row: Row) -> Value:
    if row.key.startswith(_SERVICE):
        return translate("Every team of {service}").format(service=row.key.removeprefix(_SERVICE))
    return "    " + names.name_of(view, "teams", row.key.removeprefix(_TEAM))


def _read_liking(_view: WeekView, row: Row) -> Value:
    wish = _wish(row)
    return wish.liking if wish else None


def _read_reason(_view: WeekView, row: Row) -> Value:
    wish = _wish(row)
    return wish.reason if wish else ""


def _put_liking(view: WeekView, row: Row, value: Value) -> Row:
    if not isinstance(value, Liking):
        return Row(row.key, ())
    own = _wish(row) or _fresh(view, row, value)
    return Row(row.key, (replace(own, liking=value),))


def _put_reason(view: WeekView, row: Row, value: Value) -> Row:
    text = value if isinstance(value, str) else ""
    own = _wish(row)
    if own is None and not text:
        return row
    return Row(row.key, (replace(own or _fresh(view, row, Liking.LIKE), reason=text),))


def _fresh(view: WeekView, row: Row, liking: Liking) -> Wish:
    team = row.key.removeprefix(_TEAM) if row.key.startswith(_TEAM) else None
    service = "" if team else row.key.removeprefix(_SERVICE)
    return Wish(id="", week_id=view.week.id, person_id="", team_id=team, service=service, liking=liking)


def _save(view: WeekView, person_id: str, pairs: Pairs, verb: Verb) -> Edit:
    put: list[Wish] = []
    drop: list[Wish] = []
    taken: set[str] = set()
    name = view.plan.people[person_id].name
    for before, after in pairs:
        old, new = _wish(before) if before else None, _wish(after)
        if new is None:
            drop += [old] if old else []
        elif new.id:
            put.append(new)
        else:
            kind = "team" if new.team_id else "service"
            wanted = names.name_of(view, "teams", new.team_id) if new.team_id else new.service
            found = fresh_id(view, taken, Wish, "wish", view.week.name, name, kind, wanted)
            put.append(replace(new, id=found, person_id=person_id))
    edit = view.plan.edit(verb, put=put, drop=drop, week_id=view.week.id)
    return named(edit, {"kind": "wishes", "name": name, "count": str(len(pairs))})


_COLUMNS = (
    Column(
        name="For", title="", editor=Editor.LINE, width=34, editable=False, read=_name,
        parse=lambda _view, text: text, put=lambda _view, row, _value: row, say=lambda _view, value: shown(value),
    ),
    Column(
        name="Wish", editor=Editor.WORD, width=14, read=_read_liking, put=_put_liking,
        parse=lambda _view, text: word(text, Liking), say=lambda _view, value: shown(value),
        choices=lambda _view: tuple(headings.word(one) for one in Liking),
    ),
    Column(
        name="Reason", editor=Editor.TEXT, width=30, read=_read_reason, put=_put_reason, default="",
        parse=lambda _view, text: cells.long_text(text), say=lambda _view, value: shown(value),
    ),
)  # fmt: skip
