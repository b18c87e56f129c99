"""Times in people's words: read where there is one way, offered where there are several, never more than was said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.exchange.forms.hours import DAY
from app.exchange.forms.marks import presence
from app.exchange.forms.spoken import Stretch, half_day, one_range, stretches
from app.models.people import Presence
from tests.builders import a_week, day, time

WEEK = a_week().week
_WORDS = (
    "mon", "tues", "weds", "thu", "am", "pm", "all day", "week", "mornings", "and", "&", ",", "/", "-", "to", "til",
    "from", "9", "9.30", "0930", "12", "1pm", "noon", "22 march", "23rd", "24/3", "24:00", "1-1", "not", "except",
    "free", "leave", "or", "only", "(", ")", "\n", "31 feb", "99/99/99",
)  # fmt: skip


def told(text: str, state: Presence = Presence.FREE) -> list[list[str]]:
    """Every way to read a text: `Tue 09:30-11:30`."""
    return [[_in_words(one) for one in reading] for reading in stretches(text, WEEK, state).readings]


def _in_words(one: Stretch) -> str:
    return f"{one.day:%a} {one.start // 60:02}:{one.start % 60:02}-{one.end // 60:02}:{one.end % 60:02}"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=8), st.sampled_from(Presence))
def test_whatever_is_written_gives_sound_stretches_and_certain_ones_lie_in_the_week(
    words: list[str], state: Presence
) -> None:
    said = stretches(" ".join(words), WEEK, state)
    for reading in said.readings:
        assert all(0 <= one.start < one.end <= DAY for one in reading)
    if said.clear:
        assert len(said.readings) == 1
        assert all(WEEK.first_day <= one.day <= WEEK.last_day for one in said.readings[0])
        assert not {"or", "except"} & set(words)


def test_a_half_day_behind_several_days_is_offered_for_all_of_them_first() -> None:
    said = stretches("Mon & Wed pm", WEEK)
    assert not said.clear
    assert told("Mon & Wed pm") == [
        ["Mon 12:00-18:00", "Wed 12:00-18:00"],
        ["Mon 00:00-24:00", "Wed 12:00-18:00"],
    ]


def test_what_is_left_of_the_week_is_offered_and_never_taken() -> None:
    said = stretches("any day except Friday, Thurs pm", WEEK)
    assert not said.clear
    assert told("any day except Friday")[0] == [f"{one} 00:00-24:00" for one in ("Mon", "Tue", "Wed", "Thu")]


@pytest.mark.parametrize(
    "text", ["Tues or Thurs", "not Tues", "Tuesday lunchtime", "from Wed", "10am Tues", "w/c 12 Oct"]
)
def test_what_may_mean_something_else_offers_no_reading(text: str) -> None:
    assert told(text) == []


def test_what_says_away_is_no_doubt_among_the_times_that_do_not_suit_and_what_says_free_is() -> None:
    assert stretches("on leave Tues", WEEK, Presence.BUSY).clear
    assert not stretches("on leave Tues", WEEK, Presence.FREE).clear
    assert not stretches("free Tues only", WEEK, Presence.BUSY).readings
    assert stretches("none", WEEK, Presence.BUSY).nothing


def test_both_ends_in_one_cell_and_days_in_headings() -> None:
    assert one_range("9.30-11", WEEK) == (time("09:30"), time("11:00"))
    assert one_range("930 til noon", WEEK) == (time("09:30"), time("12:00"))
    assert one_range("half the day", WEEK) is None
    assert half_day("Tuesday 23rd March (PM)", WEEK) == (day(1), (12 * 60, 18 * 60))
    assert half_day("Monday and Tuesday", WEEK) is None


def test_a_mere_tick_is_not_clear_where_the_heading_says_no() -> None:
    assert presence("✓") == (Presence.FREE, True)
    assert presence("✓", against=True) == (None, False)
    assert presence("on leave") == (None, False)
    assert presence("leave", against=True) == (Presence.BUSY, True)
    assert presence("x") == (None, False)
