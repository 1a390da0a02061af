"""What a document does to others is read from its own words, and from nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.relations import Act, Deed, acts
from ingest.types import Document, Kind

ISSUED = date(2021, 9, 1)


def document(
    text: str, kind: Kind = Kind.REGULATION, number: str | None = "70-QĐ/TU", title: str = ""
) -> Document:
    return Document(
        "a.txt",
        "0",
        title or f"{kind.capitalize()} về sinh hoạt chi bộ",
        text,
        number=number,
        kind=kind,
        issued_on=ISSUED,
    )


def told(text: str, kind: Kind = Kind.REGULATION, **values: str | None) -> list[tuple[Deed, str]]:
    return [(act.deed, act.number) for act in acts(document(text, kind, **values))]


def test_what_is_replaced_comes_with_its_date_issuer_and_sentence() -> None:
    before = "Điều 9. Các chi bộ nộp báo cáo hằng quý.\n\nĐiều 10. "
    said = (
        "Quy định này thay thế Quy định số 15-QĐ/TU, ngày 02/3/2014 của Tỉnh ủy Yên Sơn về sinh hoạt chi bộ."
    )
    text = f"{before}{said}\n"
    (act,) = acts(document(text))
    start = len(before) - len("Điều 10. ")
    assert act == Act(
        Deed.REPLACES,
        "15-QĐ/TU",
        start,
        start + len("Điều 10. " + said),
        date(2014, 3, 2),
        2014,
        "Tỉnh ủy Yên Sơn",
    )
    assert text[act.start : act.end].endswith(said)


def test_several_numbers_side_by_side_each_keep_their_own_date() -> None:
    text = (
        "Quy định này có hiệu lực từ ngày ký, được phổ biến đến chi bộ và thay thế các Quy định số 15-QĐ/TU, "
        "ngày 02/3/2014; số 16-QĐ/TU ngày 04/3/2014 của Tỉnh ủy và Kết luận số 8-KL/TU năm 2016."
    )
    found = acts(document(text))
    assert [(act.number, act.issued_on, act.year) for act in found] == [
        ("15-QĐ/TU", date(2014, 3, 2), 2014),
        ("16-QĐ/TU", date(2014, 3, 4), 2014),
        ("8-KL/TU", None, 2016),
    ]


def test_a_number_in_the_title_of_what_is_replaced_is_not_replaced() -> None:
    text = (
        "Hướng dẫn này thay thế Hướng dẫn số 3-HD/TU về thực hiện Quy định số 15-QĐ/TU và "
        "Quy định số 16-QĐ/TU."
    )
    assert told(text, Kind.GUIDANCE, number="9-HD/TU") == [(Deed.REPLACES, "3-HD/TU")]


def test_a_sentence_wrapped_over_lines_is_one() -> None:
    text = (
        "Quy định này có hiệu lực thi hành kể từ ngày ký ban hành và thay thế Quy định số\n"
        "15-QĐ/TU, ngày 02/3/2014 của Ban Thường vụ Tỉnh ủy về chế độ sinh hoạt của chi\nbộ thôn, bản."
    )
    (act,) = acts(document(text))
    assert (act.start, act.end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "Luật Hội chợ số 12/2001/QH10 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.",
        "2. Luật Hội chợ số 12/2001/QH10 đã được sửa đổi, bổ sung một số điều theo Luật số 30/2009/QH12 và "
        "Luật số 31/2009/QH12 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành, trừ Điều 4.",
        "Kể từ ngày Luật này có hiệu lực, Luật Hội chợ số 12/2001/QH10 hết hiệu lực.",
        "Điều 60. Bãi bỏ Luật Hội chợ số 12/2001/QH10.",
    ],
)
def test_what_is_ended_may_stand_before_or_behind(text: str) -> None:
    assert told(text, Kind.LAW, number="40/2020/QH14") == [(Deed.ENDS, "12/2001/QH10")]


def test_a_law_saved_without_its_head_still_speaks_of_itself() -> None:
    text = "Luật Hội chợ số 12/2001/QH10 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành."
    assert told(text, Kind.OTHER, number=None, title="Luật Hội chợ") == [(Deed.ENDS, "12/2001/QH10")]


def test_a_list_of_what_is_ended_is_read_to_its_end() -> None:
    text = (
        "2. Các văn bản sau đây hết hiệu lực kể từ ngày Quy định này có hiệu lực:\n"
        "a) Quy định số 15-QĐ/TU ngày 02/3/2014 của Tỉnh ủy;\n"
        "b) Quyết định số 22-QĐ/TU ngày 05/6/2015.\n"
        "Điều 11. Văn phòng Tỉnh ủy theo dõi việc thực hiện Quyết định số 99-QĐ/TU."
    )
    found = acts(document(text))
    assert [(act.deed, act.number) for act in found] == [(Deed.ENDS, "15-QĐ/TU"), (Deed.ENDS, "22-QĐ/TU")]
    assert all(text[act.start :].startswith("2. Các văn bản sau đây") for act in found)
    assert text[: found[0].end].endswith("02/3/2014 của Tỉnh ủy;")


@pytest.mark.parametrize(
    "text",
    [
        "Điều 1. Sửa đổi, bổ sung một số điều của Quy định số 15-QĐ/TU như sau:",
        "Điều 2. Bãi bỏ khoản 3 Điều 7 của Quy định số 15-QĐ/TU.",
        "Thay thế cụm từ “xã đội” bằng cụm từ “ban chỉ huy quân sự xã” tại Điều 3 Quy định số 15-QĐ/TU.",
        "Khoản 2 Điều 5 Quy định số 15-QĐ/TU hết hiệu lực kể từ ngày Quy định này có hiệu lực.",
    ],
)
def test_a_part_replaced_or_ended_is_an_amendment(text: str) -> None:
    assert told(text) == [(Deed.AMENDS, "15-QĐ/TU")]


def test_the_title_says_what_is_amended() -> None:
    text = (
        "TỈNH ỦY YÊN SƠN\nSố 70-QĐ/TU\nYên Sơn, ngày 1 tháng 9 năm 2021\n\nQUY ĐỊNH\n"
        "sửa đổi, bổ sung một số điều của Quy định số 15-QĐ/TU về sinh hoạt chi bộ\n\n"
        "Căn cứ Điều lệ Đảng;\n\nTỉnh ủy quy định như sau."
    )
    (act,) = acts(document(text))
    assert (act.deed, act.number) == (Deed.AMENDS, "15-QĐ/TU")
    assert text[act.start : act.end].startswith("QUY ĐỊNH\nsửa đổi")


def test_what_a_decision_puts_in_force_replaces_too() -> None:
    text = (
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc, thay thế Quy chế ban hành kèm theo "
        "Quyết định số 7-QĐ/TU ngày 02/02/2016 của Tỉnh ủy."
    )
    assert told(text, Kind.DECISION) == [(Deed.REPLACES, "7-QĐ/TU")]


def test_a_new_document_may_bear_the_number_of_the_old_one() -> None:
    text = (
        "Quy định này thay thế Quy định số 70-QĐ/TU, ngày 03/9/2016 của Tỉnh ủy.\n\n"
        "Quy định này thay thế Quy định số 70-QĐ/TU."
    )
    (act,) = acts(document(text))
    assert (act.number, act.issued_on) == ("70-QĐ/TU", date(2016, 9, 3))


@pytest.mark.parametrize(
    "text",
    [
        "Tiếp tục thực hiện Chỉ thị số 15-CT/TU và các kết luận đã ban hành.",
        "Quy định này thực hiện Chỉ thị số 15-CT/TU.",
        "Các cấp ủy rà soát, sửa đổi, bổ sung, thay thế Quy định số 15-QĐ/TU cho phù hợp.",
        "Quy định này là căn cứ để các cấp ủy rà soát, sửa đổi Quy định số 15-QĐ/TU.",
        "Quy định số 37-QĐ/TU ngày 25/10/2020 thay thế Quy định số 15-QĐ/TU ngày 01/11/2011.",
        "Quy định số 15-QĐ/TU chưa hết hiệu lực.",
        "Khi Quy định số 15-QĐ/TU hết hiệu lực thì áp dụng Quy định này.",
        "Căn cứ Luật Hội chợ số 12/2001/QH10 đã được sửa đổi, bổ sung theo Luật số 30/2009/QH12;",
        "Căn cứ Quy định này, các huyện ủy ban hành văn bản thay thế Quy định số 15-QĐ/TU.",
        "Bãi bỏ những quy định trước đây trái với Quyết định số 15-QĐ/TU.",
        "Quy định này thay thế người chủ trì; thực hiện Chỉ thị số 15-CT/TU.",
    ],
)
def test_what_is_carried_out_asked_of_others_or_reported_is_no_deed(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize("kind", [Kind.PLAN, Kind.DIRECTIVE, Kind.CONCLUSION])
def test_a_task_without_subject_is_no_deed_of_a_plan(kind: Kind) -> None:
    assert told("1. Sửa đổi, bổ sung Quy định số 15-QĐ/TU.\n2. Bãi bỏ Quyết định số 22-QĐ/TU.", kind) == []


@pytest.mark.parametrize("kind", [Kind.ARTICLE, Kind.SPEECH, Kind.REPORT])
def test_a_newspaper_replaces_nothing(kind: Kind) -> None:
    assert told("Quy định này thay thế Quy định số 15-QĐ/TU, ngày 02/3/2014.", kind, number=None) == []


def test_a_guidance_does_not_speak_for_the_regulation_it_explains() -> None:
    text = "Quy định này thay thế Quy định số 15-QĐ/TU, ngày 02/3/2014."
    assert told(text, Kind.GUIDANCE, number="9-HD/TU") == []
