"""The rules of the house, held over the whole window: colours, words, names, plain text, mnemonics."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QTabBar,
    QTableView,
    QWidget,
)

from app.models.names import fold
from app.models.places import SERVICES
from app.text import set_translator
from app.ui.actions import table
from app.ui.deck.targets import Way
from app.ui.deck.verdicts import Moving
from app.ui.dialogs.base import Dialog
from app.ui.dialogs.match import MatchDialog
from app.ui.dialogs.why import WhyDialog
from app.ui.icons import pixmap
from app.ui.theme import load
from app.ui.window import Window
from tests.builders import person_id, slot_id, visit_id
from tests.ui.conftest import Open
from tests.ui.week import TODAY, a_board_week

UI = Path(__file__).parents[2] / "app" / "ui"
MARK = "⟦"


@pytest.fixture
def pseudo() -> Iterator[None]:
    """Every sentence that passed through `translate` carries a mark."""
    set_translator(lambda text: f"{MARK}{text}")
    yield
    set_translator(None)


def sources() -> list[Path]:
    return sorted(UI.rglob("*.py"))


def test_no_colour_is_named_outside_the_themes() -> None:
    stray = re.compile(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(|hsl\(|setStyleSheet|GlobalColor\.(?!transparent)")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sources()
        for line in path.read_text(encoding="utf-8").splitlines()
        if stray.search(line) and not line.lstrip().startswith("#")
    ]
    assert found == []


def test_files_and_folders_are_chosen_in_one_way() -> None:
    found = [path.name for path in sources() if "QFileDialog" in path.read_text("utf-8")]
    assert found == ["choosing.py"]


def luminance(color: QColor) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [value / 255 for value in (color.red(), color.green(), color.blue())]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_text_has_enough_contrast_on_what_it_stands(name: str) -> None:
    theme = load(name)
    of = theme.color
    pairs = [
        ("text", "page"), ("text", "panel"), ("text", "raised"), ("text", "picked"), ("secondary", "page"),
        ("secondary", "panel"), ("on_primary", "primary"), ("primary", "page"), ("fine", "fine_back"),
        ("tight", "tight_back"), ("broken", "broken_back"), ("broken", "page"), ("tight", "page"),
        ("text", "fine_back"), ("text", "tight_back"), ("text", "broken_back"), ("disabled", "panel"),
        ("secondary", "free_back"), ("text", "free_back"), ("secondary", "picked"),
    ]  # fmt: skip
    low = [(one, other) for one, other in pairs if contrast(of(one), of(other)) < 4.5]
    assert low == []
    assert contrast(of("border"), of("page")) >= 3
    for look in theme.services:
        assert contrast(of("text"), look.tint) >= 4.5
        assert contrast(of("secondary"), look.tint) >= 4.5
        assert contrast(look.color, look.tint) >= 3
        assert contrast(look.color, of("page")) >= 3
        assert contrast(of("broken"), look.tint) >= 3


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_services_differ_by_shape_and_the_four_known_by_pattern_too(name: str) -> None:
    looks = load(name).services
    assert len({look.shape for look in looks}) == len(looks)
    assert len({look.pattern for look in looks[: len(SERVICES)]}) == len(SERVICES)


def test_every_action_has_an_icon_file_that_draws(window: Window) -> None:
    for spec in table():
        if spec.icon:
            image = pixmap(spec.icon, QColor("red"), 20).toImage()
            assert any(image.pixelColor(x, y).alpha() for x in range(20) for y in range(20)), spec.id


def spoken(widget: QWidget) -> str:
    """The name that a screen reader would say."""
    if name := widget.accessibleName():
        return name
    if isinstance(widget, QAbstractButton | QLabel):
        return widget.text() or widget.toolTip()
    return ""


def test_every_control_has_a_name(window: Window) -> None:
    kinds = (QAbstractButton, QComboBox, QLineEdit, QTabBar, QTableView)
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for kind in kinds
        for widget in window.findChildren(kind)
        if not widget.objectName().startswith("qt_") and not spoken(widget) and not _inner(widget)
    ]
    assert nameless == []


def _inner(widget: QWidget) -> bool:
    """Parts that Qt makes inside a control that has a name: scroll buttons of tabs, the corner of a table."""
    parent = widget.parent()
    made_by_qt = isinstance(parent, QTabBar | QTableView | QLineEdit) or type(widget).__name__ == "QTableCornerButton"
    tab_bar_of_named = isinstance(widget, QTabBar) and isinstance(parent, QWidget) and bool(parent.accessibleName())
    return made_by_qt or tab_bar_of_named or type(parent).__name__ in ("QDockWidget", "QToolBar", "QMainWindow")


def test_mnemonics_are_unique_in_every_menu(window: Window) -> None:
    menus = [menu for menu in window.menuBar().findChildren(QMenu) if menu.title()]
    assert len(menus) >= 5
    for menu in menus:
        letters = Counter(
            match.group(1).casefold()
            for action in menu.actions()
            if (match := re.search(r"(?<!&)&([^&\s])", action.text()))
        )
        assert [letter for letter, count in letters.items() if count > 1] == [], menu.title()
    tops = Counter(re.findall(r"&(\w)", " ".join(action.text() for action in window.menuBar().actions())))
    assert max(tops.values()) == 1


def test_keys_are_unique(window: Window) -> None:
    actions = window.findChildren(QAction)
    keys = Counter(_pressed(shortcut.toString()) for action in actions for shortcut in action.shortcuts())
    assert [key for key, count in keys.items() if key and count > 1] == []


def _pressed(key: str) -> str:
    """The key without the Shift that typing its sign takes anyway: Qt takes Ctrl++ and Ctrl+Shift++ for the same."""
    return key if key[-1:].isalnum() else key.replace("Shift+", "")


def words_in(top: QWidget) -> list[str]:
    """Everything that a window or a dialog says by itself: texts, names, tooltips, headings."""
    texts = [top.windowTitle()]
    for widget in top.findChildren(QWidget):
        if _inner(widget):
            continue  # words of Qt's own, in Qt's own translation
        texts += [widget.toolTip(), widget.accessibleName(), widget.windowTitle()]
        if isinstance(widget, QAbstractButton | QLabel):
            texts.append(widget.text())
        if isinstance(widget, QLineEdit):
            texts.append(widget.placeholderText())
        if isinstance(widget, QTabBar):
            texts += [widget.tabText(number) for number in range(widget.count())]
        if isinstance(widget, QComboBox):
            texts += [widget.itemText(number) for number in range(widget.count())]
        if isinstance(widget, QTableView):
            heads = widget.horizontalHeader()
            if not heads.isHidden() and widget.model() is not None:
                texts += [str(widget.model().headerData(n, heads.orientation()) or "") for n in range(heads.count())]
    return texts


def raw_words(window: Window, texts: list[str]) -> list[str]:
    """Those that neither passed through the translator nor were typed by somebody."""
    week = window.desk.now.view
    assert week is not None
    theirs = {
        fold(str(getattr(one, field)))
        for table_name in ("weeks", "people", "teams", "sites", "slots", "offers", "attendances")
        for one in week.plan.table(table_name).values()
        for field in one.__slots__
    }
    shapes = {look.shape for look in load("light").services}
    return [text for text in texts if MARK not in text and text not in shapes and _own_words(text, theirs)]


def _own_words(text: str, theirs: set[str]) -> bool:
    """Whether anything is left to read beside what somebody typed, and days."""
    left = fold(text)
    for typed in sorted(theirs, key=len, reverse=True):
        if len(typed) > 1:
            left = left.replace(typed, " ")
    left = re.sub(r"\b(mon|tue|wed|thu|fri|sat|sun)\b \d{1,2} [a-z]+", " ", left)
    return re.search("[a-z]{2,}", left) is not None


def test_no_word_on_the_screen_missed_the_translator(pseudo: None, open_window: Open) -> None:
    window = open_window(a_board_week().plan())
    for way in Way:
        window.board.turn_to(way)
    for name in window._screens:  # every screen is looked at
        window.go(name)
    texts = [text for text in words_in(window) if text != window.windowTitle()]
    for action in window.actions_table.by_id.values():
        texts += [action.text(), action.toolTip()]
    assert raw_words(window, texts) == []
    assert raw_words(window, ["Put it there"]) == ["Put it there"]  # what is looked for would be found


def test_no_word_in_a_dialog_missed_the_translator(pseudo: None, open_window: Open) -> None:
    window = open_window(a_board_week().plan())
    window.lead((visit_id("Ann Lee", "f1"),))
    asked = ["why", "suggest", "move-to", "swap", "find-anything", "commands", "keyboard", "accessibility", "about",
             "new-week", "export", "dropped-out", "fell-away"]  # fmt: skip
    seen = 0
    deeds: tuple[Callable[[], object], ...] = (
        *(window.actions_table.by_id[name].trigger for name in asked),
        lambda: window.desk.questions.put(Moving(visit_ids=(visit_id("Ann Lee", "f1"),)), slot_id("s2")),
        lambda: window.desk.questions.choose_visitor(slot_id("n2")),
        lambda: MatchDialog(window.desk).open(),
    )
    for opens in deeds:
        opens()
        for dialog in window.findChildren(Dialog):
            if dialog.isVisible():
                seen += 1
                assert raw_words(window, words_in(dialog)) == [], type(dialog).__name__
                dialog.reject()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert seen == len(asked) + 3


def test_translate_is_given_literals_only_and_widgets_no_raw_ones() -> None:
    raw = []
    setters = {"setText", "setToolTip", "setWindowTitle", "setAccessibleName", "setPlaceholderText", "addAction"}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0] if node.args else None
            if name == "translate":
                assert isinstance(first, ast.Constant), f"{path.name}:{node.lineno}"
            if name in setters and isinstance(first, ast.Constant) and re.search("[A-Za-z]{2}", str(first.value)):
                raw.append(f"{path.name}:{node.lineno}")
    assert raw == []


def test_names_with_markup_stay_plain_text_everywhere(open_window: Open) -> None:
    from PySide6.QtCore import Qt

    window = open_window(a_board_week().plan())
    name = "Cy <b>Bold</b>"
    index = window.board.views[Way.TEAM].grid_model.find(lambda card: card.person == name)
    window.board.views[Way.TEAM].setCurrentIndex(index)
    assert name in " ".join(label.text() for label in window.details.findChildren(QLabel))
    week = window.desk.now.view
    assert week is not None
    why = WhyDialog(window, week, TODAY, load("light"), person_id=person_id(name), slot_id=slot_id("n2"))
    for label in [*window.findChildren(QLabel), *why.findChildren(QLabel)]:
        assert label.textFormat() == Qt.TextFormat.PlainText or not label.text(), label.text()
    tooltip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tooltip.replace("&lt;b&gt;", "")
    why.reject()


def test_no_label_or_message_is_made_but_through_the_helper() -> None:
    for path in sources():
        if path.name == "plain.py":
            continue
        text = path.read_text(encoding="utf-8")
        assert "QMessageBox" not in text, path.name
        assert not re.search(r"\bQLabel\(", text), path.name
