"""Source cards: the exact span is marked, by offsets, with what names its document."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from assistant.errors import InvariantBroken
from assistant.types import AnswerStatus, Notice, NoticeKind
from ui import sources
from ui.wording import wording

VI, EN = wording("vi"), wording("en")
QUESTION = "Lớp bồi dưỡng học mấy ngày?"


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html.replace("<br>", "\n")))


def passage_of(html: str) -> str:
    found = re.search(r'<blockquote class="pba-passage">(.*?)</blockquote>', html)
    assert found
    return found.group(1)


def test_each_card_marks_exactly_the_quote_inside_its_passage(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    cards = sources.sources_of(answer.citations, answer, assistant)
    assert [card.marker for card in cards] == [1, 2, 3]
    for citation, source in zip(answer.citations, cards, strict=True):
        html = passage_of(sources.card(source, 1, VI))
        before, quote, after = re.split("<mark>|</mark>", html)
        assert plain(quote) == citation.quote
        assert plain(before) + plain(quote) + plain(after) == assistant.passage(citation.passage_id).text


def test_a_quote_that_occurs_twice_is_marked_where_it_was_cited(assistant: Any) -> None:
    document = next(iter(assistant.documents.values()))
    whole = {"start": 0, "end": len(document.text), "text": document.text}
    passage = replace(assistant.passage(f"{document.id}#3"), **whole)
    second = document.text.index("lớp", document.text.index("lớp") + 1)
    citation = replace(
        assistant.ask(QUESTION).citations[0], start=second, end=second + 3, quote="lớp", passage_id=passage.id
    )
    assert sources.source_of(citation, document, passage).mark == (second, second + 3)


def test_offsets_that_do_not_hold_the_quote_are_refused(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    wrong = replace(answer.citations[0], start=answer.citations[0].start + 1)
    with pytest.raises(InvariantBroken, match=r"\[1\]"):
        sources.sources_of([wrong], answer, assistant)


def test_a_passage_that_retrieval_did_not_bring_comes_from_the_library(assistant: Any) -> None:
    answer = replace(assistant.ask(QUESTION), hits=())
    found = sources.sources_of(answer.citations, answer, assistant)
    assert [source.quote for source in found] == [citation.quote for citation in answer.citations]


def test_card_names_number_kind_issuer_and_date(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    source = sources.sources_of(answer.citations, answer, assistant)[0]
    assert "Hướng dẫn · 04-HD/ĐU · Đảng ủy xã An Bình · 10/02/2022" in plain(sources.card(source, 1, VI))
    assert "Guidance · 04-HD/ĐU · Đảng ủy xã An Bình · 10 February 2022" in plain(sources.card(source, 1, EN))


def test_headings_above_the_passage_are_shown_unless_it_opens_with_them(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    source = sources.sources_of(answer.citations, answer, assistant)[0]
    headed = replace(source, heading="Phần thứ hai › 2. Thời gian và nội dung")
    assert '<p class="pba-heading">Phần thứ hai</p>' in sources.card(headed, 1, VI)
    assert "pba-heading" not in sources.card(replace(source, heading="2. Thời gian và nội dung"), 1, VI)


def test_a_document_without_number_or_date_shows_none(assistant: Any) -> None:
    answer = assistant.ask("Năm 2023 xã Hòa Lạc kết nạp bao nhiêu đảng viên?")
    html = sources.card(sources.sources_of(answer.citations, answer, assistant)[0], 1, VI)
    assert '<p class="pba-meta">Bài báo</p>' in html
    assert "None" not in html


def test_a_page_read_from_a_scan_says_so(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    source = sources.sources_of(answer.citations, answer, assistant)[0]
    assert source.recognised
    assert "nhận dạng từ bản quét, độ tin cậy 87 %" in plain(sources.card(source, 1, VI))
    clean = sources.card(replace(source, recognised=False, confidence=None), 1, VI)
    assert "nhận dạng" not in plain(clean)


def test_neighbouring_text_is_the_document_around_the_passage(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    source = sources.sources_of(answer.citations, answer, assistant)[0]
    document = assistant.document(answer.citations[0].document_id)
    assert source.before
    assert source.after
    passage_at = document.text.index(source.text)
    assert document.text[:passage_at].rstrip().endswith(source.before.removeprefix("…"))
    assert document.text[passage_at + len(source.text) :].lstrip().startswith(source.after.removesuffix("…"))


def test_a_not_found_answer_offers_its_passages_as_no_answer(assistant: Any) -> None:
    html = sources.section((), "Hỏi gì?", AnswerStatus.NOT_FOUND, 1, VI)
    assert "không phải câu trả lời" in plain(html)
    assert VI.no_sources in plain(html)


def test_a_whole_passage_that_is_only_near_is_not_marked(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    document, passage = (
        assistant.document("huong-dan-lop-boi-duong"),
        assistant.passage("huong-dan-lop-boi-duong#3"),
    )
    whole = replace(answer.citations[0], start=passage.start, end=passage.end, quote=passage.text)
    source = sources.source_of(whole, document, passage)
    assert "<mark>" not in sources.section([source], QUESTION, AnswerStatus.NOT_FOUND, 1, VI)
    assert "<mark>" in sources.section([source], QUESTION, AnswerStatus.GROUNDED, 1, VI)


def test_panel_shows_the_latest_answer_and_keeps_the_others_at_hand() -> None:
    html = sources.panel(["một", "hai"], VI)
    assert '<section class="pba-group" id="pba-sources-1" hidden>một</section>' in html
    assert '<section class="pba-group" id="pba-sources-2">hai</section>' in html
    assert VI.sources_empty not in unescape(html)


def test_panel_never_shows_the_cards_of_another_question() -> None:
    html = sources.panel(["một", ""], VI)
    assert 'id="pba-sources-1" hidden' in html
    assert "[1], [2]" in plain(html)


def test_panel_says_when_old_cards_are_gone() -> None:
    html = sources.panel([f"nguồn {n}" for n in range(sources.KEPT_TURNS + 2)], VI)
    assert plain(html).count(VI.sources_dropped) == 2
    assert "nguồn 1<" not in html
    assert "nguồn 2<" in html


def test_hostile_document_becomes_text_and_no_element(assistant: Any) -> None:
    answer = assistant.ask("Tài liệu lạ nói gì?")
    for source in sources.sources_of(answer.citations, answer, assistant):
        html = sources.card(source, 1, VI)
        allowed = "article h4 h5 span p blockquote mark br details summary a"
        assert set(re.findall(r"</?(\w+)", html)) <= set(allowed.split())
        assert re.findall(r'<a [^>]*href="([^"]*)"', html) == [source.link, "#pba-turn-1"]
        assert plain(passage_of(html)) == source.text


def test_a_card_warns_that_its_document_was_replaced_and_shows_where_that_is_said(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    later = next(doc for doc in assistant.documents.values() if doc.id == "hoa-lac-ket-nap")
    notice = Notice(NoticeKind.REPLACED, later.id, "Hướng dẫn số 9-HD/ĐU", 3, 40)
    (source,) = sources.sources_of([replace(answer.citations[0], notices=(notice,))], answer, assistant)
    html = sources.card(source, 1, VI)
    assert "văn bản này đã được thay thế bởi Hướng dẫn số 9-HD/ĐU" in plain(html)
    assert later.text[3:40] in plain(html)
    english = sources.sources_of(
        [replace(answer.citations[0], notices=(notice,))], answer, assistant, language="en"
    )
    assert "has been replaced by" in plain(sources.card(english[0], 1, EN))


def test_a_card_of_a_document_in_force_warns_of_nothing(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    for source in sources.sources_of(answer.citations, answer, assistant):
        assert "pba-warning" not in sources.card(source, 1, VI)


def test_the_head_of_a_table_in_an_earlier_passage_is_shown_alone(assistant: Any) -> None:
    answer = assistant.ask(QUESTION)
    citation = answer.citations[1]
    document = assistant.document(citation.document_id)
    head = replace(citation, start=0, end=20, quote=document.text[:20])
    source = sources.source_of(head, document, assistant.passage(citation.passage_id))
    assert (source.text, source.quote) == (document.text[:20], document.text[:20])
    assert source.after
