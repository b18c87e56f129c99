"""Facts that the engine finds: broken rules, warnings, unmet demand, priorities reached. `app.words` speaks them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from app.models.week import Priority


class Rule(StrEnum):
    """The hard rules (PRODUCT.md, "Rules no schedule may break"); values are the codes of INTERFACES.md."""

    CLASH = "clash"
    NOT_FREE = "not-free"
    LUNCH = "lunch"
    NEVER = "never"
    CLEARANCE = "clearance"
    CONSENT = "consent"
    SLOT_FULL = "slot-full"
    HOST = "host"
    VISITOR_MAX = "visitor-max"
    VISITOR_DAY_MAX = "visitor-day-max"
    TEAM_MAX = "team-max"
    TEAM_DAY_MAX = "team-day-max"
    SAME_TEAM = "same-team"
    PIN = "pin"


class Caution(StrEnum):
    """What only warns."""

    DIVISION = "division"
    PRE_ELECTION = "pre-election"
    BANK_HOLIDAY = "bank-holiday"
    CONSENT_LATE = "consent-late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """One broken rule, one entry a fact. Ids are of people, slots, teams; `visits` are all the visits concerned.

    `other_slot` is the second slot of a pair (clash, host, same team). `day` is set for rules that hold day by
    day, `number` is how many there are, or the minutes there are, and `limit` how many there may or must be.
    """

    rule: Rule
    person_id: str | None = None
    slot_id: str | None = None
    other_slot_id: str | None = None
    team_id: str | None = None
    day: dt.date | None = None
    number: int = 0
    limit: int = 0
    visits: tuple[str, ...] = ()
    pinned: bool = False
    permitted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One warning about one visit. `fact` is the division, the name of the holiday, or blank."""

    kind: Caution
    person_id: str
    slot_id: str
    visit_id: str
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems:
    """Every broken rule and every warning of a week's visits, in a repeatable order."""

    broken: tuple[Broken, ...]
    warnings: tuple[Warned, ...]

    @property
    def blocking(self) -> tuple[Broken, ...]:
        """The broken rules that nobody permitted."""
        return tuple(broken for broken in self.broken if not broken.permitted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a schedule reached in one priority. `bound` is the proven best possible, None where nothing is proved."""

    priority: Priority
    value: int
    bound: int | None
    proved: bool
    asked: bool


class Who(StrEnum):
    """Whose minimum is unmet."""

    VISITOR = "visitor"
    TEAM = "team"


class Lack(StrEnum):
    """Why a minimum cannot be met, the smallest true reason that is known."""

    NO_SLOTS = "no-slots"
    NOTHING_OPEN = "nothing-open"
    FEW_OPEN = "few-open"
    FEWER_ALONE = "fewer-alone"
    OWN_LIMIT = "own-limit"
    PINS = "pins"
    SHARED = "shared"
    CROWDED_OUT = "crowded-out"
    OWN_VISITS = "own-visits"
    NOT_PLACED = "not-placed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A visitor or team below its minimum: how many it wanted and got, and why.

    `alone` is how many it could have if nobody else were there; with `pins`, beside those pinned visits (person id,
    slot id) alone, of which none could go without there being enough. `rules` are the rules in the way of what is
    offered, the most frequent first. `names` are the ids of visitors or teams that the sentence names: for `shared`
    those who want `together` visits where `room` is all that they can have; for `few-open` `room` counts what is open.
    """

    who: Who
    id: str
    wanted: int
    got: int
    lack: Lack
    alone: int = 0
    rules: tuple[Rule, ...] = ()
    names: tuple[str, ...] = ()
    pins: tuple[tuple[str, str], ...] = ()
    together: int = 0
    room: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHeld:
    """One rule about one visit. `facts` are what it breaks beside the pinned visits, so that nothing can help.

    `standing` is what it breaks beside all visits as they stand: where `facts` is empty, others could move.
    """

    rule: Rule
    holds: bool
    facts: tuple[Broken, ...] = ()
    standing: tuple[Broken, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Serves:
    """What one visit is good for beside the others as they stand. `points` are wish points."""

    points: int
    visitor_minimum: bool
    team_minimum: bool
    new_service: bool
    seen_before: bool
    pinned: bool
    promised: bool


class Counted(StrEnum):
    """What can be counted of a week's visits beside its priorities, so that a price can be told in things."""

    FIRST_CHOICE = "first choice"
    LIKE = "like"
    RATHER_NOT = "rather not"
    RATHER_NOT_TIME = "rather not then"
    SEEN_BEFORE = "seen before"
    NEW_SERVICE = "new service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What having a visit costs: each priority's value with the visit less its value otherwise, in their order.

    For a visit that is placed, otherwise is the best week without it, else simply the best week; `in_best` says
    that this holds the visit by itself. `instead` are the slots that the visitor would have otherwise, the likest
    first, `unseen` how many teams more would get none of the visits they want, `counts` what else there would be more
    or less of. Time may be up before all is proved:
    `sure` is how many priorities, from the first, are as they are told.
    """

    by_priority: tuple[tuple[Priority, int], ...]
    sure: int
    in_best: bool = False
    instead: tuple[str, ...] = ()
    unseen: int = 0
    counts: tuple[tuple[Counted, int], ...] = ()

    @property
    def proved(self) -> bool:
        """Whether the whole price is exact."""
        return self.sure == len(self.by_priority)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Why a visitor is, could be or cannot be in a slot. `price` is None where it is forbidden or nobody asked."""

    person_id: str
    slot_id: str
    placed: bool
    allowed: bool
    rules: tuple[RuleHeld, ...]
    serves: Serves
    price: Price | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Pinned visits that cannot all hold: `visits` are their ids, at most `stay` of them can stay."""

    broken: Broken
    visits: tuple[str, ...]
    stay: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A visitor who fits a slot as the week stands. `points` are wish points, `travel` minutes more on the road.

    `tell` is how many people would have to be told, 0 before publication. `by_priority` is what every priority but
    `fair visitors` gains.
    """

    person_id: str
    slot_id: str
    points: int
    travel: int
    tell: int
    by_priority: tuple[tuple[Priority, int], ...]
