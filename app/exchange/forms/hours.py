"""Times of day as people write them: `9.30-11.30`, `930 til noon`, `after 2`, `pm`."""

from __future__ import annotations

import re

from app.models.view import minute
from app.models.week import Week

NOON, DAY = 12 * 60, 24 * 60
AM = re.compile(r"\b(a\.?m\.?s?|mornings?|before lunch)(?=$|[\s,.;)])")
PM = re.compile(r"\b(p\.?m\.?s?|afternoons?|after lunch)(?=$|[\s,.;)])")
WHOLE = re.compile(r"\b(all day|whole day|full day|any ?time|all times|day)\b")
_CLOCK = r"(?:2[0-4]|[01]?\d)(?:[:.]?[0-5]\d)?(?:\s*(?:am|pm|noon|hrs?))?|noon|midday"
RANGE = re.compile(
    rf"(?<![\d:.])(?:from |between )?({_CLOCK})\s*(?:-|–|—|to|until|till?|and)\s*({_CLOCK})(?![\d/]|[:.]\d)"
)
_AFTER = re.compile(rf"\b(?:after|from)\s+({_CLOCK})(?![\d/]|[:.]\d)(?:\s+onwards?)?")
_BEFORE = re.compile(rf"\b(?:before|until|till?|up to)\s+({_CLOCK})(?![\d/]|[:.]\d)")


def time_in(text: str, week: Week) -> tuple[int, int, str, bool, bool]:
    """The part of the day that a piece names: start, end, what is left, whether there was one, whether it was clear."""
    if match := RANGE.search(text):
        start, end = _range(match[1], match[2], week)
        return start, end, _cut(text, match), True, 0 <= start < end and _certain(match[1], start, week)
    if match := _AFTER.search(text):
        start = _clock(match[1], week)
        return start, minute(week.day_ends), _cut(text, match), True, 0 <= start < minute(week.day_ends)
    if match := _BEFORE.search(text):
        end = _clock(match[1], week)
        return minute(week.day_starts), end, _cut(text, match), True, end > minute(week.day_starts)
    return _half(text, week)


def _certain(said: str, start: int, week: Week) -> bool:
    """Whether the half of the day is certain: it was told, or the time lies in the working day."""
    return "m" in said or "noon" in said or minute(week.day_starts) <= start < minute(week.day_ends)


def _half(text: str, week: Week) -> tuple[int, int, str, bool, bool]:
    """As `time_in`, for a half of the day, or all of it."""
    am, pm = bool(AM.search(text)), bool(PM.search(text))
    if not am and not pm:
        return 0, DAY, text, bool(WHOLE.search(text)), True
    rest = PM.sub(" ", AM.sub(" ", text))
    start, end = (0, DAY) if am and pm else (minute(week.day_starts), NOON) if am else (NOON, minute(week.day_ends))
    return start, end, rest, True, True


def _cut(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " + text[match.end() :]


def _range(first: str, last: str, week: Week) -> tuple[int, int]:
    """Both ends of a stretch; where no half of the day is told, the one that lies in working hours."""
    start, end = _clock(first, week), _clock(last, week)
    if end <= start and "m" not in last and end + NOON > start:
        end += NOON
    if "pm" in last and "m" not in first and start + NOON < end and start < minute(week.day_starts):
        start += NOON
    return start, end


def _clock(text: str, week: Week) -> int:
    """Minutes from midnight; an hour before working hours without am or pm is one of the afternoon. -1: none."""
    word = text.strip()
    if word in {"noon", "midday"} or word.endswith("noon"):
        return NOON
    half = "am" if word.endswith("am") else "pm" if word.endswith("pm") else ""
    number = word.removesuffix(half).strip().rstrip("hrs ").replace(".", ":")
    hour, _, rest = number.partition(":") if ":" in number else (number[:-2] or number, "", number[:-2] and number[-2:])
    try:
        value = int(hour) * 60 + int(rest or 0)
    except ValueError:
        return -1
    if not 0 <= value <= 24 * 60 or int(rest or 0) > 59:
        return -1
    if half == "pm" and value < NOON:
        value += NOON
    elif half == "am" and value >= NOON:
        value -= NOON
    elif not half and value < minute(week.day_starts) and value + NOON <= minute(week.day_ends):
        value += NOON
    return value
