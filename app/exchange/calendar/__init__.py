"""Calendar files for Outlook and every other calendar, to the letter of RFC 5545 and RFC 5546.

`said` composes what each recipient is told of a visit, `event` turns that into bytes, `files` names the files of a
whole week. What may be in them is decided in `app.exchange.safe`.
"""

from app.exchange.calendar.files import CalendarFile, Invitations, Names, invitations, week_file
from app.exchange.calendar.said import Said, Told, numbers, told

__all__ = [
    "CalendarFile",
    "Invitations",
    "Names",
    "Said",
    "Told",
    "invitations",
    "numbers",
    "told",
    "week_file",
]
