"""The same nouns as SQLAlchemy tables, with the journal and the file's own notes.

Written out, not derived: what is stored may only change together with a migration.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from app.models.journal import Doing
from app.models.people import Clearance, Kind, Liking, Presence
from app.models.places import Consent, Need
from app.models.publication import Answer, Method, Recipient
from app.models.references import REFERENCES
from app.models.visits import VisitStatus
from app.models.week import Subjects

METADATA = sa.MetaData()

_MANY_ROWS = frozenset({"person_id", "team_id", "slot_id", "publication_id"})
"""Fields that are searched when what they point at is deleted."""


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """An instant, kept as UTC whatever zone it came in. A time without a zone is refused."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=dt.UTC)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, nullable=False)


def _yes_no(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _day(name: str, *, blank: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date, nullable=blank)


def _clock(name: str, *, blank: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Time, nullable=blank)


def _moment(name: str, *, blank: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Moment, nullable=blank)


def _number(name: str, *, blank: bool = False, least: int = 0) -> sa.Column[Any]:
    check = sa.CheckConstraint(f"{name} >= {least}", name=f"{name}_at_least_{least}")
    return sa.Column(name, sa.Integer, check, nullable=blank)


def _word(name: str, words: type[StrEnum], *, blank: bool = False) -> sa.Column[Any]:
    kind = sa.Enum(
        *(word.value for word in words), native_enum=False, create_constraint=True, length=40, name=f"{name}_is_known"
    )
    return sa.Column(name, kind, nullable=blank)


def _table(table: str, *columns: sa.Column[Any], blank: tuple[str, ...] = (), **checks: str) -> sa.Table:
    """A table with its id, what it points at (`REFERENCES`; `blank` names the optional ones), and its columns."""
    pointing = [
        sa.Column(
            field,
            sa.Text,
            # Checked at COMMIT: one edit may take out what points and what is pointed at in any order.
            sa.ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED"),
            nullable=field in blank,
            index=field in _MANY_ROWS,
        )
        for field, target in REFERENCES.get(table, {}).items()
    ]
    rules = [sa.CheckConstraint(rule, name=name) for name, rule in checks.items()]
    return sa.Table(table, METADATA, sa.Column("id", sa.Text, primary_key=True), *pointing, *columns, *rules)


_table(
    "weeks",
    _text("name"), _day("first_day"), _day("last_day"), _text("organisation"), _text("organiser"),
    _text("organiser_email"), _text("organiser_phone"), _text("time_zone"), _clock("day_starts"), _clock("day_ends"),
    _number("buffer_minutes"), _clock("lunch_from"), _clock("lunch_to"), _number("lunch_minutes"),
    _yes_no("same_team_once"), _text("priorities"), _text("marking"), _word("subjects", Subjects),
    _yes_no("replies_wanted"), _day("pre_election_from", blank=True), _day("pre_election_to", blank=True),
    _text("dress"), _yes_no("photo_id"), _text("confidentiality_note"), _text("logo"),
    _yes_no("private_invitations"), _yes_no("reminder"), _yes_no("archived"), _day("keep_until", blank=True),
    days_in_order="first_day <= last_day",
)  # fmt: skip

_table(
    "sites",
    _text("name"), _text("address"), _text("postcode"), _yes_no("protected"), _text("alias"), _text("division"),
    _text("parking"), _text("arrival_notes"),
)  # fmt: skip

_table("roads", _number("minutes"))

_table(
    "teams",
    _text("name"), _text("service"), _text("host"), _text("host_email"), _text("host_phone"), _text("deputy"),
    _text("deputy_email"), _word("clearance_needed", Need), _text("line"), _text("notes"),
)  # fmt: skip

_table(
    "offers",
    _number("min_visits"), _number("max_visits", blank=True), _number("max_per_day", blank=True),
)  # fmt: skip

_table(
    "people",
    _text("name"), _text("role"), _text("organisation"), _word("kind", Kind, blank=True), _text("email"),
    _text("assistant"), _text("assistant_email"), _word("clearance", Clearance), _text("division"), _text("needs"),
    blank=("base_id",),
)  # fmt: skip

_table(
    "attendances",
    _number("min_visits"), _number("max_visits", blank=True), _number("max_per_day", blank=True), _yes_no("standby"),
)  # fmt: skip

_table(
    "slots",
    _text("name"), _day("day"), _clock("start"), _clock("end"), _number("places", least=1), _text("activity"),
    _text("purpose"), _text("host"), _text("host_email"), _word("consent", Consent), _day("consent_by", blank=True),
    blank=("site_id",),
    times_in_order='start < "end"',
)  # fmt: skip

_table(
    "availability",
    _day("day"), _clock("start", blank=True), _clock("end", blank=True), _word("presence", Presence),
    _yes_no("from_diary"),
)  # fmt: skip

_table(
    "wishes",
    _text("service"), _word("liking", Liking), _text("reason"),
    blank=("team_id",),
    team_or_service="(team_id IS NULL) <> (service = '')",
)  # fmt: skip

_table("past_visits", _text("team_name"), _day("day", blank=True), blank=("team_id",))

_table("visits", _yes_no("pinned"), _word("status", VisitStatus), _text("permitted"), _text("uid"))

_table("publications", _number("number", least=1), _moment("at"), _text("snapshot"))

_table(
    "issued",
    _text("visit_id"), _word("recipient", Recipient), _text("name"), _text("email"), _text("uid"),
    _number("sequence"), _word("method", Method), _moment("stamp"), _text("said"), _text("digest"),
)  # fmt: skip

_table(
    "calls",
    _text("visit_id"), _word("recipient", Recipient), _text("name"), _text("contact"), _text("old"), _text("new"),
    _moment("told_at", blank=True), _text("told_by"), _word("answer", Answer),
)  # fmt: skip

_table("releases", _text("reason"), _moment("at"))

JOURNAL = sa.Table(
    "journal",
    METADATA,
    sa.Column("sequence", sa.Integer, primary_key=True, autoincrement=False),
    _moment("at"),
    _word("kind", Doing),
    sa.Column("verb", sa.Text, nullable=False),  # no constraint: a later version adds verbs without a migration
    sa.Column("week_id", sa.Text),  # points at nothing: a week may go, what was done in it stays told
    sa.Column("of", sa.Integer, sa.ForeignKey("journal.sequence")),
    _number("size"),
    _text("facts"),
    _text("changes"),
)
"""One line an edit: facts as JSON, changes as JSON with the images before and after. Lines are only ever added."""

META = sa.Table("meta", METADATA, sa.Column("name", sa.Text, primary_key=True), _text("value"))
"""Notes about the file itself: its own id, when it was made, the digest of everything in it."""
