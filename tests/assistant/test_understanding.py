"""A question is read as it was meant: slips, abbreviations either way, and the reader is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Assistant
from assistant.errors import BadQuestion
from assistant.lexicon import short_forms, with_capitals, written_long_form
from assistant.phrases import words
from assistant.reading import Reading
from assistant.types import ReadingStep, Understood
from assistant.understanding import clean_question, understand
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from index.vocabulary import Vocabulary

NOTES = """\
# Bản tin của huyện ủy

Huyện có 46 TCCSĐ và 812 chi bộ thôn bản. Các TCCSĐ nộp báo cáo vào ngày 25 hằng tháng.

Hội Khuyến học (HKH) huyện trao 30 suất học bổng cho con em đảng viên nghèo.

Ủy ban nhân dân xã họp bàn với bà con về việc làm đường.
"""


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Vocabulary]:
    folder = tmp_path_factory.mktemp("notes")
    (folder / "ban-tin.md").write_text(NOTES, encoding="utf-8")
    with Library.open(folder / "library", embedder=embedder) as library:
        ingest(library, [folder / "ban-tin.md"])
        yield Vocabulary(library)


def steps(question: str, vocabulary: Vocabulary, *history: str) -> list[tuple[ReadingStep, str, str]]:
    found = understand(question, history, vocabulary).understood
    return [(step.step, step.typed, step.read) for step in found]


def matches(reading: Reading, text: str) -> bool:
    """Some concept of the question is found by ``text``."""
    normal = " ".join(words(text))
    return any(normal in concept.alternatives for concept in reading.concepts)


# ---- abbreviations that the documents use for what is asked in full


def test_what_is_asked_in_full_is_found_by_its_abbreviation(vocabulary: Vocabulary) -> None:
    reading = understand("Huyện có bao nhiêu tổ chức cơ sở đảng?", [], vocabulary).whole
    assert reading.lexical_text.endswith(" TCCSĐ")
    assert matches(reading, "TCCSĐ")
    mine = [concept for concept in reading.concepts if "tccsđ" in concept.alternatives]
    asked = {concept.alternatives[0] for concept in mine}
    parts = ("tổ", "chức", "cơ", "sở", "đảng", "tổ chức", "chức cơ", "cơ sở", "sở đảng")
    assert asked <= {" ".join(words(part)) for part in parts}
    assert not any("tccsđ" in c.alternatives for c in reading.concepts if c.alternatives[0] == "huyện")


@pytest.mark.parametrize(
    "question",
    [
        "Ủy ban nhân dân xã làm gì?",  # no document of this library says UBND
        "Huyện có bao nhiêu TCCSĐ?",  # typed short already
        "Huyện có bao nhiêu chi bộ?",
    ],
)
def test_nothing_is_abbreviated_that_needs_not_be(vocabulary: Vocabulary, question: str) -> None:
    assert not {"TCCSĐ", "UBND"} & set(
        understand(question, [], vocabulary).whole.lexical_text.removeprefix(question).split()
    )


def test_each_side_of_a_comparison_has_its_abbreviations(vocabulary: Vocabulary) -> None:
    readings = understand(
        "So sánh số tổ chức cơ sở đảng ở huyện Mường La và ở huyện Quỳnh Nhai", [], vocabulary
    )
    assert len(readings.sides) == 2
    assert all("TCCSĐ" in side.lexical_text.split() for side in readings.sides)


def test_an_abbreviation_that_only_the_documents_explain_is_read_in_full(vocabulary: Vocabulary) -> None:
    assert written_long_form("HKH") is None
    readings = understand("HKH trao bao nhiêu suất học bổng?", [], vocabulary)
    assert "hội khuyến học" in readings.whole.lexical_text.lower()
    assert (ReadingStep.ABBREVIATION, "HKH", "hội khuyến học") in steps(
        "HKH trao bao nhiêu suất học bổng?", vocabulary
    )


@pytest.mark.parametrize(
    ("text", "shorts"),
    [
        ("Các tổ chức cơ sở đảng trong huyện", ("TCCSĐ",)),
        ("TỔ CHỨC CƠ SỞ ĐẢNG", ("TCCSĐ",)),
        ("Trung ương họp", ()),  # of two letters: it stands in too many codes
        ("tổ chức ở cơ sở của đảng", ()),
        ("", ()),
    ],
)
def test_short_forms_are_those_of_whole_long_forms(text: str, shorts: tuple[str, ...]) -> None:
    assert short_forms(text) == shorts


# ---- abbreviations typed carelessly


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("tccsd ở đâu", "TCCSĐ ở đâu"),
        ("tccsđ ở đâu", "TCCSĐ ở đâu"),
        ("hđnd và ubnd xã", "HĐND và UBND xã"),
        ("kt-xh của xã", "KT-XH của xã"),
        ("TCCSĐ ở đâu", "TCCSĐ ở đâu"),
        ("chi bộ họp", "chi bộ họp"),
        ("gửi tới tccsd@huyen.vn", "gửi tới tccsd@huyen.vn"),
        ("số 12/hđnd-tt", "số 12/hđnd-tt"),
        ("", ""),
    ],
)
def test_abbreviations_get_their_capitals_and_nothing_else_does(typed: str, read: str) -> None:
    assert with_capitals(typed) == read


@settings(deadline=None)
@given(st.text(max_size=40))
def test_capitals_change_no_more_than_words_of_the_table(text: str) -> None:
    read = with_capitals(text)
    assert with_capitals(read) == read
    if read != text:
        assert any(word.isupper() for word in read.replace("-", " ").replace("&", " ").split())


# ---- what the reader is told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Huyện có bao nhiêu chi bộ?", []),
        ("Huyện có bao nhiêu TCCSĐ?", [(ReadingStep.ABBREVIATION, "TCCSĐ", "tổ chức cơ sở đảng")]),
        ("Chỉ thị số 28-CT/TW nói gì?", []),  # no abbreviation: a part of a number
        ("huyện có bao nhiêu chii bộ?", [(ReadingStep.SPELLING, "chii", "chi")]),
    ],
)
def test_only_what_was_read_otherwise_is_told(
    vocabulary: Vocabulary, question: str, told: list[tuple[ReadingStep, str, str]]
) -> None:
    assert steps(question, vocabulary) == told


def test_diacritics_are_told_neighbours_together(vocabulary: Vocabulary) -> None:
    found = steps("huyen co bao nhieu chi bo thon ban", vocabulary)
    assert {step for step, _, _ in found} == {ReadingStep.DIACRITICS}
    assert (ReadingStep.DIACRITICS, "bo thon ban", "bộ thôn bản") in found


def test_a_followup_is_told_first_and_whole(vocabulary: Vocabulary) -> None:
    first, *_ = steps("Vì sao?", vocabulary, "Chi bộ họp khi nào?")
    assert first == (ReadingStep.FOLLOWUP, "Vì sao?", "Vì sao chi bộ họp?")


def test_a_province_of_before_is_told_with_the_one_of_now(vocabulary: Vocabulary) -> None:
    (told,) = steps("Tỉnh Hà Giang có bao nhiêu chi bộ?", vocabulary)
    assert told == (ReadingStep.PLACE, "tỉnh Hà Giang", "tỉnh Hà Giang (nay thuộc tỉnh Tuyên Quang)")
    assert steps("Tỉnh Lào Cai có bao nhiêu chi bộ?", vocabulary) == []


def test_an_answer_says_in_what_the_question_was_read_otherwise(assistant: Assistant) -> None:
    answer = assistant.ask("dang phi duoc thu bang cach nao o YB?")
    assert {step.step for step in answer.understood} == {ReadingStep.DIACRITICS}
    assert answer.standalone.startswith("đảng phí được thu")
    plain = assistant.ask("Đảng phí được thu bằng cách nào?")
    assert plain.understood == ()
    assert all(isinstance(step, Understood) for step in answer.understood)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_question_is_read_or_refused(vocabulary: Vocabulary, text: str) -> None:
    try:
        question = clean_question(text)
    except BadQuestion:
        return
    readings = understand(question, [], vocabulary)
    assert readings.sides
    assert all(step.typed != step.read for step in readings.understood)
