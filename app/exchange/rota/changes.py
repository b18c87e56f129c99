"""The sheet of what this version changed: old and new, whom to tell, and whether they were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.exchange.paperweek import PaperWeek
from app.exchange.sheets import Column, Paper, Row, Sheet, Tone
from app.exchange.version import Version
from app.text import translate
from app.words.dates import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One change to tell: of which visit, from what to what, who is to be told, and whether they were."""

    visit: str
    old: str
    new: str
    who: str
    told: str = ""


def changes_sheet(paper: PaperWeek, changes: Sequence[ChangeRow] | None, version: Version, name: str) -> Sheet:
    """Visit, old, new, who to tell, told."""
    text = paper.safe.text
    nothing = translate("–")
    if changes:
        about = translate("{count} since version {number}. Tick each person off once told.").format(
            count=counted(len(changes), "change"), number=version.replaces
        ) if version.replaces else translate("{count}. Tick each person off once told.").format(
            count=counted(len(changes), "change")
        )  # fmt: skip
        rows = [
            Row(
                values=[
                    text(one.visit) or nothing, text(one.old) or translate("New"), text(one.new) or translate("Gone"),
                    text(one.who) or nothing, text(one.told) or translate("☐ Not yet"),
                ],
                styles=[Tone.STRONG, Tone.TEXT, Tone.TEXT, Tone.TEXT, Tone.TEXT],
            )
            for one in changes
        ]  # fmt: skip
    else:
        first = version.replaces is None
        about = (
            translate("First version: nothing has changed yet.")
            if first
            else translate("Nothing has changed since version {number}.").format(number=version.replaces)
        )
        rows = [Row(values=[about, *([nothing] * 4)], styles=[Tone.QUIET] * 5)]
    return Sheet(
        name=name,
        titles=[translate("Changes")],
        abouts=[about],
        columns=[
            Column(head=translate("Visit"), share=1.6),
            Column(head=translate("Old"), share=1.6),
            Column(head=translate("New"), share=1.6),
            Column(head=translate("Who to tell"), share=1.4),
            Column(head=translate("Told?"), share=0.7),
        ],
        rows=rows,
        paper=Paper.A4_LANDSCAPE,
    )
