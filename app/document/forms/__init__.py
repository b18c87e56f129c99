"""Forms that came back, and what they would do to a week (ROTAS.md, "Incoming forms").

`check` goes through the rows of every sheet and makes one edit of what asks nothing. `reading` knows which rows count;
`row` is one of them under way: its cells, what is asked, what it would put. What a row says is read by `visitors`,
`teams`, `slots` and `times`, with `people` and `names` to find whom and what it is about. `cells` reads single cells,
`memory` keeps what columns were taken for, `problems` saves back what could not be taken in.
"""
