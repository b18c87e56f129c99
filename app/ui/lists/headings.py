"""The headings of columns, the words of vocabularies, and what a blank means, in the user's language."""

from __future__ import annotations

from enum import StrEnum

from app.text import translate


def heading(name: str) -> str:
    """The heading of a column or setting of the planning workbook."""
    return _headings().get(name, name)


def word(member: StrEnum) -> str:
    """The word of a vocabulary."""
    return _words().get(member.value, member.value)


def yes_no(value: bool) -> str:
    """Yes or no."""
    return translate("yes") if value else translate("no")


def _headings() -> dict[str, str]:
    return {
        "Week name": translate("Week name"), "First day": translate("First day"), "Last day": translate("Last day"),
        "Organisation": translate("Organisation"), "Organiser": translate("Organiser"),
        "Organiser email": translate("Organiser email"), "Organiser phone": translate("Organiser phone"),
        "Time zone": translate("Time zone"), "Day starts": translate("Day starts"), "Day ends": translate("Day ends"),
        "Buffer minutes": translate("Buffer minutes"), "Lunch from": translate("Lunch from"),
        "Lunch to": translate("Lunch to"), "Lunch minutes": translate("Lunch minutes"),
        "Same team once": translate("Same team once"), "Priorities": translate("Priorities"),
        "Marking": translate("Marking"), "Subjects": translate("Subjects"),
        "Replies wanted": translate("Replies wanted"), "Pre-election from": translate("Pre-election from"),
        "Pre-election to": translate("Pre-election to"), "Dress": translate("Dress"),
        "Photo ID": translate("Photo ID"), "Confidentiality note": translate("Confidentiality note"),
        "Logo": translate("Logo"),
        "Site": translate("Site"), "Address": translate("Address"), "Postcode": translate("Postcode"),
        "Protected": translate("Protected"), "Shown as": translate("Shown as"), "Division": translate("Division"),
        "Parking": translate("Parking"), "Arrival notes": translate("Arrival notes"),
        "For": translate("For"), "From": translate("From"), "To": translate("To"), "Minutes": translate("Minutes"),
        "Team": translate("Team"), "Service": translate("Service"), "Host": translate("Host"),
        "Host email": translate("Host email"), "Host phone": translate("Host phone"), "Deputy": translate("Deputy"),
        "Deputy email": translate("Deputy email"), "Min visits": translate("Min visits"),
        "Max visits": translate("Max visits"), "Max per day": translate("Max per day"),
        "Clearance needed": translate("Clearance needed"), "Line": translate("Line"), "Notes": translate("Notes"),
        "Slot": translate("Slot"), "Date": translate("Date"), "Start": translate("Start"), "End": translate("End"),
        "Places": translate("Places"), "Activity": translate("Activity"), "Purpose": translate("Purpose"),
        "Consent": translate("Consent"), "Consent by": translate("Consent by"),
        "Visitor": translate("Visitor"), "Role": translate("Role"), "Kind": translate("Kind"),
        "Email": translate("Email"), "Assistant": translate("Assistant"),
        "Assistant email": translate("Assistant email"), "Clearance": translate("Clearance"),
        "Base": translate("Base"), "Needs": translate("Needs"), "Standby": translate("Standby"),
        "Status": translate("Status"), "Wish": translate("Wish"), "Reason": translate("Reason"),
        "Pinned": translate("Pinned"), "Permitted": translate("Permitted"),
    }  # fmt: skip


def _words() -> dict[str, str]:
    return {
        "chief officer": translate("chief officer"), "senior manager": translate("senior manager"),
        "councillor": translate("councillor"), "partner": translate("partner"),
        "not yet": translate("not yet"), "accompany": translate("accompany"), "confirmed": translate("confirmed"),
        "none": translate("none"), "first choice": translate("first choice"), "like": translate("like"),
        "rather not": translate("rather not"), "never": translate("never"), "busy": translate("busy"),
        "free": translate("free"), "not needed": translate("not needed"), "to ask": translate("to ask"),
        "given": translate("given"), "refused": translate("refused"), "proposed": translate("proposed"),
        "published": translate("published"), "declined": translate("declined"), "held": translate("held"),
        "cancelled": translate("cancelled"), "neutral": translate("neutral"), "team": translate("team"),
    }  # fmt: skip
