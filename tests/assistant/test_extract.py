"""Which sentences are quoted, how many, in which order, and where one is shortened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.candidates import Candidate
from assistant.extract import Limits, Quote, choose
from assistant.reading import read
from assistant.scoring import Scored

Make = Callable[..., list[Candidate]]

LIST = """\
# Công tác thi đua của huyện

Huyện mở đợt thi đua chào mừng ngày thành lập Đảng.

## Giải pháp thi đua

- Treo bảng theo dõi việc làm tốt ở mỗi nhà văn hóa.
- Bình chọn tấm gương của tháng ngay trong buổi họp bản.
- Tặng sách và giống cây cho gia đình được khen.

## Kinh phí cho phong trào

Kinh phí lấy từ quỹ do doanh nghiệp và bà con cùng góp.
"""
LONG = (
    "Toàn huyện có 420 đảng viên sinh hoạt ở các thôn bản vùng cao và vùng biên giới xa trung tâm, "
    "trong đó có 115 đảng viên nữ và 63 đảng viên đã nghỉ hưu."
)
LONGER = LONG[:-1] + ", phần đông sống bằng nghề nương rẫy, chăn trâu và trồng thảo quả trên núi cao."
COUNT = read("Huyện có bao nhiêu đảng viên?")
MEASURES = read("Nêu các giải pháp thi đua")


def scored(found: Sequence[Candidate], scores: Sequence[float] | None = None) -> list[Scored]:
    """Candidates with scores given, best first."""
    values = scores or [1.0 - 0.01 * position for position in range(len(found))]
    entries = [
        Scored(candidate, score, score, score, 1.0, None, (), None)
        for candidate, score in zip(found, values, strict=True)
    ]
    return sorted(entries, key=lambda entry: -entry.score)


def texts(quotes: Sequence[Quote]) -> list[str]:
    return [quote.candidate.document.text[quote.start : quote.end] for quote in quotes]


def counts_members(text: str) -> float:
    return float("420 đảng viên" in text)


def left_out(quote: Quote) -> tuple[bool, bool]:
    """Whether something of the sentence was left out before the quote, and after it."""
    start, end = quote.candidate.sentence
    return quote.start > start, quote.end < end


def test_nothing_admissible_nothing_quoted(candidates_of: Make) -> None:
    assert choose(COUNT, []) == []
    labels = candidates_of("Nguồn: báo của huyện miền núi")
    assert [label.is_label for label in labels] == [True]
    assert choose(COUNT, scored(labels)) == []


def test_one_fact_is_one_sentence_unless_others_are_nearly_as_good(candidates_of: Make) -> None:
    found = candidates_of(
        "Huyện có 420 đảng viên.", "Cả huyện hiện quản lý 421 hồ sơ.", "Trời hôm ấy mưa rất to."
    )
    assert texts(choose(COUNT, scored(found, [1.0, 0.3, 0.1]))) == [found[0].text]
    assert texts(choose(COUNT, scored(found, [1.0, 0.95, 0.1]))) == [found[0].text, found[1].text]


def test_a_list_is_everything_under_its_heading_whichever_item_scored_best(candidates_of: Make) -> None:
    found = candidates_of(LIST)
    items = [candidate.text for candidate in found if candidate.text.startswith("- ")]
    assert len(items) == 3
    for best in items:
        scores = [1.0 if candidate.text == best else 0.2 for candidate in found]
        assert texts(choose(MEASURES, scored(found, scores))) == items


def test_items_after_a_colon_belong_to_the_sentence(candidates_of: Make) -> None:
    found = candidates_of(
        "Huyện đề ra ba việc phải làm ngay:\n- Rà lại danh sách quần chúng ưu tú;\n- Cử người kèm "
        "cặp từng bạn trẻ.\n\n"
        "Chiều cùng ngày đoàn về thăm trường nội trú."
    )
    chosen = texts(choose(read("Huyện đề ra những việc gì?"), scored(found, [1.0, 0.1, 0.1, 0.1])))
    assert chosen == [candidate.text for candidate in found[:3]]


def test_the_same_sentence_in_two_documents_is_quoted_once(candidates_of: Make) -> None:
    same = "Huyện có 420 đảng viên ở mười tám chi bộ."
    chosen = choose(COUNT, scored(candidates_of(same, same, "Xã bên cũng có 77 đảng viên."), [1.0, 1.0, 1.0]))
    assert texts(chosen) == [same, "Xã bên cũng có 77 đảng viên."]


def test_a_long_sentence_loses_what_only_adds_to_it_and_a_shorter_one_nothing(candidates_of: Make) -> None:
    where = read("Đảng viên của huyện sinh hoạt ở đâu?")
    (whole,) = choose(where, scored(candidates_of(LONG)), worth=counts_members)
    assert left_out(whole) == (False, False)
    assert texts([whole]) == [LONG]
    (cut,) = choose(where, scored(candidates_of(LONGER)), worth=counts_members)
    assert left_out(cut) == (False, True)
    assert texts([cut]) == [LONGER.split(", trong đó")[0]]
    assert cut.words == len(texts([cut])[0].split())
    (unweighed,) = choose(where, scored(candidates_of(LONGER)))
    assert texts([unweighed]) == [LONGER]


def test_no_figure_is_left_out_where_figures_are_asked_for(candidates_of: Make) -> None:
    (quote,) = choose(COUNT, scored(candidates_of(LONGER)), worth=counts_members)
    assert texts([quote]) == [LONGER]
    bare = LONGER.replace("115 ", "nhiều ").replace("63 ", "nhiều ")
    (quote,) = choose(COUNT, scored(candidates_of(bare)), worth=counts_members)
    assert texts([quote]) == [bare.split(", trong đó")[0]]


def test_a_part_of_a_long_sentence_says_that_it_is_one(candidates_of: Make) -> None:
    found = candidates_of(
        "Đảng ủy yêu cầu các chi bộ rà lại danh sách quần chúng ưu tú ở từng thôn bản và phân công "
        "người kèm cặp; "
        "mở thêm lớp bồi dưỡng vào buổi tối cho bà con đi nương về muộn ở các bản xa trung tâm của xã; "
        "báo cáo kết quả hằng quý về thường trực đảng ủy bằng văn bản có đủ chữ ký của bí thư từng chi bộ."
    )
    for candidate, expected in zip(found, [(False, True), (True, True), (True, False)], strict=True):
        (quote,) = choose(COUNT, scored([candidate]))
        assert left_out(quote) == expected


def test_a_sentence_without_a_detail_to_leave_out_stays_whole(candidates_of: Make) -> None:
    found = scored(
        candidates_of("Huyện có 420 đảng viên, không kể những người đang đi làm xa trong nam ngoài bắc.")
    )
    (quote,) = choose(COUNT, found, Limits(words=5))
    assert left_out(quote) == (False, False)


def test_documents_are_not_interleaved(candidates_of: Make) -> None:
    found = candidates_of(
        "Huyện có 420 đảng viên nam. Các bản nộp đủ sổ sách theo quý.",
        "Xã Ba có 33 chi bộ thôn. Trường nội trú mới thành lập chi bộ riêng.",
    )
    assert len(found) == 4
    chosen = choose(COUNT, scored([found[0], found[2], found[1], found[3]], [1.0, 0.99, 0.98, 0.97]))
    assert [quote.candidate.document.id for quote in chosen] == ["1.md", "1.md", "2.md", "2.md"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 2), min_size=8, max_size=8),
    st.integers(1, 80),
    st.integers(1, 6),
    st.sampled_from([COUNT, MEASURES, read("Vì sao huyện thi đua?"), read("Huyện thế nào?")]),
)
def test_limits_hold_for_any_scores(
    candidates_of: Make, scores: list[float], words: int, statements: int, reading: object
) -> None:
    found = [
        *candidates_of(LIST, LONG),
        *candidates_of("Xã Ba có 33 chi bộ thôn. Trường nội trú có chi bộ riêng."),
    ]
    assert len(found) == len(scores)
    chosen = choose(reading, scored(found, scores), Limits(words=words, statements=statements))  # type: ignore[arg-type]
    items = [quote for quote in chosen if quote.candidate.text.startswith("- ")]
    listed = len(items) if chosen[0] in items and reading is not COUNT else 0
    # Only a list goes beyond the limits, and is then whole; what goes on with the best sentence by half.
    # A question for no list is answered by items alone where the list is long.
    assert reading is not MEASURES or listed in (0, 3)
    assert 1 <= len(chosen) <= statements + max(0, listed - 1)
    total = sum(quote.words for quote in chosen)
    most = words if reading is COUNT else words * 1.5
    assert total <= most or len(chosen) == max(1, listed)
    spans = [(quote.candidate.document.id, quote.candidate.start) for quote in chosen]
    assert len(set(spans)) == len(spans)
    for quote in chosen:
        assert (quote.start, quote.end) == (quote.candidate.start, quote.candidate.end)
        assert left_out(quote) == (False, False)


@pytest.mark.parametrize("limits", [Limits(statements=1), Limits(words=1), Limits(words=1, statements=1)])
def test_a_list_is_never_broken_off_and_nothing_is_added_to_it(candidates_of: Make, limits: Limits) -> None:
    found = candidates_of(LIST)
    items = [candidate.text for candidate in found if candidate.text.startswith("- ")]
    scores = [1.0 if candidate.text == items[1] else 0.9 for candidate in found]
    assert texts(choose(MEASURES, scored(found, scores), limits)) == items
    assert texts(choose(COUNT, scored(found, scores), limits)) == [items[1]]


def test_what_is_nearly_as_good_never_stands_before_the_best(candidates_of: Make) -> None:
    found = candidates_of(
        "Huyện có 420 đảng viên.\n\nĐảng phí được thu qua điện thoại.\n\nKế toán đối soát vào cuối tháng."
    )
    how = read("Đảng phí được thu bằng cách nào?")
    chosen = texts(choose(how, scored(found, [0.8, 1.0, 0.9])))
    assert chosen == [found[1].text, found[2].text, found[0].text]


def test_a_short_answer_is_shown_with_its_question_and_a_long_one_without(candidates_of: Make) -> None:
    short = "Câu hỏi: Ai duyệt danh sách?\n\nTrả lời: Bí thư chi bộ."
    (quote,) = choose(read("Ai duyệt danh sách?"), scored(candidates_of(short)[-1:]))
    assert quote.lead is not None
    assert short[slice(*quote.lead)] == "Câu hỏi: Ai duyệt danh sách?"
    assert quote.words == 12
    long = short.replace(
        "Bí thư chi bộ.", "Bí thư chi bộ duyệt danh sách sau khi chi ủy đã họp bàn kỹ từng người."
    )
    (quote,) = choose(read("Ai duyệt danh sách?"), scored(candidates_of(long)[-1:]))
    assert quote.lead is None


def test_of_a_document_named_by_number_only_what_is_of_that_number_is_quoted(candidates_of: Make) -> None:
    found = candidates_of(
        "Chỉ thị số 28-CT/TW nói về công tác phát triển đảng viên.",
        "Chỉ thị số 05-CT/TW nói về học tập và làm theo gương Bác.",
    )
    named = read("Chỉ thị số 28-CT/TW nói về việc gì?")
    assert texts(choose(named, scored(found, [1.0, 0.99]))) == [found[0].text]
    assert len(choose(read("Chỉ thị nói về việc gì?"), scored(found, [1.0, 0.99]))) == 2


@pytest.mark.parametrize("margin", [0.0, 0.1, 0.5])
def test_a_wider_margin_never_quotes_less(candidates_of: Make, margin: float) -> None:
    found = scored(
        candidates_of("Huyện có 420 đảng viên.", "Xã Ba có 33 chi bộ.", "Bản Tư nuôi nhiều trâu."),
        [1.0, 0.8, 0.4],
    )
    narrow, wide = (choose(COUNT, found, Limits(margin=value)) for value in (margin, margin + 0.3))
    assert set(texts(narrow)) <= set(texts(wide))


def test_the_figures_of_another_year_are_left_out_unless_its_document_is_all_there_is(
    candidates_of: Make,
) -> None:
    asked = read("Kinh phí mở lớp năm 2025, xã dự toán bao nhiêu tiền?")
    assert asked.years == ("2025",)
    new = candidates_of("# Kế hoạch mở lớp năm 2025\n\nXã dự toán 36 triệu đồng cho hai lớp.\n")
    old = candidates_of("# Kế hoạch mở lớp năm 2024\n\nXã dự toán 18 triệu đồng cho một lớp.\n")
    old = [replace(candidate, document=replace(candidate.document, id="old.md")) for candidate in old]
    assert [q.candidate.text for q in choose(asked, scored([*new, *old]))] == [new[0].text]
    assert [q.candidate.text for q in choose(asked, scored(old))] == [old[0].text]


def test_two_parts_of_one_sentence_are_not_taken_for_a_repetition(candidates_of: Make) -> None:
    head = (
        "Với lòng kiên trì của các thầy cô và sự quan tâm của chi ủy, qua nhiều đợt học tập ở các khoa và các phòng của trường trong ba năm vừa rồi, nhà trường đã kết nạp "
        "được 26 người mới, phần đông còn rất trẻ và đều học khá, trong đó có 12 người là cán bộ giảng dạy"
    )
    found = candidates_of(f"# Trường\n\n{head}; 14 người là cán bộ giảng dạy trẻ.\n")
    assert len({candidate.sentence for candidate in found}) == 1 < len(found)
    chosen = texts(choose(read("Trường kết nạp bao nhiêu người?"), scored(found, [1.0, 0.9])))
    assert chosen == [candidate.text for candidate in found]


def test_of_a_long_list_a_question_for_a_reason_gets_the_item_that_gives_it(candidates_of: Make) -> None:
    found = candidates_of(LIST)
    item = next(entry for entry in scored(found) if entry.candidate.text.startswith("- Bình chọn"))
    others = [entry for entry in scored(found, [0.1] * len(found)) if entry.candidate != item.candidate]
    why = read("Vì sao phải bình chọn tấm gương?")
    assert texts(choose(why, [item, *others], Limits(words=12))) == [item.candidate.text]
    assert len(choose(read("Nêu các giải pháp thi đua"), [item, *others], Limits(words=12))) == 3


def test_a_conclusion_comes_with_the_reason_right_before_it(candidates_of: Make) -> None:
    found = candidates_of(
        "Bà con đi làm ăn xa quanh năm. Vì vậy, chi bộ khó tìm người nêu gương. Xã có hai chợ."
    )
    entries = scored(found, [0.1, 1.0, 0.1])
    why = read("Vì sao chi bộ khó tìm người nêu gương?")
    assert texts(choose(why, entries)) == [found[0].text, found[1].text]
    assert texts(choose(read("Chi bộ nào khó tìm người?"), entries)) == [found[1].text]
