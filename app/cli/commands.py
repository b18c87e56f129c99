"""The commands' table and their arguments (INTERFACES.md, "Commands")."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.cli.arguments import positive_number, positive_whole, priorities, whole
from app.text import translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command: its words in the help, the function that runs it ("module:function"), how its arguments are set."""

    name: str
    help: str
    run: str
    arguments: Callable[[argparse.ArgumentParser], None]


def _out(parser: argparse.ArgumentParser, *, needed: bool = False, default: Path | None = None) -> None:
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=needed, default=default,
        help=translate("folder to write; must be missing, empty or written by an earlier run"),
    )  # fmt: skip


def _week(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--week", metavar="NAME", help=translate("which week, where the database holds several"))


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", metavar="FILE", type=Path, help=translate("write the result as JSON to FILE"))


def _source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help=translate("a planning workbook or a database"))


def _database(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("database", metavar="DATABASE", type=Path, help=translate("the database file"))


def _demo(parser: argparse.ArgumentParser) -> None:
    _out(parser, default=Path("practice-week-demo"))
    parser.add_argument("--no-window", action="store_true", help=translate("do not open the window at the end"))


def _plan(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    _week(parser)
    _out(parser)
    _json(parser)
    parser.add_argument(
        "--seconds", metavar="N", type=positive_number, default=60.0,
        help=translate("time for the whole matching (default 60)"),
    )  # fmt: skip
    parser.add_argument(
        "--workers", metavar="N", type=positive_whole, default=2, help=translate("processor cores to use (default 2)")
    )
    parser.add_argument(
        "--seed", metavar="N", type=whole, default=0, help=translate("seed of the solver's random choices (default 0)")
    )
    parser.add_argument(
        "--priorities", metavar="LIST", type=priorities,
        help=translate("what to optimise, in turn: demand,wishes,fresh-eyes,fair-visitors,fair-teams,travel"),
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help=translate("do not adopt the match in the database"))


def _check(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    _week(parser)
    _json(parser)


def _why(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    parser.add_argument("visitor", metavar="VISITOR", help=translate("the visitor's name"))
    parser.add_argument("slot", metavar="SLOT", help=translate("the slot's name in the column Slot"))
    _week(parser)
    _json(parser)


def _repair(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    _week(parser)
    upsets = {
        "--lost": ("VISITOR[@DATE[@FROM-TO]]", translate("a visitor who cannot come: the week, a day, or hours of it")),
        "--closed": ("TEAM-or-SLOT[@DATE]", translate("a team or slot that receives nobody: the week, or a day")),
        "--moved": ("SLOT@DATE@FROM-TO", translate("a slot that takes place at another time")),
        "--refused": ("SLOT", translate("a slot for which consent is refused")),
    }
    for name, (form, meaning) in upsets.items():
        parser.add_argument(name, metavar=form, action="append", default=[], help=meaning)
    _json(parser)
    parser.add_argument(
        "--apply", metavar="N", type=positive_whole, help=translate("adopt the mend of that number (databases)")
    )


def _import(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument("workbook", metavar="WORKBOOK", help=translate("the planning workbook to read"))


def _export(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    _out(parser, needed=True)
    _week(parser)


def _publish(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    _out(parser, needed=True)
    _week(parser)
    parser.add_argument(
        "--drafts", action="store_true", help=translate("also write an e-mail draft for each calendar file")
    )


def _workbook(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument("workbook", metavar="WORKBOOK", type=Path, help=translate("the planning workbook to write"))
    _week(parser)


def _backup(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument(
        "file", metavar="FILE", type=Path, nargs="?", help=translate("the copy to write (default: among its backups)")
    )


def _restore(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument("backup", metavar="BACKUP", type=Path, help=translate("the copy to put in its place"))


def _salvage(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help=translate("the new database to write"))


def _hand_over(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument(
        "--over-theirs", action="store_true",
        help=translate("even where somebody else handed over meanwhile; theirs is kept as a backup"),
    )  # fmt: skip


def _erase(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument("name", metavar="NAME", help=translate("the person's name as the database has it"))


def _person(parser: argparse.ArgumentParser) -> None:
    _erase(parser)
    _out(parser, needed=True)


def _dry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help=translate("show what was understood, change nothing"))


def _diary(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument("file", metavar="FILE", type=Path, help=translate("the diary, saved as .ics"))
    parser.add_argument("--for", dest="visitor", metavar="VISITOR", help=translate("whose diary it is"))
    _week(parser)
    _dry(parser)


def _answers(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+",
        help=translate("replies as .ics or .eml, a folder of them, or a list as .txt (a line each: name – yes)"),
    )  # fmt: skip
    _week(parser)
    _dry(parser)


def _chase(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    _week(parser)
    parser.add_argument("--drafts", metavar="DIR", type=Path, help=translate("write reminders there as e-mail drafts"))


def _forms(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    _out(parser, needed=True)
    _week(parser)
    parser.add_argument(
        "--kind", action="append", choices=("visitors", "teams", "slots", "times"),
        help=translate("which forms (default: all four)"),
    )  # fmt: skip
    parser.add_argument("--for-all", action="store_true", help=translate("one form of each kind for everybody"))


def _take_in(parser: argparse.ArgumentParser) -> None:
    _database(parser)
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+", help=translate("forms as .xlsx or .csv, or a folder of them")
    )
    _week(parser)
    parser.add_argument("--apply", action="store_true", help=translate("take in what asks nothing, as one step"))
    parser.add_argument(
        "--problems", metavar="FILE", type=Path, help=translate("write the other rows there, each with its reason")
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        name="demo",
        help=translate("the whole job on the sample week, then the window"),
        run="app.cli.demo:demo",
        arguments=_demo,
    ),
    Command(
        name="plan",
        help=translate("match the visitors of a week to its slots"),
        run="app.cli.weeks:plan",
        arguments=_plan,
    ),
    Command(
        name="check",
        help=translate("every broken rule and warning of a week's visits"),
        run="app.cli.weeks:check",
        arguments=_check,
    ),
    Command(
        name="why",
        help=translate("why a visitor is in a slot, or why not, in one sentence"),
        run="app.cli.explaining:why",
        arguments=_why,
    ),
    Command(
        name="repair",
        help=translate("ranked mends when somebody drops out or a slot falls away"),
        run="app.cli.repairs:repair_week",
        arguments=_repair,
    ),
    Command(
        name="import",
        help=translate("merge a planning workbook into a database"),
        run="app.cli.files:import_workbook",
        arguments=_import,
    ),
    Command(
        name="publish",
        help=translate("write what changed since the last publication, and record it"),
        run="app.cli.publishing:publish",
        arguments=_publish,
    ),
    Command(
        name="export",
        help=translate("write invitations, rota and pages of a week afresh"),
        run="app.cli.publishing:export",
        arguments=_export,
    ),
    Command(
        name="workbook",
        help=translate("write a week as a planning workbook"),
        run="app.cli.files:write_workbook",
        arguments=_workbook,
    ),
    Command(
        name="forms",
        help=translate("write forms for visitors and teams to fill in"),
        run="app.cli.replies:write_forms",
        arguments=_forms,
    ),
    Command(
        name="take-in",
        help=translate("check forms that came back, and take them in"),
        run="app.cli.replies:take_in",
        arguments=_take_in,
    ),
    Command(
        name="diary",
        help=translate("read a visitor's diary (.ics) as busy times"),
        run="app.cli.replies:diary",
        arguments=_diary,
    ),
    Command(
        name="answers",
        help=translate("note answers to invitations"),
        run="app.cli.replies:answers",
        arguments=_answers,
    ),
    Command(
        name="chase",
        help=translate("what is still open, by when, and whom to ask"),
        run="app.cli.replies:chase_week",
        arguments=_chase,
    ),
    Command(
        name="verify",
        help=translate("check that a database is whole"),
        run="app.cli.files:verify_database",
        arguments=_database,
    ),
    Command(
        name="backup",
        help=translate("make a checked copy of a database"),
        run="app.cli.keeping:backup",
        arguments=_backup,
    ),
    Command(
        name="restore",
        help=translate("put a backup in a database's place"),
        run="app.cli.keeping:restore",
        arguments=_restore,
    ),
    Command(
        name="backups",
        help=translate("list the backups of a database"),
        run="app.cli.rescue:list_backups",
        arguments=_database,
    ),
    Command(
        name="salvage",
        help=translate("write what can be read of a damaged database as a new one"),
        run="app.cli.rescue:salvage_database",
        arguments=_salvage,
    ),
    Command(
        name="hand-over",
        help=translate("put the local copy of a shared database back in its place"),
        run="app.cli.rescue:hand_over_database",
        arguments=_hand_over,
    ),
    Command(
        name="take-over",
        help=translate("put a shared database in its local copy's place"),
        run="app.cli.rescue:take_over_database",
        arguments=_database,
    ),
    Command(
        name="person",
        help=translate("write everything that is held of one person"),
        run="app.cli.keeping:person",
        arguments=_person,
    ),
    Command(
        name="erase",
        help=translate("make a person nameless everywhere, for good"),
        run="app.cli.keeping:erase",
        arguments=_erase,
    ),
)
