"""Write the file of this version that is kept for ever: `python -m tests.store.make_version`, once a release.

It holds at least one row of every table, an undone edit and a publication. A kept file is never written again.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from app.document import visits
from app.document.document import Document
from app.document.snapshots import snapshot
from app.models.change import Verb
from app.models.people import Liking, Presence
from app.models.plan import Plan
from app.models.publication import Call, Issued, Method, Publication, Recipient, Release
from app.store.header import VERSION
from tests.builders import a_week, day, person_id, site_id, visit_id

DATA = Path(__file__).parent / "data"


def path_of(version: int) -> Path:
    """Where the kept file of a version lies."""
    return DATA / f"version-{version}.pweek"


def make(path: Path) -> Plan:
    """Write the file and return the Plan in it."""
    week = (
        a_week().site("The Limes", protected=True, alias="Home A").team("Red", site="The Limes").slot("S1", "Red")
        .slot("S2", "Blue", on=1, site_id="online").visitor("Ann Lee", base="Town Hall", min_visits=1)
        .visitor("Zoë Ray", standby=True).road("Town Hall", "The Limes", 20)
        .available("Ann Lee", Presence.BUSY, 0, "12:00", "12:30").available("Zoë Ray", Presence.FREE, 1)
        .wish("Ann Lee", Liking.LIKE, team="Red").wish("Ann Lee", Liking.NEVER, service="Education")
        .seen("Ann Lee", "Blue", day(-200)).visit("Ann Lee", "S1")
    )  # fmt: skip
    document = Document.open(path, create=True)
    document.do(Plan().edit(Verb.IMPORT, put=week.entities.values(), file="week.xlsx"))
    document.do(visits.pin(document.plan, visit_id("Ann Lee", "S1")))
    document.do(visits.permit(document.plan, visit_id("Ann Lee", "S1"), "the Leader asked"))
    document.undo()
    plan, moment = document.plan, dt.datetime(2027, 3, 1, 9, 0, tzinfo=dt.UTC)
    visit = plan.visits[visit_id("Ann Lee", "S1")]
    document.record(
        plan.edit(
            Verb.PUBLISH,
            put=[
                Publication(
                    id="p1", week_id=week.week.id, number=1, at=moment, snapshot=snapshot(plan, week.week.id)
                ),
                Issued(
                    id="i1", publication_id="p1", visit_id=visit.id, recipient=Recipient.HOST, name="Manager of Red",
                    email="red@council.example", uid=visit.uid, sequence=0, method=Method.REQUEST, stamp=moment,
                    said="{}", digest="0" * 64,
                ),
                Call(
                    id="c1", publication_id="p1", visit_id=visit.id, recipient=Recipient.VISITOR, name="Ann Lee",
                    contact="01632 960001", old="", new="Mon 22 March, 09:30", told_at=moment, told_by="Una",
                ),
                Release(
                    id="r1", week_id=week.week.id, person_id=person_id("Ann Lee"), site_id=site_id("The Limes"),
                    reason="first visit", at=moment,
                ),
            ],
            week_id=week.week.id,
        )
    )  # fmt: skip
    plan = document.plan
    document.close()
    return plan


if __name__ == "__main__":
    kept = path_of(VERSION)
    if kept.exists():
        raise SystemExit(f"{kept.name} is kept already")
    DATA.mkdir(exist_ok=True)
    make(kept)
