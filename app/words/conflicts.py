"""The sentences for pins that cannot hold together."""

from __future__ import annotations

from app.models.findings import Conflict
from app.models.view import WeekView
from app.text import translate
from app.words.dates import listed
from app.words.labels import slot_label, visitor_name
from app.words.problems import rule_name


def conflict_text(view: WeekView, conflict: Conflict) -> str:
    """One sentence that names the pins and the rule: `These 2 pins cannot hold together (clash): …`."""
    visits = [view.plan.visits[visit_id] for visit_id in conflict.visits]
    names = [
        translate("{who} at {here}").format(
            who=visitor_name(view, visit.person_id), here=slot_label(view.slots.get(visit.slot_id))
        )
        for visit in visits
    ]
    heading = rule_name(conflict.broken.rule)
    facts = {
        "names": listed(names) if len(names) < 3 else "; ".join(names), "count": len(names), "stay": conflict.stay,
        "rule": heading[:1].lower() + heading[1:],
    }  # fmt: skip
    if len(names) == 1:
        return translate("This pin cannot hold ({rule}): {names}.").format(**facts)
    if conflict.stay == len(names) - 1:
        return translate("These {count} pins cannot hold together ({rule}): {names}.").format(**facts)
    return translate("Of these {count} pins at most {stay} can hold ({rule}): {names}.").format(**facts)


def conflict_mend(conflict: Conflict) -> str:
    """What would mend it."""
    over = len(conflict.visits) - conflict.stay
    if len(conflict.visits) == 1:
        return translate("Unpin it, or allow it with a reason.")
    if over == 1:
        return translate("Unpin one of them, or allow it with a reason.")
    return translate("Unpin {over} of them, or allow them with a reason.").format(over=over)
