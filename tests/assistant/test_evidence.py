"""Signs in a sentence that it gives the kind of answer asked for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.deeds import deeds
from assistant.evidence import STRICT, about, gives
from assistant.wanted import Wanted

PLAIN = "Bà con rất phấn khởi và tin tưởng."


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Wanted.COUNT, "Huyện có 12 chi bộ."),
        (Wanted.COUNT, "Cả xã chỉ có ba đảng viên."),
        (Wanted.PERCENT, "Tỷ lệ đạt 98,6%."),
        (Wanted.DURATION, "Lớp học kéo dài 5 ngày."),
        (Wanted.WHO, "Đồng chí Vũ Đình Thảo trao giấy."),
        (Wanted.WHO, "Tỉnh ủy Lào Cai ban hành."),
        (Wanted.WHEN, "Hội nghị họp ngày 14/11/2023."),
        (Wanted.WHERE, "Lớp mở tại huyện Bát Xát."),
        (Wanted.DOCUMENT, "Theo Quy định số 24-QĐ/TW."),
    ],
)
def test_a_strict_kind_needs_its_sign(kind: Wanted, sentence: str) -> None:
    assert kind in STRICT
    assert gives([kind], sentence) > 0
    assert gives([kind], PLAIN) == 0


def test_every_strict_kind_rejects_a_sentence_without_sign() -> None:
    assert {kind for kind in STRICT if gives([kind], PLAIN)} == set()


@pytest.mark.parametrize(
    ("kind", "best", "lesser"),
    [
        (Wanted.WHY, "Nguyên nhân là thiếu nguồn.", "Do thiếu nguồn."),
        (Wanted.WHO, "Đồng chí Vũ Đình Thảo trao giấy.", "Đảng ủy trao giấy."),
        (Wanted.WHEN, "Họp ngày 3/2/2021.", "Họp trong 3 ngày."),
        (Wanted.SUPERLATIVE, "Bát Xát tăng nhanh nhất.", "Bát Xát tăng 3%."),
        (Wanted.LIST, "Gồm: chi bộ; đảng bộ; đảng ủy.", "Có chi bộ mới."),
        (Wanted.DEFINITION, "Chi ủy là cơ quan lãnh đạo.", "Chi ủy họp."),
        (Wanted.COUNT, "Xã có 12 chi bộ.", "Xã có 12 thôn."),
    ],
)
def test_the_plainer_sign_counts_more(kind: Wanted, best: str, lesser: str) -> None:
    assert gives([kind], best, ["chi bộ"]) > gives([kind], lesser, ["chi bộ"])


def test_a_count_of_another_doing_counts_less() -> None:
    question = "huyện có bao nhiêu đảng viên?"
    units = ["đảng viên"]
    there = gives([Wanted.COUNT], "Huyện có 420 đảng viên.", units, question=question)
    admitted = gives([Wanted.COUNT], "Huyện kết nạp 48 đảng viên.", units, question=question)
    assert there > admitted > 0
    asked = "huyện kết nạp bao nhiêu đảng viên?"
    assert gives([Wanted.COUNT], "Huyện kết nạp 48 đảng viên.", units, question=asked) == there


def test_an_abbreviation_is_explained_where_both_forms_stand() -> None:
    question = "TCCSĐ là gì?"
    both = gives([Wanted.DEFINITION], "Mỗi tổ chức cơ sở đảng (TCCSĐ) lập sổ theo dõi.", question=question)
    assert both > gives([Wanted.DEFINITION], "Đây là nơi các TCCSĐ gửi báo cáo.", question=question)


@pytest.mark.parametrize(
    ("sentence", "numbers", "told"),
    [
        ("Chỉ thị số 28-CT/TW về kết nạp người có đạo.", ["28cttw"], True),
        ("Chỉ thị số 28-CT/TW của Ban Bí thư về việc đó.", [], True),
        ("Chỉ thị số 05-CT/TW về học tập.", ["28cttw"], False),
        ("Theo Chỉ thị số 28-CT/TW; báo cáo về huyện.", ["28cttw"], False),
        ("Không nhắc văn bản nào.", [], False),
    ],
)
def test_what_a_document_is_about_follows_its_number(sentence: str, numbers: list[str], told: bool) -> None:
    assert (about(sentence, numbers) == 1.0) is told


def test_deeds_are_read_whatever_their_case() -> None:
    assert deeds("Tỉnh Khai Trừ và kết nạp bao nhiêu người?") == ("khai trừ", "kết nạp")
    assert deeds("Tỉnh có bao nhiêu đảng viên?") == ()


@settings(deadline=None)
@given(
    st.text(max_size=80),
    st.lists(st.sampled_from([k for k in Wanted if k is not Wanted.DEFINITION]), max_size=4),
)
def test_evidence_of_any_text_is_between_0_and_1(text: str, kinds: list[Wanted]) -> None:
    assert 0 <= gives(kinds, text, ["đảng viên"]) <= 1


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        (
            "Khối đã kết nạp bao nhiêu đảng viên?",
            "Khối đã kết nạp 58 đảng viên.",
            "Năm nay Khối phấn đấu kết nạp 25 đảng viên.",
        ),
        (
            "Chỉ tiêu kết nạp năm nay là bao nhiêu đảng viên?",
            "Năm nay Khối phấn đấu kết nạp 25 đảng viên.",
            "Khối đã kết nạp 58 đảng viên.",
        ),
        ("Huyện có bao nhiêu đảng viên?", "Huyện có 1.250 đảng viên.", "Huyện kết nạp 48 đảng viên."),
        ("Dự toán hết bao nhiêu tiền?", "Dự toán là 36 triệu đồng.", "Lớp có 45 học viên."),
    ],
)
def test_a_count_is_of_what_was_asked(question: str, better: str, worse: str) -> None:
    units = ["đảng viên"] if "đảng viên" in question else ["tiền"]
    values = [gives([Wanted.COUNT], text, units, question=question) for text in (better, worse)]
    assert values[0] > values[1]


def test_what_turns_to_shortcomings_comes_before_what_only_mentions_a_lack() -> None:
    question = "Huyện còn những tồn tại nào?"
    turning = "Tuy vậy, công tác nêu gương có việc làm chậm."
    passing = "Huyện chú trọng những bản còn ít hoặc chưa có điện, chưa có trường."
    wanted = [Wanted.LIST]
    assert gives(wanted, turning, question=question) > gives(wanted, passing, question=question)


def test_how_something_is_asks_for_a_judgement_and_how_it_is_done_for_a_way() -> None:
    judged = "Đội ngũ trẻ có phẩm chất tốt, phần lớn gương mẫu."
    way = "Cần phân công người kèm cặp thông qua tổ đảng."
    how = [Wanted.HOW]
    assert gives(how, judged, question="Đội ngũ trẻ được đánh giá thế nào?") > 0
    assert gives(how, way, question="Đội ngũ trẻ được đánh giá thế nào?") == 0
    assert gives(how, way, question="Kèm cặp người mới thế nào?") > gives(
        how, judged, question="Kèm thế nào?"
    )


def test_a_share_of_voters_answers_how_many_must_agree() -> None:
    asked = "Cần bao nhiêu người tán thành?"
    assert (
        gives([Wanted.COUNT], "Được hai phần ba số người dự tán thành.", ["người tán thành"], (), asked) > 0
    )
    assert gives([Wanted.COUNT], "Một đồng chí chủ trì cuộc họp.", ["người tán thành"], (), asked) == 0


def test_shortcomings_are_told_from_successes() -> None:
    question = "Công tác phát triển đảng còn những tồn tại gì?"
    short = gives([Wanted.LIST], "Tuy nhiên, một số chi bộ còn chậm, chưa quan tâm.", question=question)
    well = gives([Wanted.LIST], "Các chi bộ đã quan tâm, làm tốt việc tạo nguồn.", question=question)
    assert short > well


def test_a_province_asked_for_is_answered_by_a_name_only() -> None:
    vague = "Hội nghị họp tại một địa bàn vùng cao."
    assert gives([Wanted.WHERE], vague, question="Hội nghị họp ở tỉnh nào?") == 0.0
    assert gives([Wanted.WHERE], vague, question="Hội nghị họp ở vùng nào?") > 0.0
    assert gives([Wanted.WHERE], "Hội nghị họp tại tỉnh Lào Cai.", question="Hội nghị họp ở tỉnh nào?") == 1.0


def test_one_spoken_of_by_the_given_name_alone_is_someone() -> None:
    assert gives([Wanted.WHO], "Việc ấy quá nhiều, ông Thảo nói.", question="Ai nói việc ấy quá nhiều?") > 0.5
    assert gives([Wanted.WHO], "Việc ấy quá nhiều.", question="Ai nói việc ấy quá nhiều?") == 0


def test_laws_are_documents_by_their_names_where_laws_are_asked_for() -> None:
    sentence = "Các cơ quan nghiên cứu sửa Luật Thanh niên và Luật Thư viện."
    assert gives([Wanted.DOCUMENT], sentence, question="Những luật nào cần sửa?") > 0
    assert gives([Wanted.DOCUMENT], sentence, question="Chỉ thị nào cần sửa?") == 0
