"""One row of a form: whom it is about, what each cell says, what would change, and what has to be asked."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from openpyxl.utils import get_column_letter

from app.document import form_cells
from app.document.form_cells import UnreadError, shown
from app.document.form_names import ALIKE, Known, alike
from app.document.lists import next_name, unused_id
from app.exchange.forms.fields import EXAMPLE, FIELDS, ID, LEADING, VERSION, Field, Holds, field_of, version_of
from app.exchange.forms.spoken import Stretch, is_total, one_range, person_name, presence, stretches
from app.exchange.planning import cells
from app.models.change import TABLE_OF, Entity
from app.models.forms import Ask, Asked, Fixes, FormKind, FormRow, Layout, RawCell, RawSheet, RowState
from app.models.names import fold, identity
from app.models.people import Attendance, Availability, Liking, Person, Presence, Wish
from app.models.places import Offer, Site, Slot, Team
from app.words.dates import between, day

NEW, SKIP, TAKE = "new", "skip", "take"
SHEET_ROW = 0
"""An answer for a whole sheet is kept under this row."""
_REMARK = re.compile(r"^(please|note|notes|nb|n\.b|thank|if you|any questions|contact|return|deadline|\*)")
_LONG = 60
_LIKINGS = {
    "First choice": Liking.FIRST_CHOICE, "Would like": Liking.LIKE, "Rather not": Liking.RATHER_NOT,
    "Never": Liking.NEVER,
}  # fmt: skip
_PRESENCES = {"Can come": Presence.FREE, "Cannot come": Presence.BUSY}
_DAY = 24 * 60

E_ = TypeVar("E_", bound=Entity)
Seen = dict[tuple[str, ...], FormRow]
Choices = tuple[tuple[str, str], ...]


class _LeftOutError(Exception):
    """A row that is none of a form's; `ask` says what it is."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(ask)
        self.ask = ask


class RowReader:
    """Reads the rows of one sheet by its layout."""

    def __init__(self, known: Known, sheet: RawSheet, layout: Layout, fixes: Fixes, seen: Seen) -> None:
        self.known, self.sheet, self.layout, self.fixes, self._seen = known, sheet, layout, fixes, seen
        self.week = known.plan.weeks[known.week_id]
        self.kind = layout.kind or FormKind.VISITORS
        self.columns = {guess.field: guess for guess in layout.guesses if guess.field}
        self._above: dict[str, str] = {}

    def rows(self) -> Iterator[FormRow]:
        """Every row below the headings."""
        heads = {guess.column: fold(guess.heading) for guess in self.layout.guesses}
        for number, held in self.sheet.rows:
            if number <= self.layout.header or not held:
                continue
            if all(fold(cells.shown(cell)) == heads.get(column) for column, cell in held.items()):
                continue  # the headings once more, as on every printed page
            yield _Row(self, number, held).read()

    def above(self, name: str, now: str) -> str:
        """What the row above says in that column; `now` is kept for the next."""
        before = self._above.get(name, "")
        if now:
            self._above[name] = now
        return before

    def twice(self, key: tuple[str, ...], row: FormRow) -> FormRow | None:
        """The row before that is about the same, if any."""
        before = self._seen.get(key)
        self._seen.setdefault(key, row)
        return before


class _Row:
    """One row under way."""

    def __init__(self, reader: RowReader, number: int, held: Mapping[int, RawCell]) -> None:
        self._reader, self._known, self._number, self._held = reader, reader.known, number, held
        self._sheet, self._week, self._kind = reader.sheet, reader.week, reader.kind
        self._asks: list[Asked] = []
        self._altered: list[tuple[str, str, str]] = []
        self._put: dict[str, Entity] = {}
        self._new = False

    def read(self) -> FormRow:
        """What the row would do."""
        name = ""
        try:
            self._leave_out()
            name = {
                FormKind.VISITORS: self._visitor, FormKind.TEAMS: self._team, FormKind.SLOTS: self._slot,
                FormKind.TIMES: self._times,
            }[self._kind]()  # fmt: skip
        except _LeftOutError as left:
            self._ask(left.ask, self._lead)
            return self._row(RowState.LEFT_OUT, name or self._said(self._lead))
        except UnreadError:
            pass  # it was asked already; without it nothing more can be read
        state = self._state()
        row = self._row(state, name or self._said(self._lead))
        if state in {RowState.NEW, RowState.CHANGED, RowState.SAME}:
            for entity in row.put:
                if isinstance(entity, Person):
                    self._known.add_person(entity)
                elif isinstance(entity, Team):
                    self._known.teams[entity.id] = entity
                elif isinstance(entity, Site):
                    self._known.sites[entity.id] = entity
        return row

    def _row(self, state: RowState, name: str) -> FormRow:
        changes = state in {RowState.NEW, RowState.CHANGED}
        return FormRow(
            file=self._sheet.file, sheet=self._sheet.title, number=self._number, state=state, name=name,
            altered=tuple(self._altered), asks=tuple(self._asks), put=tuple(self._put.values()) if changes else (),
        )  # fmt: skip

    def _state(self) -> RowState:
        if any(asked.blocks for asked in self._asks):
            return RowState.ERROR
        if self._asks:
            return RowState.CHECK
        plan = self._known.plan
        changed = [one for one in self._put.values() if plan.table(TABLE_OF[type(one)]).get(one.id) != one]
        if not changed:
            return RowState.SAME
        return RowState.NEW if self._new else RowState.CHANGED

    # Cells, questions, answers

    @property
    def _lead(self) -> str:
        return LEADING[self._kind]

    def _cell(self, name: str) -> RawCell:
        fixed = self._reader.fixes.texts.get((*self._sheet.key, self._number, name))
        if fixed is not None:
            return fixed or None
        guess = self._reader.columns.get(name)
        found = self._held.get(guess.column) if guess else None
        return None if isinstance(found, str) and not found.strip() else found

    def _said(self, name: str) -> str:
        return " ".join(cells.shown(self._cell(name)).split())

    def _address(self, name: str) -> str:
        guess = self._reader.columns.get(name)
        return f"{get_column_letter(guess.column)}{self._number}" if guess else f"A{self._number}"

    def _ask(
        self, ask: Ask, name: str, choices: tuple[tuple[str, str], ...] = (), item: str = "", **facts: str
    ) -> None:
        key = f"{name}|{item}" if item else name
        column = name if name in self._reader.columns else self._lead
        self._asks.append(
            Asked(
                ask=ask,
                field=key,
                cell=self._address(column),
                text=item or self._said(name),
                facts=facts,
                choices=choices,
            )
        )

    def _answer(self, name: str, item: str = "") -> str:
        key = f"{name}|{item}" if item else name
        answers = self._reader.fixes.answers
        own = answers.get((*self._sheet.key, self._number, key), "")
        return own or answers.get((*self._sheet.key, SHEET_ROW, key), "")

    def _leave_out(self) -> None:
        """Raise for a row that tells of nothing: totals, the example, remarks, what somebody hid."""
        lead = self._said(self._lead)
        words = [cell for cell in self._held.values() if isinstance(cell, str)]
        first = words[0] if words else ""
        if fold(self._said(ID)) == EXAMPLE or fold(lead).startswith("example"):
            raise _LeftOutError(Ask.EXAMPLE)
        if is_total(lead) or (not lead and is_total(first)):
            raise _LeftOutError(Ask.TOTAL)
        alone = len(self._held) == 1 and len(self._reader.columns) > 1
        if alone and (len(first) > _LONG or _REMARK.match(fold(first)) or not lead):
            raise _LeftOutError(Ask.REMARK)
        if not lead and words == [] and len(self._reader.columns) > 1:
            raise _LeftOutError(Ask.TOTAL)  # numbers alone add up the columns above
        told = {guess.field for guess in self._reader.layout.guesses} - {self._lead, ID, VERSION, ""}
        if self._kind in {FormKind.SLOTS, FormKind.TIMES} and all(self._cell(name) is None for name in told):
            raise _LeftOutError(Ask.EMPTY)
        if self._said(VERSION) not in {"", version_of(self._week)}:
            self._settled(Ask.OLD_FORM, "old-form", version=self._said(VERSION))
        if self._number in self._sheet.hidden_rows:
            self._settled(Ask.HIDDEN, "hidden")

    def _settled(self, ask: Ask, key: str, **facts: str) -> None:
        """Ask whether the row counts at all, unless somebody has said so."""
        answer = self._answer(key)
        if answer == SKIP:
            raise _LeftOutError(ask)
        if answer != TAKE:
            self._ask(ask, key, ((TAKE, ""), (SKIP, "")), **facts)

    # Plain fields

    def _plain(self, table: str, entity: E_) -> E_:
        """The entity with what the row's cells say of it."""
        found: dict[str, Any] = {}
        for field in FIELDS[self._kind]:
            if field.entity == table and self._cell(field.name) is not None:
                value = self._value(field)
                if value is not None and not self._as_shown(getattr(entity, field.part), value):
                    found[field.part] = value
        changed = replace(entity, **found)
        for field in FIELDS[self._kind]:
            if field.part in found:
                self._differs(field.name, self._words(field, entity), self._words(field, changed))
        return changed

    def _as_shown(self, known: object, said: object) -> bool:
        """Whether a text is what our own form showed of what is known: protected places under their alias."""
        safe = self._known.safe
        return isinstance(known, str) and isinstance(said, str) and safe is not None and said == safe.text(known)

    def _value(self, field: Field) -> object:
        try:
            if field.holds is Holds.PLACE:
                return self._place(field.name)
            return form_cells.plain_value(field.holds, field.name, self._cell(field.name), self._week)
        except UnreadError as bad:
            answer = self._answer(field.name)
            if bad.choices and answer in dict(bad.choices):
                return form_cells.word(answer, field.name)
            self._ask(bad.ask, field.name, bad.choices, expected=bad.expected)
            return None

    def _words(self, field: Field, entity: Entity) -> str:
        value = getattr(entity, field.part)
        if field.holds is Holds.PLACE:
            site = self._known.sites.get(value or "") or self._put.get(value or "")
            return site.name if isinstance(site, Site) else str(value or "")
        return shown(value)

    def _differs(self, name: str, old: str, new: str) -> None:
        if old != new:
            self._altered.append((name, old, new))

    def _place(self, name: str) -> str | None:
        """The id of the site that a cell names; a new one only where somebody said so."""
        said = self._said(name)
        if (found := self._known.site_id(said)) is not None:
            return found
        answer = self._answer(name)
        if answer in self._known.sites:
            return answer
        if answer == NEW:
            site = Site(id=unused_id(self._known.plan, "sites", "site", said), name=said)
            self._put[site.id] = site
            return site.id
        if answer != SKIP:
            near = tuple(self._known.near_sites(said))
            self._ask(Ask.UNKNOWN_PLACE, name, (*near, (NEW, ""), (SKIP, "")))
        return None

    def _keep(self, entity: Entity) -> None:
        self._put[entity.id] = entity

    # Visitors

    def _visitor(self) -> str:
        person = self._person(new=True)
        if person is None:
            return ""
        self._once(("person", person.id))
        plan, week_id = self._known.plan, self._known.week_id
        old = next(
            (one for one in plan.attendances.values() if (one.week_id, one.person_id) == (week_id, person.id)), None
        )
        taking = old or Attendance(
            id=identity("attendance", self._week.name, person.name), week_id=week_id, person_id=person.id
        )
        self._new = self._new or old is None
        self._keep(self._plain("people", person))
        taking = self._plain("attendances", taking)
        if taking.max_visits is not None and taking.min_visits > taking.max_visits:
            self._ask(Ask.REFUSED, "Min visits", expected="min-max")
        self._keep(taking)
        for name, state in _PRESENCES.items():
            self._spoken(name, state, person)
        for name, liking in _LIKINGS.items():
            self._wishes(name, liking, person)
        return person.name

    def _person(self, *, new: bool) -> Person | None:
        """The person that the row is about; asked where it is not certain."""
        name, several = person_name(cells.shown(self._cell(self._lead)))
        if not name:
            self._ask(Ask.NAME_MISSING, self._lead)
            return None
        if several:
            self._ask(Ask.TWO_PEOPLE, self._lead)
            return None
        answer = self._answer(self._lead)
        if answer == SKIP:
            raise _LeftOutError(Ask.UNKNOWN_NAME)
        if answer in self._known.people:
            return self._known.people[answer]
        found = None if answer == NEW else self._found(name, new=new)
        if found is not None or self._asks_about(self._lead):
            return found
        if not new:
            near = tuple(self._known.near_people(name))
            self._ask(Ask.UNKNOWN_NAME, self._lead, (*near, (SKIP, "")))
            return None
        self._new = True
        return Person(id=unused_id(self._known.plan, "people", "person", name), name=name)

    def _asks_about(self, name: str) -> bool:
        return any(asked.field == name for asked in self._asks)

    def _found(self, name: str, *, new: bool) -> Person | None:
        """Whom the id, the address or the name names; a question where they do not agree."""
        other = ((NEW, ""),) if new else ()
        own = self._known.people.get(self._said(ID))
        if own is not None:
            if alike(own.name, name) >= ALIKE:
                return own
            self._ask(Ask.NEAR_NAME, self._lead, ((own.id, own.name), *other, (SKIP, "")), other=own.name)
            return None
        mailed = self._known.by_mail(self._mail())
        if mailed is not None and alike(mailed.name, name) >= ALIKE:
            return mailed
        if mailed is not None:
            self._ask(Ask.EMAIL_OF_OTHER, self._lead, ((mailed.id, mailed.name), *other, (SKIP, "")), other=mailed.name)
            return None
        same = self._known.by_name(name)
        if len(same) == 1:
            return same[0]
        near = [(one.id, one.name) for one in same] or self._known.near_people(name)
        if near:
            self._ask(Ask.NEAR_NAME, self._lead, (*near, *other, (SKIP, "")), other=near[0][1])
        return None

    def _mail(self) -> str:
        try:
            return form_cells.email(self._cell("Email"))
        except UnreadError:
            return ""

    def _once(self, key: tuple[str, ...]) -> None:
        """Ask which counts where two rows are about the same."""
        before = self._reader.twice(key, self._row(RowState.SAME, ""))
        if before is None or before.key == (*self._sheet.key, self._number):
            return
        self._settled(Ask.TWICE, "twice", row=str(before.number), sheet=before.sheet, file=before.file)

    # Times and wishes

    def _spoken(self, name: str, state: Presence, person: Person) -> None:
        if self._cell(name) is None:
            return
        text = cells.shown(self._cell(name))
        found, clear = stretches(text, self._week)
        inside = [one for one in found if self._week.first_day <= one.day <= self._week.last_day]
        answer = self._answer(name)
        if not clear and answer == SKIP:
            return
        if not clear and not (answer == TAKE and inside):
            read = "; ".join(_stretch_words(one) for one in inside)
            self._ask(Ask.TIMES_UNCLEAR, name, ((TAKE, read), (SKIP, "")) if inside else ((SKIP, ""),), read=read)
            return
        for one in inside:
            self._time(person, one, state)

    def _time(self, person: Person, one: Stretch, state: Presence) -> None:
        """A stretch of a visitor's; one that stands there already, painted by hand, takes the new state."""
        whole = one.start <= 0 and one.end >= _DAY
        start, end = (None, None) if whole else (_clock(one.start), _clock(min(one.end, _DAY - 1)))
        mine = [
            row for row in self._known.plan.availability.values()
            if (row.week_id, row.person_id, row.day, row.start, row.end, row.from_diary)
            == (self._known.week_id, person.id, one.day, start, end, False)
        ]  # fmt: skip
        if any(row.presence is state for row in mine):
            self._keep(next(row for row in mine if row.presence is state))
            return
        times = "" if start is None or end is None else f"{start:%H:%M}-{end:%H:%M}"
        made = identity("availability", self._week.name, person.name, one.day.isoformat(), times, state.value)
        row = Availability(
            id=mine[0].id if mine else made, week_id=self._known.week_id, person_id=person.id, day=one.day,
            start=start, end=end, presence=state,
        )  # fmt: skip
        self._differs(_stretch_words(one), mine[0].presence.value if mine else "", state.value)
        self._keep(row)

    def _wishes(self, name: str, liking: Liking, person: Person) -> None:
        if self._cell(name) is None:
            return
        for item in re.split(r"[;\n]", cells.shown(self._cell(name))):
            wanted = " ".join(item.split()).strip(" ,.")
            if wanted:
                self._wish(name, wanted, liking, person)

    def _wish(self, name: str, wanted: str, liking: Liking, person: Person) -> None:
        team, service = self._known.team(wanted), self._known.service(wanted)
        answer = self._answer(name, wanted)
        if team is None and not service and answer in self._known.teams:
            team = self._known.teams[answer]
        if team is None and not service:
            if "," in wanted and answer != SKIP:
                for part in wanted.split(","):
                    if part.strip():
                        self._wish(name, part.strip(), liking, person)
                return
            if answer != SKIP:
                self._ask(Ask.UNKNOWN_NAME, name, (*self._known.near_teams(wanted), (SKIP, "")), item=wanted)
            return
        of, what = ("team", team.name) if team is not None else ("service", service)
        week_id = self._known.week_id
        team_id = team.id if team is not None else None
        old = next(
            (
                wish for wish in self._known.plan.wishes.values()
                if (wish.week_id, wish.person_id, wish.team_id, fold(wish.service))
                == (week_id, person.id, team_id, "" if team_id else fold(service))
            ),
            None,
        )  # fmt: skip
        made = identity("wish", self._week.name, person.name, of, what)
        wish = Wish(
            id=old.id if old else made, week_id=week_id, person_id=person.id, team_id=team_id,
            service="" if team_id else service, liking=liking, reason=old.reason if old else "",
        )  # fmt: skip
        before = self._put.get(wish.id)
        if isinstance(before, Wish) and before.liking is not liking:
            self._ask(Ask.TWICE, name, ((SKIP, ""),), item=wanted)
            return
        self._differs(what, old.liking.value if old else "", liking.value)
        self._keep(wish)

    # Teams

    def _team(self) -> str:
        name = self._said("Team")
        if not name:
            self._ask(Ask.NAME_MISSING, "Team")
            return ""
        answer = self._answer("Team")
        team = self._known.teams.get(self._said(ID)) or self._known.team(name)
        near = tuple(self._known.near_teams(name)) if team is None else ()
        if team is None and answer in self._known.teams:
            team = self._known.teams[answer]
        elif team is None and answer == SKIP:
            raise _LeftOutError(Ask.NEAR_NAME)
        elif team is None and near and answer != NEW:
            self._ask(Ask.NEAR_NAME, "Team", (*near, (NEW, ""), (SKIP, "")), other=near[0][1])
            return name
        if team is None:
            self._new = True
            team = Team(id=unused_id(self._known.plan, "teams", "team", name), name=name, service="", site_id="")
        self._once(("team", team.id))
        plan, week_id = self._known.plan, self._known.week_id
        old = next((one for one in plan.offers.values() if (one.week_id, one.team_id) == (week_id, team.id)), None)
        offer = old or Offer(id=identity("offer", self._week.name, team.name), week_id=week_id, team_id=team.id)
        self._new = self._new or old is None
        team = self._plain("teams", team)
        if known := self._known.service(team.service):
            team = replace(team, service=known)
        for part, field in (("service", "Service"), ("site_id", "Site")):
            if not getattr(team, part) and not self._asks_about(field):
                self._ask(Ask.MISSING, field)
        self._keep(team)
        offer = self._plain("offers", offer)
        if offer.max_visits is not None and offer.min_visits > offer.max_visits:
            self._ask(Ask.REFUSED, "Min visits", expected="min-max")
        self._keep(offer)
        return team.name

    # Slots

    def _slot(self) -> str:
        team = self._team_of_slot()
        if team is None:
            return ""
        on, start, end = self._when()
        if on is None or start is None or end is None:
            return team.name
        if end <= start:
            self._ask(Ask.REFUSED, "End" if "End" in self._reader.columns else "Times", expected="end-start")
            return team.name
        old = self._slot_known(team, on, start)
        name = old.name if old else self._said("Slot") or self._fresh_name()
        if old is None:
            self._new = True
        slot = old or Slot(
            id=unused_id(self._known.plan, "slots", "slot", self._week.name, name), week_id=self._known.week_id,
            name=name, team_id=team.id, day=on, start=start, end=end,
        )  # fmt: skip
        self._once(("slot", team.id, on.isoformat(), start.isoformat()))
        before = slot
        slot = self._plain("slots", slot)
        slot = replace(slot, team_id=team.id, day=on, start=start, end=end, name=name)
        if old is not None and "Start" not in self._reader.columns:
            self._differs("Times", between(before.start, before.end), between(start, end))
        if slot.places < 1:
            self._ask(Ask.REFUSED, "Places", expected="places")
        self._keep(slot)
        return f"{team.name}, {day(on)}, {between(start, end)}"

    def _team_of_slot(self) -> Team | None:
        said = self._said("Team")
        answer = self._answer("Team")
        above = self._reader.above("Team", said)
        if not said:
            if above and answer == TAKE:
                said = above
            elif above and answer != SKIP:
                self._ask(Ask.ABOVE, "Team", ((TAKE, above), (SKIP, "")), above=above)
                return None
            elif not above:
                self._ask(Ask.NAME_MISSING, "Team")
                return None
        if answer == SKIP:
            raise _LeftOutError(Ask.UNKNOWN_NAME)
        team = self._known.team(said) or self._known.teams.get(answer)
        if team is None:
            self._ask(Ask.UNKNOWN_NAME, "Team", (*self._known.near_teams(said), (SKIP, "")))
        return team

    def _when(self) -> tuple[dt.date | None, dt.time | None, dt.time | None]:
        """Day, start and end: of their own columns, or of one that tells both ends."""
        on: object = None
        start: dt.time | None = None
        end: dt.time | None = None
        date, first, last = (field_of(self._kind, name) for name in ("Date", "Start", "End"))
        if self._cell("Date") is None:
            self._ask(Ask.MISSING, "Date")
        elif date is not None:
            on = self._value(date)
        if self._cell("Times") is not None:
            both = one_range(self._cell("Times"), self._week)
            if both is None:
                self._ask(Ask.NOT_READ, "Times", expected="range")
                return None, None, None
            start, end = both
        elif self._cell("Start") is not None and self._cell("End") is None and self._is_range("Start"):
            both = one_range(self._cell("Start"), self._week)
            start, end = both or (None, None)
        else:
            for name in ("Start", "End"):
                if self._cell(name) is None:
                    self._ask(Ask.MISSING, name if name in self._reader.columns else "Start")
            start = self._clock_of(first)
            end = self._clock_of(last)
        return (on if isinstance(on, dt.date) else None), start, end

    def _clock_of(self, field: Field | None) -> dt.time | None:
        if field is None or self._cell(field.name) is None:
            return None
        value = self._value(field)
        return value if isinstance(value, dt.time) else None

    def _is_range(self, name: str) -> bool:
        return one_range(self._cell(name), self._week) is not None

    def _slot_known(self, team: Team, on: dt.date, start: dt.time) -> Slot | None:
        """The slot of that id, of that name, or of that team, day and start."""
        mine = [slot for slot in self._known.plan.slots.values() if slot.week_id == self._known.week_id]
        told = fold(self._said("Slot"))
        own = next((slot for slot in mine if slot.id == self._said(ID)), None)
        by_name = next((slot for slot in mine if told and fold(slot.name) == told and slot.team_id == team.id), None)
        return (
            own
            or by_name
            or next((slot for slot in mine if (slot.team_id, slot.day, slot.start) == (team.id, on, start)), None)
        )

    def _fresh_name(self) -> str:
        names = {fold(slot.name) for slot in self._known.plan.slots.values() if slot.week_id == self._known.week_id}
        names |= self._known.slot_names
        name = next_name("F-000", names)
        self._known.slot_names.add(fold(name))
        return name

    # Times

    def _times(self) -> str:
        person = self._person(new=False)
        if person is None:
            return ""
        marks = [guess for guess in self._reader.layout.guesses if guess.day is not None and guess.span is not None]
        if marks:
            for guess in marks:
                if guess.day is not None and guess.span is not None and self._cell(guess.field) is not None:
                    state = self._mark(guess.field)
                    if state is not None:
                        self._time(person, Stretch(guess.day, *guess.span), state)
            return person.name
        on, start, end = self._stretch()
        state = self._mark("Status") if self._cell("Status") is not None else None
        if self._cell("Status") is None:
            self._ask(Ask.MISSING, "Status")
        if on is not None and state is not None:
            whole = start is None or end is None
            first, last = (0, _DAY) if start is None or end is None else (_minutes(start), _minutes(end))
            if not whole and last <= first:
                self._ask(Ask.REFUSED, "To", expected="end-start")
            else:
                self._time(person, Stretch(on, first, last), state)
        return person.name

    def _stretch(self) -> tuple[dt.date | None, dt.time | None, dt.time | None]:
        date = field_of(self._kind, "Date")
        on = self._value(date) if date and self._cell("Date") is not None else None
        if self._cell("Date") is None:
            self._ask(Ask.MISSING, "Date")
        ends: list[dt.time | None] = [None, None]
        if self._cell("Times") is not None:
            both = one_range(self._cell("Times"), self._week)
            if both is None:
                self._ask(Ask.NOT_READ, "Times", expected="range")
                return None, None, None
            ends = list(both)
        else:
            for place, name in enumerate(("From", "To")):
                ends[place] = self._clock_of(field_of(self._kind, name))
            if (self._cell("From") is None) != (self._cell("To") is None):
                self._ask(Ask.MISSING, "From" if self._cell("From") is None else "To")
        return (on if isinstance(on, dt.date) else None), ends[0], ends[1]

    def _mark(self, name: str) -> Presence | None:
        """What a mark says; one that could mean either is asked once for the sheet."""
        cell = self._cell(name)
        state, clear = presence(cell)
        if clear:
            return state
        said = fold(cells.shown(cell))
        answer = self._answer(f"mark:{said}")
        if answer in {one.value for one in Presence}:
            return Presence(answer)
        if answer != SKIP:
            choices = (*((one.value, one.value) for one in Presence), (SKIP, ""))
            self._asks.append(
                Asked(ask=Ask.MARK_UNCLEAR, field=f"mark:{said}", cell=self._address(name), text=said, choices=choices)
            )
        return None


def _clock(minutes: int) -> dt.time:
    return dt.time(minutes // 60, minutes % 60)


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def _stretch_words(one: Stretch) -> str:
    """`Tue 9 July, 12:00–18:00`; the day alone for all of it."""
    if one.start <= 0 and one.end >= _DAY:
        return day(one.day)
    return f"{day(one.day)}, {between(_clock(one.start), _clock(min(one.end, _DAY - 1)))}"
