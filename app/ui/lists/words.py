"""The words of each list: what it is called, how a row is added, what an empty one says."""

from __future__ import annotations

from app.text import translate


def title(listing_id: str) -> str:
    """What a list is called."""
    return {
        "visitors": translate("Visitors"), "availability": translate("Free and busy times"),
        "wishes": translate("Wishes"), "past": translate("Past visits"), "sites": translate("Sites"),
        "roads": translate("Travel, pair by pair"), "travel": translate("Travel minutes"),
        "teams": translate("Teams"), "slots": translate("Slots"), "visits": translate("Visits"),
        "wishes-of": translate("Wishes of the visitor"),
    }[listing_id]  # fmt: skip


def add_words(listing_id: str) -> str:
    """The button that adds a row."""
    return {
        "visitors": translate("&Add visitor…"), "availability": translate("&Add time…"),
        "wishes": translate("&Add wish…"), "past": translate("&Add past visit…"), "sites": translate("&Add site…"),
        "roads": translate("&Add travel time…"), "teams": translate("&Add team…"), "slots": translate("&Add slot…"),
        "visits": translate("&Add visit…"),
    }.get(listing_id, translate("&Add…"))  # fmt: skip


def empty_words(listing_id: str) -> str:
    """What to do where a list is empty."""
    return {
        "visitors": translate("Nobody visits this week yet. Add visitors one by one, or copy their rows in Excel and "
                              "paste them here."),
        "availability": translate("No times are noted: every visitor counts as free all week. Add when somebody is "
                                  "busy, or paint it on the tab “Free and busy”."),
        "wishes": translate("Nobody has a wish yet. Add what visitors would like to see, or rather not."),
        "past": translate("No past visits are noted. Add where visitors have been, so that they see something new."),
        "sites": translate("There are no sites yet. Begin here: add the places where teams work."),
        "roads": translate("No travel times are given, so every journey counts 0 minutes. Add them here or in the "
                           "grid."),
        "travel": translate("Add two sites first; then give the minutes on the road between them."),
        "teams": translate("No team takes part yet. Add sites first, then the teams that work there."),
        "slots": translate("No team offers a slot yet. Add teams first, then what each offers and when."),
        "visits": translate("Nobody has a visit yet. Match the week, or add a visit by hand."),
        "wishes-of": translate("Choose a visitor in the list; their wishes are chosen here."),
    }[listing_id]  # fmt: skip


def hint_words(listing_id: str) -> str:
    """A line above a list, where it is not plain how it works; else blank."""
    return {
        "travel": translate("Minutes on the road from the site at the left to the site above. One way is enough: it "
                            "counts for the way back too, shown faintly."),
    }.get(listing_id, "")  # fmt: skip
