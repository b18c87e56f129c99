"""What the app reaches for, by its system calls: `python -m tests.faults.trace`.

A session in which every command is run and every screen and action of the window is tried goes on under `strace`.
No socket may be opened but to this computer's own display, nothing written but in the chosen folder and the app's own
ones, and nothing read but that, the program itself and what the system offers every program. `--suite` watches the
whole test suite in the same way.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.faults.calls import read

_CALLS = (
    "network,open,openat,creat,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,"
    "symlinkat,truncate,chmod,fchmodat"
)
_FAMILY = re.compile(r"\b(?:AF|PF)_(\w+)")
_WRITING = re.compile(r"O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)")
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc",
    "/proc",
    "/sys",
    "/dev",
    "/var/cache/fontconfig",
    "/var/lib/dbus/machine-id",
)
"""What the system offers every program to read: libraries, fonts, time zones, its own settings."""
_DEVICES = ("/dev/null", "/dev/tty", "/dev/shm", "/proc/self/fd")  # noqa: S108 - no files: devices, memory, open handles


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a session reached for: calls seen, and those that nothing allows, with how often."""

    calls: int
    ended: int
    sockets: Counter[str]
    written: Counter[str]
    read: Counter[str]

    @property
    def held(self) -> bool:
        """Whether it ended well and reached for nothing else."""
        return self.calls > 0 and not self.ended and not (self.sockets or self.written or self.read)

    def __str__(self) -> str:
        return (
            f"{self.calls:,} calls: {sum(self.sockets.values())} sockets, {sum(self.written.values())} writes and "
            f"{sum(self.read.values())} reads elsewhere"
            f"{f'; it ended with code {self.ended}' if self.ended else ''}"
        )


def watch(arguments: list[str], place: Path, *, begins: str = "") -> Outcome:
    """Run a program in a folder of its own under strace, and judge what it reached for.

    `begins` is a path whose making begins the judging: what comes before is the start of the program.
    """
    trace, home = place / "trace", place / "home"
    for folder in (home, place / "tmp"):
        folder.mkdir()
    own = {
        "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"), "TMPDIR": str(place / "tmp"), "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1", "HYPOTHESIS_STORAGE_DIRECTORY": str(place / "tmp" / "hypothesis"),
    }  # fmt: skip
    ended = subprocess.run(
        ["strace", "-f", "-qq", "-y", "--seccomp-bpf", "-s", "4096", "-e", "signal=none", "-e", f"trace={_CALLS}",
         "-o", str(trace), *arguments],
        env={**os.environ, **own}, check=False, capture_output=True, text=True,
    )  # fmt: skip
    if ended.returncode:
        sys.stderr.write(f"{ended.stdout[-6000:]}\n{ended.stderr[-3000:]}\n")
    with trace.open(encoding="utf-8", errors="replace") as lines:
        return judge(lines, place, ended=ended.returncode, begins=begins)


def judge(lines: Iterator[str], place: Path, *, ended: int = 0, begins: str = "") -> Outcome:
    """What of a trace nothing allows."""
    program = tuple({str(path) for path in (
        sys.prefix, sys.base_prefix, Path(__file__).parents[2], *sysconfig.get_paths().values(),
    )})  # fmt: skip
    app = ("home/data/practice-week", "home/config/practice-week")
    ours = tuple(f"{place}/{name}" for name in ("chosen", "tmp", "tests", *app))
    sockets, written, looked = Counter[str](), Counter[str](), Counter[str]()
    calls, counts = 0, not begins
    for one in read(lines):
        call, inside = one.name, one.inside
        if not counts:
            counts = begins in inside and "O_CREAT" in inside
            continue
        calls += 1
        family = _FAMILY.search(inside)
        if call in {"socket", "connect", "bind", "sendto", "sendmsg"} and family is not None:
            if family.group(1) not in {"UNIX", "LOCAL", "FILE", "UNSPEC"}:
                sockets[f"{call} {inside[:80]}"] += 1
            continue
        for path in map(os.path.normpath, one.paths(str(place))):
            changes = call not in {"open", "openat"} or _WRITING.search(inside) is not None
            canary = _under(path, (f"{place}/canary",))
            makes_way = call.startswith("mkdir") and _leads(path, ours)
            if changes and not makes_way and not _under(path, (*ours, *_DEVICES)):
                written[f"{call} {path}"] += 1
            elif canary or not (_under(path, (*ours, *program, *_SYSTEM)) or one.result < 0 or _leads(path, ours)):
                looked[f"{call} {path}"] += 1
    return Outcome(calls=calls, ended=ended, sockets=sockets, written=written, read=looked)


def _under(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def _leads(path: str, ours: tuple[str, ...]) -> bool:
    """A folder on the way to ours may be made, and looked into, as the home folder is: a choice of files lists it."""
    return any(one.startswith(f"{path}/") for one in ours)


def session() -> Outcome:
    """Watch the session."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        return watch([sys.executable, "-m", "tests.faults.session", str(place)], place, begins=f"{place}/began")


def suite() -> Outcome:
    """Watch the whole test suite."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        return watch(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", f"{place}/tests"], place
        )


def main() -> int:
    """Watch, print what was reached for, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suite", action="store_true", help="the whole test suite instead of the session")
    found = suite() if parser.parse_args().suite else session()
    for kind, which in (("socket", found.sockets), ("write", found.written), ("read", found.read)):
        for what, count in which.most_common(30):
            sys.stdout.write(f"{kind} {count} × {what}\n")
    sys.stdout.write(f"trace    {found}\n")
    return int(not found.held)


if __name__ == "__main__":
    raise SystemExit(main())
