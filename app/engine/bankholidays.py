"""The bank holidays of England by name: shipped for many years, worked out by the `holidays` library for others.

The library imports the calendars of every country, a quarter of a second in which a window could have opened. So its
answer for the years that people plan in lies in `resources/bank-holidays.json`, which
`python -m app.engine.bankholidays` writes; a test holds the file against the library, so that a new
edition of it is not missed.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache, lru_cache

from app.resources import resource

SHIPPED_YEARS = range(2015, 2046)


def bank_holiday(day: dt.date) -> str:
    """The name of the English bank holiday on that day; blank where there is none."""
    if day.year in SHIPPED_YEARS:
        return _shipped().get(day.isoformat(), "")
    return worked_out(day.year).get(day, "")


@cache
def _shipped() -> dict[str, str]:
    found = json.loads(resource("bank-holidays.json").read_text(encoding="utf-8"))
    return {str(day): str(name) for day, name in found.items()}


@lru_cache(maxsize=8)
def worked_out(year: int) -> dict[dt.date, str]:
    """The bank holidays of one year by the `holidays` library."""
    import holidays

    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year, language="en_GB").items())


def main() -> None:
    """Write the shipped file anew."""
    days = {day.isoformat(): name for year in SHIPPED_YEARS for day, name in sorted(worked_out(year).items())}
    text = json.dumps(days, ensure_ascii=False, indent=1)
    resource("bank-holidays.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
