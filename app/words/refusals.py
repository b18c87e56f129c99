"""A refusal as one plain sentence. Each subject keeps its own table of codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.errors import Refused
from app.text import translate
from app.words import (
    refusals_edits,
    refusals_input,
    refusals_names,
    refusals_output,
    refusals_publishing,
    refusals_repairs,
    refusals_store,
)


def _unsound(facts: Mapping[str, object]) -> str:
    because = facts.get("because")
    return translate("{file}: this does not go with what the database holds already. {reason}").format(
        file=facts.get("file", ""), reason=sentence(because) if isinstance(because, Refused) else ""
    )


SAYS: dict[str, Callable[[Mapping[str, object]], str]] = {"import-unsound": _unsound}
"""Those that give another refusal as their reason."""

_SAYS: dict[str, Callable[[Mapping[str, object]], str]] = {
    **SAYS,
    **refusals_store.SAYS,
    **refusals_edits.SAYS,
    **refusals_input.SAYS,
    **refusals_names.SAYS,
    **refusals_output.SAYS,
    **refusals_publishing.SAYS,
    **refusals_repairs.SAYS,
}


def known_codes() -> frozenset[str]:
    """The codes that have a sentence of their own."""
    return frozenset(_SAYS)


def sentence(refused: Refused) -> str:
    """What to tell the person who asked: what is the matter, and the mend."""
    says = _SAYS.get(refused.code)
    if says is None:
        return translate("That cannot be done here. Nothing was changed.")
    return says(refused.facts)
