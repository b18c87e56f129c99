"""Commands about a week: match it, check it, write everything out."""

from __future__ import annotations

import argparse
import datetime as dt
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from app.cli.apart import keep_apart
from app.cli.ends import Exit
from app.cli.report import Steps, Ticker, told
from app.cli.source import Source, opened
from app.document.matching import adopt_match
from app.engine.check import problems
from app.engine.goals import valued
from app.engine.match import match
from app.engine.unmet import unmet
from app.errors import Refused
from app.exchange.folder import check_folder, write_file, write_folder
from app.exchange.outputs import Folder, Outcome, everything, results
from app.exchange.results import encoded
from app.models.change import Edit
from app.models.progress import Watch, unwatched
from app.models.week import Priority
from app.text import translate


def plan(args: argparse.Namespace) -> int:
    """Match a week; adopt the match in a database; write the folder and the JSON that were asked for.

    The files are made and checked before the match is adopted: where they would give something away, neither is kept.
    """
    keep_apart(Path(args.source), files=[args.json], folder=args.out)
    if args.out is not None:
        check_folder(args.out)
    with opened(args.source, args.week) as source:
        return _planned(source, args)


def _planned(source: Source, args: argparse.Namespace) -> int:
    if source.document is not None and source.document.read_only and not args.dry_run:
        raise Refused("read-only", path=str(args.source), who=source.document.who_has_it)
    with stoppable() as stopped:
        outcome, edit = found_match(
            source,
            priorities=args.priorities,
            seconds=args.seconds,
            workers=args.workers,
            seed=args.seed,
            cancelled=stopped.is_set,
        )
    watch = Steps()
    folder = everything(outcome, at=now(), watch=watch) if args.out is not None else None
    if source.document is not None and not args.dry_run:
        source.document.do(edit)
    put_down(outcome, folder, out=args.out, json=args.json, watch=watch)
    if stopped.is_set():
        return Exit.STOPPED
    return Exit.BROKEN if outcome.problems.blocking else Exit.DONE


def matched(source: Source) -> Outcome:
    """Match the week and adopt what was found: in a database as one undoable edit, else in memory alone."""
    outcome, edit = found_match(source)
    if source.document is not None:
        source.document.do(edit)
    return outcome


def found_match(
    source: Source,
    *,
    priorities: tuple[Priority, ...] | None = None,
    seconds: float = 60.0,
    workers: int = 2,
    seed: int = 0,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Outcome, Edit]:
    """Match the week in memory: the outcome, and the edit that adopts it. No database is written."""
    before = source.view
    matching = match(
        before,
        priorities=priorities,
        seconds=seconds,
        workers=workers,
        seed=seed,
        progress=Ticker(),
        cancelled=cancelled,
    )
    edit = adopt_match(source.plan, source.week_id, matching.pairs)
    source.plan = source.plan.apply(edit)
    after = source.view
    outcome = Outcome(
        view=after,
        problems=problems(after, before=before, today=today()),
        reached=matching.reached,
        unmet=matching.unmet,
        status=matching.status,
        seconds=matching.seconds,
    )
    return outcome, edit


def check(args: argparse.Namespace) -> int:
    """Tell every broken rule and warning of the visits in SOURCE."""
    keep_apart(Path(args.source), files=[args.json])
    with opened(args.source, args.week) as source:
        outcome = judged(source)
        written(outcome, out=None, json=args.json)
    return Exit.BROKEN if outcome.problems.blocking else Exit.DONE


def judged(source: Source) -> Outcome:
    """The visits of a week as they stand, judged and valued without matching."""
    week = source.view
    return Outcome(view=week, problems=problems(week, today=today()), reached=valued(week), unmet=unmet(week))


def written(outcome: Outcome, *, out: Path | None, json: Path | None, also: Mapping[str, bytes] | None = None) -> None:
    """Write the folder (with the files `also`) and the JSON that were asked for, then tell the result on stdout."""
    watch = Steps()
    folder = everything(outcome, at=now(), watch=watch) if out is not None else None
    put_down(outcome, folder, out=out, json=json, also=also, watch=watch)


def put_down(
    outcome: Outcome,
    folder: Folder | None,
    *,
    out: Path | None,
    json: Path | None,
    also: Mapping[str, bytes] | None = None,
    watch: Watch = unwatched,
) -> None:
    """Write a finished folder and the JSON, then tell the result on stdout."""
    if folder is not None and out is not None:
        write_folder(out, {**folder.files, **(also or {})}, watch=watch)
    if json is not None:
        write_file(json, encoded(results(outcome, folder.of_visits if folder is not None else None)))
    print(told(outcome, out))


def now() -> dt.datetime:
    """This moment in UTC, whole seconds."""
    return dt.datetime.now(tz=dt.UTC).replace(microsecond=0)


def today() -> dt.date:
    """The day it is here."""
    return now().astimezone().date()


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Ctrl+C asks the matching to stop and keep its best; a second one ends the command at once."""
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        print(translate("Stopping; keeping the best so far…"), file=sys.stderr)

    previous = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, previous)
