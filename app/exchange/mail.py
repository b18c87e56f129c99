"""E-mail drafts: an invitation ready to send from Outlook, with the calendar file in it (INVITES.md, decision 5)."""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from app.exchange.calendar.event import invitation
from app.exchange.calendar.said import Revision, cancelled_text, usable
from app.models.publication import Method
from app.text import translate


def draft(revision: Revision, copy_to: str = "") -> bytes:
    """One draft, unsent: to the attendee, a copy to `copy_to`, the words as text, the file as `invite.ics`.

    The same revision makes the same bytes: nothing in it comes from the clock or from chance.
    """
    said, cancelled = revision.said, revision.method is Method.CANCEL
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if usable(said.organiser_address):
        message["From"] = Address(said.organiser, addr_spec=said.organiser_address)
    message["To"] = Address(said.attendee, addr_spec=said.address)
    if copy_to:
        message["Cc"] = Address(addr_spec=copy_to)
    message["Subject"] = translate("Cancelled: {subject}").format(subject=said.subject) if cancelled else said.subject
    message.set_content(cancelled_text(said) if cancelled else said.description, cte="base64")
    calendar = invitation(revision)
    message.add_attachment(
        calendar.decode(),
        subtype="calendar",
        cte="base64",
        filename="invite.ics",
        params={"method": revision.method.value},
    )
    # A boundary of chance would make every run another file.
    message.set_boundary(f"=_{hashlib.sha256(calendar).hexdigest()[:32]}")
    return message.as_bytes()
