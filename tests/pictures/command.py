"""Every screen and dialog as a picture, looked over for words that are cut and controls that are nameless.

`python -m tests.pictures --out DIR` opens the real window on screens of the sizes asked for, without a display, goes
through every scene, saves a picture of each sight, and prints what is wrong with it. `--all` also prints where words
end in … and stand whole in a tooltip. `--only` takes parts of names of scenes and of their pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from tests.pictures.week import NAMES, keep, plan_of

THEMES = ("light", "dark", "contrast")


def main() -> int:
    """Go through every combination, each in a process of its own: a screen's size is a process's."""
    parser = _parser()
    args = parser.parse_args()
    args.only = args.only or []
    if args.one is not None:
        return _one(args)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for week, theme, size, percent in product(
            args.weeks.split(","), args.themes.split(","), args.sizes.split(","), args.text.split(",")
        ):
            if week not in NAMES or theme not in THEMES:
                parser.error(f"there is no {week} or no {theme}")
            kept = Path(folder) / f"{week}.pweek"
            if not kept.exists():
                keep(plan_of(week), kept)
            bad += _apart(Path(folder), week, theme, size, percent)
    return 1 if bad else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("--out", type=Path, help="the folder for the pictures; without one they are looked over alone")
    parser.add_argument("--weeks", default="reference", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--themes", default="light", help=f"of {', '.join(THEMES)}")
    parser.add_argument("--sizes", default="1366x768")
    parser.add_argument("--text", default="100,200", help="sizes of text, in per cent")
    parser.add_argument("--only", nargs="*", help="parts of names")
    parser.add_argument("--all", action="store_true", help="tell of shortened words too")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    return parser


def _apart(folder: Path, week: str, theme: str, size: str, percent: str) -> int:
    """One combination; 1 where something is wrong."""
    wide, high = size.split("x")
    with tempfile.TemporaryDirectory(dir=folder) as own:
        screen = {"name": "screen", "x": 0, "y": 0, "width": int(wide), "height": int(high), "logicalDpi": 96,
                  "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
        (Path(own) / "screens.json").write_text(json.dumps({"screens": [screen]}))
        homes = {name: str(Path(own) / name) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")}
        homes |= {"LOCALAPPDATA": own, "APPDATA": own, "QT_QPA_PLATFORM": f"offscreen:configfile={own}/screens.json"}
        for one in ("HOME", "XDG_CONFIG_HOME"):
            Path(homes[one]).mkdir()
        command = [sys.executable, "-m", "tests.pictures", *sys.argv[1:], "--one", str(folder / f"{week}.pweek"),
                   "--weeks", week, "--themes", theme, "--sizes", size, "--text", percent]  # fmt: skip
        return subprocess.run(command, env={**os.environ, **homes}, check=False).returncode


def _one(args: argparse.Namespace) -> int:
    """Every scene of one combination."""
    from PySide6.QtWidgets import QApplication

    from tests.pictures.play import Player, hear
    from tests.pictures.stage import Set, Stage

    hear()
    app = QApplication.instance() or QApplication([])
    wide, high = args.sizes.split("x")
    chosen = Set(week=args.weeks, theme=args.themes, size=(int(wide), int(high)), percent=int(args.text))
    with tempfile.TemporaryDirectory() as folder:
        player = Player(Stage(chosen, args.one, Path(folder)), args.out, tuple(args.only))
        for line in _lines(player, everything=args.all):
            sys.stdout.write(f"{chosen.name} | {line}\n")
            sys.stdout.flush()
    del app
    os._exit(1 if player.bad else 0)  # what still runs aside is not waited for


def _lines(player: object, *, everything: bool) -> Iterator[str]:
    from tests.pictures.play import Player

    assert isinstance(player, Player)
    for picture, finding in player.play():
        if finding.lost or everything:
            yield f"{picture} | {finding.what} | {' '.join(finding.where.split())[:120]}"


if __name__ == "__main__":
    raise SystemExit(main())
