"""Sites, the roads between them, the teams that receive visitors, and the slots that they offer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.models.people import Clearance


class Need(StrEnum):
    """The clearance that a team asks of its visitors."""

    NONE = "none"
    ACCOMPANY = "accompany"
    CONFIRMED = "confirmed"


MEETS: dict[Clearance, frozenset[Need]] = {
    Clearance.NOT_YET: frozenset({Need.NONE}),
    Clearance.ACCOMPANY: frozenset({Need.NONE, Need.ACCOMPANY}),
    Clearance.CONFIRMED: frozenset(Need),
}
"""Which needs each clearance meets (PRODUCT.md, rule 4)."""


class Consent(StrEnum):
    """Whether those who are visited have agreed."""

    NOT_NEEDED = "not needed"
    TO_ASK = "to ask"
    GIVEN = "given"
    REFUSED = "refused"


SERVICES: tuple[str, ...] = ("Social care", "Education", "Children's homes", "Early help")
"""The four services that every directorate has; a PA may add others by naming them on a team."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place. A protected one is shown to others as `alias`, without address and postcode."""

    id: str
    name: str
    address: str = ""
    postcode: str = ""
    protected: bool = False
    alias: str = ""
    division: str = ""
    parking: str = ""
    arrival_notes: str = ""

    @property
    def shown_as(self) -> str:
        """What everybody outside the app may read: the alias of a protected site, else the name."""
        return self.alias if self.protected else self.name


ONLINE_ID = "online"
ONLINE = Site(id=ONLINE_ID, name="online")
"""The built-in site without roads or buffer. It is never stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """Minutes on the road from one site to another. Holds for the way back too, unless that is given."""

    id: str
    from_id: str
    to_id: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who receives visitors. Outlives a week; how many it takes in one week is its `Offer`."""

    id: str
    name: str
    service: str
    site_id: str
    host: str = ""
    host_email: str = ""
    host_phone: str = ""
    deputy: str = ""
    deputy_email: str = ""
    clearance_needed: Need = Need.NONE
    line: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A team taking part in one week: how many visits it takes. None is "no limit"."""

    id: str
    week_id: str
    team_id: str
    min_visits: int = 0
    max_visits: int | None = None
    max_per_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What is offered: a team, an activity, a day and its time, places. Blank site and host are the team's."""

    id: str
    week_id: str
    name: str
    team_id: str
    day: dt.date
    start: dt.time
    end: dt.time
    places: int = 1
    activity: str = ""
    purpose: str = ""
    site_id: str | None = None
    host: str = ""
    host_email: str = ""
    consent: Consent = Consent.NOT_NEEDED
    consent_by: dt.date | None = None
