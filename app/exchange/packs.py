"""Recipients' workbooks: each built from that recipient's rows alone, with no hidden sheet, filter or comment."""

from __future__ import annotations

from app.exchange.desk_packs import desk_packs
from app.exchange.filenames import safe_name
from app.exchange.pages.teams import clearance_words, consent_words
from app.exchange.paperweek import PaperVisit, PaperWeek
from app.exchange.rota.overview import no_visit
from app.exchange.rota.teams import team_sheet
from app.exchange.rota.visitors import visitor_sheet
from app.exchange.safe import Safe
from app.exchange.sheets import Column, Paper, Papers, Row, Sheet, Tone, papers_of
from app.exchange.version import Version
from app.models.view import Visitor, WeekTeam, WeekView
from app.text import translate
from app.words.dates import counted, day


def packs(
    view: WeekView,
    *,
    version: Version,
    people: frozenset[str] | None = None,
    teams: frozenset[str] | None = None,
) -> dict[str, bytes]:
    """`packs/visitors/*.xlsx`, `packs/teams/*.xlsx` by path, and the desk's and receptions' where all are wanted.

    `people`, `teams`: the ids wanted; None is all.
    """
    paper = PaperWeek(view)
    files: dict[str, bytes] = {}
    used: set[str] = set()
    for visitor in paper.visitors():
        name = safe_name(paper.name(visitor), used, suffix=".xlsx")
        if people is None or visitor.id in people:
            files[f"packs/visitors/{name}"] = visitor_pack(paper, visitor, version)
    used = set()
    for team in view.teams.values():
        name = safe_name(paper.safe.team_name(team), used, suffix=".xlsx")
        if teams is None or team.id in teams:
            files[f"packs/teams/{name}"] = team_pack(paper, team, version)
    if people is None and teams is None:
        files.update(desk_packs(paper, lambda title: _papers(paper, version, title)))
    return files


def visitor_pack(paper: PaperWeek, visitor: Visitor, version: Version) -> bytes:
    """One visitor's itinerary and what to remember; places that the PA released to them under their names."""
    safe = Safe.for_itinerary(paper.view, visitor.id)
    own = paper if safe is paper.safe else PaperWeek(paper.view, safe=safe)
    sheets = [visitor_sheet(own, visitor, translate("Itinerary")), _remember(own)]
    from app.exchange.workbook_text import workbook_bytes  # brings openpyxl, which takes its time

    return workbook_bytes(sheets, _papers(own, version, own.name(visitor)))


def team_pack(paper: PaperWeek, team: WeekTeam, version: Version) -> bytes:
    """One team's rota, and who comes, for the host."""
    sheets = [team_sheet(paper, team, translate("Rota")), _guests(paper, team)]
    from app.exchange.workbook_text import workbook_bytes  # brings openpyxl, which takes its time

    return workbook_bytes(sheets, _papers(paper, version, paper.safe.team_name(team)))


def _papers(paper: PaperWeek, version: Version, whose: str) -> Papers:
    return papers_of(paper.week, paper.safe, version, f"{whose}, {paper.safe.line(paper.week.name)}")


def _remember(paper: PaperWeek) -> Sheet:
    week, line = paper.week, paper.safe.line
    pairs = [
        (translate("Desk"), line(week.organiser)),
        (translate("Ring"), line(week.organiser_phone)),
        (translate("Write to"), line(week.organiser_email)),
        (translate("Dress"), line(week.dress)),
        (translate("Photo ID"), translate("Please bring it") if week.photo_id else ""),
        (
            translate("Confidentiality"),
            paper.safe.text(week.confidentiality_note)
            or translate("What you see and hear about children and families stays in the room."),
        ),
    ]
    return Sheet(
        name=translate("Please remember"),
        titles=[translate("Please remember")],
        abouts=[translate("Whom to ring, what to bring, what stays in the room")],
        columns=[Column(head=translate("About"), share=1.0), Column(head=translate("What to know"), share=3.0)],
        rows=[Row(values=[about, text], styles=[Tone.STRONG, Tone.TEXT]) for about, text in pairs if text],
        paper=Paper.A4_PORTRAIT,
    )


def _guests(paper: PaperWeek, team: WeekTeam) -> Sheet:
    visits = paper.by_team.get(team.id, [])
    heads = [
        (translate("When"), 1.0), (translate("Who comes"), 1.3), (translate("Role and organisation"), 1.6),
        (translate("Clearance"), 1.1), (translate("Needs"), 1.0), (translate("Activity and purpose"), 1.4),
        (translate("Consent"), 1.0),
    ]  # fmt: skip
    rows = [_guest(paper, one) for one in visits]
    if not rows:
        rows = [Row(values=[no_visit()] * len(heads), styles=[Tone.QUIET] * len(heads))]
    return Sheet(
        name=translate("For the host"),
        titles=[translate("For the host: {team}").format(team=paper.safe.team_name(team)), translate("For the host")],
        abouts=[translate("{visits}. For the host and the deputy alone.").format(visits=counted(len(visits), "visit"))],
        columns=[Column(head=head, share=share) for head, share in heads],
        rows=rows,
        paper=Paper.A4_LANDSCAPE,
    )


def _guest(paper: PaperWeek, one: PaperVisit) -> Row:
    line = paper.safe.line
    person, nothing = one.visitor.person, translate("–")
    return Row(
        values=[
            f"{day(one.day)}\n{one.hours}", one.who,
            ", ".join(part for part in (line(person.role), line(person.organisation)) if part) or nothing,
            clearance_words(one.visitor.clearance), line(person.needs) or translate("None told"),
            "\n".join(part for part in (one.activity, one.purpose) if part) or translate("To agree with the visitor"),
            consent_words(one),
        ],
        styles=[Tone.STRONG, *([Tone.TEXT] * 6)],
    )  # fmt: skip
