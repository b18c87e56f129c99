"""Colours and sizes as named tokens from theme files: light, dark, high contrast, following the system or chosen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QWidget,
)

from app.models.names import fold
from app.models.places import SERVICES
from app.models.view import WeekView
from app.resources import resource
from app.ui.settings import Settings

SMALLEST, NORMAL, LARGEST = 90, 100, 200
"""The text sizes that can be chosen, in per cent of the system's."""
GRID = 4
"""Every distance is a multiple of this many pixels."""
TARGET = 24
"""No control is smaller than this many pixels."""


class Choice(StrEnum):
    """Which theme the user chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLook:
    """How a service is told apart: a shape and a pattern besides the colours."""

    shape: str
    pattern: str
    color: QColor
    tint: QColor


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The tokens of one theme."""

    name: str
    dark: bool
    tokens: Mapping[str, QColor]
    services: tuple[ServiceLook, ...]

    def color(self, token: str) -> QColor:
        """The colour of that token."""
        return self.tokens[token]


@lru_cache(maxsize=4)
def load(name: str) -> Theme:
    """The theme of that name from `resources/themes`."""
    data = json.loads(resource("themes", f"{name}.json").read_text(encoding="utf-8"))
    return Theme(
        name=name,
        dark=data["dark"],
        tokens={token: QColor(value) for token, value in data["tokens"].items()},
        services=tuple(
            ServiceLook(
                shape=one["shape"], pattern=one["pattern"], color=QColor(one["color"]), tint=QColor(one["tint"])
            )
            for one in data["services"]
        ),
    )


def service_places(view: WeekView) -> Mapping[str, int]:
    """Which look each service of the week has, by its folded name: the four known ones first, others by name."""
    known = {fold(name): place for place, name in enumerate(SERVICES)}
    others = sorted({fold(team.service) for team in view.teams.values()} - known.keys())
    return known | {name: len(SERVICES) + place for place, name in enumerate(others)}


def service_look(theme: Theme, place: int) -> ServiceLook:
    """The look of that place; where a week has more services than looks, the later looks serve again."""
    known = len(SERVICES)
    if place < len(theme.services):
        return theme.services[place]
    return theme.services[known + (place - known) % (len(theme.services) - known)]


def palette(theme: Theme) -> QPalette:
    """The tokens as Qt's palette, which every standard control paints from."""
    role = QPalette.ColorRole
    of = theme.color
    made = QPalette()
    colors = {
        role.Window: of("panel"), role.WindowText: of("text"), role.Base: of("page"),
        role.AlternateBase: of("panel"), role.Text: of("text"), role.Button: of("raised"),
        role.ButtonText: of("text"), role.BrightText: of("on_primary"), role.Highlight: of("primary"),
        role.HighlightedText: of("on_primary"), role.Accent: of("primary"), role.Link: of("primary"),
        role.LinkVisited: of("primary"), role.ToolTipBase: of("page"), role.ToolTipText: of("text"),
        role.PlaceholderText: of("secondary"), role.Light: of("page"), role.Midlight: of("raised"),
        role.Mid: of("line"), role.Dark: of("border"), role.Shadow: of("border"),
    }  # fmt: skip
    for one, color in colors.items():
        made.setColor(one, color)
    for one in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, one, of("disabled"))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, of("line"))
    return made


def outlined(theme: Theme) -> QPalette:
    """For boxes to tick, to type and to choose in, and for buttons: Fusion draws their outline as a dark shade of the
    window's colour, which is made the border's, so that an empty box and a button can be seen."""
    made = palette(theme)
    made.setColor(QPalette.ColorRole.Window, theme.color("border").lighter(140))
    return made


class Roomy(QProxyStyle):
    """Fusion, in which nothing that is pressed, typed or chosen in is lower than a target."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def sizeFromContents(  # type: ignore[override]  # the stubs of Qt's own styles differ in the same way
        self, kind: QStyle.ContentsType, option: QStyleOption, size: QSize, widget: QWidget
    ) -> QSize:
        made = super().sizeFromContents(kind, option, size, widget)
        if kind in _TARGETS and made.height() < TARGET:
            made.setHeight(TARGET)
        return made


_KIND = QStyle.ContentsType
_TARGETS = frozenset({
    _KIND.CT_PushButton, _KIND.CT_ToolButton, _KIND.CT_CheckBox, _KIND.CT_RadioButton, _KIND.CT_ComboBox,
    _KIND.CT_LineEdit, _KIND.CT_SpinBox, _KIND.CT_TabBarTab, _KIND.CT_MenuItem,
})  # fmt: skip


class _RoomyInside(Roomy):
    """For fields with a button in them: it is a target too. Not for the whole window, whose painting it would slow."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric == QStyle.PixelMetric.PM_LineEditIconSize:
            text = widget.fontMetrics().height() if widget is not None else 0
            return max(TARGET - 2, text)  # Qt leaves a pixel above and below, and three at the sides
        return super().pixelMetric(metric, option, widget)

    def subControlRect(  # type: ignore[override]  # the stubs of Qt's own styles differ in the same way
        self, control: QStyle.ComplexControl, option: QStyleOptionComplex, part: QStyle.SubControl, widget: QWidget
    ) -> QRect:
        rect = super().subControlRect(control, option, part, widget)
        boxed = control == QStyle.ComplexControl.CC_ComboBox
        if boxed and part == QStyle.SubControl.SC_ComboBoxArrow:
            rect.setLeft(min(rect.left(), rect.right() + 1 - TARGET))
        elif boxed and part == QStyle.SubControl.SC_ComboBoxEditField:
            rect.setRight(min(rect.right(), super().subControlRect(
                control, option, QStyle.SubControl.SC_ComboBoxArrow, widget).right() - TARGET))  # fmt: skip
        return rect


_KEPT_STYLES: list[QStyle] = []


def roomy_inside(field: QLineEdit) -> None:
    """Make the buttons inside that field targets: the calendar, the cross that empties it."""
    if not _KEPT_STYLES:
        _KEPT_STYLES.append(_RoomyInside())  # Qt does not keep a widget's own style alive
    field.setStyle(_KEPT_STYLES[0])


class Look(QObject):
    """The theme and the text size in force, applied to the whole application."""

    changed = Signal(object)

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__()
        self._app = app
        self._settings = settings
        self._plain_font = QFont(app.font())
        try:
            self.choice = Choice(settings.text("theme", Choice.SYSTEM))
        except ValueError:
            self.choice = Choice.SYSTEM
        self.percent = min(LARGEST, max(SMALLEST, settings.number("text-size", NORMAL)))
        app.setStyle(Roomy())
        hints = app.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self.theme = load(self._name())
        self._apply()

    def choose(self, choice: Choice) -> None:
        """Use that theme from now on."""
        self.choice = choice
        self._settings.keep("theme", choice.value)
        self._apply()

    def resize(self, percent: int) -> None:
        """Use that text size from now on, within the limits."""
        self.percent = min(LARGEST, max(SMALLEST, percent))
        self._settings.keep("text-size", self.percent)
        self._apply()

    def _system_changed(self) -> None:
        if self.choice is Choice.SYSTEM and self._name() != self.theme.name:
            self._apply()

    def _name(self) -> str:
        if self.choice is not Choice.SYSTEM:
            return self.choice.value
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return Choice.CONTRAST.value
        return (Choice.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Choice.LIGHT).value

    def _apply(self) -> None:
        self.theme = load(self._name())
        font = QFont(self._plain_font)
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * self.percent / NORMAL)
        else:
            font.setPixelSize(round(font.pixelSize() * self.percent / NORMAL))
        self._app.setFont(font)
        self._app.setPalette(palette(self.theme))
        for kind in (
            "QCheckBox", "QRadioButton", "QLineEdit", "QPlainTextEdit", "QComboBox", "QAbstractSpinBox", "QPushButton",
            "QToolButton",
        ):  # fmt: skip
            self._app.setPalette(outlined(self.theme), kind)  # type: ignore[arg-type]  # PySide takes only a str
        self.changed.emit(self.theme)
