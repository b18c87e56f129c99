"""Compiles the app where it is installed from this folder (`pip install -e .`), as pip does with what it copies.

So the first window opens as fast as the second, also where Python may not keep bytecode (PYTHONDONTWRITEBYTECODE).
"""

from __future__ import annotations

import compileall
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compiled(BuildHookInterface[Any]):
    """The hook that Hatch calls; a folder that cannot be written is left as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - Hatch's names
        """Compile, in an editable installation alone."""
        if version == "editable":
            compileall.compile_dir(Path(self.root) / "app", quiet=2)
