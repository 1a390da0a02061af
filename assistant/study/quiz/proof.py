"""Proving an item, as it was made or after it was edited: from its own words, its quotes, and the library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.study.asking import BLANK
from assistant.study.facts import DATES, FIGURES, Fact, FactKind, facts
from assistant.study.quiz.apart import gives_away, repeats
from assistant.study.quiz.distractors import SAME_THING
from assistant.study.quiz.said import Said, content, has, line_words, said_in
from assistant.study.quiz.several import asks_for_mentions, bound_of, is_above, names_document
from assistant.study.quiz.shown import asks_about, cited, claim, keys
from assistant.study.quiz.wording import bare
from assistant.study.types import Fault, Option, QuizItem, QuizKind
from assistant.types import Citation, Verdict
from assistant.verification.analysis import Item, Sort, analysed
from assistant.verification.figures import Figure
from assistant.verification.moments import Moment
from index.errors import UnknownDocument
from index.library import Library
from ingest.dates import first_date
from ingest.types import Document

#: Share of the words of a statement, by weight, that its quotes, headings and title must have.
_BORNE = 0.8
#: The same of a false statement: where its quote contradicts it, and where it only does not bear it out.
_LIKE, _MUCH_LIKE = 0.45, 0.6
_SAME_SUBJECT = 0.75
_CHECKED = frozenset({Sort.FIGURE, Sort.MOMENT, Sort.DOCUMENT, Sort.PERSON, Sort.PLACE, Sort.LABEL})
#: Kinds whose stem asks for one fact, which it must not name.
_ASKING = frozenset({QuizKind.SINGLE, QuizKind.FILL, QuizKind.SHORT})
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_COMPARED = FIGURES | DATES | {FactKind.BODY, FactKind.PERSON, FactKind.FREQUENCY}


def faults_of(item: QuizItem, library: Library, others: Sequence[QuizItem] = ()) -> tuple[Fault, ...]:
    """Everything that keeps an item from being proved; empty for a sound one.

    Args:
        item: made here, or edited: only what it says counts, not how it was made.
        others: the other items of its quiz.
    """
    said = said_in(library)
    found = [*own_faults(item, library, said), *faults_beside(item, others, said)]
    return tuple(dict.fromkeys(found))


def own_faults(item: QuizItem, library: Library, said: Said) -> Iterator[Fault]:
    """The faults of an item whatever stands beside it."""
    if not _answerable(item):
        yield Fault.FORM
        return
    try:
        documents = {one.document_id: library_document(library, said, one.document_id) for one in cited(item)}
    except UnknownDocument:
        yield Fault.QUOTE
        return
    if any(
        documents[one.document_id].text[one.start : one.end] != one.quote or not one.quote
        for one in cited(item)
    ):
        yield Fault.QUOTE
        return
    if not _keyed(item, documents):
        yield Fault.KEY
    if item.kind in _ASKING and any(has(item.stem, key) for key in keys(item)):
        yield Fault.GIVEN_AWAY
    if not _borne(item, documents, said):
        yield Fault.KEY if item.kind is QuizKind.TRUE_FALSE else Fault.TEXT
    if fault := _verified(item, documents, said):
        yield fault
    if any(_also_true(item, option, said) for option in item.options if not option.right):
        yield Fault.DISTRACTOR
    if _disputed(item, documents, said):
        yield Fault.DISPUTED


def faults_beside(item: QuizItem, others: Sequence[QuizItem], said: Said) -> Iterator[Fault]:
    """The faults of an item among others: asked twice, or given away."""
    rest = [other for other in others if other is not item and (not item.id or other.id != item.id)]
    if any(repeats(item, other, said) for other in rest):
        yield Fault.REPEATED
    if any(gives_away(item, other, said) for other in rest):
        yield Fault.GIVEN_AWAY


def library_document(library: Library, said: Said, document_id: str) -> Document:
    """A document, without reading it again where the library is held whole. Raises ``UnknownDocument``."""
    return said.documents.get(document_id) or library.document(document_id)


def _answerable(item: QuizItem) -> bool:
    if not item.stem.strip() or not item.citations:
        return False
    right = [option for option in item.options if option.right]
    texts = [" ".join(option.text.lower().split()) for option in item.options]
    distinct = len(set(texts)) == len(texts) and all(texts)
    match item.kind:
        case QuizKind.SINGLE:
            return len(right) == 1 and len(item.options) >= 3 and distinct
        case QuizKind.MULTIPLE:
            return len(right) >= 2 and len(right) < len(item.options) and distinct
        case QuizKind.TRUE_FALSE:
            return item.truth is not None
        case QuizKind.FILL:
            return BLANK in item.stem and any(form.strip() for form in item.accepted)
        case QuizKind.SHORT:
            return any(form.strip() for form in item.accepted)
        case QuizKind.MATCH:
            sides = [
                {side.strip().lower() for side in column}
                for column in zip(*((p.left, p.right) for p in item.pairs), strict=True)
            ]
            return len(item.pairs) >= 3 and all(
                len(side) == len(item.pairs) and "" not in side for side in sides
            )
        case QuizKind.ORDER:
            return len(item.steps) >= 3 and len(
                {step.text.strip().lower() for step in item.steps} - {""}
            ) == len(item.steps)


def _keyed(item: QuizItem, documents: dict[str, Document]) -> bool:
    """Whether the quotes have the key."""
    if item.kind is QuizKind.MATCH:
        return all(
            has(pair.citation.quote, pair.left) and has(pair.citation.quote, pair.right)
            for pair in item.pairs
        )
    if item.kind is QuizKind.ORDER:
        return _ordered(item)
    bound = _bound(item)
    if bound and not all(is_above(option, bound) for option in item.options if option.right):
        return False
    quotes = " | ".join(one.quote for one in item.citations)
    return all(has(quotes, key) for key in keys(item))


def _bound(item: QuizItem) -> str:
    return bound_of(item.stem) if item.kind is QuizKind.MULTIPLE else ""


def _ordered(item: QuizItem) -> bool:
    """Whether each step stands in its quote, and what tells their order goes one way."""
    for step in item.steps:
        if not has(step.citation.quote, step.text):
            return False
        if step.when and not step.when.isdigit() and not has(step.citation.quote, step.when):
            return False
    dates = [first_date(step.when) for step in item.steps]
    known = [day for day in dates if day is not None]
    if len(known) == len(item.steps):
        return known == sorted(known) and len(set(known)) == len(known)
    sizes = [fact.size for step in item.steps for fact in facts(f"có {step.when} đơn vị")[:1] if step.when]
    places = [(step.citation.document_id, step.citation.start) for step in item.steps]
    if all(step.when == str(number) for number, step in enumerate(item.steps, start=1)):
        return places == sorted(places) and len({document for document, _ in places}) == 1
    return (
        len(sizes) == len(item.steps)
        and sizes == sorted(sizes, reverse=True)
        and len(set(sizes)) == len(sizes)
    )


def _support(item: QuizItem, documents: dict[str, Document], said: Said) -> str:
    """What may bear out the words of a stem: the quotes, what stands over them, what names the document."""
    parts: list[str] = []
    for one in cited(item):
        document = documents[one.document_id]
        parts.append(one.quote)
        parts += said.headings(one)
        day = document.issued_on
        named = (document.title, document.number, document.issuer, document.province, document.kind.value)
        parts += [part for part in named if part]
        parts += [f"{day.day}/{day.month}/{day.year}"] if day else []
        if "Khối" in item.stem:
            parts += re.findall(r"Khối [^.;,|\n]{4,80}", document.text)[:3]
    return " | ".join(parts)


def _borne(item: QuizItem, documents: dict[str, Document], said: Said) -> bool:
    """Whether the quotes bear out what a stem takes for given, its claim if it is to be true."""
    stated = claim(item)
    if not stated:
        stated = bare(item.stem) if item.kind is QuizKind.MULTIPLE else ""
        stated = stated.replace(_bound(item), "") if _bound(item) else stated  # no document has it
    if not stated or (item.kind is QuizKind.TRUE_FALSE and not item.truth):
        return True
    support = _support(item, documents, said)
    share = said.overlap(content(stated), content(support))
    enough = item.kind is QuizKind.MULTIPLE or share >= _BORNE
    return enough and not _unborne(stated, support)


def _verified(item: QuizItem, documents: dict[str, Document], said: Said) -> Fault | None:
    """What the verifier of answers, which knows denials and directions as well, has against a statement."""
    stated = claim(item)
    if not stated:
        return None
    first = item.citations[0]
    verdict = said.verdict(stated, first, documents[first.document_id])
    if item.kind is not QuizKind.TRUE_FALSE:
        return Fault.TEXT if verdict is Verdict.CONTRADICTED else None
    if item.truth:
        return Fault.KEY if verdict is Verdict.CONTRADICTED else None
    said_so = any(has(one.quote, stated) for one in item.citations)
    # What has little of the quote is not made false by it: it is of something else.
    share = said.overlap(content(stated), content(_support(item, documents, said)))
    least = _LIKE if verdict is Verdict.CONTRADICTED else _MUCH_LIKE
    borne = verdict in (Verdict.VERBATIM, Verdict.SUPPORTED)
    return Fault.KEY if said_so or borne or share < least else None


def _unborne(stated: str, support: str) -> list[Item]:
    """The figures, dates, documents, people and places of a statement that a text does not have."""
    held = analysed(support, english=False).items
    return [
        one
        for one in analysed(stated, english=False).items
        if one.sort in _CHECKED
        and not any(_same(one, other) for other in held)
        and not has(support, one.text)
    ]


def _same(one: Item, other: Item) -> bool:
    if isinstance(one.value, Figure) and isinstance(other.value, Figure):
        return one.value.equals(other.value)
    if isinstance(one.value, Moment) and isinstance(other.value, Moment):
        return one.value.within(other.value, frozenset())
    return one.sort is other.sort and one.text.lower() == other.text.lower()


def _also_true(item: QuizItem, option: Option, said: Said) -> bool:
    """Whether a wrong choice stands in the quotes, or some line that speaks of what is asked has it."""
    if item.kind is QuizKind.SINGLE and any(has(one.quote, option.text) for one in item.citations):
        return True
    if bound := _bound(item):
        return is_above(option, bound) is not False
    if item.kind is QuizKind.MULTIPLE and asks_for_mentions(item.stem):
        return any(
            names_document(option, said.documents[one.document_id])
            for one in item.citations
            if one.document_id in said.documents
        )
    asked = asks_about(item)
    spans = [(one.document_id, one.start, one.end) for one in item.citations]
    for line in said.having(option.text, bare(item.stem)):
        own = any(
            document == line.document.id and start < line.end and line.start < end
            for document, start, end in spans
        )
        if own and item.kind is QuizKind.MULTIPLE:
            return True
        if item.kind is QuizKind.MULTIPLE and _closed_list(item, option):
            continue
        if said.overlap(asked, line_words(line)) >= SAME_THING:
            return True
    return False


def _closed_list(item: QuizItem, option: Option) -> bool:
    """A list that its document gives in full, beside another of the same document."""
    return (
        option.origin is not None
        and any(one.document_id == option.origin.document_id for one in item.citations)
        and BLANK not in item.stem
    )


def _disputed(item: QuizItem, documents: dict[str, Document], said: Said) -> bool:
    """Whether another document, or of a cited document another place, answers the question differently."""
    stated, answers = claim(item), keys(item)
    if item.kind in (QuizKind.MULTIPLE, QuizKind.MATCH, QuizKind.ORDER, QuizKind.TRUE_FALSE) or not stated:
        return False
    fact = next(
        (fact for fact in facts(stated) if has(answers[0], fact.text) or has(fact.text, answers[0])), None
    )
    if fact is None or fact.kind not in _COMPARED:
        return False
    asked = asks_about(item)
    first = item.citations[0]
    own = documents[first.document_id]
    cites_document = re.search(r"số \d+\s?-", stated) is not None
    for line in said.near(stated):
        elsewhere = line.document.id != own.id
        if not elsewhere and not (cites_document and not _within(first, line.start, line.end)):
            continue
        if said.overlap(asked, line_words(line)) < _SAME_SUBJECT or not _differs(stated, fact, line.text):
            continue
        if not elsewhere:
            return True
        if _same_time(stated, own, line.text, line.document) and _same_place(own, line.document):
            return True
    return False


def _differs(stated: str, fact: Fact, text: str) -> bool:
    same = [one for one in facts(text) if one.kind is fact.kind and one.unit == fact.unit]
    return bool(same) and all(one.value != fact.value for one in same)


def _same_time(stated: str, own: Document, text: str, other: Document) -> bool:
    first = set(_YEAR.findall(stated)) or set(_YEAR.findall(own.title)) or _issued(own)
    second = set(_YEAR.findall(text)) or set(_YEAR.findall(other.title)) or _issued(other)
    return not first or not second or bool(first & second)


def _issued(document: Document) -> set[str]:
    return {str(document.issued_on.year)} if document.issued_on and document.number else set()


def _same_place(own: Document, other: Document) -> bool:
    return own.province is None or other.province is None or own.province == other.province


def _within(citation: Citation, start: int, end: int) -> bool:
    return citation.start < end and start < citation.end
