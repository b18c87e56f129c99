"""Leaks in words: where, what, and the mend."""

from __future__ import annotations

from typing import assert_never

from app.models.leaks import Leak, LeakKind
from app.text import translate


def leak_line(leak: Leak) -> str:
    """One line, such as `invites/…/x.ics (LOCATION): names a protected place, “…”; …`."""
    place = leak.path or leak.where
    if leak.path and leak.where:
        place = translate("{path} ({where})").format(path=leak.path, where=leak.where)
    return translate("{place}: {what}; {mend}").format(place=place, what=_what(leak), mend=_mend(leak.kind))


def _what(leak: Leak) -> str:
    found = " ".join(leak.found.split())
    match leak.kind:
        case LeakKind.PROTECTED_PLACE:
            return translate("gives a protected place away, “{found}”").format(found=found)
        case LeakKind.OTHER_VISITOR:
            return translate("names another visitor, “{found}”").format(found=found)
        case LeakKind.WISH_REASON:
            return translate("tells the private reason of a wish, “{found}”").format(found=found)
        case LeakKind.NEEDS:
            return translate("tells a visitor’s needs, “{found}”").format(found=found)
        case LeakKind.BIRTH_DATE:
            return translate("may hold a date of birth, “{found}”").format(found=found)
        case LeakKind.LONG_NUMBER:
            return translate("may hold an NHS or case number, “{found}”").format(found=found)
        case LeakKind.POSTCODE:
            return translate("holds a postcode that is no public site’s, “{found}”").format(found=found)
        case LeakKind.HIDDEN_PART:
            return translate("holds something hidden, “{found}”").format(found=found)
        case _:
            assert_never(leak.kind)


def _mend(kind: LeakKind) -> str:
    match kind:
        case LeakKind.PROTECTED_PLACE:
            return translate("change the text or name that it comes from")
        case LeakKind.OTHER_VISITOR:
            return translate("take the name out of the slot’s or team’s text")
        case LeakKind.WISH_REASON | LeakKind.NEEDS:
            return translate("take it out of the text that it comes from")
        case LeakKind.BIRTH_DATE | LeakKind.LONG_NUMBER | LeakKind.POSTCODE:
            return translate("take it out: nothing about a child or family belongs here")
        case LeakKind.HIDDEN_PART:
            return translate("report this as a fault of the app")
        case _:
            assert_never(kind)
