"""Scoring a facts file: sums by hand, failures count 0, and errors name the line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadFacts
from assistant.evaluate.facts import Case, read_facts
from assistant.evaluate.report import Report, case_rows, holds, summary_rows, to_json
from assistant.evaluate.run import Outcome, ask_all, by_category, score_all, summarise
from assistant.types import Answer, AnswerStatus, Citation, Statement
from index.types import Hit
from ingest.types import Document, Passage

TEXT = "Xã Hòa Lạc kết nạp 27 đảng viên. Lớp học kéo dài 5 ngày."
REPORT = Document("bao-cao.txt", "a" * 64, "Báo cáo", TEXT, names=("bao-cao.txt",))
OTHER = Document("khac.txt", "b" * 64, "Khác", "Chuyện khác.", names=("khac.txt",))
LIBRARY = {REPORT.id: REPORT, OTHER.id: OTHER}


def case(id: str, category: str = "number", **changes: Any) -> Case:
    values: dict[str, Any] = {
        "id": id,
        "category": category,
        "lang": "vi",
        "question": f"Câu hỏi {id}?",
        "answerable": True,
        "documents": ["bao-cao.txt"],
        "facts": [["27"], ["5 ngày"]],
    }
    return Case.model_validate(values | changes)


def unanswerable(id: str) -> Case:
    return case(id, "unanswerable", answerable=False, documents=[], facts=[])


def statement(quote: str) -> Statement:
    start = TEXT.index(quote)
    citation = Citation(1, REPORT.id, "bao-cao.txt#1", start, start + len(quote), quote)
    return Statement(f"{quote} [1]", (citation,))


def hit(document: Document) -> Hit:
    return Hit(Passage(f"{document.id}#1", document.id, 1, 0, 2, document.text[:2]), document, 1.0)


def answer(*quotes: str, hits: Sequence[Document] = (REPORT,)) -> Answer:
    status = AnswerStatus.GROUNDED if quotes else AnswerStatus.NOT_FOUND
    found = tuple(hit(document) for document in hits)
    return Answer("?", "?", status, statements=tuple(map(statement, quotes)), hits=found)


CASES = (
    case("whole"),
    case("half", forbidden=["38"]),
    case("wrongly-silent", "list"),
    case("forbidden", "list", forbidden=["27 đảng viên"]),
    case("raises", "list"),
    case("missing", "list"),
    unanswerable("silent"),
    unanswerable("talks"),
)
OUTCOMES = {
    outcome.case_id: outcome
    for outcome in (
        Outcome("whole", answer("kết nạp 27 đảng viên", "kéo dài 5 ngày"), seconds=1.0),
        Outcome("half", answer("kết nạp 27 đảng viên", hits=[OTHER, REPORT]), seconds=3.0),
        Outcome("wrongly-silent", answer()),
        Outcome("forbidden", answer("kết nạp 27 đảng viên")),
        Outcome("raises", None, "RuntimeError: vỡ"),
        Outcome("silent", answer()),
        Outcome("talks", answer("kéo dài 5 ngày")),
    )
}
SCORES = score_all(CASES, OUTCOMES, LIBRARY.get)


def test_each_case_by_hand() -> None:
    by_id = {score.id: score for score in SCORES}
    assert [score.id for score in SCORES] == [entry.id for entry in CASES]
    assert {name: score.score for name, score in by_id.items()} == {
        "whole": 1.0,
        "half": 0.5,
        "wrongly-silent": 0.0,
        "forbidden": 0.0,
        "raises": 0.0,
        "missing": 0.0,
        "silent": 1.0,
        "talks": 0.0,
    }
    assert by_id["half"].hits == (False, True, True)
    assert by_id["forbidden"].forbidden == ("27 đảng viên",)
    assert (by_id["raises"].error, by_id["missing"].error) == ("RuntimeError: vỡ", "missing")
    assert by_id["raises"].hits == by_id["missing"].hits == (False, False, False)
    assert by_id["silent"].hits is None
    assert by_id["whole"].words == 9


def test_the_summary_by_hand() -> None:
    overall = summarise(SCORES)
    assert overall.cases == 8
    assert overall.failed == 2
    assert overall.score == pytest.approx(2.5 / 8)
    assert overall.fact_recall == pytest.approx(1.5 / 6)
    assert (overall.facts_found, overall.facts_expected) == (3, 12)
    # Documents found: whole, wrongly-silent and forbidden at rank 1, half at 2, of 6 answerable.
    assert overall.hit_at == pytest.approx((3 / 6, 4 / 6, 4 / 6))
    assert overall.cited_recall == pytest.approx(3 / 6)
    assert overall.citation_precision == 1.0
    # Abstained from wrongly-silent and silent; not answerable are silent and talks.
    assert overall.abstention_precision == 0.5
    assert overall.abstention_recall == 0.5
    assert overall.words == pytest.approx((9 + 5 + 5 + 4) / 4)
    assert overall.seconds == pytest.approx(4.0 / 8)


def test_a_failed_case_is_no_abstention() -> None:
    failed = unanswerable("x")
    overall = summarise(score_all([failed], {"x": Outcome("x", None, "E: e")}, LIBRARY.get))
    assert overall.score == 0.0
    assert overall.abstention_recall == 0.0
    assert overall.abstention_precision is None


def test_categories_keep_their_order_and_measure_only_their_own() -> None:
    categories = by_category(SCORES)
    assert list(categories) == ["number", "list", "unanswerable"]
    assert categories["number"].fact_recall == 0.75
    assert categories["list"].fact_recall == 0.0
    assert categories["unanswerable"].fact_recall is None
    assert categories["list"].abstention_recall is None


def test_nothing_is_not_summarised() -> None:
    with pytest.raises(ValueError, match="no case"):
        summarise([])


def test_asking_goes_on_after_an_error_and_hands_over_the_history() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(question: str, history: Sequence[str]) -> Answer:
        asked.append((question, tuple(history)))
        if "a?" in question:
            raise RuntimeError("vỡ")
        return answer("kéo dài 5 ngày")

    first, second = ask_all([case("a"), case("b", history=["Trước đó?"])], ask)
    assert (first.answer, first.error) == (None, "RuntimeError: vỡ")
    assert second.answer is not None
    assert second.seconds >= 0
    assert asked == [("Câu hỏi a?", ()), ("Câu hỏi b?", ("Trước đó?",))]


def test_the_report_is_plain_json_and_says_whether_the_minimum_held() -> None:
    report = Report("facts.jsonl", "corpus", SCORES, OUTCOMES)
    value = json.loads(json.dumps(to_json(report, 0.25)))
    assert value["held"] is True
    assert to_json(report, 0.26)["held"] is False
    assert to_json(report)["held"] is None
    assert value["overall"]["hit_at"] == {"1": 0.5, "3": pytest.approx(4 / 6), "8": pytest.approx(4 / 6)}
    assert value["cases"][1]["hits"] == {"1": False, "3": True, "8": True}
    assert value["cases"][0]["answer"] == "kết nạp 27 đảng viên kéo dài 5 ngày"
    assert value["cases"][5]["answer"] is None
    assert len(summary_rows(report)) == 4
    assert [row[4] for row in case_rows(report)] == ["≤1", "≤3", "≤1", "≤1", ">8", ">8", "–", "–"]


def test_without_answerable_cases_no_minimum_holds() -> None:
    scores = score_all([unanswerable("silent")], OUTCOMES, LIBRARY.get)
    assert not holds(summarise(scores), 0.0)


GOOD = {
    "id": "a",
    "category": "number",
    "lang": "vi",
    "question": "Bao nhiêu?",
    "answerable": True,
    "documents": ["x.txt"],
    "facts": [["27", "hai mươi bảy"]],
}


def write(path: Path, *lines: object) -> Path:
    text = "\n".join(entry if isinstance(entry, str) else json.dumps(entry) for entry in lines)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_facts_file_is_read_in_order_with_blank_lines_between(tmp_path: Path) -> None:
    path = write(
        tmp_path / "f.jsonl", GOOD, "", GOOD | {"id": "b", "history": ["Trước?"], "forbidden": ["1"]}, ""
    )
    first, second = read_facts(path)
    assert first.facts == (("27", "hai mươi bảy"),)
    assert (second.id, second.history, second.forbidden) == ("b", ("Trước?",), ("1",))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([GOOD, "{"], "line 2: not valid JSON"),
        ([[1]], "line 1: expected one JSON object, found list"),
        ([GOOD, "", GOOD], "line 3: id a was used on line 1"),
        ([GOOD | {"forbiden": []}], "unknown key forbiden. Did you mean forbidden?"),
        ([{k: v for k, v in GOOD.items() if k != "question"}], "line 1: question: Field required"),
        ([GOOD | {"facts": []}], "needs at least one fact"),
        ([GOOD | {"facts": [[]]}], "at least one accepted string"),
        ([GOOD | {"facts": "27"}], "line 1: facts"),
        ([GOOD | {"answerable": False}], "can have no facts"),
        ([GOOD | {"question": "  "}], "line 1: question"),
        ([], "no question in it"),
    ],
)
def test_a_facts_file_of_another_form_is_refused_by_line(
    tmp_path: Path, lines: list[object], said: str
) -> None:
    with pytest.raises(BadFacts) as refused:
        read_facts(write(tmp_path / "f.jsonl", *lines))
    assert said in str(refused.value)
    assert "f.jsonl" in str(refused.value)


def test_a_facts_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadFacts, match=r"vắng\.jsonl: No such file"):
        read_facts(tmp_path / "vắng.jsonl")
    (tmp_path / "latin.jsonl").write_bytes('{"id": "é"}'.encode("latin-1"))
    with pytest.raises(BadFacts, match=r"latin\.jsonl: not UTF-8"):
        read_facts(tmp_path / "latin.jsonl")
