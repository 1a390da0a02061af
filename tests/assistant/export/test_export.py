"""A conversation as a file: every marker is a numbered footnote that quotes and names its source."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from assistant.answer import Assistant
from assistant.conversations import Conversation, Conversations, SavedTurn, TurnState
from assistant.export.markdown import to_markdown
from assistant.export.transcript import Style, Transcript, transcript
from assistant.export.word import to_docx
from assistant.types import Citation, Notice, NoticeKind, Statement
from index.library import Library

QUESTIONS = (
    "Năm 2019 Đảng bộ thành phố Lào Cai kết nạp được bao nhiêu đảng viên mới?",
    "Nêu các giải pháp tuyên truyền lưu động",
    "Tỉnh Cà Mau có bao nhiêu đảng viên?",
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def saved(library: Library, assistant: Assistant) -> Iterator[tuple[Conversation, tuple[SavedTurn, ...]]]:
    kept = Conversations(library)
    conversation_id = kept.start("an", QUESTIONS[0]).id
    for question in QUESTIONS:
        key = kept.begin("an", conversation_id, question)
        kept.finish(key, question, state=TurnState.ANSWERED, answer=assistant.ask(question))
    failed = kept.begin("an", conversation_id, "???")
    kept.finish(failed, "???", state=TurnState.FAILED, reason="Câu hỏi <trống> & vô nghĩa.")
    kept.begin("an", conversation_id, "bị dừng")
    yield kept.load("an", conversation_id)
    kept.delete("an", conversation_id)


@pytest.fixture(scope="module")
def made(saved: tuple[Conversation, tuple[SavedTurn, ...]]) -> Transcript:
    return transcript(*saved)


def quotes(turns: tuple[SavedTurn, ...]) -> list[str]:
    """What each turn cites, every span once, in the order in which a reader meets it."""
    found = []
    for answer in (turn.answer for turn in turns if turn.answer):
        cited = [c for statement in answer.statements for c in statement.citations] + list(answer.nearest)
        spans = {(c.document_id, c.start, c.end): " ".join(c.quote.split()) for c in cited}
        found += list(spans.values())
    return found


def test_footnotes_are_the_quotes_with_their_sources(made: Transcript, saved: object) -> None:
    _, turns = saved  # type: ignore[misc]
    expected = quotes(turns)
    assert len(made.notes) == len(expected) >= 5
    for note, quote in zip(made.notes, expected, strict=True):
        assert note.startswith(f"“{quote}” — ")
        assert len(note) > len(quote) + 8
    used = [run.note for paragraph in made.paragraphs for run in paragraph.runs if run.note]
    assert list(dict.fromkeys(used)) == list(range(1, len(made.notes) + 1))


def test_no_marker_in_brackets_is_left(made: Transcript) -> None:
    text = "".join(run.text for paragraph in made.paragraphs for run in paragraph.runs)
    assert not re.search(r"\[\d+\]", text)
    assert "253 đảng viên mới" in text


def test_markdown_has_a_definition_for_every_reference(made: Transcript) -> None:
    text = to_markdown(made)
    body, definitions = text.split("\n\n[^1]: ")
    references = re.findall(r"\[\^(\d+)\]", body)
    defined = re.findall(r"^\[\^(\d+)\]: ", "[^1]: " + definitions, re.MULTILINE)
    assert (
        list(dict.fromkeys(references))
        == defined
        == [str(number) for number in range(1, len(made.notes) + 1)]
    )
    assert text.startswith(f"# {QUESTIONS[0]}\n")
    assert f"\n## {QUESTIONS[1]}\n" in text
    assert "**" in text
    assert "Câu hỏi \\<trống\\> \\& vô nghĩa." in text
    assert "Đã dừng" in text


def test_a_word_file_has_real_footnotes(made: Transcript) -> None:
    file = to_docx(made)
    with zipfile.ZipFile(BytesIO(file)) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist()}
    types = parts["[Content_Types].xml"].decode()
    assert re.search(r'PartName="/word/footnotes.xml" ContentType="[^"]*footnotes\+xml"', types)
    footnotes = etree.fromstring(parts["word/footnotes.xml"])
    written = {
        int(note.get(f"{W}id")): "".join(note.itertext()).strip()
        for note in footnotes.findall(f"{W}footnote")
    }
    assert written == {-1: "", 0: "", **dict(enumerate(made.notes, 1))}
    document = etree.fromstring(parts["word/document.xml"])
    referred = [int(found.get(f"{W}id")) for found in document.iter(f"{W}footnoteReference")]
    assert referred == list(range(1, len(made.notes) + 1))
    styles = {
        style.get(f"{W}styleId") for style in etree.fromstring(parts["word/styles.xml"]).iter(f"{W}style")
    }
    named = {*document.iter(f"{W}pStyle", f"{W}rStyle"), *footnotes.iter(f"{W}pStyle", f"{W}rStyle")}
    assert {element.get(f"{W}val") for element in named} <= styles
    settings = etree.fromstring(parts["word/settings.xml"])
    separators = settings.find(f"{W}footnotePr").findall(f"{W}footnote")
    assert [entry.get(f"{W}id") for entry in separators] == ["-1", "0"]


def test_a_word_file_is_read_again(made: Transcript) -> None:
    document = docx.Document(BytesIO(to_docx(made)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 2"][:3] == list(QUESTIONS)
    assert "253 đảng viên mới" in text
    assert "Câu hỏi <trống> & vô nghĩa." in text
    assert [rel for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.FOOTNOTES]
    assert document.core_properties.title == QUESTIONS[0]
    # Saved by another program once more, it still has them.
    again = BytesIO()
    document.save(again)
    with zipfile.ZipFile(again) as archive:
        assert made.notes[0] in archive.read("word/footnotes.xml").decode()


def test_a_span_quoted_twice_is_one_footnote(saved: object) -> None:
    conversation, (first, *_) = saved  # type: ignore[misc]
    assert first.answer is not None
    twice = replace(first.answer, statements=first.answer.statements[:1] * 2)
    made = transcript(conversation, [replace(first, answer=twice)])
    assert [run.note for p in made.paragraphs for run in p.runs if run.note] == [1, 1]
    with zipfile.ZipFile(BytesIO(to_docx(made))) as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    assert len(list(document.iter(f"{W}footnoteReference"))) == 1
    [field] = document.iter(f"{W}fldSimple")
    [bookmark] = document.iter(f"{W}bookmarkStart")
    assert bookmark.get(f"{W}name") in field.get(f"{W}instr")
    assert "".join(field.itertext()) == "1"
    assert to_markdown(made).count("[^1]") == 3


def test_a_quote_that_reads_like_a_marker_stays_a_quote(saved: object) -> None:
    conversation, (first, *_) = saved  # type: ignore[misc]
    citation = Citation(1, "a.txt", "a.txt#1", 0, 12, "Theo [1] và [2]", label="Tài liệu A, đoạn 1")
    answer = replace(first.answer, statements=(Statement("Theo [1] và [2] [1]", (citation,)),))
    made = transcript(conversation, [replace(first, answer=answer)])
    [said] = [paragraph for paragraph in made.paragraphs if paragraph.style is Style.STATEMENT]
    assert [(run.text, run.note) for run in said.runs] == [("Theo [1] và [2]", None), ("", 1)]
    assert made.notes == ("“Theo [1] và [2]” — Tài liệu A, đoạn 1.",)
    assert "Theo \\[1\\] và \\[2\\][^1]" in to_markdown(made)


def test_what_became_of_a_source_is_written_beside_its_quote(saved: object) -> None:
    conversation, (first, *_) = saved  # type: ignore[misc]
    [statement, *_] = first.answer.statements
    gone = Notice(NoticeKind.REMOVED, statement.citations[0].document_id, "", 0, 0)
    cited = tuple(replace(citation, notices=(gone,)) for citation in statement.citations)
    answer = replace(first.answer, statements=(replace(statement, citations=cited),))
    made = transcript(conversation, [replace(first, answer=answer)], language="en")
    assert "removed from the library" in to_markdown(made)


def test_text_that_xml_cannot_hold_does_not_spoil_the_file(saved: object) -> None:
    conversation, (first, *_) = saved  # type: ignore[misc]
    made = transcript(
        replace(conversation, title="Tên\x07 lạ"), [replace(first, question="Câu\x00 hỏi \ud800?")]
    )
    document = docx.Document(BytesIO(to_docx(made)))
    assert document.paragraphs[0].text == "Tên lạ"
