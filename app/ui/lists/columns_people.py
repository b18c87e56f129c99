"""The lists of people: visitors, when they can, what they wish for, where they have been."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.exchange.planning import cells
from app.exchange.planning.vocabulary import AVAILABILITY, PAST_VISITS, VISITORS, WISHES
from app.models.change import Entity
from app.models.names import fold
from app.models.people import Attendance, Availability, Liking, PastVisit, Person, Presence, Wish
from app.models.view import WeekView
from app.text import translate
from app.ui.lists import checks, names
from app.ui.lists.column import Editor, Listing, Row, Value, of_sheet
from app.ui.lists.rows import as_given, fresh_id, never_shared, save, whole


def _no_limit(_view: WeekView, _row: Row) -> str:
    return translate("no limit")


def _email_hint(_view: WeekView, row: Row) -> str:
    return row.part(Person).assistant_email


_VISITOR_COLUMNS = of_sheet(
    VISITORS,
    max_visits={"hint": _no_limit},
    max_per_day={"hint": _no_limit},
    email={"hint": _email_hint},
)


def _visitor_rows(view: WeekView) -> Iterable[Row]:
    return (Row(one.id, (one.person, one.attendance)) for one in view.visitors.values())


def _fresh_visitor(view: WeekView) -> Row:
    return Row("", (Person(id="", name=""), Attendance(id="", week_id=view.week.id, person_id="")))


def _known_visitor(view: WeekView, row: Row) -> Row:
    """Somebody whom another week knows already begins with what is known."""
    wanted = fold(row.part(Person).name)
    known = next((one for one in view.plan.people.values() if fold(one.name) == wanted), None)
    return row if known is None or known.id in view.visitors else row.with_part(known)


def _keyed_visitor(view: WeekView, row: Row, taken: set[str]) -> Row:
    person = row.part(Person)
    if not person.id:
        person = replace(person, id=fresh_id(view, taken, Person, "person", person.name))
    attendance = replace(
        row.part(Attendance), person_id=person.id,
        id=fresh_id(view, taken, Attendance, "attendance", view.week.name, person.name),
    )  # fmt: skip
    return Row(person.id, (person, attendance))


def _gone_visitor(view: WeekView, row: Row) -> tuple[Entity, ...]:
    """Somebody whom another week needs leaves only this week."""
    mine = row.part(Attendance)
    if any(one.person_id == row.key and one.id != mine.id for one in view.plan.attendances.values()):
        return (mine,)
    return (row.part(Person),)


VISITOR_LIST = Listing(
    id="visitors", sheet=VISITORS, table="people", columns=lambda _view: _VISITOR_COLUMNS, rows=_visitor_rows,
    fresh=_fresh_visitor, keyed=_keyed_visitor, known=_known_visitor, unique=never_shared, check=checks.counts,
    save=save, gone=_gone_visitor, depends=("sites",),
)  # fmt: skip


_AVAILABILITY_COLUMNS = of_sheet(
    AVAILABILITY,
    start={"hint": lambda _view, _row: translate("all day")},
    end={"hint": lambda _view, _row: translate("all day")},
)


def _availability_rows(view: WeekView) -> Iterable[Row]:
    people = names.by_id(view, "people")
    mine = [one for one in view.plan.availability.values() if one.week_id == view.week.id and one.person_id in people]
    mine.sort(key=lambda one: (fold(people[one.person_id]), one.day, str(one.start or ""), one.presence))
    return (Row(one.id, (one,)) for one in mine)


def _fresh_availability(view: WeekView) -> Row:
    made = Availability(id="", week_id=view.week.id, person_id="", day=view.week.first_day, presence=Presence.BUSY)
    return Row("", (made,))


def _keyed_availability(view: WeekView, row: Row, taken: set[str]) -> Row:
    one = row.part(Availability)
    times = "" if one.start is None or one.end is None else f"{one.start:%H:%M}-{one.end:%H:%M}"
    name = names.name_of(view, "people", one.person_id)
    found = fresh_id(
        view, taken, Availability, "availability", view.week.name, name, one.day.isoformat(), times, one.presence.value
    )
    return Row(found, (replace(one, id=found),))


def _same_availability(row: Row) -> tuple[object, ...]:
    one = row.part(Availability)
    return one.person_id, one.day, one.start, one.end, one.presence


AVAILABILITY_LIST = Listing(
    id="availability", sheet=AVAILABILITY, table="availability", columns=lambda _view: _AVAILABILITY_COLUMNS,
    rows=_availability_rows, fresh=_fresh_availability, keyed=_keyed_availability, known=as_given,
    unique=_same_availability, check=checks.availability, save=save, gone=whole, depends=("people", "attendances"),
)  # fmt: skip


def _wish_team(view: WeekView, row: Row, value: Value) -> Row:
    """A team in place of a service: a wish is for one of the two."""
    del view
    one = row.part(Wish)
    team = value if isinstance(value, str) else None
    return row.with_part(replace(one, team_id=team, service="" if team else one.service))


def _wish_service(view: WeekView, row: Row, value: Value) -> Row:
    del view
    one = row.part(Wish)
    service = value if isinstance(value, str) else ""
    return row.with_part(replace(one, service=service, team_id=None if service else one.team_id))


_WISH_COLUMNS = of_sheet(
    WISHES,
    team_id={"put": _wish_team},
    service={
        "put": _wish_service, "parse": names.known_service, "choices": names.services, "editor": Editor.NAME,
        "closed": True,
        "hint": lambda view, row: _service_of(view, row.part(Wish).team_id),
    },
)  # fmt: skip


def _service_of(view: WeekView, team_id: str | None) -> str:
    team = view.plan.teams.get(team_id or "")
    return team.service if team else ""


def _wish_rows(view: WeekView) -> Iterable[Row]:
    people = names.by_id(view, "people")
    mine = [one for one in view.plan.wishes.values() if one.week_id == view.week.id and one.person_id in people]
    order = list(Liking)
    mine.sort(
        key=lambda one: (
            fold(people[one.person_id]), order.index(one.liking),
            fold(names.name_of(view, "teams", one.team_id or "")), fold(one.service), one.id,
        )
    )  # fmt: skip
    return (Row(one.id, (one,)) for one in mine)


def _fresh_wish(view: WeekView) -> Row:
    return Row("", (Wish(id="", week_id=view.week.id, person_id="", liking=Liking.LIKE),))


def _keyed_wish(view: WeekView, row: Row, taken: set[str]) -> Row:
    one = row.part(Wish)
    name = names.name_of(view, "people", one.person_id)
    kind, wanted = ("team", names.name_of(view, "teams", one.team_id)) if one.team_id else ("service", one.service)
    found = fresh_id(view, taken, Wish, "wish", view.week.name, name, kind, wanted)
    return Row(found, (replace(one, id=found),))


def _same_wish(row: Row) -> tuple[object, ...]:
    one = row.part(Wish)
    return one.person_id, one.team_id, fold(one.service)


WISH_LIST = Listing(
    id="wishes", sheet=WISHES, table="wishes", columns=lambda _view: _WISH_COLUMNS, rows=_wish_rows,
    fresh=_fresh_wish, keyed=_keyed_wish, known=as_given, unique=_same_wish, check=checks.wish, save=save, gone=whole,
    depends=("people", "attendances", "teams", "offers"),
)  # fmt: skip


def _past_team(view: WeekView, row: Row, value: Value) -> Row:
    """A team that is listed is pointed at; another is kept by its name."""
    named = value if isinstance(value, str) else ""
    team_id = names.folded_names(view, "teams").get(fold(named))
    shown = names.name_of(view, "teams", team_id) if team_id else named
    return row.with_part(replace(row.part(PastVisit), team_id=team_id, team_name=shown))


def _read_past_team(view: WeekView, row: Row) -> Value:
    one = row.part(PastVisit)
    return names.name_of(view, "teams", one.team_id) if one.team_id else one.team_name


_PAST_COLUMNS = of_sheet(
    PAST_VISITS,
    team_name={
        "read": _read_past_team, "put": _past_team, "parse": lambda _view, text: cells.line_text(text),
        "choices": names.choices("teams"), "editor": Editor.NAME,
    },
)  # fmt: skip


def _past_rows(view: WeekView) -> Iterable[Row]:
    people = names.by_id(view, "people")
    mine = [one for one in view.plan.past_visits.values() if one.week_id == view.week.id and one.person_id in people]
    mine.sort(key=lambda one: (fold(people[one.person_id]), str(one.day or ""), fold(one.team_name), one.id))
    return (Row(one.id, (one,)) for one in mine)


def _fresh_past(view: WeekView) -> Row:
    return Row("", (PastVisit(id="", week_id=view.week.id, person_id="", team_id=None, team_name=""),))


def _keyed_past(view: WeekView, row: Row, taken: set[str]) -> Row:
    one = row.part(PastVisit)
    name = names.name_of(view, "people", one.person_id)
    when = one.day.isoformat() if one.day else ""
    found = fresh_id(view, taken, PastVisit, "past", view.week.name, name, one.team_name, when)
    return Row(found, (replace(one, id=found),))


def _same_past(row: Row) -> tuple[object, ...]:
    one = row.part(PastVisit)
    return one.person_id, fold(one.team_name), one.day


PAST_LIST = Listing(
    id="past", sheet=PAST_VISITS, table="past_visits", columns=lambda _view: _PAST_COLUMNS, rows=_past_rows,
    fresh=_fresh_past, keyed=_keyed_past, known=as_given, unique=_same_past, check=checks.nothing, save=save,
    gone=whole, depends=("people", "attendances", "teams", "offers"),
)  # fmt: skip
