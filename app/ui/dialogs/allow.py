"""A drop on ✕: the rules in the way by name, a swap where one is possible, and the reason to allow it anyway."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from app.text import translate
from app.ui.deck.verdicts import Verdict
from app.ui.dialogs.base import Dialog
from app.ui.plain import label
from app.ui.theme import GRID
from app.words.problems import rule_name
from app.words.reasons import ready_reasons


class Allow(Dialog):
    """Asks for the reason, with likely ones to pick. Nothing happens without one."""

    def __init__(
        self,
        parent: QWidget,
        who: str,
        verdict: Verdict,
        *,
        allow: Callable[[str], None] | None,
        swap: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        heading = (
            translate("{who} cannot go there").format(who=who)
            if allow is None
            else translate("{who}: a rule stands in the way").format(who=who)
        )
        super().__init__(parent, translate("Not as the rules stand"), heading)
        self.say_all(_reasons(verdict))
        self.reason = QLineEdit()
        if swap is not None:
            self.button(swap[0], swap[1], main=allow is None)
        if allow is not None:
            given = allow
            asks = label(translate("&Reason for allowing it anyway (kept with the visit, never sent to anyone):"))
            asks.setWordWrap(True)
            asks.setBuddy(self.reason)
            self.reason.setAccessibleName(translate("Reason for allowing it anyway"))
            self.reason.setMaxLength(300)
            self.body.addWidget(asks)
            self.body.addWidget(self.reason)
            self.body.addWidget(self._ready(verdict))
            self.go = self.button(translate("&Allow it anyway"), lambda: given(self.reason.text().strip()), main=True)
            self.go.setEnabled(False)
            self.reason.textChanged.connect(lambda text: self.go.setEnabled(bool(text.strip())))
        self.cancel_button(translate("Leave it as it was"))
        if allow is not None:
            self.reason.setFocus()

    def _ready(self, verdict: Verdict) -> QWidget:
        """Reasons to pick with one click; each can still be changed in the field."""
        held = QWidget()
        rows = QGridLayout(held)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GRID)
        self.ready: list[QPushButton] = []
        texts = ready_reasons(fact.rule for fact in verdict.broken)
        widest = max(QPushButton(text).sizeHint().width() for text in texts)
        beside = 2 if 2 * widest + 12 * GRID <= self.minimumWidth() else 1
        for number, text in enumerate(texts):
            one = QPushButton(text)
            one.setAutoDefault(False)
            one.clicked.connect(lambda *_, words=text: self._pick(words))
            rows.addWidget(one, *divmod(number, beside))
            self.ready.append(one)
        return held

    def _pick(self, words: str) -> None:
        self.reason.setText(words)
        self.go.setFocus()


def _reasons(verdict: Verdict) -> tuple[str, ...]:
    """Each rule by name, with its sentence."""
    if len(verdict.broken) != len(verdict.reasons):
        return tuple(f"✕ {reason}" for reason in verdict.reasons)
    pairs = zip(verdict.broken, verdict.reasons, strict=True)
    return tuple(f"✕ {rule_name(fact.rule)}: {reason}" for fact, reason in pairs)
