"""Why a file cannot be opened, kept, copied or changed, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from app.text import translate

Facts = Mapping[str, object]


def _file(facts: Facts) -> str:
    """The name of the file alone: the folder is where the user put it."""
    return PurePath(str(facts.get("path", ""))).name or str(facts.get("path", ""))


def _in_use(facts: Facts) -> str:
    who = str(facts.get("who", ""))
    if who and who != "?":
        return translate("This file is open for reading only: {who} has it open. Ask them to close it first.").format(
            who=who
        )
    if who:
        return translate("This file is open for reading only: somebody else has it open. Ask them to close it first.")
    return translate(
        "This file is open for reading only: it or its folder cannot be written. Save a copy elsewhere to work on."
    )


def _why_no_backup(facts: Facts) -> str:
    why = {
        "disk-full": translate("the disk is full"),
        "database-damaged": translate("the file is damaged"),
        "file-busy": translate("another program is using the file"),
    }.get(str(facts.get("reason", "")), translate("the folder beside the file cannot be written"))
    return translate(
        "No backup could be made before this step: {why}. So it was not done, and nothing changed."
    ).format(why=why)


def damage_words(finding: str) -> str:
    """What was found in a damaged file, as the end of a sentence."""
    return {
        "header": translate("its first page is not as this app writes it"),
        "integrity": translate("its pages do not fit together"),
        "sqlite": translate("its pages do not fit together"),
        "foreign-keys": translate("some entries point at others that are not there"),
        "schema": translate("its tables are not those of this app"),
        "schema-text": translate("its tables are not those of this app"),
        "values": translate("some entries cannot be read"),
        "digest": translate("some entries are not what was last saved"),
        "reading": translate("it cannot be read safely"),
        "journal": translate("its history does not lead to what it holds"),
        "file-missing": translate("there is no such file"),
        "file-empty": translate("it holds no bytes at all"),
        "file-not-database": translate("it is not a Practice Week file"),
        "file-foreign": translate("it belongs to another program"),
        "file-newer": translate("a newer version of Practice Week wrote it"),
        "file-slow": translate("it was not read in time, as the computer is busy"),
    }.get(finding, translate("it is not whole"))


SAYS: dict[str, Callable[[Facts], str]] = {
    "file-missing": lambda facts: translate("There is no file {file}. Check its name, or whether it was moved.").format(
        file=_file(facts)
    ),
    "file-is-folder": lambda facts: translate("{file} is a folder. Choose a file inside it.").format(file=_file(facts)),
    "file-unreachable": lambda facts: translate(
        "{file} cannot be reached. Check that its drive is connected and that you may open it; nothing was changed."
    ).format(file=_file(facts)),
    "file-empty": lambda facts: translate(
        "{file} is empty: it holds no bytes at all. Restore a backup, or remove it and start a new file."
    ).format(file=_file(facts)),
    "file-not-database": lambda facts: translate(
        "{file} is not a Practice Week file. A planning workbook can be imported instead of opened."
    ).format(file=_file(facts)),
    "file-foreign": lambda facts: translate(
        "{file} belongs to another program. Choose a file that Practice Week made."
    ).format(file=_file(facts)),
    "file-newer": lambda facts: translate(
        "{file} was written by a newer version of Practice Week. Open it with that version; it was not changed."
    ).format(file=_file(facts)),
    "database-damaged": lambda facts: translate(
        "{file} is damaged: {finding}. It was not changed; restore a backup of it, or rescue what can be read."
    ).format(file=_file(facts), finding=damage_words(str(facts.get("finding", "")))),
    "file-busy": lambda facts: translate(
        "Another program is using {file} at this moment. Nothing was changed; try again when it has finished."
    ).format(file=_file(facts)),
    "file-read-only": lambda facts: translate(
        "{file} cannot be written: it is marked read-only. Nothing was changed; save a copy elsewhere to work on."
    ).format(file=_file(facts)),
    "disk-full": lambda facts: translate(
        "The disk is full, so the change was not saved to {file} and was not made. Free some space and try again."
    ).format(file=_file(facts)),
    "file-gone": lambda facts: translate(
        "{file} was moved or deleted while it was open. The change was not made; save a copy to keep your work."
    ).format(file=_file(facts)),
    "file-replaced": lambda facts: translate(
        "Another file was put in place of {file} while it was open. The change was not made; save a copy to keep "
        "your work."
    ).format(file=_file(facts)),
    "file-changed-by-other": lambda facts: translate(
        "Another program has changed {file}. The change was not made; save a copy to keep your work, then open the "
        "file again."
    ).format(file=_file(facts)),
    "file-exists": lambda facts: translate("There is a file {file} already. Choose another name.").format(
        file=_file(facts)
    ),
    "file-in-use": lambda facts: translate(
        "{file} is open elsewhere ({who}). Close it there first; nothing was changed."
    ).format(file=_file(facts), who=facts.get("who") or translate("another window")),
    "folder-missing": lambda facts: translate("There is no folder {path}. Make it first, or choose another.").format(
        path=facts.get("path", "")
    ),
    "not-storable": lambda _: translate(
        "The change holds a text or number that cannot be saved, so it was not made. Type it again without pasting."
    ),
    "read-only": _in_use,
    "file-slow": lambda facts: translate(
        "{file} was not read within {limit} seconds: the computer or its drive is busy. Try again; nothing was changed."
    ).format(file=_file(facts), limit=facts.get("limit", "")),
    "backup-failed": _why_no_backup,
    "backup-damaged": lambda facts: translate(
        "The backup {file} cannot be used: {finding}. Choose another; nothing was changed."
    ).format(file=_file(facts), finding=damage_words(str(facts.get("finding") or facts.get("reason", "")))),
    "nothing-to-salvage": lambda facts: translate(
        "Nothing in {file} can be read any more, so no new file was made. Restore a backup instead."
    ).format(file=_file(facts)),
    "handed-over-by-other": lambda facts: translate(
        "Somebody has handed over another {file} since you took it over. Take theirs over first (yours is kept as a "
        "backup), or save yours as a copy under another name; nothing was changed."
    ).format(file=_file(facts)),
    "handing-over-failed": lambda facts: translate(
        "{file} was written, but reads differently there. Check the drive and hand it over again; your copy is whole."
    ).format(file=_file(facts)),
    "no-shared-file": lambda facts: translate(
        "{file} lies on this computer and was not taken over from a shared folder. Save a copy there instead."
    ).format(file=_file(facts)),
    "kept-too-short": lambda facts: translate(
        "{week} is not over by that day. Choose a day after its last; nothing was changed."
    ).format(week=facts.get("week", translate("The week"))),
    "no-backup": lambda facts: translate("There is no backup of {file} yet.").format(file=_file(facts)),
    "no-file": lambda _: translate("Nothing is kept in a file yet. Save it as a file first."),
    "older-read-only": lambda facts: translate(
        "{file} was written by an older version of Practice Week and cannot be brought up to date where it is, "
        "because it cannot be written there. Copy it elsewhere and open the copy."
    ).format(file=_file(facts)),
}
