"""A quiz as a whole, over topics and seeds: enough items of every kind, each proved, nothing asked twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from assistant.study.gather import Material, everything
from assistant.study.quiz import faults_of, make_quiz, replacement
from assistant.study.topicality import topicality
from assistant.study.types import Dropped, Fault, Part, QuizItem, QuizKind, Wish
from index.library import Library

TOPICS = ("công tác phát triển đảng viên", "Quy trình kết nạp đảng viên", "")
SEEDS = (101, 7)

Gather = Callable[[Wish], Material]
Quiz = tuple[tuple[QuizItem, ...], tuple[Dropped, ...]]


@pytest.fixture(scope="module", params=[(topic, seed) for topic in TOPICS for seed in SEEDS], ids=str)
def quiz(request: pytest.FixtureRequest, sample: Library, material_for: Gather) -> Quiz:
    topic, seed = request.param
    wish = Wish(topic, seed=seed)
    return make_quiz(sample, material_for(wish), wish)


def plain(text: str) -> str:
    """Words alone, each between blanks: compared without any of the code under test."""
    found = re.findall(r"[^\W_]+(?:[.,/-][^\W_]+)*%?", text.lower())
    return f" {' '.join(found)} "


def answers(item: QuizItem) -> Iterator[str]:
    yield from (option.text for option in item.options if option.right)
    yield from item.accepted[:1]
    yield from (side for pair in item.pairs for side in (pair.left, pair.right))
    yield from (step.text for step in item.steps)


def test_as_many_as_wanted_of_every_kind(quiz: Quiz) -> None:
    items, _ = quiz
    assert len(items) == 30
    assert len({item.kind for item in items}) == len(QuizKind)
    assert max(Counter(item.kind for item in items).values()) <= 13
    assert [item.id for item in items] == [f"q{number}" for number in range(1, 31)]


def test_quotes_are_exact_and_have_the_key(quiz: Quiz, sample: Library) -> None:
    for item in quiz[0]:
        for citation in item.citations:
            assert sample.document(citation.document_id).text[citation.start : citation.end] == citation.quote
        quotes = plain(" | ".join(citation.quote for citation in item.citations))
        for answer in answers(item):
            assert plain(answer) in quotes, (item.stem, answer)


def test_equal_spans_have_equal_markers(quiz: Quiz) -> None:
    spans: dict[int, tuple[str, int, int]] = {}
    for item in quiz[0]:
        for citation in (*item.citations, *(pair.citation for pair in item.pairs)):
            span = (citation.document_id, citation.start, citation.end)
            assert spans.setdefault(citation.marker, span) == span
    assert len(set(spans.values())) == len(spans)


def test_no_distractor_stands_in_the_quotes(quiz: Quiz, sample: Library) -> None:
    for item in quiz[0]:
        quotes = plain(" | ".join(citation.quote for citation in item.citations))
        for option in item.options:
            if not option.right:
                assert plain(option.text) not in quotes, (item.stem, option.text)
                assert option.origin is not None
                origin = sample.document(option.origin.document_id).text
                assert origin[option.origin.start : option.origin.end] == option.origin.quote


def test_false_claims_are_not_what_any_document_says(quiz: Quiz, sample: Library) -> None:
    texts = plain(" | ".join(sample.texts()))
    judged = [item for item in quiz[0] if item.kind is QuizKind.TRUE_FALSE]
    assert judged
    for item in judged:
        claim = plain(item.stem.rsplit("”, ", 1)[-1].removesuffix("."))
        if item.truth is False:
            assert claim not in texts
            assert item.explanation.startswith("Tài liệu ghi: ")


def test_no_stem_points_outside_of_itself(quiz: Quiz) -> None:
    dangling = re.compile(r"(?<!\w)(?:này|ấy|nói trên|như vậy|ông ấy|bà ấy|họ|dưới đây)(?!\w)")
    for item in quiz[0]:
        asked = re.sub(r"“[^”]*”", "", item.stem)
        assert not dangling.search(asked), item.stem
        assert item.stem[:1].isupper()
        ends = "?.”)" if item.kind is QuizKind.TRUE_FALSE else "?.)"
        assert item.stem.rstrip()[-1] in ends, item.stem
        assert item.stem.count("“") == item.stem.count("”")


def test_nothing_is_asked_twice_or_given_away(quiz: Quiz, sample: Library) -> None:
    items, _ = quiz
    assert [faults_of(item, sample, items) for item in items] == [()] * len(items)
    for one, other in combinations(items, 2):
        assert one.stem != other.stem
        if {one.kind, other.kind} <= {QuizKind.SINGLE, QuizKind.SHORT, QuizKind.FILL}:
            same_place = one.citations[0].start == other.citations[0].start
            same_document = one.citations[0].document_id == other.citations[0].document_id
            assert not (same_place and same_document and set(answers(one)) & set(answers(other)))


def test_what_was_dropped_is_told(quiz: Quiz) -> None:
    _, dropped = quiz
    assert dropped
    for entry in dropped:
        assert entry.part is Part.QUIZ
        assert entry.count > 0
        assert entry.example
    assert len({entry.fault for entry in dropped}) == len(dropped)


def test_the_same_seed_makes_the_same_quiz(sample: Library, material_for: Gather) -> None:
    wish = Wish("kết nạp đảng viên", quiz_items=12)
    first = make_quiz(sample, material_for(wish), wish)
    assert first == make_quiz(sample, material_for(wish), wish)
    other = replace(wish, seed=102)
    assert first != make_quiz(sample, material_for(other), other)


def test_only_the_kinds_wanted(sample: Library, material_for: Gather) -> None:
    wish = Wish("kết nạp đảng viên", quiz_items=8, kinds=(QuizKind.SINGLE, QuizKind.FILL))
    items, _ = make_quiz(sample, material_for(wish), wish)
    assert len(items) == 8
    assert {item.kind for item in items} == {QuizKind.SINGLE, QuizKind.FILL}


def test_progress_counts_up(sample: Library, material_for: Gather) -> None:
    wish = Wish("kết nạp đảng viên", quiz_items=5)
    seen: list[tuple[int, int]] = []
    make_quiz(sample, material_for(wish), wish, progress=lambda done, wanted: seen.append((done, wanted)))
    assert seen == [(number, 5) for number in range(1, 6)]


def test_nothing_to_ask_makes_no_items(sample: Library) -> None:
    assert make_quiz(sample, Material("", (), ()), Wish("")) == ((), ())


def test_another_item_in_its_place(sample: Library, material_for: Gather) -> None:
    wish = Wish("công tác phát triển đảng viên")
    material = material_for(wish)
    items, _ = make_quiz(sample, material, wish)
    for item in items[:6]:
        others = [other for other in items if other is not item]
        made = replacement(sample, material, wish, item, others)
        assert made is not None
        assert made.id == item.id
        assert made.stem != item.stem
        assert faults_of(made, sample, others) == ()


def test_an_english_frame_leaves_the_quotes_as_they_are(sample: Library, material_for: Gather) -> None:
    wish = Wish("kết nạp đảng viên", language="en", quiz_items=20)
    items, _ = make_quiz(sample, material_for(wish), wish)
    assert len(items) == 20
    for item in items:
        assert re.match(r"According to |Match |Put |Which ", item.stem), item.stem
        assert faults_of(item, sample, items) == ()


def test_the_answer_that_two_documents_give_differently_is_not_asked(
    sample: Library, material_for: Gather
) -> None:
    """Two documents bear the number 01-HD/TW: when it was issued has two answers."""
    wish = Wish("hướng dẫn thi hành Điều lệ Đảng", kinds=(QuizKind.SINGLE, QuizKind.SHORT), quiz_items=40)
    items, dropped = make_quiz(sample, material_for(wish), wish)
    for item in items:
        assert not re.search(r"01-HD/TW(?! ngày).*(?:ngày nào|cơ quan nào)", item.stem), item.stem
    assert Fault.REPEATED in {entry.fault for entry in dropped}


def test_a_narrow_topic_is_not_filled_with_others(sample: Library, material_for: Gather) -> None:
    wish = Wish("kỷ luật đảng viên")
    items, dropped = make_quiz(sample, material_for(wish), wish)
    assert 5 <= len(items) < 30
    assert next(one for one in dropped if one.fault is Fault.TOPIC).count > 100
    cited = {citation.document_id for item in items for citation in item.citations}
    assert not cited & {"bang-chu-viet-tat.html", "ke-hoach-lop-boi-duong-2025.docx"}


def test_a_document_is_of_the_topic_by_its_lines(sample: Library, material_for: Gather) -> None:
    of_topic = topicality(material_for(Wish("kết nạp đảng viên")))
    # Its title has no word of the topic; a good part of its lines is of it.
    assert "hoi-dap-lop-nhan-thuc-ve-dang.md" in of_topic.documents
    assert "bang-chu-viet-tat.html" not in of_topic.documents
    line = next(line for line in everything(sample) if "thường lệ" in line.text.lower())
    assert line.document.id in of_topic.documents
    assert of_topic.is_of(line)
    assert not replace(of_topic, documents=frozenset()).is_of(line)


def test_a_topic_that_no_document_is_of_is_narrow(sample: Library, material_for: Gather) -> None:
    narrow = topicality(material_for(Wish("kỷ luật đảng viên")))
    assert narrow.documents == frozenset()
    assert (narrow.is_narrow(2), narrow.is_narrow(7)) == (False, True)
    assert not topicality(material_for(Wish("kết nạp đảng viên"))).is_narrow(7)
