"""The work of publishing, to be run aside: the same steps as the command, up to the writing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from app.document.folders import pack_of
from app.document.publishing import publish_edit
from app.exchange.calendar.files import CalendarFile
from app.exchange.ledger import Diff, Sending, publications, sendings_of
from app.exchange.outputs import Folder
from app.exchange.published import sent_files
from app.models.change import Edit
from app.models.plan import Plan
from app.models.progress import Watch, unwatched
from app.models.publication import Publication
from app.models.view import view


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A publication made and checked, not yet written or recorded. `of` is the Plan that it was made from."""

    of: Plan
    diff: Diff
    edit: Edit
    after: Plan
    publication: Publication
    drafts: bool
    folder: Folder
    mailed: tuple[tuple[Sending, CalendarFile], ...]
    """What is sent as calendar files, each with its finished bytes."""


def made(plan: Plan, diff: Diff, at: dt.datetime, *, drafts: bool, watch: Watch = unwatched) -> Made:
    """Make the files of the next publication and check them. Raises Refused("leak", leaks=…), and as `publish_edit`."""
    edit = publish_edit(plan, diff, at)
    after = plan.apply(edit)
    publication = publications(after, diff.week_id)[-1]
    folder = pack_of(after, publication, drafts=drafts, watch=watch)
    sendings = sendings_of(after, publication)
    files = sent_files(view(after, diff.week_id), sendings, publication, watch=watch)
    mailed = [one for one in sendings if one.mailed]
    return Made(
        of=plan, diff=diff, edit=edit, after=after, publication=publication, drafts=drafts, folder=folder,
        mailed=tuple(zip(mailed, files, strict=True)),
    )  # fmt: skip
