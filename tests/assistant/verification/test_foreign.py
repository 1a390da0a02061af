"""A sentence may say nothing of weight that no cited passage has a word for."""

from __future__ import annotations

import pytest

from assistant.verification.foreign import foreign_words, usual_words

VIETNAMESE = (
    "Huyện Đông Khê mở 3 lớp bồi dưỡng nhận thức về Đảng vào tháng 6, giao Trung tâm chính trị thực hiện. "
    "Giáo viên tiểu học là nòng cốt của lớp."
)
ENGLISH = "The district opened 3 classes and appointed two teachers."


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Các lớp bồi dưỡng của huyện Đông Khê đã bị hủy.", ["hủy"]),
        ("Trung tâm chính trị đã giải thể.", ["giải thể"]),
        ("Giáo viên tiểu học phản đối việc mở lớp.", ["phản đối"]),
        ("Huyện Đông Khê dẫn đầu về mở lớp.", ["dẫn"]),
        ("Huyện Đông Khê đi đầu về mở lớp.", ["đi"]),
        ("Trung tâm chính trị được gia hạn.", ["gia hạn"]),
        ("Huyện Đông Khê mở 3 lớp bồi dưỡng nhờ vay vốn.", ["vay vốn"]),
        ("Giáo viên nhận hối lộ để mở lớp.", ["hối lộ"]),
        ("Giao vien nhan phan thuong de mo lop.", ["phan thuong"]),
        ("Lớp bồi dưỡng mở hằng quý.", ["hằng quý"]),
    ],
)
def test_a_word_of_weight_must_stand_in_what_is_cited(said: str, words: list[str]) -> None:
    assert foreign_words(said, [VIETNAMESE]) == words


@pytest.mark.parametrize(
    "said",
    [
        "Huyện Đông Khê đã mở tổng cộng ba lớp bồi dưỡng.",
        "Có 3 lớp bồi dưỡng được tổ chức tại huyện Đông Khê trong tháng 6.",
        "Trung tâm chính trị được giao thực hiện các lớp này.",
        "Huyen Dong Khe mo 3 lop boi duong.",
        "Như đã đề cập, trong tháng 6 có 3 lớp bồi dưỡng diễn ra ở huyện Đông Khê.",
        "Ba lớp này đều do Trung tâm chính trị đảm nhận.",
        "HĐND nêu rằng huyện Đông Khê mở 3 lớp theo 28-CT/TW.",
    ],
)
def test_other_words_for_the_same_are_let_be(said: str) -> None:
    assert foreign_words(said, [VIETNAMESE]) == []


@pytest.mark.parametrize(
    ("said", "cited", "words"),
    [
        ("The classes were cancelled.", ENGLISH, ["cancelled"]),
        ("Two of the teachers were appointed by the district.", ENGLISH, []),
        ("The classes were cancelled.", VIETNAMESE, ["cancelled"]),
        ("Three of the classes were organised.", VIETNAMESE, []),
        ("The classes were cancelled.", "Huyện đã hủy các lớp học.", []),
    ],
)
def test_what_was_done_is_looked_at_across_languages(said: str, cited: str, words: list[str]) -> None:
    assert foreign_words(said, [cited]) == words


def test_one_of_several_passages_is_enough() -> None:
    said = "Các lớp bồi dưỡng đã bị hủy."
    assert foreign_words(said, [VIETNAMESE, "Lớp tháng 5 hủy vì mưa lũ."]) == []


def test_a_word_may_stand_for_another_that_is_cited() -> None:
    cited = "Chi bộ họp mỗi tháng một lần, mọi đảng viên tán thành."
    assert foreign_words("Tất cả đảng viên đồng ý.", [cited]) == []
    assert foreign_words("Tất cả đảng viên đồng ý.", ["Một số đảng viên chưa tán thành."]) == ["Tất"]
    assert foreign_words("Một số đảng viên ngủ gật.", [cited]) == ["ngủ gật"]


def test_an_abbreviation_has_the_words_it_stands_for() -> None:
    assert foreign_words("Hội đồng nhân dân họp.", ["HĐND họp."]) == []


def test_a_longer_word_explains_a_syllable() -> None:
    said = "Lớp tập huấn trình bày các bài."
    assert {said[at:].split()[0] for at in usual_words(said, [])} == {"trình", "bày"}
    assert usual_words("Năm ngày liên tục.", ["Năm ngày liền."]) == frozenset({9, 14})
    assert usual_words("Năm ngày liên.", ["Năm ngày liền."]) == frozenset()
