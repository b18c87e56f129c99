"""The sheet of what is still wrong: unmet minimums, broken rules, warnings, each with a suggested mend."""

from __future__ import annotations

from app.exchange.paperweek import PaperWeek
from app.exchange.sheets import Column, Paper, Row, Sheet, Tone
from app.models.findings import Problems, Unmet
from app.text import translate
from app.words.dates import counted
from app.words.problems import (
    broken_text,
    caution_name,
    mend_text,
    rule_name,
    unmet_text,
    warning_text,
)


def warnings_sheet(paper: PaperWeek, problems: Problems, unmet: tuple[Unmet, ...], name: str) -> Sheet:
    """What, which rule, and what to try first."""
    view, text = paper.view, paper.safe.text
    rows = [
        _row(
            translate("✕ Broken rule"),
            text(broken_text(view, one)),
            rule_name(one.rule),
            text(mend_text(view, one)),
            broken=True,
        )
        for one in problems.blocking
    ]
    rows += [
        _row(
            translate("○ Too few visits"),
            text(unmet_text(view, one)),
            translate("Least visits"),
            text(mend_text(view, one)),
        )
        for one in unmet
    ]
    rows += [
        _row(translate("! Warning"), text(warning_text(view, one)), caution_name(one.kind), text(mend_text(view, one)))
        for one in problems.warnings
    ]
    rows += [
        _row(translate("✓ Permitted"), text(broken_text(view, one)), rule_name(one.rule), text(mend_text(view, one)))
        for one in problems.broken
        if one.permitted
    ]
    about = translate("{broken}, {unmet}, {warnings}, {open}.").format(
        broken=counted(len(problems.blocking), "broken rule"),
        unmet=counted(len(unmet), "visitor or team with too few visits", "visitors and teams with too few visits"),
        warnings=counted(len(problems.warnings), "warning"),
        open=counted(_open_slots(paper), "slot with room left", "slots with room left"),
    )
    if not rows:
        rows = [
            _row(
                translate("✓ Fine"), translate("Every least number of visits is met, and no rule is broken."),
                translate("All rules"), translate("Nothing to do."),
            )
        ]  # fmt: skip
    return Sheet(
        name=name,
        titles=[translate("Unfilled and warnings")],
        abouts=[about],
        columns=[
            Column(head=translate("Kind"), share=0.85),
            Column(head=translate("What"), share=3.0),
            Column(head=translate("Rule"), share=1.0),
            Column(head=translate("Suggested mend"), share=2.2),
        ],
        rows=rows,
        paper=Paper.A4_LANDSCAPE,
    )


def _row(kind: str, what: str, rule: str, mend: str, *, broken: bool = False) -> Row:
    text = Tone.BROKEN if broken else Tone.TEXT
    return Row(values=[kind, what, rule, mend], styles=[Tone.STRONG, text, text, text])


def _open_slots(paper: PaperWeek) -> int:
    taken: dict[str, int] = {}
    for one in paper.visits:
        taken[one.slot.id] = taken.get(one.slot.id, 0) + 1
    return sum(not slot.refused and taken.get(slot.id, 0) < slot.places for slot in paper.view.slots.values())
