"""Files on network drives and in synced folders: worked on as a local copy, handed over and taken over as one file.

A note beside the local copy says what the shared file held when the two were last the same; so a hand-over never
overwrites what somebody else handed over meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from app.errors import Refused
from app.exchange.filenames import safe_name
from app.store import backups, copies
from app.store.connection import telling
from app.store.file import make_file
from app.store.places import Place, own_folder, place_of
from app.store.verify import digest_of, inspect


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowed:
    """A shared file and the local copy that is worked on in its stead.

    `mine` tells that the copy has changes that were not handed over, `theirs` that the shared file is another since.
    """

    source: Path
    local: Path
    place: Place
    mine: bool
    theirs: bool

    @property
    def both(self) -> bool:
        """Whether both have changed: one of them has to give way, and a person has to say which."""
        return self.mine and self.theirs


def is_shared(path: Path) -> bool:
    """Whether a file there is worked on as a local copy. The app's own folder never is: copies lie there."""
    own = own_folder().absolute()
    return own not in path.absolute().parents and not place_of(path).is_local


def local_of(source: Path) -> Path:
    """Where the local copy of a shared file lies: in the app's own folder, told apart by the whole path."""
    whole = str(source.absolute())
    mark = hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return own_folder() / "shared" / f"{safe_name(source.stem)[:40]}-{mark}.pweek"


def borrow(source: Path, *, create: bool = False) -> Borrowed:
    """The local copy of a shared file, made or brought up to date where nothing of it can be lost.

    Raises Refused as `app.store.verify.inspect` does for a shared file that is not whole, and what the disk refuses.
    """
    source = source.absolute()
    local = local_of(source)
    if not local.exists():
        local.parent.mkdir(parents=True, exist_ok=True)
        if create and not source.exists():
            make_file(local)
            _note(local, source, "")
        else:
            _fetch(source, local)
    found = standing(local)
    if found is None:
        raise Refused("file-unreachable", path=str(local))
    if found.theirs and not found.mine and source.exists():
        take_over(local)
        found = standing(local) or found
    return found


def called(path: Path) -> str:
    """What a person calls a file: the local copy of a shared one by that one's name."""
    note = _read_note(path)
    return path.name if note is None else note[0].name


def standing(local: Path) -> Borrowed | None:
    """How a local copy stands to its shared file; None for a file that is no such copy."""
    note = _read_note(local)
    if note is None:
        return None
    source, shared, own = note
    return Borrowed(
        source=source, local=local, place=place_of(source), mine=digest_of(local) != own,
        theirs=_fingerprint(source) != shared,
    )  # fmt: skip


def _read_note(local: Path) -> tuple[Path, str, str] | None:
    """The shared file, and what both were like when they were last the same."""
    try:
        note = json.loads(_note_of(local).read_text("utf-8"))
        return Path(note["source"]), str(note["shared"]), str(note["own"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def hand_over(local: Path, *, over_theirs: bool = False) -> Path:
    """Put a checked copy of the local copy in the shared file's place, as one file; where it is.

    Raises Refused("handed-over-by-other") where the shared file has changed since (unless `over_theirs`: it is kept
    among the local copy's backups then), ("no-shared-file"), and what the disk refuses.
    """
    found = standing(local)
    if found is None:
        raise Refused("no-shared-file", path=str(local))
    source = found.source
    if found.theirs and source.exists():
        if not over_theirs:
            raise Refused("handed-over-by-other", path=str(source))
        with tempfile.TemporaryDirectory() as folder:
            theirs = _fetched(source, Path(folder))
            backups.make(local, backups.copy_of(theirs), backups.Occasion.TAKE)
    if not source.parent.is_dir():
        raise Refused("folder-missing", path=str(source.parent))
    with tempfile.TemporaryDirectory() as folder, telling(source):
        checked = Path(folder) / "checked.pweek"
        backups.copy_of(local)(checked)
        inspect(checked)
        with copies.aside(source) as new:
            shutil.copyfile(checked, new)
            copies.put_in_place(new, source)
        if _fingerprint(source) != _fingerprint(checked):
            raise Refused("handing-over-failed", path=str(source))
    _note(local, source, _fingerprint(source))
    return source


def take_over(local: Path) -> Path | None:
    """Put the shared file in the local copy's place; where the copy as it was is kept. Raises Refused as `restore`."""
    found = standing(local)
    if found is None:
        raise Refused("no-shared-file", path=str(local))
    with tempfile.TemporaryDirectory() as folder:
        theirs = _fetched(found.source, Path(folder))
        mark = _fingerprint(theirs)
        kept = backups.restore(local, theirs)
    _note(local, found.source, mark)
    return kept


def _fetch(source: Path, local: Path) -> None:
    with tempfile.TemporaryDirectory() as folder, telling(local):
        theirs = _fetched(source, Path(folder))
        with copies.aside(local) as new:
            shutil.copyfile(theirs, new)
            copies.name_it(new, local)
        _note(local, source, _fingerprint(theirs))


def _fetched(source: Path, folder: Path) -> Path:
    """The shared file copied here and found whole."""
    copy = folder / source.name
    try:
        with telling(source):
            shutil.copyfile(source, copy)
    except Refused as refused:
        raise Refused("file-unreachable" if source.exists() else "file-missing", path=str(source)) from refused
    try:
        inspect(copy)
    except Refused as refused:
        raise Refused(refused.code, **{**refused.facts, "path": str(source)}) from refused
    return copy


def _fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes; blank where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _note_of(local: Path) -> Path:
    return local.with_name(local.name + ".shared.json")


def _note(local: Path, source: Path, shared: str) -> None:
    text = json.dumps({"source": str(source), "shared": shared, "own": digest_of(local)}, ensure_ascii=False)
    with copies.aside(_note_of(local)) as new:
        new.write_text(text, "utf-8", errors="surrogateescape")
        copies.put_in_place(new, _note_of(local))
