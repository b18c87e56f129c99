"""Names of files and folders that every system takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.filenames import is_safe, safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lucy Butler", "Lucy Butler"),
        ("Zoë Specimen", "Zoe Specimen"),
        ("Cllr Łukasz Specimen", "Cllr Lukasz Specimen"),
        ("Straße Øst Æble Đuro", "Strasse Ost AEble Duro"),
        ("Children's home A", "Childrens home A"),
        ("MASH (front door)", "MASH front door"),
        ("<b>Bold</b> Specimen", "b Bold b Specimen"),
        ("=SUM(A1)", "SUM A1"),
        ("../../etc/passwd", "etc passwd"),
        ("con", "x con"),
        ("LPT1.txt", "x LPT1.txt"),
        ("Ends with dots...  ", "Ends with dots"),
        ("-rf", "rf"),
    ],
)
def test_a_name_is_spelled_in_plain_letters(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_name_with_nothing_left_becomes_a_hash_of_its_own() -> None:
    first, second = safe_name("نموذج"), safe_name("نموذج آخر")
    assert first != second
    assert is_safe(first)
    assert is_safe(second)
    assert safe_name("نموذج") == first


def test_taken_names_get_a_number_whatever_their_case() -> None:
    used: set[str] = set()
    names = [safe_name(text, used, suffix=".ics") for text in ("Jose", "JOSÉ", "jose")]
    assert names == ["Jose.ics", "JOSE-2.ics", "jose-3.ics"]


def test_a_long_name_keeps_its_suffix_and_its_number() -> None:
    used: set[str] = set()
    names = [safe_name("x" * 200, used, suffix=".ics", spaces="-") for _ in range(12)]
    assert all(len(name) <= 80 and name.endswith(".ics") for name in names)
    assert len({name.casefold() for name in names}) == 12


@given(st.lists(st.text(st.characters(exclude_categories=())), max_size=8))
def test_any_text_makes_a_safe_name_of_its_own(texts: list[str]) -> None:
    used: set[str] = set()
    names = [safe_name(text, used) for text in texts]
    assert all(is_safe(name) for name in names)
    assert len({name.casefold() for name in names}) == len(texts)
