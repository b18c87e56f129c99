"""What the name of a time zone means: the file's own rules, Windows' names, Outlook's "(UTC+01:00) …", else nothing."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import icalendar
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_SHOWN = re.compile(r"\((?:UTC|GMT)([+-]\d{1,2}:?\d{2})?\)\s*(.*)", re.IGNORECASE)
_SPOKEN = {
    "eastern time": "America/New_York", "central time": "America/Chicago", "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles", "atlantic time": "America/Halifax", "greenwich mean time": "Europe/London",
    "coordinated universal time": "UTC", "gmt": "Europe/London", "bst": "Europe/London", "z": "UTC", "utc": "UTC",
    "edinburgh": "Europe/London", "new delhi": "Asia/Kolkata", "mumbai": "Asia/Kolkata", "beijing": "Asia/Shanghai",
    "bern": "Europe/Zurich", "islamabad": "Asia/Karachi", "abu dhabi": "Asia/Dubai", "canberra": "Australia/Sydney",
}  # fmt: skip


@cache
def _cities() -> dict[str, str]:
    """IANA zones by their last part, in words."""
    found: dict[str, str] = {}
    for name in sorted(available_timezones()):
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/")):
            found.setdefault(name.rpartition("/")[2].replace("_", " ").casefold(), name)
    return found


def known_zone(name: str) -> ZoneInfo | None:
    """The zone of an IANA, Windows or Outlook name; None where nobody knows it."""
    plain = name.strip().strip('"').strip()
    for found in (_iana(plain), WINDOWS_TO_OLSON.get(plain, ""), _shown(plain), _SPOKEN.get(plain.casefold(), "")):
        if found:
            try:
                return ZoneInfo(found)
            except (KeyError, ValueError, OSError):
                continue
    return None


def _iana(name: str) -> str:
    """The IANA name in it: some programs put their own path in front, as in "/mozilla.org/20070129_1/Europe/London"."""
    parts = [part for part in name.split("/") if part]
    known = available_timezones()
    for length in (3, 2, 1):
        tail = "/".join(parts[-length:])
        if len(parts) >= length and tail in known:
            return tail
    return ""


def _shown(name: str) -> str:
    """The zone of a name as Outlook shows it: "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"."""
    found = _SHOWN.fullmatch(name)
    if found is None:
        return ""
    return _of_cities(found[2]) or ("" if found[1] else "UTC")


def _of_cities(text: str) -> str:
    """The zone of the first word in it that names a city or what people call a zone."""
    for word in re.split(r"[,(]", text):
        folded = word.strip(" )").casefold()
        if zone := _SPOKEN.get(folded) or _cities().get(folded):
            return zone
    return ""


def city_zone(name: str) -> ZoneInfo | None:
    """The zone of older Outlooks' names, which list cities: "Kuala Lumpur, Singapore"."""
    found = _of_cities(name)
    return ZoneInfo(found) if found else None


def own_zone(text: str) -> dt.tzinfo | None:
    """The zone that a file's own VTIMEZONE describes; None where it cannot be read."""
    try:
        component = icalendar.Timezone.from_ical(text.encode())
        made = component.to_tz() if isinstance(component, icalendar.Timezone) else None
        if made is not None:
            dt.datetime(2026, 1, 1, tzinfo=made).utcoffset()  # some are found wrong only when they are asked
    except Exception:  # noqa: BLE001 - a broken zone fails in as many ways as there are programs that write one
        return None
    return made
