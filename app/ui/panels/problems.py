"""Problems, live: every broken rule and warning in a sentence; each leads to its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.engine.conflicts import conflicts
from app.models.findings import Broken, Conflict, Problems, Warned
from app.models.view import WeekView
from app.text import translate
from app.ui.bridge import Bridge, Now
from app.ui.desk import Desk
from app.ui.noweek import NoWeek
from app.ui.plain import label
from app.ui.rows import Line, RowsTable
from app.ui.theme import GRID, Theme
from app.words.conflicts import conflict_mend, conflict_text
from app.words.mends import mend_text
from app.words.problems import broken_text, caution_name, rule_name, warning_text


class ProblemsPanel(QWidget):
    """The list of problems."""

    led = Signal(object)
    """A problem was followed; carries the ids of its visits."""

    def __init__(self, bridge: Bridge, theme: Theme, screen_of: Desk | None = None) -> None:
        super().__init__()
        self._places: dict[str, tuple[str, ...]] = {}
        self._seen: Problems | None = None
        self._now = bridge.now
        self._kept: dict[Broken | Warned, Line] = {}
        self._names: tuple[object, ...] = ()
        self.empty = label(wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.table = RowsTable(
            translate("Problems"),
            (translate("Problem"), translate("What is wrong"), translate("How to mend it")), theme,
        )  # fmt: skip
        self.table.widths(16, 40)
        self.table.let_sentences_wrap()
        self.table.entered_row.connect(self._lead)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.empty)
        inside.addWidget(self.table)
        self._none = NoWeek(screen_of) if screen_of is not None else None
        if self._none is not None:
            inside.addWidget(self._none)
        bridge.shown.connect(self.show_now)

    def show_now(self, now: Now) -> None:
        """Show this."""
        self._now = now
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read()

    def focus_inside(self) -> None:
        """Give the list the focus, where there is one."""
        if not self.table.isHidden():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._none is not None and not self._none.isHidden():
            self._none.focus_inside()

    def _read(self) -> None:
        now = self._now
        if now.problems is self._seen:
            return
        self._seen = now.problems
        lines = [] if now.view is None else self._lines(now.view, now.problems)
        self.table.show_lines(lines)
        none = translate("No rule is broken, and there is nothing to warn of.")
        self.empty.setText(none if now.view is not None else translate("There is no week yet."))
        self.table.setVisible(bool(lines))
        instead = self._none is not None and now.view is None
        self.empty.setVisible(not lines and not instead)
        if self._none is not None:
            self._none.setVisible(instead)

    def _lead(self, key: object) -> None:
        visits = self._places.get(str(key))
        if visits:
            self.led.emit(visits)

    def _lines(self, week: WeekView, problems: Problems) -> list[Line]:
        """A line for each finding; one that stands as it was keeps its line."""
        names = (week.visitors, week.slots, week.teams)
        if not all(a is b for a, b in zip(names, self._names, strict=False)) or not self._names:
            self._kept.clear()
            self._names = names
        self._places.clear()
        lines: list[Line] = []
        findings: list[Broken | Warned] = [*sorted(problems.broken, key=lambda one: one.permitted), *problems.warnings]
        for finding in findings:
            kept = self._kept.get(finding)
            if kept is None:
                kept = self._kept[finding] = _line(week, finding)
            self._places[kept.key] = finding.visits if isinstance(finding, Broken) else (finding.visit_id,)
            lines.append(kept)
        if any(one.pinned for one in problems.blocking):
            for conflict in conflicts(week):
                if len(conflict.visits) > 1:  # a pin that cannot hold by itself has its line above
                    line = _conflict_line(week, conflict)
                    self._places[line.key] = conflict.visits
                    lines.append(line)
        return lines


def _conflict_line(week: WeekView, conflict: Conflict) -> Line:
    key = f"pins:{conflict.broken.rule}:{':'.join(conflict.visits)}"
    words = (f"✕ {translate('Pins')}", conflict_text(week, conflict), conflict_mend(conflict))
    return Line(key=key, cells=words, tone="broken")


def _line(week: WeekView, finding: Broken | Warned) -> Line:
    if isinstance(finding, Warned):
        key = f"{finding.kind}:{finding.visit_id}"
        words = (f"! {caution_name(finding.kind)}", warning_text(week, finding), mend_text(week, finding))
        return Line(key=key, cells=words, tone="tight")
    key = (
        f"{finding.rule}:{finding.person_id}:{finding.team_id}:{finding.slot_id}:{finding.other_slot_id}:{finding.day}"
    )
    symbol = translate("permitted: ") if finding.permitted else "✕ "
    mend = "" if finding.permitted else mend_text(week, finding)
    words = (f"{symbol}{rule_name(finding.rule)}", broken_text(week, finding), mend)
    return Line(key=key, cells=words, tone="secondary" if finding.permitted else "broken")
