"""What is gathered for a topic: lines that speak of it, within the filters, nothing of the page itself."""

from __future__ import annotations

from collections.abc import Callable

from assistant.study.gather import Material, everything, gather
from assistant.study.types import Wish
from index.library import Library
from index.types import Filters

Gather = Callable[[Wish], Material]


def test_lines_are_exact_spans_of_their_documents(material_for: Gather) -> None:
    material = material_for(Wish("kết nạp đảng viên"))
    assert len(material.lines) > 50
    for line in material.lines:
        citation = line.cite()
        assert citation.quote == line.document.text[citation.start : citation.end] == line.text
        assert line.passage.start <= line.start < line.passage.end


def test_the_topic_comes_first(material_for: Gather) -> None:
    first = material_for(Wish("hình thức kỷ luật")).lines[:6]
    assert any("khiển trách" in line.text for line in first)
    assert all(first[at].score >= first[at + 1].score for at in range(5))


def test_a_topic_typed_without_marks_is_read(material_for: Gather) -> None:
    assert material_for(Wish("hinh thuc ky luat")).topic == "hình thức kỷ luật"


def test_filters_are_kept(material_for: Gather) -> None:
    material = material_for(Wish("đảng viên", filters=Filters(provinces=("tỉnh Điện Biên",))))
    assert {document.id for document in material.documents} == {"dien-bien-2006-2010.rtf"}
    whole = material_for(Wish("", filters=Filters(document_ids=("tom-luoc-chi-thi-28.md",))))
    assert whole.lines
    assert {line.document.id for line in whole.lines} == {"tom-luoc-chi-thi-28.md"}


def test_nothing_that_a_page_says_of_itself(sample: Library) -> None:
    for wish in (Wish("đảng viên"), Wish("")):
        said = " | ".join(line.text for line in gather(sample, wish).lines)
        for words in ("Lượt xem", "nhóm biên soạn", "Ảnh minh họa", "Nguồn:", "?"):
            assert words not in said


def test_replaced_documents_come_last(material_for: Gather) -> None:
    lines = material_for(Wish("lớp bồi dưỡng nhận thức về Đảng")).lines
    replaced = [line.superseded for line in lines]
    assert any(replaced)
    assert replaced == sorted(replaced)
    assert {line.document.number for line in lines if line.superseded} == {"07-KH/ĐU"}


def test_everything_is_more_than_what_is_gathered(sample: Library, material_for: Gather) -> None:
    every = {(line.document.id, line.start) for line in everything(sample)}
    assert {(line.document.id, line.start) for line in material_for(Wish("đảng phí")).lines} < every
