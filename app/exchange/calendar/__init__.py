"""Calendar files for Outlook and every other calendar, to the letter of RFC 5545 and RFC 5546.

`said` composes what each recipient is told of a visit, `event` turns that into bytes, `files` names the files of a
whole week. What may be in them is decided in `app.exchange.safe`. Nothing is imported here: the window compares what
was said at its start, long before it makes a file.
"""
