"""Where a file lies: on this computer's own disk, on a network drive, or in a folder that a program keeps in step.

SQLite's locks and side files are safe on a local disk alone; what lies elsewhere is not edited in place.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath

import platformdirs


class Kind(StrEnum):
    """Whether files there may be edited in place."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCED = "synced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a file lies. `by` names the program that keeps a synced folder in step."""

    kind: Kind
    by: str = ""

    @property
    def is_local(self) -> bool:
        """Whether a file there may be edited in place."""
        return self.kind is Kind.LOCAL


_LOCAL = Place(kind=Kind.LOCAL)
_NETWORK = Place(kind=Kind.NETWORK)

_SYNCED = (
    ("OneDrive", re.compile(r"onedrive( ?-.*)?\Z|onedrive-.*\Z")),
    ("Dropbox", re.compile(r"dropbox( \(.*\))?\Z")),
    ("Google Drive", re.compile(r"google ?drive(-.*)?\Z|my drive\Z|drivefs\Z")),
    ("iCloud", re.compile(r"icloud ?drive\Z|icloud~.*\Z|com~apple~clouddocs\Z|mobile documents\Z")),
    ("Nextcloud", re.compile(r"nextcloud\Z|owncloud\Z")),
    ("Box", re.compile(r"box sync\Z|box-box\Z")),
)
"""What the folders of such programs are called, whole names in lower case."""

_ENVIRONMENT = {"OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive"}
"""Variables in which Windows tells where such a folder lies."""

_REMOTE = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "davfs", "coda", "ceph", "glusterfs", "lustre", "beegfs",
    "vboxsf",
})  # fmt: skip
_LOCAL_FUSE = frozenset({
    "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.mergerfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.lxcfs",
    "fuse.bindfs", "fuse.unionfs", "fuse.snapfuse",
})  # fmt: skip
"""File systems of this computer's own disks that happen to be served by a program."""


def own_folder() -> Path:
    """Where the app keeps files of its own."""
    return Path(platformdirs.user_data_dir("practice-week", appauthor=False))


def default_database() -> Path:
    """The database that opens when none is named."""
    return own_folder() / "practice-week.pweek"


def place_of(path: Path, *, mounts: str | None = None, environment: Mapping[str, str] | None = None) -> Place:
    """Where a file lies, or would lie. `mounts` stands for `/proc/mounts`, `environment` for the process's own."""
    text = str(path)
    if text.startswith(("\\\\", "//")) and not text.startswith(("\\\\?\\", "\\\\.\\")):
        return _NETWORK
    if text.upper().startswith("\\\\?\\UNC\\"):
        return _NETWORK
    real = _real(path)
    known = os.environ if environment is None else environment
    for variable, by in _ENVIRONMENT.items():
        folder = known.get(variable, "")
        if folder and _inside(real, Path(folder)):
            return Place(kind=Kind.SYNCED, by=by)
    for one in (path, real):
        for part in one.parent.parts:
            by = _synced(part)
            if by:
                return Place(kind=Kind.SYNCED, by=by)
    return _NETWORK if _is_remote(real, mounts) else _LOCAL


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _inside(path: PurePath, folder: PurePath) -> bool:
    mine, other = (os.path.normcase(str(one)) for one in (path, folder))
    return mine.startswith(other.rstrip("\\/") + os.sep)


def _synced(part: str) -> str:
    folded = part.casefold()
    return next((by for by, pattern in _SYNCED if pattern.match(folded)), "")


def _is_remote(path: Path, mounts: str | None) -> bool:
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE
        return bool(ctypes.windll.kernel32.GetDriveTypeW(path.drive + "\\") == remote)
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
        except OSError:  # another system: its network drives are not told apart
            return False
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found.group(1), 8)), fields[1])
        under = point == "/" or str(path) == point or str(path).startswith(point + "/")
        if under and len(point) >= best:  # a later mount hides an earlier one
            best, kind = len(point), fields[2]
    return kind in _REMOTE or (kind.startswith("fuse.") and kind not in _LOCAL_FUSE)
