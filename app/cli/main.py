"""Run a command by its name, or open the window, and end with the exit code of INTERFACES.md ("Commands")."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from app import __version__
from app.cli.arguments import Arguments
from app.cli.commands import COMMANDS, Command
from app.cli.ends import Exit, FaultyFileError
from app.errors import Refused
from app.text import translate

_ENDED = {"leak": Exit.BROKEN, "stopped": Exit.STOPPED}
"""How a refusal of this code ends a command, where not as unusable input."""


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


def _speak_utf8() -> None:
    """Names in any script print on any console; what cannot be shown is escaped, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
