"""Restoring diacritics: questions typed without them are read right, all others are left alone."""

from __future__ import annotations

import itertools
import math
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.lattice import best_path
from index.restore import MAX_CHARACTERS, Restorer
from index.syllables import SyllableModel, canonical, fold, is_syllable

TEXTS = (
    "Năm 2024, Đảng bộ tỉnh Hòa Bình kết nạp 2.407 đảng viên mới, vượt chỉ tiêu đại hội đề ra. Tỉnh ủy "
    "giao chỉ tiêu cho từng đảng bộ huyện, thành phố và theo dõi kết quả hằng tháng.",
    "Người được giới thiệu vào Đảng phải có bản lĩnh chính trị vững vàng, đạo đức trong sáng, lối sống "
    "lành mạnh. Chi bộ phân công đảng viên chính thức theo dõi, giúp đỡ quần chúng ưu tú trong thời "
    "gian thử thách.",
    "Kết luận số 903-KL/TU của Tỉnh ủy yêu cầu các cấp ủy nâng cao chất lượng sinh hoạt chi bộ, quan "
    "tâm phát triển đảng viên trong học sinh, sinh viên và công nhân khu công nghiệp. Đồng chí Trần Thị "
    "Lan là bí thư chi bộ thôn.",
    "Đảng viên dự bị không có quyền biểu quyết, ứng cử và bầu cử cơ quan lãnh đạo của Đảng. Sau mười "
    "hai tháng, chi bộ xem xét công nhận đảng viên chính thức. Đây là nam thanh niên dân tộc Mường đầu "
    "tiên của bản.",
)
VIETNAMESE = (
    "Năm 2024 Hòa Bình kết nạp bao nhiêu đảng viên mới?",
    "Người được giới thiệu vào Đảng phải có những tiêu chuẩn gì?",
    "Đảng viên dự bị có quyền biểu quyết không?",
    "Kết luận số 903-KL/TU của Tỉnh ủy yêu cầu gì?",
    "Bí thư chi bộ thôn là ai?",
    "Vì sao phải quan tâm phát triển đảng viên trong học sinh, sinh viên?",
)
ENGLISH = (
    "How many new members did the province admit in 2024?",
    "Who is the secretary of the party cell?",
    "What does conclusion 903-KL/TU ask for?",
    "Why can a probationary member not vote?",
    "Is it in Hoa Binh or in Bac Ninh?",
    "Compare the two provinces.",
    "Summarize directive 28.",
    "Do they have to be men?",
    "The long men go on to the hang.",
    "list all documents about young people",
    "Can I see that in the text?",
    "hello",
    "when",
)


@pytest.fixture(scope="module")
def model() -> SyllableModel:
    return SyllableModel.learn(TEXTS)


@pytest.fixture(scope="module")
def restorer(model: SyllableModel) -> Restorer:
    return Restorer(model)


@pytest.mark.parametrize("question", VIETNAMESE)
def test_a_question_without_diacritics_gets_them_back(restorer: Restorer, question: str) -> None:
    assert restorer.restore(fold(question)).text == question
    assert restorer.needs_restoration(fold(question))


@pytest.mark.parametrize("question", VIETNAMESE)
def test_a_question_with_diacritics_is_left_alone(restorer: Restorer, question: str) -> None:
    assert restorer.restore(question).text == question
    assert not restorer.needs_restoration(question)


@pytest.mark.parametrize("question", ENGLISH)
def test_an_english_question_is_left_alone(restorer: Restorer, question: str) -> None:
    assert restorer.restore(question).text == question
    assert Restorer(SyllableModel()).restore(question).text == question


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            "Chi bộ phân cong đảng viên chinh thuc theo dõi ai?",
            "Chi bộ phân công đảng viên chính thức theo dõi ai?",
        ),
        ("đảng viên du bi có quyền bieu quyết không", "đảng viên dự bị có quyền biểu quyết không"),
        ("CHI TIEU KET NAP DANG VIEN", "CHỈ TIÊU KẾT NẠP ĐẢNG VIÊN"),
        ("903-KL/TU cua tinh uy", "903-KL/TU của tỉnh ủy"),
        ("chi bo A1, tinh uy: ket qua?", "chi bộ A1, tỉnh ủy: kết quả?"),
    ],
)
def test_half_typed_marks_case_codes_and_punctuation(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed).text == meant


def test_a_syllable_the_library_has_without_marks_is_meant_so(restorer: Restorer) -> None:
    # "nam" beside "năm", "Lan" beside "làn": whoever types marks means what is typed.
    question = "Đồng chí Lan là nam thanh niên dân tộc nào?"
    assert restorer.restore(question).text == question


def test_everyday_phrases_are_known_to_an_empty_library() -> None:
    assert (
        Restorer(SyllableModel()).restore("ket nap bao nhieu dang vien").text == "kết nạp bao nhiêu đảng viên"
    )


def test_changed_spans_are_the_syllables_that_differ(restorer: Restorer) -> None:
    typed = "Chi bo thôn X12 ket nap ai?"
    done = restorer.restore(typed)
    differing = {i for i, (a, b) in enumerate(zip(typed, done.text, strict=True)) if a != b}
    covered = {i for start, end in done.changed for i in range(start, end)}
    assert differing <= covered
    assert [typed[start:end] for start, end in done.changed] == ["bo", "ket", "nap"]
    assert 0.5 < done.confidence <= 1


def test_confidence_falls_where_the_library_cannot_tell() -> None:
    # "ma" is read from two equally frequent words in the same place.
    restorer = Restorer(SyllableModel.learn(["con mạ non xanh", "con mã non xanh", "kết nạp đảng viên"] * 5))
    unsure = restorer.restore("con ma non xanh")
    assert unsure.text in ("con mạ non xanh", "con mã non xanh")
    assert unsure.confidence < 0.6
    assert restorer.restore("ket nap dang vien").confidence > 0.95


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=60) | st.text(alphabet="abcdeghiklmnopqrstuvxyđáàảãạăâêôơư ABCĐ.,?/-12\n", max_size=80)
)
def test_nothing_but_marks_is_ever_changed(restorer: Restorer, text: str) -> None:
    done = restorer.restore(text)
    typed = unicodedata.normalize("NFC", text)
    assert len(done.text) == len(typed)
    assert fold(done.text) == fold(typed)
    for a, b in zip(typed, done.text, strict=True):
        assert a == b or a.isascii()
    assert restorer.needs_restoration(text) == bool(done.changed)


def test_a_question_of_a_hundred_thousand_characters(restorer: Restorer) -> None:
    text = "dang vien " * 10_000
    done = restorer.restore(text)
    assert done.text.startswith("đảng viên đảng viên")
    assert done.text[MAX_CHARACTERS:] == text[MAX_CHARACTERS:]


def test_the_restorer_follows_the_model() -> None:
    model = SyllableModel()
    restorer = Restorer(model)
    assert "Mường Thàng".lower() not in restorer.restore("xa muong thang").text
    model.add("xã Mường Thàng")
    assert restorer.restore("xa muong thang").text == "xã mường thàng"


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "khuỷu", "đảng", "ủy", "giếng", "thuở", "xoong", "ý", "hươu"]
)
def test_the_shape_of_syllables(word: str) -> None:
    assert is_syllable(fold(word))


@pytest.mark.parametrize("word", ["strong", "members", "what", "of", "file", "zoom", "tw", "hdnd", "for", ""])
def test_the_shape_of_what_is_none(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("new", "old"),
    [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("quý", "quý"), ("QUỲ", "quỳ"), ("toàn", "toàn")],
)
def test_both_places_of_the_tone_mark_are_one_syllable(new: str, old: str) -> None:
    assert canonical(new) == canonical(old) == old


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), max_size=4), st.lists(st.sampled_from(TEXTS), max_size=4))
def test_what_is_added_and_removed_leaves_no_trace(kept: list[str], gone: list[str]) -> None:
    model = SyllableModel.learn([*kept, *gone])
    for text in gone:
        model.remove(text)
    assert model == SyllableModel.learn(kept)
    assert model.total == SyllableModel.learn(kept).total


def test_a_stored_model_is_the_same_and_can_be_changed(model: SyllableModel) -> None:
    data = model.to_bytes()
    again = SyllableModel.from_bytes(data)
    assert again == model
    assert again.to_bytes() == data
    assert again.total == model.total
    again = SyllableModel.from_bytes(data)
    again.add("Thêm một câu mới của đảng bộ xã.")
    again.remove(TEXTS[0])
    expected = SyllableModel.learn([*TEXTS[1:], "Thêm một câu mới của đảng bộ xã."])
    assert again == expected
    assert again.to_bytes() == expected.to_bytes()
    assert SyllableModel.from_bytes(SyllableModel().to_bytes()) == SyllableModel()


@settings(max_examples=200)
@given(st.binary(max_size=60))
def test_damaged_bytes_are_refused(data: bytes) -> None:
    for damaged in (data, b"SYL2" + data, SyllableModel.learn(TEXTS[:1]).to_bytes()[: -1 - len(data)]):
        with pytest.raises(ValueError, match=r"syllable model"):
            SyllableModel.from_bytes(damaged)


def test_english_and_unmarked_text_teach_nothing() -> None:
    model = SyllableModel.learn(
        [
            "The party committee can admit ten new members in the long term, so the men do not hang on.",
            "Nam nay dang bo tinh ket nap them nhieu dang vien moi so voi nam truoc",
        ]
    )
    assert model == SyllableModel()


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=4).flatmap(
        lambda sizes: st.tuples(
            *(
                st.lists(st.lists(st.floats(1e-6, 1.0), min_size=b, max_size=b), min_size=a, max_size=a)
                for a, b in itertools.pairwise([1, *sizes, 1])
            )
        )
    )
)
@settings(deadline=None)
def test_the_best_path_is_that_of_trying_all(steps: tuple[list[list[float]], ...]) -> None:
    sizes = [len(step[0]) for step in steps[:-1]]
    weights = {
        way: math.prod(
            step[a][b] for step, (a, b) in zip(steps, itertools.pairwise((0, *way, 0)), strict=True)
        )
        for way in itertools.product(*map(range, sizes))
    }
    whole = math.fsum(weights.values())
    found = best_path(steps)
    assert weights[found.choices] == pytest.approx(max(weights.values()))
    assert found.log_weight == pytest.approx(math.log(whole), abs=1e-9)
    for place, (choice, posterior) in enumerate(zip(found.choices, found.posteriors, strict=True)):
        through = math.fsum(weight for way, weight in weights.items() if way[place] == choice)
        assert posterior == pytest.approx(through / whole, rel=1e-6)
