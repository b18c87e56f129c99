"""The sentences that answer Why and Why not: the rule in the way, or what a visit costs, or what it is good for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import assert_never

from app.models.findings import Answer, Counted, Price, Rule, RuleHeld, Serves
from app.models.view import WeekView
from app.models.week import MOST_IS_BEST, Priority
from app.text import translate
from app.words.dates import listed
from app.words.labels import slot_label
from app.words.rules import forbids_text, holds_text, topic

_MOST_NAMED = 3
"""How many priorities one sentence names; the whole list stands beside it."""
_FIRST = (Rule.CONSENT, Rule.NEVER, Rule.CLEARANCE, Rule.NOT_FREE)
"""Rules that no other plan can help: told before the others."""
_WISHES = (Counted.FIRST_CHOICE, Counted.LIKE, Counted.RATHER_NOT, Counted.RATHER_NOT_TIME)
_FRESH = (Counted.SEEN_BEFORE, Counted.NEW_SERVICE)
NOTHING_COUNTED: Mapping[Counted, int] = MappingProxyType({})


def answer_text(view: WeekView, answer: Answer) -> str:
    """The one-sentence answer."""
    facts = {
        "who": view.visitors[answer.person_id].name,
        "here": slot_label(view.slots[answer.slot_id]),
        "reason": reason_text(view, answer),
    }
    if answer.placed:
        return _placed(view, answer, facts)
    if not answer.allowed:
        return translate("{who} cannot visit {here}: {reason}").format(**facts)
    return _possible(view, answer, facts)


def reason_text(view: WeekView, answer: Answer) -> str:
    """The first rule in the way as a sentence, with the names of the others; blank where none is."""
    broken = [one for one in answer.rules if not one.holds]
    if not broken:
        return ""
    broken.sort(key=lambda one: one.rule not in _FIRST)
    first = forbids_text(view, broken[0].facts[0], answer.person_id, answer.slot_id, pinned=True)
    if len(broken) == 1:
        return first
    more = listed([_mid(topic(one.rule)) for one in broken[1:]])
    return translate("{reason} (also in the way: {more}).").format(reason=first.rstrip("."), more=more)


def rule_text(view: WeekView, answer: Answer, one: RuleHeld) -> str:
    """What one rule says of the visit: that it holds, what breaks it, or what is in the way and could move."""
    if not one.holds:
        return " ".join(
            forbids_text(view, fact, answer.person_id, answer.slot_id, pinned=True) for fact in one.facts
        )  # fmt: skip
    if one.standing:
        reasons = (forbids_text(view, fact, answer.person_id, answer.slot_id, pinned=False) for fact in one.standing)
        return translate("Only what a match may move is in the way: {reason}").format(reason=" ".join(reasons))
    return holds_text(view, view.visitors[answer.person_id], view.slots[answer.slot_id], one.rule)


def change_text(
    priority: Priority, change: int, *, unseen: int = 0, counts: Mapping[Counted, int] = NOTHING_COUNTED
) -> str:
    """What a change of a priority's value means, as what a visit *would* do: `meet one wish fewer`.

    `unseen` is how many teams more, or fewer, would get no visit at all; `counts` says of what the change is made.
    """
    worse = (change < 0) == (priority in MOST_IS_BEST)
    size = abs(change)
    match priority:
        case Priority.DEMAND:
            return _demand(size, unseen, worse=worse)
        case Priority.TOLD:
            people = _many(size, translate("person"), translate("people"))
            sentence = translate("mean telling {people} again") if worse else translate("spare telling {people} again")
            return sentence.format(people=people)
        case Priority.TOLD_VISITS:
            visits = _many(size, translate("promised visit"), translate("promised visits"))
            sentence = translate("change {visits}") if worse else translate("leave {visits} as promised")
            return sentence.format(visits=visits)
        case Priority.WISHES:
            return _one_thing(counts, _WISHES) or _points(size, translate("for wishes"), worse=worse)
        case Priority.FRESH_EYES:
            return _one_thing(counts, _FRESH) or _points(size, translate("for fresh eyes"), worse=worse)
        case Priority.FAIR_VISITORS:
            if worse:
                return translate("share wishes less evenly among visitors")
            return translate("share wishes more evenly among visitors")
        case Priority.FAIR_TEAMS:
            if worse:
                return translate("share visits less evenly among teams")
            return translate("share visits more evenly among teams")
        case _:
            minutes = _many(size, translate("minute"), translate("minutes"))
            sentence = translate("add {minutes} on the road") if worse else translate("save {minutes} on the road")
            return sentence.format(minutes=minutes)


def _one_thing(counts: Mapping[Counted, int], among: Sequence[Counted]) -> str:
    """The change in things, where it is made of one kind alone; else blank."""
    changed = [(one, counts[one]) for one in among if counts.get(one)]
    if len(changed) != 1:
        return ""
    ((what, change),) = changed
    more, size = change > 0, abs(change)
    match what:
        case Counted.FIRST_CHOICE:
            things = _many(size, translate("first choice"), translate("first choices"))
            sentence = translate("meet {things} more") if more else translate("meet {things} fewer")
        case Counted.LIKE:
            things = _many(size, translate("wish"), translate("wishes"))
            sentence = translate("meet {things} more") if more else translate("meet {things} fewer")
        case Counted.RATHER_NOT:
            things = _many(size, translate("visit"), translate("visits"))
            sentence = (
                translate("send {things} more where somebody would rather not go")
                if more
                else translate("send {things} fewer where somebody would rather not go")
            )
        case Counted.RATHER_NOT_TIME:
            things = _many(size, translate("visit"), translate("visits"))
            sentence = (
                translate("have {things} more at a time that somebody would rather not")
                if more
                else translate("have {things} fewer at a time that somebody would rather not")
            )
        case Counted.SEEN_BEFORE:
            things = _many(size, translate("visit"), translate("visits"))
            sentence = (
                translate("have {things} more to a team seen before")
                if more
                else translate("have {things} fewer to a team seen before")
            )
        case Counted.NEW_SERVICE:
            things = _many(size, translate("new service"), translate("new services"))
            sentence = translate("show {things} more") if more else translate("show {things} fewer")
        case _:
            assert_never(what)
    return sentence.format(things=things)


def _points(size: int, of_what: str, *, worse: bool) -> str:
    points = _many(size, translate("point"), translate("points"))
    sentence = translate("cost {points} {of_what}") if worse else translate("bring {points} {of_what}")
    return sentence.format(points=points, of_what=of_what)


def price_text(
    by_priority: Sequence[tuple[Priority, int]],
    *,
    unseen: int = 0,
    counts: Mapping[Counted, int] = NOTHING_COUNTED,
) -> str:
    """`leave one team unseen and meet two wishes fewer, but save 20 minutes on the road`; blank where all is the same.

    What comes first in the order comes first here, and decides.
    """
    changed = [(priority, change) for priority, change in by_priority if change][:_MOST_NAMED]
    parts = [
        ((change < 0) == (priority in MOST_IS_BEST), change_text(priority, change, unseen=unseen, counts=counts))
        for priority, change in changed
    ]
    worse, better = [text for bad, text in parts if bad], [text for bad, text in parts if not bad]
    if not worse or not better:
        return listed(worse or better)
    first, second = (worse, better) if parts[0][0] else (better, worse)
    return translate("{first}, but {second}").format(first=listed(first), second=listed(second))


def gain_text(by_priority: Sequence[tuple[Priority, int]]) -> str:
    """`would bring two wish points`, or that nothing changes."""
    said = price_text(by_priority)
    return translate("would {said}").format(said=said) if said else translate("changes nothing that counts")


def _demand(size: int, unseen: int, *, worse: bool) -> str:
    if abs(unseen) == size and (unseen > 0) == worse:
        teams = _many(size, translate("team"), translate("teams"))
        return (translate("leave {teams} unseen") if worse else translate("see {teams} more")).format(teams=teams)
    visits = _many(size, translate("wanted visit"), translate("wanted visits"))
    return (translate("leave {visits} unmet") if worse else translate("meet {visits} more")).format(visits=visits)


def _possible(view: WeekView, answer: Answer, facts: dict[str, str]) -> str:
    standby = ""
    if view.visitors[answer.person_id].standby:
        standby = translate("; {who} is on standby, so only a hand places them").format(**facts)
    price = answer.price
    if price is None:
        if any(one.standing for one in answer.rules):
            return translate("{who} could visit {here}, if others move{standby}.").format(**facts, standby=standby)
        return translate("{who} could visit {here}: no rule is in the way{standby}.").format(**facts, standby=standby)
    told = price_text(_known(price), unseen=price.unseen, counts=dict(price.counts))
    said = facts | {"price": told, "standby": standby, "sure": _sure(price)}
    if said["price"]:
        return translate("{who} at {here} would {price}{sure}{standby}.").format(**said)
    if price.sure == 0:
        return translate("{who} could visit {here}{sure}{standby}.").format(**said)
    if price.in_best:
        return translate("It costs nothing: the best week has {who} at {here}{sure}{standby}.").format(**said)
    return translate("It costs nothing: a week just as good has {who} at {here}{sure}{standby}.").format(**said)


def _placed(view: WeekView, answer: Answer, facts: dict[str, str]) -> str:
    is_at = translate("{who} is pinned to {here}") if answer.serves.pinned else translate("{who} is at {here}")
    facts = facts | {"is_at": is_at.format(**facts)}
    if not answer.allowed:
        return translate("{is_at} against a rule: {reason}").format(**facts)
    facts["good"] = _good(view, answer, answer.serves)
    price = answer.price
    if price is None:
        return translate("{is_at}: {good}.").format(**facts)
    without = [(priority, -change) for priority, change in _known(price)]
    facts["price"] = price_text(without, unseen=-price.unseen, counts={what: -change for what, change in price.counts})
    facts["sure"] = _sure(price)
    facts["next"] = _next(view, price)
    if not price.sure:
        return translate("{is_at}: {good}{sure}.").format(**facts)
    if not facts["price"]:
        return translate("{is_at}: {good}; a week just as good does without it{next}{sure}.").format(**facts)
    return translate("{is_at}: {good}; a week without it would {price}{next}{sure}.").format(**facts)


def _next(view: WeekView, price: Price) -> str:
    if not price.instead:
        return ""
    return translate(", the next best being {slot}").format(slot=slot_label(view.slots[price.instead[0]]))


def _good(view: WeekView, answer: Answer, serves: Serves) -> str:
    """What a visit is good for."""
    facts = {"who": view.visitors[answer.person_id].name, "team": view.slots[answer.slot_id].team.name}
    good: list[str] = []
    if serves.visitor_minimum:
        good.append(translate("they need it to reach their minimum"))
    if serves.team_minimum:
        good.append(translate("{team} needs it to reach its minimum"))
    if serves.points >= 3:
        good.append(translate("it meets a first choice"))
    elif serves.points > 0:
        good.append(translate("it meets a wish"))
    elif serves.points < 0:
        good.append(translate("it goes against a wish"))
    if serves.new_service:
        good.append(translate("it shows them a new service"))
    if serves.seen_before:
        good.append(translate("they have seen {team} before"))
    if not good:
        good.append(translate("it meets no minimum and no wish by itself"))
    return listed([text.format(**facts) for text in good])


def _known(price: Price) -> list[tuple[Priority, int]]:
    """What is sure of the price."""
    return list(price.by_priority[: price.sure])


def _sure(price: Price) -> str:
    """What time left open."""
    if price.proved:
        return ""
    names = listed([priority.value for priority, _ in price.by_priority[price.sure :]])
    return translate("; time was up before {names} could be told").format(names=names)


def _many(number: int, one: str, many: str) -> str:
    """`one team`, `two teams`, `12 teams`."""
    shown = _spelled(number)
    return f"{shown} {one if number == 1 else many}"


def _spelled(number: int) -> str:
    words = {
        1: translate("one"), 2: translate("two"), 3: translate("three"), 4: translate("four"), 5: translate("five"),
        6: translate("six"), 7: translate("seven"), 8: translate("eight"), 9: translate("nine"), 10: translate("ten"),
    }  # fmt: skip
    return words.get(number, f"{number:,}")


def _mid(heading: str) -> str:
    """A heading in the middle of a sentence."""
    return heading[:1].lower() + heading[1:]
