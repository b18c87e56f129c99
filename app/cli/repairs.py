"""Mend a week: what was upset, read from the arguments; ranked mends told; one of them adopted."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from app.cli.apart import keep_apart
from app.cli.ends import Exit
from app.cli.naming import place_named, slot_named, visitor_named
from app.cli.source import Source, opened
from app.cli.weeks import stoppable, today
from app.document.repairing import repair_edit, upset_edit
from app.engine.check import problems
from app.engine.match import Status
from app.engine.process import make_ready
from app.engine.repair import repair
from app.engine.standing import standing
from app.errors import Refused
from app.exchange.folder import write_file
from app.exchange.options import option_rows
from app.exchange.planning import typed
from app.exchange.planning.cells import BadCellError
from app.exchange.results import Json, encoded, priority_rows, problem_rows, result, unmet_rows, visit_rows
from app.exchange.safe import Safe
from app.models.repairs import ConsentRefused, Lost, Option, SlotClosed, SlotMoved, TeamClosed, Upset
from app.models.view import WeekView
from app.models.view import view as joined
from app.text import translate
from app.words import problems as words
from app.words.dates import counted
from app.words.labels import slot_label, visitor_name
from app.words.repairs import nothing_text, option_text, upset_text

T = TypeVar("T")
_BETWEEN = re.compile(r"\s*[-–]\s*")


def repair_week(args: argparse.Namespace) -> int:
    """Tell ranked mends of the visits in SOURCE; adopt one of them in a database."""
    keep_apart(Path(args.source), files=[args.json])
    make_ready(2)  # they wake while SOURCE is read
    with opened(args.source, args.week) as source:
        if args.apply is not None and source.document is None:
            raise Refused("apply-needs-database", path=str(args.source))
        if args.apply is not None and source.document is not None and source.document.read_only:
            raise Refused("read-only", path=str(args.source), who=source.document.who_has_it)
        return _repaired(source, args)


def _repaired(source: Source, args: argparse.Namespace) -> int:
    before = source.view
    upsets = tuple(upsets_of(before, args))
    week = joined(source.plan.apply(upset_edit(source.plan, source.week_id, upsets)), source.week_id)
    began = dt.datetime.now(tz=dt.UTC)
    with stoppable() as stopped:
        options = repair(before, upsets, cancelled=stopped.is_set)
    seconds = (dt.datetime.now(tz=dt.UTC) - began).total_seconds()
    edits = [repair_edit(source.plan, source.week_id, upsets, option) for option in options]
    mended = [
        (option, joined(source.plan.apply(edit), source.week_id)) for option, edit in zip(options, edits, strict=True)
    ]
    number = args.apply
    if number is not None and not stopped.is_set():
        if number > len(options):
            raise Refused("no-such-option", number=number, count=len(options))
        assert source.document is not None  # noqa: S101 - seen before anything was worked out
        source.plan = source.document.do(edits[number - 1])
    chosen = mended[(number or 1) - 1] if mended else None
    parts: Json = {"status": _status(options, stopped=stopped.is_set()), "seconds": round(seconds, 2)}
    if number is not None and chosen is not None:
        option, after = chosen
        parts |= {
            "visits": visit_rows(after),
            "priorities": priority_rows(option.reached),
            "unmet": unmet_rows(after, option.unmet),
        }
    left = problems(week if chosen is None else chosen[1], before=before if chosen is None else None, today=today())
    parts |= {**problem_rows(week if chosen is None else chosen[1], left), "options": option_rows(week, mended)}
    if args.json is not None:
        write_file(args.json, encoded(result(week, **parts)))
    print("\n".join(Safe.of(week).text(line) for line in _told(before, week, upsets, mended, number)))
    if stopped.is_set():
        return Exit.STOPPED
    return Exit.BROKEN if left.blocking else Exit.DONE


def _status(options: tuple[Option, ...], *, stopped: bool) -> str:
    if stopped:
        return Status.STOPPED
    proved = not options or all(one.proved for one in options[0].reached if one.asked)
    return Status.OPTIMAL if proved else Status.FEASIBLE


def _told(
    before: WeekView,
    week: WeekView,
    upsets: tuple[Upset, ...],
    mended: list[tuple[Option, WeekView]],
    number: int | None,
) -> Iterator[str]:
    yield week.week.name
    for upset in upsets:
        yield f"  {upset_text(before, upset)}"
    if not mended:
        yield f"  {nothing_text()}"
        return
    held = standing(week, before)
    lost = [visit for visit in week.counted if (visit.person_id, visit.slot_id) in held.lost | held.broken_pins]
    if lost:
        yield ""
        yield translate("No longer holds:")
        for visit in lost:
            pinned = translate(" (pinned)") if visit.pinned else ""
            yield f"  ✕ {visitor_name(week, visit.person_id)}: {slot_label(week.slots[visit.slot_id])}{pinned}"
    yield ""
    yield counted(len(mended), translate("mend, best first:"), translate("mends, best first:"))
    for place, (option, after) in enumerate(mended, start=1):
        yield f"{place:>3}  {option_text(week, option)}"
        for sign, pairs in (("−", option.gone), ("+", option.new)):
            for person_id, slot_id in pairs:
                yield f"       {sign} {visitor_name(week, person_id)}: {slot_label(week.slots[slot_id])}"
        if option.told:
            yield translate("       To tell: {names}").format(names="; ".join(option.told))
        for one in option.unmet:
            yield f"       ! {words.unmet_text(after, one)}"
    if number is not None:
        yield ""
        yield translate("Mend {number} is adopted.").format(number=number)


# what the arguments say ---------------------------------------------------------------------------------------------


def upsets_of(view: WeekView, args: argparse.Namespace) -> Iterator[Upset]:
    """The upsets that the arguments name. Raises Refused for what cannot be read and for names nobody has."""
    for text in args.lost:
        person_id, rest = _split(text, lambda name: visitor_named(view, name), most=2)
        day = _day(view, text, rest[0], "@DATE") if rest else None
        start, end = _times(text, rest[1]) if len(rest) > 1 else (None, None)
        yield Lost(person_id=person_id, day=day, start=start, end=end)
    for text in args.closed:
        (team_id, slot_id), rest = _split(text, lambda name: place_named(view, name), most=1)
        day = _day(view, text, rest[0], "@DATE") if rest else None
        if team_id is not None:
            yield TeamClosed(team_id=team_id, day=day)
        elif slot_id is not None:
            slot = view.slots[slot_id]
            if day not in (None, slot.day):
                raise Refused("slot-other-day", slot=slot.name, day=slot.day, other=day)
            yield SlotClosed(slot_id=slot_id)
    for text in args.moved:
        moved_id, rest = _split(text, lambda name: slot_named(view, name), most=2)
        if len(rest) != 2:
            raise _unreadable(text, "@DATE@FROM-TO")
        start, end = _times(text, rest[1])
        yield SlotMoved(slot_id=moved_id, day=_day(view, text, rest[0], "@DATE@FROM-TO"), start=start, end=end)
    for text in args.refused:
        refused_id, _ = _split(text, lambda name: slot_named(view, name), most=0)
        yield ConsentRefused(slot_id=refused_id)


def _split(text: str, known: Callable[[str], T], *, most: int) -> tuple[T, list[str]]:
    """Whom or what the text names, and up to `most` parts after it. A name may hold an @ itself, so the longest counts.

    Raises Refused as `known` does where no part of the text is a name.
    """
    if not text.split("@", maxsplit=1)[0].strip():
        raise Refused("upset-nameless", text=text)
    unknown: Refused | None = None
    for count in range(most + 1):
        name, *rest = text.rsplit("@", count)
        if len(rest) < count:
            break
        try:
            return known(name), rest
        except Refused as refused:
            unknown = refused
    assert unknown is not None  # noqa: S101 - the whole text was tried
    raise unknown


def _day(view: WeekView, text: str, part: str, form: str) -> dt.date:
    try:
        day = typed.date(part, view.week.days)
    except BadCellError:
        raise _unreadable(text, form) from None
    if day not in view.week.days:
        raise Refused("upset-outside", day=day, week=view.week.name)
    return day


def _times(text: str, part: str) -> tuple[dt.time, dt.time]:
    ends = _BETWEEN.split(part.strip())
    try:
        start, end = (typed.time(one) for one in ends)
    except (BadCellError, ValueError):
        raise _unreadable(text, "@DATE@FROM-TO") from None
    if end <= start:
        raise Refused("end-not-after-start", name=text)
    return start, end


def _unreadable(text: str, form: str) -> Refused:
    return Refused("upset-unreadable", text=text, name=text.split("@", maxsplit=1)[0], form=form)
