"""Lines for READ ME about people who get no calendar file."""

from __future__ import annotations

from typing import assert_never

from app.models.publication import Missing, Recipient, Why
from app.text import translate
from app.words.dates import when


def missing_line(missing: Missing) -> str:
    """One line: who gets no file, for which visit, and why."""
    return translate("{name} ({part}), {when}, {about}: {why}").format(
        name=missing.name,
        part=part_word(missing.recipient),
        when=when(missing.day, missing.start),
        about=missing.about,
        why=_why(missing.why),
    )


def part_word(recipient: Recipient) -> str:
    """`visitor` or `host`."""
    match recipient:
        case Recipient.VISITOR:
            return translate("visitor")
        case Recipient.HOST:
            return translate("host")
        case _:
            assert_never(recipient)


def _why(why: Why) -> str:
    match why:
        case Why.NO_ADDRESS:
            return translate("no e-mail address, so no invitation; tell them yourself")
        case Why.BAD_ADDRESS:
            return translate("the e-mail address is not one, so no invitation; correct it or tell them yourself")
        case _:
            assert_never(why)
