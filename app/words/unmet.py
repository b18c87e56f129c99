"""The sentences for unmet demand: who has too few visits, and why."""

from __future__ import annotations

from typing import assert_never

from app.models.findings import Lack, Rule, Unmet, Who
from app.models.view import WeekView
from app.text import translate
from app.words.dates import counted, listed
from app.words.labels import named, resolved, slot_label, team_name, visitor_name

_GROUP = 4
"""From so many on a group is counted too."""


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
        "together": counted(unmet.together, translate("visit")),
        "room": str(unmet.room),
        "pins": "; ".join(
            translate("{who} at {where}").format(who=visitor_name(view, who), where=slot_label(view.slots.get(slot)))
            for who, slot in unmet.pins
        ),
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
        case Lack.FEW_OPEN:
            return _few_open(view, unmet)
        case Lack.FEWER_ALONE:
            if is_visitor:
                return translate(
                    "even with the week to themselves they could have only {alone}, because of the times, the way "
                    "between sites, or lunch."
                ).format(**facts)
            return translate(
                "even with every visitor to itself it could have only {alone}, because of its places and times and of "
                "who can come."
            ).format(**facts)
        case Lack.OWN_LIMIT:
            return _own_limit(view, unmet, facts)
        case Lack.PINS:
            if unmet.alone:
                return translate("pinned visits leave room for only {alone}: {pins}.").format(**facts)
            return translate("pinned visits leave no room: {pins}.").format(**facts)
        case Lack.SHARED:
            return _shared(unmet, facts)
        case Lack.CROWDED_OUT | Lack.OWN_VISITS:
            return _taken(unmet, facts)
        case Lack.NOT_PLACED:
            return translate("nothing stands in the way, and no match has placed it yet.")
        case _:
            assert_never(unmet.lack)


def _few_open(view: WeekView, unmet: Unmet) -> str:
    reasons = listed([_in_the_way(rule, is_visitor=unmet.who is Who.VISITOR) for rule in unmet.rules])
    if unmet.who is Who.TEAM:
        who = counted(unmet.room, translate("visitor"))
        if not reasons:
            return translate("only {who} can come to its slots, once each.").format(who=who)
        return translate("only {who} can come to its slots, once each ({reasons}).").format(who=who, reasons=reasons)
    if view.week.same_team_once:
        what = counted(unmet.room, translate("team has a slot"), translate("teams have a slot"))
    else:
        what = counted(unmet.room, translate("slot is there"), translate("slots are there"))
    if not reasons:
        return translate("only {what} at all.").format(what=what)
    return translate("only {what} that is open to them ({reasons}).").format(what=what, reasons=reasons)


def _shared(unmet: Unmet, facts: dict[str, str]) -> str:
    """`Ann, Bo and Cy want 3 visits in all, and the slots that are open to them have room for only 2.`"""
    if unmet.who is Who.VISITOR:
        if len(unmet.names) == 1:
            return translate("the slots that are open to them have room for only {room}.").format(**facts)
        if len(unmet.names) < _GROUP:
            return translate(
                "{names} want {together} in all, and the slots that are open to them have room for only {room}."
            ).format(**facts)
        return translate(
            "{count} visitors ({names}) want {together} in all, and the slots that are open to them have room for "
            "only {room}."
        ).format(**facts, count=len(unmet.names))
    if len(unmet.names) == 1:
        return translate("the visitors who can come have time for only {room}.").format(**facts)
    if len(unmet.names) < _GROUP:
        return translate(
            "{names} want {together} in all, and the visitors who can come have time for only {room}."
        ).format(**facts)
    return translate(
        "{count} teams ({names}) want {together} in all, and the visitors who can come have time for only {room}."
    ).format(**facts, count=len(unmet.names))


def _taken(unmet: Unmet, facts: dict[str, str]) -> str:
    """What takes every place as the week stands."""
    if unmet.who is Who.VISITOR:
        if not unmet.names:
            return translate("the places that are free do not go with the visits they have.")
        if unmet.rules:
            return translate(
                "the places that would suit are taken by {names}, or do not go with the visits they have."
            ).format(**facts)
        return translate("every place that would suit is taken, by {names}.").format(**facts)
    if unmet.names and unmet.rules:
        return translate(
            "its host is needed elsewhere, or the visitors who could come have other visits then or all that they "
            "want: {names}."
        ).format(**facts)
    if unmet.names:
        return translate("the visitors who could come have other visits then, or all that they want: {names}.").format(
            **facts
        )
    if unmet.rules:
        return translate("its host is needed elsewhere at those times.")
    return translate("the places that are left do not go with the visits it has.")


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
