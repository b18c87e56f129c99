"""What became of answers to invitations, in words."""

from __future__ import annotations

from typing import assert_never

from app.models.diary import Fit, Heard
from app.models.publication import Answer
from app.text import translate


def answer_word(answer: Answer) -> str:
    """`confirmed`, `declined` or `no answer yet`."""
    match answer:
        case Answer.CONFIRMED:
            return translate("confirmed")
        case Answer.DECLINED:
            return translate("declined")
        case Answer.NONE:
            return translate("no answer yet")
        case _:
            assert_never(answer)


def fit_words(fit: Fit) -> str:
    """What becomes of an answer, and what to do about it."""
    match fit:
        case Fit.APPLIES:
            return translate("will be noted")
        case Fit.SAME:
            return translate("noted already")
        case Fit.OLD:
            return translate("answers an earlier invitation, which was changed since; not noted")
        case Fit.CANCELLED:
            return translate("the visit was cancelled since; not noted")
        case Fit.TENTATIVE:
            return translate("neither yes nor no; ring and ask")
        case Fit.UNKNOWN:
            return translate("nobody of that name or address was sent such an invitation; check it")
        case Fit.UNREAD:
            return translate("says neither yes nor no; not noted")
        case _:
            assert_never(fit)


def heard_line(one: Heard) -> str:
    """`Ann Lee: declined – will be noted`."""
    if one.fit is Fit.UNREAD:
        return translate("line {line}, “{text}”: {fit}").format(line=one.source, text=one.who, fit=fit_words(one.fit))
    said = translate("perhaps") if one.fit is Fit.TENTATIVE else answer_word(one.answer)
    return f"{one.who}: {said} – {fit_words(one.fit)}"
