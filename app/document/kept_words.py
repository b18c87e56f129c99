"""Backups, salvages and shared files in words."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.salvaged import Listed, Salvaged
from app.store.backups import Backup, Occasion
from app.store.places import Kind, Place
from app.store.verify import Summary
from app.text import translate
from app.words.dates import clock, counted, day_year, listed
from app.words.edits import kind_words

_MOST_NAMES = 12


def occasion_words(occasion: Occasion) -> str:
    """Why a backup was made, as words that stand alone."""
    return {
        Occasion.HAND: translate("Made by hand"),
        Occasion.TIME: translate("Made by itself"),
        Occasion.IMPORT: translate("Before an import"),
        Occasion.MATCH: translate("Before a match"),
        Occasion.RESTORE: translate("Before a restore"),
        Occasion.MIGRATE: translate("Before an update of the file"),
        Occasion.ERASE: translate("Before an erasure"),
        Occasion.TAKE: translate("Somebody else's, before a hand-over"),
    }[occasion]


def moment_words(backup: Backup) -> str:
    """`Tue 9 July 2019, 09:30`, in local time."""
    at = backup.at.astimezone()
    return f"{day_year(at.date())}, {clock(at.time())}"


def holds_words(summary: Summary) -> str:
    """`1 week, 40 visits`."""
    rows = dict(summary.counts)
    weeks = counted(rows.get("weeks", 0), translate("week"), translate("weeks"))
    return f"{weeks}, {counted(rows.get('visits', 0), translate('visit'), translate('visits'))}"


def differences_words(differences: Mapping[str, tuple[int, int, int]]) -> str:
    """What a backup has that is not there now, what it lacks, and what it has otherwise; by table."""
    parts = []
    for table, (more, less, other) in differences.items():
        told = [
            translate("{number} more").format(number=f"{more:,}") if more else "",
            translate("{number} fewer").format(number=f"{less:,}") if less else "",
            translate("{number} different").format(number=f"{other:,}") if other else "",
        ]
        if any(told):
            parts.append(f"{kind_words(table, 2)}: {listed([part for part in told if part])}")
    return "; ".join(parts) if parts else translate("the same as now")


def salvage_lines(found: Salvaged) -> list[str]:
    """What a salvage brought, what it left out by name, and what is to be looked at."""
    brought = [
        f"{len(rows):,} {kind_words(table, len(rows))}"
        for table in ("weeks", "people", "teams", "slots", "visits")
        if (rows := found.plan.table(table))
    ]
    lines = [translate("Brought: {what}.").format(what=listed(brought) or translate("nothing"))]
    if found.from_history:
        entries = counted(found.from_history, translate("entry"), translate("entries"))
        lines.append(
            translate("Taken from the history, as the entry itself was lost: {entries}.").format(entries=entries)
        )
    lines += [translate("Left out: {what}.").format(what=_listed(one)) for one in found.left_out if one.table in _SHOWN]
    lost = next((one.count for one in found.left_out if one.table == "journal"), 0)
    if lost:
        steps = counted(lost, translate("step"), translate("steps"))
        lines.append(translate("Lost from the history: {steps}.").format(steps=steps))
    lines += [
        translate("Please look at these, which the history knows otherwise: {what}.").format(what=_listed(one))
        for one in found.doubtful
    ]
    if found.cut_short:
        lines.append(
            translate("The file holds far more than a week has. Only its first part was read; look what is missing.")
        )
    elif not found.left_out and not found.doubtful:
        lines.append(translate("Nothing was left out."))
    lines.append(translate("The new file begins a history of its own: earlier steps cannot be undone in it."))
    return lines


_SHOWN = frozenset({
    "weeks", "sites", "roads", "teams", "offers", "people", "attendances", "slots", "availability", "wishes",
    "past_visits", "visits", "publications", "issued", "calls", "releases",
})  # fmt: skip


def _listed(one: Listed) -> str:
    words = f"{one.count:,} {kind_words(one.table, one.count)}"
    if not one.names:
        return words
    names = [*one.names[:_MOST_NAMES], *(["…"] if len(one.names) > _MOST_NAMES else [])]
    return f"{words} ({', '.join(names)})"


def place_words(place: Place) -> str:
    """Why a file is worked on as a local copy, as the end of a sentence."""
    if place.kind is Kind.SYNCED:
        return translate("in a folder that {by} keeps in step").format(by=place.by)
    return translate("on a network drive")
