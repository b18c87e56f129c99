"""Calendar files from outside (INVITES.md, "Reading visitors' diaries"): busy times, and answers to invitations.

`parts` takes a file to pieces so that one bad piece spoils no other, `zones` finds what a zone's name means, `busy`
works out when somebody is busy, `answers` what somebody replied. All of it runs in the limited process of
`app.exchange.guard`; titles, people and texts never leave that process.
"""
