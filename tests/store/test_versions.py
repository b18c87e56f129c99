"""A file of every version that was ever released opens, and a migration happens whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.operations import Operations

from app.document.document import Document
from app.errors import Refused
from app.models.change import TABLES
from app.models.plan import Plan
from app.store import header, migrations
from app.store.backups import Occasion, listed
from app.store.verify import inspect, verify
from tests.store.make_version import make, path_of


@pytest.mark.parametrize("version", range(1, header.VERSION + 1))
def test_the_kept_file_of_every_version_opens(version: int, tmp_path: Path) -> None:
    path = tmp_path / "week.pweek"
    shutil.copyfile(path_of(version), path)
    assert verify(path) == []
    document = Document.open(path)
    assert [table for table in TABLES if not document.plan.table(table)] == []
    assert document.plan == make(tmp_path / "afresh.pweek")
    for line in document.history:
        assert line.edit.changes
    document.redo()
    document.undo()
    document.close()
    assert verify(path) == []


def _fill_in(op: Operations) -> None:
    migrations.change_everywhere(op, "sites", "division", lambda division: division or "North")


def _rebuild(op: Operations) -> None:
    with op.batch_alter_table("sites") as batch:
        batch.alter_column("parking", nullable=False)
    _fill_in(op)


def _lose_rows(op: Operations) -> None:
    op.execute("DELETE FROM people")


def _fail(op: Operations) -> None:
    _fill_in(op)
    op.execute("UPDATE nowhere SET nothing = 1")


def _another_shape(op: Operations) -> None:
    op.execute("ALTER TABLE sites ADD COLUMN more TEXT")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of the version that is about to be an earlier one."""
    make(tmp_path / "week.pweek")
    return tmp_path / "week.pweek"


def step_up(monkeypatch: pytest.MonkeyPatch, step: Callable[[Operations], None]) -> None:
    """Pretend that the app is one version further."""
    monkeypatch.setattr(header, "VERSION", header.VERSION + 1)
    monkeypatch.setattr(migrations, "STEPS", {header.VERSION - 1: step})


def test_a_file_of_an_earlier_version_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = path.read_bytes()
    old = header.VERSION
    step_up(monkeypatch, _fill_in)
    assert verify(path) == []  # judged on a copy
    assert path.read_bytes() == before
    document = Document.open(path)
    assert {site.division for site in document.plan.sites.values()} == {"North"}
    document.redo()
    document.close()
    assert header.read_header(path).version == header.VERSION == old + 1
    (backup,) = listed(path)
    assert backup.occasion is Occasion.MIGRATE
    assert header.read_header(backup.path).version == old
    assert inspect(backup.path).edits == 5


def test_a_table_is_rebuilt_without_losing_what_points_at_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document.open(path)
    teams = document.plan.teams
    document.close()
    step_up(monkeypatch, _rebuild)
    document = Document.open(path)
    assert document.plan.teams == teams
    document.close()


@pytest.mark.parametrize("step", [_lose_rows, _fail, _another_shape])
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch, step: Callable[[Operations], None]
) -> None:
    before = path.read_bytes()
    step_up(monkeypatch, step)
    with pytest.raises((Refused, Exception)):
        Document.open(path)
    assert path.read_bytes() == before
    assert not [place for place in path.parent.iterdir() if place.suffix in {".tmp", ".lock"}]


def test_an_earlier_file_that_was_changed_by_others_is_not_migrated(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"Ann Lee", b"Bnn Lee"))
    step_up(monkeypatch, _fill_in)
    with pytest.raises(Refused, match="database-damaged"):
        Document.open(path)
    assert path.read_bytes() == content.replace(b"Ann Lee", b"Bnn Lee")


def test_an_earlier_file_that_cannot_be_written_is_not_opened_half(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step_up(monkeypatch, _fill_in)
    monkeypatch.setattr("os.access", lambda _, __: False)
    with pytest.raises(Refused, match="older-read-only"):
        Document.open(path)


def test_a_kept_file_holds_something_of_everything(tmp_path: Path) -> None:
    assert make(tmp_path / "new.pweek") != Plan()
