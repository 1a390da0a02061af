"""Every question that could be asked of a material and has an answer there, before any is proved.

Facts and their questions are those of quizzes (``assistant.study``): asked for in the words of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evaluate.suggest.accepted import fact_of, facts_of
from assistant.evaluate.suggest.types import Fact, Reason, SuggestionKind
from assistant.study.asking import BLANK, Asked, asked_of
from assistant.study.citing import asked_of_reference
from assistant.study.facts import DATES, FactKind, facts
from assistant.study.gather import Line
from assistant.study.listing import Listing, listings
from assistant.study.quiz.attempt import attempt_of
from assistant.study.quiz.short import shorts
from assistant.study.quiz.wording import frame, heading_for, lowered, raised
from assistant.study.references import Reference, references
from assistant.study.rows import Rows, rows_of
from assistant.study.sourcing import heading_of, placed
from assistant.study.types import Difficulty, QuizItem, QuizKind
from ingest.places import find_places

_MOST_WORDS, _MOST_LIST_WORDS = 46, 100
_NAMES = frozenset({FactKind.BODY, FactKind.PERSON})
_NOT_ASKED = frozenset({FactKind.SUBJECT, FactKind.ROLE})
#: Lead to a figure that a person would not ask for in these words.
_STIFF = re.compile(
    r"(?:cả|tất cả|trên|dưới|chỉ|đủ|từ|trừ|thực hiện) bao nhiêu|bao nhiêu \(|là bao nhiêu người\?"
    r"|đến nay,? đã (?!.*Đảng bộ)",
    re.IGNORECASE,
)
#: Nobody asks for "more than how many".
_MORE_THAN = re.compile(r"(?:hơn|gần|xấp xỉ|ngót) bao nhiêu")
#: The number of a document is asked for at the end; within a sentence it reads like a form to fill in.
_WHICH_NUMBER = re.compile(r"số bao nhiêu(?!\?$)")
#: Numbers that every province, district or commune has one of.
_PROVINCIAL = re.compile(r"/(?:TU|ĐU|HU|ĐUK)(?![\w/])")
#: What a column holds, where its head says so.
_QUANTITY = re.compile(
    r"(?:tổng số|số|tỷ lệ|tỉ lệ|mức|diện tích|dân số|kinh phí|chỉ tiêu|thời gian|số lượng)\s", re.IGNORECASE
)
_MOST_HEADING_WORDS, _SHORT_LIST_QUESTION = 12, 12


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question that is not proved yet.

    Attributes:
        item: the same as a quiz item, to be proved as one; ``None`` where the layout proves it.
        spans: of ``line.document``.
        asked: the fact asked for, where it is one of a sentence.
        english: the same question in English; "" where it cannot be put honestly.
        worth: how good a question it makes, higher is better.
    """

    kind: SuggestionKind
    question: str
    facts: tuple[Fact, ...]
    line: Line
    spans: tuple[tuple[int, int], ...]
    worth: float
    item: QuizItem | None = None
    asked: Asked | None = None
    english: str = ""


@dataclass(frozen=True, slots=True)
class Unfit:
    """A question that was not drawn, and why."""

    question: str
    reason: Reason


def drawn(lines: Sequence[Line]) -> Iterator[Drawn | Unfit]:
    """The questions of some lines, in their order."""
    by_document: dict[str, list[Line]] = {}
    for line in lines:
        by_document.setdefault(line.document.id, []).append(line)
        for asked in asked_of(line):
            yield from _of_fact(asked, "")
        for reference in references(line):
            for asked in asked_of_reference(reference):
                yield from _of_fact(asked, _english(reference, asked))
    for own in by_document.values():
        ordered = tuple(sorted(own, key=lambda line: line.start))
        for listing in listings(ordered):
            yield from _of_list(listing)
        for rows in rows_of(ordered):
            yield from _of_rows(rows)


def _of_fact(asked: Asked, english: str) -> Iterator[Drawn | Unfit]:
    if asked.fact.kind in _NOT_ASKED:
        return
    attempt = next(shorts(asked, "vi"), None)
    if attempt is None:
        return
    question = _MORE_THAN.sub("khoảng bao nhiêu", attempt.item.stem)
    if _PROVINCIAL.search(question) and not find_places(question) and not question.startswith("Theo "):
        question = f"{frame(asked.line, 'vi')} {lowered(question)}"
    found = facts_of(asked)
    if unclear(asked, question):
        yield Unfit(question, Reason.UNCLEAR)
    elif not found:
        yield Unfit(question, Reason.WEAK)
    else:
        kind = SuggestionKind.NUMBER
        if asked.fact.kind in DATES:
            kind = SuggestionKind.DATE
        elif asked.fact.kind in _NAMES:
            kind = SuggestionKind.NAME
        spans = tuple((one.start, one.end) for one in attempt.item.citations)
        worth = attempt_of(asked, attempt.item).worth - _awkward(question)
        yield Drawn(kind, question, found, asked.line, spans, worth, attempt.item, asked, english)


def unclear(asked: Asked, question: str) -> bool:
    """Whether a reader who has not the document before him would stumble over a question."""
    text = question.rstrip("?")
    if (
        len(text.split()) > _MOST_WORDS
        or _STIFF.search(question)
        or _WHICH_NUMBER.search(question)
        or text.count(";")
        or ":" in text
    ):
        return True
    if text.count("“") != text.count("”"):
        return True
    heading = heading_for(asked)
    if heading and asked.fact.kind is FactKind.BODY and not heading.endswith("?"):
        return True  # what the body deals with is in the heading alone
    # A part of a sentence under its heading can be understood, but nobody asks in this way.
    return asked.clause.fragment and not asked.clause.answers and heading != ""


def _awkward(question: str) -> float:
    """What a question is worth less for its length, and for the other figures it brings along."""
    brought = sum(fact.kind not in (*DATES, *_NAMES, FactKind.NUMBER) for fact in facts(question))
    return 0.001 * len(question.split()) + 0.01 * brought


def _english(reference: Reference, asked: Asked) -> str:
    """A question about a cited document in English; names stay as they are written."""
    said, document = reference.said, reference.line.document
    if _PROVINCIAL.search(said(reference.number)) and asked.fact.kind is FactKind.BODY:
        return ""
    name = f"{reference.kind} số {said(reference.number)}"
    if asked.fact.kind is FactKind.DATE and reference.body:
        return f"On what date was {name} of {placed(said(reference.body), document)} issued?"
    if asked.fact.kind is FactKind.BODY and reference.date:
        return f"Which body issued {name} of {said(reference.date)}?"
    return ""


def _of_list(listing: Listing) -> Iterator[Drawn | Unfit]:
    line, items = listing.line, listing.items
    heading = heading_of(line)
    telling = heading.endswith("?") or len(heading.split()) > 3
    unsaid = heading.lower() not in listing.asks.lower() and len(listing.asks.split()) < _SHORT_LIST_QUESTION
    source = frame(line, "vi", heading=heading if telling and unsaid else "", text=listing.asks)
    question = f"{source} {lowered(listing.asks)}?"
    words = sum(len(text.split()) for text, _ in items)
    if BLANK in listing.asks or words > _MOST_LIST_WORDS or _only_figures(items):
        yield Unfit(question, Reason.UNCLEAR)
        return
    spans = [span for _, span in items] + ([listing.lead] if listing.lead else [])
    span = (min(start for start, _ in spans), max(end for _, end in spans))
    yield Drawn(SuggestionKind.LIST, question, tuple((text,) for text, _ in items), line, (span,), line.score)


def _only_figures(items: Sequence[tuple[str, tuple[int, int]]]) -> bool:
    return any(not re.search(r"[^\W\d_]{2}", text) for text, _ in items)


def _of_rows(rows: Rows) -> Iterator[Drawn | Unfit]:
    """What a table, or a row of figures, gives for one thing."""
    lefts = [row.left.lower() for row in rows.rows]
    if not rows.figures or len(set(lefts)) < len(lefts):
        return
    clear = _QUANTITY.match(rows.what) and 0 < len(rows.about.split()) <= _MOST_HEADING_WORDS
    for row in rows.rows:
        source = frame(row.line, "vi", heading=rows.about)
        question = raised(f"{source} {rows.what} của {lowered(row.left)} là bao nhiêu?")
        fact = fact_of(row.right)
        if not clear:
            yield Unfit(question, Reason.UNCLEAR)
        elif not fact:
            yield Unfit(question, Reason.WEAK)
        else:
            spans = (row.span,) if row.head is None else (row.head, row.span)
            worth = row.line.score - _awkward(question)
            yield Drawn(SuggestionKind.NUMBER, question, (fact,), row.line, spans, worth)


def as_item(found: Drawn) -> QuizItem:
    """A drawn question as a quiz item, to be compared with others."""
    if found.item is not None:
        return found.item
    cited = tuple(found.line.cite(*span) for span in found.spans)
    keys = tuple(fact[0] for fact in found.facts)
    return QuizItem("", QuizKind.SHORT, found.question, cited, Difficulty.MEDIUM, accepted=keys)
