"""The checker on papers and slides: it finds what is planted in them, and nothing in those that are right."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from study_checker import slides
from study_checker.checking import READERS, check_reading
from study_checker.documents import Documents
from study_checker.sheets import joined
from study_checker.word import read_sheet

from assistant.study.export.deck.presentation import to_pptx
from assistant.study.export.documents import (
    to_handout_docx,
    to_key_docx,
    to_plan_docx,
    to_quiz_docx,
    to_variants_docx,
)
from assistant.study.types import Draft

from .drafts import full_draft
from .quiz_draft import quiz_draft, texts


@pytest.fixture(scope="module")
def library() -> Documents:
    return Documents(dict(texts()))


@pytest.fixture(scope="module")
def draft() -> Draft:
    """All parts; without the line that is there to be marked as not proved."""
    full = full_draft()
    lessons = tuple(
        replace(
            lesson,
            sections=tuple(
                replace(section, points=tuple(p for p in section.points if not p.faults))
                for section in lesson.sections
            ),
        )
        for lesson in full.lessons
    )
    return replace(full, lessons=lessons, quiz=quiz_draft().quiz)


def edited(file: bytes, member: str, change: Callable[[str], str]) -> bytes:
    """The package with the text of one of its members changed."""
    made = BytesIO()
    with ZipFile(BytesIO(file)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if re.fullmatch(member, name):
                after = change(content.decode("utf-8"))
                assert after.encode("utf-8") != content
                content = after.encode("utf-8")
            new.writestr(name, content)
    return made.getvalue()


def exchanged(one: str, other: str) -> Callable[[str], str]:
    return lambda text: text.replace(one, "\0").replace(other, one).replace("\0", other)


def papers(quiz: bytes, key: bytes, library: Documents) -> set[tuple[str, str]]:
    reading = joined([read_sheet(quiz), read_sheet(key)])
    assert len(reading.items) == len(quiz_draft().quiz)
    return {(one.item, one.kind) for one in check_reading(reading, library, "papers")}


def test_right_papers_give_no_findings(draft: Draft, library: Documents) -> None:
    assert papers(to_quiz_docx(draft), to_key_docx(draft), library) == set()


def test_right_plans_handouts_and_slides_give_no_findings(draft: Draft, library: Documents) -> None:
    for write in (to_plan_docx, to_handout_docx):
        reading = joined([read_sheet(write(draft))])
        assert len(reading.lines) > 5
        assert check_reading(reading, library, "paper") == []
    reading = slides.read(to_pptx(draft))
    assert len(reading.lines) > 5
    assert check_reading(reading, library, "slides") == []


def test_every_shuffled_paper_is_right(draft: Draft, library: Documents) -> None:
    reading = READERS[".zip"](to_variants_docx(draft))
    assert len(reading.items) == 4 * len(draft.quiz)
    assert check_reading(reading, library, "variants") == []


DOCUMENT, NOTES = "word/document.xml", "word/footnotes.xml"
PLANTED: dict[str, tuple[str, str, Callable[[str], str], tuple[str, str]]] = {
    "a digit of a key": ("key", DOCUMENT, lambda t: t.replace("B. 652", "B. 653"), ("Câu 1", "key")),
    "a digit of the option and of the key": (
        "both",
        DOCUMENT,
        lambda t: t.replace("B. 652", "B. 653"),
        ("Câu 1", "key"),
    ),
    "another letter in the table of keys": (
        "key",
        DOCUMENT,
        lambda t: t.replace("A, C, D", "A, B, D"),
        ("Câu 2", "key"),
    ),
    "another option marked right": (
        "key",
        DOCUMENT,
        lambda t: t.replace("C. Tủa Chùa", "B. Mường Nhé").replace("A, C, D", "A, B, D"),
        ("Câu 2", "key"),
    ),
    "a claim marked otherwise": (
        "key",
        DOCUMENT,
        lambda t: t.replace(">Đúng<", ">Sai<").replace("Đúng</w:t>", "Sai</w:t>"),
        ("Câu 3", "key"),
    ),
    "numbers of questions shifted": (
        "both",
        DOCUMENT,
        lambda t: t.replace("Câu 5.", "Câu 6."),
        ("Câu 6", "numbering"),
    ),
    "a number of the key shifted": (
        "key",
        DOCUMENT,
        lambda t: t.replace("Câu 5.", "Câu 10."),
        ("Câu 5", "numbering"),
    ),
    "two footnotes exchanged": (
        "key",
        NOTES,
        exchanged("6.611 đảng viên, vượt kế hoạch 11,1%", "Thời kỳ dự bị là mười hai tháng"),
        ("Câu 5", "key"),
    ),
    "a footnote that is in no document": (
        "key",
        NOTES,
        lambda t: t.replace("thành phố đã kết nạp 652", "thành phố đã kết nạp được 652"),
        ("Câu 1", "span"),
    ),
    "the number of a footnote shifted": (
        "key",
        DOCUMENT,
        exchanged('w:footnoteReference w:id="1"', 'w:footnoteReference w:id="2"'),
        ("footnotes", "numbering"),
    ),
    "a footnote without its source": (
        "key",
        NOTES,
        lambda t: re.sub(r"(652 đảng viên\.”) — [^<]*<", r"\1<", t),
        ("footnote 1", "footnote"),
    ),
    "a pair exchanged": (
        "key",
        DOCUMENT,
        lambda t: re.sub(r"1([ABC]), 2([ABC])", r"1\2, 2\1", t),
        ("Câu 7", "pair"),
    ),
    "the order exchanged": (
        "key",
        DOCUMENT,
        lambda t: re.sub(r"(?<![A-Z])([ABC])–([ABC])–([ABC])(?![A-Z])", r"\2–\1–\3", t),
        ("Câu 8", "order"),
    ),
}


@pytest.mark.parametrize("error", PLANTED)
def test_what_is_planted_in_papers_is_found(error: str, draft: Draft, library: Documents) -> None:
    where, member, change, finding = PLANTED[error]
    quiz, key = to_quiz_docx(draft), edited(to_key_docx(draft), member, change)
    if where == "both":
        quiz = edited(quiz, member, change)
    assert finding in papers(quiz, key, library)


@pytest.mark.parametrize(
    ("write", "member", "change", "kind"),
    [
        (to_plan_docx, DOCUMENT, lambda t: t.replace("đủ 60 tuổi", "đủ 61 tuổi"), "footnote"),
        (to_handout_docx, DOCUMENT, lambda t: t.replace("57.763", "57.764"), "footnote"),
        (to_handout_docx, NOTES, exchanged("57.763 đảng viên", "438 người"), "footnote"),
        (to_handout_docx, "word/charts/chart1.xml", lambda t: t.replace("221.6", "222.6"), "footnote"),
        (to_plan_docx, NOTES, lambda t: t.replace("đủ 18 tuổi", "đủ 19 tuổi"), "span"),
    ],
)
def test_what_is_planted_in_plans_and_handouts_is_found(
    write: Callable[[Draft], bytes],
    member: str,
    change: Callable[[str], str],
    kind: str,
    draft: Draft,
    library: Documents,
) -> None:
    reading = joined([read_sheet(edited(write(draft), member, change))])
    assert kind in {one.kind for one in check_reading(reading, library, "paper")}


@pytest.mark.parametrize(
    ("member", "change", "kind"),
    [
        (r"ppt/slides/slide\d\.xml", lambda t: t.replace("hai phần ba", "một phần ba"), "footnote"),
        (r"ppt/slides/slide4\.xml", exchanged("[2]", "[5]"), "footnote"),
        (r"ppt/notesSlides/notesSlide\d\.xml", lambda t: t.replace("hai phần ba", "một phần ba"), "span"),
        (r"ppt/notesSlides/notesSlide\d\.xml", lambda t: t.replace("[3]", "[30]"), "numbering"),
        (r"ppt/charts/chart\d+\.xml", lambda t: t.replace("221.6", "222.6"), "footnote"),
        (
            r"ppt/slides/slide\d\.xml",
            lambda t: t.replace("Nguồn: [1] Hỏi - đáp", "Nguồn: [1] Hỏi"),
            "footnote",
        ),
    ],
)
def test_what_is_planted_in_slides_is_found(
    member: str, change: Callable[[str], str], kind: str, draft: Draft, library: Documents
) -> None:
    file = to_pptx(draft)
    with ZipFile(BytesIO(file)) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(member, name)]
        changed = [
            n for n in names if change(archive.read(n).decode("utf-8")) != archive.read(n).decode("utf-8")
        ]
    assert changed
    for name in changed:
        file = edited(file, re.escape(name), change)
    assert kind in {one.kind for one in check_reading(slides.read(file), library, "slides")}
