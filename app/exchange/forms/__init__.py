"""Forms out and in (ROTAS.md, "Incoming forms").

`fields` is the vocabulary: what a form can tell, and how people head their columns. `write` makes the forms; `sheets`
reads what comes back, in the limited process; `layout` finds the header and what the columns are; `spoken` reads
times, names and marks as people write them. What the rows do to a week is decided in `app.document.forms`.
"""
