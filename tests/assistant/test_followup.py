"""Follow-ups become questions that stand alone; new topics stay clean of old ones."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.followup import is_followup, standalone
from ingest.numbers import fold

ADMITTED = "Năm 2020 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"
SINCE = "Từ đầu nhiệm kỳ đến nay thành phố Lào Cai kết nạp bao nhiêu đảng viên mới?"
AS_OF = "Tính đến 31/12/2018, Đảng bộ tỉnh Kon Tum có bao nhiêu chi bộ?"
ARTICLE = "Điều 4 Quy định số 58-QĐ/TW quy định gì?"
CLAUSE = "Khoản 1 Điều 4 Quy định số 58-QĐ/TW quy định gì?"
DIRECTIVE = "Chỉ thị 41-CT/TW nói về gì?"
ENGLISH = "How many new members did Gia Lai admit in 2020?"
RIGHTS = "Đảng viên chính thức có quyền gì?"
PROPOSED = "Gia Lai kiến nghị gì về đảng viên đi làm ăn xa?"
TERM = "Nhiệm kỳ 2015-2020 tỉnh Lai Châu kết nạp bao nhiêu đảng viên?"

#: earlier questions, oldest first · follow-up · what it stands for
DIALOGUES = [
    # another place
    ([ADMITTED], "Còn Điện Biên thì sao?", "Năm 2020 tỉnh Điện Biên kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "Thế còn tỉnh Cà Mau?", "Năm 2020 tỉnh Cà Mau kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "Và ở Sơn La?", "Năm 2020 tỉnh Sơn La kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "Sơn La?", "Năm 2020 tỉnh Sơn La kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "Điện Biên thì thế nào?", "Năm 2020 tỉnh Điện Biên kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "Còn huyện Mường Tè?", "Năm 2020 huyện Mường Tè kết nạp bao nhiêu đảng viên mới?"),
    (
        [ADMITTED],
        "Còn Sơn La kết nạp được bao nhiêu đảng viên?",
        "Năm 2020 tỉnh Sơn La kết nạp bao nhiêu đảng viên mới?",
    ),
    (
        [SINCE],
        "Còn tỉnh Sơn La thì sao?",
        "Từ đầu nhiệm kỳ đến nay tỉnh Sơn La kết nạp bao nhiêu đảng viên mới?",
    ),
    ([ENGLISH], "What about Dien Bien?", "How many new members did Điện Biên admit in 2020?"),
    ([ENGLISH], "How about Sơn La province?", "How many new members did Sơn La province admit in 2020?"),
    ([ADMITTED], "what about Dien Bien?", "Năm 2020 tỉnh Điện Biên kết nạp bao nhiêu đảng viên mới?"),
    ([ENGLISH], "Còn Điện Biên thì sao?", "How many new members did Điện Biên admit in 2020?"),
    # another period
    ([ADMITTED], "Thế năm 2021?", "Năm 2021 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "2019?", "Năm 2019 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "năm 2021 thì sao", "Năm 2021 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"),
    (
        [ADMITTED],
        "Năm 2021 kết nạp được bao nhiêu?",
        "Năm 2021 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?",
    ),
    ([ADMITTED], "Thế năm sau?", "Năm 2021 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "Năm trước thì thế nào?", "Năm 2019 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "còn năm liền trước", "Năm 2019 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "Hai năm sau đó?", "Năm 2022 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"),
    ([ADMITTED], "Thế ba năm trước đó thì sao?", "Năm 2017 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"),
    ([AS_OF], "Thế năm sau?", "Năm 2019, Đảng bộ tỉnh Kon Tum có bao nhiêu chi bộ?"),
    ([SINCE], "Thế năm 2021?", "Năm 2021 thành phố Lào Cai kết nạp bao nhiêu đảng viên mới?"),
    ([TERM], "nhiệm kỳ trước?", "Nhiệm kỳ 2010-2015 tỉnh Lai Châu kết nạp bao nhiêu đảng viên?"),
    ([TERM], "Còn nhiệm kỳ sau?", "Nhiệm kỳ 2020-2025 tỉnh Lai Châu kết nạp bao nhiêu đảng viên?"),
    (
        ["Giai đoạn 2011-2015 Kon Tum mở mấy lớp?"],
        "Giai đoạn sau thì sao?",
        "Giai đoạn 2016-2020 Kon Tum mở mấy lớp?",
    ),
    (["Quý IV/2021 Kon Tum mở mấy lớp?"], "Còn quý sau?", "Quý I/2022 Kon Tum mở mấy lớp?"),
    (["Quý I/2021 Kon Tum mở mấy lớp?"], "quý II thì sao?", "Quý II/2021 Kon Tum mở mấy lớp?"),
    (
        ["6 tháng đầu năm 2021 Kon Tum mở mấy lớp?"],
        "Cùng kỳ năm trước?",
        "6 tháng đầu năm 2020 Kon Tum mở mấy lớp?",
    ),
    ([ENGLISH], "And in 2023?", "How many new members did Gia Lai admit in 2023?"),
    ([ENGLISH], "the next year?", "How many new members did Gia Lai admit in 2021?"),
    ([ENGLISH], "and two years later?", "How many new members did Gia Lai admit in 2022?"),
    ([ADMITTED], "and in 2023?", "Năm 2023 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"),
    # another document, article or clause
    ([ARTICLE], "Còn Điều 5?", "Điều 5 Quy định số 58-QĐ/TW quy định gì?"),
    ([ARTICLE], "khoản 2 thì sao?", "Khoản 2 Điều 4 Quy định số 58-QĐ/TW quy định gì?"),
    ([CLAUSE], "Khoản 3?", "Khoản 3 Điều 4 Quy định số 58-QĐ/TW quy định gì?"),
    ([CLAUSE], "Thế Điều 6?", "Điều 6 Quy định số 58-QĐ/TW quy định gì?"),
    ([ARTICLE], "Điều 7 quy định gì?", "Điều 7 Quy định số 58-QĐ/TW quy định gì?"),
    ([DIRECTIVE], "Còn Chỉ thị 19-CT/TW?", "Chỉ thị 19-CT/TW nói về gì?"),
    ([DIRECTIVE], "Còn 19-CT/TW thì sao?", "Chỉ thị 19-CT/TW nói về gì?"),
    ([DIRECTIVE], "thế Nghị quyết 33-NQ/TW?", "Nghị quyết 33-NQ/TW nói về gì?"),
    # another thing of the same group, or with the same noun
    ([RIGHTS], "Thế còn dự bị?", "Đảng viên dự bị có quyền gì?"),
    ([RIGHTS], "Đảng viên dự bị thì sao?", "Đảng viên dự bị có quyền gì?"),
    ([RIGHTS], "Còn nhiệm vụ?", "Đảng viên chính thức có nhiệm vụ gì?"),
    ([ADMITTED], "Còn nữ?", "Năm 2020 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới nữ?"),
    (
        ["Cơ quan nào quyết định khiển trách đảng viên?"],
        "Còn khai trừ?",
        "Cơ quan nào quyết định khai trừ đảng viên?",
    ),
    (
        ["Gia Lai mở mấy lớp bồi dưỡng lý luận?"],
        "Còn lớp tiếng dân tộc thì sao?",
        "Gia Lai mở mấy lớp tiếng dân tộc?",
    ),
    (
        ["Kon Tum dự kiến thu ngân sách năm 2030 bao nhiêu?"],
        "Còn tỷ lệ che phủ rừng?",
        "Kon Tum dự kiến tỷ lệ che phủ rừng năm 2030 bao nhiêu?",
    ),
    (
        ["Ai bổ nhiệm bí thư đoàn xã?"],
        "Thế với kế toán trưởng?",
        "Với kế toán trưởng, ai bổ nhiệm bí thư đoàn xã?",
    ),
    # another question about the same
    ([ADMITTED], "Vì sao?", "Vì sao năm 2020 tỉnh Lai Châu kết nạp đảng viên mới?"),
    ([ADMITTED], "tại sao lại thế?", "Tại sao năm 2020 tỉnh Lai Châu kết nạp đảng viên mới?"),
    ([PROPOSED], "Bao giờ?", "Gia Lai kiến nghị về đảng viên đi làm ăn xa bao giờ?"),
    ([PROPOSED], "Ở đâu?", "Gia Lai kiến nghị về đảng viên đi làm ăn xa ở đâu?"),
    ([PROPOSED], "Bằng cách nào?", "Gia Lai kiến nghị về đảng viên đi làm ăn xa bằng cách nào?"),
    (["Chi ủy có phải họp giao ban không?"], "bao lâu một lần?", "Chi ủy họp giao ban bao lâu một lần?"),
    ([ADMITTED], "Tỷ lệ là bao nhiêu?", "Năm 2020 tỉnh Lai Châu kết nạp đảng viên mới, tỷ lệ là bao nhiêu?"),
    (
        [ADMITTED],
        "Trong đó có bao nhiêu là nữ?",
        "Năm 2020 tỉnh Lai Châu kết nạp đảng viên mới, trong đó có bao nhiêu là nữ?",
    ),
    (
        [ADMITTED],
        "Bao nhiêu là người dân tộc thiểu số?",
        "Năm 2020 tỉnh Lai Châu kết nạp đảng viên mới, bao nhiêu là người dân tộc thiểu số?",
    ),
    ([ADMITTED], "Nguyên nhân là gì?", "Năm 2020 tỉnh Lai Châu kết nạp đảng viên mới, nguyên nhân là gì?"),
    ([DIRECTIVE], "Ai ký?", "Chỉ thị 41-CT/TW ai ký?"),
    ([DIRECTIVE], "ban hành khi nào?", "Chỉ thị 41-CT/TW ban hành khi nào?"),
    (
        ["Thông báo 90 phân công đơn vị nào làm bảng tin?"],
        "Thế thời hạn là bao lâu?",
        "Thông báo 90 phân công đơn vị làm bảng tin, thời hạn là bao lâu?",
    ),
    ([ADMITTED], "Kể chi tiết hơn", "Cụ thể, năm 2020 tỉnh Lai Châu kết nạp bao nhiêu đảng viên mới?"),
    ([RIGHTS], "Cụ thể?", "Cụ thể, đảng viên chính thức có quyền gì?"),
    ([RIGHTS], "Nêu ví dụ", "Nêu ví dụ: đảng viên chính thức có quyền gì?"),
    ([RIGHTS], "Nói rõ hơn được không?", "Cụ thể, đảng viên chính thức có quyền gì?"),
    ([ENGLISH], "why?", "Why did Gia Lai admit new members in 2020?"),
    (["Who signed Directive 41-CT/TW?"], "When?", "When was it that someone signed Directive 41-CT/TW?"),
    (["When was the resolution issued?"], "why?", "Why was the resolution issued?"),
    (
        [ENGLISH],
        "How many of them are women?",
        "Of the new members that Gia Lai did admit in 2020, how many are women?",
    ),
    ([ENGLISH], "tell me more", "Specifically, how many new members did Gia Lai admit in 2020?"),
    ([ADMITTED], "why?", "Vì sao năm 2020 tỉnh Lai Châu kết nạp đảng viên mới?"),
    # what points back
    ([ADMITTED], "Ở đó có bao nhiêu chi bộ?", "Ở tỉnh Lai Châu có bao nhiêu chi bộ năm 2020?"),
    ([ADMITTED], "ở đó có bao nhiêu?", "Năm 2020 tỉnh Lai Châu kết nạp đảng viên mới, ở đó có bao nhiêu?"),
    (
        ["Tỉnh Cà Mau có mấy huyện?"],
        "Nơi này có bao nhiêu đảng bộ cơ sở?",
        "Tỉnh Cà Mau có bao nhiêu đảng bộ cơ sở?",
    ),
    (["Tỉnh Cà Mau có mấy huyện?"], "Ai là bí thư tỉnh ủy ở đó?", "Ai là bí thư tỉnh ủy ở tỉnh Cà Mau?"),
    ([ADMITTED], "Khi đó có bao nhiêu chi bộ?", "Năm 2020 có bao nhiêu chi bộ ở tỉnh Lai Châu?"),
    ([ARTICLE], "Văn bản này do ai ký?", "Quy định số 58-QĐ/TW do ai ký?"),
    ([DIRECTIVE], "Chỉ thị đó áp dụng cho ai?", "Chỉ thị 41-CT/TW áp dụng cho ai?"),
    ([RIGHTS], "Họ có được ứng cử không?", "Đảng viên chính thức có được ứng cử không?"),
    (["Ai là Bí thư Tỉnh ủy Cà Mau?"], "Đồng chí ấy sinh năm nào?", "Bí thư Tỉnh ủy Cà Mau sinh năm nào?"),
    (["Đồng chí Lê Văn Mẫn giữ chức gì?"], "Ông ấy sinh năm nào?", "Đồng chí Lê Văn Mẫn sinh năm nào?"),
    ([PROPOSED], "Ai nói vậy?", "Ai nói Gia Lai kiến nghị về đảng viên đi làm ăn xa?"),
    (
        ["Chi bộ họp kín để bầu cấp ủy có đúng không?"],
        "Văn bản nào quy định việc đó?",
        "Văn bản nào quy định việc chi bộ họp kín để bầu cấp ủy?",
    ),
    (
        ["Nguyên tắc luân chuyển cán bộ là gì?"],
        "Ai khẳng định điều này?",
        "Ai khẳng định nguyên tắc luân chuyển cán bộ?",
    ),
    (
        [PROPOSED],
        "Căn cứ của kiến nghị đó là gì?",
        "Gia Lai kiến nghị về đảng viên đi làm ăn xa, căn cứ của kiến nghị đó là gì?",
    ),
    ([ENGLISH], "Who said that?", "Who said that about the new members that Gia Lai did admit in 2020?"),
    (
        ["What did Gia Lai propose in 2020?"],
        "How many party cells are in that province?",
        "How many party cells are in Gia Lai in 2020?",
    ),
    # chains
    (
        [ADMITTED, "Còn Điện Biên?"],
        "Còn năm 2022 thì sao?",
        "Năm 2022 tỉnh Điện Biên kết nạp bao nhiêu đảng viên mới?",
    ),
    (
        [ADMITTED, "Còn Điện Biên?", "Thế năm sau?"],
        "Năm sau nữa?",
        "Năm 2022 tỉnh Điện Biên kết nạp bao nhiêu đảng viên mới?",
    ),
    (
        [ADMITTED, "Trong đó bao nhiêu là nữ?"],
        "Con số đó chiếm bao nhiêu phần trăm?",
        "Năm 2020 tỉnh Lai Châu kết nạp đảng viên mới, trong đó nữ, con số đó chiếm bao nhiêu phần trăm?",
    ),
    ([ADMITTED, "cảm ơn bạn"], "Còn Điện Biên?", "Năm 2020 tỉnh Điện Biên kết nạp bao nhiêu đảng viên mới?"),
    ([RIGHTS, ADMITTED], "Còn Điện Biên?", "Năm 2020 tỉnh Điện Biên kết nạp bao nhiêu đảng viên mới?"),
    ([ARTICLE, "Còn Điều 5?"], "khoản 2?", "Khoản 2 Điều 5 Quy định số 58-QĐ/TW quy định gì?"),
    ([ENGLISH, "and in 2021?"], "what about Son La?", "How many new members did Sơn La admit in 2021?"),
    ([RIGHTS, "thế còn dự bị?"], "cụ thể?", "Cụ thể, đảng viên dự bị có quyền gì?"),
    # a body, by its name
    (
        ["Đảng bộ tỉnh Lai Châu tăng bao nhiêu phần trăm?"],
        "Còn đảng bộ huyện Mường Tè?",
        "Đảng bộ huyện Mường Tè tăng bao nhiêu phần trăm?",
    ),
    (
        [
            "Từ đầu nhiệm kỳ thành phố Lai Châu kết nạp bao nhiêu đảng viên mới?",
            "Riêng năm 2023 được mấy người?",
        ],
        "Thế còn Khối CCQ&DN Sơn La từ đầu nhiệm kỳ thì sao?",
        "Từ đầu nhiệm kỳ Khối CCQ&DN Sơn La kết nạp bao nhiêu đảng viên mới?",
    ),
    (
        ["Chi bộ 5 Chi cục Thuế Quận 9 họp ở đâu?", "Chi bộ này được tặng danh hiệu gì?"],
        "Nhiệm kỳ tới họ định kết nạp mấy người?",
        "Nhiệm kỳ tới chi bộ 5 Chi cục Thuế Quận 9 định kết nạp mấy người?",
    ),
    (
        ["Chi bộ thôn Đồi Thông làm được những gì tốt?"],
        "Ở đó có ai bị kỷ luật không?",
        "Ở chi bộ thôn Đồi Thông có ai bị kỷ luật không?",
    ),
    (
        ["Chi bộ Đồi Thông đặt mục tiêu bao nhiêu phần trăm đảng viên hoàn thành tốt nhiệm vụ?"],
        "thế còn kết nạp đảng viên mới thì mấy người",
        "Kết nạp đảng viên mới thì mấy người ở Chi bộ Đồi Thông?",
    ),
    (
        ["Năm 2020 Khối CCQ&DN Lai Châu phấn đấu kết nạp bao nhiêu đảng viên?"],
        "Muốn đạt mức ấy thì những ai phải vào cuộc?",
        "Năm 2020 Khối CCQ&DN Lai Châu phấn đấu kết nạp đảng viên, muốn đạt mức ấy thì những ai phải vào cuộc?",
    ),
    (
        ["Quy chế làm việc của Chi bộ Đồi Thông gồm mấy chương, mấy điều?"],
        "Còn Điều lệ Đảng thì sao?",
        "Điều lệ Đảng gồm mấy chương, mấy điều?",
    ),
    # before it
    ([ADMITTED], "Dạ, còn Điện Biên thì sao ạ?", "Năm 2020 tỉnh Điện Biên kết nạp bao nhiêu đảng viên mới?"),
    (
        [ADMITTED],
        "Cho tôi hỏi thêm, còn Điện Biên?",
        "Năm 2020 tỉnh Điện Biên kết nạp bao nhiêu đảng viên mới?",
    ),
]


@pytest.mark.parametrize(("history", "question", "expected"), DIALOGUES)
def test_a_followup_takes_what_it_leaves_out_from_before(
    history: list[str], question: str, expected: str
) -> None:
    assert standalone(question, history) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("con dien bien thi sao", "Nam 2020 tinh Điện Biên ket nap bao nhieu dang vien?"),
        ("the nam sau", "Nam 2021 tinh lai chau ket nap bao nhieu dang vien?"),
        ("nam truoc thi the nao", "Nam 2019 tinh lai chau ket nap bao nhieu dang vien?"),
        ("vi sao", "Vi sao nam 2020 tinh lai chau ket nap dang vien?"),
        ("trong do bao nhieu la nu", "Nam 2020 tinh lai chau ket nap dang vien, trong do bao nhieu la nu?"),
        ("o do co bao nhieu chi bo", "O tinh lai chau co bao nhieu chi bo nam 2020?"),
        ("ke chi tiet hon", "Cụ thể, nam 2020 tinh lai chau ket nap bao nhieu dang vien?"),
        ("ai noi vay", "Ai noi nam 2020 tinh lai chau ket nap dang vien?"),
        ("ty le la bao nhieu", "Nam 2020 tinh lai chau ket nap dang vien, ty le la bao nhieu?"),
    ],
)  # fmt: skip
def test_texts_whose_marks_could_not_be_restored_are_understood(question: str, expected: str) -> None:
    assert standalone(question, ["nam 2020 tinh lai chau ket nap bao nhieu dang vien"]) == expected


COMPLETE = [
    "Đảng phí là gì?",
    "Ai được kết nạp?",
    "Vậy đảng phí được sử dụng vào việc gì?",
    "Thế nào là tập trung dân chủ?",
    "Thế ai có quyền khai trừ đảng viên?",
    "Đảng viên dự bị có quyền biểu quyết trong chi bộ không?",
    "Tỉnh Sơn La có bao nhiêu đảng viên?",
    "Chỉ thị 19-CT/TW ban hành khi nào?",
    "Điều 5 Điều lệ Đảng quy định gì?",
    "Tỉnh Cà Mau có bao nhiêu đảng viên, trong đó có bao nhiêu nữ?",
    "Người giới thiệu có trách nhiệm gì với người đó?",
    "Con đảng viên có được cộng điểm không?",
    "Nguyên nhân của tình trạng đảng viên bỏ sinh hoạt là gì?",
    "What is a party cell?",
    "Is it true that a cell may have two members?",
    "Who can be admitted to the Party?",
    "cảm ơn",
    "Xin chào",
    "thank you!",
]


@pytest.mark.parametrize("question", COMPLETE)
@pytest.mark.parametrize("earlier", [ADMITTED, ENGLISH])
def test_a_new_topic_takes_nothing_from_the_old_one(question: str, earlier: str) -> None:
    assert not is_followup(question, earlier)
    assert standalone(question, [earlier]) == question


def test_an_article_after_a_topic_without_a_document_is_left_alone() -> None:
    assert standalone("Điều 5 quy định gì?", [ADMITTED]) == "Điều 5 quy định gì?"


def test_what_was_named_anew_is_not_also_named_of_old() -> None:
    result = standalone("Còn ở Sơn La thì nguyên nhân của việc đó là gì?", [ADMITTED])
    assert "Sơn La" in result
    assert "Lai Châu" not in result


_TURNS = st.one_of(
    st.text(max_size=60),
    st.sampled_from([case[1] for case in DIALOGUES] + COMPLETE).flatmap(
        lambda text: st.sampled_from([text, fold(text), text.upper(), unicodedata.normalize("NFD", text)])
    ),
)


@given(_TURNS, st.lists(_TURNS, max_size=4))
def test_any_conversation_can_be_read(question: str, history: list[str]) -> None:
    assert isinstance(standalone(question, history), str)


@given(_TURNS)
def test_without_history_a_question_stays_as_it_is(question: str) -> None:
    assert standalone(question, []) == question


def test_a_very_long_conversation_is_read() -> None:
    history = [ADMITTED] + ["Trong đó có bao nhiêu là nữ?"] * 5_000
    assert standalone("Còn Điện Biên?", history)
