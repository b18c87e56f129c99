"""What a disk may have kept after a power cut, replayed from a trace of system calls.

A disk may keep any subset of the writes to a file since its last fsync, each torn at a sector. Names (made, moved,
taken away) last from the fsync of their folder on, and before it in the order in which they were made; a folder that
was moved has one name or the other.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.calls import Call, read

SECTOR = 512
CALLS = (
    "openat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rmdir,rename,renameat,link,linkat,mkdir,mkdirat,"
    "lseek,close"
)
Change = tuple[tuple[str, int | None], ...]
"""Names that are given (the number of a file or folder) or taken away (None) together."""


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes at a place of a file; `length` instead cuts the file to that many bytes."""

    at: int
    data: bytes = b""
    length: int | None = None


@dataclass(slots=True)
class File:
    """A file: what is on the disk for certain, and what was written since."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[Write] = field(default_factory=list)

    def sync(self) -> None:
        """All of it is on the disk."""
        for write in self.since:
            apply(self.sure, write)
        self.since.clear()

    def kept(self, chance: random.Random) -> bytes:
        """One of the many contents that the disk may hold."""
        content = bytearray(self.sure)
        likely = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        for write in self.since:
            if write.length is not None:
                if chance.random() < likely:
                    apply(content, write)
                continue
            for start in range(0, len(write.data), SECTOR):
                if chance.random() < likely:
                    apply(content, Write(write.at + start, write.data[start : start + SECTOR]))
        return bytes(content)


def apply(content: bytearray, write: Write) -> None:
    """Write into a file's bytes."""
    if write.length is not None:
        del content[write.length :]
        content.extend(bytes(write.length - len(content)))
        return
    content.extend(bytes(max(0, write.at - len(content))))
    content[write.at : write.at + len(write.data)] = write.data


@dataclass(slots=True)
class Folder:
    """A folder: its names as the program sees them, those on the disk for certain, and the changes since."""

    names: dict[str, int] = field(default_factory=dict)
    sure: dict[str, int] = field(default_factory=dict)
    since: list[Change] = field(default_factory=list)

    def change(self, *names: tuple[str, int | None]) -> None:
        """Give and take away names, together; certain once the folder is synced."""
        _set(self.names, names)
        self.since.append(names)

    def sync(self) -> None:
        """Its names are on the disk."""
        for change in self.since:
            _set(self.sure, change)
        self.since.clear()

    def kept(self, chance: random.Random) -> dict[str, int]:
        """One of the sets of names that the disk may hold."""
        found = dict(self.sure)
        for change in self.since[: chance.randint(0, len(self.since))]:
            _set(found, change)
        return found


def _set(names: dict[str, int], change: Change) -> None:
    for name, number in change:
        if number is None:
            names.pop(name, None)
        else:
            names[name] = number


class Disk:
    """Files and folders by number; 0 is the folder that is watched, whatever lies elsewhere is not."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.inodes: dict[int, File | Folder] = {0: Folder()}

    @classmethod
    def of(cls, folder: Path, root: str) -> Disk:
        """A folder as it lies on the disk for certain, as if it lay at `root`."""
        disk = cls(root)
        for path in sorted(folder.rglob("*")):  # folders come before what is in them
            parent, name = disk.parent(f"{root}/{path.relative_to(folder)}")
            parent.change((name, disk.new(Folder() if path.is_dir() else File(bytearray(path.read_bytes())))))
        for inode in disk.inodes.values():
            inode.sync()
        return disk

    def new(self, inode: File | Folder) -> int:
        """A number for a new file or folder."""
        self.inodes[len(self.inodes)] = inode
        return len(self.inodes) - 1

    def find(self, path: str) -> int | None:
        """What lies under that path; None for nothing, and for what is not watched."""
        if path == self.root:
            return 0
        if not path.startswith(f"{self.root}/"):
            return None
        number: int | None = 0
        for part in path[len(self.root) + 1 :].split("/"):
            folder = self.inodes.get(-1 if number is None else number)
            number = folder.names.get(part) if isinstance(folder, Folder) else None
        return number

    def parent(self, path: str) -> tuple[Folder, str]:
        """The folder that a path lies in, and its name there."""
        above, _, name = path.rpartition("/")
        number = self.find(above)
        folder = self.inodes.get(-1 if number is None else number)
        if isinstance(folder, Folder):
            return folder, name
        raise LookupError(path)

    def cut(self, chance: random.Random) -> dict[str, bytes | None]:
        """What is found after the power came back: one of the many things that may be; None for a folder."""
        found: dict[str, bytes | None] = {}
        self._cut(0, self.root, chance, found)
        return found

    def _cut(self, number: int, path: str, chance: random.Random, found: dict[str, bytes | None]) -> None:
        inode = self.inodes[number]
        if isinstance(inode, File):
            found[path] = inode.kept(chance)
            return
        if number:
            found[path] = None
        for name, inner in inode.kept(chance).items():
            self._cut(inner, f"{path}/{name}", chance, found)


def replay(trace: Iterator[str], disk: Disk) -> Iterator[list[int]]:
    """Replay a trace on a disk, step by step; after each, the numbers that the deed has acknowledged so far."""
    told: list[int] = []
    handles: dict[int, int] = {}
    places: dict[int, int] = {}
    for one in read(trace):
        if one.result < 0:
            continue
        call, number = one.name, one.handle
        if call == "write" and number == 1:
            told += [int(part) for part in one.data.split()]
        elif call == "openat":
            handles.pop(one.result, None)
            places[one.result] = 0
            (path,) = one.paths()
            opened = _open(disk, path, one.inside)
            if opened is not None:
                handles[one.result] = opened
        elif call == "close":
            handles.pop(number, None)
            continue
        elif call == "lseek":
            places[number] = one.result
            continue
        elif call in _NAMING:
            paths = one.paths()
            if not paths[-1].startswith(f"{disk.root}/"):
                continue
            _NAMING[call](disk, *paths)
        elif number not in handles:
            continue
        else:
            _write(disk.inodes[handles[number]], one, places)
        yield told


def _open(disk: Disk, path: str, inside: str) -> int | None:
    found = disk.find(path)
    if found is None and "O_CREAT" in inside and path.startswith(f"{disk.root}/"):
        found = disk.new(File())
        parent, name = disk.parent(path)
        parent.change((name, found))
    elif found is not None and "O_TRUNC" in inside:
        inode = disk.inodes[found]
        if isinstance(inode, File):
            inode.since.append(Write(0, length=0))
    return found


def _write(inode: File | Folder, call: Call, places: dict[int, int]) -> None:
    """One call that writes through a handle."""
    if call.name in {"fsync", "fdatasync"}:
        inode.sync()
    elif isinstance(inode, Folder):
        raise TypeError(call.inside[:200])
    elif call.name == "ftruncate":
        inode.since.append(Write(0, length=int(call.inside.rsplit(",", 1)[1])))
    else:
        data = call.data
        at = int(call.inside.rsplit(",", 1)[1]) if call.name == "pwrite64" else places.get(call.handle, 0)
        inode.since.append(Write(at, data))
        if call.name == "write":
            places[call.handle] = at + len(data)


def _take(disk: Disk, path: str) -> None:
    parent, name = disk.parent(path)
    parent.change((name, None))


def _link(disk: Disk, old: str, new: str) -> None:
    parent, name = disk.parent(new)
    parent.change((name, disk.find(old)))


def _move(disk: Disk, old: str, new: str) -> None:
    number = disk.find(old)
    if number is None:
        raise LookupError(old)
    (before, name), (after, new_name) = disk.parent(old), disk.parent(new)
    if isinstance(disk.inodes[number], Folder) and before is after:
        before.change((new_name, number), (name, None))
        return
    after.change((new_name, number))
    before.change((name, None))


def _make(disk: Disk, path: str) -> None:
    parent, name = disk.parent(path)
    parent.change((name, disk.new(Folder())))


_NAMING: dict[str, Callable[..., None]] = {
    "unlink": _take, "unlinkat": _take, "rmdir": _take, "rename": _move, "renameat": _move, "link": _link,
    "linkat": _link, "mkdir": _make, "mkdirat": _make,
}  # fmt: skip
