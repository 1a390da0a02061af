"""Messages of the conversation: status in words, markers that lead to cards, nothing claimed too much."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from assistant.types import AnswerStatus, Notice, NoticeKind, Statement, Verdict
from ui import chat
from ui.place import place_link
from ui.wording import Wording, wording

VI, EN = wording("vi"), wording("en")
QUESTION = "Lớp bồi dưỡng học mấy ngày?"


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html.replace("<br>", "\n")))


def links(html: str) -> list[tuple[str, str]]:
    """Each marker's link, and the marker."""
    found = re.findall(r'<a class="pba-cite" href="([^"]*)" title="[^"]*">(\[\d+\])</a>', html)
    return [(target, text) for target, text in found]


def test_every_marker_leads_to_the_place_of_its_own_citation(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    html = chat.answer_message(answer, 4, VI)
    expected = [(place_link(citation), f"[{citation.marker}]") for citation in answer.citations]
    assert len({link for link, _ in expected}) == 3
    assert links(html) == expected + expected  # in the statements, and in the list of sources


def test_marker_shows_its_quote(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    titles = [unescape(t) for t in re.findall(r'title="([^"]*)"', chat.answer_message(answer, 1, VI))]
    assert titles[:3] == [citation.quote for citation in answer.citations]


def test_what_answers_is_in_bold_and_nothing_else(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    first = answer.statements[0]
    word = re.search(r"\w{3,}", first.text)
    assert word
    marked = replace(answer, statements=(replace(first, emphasis=(word.span(),)), *answer.statements[1:]))
    html = chat.answer_message(marked, 1, VI)
    assert re.findall(r"<strong>(.*?)</strong>", html) == [word.group()]
    assert plain(html).split() == plain(chat.answer_message(answer, 1, VI)).split()
    # Offsets that do not fit the text show it whole, unmarked.
    wrong = replace(answer, statements=(replace(first, emphasis=((5, 9_999),)), *answer.statements[1:]))
    assert chat.answer_message(wrong, 1, VI) == chat.answer_message(answer, 1, VI)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (AnswerStatus.GROUNDED, "Có căn cứ"),
        (AnswerStatus.PARTLY_GROUNDED, "Căn cứ một phần"),
        (AnswerStatus.NOT_FOUND, "Không tìm thấy"),
    ],
)
def test_status_is_said_in_words(assistant: Any, status: AnswerStatus, words: str) -> None:
    html = chat.answer_message(replace(assistant.ask(QUESTION), status=status), 1, VI)
    badge = re.search(r'<span class="pba-status [\w-]+">(.*?)</span>', html)
    assert badge
    assert badge.group(1) == words


def test_how_the_question_was_understood_shows_only_when_it_differs(assistant: Any) -> None:
    changed = plain(chat.answer_message(assistant.ask("lop boi duong hoc may ngay"), 1, VI))
    assert "Đã hiểu là: Lớp bồi dưỡng học mấy ngày?" in " ".join(changed.split())
    same = replace(assistant.ask(QUESTION), question=f"  {QUESTION} ")
    assert "Đã hiểu là" not in plain(chat.answer_message(same, 1, VI))


def test_not_found_names_the_nearest_passages_as_such(assistant: Any) -> None:
    answer = assistant.ask("Ai vô địch bóng đá?")
    html = chat.answer_message(answer, 2, VI)
    assert "Không tìm thấy trong tài liệu đã nạp." in plain(html)
    assert "không phải câu trả lời" in plain(html)
    assert links(html) == [(place_link(answer.nearest[0]), "[1]")]


def test_a_marker_without_citation_is_shown_as_unknown_and_leads_nowhere(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    odd = Statement("Điều này không có nguồn. [1][9]", answer.statements[0].citations)
    html = chat.answer_message(replace(answer, statements=(odd,)), 1, VI)
    assert (
        f'<span class="pba-unknown" title="{VI.unknown_marker}">&#91;9&#93;</span>'.replace(
            "&#91;", "["
        ).replace("&#93;", "]")
        in html
    )
    assert "[9]" not in [marker for _, marker in links(html)]


def test_a_citation_whose_marker_the_text_forgot_is_still_shown(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    bare = Statement("Mỗi lớp học 5 ngày.", answer.statements[0].citations)
    link = place_link(answer.citations[0])
    assert (link, "[1]") in links(chat.answer_message(replace(answer, statements=(bare,)), 1, VI))


def test_brackets_inside_a_quote_are_text(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    noted = Statement("Theo chú thích [2] của văn bản. [1]", answer.statements[0].citations)
    html = chat.answer_message(replace(answer, statements=(noted,)), 1, VI)
    statement = re.search(r'<p class="pba-statement">(.*?)</p>', html)
    assert statement
    assert links(statement.group(1)) == [(place_link(answer.citations[0]), "[1]")]
    assert "chú thích [2] của" in plain(statement.group(1))


@pytest.mark.parametrize(
    ("verdict", "words"),
    [(Verdict.UNVERIFIED, "chưa đối chiếu được với nguồn"), (Verdict.CONTRADICTED, "trái với nguồn")],
)
def test_a_doubtful_statement_says_so(assistant: Any, verdict: Verdict, words: str) -> None:
    answer = assistant.ask(QUESTION)
    doubtful = replace(answer.statements[0], verdict=verdict)
    text = plain(chat.answer_message(replace(answer, statements=(doubtful,)), 1, VI))
    assert words in text
    assert VI.doubt_note in text
    sound = plain(chat.answer_message(replace(answer, status=AnswerStatus.PARTLY_GROUNDED), 1, VI))
    assert words not in sound
    assert VI.doubt_note not in sound


def test_an_english_answer_is_framed_in_english_on_a_vietnamese_page(assistant: Any) -> None:
    answer = replace(assistant.ask(QUESTION), language="en")
    text = plain(chat.answer_message(answer, 1, VI))
    assert "Grounded" in text
    assert "Sources" in text
    assert "Mỗi lớp học 5 ngày" in text


def test_messages_are_one_line_so_that_markdown_leaves_them_alone(assistant: Any) -> None:
    for question in (QUESTION, "Tài liệu lạ nói gì?", "không có"):
        assert "\n" not in chat.answer_message(assistant.ask(question), 1, VI)
    assert "\n" not in chat.question_message("một\n\n# hai", 1)


def test_hostile_question_and_quotes_bring_no_element(assistant: Any) -> None:
    answer = assistant.ask("Tài liệu lạ nói gì?")
    hostile = "<img src=x onerror=alert(1)> [x](javascript:alert(1))"
    answer = replace(answer, question=hostile, standalone=hostile + " ", message=hostile)
    html = chat.question_message(hostile, 1) + chat.answer_message(answer, 1, VI)
    assert set(re.findall(r"<(\w+)", html)) <= {"div", "p", "span", "a", "ul", "li", "br"}
    hrefs = re.findall(r'href="([^"]*)"', html)
    assert hrefs
    assert all(re.fullmatch(r"#/nguon/hostile/\d+-\d+-[0-9a-f]{8}|#pba-copy", href) for href in hrefs)


@pytest.mark.parametrize("words", [VI, EN])
def test_empty_library_says_how_to_add_documents(words: Wording) -> None:
    text = plain(chat.empty_library(words))
    assert "pba ingest" in text
    assert words.empty_title in text


def test_wording_of_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="vi, en"):
        wording("fr")


def test_both_languages_fill_in_the_same_places() -> None:
    for name in Wording.__dataclass_fields__:
        vi, en = getattr(VI, name), getattr(EN, name)
        if isinstance(vi, str):
            assert vi.strip(), name
            assert set(re.findall(r"\{\w+\}", vi)) == set(re.findall(r"\{\w+\}", en)), name


def test_every_kind_has_an_english_name() -> None:
    from ingest.types import Kind

    assert set(EN.kinds) == {str(kind) for kind in Kind}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("vi", "Lưu ý: văn bản này đã được thay thế bởi Hướng dẫn số 9-HD/ĐU."),
        ("en", "Note: this document has been replaced by Hướng dẫn số 9-HD/ĐU."),
    ],
)
def test_a_quote_from_a_replaced_document_is_followed_by_a_warning(
    assistant: Any, language: str, words: str
) -> None:
    answer = assistant.ask(QUESTION)
    first = answer.statements[0]
    notice = Notice(NoticeKind.REPLACED, "new.txt", "Hướng dẫn số 9-HD/ĐU", 0, 5)
    noted = replace(first, citations=(replace(first.citations[0], notices=(notice,)),))
    changed = replace(answer, statements=(noted, *answer.statements[1:]), language=language)
    html = chat.answer_message(changed, 1, VI)
    assert html.count('class="pba-warning"') == 1
    assert plain(html).index(words) < plain(html).index(answer.statements[1].citations[0].quote)
    assert "pba-warning" not in chat.answer_message(answer, 1, VI)


def test_a_warning_also_stands_by_a_passage_that_is_only_near(assistant: Any) -> None:
    answer = assistant.ask("Đội bóng của xã đá mấy trận?")
    notice = Notice(NoticeKind.ENDED, answer.nearest[0].document_id, "", 0, 0)
    near = replace(answer.nearest[0], notices=(notice,))
    text = plain(chat.answer_message(replace(answer, nearest=(near,)), 1, VI))
    assert "văn bản này đã hết hiệu lực (theo thông tin kèm tài liệu)" in text


def test_notes_about_the_statements_together_are_shown_as_text(assistant: Any) -> None:
    answer = replace(assistant.ask(QUESTION), notes=("Các tài liệu nêu khác nhau: <b>5</b> và 6.",))
    assert "Các tài liệu nêu khác nhau: <b>5</b> và 6." in plain(chat.answer_message(answer, 1, VI))
    assert "<b>5</b>" not in chat.answer_message(answer, 1, VI)


def test_the_head_of_a_table_stands_above_its_row_with_a_marker_of_its_own(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    first, second, *_ = answer.citations
    statement = Statement("Đơn vị | Đảng viên [1] Xã Phình Giàng | 64 [2]", (first, second))
    html = chat.answer_message(replace(answer, statements=(statement,)), 1, VI)
    lines = plain(html).split("\n")
    assert any(" ".join(line.split()).endswith("Đơn vị | Đảng viên [1]") for line in lines)
    assert any(" ".join(line.split()).startswith("Xã Phình Giàng | 64 [2]") for line in lines)
    assert links(html)[:2] == [(place_link(first), "[1]"), (place_link(second), "[2]")]


def test_the_kind_and_date_of_each_source_are_named(assistant: Any) -> None:
    dated = plain(chat.answer_message(assistant.ask(QUESTION), 1, VI))
    # The name of the source begins with its kind, which is not said twice.
    assert len(re.findall(r"\[\d\]\s+Hướng dẫn mở lớp .*?, đoạn \d ·\s+10/02/2022", dated)) == 3
    undated = chat.answer_message(assistant.ask("Năm 2023 xã Hòa Lạc kết nạp bao nhiêu đảng viên?"), 1, VI)
    assert "Bài báo · không rõ ngày" in plain(undated)
    answer = replace(assistant.ask(QUESTION), language="en")
    assert "Guidance · 10 February 2022" in plain(chat.answer_message(answer, 1, EN))
