"""Every screen and dialog has its picture, and on a small screen with large text nothing in any of them is cut."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app.ui.actions import table
from app.ui.bridge import Picked
from app.ui.window import Window
from tests.builders import visit_id
from tests.pictures import play
from tests.pictures.acts import ACTS, OPENS_NOTHING

_ENDS_THE_TEST = frozenset({"quit", "sample", "menu"})


def test_every_entry_of_every_menu_has_a_scene_or_opens_nothing() -> None:
    assert play.dialogs(), "the scenes are read with what plays them"
    shown = {entry for act in ACTS for entry in act.entries}
    assert {spec.id for spec in table()} == shown | OPENS_NOTHING


@pytest.mark.parametrize("entry", sorted(OPENS_NOTHING - _ENDS_THE_TEST))
def test_what_is_said_to_open_nothing_opens_nothing(window: Window, entry: str) -> None:
    window.desk.bridge.pick(Picked(visits=(visit_id("Ann Lee", "f1"),)))
    window.desk.action(entry).trigger()
    QApplication.processEvents()
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
    if window.desk.look.percent != 100:
        window.desk.look.resize(100)


def test_nothing_is_cut_nameless_or_out_of_reach_on_a_small_screen_at_twice_the_text_size() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.pictures", "--weeks", "small", "--sizes", "1366x768", "--text", "200"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == ""
    assert (done.returncode, done.stderr) == (0, "")
