"""A list comes with what announces it and with every item, however many passages it fills."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.candidates import candidates
from assistant.extract import Limits, choose
from assistant.lists import Listing, announces, listing_at, style_of
from assistant.reading import read
from assistant.scoring import Scored
from index.types import Hit
from ingest.split import split
from ingest.structure import BlockKind, outline
from ingest.types import Document, Passage

MEASURES = read("Nêu các giải pháp thi đua")
SIGNS = {
    "dash": ["- ", "- ", "- "],
    "plus": ["+ ", "+ ", "+ "],
    "number": ["1. ", "2. ", "3. "],
    "bracket": ["1) ", "2) ", "3) "],
    "letter": ["a) ", "b) ", "c) "],
    "roman": ["i) ", "ii) ", "iii) "],
    "ordinal": ["Một là, ", "Hai là, ", "Ba là, "],
    "place": ["Thứ nhất, ", "Thứ hai, ", "Thứ ba, "],
}
ITEMS = ["treo bảng theo dõi ở nhà văn hóa;", "bình chọn tấm gương của tháng;", "tặng sách cho gia đình."]


def lines(found: Listing | None, text: str) -> tuple[str | None, list[str]] | None:
    """The lead and the items of a list, as text."""
    if found is None:
        return None
    lead = text[slice(*found.lead)] if found.lead else None
    return lead, [text[start:end] for start, end in found.items]


def at(text: str, start: str) -> tuple[str | None, list[str]] | None:
    """The list at the block that begins with ``start``."""
    blocks = outline(text)
    (position,) = [n for n, block in enumerate(blocks) if text[block.start : block.end].startswith(start)]
    return lines(listing_at(text, blocks, position), text)


@pytest.mark.parametrize("signs", SIGNS.values(), ids=SIGNS)
def test_a_list_is_the_same_from_its_lead_and_from_every_item(signs: list[str]) -> None:
    items = [sign + item for sign, item in zip(signs, ITEMS, strict=True)]
    text = (
        "Mở đầu bản tin.\n\nHuyện làm ba việc sau đây:\n\n" + "\n\n".join(items) + "\n\nHuyện họp tổng kết."
    )
    whole = ("Huyện làm ba việc sau đây:", items)
    for start in ("Huyện làm", *items):
        assert at(text, start) == whole
    assert at(text, "Mở đầu") is None
    assert at(text, "Huyện họp") is None


def test_a_list_under_a_heading_has_no_lead() -> None:
    text = (
        "# Bản tin\n\n## Giải pháp thi đua\n\n- Treo bảng theo dõi.\n- Tặng sách cho bà con.\n\n"
        "## Kinh phí\n\n- Quỹ xã.\n"
    )
    assert at(text, "- Treo") == (None, ["- Treo bảng theo dõi.", "- Tặng sách cho bà con."])
    assert at(text, "- Quỹ") is None  # one item is no list


def test_a_sentence_before_the_items_that_announces_nothing_is_no_lead() -> None:
    text = "Huyện họp vào buổi sáng.\n\n- Treo bảng theo dõi.\n- Tặng sách cho bà con.\n"
    assert at(text, "- Treo") == (None, ["- Treo bảng theo dõi.", "- Tặng sách cho bà con."])
    assert at(text, "Huyện họp") is None


NESTED = """\
Huyện làm hai việc:

1. Tuyên truyền tới từng bản bằng nhiều cách;

a) bằng loa kéo;

b) bằng tờ gấp:

- tờ gấp có tranh vẽ;

- tờ gấp tiếng Mông.

2. Khen thưởng kịp thời.

Huyện họp tổng kết.
"""


def test_a_list_within_an_item_belongs_to_the_item() -> None:
    outer = [line for line in NESTED.split("\n") if line][1:-1]
    assert at(NESTED, "1.") == at(NESTED, "2.") == at(NESTED, "Huyện làm") == ("Huyện làm hai việc:", outer)


def test_a_list_within_an_item_can_be_asked_for_alone() -> None:
    assert at(NESTED, "- tờ gấp có") == ("b) bằng tờ gấp:", ["- tờ gấp có tranh vẽ;", "- tờ gấp tiếng Mông."])
    assert at(NESTED, "a)") == (
        None,
        ["a) bằng loa kéo;", "b) bằng tờ gấp:", "- tờ gấp có tranh vẽ;", "- tờ gấp tiếng Mông."],
    )


def test_a_heading_that_announces_is_the_lead() -> None:
    text = "1. Tuyên truyền bằng:\n\na) loa kéo;\n\nb) tờ gấp.\n\n2. Kinh phí\n\nQuỹ xã."
    assert outline(text)[0].kind is BlockKind.HEADING
    whole = ("1. Tuyên truyền bằng:", ["a) loa kéo;", "b) tờ gấp."])
    assert at(text, "1.") == at(text, "a)") == at(text, "b)") == whole


def test_rows_of_a_table_are_no_items() -> None:
    text = "Số liệu như sau:\n\nTT | Chi bộ | Đảng viên\n1 | Pa Khen | 27\n2 | Tà Lềng | 41\n\nHết bảng."
    blocks = outline(text)
    assert [listing_at(text, blocks, position) for position in range(len(blocks))] == [None] * len(blocks)
    dashed = "Bảng:\n\n| - a | - b |\n|---|---|\n| - c | - d |\n| - e | - f |\n"
    blocks = outline(dashed)
    assert [listing_at(dashed, blocks, position) for position in range(len(blocks))] == [None] * len(blocks)


@pytest.mark.parametrize(
    "text", ["-5 độ vào buổi sáng", "2023 là năm đầu tiên", "28-CT/TW", "Một ngày mới", "đ.c"]
)
def test_what_only_looks_like_a_sign_is_none(text: str) -> None:
    assert style_of(text) is None


def test_a_lead_may_be_in_bold_type() -> None:
    assert announces("**Huyện làm ba việc:**\n")
    assert not announces("Huyện làm ba việc: treo bảng.")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Huyện họp.",
                "Huyện làm:",
                "# Mục",
                "- treo bảng;",
                "1. tặng sách;",
                "a) loa kéo;",
                "x | y | z",
                "Một là, đi.",
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_in_any_text_a_list_holds_the_block_asked_about_in_order_and_once(blocks_of: list[str]) -> None:
    text = "\n\n".join(blocks_of)
    blocks = outline(text)
    for position, block in enumerate(blocks):
        found = listing_at(text, blocks, position)
        if found is None:
            continue
        spans = [*([found.lead] if found.lead else []), *found.items]
        assert spans == sorted(set(spans))
        assert (block.start, block.end) in spans
        assert len(found.items) >= 2
        assert set(spans) <= {(other.start, other.end) for other in blocks}
        if found.lead:
            assert announces(text[slice(*found.lead)])


# ---- quoted


def document_of(text: str) -> Document:
    return Document("1.md", "0" * 64, "Tài liệu 1", text)


def split_short(document: Document) -> list[Passage]:
    """Passages of about one item each."""
    return list(split(document, count_tokens=lambda part: len(part.split()), max_tokens=24))


def scored_hits(document: Document, passages: list[Passage]) -> list[Scored]:
    hits = [Hit(passage, document, 1.0) for passage in passages]
    return [
        Scored(candidate, 1.0 - 0.01 * place, 1.0, 1.0, 1.0, None, (), None)
        for place, candidate in enumerate(candidates(hits))
    ]


def long_list(count: int = 6) -> str:
    items = [
        f"{n}. Việc thứ {n} là chăm lo đời sống của bà con ở bản số {n} vùng cao."
        for n in range(1, count + 1)
    ]
    return (
        "Các giải pháp thi đua của huyện trong năm gồm có:\n\n"
        + "\n\n".join(items)
        + "\n\nHuyện họp tổng kết."
    )


PassageAt = Callable[[str, int], Passage | None]


def finder(passages: list[Passage]) -> PassageAt:
    return lambda _, offset: next((p for p in passages if p.start <= offset < p.end), None)


def test_a_list_over_several_passages_comes_whole_where_one_of_them_was_found() -> None:
    text = long_list()
    document = document_of(text)
    passages = split_short(document)
    assert len(passages) > 3
    middle = scored_hits(document, passages[2:3])
    chosen = choose(MEASURES, middle, Limits(words=10, statements=1), passage_at=finder(passages))
    assert [text[quote.start : quote.end] for quote in chosen] == text.split("\n\n")[:-1]
    for quote in chosen:
        assert quote.candidate.passage.start <= quote.start < quote.candidate.passage.end
        assert quote.candidate.text == text[quote.start : quote.end]
        assert (quote.start, quote.end) == quote.candidate.sentence


def test_without_its_other_passages_a_list_is_not_passed_off_as_whole() -> None:
    document = document_of(long_list())
    passages = split_short(document)
    middle = scored_hits(document, passages[2:3])
    only = choose(MEASURES, middle, Limits(words=10, statements=1))
    assert [quote.candidate.text for quote in only] == [middle[0].candidate.text]
    lost = choose(MEASURES, middle, Limits(words=10, statements=1), passage_at=lambda *_: None)
    assert [quote.candidate.text for quote in lost] == [middle[0].candidate.text]


def test_a_list_as_long_as_a_document_is_quoted_in_part_only() -> None:
    document = document_of(long_list(20))
    passages = split_short(document)
    middle = scored_hits(document, passages[3:4])
    chosen = choose(MEASURES, middle, Limits(words=10, statements=1), passage_at=finder(passages))
    assert len(chosen) == 1


def test_who_asks_for_one_thing_gets_the_item_and_not_the_list() -> None:
    document = document_of(long_list())
    passages = split_short(document)
    middle = scored_hits(document, passages[2:3])
    chosen = choose(
        read("Bao nhiêu bản được chăm lo?"), middle, Limits(statements=1), passage_at=finder(passages)
    )
    assert [quote.candidate for quote in chosen] == [middle[0].candidate]
