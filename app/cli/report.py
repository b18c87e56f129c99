"""What a command says of a week: progress on stderr while matching, the result on stdout."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from app.engine.conflicts import conflicts
from app.engine.match import Progress
from app.exchange.outputs import Outcome
from app.exchange.safe import Safe
from app.models.findings import Reached
from app.models.progress import Part, Step
from app.models.week import MOST_IS_BEST
from app.text import translate
from app.words import problems as words
from app.words.conflicts import conflict_mend, conflict_text
from app.words.dates import counted
from app.words.priorities import meaning, reached_text
from app.words.progress import step_text


class Ticker:
    """Progress of a matching as lines on stderr, one for each change of priority, value or bound."""

    def __init__(self) -> None:
        self._last = ""

    def __call__(self, progress: Progress) -> None:
        """Print the progress where it says something new."""
        text = _progress_text(progress)
        if text != self._last:
            self._last = text
            print(f"{progress.seconds:6.1f} s  {text}", file=sys.stderr, flush=True)


class Steps:
    """How far files are, as lines on stderr: each part as it begins, and each second that it goes on."""

    def __init__(self) -> None:
        self._began = self._told = time.monotonic()
        self._part: Part | None = None

    def __call__(self, step: Step) -> None:
        """Print the step where the last line is old or of another part."""
        now = time.monotonic()
        if step.part is not self._part or now - self._told >= 1:
            self._part, self._told = step.part, now
            print(f"{now - self._began:6.1f} s  {step_text(step)}", file=sys.stderr, flush=True)


def _progress_text(progress: Progress) -> str:
    if progress.priority is None or progress.value is None:
        return translate("first look at the week")
    if progress.bound is None:
        return translate("{priority}: {value} so far").format(priority=progress.priority.value, value=progress.value)
    if progress.value == progress.bound:
        return translate("{priority}: {value}, the best possible").format(
            priority=progress.priority.value, value=progress.value
        )
    sentence = (
        translate("{priority}: {value} so far, at most {bound} is possible")
        if progress.priority in MOST_IS_BEST
        else translate("{priority}: {value} so far, at least {bound} is needed")
    )
    return sentence.format(priority=progress.priority.value, value=progress.value, bound=progress.bound)


def told(outcome: Outcome, out: Path | None) -> str:
    """The whole result in words, for stdout."""
    view, found = outcome.view, outcome.problems
    lines = [view.week.name, f"  {counted(len(view.counted), translate('visit'), translate('visits'))}"]
    matched = any(one.bound is not None for one in outcome.reached)
    lines += [f"  {_row(one, matched=matched)}" for one in outcome.reached]
    if found.broken:
        lines += ["", translate("Broken rules:")]
        lines += [f"  ✕ {_with_permission(words.broken_text(view, one), one.permitted)}" for one in found.broken]
    else:
        lines += ["", translate("No rule is broken.")]
    if together := [one for one in conflicts(view) if len(one.visits) > 1]:
        lines += ["", translate("Pins that cannot hold together:")]
        lines += [f"  ✕ {conflict_text(view, one)} {conflict_mend(one)}" for one in together]
    if outcome.unmet:
        lines += ["", translate("Unmet:")]
        lines += [f"  ! {words.unmet_text(view, one)}" for one in outcome.unmet]
    if found.warnings:
        lines += ["", translate("Warnings:")]
        lines += [f"  ! {words.warning_text(view, one)}" for one in found.warnings]
    safe = Safe.of(view)  # what is printed here is piped into files and e-mails
    lines = [safe.text(line) for line in lines]
    if out is not None:
        lines += ["", translate("Everything is in {folder}").format(folder=out.resolve())]
    return "\n".join(lines)


def _row(one: Reached, *, matched: bool) -> str:
    """A priority: how near to the best possible where something was matched, else what it means."""
    return f"{one.priority.value:<14}{one.value:>7}   {reached_text(one) if matched else meaning(one.priority)}"


def _with_permission(text: str, permitted: bool) -> str:
    return translate("{text} (permitted)").format(text=text) if permitted else text
