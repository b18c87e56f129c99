"""The dialogs of the board: moving, placing, swapping, why, suggesting, matching, mending."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QTabWidget

from app.document.visits import to_tray
from app.ui.deck.cards import Sort
from app.ui.deck.verdicts import Mark, Moving, judge
from app.ui.dialogs.match import MatchDialog
from app.ui.repair.dialog import RepairDialog
from tests.pictures.acts import scene
from tests.pictures.stage import Sight, Stage


def _free(stage: Stage) -> str:
    deck = stage.bridge.now.deck
    assert deck is not None
    return next(one for one, cards in deck.by_slot.items() if any(card.sort is Sort.FREE for card in cards))


@scene("move-to", "place", "swap")
def choosing(stage: Stage) -> Iterator[Sight]:
    """A slot for a visit, a visitor for a slot, somebody to swap with."""
    stage.pick_visit()
    for entry in ("move-to", "swap"):
        stage.trigger(entry)
        yield entry, stage.dialog()
        stage.end()
    stage.pick(slot_id=_free(stage))
    stage.trigger("place")
    yield "place", stage.dialog()


@scene("permit")
def allowing(stage: Stage) -> Iterator[Sight]:
    """A place that breaks rules, with a reason to give; and one that no reason opens."""
    visit = stage.pick_visit()
    for can in (True, False):
        for slot_id in stage.week.slots:
            verdict = judge(stage.week, Moving(visit_ids=(visit.id,)), slot_id, today=stage.today)
            if verdict.mark is Mark.BROKEN and verdict.can_allow is can:
                stage.desk.questions.put(Moving(visit_ids=(visit.id,)), slot_id)
                yield "may be" if can else "may not be", stage.dialog()
                stage.end()
                break
    blocking = stage.bridge.now.problems.blocking
    if blocking:
        stage.pick(visits=blocking[0].visits[:1])
        stage.trigger("permit")
        yield "as it stands", stage.dialog()


@scene("why", "suggest")
def asking(stage: Stage) -> Iterator[Sight]:
    """Why a visit stands where it does, why a place is free, and what is suggested for either."""
    stage.pick_visit()
    for entry in ("why", "suggest"):
        stage.pick_visit()
        stage.trigger(entry)
        yield f"{entry} a visit", stage.dialog()
        stage.end()
        stage.pick(slot_id=_free(stage))
        stage.trigger(entry)
        yield f"{entry} a slot", stage.dialog()
        stage.end()
        stage.pick(person_id=stage.visit.person_id)
        stage.trigger(entry)
        yield f"{entry} a visitor", stage.dialog()
        stage.end()
    blocking = stage.bridge.now.problems.blocking
    if blocking:
        stage.pick(visits=blocking[0].visits[:1])
        stage.trigger("why")
        yield "why a clash", stage.dialog()


@scene("match")
def matching(stage: Stage) -> Iterator[Sight]:
    """The match while it looks, when it is done, and each of its tabs."""
    stage.enter("board")
    stage.trigger("match")
    dialog = stage.shown(MatchDialog)
    yield "looking", dialog
    stage.wait(dialog.adopt.isEnabled, "the match")
    yield "done", dialog
    yield from stage.tabs(dialog, "done", dialog)


@scene("dropped-out", "fell-away")
def mending(stage: Stage) -> Iterator[Sight]:
    """Who dropped out and what closed, before mends are looked for, and what is found."""
    for entry in ("dropped-out", "fell-away"):
        stage.pick_visit()
        stage.trigger(entry)
        dialog = stage.shown(RepairDialog)
        yield f"{entry} asked", dialog
        yield from stage.down(f"{entry} asked", dialog, dialog)
        dialog.look.click()
        stage.wait(dialog.look.isEnabled, "mends")
        yield f"{entry} found", dialog
        yield from stage.down(f"{entry} found", dialog, dialog)
        for tabs in dialog.findChildren(QTabWidget):
            for number in range(1, tabs.count()):
                tabs.setCurrentIndex(number)
                stage.settle()
                yield f"{entry} found tab {number + 1}", dialog
        dialog.reject()
        stage.settle()
    person_id = stage.visit.person_id
    for visit in [one for one in stage.week.counted if one.person_id == person_id]:
        stage.bridge.do(to_tray(stage.bridge.now.plan, visit.id))
    stage.pick(person_id=person_id)
    stage.trigger("dropped-out")
    dialog = stage.shown(RepairDialog)
    dialog.look.click()
    stage.wait(dialog.look.isEnabled, "mends")
    yield "nothing to mend", dialog
