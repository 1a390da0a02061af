"""Twelve cases over two small documents of our own, and what a system answered to each.

Between them they have every way a case can go: right, half right, a date in other words, a forbidden fact,
a wrong figure, a needless citation, a question without diacritics, a wrong abstention, an error, a case that
was never asked, a right abstention, and an answer where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.evaluate.attribution import VerifiedBy
from assistant.evaluate.corpus import Corpus
from assistant.evaluate.facts import Case
from assistant.evaluate.response import Claim, Outcome, Place, Response
from assistant.evaluate.scores import CaseScore, score_all
from assistant.verification.verifier import Verifier
from ingest.types import Document

REPORT = (
    "Năm 2023, Đảng bộ xã Hòa Lạc kết nạp 27 đảng viên.",
    "Trong số đó có 11 người là nữ.",
    "Lớp bồi dưỡng nhận thức về Đảng kéo dài 5 ngày.",
    "Hội nghị tổng kết họp ngày 14/11/2023 tại hội trường xã.",
    "Đồng chí Trần Văn Mạnh chủ trì hội nghị.",
)
PLAN = (
    "Năm 2024, xã An Bình có 12 chi bộ.",
    "Tỷ lệ đảng viên nộp đảng phí đúng hạn đạt 98,6%.",
    "Kinh phí mở lớp là 1.250.000 đồng.",
)
A, B = "bao-cao.txt", "ke-hoach.txt"
DOCUMENTS = (
    Document(A, "a" * 64, "Báo cáo", " ".join(REPORT), names=(A, "ban-sao.txt")),
    Document(B, "b" * 64, "Kế hoạch", " ".join(PLAN), names=(B,)),
)
CORPUS = Corpus.of_documents(DOCUMENTS)


def at(document: str, first: int, last: int | None = None) -> Place:
    """The sentences of a document from ``first`` to ``last``, 1-based."""
    own = REPORT if document == A else PLAN
    text = " ".join(own[first - 1 : last or first])
    start = " ".join(own).index(text)
    return Place(document, text, start, start + len(text))


def claim(text: str, *places: Place) -> Claim:
    return Claim(text, places)


def quoted(place: Place) -> Claim:
    return Claim(place.text, (place,))


def said(*claims: Claim, hits: Sequence[Place], confidence: float, **more: Any) -> Response:
    return Response(claims, hits=tuple(hits), cites=True, confidence=confidence, **more)


def case(id: str, category: str, facts: list[list[str]], *documents: str, **more: Any) -> Case:
    value: dict[str, Any] = {
        "id": id,
        "category": category,
        "lang": "vi",
        "question": f"Câu hỏi {id}?",
        "answerable": bool(facts),
        "documents": documents,
        "facts": facts,
    }
    return Case.model_validate(value | more)


def span(place: Place) -> dict[str, Any]:
    return {"document": place.document, "start": place.start, "end": place.end}


MOVED = replace(at(B, 1), start=1, end=1 + len(PLAN[0]))
CASES = (
    case("c01", "number", [["27"], ["mười một người", "11"]], A, passages=[span(at(A, 1)), span(at(A, 2))]),
    case("c02", "number", [["27"], ["5 ngày"]], A, passages=[span(at(A, 1)), span(at(A, 3))]),
    case("c03", "when", [["14/11/2023"]], A, forbidden=["14/12/2023"]),
    case("c04", "who", [["Trần Văn Mạnh"]], "ban-sao.txt", forbidden=["Lê Văn Hùng"]),
    case("c05", "number", [["98,6%"]], B, forbidden=["89,6%"]),
    case("c06", "number", [["1.250.000 đồng"]], B, A),
    case("c07", "who", [["Trần Văn Mạnh"]], A, question="dong chi nao chu tri hoi nghi"),
    case("c08", "number", [["5 ngày"]], A),
    case("c09", "number", [["27"]], A),
    case("c10", "number", [["12 chi bộ"]], B, forbidden=["13 chi bộ"], passages=[span(at(B, 1))]),
    case("c11", "unanswerable", []),
    case("c12", "unanswerable", []),
)
RESPONSES: Mapping[str, Response] = {
    "c01": said(quoted(at(A, 1)), quoted(at(A, 2)), hits=[at(A, 1), at(B, 1)], confidence=0.9),
    "c02": said(quoted(at(A, 1)), hits=[at(B, 1), at(A, 1, 3)], confidence=0.8),
    "c03": said(
        claim("Hội nghị tổng kết họp ngày 14 tháng 11 năm 2023 tại hội trường xã.", at(A, 4)),
        hits=[at(A, 3, 5)],
        confidence=0.7,
        tokens_in=100,
        tokens_out=20,
    ),
    "c04": said(quoted(at(A, 5)), claim("Đồng chí Lê Văn Hùng cũng dự."), hits=[at(A, 3, 5)], confidence=0.6),
    "c05": said(
        claim("Tỷ lệ đảng viên nộp đảng phí đúng hạn đạt 89,6%.", at(B, 2)),
        hits=[at(A, 1), at(A, 2), at(A, 3), at(B, 2)],
        confidence=0.5,
    ),
    "c06": said(
        claim("Kinh phí mở lớp là 1.250.000 đồng.", at(B, 3), MOVED), hits=[at(B, 1, 3)], confidence=0.5
    ),
    "c07": said(
        claim("Tran Van Manh chu tri hoi nghi.", at(A, 5)),
        hits=[at(A, 5)],
        confidence=0.4,
        tokens_in=300,
        tokens_out=40,
    ),
    "c08": said(hits=[at(A, 3)], confidence=0.2, abstained=True),
    "c11": said(hits=[at(A, 1)], confidence=0.1, abstained=True),
    "c12": said(quoted(at(A, 3)), hits=[at(A, 3)], confidence=0.3),
}
SECONDS = {"c01": 1.0, "c02": 2.0, "c03": 3.0, "c04": 4.0, "c05": 5.0, "c06": 6.0, "c07": 7.0, "c08": 8.0,
           "c11": 0.5, "c12": 9.0}  # fmt: skip
FAILED = Outcome("c09", None, "TimeoutError: no answer within 30 seconds", 30.0)


def outcomes(responses: Mapping[str, Response] = RESPONSES) -> dict[str, Outcome]:
    """What came of asking; ``c09`` failed and ``c10`` was never asked."""
    found = {id: Outcome(id, response, seconds=SECONDS[id]) for id, response in responses.items()}
    return {**found, "c09": FAILED}


def bears_out() -> VerifiedBy:
    """The verifier, with words alone to go by."""
    return VerifiedBy(Verifier(lambda _, texts: [None] * len(texts)), CORPUS)


def scored(responses: Mapping[str, Response] = RESPONSES) -> tuple[CaseScore, ...]:
    """The twelve cases with these responses."""
    return score_all(CASES, outcomes(responses), CORPUS, bears_out())
