"""A sentence scores by what of the question it says, where it says it, and how it says it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.candidates import Candidate
from assistant.reading import read
from assistant.scoring import Weights, heading_share, score, with_meaning, worth
from index.library import Library
from index.types import Embedder
from index.vocabulary import Vocabulary

Make = Callable[..., list[Candidate]]


@pytest.fixture(scope="module")
def vocabulary(library: Library) -> Vocabulary:
    return Vocabulary(library)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Vocabulary]:
    folder: Path = tmp_path_factory.mktemp("blank")
    with Library.open(folder, embedder=embedder) as empty:
        yield Vocabulary(empty)


def test_the_sentence_with_more_of_the_question_comes_first(
    candidates_of: Make, vocabulary: Vocabulary
) -> None:
    found = candidates_of(
        "Đoàn thăm trường nội trú trong buổi sáng. Huyện kết nạp được 48 đảng viên mới. Huyện họp "
        "trong hai ngày."
    )
    best, *rest = score(read("Huyện kết nạp bao nhiêu đảng viên mới?"), found, vocabulary)
    assert "48 đảng viên" in best.candidate.text
    assert best.own > max(entry.own for entry in rest)
    assert all(0 <= entry.own <= entry.reach <= 1 for entry in [best, *rest])
    assert best.missing == ()


def test_what_stands_around_counts_less_than_what_is_said(
    candidates_of: Make, vocabulary: Vocabulary
) -> None:
    reading = read("Đảng phí nộp thế nào?")
    said, beside, _, far = candidates_of(
        "Đảng phí nộp qua điện thoại.\n\nViệc này làm hằng tháng. Bà con thấy rất tiện "
        "lợi.\n\nTrời hôm nay nắng đẹp."
    )
    reach = {entry.candidate.start: entry.reach for entry in score(reading, [said, beside, far], vocabulary)}
    assert reach[said.start] > reach[beside.start] > reach[far.start]


def test_a_heading_speaks_for_what_stands_under_it(candidates_of: Make, vocabulary: Vocabulary) -> None:
    text = "# Bản tin\n\n## {}\n\n- Treo loa ở đầu bản từ sáng sớm.\n"
    reading = read("Nêu giải pháp tuyên truyền")
    (under,) = score(reading, candidates_of(text.format("Giải pháp tuyên truyền")), vocabulary)
    (elsewhere,) = score(reading, candidates_of(text.format("Lịch chiếu phim")), vocabulary)
    assert under.own > elsewhere.own
    assert under.score > elsewhere.score


@pytest.mark.parametrize(
    ("province", "question", "place"),
    [
        ("tỉnh Lào Cai", "Tỉnh Lào Cai có bao nhiêu chi bộ?", True),
        ("tỉnh Lào Cai", "Lào Cai có bao nhiêu chi bộ?", True),
        ("tỉnh Lào Cai", "Thành phố Lào Cai có bao nhiêu chi bộ?", False),
        ("thành phố Lào Cai", "Tỉnh Lào Cai có bao nhiêu chi bộ?", False),
        ("tỉnh Lào Cai", "Tỉnh Cà Mau có bao nhiêu chi bộ?", False),
        ("tỉnh Lào Cai", "Có bao nhiêu chi bộ?", None),
        (None, "Tỉnh Lào Cai có bao nhiêu chi bộ?", False),
    ],
)
def test_a_sentence_is_about_the_place_of_its_document(
    candidates_of: Make, vocabulary: Vocabulary, province: str | None, question: str, place: bool | None
) -> None:
    (entry,) = score(
        read(question), candidates_of("Nơi đây có 812 chi bộ thôn bản.", province=province), vocabulary
    )
    assert entry.place is place


def test_a_sentence_that_names_the_place_is_about_it(candidates_of: Make, vocabulary: Vocabulary) -> None:
    found = candidates_of("Riêng tỉnh Cà Mau có 812 chi bộ ấp.", province="tỉnh Lào Cai")
    (entry,) = score(read("Tỉnh Cà Mau có bao nhiêu chi bộ?"), found, vocabulary)
    assert entry.place is True


def test_a_place_named_beside_does_not_move_a_document_about_another(
    candidates_of: Make, vocabulary: Vocabulary
) -> None:
    text = "Tỉnh Cà Mau cử đoàn lên thăm. Nơi đây có 812 chi bộ thôn bản."
    reading = read("Tỉnh Cà Mau có bao nhiêu chi bộ?")
    for province, place in (("tỉnh Lào Cai", False), (None, True)):
        visit, count = candidates_of(text, province=province)
        about = {entry.candidate.start: entry.place for entry in score(reading, [visit, count], vocabulary)}
        assert about == {visit.start: True, count.start: place}


def test_a_number_is_matched_in_any_spelling_and_never_by_its_parts(
    candidates_of: Make, vocabulary: Vocabulary
) -> None:
    reading = read("Chỉ thị số 28-CT/TW nói gì?")
    same, other = candidates_of(
        "Thực hiện chỉ thị 28 - CT/TW, các chi bộ họp bàn.",
        "Thực hiện Chỉ thị số 05-CT/TW, có 28 chi bộ họp.",
    )
    lacks = {entry.candidate.start == same.start and entry.candidate.document.id == "1.md": entry.missing
             for entry in score(reading, [same, other], vocabulary)}  # fmt: skip
    assert [concept.kind for concept in lacks[True]] == []
    assert any(concept.alternatives == ("28cttw",) for concept in lacks[False])


def test_any_vocabulary_will_do(candidates_of: Make, blank: Vocabulary) -> None:
    found = candidates_of("Huyện kết nạp được 48 đảng viên mới.")
    (entry,) = score(read("Huyện kết nạp bao nhiêu đảng viên mới?"), found, blank)
    assert 0 < entry.own <= 1
    assert score(read("Huyện kết nạp bao nhiêu đảng viên?"), [], blank) == []
    (nothing_asked,) = score(read("Bao nhiêu?"), found, blank)
    assert (nothing_asked.own, nothing_asked.reach) == (0, 0)


def favouring(word: str) -> Callable[[Sequence[str]], list[float]]:
    return lambda texts: [0.95 if word in text else 0.75 for text in texts]


def test_meaning_decides_between_sentences_alike_in_words(
    candidates_of: Make, vocabulary: Vocabulary
) -> None:
    reading = read("Đảng phí nộp thế nào?")
    found = score(
        reading,
        candidates_of("Đảng phí nộp qua điện thoại.", "Đảng phí nộp từ đời nào."),
        vocabulary,
    )
    for favoured in ("điện thoại", "đời nào"):
        ranked = with_meaning(reading, found, favouring(favoured))
        assert favoured in ranked[0].candidate.text
        assert ranked[0].dense == 0.95


@settings(deadline=None)
@given(st.lists(st.none() | st.floats(0.6, 1.0), min_size=12, max_size=12))
def test_what_was_not_measured_counts_as_far_as_the_farthest(
    candidates_of: Make, vocabulary: Vocabulary, cosines: list[float | None]
) -> None:
    reading = read("Bản nào có loa?")
    found = score(
        reading, candidates_of(*[f"Bản số {n} treo loa ở đầu làng." for n in range(12)]), vocabulary
    )
    ranked = with_meaning(reading, found, lambda texts: cosines[: len(texts)])
    assert {id(entry.candidate) for entry in ranked} == {id(entry.candidate) for entry in found}
    assert [entry.dense for entry in found] == [None] * len(found)
    gains = {id(entry.candidate): -entry.score for entry in found}
    for entry in ranked:
        gains[id(entry.candidate)] += entry.score
    measured = [gains[id(entry.candidate)] for entry in ranked if entry.dense is not None]
    unmeasured = [gains[id(entry.candidate)] for entry in ranked if entry.dense is None]
    assert unmeasured == pytest.approx([min(measured, default=0.0)] * len(unmeasured))


def test_sentences_of_another_place_are_not_embedded(candidates_of: Make, vocabulary: Vocabulary) -> None:
    reading = read("Tỉnh Cà Mau có bao nhiêu chi bộ?")
    found = score(reading, candidates_of("Có 812 chi bộ thôn bản.", province="tỉnh Lào Cai"), vocabulary)

    def none_expected(texts: Sequence[str]) -> list[float]:
        assert list(texts) == []
        return []

    assert [entry.dense for entry in with_meaning(reading, found, none_expected)] == [None]


def test_an_answer_of_the_wanted_kind_scores_more(candidates_of: Make, vocabulary: Vocabulary) -> None:
    reading = read("Huyện có bao nhiêu chi bộ?")
    figure, none = candidates_of("Huyện có 812 chi bộ thôn bản.", "Huyện có nhiều chi bộ thôn bản.")
    ranked = score(reading, [none, figure], vocabulary, Weights(retrieval=0.0))
    assert ranked[0].candidate is figure
    assert ranked[0].answer > ranked[1].answer == 0


def test_what_is_compared_in_meaning_is_what_was_embedded_at_ingestion(
    candidates_of: Make, vocabulary: Vocabulary
) -> None:
    reading = read("Treo loa ở đâu?")
    found = score(reading, candidates_of("# Bản tin\n\n## Cách làm\n\nTreo loa ở đầu bản.\n"), vocabulary)
    given: list[str] = []

    def noting(texts: Sequence[str]) -> list[float]:
        given.extend(texts)
        return [0.9] * len(texts)

    with_meaning(reading, found, noting)
    assert given == ["Cách làm: Treo loa ở đầu bản."]


# ---- worth


def test_a_text_is_worth_what_it_says_of_the_question(vocabulary: Vocabulary) -> None:
    of = worth(read("Huyện kết nạp bao nhiêu đảng viên mới?"), vocabulary)
    assert of("Huyện kết nạp 48 đảng viên mới") > of("Huyện kết nạp đảng viên mới") > of("Huyện họp") > of("")
    assert of("") == 0.0


def test_a_document_number_is_worth_something_in_any_spelling_and_never_by_its_parts(
    vocabulary: Vocabulary,
) -> None:
    of = worth(read("Chỉ thị số 28-CT/TW có bao nhiêu điều?"), vocabulary)
    assert of("chỉ thị 28 - CT/TW") > of("chỉ thị 05-CT/TW") == of("chỉ thị 28-CT/BNV")


# ---- headings


@pytest.mark.parametrize(
    ("heading", "share"),
    [
        ("GIẢI PHÁP TUYÊN TRUYỀN:", 1.0),
        ("2. Giải pháp và công tác tuyên truyền", None),
        ("Kinh phí", 0.0),
        ("", 0.0),
    ],
)
def test_share_of_the_question_in_a_heading(heading: str, share: float | None) -> None:
    found = heading_share(read("Giải pháp tuyên truyền là gì?"), heading)
    assert 0 < found < 1 if share is None else found == share


def test_a_heading_in_other_words_or_another_tone_style_counts() -> None:
    assert heading_share(read("Giải pháp là gì?"), "Biện pháp") > 0
    assert heading_share(read("Hòa giải là gì?"), "Hoà giải") == 1.0


def test_a_question_without_content_shares_nothing() -> None:
    assert heading_share(read("Là gì?"), "Là gì") == 0.0


WORDS = "giải pháp tuyên truyền lưu động kinh phí thi đua".split()


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=6), st.lists(st.sampled_from(WORDS), max_size=4))
def test_a_longer_heading_never_shares_less(heading: list[str], more: list[str]) -> None:
    reading = read("Giải pháp tuyên truyền lưu động là gì?")
    shares = [heading_share(reading, " ".join(words)) for words in (heading, heading + more)]
    assert 0 <= shares[0] <= shares[1] <= 1
