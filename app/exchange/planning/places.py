"""The sheets Sites, Travel, Teams and Slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.exchange.planning.desk import Names, Row, Table
from app.exchange.planning.vocabulary import SITES, SLOTS, TEAMS
from app.exchange.planning.week_sheet import Days
from app.models.change import Entity
from app.models.faults import Trouble
from app.models.names import fold, identity
from app.models.places import ONLINE, ONLINE_ID, SERVICES, Consent, Need, Offer, Road, Site, Slot, Team
from app.models.week import Week


@dataclass(slots=True)
class Found:
    """What has been read so far: names that later sheets refer to, and the entities of rows without a fault."""

    week: Week
    days: Days
    sites: Names = field(default_factory=lambda: Names(SITES))
    teams: Names = field(default_factory=lambda: Names(TEAMS))
    slots: Names = field(default_factory=lambda: Names(SLOTS))
    visitors: Names = field(default_factory=lambda: Names("Visitors"))
    services: dict[str, str] = field(default_factory=lambda: {fold(name): name for name in SERVICES})
    entities: dict[str, Entity] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)

    def put(self, entity: Entity, row: Row) -> None:
        """Keep an entity and the row that it came from. An equal row again adds nothing."""
        self.entities[entity.id] = entity
        self.rows.setdefault(entity.id, row)


def read_sites(table: Table, found: Found) -> None:
    """Sites: each name once, `online` never, an alias for each protected one."""
    found.sites.complete = table.complete
    found.sites.ids[fold(ONLINE.name)] = ONLINE_ID
    found.sites.shown[fold(ONLINE.name)] = ONLINE.name
    for row in table.rows():
        name = row.line("Site")
        site = Site(
            id=identity("site", name),
            name=name,
            address=row.text("Address"),
            postcode=row.line("Postcode"),
            protected=row.yes("Protected", default=False),
            alias=row.line("Shown as"),
            division=row.line("Division"),
            parking=row.text("Parking"),
            arrival_notes=row.text("Arrival notes"),
        )
        if site.protected and row.is_blank("Shown as"):
            row.fault(Trouble.ALIAS_BLANK, "Shown as", text=name)
        if fold(name) == fold(ONLINE.name):
            row.fault(Trouble.BUILT_IN_SITE, "Site", text=name)
        elif name:
            found.sites.add(row, "Site", name, site.id)
        if row.ok:
            found.put(site, row)


def read_travel(table: Table, found: Found) -> None:
    """Roads: each ordered pair once, between two different sites that are listed."""
    seen: dict[tuple[str, str], str] = {}
    for row in table.rows():
        start, end = found.sites.find(row, "From"), found.sites.find(row, "To")
        minutes = row.count("Minutes")
        if start is None or end is None:
            continue
        if (start, end) in seen:
            names = f"{row.line('From')} → {row.line('To')}"
            row.fault(Trouble.TWICE, "From", text=names, first=seen[start, end])
        seen.setdefault((start, end), row.where("From"))
        if start == end or ONLINE_ID in (start, end):
            if minutes:  # no road is needed there, so that anything but 0 contradicts
                row.fault(Trouble.ROAD_SAME_SITE if start == end else Trouble.ROAD_ONLINE, "Minutes", number=minutes)
        elif row.ok:
            road_id = identity("road", row.line("From"), row.line("To"))
            found.put(Road(id=road_id, from_id=start, to_id=end, minutes=minutes), row)


def read_teams(table: Table, found: Found) -> None:
    """Teams and what each offers this week."""
    found.teams.complete = table.complete
    for row in table.rows():
        name, service = row.line("Team"), row.line("Service")
        site_id = found.sites.find(row, "Site")
        if service:
            service = found.services.setdefault(fold(service), service)
        low, high = row.count("Min visits"), row.limit("Max visits")
        team = Team(
            id=identity("team", name),
            name=name,
            service=service,
            site_id=site_id or "",
            host=row.line("Host"),
            host_email=row.line("Host email"),
            host_phone=row.line("Host phone"),
            deputy=row.line("Deputy"),
            deputy_email=row.line("Deputy email"),
            clearance_needed=row.word("Clearance needed", Need, Need.NONE) or Need.NONE,
            line=row.line("Line"),
            notes=row.text("Notes"),
        )
        offer = Offer(
            id=identity("offer", found.week.name, name),
            week_id=found.week.id,
            team_id=team.id,
            min_visits=low,
            max_visits=high,
            max_per_day=row.limit("Max per day"),
        )
        row.at_most(low, high, "Min visits")
        if name:
            found.teams.add(row, "Team", name, team.id)
        if row.ok and site_id:
            found.put(team, row)
            found.put(offer, row)


def read_slots(table: Table, found: Found) -> None:
    """Slots of listed teams, on days of the week."""
    found.slots.complete = table.complete
    week = found.week
    for row in table.rows():
        name = row.line("Slot")
        team_id = found.teams.find(row, "Team")
        day, start, end = row.date("Date"), row.time("Start"), row.time("End")
        if day and found.days.outside(day):
            row.fault(Trouble.OUTSIDE_WEEK, "Date", date=day, first=found.days.first, last=found.days.last)
        if start and end and end <= start:
            row.fault(Trouble.END_NOT_AFTER_START, "End", start=start, end=end)
        places = row.count("Places", default=1, least=1)
        site_id = found.sites.find(row, "Site")
        activity, purpose = row.text("Activity"), row.text("Purpose")
        host, host_email = row.line("Host"), row.line("Host email")
        consent = row.word("Consent", Consent, Consent.NOT_NEEDED) or Consent.NOT_NEEDED
        consent_by = row.date("Consent by")
        slot_id = identity("slot", week.name, name)
        if name:
            found.slots.add(row, "Slot", name, slot_id)
        if row.ok and team_id and day and start is not None and end is not None:
            slot = Slot(
                id=slot_id, week_id=week.id, name=name, team_id=team_id, day=day, start=start, end=end, places=places,
                activity=activity, purpose=purpose, site_id=site_id, host=host, host_email=host_email,
                consent=consent, consent_by=consent_by,
            )  # fmt: skip
            found.put(slot, row)


def of_kind(entities: Mapping[str, Entity], kind: type[Entity]) -> list[Entity]:
    """The entities of one kind, in the order of their rows."""
    return [entity for entity in entities.values() if isinstance(entity, kind)]
