"""A long sentence loses what only adds to it, and never what limits, negates, dates or counts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.clauses import COMFORTABLE, shortened

STATEMENT = (
    "Đảng ủy xã giao mỗi chi bộ thôn bản chọn lấy một việc khó mà bà con đang chờ, bàn kỹ trong hai kỳ họp"
    " liền rồi ghi vào nghị quyết của chi bộ mình"
)
MORE = (
    "tạo niềm tin của bà con ở các thôn bản vùng cao đối với chi bộ, với đảng viên và với"
    " những người đứng đầu"
)


def nothing_counts(_: str) -> float:
    return 0.0


def shown(text: str, **options: object) -> str:
    start, end = shortened(text, (0, len(text)), nothing_counts, **options)  # type: ignore[arg-type]
    return text[start:end]


def long(text: str) -> str:
    assert len(text.split()) > COMFORTABLE
    return text


@pytest.mark.parametrize(
    "adding",
    [
        f"góp phần {MORE}.",
        f"nhằm {MORE}.",
        f"qua đó {MORE}.",
        f"nâng cao vai trò của cấp ủy, {MORE}.",
        f"trong đó có việc {MORE}.",
        f"góp phần {MORE}, từ đó lan tỏa trong toàn huyện.",
    ],
)
def test_purpose_and_consequence_are_left_out(adding: str) -> None:
    assert shown(long(f"{STATEMENT}, {adding}")) == STATEMENT


def test_what_follows_a_semicolon_is_left_out() -> None:
    assert shown(long(f"{STATEMENT}; các đoàn thể vận động hội viên cùng làm, {MORE}.")) == STATEMENT


@pytest.mark.parametrize(
    "limiting",
    [
        f"trừ những chi bộ đã làm trong năm trước, {MORE}.",
        f"nếu được đảng ủy đồng ý bằng văn bản, {MORE}.",
        f"khi có từ hai phần ba đảng viên trở lên tán thành, {MORE}.",
        f"trong đó không tính các chi bộ cơ quan, {MORE}.",
        f"nhằm {MORE}, trừ các chi bộ cơ quan.",
        f"góp phần {MORE}, nhưng chỉ ở những nơi có điều kiện.",
        f"nhằm {MORE}; trường hợp khó khăn thì báo cáo đảng ủy.",
        f"bảo đảm {MORE}, không quá ba việc trong một năm.",
    ],
    ids=["except", "if", "when", "without", "except at the end", "but", "case", "at most"],
)
def test_what_limits_stays_with_all_that_stands_before_it(limiting: str) -> None:
    sentence = long(f"{STATEMENT}, {limiting}")
    assert shown(sentence) == sentence


def test_a_limit_within_what_is_kept_does_not_forbid_a_cut_behind_it() -> None:
    kept = f"{STATEMENT}, trừ những chi bộ đã làm trong năm trước theo kế hoạch riêng của huyện"
    assert shown(long(f"{kept}, góp phần {MORE}.")) == kept


def test_an_enumeration_is_not_broken_off() -> None:
    sentence = long(
        "Đảng ủy xã giao chi bộ thôn bản, hội phụ nữ, hội nông dân, đoàn thanh niên, xây dựng nông thôn,"
        " phát huy nghề dệt, thực hiện hương ước, tập trung khai hoang, nâng cao dân trí, tăng cường y tế,"
        " tiếp tục xóa nhà tạm cho bà con."
    )
    assert shown(sentence) == sentence


@pytest.mark.parametrize(("left", "right"), [("“", "”"), ("(", ")"), ('"', '"'), ("[", "]"), ("«", "»")])
def test_no_quotation_and_no_bracket_is_left_open(left: str, right: str) -> None:
    inside = long(f"{STATEMENT} theo lời dặn {left}làm thật tốt và làm đến cùng, góp phần {MORE}{right}.")
    assert shown(inside) == inside
    before = f"{STATEMENT} theo lời dặn {left}làm thật tốt{right}"
    assert shown(long(f"{before}, góp phần {MORE}.")) == before


SUBJECT = "Đảng ủy xã giao mỗi chi bộ thôn bản chọn lấy một việc khó mà bà con mong chờ từ nhiều năm nay."
LEAD = (
    "Nhận thức rõ vai trò của từng đảng viên ở các thôn bản vùng cao và của những người có uy tín trong dòng"
    " họ, xác định đây là việc hệ trọng"
)


def test_what_only_leads_up_to_the_subject_is_left_out() -> None:
    assert shown(long(f"{LEAD}, {SUBJECT}")) == SUBJECT


def test_a_word_that_only_joins_is_left_out() -> None:
    assert shown(long(f"Bên cạnh đó, {SUBJECT[:-1]}; {MORE} và với mọi người ở xã.")) == SUBJECT[:-1]


@pytest.mark.parametrize(
    "lead",
    [
        f"{LEAD} trong năm 2023",
        f"{LEAD} mà không làm thay bà con",
        f"{LEAD} nếu chi bộ có đủ người",
        f"{LEAD} khi nguồn vốn đã về đến xã",
        f"{LEAD} theo lời dặn “việc gì lợi cho dân",
        f"Nếu nhận được văn bản đồng ý của huyện ủy về việc này thì {LEAD.lower()}",
        f"Từ ngày tách xã đến nay, {LEAD.lower()}",
        f"Chi bộ bản Hua Nhàn cùng {LEAD.lower()}",
    ],
    ids=["date", "negation", "condition", "time", "quotation", "if", "since", "subject"],
)
def test_a_lead_that_dates_negates_or_limits_is_kept(lead: str) -> None:
    sentence = long(f"{lead}, {SUBJECT}")
    assert shown(sentence) == sentence


def test_without_a_subject_behind_it_the_lead_is_kept() -> None:
    sentence = long(f"{LEAD}, tổ chức cho bà con {SUBJECT[SUBJECT.index('chọn') :]}")
    assert shown(sentence) == sentence


def test_a_sentence_of_comfortable_length_stays_whole() -> None:
    sentence = f"{STATEMENT}, góp phần {MORE}."
    words = sentence.split()
    short = " ".join([*words[: COMFORTABLE - 1], "tin."])
    assert len(short.split()) == COMFORTABLE
    assert shown(short) == short
    assert shown(" ".join([*words[:COMFORTABLE], "tin."])) == STATEMENT


def test_what_was_asked_for_is_not_left_out() -> None:
    sentence = long(f"{STATEMENT}, góp phần {MORE}.")

    def of_trust(text: str) -> float:
        return 1.0 + 0.2 * ("niềm tin" in text)

    assert shortened(sentence, (0, len(sentence)), of_trust) == (0, len(sentence))
    assert shortened(sentence, (0, len(sentence)), lambda text: 1.0 + 0.1 * ("niềm tin" in text)) == (
        0,
        len(STATEMENT),
    )


def test_what_is_needed_is_not_left_out_at_either_end() -> None:
    sentence = long(f"{LEAD}, {SUBJECT[:-1]}, góp phần {MORE}.")
    assert shown(sentence) == SUBJECT[:-1]
    assert shown(sentence, needed=lambda text: "hệ trọng" in text).startswith(LEAD)
    assert shown(sentence, needed=lambda text: "niềm tin" in text).endswith(f"{MORE}.")


CLAUSES = [
    "Đảng ủy xã giao mỗi chi bộ chọn lấy một việc khó",
    "nhận thức rõ vai trò của từng đảng viên",
    "theo đó",
    "góp phần tạo niềm tin của bà con ở vùng cao",
    "trong đó có 115 đảng viên nữ đang ở các bản",
    "trong đó không tính các chi bộ cơ quan",
    "trừ những nơi đã làm",
    "các chi bộ (theo lời dặn “làm thật tốt”) cùng làm với bà con",
    "nhằm vận động con cháu trở về bản",
    "năm 2023",
]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=12),
    st.lists(st.sampled_from([", ", "; ", " và ", ": "]), min_size=12, max_size=12),
    st.sampled_from(["", "Câu trước. ", "- "]),
    st.sampled_from(["115", "đảng viên", "“", "năm"]),
)
def test_any_quote_lies_within_its_sentence_at_whole_words_and_keeps_what_is_needed(
    pieces: list[str], joints: list[str], before: str, need: str
) -> None:
    sentence = (
        "".join(piece + joint for piece, joint in zip(pieces, joints, strict=False)).rstrip(" ,;:") + "."
    )
    text = f"{before}{sentence} Câu sau."
    span = (len(before), len(before) + len(sentence))
    start, end = shortened(text, span, lambda part: float(len(part)) ** 0, lambda part: need in part)
    assert span[0] <= start < end <= span[1]
    quote = text[start:end]
    assert quote == quote.strip()
    assert start == span[0] or not (text[start - 1] + text[start]).isalnum()
    assert end == span[1] or text[end] in ",;"
    assert quote.count(need) == sentence.count(need)
    if len(sentence.split()) <= COMFORTABLE:
        assert (start, end) == span
    elif (start, end) != span:
        assert len(quote.split()) >= 7
        left_out = text[end : span[1]]
        assert not re.search(r"\b(?:trừ|không)\b", left_out)
        assert quote.count("(") == quote.count(")")
        assert quote.count("“") == quote.count("”")
