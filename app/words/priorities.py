"""What was reached in each priority, in words."""

from __future__ import annotations

from app.models.findings import Reached
from app.models.week import MOST_IS_BEST, Priority
from app.text import translate


def reached_text(one: Reached) -> str:
    """`the best possible, proved`, `within 0.4 % of the best possible`, or that nobody asked for it."""
    if not one.asked:
        return translate("not asked for")
    if one.proved:
        return translate("the best possible, proved")
    if one.bound is None:
        return translate("not proved")
    return near_text(one.priority, one.value, one.bound)


def near_text(priority: Priority, value: int, bound: int) -> str:
    """How far a value may be from the best possible, from the proven bound."""
    gap = abs(value - bound)
    if gap == 0:
        return translate("the best possible")
    if bound == 0:
        sentence = (
            translate("at most {bound} is possible")
            if priority in MOST_IS_BEST
            else translate("at least {bound} is needed")
        )
        return sentence.format(bound=bound)
    percent = 100 * gap / abs(bound)
    shown = f"{percent:.1f}" if percent < 10 else f"{percent:.0f}"
    return translate("within {percent} % of the best possible").format(percent=shown)


def meaning(priority: Priority) -> str:
    """What each priority means, in one line."""
    sentences = {
        Priority.DEMAND: translate("visitors and teams reach their minimum"),
        Priority.TOLD: translate("fewest people to tell again"),
        Priority.TOLD_VISITS: translate("fewest promised visits changed"),
        Priority.WISHES: translate("first choices and likes are met, dislikes avoided"),
        Priority.FRESH_EYES: translate("teams and services not seen before"),
        Priority.FAIR_VISITORS: translate("nobody falls far short of their best wishes"),
        Priority.FAIR_TEAMS: translate("no team carries the week"),
        Priority.TRAVEL: translate("fewest minutes on the road"),
    }
    return sentences[priority]
