"""Moodle XML, with the standard library's parser."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

from .gift import matching
from .model import Item, Reading, proofs_of


def read(data: bytes) -> Reading:
    root = ElementTree.fromstring(data)
    questions = [q for q in root.iter("question") if q.get("type") != "category"]
    return Reading(tuple(_item(question) for question in questions))


def _paragraphs(html: str | None) -> list[str]:
    parts = re.split(r"</p>|<br ?/?>", html or "")
    return [text for part in parts if (text := unescape(re.sub(r"<[^>]*>", "", part)).strip())]


def _flat(element: ElementTree.Element | None) -> str:
    return "" if element is None else " ".join(_paragraphs(element.findtext("text")))


def _item(question: ElementTree.Element) -> Item:
    name, stem = question.findtext("name/text") or "", _flat(question.find("questiontext"))
    proofs = proofs_of(_paragraphs(question.findtext("generalfeedback/text")))
    tags = [tag.text for tag in question.iterfind("tags/tag/text")]
    answers = [(_flat(a), float(a.get("fraction", "0"))) for a in question.iterfind("answer")]
    match question.get("type"):
        case "multichoice":
            kind = "single" if question.findtext("single") == "true" else "multiple"
            options = tuple((text, share > 0) for text, share in answers)
            return Item(name, kind, stem, options=options, proofs=proofs)
        case "truefalse":
            truth = any(text == "true" and share == 100 for text, share in answers)
            return Item(name, "true_false", stem, truth=truth, proofs=proofs)
        case "shortanswer":
            right = [a for a in question.iterfind("answer") if a.get("fraction") == "100"]
            accepted = tuple((a.findtext("text") or "").replace("\\*", "*") for a in right)
            return Item(name, "fill" if "fill" in tags else "short", stem, accepted=accepted, proofs=proofs)
        case "matching":
            parts = question.iterfind("subquestion")
            pairs = tuple((_flat(part), (part.findtext("answer/text") or "").strip()) for part in parts)
            return matching(name, stem, pairs, proofs, ordered="order" in tags)
        case other:
            return Item(name, f"unknown {other}", stem, proofs=proofs)
