"""Cleaning: the page around an article goes, nothing of the article, nothing of an official document."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.types import Page, RawText

TITLE = "Chi bộ Bình Minh đổi mới sinh hoạt định kỳ"


def lines(raw: RawText) -> list[str]:
    return [line for line in raw.text.split("\n") if line]


def page(*parts: str) -> RawText:
    return RawText("\n\n".join(parts))


def test_the_page_around_an_article_goes(sentences: Sequence[str]) -> None:
    raw = page(
        "Sign In",
        "Trang chủ\nGiới thiệu\nVăn bản mới\nHỏi đáp\nLiên hệ",
        "Khai mạc hội thi bí thư chi bộ giỏi   |    Lịch tiếp công dân trong tháng này   |   "
        "Công bố kết quả bình chọn làng văn hóa   |   ",
        TITLE,
        "07:15 05/03/2024",
        "Chia sẻ",
        sentences[0],
        "Chú thích ảnh\nĐảng viên trẻ trong ngày hội. Ảnh: Tạ Ngân/BĐP",
        sentences[1],
        sentences[2],
        "Tạ Thị Ngân - Đỗ Hùng (BĐP)",
        "Theo Báo Làng",
        "Link gốc: https://lang.example/a-b_c.htm?x=1",
        "Tag:\nkết nạp đảng",
        "File đính kèm",
        "Các tin khác\nTrao huy hiệu cho đảng viên lão thành\nMở lớp học tin học",
        "Thêm nhận xét mới",
        "Bình luận của bạn đã được gửi thành công. Cảm ơn bạn!",
        "Thống kê trong ngày",
        "Lượt truy cập:   4.534\nTổng số truy cập:   312.343.234\nĐang online: 12",
        "Bản quyền thuộc về Báo Làng. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.",
        "Sự kiện",
    )
    cleaned = clean(raw)
    assert lines(cleaned) == [
        TITLE,
        sentences[0],
        "Đảng viên trẻ trong ngày hội. Ảnh: Tạ Ngân/BĐP",
        sentences[1],
        sentences[2],
        "Tạ Thị Ngân - Đỗ Hùng (BĐP)",
        "Theo Báo Làng",
    ]
    assert cleaned.properties == {
        "author": "Tạ Thị Ngân - Đỗ Hùng",
        "date": "2024-03-05",
        "source": "https://lang.example/a-b_c.htm?x=1",
    }


def test_a_headline_repeated_after_the_author_goes_with_its_teaser(sentences: Sequence[str]) -> None:
    other = "Bài hai: Giữ chân đảng viên trẻ ở những khu phố mới lập"
    raw = page(
        TITLE,
        *sentences,
        "Tạ Thị Ngân",
        f"{other}\n{other}",
        "Ở những khu phố mới lập, giữ chân đảng viên trẻ là việc khó mà nhiều nơi còn lúng túng.",
        "Chia sẻ:",
    )
    assert lines(clean(raw)) == [TITLE, *sentences, "Tạ Thị Ngân"]


def test_the_title_as_the_text_of_a_picture_goes(sentences: Sequence[str]) -> None:
    raw = page(TITLE, sentences[0], f"{TITLE}\nQuang cảnh buổi sinh hoạt.", *sentences[1:], "Đỗ Hùng")
    assert lines(clean(raw)) == [
        TITLE,
        sentences[0],
        "Quang cảnh buổi sinh hoạt.",
        *sentences[1:],
        "Đỗ Hùng",
    ]


def test_a_list_of_other_articles_in_the_middle_goes_alone(sentences: Sequence[str]) -> None:
    raw = page(
        "Sign In", TITLE, sentences[0], "Tin liên quan\nTrao huy hiệu Đảng đợt này", *sentences[1:], "Đỗ Hùng"
    )
    assert lines(clean(raw)) == [TITLE, *sentences, "Đỗ Hùng"]


OFFICIAL = """TỈNH ỦY ĐÔNG HẢI                      ĐẢNG CỘNG SẢN VIỆT NAM
*
Số 12-HD/TU
Đông Hải, ngày 02 tháng 3 năm 2024

HƯỚNG DẪN
về chia sẻ thông tin và tiếp nhận phản hồi

Chia sẻ
I. Phản hồi
1. Mở mục Phản hồi trên trang thông tin; đăng các tin khác khi cần.
Xem thêm
Tag:
2. Thống kê trong ngày
Lượt truy cập: 4.534
Bảng: Một hai ba bốn năm sáu | Bảy tám chín mười một | Hai ba bốn năm sáu bảy
Liên hệ
Sự kiện
Nguyễn Văn An
Nơi nhận:
- Như trên,
- Lưu.
"""


@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "application/pdf", "text/markdown"])
def test_an_official_document_keeps_every_line(media_type: str) -> None:
    cleaned = clean(RawText(OFFICIAL, media_type=media_type))
    assert lines(cleaned) == [" ".join(line.split()) for line in OFFICIAL.split("\n") if line.strip()]
    assert cleaned.properties == {}


def test_an_official_document_on_a_page_loses_only_the_certain() -> None:
    counters = "\nThêm nhận xét mới\nTổng số truy cập: 99.812\nLượt truy cập: 12"
    cleaned = clean(RawText("Sign In\n" + OFFICIAL + counters))
    assert cleaned.text == clean(RawText(OFFICIAL)).text


def test_notes_that_are_no_web_page_stay(sentences: Sequence[str]) -> None:
    notes = page(*sentences, "Phản hồi", "- Góp ý của bác Tư", "- Góp ý của chị Năm")
    assert lines(clean(notes)) == lines(notes)


_WORDS = st.sampled_from(
    [
        "chi",
        "bộ",
        "đảng",
        "viên",
        "kết",
        "nạp",
        "chia",
        "sẻ",
        "phản",
        "hồi",
        "tag",
        "mới",
        "nhất",
        "12",
        "điều",
    ]
)


@st.composite
def prose(draw: st.DrawFn) -> str:
    words = draw(st.lists(_WORDS, min_size=8, max_size=38))
    return " ".join(words).capitalize() + draw(st.sampled_from([".", ".", "!", "…", ".”", "?"]))


@given(
    body=st.lists(prose(), min_size=2, max_size=8, unique=True),
    chrome=st.lists(
        st.sampled_from(["Sign In", "Chia sẻ", "Tag:", "Phản hồi", "Mới nhất", "Lượt truy cập: 99"]),
        min_size=2,
        max_size=6,
    ),
    where=st.lists(st.integers(0, 9), min_size=6, max_size=6),
)
@settings(max_examples=300)
def test_never_a_sentence_of_the_article(body: list[str], chrome: list[str], where: list[int]) -> None:
    parts = [TITLE, *body]
    for word, place in zip(chrome, where, strict=False):
        parts.insert(min(place, len(parts)), word)
    kept = lines(clean(page(*parts)))
    assert [line for line in kept if line in body] == [line for line in parts if line in body]
    assert TITLE in kept


_ODD = st.text(
    st.one_of(
        st.sampled_from(" \u00a0\u2003\t\n\u200b\ufeff\u00ad\u0301ăđơạ"),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=60,
)


@given(
    texts=st.lists(_ODD, min_size=1, max_size=6),
    media_type=st.sampled_from(["application/pdf", "text/plain"]),
)
@settings(max_examples=400)
def test_pages_move_exactly_with_the_text(texts: list[str], media_type: str) -> None:
    text, pages = "", []
    for number, part in enumerate(texts, start=1):
        pages.append(Page(number, len(text), len(text) + len(part), 0.5 if number % 2 else None))
        text += part
    cleaned = clean(RawText(text, tuple(pages), {"title": "x"}, media_type))
    assert [(one.number, one.confidence) for one in cleaned.pages] == [
        (one.number, one.confidence) for one in pages
    ]
    assert cleaned.pages[0].start == 0
    assert cleaned.pages[-1].end == len(cleaned.text)
    for before, after in zip(cleaned.pages, cleaned.pages[1:], strict=False):
        assert before.start <= before.end == after.start

    def solid(value: str) -> str:
        return re.sub(r"[\s\u200b\ufeff\u00ad\u0301]", "", value)

    if media_type == "application/pdf":  # each page keeps its own letters, all of them
        for page_before, page_after in zip(pages, cleaned.pages, strict=True):
            old = RawText(text[page_before.start : page_before.end], media_type=media_type)
            new = cleaned.text[page_after.start : page_after.end]
            assert len(solid(new)) >= len(solid(clean(old).text)) - 1


def test_page_spans_hold_the_words_of_their_pages() -> None:
    texts = ["\u00a0Một   hai\u200b ba \n\n\n\n", "  bốn\u00a0\u00a0năm", "\n\n \n", "sáu\n\n"]
    text, pages = "", []
    for number, part in enumerate(texts, start=1):
        pages.append(Page(number, len(text), len(text) + len(part)))
        text += part
    cleaned = clean(RawText(text, tuple(pages), media_type="application/pdf"))
    assert cleaned.text == "Một hai ba\n\nbốn năm\n\nsáu"
    spans = [cleaned.text[one.start : one.end].strip() for one in cleaned.pages]
    assert spans == ["Một hai ba", "bốn năm", "", "sáu"]


@given(_ODD, st.sampled_from(["application/pdf", "text/plain", "text/markdown"]))
@settings(max_examples=300)
def test_cleaning_again_changes_nothing(text: str, media_type: str) -> None:
    once = clean(RawText(text, media_type=media_type))
    assert clean(once) == once


def test_indents_of_markdown_stay() -> None:
    text = "- một\n    - hai\n\n\n\n        mã\n"
    assert clean(RawText(text, media_type="text/markdown")).text == "- một\n    - hai\n\n        mã"


def test_columns_of_a_typed_table_stay_apart() -> None:
    assert clean(RawText("Năm\tSố\n2022 \t 9")).text == "Năm\tSố\n2022\t9"
