"""Passages are exact spans that cover the document, keep to its structure and fit the model."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.split import HEADING_SEPARATOR, split
from ingest.structure import outline
from ingest.types import Document, Locator, Page, Passage


def words(text: str) -> int:
    """Counts as a model with three special tokens does whose tokens are words and signs."""
    return 3 + len(re.findall(r"\w+|[^\w\s]", text))


def pieces(text: str) -> int:
    """Counts as a model whose words fall into pieces of four characters."""
    return 2 + sum(-(-len(word) // 4) for word in text.split())


def characters(text: str) -> int:
    return len(text)


def document(text: str, pages: tuple[Page, ...] = ()) -> Document:
    return Document(id="tài liệu.txt", sha256="", title="Tài liệu", text=text, pages=pages)


def check(doc: Document, passages: list[Passage], count: Callable[[str], int], limit: int) -> None:
    at = 0
    for number, passage in enumerate(passages, start=1):
        passage.check(doc)
        assert passage.ordinal == number
        assert passage.id == f"{doc.id}#{number}"
        assert passage.text == passage.text.strip()
        assert count(passage.text) <= limit
        assert not doc.text[at : passage.start].strip()
        at = passage.end
    assert not doc.text[at:].strip()


RULES = """Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi
1. Quy chế áp dụng cho chi bộ.
2. Chi bộ ghép cũng vậy.

Điều 2. Họp
1. Mỗi tháng họp một lần.
2. Khi cần thì họp thêm, do bí thư quyết định sau khi hỏi ý kiến chi ủy và báo cáo đảng ủy.
"""


def test_articles_are_never_mixed_and_small_clauses_share_a_passage() -> None:
    found = split(document(RULES), count_tokens=words, max_tokens=60)
    assert [p.locator for p in found] == [
        Locator(chapter="I", article="1"),
        Locator(chapter="I", article="2"),
    ]
    assert found[0].text.startswith("Chương I\nQUY ĐỊNH CHUNG")
    assert found[1].heading == "Chương I QUY ĐỊNH CHUNG › Điều 2. Họp"


def test_a_passage_of_one_clause_names_it() -> None:
    found = split(document(RULES), count_tokens=words, max_tokens=28)
    assert Locator(chapter="I", article="2", clause="2") in [p.locator for p in found]


def test_one_endless_sentence_is_cut_at_clauses_then_words_then_characters() -> None:
    clause = "giao cho từng chi bộ theo dõi, giúp đỡ những người đã học xong lớp bồi dưỡng và "
    doc = document("Đảng ủy " + clause * 120 + "x" * 900 + ".")
    found = split(doc, count_tokens=pieces, max_tokens=64)
    check(doc, found, pieces, 64)
    assert sum(p.text.endswith((",", "và")) for p in found) > len(found) / 2


def test_paragraphs_are_cut_only_at_sentence_ends_where_sentences_fit() -> None:
    text = " ".join(f"Chi bộ số {n} đã họp và bàn việc giúp đỡ người mới." for n in range(80))
    found = split(document(text), count_tokens=words, max_tokens=70)
    assert all(p.text.startswith("Chi bộ số") and p.text.endswith("mới.") for p in found)
    sizes = [words(p.text) for p in found]
    assert max(sizes) - min(sizes) <= 30  # no crumb at the end


def test_rows_of_a_long_table_keep_its_header() -> None:
    rows = "\n".join(f"{n} | Lớp {n} | {40 + n} | đã xong" for n in range(1, 40))
    doc = document(f"I. Số liệu các lớp\nTT | Tên lớp | Học viên | Kết quả\n{rows}\n")
    found = split(doc, count_tokens=words, max_tokens=80)
    check(doc, found, words, 80)
    assert len(found) > 2
    assert found[0].heading == "I. Số liệu các lớp"
    for passage in found[1:]:
        assert passage.heading == HEADING_SEPARATOR.join(
            ["I. Số liệu các lớp", "TT | Tên lớp | Học viên | Kết quả"]
        )


def test_page_is_the_one_a_passage_starts_on() -> None:
    text = "Điều 1. Một\nNội dung một.\nĐiều 2. Hai\nNội dung hai.\n"
    middle = text.index("Điều 2")
    doc = document(text, (Page(4, 0, middle), Page(5, middle, len(text))))
    found = split(doc, count_tokens=words)
    assert [p.locator.page for p in found] == [4, 5]
    for passage in found:
        page = doc.page_at(passage.start)
        assert page is not None
        assert passage.locator.page == page.number


def test_an_empty_document_has_no_passages() -> None:
    assert split(document(" \n\t\n"), count_tokens=words) == []


def test_headings_alone_are_kept() -> None:
    doc = document("Chương I\nQUY ĐỊNH CHUNG\n\nChương II\nTỔ CHỨC\n")
    check(doc, split(doc, count_tokens=words), words, 256)


def test_a_limit_without_room_is_an_error() -> None:
    with pytest.raises(ValueError, match="special tokens"):
        split(document("Một hai ba."), count_tokens=words, max_tokens=3)
    with pytest.raises(ValueError, match="too small"):
        split(document("một"), count_tokens=lambda text: 2 + 5 * len(text), max_tokens=6)


HEADINGS = st.sampled_from(
    ["Chương I\nQUY ĐỊNH CHUNG", "Điều 1. Phạm vi", "Điều 2. Họp", "I. MỤC ĐÍCH", "II- NỘI DUNG",
     "1. Mục đích", "# Sổ tay", "## Câu 1. Là gì?", "Phần thứ nhất", "PHỤ LỤC I", "Nơi nhận:"]
)  # fmt: skip
SENTENCE = st.builds(
    lambda parts, end: " ".join(parts).strip().capitalize() + end,
    st.lists(
        st.sampled_from(
            [
                "đảng viên",
                "chi bộ",
                "họp,",
                "39,7%",
                "57.763",
                "TP.",
                "(nữ 438;",
                "trẻ)",
                "“tốt”",
                "tuy nhiên",
                "…",
                "e\u0301",
                "🙂",
            ]
        ),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from([".", ";", ":", "", "…", "?"]),
)
LINES = st.one_of(
    HEADINGS,
    SENTENCE,
    st.builds(
        lambda mark, text: f"{mark} {text}",
        st.sampled_from(["1.", "2)", "a)", "b)", "-", "+", "2.1."]),
        SENTENCE,
    ),
    st.lists(SENTENCE, min_size=2, max_size=8).map(" ".join),
    st.lists(SENTENCE, min_size=2, max_size=5).map(" | ".join),
    st.text(max_size=80),
    st.just(""),
    st.integers(1, 400).map(lambda n: "x" * n),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = "\n".join(draw(st.lists(LINES, max_size=25)))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)) | {0, len(text)})
    pages = tuple(Page(n, a, b) for n, (a, b) in enumerate(pairwise(cuts), start=1))
    return document(text, pages if draw(st.booleans()) else ())


@settings(max_examples=300, deadline=None)
@given(
    documents(),
    st.sampled_from([(words, 12), (words, 60), (pieces, 40), (characters, 25), (characters, 300)]),
)
def test_spans_are_exact_cover_all_and_fit(doc: Document, measure: tuple[Callable[[str], int], int]) -> None:
    count, limit = measure
    found = split(doc, count_tokens=count, max_tokens=limit)
    check(doc, found, count, limit)
    assert found == split(doc, count_tokens=count, max_tokens=limit)


@settings(max_examples=150, deadline=None)
@given(documents())
def test_no_passage_reaches_over_an_article_or_section(doc: Document) -> None:
    blocks = outline(doc.text)
    for passage in split(doc, count_tokens=words, max_tokens=80):
        inside = [
            b for b in blocks if b.start < passage.end and passage.start < b.end and b.kind != "heading"
        ]
        assert (
            len({(b.locator.part, b.locator.chapter, b.locator.section, b.locator.article) for b in inside})
            <= 1
        )
