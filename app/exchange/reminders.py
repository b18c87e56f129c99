"""Reminders as e-mail drafts: one for each person who is asked for something, unsent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from app.exchange.calendar.said import usable
from app.exchange.filenames import safe_name
from app.exchange.leaks import refuse_forms
from app.exchange.safe import Safe, clean_line
from app.models.chase import Chased
from app.models.names import fold
from app.models.view import WeekView
from app.models.week import Week
from app.text import translate
from app.words.chase import asked_words


def reminders(week: WeekView, chased: Iterable[Chased]) -> Mapping[str, bytes]:
    """The drafts by file name. Whoever has no usable address gets none.

    Raises Refused("leak") where they would give something away.
    """
    safe = Safe.of(week)
    people: dict[str, list[Chased]] = {}
    for one in chased:
        if usable(one.email):
            people.setdefault(fold(one.email), []).append(one)
    found: dict[str, bytes] = {}
    for mine in people.values():
        who = safe.line(mine[0].who)
        name, number = safe_name(who), 1
        while fold(name) in {fold(known.removesuffix(".eml")) for known in found}:
            number += 1
            name = safe_name(f"{who} {number}")
        found[f"{name}.eml"] = _draft(week.week, safe, mine)
    refuse_forms(week, found)
    return found


def _draft(week: Week, safe: Safe, mine: list[Chased]) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if usable(week.organiser_email):
        message["From"] = Address(clean_line(week.organiser), addr_spec=week.organiser_email)
    message["To"] = Address(safe.line(mine[0].who), addr_spec=mine[0].email)
    message["Subject"] = safe.line(translate("{week}: a reminder").format(week=week.name))
    lines = [translate("Dear {who},").format(who=mine[0].who), ""]
    lines += [text for one in mine for text in (asked_words(one), "")]
    lines += [translate("Kind regards"), week.organiser, ""]
    message.set_content(safe.text("\n".join(lines)), cte="base64")
    return message.as_bytes()
