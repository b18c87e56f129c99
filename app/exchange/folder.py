"""An output folder: built aside, put on disk for certain, and swapped in whole (INTERFACES.md, "Commands").

A folder is taken over only where it is missing, empty, or one of ours (it holds our `plan.json`). Whatever goes
wrong on the way, the old folder stays whole; what a crash leaves behind is tidied up by the next run.
"""

from __future__ import annotations

import contextlib
import glob
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from app.disk import sync_file, sync_folder
from app.errors import Refused
from app.exchange.filenames import is_safe
from app.models.progress import Part, Watch, unwatched, watched

_DATABASE = b"SQLite format 3\x00"


def check_folder(out: Path) -> None:
    """Refuse a folder that may not be written, before any work is done for it.

    Raises Refused("folder-is-file"), Refused("folder-foreign") or Refused("folder-unwritable"), with `path`.
    """
    out = _target(out)
    with _disk(out):
        _recover(out)
        _check(out)


def bring_back(out: Path) -> None:
    """Bring back a folder that a crash left moved away while it was being swapped, so that what lies in it is found.

    Nothing happens where the folder stands, or where another run is at work on it.
    """
    old = _aside(Path(os.path.realpath(out)), "old")
    if not out.exists() and old.is_dir():
        with contextlib.suppress(Refused, OSError):  # what is not found is told by who looks for it
            check_folder(out)


def write_folder(out: Path, files: Mapping[str, bytes], *, watch: Watch = unwatched) -> None:
    """Make `out` hold exactly these files (by their path under it), in one step. As `prepare_folder`, put in place."""
    prepare_folder(out, files, watch=watch).put_in_place()


def prepare_folder(out: Path, files: Mapping[str, bytes], *, watch: Watch = unwatched) -> Prepared:
    """Put these files on the disk beside `out`, ready to become it. `put_in_place` or `discard` has to follow.

    A database that lies in the folder is carried over, as somebody works with it. `watch`, told of each file before
    it is written, may stop the writing by raising; whatever is raised, `out` is what it was.

    Raises Refused as `check_folder` does, and ValueError for a path that is not safe.
    """
    _check_paths(files)
    out = _target(out)
    with _disk(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        _recover(out)
        _check(out)
        new = _aside(out, "new")
        new.mkdir()
        prepared = Prepared(out, new)
        try:
            _fill(new, files, watch)
            _carry_databases(out, new, files)
            _sync_folders(new)
        except BaseException:
            prepared.discard()
            raise
    return prepared


class Prepared:
    """A folder whose files are on the disk, but not in their place yet. No other run can take it for leftovers."""

    def __init__(self, out: Path, new: Path) -> None:
        self._out, self._new = out, new
        self._held = contextlib.ExitStack()
        self._held.enter_context(_held(new))

    def put_in_place(self, then: Callable[[], object] | None = None) -> None:
        """Swap the folder in, then do `then`, such as noting that it was sent: what that raises takes the swap back.

        Raises Refused as `check_folder` does, and what `then` raises; the old folder is whole again then.
        """
        with self._held:
            try:
                with _disk(self._out):
                    _swap(self._out, self._new, then or (lambda: None))
            except BaseException:
                shutil.rmtree(self._new, ignore_errors=True)
                raise

    def discard(self) -> None:
        """Take the files away again."""
        with self._held:
            shutil.rmtree(self._new, ignore_errors=True)


def _target(out: Path) -> Path:
    path = Path(os.path.realpath(out))
    if path.parent == path:  # the root of a disk can be no output folder
        raise Refused("folder-foreign", path=str(out))
    return path


def _aside(out: Path, part: str) -> Path:
    return out.parent / f".{out.name}.practice-week-{part}"


@contextlib.contextmanager
def _disk(out: Path) -> Iterator[None]:
    """What the disk refuses is what a person can mend: told with the system's own reason."""
    try:
        yield
    except OSError as error:
        raise Refused("folder-unwritable", path=str(out), reason=error.strerror or str(error)) from error


def _check(out: Path) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise Refused("folder-is-file", path=str(out))
    if any(out.iterdir()) and not _ours(out / "plan.json"):
        raise Refused("folder-foreign", path=str(out))


def _ours(plan: Path) -> bool:
    if not plan.is_file() or plan.is_symlink():
        return False
    try:
        found = json.loads(plan.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("format") == 1 and "week" in found


def _check_paths(files: Mapping[str, bytes]) -> None:
    """Every path stays inside the folder, is safe on every system, and is no other's, whatever the case."""
    taken: set[str] = set()
    folders: set[str] = set()
    for path in files:
        parts = path.split("/")
        if not all(is_safe(part) for part in parts):
            raise ValueError(f"not a safe path: {path!r}")
        if path.casefold() in taken:
            raise ValueError(f"two files would be one: {path!r}")
        taken.add(path.casefold())
        folders.update("/".join(parts[:depth]).casefold() for depth in range(1, len(parts)))
    if taken & folders:
        raise ValueError(f"a file and a folder of one name: {sorted(taken & folders)}")


def _recover(out: Path) -> None:
    """Tidy up after a run that was killed: bring back the old folder where it had just been moved away."""
    new, old = _aside(out, "new"), _aside(out, "old")
    if new.exists():
        with _held(new):
            shutil.rmtree(new)
    if old.exists():
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            shutil.rmtree(old)
        else:
            if out.exists():
                out.rmdir()
            old.rename(out)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder that is being written, so that a second run cannot take it for a crash's leftovers.

    Raises Refused("folder-busy") where another run holds it. On Windows the open files themselves are the lock.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused("folder-busy", path=str(folder)) from error
        yield
    finally:
        os.close(handle)


def _fill(new: Path, files: Mapping[str, bytes], watch: Watch) -> None:
    written: list[Path] = []
    for path, data in watched(files.items(), Part.WRITE, len(files), watch):
        target = new.joinpath(*PurePosixPath(path).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(data)
        written.append(target)
    # Thousands of small files one by one would wait for the disk thousands of times.
    with ThreadPoolExecutor(max_workers=16) as pool:
        for _ in pool.map(sync_file, written):
            pass


def _carry_databases(out: Path, new: Path, files: Mapping[str, bytes]) -> None:
    """Databases stay where they are, with their side files, lock and backups, for the window that has them open too."""
    if not out.is_dir():
        return
    mine = {path.casefold() for path in files}
    for path in sorted(out.iterdir()):
        if path.is_file() and path.name.casefold() not in mine and _is_database(path):
            name = glob.escape(path.name)
            for kept in (path, *out.glob(f"{name}-*"), *out.glob(f"{name}.lock")):
                _carry(kept, new / kept.name)
            backups = path.with_name(f"{path.name}.backups")
            if backups.is_dir():
                (new / backups.name).mkdir()
                for kept in filter(Path.is_file, backups.iterdir()):
                    _carry(kept, new / backups.name / kept.name)


def _carry(kept: Path, target: Path) -> None:
    """The very same file under a second name, or, on a disk without links, a copy that is on the disk for certain."""
    try:
        os.link(kept, target)
    except OSError:
        shutil.copy2(kept, target)
        sync_file(target)


def keeps(out: Path, path: Path) -> bool:
    """Whether writing the folder `out` anew leaves the file `path` in it: a database, directly inside."""
    return path.parent == Path(os.path.realpath(out)) and path.is_file() and _is_database(path)


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_DATABASE)) == _DATABASE


def _sync_folders(new: Path) -> None:
    if sys.platform == "win32":  # which cannot open a folder, and needs no such thing
        return
    for folder in (new, *(path for path in new.rglob("*") if path.is_dir())):
        sync_folder(folder)


def _swap(out: Path, new: Path, then: Callable[[], object]) -> None:
    old = _aside(out, "old")
    stood = out.exists()
    if stood:
        out.rename(old)
    try:
        new.rename(out)
        try:
            sync_folder(out.parent)
            then()
        except BaseException:
            out.rename(new)
            raise
    except BaseException:
        if stood:
            old.rename(out)
        raise
    # The new folder stands; what cannot be removed now is removed by the next run.
    shutil.rmtree(old, ignore_errors=True)


def write_file(path: Path, data: bytes) -> None:
    """Write one file in one step: built aside, put on disk for certain, renamed into place.

    Raises Refused("file-unwritable") where the disk refuses; what stood there before is whole then.
    """
    aside = path.with_name(f".{path.name}.practice-week-new")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):  # where the folder is none, nothing was put aside
            aside.unlink()
        raise Refused("file-unwritable", path=str(path), reason=error.strerror or str(error)) from error
