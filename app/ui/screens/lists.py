"""The screens that hold lists: visitors with their wishes and times, and teams with slots, sites and roads."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.text import translate
from app.ui.availability.panel import TimesPanel
from app.ui.desk import Desk
from app.ui.lists.columns_people import AVAILABILITY_LIST, PAST_LIST, VISITOR_LIST, WISH_LIST
from app.ui.lists.columns_places import ROAD_LIST, SITE_LIST, SLOT_LIST, TEAM_LIST, TRAVEL_GRID
from app.ui.lists.columns_visits import VISIT_LIST
from app.ui.lists.columns_wishes_of import wishes_of
from app.ui.lists.panel import ListPanel
from app.ui.plain import label
from app.ui.screens.charts import Pictures
from app.ui.tabs import TabPages
from app.ui.theme import GRID


class Tabs(TabPages):
    """Panels behind tabs. The one that is open gets the focus."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDocumentMode(True)
        self.ids: list[str] = []
        self.currentChanged.connect(lambda _: self._turned())

    def add(self, tab_id: str, words: str, panel: QWidget) -> None:
        """Add a panel."""
        self.ids.append(tab_id)
        self.addTab(panel, words)

    def open(self, tab_id: str) -> QWidget:
        """Open the panel of that id and give it the focus."""
        self.setCurrentIndex(self.ids.index(tab_id))
        panel = self.currentWidget()
        self.focus_inside()
        return panel

    def add_row(self, tab_id: str) -> None:
        """Open the list of that id, and the form of a new row in it."""
        panel = self.open(tab_id)
        if isinstance(panel, VisitorsPanel):
            panel = panel.list
        if isinstance(panel, ListPanel):
            panel.add()

    def _turned(self) -> None:
        """Where the focus was in the panel before, it goes to what matters in this one, not to its first button."""
        panel, focus = self.currentWidget(), self.focusWidget()
        if panel is not None and focus is not None and panel.isAncestorOf(focus):
            self.focus_inside()

    def focus_inside(self) -> None:
        """Give what is open the focus."""
        panel = self.currentWidget()
        if isinstance(panel, ListPanel | WishesOf | Pictures):
            panel.focus_list()
        elif isinstance(panel, VisitorsPanel):
            panel.list.focus_list()
        elif isinstance(panel, TimesPanel):
            panel.focus_grid()
        elif panel is not None:
            panel.setFocus(Qt.FocusReason.OtherFocusReason)


class WishesOf(QWidget):
    """The wishes of one visitor."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list: ListPanel | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._nobody = label(translate("Choose a visitor in the list; wishes and times appear here."), wrap=True)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._inside.addWidget(self._nobody)

    def show_person(self, person_id: str) -> None:
        """Show the wishes of that visitor; a blank shows what to do first."""
        if self.list is not None:
            self.list.hide()
            self.list.deleteLater()
            self.list = None
        self._nobody.setVisible(not person_id)
        if person_id:
            self.list = ListPanel(self._desk, wishes_of(person_id))
            self._inside.addWidget(self.list)

    def focus_list(self) -> None:
        """Give the list the focus."""
        if self.list is not None:
            self.list.focus_list()


class VisitorsPanel(QSplitter):
    """The list of visitors, and beside it the wishes and times of the one that is selected."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._desk = desk
        self._person = ""
        self.setChildrenCollapsible(False)
        self.list = ListPanel(desk, VISITOR_LIST)
        self.about = Tabs(translate("About the selected visitor"))
        self.times = TimesPanel(desk, choose=False)
        self._wishes = WishesOf(desk)
        self.about.add("wishes", translate("Wishes"), self._wishes)
        self.about.add("times", translate("Free and busy"), self.times)
        self.addWidget(self.list)
        self.addWidget(self.about)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setHandleWidth(2 * GRID)
        self.list.view.picked_rows.connect(self._picked)
        desk.bridge.shown.connect(lambda _: self._still_there())

    def _picked(self, keys: object) -> None:
        chosen = keys if isinstance(keys, tuple) else ()
        if len(chosen) == 1 and chosen[0] != self._person:
            self._show(chosen[0])

    def _still_there(self) -> None:
        view = self._desk.now.view
        if not self._person:
            self._picked(self.list.view.keys())
        if self._person and (view is None or self._person not in view.visitors):
            self._show("")
        elif self._person and view is not None:
            self._title(view.visitors[self._person].name)

    def _show(self, person_id: str) -> None:
        view = self._desk.now.view
        self._person = person_id
        self._wishes.show_person(person_id)
        self.times.show_person(person_id or None)
        self._title(view.visitors[person_id].name if view is not None and person_id in view.visitors else "")

    def _title(self, name: str) -> None:
        self.about.setTabText(0, _of(translate("Wishes of {name}"), translate("Wishes"), name))
        self.about.setTabText(1, _of(translate("Times of {name}"), translate("Free and busy"), name))


def _of(named: str, plain: str, name: str) -> str:
    return named.format(name=name.replace("&", "&&")) if name else plain


def visitors_screen(desk: Desk) -> Tabs:
    """Visitors: the list, free and busy times of all, wishes, past visits, visits, and how much each has."""
    tabs = Tabs(translate("Visitors"))
    tabs.add("visitors", translate("Visitors"), VisitorsPanel(desk))
    times = TimesPanel(desk)
    times.offer_visitors(lambda: tabs.add_row("visitors"))
    tabs.add("times", translate("Free and busy"), times)
    tabs.add("availability", translate("Times as a list"), ListPanel(desk, AVAILABILITY_LIST))
    tabs.add("wishes", translate("Wishes"), ListPanel(desk, WISH_LIST))
    tabs.add("past", translate("Past visits"), ListPanel(desk, PAST_LIST))
    tabs.add("visits", translate("Visits"), ListPanel(desk, VISIT_LIST))
    tabs.add("load", translate("Load"), Pictures(desk, of_visitors=True, add=lambda: tabs.add_row("visitors")))
    return tabs


def teams_screen(desk: Desk) -> Tabs:
    """Teams and slots, sites, the roads between them, and how far all is covered."""
    tabs = Tabs(translate("Teams and slots"))
    tabs.add("sites", translate("Sites"), ListPanel(desk, SITE_LIST))
    travel = ListPanel(desk, TRAVEL_GRID)
    travel.offer_where_empty(translate("Add site…"), lambda: tabs.add_row("sites"))
    tabs.add("travel", translate("Travel"), travel)
    tabs.add("roads", translate("Travel as a list"), ListPanel(desk, ROAD_LIST))
    tabs.add("teams", translate("Teams"), ListPanel(desk, TEAM_LIST))
    tabs.add("slots", translate("Slots"), ListPanel(desk, SLOT_LIST))
    tabs.add("coverage", translate("Coverage"), Pictures(desk, of_visitors=False, add=lambda: tabs.add_row("teams")))
    return tabs
