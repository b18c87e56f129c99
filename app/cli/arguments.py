"""What stands behind a command's name: how its arguments are read, and what is said of one that cannot be."""

from __future__ import annotations

import argparse
import contextlib
from typing import NoReturn

from app.cli.ends import Exit
from app.models.names import fold
from app.models.week import Priority
from app.text import translate


class Arguments(argparse.ArgumentParser):
    """Reads the arguments of a command; a fault is one line."""

    def error(self, message: str) -> NoReturn:
        """Tell the fault and end."""
        self.exit(
            Exit.UNUSABLE, translate("{name}: {what}; {name} -h tells more\n").format(name=self.prog, what=message)
        )


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


def whole(text: str) -> int:
    """A number from 0 on."""
    if not text.strip().isdecimal():
        raise argparse.ArgumentTypeError(translate("must be 0 or more"))
    return int(text)


def positive_whole(text: str) -> int:
    """A number from 1 on."""
    if not text.strip().isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(translate("must be 1 or more"))
    return int(text)


def positive_number(text: str) -> float:
    """A number above 0, perhaps with a fraction."""
    with contextlib.suppress(ValueError):
        if 0 < float(text) < float("inf"):
            return float(text)
    raise argparse.ArgumentTypeError(translate("must be a number above 0"))
