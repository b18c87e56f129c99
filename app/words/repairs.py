"""The sentences for what upsets a week, and for the mends that are offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import assert_never

from app.models.findings import Rule
from app.models.repairs import ConsentRefused, Lost, Option, SlotClosed, SlotMoved, TeamClosed, Upset, Way
from app.models.view import WeekView
from app.models.week import Priority
from app.text import translate
from app.words.dates import between, counted, day
from app.words.labels import named, slot_label, team_name, visitor_name


def upset_text(view: WeekView, upset: Upset) -> str:
    """What has happened, in one sentence. `view` is the week before it."""
    match upset:
        case Lost():
            return _lost(view, upset)
        case TeamClosed():
            name = team_name(view, upset.team_id)
            if upset.day is None:
                return translate("{team} receives nobody this week.").format(team=name)
            return translate("{team} receives nobody on {day}.").format(team=name, day=day(upset.day))
        case SlotClosed():
            return translate("Slot {slot} is closed: {label}.").format(
                slot=view.slots[upset.slot_id].name, label=slot_label(view.slots[upset.slot_id])
            )
        case ConsentRefused():
            return translate("Consent is refused for slot {slot}: {label}.").format(
                slot=view.slots[upset.slot_id].name, label=slot_label(view.slots[upset.slot_id])
            )
        case SlotMoved():
            return translate("Slot {slot} of {team} moves to {when}.").format(
                slot=view.slots[upset.slot_id].name,
                team=view.slots[upset.slot_id].team.name,
                when=f"{day(upset.day)}, {between(upset.start, upset.end)}",
            )
        case _:
            assert_never(upset)


def _lost(view: WeekView, lost: Lost) -> str:
    name = visitor_name(view, lost.person_id)
    if lost.day is None:
        return translate("{name} cannot come this week.").format(name=name)
    if lost.start is None or lost.end is None:
        return translate("{name} cannot come on {day}.").format(name=name, day=day(lost.day))
    return translate("{name} cannot come on {day}, {time}.").format(
        name=name, day=day(lost.day), time=between(lost.start, lost.end)
    )


def option_text(view: WeekView, option: Option) -> str:
    """The mend in a few sentences: what it does, whom it leaves alone, who must be told, what stays unmet."""
    parts = [_what(view, option), *_others(option), *_pins(view, option), told_text(view, option), _unmet(option)]
    return " ".join(part for part in parts if part)


def option_title(view: WeekView, option: Option) -> str:
    """The mend in a few words, for a list."""
    return _what(view, option).rstrip(".")


def told_text(view: WeekView, option: Option) -> str:
    """Who must be told, as one sentence or two."""
    if not view.is_published:
        return translate("Nobody has been told of this week yet.")
    if not option.told and not option.retimed:
        return translate("Nobody has to be told.")
    said = []
    if option.told:
        people = counted(len(option.told), translate("person"), translate("people"))
        said.append(translate("{people} to tell: {names}.").format(people=people, names=_people_named(option.told)))
    if option.retimed:
        said.append(translate("The new time is to be told to {names}.").format(names=_people_named(option.retimed)))
    return " ".join(said)


def _people_named(names: Sequence[str]) -> str:
    """`A, B and C`; with semicolons where a name holds a comma itself, as hosts' often do."""
    return "; ".join(names) if any("," in name for name in names) else named(names)


def nothing_text() -> str:
    """That no mend is needed."""
    return translate("Nothing to repair: every visit holds, and no plan would meet more minimums.")


def _what(view: WeekView, option: Option) -> str:
    if not option.gone and not option.new:
        return translate("No visit is touched; the change itself is noted.")
    gone, new = Counter(person for person, _ in option.gone), Counter(person for person, _ in option.new)
    moved = gone & new
    called_off, come = gone - moved, new - moved
    parts = []
    if moved:
        parts.append(_people(view, moved, translate("move {visit} of {names}"), translate("move {visits}: {names}")))
    if called_off:
        parts.append(
            _people(view, called_off, translate("cancel {visit} of {names}"), translate("cancel {visits}: {names}"))
        )
    alone = [pair for pair in option.new if pair[0] in come and pair[0] not in gone]
    if come.total() == 1 and alone:  # several mends often differ in nothing else
        parts.append(translate("add {visit}").format(visit=_visit(view, alone[0])))
    elif come:
        parts.append(_people(view, come, translate("add {visit} for {names}"), translate("add {visits}: {names}")))
    said = "; ".join(parts)
    standby = [visitor_name(view, person) for person in sorted(come) if view.visitors[person].standby]
    sentence = f"{said[:1].upper()}{said[1:]}."
    if option.way is Way.CANCEL:
        sentence = translate("Just {what}.").format(what=said)
    if standby:
        steps = translate("From standby: {names}.").format(names=named(standby))
        return f"{sentence} {steps}"
    return sentence


def _people(view: WeekView, counts: Counter[str], one: str, many: str) -> str:
    names = sorted({visitor_name(view, person) for person in counts}, key=str.casefold)
    number = counts.total()
    if len(names) == 1:
        return one.format(visit=counted(number, translate("visit")), names=names[0])
    return many.format(visits=counted(number, translate("visit")), names=named(names))


def _others(option: Option) -> list[str]:
    if not option.gone and not option.new:
        return []
    others = len(option.gone) - len(option.lost)
    if others <= 0:
        return [translate("Every other visit stays as it is.")]
    return [
        translate("{visits} that could have stayed would change too.").format(
            visits=counted(others, translate("visit"), translate("visits"))
        )
    ]


def _pins(view: WeekView, option: Option) -> list[str]:
    said = []
    if option.dropped_pins:
        visits = [_visit(view, pair) for pair in option.dropped_pins]
        said.append(translate("Gives up what was pinned: {visits}.").format(visits=named(visits)))
    stuck = dict.fromkeys(
        (fact.person_id, fact.slot_id)
        for fact in option.broken
        if fact.pinned and not fact.permitted and fact.person_id and fact.slot_id
    )
    if stuck:
        visits = [_visit(view, pair) for pair in stuck]
        said.append(translate("Pinned, so it stays though it breaks a rule: {visits}.").format(visits=named(visits)))
    elif any(fact.rule is not Rule.PIN and not fact.permitted for fact in option.broken):
        said.append(translate("Pinned visits stay, though they break a rule."))
    return said


def _visit(view: WeekView, pair: tuple[str | None, str | None]) -> str:
    person, slot = pair
    return translate("{who} at {where}").format(
        who=visitor_name(view, person), where=slot_label(view.slots.get(slot or ""))
    )


def _unmet(option: Option) -> str:
    short = option.value(Priority.DEMAND) or 0
    if not short:
        return translate("Every minimum is met.")
    return translate("{visits} short of the minimums.").format(
        visits=counted(short, translate("visit"), translate("visits"))
    )
