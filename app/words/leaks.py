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
    return translate("{place}: {what}; {mend}").format(place=place, what=_what(leak), mend=_mend(leak))


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


def _mend(leak: Leak) -> str:
    match leak.kind:
        case LeakKind.PROTECTED_PLACE:
            if leak.source:
                return translate("open {source} and write the place’s alias instead").format(source=leak.source)
            return translate("look for it in the names and notes of the week, and write the place’s alias instead")
        case LeakKind.OTHER_VISITOR:
            if leak.source:
                return translate("open {source} and take the name out").format(source=leak.source)
            return translate("look for it in the texts of the visits of this file, and take the name out")
        case LeakKind.WISH_REASON | LeakKind.NEEDS:
            if leak.source:
                return translate("open {source} and take it out, or word it in another way").format(source=leak.source)
            return translate("look for it in the texts of the week, and take it out or word it in another way")
        case LeakKind.BIRTH_DATE | LeakKind.LONG_NUMBER | LeakKind.POSTCODE:
            place = leak.source or leak.where
            if leak.kind is LeakKind.POSTCODE:
                return translate(
                    "open {place} and take it out; the postcode of a place that is visited belongs in Sites"
                ).format(place=place)
            if leak.kind is LeakKind.BIRTH_DATE:
                return translate("open {place} and take it out, or say what happened on that day").format(place=place)
            return translate("open {place} and take it out, or say what number it is").format(place=place)
        case LeakKind.HIDDEN_PART:
            return translate("report this as a fault of the app")
        case _:
            assert_never(leak.kind)
