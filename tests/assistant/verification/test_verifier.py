"""What the verifier says of single sentences: the verdict, where it rests, and what differs."""

from __future__ import annotations

import hashlib

import pytest

from assistant.types import DifferenceKind, Verdict
from assistant.verification.types import Checked, Evidence
from assistant.verification.verifier import Verifier, verifier_of
from index.library import Library
from ingest.types import Document, Passage

TEXT = """\
Đến ngày 30/11/2019, toàn Đảng bộ tỉnh có 57.763 đảng viên, sinh hoạt tại 640 tổ chức cơ sở đảng. \
Trong năm, huyện Quế Lâm có 27 chi bộ, huyện Sơn Hạ có 31 chi bộ được khen thưởng.

Đồng chí Giàng Thị Mẩy, Phó Bí thư Tỉnh ủy, chủ trì hội nghị. Hội nghị không bàn về công tác cán bộ.

Đảng viên dự bị có các quyền như đảng viên chính thức, trừ quyền biểu quyết. Hồ sơ nộp trước ngày 25/5/2020. \
Số thôn chưa có chi bộ giảm 12 thôn. Quy định số 24-QĐ/TW thay thế Quy định số 29-QĐ/TW.
"""
CITY = "Thành phố có 68 tổ chức cơ sở đảng và 11.000 đảng viên."


def document(id_: str, text: str, province: str) -> Document:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=id_, sha256=sha, title="Báo cáo công tác", text=text, province=province, names=(id_,))


def passage(of: Document) -> Passage:
    return Passage(f"{of.id}#1", of.id, 1, 0, len(of.text), of.text)


PROVINCE_REPORT = document("tinh.txt", TEXT, "tỉnh Bắc Ninh")
CITY_REPORT = document("thanh-pho.txt", CITY, "thành phố Bắc Ninh")
EVIDENCE = {
    1: Evidence(1, PROVINCE_REPORT, passage(PROVINCE_REPORT)),
    3: Evidence(3, CITY_REPORT, passage(CITY_REPORT)),
}


def by_words_alone(text: str) -> Checked:
    """Checked where nothing is known of meanings, so that words must do."""
    return Verifier(lambda _, texts: [None] * len(texts)).check(text, EVIDENCE)


def kinds(checked: Checked) -> set[DifferenceKind]:
    return {difference.kind for difference in checked.differences}


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị không bàn về công tác cán bộ. [1]",
        "hội nghị  không bàn về công tác cán bộ[1]",
        "Thành phố có 68 tổ chức cơ sở đảng và 11.000 đảng viên. [3]",
    ],
)
def test_the_very_words_are_verbatim(text: str) -> None:
    checked = by_words_alone(text)
    assert checked.verdict is Verdict.VERBATIM
    assert checked.differences == ()


@pytest.mark.parametrize(
    "text",
    [
        "Tính đến ngày 30 tháng 11 năm 2019, Đảng bộ tỉnh Bắc Ninh có 57763 đảng viên. [1]",
        "Hội nghị do đồng chí Giàng Thị Mẩy, Phó Bí thư Tỉnh ủy, chủ trì. [1]",
        "Huyện Sơn Hạ có 31 chi bộ được khen thưởng, huyện Quế Lâm có 27 chi bộ. [1]",
        "Quy định số 29-QĐ/TW đã được thay thế bởi Quy định số 24-QĐ/TW. [1]",
        "As of 30 November 2019 the provincial Party organization had 57,763 party members. [1]",
        "Toàn tỉnh có 57.763 đảng viên [1], riêng thành phố có 11.000 đảng viên [3].",
    ],
)
def test_what_is_said_in_other_words_is_supported(text: str) -> None:
    checked = by_words_alone(text)
    assert (checked.verdict, checked.differences) == (Verdict.SUPPORTED, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Đến ngày 30/11/2019, toàn Đảng bộ tỉnh có 57.736 đảng viên. [1]", DifferenceKind.NUMBER),
        ("Đến ngày 30/11/2018, toàn Đảng bộ tỉnh có 57.763 đảng viên. [1]", DifferenceKind.DATE),
        (
            "Huyện Quế Lâm có 31 chi bộ, huyện Sơn Hạ có 27 chi bộ được khen thưởng. [1]",
            DifferenceKind.NUMBER,
        ),
        ("Huyện Quế Lâm có 27 đảng viên được khen thưởng. [1]", DifferenceKind.UNIT),
        ("Đồng chí Giàng Thị Mai, Phó Bí thư Tỉnh ủy, chủ trì hội nghị. [1]", DifferenceKind.NAME),
        ("Đồng chí Giàng Thị Mẩy, Phó Bí thư Huyện ủy, chủ trì hội nghị. [1]", DifferenceKind.NAME),
        ("Toàn Đảng bộ tỉnh Sơn La có 57.763 đảng viên. [1]", DifferenceKind.PLACE),
        ("Toàn Đảng bộ thành phố Bắc Ninh có 57.763 đảng viên. [1]", DifferenceKind.PLACE),
        ("Hội nghị bàn về công tác cán bộ. [1]", DifferenceKind.NEGATION),
        ("Đồng chí Giàng Thị Mẩy không chủ trì hội nghị. [1]", DifferenceKind.NEGATION),
        ("Đảng viên dự bị có các quyền như đảng viên chính thức. [1]", DifferenceKind.NEGATION),
        ("Hồ sơ phải nộp sau ngày 25/5/2020. [1]", DifferenceKind.DIRECTION),
        ("Số thôn chưa có chi bộ tăng 12 thôn. [1]", DifferenceKind.DIRECTION),
        ("Quy định số 29-QĐ/TW thay thế Quy định số 24-QĐ/TW. [1]", DifferenceKind.DIRECTION),
        ("Quy định số 25-QĐ/TW thay thế Quy định số 29-QĐ/TW. [1]", DifferenceKind.DOCUMENT_NUMBER),
        ("Báo cáo nêu rõ hội nghị “không bàn sâu về công tác cán bộ”. [1]", DifferenceKind.QUOTE),
        ("Hội nghị không bàn về công tác cán bộ. [2]", DifferenceKind.MARKER),
    ],
)
def test_what_is_cited_otherwise_is_contradicted(text: str, kind: DifferenceKind) -> None:
    checked = by_words_alone(text)
    assert checked.verdict is Verdict.CONTRADICTED
    assert kind in kinds(checked), checked.differences


def test_a_difference_gives_what_is_cited_instead() -> None:
    checked = by_words_alone("Đến ngày 30/11/2019, toàn Đảng bộ tỉnh có 57.736 đảng viên. [1]")
    (difference,) = checked.differences
    assert (difference.said, difference.cited) == ("57.736", "57.763")


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh đã đầu tư nhiều tuyến đường mới, giúp nông sản tiêu thụ thuận lợi. [1]",
        "Hội nghị đánh giá cao tinh thần đoàn kết của nhân dân vùng biển. [1]",
    ],
)
def test_what_nothing_bears_out_is_unverified(text: str) -> None:
    checked = by_words_alone(text)
    assert checked.verdict is Verdict.UNVERIFIED
    assert kinds(checked) == {DifferenceKind.SUPPORT}


def test_a_sentence_without_a_marker_is_unverified() -> None:
    checked = by_words_alone("Hội nghị không bàn về công tác cán bộ.")
    assert (checked.verdict, checked.supports) == (Verdict.UNVERIFIED, ())


def test_an_approximation_is_supported_and_named() -> None:
    checked = by_words_alone("Đến ngày 30/11/2019, toàn Đảng bộ tỉnh có hơn 57 nghìn đảng viên. [1]")
    assert checked.verdict is Verdict.SUPPORTED
    assert checked.approximations == ("57 nghìn",)


def test_each_marker_rests_on_whole_sentences_of_its_passage() -> None:
    checked = by_words_alone("Toàn tỉnh có 57.763 đảng viên [1], riêng thành phố có 11.000 đảng viên [3].")
    assert [support.marker for support in checked.supports] == [1, 3]
    quoted = [EVIDENCE[s.marker].document.text[s.start : s.end] for s in checked.supports]
    assert quoted == [
        "Đến ngày 30/11/2019, toàn Đảng bộ tỉnh có 57.763 đảng viên, sinh hoạt tại 640 tổ chức cơ sở đảng.",
        CITY,
    ]


def test_a_figure_must_stand_in_what_its_own_marker_marks() -> None:
    checked = by_words_alone("Toàn tỉnh có 11.000 đảng viên [1], riêng thành phố có 57.763 đảng viên [3].")
    assert checked.verdict is Verdict.CONTRADICTED
    assert kinds(checked) == {DifferenceKind.NUMBER}


def test_text_without_diacritics_is_compared_without_them() -> None:
    checked = by_words_alone("Den ngay 30/11/2019, toan Dang bo tinh co 57.763 dang vien. [1]")
    assert checked.verdict is Verdict.SUPPORTED
    wrong = by_words_alone("Den ngay 30/11/2019, toan Dang bo tinh co 57.673 dang vien. [1]")
    assert wrong.verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize("text", ["", "[1]", "… [1]", "[1][3]", "?! [9]", "a" * 5000 + " [1]", "Không. [1]"])
def test_no_text_breaks_it(text: str) -> None:
    assert by_words_alone(text).verdict in (Verdict.UNVERIFIED, Verdict.CONTRADICTED)


def test_meanings_are_asked_of_the_library_only_where_words_do_not_decide(library: Library) -> None:
    asked: list[str] = []

    def similarity(sentence: str, texts: object) -> list[float | None]:
        asked.append(sentence)
        return [0.99]

    text = "Đảng bộ tỉnh có 57.763 đảng viên và 640 tổ chức cơ sở đảng. [1]"
    checked = Verifier(similarity).check(text, EVIDENCE)
    assert checked.verdict is Verdict.SUPPORTED
    assert asked == []
    own = verifier_of(library).check("Hội nghị không bàn về công tác cán bộ. [1]", EVIDENCE)
    assert own.verdict is Verdict.VERBATIM


def of_text(text: str) -> dict[int, Evidence]:
    cited = document("d.txt", text, "tỉnh Lâm Bình")
    return {1: Evidence(1, cited, passage(cited))}


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        (
            "Xã dâng hương và mở hội nghị dịp sinh nhật Bác Hồ.",
            "Xã dâng hương, mở hội nghị dịp ngày sinh của Chủ tịch Hồ Chí Minh.",
        ),
        (
            "Tổ chức đảng có ba mức kỷ luật là khiển trách, cảnh cáo, giải tán; đảng viên có bốn mức.",
            "Tổ chức đảng có ba mức kỷ luật, cao nhất là giải tán.",
        ),
        (
            "Phần lớn đảng viên ở xã đã nghỉ hưu, số đoàn viên còn khiêm tốn.",
            "Ở xã, phần lớn đảng viên đã nghỉ hưu, còn đoàn viên thì ít.",
        ),
        (
            "Tỉnh Lâm Bình nằm giữa Hà Nội và Quảng Ninh, với 8 huyện và 126 xã.",
            "Lâm Bình gồm 8 huyện và 126 xã.",
        ),
        (
            "Đảng bộ có 110 chi bộ, 9.216 đảng viên; trong đó có 40 chi bộ ở nhà máy, với 4.087 đảng viên.",
            "Trong tổng số hơn 9.200 đảng viên của Đảng bộ, có gần 4.100 đảng viên ở nhà máy.",
        ),
        ("Cứ mười đảng viên thì có ba người là nữ.", "Khoảng 30% đảng viên là nữ."),
        ("Hội nghị mở lúc 7 giờ 30 ngày 5/6/2021.", "Hội nghị mở vào 07h30 ngày 5/6/2021."),
        ("Lớp học năm ngày liền ở xã.", "Lớp học năm ngày liên tục ở xã."),
    ],
)
def test_other_words_for_what_is_cited_are_supported(cited: str, said: str) -> None:
    checked = Verifier(lambda _, texts: [None] * len(texts)).check(f"{said} [1]", of_text(cited))
    assert checked.verdict is Verdict.SUPPORTED, checked.differences


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        (
            "Đảng bộ hiện có 9.216 đảng viên; trong đó nhà máy có 4.087 đảng viên.",
            "Trong tổng số 4.087 đảng viên của Đảng bộ, nhà máy có 9.216 đảng viên.",
        ),
        ("Cứ mười đảng viên thì có ba người là nữ.", "Khoảng 40% đảng viên là nữ."),
        ("Hội nghị mở lúc 7 giờ 30 ngày 5/6/2021.", "Hội nghị mở vào 19h30 ngày 4/6/2021."),
        ("Phần lớn đảng viên ở xã đã nghỉ hưu.", "Ở xã, số ít đảng viên đã nghỉ hưu."),
    ],
)
def test_other_words_for_something_else_are_not(cited: str, said: str) -> None:
    checked = Verifier(lambda _, texts: [None] * len(texts)).check(f"{said} [1]", of_text(cited))
    assert checked.verdict is not Verdict.SUPPORTED
