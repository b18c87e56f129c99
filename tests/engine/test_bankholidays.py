"""Bank holidays: known by name, and the shipped ones as the library gives them."""

from __future__ import annotations

import datetime as dt

from app.engine.bankholidays import SHIPPED_YEARS, bank_holiday, worked_out


def test_english_bank_holidays_are_known_by_name() -> None:
    assert bank_holiday(dt.date(2027, 3, 26)) == "Good Friday"
    assert bank_holiday(dt.date(2027, 3, 25)) == ""


def test_a_year_outside_the_shipped_ones_is_worked_out() -> None:
    assert SHIPPED_YEARS.stop <= 2060
    assert bank_holiday(dt.date(2060, 12, 27)) == worked_out(2060)[dt.date(2060, 12, 27)] != ""


def test_the_shipped_days_are_those_of_the_library() -> None:
    for year in SHIPPED_YEARS:
        days = [dt.date(year, 1, 1) + dt.timedelta(days=n) for n in range(365)] + [dt.date(year, 12, 31)]
        assert {day: name for day in days if (name := bank_holiday(day))} == worked_out(year)
