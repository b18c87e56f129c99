"""Every column of the planning workbook can be read and changed in a list, and what cannot stand is refused."""

from __future__ import annotations

import pytest

from app.document import lists
from app.document.document import Document
from app.exchange.planning.vocabulary import SETTINGS, SHAPE
from app.models.people import Liking, Presence
from app.models.view import WeekView, view
from app.ui.lists.column import Editor, Listing, Row
from app.ui.lists.columns_people import AVAILABILITY_LIST, PAST_LIST, VISITOR_LIST, WISH_LIST
from app.ui.lists.columns_places import ROAD_LIST, SITE_LIST, SLOT_LIST, TEAM_LIST, TRAVEL_GRID
from app.ui.lists.columns_visits import VISIT_LIST
from app.ui.lists.columns_week import WEEK_LIST, groups
from app.ui.lists.edits import NotThatError, Typed, add_row, change_cells, delete_rows, what_hangs
from app.words.edits import history_label, undo_label
from tests.builders import Builder, a_week, day

LISTS = (
    VISITOR_LIST, AVAILABILITY_LIST, WISH_LIST, PAST_LIST, SITE_LIST, ROAD_LIST, TEAM_LIST, SLOT_LIST, VISIT_LIST,
)  # fmt: skip


def full_week() -> Builder:
    """One row in every list."""
    made = a_week()
    made.site("North Hub").site("Home", protected=True, alias="Home A").road("North Hub", "Home", 20)
    made.team("MASH", site="North Hub").team("Tutors", "Education", site="Home")
    made.slot("S1", "MASH", 0).slot("S2", "Tutors", 1)
    made.visitor("Ann Lee", base="North Hub").visitor("Bo Day")
    made.available("Ann Lee", Presence.BUSY, 0, "09:00", "10:00").wish("Ann Lee", Liking.LIKE, team="MASH")
    return made.seen("Bo Day", "MASH", day(-100)).visit("Ann Lee", "S2")


def first(listing: Listing, week: WeekView) -> Row:
    return next(iter(listing.rows(week)))


def typed(week: WeekView, listing: Listing, column: str, text: str, row: Row | None = None) -> WeekView:
    """The week after that text is typed into a cell, through the door."""
    document = Document.memory(week.plan)
    cell = Typed(row=row or first(listing, week), column=listing.column(week, column), text=text)
    document.do(change_cells(week, listing, [cell]))
    return view(document.plan, week.week.id)


CHANGES: list[tuple[Listing, str, str, str]] = [
    (VISITOR_LIST, "Visitor", " Ann  Leigh ", "Ann Leigh"), (VISITOR_LIST, "Role", "Director", "Director"),
    (VISITOR_LIST, "Organisation", "Council", "Council"), (VISITOR_LIST, "Kind", "COUNCILLOR", "councillor"),
    (VISITOR_LIST, "Email", "a@b.example", "a@b.example"), (VISITOR_LIST, "Assistant", "Pat", "Pat"),
    (VISITOR_LIST, "Assistant email", "p@b.example", "p@b.example"), (VISITOR_LIST, "Min visits", "2", "2"),
    (VISITOR_LIST, "Max visits", "4", "4"), (VISITOR_LIST, "Max per day", "1", "1"),
    (VISITOR_LIST, "Clearance", "not yet", "not yet"), (VISITOR_LIST, "Base", "home", "Home"),
    (VISITOR_LIST, "Division", "North", "North"), (VISITOR_LIST, "Needs", "Lift\nplease", "Lift\nplease"),
    (VISITOR_LIST, "Standby", "y", "yes"),
    (AVAILABILITY_LIST, "Visitor", "bo day", "Bo Day"),
    (AVAILABILITY_LIST, "Date", "23 March", "Tue 23 March 2027"), (AVAILABILITY_LIST, "From", "8.30", "08:30"),
    (AVAILABILITY_LIST, "To", "11am", "11:00"), (AVAILABILITY_LIST, "Status", "rather not", "rather not"),
    (WISH_LIST, "Visitor", "Bo Day", "Bo Day"), (WISH_LIST, "Team", "Tutors", "Tutors"),
    (WISH_LIST, "Service", "education", "Education"), (WISH_LIST, "Wish", "never", "never"),
    (WISH_LIST, "Reason", "was there", "was there"),
    (PAST_LIST, "Visitor", "Ann Lee", "Ann Lee"), (PAST_LIST, "Team", "Old team", "Old team"),
    (PAST_LIST, "Date", "2026-10-05", "Mon 5 October 2026"),
    (SITE_LIST, "Site", "Hearth", "Hearth"), (SITE_LIST, "Address", "1 Lane\nTown", "1 Lane\nTown"),
    (SITE_LIST, "Postcode", "OX1 1AA", "OX1 1AA"), (SITE_LIST, "Protected", "no", "no"),
    (SITE_LIST, "Shown as", "Home B", "Home B"), (SITE_LIST, "Division", "South", "South"),
    (SITE_LIST, "Parking", "Behind", "Behind"), (SITE_LIST, "Arrival notes", "Ring", "Ring"),
    (ROAD_LIST, "From", "Home", ""), (ROAD_LIST, "To", "North Hub", ""), (ROAD_LIST, "Minutes", "35", "35"),
    (TEAM_LIST, "Team", "Front door", "Front door"), (TEAM_LIST, "Service", "youth justice", "youth justice"),
    (TEAM_LIST, "Site", "online", "online"), (TEAM_LIST, "Host", "Kit", "Kit"),
    (TEAM_LIST, "Host email", "k@b.example", "k@b.example"), (TEAM_LIST, "Host phone", "01632 960001", "01632 960001"),
    (TEAM_LIST, "Deputy", "Lou", "Lou"), (TEAM_LIST, "Deputy email", "l@b.example", "l@b.example"),
    (TEAM_LIST, "Min visits", "1", "1"), (TEAM_LIST, "Max visits", "3", "3"), (TEAM_LIST, "Max per day", "2", "2"),
    (TEAM_LIST, "Clearance needed", "Confirmed", "confirmed"), (TEAM_LIST, "Line", "Line 1", "Line 1"),
    (TEAM_LIST, "Notes", "Be kind", "Be kind"),
    (SLOT_LIST, "Slot", "S9", "S9"), (SLOT_LIST, "Team", "tutors", "Tutors"),
    (SLOT_LIST, "Date", "Wednesday", "Wed 24 March 2027"), (SLOT_LIST, "Start", "0900", "09:00"),
    (SLOT_LIST, "End", "12:15", "12:15"), (SLOT_LIST, "Places", "2", "2"), (SLOT_LIST, "Activity", "Duty", "Duty"),
    (SLOT_LIST, "Purpose", "See", "See"), (SLOT_LIST, "Site", "Home", "Home"), (SLOT_LIST, "Host", "Jo", "Jo"),
    (SLOT_LIST, "Host email", "j@b.example", "j@b.example"), (SLOT_LIST, "Consent", "to ask", "to ask"),
    (SLOT_LIST, "Consent by", "1/3/2027", "Mon 1 March 2027"),
    (VISIT_LIST, "Visitor", "Bo Day", "Bo Day"), (VISIT_LIST, "Slot", "s1", "S1"), (VISIT_LIST, "Pinned", "yes", "yes"),
    (VISIT_LIST, "Status", "confirmed", "confirmed"), (VISIT_LIST, "Permitted", "agreed", "agreed"),
    (WEEK_LIST, "Week name", "Autumn week", "Autumn week"), (WEEK_LIST, "First day", "21/3/2027", "Sun 21 March 2027"),
    (WEEK_LIST, "Last day", "2027-03-27", "Sat 27 March 2027"), (WEEK_LIST, "Organisation", "Council", "Council"),
    (WEEK_LIST, "Organiser", "Desk", "Desk"), (WEEK_LIST, "Organiser email", "d@c.example", "d@c.example"),
    (WEEK_LIST, "Organiser phone", "01632 960000", "01632 960000"),
    (WEEK_LIST, "Time zone", "europe/london", "Europe/London"), (WEEK_LIST, "Day starts", "9", "09:00"),
    (WEEK_LIST, "Day ends", "17:30", "17:30"), (WEEK_LIST, "Buffer minutes", "5", "5"),
    (WEEK_LIST, "Lunch from", "11:30", "11:30"), (WEEK_LIST, "Lunch to", "13:30", "13:30"),
    (WEEK_LIST, "Lunch minutes", "0", "0"), (WEEK_LIST, "Same team once", "no", "no"),
    (WEEK_LIST, "Priorities", "travel, fresh-eyes", "travel, fresh eyes"),
    (WEEK_LIST, "Marking", "OFFICIAL", "OFFICIAL"),
    (WEEK_LIST, "Subjects", "team", "team"), (WEEK_LIST, "Replies wanted", "no", "no"),
    (WEEK_LIST, "Pre-election from", "2027-03-20", "Sat 20 March 2027"),
    (WEEK_LIST, "Pre-election to", "2027-03-30", "Tue 30 March 2027"), (WEEK_LIST, "Dress", "Smart", "Smart"),
    (WEEK_LIST, "Photo ID", "no", "no"), (WEEK_LIST, "Confidentiality note", "Hush", "Hush"),
    (WEEK_LIST, "Logo", "logo.png", "logo.png"),
]  # fmt: skip


def test_every_column_of_the_planning_workbook_has_a_change_to_try() -> None:
    tried = {(listing.sheet, column) for listing, column, _, _ in CHANGES}
    sheets = {(sheet, one.name) for sheet, shape in SHAPE.items() if sheet != "Week" for one in shape.columns}
    assert tried == sheets | {("Week", one.name) for one in SETTINGS}


@pytest.mark.parametrize(("listing", "column", "text", "shown"), CHANGES)
def test_a_cell_takes_what_is_typed(listing: Listing, column: str, text: str, shown: str) -> None:
    week = full_week().view()
    if listing is ROAD_LIST and column in {"From", "To"}:
        with pytest.raises(NotThatError, match="itself"):
            typed(week, listing, column, text)
        return
    after = typed(week, listing, column, text)
    texts = [listing.column(after, column).text(after, row) for row in listing.rows(after)]
    assert shown in texts


@pytest.mark.parametrize(
    ("listing", "column", "text", "why"),
    [
        (VISITOR_LIST, "Visitor", "  ", "Visitor: is blank but needed"),
        (VISITOR_LIST, "Visitor", "bo DAY", "There is a visitor called bo DAY already"),
        (VISITOR_LIST, "Min visits", "-1", "Min visits: “-1” is below 0"),
        (VISITOR_LIST, "Min visits", "1.5", "not a whole number"),
        (VISITOR_LIST, "Kind", "king", "is not a word that can stand here; write chief officer"),
        (VISITOR_LIST, "Base", "North Hubb", "did you mean “North Hub”"),
        (VISITOR_LIST, "Standby", "maybe", "neither yes nor no"),
        (AVAILABILITY_LIST, "Date", "30/2/2027", "is not a date"),
        (AVAILABILITY_LIST, "From", "", "one of the two times is missing"),
        (AVAILABILITY_LIST, "To", "08:00", "08:00 is not after 09:00"),
        (WISH_LIST, "Team", "", "neither a team nor a service is given"),
        (WISH_LIST, "Service", "Police", "no team has the service “Police”"),
        (SITE_LIST, "Shown as", "", "is protected but has no name to be shown as"),
        (SITE_LIST, "Site", "Online", "is built in"),
        (ROAD_LIST, "Minutes", "soon", "is not a number"),
        (TEAM_LIST, "Max visits", "", ""),
        (SLOT_LIST, "Date", "Sat 27 March 2027", "is outside the week"),
        (SLOT_LIST, "Start", "25:00", "is not a time of day"),
        (SLOT_LIST, "End", "09:30", "09:30 is not after 09:30"),
        (SLOT_LIST, "Places", "0", "is too few; write 1 or more"),
        (SLOT_LIST, "Slot", "s2", "There is a slot called s2 already"),
        (WEEK_LIST, "First day", "2027-03-23", "S1 would lie outside"),
        (WEEK_LIST, "Last day", "2027-03-01", "Last day: Mon 1 March 2027 is not after Mon 22 March 2027"),
        (WEEK_LIST, "Lunch minutes", "500", "500 minutes of lunch do not fit"),
        (WEEK_LIST, "Time zone", "Europe/Paris", "is not known here"),
        (WEEK_LIST, "Priorities", "wishes, luck", "“luck” is not a priority"),
        (WEEK_LIST, "Organiser email", "desk", "is not an e-mail address"),
    ],
)
def test_an_impossible_value_is_refused_in_words(listing: Listing, column: str, text: str, why: str) -> None:
    week = full_week().view()
    if not why:
        typed(week, listing, column, text)
        return
    with pytest.raises(NotThatError) as told:
        typed(week, listing, column, text)
    assert why in str(told.value)


def test_an_edit_is_named_after_what_it_changes() -> None:
    week = full_week().view()
    cell = Typed(row=first(VISITOR_LIST, week), column=VISITOR_LIST.column(week, "Role"), text="Chief")
    assert history_label(change_cells(week, VISITOR_LIST, [cell])) == "Change of visitor Ann Lee"
    setting = Typed(row=first(WEEK_LIST, week), column=WEEK_LIST.column(week, "Dress"), text="Smart")
    assert history_label(change_cells(week, WEEK_LIST, [setting])) == "Change of the week's settings"


def test_a_wish_moves_from_a_team_to_its_service() -> None:
    after = typed(full_week().view(), WISH_LIST, "Service", "Education")
    assert WISH_LIST.column(after, "Team").text(after, first(WISH_LIST, after)) == ""


def test_the_same_wish_twice_is_refused() -> None:
    week = full_week().wish("Bo Day", Liking.LIKE, team="MASH").view()
    with pytest.raises(NotThatError, match="in the list already"):
        typed(week, WISH_LIST, "Visitor", "Bo Day")


def test_a_new_row_gets_the_identity_that_a_workbook_gives_it() -> None:
    week = a_week().view()
    edit, key = add_row(week, SITE_LIST, {"Site": "North Hub"})
    assert edit.changes[0].id == key == Builder().site("North Hub").entities[key].id


def test_a_new_row_without_what_it_needs_is_refused() -> None:
    week = full_week().view()
    with pytest.raises(NotThatError, match="Service: is blank but needed"):
        add_row(week, TEAM_LIST, {"Team": "New", "Site": "Home"})


def test_somebody_known_from_another_week_keeps_what_is_known() -> None:
    built = full_week()
    gone = next(row for row in VISITOR_LIST.rows(built.view()) if row.key)
    document = Document.memory(built.plan())
    week = view(document.plan, built.week.id)
    attendance = gone.parts[1]
    document.do(lists.delete(document.plan, attendance))
    week = view(document.plan, built.week.id)
    edit, key = add_row(week, VISITOR_LIST, {"Visitor": "ann lee", "Min visits": "2"})
    document.do(edit)
    after = view(document.plan, built.week.id)
    assert key == gone.key
    assert after.visitors[key].person.base_id == week.plan.people[key].base_id is not None


def test_travel_minutes_are_typed_into_a_grid_and_taken_away_again() -> None:
    week = full_week().site("South Hub").view()
    south = next(row for row in TRAVEL_GRID.rows(week) if row.parts[0].name == "South Hub")  # type: ignore[union-attr]  # a site
    home = next(one for one in TRAVEL_GRID.columns(week) if one.title == "Home")
    after = typed(week, TRAVEL_GRID, home.name, "15", south)
    assert len(after.plan.roads) == 2
    back_row = next(row for row in TRAVEL_GRID.rows(after) if row.key == home.name)
    assert TRAVEL_GRID.column(after, south.key).hint(after, back_row) == "15"
    again = typed(after, TRAVEL_GRID, home.name, "", south)
    assert again.plan.roads == week.plan.roads


def test_moving_a_visit_in_the_list_keeps_its_uid() -> None:
    week = full_week().view()
    after = typed(week, VISIT_LIST, "Slot", "S1")
    assert [one.uid for one in after.visits] == [one.uid for one in week.visits]


def test_deleting_names_what_hangs_on_a_row() -> None:
    week = full_week().view()
    team = first(TEAM_LIST, week)
    assert what_hangs(week, TEAM_LIST, [team]) == "1 slot and 1 wish"
    document = Document.memory(week.plan)
    document.do(delete_rows(week, TEAM_LIST, [team]))
    after = view(document.plan, week.week.id)
    assert [one.name for one in after.teams.values()] == ["Tutors"]
    assert next(iter(after.plan.past_visits.values())).team_name == "MASH"


def test_the_groups_of_settings_hold_each_setting_once() -> None:
    held = [name for _, names in groups() for name in names]
    assert sorted(held) == sorted(one.name for one in SETTINGS)


_IMPOSSIBLE = {
    Editor.COUNT: "-1", Editor.DATE: "soon", Editor.TIME: "25:61", Editor.YES_NO: "maybe", Editor.WORD: "king",
    Editor.NAME: "Nobody at all", Editor.LINE: "x" * 40_000, Editor.TEXT: "x" * 40_000,
}  # fmt: skip
"""What cannot stand in a cell, by its editor."""


@pytest.mark.parametrize(("listing", "column"), [(listing, column) for listing, column, _, _ in CHANGES])
def test_no_column_takes_what_cannot_stand(listing: Listing, column: str) -> None:
    week = full_week().view()
    one = listing.column(week, column)
    text = _IMPOSSIBLE[Editor.LINE if one.editor is Editor.NAME and not one.closed else one.editor]
    before = [one.text(week, row) for row in listing.rows(week)]
    with pytest.raises(NotThatError) as refused:
        typed(week, listing, column, text)
    assert str(refused.value).startswith(f"{one.heading}: ")
    assert str(refused.value).endswith(".")
    assert [one.text(week, row) for row in listing.rows(week)] == before


@pytest.mark.parametrize(("listing", "column", "text", "shown"), CHANGES)
def test_each_change_is_one_named_undo(listing: Listing, column: str, text: str, shown: str) -> None:
    week = full_week().view()
    if listing is ROAD_LIST and column in {"From", "To"}:
        return
    document = Document.memory(week.plan)
    cell = Typed(row=first(listing, week), column=listing.column(week, column), text=text)
    edit = change_cells(week, listing, [cell])
    if not edit.changes:
        return  # the cell says so already
    document.do(edit)
    assert document.can_undo is not None
    assert undo_label(document.can_undo).startswith("Undo ")
    assert len(undo_label(document.can_undo)) > len("Undo change")
    document.undo()
    assert document.plan == week.plan
    assert document.can_undo is None
