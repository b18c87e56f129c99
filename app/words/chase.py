"""What is still open, in words."""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from app.models.chase import Awaited, Chased
from app.text import translate
from app.words.dates import day


def awaited_word(awaited: Awaited) -> str:
    """What is awaited, as a heading: `Consent to ask`."""
    match awaited:
        case Awaited.CONSENT:
            return translate("Consent to ask")
        case Awaited.CLEARANCE:
            return translate("Clearance open")
        case Awaited.TIMES:
            return translate("No times or wishes yet")
        case Awaited.SLOTS:
            return translate("No slot offered yet")
        case Awaited.EMAIL:
            return translate("No e-mail address")
        case Awaited.ANSWER:
            return translate("No answer to the invitation")
        case Awaited.CALL:
            return translate("Not yet told")
        case _:
            assert_never(awaited)


def due_words(due: dt.date | None) -> str:
    """`Tue 9 July`; blank where no day is set."""
    return day(due) if due else ""


def reach_words(one: Chased) -> str:
    """How to reach whoever is asked: phone, then address."""
    return ", ".join(part for part in (one.phone, one.email) if part)


def chased_line(one: Chased) -> str:
    """`by Mon 8 July: Consent to ask – Jo Bright (01632 960001), MASH, Tue 9 July, 10:00–12:00`."""
    reach = reach_words(one)
    who = f"{one.who} ({reach})" if reach else one.who
    about = f", {one.about}" if one.about and one.about != one.who else ""
    said = f"{awaited_word(one.awaited)} – {who}{about}"
    return translate("by {day}: {said}").format(day=day(one.due), said=said) if one.due else said


def asked_words(one: Chased) -> str:
    """The sentence of a reminder that asks for it. It names nothing but the reader's own matter."""
    match one.awaited:
        case Awaited.CONSENT:
            asked = translate("Could you let me know whether those who are visited agree? It is about {told}.")
        case Awaited.CLEARANCE:
            asked = translate("Could you let me know how far the clearance of {told} is confirmed?")
        case Awaited.TIMES:
            asked = translate("Could you send me the times when {told} can or cannot come, and any wishes?")
        case Awaited.SLOTS:
            asked = translate("Could you send me the times when {told} can receive a visitor?")
        case Awaited.EMAIL:
            asked = translate("Could you send me an e-mail address for the invitations of {told}?")
        case Awaited.ANSWER:
            asked = translate("Could you answer the invitation? It is about {told}.")
        case Awaited.CALL:
            asked = translate("Something has changed: {told}. Could you let me know that you have seen it?")
        case _:
            assert_never(one.awaited)
    text = asked.format(told=one.told)
    return translate("{text} Please answer by {day}.").format(text=text, day=day(one.due)) if one.due else text
