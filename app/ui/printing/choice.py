"""Which pages a person asks for: kinds, whose, which day, only those that changed. Qt-free."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.exchange.pages import Kind, Wanted
from app.text import translate


class Whose(StrEnum):
    """Whose pages."""

    EVERYBODY = "everybody"
    SERVICE = "service"
    TEAM = "team"
    VISITOR = "visitor"


def whose_words(whose: Whose) -> str:
    """The words for it."""
    return {
        Whose.EVERYBODY: translate("Everybody’s pages"),
        Whose.SERVICE: translate("Teams of one service"),
        Whose.TEAM: translate("One team"),
        Whose.VISITOR: translate("One visitor"),
    }[whose]


_OF_ALL = frozenset(Kind)
_OF_TEAMS = frozenset({Kind.TEAMS, Kind.HOSTS})
_OF_VISITORS = frozenset({Kind.VISITORS, Kind.REFLECTIONS})
_OF_THE_WEEK = frozenset({Kind.OVERVIEW, Kind.DIRECTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is asked for. `name` is the folded service, or the id of the team or visitor."""

    kinds: frozenset[Kind]
    whose: Whose = Whose.EVERYBODY
    name: str = ""
    day: dt.date | None = None
    changed_only: bool = False

    def open_kinds(self) -> frozenset[Kind]:
        """The kinds that there can be of whom and of the day that is asked for.

        A service or a team has its teams' pages alone, lest somebody is handed another's.
        """
        kinds = {
            Whose.EVERYBODY: _OF_ALL, Whose.SERVICE: _OF_TEAMS, Whose.TEAM: _OF_TEAMS, Whose.VISITOR: _OF_VISITORS,
        }[self.whose]  # fmt: skip
        return kinds - _OF_THE_WEEK if self.day else kinds

    def wanted(self) -> Wanted:
        """The same for the makers of pages."""
        name = frozenset({self.name})
        return Wanted(
            kinds=self.kinds & self.open_kinds(),
            services=name if self.whose is Whose.SERVICE else None,
            teams=name if self.whose is Whose.TEAM else None,
            people=name if self.whose is Whose.VISITOR else None,
            days=frozenset({self.day}) if self.day else None,
        )

    def nothing_words(self) -> str:
        """Why no page is there, and what to do."""
        if not self.kinds:
            return translate("No kind of page is ticked. Tick one on the left.")
        if not self.kinds & self.open_kinds():
            if self.day and self.kinds & _OF_THE_WEEK:
                return translate("The overview and the director’s page are of the whole week. Choose “All days”.")
            return translate("There are no pages of that kind for whom you chose. Tick another kind on the left.")
        if self.changed_only:
            return translate("None of these pages has changed. Untick the changed pages to see them all.")
        return translate("There is no visit to print for this choice. Choose another day or somebody else.")
