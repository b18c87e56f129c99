"""Cut the power at any moment: replay what a deed wrote, losing what was not yet synced.

`python -m tests.faults.power --points 2000` prints one line a deed; the exit code is 1 where anything was lost.
The deed runs under `strace`, which this harness alone needs (it is no part of the tests). A disk may keep any subset
of the writes to a file since its last fsync, each torn at a sector; names (created, renamed, removed) last from the
fsync of their folder on, and before it in the order in which they were made.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.store import backups
from app.store.verify import verify
from tests.faults import kill
from tests.faults.kill import lost, prepare

SECTOR = 512
DEEDS = tuple(deed for deed in kill.DEEDS if deed != "export")
"""An export swaps whole folders, which this replay does not know; the kills try it."""
_CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,link,linkat,mkdir,lseek,close"
_NAMING = frozenset({"unlink", "unlinkat", "rename", "link", "linkat", "mkdir"})
_START = """
import shutil, sys
shutil._USE_CP_SENDFILE = False  # so that what is copied shows in the trace
from pathlib import Path
from app.store import connection
if sys.argv[3] == "careless":
    connection._PRAGMAS = ("foreign_keys=ON", "synchronous=OFF")
from tests.faults.kill import work
work(Path(sys.argv[2]), sys.argv[1])
"""
_LINE = re.compile(r"(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FD = re.compile(r"(\d+)<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes at a place of a file; `length` instead cuts the file to that many bytes."""

    at: int
    data: bytes = b""
    length: int | None = None


@dataclass(slots=True)
class Inode:
    """A file: what is on the disk for certain, and what was written since."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[Write] = field(default_factory=list)

    def sync(self) -> None:
        """All of it is on the disk."""
        for write in self.since:
            apply(self.sure, write)
        self.since.clear()

    def size(self) -> int:
        """As the program sees it."""
        now = bytearray(self.sure)
        for write in self.since:
            apply(now, write)
        return len(now)


def apply(content: bytearray, write: Write) -> None:
    """Write into a file's bytes."""
    if write.length is not None:
        del content[write.length :]
        content.extend(bytes(write.length - len(content)))
        return
    content.extend(bytes(max(0, write.at - len(content))))
    content[write.at : write.at + len(write.data)] = write.data


@dataclass(slots=True)
class Disk:
    """Files by inode, names as the program sees them, and the changes of names that are not on the disk yet."""

    inodes: dict[int, Inode] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    sure: dict[str, int] = field(default_factory=dict)
    since: dict[str, list[tuple[str, int | None]]] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, folder: Path) -> Disk:
        """A folder as it lies on the disk for certain."""
        disk = cls()
        for path in folder.rglob("*"):
            if path.is_file():
                disk.inodes[len(disk.inodes)] = Inode(sure=bytearray(path.read_bytes()))
                disk.names[str(path)] = disk.sure[str(path)] = len(disk.inodes) - 1
            else:
                disk.folders.add(str(path))
        return disk

    def name(self, path: str, inode: int | None) -> None:
        """Give or take away a name; certain once its folder is synced."""
        if inode is None:
            self.names.pop(path, None)
        else:
            self.names[path] = inode
        self.since.setdefault(str(Path(path).parent), []).append((path, inode))

    def create(self, path: str) -> int:
        """A new, empty file."""
        number = len(self.inodes)
        self.inodes[number] = Inode()
        self.name(path, number)
        return number

    def sync_folder(self, folder: str) -> None:
        """Its names are on the disk."""
        for path, inode in self.since.pop(folder, []):
            _set(self.sure, path, inode)

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """What is found after the power came back: one of the many things that the disk may have kept."""
        names = dict(self.sure)
        for changes in self.since.values():
            for path, inode in changes[: chance.randint(0, len(changes))]:
                _set(names, path, inode)
        return {path: _kept(self.inodes[inode], chance) for path, inode in names.items()}


def _set(names: dict[str, int], path: str, inode: int | None) -> None:
    if inode is None:
        names.pop(path, None)
    else:
        names[path] = inode


def _kept(inode: Inode, chance: random.Random) -> bytes:
    content = bytearray(inode.sure)
    likely = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    for write in inode.since:
        if write.length is not None:
            if chance.random() < likely:
                apply(content, write)
            continue
        for start in range(0, len(write.data), SECTOR):
            if chance.random() < likely:
                apply(content, Write(write.at + start, write.data[start : start + SECTOR]))
    return bytes(content)


def replay(trace: Iterator[str], disk: Disk, folder: str) -> Iterator[list[int]]:
    """Replay a trace on a disk, step by step; after each, the numbers that the deed has acknowledged so far."""
    told: list[int] = []
    places: dict[int, int] = {}
    for line in trace:
        match = _LINE.match(line)
        if match is None or match.group(3).startswith("-"):
            continue
        call, inside, result = match.group(1), match.group(2), int(match.group(3))
        texts = [_bytes(text) for text in _TEXT.findall(inside)]
        handle = _FD.match(inside)
        path = _bytes(handle.group(2)).decode() if handle else ""
        number = int(handle.group(1)) if handle else -1
        if call == "write" and number == 1:
            told += [int(part) for part in texts[0].split()]
        elif call == "openat":
            name = texts[0].decode()
            places[result] = 0
            if name.startswith(folder) and "O_DIRECTORY" not in inside:
                if name not in disk.names and "O_CREAT" in inside:
                    disk.create(name)
                elif "O_TRUNC" in inside and name in disk.names:
                    disk.inodes[disk.names[name]].since.append(Write(0, length=0))
        elif call == "lseek":
            places[number] = result
            continue
        elif not _step(disk, folder, call, path, number, texts, inside, places):
            continue
        yield told


def _step(
    disk: Disk, folder: str, call: str, path: str, number: int, texts: list[bytes], inside: str, places: dict[int, int]
) -> bool:
    """One call that changes files; whether it did."""
    if call in _NAMING:
        return _rename(disk, folder, call, [text.decode() for text in texts])
    if not path.startswith(folder):
        return False
    if path not in disk.names:
        if call in {"fsync", "fdatasync"}:
            disk.sync_folder(path)
            return True
        return False
    inode = disk.inodes[disk.names[path]]
    if call == "pwrite64":
        at = int(inside.rsplit(",", 1)[1])
        inode.since.append(Write(at, texts[0]))
    elif call == "write":
        inode.since.append(Write(places.get(number, 0), texts[0]))
        places[number] = places.get(number, 0) + len(texts[0])
    elif call == "ftruncate":
        inode.since.append(Write(0, length=int(inside.rsplit(",", 1)[1])))
    elif call in {"fsync", "fdatasync"}:
        inode.sync()
    return True


def _rename(disk: Disk, folder: str, call: str, named: list[str]) -> bool:
    """A name given, taken away or moved."""
    if not named[-1].startswith(folder):
        return False
    if call.startswith("unlink"):
        disk.name(named[0], None)
    elif call == "mkdir":
        disk.folders.add(named[0])
    else:
        disk.name(named[1], disk.names[named[0]])
        if call == "rename":
            disk.name(named[0], None)
    return True


def _bytes(text: str) -> bytes:
    return text.encode("latin-1").decode("unicode_escape").encode("latin-1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one deed over all its cuts."""

    deed: str
    points: int
    steps: int
    lost: int
    damaged: int


def cut(deed: str, points: int, seed: int, *, acknowledged: int = 12, careless: bool = False) -> Outcome:
    """Record a deed until it has acknowledged that often, then cut the power at that many points of it.

    `careless` has SQLite sync nothing: the control, which has to find losses.
    """
    chance = random.Random(f"{deed} {seed}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve() / "disk"
        folder.mkdir()
        path, trace = folder / "week.pweek", folder.parent / "trace"
        prepare(path)
        before = folder.parent / "before"
        shutil.copytree(folder, before)
        _record(deed, path, trace, acknowledged, careless=careless)
        lines = trace.read_text("latin-1").splitlines()
        shutil.rmtree(folder)
        shutil.copytree(before, folder)
        steps = sum(1 for _ in replay(iter(lines), Disk.of(folder), str(folder)))
        chosen = sorted(chance.choices(range(steps), k=points))
        disk = Disk.of(folder)
        missing = damaged = 0
        for number, told in enumerate(replay(iter(lines), disk, str(folder))):
            while chosen and chosen[0] == number:
                chosen.pop(0)
                _lay_out(folder, disk, chance)
                findings = verify(path)
                damaged += bool(findings) + sum(bool(verify(one.path)) for one in backups.listed(path))
                missing += 0 if findings else lost(path, told)
    return Outcome(deed=deed, points=points, steps=steps, lost=missing, damaged=damaged)


def _lay_out(folder: Path, disk: Disk, chance: random.Random) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    for inner in sorted(disk.folders):
        Path(inner).mkdir(parents=True, exist_ok=True)
    for name, content in disk.cut(chance).items():
        if Path(name).parent.is_dir():
            Path(name).write_bytes(content)


def _record(deed: str, path: Path, trace: Path, acknowledged: int, *, careless: bool) -> None:
    arguments = [
        "strace", "-qq", "-y", "-xx", "-s", "100000000", "-o", str(trace), "-e", f"trace={_CALLS}",
        sys.executable, "-c", _START, deed, str(path), "careless" if careless else "",
    ]  # fmt: skip
    with subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    ) as child:
        if child.stdout is None:
            raise RuntimeError("no pipe")
        for _ in range(acknowledged):
            if not child.stdout.readline():
                raise RuntimeError(f"the work did not go on: {deed}")
        os.killpg(child.pid, signal.SIGKILL)  # the deed too, not its tracer alone


def main() -> int:
    """Cut, print a line for each deed, and say by the exit code whether all held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=2000, help="cuts of each deed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--deeds", nargs="*", choices=DEEDS, default=DEEDS)
    parser.add_argument("--control", action="store_true", help="let SQLite sync nothing: losses have to show")
    args = parser.parse_args()
    if args.control:
        found = cut("edit", args.points, args.seed, careless=True)
        sys.stdout.write(f"control  {found.points:5} cuts {found.lost:3} lost {found.damaged:3} damaged\n")
        return int(not found.lost + found.damaged)
    failed = False
    for deed in args.deeds:
        found = cut(deed, args.points, args.seed)
        failed |= bool(found.lost or found.damaged)
        sys.stdout.write(
            f"{found.deed:8} {found.points:5} cuts of {found.steps:6} steps "
            f"{found.lost:3} lost {found.damaged:3} damaged\n"
        )
        sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
