"""Help: what this is."""

from __future__ import annotations

from app import __version__
from app.text import translate
from app.ui.desk import Desk
from app.ui.dialogs.base import message


def about(desk: Desk) -> None:
    """Tell what this is, which version, and under which licence."""
    message(
        desk.window,
        translate("About Practice Week"),
        translate("Practice Week {version}").format(version=__version__),
        (
            translate(
                "Matches leaders to frontline teams for a Practice Week, invites them, prints the rotas, "
                "and absorbs every change."
            ),
            translate("Free software under the MIT licence. Icons: Fluent UI System Icons by Microsoft, MIT licence."),
            translate("Nothing you enter leaves this computer: the program makes no network connection."),
        ),
    )
