"""Shared files: a local copy to work on, handed over and taken over."""

from __future__ import annotations

from pathlib import Path

from app.document.document import Document
from app.document.handover import Borrowed, hand_over, standing, take_over
from app.document.kept_words import place_words
from app.errors import Refused
from app.text import translate
from app.ui.commands import keeping
from app.ui.desk import Desk
from app.ui.dialogs.base import message
from app.ui.dialogs.recovery import Offer, Recovery
from app.words.refusals import sentence


def borrowed(desk: Desk) -> Borrowed | None:
    """The shared file whose local copy is open; None where none is."""
    document = desk.bridge.document
    if document is None or document.path is None:
        return None
    try:
        return standing(document.path)
    except Refused:  # the copy itself is in trouble, which opening and saving tell
        return None


def is_borrowed(desk: Desk) -> bool:
    """Whether a local copy of a shared file is open."""
    document = desk.bridge.document
    return document is not None and document.path is not None and has_note(document.path)


def has_note(path: Path) -> bool:
    """Whether a file is the local copy of a shared one; asked often, so without reading it."""
    return path.with_name(path.name + ".shared.json").exists()


def told_of_sharing(desk: Desk, found: Borrowed) -> None:
    """Tell that a local copy is open, and what stands between it and the shared file."""
    name, place = found.source.name, place_words(found.place)
    texts = [
        translate("Two people saving there at once would spoil it. So you work on a copy on this computer, and File ▸ "
                  "Hand over puts it back as one checked file. File ▸ Take over fetches what somebody else "
                  "handed over."),
    ]  # fmt: skip
    if found.both:
        texts.append(sentence(Refused("handed-over-by-other", path=str(found.source))))
    elif found.mine:
        texts.append(translate("Your copy has changes that you have not handed over yet."))
    message(
        desk.window, translate("A shared file"),
        translate("“{name}” lies {place}.").format(name=name, place=place), tuple(texts),
    )  # fmt: skip


def hand_over_now(desk: Desk) -> None:
    """Put the local copy in the shared file's place; where somebody else was there first, ask."""
    found = borrowed(desk)
    if found is None:
        return
    try:
        there = hand_over(found.local)
    except Refused as refused:
        if refused.code != "handed-over-by-other":
            raise
        _ask_whose(desk, found, refused)
        return
    desk.say(translate("Handed over: {file}").format(file=str(there)))


def _ask_whose(desk: Desk, found: Borrowed, refused: Refused) -> None:
    def over_theirs() -> None:
        there = hand_over(found.local, over_theirs=True)
        desk.say(translate("Handed over: {file}. Theirs is among the backups.").format(file=str(there)))

    offers = (
        Offer(
            words=translate("&Take theirs over"),
            means=translate("Shows their file here. Yours is kept among the backups."),
            does=lambda: _take_over(desk, found),
        ),
        Offer(
            words=translate("&Save mine as a copy…"),
            means=translate("Saves yours under another name, for the two of you to compare."),
            does=lambda: keeping.save_copy(desk),
        ),
        Offer(
            words=translate("&Hand mine over all the same"),
            means=translate("Puts yours in its place. Theirs is kept among the backups of your copy."),
            does=over_theirs,
        ),
    )
    Recovery(desk.window, translate("Hand over"), sentence(refused), offers).open()


def take_over_now(desk: Desk) -> None:
    """Put the shared file in the local copy's place; where that has changes of its own, ask first."""
    found = borrowed(desk)
    if found is None:
        return
    if not found.mine:
        _take_over(desk, found)
        return
    offer = Offer(
        words=translate("&Take theirs over"),
        means=translate("Shows the shared file here. Your copy as it is now is kept among the backups."),
        does=lambda: _take_over(desk, found),
    )
    heading = translate("Your copy has changes that you have not handed over.")
    Recovery(desk.window, translate("Take over"), heading, (offer,)).open()


def _take_over(desk: Desk, found: Borrowed) -> None:
    document = desk.bridge.document
    if document is None:
        return
    desk.jobs.stop_all()
    document.close()
    try:
        take_over(found.local)
    finally:
        desk.bridge.open(Document.open(found.local))
    desk.go("board" if desk.now.view is not None else "start")
    desk.say(translate("Taken over: {file}").format(file=str(found.source)))
