"""The sentences for unmet demand: who has too few visits, and why."""

from __future__ import annotations

from typing import assert_never

from app.models.findings import Lack, Rule, Unmet, Who
from app.models.view import WeekView
from app.text import translate
from app.words.dates import counted, listed
from app.words.labels import named, resolved, team_name, visitor_name


def unmet_text(view: WeekView, unmet: Unmet) -> str:
    """One sentence that says who has fewer visits than wanted, and why."""
    is_visitor = unmet.who is Who.VISITOR
    name = visitor_name(view, unmet.id) if is_visitor else team_name(view, unmet.id)
    facts = {
        "name": name,
        "got": translate("no visit") if unmet.got == 0 else counted(unmet.got, "visit"),
        "wanted": str(unmet.wanted),
        "alone": str(unmet.alone),
        "names": named(resolved(view, unmet.names)),
    }
    return translate("{name} has {got} of at least {wanted}: ").format(**facts) + _lack(view, unmet, facts)


def _lack(view: WeekView, unmet: Unmet, facts: dict[str, str]) -> str:
    is_visitor = unmet.who is Who.VISITOR
    match unmet.lack:
        case Lack.NO_SLOTS:
            if is_visitor:
                return translate("no team offers a slot this week.")
            return translate("it offers no slot this week.")
        case Lack.NOTHING_OPEN:
            return _nothing_open(unmet, is_visitor=is_visitor)
        case Lack.FEWER_ALONE:
            if is_visitor:
                return translate(
                    "even with the week to themselves they could have only {alone}, because of the times, the way "
                    "between sites, or lunch."
                ).format(**facts)
            return translate("even with every visitor to itself it could have only {alone}.").format(**facts)
        case Lack.OWN_LIMIT:
            return _own_limit(view, unmet, facts)
        case Lack.CROWDED_OUT:
            if not unmet.names:
                return translate("others need the places that would suit.")
            if is_visitor:
                return translate("the places that would suit are needed by {names}.").format(**facts)
            return translate("the visitors who could come are needed by {names}.").format(**facts)
        case Lack.PINS:
            if not unmet.names:
                return translate("pinned visits stand in the way.")
            return translate("pinned visits stand in the way: {names}.").format(**facts)
        case Lack.NOT_PLACED:
            return translate("nothing stands in the way, and no match has placed it yet.")
        case _:
            assert_never(unmet.lack)


def _own_limit(view: WeekView, unmet: Unmet, facts: dict[str, str]) -> str:
    offer = view.visitors.get(unmet.id) or view.teams.get(unmet.id)
    if offer is not None and offer.max_per_day is not None:
        return translate("{most} a day allows only {alone} on the days that are open.").format(
            **facts, most=translate("at most {limit}").format(limit=offer.max_per_day)
        )
    if unmet.who is Who.VISITOR:
        return translate("their own limits allow only {alone}.").format(**facts)
    return translate("its own limits allow only {alone}.").format(**facts)


def _nothing_open(unmet: Unmet, *, is_visitor: bool) -> str:
    reasons = [_in_the_way(rule, is_visitor=is_visitor) for rule in unmet.rules]
    if not reasons:
        return translate("no slot is open to them.") if is_visitor else translate("no visitor can come to its slots.")
    if is_visitor:
        return translate("no slot is open to them ({reasons}).").format(reasons=listed(reasons))
    return translate("no visitor can come to its slots ({reasons}).").format(reasons=listed(reasons))


def _in_the_way(rule: Rule, *, is_visitor: bool) -> str:
    """What stands between a visitor and the slots, or a team and the visitors, in half a sentence."""
    match rule:
        case Rule.NOT_FREE:
            return translate("not free at those times") if is_visitor else translate("nobody is free at those times")
        case Rule.CLEARANCE:
            return translate("clearance") if is_visitor else translate("the clearance it needs")
        case Rule.NEVER:
            return translate("“never” wishes")
        case Rule.CONSENT:
            return translate("consent refused")
        case Rule.LUNCH:
            return translate("no time left for lunch")
        case Rule.SAME_TEAM:
            return translate("no team twice in a week")
        case Rule.CLASH:
            return translate("the times clash")
        case Rule.SLOT_FULL:
            return translate("slots are full")
        case Rule.HOST:
            return translate("the host is needed elsewhere")
        case Rule.VISITOR_MAX | Rule.VISITOR_DAY_MAX:
            return translate("the visitor’s most is reached")
        case Rule.TEAM_MAX | Rule.TEAM_DAY_MAX:
            return translate("the team’s most is reached")
        case Rule.PIN:
            return translate("pinned visits")
        case _:
            assert_never(rule)
