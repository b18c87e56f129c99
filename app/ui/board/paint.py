"""How a card looks: tint, stripe with the service's pattern, shape, time, name, badges, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.ui.board.model import CARD, VERDICT
from app.ui.deck.cards import Card, Sort
from app.ui.deck.verdicts import SYMBOLS, Mark, Verdict
from app.ui.icons import pixmap
from app.ui.letters import NARROW, NARROWER, Laid, Letters, shorter
from app.ui.theme import GRID, ServiceLook, Theme, service_look
from app.ui.words import badge_icon, badge_token, free_words, slot_times

STRIPE = 2 * GRID
PATTERNS = {
    "solid": Qt.BrushStyle.SolidPattern,
    "diagonal": Qt.BrushStyle.BDiagPattern,
    "dotted": Qt.BrushStyle.Dense5Pattern,
    "horizontal": Qt.BrushStyle.HorPattern,
    "vertical": Qt.BrushStyle.VerPattern,
    "cross": Qt.BrushStyle.CrossPattern,
}
MARK_TOKENS = {
    Mark.FINE: ("fine", "fine_back"),
    Mark.TIGHT: ("tight", "tight_back"),
    Mark.BROKEN: ("broken", "broken_back"),
    Mark.HERE: ("text", "raised"),
}


class CardPainter(QStyledItemDelegate):
    """Paints the cards of the board. `by_visitor` shows the team where the other views show the visitor."""

    def __init__(self, theme: Theme, *, by_visitor: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._by_visitor = by_visitor
        self._letters = Letters()

    def wear(self, theme: Theme) -> None:
        """Paint with that theme from now on."""
        self._theme = theme

    def card_height(self, font: QFont, lines: int = 2) -> int:
        """How high a card is with that font: time, and the name over so many lines."""
        return QFontMetrics(font).lineSpacing() * (1 + lines) + 2 * GRID + 2

    def title_lines(self, font: QFont, width: int, names: Iterable[str]) -> int:
        """How many lines the longest of the names needs on cards of that width: two to four."""
        room = width - STRIPE - 2 * GRID - 2
        laid = (self._letters.lay(font, (name,), room, 4, bold=True)[1] for name in names)
        return max(2, *(len(lines) for lines in laid), 2)

    def least_width(self, font: QFont) -> int:
        """The least width at which cards can be read."""
        return QFontMetrics(font).horizontalAdvance("■ 00:00") + STRIPE + 4 * GRID

    def quarter_width(self, font: QFont, quarters: int) -> int:
        """The least width of a quarter of an hour where the shortest card takes so many: its time can be read."""
        metrics, quarters = QFontMetrics(font), max(1, quarters)
        beside_shape = metrics.horizontalAdvance("■ 00:00") * NARROW // 100 + STRIPE + 3 * GRID
        alone = metrics.horizontalAdvance("00:00") * NARROWER // 100 + 4 * GRID
        return max(self.least_width(font) // 5, min(beside_shape // quarters, alone))

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self.least_width(option.font), self.card_height(option.font))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card: Card | None = index.data(CARD)
        of = self._theme.color
        rect = option.rect
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        verdict: Verdict = index.data(VERDICT)
        painter.save()
        painter.setClipRect(rect)  # where pixels are scaled, pens reach over the edge and would leave their traces
        painter.fillRect(rect, of("page"))
        painter.setPen(of("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if card is None and selected:
            painter.fillRect(rect.adjusted(1, 1, -2, -2), of("picked"))
        if card is None and verdict.short:
            self._no_card(painter, option.font, rect.adjusted(1, 1, -2, -2), verdict)
        elif card is not None:
            inner = rect.adjusted(1, 1, -2, -2)
            if card.sort is Sort.AWAY and verdict.short:
                self._no_card(painter, option.font, inner, verdict)
            elif card.sort is Sort.AWAY:
                painter.fillRect(inner, of("panel"))
                painter.setPen(of("secondary"))
                painter.setFont(option.font)
                painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, card.note)
            else:
                self._card(painter, option.font, inner, card, verdict, selected=selected)
        if selected:
            painter.setPen(QPen(of("primary"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        if state & QStyle.StateFlag.State_HasFocus:
            self._focus(painter, rect)
        painter.restore()

    def _no_card(self, painter: QPainter, font: QFont, rect: QRect, verdict: Verdict) -> None:
        """A cell without a card while something is being moved."""
        if verdict.mark is Mark.NOTHING:
            painter.setFont(font)
            painter.setPen(self._theme.color("secondary"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "–")  # the words are in the cell's name and the ghost
            return
        painter.fillRect(rect, self._theme.color(MARK_TOKENS[verdict.mark][1]))
        self._verdict(painter, font, rect.adjusted(GRID, 0, -GRID, 0), verdict)

    def _focus(self, painter: QPainter, rect: QRect) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("focus"), 3))
        painter.drawRect(
            rect.adjusted(2, 2, -4, -4)
        )  # all of it inside the cell, at one and a half times the pixels too
        painter.setPen(QPen(self._theme.color("focus_inner"), 1))
        painter.drawRect(rect.adjusted(4, 4, -6, -6))

    def _card(
        self, painter: QPainter, font: QFont, rect: QRect, card: Card, verdict: Verdict, *, selected: bool
    ) -> None:
        of = self._theme.color
        look = service_look(self._theme, card.service)
        free = card.sort is Sort.FREE
        judged = verdict.mark is not Mark.NOTHING
        back = of("picked") if selected else of("free_back") if free else look.tint
        if judged:
            back = of(MARK_TOKENS[verdict.mark][1])
        painter.fillRect(rect, back)
        painter.setPen(QPen(of("border"), 1, Qt.PenStyle.DashLine if free else Qt.PenStyle.SolidLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect)
        metrics = QFontMetrics(font)
        beside_shape = metrics.horizontalAdvance(f"{look.shape}00:00") * NARROWER // 100 + STRIPE + 2 * GRID
        tiny = rect.width() < beside_shape
        stripe = GRID if tiny else STRIPE
        self._stripe(painter, QRect(rect.left() + 1, rect.top() + 1, stripe - 1, rect.height() - 1), look)
        line = metrics.lineSpacing()
        spare = rect.height() - (rect.height() - GRID) // line * line  # shared out: the ring of the focus needs it
        inset = max(GRID // 2, min(GRID + 1, spare // 2))
        area = rect.adjusted(stripe + (GRID // 2 if tiny else GRID), inset, -GRID // 2, -inset)
        self._text(painter, font, area, card, verdict, look, tiny=tiny)

    def _stripe(self, painter: QPainter, rect: QRect, look: ServiceLook) -> None:
        if look.pattern != "solid":
            painter.fillRect(rect, self._theme.color("page"))
        painter.fillRect(rect, QBrush(look.color, PATTERNS[look.pattern]))

    def _text(
        self,
        painter: QPainter,
        font: QFont,
        area: QRect,
        card: Card,
        verdict: Verdict,
        look: ServiceLook,
        *,
        tiny: bool,
    ) -> None:
        """`tiny` cards have no room for the shape beside the time: it stands before the name."""
        of = self._theme.color
        if card.slot is None:
            return
        metrics = QFontMetrics(font)
        line = metrics.lineSpacing()
        painter.setFont(font)
        judged = verdict.mark is not Mark.NOTHING
        beside = 0 if tiny else metrics.horizontalAdvance(look.shape) + GRID // 2
        times, above = self._times(metrics, card, area.width() - beside, line)
        foot = QRect(area.left(), area.bottom() - line + 1, area.width(), line)
        rest = area.adjusted(0, line, 0, -line if judged else 0)
        ends = area.right() - (0 if above or judged else len(card.badges) * line)
        shaped = tuple(f"{look.shape} {text}" for text in self._titles(card))
        texts, bold = shaped if tiny else self._titles(card), card.sort is not Sort.FREE
        most, last = max(1, rest.height() // line), ends - rest.left()
        laid = self._letters.lay(font, texts, rest.width(), most, last, bold=bold)
        more = (
            self._letters.lay(font, shaped, rest.width(), most + 1, last, bold=bold) if judged and _cut(laid) else laid
        )
        if not _cut(more) and more is not laid:  # while moving, who it is counts for more than when
            rest.setTop(area.top())
            most, laid = most + 1, more
        else:
            top = QRect(area.left(), area.top(), area.width(), line)
            if above or not judged:
                top_end = self._badges(painter, top if above else foot, card, line)
                top.setRight(min(top.right(), top_end) if above else top.right())
            if not tiny:
                painter.setPen(look.color)
                painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, look.shape)
                top.setLeft(top.left() + beside)
            painter.setPen(of("text"))
            self._letters.line(painter, font, top, times)
        if judged:
            self._verdict(painter, font, foot, verdict)
        painter.setPen(of("text"))
        used = self._letters.write(painter, font, rest, laid, last if len(laid[1]) == most else None)
        activity = " ".join(card.slot.slot.activity.split())
        below = rest.adjusted(0, used, 0, 0)
        if activity and below.height() >= line:
            painter.setPen(of("secondary"))
            last = last if used + (below.height() // line) * line >= most * line else below.width()
            said = self._letters.lay(font, (activity,), below.width(), below.height() // line, last)
            self._letters.write(painter, font, below, said, last)

    def _titles(self, card: Card) -> tuple[str, ...]:
        """What a card is called, then shorter and shorter."""
        if card.sort is Sort.FREE:
            return free_words(card), free_words(card, short=True)
        if self._by_visitor and card.slot is not None:
            return (card.slot.team.name,)
        return shorter(card.person)

    def _times(self, metrics: QFontMetrics, card: Card, room: int, badge: int) -> tuple[str, bool]:
        """What is said of the time, and whether the badges have room beside it."""
        if card.slot is None:
            return "", True
        whole = slot_times(card.slot)
        tries = [(words, percent) for words in (whole, whole[:5]) for percent in (100, NARROW)]
        for badges in dict.fromkeys((len(card.badges) * badge, 0)):
            for words, percent in tries:
                if metrics.horizontalAdvance(words) * percent // 100 + badges <= room:
                    return words, badges == len(card.badges) * badge
        return whole[:5], not card.badges

    def _badges(self, painter: QPainter, line: QRect, card: Card, size: int) -> int:
        """Paint the badges from the right; where they begin."""
        left = line.right()
        ratio = painter.device().devicePixelRatioF() if painter.device() is not None else 1.0
        for badge in card.badges:
            color = self._theme.color(badge_token(badge))
            left -= size
            painter.drawPixmap(left, line.top(), pixmap(badge_icon(badge), color, size, ratio))
        return left

    def _verdict(self, painter: QPainter, font: QFont, line: QRect, verdict: Verdict) -> None:
        painter.setPen(self._theme.color(MARK_TOKENS[verdict.mark][0]))
        words = f"{SYMBOLS[verdict.mark]} {verdict.short}"
        heavy = self._letters.font(font, bold=True)
        fits = QFontMetrics(heavy).horizontalAdvance(words) <= line.width()
        self._letters.line(painter, heavy if fits else font, line, words)


def _cut(laid: Laid) -> bool:
    """Whether the words end in …"""
    return any(words.endswith("…") for words in laid[1])
