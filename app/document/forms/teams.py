"""A row of the team list: a team, where it is, who hosts, and how many visits it takes."""

from __future__ import annotations

from dataclasses import replace

from app.document.forms import cells as read
from app.document.forms.names import team_alike
from app.document.forms.row import NEW, SKIP, LeftOutError, Row
from app.document.lists import unused_id
from app.exchange.forms.fields import ID
from app.exchange.forms.names import is_team_name
from app.models.forms import Ask
from app.models.names import identity
from app.models.places import Offer, Team


def read_team(row: Row) -> str:
    """Read the row; gives the team's name."""
    team = _team_of(row)
    if team is None:
        return ""
    row.about.append(("team", team.id))
    week = row.known.week
    offer = row.known.offers.get(team.id)
    row.new = row.new or offer is None
    if offer is None:
        offer = Offer(id=identity("offer", week.name, team.name), week_id=week.id, team_id=team.id)
    team = row.plain("teams", team)
    if known := row.known.service(team.service):
        team = replace(team, service=known)
    for part, field in (("service", "Service"), ("site_id", "Site")):
        if not getattr(team, part):
            row.missing(field)
    row.keep(team)
    offer = row.plain("offers", offer)
    row.keep_counts(offer)
    return team.name


def _team_of(row: Row) -> Team | None:
    """The team that the row is about; None where that is asked."""
    known, name, answer = row.known, row.said("Team"), row.answer("Team")
    if not name or read.is_error(name):
        row.ask(Ask.NOT_READ if name else Ask.NAME_MISSING, "Team", expected="formula")
        return None
    if answer == SKIP:
        raise LeftOutError(Ask.NEAR_NAME)
    found = known.teams.get(answer) or (None if answer == NEW else _found(row, name))
    if found is not None or row.asks_about("Team"):
        return found
    row.new = True
    return Team(id=unused_id(known.plan, "teams", "team", name), name=name, service="", site_id="")


def _found(row: Row, name: str) -> Team | None:
    """The team that the id or the name names; a question where they do not agree, or the name is none."""
    known = row.known
    own, named = known.teams.get(row.said(ID)), known.team(name)
    if own is None or own is named:
        if named is not None:
            return named
        if near := known.near_teams(name):
            row.ask(Ask.NEAR_NAME, "Team", (*near, (NEW, ""), (SKIP, "")), other=near[0][1])
        elif not (is_team_name(name) and row.says_more):
            row.ask(Ask.ODD_NAME, "Team", ((NEW, ""), (SKIP, "")))
        return None
    if named is None and _shown_alike(row, name, own):
        return own
    both = ((own.id, own.name), *(((named.id, named.name),) if named is not None else ()))
    row.ask(Ask.NEAR_NAME, "Team", (*both, (NEW, ""), (SKIP, "")), other=own.name)
    return None


def _shown_alike(row: Row, name: str, team: Team) -> bool:
    """Whether a name is much like a team's, or like what our own form calls it."""
    safe = row.known.safe
    return team_alike(name, team.name) or (safe is not None and team_alike(name, safe.team_name(team)))
