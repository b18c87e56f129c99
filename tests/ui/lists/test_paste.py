"""A block from Excel is understood, looked at, and taken in as one edit."""

from __future__ import annotations

from app.document.document import Document
from app.models.view import WeekView, view
from app.ui.lists.column import Listing
from app.ui.lists.columns_people import VISITOR_LIST, WISH_LIST
from app.ui.lists.columns_places import SLOT_LIST, TRAVEL_GRID
from app.ui.lists.paste import Block, Pasting, State, block_of, guess, is_headed, paste_edit, text_of, understand
from app.words.edits import history_label
from tests.builders import a_week
from tests.ui.lists.test_columns import full_week


def understood(week: WeekView, listing: Listing, block: Block, first: int = 0, onto: int | None = None) -> Pasting:
    columns = listing.columns(week)
    headed = is_headed(columns, block)
    rows = [] if onto is None else list(listing.rows(week))[onto:]
    return understand(week, listing, block, guess(columns, block, first, headed=headed), headed=headed, onto=rows)


def taken(week: WeekView, listing: Listing, pasting: Pasting) -> WeekView:
    document = Document.memory(week.plan)
    document.do(paste_edit(week, listing, pasting))
    return view(document.plan, week.week.id)


def states(pasting: Pasting) -> list[State]:
    return [row.state for row in pasting.rows]


def test_cells_with_line_breaks_and_quotes_survive_the_clipboard() -> None:
    cells = [["a", 'say "hi"\nthere', "c\td"], ["", "2", ""]]
    assert block_of(text_of(cells)) == tuple(tuple(row) for row in cells)


def test_a_block_with_headings_finds_its_rows_by_name() -> None:
    week = full_week().view()
    block = block_of("Role\tVisitor\nDirector\tann lee\nMayor\tNew Person\n\tBo Day\n")
    pasting = understood(week, VISITOR_LIST, block)
    assert states(pasting) == [State.CHANGED, State.NEW, State.SAME]
    after = taken(week, VISITOR_LIST, pasting)
    assert {one.name: one.person.role for one in after.visitors.values()} == {
        "Ann Lee": "Director", "Bo Day": "", "New Person": "Mayor",
    } or {one.person.role for one in after.visitors.values()} == {"Director", "", "Mayor"}  # fmt: skip


def test_a_block_without_headings_is_laid_over_the_rows_and_goes_on_below() -> None:
    week = full_week().view()
    pasting = understood(week, VISITOR_LIST, block_of("Bo Day\tMayor\nCy Fox\tClerk"), first=0, onto=1)
    assert states(pasting) == [State.CHANGED, State.NEW]
    assert len(taken(week, VISITOR_LIST, pasting).visitors) == 3


def test_every_fault_is_told_with_its_row_and_the_others_can_be_taken() -> None:
    week = full_week().view()
    block = block_of(
        "Slot\tTeam\tDate\tStart\tEnd\nS7\tMASH\tTue\t9:00\t10:00\nS8\tMush\tTue\t9:00\t25:00\nS7\tMASH\tWed\t9\t10"
    )
    pasting = understood(week, SLOT_LIST, block)
    assert states(pasting) == [State.FAULT, State.FAULT, State.FAULT]
    told = [" ".join(row.faults.values()) for row in pasting.rows]
    assert "is not in the list of teams" in told[1]
    assert "is not a time of day" in told[1]
    assert "There is a slot called S7 already" in told[0]


def test_a_required_column_that_is_missing_is_told() -> None:
    pasting = understood(full_week().view(), SLOT_LIST, block_of("Slot\tDate\nS7\tTue"))
    assert "Team: is blank but needed" in " ".join(pasting.rows[0].faults.values())


def test_the_same_wish_twice_in_a_block_is_a_fault() -> None:
    block = block_of("Visitor\tTeam\tWish\nBo Day\tTutors\tlike\nBo Day\tTutors\tnever")
    pasting = understood(full_week().view(), WISH_LIST, block)
    assert states(pasting) == [State.NEW, State.FAULT]


def test_wishes_with_team_and_service_columns_are_read() -> None:
    block = block_of("Visitor\tTeam\tService\tWish\nBo Day\tTutors\t\tlike\nBo Day\t\tEducation\tnever")
    pasting = understood(full_week().view(), WISH_LIST, block)
    assert states(pasting) == [State.NEW, State.NEW]


def test_a_paste_is_one_named_edit() -> None:
    week = a_week().view()
    pasting = understood(week, VISITOR_LIST, block_of("Ann\nBo\nCy"))
    assert history_label(paste_edit(week, VISITOR_LIST, pasting)) == "Paste of 3 rows"


def test_minutes_are_pasted_into_the_travel_grid() -> None:
    week = full_week().view()
    pasting = understood(week, TRAVEL_GRID, block_of("\t12\n14\t"), first=1, onto=0)
    after = taken(week, TRAVEL_GRID, pasting)
    assert sorted(road.minutes for road in after.plan.roads.values()) == [12, 14]


def test_what_a_list_copies_it_takes_back_unchanged() -> None:
    week = full_week().view()
    for listing in (VISITOR_LIST, SLOT_LIST, WISH_LIST):
        columns = listing.columns(week)
        lines = [[one.heading for one in columns]]
        lines += [[one.text(week, row) for one in columns] for row in listing.rows(week)]
        pasting = understood(week, listing, block_of(text_of(lines)))
        assert set(states(pasting)) == {State.SAME}
