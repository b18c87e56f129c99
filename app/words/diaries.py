"""What was read in a diary, in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import assert_never

from app.models.diary import BusySpan, Diary, Doubt, Doubtful
from app.models.view import time_at
from app.text import translate
from app.words.dates import between, clock, counted, day, listed


def diary_words(diary: Diary) -> str:
    """`14 busy times and 2 rather not, from 212 entries`."""
    hard = sum(not span.soft for span in diary.spans)
    soft = len(diary.spans) - hard
    found = counted(hard, translate("busy time"), translate("busy times"))
    if soft:
        found = translate("{busy} and {soft} rather not").format(busy=found, soft=soft)
    entries = counted(diary.entries, translate("entry"), translate("entries"))
    return translate("{found} in this week, from {entries}").format(found=found, entries=entries)


def elsewhere_words(diary: Diary, first: dt.date, last: dt.date) -> str:
    """A warning where no entry of the file lies anywhere near the week; else blank."""
    if diary.spans or diary.first is None or diary.last is None:
        return "" if diary.entries else translate("The file has no entries: is it the right one?")
    if diary.first > last or diary.last < first:
        return translate("All its entries lie outside this week: is it the right file?")
    return ""


def span_words(span: BusySpan) -> str:
    """`Tue 9 July, 09:30–11:00, busy`."""
    state = translate("rather not") if span.soft else translate("busy")
    if span.start <= 0 and span.end >= 24 * 60:
        return translate("{day}, all day, {state}").format(day=day(span.day), state=state)
    times = between(time_at(span.start), time_at(span.end))
    return translate("{day}, {times}, {state}").format(day=day(span.day), times=times, state=state)


def doubt_words(found: Doubtful) -> str:
    """One sentence: what was left out or taken with a question."""
    count = counted(found.count, translate("entry"), translate("entries"))
    match found.doubt:
        case Doubt.UNREADABLE:
            return translate("{count} could not be read; left out").format(count=count)
        case Doubt.TOO_OFTEN:
            return translate("{count} repeated by the minute or second; left out").format(count=count)
        case Doubt.TOO_LONG:
            return translate("{count} took too long to work out; left out").format(count=count)
        case Doubt.CUT_SHORT:
            return translate("{count} broken off or not closed; what could be read was taken").format(count=count)
        case Doubt.UNKNOWN_ZONE:
            return translate("Time zone “{zone}” is not known; its times were taken as local: check them").format(
                zone=found.zone
            )
        case Doubt.ALL_DAY:
            return translate("{count} all day long without saying busy or free ({days}); taken as rather not").format(
                count=count, days=listed([day(one) for one in found.days])
            )
        case _:
            assert_never(found.doubt)


def diary_lines(diary: Diary, first: dt.date, last: dt.date) -> Iterator[str]:
    """Everything worth reading, line by line."""
    yield diary_words(diary)
    if warning := elsewhere_words(diary, first, last):
        yield warning
    for found in diary.doubts:
        yield doubt_words(found)


def moment_words(moment: dt.datetime) -> str:
    """`Tue 9 July, 14:05`, in local time."""
    local = moment.astimezone()
    return f"{day(local.date())}, {clock(local.time())}"
