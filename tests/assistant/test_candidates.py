"""Candidate sentences are exact spans with what stands around them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.candidates import Candidate, candidates
from assistant.phrases import Phrases, words
from index.types import Hit
from ingest.types import Kind
from ingest.units import parts

Make = Callable[..., list[Candidate]]


def says(phrases: Phrases, text: str) -> bool:
    return phrases.has(" ".join(words(text)))


NOTICE = """\
# Thông tin nội bộ

## Việc đã làm

Chi bộ bản Phìn Hồ họp thường kỳ vào mồng ba hằng tháng. Mỗi kỳ họp đều có biên bản lưu tại xã.

- Sửa xong nhà văn hóa của bản bằng công góp của đảng viên.

Nguồn: cổng thông tin huyện

Ảnh chụp buổi lễ kết nạp tại bản

Hỏi: Khi nào chi bộ họp bất thường?

Trả lời: Chi bộ họp bất thường khi có việc gấp của bản.
"""


def test_candidates_are_sentences_in_reading_order_and_no_headings(candidates_of: Make) -> None:
    found = candidates_of(NOTICE)
    for candidate in found:
        assert candidate.document.text[candidate.start : candidate.end] == candidate.text
        assert candidate.passage.start <= candidate.start < candidate.end <= candidate.passage.end
    starts = [candidate.start for candidate in found]
    assert starts == sorted(set(starts))
    assert not any(candidate.text.startswith("#") for candidate in found)
    assert found[0].text == "Chi bộ bản Phìn Hồ họp thường kỳ vào mồng ba hằng tháng."


def test_each_sentence_knows_its_headings_and_neighbours(candidates_of: Make) -> None:
    first, second, item, *_ = candidates_of(NOTICE)
    for candidate in (first, second, item):
        assert candidate.heading[-1] == "Việc đã làm"
        assert says(candidate.lead, "việc đã làm")
    assert not says(second.own, "mồng ba")
    assert says(second.near, "mồng ba")
    assert says(second.near, "nhà văn")


def test_the_question_before_an_answer_leads_it(candidates_of: Make) -> None:
    answer = next(entry for entry in candidates_of(NOTICE) if entry.text.startswith("Trả lời"))
    assert answer.heading[-1].endswith("Khi nào chi bộ họp bất thường?")
    assert says(answer.lead, "khi nào")


@pytest.mark.parametrize(
    ("start", "is_label"),
    [
        ("Chi bộ bản Phìn Hồ", False),
        ("- Sửa xong", False),
        ("Nguồn:", True),
        ("Ảnh chụp", True),
        ("Hỏi:", True),
        ("Trả lời:", False),
    ],
)
def test_captions_sources_and_questions_are_no_statements(
    candidates_of: Make, start: str, is_label: bool
) -> None:
    (candidate,) = [entry for entry in candidates_of(NOTICE) if entry.text.startswith(start)]
    assert candidate.is_label is is_label


def test_a_passage_found_twice_gives_its_sentences_once(hits_of: Callable[..., list[Hit]]) -> None:
    hits = hits_of(NOTICE)
    assert [(c.start, c.rank) for c in candidates(hits + hits)] == [
        (c.start, c.rank) for c in candidates(hits)
    ]


def test_what_is_known_of_the_document_is_the_context(candidates_of: Make) -> None:
    (candidate,) = candidates_of(
        "Các chi bộ nộp báo cáo đúng hạn theo Chỉ thị số 28-CT/TW của trên.",
        province="tỉnh Lai Châu",
        issuer="Tỉnh ủy Lai Châu",
        number="95-KH/TU",
        kind=Kind.PLAN,
    )
    assert says(candidate.context, "tỉnh lai châu")
    assert "95khtu" in candidate.document_numbers
    assert "28cttw" in candidate.numbers
    assert "95khtu" not in candidate.numbers


def test_no_hits_no_candidates(candidates_of: Make) -> None:
    assert candidates_of() == []


def test_ranks_and_scores_are_relative_to_the_best_passage(candidates_of: Make) -> None:
    found = candidates_of("Chi bộ một đã họp xong trong buổi sáng.", "Chi bộ hai sẽ họp vào buổi chiều mai.")
    assert [candidate.rank for candidate in found] == [0, 1]
    assert found[0].retrieval == 0.0
    assert found[1].retrieval < 0.0


MEASURES = (
    "Đảng ủy yêu cầu các chi bộ rà lại danh sách quần chúng ưu tú ở từng thôn bản và phân công "
    "người kèm cặp; "
    "mở thêm lớp bồi dưỡng vào buổi tối cho bà con đi nương về muộn ở các bản xa; "
    "báo cáo kết quả hằng quý về thường trực đảng ủy bằng văn bản có chữ ký của bí thư chi bộ; "
    "chấm dứt báo cáo miệng."
)


def test_a_long_sentence_of_measures_falls_into_parts_that_know_their_sentence(candidates_of: Make) -> None:
    found = candidates_of(MEASURES)
    assert [candidate.text[:12] for candidate in found] == ["Đảng ủy yêu ", "mở thêm lớp ", "báo cáo kết "]
    assert {candidate.sentence for candidate in found} == {(0, len(MEASURES))}
    assert not any(candidate.is_label for candidate in found)
    # Too short to stand for itself: it stays with the part before.
    assert found[-1].text.endswith("; chấm dứt báo cáo miệng.")
    assert says(found[0].near, "buổi tối")
    assert not says(found[0].own, "buổi tối")


def test_a_short_sentence_is_never_parted(candidates_of: Make) -> None:
    (candidate,) = candidates_of("Chi bộ rà danh sách quần chúng ưu tú; mở thêm một lớp vào các buổi tối.")
    assert candidate.sentence == (candidate.start, candidate.end)


@settings(deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_parts_of_any_sentence_are_in_order_and_lose_only_separators(lengths: list[int]) -> None:
    text = "; ".join(" ".join(["bản"] * length) for length in lengths) + "."
    found = parts(text, 0, len(text))
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    gaps = [text[before[1] : after[0]] for before, after in pairwise(found)]
    assert all(gap.strip() == ";" for gap in gaps)
    if len(text.split()) > 55:
        assert all(len(text[start:end].split()) >= 8 for start, end in found)
    else:
        assert found == [(0, len(text))]


PIECES = [
    "Chi bộ họp.",
    "Đảng viên mới, dự bị; chính thức:",
    "\n",
    "\n\n",
    "- một mục",
    "# Đầu đề",
    " ",
    "1. ",
    "Vì sao?",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from([*PIECES, "Điều 2. Tên điều", "| a | b |\n|---|---|\n| c | d |"]), max_size=14)
)
def test_every_candidate_of_any_text_is_its_span(candidates_of: Make, pieces: list[str]) -> None:
    text = "Mở đầu của văn bản này.\n" + "".join(pieces)
    spans = [(candidate.start, candidate.end) for candidate in candidates_of(text)]
    for candidate in candidates_of(text):
        assert (
            candidate.document.text[candidate.start : candidate.end]
            == candidate.text
            == candidate.text.strip()
        )
        # What answers a question may be a single word.
        assert len(candidate.text.split()) >= (4 if candidate.question is None else 1)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


# ---- phrases


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("thúy", "thuý"), ("ủy", "uỷ"), ("quý", "qúy"), ("kỹ", "kĩ"), ("khỏe", "khoẻ")],
)
def test_both_styles_of_tone_marks_are_one_word(one: str, other: str) -> None:
    assert words(one) == words(other)
    assert Phrases.of(f"Sự {one} bình.") == Phrases.of(f"sự {other.upper()} bình")
    assert Phrases.of(f"sự {one} bình").has(" ".join(words(f"{other} bình")))


def test_a_phrase_is_whole_syllables_in_order() -> None:
    text = Phrases.of("Đảng viên dự bị của chi bộ")
    assert says(text, "đảng viên")
    assert not says(text, "viên đảng")
    assert not says(text, "đảng vi")
    assert not says(text, "dang vien")
    assert text.has("dang vien", folded=True)


@settings(deadline=None)
@given(st.lists(st.sampled_from("đảng viên chi bộ hòa thúy 12 28-CT/TW".split()), min_size=1, max_size=8))
def test_a_text_has_every_run_of_its_own_words(syllables: list[str]) -> None:
    text = " ".join(syllables)
    terms = words(text)
    for start in range(len(terms)):
        assert Phrases.of(text).has(" ".join(terms[start:]))
        assert Phrases.of(text.upper()).has(" ".join(terms[start : start + 2]))
