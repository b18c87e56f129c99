"""Why files cannot be written, or a week cannot be matched."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.text import translate

Facts = Mapping[str, object]


def _shown(facts: Facts, words: str) -> str:
    return words.format(path=facts.get("path", ""), reason=facts.get("reason", ""))


SAYS: dict[str, Callable[[Facts], str]] = {
    "folder-foreign": lambda facts: _shown(
        facts, translate("{path}: this folder holds other files; name a new or empty one, or one written here before.")
    ),
    "folder-is-file": lambda facts: _shown(
        facts, translate("{path}: this is a file, not a folder; name another folder.")
    ),
    "folder-busy": lambda facts: _shown(
        facts, translate("{path}: another run is writing this folder; wait until it has ended.")
    ),
    "folder-unwritable": lambda facts: _shown(
        facts,
        translate("{path}: the folder cannot be written ({reason}); name one where you may write and there is room."),
    ),
    "file-unwritable": lambda facts: _shown(
        facts, translate("{path}: the file cannot be written ({reason}); close it where it is open, or name another.")
    ),
    "printer-failed": lambda _: translate(
        "The printer took nothing; see that it is on and connected, then print again."
    ),
    "output-is-input": lambda facts: _shown(
        facts, translate("{path}: this would take the place of what is read; name another file or folder to write.")
    ),
    "cell-too-long": lambda facts: translate(
        "The sheet {sheet} cannot hold the text of its cell {cell}: it has {length:,} characters, and Excel takes "
        "{limit:,}. Shorten it and try again."
    ).format(**facts),
    "matching-failed": lambda _: translate(
        "The matching ended unexpectedly and found no schedule. The week is as it was; try again, or with less memory"
        " in use."
    ),
    "stopped": lambda _: translate("Stopped. Nothing was written."),
}
"""Code → sentence from its facts."""
