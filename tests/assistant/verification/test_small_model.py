"""Sentences that a model of 135 million parameters wrote of passages it was shown, in poor Vietnamese."""

from __future__ import annotations

import pytest
from corpus import documents, passage_with, true_cases

from assistant.types import Verdict
from assistant.verification.spelling import goes_in_circles, slips, strange_words
from assistant.verification.types import Evidence
from assistant.verification.verifier import Verifier
from ingest.types import Document, Passage

#: Document, words of the passage that was shown, sentence.
NOT_BORNE_OUT = (
    ("tb", "57.763", "Bắc Ninh khi phắng báo [1]"),
    ("tb", "57.763", "Bắc Ninh khi ấy rộng 822,7km2, dân số gần 1,37 triệu người, chia thành 8 đơn vị cấp xã. [1]"),
    ("tb", "57.763", "Nhìn lại số liệu năm 2019, làng nhưng làng, các khiều nhưng nhỏi làng, làng làng những những các các khác nhút. [1]"),
    ("tb", "57.763", "Nhìn lại số liệu năm 2019, nhưng nguồn kết nạp lại cạn ở chính những nhữt làng, các khiểm th [1]"),
    ("tb", "57.763", "Bắc Ninh, đức 822,7km2, dân số gần 1,37 triệu ngọi, 126 đơn vị cấp xã. [1]"),
    ("tb", "57.763", "In this case, it is 57.763 days. [1]"),
    ("tb", "57.763", "This is a mathematical expression that represents the number of days in a 30-day lunar cycle. [1]"),
    ("tb", "xóa tên 97", "Song với kết nạp, việc sàng lọc được tiến hành thạnch động, trong năm 2019, toàn tỉnh khai trừ 20 người, xóa tên 97 người. [1]"),
    ("tb", "xóa tên 97", "Thịnh thời các các lội chính, những thời các các các vựng nhữt thời các chính mình, những thời các chính mình, những thời các chính mình. [1]"),
    ("tb", "28-CT/TW", "The number of 28-CT/TW in the 2022 China-Russia trade negotiations is 3. [1]"),
    ("tb", "Diệp Trương", "Nhóm biên soạn viết lại từ loạt bài của TTXVN về đảng viết lại từ loạt bài của Diệp Trường. [1]"),
    ("tb", "Diệp Trương", "Từ thực tế, Tỉnh ủy Bắc Ninh kiến ngoạt khác, ăn xa từ 3 tháng trở lên mà không có thể xe nhỏ như. [1]"),
    ("db", "4.539", "The Vietnamese word for \"trung tâm\" is \"bồi dưỡng chính trị cấp huyện mở 75 lớp bồi dưỡng nhận thức, thức thức. [1]"),
    ("db", "4.539", "Theo học is 4.539, the number of the disease is 75.\" [1]"),
    ("db", "4.539", "Theo Học, 4.539 người học, thức thức bỏt của theo học 11:11, thời đứng thứt. [1]"),
    ("db", "4.539", "Nhờ các phong trào thi đua, nhờ các phong trào thi đua, các phong trào thi đua, các phong trào thi đua, các phong trào thi đua. [1]"),
    ("ht", "250 đảng viên", "Chỉ tiêu năm 2022, toàn Khối phấn đảng 110 người, nàm 2022, toàn Khối ph [1]"),
    ("ht", "250 đảng viên", "Năm 2022, toàn Khối phấm định vực, 250 ngày là 110 người. [1]"),
    ("ht", "250 đảng viên", "Năm 2022, toàn Khối phấl độ nào, riêng trong doanh nghiệp là 110 người. [1]"),
    ("tp", "652", "Bài viết là tại số liệu nhỏi: [1]"),
    ("tp", "652", "In this example, I have repeated the entire sentence exactly 652 times to avoid repetition and make the text more concise. [1]"),
    ("hd", "mười hai tháng", "Các bản 12. [1]"),
    ("hd", "mười hai tháng", "Đảng viên dữ bị có các quyền thức, trừ ba quyền: biểu quyết, ứng cử và bầu cử cơ quan lãnh đạo của Đảng. [1]"),
    ("k25", "Cương lĩnh", "Bài 2: Cường lĩnh xây dựng đất nước trong thời kỳ quá độ lên chủ nghĩa xã hội. [1]"),
    ("k25", "Cương lĩnh", "Bài 1: Năm bài học, động bài học, động bài học, động bài học, động bài học. [1]"),
    ("hn", "31/8/2020", "The number of people who died in the 2020 World Cup was 794, with 39.7% of those being women. [1]"),
)  # fmt: skip
BORNE_OUT = (
    ("tb", "57.763", "Đến ngày 30/11/2019, toàn Đảng bộ tỉnh có 57.763 đảng viên. [1]"),
    ("db", "4.539", "Trung tâm bồi dưỡng chính trị cấp huyện mở 75 lớp bồi dưỡng nhận thức, thu hút 4.539 người theo học. [1]"),
    ("hn", "31/8/2020", "Việc xét kết nạp đúng tiêu chuẩn, đúng trình tự. [1]"),
)  # fmt: skip
PASSED = (Verdict.VERBATIM, Verdict.SUPPORTED)


def checked(verifier: Verifier, key: str, words: str, sentence: str) -> Verdict:
    passage = passage_with(key, words)
    evidence = Evidence(1, documents()[passage.document_id], passage)
    return verifier.check(sentence, {1: evidence}).verdict


def _made(text: str) -> tuple[Document, Passage]:
    document = Document(id="a.txt", sha256="0" * 64, title="Báo cáo", text=text, names=("a.txt",))
    return document, Passage("a.txt#1", "a.txt", 1, 0, len(text), text)


@pytest.mark.parametrize(("key", "words", "sentence"), NOT_BORNE_OUT)
def test_what_it_made_up_is_not_verified(verifier: Verifier, key: str, words: str, sentence: str) -> None:
    assert checked(verifier, key, words, sentence) not in PASSED


@pytest.mark.parametrize(("key", "words", "sentence"), BORNE_OUT)
def test_what_it_copied_rightly_is(verifier: Verifier, key: str, words: str, sentence: str) -> None:
    assert checked(verifier, key, words, sentence) in PASSED


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Lớp học khai giảng lúc 7:30 ngày 10/6/2024.", Verdict.SUPPORTED),
        ("Lớp học khai giảng lúc 7h45 ngày 10/6/2024.", Verdict.CONTRADICTED),
    ],
)
def test_times_of_day_are_compared_in_any_form(verifier: Verifier, said: str, verdict: Verdict) -> None:
    document, passage = _made("Lớp học khai giảng lúc 07h30 ngày 10/6/2024 tại hội trường xã.")
    assert verifier.check(f"{said} [1]", {1: Evidence(1, document, passage)}).verdict is verdict


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("Hội nghị do bà Nguyễn Thị Hoà chủ trì.", Verdict.SUPPORTED),
        ("Hội nghị do bà Nguyễn Thị Hoa chủ trì.", Verdict.CONTRADICTED),
        ("The conference was chaired by Nguyen Thi Hoa.", Verdict.SUPPORTED),
    ],
)
def test_a_name_with_other_marks_is_another(verifier: Verifier, said: str, verdict: Verdict) -> None:
    document, passage = _made("Hội nghị do bà Nguyễn Thị Hòa, Bí thư Huyện ủy, chủ trì.")
    assert verifier.check(f"{said} [1]", {1: Evidence(1, document, passage)}).verdict is verdict


def test_hardly_a_true_sentence_is_thought_unreadable() -> None:
    cases = true_cases()
    unread = []
    for case in cases:
        texts = [documents()[name.rsplit("#", 1)[0]].text for name in case.passages]
        if any(strange_words(case.text, texts)) or slips(case.text, texts) or goes_in_circles(case.text):
            unread.append(case.text)
    assert len(unread) <= 0.005 * len(cases), "\n".join(unread)
