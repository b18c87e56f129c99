"""The commands' table, their arguments and their exit codes (INTERFACES.md, "Commands")."""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from app import __version__
from app.errors import Refused
from app.models.names import fold
from app.models.week import Priority
from app.text import translate


class FaultyFileError(Exception):
    """A file with faults, all of them told on stderr already."""


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    BROKEN = 1
    UNUSABLE = 2
    NO_DISPLAY = 3
    STOPPED = 130


_ENDED = {"leak": Exit.BROKEN, "stopped": Exit.STOPPED}
"""How a refusal of this code ends a command, where not as unusable input."""


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
        "--seconds", metavar="N", type=_positive_number, default=60.0,
        help=translate("time for the whole matching (default 60)"),
    )  # fmt: skip
    parser.add_argument(
        "--workers", metavar="N", type=_positive_whole, default=2, help=translate("processor cores to use (default 2)")
    )
    parser.add_argument(
        "--seed", metavar="N", type=_whole, default=0, help=translate("seed of the solver's random choices (default 0)")
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
        "--apply", metavar="N", type=_positive_whole, help=translate("adopt the mend of that number (databases)")
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


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    words = list(sys.argv[1:] if argv is None else argv)
    names = {command.name: command for command in COMMANDS}
    try:
        if words and words[0] in names:
            command = names[words[0]]
            return int(_function(command.run)(_command_parser(command).parse_args(words[1:])))
        args = _parser().parse_args(words)
        return int(_function("app.cli.window:open_window")(args))
    except FaultyFileError:
        return Exit.UNUSABLE
    except Refused as refused:
        from app.words.refusals import sentence

        print(sentence(refused), file=sys.stderr)
        if refused.code in {"database-damaged", "file-empty", "file-missing", "file-not-database", "file-foreign"}:
            _function("app.cli.rescue:tell_ways")(refused)
        return _ENDED.get(refused.code, Exit.UNUSABLE)
    except KeyboardInterrupt:
        print(translate("Stopped."), file=sys.stderr)
        return Exit.STOPPED
    except BrokenPipeError:
        sys.stderr.close()
        return Exit.DONE


def _function(path: str) -> Callable[[Any], int]:
    """The function of a "module:function" text, imported only now: each command loads just what it needs."""
    module, _, name = path.partition(":")
    found: Callable[[Any], int] = getattr(import_module(module), name)
    return found


def _parser() -> argparse.ArgumentParser:
    rows = "\n".join(f"  {command.name:<10}{command.help}" for command in COMMANDS)
    parser = Arguments(
        prog="practice-week",
        description=translate("Match leaders to frontline teams, invite them, print the rotas, absorb every change."),
        epilog=translate("commands:") + "\n" + rows + "\n\n" + translate("practice-week COMMAND -h tells more."),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"practice-week {__version__}")
    parser.add_argument(
        "database", metavar="DATABASE", type=Path, nargs="?",
        help=translate("open the window on this database (default: yours)"),
    )  # fmt: skip
    return parser


def _command_parser(command: Command) -> argparse.ArgumentParser:
    parser = Arguments(prog=f"practice-week {command.name}", description=command.help)
    command.arguments(parser)
    return parser


def priorities(text: str) -> tuple[Priority, ...]:
    """The priorities of a comma list such as `demand,fresh-eyes`, each at most once."""
    by_word = {priority.value: priority for priority in Priority}
    chosen: list[Priority] = []
    for part in text.split(","):
        word = fold(part.replace("-", " "))
        if word not in by_word:
            known = ", ".join(name.replace(" ", "-") for name in by_word)
            raise argparse.ArgumentTypeError(
                translate("{word} is no priority; choose from {known}").format(word=repr(part.strip()), known=known)
            )
        if by_word[word] in chosen:
            raise argparse.ArgumentTypeError(translate("{word} is named twice").format(word=repr(part.strip())))
        chosen.append(by_word[word])
    return tuple(chosen)


class Arguments(argparse.ArgumentParser):
    """Reads the arguments of a command; a fault is one line."""

    def error(self, message: str) -> NoReturn:
        """Tell the fault and end."""
        self.exit(
            Exit.UNUSABLE, translate("{name}: {what}; {name} -h tells more\n").format(name=self.prog, what=message)
        )


def _whole(text: str) -> int:
    if not text.strip().isdecimal():
        raise argparse.ArgumentTypeError(translate("must be 0 or more"))
    return int(text)


def _positive_whole(text: str) -> int:
    if not text.strip().isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(translate("must be 1 or more"))
    return int(text)


def _positive_number(text: str) -> float:
    with contextlib.suppress(ValueError):
        if 0 < float(text) < float("inf"):
            return float(text)
    raise argparse.ArgumentTypeError(translate("must be a number above 0"))


def _speak_utf8() -> None:
    """Names in any script print on any console; what cannot be shown is escaped, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
