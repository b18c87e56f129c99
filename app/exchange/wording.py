"""Ordinary words: those that say nothing of anybody, though somebody may be called by one of them.

A leak check that took every Hall, March or Care for a person would stop ordinary weeks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.exchange.safe import folded
from app.models.names import bare_name

_LETTERS = re.compile(r"[^\W_]+")
_ENTRY = re.compile(r"[\n:;|,=<>()\[\]/\"&]|\s[–—-]\s|\band\b")
_TOKEN = re.compile(r"[^\W_]+|[\n:;|,]")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LABELS = _words(
    """
    bring park initials
    about accompany activity address all answer arrival arrive attendee ben calls cancelled changes clearance
    cohort comment confidentiality confirmed consent contact contents day day-sheets days department deputy
    description desk director division dress drafts early eml english false from given held hidden host hosts
    hours ics id invites itinerary json kind left lunch meet move needs new next no none normal note notes
    nothing number of office old on online organisation organiser other overview packs page pages parking
    partner pending phone photo place places plan postcode priorities priority purpose questions reception
    reflection reflections required ring role rota see service services sheet site sites slot slots spring
    standby status summary table team teams text time times title to today told total travel true txt unmet
    version visit visitor visitors visits week weeks what when where who why with write xlsx yes you your
    """
)
"""Words that the app itself writes alone in a cell, a heading or a name of a file."""

_CALENDAR = _words(
    """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri
    sat sun spring summer autumn winter easter christmas
    """
)

_EVERYDAY = _words(
    """
    a able abbey aim all allowed always an and angel any april are area art as ash at away back bailey baker
    bank banks bar barber barn bay be beach bean beck bell berry best big bird bishop black blue bond book both
    bow boys branch brave bridge bright brook brooks brown bull burn bush but butcher butler by call can care
    carer carter case castle cat centre chambers chance change chapel charity chase chief child children
    christian church city clark clay clean close coach coast coffee cold college come cook cooper corner cottage
    council county court crane cross crown dale daisy dance dawn day days deal dean deputy did director do dock
    doctor dove drake drew drive drop duke duty each early east easy eden education end ever every fair faith
    fall families family farm farmer few field fields fine fire first fisher flint flood floor for ford forest
    foster fox free french friend friends frost full garden gardener gate gates get girls give glass go gold
    good grace grand grange grant gray great green grey group grove guest had hall hand hands hardy has hay
    hazel he head health heart heath help her here heron high hill his history hobby holly holy home homes hood
    hope horn hospital house how hub hunt hunter if in innes interest interested iris is it its ivy jasmine
    jewel join joy judge just keen key kind king kitchen knight know lake lamb land lane large lark last law
    lawn lead leader learn learning lee like likes lily line little lodge london long lord love low made main
    major manage manager many mark market marsh mason master mayor meadow mercy met middle mill miller mills
    mint miss moor moore more morning moss most moved music my near never new nice night noble none north not
    now oak office officer old olive on one only open or other our out over own page paige palmer park parker
    parks parent parish part parry past peace pearl penny people pepper person piper place plan play plays point
    pool poor pope porter post potter power practice price prince prior priory private project quick rain rather
    ray read reed rich right ring river rivers road robin role room rose round rowan royal ruby rush sage saint
    sand sawyer school sea second see senior serve service services session share sharp shaw she shepherd
    sherwood short show side silver sit sky small smart smith snow social some son south spencer spring square
    staff star start stay steel stone storm street strong students summer support swan swift take talk tall
    tanner taylor teacher team teams temple terry than that the their them there these they thing this thorn
    those time to together told tour tower town training tree true trust turner two under unit up use very vice
    view violet visit visited visitor visits wade wait wake walk walker wall want wants ward warm was waters way
    wear weaver web week weeks welcome well wells went were west what wheeler when where which while white who
    whole why will willow win winter wise wish with wolf wood woods work worked worker works would wright year
    years yes york you young your youth zone
    """
)

ORDINARY = LABELS | _CALENDAR | _EVERYDAY
"""Folded words that stand in ordinary sentences; names and reasons made of nothing else are not telling."""


def words_of(text: str) -> list[str]:
    """The words of a text in folded letters."""
    return _LETTERS.findall(folded(text))


def flat(text: str) -> str:
    """The words of a text in folded letters with a space around each: whole words are found with `in`."""
    return f" {' '.join(words_of(text))} "


def phrased(text: str) -> str:
    """As `flat`, with the marks that end a line, a label or a part of a list kept as words of their own.

    So "Visitor: 1 visit" does not hold the name "Visitor 1".
    """
    return f" {' '.join(_TOKEN.findall(folded(text)))} "


def lower_case(texts: Iterable[str]) -> frozenset[str]:
    """The words that these texts write in small letters, folded: a name is not written so."""
    return frozenset(folded(word) for text in texts for word in _LETTERS.findall(text) if word == word.lower())


def entries(text: str) -> frozenset[str]:
    """What stands by itself in a text, in folded letters: cells, lines, parts of lists, values after a label."""
    return frozenset(part.strip(" \t\r.-'*") for part in _ENTRY.split(folded(text)))


def name_forms(name: str) -> frozenset[str]:
    """How a name of several words is written, each `phrased`: whole, without its titles, surname first."""
    bare = words_of(bare_name(name))
    found = {phrased(name)}
    if len(bare) > 1:
        first, last = " ".join(bare[:-1]), bare[-1]
        found |= {f" {first} {last} ", f" {last} {first} ", f" {last} , {first} "}
    return frozenset(found)
