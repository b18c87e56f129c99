"""Which version of a week a paper shows: a publication, or a draft, and its moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.models.publication import Publication
from app.models.view import WeekView
from app.text import translate
from app.words.dates import clock, day


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A publication's number (None: a draft), its moment in UTC, and the number it replaces, if any.

    Document dates and zip dates are this moment, so that the same version written twice is the same bytes.
    """

    number: int | None = None
    at: dt.datetime
    replaces: int | None = None
    time_zone: str = "Europe/London"

    @property
    def local(self) -> dt.datetime:
        """The moment as clocks of the week's zone showed it."""
        at = self.at if self.at.tzinfo else self.at.replace(tzinfo=dt.UTC)
        return at.astimezone(ZoneInfo(self.time_zone))

    @property
    def utc(self) -> dt.datetime:
        """The moment in UTC, whole seconds, without a zone, as document properties want it."""
        at = self.at.astimezone(dt.UTC) if self.at.tzinfo else self.at
        return at.replace(tzinfo=None, microsecond=0)


def version_of(week: WeekView, publication: Publication) -> Version:
    """The version that a publication's papers name."""
    replaces = publication.number - 1 or None
    return Version(number=publication.number, at=publication.at, replaces=replaces, time_zone=week.week.time_zone)


def version_name(version: Version) -> str:
    """`Version 3`, or `Draft, not yet published`."""
    if version.number is None:
        return translate("Draft, not yet published")
    return translate("Version {number}").format(number=version.number)


def version_line(version: Version) -> str:
    """`Version 3, Tue 9 July 14:05, replaces 2`, or `Draft, Tue 9 July 14:05`."""
    moment = f"{day(version.local.date())} {clock(version.local.time())}"
    if version.number is None:
        return translate("Draft, {moment}").format(moment=moment)
    if version.replaces is None:
        return translate("Version {number}, {moment}").format(number=version.number, moment=moment)
    return translate("Version {number}, {moment}, replaces {replaces}").format(
        number=version.number, moment=moment, replaces=version.replaces
    )
