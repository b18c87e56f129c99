"""The person that a row is about: by id, by address, by name; asked wherever these do not agree."""

from __future__ import annotations

from app.document.forms import cells as read
from app.document.forms.cells import UnreadError
from app.document.forms.names import ALIKE, alike
from app.document.forms.row import NEW, SKIP, LeftOutError, Row
from app.document.lists import unused_id
from app.exchange.forms.fields import ID
from app.exchange.forms.names import is_name, person_name
from app.exchange.planning import cells
from app.models.forms import Ask
from app.models.people import Person


def person_of(row: Row, *, new: bool) -> Person | None:
    """The person; None where that is asked. With `new` it may be somebody whom nobody knows yet."""
    name, answer = _one_name(row), row.answer(row.lead)
    if not name:
        return None
    if answer == SKIP:
        raise LeftOutError(Ask.UNKNOWN_NAME)
    found = row.known.people.get(answer) or (None if answer == NEW else _found(row, name, new=new))
    if found is not None or row.asks_about(row.lead):
        return found
    if not new:
        row.ask(Ask.UNKNOWN_NAME, row.lead, row.known.people_for(name, (SKIP, "")))
    elif answer == NEW or (is_name(name) and row.says_more):
        row.new = True
        return Person(id=unused_id(row.known.plan, "people", "person", name), name=name)
    else:
        row.ask(Ask.ODD_NAME, row.lead, ((NEW, ""), (SKIP, "")))
    return None


def _one_name(row: Row) -> str:
    """The name that the row leads with; blank where there is not exactly one, which is asked."""
    if read.is_error(row.said(row.lead)):
        row.ask(Ask.NOT_READ, row.lead, expected="formula")
        return ""
    name, several = person_name(cells.shown(row.cell(row.lead)))
    if not name or several:
        row.ask(Ask.TWO_PEOPLE if several else Ask.NAME_MISSING, row.lead)
        return ""
    return name


def _found(row: Row, name: str, *, new: bool) -> Person | None:
    """Whom the id, the address or the name names; a question where they do not agree."""
    known, lead = row.known, row.lead
    other = ((NEW, ""),) if new else ()
    own = known.people.get(row.said(ID))
    if own is not None:
        if alike(own.name, name) >= ALIKE:
            return own
        row.ask(Ask.NEAR_NAME, lead, ((own.id, own.name), *other, (SKIP, "")), other=own.name)
        return None
    mailed = known.by_mail(_mail(row))
    if mailed is not None:
        if alike(mailed.name, name) >= ALIKE:
            return mailed
        named = ((one.id, one.name) for one in known.by_name(name))
        row.ask(Ask.EMAIL_OF_OTHER, lead, ((mailed.id, mailed.name), *named, *other, (SKIP, "")), other=mailed.name)
        return None
    same = known.by_name(name)
    if len(same) == 1:
        return same[0]
    near = [(one.id, one.name) for one in same] or known.near_people(name)
    if near:
        row.ask(Ask.NEAR_NAME, lead, (*near, *other, (SKIP, "")), other=near[0][1])
    return None


def _mail(row: Row) -> str:
    try:
        return read.email(row.cell("Email"))
    except UnreadError:
        return ""
