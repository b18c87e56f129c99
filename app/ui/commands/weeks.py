"""Commands on whole weeks."""

from __future__ import annotations

from functools import partial

from app.store.places import default_database
from app.text import translate
from app.ui.commands import files
from app.ui.desk import Desk
from app.ui.dialogs.base import message


def begin(desk: Desk) -> None:
    """Ask what the new week is, in the database that is open, or in the usual one."""
    from app.ui.screens.new_week import NewWeekDialog
    from app.ui.screens.start import begun

    bridge, path = desk.bridge, default_database()
    if bridge.document is None and not files.open_path(desk, path, create=not path.exists()):
        return
    if bridge.document is not None and bridge.document.read_only:
        message(desk.window, translate("Reading only"), translate("This database is open for reading only."))
        return
    NewWeekDialog(desk.window, desk.now.plan, desk.look.theme, bridge.today, partial(begun, desk)).open()
