"""Problems, live: every broken rule and warning in a sentence; each leads to its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.findings import Problems
from app.models.view import WeekView
from app.text import translate
from app.ui.bridge import Bridge, Now
from app.ui.plain import label
from app.ui.rows import Line, RowsTable
from app.ui.theme import GRID, Theme
from app.words.mends import mend_text
from app.words.problems import broken_text, caution_name, rule_name, warning_text


class ProblemsPanel(QWidget):
    """The list of problems."""

    led = Signal(object)
    """A problem was followed; carries the ids of its visits."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._places: dict[str, tuple[str, ...]] = {}
        self._seen: Problems | None = None
        self.empty = label(translate("No rule is broken, and there is nothing to warn of."), wrap=True)
        self.empty.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.table = RowsTable(
            translate("Problems"),
            (translate("Problem"), translate("What is wrong"), translate("What would mend it")), theme,
        )  # fmt: skip
        self.table.widths(26, 90)
        self.table.entered_row.connect(self._lead)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.empty)
        inside.addWidget(self.table)
        bridge.shown.connect(self.show_now)

    def show_now(self, now: Now) -> None:
        """Show this."""
        if now.problems is self._seen:
            return
        self._seen = now.problems
        lines = [] if now.view is None else _lines(now.view, now.problems, self._places)
        self.table.show_lines(lines)
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)

    def _lead(self, key: object) -> None:
        visits = self._places.get(str(key))
        if visits:
            self.led.emit(visits)


def _lines(week: WeekView, problems: Problems, places: dict[str, tuple[str, ...]]) -> list[Line]:
    places.clear()
    lines: list[Line] = []
    for fact in sorted(problems.broken, key=lambda one: one.permitted):
        key = f"{fact.rule}:{fact.person_id}:{fact.team_id}:{fact.slot_id}:{fact.other_slot_id}:{fact.day}"
        places[key] = fact.visits
        symbol = translate("permitted: ") if fact.permitted else "✕ "
        mend = "" if fact.permitted else mend_text(week, fact)
        lines.append(
            Line(
                key=key, cells=(f"{symbol}{rule_name(fact.rule)}", broken_text(week, fact), mend),
                tone="secondary" if fact.permitted else "broken",
            )
        )  # fmt: skip
    for number, warning in enumerate(problems.warnings):
        key = f"{warning.kind}:{warning.visit_id}:{number}"
        places[key] = (warning.visit_id,)
        cells = (f"! {caution_name(warning.kind)}", warning_text(week, warning), mend_text(week, warning))
        lines.append(Line(key=key, cells=cells, tone="tight"))
    return lines
