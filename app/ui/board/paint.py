"""How a card looks: tint, stripe with the service's pattern, shape, time, name, badges, and the verdict."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.text import translate
from app.ui.board.model import CARD, VERDICT
from app.ui.deck.cards import Card, Sort
from app.ui.deck.verdicts import SYMBOLS, Mark, Verdict
from app.ui.icons import pixmap
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
_ELIDE = Qt.TextElideMode.ElideRight
_NARROWEST, _NARROW = 74, 82
"""How far letters may be drawn narrower, in per cent, so that words fit; how far names count on it when they are
broken over lines (letters do not shrink to the pixel)."""


class CardPainter(QStyledItemDelegate):
    """Paints the cards of the board. `by_visitor` shows the team where the other views show the visitor."""

    def __init__(self, theme: Theme, *, by_visitor: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._by_visitor = by_visitor
        self._zoom = 1.0
        self._bold: dict[str, QFont] = {}
        self._narrow: dict[tuple[str, int], QFont] = {}

    def wear(self, theme: Theme) -> None:
        """Paint with that theme from now on."""
        self._theme = theme

    def zoom(self, factor: float) -> None:
        """Paint that many times as large."""
        self._zoom = factor

    def card_height(self, font: QFont) -> int:
        """How high a card is with that font: time, and the name over two lines."""
        return QFontMetrics(font).lineSpacing() * 3 + 2 * GRID + 2

    def least_width(self, font: QFont) -> int:
        """The least width at which cards can be read."""
        return QFontMetrics(font).horizontalAdvance("■ 00:00") + STRIPE + 4 * GRID

    def quarter_width(self, font: QFont, quarters: int) -> int:
        """The least width of a quarter of an hour where the shortest card takes so many: its time can be read."""
        time = QFontMetrics(font).horizontalAdvance("■ 00:00") * _NARROW // 100 + STRIPE + 3 * GRID
        return max(self.least_width(font) // 5, min(time // max(1, quarters), self.least_width(font) // 2))

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
        painter.drawRect(rect.adjusted(1, 1, -3, -3))
        painter.setPen(QPen(self._theme.color("focus_inner"), 1))
        painter.drawRect(rect.adjusted(3, 3, -5, -5))

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
        self._stripe(painter, QRect(rect.left() + 1, rect.top() + 1, STRIPE - 1, rect.height() - 1), look)
        area = rect.adjusted(STRIPE + GRID, GRID // 2, -GRID // 2, -GRID // 2)
        self._text(painter, font, area, card, verdict, look)

    def _stripe(self, painter: QPainter, rect: QRect, look: ServiceLook) -> None:
        if look.pattern != "solid":
            painter.fillRect(rect, self._theme.color("page"))
        painter.fillRect(rect, QBrush(look.color, PATTERNS[look.pattern]))

    def _text(
        self, painter: QPainter, font: QFont, area: QRect, card: Card, verdict: Verdict, look: ServiceLook
    ) -> None:
        of = self._theme.color
        if card.slot is None:
            return
        metrics = QFontMetrics(font)
        line = metrics.lineSpacing()
        painter.setFont(font)
        top = QRect(area.left(), area.top(), area.width(), line)
        times = slot_times(card.slot)
        shape = look.shape
        beside = metrics.horizontalAdvance(shape) + GRID // 2
        room = top.width() - beside
        if metrics.horizontalAdvance(times) + len(card.badges) * line > room:
            times = times[:5]
        above = metrics.horizontalAdvance(times) + len(card.badges) * line <= room
        judged = verdict.mark is not Mark.NOTHING
        foot = QRect(area.left(), area.bottom() - line + 1, area.width(), line)
        spot = top if above else None if judged else foot
        badges_end = area.right() if spot is None else self._badges(painter, spot, card, line)
        painter.setPen(look.color)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, shape)
        top.setLeft(top.left() + beside)
        painter.setPen(of("text"))
        self._line(painter, font, top, times)
        rest = QRect(area.left(), area.top() + line, area.width(), area.height() - line)
        if judged:
            rest.setBottom(rest.bottom() - line)
            self._verdict(painter, font, foot, verdict)
        free = card.sort is Sort.FREE
        title = free_words(card) if free else card.slot.team.name if self._by_visitor else card.person
        last = rest.width() if above or judged else badges_end - rest.left()
        shorter = free_words(card, short=True) if free else title if self._by_visitor else initials(title)
        used = self._title(painter, self._heavy(font) if not free else font, rest, (title, shorter), last)
        below = rest.adjusted(0, used, 0, 0)
        if not above and not judged:
            below.setRight(badges_end)
        activity = " ".join(card.slot.slot.activity.split())
        if activity and below.height() >= line:
            painter.setFont(font)
            painter.setPen(of("secondary"))
            painter.drawText(
                below, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft,
                metrics.elidedText(activity, _ELIDE, below.width()),
            )  # fmt: skip

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
        heavy = self._heavy(font)
        fits = QFontMetrics(heavy).horizontalAdvance(words) <= line.width()
        self._line(painter, heavy if fits else font, line, words)

    def _line(self, painter: QPainter, font: QFont, line: QRect, words: str) -> None:
        """Write one line, with narrower letters where it would not fit; only then does it end in …"""
        wide = QFontMetrics(font).horizontalAdvance(words)
        if wide > line.width() > 0:
            font = self._narrower(font, max(_NARROWEST, 100 * line.width() // wide - 4))
            words = QFontMetrics(font).elidedText(words, _ELIDE, line.width())
        painter.setFont(font)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)

    def _narrower(self, font: QFont, percent: int) -> QFont:
        key = font.key(), percent
        if key not in self._narrow:
            made = QFont(font)
            made.setStretch(percent)
            self._narrow[key] = made
        return self._narrow[key]

    def _heavy(self, font: QFont) -> QFont:
        key = font.key()
        if key not in self._bold:
            made = QFont(font)
            made.setBold(True)
            self._bold[key] = made
        return self._bold[key]

    def _title(self, painter: QPainter, font: QFont, area: QRect, texts: tuple[str, str], last: int) -> int:
        """Paint a name, or its shorter form, over up to two lines, the second no wider than `last`; the height."""
        metrics = QFontMetrics(font)
        painter.setPen(self._theme.color("text"))
        line = metrics.lineSpacing()
        most = 2 if area.height() >= 2 * line else 1
        lines = wrapped(metrics, texts[0], area.width(), most, last)
        if any(words.endswith("…") for words in lines):  # narrower letters first, then the shorter form
            wider, widest = area.width() * 100 // _NARROW, last * 100 // _NARROW
            for text in texts:
                lines = wrapped(metrics, text, wider, most, widest)
                if not any(words.endswith("…") for words in lines):
                    break
        for number, words in enumerate(lines):
            room = min(last, area.width()) if number == most - 1 and number else area.width()
            self._line(painter, font, QRect(area.left(), area.top() + number * line, room, line), words)
        return len(lines) * line


def initials(name: str) -> str:
    """`Cllr L Lindsay-Gale` for Councillor Lorraine Lindsay-Gale: forenames by their first letters alone."""
    title, rest = "", name
    for long, short in _titles():
        if name.startswith((long, short)):
            title, rest = short, name.removeprefix(long).removeprefix(short)
    *forenames, surname = rest.split() or [""]
    return title + " ".join([*(one[0] if one[:1].isupper() else one for one in forenames), surname])


def _titles() -> tuple[tuple[str, str], ...]:
    """Titles in front of names, and how people shorten them."""
    return ((translate("Councillor "), translate("Cllr ")),)


def wrapped(metrics: QFontMetrics, text: str, width: int, most: int, last: int | None = None) -> list[str]:
    """The text over at most that many lines, broken between words, the last one elided (to `last`, if narrower).

    A title in front of a name is shortened as people write it, where the name would not fit with it.
    """
    if metrics.horizontalAdvance(text) > width:
        for long, short in _titles():
            text = short + text.removeprefix(long) if text.startswith(long) else text
    words = text.split()
    lines: list[str] = []
    while words and len(lines) < most - 1:
        taken = 1
        while taken < len(words) and metrics.horizontalAdvance(" ".join(words[: taken + 1])) <= width:
            taken += 1
        lines.append(metrics.elidedText(" ".join(words[:taken]), _ELIDE, width))
        words = words[taken:]
    if words:
        room = width if last is None or not lines else min(width, last)
        lines.append(metrics.elidedText(" ".join(words), _ELIDE, room))
    return lines
