"""Ready-made reasons for allowing what a rule forbids, to pick instead of typing: those of the rule first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from app.models.findings import Rule
from app.text import translate


def ready_reasons(rules: Iterable[Rule]) -> tuple[str, ...]:
    """What is likely to be the reason for breaking these rules."""
    own = dict.fromkeys(_reason(rule) for rule in rules)
    return (*own, translate("Agreed with the visitor"), translate("Agreed with the team"))


def _reason(rule: Rule) -> str:
    match rule:
        case Rule.CLASH:
            text = translate("Leaves early or comes late, as agreed")
        case Rule.NOT_FREE:
            text = translate("The diary has been cleared")
        case Rule.LUNCH:
            text = translate("Lunch is taken at the visit")
        case Rule.NEVER:
            text = translate("The visitor has changed their mind")
        case Rule.CLEARANCE:
            text = translate("Accompanied throughout")
        case Rule.CONSENT:
            text = translate("Consent was given by phone")
        case Rule.SLOT_FULL:
            text = translate("The team has room for one more")
        case Rule.HOST:
            text = translate("A colleague stands in as host")
        case Rule.VISITOR_MAX | Rule.VISITOR_DAY_MAX:
            text = translate("The visitor wants one more")
        case Rule.TEAM_MAX | Rule.TEAM_DAY_MAX:
            text = translate("The team takes one more")
        case Rule.SAME_TEAM:
            text = translate("The visitor wants to come again")
        case Rule.PIN:
            text = translate("Fixed before the rule was known")
        case _:
            assert_never(rule)
    return text
