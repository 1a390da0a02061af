"""A quiz as Moodle XML.

Element names and what Moodle makes of them: ``question/format/xml/format.php`` and docs.moodle.org,
"Moodle XML format". An ordering is a matching of each step with its position, since a Moodle before 4.4 has
no ordering and refuses a whole file that has one. A fill-in is a short answer: Moodle's numerical questions
read "57.763" by the reader's locale.
"""

from __future__ import annotations

from html import escape
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from assistant.study.export.gift import weights
from assistant.study.export.proof import one_line, proof_lines
from assistant.study.export.wording import Wording, wording
from assistant.study.export.xml import child, written
from assistant.study.types import Draft, QuizItem, QuizKind

_TYPES = {
    QuizKind.SINGLE: "multichoice",
    QuizKind.MULTIPLE: "multichoice",
    QuizKind.TRUE_FALSE: "truefalse",
    QuizKind.FILL: "shortanswer",
    QuizKind.SHORT: "shortanswer",
    QuizKind.MATCH: "matching",
    QuizKind.ORDER: "matching",
}


def to_moodle_xml(draft: Draft) -> bytes:
    """The whole file."""
    root = etree.Element("quiz")
    category = child(child(root, "question", type="category"), "category")
    child(category, "text", f"$course$/top/{one_line(draft.title).replace('/', '//')}")
    words = wording(draft.wish.language)
    for number, item in enumerate(draft.quiz, 1):
        _question(root, item, number, words)
    return written(root)


def _question(root: Any, item: QuizItem, number: int, words: Wording) -> None:
    question = child(root, "question", type=_TYPES[item.kind])
    child(child(question, "name"), "text", f"{words.question} {number}")
    task = [words.order_task] if item.kind is QuizKind.ORDER else []
    _html(question, "questiontext", [item.stem, *task])
    _html(question, "generalfeedback", proof_lines(item))
    child(question, "defaultgrade", "1")
    child(question, "penalty", "1" if item.kind is QuizKind.TRUE_FALSE else "0.3333333")
    child(question, "hidden", "0")
    child(question, "idnumber", one_line(item.id))
    _answers(question, item)
    tags = child(question, "tags")
    for tag in (item.kind, item.difficulty):
        child(child(tags, "tag"), "text", tag)


def _answers(question: Any, item: QuizItem) -> None:
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            single = item.kind is QuizKind.SINGLE
            child(question, "single", "true" if single else "false")
            child(question, "shuffleanswers", "true")
            child(question, "answernumbering", "ABC")
            shares = ["100" if o.right else "0" for o in item.options] if single else weights(item)
            for option, share in zip(item.options, shares, strict=True):
                _html(question, "answer", [option.text], fraction=share)
        case QuizKind.TRUE_FALSE:
            for name, truth in (("true", True), ("false", False)):
                share = "100" if item.truth is truth else "0"
                answer = child(question, "answer", fraction=share, format="moodle_auto_format")
                child(answer, "text", name)
        case QuizKind.FILL | QuizKind.SHORT:
            child(question, "usecase", "0")
            for text in item.accepted:
                answer = child(question, "answer", fraction="100", format="plain_text")
                # A star stands for any text.
                child(answer, "text", one_line(text).replace("*", r"\*"))
        case QuizKind.MATCH:
            _matching(question, [(pair.left, pair.right) for pair in item.pairs])
        case QuizKind.ORDER:
            _matching(question, [(step.text, str(place)) for place, step in enumerate(item.steps, 1)])


def _matching(question: Any, pairs: list[tuple[str, str]]) -> None:
    child(question, "shuffleanswers", "true")
    for left, right in pairs:
        part = _html(question, "subquestion", [left])
        child(child(part, "answer"), "text", one_line(right))


def _html(parent: Any, tag: str, lines: list[str] | tuple[str, ...], **attributes: str) -> Any:
    element = child(parent, tag, format="html", **attributes)
    paragraphs = (f"<p>{escape(one_line(line), quote=False)}</p>" for line in lines)
    child(element, "text").text = etree.CDATA("".join(paragraphs))
    return element
