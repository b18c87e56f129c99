"""Whole folders of a published week: the change pack of a publication, and everything as it was last published."""

from __future__ import annotations

from collections.abc import Sequence

from app.document.snapshots import published_before, published_plan
from app.engine.check import problems
from app.engine.goals import valued
from app.engine.unmet import unmet
from app.exchange.changepack import change_pack
from app.exchange.ledger import Diff, News, publication_diff, publications
from app.exchange.outputs import Folder, Outcome, folder_of
from app.exchange.published import standing_invitations
from app.exchange.version import version_of
from app.models.plan import Plan
from app.models.progress import Watch, unwatched
from app.models.publication import Publication, Recipient
from app.models.view import view
from app.text import translate
from app.words.dates import counted


def published_outcome(plan: Plan, publication: Publication) -> Outcome:
    """The week as it was published, judged as of that day."""
    week = view(published_plan(plan, publication), publication.week_id)
    return Outcome(
        view=week,
        problems=problems(week, today=publication.at.date()),
        reached=valued(week),
        unmet=unmet(week),
    )


def pack_of(plan: Plan, publication: Publication, *, drafts: bool = False, watch: Watch = unwatched) -> Folder:
    """The change pack of a publication that `plan` holds, the same bytes at any later time.

    `watch` hears how far it is, and may stop it by raising Refused("stopped").
    """
    earlier = [one for one in publications(plan, publication.week_id) if one.number < publication.number]
    before = published_before(plan, earlier[-1]) if earlier else None
    return change_pack(published_outcome(plan, publication), publication, before=before, drafts=drafts, watch=watch)


def published_folder(plan: Plan, week_id: str, *, watch: Watch = unwatched) -> Folder | None:
    """Everything of the week as it was last published, byte for byte; None where it never was.

    Only READ ME knows of later changes: it names those that are not published yet.
    """
    found = publications(plan, week_id)
    if not found:
        return None
    last = found[-1]
    outcome = published_outcome(plan, last)
    invites = standing_invitations(plan, outcome.view, last.number, watch=watch)
    notes = unpublished_notes(publication_diff(plan, week_id))
    return folder_of(outcome, invites, version_of(outcome.view, last), notes=notes, watch=watch)


def unpublished_notes(diff: Diff) -> Sequence[str]:
    """Lines that name what changed since the last publication and is not in the folder."""
    if diff.empty:
        return ()
    words = {
        News.NEW: translate("new"), News.CHANGED: translate("changed"), News.CANCELLED: translate("cancelled")
    }  # fmt: skip
    visits: dict[str, str] = {}
    for one in sorted(diff.sendings, key=lambda one: one.recipient is not Recipient.VISITOR):
        if not one.silent:
            line = f"  {one.said.subject}, {one.said.folder}, {one.said.start:%d/%m/%Y %H:%M}: {words[one.news]}"
            visits.setdefault(one.visit_id, line)
    count = counted(len(visits), translate("visit"), translate("visits"))
    return (translate("Not published yet, so not in this folder: {count}.").format(count=count), *visits.values())
