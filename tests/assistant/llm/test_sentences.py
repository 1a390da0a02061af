"""A reply becomes sentences with their markers, however it is cut into pieces, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.llm.sentences import Sentence, Splitter, sentences


def said(*pieces: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(sentence.text, sentence.markers) for sentence in sentences(pieces)]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Huyện có 57.763 đảng viên [1].", [("Huyện có 57.763 đảng viên.", (1,))]),
        ("Huyện có 12 chi bộ. [1] Xã có 3. [2]", [("Huyện có 12 chi bộ.", (1,)), ("Xã có 3.", (2,))]),
        ("Ông nói vậy.[1][2]\nXong [3].", [("Ông nói vậy.", (1, 2)), ("Xong.", (3,))]),
        ("Có 5 lớp [1, 2]. Có 6 lớp [1; 3].", [("Có 5 lớp.", (1, 2)), ("Có 6 lớp.", (1, 3))]),
        ("Có 5 lớp [1-3].", [("Có 5 lớp.", (1, 2, 3))]),
        (
            "Có 5 lớp 【1】. Có 6 lớp [^2]. Có 7 lớp.【3†nguồn】",
            [("Có 5 lớp.", (1,)), ("Có 6 lớp.", (2,)), ("Có 7 lớp.", (3,))],
        ),
        (
            "Có 5 lớp (1). Có 6 lớp. (2) Có 7 lớp (đoạn 3).",
            [("Có 5 lớp.", (1,)), ("Có 6 lớp.", (2,)), ("Có 7 lớp.", (3,))],
        ),
        ("Có 5 lớp [đoạn 1; đoạn 2]. Có 6 lớp<sup>3</sup>.", [("Có 5 lớp.", (1, 2)), ("Có 6 lớp.", (3,))]),
        ("Theo khoản (1). [2]", [("Theo khoản (1).", (2,))]),
        ("Thực hiện điểm (3).", [("Thực hiện điểm (3).", ())]),
        (
            "Họp ở TP. Lào Cai theo số 28-CT/TW. Đồng chí Lý A. dự [1].",
            [("Họp ở TP. Lào Cai theo số 28-CT/TW.", ()), ("Đồng chí Lý A. dự.", (1,))],
        ),
        ("Lào Cai họp.\n[1]\nYên Bái họp.\n\n[2]", [("Lào Cai họp.", (1,)), ("Yên Bái họp.", (2,))]),
        ("[1] Lào Cai họp.\n[2] Yên Bái họp.", [("Lào Cai họp.", (1,)), ("Yên Bái họp.", (2,))]),
        ("Năm 2020 có [2] chi bộ mới [2].", [("Năm 2020 có chi bộ mới.", (2,))]),
        ("Đảng bộ kết nạp được\nhơn 50 người [1].", [("Đảng bộ kết nạp được hơn 50 người.", (1,))]),
        ("“Phải làm ngay.” [1] Ông nói.", [("“Phải làm ngay.”", (1,)), ("Ông nói.", ())]),
        ("", []),
        ("[1] [2]\n\n---\n***", []),
    ],
)
def test_markers_belong_to_their_sentences(reply: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert said(reply) == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (
            "- **Một là** lập tổ [1];\n- Hai là mời già làng [2].",
            [("Một là lập tổ;", (1,)), ("Hai là mời già làng.", (2,))],
        ),
        ("1. Lập tổ. [1]\n2) Mời già làng. [2]", [("Lập tổ.", (1,)), ("Mời già làng.", (2,))]),
        ("> *Lập tổ* loa __kéo__ [1]", [("Lập tổ loa kéo", (1,))]),
        ("```text\nLập tổ loa. [1]\n```", [("Lập tổ loa.", (1,))]),
        ("| Đơn vị | Số |\n|---|---|\n| Huyện A | 12 | [1]", [("Đơn vị | Số", ()), ("Huyện A | 12", (1,))]),
    ],
)
def test_the_form_of_a_list_or_table_goes_and_its_words_stay(reply: str, expected: object) -> None:
    assert said(reply) == expected


def test_headings_and_items_are_known_as_such() -> None:
    found = list(sentences(["## Kết quả\n**Số liệu**\n- Một.\nHai."]))
    assert found == [
        Sentence("Kết quả", (), heading=True),
        Sentence("Số liệu", (), heading=True),
        Sentence("Một.", (), item=True),
        Sentence("Hai.", ()),
    ]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Xem [tại đây](http://xau.vn/a?b=c. D) nhé [1].", "Xem tại đây nhé."),
        ("Xem [1](https://xau.vn/) nhé.", "Xem nhé."),
        ("Ảnh ![a. B](https://xau.vn/x.png?q=bí mật) xong.", "Ảnh xong."),
        ("Ảnh [![a](http://x.vn/a.png)](http://x.vn) xong.", "Ảnh xong."),
        ("Ảnh <img alt='A. B' src=http://xau.vn/x.png> xong.", "Ảnh xong."),
        ("Ảnh &lt;img src=x onerror=alert(1)&gt; xong.", "Ảnh xong."),
        ("Ảnh &amp;lt;img src=x&amp;gt; xong.", "Ảnh xong."),
        ("Ảnh <script>a(); B. C</script> xong.", "Ảnh xong."),
        ("Ảnh <!-- A. B --> xong.", "Ảnh xong."),
        ("Ảnh xong. <img src='http://xau.vn", "Ảnh xong."),
        ("Tới https://xau.vn/a?b=c ngay.", "Tới ngay."),
        ("Tới www.xau.vn, xau.com/?q=1 và //xau.net/a ngay.", "Tới, và ngay."),
        ("Thư tới vp@tinhuy.vn hoặc javascript:alert(1) nhé.", "Thư tới hoặc nhé."),
        ("Tới 10.0.0.1:8080/a nhé.", "Tới nhé."),
        ("Tới hxxps://xau[.]vn nhé.", "Tới nhé."),
        ("Lập\u200b tổ \U000e0041\U000e0042l\u202eo\u2066a.", "Lập tổ loa."),
        ("Tuổi < 35 và > 18 nhé.", "Tuổi < 35 và > 18 nhé."),
        ("Vì A&B ở mục [a] nhé.", "Vì A&B ở mục [a] nhé."),
        ("Lo\u0323\u0302c ra.", "Lộc ra."),
    ],
)
def test_no_address_tag_or_picture_gets_through(reply: str, expected: str) -> None:
    assert [sentence.text for sentence in sentences([reply])] == [expected]


def test_what_a_model_thinks_is_no_part_of_its_reply() -> None:
    assert said("<think>Hãy xem. Có 5 [1].</think>\nCó 6 [1].") == [("Có 6.", (1,))]
    assert said("Nghĩ đã</think>Có 6 [1].") == [("Có 6.", (1,))]
    assert said("<think>Chưa xong. Còn") == []


def test_a_sentence_is_given_as_soon_as_the_next_begins() -> None:
    splitter = Splitter()
    assert splitter.feed("Có 5 lớp. [1]") == []
    assert splitter.feed(" ") == []
    assert splitter.feed("C") == [Sentence("Có 5 lớp.", (1,))]
    assert splitter.feed("ó 57.") == []
    assert splitter.feed("763 người.\n") == []
    assert splitter.end() == [Sentence("Có 57.763 người.", ())]


def test_a_sentence_without_end_is_cut_and_nothing_is_lost() -> None:
    found = [sentence.text for sentence in sentences(["từ " * 3000])]
    assert max(map(len, found)) <= 1500
    assert sum(len(text.split()) for text in found) == 3000


#: What replies are made of, so that random ones meet every rule.
PARTS = st.sampled_from(
    [
        *(
            "Huyện",
            " có",
            " 57.763",
            " đảng viên",
            ".",
            ". ",
            "\n",
            "\n\n",
            " [1]",
            "[2]",
            " [1, 2].",
            "[^3]",
            "【4】",
        ),
        *(
            " (1)",
            "(2) ",
            " (đoạn 3)",
            "- ",
            "1. ",
            "## ",
            "**",
            "TP.",
            " 28-CT/TW.",
            "“",
            "”",
            "…",
            "!",
            "?",
            ":",
            ";",
        ),
        *(
            "[a",
            "](http://x.vn/a. B)",
            "![",
            "]",
            "(",
            ")",
            "<",
            ">",
            "<img ",
            "<think>",
            "</think>",
            "&lt;",
            "&amp;",
            "<br>",
        ),
        *(
            "https://x.vn/a ",
            "www.x.vn",
            "```\n",
            "\u200b",
            "\u0301",
            "a",
            "Ă",
            " ",
            "<sup>1</sup>",
            "NOT_IN_PASSAGES",
            "|",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, max_size=40).map("".join), st.data())
def test_into_what_pieces_a_reply_is_cut_makes_no_difference(reply: str, data: st.DataObject) -> None:
    whole = list(sentences([reply]))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(reply)), max_size=8)))
    pieces = [reply[start:end] for start, end in zip([0, *cuts], [*cuts, len(reply)], strict=True)]
    assert list(sentences(pieces)) == whole
    assert list(sentences(reply)) == whole


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, max_size=40).map("".join))
def test_no_reply_brings_an_address_or_a_tag(reply: str) -> None:
    for sentence in sentences([reply]):
        assert "://" not in sentence.text
        assert "www." not in sentence.text
        assert "<img" not in sentence.text
        assert "![" not in sentence.text
        assert "\n" not in sentence.text
        assert sentence.text == " ".join(sentence.text.split())


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_is_taken_apart(reply: str) -> None:
    assert list(sentences(reply)) == list(sentences([reply]))
