"""Makes pages and pictures aside for the preview: the newest request counts, older answers are dropped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.exchange.pages import Page, Pages, Wanted, as_pictures, first_look
from app.models.findings import Problems
from app.models.view import WeekView
from app.ui.jobs import Job, Jobs
from app.ui.printing.editions import Edition, Opened, made, opened

_LONG = frozenset({"overview.typ", "sheet.typ"})
_KEPT = 24
"""Documents whose pictures are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The pictures of a document. `early`: only its first page, the rest is still to come."""

    page: Page
    dots: int
    pictures: tuple[bytes, ...]
    early: bool = False


class Typesetter:
    """The work behind the preview. All answers arrive in the window's thread."""

    def __init__(self, jobs: Jobs, week: WeekView, problems: Problems, failed: Callable[[BaseException], None]) -> None:
        self._jobs, self._week, self._problems = jobs, week, problems
        self._failed = failed
        self._at = dt.datetime.now(dt.UTC).replace(microsecond=0)
        self._opened: dict[Edition, Opened] = {}
        self._kept: dict[tuple[int, int], Looked] = {}
        self._listing: Job | None = None
        self._looking: Job | None = None

    def open(self, edition: Edition) -> Opened:
        """That state of the week, read once. May run aside."""
        if edition not in self._opened:
            self._opened[edition] = opened(self._week, self._problems, edition, self._at)
        return self._opened[edition]

    def list(
        self,
        edition: Edition,
        wanted: Wanted,
        *,
        changed_only: bool,
        some: Callable[[Pages], None],
        done: Callable[[], None],
    ) -> None:
        """Make the documents that are wanted; `some` hears of them kind by kind."""
        self.stop_listing()
        self._kept.clear()

        def work(job: Job, tell: Callable[[Any], None]) -> None:
            for pages in made(self.open(edition), wanted, changed_only=changed_only):
                if job.cancelled():
                    return
                tell(pages)

        self._listing = job = self._jobs.start(
            work, done=lambda _: self._current(job, self._listing, done),
            progress=lambda pages: self._current(job, self._listing, lambda: some(pages)),
            failed=lambda error: self._current(job, self._listing, lambda: self._failed(error)),
        )  # fmt: skip

    def look(self, page: Page, dots: int, show: Callable[[Looked], None]) -> None:
        """Make the pictures of a document; of a long one the first page is shown before the rest is ready."""
        self.stop_looking()
        held = self._kept.get((id(page), dots))
        if held is not None:
            show(held)
            return

        def work(job: Job, tell: Callable[[Any], None]) -> Looked | None:
            if page.sheet.template in _LONG:
                first = as_pictures(first_look(page), dots_per_inch=dots)[0]
                tell(Looked(page=page, dots=dots, pictures=(first,), early=True))
            if job.cancelled():
                return None
            return Looked(page=page, dots=dots, pictures=tuple(as_pictures(page.sheet, dots_per_inch=dots)))

        def keep(looked: Looked | None) -> None:
            if looked is not None:
                self._kept[id(page), dots] = looked
                while len(self._kept) > _KEPT:
                    del self._kept[next(iter(self._kept))]
                show(looked)

        self._looking = job = self._jobs.start(
            work, done=lambda looked: self._current(job, self._looking, lambda: keep(looked)),
            progress=lambda looked: self._current(job, self._looking, lambda: show(looked)),
            failed=lambda error: self._current(job, self._looking, lambda: self._failed(error)),
        )  # fmt: skip

    def stop_listing(self) -> None:
        """Make no further documents."""
        if self._listing is not None:
            self._listing.cancel()
            self._listing = None

    def stop_looking(self) -> None:
        """Make no further pictures."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def stop(self) -> None:
        """Make nothing further."""
        self.stop_listing()
        self.stop_looking()

    @staticmethod
    def _current(job: Job, newest: Job | None, call: Callable[[], None]) -> None:
        if job is newest and not job.cancelled():
            call()
