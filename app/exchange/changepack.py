"""A change pack: everything that one publication sends or asks to tell, as files in memory.

Built from the ledger, so that a publication can be looked at later and its pack written again, byte for byte.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from app.exchange.calllist import calls_text, calls_workbook, change_rows, delete_by_hand
from app.exchange.ledger import Sending, publications, sendings_of
from app.exchange.mail import draft
from app.exchange.outputs import Folder, Outcome, fit_to_leave, results
from app.exchange.pages import Pages, changed_pages, pages, undrawn_text
from app.exchange.published import copied_to, missing_of, sent_files
from app.exchange.read_me import read_me
from app.exchange.results import encoded
from app.exchange.rota import ChangeRow, rota_workbook
from app.exchange.version import Version, version_of
from app.models.names import fold
from app.models.plan import Plan
from app.models.progress import Part, Step, Watch, unwatched
from app.models.publication import Answer, Call, Publication, Recipient
from app.models.view import WeekView
from app.text import translate
from app.words.dates import counted


def calls_of(plan: Plan, publication: Publication) -> tuple[Call, ...]:
    """The call list of a publication as it was sent, untouched by later ticks, by the time of the visits."""
    order = {
        (one.uid, one.recipient, fold(one.name)): place
        for place, one in enumerate(sendings_of(plan, publication))
        if not one.silent
    }
    uids = {line.visit_id: line.uid for line in plan.issued.values()}
    found = [
        replace(call, told_at=None, told_by="", answer=Answer.NONE)
        for call in plan.calls.values()
        if call.publication_id == publication.id
    ]
    return tuple(sorted(found, key=lambda call: (order[uids[call.visit_id], call.recipient, fold(call.name)], call.id)))


def change_pack(
    outcome: Outcome,
    publication: Publication,
    *,
    before: WeekView | None = None,
    drafts: bool = False,
    watch: Watch = unwatched,
) -> Folder:
    """The files of one publication. `outcome` is the published week, judged; its plan holds the ledger.

    `before` is the week as the publication before it left it: pages that say the same as then are left out.

    With `drafts`, an e-mail draft stands beside each calendar file. `watch` hears how far it is, and may stop it.
    Raises Refused("leak") where the files would give something away.
    """
    week, plan = outcome.view, outcome.view.plan
    sendings = sendings_of(plan, publication)
    calls = calls_of(plan, publication)
    version = version_of(week, publication)
    changes = change_rows(week, calls) if version.replaces else None
    drawn = _pages(outcome, before, version, changes or (), sendings)
    with drawn.typesetting() as typeset:
        files, of_visits = _invites(week, sendings, publication, drafts=drafts, watch=watch)
        watch(Step(part=Part.ROTA))
        files["rota.xlsx"] = rota_workbook(
            week,
            problems=outcome.problems,
            unmet=outcome.unmet,
            version=version,
            changes=changes,
        )
        files["calls.xlsx"] = calls_workbook(week, calls, version)
        files["calls.txt"] = calls_text(week, calls, version)
        files["delete-by-hand.txt"] = delete_by_hand(week, sendings, version)
        files["plan.json"] = encoded(results(outcome, of_visits))
        files["READ ME.txt"] = read_me(
            week,
            problems=outcome.problems,
            reached=outcome.reached,
            unmet=outcome.unmet,
            missing=missing_of(week, sendings),
            version=version,
            contents=_contents([*files, *drawn.paths]),
            notes=[_summary(sendings, publication), *(undrawn_text(one) for one in drawn.undrawn)],
        )
        return Folder(files=fit_to_leave(week, files, drawn, typeset, watch), of_visits=of_visits)


def _invites(
    week: WeekView, sendings: Sequence[Sending], publication: Publication, *, drafts: bool, watch: Watch
) -> tuple[dict[str, bytes], dict[str, list[str]]]:
    """The calendar files, and drafts where wanted, by path; and the paths of each visit's."""
    sent = sent_files(week, sendings, publication, watch=watch)
    files = {file.path: file.data for file in sent}
    of_visits: dict[str, list[str]] = defaultdict(list)
    for file in sent:
        of_visits[file.visit_id or ""].append(file.path)
    if drafts:
        for path, visit_id, data in _drafts(week, sendings, publication, [file.path for file in sent]):
            files[path] = data
            of_visits[visit_id].append(path)
    return files, dict(of_visits)


def _pages(
    outcome: Outcome,
    before: WeekView | None,
    version: Version,
    changes: Sequence[ChangeRow],
    sendings: Sequence[Sending],
) -> Pages:
    """Every page of a first version; of later ones those that changed, with what changed marked."""
    if before is None:
        return pages(outcome.view, version=version, problems=outcome.problems, unmet=outcome.unmet)
    return changed_pages(
        outcome.view,
        before,
        version=version,
        problems=outcome.problems,
        unmet=outcome.unmet,
        changes=changes,
        changed=frozenset(one.visit_id for one in sendings),
    )


def _drafts(
    week: WeekView, sendings: Sequence[Sending], publication: Publication, paths: Sequence[str]
) -> list[tuple[str, str, bytes]]:
    mailed = [one for one in sendings if one.mailed]
    found = []
    for one, path in zip(mailed, paths, strict=True):
        visit = week.plan.visits.get(one.visit_id)
        visitor = week.visitors.get(visit.person_id) if visit and one.recipient is Recipient.VISITOR else None
        copy_to = copied_to(visitor) if visitor is not None else ""
        data = draft(one.revision(publication.at), copy_to)
        found.append((path.replace("invites/", "drafts/", 1).removesuffix(".ics") + ".eml", one.visit_id, data))
    return found


def _summary(sendings: Sequence[Sending], publication: Publication) -> str:
    visits = counted(len({one.visit_id for one in sendings}), translate("visit"), translate("visits"))
    mailed = sum(one.mailed for one in sendings)
    files = counted(mailed, translate("calendar file"), translate("calendar files"))
    if publication.number == 1:
        return translate("First version: {visits}, {files}.").format(visits=visits, files=files)
    return translate("Changed since version {number}: {visits}, {files}.").format(
        number=publication.number - 1, visits=visits, files=files
    )


def _contents(files: Sequence[str]) -> list[tuple[str, str]]:
    parts = (
        ("invites/visitors/", translate("invitations, updates and cancellations, a folder for each visitor")),
        ("invites/hosts/", translate("the same for the hosts, a folder for each team")),
        ("drafts/", translate("the same as e-mails ready to send")),
        ("calls.xlsx", translate("who to tell, old and new, to tick off")),
        ("calls.txt", translate("the same as text")),
        ("delete-by-hand.txt", translate("what to delete where a cancellation did not do it")),
        ("rota.xlsx", translate("the rota to print, with its changes")),
        ("pages/", translate("the pages that changed, to print (PDF)")),
        ("plan.json", translate("the result for other programs")),
    )
    return [(path, what) for path, what in parts if any(name.startswith(path) for name in files)]


def last_publication(plan: Plan, week_id: str) -> Publication | None:
    """The week's newest publication; None where it was never published."""
    found = publications(plan, week_id)
    return found[-1] if found else None
