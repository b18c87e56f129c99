"""Forms out and in (ROTAS.md, "Incoming forms").

`fields` is the vocabulary: what a form can tell, and how people head their columns. `write` makes the forms; `sheets`
reads what comes back, in the limited process; `layout` finds the header and what the columns are. `spoken` reads days
and times as people write them, with `days` and `hours`; `names` and `marks` read those. What the rows do to a week is
decided in `app.document.forms`.
"""
