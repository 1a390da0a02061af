"""The tables of abbreviations, synonyms and English terms, and how they are looked up."""

from __future__ import annotations

import unicodedata
from collections import Counter
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.lexicon import english_terms, long_forms, synonyms
from assistant.phrases import words

TABLES = ("abbreviations.tsv", "synonyms.tsv", "glossary.tsv")


def rows(name: str) -> list[str]:
    text = files("assistant").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def normal(phrase: str) -> str:
    return " ".join(words(phrase))


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("TCCSĐ", "tổ chức cơ sở đảng"),
        ("CCQ&DN", "các cơ quan và doanh nghiệp"),
        ("HĐND", "Hội đồng nhân dân"),
        ("hđnd", "hội đồng nhân dân"),
    ],
)
def test_an_abbreviation_has_its_long_form(short: str, long: str) -> None:
    assert normal(long) in long_forms(short)


@pytest.mark.parametrize("unknown", ["", "XYZT", "đảng viên", "&", "12"])
def test_what_is_no_abbreviation_has_none(unknown: str) -> None:
    assert long_forms(unknown) == ()


def test_every_abbreviation_of_the_table_is_found() -> None:
    for row in rows("abbreviations.tsv"):
        short, long = row.split("\t")
        assert normal(long) in long_forms(short), row


GROUPS = [[normal(phrase) for phrase in row.split("|")] for row in rows("synonyms.tsv")]


def test_synonyms_are_mutual_and_never_oneself() -> None:
    for group in GROUPS:
        for phrase in group:
            assert set(group) - {phrase} <= set(synonyms(phrase))
            assert phrase not in synonyms(phrase)
            assert all(phrase in synonyms(other) for other in synonyms(phrase))


def test_a_word_without_synonyms_has_none() -> None:
    assert synonyms(normal("bản làng")) == ()


def terms(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[start:end], found) for start, end, found in english_terms(text)]


def test_the_longest_english_term_wins() -> None:
    (found,) = terms("a probationary party member")
    assert found == ("probationary party member", ("đảng viên dự bị",))


@pytest.mark.parametrize("written", ["party members", "Party Member", "PARTY MEMBERS"])
def test_plural_and_case_do_not_matter(written: str) -> None:
    assert terms(f"the {written}, they say") == [(written, ("đảng viên",))]


@pytest.mark.parametrize("written", ["appoint", "appoints", "appointed", "appointing"])
def test_a_verb_is_known_in_its_regular_forms(written: str) -> None:
    ((_, _, terms),) = english_terms(f"who is {written} by whom")
    assert terms == ("bổ nhiệm",)


def test_terms_are_whole_words() -> None:
    assert terms("remembering the femaleness") == []


def test_every_english_term_of_the_table_is_found() -> None:
    for row in rows("glossary.tsv"):
        english, vietnamese = row.split("\t")
        assert terms(f"({english})") == [(english, tuple(term.strip() for term in vietnamese.split("|")))]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_clean(name: str) -> None:
    found = rows(name)
    assert len(found) > 20
    assert [line for line in found if line != unicodedata.normalize("NFC", line).strip()] == []
    assert {line.count("\t") for line in found} == ({0} if name == "synonyms.tsv" else {1})
    keys = Counter(line if name != "glossary.tsv" else line.split("\t")[0].lower() for line in found)
    assert [key for key, times in keys.items() if times > 1] == []


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["party", "member", "members", "cell", "new", "and", "female", "of", ","]), max_size=9
    )
)
def test_terms_do_not_overlap_and_come_in_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    spans = [(start, end) for start, end, _ in english_terms(text)]
    flat = [offset for span in spans for offset in span]
    assert flat == sorted(flat)
    assert all(start < end for start, end in spans)
