"""Bugs planted on purpose, each of which the door's state machine has to find: `python -m tests.faults.planted`."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from app.document.document import Document
from app.document.history import History
from app.models.change import Entity
from app.models.journal import Doing, JournalLine
from app.store import codec, contents, digest, file
from app.store.file import FileStore
from tests.document.test_door_machine import Door


def _last_change_lost() -> Any:
    whole = file.net
    return patch.object(file, "net", lambda changes: whole(changes)[:-1] or whole(changes))


def _texts_trimmed() -> Any:
    whole = codec.to_row

    def trimmed(entity: Entity) -> dict[str, Any]:
        return {name: value.strip() if isinstance(value, str) else value for name, value in whole(entity).items()}

    return patch.object(file, "to_row", trimmed)


def _digest_forgotten() -> Any:
    return patch.object(digest, "moved", lambda start, **_: start)


def _order_by_name() -> Any:
    whole = contents._rows
    return patch.object(contents, "_rows", lambda connection, table: sorted(whole(connection, table), key=repr))


def _nobody_told() -> Any:
    return patch.object(Document, "_announce", lambda *_: None)


def _redo_outlives_an_edit() -> Any:
    whole = History.add

    def add(self: History, line: JournalLine) -> None:
        kept = list(self._redo)
        whole(self, line)
        if line.kind is Doing.DONE:
            self._redo.extend(kept)

    return patch.object(History, "add", add)


def _undo_is_an_edit_of_its_own() -> Any:
    whole = FileStore.write

    def write(self: FileStore, edit: Any, line: JournalLine) -> None:
        whole(self, edit, replace(line, kind=Doing.DONE, of=None, size=len(edit.changes)) if line.of else line)

    return patch.object(FileStore, "write", write)


def _nothing_written() -> Any:
    return patch.object(FileStore, "write", lambda *_: None)


def _plan_kept_on_refusal() -> Any:
    """The edit is in memory before it is safe in the file, and stays there where that fails."""
    whole = Document._go

    def go(self: Document, edit: Any, kind: Doing, *, of: int | None = None) -> Any:
        try:
            return whole(self, edit, kind, of=of)
        except Exception:
            with contextlib.suppress(Exception):
                self._plan = self._plan.apply(edit)
            raise

    return patch.object(Document, "_go", go)


BUGS: dict[str, Callable[[], Any]] = {
    "the last change of an edit is not written": _last_change_lost,
    "texts are trimmed on their way to the file": _texts_trimmed,
    "the digest is not moved on": _digest_forgotten,
    "rows come back in another order": _order_by_name,
    "nobody is told of an edit": _nobody_told,
    "what was undone can be brought again after another edit": _redo_outlives_an_edit,
    "an undo is written as an edit of its own": _undo_is_an_edit_of_its_own,
    "an edit is called saved and not written": _nothing_written,
    "an edit that was refused stays in memory": _plan_kept_on_refusal,
}


def caught(bug: str, *, examples: int = 50, steps: int = 30) -> bool:
    """Whether the state machine finds that bug, at the counts of the tests."""
    asked = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck),
        database=None, phases=[Phase.generate], report_multiple_bugs=False,
    )  # fmt: skip
    with BUGS[bug](), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        try:
            run_state_machine_as_test(seed(0)(Door), settings=asked)
        except Exception:  # noqa: BLE001 - however it shows
            return True
    return False


def main() -> int:
    """Plant each, print whether it was caught, and say by the exit code whether all were."""
    missed = 0
    for bug in BUGS:
        found = caught(bug)
        missed += not found
        sys.stdout.write(f"{'caught' if found else 'MISSED'}: {bug}\n")
        sys.stdout.flush()
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
