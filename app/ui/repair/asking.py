"""Who or what falls away, and when: two small forms that give upsets."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QWidget

from app.models.repairs import ConsentRefused, Lost, SlotClosed, SlotMoved, TeamClosed, Upset
from app.models.view import WeekView
from app.models.visits import VisitStatus
from app.text import translate
from app.ui.moments import TimeField
from app.ui.plain import label, naming
from app.words.dates import day as day_words
from app.words.labels import slot_label


class Happened(StrEnum):
    """What can happen to a slot."""

    CLOSED = "closed"
    REFUSED = "refused"
    MOVED = "moved"


class Times(QWidget):
    """From and to, side by side."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.start, self.end = TimeField(dt.time(9)), TimeField(dt.time(12))
        for edit, name in ((self.start, translate("From")), (self.end, translate("To"))):
            edit.setAccessibleName(name)
            edit.textChanged.connect(lambda _: self.changed.emit())
        row.addWidget(self.start)
        row.addWidget(label(translate("to")))
        row.addWidget(self.end)
        row.addStretch(1)

    def value(self) -> tuple[dt.time, dt.time] | None:
        """The two times; None where one cannot be read, or the end does not come after the start."""
        start, end = self.start.time(), self.end.time()
        return None if start is None or end is None or end <= start else (start, end)

    def wrong(self) -> str:
        """What is wrong with them; blank where nothing is."""
        told = self.start.wrong() or self.end.wrong()
        return told or ("" if self.value() else translate("The end must come after the start."))

    def show_times(self, start: dt.time, end: dt.time) -> None:
        """Set both."""
        self.start.show_time(start)
        self.end.show_time(end)


def _box(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(30)
    box.setMaxVisibleItems(20)
    return box


class Asking(QWidget):
    """A form that says what happened; `changed` whenever it says something else."""

    changed = Signal()

    def __init__(self, week: WeekView) -> None:
        super().__init__()
        self.week = week
        self.form = QFormLayout(self)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.times = Times()
        self.times.changed.connect(self.changed)

    def add(self, words: str, control: QWidget) -> None:
        """Add a line."""
        self.form.addRow(naming(words, control), control)

    def upsets(self) -> tuple[Upset, ...]:
        """What the form says; nothing where it says nothing whole."""
        raise NotImplementedError

    def wrong(self) -> str:
        """Why it says nothing whole; blank where it does."""
        if self.upsets():
            return ""
        if self.times.isEnabled() and (wrong := self.times.wrong()):
            return f"✕ {wrong}"
        return translate("✕ All of it is over: nothing is left to call off.")


class WhoDropsOut(Asking):
    """A visitor, and the week, a day, or part of a day."""

    def __init__(self, week: WeekView, person_id: str | None) -> None:
        super().__init__(week)
        self.who, self.when, self.hours = _box(translate("Visitor")), _box(translate("When")), _box(translate("Hours"))
        for visitor in week.visitors.values():
            self.who.addItem(visitor.name, visitor.id)
        self.who.setCurrentIndex(max(0, self.who.findData(person_id)))
        self.when.addItem(translate("The whole week"), None)
        for day in week.week.days:
            self.when.addItem(day_words(day), day)
        self.hours.addItem(translate("All day"), False)
        self.hours.addItem(translate("Part of the day"), True)
        self.add(translate("&Visitor:"), self.who)
        self.add(translate("&When:"), self.when)
        self.add(translate("&Hours:"), self.hours)
        self.form.addRow("", self.times)
        for box in (self.who, self.when, self.hours):
            box.currentIndexChanged.connect(lambda _: self._fit())
        self._fit()

    def _fit(self) -> None:
        self.hours.setEnabled(self.when.currentData() is not None)
        self.times.setEnabled(self.hours.isEnabled() and bool(self.hours.currentData()))
        self.changed.emit()

    def upsets(self) -> tuple[Upset, ...]:
        person_id, day = self.who.currentData(), self.when.currentData()
        if person_id is None:
            return ()
        if day is None:
            return self._whole_week(person_id)
        if not self.hours.currentData():
            return (Lost(person_id=person_id, day=day),)
        times = self.times.value()
        return () if times is None else (Lost(person_id=person_id, day=day, start=times[0], end=times[1]),)

    def _whole_week(self, person_id: str) -> tuple[Upset, ...]:
        """The week, but for days on which a visit was held already: what has been is not called off."""
        held = {
            self.week.slots[visit.slot_id].day
            for visit in self.week.counted
            if visit.person_id == person_id and visit.status is VisitStatus.HELD
        }
        if not held:
            return (Lost(person_id=person_id),)
        return tuple(Lost(person_id=person_id, day=day) for day in self.week.week.days if day > max(held))


class WhatFallsAway(Asking):
    """A team or a slot: closed, consent refused, or at another time."""

    def __init__(self, week: WeekView, team_id: str | None, slot_id: str | None) -> None:
        super().__init__(week)
        self.what, self.how = _box(translate("Team or slot")), _box(translate("What happened"))
        self.when = _box(translate("When"))
        for team in week.teams.values():
            self.what.addItem(team.name, ("team", team.id))
        for slot in week.slots.values():
            words = translate("Slot {slot}: {label}").format(slot=slot.name, label=slot_label(slot))
            self.what.addItem(words, ("slot", slot.id))
        start = self._find(("slot", slot_id)) if slot_id else self._find(("team", team_id))
        self.what.setCurrentIndex(max(0, start))
        self.add(translate("&Team or slot:"), self.what)
        self.add(translate("W&hat happened:"), self.how)
        self.add(translate("&When:"), self.when)
        self.form.addRow("", self.times)
        self.what.currentIndexChanged.connect(lambda _: self._fit_what())
        self.how.currentIndexChanged.connect(lambda _: self._fit_how())
        self.when.currentIndexChanged.connect(lambda _: self.changed.emit())
        self._fit_what()

    def _find(self, key: tuple[str, str | None]) -> int:
        return next((at for at in range(self.what.count()) if tuple(self.what.itemData(at)) == key), -1)

    def _chosen(self) -> tuple[str, str]:
        data = self.what.currentData()
        return ("", "") if data is None else (data[0], data[1])

    def _fit_what(self) -> None:
        kind, id_ = self._chosen()
        with QSignalBlocker(self.how):
            self.how.clear()
            self.how.addItem(translate("Receives nobody"), Happened.CLOSED)
            if kind == "slot":
                self.how.addItem(translate("Consent is refused"), Happened.REFUSED)
                self.how.addItem(translate("Takes place at another time"), Happened.MOVED)
        if kind == "slot":
            slot = self.week.slots[id_]
            self.times.show_times(slot.start, slot.end)
        self._fit_how()

    def _fit_how(self) -> None:
        kind, id_ = self._chosen()
        moved = self.how.currentData() == Happened.MOVED
        with QSignalBlocker(self.when):
            self.when.clear()
            if kind == "team":
                self.when.addItem(translate("The whole week"), None)
            for day in self.week.week.days:
                if kind == "team" or moved or day == self.week.slots[id_].day:
                    self.when.addItem(day_words(day), day)
            if moved:
                self.when.setCurrentIndex(max(0, self.when.findData(self.week.slots[id_].day)))
        self.times.setEnabled(moved)
        self.changed.emit()

    def upsets(self) -> tuple[Upset, ...]:
        kind, id_ = self._chosen()
        if not id_:
            return ()
        if kind == "team":
            return (TeamClosed(team_id=id_, day=self.when.currentData()),)
        match self.how.currentData():
            case Happened.REFUSED:
                return (ConsentRefused(slot_id=id_),)
            case Happened.MOVED:
                times, day = self.times.value(), self.when.currentData()
                if times is None or day is None:
                    return ()
                return (SlotMoved(slot_id=id_, day=day, start=times[0], end=times[1]),)
            case _:
                return (SlotClosed(slot_id=id_),)
