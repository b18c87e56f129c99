"""What the window remembers between starts: its own file in the app's own folder, never the registry."""

from __future__ import annotations

from pathlib import Path

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from app.models.names import fold
from app.store.spellings import pattern_of

_NAME = "practice-week"
_RECENT = 8

TOLD_BY = "told-by"
"""Key of the name that stands for who told people on the call list: a person's, and so forgotten with them."""


class Settings:
    """Choices and layout, kept as an INI file. Values that do not read as expected fall back to the default."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(platformdirs.user_config_dir(_NAME, appauthor=False)) / "window.ini"
        self._kept = QSettings(str(self.path), QSettings.Format.IniFormat)
        # Qt's own file dialog keeps where it was last: beside this file, not in a folder of Qt's.
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(self.path.parent))

    def text(self, key: str, default: str = "") -> str:
        """A kept word."""
        value = self._kept.value(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int) -> int:
        """A kept whole number."""
        try:
            return int(str(self._kept.value(key, default)))
        except ValueError:
            return default

    def keep(self, key: str, value: str | int) -> None:
        """Keep a word or a number."""
        self._kept.setValue(key, value)

    def shape(self, key: str) -> QByteArray | None:
        """The kept shape of a window, a header or docks."""
        value = self._kept.value(f"layout/{key}")
        return value if isinstance(value, QByteArray) else None

    def keep_shape(self, key: str, value: QByteArray) -> None:
        """Keep the shape of a window, a header or docks."""
        self._kept.setValue(f"layout/{key}", value)

    def forget_shapes(self) -> None:
        """Back to the layout of a first start; choices stay."""
        self._kept.remove("layout")

    @property
    def recent(self) -> tuple[Path, ...]:
        """The databases opened last, the newest first, those that are still there."""
        paths = [Path(line) for line in self.text("recent").split("|") if line]
        return tuple(path for path in paths if path.is_file())

    def opened(self, path: Path) -> None:
        """Remember that this database was opened."""
        others = [str(other) for other in self.recent if other != path]
        self.keep("recent", "|".join([str(path), *others][:_RECENT]))

    def forget(self, name: str) -> None:
        """Forget a person who was erased: as the one who tells people, and files that are called after them."""
        named = pattern_of([name])
        if fold(self.text(TOLD_BY)) == fold(name):
            self.keep(TOLD_BY, "")
        lines = self.text("recent").split("|")
        self.keep("recent", "|".join(line for line in lines if named is None or not named.search(Path(line).name)))
        self.flush()

    def flush(self) -> None:
        """Write everything down now."""
        self._kept.sync()


def forget(name: str) -> None:
    """Forget a person who was erased without a window, where a window has kept anything."""
    settings = Settings()
    if settings.path.exists():
        settings.forget(name)
