"""The sheets Visitors, Availability, Wishes, Past visits and Visits."""

from __future__ import annotations

from app.exchange.planning.desk import Row, Table
from app.exchange.planning.places import Found
from app.models.faults import Trouble
from app.models.names import fold, identity, mail_domain, visit_uid
from app.models.people import Attendance, Availability, Clearance, Kind, Liking, PastVisit, Person, Presence, Wish
from app.models.visits import Visit, VisitStatus


def read_visitors(table: Table, found: Found) -> None:
    """Visitors and what each wants this week."""
    found.visitors.complete = table.complete
    for row in table.rows():
        name = row.line("Visitor")
        low, high = row.count("Min visits"), row.limit("Max visits")
        person = Person(
            id=identity("person", name),
            name=name,
            role=row.line("Role"),
            organisation=row.line("Organisation"),
            kind=row.word("Kind", Kind),
            email=row.line("Email"),
            assistant=row.line("Assistant"),
            assistant_email=row.line("Assistant email"),
            clearance=row.word("Clearance", Clearance, Clearance.NOT_YET) or Clearance.NOT_YET,
            base_id=found.sites.find(row, "Base"),
            division=row.line("Division"),
            needs=row.text("Needs"),
        )
        attendance = Attendance(
            id=identity("attendance", found.week.name, name),
            week_id=found.week.id,
            person_id=person.id,
            min_visits=low,
            max_visits=high,
            max_per_day=row.limit("Max per day"),
            standby=row.yes("Standby", default=False),
        )
        row.at_most(low, high, "Min visits")
        if name:
            found.visitors.add(row, "Visitor", name, person.id)
        if row.ok:
            found.put(person, row)
            found.put(attendance, row)


def read_availability(table: Table, found: Found) -> None:
    """When visitors are busy, free, or would rather not. Equal rows count once."""
    week = found.week
    for row in table.rows():
        person_id = found.visitors.find(row, "Visitor")
        day, start, end = row.date("Date"), row.time("From"), row.time("To")
        presence = row.word("Status", Presence)
        if row.is_blank("From") != row.is_blank("To"):
            row.fault(Trouble.HALF_TIMES, "From" if row.is_blank("From") else "To")
        elif start and end and end <= start:
            row.fault(Trouble.END_NOT_AFTER_START, "To", start=start, end=end)
        if day and found.days.outside(day):
            row.note(Trouble.AVAILABILITY_OUTSIDE, "Date", date=day, first=found.days.first, last=found.days.last)
        if row.ok and person_id and day and presence:
            times = "" if start is None or end is None else f"{start:%H:%M}-{end:%H:%M}"
            name = row.line("Visitor")
            entry = Availability(
                id=identity("availability", week.name, name, day.isoformat(), times, presence.value),
                week_id=week.id, person_id=person_id, day=day, start=start, end=end, presence=presence,
            )  # fmt: skip
            found.put(entry, row)


def read_wishes(table: Table, found: Found) -> None:
    """Wishes: each for exactly one team or service, and only one of a visitor for each."""
    seen: dict[tuple[str, str, str], str] = {}
    for row in table.rows():
        person_id = found.visitors.find(row, "Visitor")
        team_id = found.teams.find(row, "Team")
        service = _service(row, found)
        liking, reason = row.word("Wish", Liking), row.text("Reason")
        both = not row.is_blank("Team") and not row.is_blank("Service")
        if both:
            row.fault(Trouble.TEAM_AND_SERVICE, "Service")
        elif row.is_blank("Team") and row.is_blank("Service"):
            row.fault(Trouble.TEAM_OR_SERVICE, "Team")
        if person_id is None or both or not (team_id or service):
            continue
        name, wanted = row.line("Visitor"), row.line("Team") or service
        kind = "team" if team_id else "service"
        key = (person_id, kind, fold(wanted))
        if key in seen:
            row.fault(Trouble.TWICE, "Visitor", text=f"{name} – {wanted}", first=seen[key])
        seen.setdefault(key, row.where("Visitor"))
        if row.ok and liking:
            wish = Wish(
                id=identity("wish", found.week.name, name, kind, wanted), week_id=found.week.id, person_id=person_id,
                team_id=team_id, service="" if team_id else service, liking=liking, reason=reason,
            )  # fmt: skip
            found.put(wish, row)


def _service(row: Row, found: Found) -> str:
    """The service in its canonical spelling; blank, and a fault, where no team has it and it is not one of the four."""
    service = row.line("Service")
    if not service:
        return ""
    known = found.services.get(fold(service))
    if known is None:
        if found.teams.complete:
            row.fault(Trouble.UNKNOWN_SERVICE, "Service", text=service, words=tuple(found.services.values()))
        row.ok = False
        return ""
    return known


def read_past_visits(table: Table, found: Found) -> None:
    """Where visitors have been; a team no longer listed is kept, with a notice."""
    for row in table.rows():
        person_id = found.visitors.find(row, "Visitor")
        team, day = row.line("Team"), row.date("Date")
        team_id = found.teams.ids.get(fold(team))
        if team and team_id is None and found.teams.complete:
            row.note(Trouble.TEAM_NOT_LISTED, "Team", text=team)
        if row.ok and person_id and team:
            name = row.line("Visitor")
            seen = PastVisit(
                id=identity("past", found.week.name, name, team, day.isoformat() if day else ""),
                week_id=found.week.id, person_id=person_id, team_id=team_id,
                team_name=found.teams.shown.get(fold(team), team), day=day,
            )  # fmt: skip
            found.put(seen, row)


def read_visits(table: Table, found: Found) -> frozenset[tuple[str, str]]:
    """Visits, each visitor and slot once. Gives the (visit id, column) of the cells left blank."""
    seen: dict[tuple[str, str], str] = {}
    blank: set[tuple[str, str]] = set()
    week = found.week
    domain = mail_domain(week.organiser_email)
    for row in table.rows():
        person_id, slot_id = found.visitors.find(row, "Visitor"), found.slots.find(row, "Slot")
        pinned, permitted = row.yes("Pinned", default=False), row.text("Permitted")
        status = row.word("Status", VisitStatus, VisitStatus.PROPOSED) or VisitStatus.PROPOSED
        if person_id is None or slot_id is None:
            continue
        name, slot = row.line("Visitor"), row.line("Slot")
        if (person_id, slot_id) in seen:
            row.fault(Trouble.TWICE, "Visitor", text=f"{name} – {slot}", first=seen[person_id, slot_id])
        seen.setdefault((person_id, slot_id), row.where("Visitor"))
        if not row.ok:
            continue
        uid = visit_uid(week.name, name, slot, domain)
        visit = Visit(
            id=identity("visit", uid), week_id=week.id, person_id=person_id, slot_id=slot_id,
            pinned=pinned, status=status, permitted=permitted, uid=uid,
        )  # fmt: skip
        found.put(visit, row)
        blank |= {(visit.id, column) for column in ("Pinned", "Status", "Permitted") if row.is_blank(column)}
    return frozenset(blank)
