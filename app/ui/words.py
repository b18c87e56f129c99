"""Codes turned into the window's words: names of cards for the screen reader, columns, statuses, refusals."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from app.models.places import Consent
from app.models.view import WeekSlot
from app.models.visits import VisitStatus
from app.text import translate
from app.ui.deck.cards import NOON, Badge, Card, Column, Sort
from app.words.dates import between, clock, clock_at, counted, day, short_day


def badge_word(badge: Badge) -> str:
    """What a badge means."""
    match badge:
        case Badge.BROKEN:
            return translate("breaks a rule")
        case Badge.PERMITTED:
            return translate("permitted by hand")
        case Badge.TIGHT:
            return translate("warning")
        case Badge.PINNED:
            return translate("pinned")
        case Badge.CONSENT:
            return translate("consent to ask")
        case Badge.CHANGED:
            return translate("changed since published")
        case _:
            assert_never(badge)


def badge_icon(badge: Badge) -> str:
    """The icon of a badge."""
    match badge:
        case Badge.BROKEN:
            return "broken"
        case Badge.PERMITTED:
            return "permitted"
        case Badge.TIGHT:
            return "problems"
        case Badge.PINNED:
            return "pin"
        case Badge.CONSENT:
            return "consent"
        case Badge.CHANGED:
            return "changed"
        case _:
            assert_never(badge)


def badge_token(badge: Badge) -> str:
    """The colour token of a badge."""
    match badge:
        case Badge.BROKEN:
            return "broken"
        case Badge.TIGHT | Badge.CONSENT:
            return "tight"
        case Badge.PERMITTED | Badge.PINNED | Badge.CHANGED:
            return "text"
        case _:
            assert_never(badge)


def status_word(status: VisitStatus) -> str:
    """How far a visit has come."""
    match status:
        case VisitStatus.PROPOSED:
            return translate("proposed")
        case VisitStatus.PUBLISHED:
            return translate("published")
        case VisitStatus.CONFIRMED:
            return translate("confirmed")
        case VisitStatus.DECLINED:
            return translate("declined")
        case VisitStatus.HELD:
            return translate("held")
        case VisitStatus.CANCELLED:
            return translate("cancelled")
        case _:
            assert_never(status)


def consent_word(consent: Consent) -> str:
    """Whether those who are visited have agreed."""
    match consent:
        case Consent.NOT_NEEDED:
            return translate("not needed")
        case Consent.TO_ASK:
            return translate("to ask")
        case Consent.GIVEN:
            return translate("given")
        case Consent.REFUSED:
            return translate("refused")
        case _:
            assert_never(consent)


def spoken_time(start: dt.time, end: dt.time) -> str:
    """`14:00 to 16:00`: a dash is not read aloud."""
    return translate("{start} to {end}").format(start=clock(start), end=clock(end))


def card_name(card: Card, reasons: tuple[str, ...] = ()) -> str:
    """The whole card as one line, for the screen reader and the tooltip."""
    if card.sort is Sort.AWAY or card.slot is None:
        return card.note
    slot = card.slot
    parts = []
    if card.sort is Sort.FREE:
        parts.append(free_words(card))
    else:
        parts.append(card.person)
    parts.append(slot.team.name)
    if slot.slot.activity:
        parts.append(" ".join(slot.slot.activity.split()))
    parts += [day(slot.day), spoken_time(slot.start, slot.end), slot.site.name]
    if card.visit is not None:
        parts.append(status_word(card.visit.status))
    parts += [badge_word(badge) for badge in card.badges if badge is not Badge.BROKEN or not reasons]
    parts += reasons
    return ", ".join(part for part in parts if part)


def free_words(card: Card, *, short: bool = False) -> str:
    """`free`, or `2 places free`, in short `2 free`."""
    if card.places == 1:
        return translate("free")
    if short:
        return translate("{count} free").format(count=card.places)
    return translate("{places} free").format(places=counted(card.places, translate("place"), translate("places")))


def slot_times(slot: WeekSlot) -> str:
    """`09:30–11:00`."""
    return between(slot.start, slot.end)


def half_day_head(column: Column) -> str:
    """`Mon 8 Jul` over `morning`."""
    part = translate("morning") if column.start < NOON else translate("afternoon")
    return f"{short_day(column.day)}\n{part}"


def half_day_name(column: Column) -> str:
    """`Mon 8 July, morning`."""
    part = translate("morning") if column.start < NOON else translate("afternoon")
    return f"{day(column.day)}, {part}"


def quarter_name(column: Column) -> str:
    """`09:15`."""
    return clock_at(column.start)


def quarter_head(column: Column) -> str:
    """`09:00` on the full hour, else blank: a quarter of an hour is too narrow for words."""
    return quarter_name(column) if column.start % 60 == 0 else ""
