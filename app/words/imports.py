"""An import in words: what is new, what changes, what stays."""

from __future__ import annotations

from app.models.imports import Altered, ImportSummary, SheetCount
from app.text import translate
from app.words.dates import counted, listed

_MOST_ALTERED = 20


def summary_text(summary: ImportSummary) -> str:
    """The whole summary, one line for each sheet that brings something, then old → new."""
    week = summary.week
    if summary.nothing:
        return translate("Nothing to import: {week} has it all already.").format(week=week)
    lines = [translate("Imported into {week}:").format(week=week)]
    lines += [f"  {count_text(count)}" for count in summary.counts if count.new or count.changed]
    lines += [f"  {altered_text(one)}" for one in summary.altered[:_MOST_ALTERED]]
    if (more := len(summary.altered) - _MOST_ALTERED) > 0:
        lines.append("  " + translate("and {count} more changes").format(count=f"{more:,}"))
    return "\n".join(lines)


def count_text(count: SheetCount) -> str:
    """`Visitors: 3 new, 1 changed, 7 as before`."""
    parts = [
        translate("{number} new").format(number=f"{count.new:,}") if count.new else "",
        translate("{number} changed").format(number=f"{count.changed:,}") if count.changed else "",
        translate("{number} as before").format(number=f"{count.same:,}") if count.same else "",
    ]
    told = ", ".join(part for part in parts if part) or translate("nothing")
    return f"{count.sheet}: {told}"


def altered_text(altered: Altered) -> str:
    """`Visitors: Zoë Specimen, Max visits: 3 → 4`."""
    blank = translate("blank")
    return f"{altered.sheet}: {altered.name}, {altered.column}: {altered.old or blank} → {altered.new or blank}"


def short_text(summary: ImportSummary) -> str:
    """`12 new rows and 3 changed rows`, for a status line."""
    if summary.nothing:
        return translate("nothing new")
    parts = []
    if summary.new:
        parts.append(counted(summary.new, translate("new row"), translate("new rows")))
    if summary.changed:
        parts.append(counted(summary.changed, translate("changed row"), translate("changed rows")))
    return listed(parts, translate("and"))
