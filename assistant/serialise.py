"""``Answer``, ``Hit`` and a document as the JSON objects that commands print with ``--json``.

The schema is documented in docs/answer-json.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.types import Answer, Citation, Statement
from index.types import Hit
from ingest.types import Document, Passage


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """One citation; ``start`` and ``end`` are character offsets into the document's text."""
    return {
        "marker": citation.marker,
        "document_id": citation.document_id,
        "passage_id": citation.passage_id,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "verdict": citation.verdict.value,
        "label": citation.label,
        "sentence": list(citation.sentence) if citation.sentence else None,
        "notices": [
            {
                "kind": notice.kind.value,
                "by": notice.by,
                "label": notice.label,
                "start": notice.start,
                "end": notice.end,
            }
            for notice in citation.notices
        ],
        "translation": citation.translation,
    }


def statement_to_json(statement: Statement) -> dict[str, Any]:
    """One sentence with what it rests on and what checking it found."""
    return {
        "text": statement.text,
        "verdict": statement.verdict.value,
        "emphasis": [list(span) for span in statement.emphasis],
        "differences": [
            {"kind": difference.kind.value, "said": difference.said, "cited": difference.cited}
            for difference in statement.differences
        ],
        "approximations": list(statement.approximations),
        "citations": [citation_to_json(citation) for citation in statement.citations],
    }


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """One passage found, with the signals that found it."""
    passage, document = hit.passage, hit.document
    return {
        "passage_id": passage.id,
        "document_id": document.id,
        "names": list(document.names),
        "title": document.title,
        "number": document.number,
        "kind": document.kind.value,
        "issuer": document.issuer,
        "province": document.province,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "heading": passage.heading,
        "score": round(hit.score, 6),
        "ranks": {signal.value: rank for signal, rank in hit.ranks.items()},
        "scores": {signal.value: round(score, 6) for signal, score in hit.scores.items()},
    }


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The whole answer; see docs/answer-json.md."""
    return {
        "question": answer.question,
        "standalone": answer.standalone,
        "language": answer.language,
        "status": answer.status.value,
        "message": answer.message,
        "understood": [
            {"step": step.step.value, "typed": step.typed, "read": step.read} for step in answer.understood
        ],
        "notes": list(answer.notes),
        "engine": answer.engine.value,
        "statements": [statement_to_json(statement) for statement in answer.statements],
        "withheld": [statement_to_json(statement) for statement in answer.withheld],
        "left_out": answer.left_out,
        "nearest": [citation_to_json(citation) for citation in answer.nearest],
        "hits": [hit_to_json(hit) for hit in answer.hits],
        "timings": {stage: round(seconds, 4) for stage, seconds in answer.timings.items()},
        "cost": asdict(answer.cost) if answer.cost else None,
    }


def document_to_json(document: Document, passages: Sequence[Passage]) -> dict[str, Any]:
    """A document with everything that is known of it, its text and its passages."""
    return {
        "id": document.id,
        "sha256": document.sha256,
        "title": document.title,
        "number": document.number,
        "kind": document.kind.value,
        "issuer": document.issuer,
        "province": document.province,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "status": document.status.value,
        "source": document.source,
        "access": document.access.value,
        "provenance": {name: origin.value for name, origin in document.provenance.items()},
        "names": list(document.names),
        "pages": [
            {"number": page.number, "start": page.start, "end": page.end, "confidence": page.confidence}
            for page in document.pages
        ],
        "passages": [
            {
                "id": passage.id,
                "start": passage.start,
                "end": passage.end,
                "heading": passage.heading,
                "text": passage.text,
            }
            for passage in passages
        ],
        "text": document.text,
    }
