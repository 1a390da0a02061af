"""A figure answers only for the thing, the group, the year and the extent that it is of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.abstain import Reason, admissible
from assistant.attributes import attributes, groups
from assistant.candidates import Candidate
from assistant.extents import of_extent, of_year
from assistant.offices import holder_asked, holds, office
from assistant.phrases import words
from assistant.reading import read
from assistant.scoring import score
from assistant.wanted import Wanted, asked
from index.library import Library
from index.vocabulary import Vocabulary

ReasonOf = Callable[[str, str], Reason | None]

COUNT = "Đảng bộ xã An Bình hiện có 214 đảng viên, sinh hoạt ở 12 chi bộ."
ADMITTED = "Năm 2023, Đảng bộ xã An Bình kết nạp 27 đảng viên, trong đó có 11 đảng viên nữ và 4 sinh viên."


@pytest.fixture(scope="module")
def reason_of(candidates_of: Callable[..., list[Candidate]], library: Library) -> ReasonOf:
    vocabulary = Vocabulary(library)

    def reason(question: str, text: str) -> Reason | None:
        reading = read(question)
        return admissible(reading, score(reading, candidates_of(text), vocabulary))[1]

    return reason


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Tuổi trung bình của đảng viên xã An Bình là bao nhiêu?", COUNT),
        ("Đảng phí của đảng viên xã An Bình là bao nhiêu?", COUNT),
        ("Xã An Bình có bao nhiêu đảng viên nữ?", COUNT),
        ("Xã An Bình kết nạp bao nhiêu đảng viên là công nhân?", ADMITTED),
        ("Xã An Bình có bao nhiêu đảng viên được tặng Huy hiệu 40 năm tuổi Đảng?", COUNT),
        ("Xã An Bình kết nạp bao nhiêu đảng viên năm 2024?", ADMITTED),
        ("Cả nước kết nạp bao nhiêu đảng viên?", ADMITTED),
        ("Chỉ tiêu kết nạp đảng viên của xã An Bình là bao nhiêu?", ADMITTED),
        ("Trong 350 đảng viên của xã An Bình có bao nhiêu người là nữ?", ADMITTED),
        ("Công ty Sông Hồng có bao nhiêu đảng viên?", COUNT),
        ("Bao nhiêu đảng viên xã An Bình đang đi làm ăn xa?", "Đảng viên đi làm ăn xa trên 3 tháng báo cáo."),
        ("Một lớp bồi dưỡng kéo dài mấy ngày?", "Lớp bồi dưỡng được mở hằng năm tại trung tâm."),
        ("Chi bộ họp vào ngày nào trong tháng?", "Chi bộ họp hằng tháng, đảng viên phải có mặt đầy đủ."),
        ("Bà Trần Thị Lụa sinh năm nào?", "Năm 2023, bà Trần Thị Lụa học lớp bồi dưỡng dành cho sinh viên."),
        ("Ai chủ trì hội nghị?", "Đồng chí Lê Văn Thành tham dự hội nghị."),
        ("Hội nghị họp ở hội trường nào?", "Hội nghị họp ngày 10/9 tại tỉnh Bắc Giang."),
        ("How old must a person be to be admitted?", "Người lớn tuổi cũng được kết nạp."),
    ],
)  # fmt: skip
def test_a_figure_of_something_else_is_no_answer(reason_of: ReasonOf, question: str, text: str) -> None:
    assert reason_of(question, text) in (Reason.NO_SUCH_FACT, Reason.PERIOD_ABSENT, Reason.NAME_ABSENT)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Đảng bộ xã An Bình có bao nhiêu đảng viên?", COUNT),
        ("Xã An Bình kết nạp bao nhiêu đảng viên nữ?", ADMITTED),
        ("Trong số đó có bao nhiêu là nữ?", ADMITTED),
        ("Bao nhiêu sinh viên được xã An Bình kết nạp?", ADMITTED),
        ("Năm 2023 xã An Bình kết nạp bao nhiêu đảng viên?", ADMITTED),
        ("Trong 27 đảng viên mới có bao nhiêu người là nữ?", ADMITTED),
        ("Độ tuổi trung bình của cấp ủy là bao nhiêu?", "Cấp ủy có độ tuổi trung bình 43,5."),
        ("Dân số và diện tích xã An Bình là bao nhiêu?", "Xã An Bình có diện tích 12 km2, dân số 8.200."),
        ("Chỉ tiêu kết nạp đảng viên năm nay là bao nhiêu?", "Năm nay phấn đấu kết nạp 30 đảng viên."),
        ("Công ty Sông Hồng có bao nhiêu đảng viên?", "Chi bộ Công ty Sông Hồng có 18 đảng viên."),
        ("Một lớp bồi dưỡng kéo dài mấy ngày?", "Mỗi lớp bồi dưỡng kéo dài 5 ngày."),
        ("Chi bộ họp vào ngày nào trong tháng?", "Chi bộ họp thường kỳ vào ngày 5 hằng tháng."),
        ("Bà Trần Thị Lụa sinh năm nào?", "Bà Trần Thị Lụa, sinh năm 1975, là bí thư chi bộ."),
        ("Ai chủ trì hội nghị?", "Đồng chí Lê Văn Thành điều hành hội nghị."),
        ("How old must a person be to be admitted?", "Người vào Đảng phải đủ 18 tuổi."),
    ],
)  # fmt: skip
def test_a_figure_of_the_same_thing_is_one(reason_of: ReasonOf, question: str, text: str) -> None:
    assert reason_of(question, text) is None


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Tuổi trung bình của đảng viên là bao nhiêu?", ["tuổi trung bình"]),
        ("Năm 2024, dân số tỉnh Bắc Giang là bao nhiêu?", ["dân số"]),
        ("Diện tích và dân số xã Ba Vì là bao nhiêu?", ["diện tích", "dân số"]),
        ("Tổng số đảng viên là bao nhiêu?", ["đảng viên"]),
        ("Tỷ lệ là bao nhiêu?", []),
        ("Xã có bao nhiêu chi bộ?", []),
        ("Vì sao thiếu nguồn?", []),
    ],
)
def test_what_a_figure_is_asked_of(question: str, names: list[str]) -> None:
    assert [one.names for one in attributes(question, "vi")] == [(" ".join(words(name)),) for name in names]


def test_groups_stand_beside_what_is_counted() -> None:
    assert groups("Có bao nhiêu đảng viên nữ?")[0][0] == "nữ"
    assert groups("Nữ chiếm bao nhiêu phần trăm?")[0][0] == "nữ"
    assert groups("Hội Phụ nữ giới thiệu bao nhiêu quần chúng?") == ()
    assert groups("Đoàn thanh niên xã có bao nhiêu chi đoàn?") == ()


@pytest.mark.parametrize(
    ("sentence", "question", "may"),
    [
        ("Năm 2023 kết nạp 27 đảng viên.", "Năm 2023 kết nạp bao nhiêu?", True),
        ("Năm 2023 kết nạp 27 đảng viên.", "Năm 2024 kết nạp bao nhiêu?", False),
        ("Kết nạp 27 đảng viên.", "Năm 2024 kết nạp bao nhiêu?", True),
        ("Giai đoạn 2023-2025 kết nạp 650 đảng viên.", "Năm 2024 kết nạp bao nhiêu?", False),
        ("Giai đoạn 2023-2025, mỗi năm kết nạp 30 đảng viên.", "Năm 2024 kết nạp bao nhiêu?", True),
        ("Giai đoạn 2023-2025 kết nạp 650 đảng viên.", "Đến năm 2025 kết nạp bao nhiêu?", True),
        ("Giai đoạn 2023-2025 kết nạp 650 đảng viên.", "Giai đoạn 2023-2025 kết nạp bao nhiêu?", True),
        ("Nhiệm kỳ 2020-2025, riêng năm 2022 kết nạp 25.", "Năm 2025 kết nạp bao nhiêu?", False),
        ("Thực hiện Kế hoạch số 12-KH/ĐU, ngày 20/2/2021, đã mở 3 lớp.", "Năm 2022 mở mấy lớp?", True),
        ("So với năm 2022 tăng 5 đảng viên.", "Có bao nhiêu đảng viên?", True),
    ],
)
def test_figures_of_other_years_are_not_those_asked_for(sentence: str, question: str, may: bool) -> None:
    assert of_year(sentence, "", question) is may
    assert of_year(sentence, "Báo cáo năm 2022, 2023, 2024 và 2025", question)


def test_a_part_is_not_the_whole() -> None:
    bloc = "Đảng bộ Khối các cơ quan tỉnh có 3.478 đảng viên."
    asked_whole = "Đảng bộ tỉnh có bao nhiêu đảng viên?"
    assert not of_extent(bloc, "", asked_whole, bloc)
    assert of_extent(bloc, "", "Đảng bộ Khối các cơ quan tỉnh có bao nhiêu đảng viên?", bloc)
    assert not of_extent("Đã kết nạp 58 đảng viên.", "", asked_whole, bloc * 3)
    assert of_extent("Toàn tỉnh đã kết nạp 58 đảng viên.", "", asked_whole, bloc * 3)
    assert not of_extent("Xã kết nạp 27 người.", "", "Cả nước kết nạp bao nhiêu người?", "")
    assert of_extent("Xã kết nạp 27 người.", "Số liệu toàn quốc", "Cả nước kết nạp bao nhiêu người?", "")


@pytest.mark.parametrize(
    ("question", "office_of"),
    [
        ("Bí thư Huyện ủy Bát Xát là ai?", ("bí thư", "huyện ủy")),
        ("Ai là Chủ tịch UBND xã?", ("chủ tịch", "ubnd")),
        ("Ai đang giữ chức Phó Bí thư Tỉnh ủy?", ("phó bí thư", "tỉnh ủy")),
        ("Trưởng Ban Tổ chức tên là gì?", ("trưởng ban", "tổ chức")),
        ("Who is the party secretary of Hà Tĩnh?", ("bí thư",)),
        ("Who was the deputy secretary?", ("phó bí thư",)),
        ("Who is the president of Vietnam?", ("chủ tịch nước",)),
        ("Ai chủ trì hội nghị?", ()),
        ("Đảng viên dự bị là ai?", ()),
    ],
)
def test_whose_holder_is_asked_for(question: str, office_of: tuple[str, ...]) -> None:
    assert holder_asked(question) == office_of


@pytest.mark.parametrize(
    ("sentence", "holder"),
    [
        ("Đồng chí Nguyễn Văn Bình, Bí thư Huyện ủy, dự hội nghị.", True),
        ("Bí thư Huyện ủy Bát Xát Nguyễn Văn Bình dự hội nghị.", True),
        ("Phó Bí thư Huyện ủy Nguyễn Văn Bình dự hội nghị.", False),
        ("Đồng chí Nguyễn Văn Bình, Bí thư Chi bộ thôn Đông, dự hội nghị.", False),
        ("Hội nghị có 600 bí thư chi bộ; ông Nguyễn Văn Bình phát biểu.", False),
        ("Bí thư Huyện ủy dự hội nghị.", False),
    ],
)
def test_who_holds_an_office_stands_beside_its_title(sentence: str, holder: bool) -> None:
    assert holds(sentence, holder_asked("Bí thư Huyện ủy là ai?")) is holder


def test_the_office_of_somebody_stands_beside_the_name() -> None:
    question = "Ông Nguyễn Hoàng Long giữ chức vụ gì?"
    assert [one.wanted for one in asked(question)] == [Wanted.OFFICE]
    assert office("Phó Bí thư Thường trực Thành ủy Bắc Ninh Nguyễn Hoàng Long cho biết.", question) == 1.0
    assert office("Ông Nguyễn Hoàng Long, Chủ tịch UBND xã, cho biết.", question) == 1.0
    assert office("Ông Nguyễn Hoàng Long cho biết Bí thư Thành ủy đã dự.", question) == 0.0
    assert office("Bí thư Thành ủy Trần Văn Ba cho biết.", question) == 0.0


NAMES_TWO = "Thực hiện Chỉ thị số 35-CT/TW, ngày 18/3/2019 của Ban Bí thư và Kế hoạch số 95-KH/TU của Ban Thường vụ về doanh nghiệp."


@pytest.mark.parametrize(
    ("question", "text", "answered"),
    [
        ("Chỉ thị số 35-CT/TW ban hành ngày nào?", NAMES_TWO, True),
        ("Kế hoạch số 95-KH/TU ban hành ngày nào?", NAMES_TWO, False),
        ("Kế hoạch số 95-KH/TU nói về việc gì?", NAMES_TWO, True),
        ("Kết luận số 903-KL/TU nói về việc gì?", "Sau Kết luận số 903-KL/TU, xã mở 3 lớp.", False),
        ("Đảng bộ nào kết nạp nhiều nhất?", "Huyện Bát Xát kết nạp 12 người; huyện Sa Pa kết nạp 31 người.", True),
        ("Đảng bộ nào kết nạp nhiều nhất?", "Đảng bộ có 28 chi bộ, kết nạp 12 người, chiếm 3% số đảng viên.", False),
        ("Số đảng viên nữ của xã An Bình?", COUNT, False),
        ("Tỷ lệ đảng viên trẻ là bao nhiêu?", "Đảng viên trẻ chiếm 31%, cao hơn năm trước.", True),
    ],
)  # fmt: skip
def test_what_is_said_of_a_numbered_document_or_of_the_first_of_several(
    reason_of: ReasonOf, question: str, text: str, answered: bool
) -> None:
    assert (reason_of(question, text) is None) is answered


def test_a_document_named_by_its_title_answers_alone(reason_of: ReasonOf) -> None:
    reading = read("Theo bài “Kết nạp năm 2023” (19/9/2024), Đảng bộ xã kết nạp bao nhiêu đảng viên?")
    assert reading.text == "Đảng bộ xã kết nạp bao nhiêu đảng viên?"
    assert (reading.days, reading.years) == ((), ())
    assert reason_of("Theo bài “Tài liệu 1”, xã An Bình kết nạp bao nhiêu đảng viên?", ADMITTED) is None
    assert reason_of("theo bai “tai lieu 1”, xã An Bình kết nạp bao nhiêu đảng viên?", ADMITTED) is None
    other = reason_of("Theo bài “Tài liệu khác”, xã An Bình kết nạp bao nhiêu đảng viên?", ADMITTED)
    assert other is Reason.NAME_ABSENT


def test_the_number_of_a_document_is_no_count() -> None:
    assert [one.wanted for one in asked("Chỉ thị về kết nạp đảng viên mang số bao nhiêu?")] == [
        Wanted.DOCUMENT
    ]
    assert [one.wanted for one in asked("Số hiệu của nghị quyết này là gì?")] == [Wanted.DOCUMENT]
