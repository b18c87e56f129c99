"""Ready-made reasons for what a rule forbids."""

from __future__ import annotations

from app.models.findings import Rule
from app.words.reasons import ready_reasons


def test_every_rule_has_a_likely_reason_before_those_that_fit_any_rule() -> None:
    general = ready_reasons(())
    assert len(general) >= 2
    for rule in Rule:
        own = ready_reasons((rule,))
        assert own[1:] == general
        assert own[0]
        assert own[0] not in general


def test_rules_with_the_same_reason_give_it_once() -> None:
    assert len(ready_reasons((Rule.TEAM_MAX, Rule.TEAM_DAY_MAX))) == len(ready_reasons((Rule.TEAM_MAX,)))
