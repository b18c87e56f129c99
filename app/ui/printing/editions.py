"""Which state of the week goes on paper: as last published, or as it stands now. Qt-free."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.document.folders import published_outcome
from app.document.snapshots import published_before
from app.engine.unmet import unmet
from app.exchange.calllist import change_rows
from app.exchange.calls import calls
from app.exchange.changepack import calls_of, last_publication
from app.exchange.ledger import publication_diff, publications, sendings_of
from app.exchange.pages import Kind, Page, Pages, Wanted, changed_pages, pages
from app.exchange.rota import ChangeRow
from app.exchange.version import Version, version_line, version_name, version_of
from app.models.findings import Problems
from app.models.publication import Publication
from app.models.view import WeekView
from app.text import translate
from app.words.dates import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A state of the week by name: a publication, or, with none, the week as it stands."""

    words: str
    publication: Publication | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A state of the week with all that its pages are made from. `before`: the version that people have so far."""

    view: WeekView
    problems: Problems
    version: Version
    before: WeekView | None = None
    changed: frozenset[str] = frozenset()
    changes: Sequence[ChangeRow] = ()


def editions(week: WeekView) -> tuple[Edition, ...]:
    """What can be printed, the likeliest first: as published where nothing is waiting to be, else as it stands."""
    last = last_publication(week.plan, week.week.id)
    if last is None:
        return (Edition(words=translate("The week as it stands (draft)")),)
    waiting = {one.visit_id for one in publication_diff(week.plan, week.week.id).sendings}
    published = Edition(words=version_line(version_of(week, last)), publication=last)
    if not waiting:
        return published, Edition(words=translate("The week as it stands (draft)"))
    visits = counted(len(waiting), translate("visit"), translate("visits"))
    words = translate("The week as it stands (draft, {visits} not published)").format(visits=visits)
    return Edition(words=words), published


def opened(week: WeekView, problems: Problems, edition: Edition, at: dt.datetime) -> Opened:
    """That state, read from the Plan. `at` is the moment that a draft carries."""
    plan, week_id = week.plan, week.week.id
    if edition.publication is None:
        last = last_publication(plan, week_id)
        version = Version(at=at, time_zone=week.week.time_zone)
        if last is None:
            return Opened(view=week, problems=problems, version=version)
        diff = publication_diff(plan, week_id)
        return Opened(
            view=week, problems=problems, version=version, before=published_before(plan, last),
            changed=frozenset(one.visit_id for one in diff.sendings),
            changes=change_rows(week, calls(diff, week, last.id)),
        )  # fmt: skip
    outcome = published_outcome(plan, edition.publication)
    now = Opened(
        view=outcome.view, problems=outcome.problems, version=version_of(outcome.view, edition.publication)
    )  # fmt: skip
    earlier = [one for one in publications(plan, week_id) if one.number < edition.publication.number]
    if not earlier:
        return now
    own = outcome.view.plan
    return replace(
        now,
        before=published_before(plan, earlier[-1]),
        changed=frozenset(one.visit_id for one in sendings_of(own, edition.publication)),
        changes=change_rows(outcome.view, calls_of(own, edition.publication)),
    )


def changed_words(week: WeekView, edition: Edition) -> str:
    """What "changed pages only" compares with; blank where there is nothing to compare with."""
    if edition.publication is None:
        last = last_publication(week.plan, week.week.id)
        return "" if last is None else version_name(version_of(week, last))
    if edition.publication.number == 1:
        return ""
    return version_name(replace(version_of(week, edition.publication), number=edition.publication.number - 1))


def made(one: Opened, wanted: Wanted, *, changed_only: bool) -> Iterator[Pages]:
    """The pages, kind by kind, so that the first are there soon."""
    for kind in Kind:
        if not wanted.kind(kind):
            continue
        just = replace(wanted, kinds=frozenset({kind}))
        lacking = unmet(one.view) if kind is Kind.DIRECTOR else ()
        if changed_only and one.before is not None:
            yield changed_pages(
                one.view, one.before, version=one.version, problems=one.problems, unmet=lacking, changes=one.changes,
                changed=one.changed, wanted=just,
            )  # fmt: skip
        else:
            yield pages(
                one.view, version=one.version, problems=one.problems, unmet=lacking, changes=one.changes,
                changed=one.changed, wanted=just,
            )  # fmt: skip


def whole(found: Sequence[Pages]) -> Pages:
    """All of them as one."""
    all_of: list[Page] = [page for some in found for page in some.all]
    return Pages(all=tuple(all_of), undrawn=found[0].undrawn if found else ())
