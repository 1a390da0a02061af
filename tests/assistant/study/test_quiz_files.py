"""The files of a quiz: valid by their schemas, the same each time, nothing taken for a sign of the format."""

from __future__ import annotations

import csv
import json
import os
import re
import sqlite3
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from study_checker import gift, moodle, qti

from assistant.study.export import FORMATS
from assistant.study.export.gift import weights
from assistant.study.types import Difficulty, Draft, Option, QuizItem, QuizKind

from .quiz_draft import BAC_NINH, cite, nasty_draft, options, quiz_draft

SCHEMAS = Path(__file__).parent / "schemas"
DRAFTS = {
    "plain": quiz_draft,
    "nasty": nasty_draft,
    "empty": lambda: replace(quiz_draft(), quiz=(), flashcards=()),
}
drafts = pytest.mark.parametrize("draft", [make() for make in DRAFTS.values()], ids=DRAFTS)


def valid(schema: str, file: bytes) -> None:
    etree.RelaxNG(etree.parse(SCHEMAS / schema)).assertValid(etree.fromstring(file))


@drafts
@pytest.mark.parametrize("name", ["gift", "moodle", "qti", "csv", "keys", "anki"])
def test_the_same_draft_makes_the_same_bytes(name: str, draft: Draft) -> None:
    assert FORMATS[name].write(draft) == FORMATS[name].write(draft)


@drafts
def test_moodle_xml_is_what_moodle_reads(draft: Draft) -> None:
    valid("moodle.rng", FORMATS["moodle"].write(draft))


@drafts
def test_a_qti_package_is_valid(draft: Draft) -> None:
    package = ZipFile(BytesIO(FORMATS["qti"].write(draft)))
    schema = {"imsmanifest.xml": "qti-manifest.rng", "test.xml": "qti-test.rng"}
    published = os.environ.get("PBA_QTI_XSD")
    for name in package.namelist():
        valid(schema.get(name, "qti-item.rng"), package.read(name))
        if published and name != "imsmanifest.xml":
            etree.XMLSchema(etree.parse(published)).assertValid(etree.fromstring(package.read(name)))


@pytest.mark.parametrize("name", ["moodle.rng", "qti-item.rng"])
def test_the_schemas_refuse_what_is_wrong(name: str) -> None:
    if name == "moodle.rng":
        file = FORMATS["moodle"].write(quiz_draft()).replace(b'fraction="33.33333"', b'fraction="33"')
    else:
        package = ZipFile(BytesIO(FORMATS["qti"].write(quiz_draft())))
        file = package.read("items/Q001_q1.xml").replace(b"simpleChoice", b"choice")
    with pytest.raises(etree.DocumentInvalid):
        valid(name, file)


@drafts
@pytest.mark.parametrize(("name", "reader"), [("gift", gift), ("moodle", moodle), ("qti", qti)])
def test_what_is_read_again_is_what_was_written(name: str, reader, draft: Draft) -> None:  # type: ignore[no-untyped-def]
    """A GIFT file alone says "->" as an arrow, for it cannot be escaped there."""

    def said(text: str) -> str:
        return " ".join(text.split()).replace("->", "→") if name == "gift" else " ".join(text.split())

    read = reader.read(FORMATS[name].write(draft)).items
    assert [item.kind for item in read] == [item.kind.value for item in draft.quiz]
    for item, made in zip(read, draft.quiz, strict=True):
        assert said(item.stem).startswith(said(made.stem))
        assert item.options == tuple((said(o.text), o.right) for o in made.options)
        assert item.accepted == tuple(said(text) for text in made.accepted)
        assert item.pairs == tuple((said(p.left), said(p.right)) for p in made.pairs)
        assert item.steps == tuple(said(step.text) for step in made.steps)
        assert item.truth == made.truth
        places = [(p.document, p.start, p.end) for p in item.proofs]
        spans = {(c.document_id, c.start, c.end) for c in made.citations}
        assert set(places) >= spans
        assert len(places) == len(set(places))


def test_shares_of_a_multiple_choice_are_ones_that_moodle_knows() -> None:
    for right in range(1, 7):
        item = replace(quiz_draft().quiz[1], options=options(*"abcdefgh", right=tuple(range(right))))
        shares = [float(share) for share in weights(item)]
        assert sum(share for share in shares if share > 0) == pytest.approx(100, abs=0.001)
        assert sum(share for share in shares if share < 0) == pytest.approx(-100, abs=0.001)


def test_steps_and_right_columns_do_not_stand_in_the_right_order() -> None:
    package = ZipFile(BytesIO(FORMATS["qti"].write(quiz_draft())))
    for number, item in enumerate(quiz_draft().quiz, 1):
        if item.kind in (QuizKind.MATCH, QuizKind.ORDER):
            root = etree.fromstring(package.read(f"items/Q{number:03d}_{item.id}.xml"))
            column = root.findall(".//{*}simpleMatchSet")[-1:]
            shown = [e.text for e in (column[0] if column else root.findall(".//{*}simpleChoice"))]
            right = [step.text for step in item.steps] or [pair.right for pair in item.pairs]
            assert sorted(shown) == sorted(right)
            assert shown != right


def rows(file: bytes) -> list[list[str]]:
    assert file.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(file.decode("utf-8-sig"), newline="")))


def test_a_table_has_a_line_for_each_item() -> None:
    head, *lines = rows(FORMATS["csv"].write(quiz_draft()))
    assert head[:6] == ["Câu", "Mã", "Loại", "Độ khó", "Câu hỏi", "Phương án A"]
    by_id = {line[1]: dict(zip(head, line, strict=True)) for line in lines}
    assert by_id["q1"]["Phương án B"] == "B. 652"
    assert by_id["q1"]["Đáp án"] == "B"
    assert by_id["q2"]["Đáp án"] == "A, C, D"
    assert by_id["q4"]["Đáp án"] == "Sai"
    assert by_id["q5"]["Đáp án"] == "“6.611” | “6611”"
    assert by_id["q8"]["Đáp án"].splitlines()[2] == "3. Chi bộ tổ chức lễ kết nạp"
    assert "[dien-bien-2006-2010.rtf:" in by_id["q5"]["Trích dẫn và nguồn"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "＝"])
def test_no_cell_begins_as_a_formula(sign: str) -> None:
    quote = cite(BAC_NINH, "Riêng năm 2023 có 209 người được kết nạp.")
    stem = f'{sign}HYPERLINK("http://example.org")'
    item = QuizItem("q1", QuizKind.SHORT, stem, (quote,), accepted=(stem,), explanation=stem)
    for name in ("csv", "keys"):
        for row in rows(FORMATS[name].write(replace(quiz_draft(), quiz=(item,)))):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_no_figure_stands_alone_in_a_cell() -> None:
    for row in rows(FORMATS["csv"].write(quiz_draft()))[1:]:
        assert not [cell for cell in row[1:] if re.fullmatch(r"[\d.,/%-]+", cell)]


def collection(file: bytes, folder: Path) -> sqlite3.Connection:
    with ZipFile(BytesIO(file)) as archive:
        assert archive.namelist() == ["collection.anki2", "media"]
        archive.extract("collection.anki2", folder)
    return sqlite3.connect(folder / "collection.anki2")


@drafts
def test_a_deck_has_a_note_for_each_card_and_item(draft: Draft, tmp_path: Path) -> None:
    database = collection(FORMATS["anki"].write(draft), tmp_path)
    notes = database.execute("select flds, tags from notes order by id").fetchall()
    assert len(notes) == len(draft.flashcards) + len(draft.quiz)
    assert database.execute("select count(distinct nid) from cards").fetchone()[0] == len(notes)
    for (fields, _), item in zip(notes, [*draft.flashcards, *draft.quiz], strict=True):
        front, back, proof = fields.split("\x1f")
        assert front
        assert back
        assert f"[{item.citations[0].document_id}:{item.citations[0].start}-" in proof
        assert not re.search(r"<(?!br>)", fields)
    decks = json.loads(database.execute("select decks from col").fetchone()[0])
    assert len({deck["name"] for deck in decks.values()}) == len(decks)


def test_notes_keep_their_identity_when_others_come(tmp_path: Path) -> None:
    draft = quiz_draft()
    fewer = replace(draft, quiz=draft.quiz[:3])
    guids = []
    for number, one in enumerate((draft, fewer)):
        (tmp_path / str(number)).mkdir()
        database = collection(FORMATS["anki"].write(one), tmp_path / str(number))
        guids.append({guid for (guid,) in database.execute("select guid from notes")})
    assert guids[1] < guids[0]


def test_two_lines_on_the_left_share_one_on_the_right() -> None:
    match = next(item for item in quiz_draft().quiz if item.kind is QuizKind.MATCH)
    pairs = (match.pairs[0], replace(match.pairs[1], right=match.pairs[0].right), match.pairs[2])
    file = FORMATS["qti"].write(replace(quiz_draft(), quiz=(replace(match, pairs=pairs),)))
    assert qti.read(file).items[0].pairs == tuple((pair.left, pair.right) for pair in pairs)


def test_an_english_draft_has_english_words_around_it() -> None:
    draft = quiz_draft()
    english = replace(draft, wish=replace(draft.wish, language="en"))
    assert b"::Question 1::" in FORMATS["gift"].write(english)
    assert rows(FORMATS["csv"].write(english))[0][4] == "Question"


def test_options_of_a_single_choice_that_begin_with_a_weight() -> None:
    quote = cite(BAC_NINH, "Phụ nữ chiếm 438 người, tương đương 67%.")
    texts = (Option("%67% là nữ", True), Option("%50% là nữ", False))
    item = QuizItem("q1", QuizKind.SINGLE, "Câu?", (quote,), Difficulty.EASY, options=texts)
    read = gift.read(FORMATS["gift"].write(replace(quiz_draft(), quiz=(item,)))).items[0]
    assert read.options == (("%67% là nữ", True), ("%50% là nữ", False))
