"""The assistant scored over HTTP is the assistant scored directly: the same statements and citations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Assistant
from assistant.evaluate.asking import ask_all
from assistant.evaluate.attribution import VerifiedBy, attribution
from assistant.evaluate.corpus import Corpus
from assistant.evaluate.facts import Case
from assistant.evaluate.response import AssistantSystem
from assistant.evaluate.scores import score_all, summarise
from assistant.evaluate.systems import OpenAISystem
from assistant.http.schema import MODEL
from assistant.verification.verifier import verifier_of


def case(
    id: str, question: str, facts: list[list[str]], *documents: str, history: tuple[str, ...] = ()
) -> Case:
    return Case.model_validate(
        {
            "id": id,
            "category": "c",
            "lang": "vi",
            "question": question,
            "answerable": bool(facts),
            "documents": documents,
            "facts": facts,
            "history": history,
        }
    )


CASES = (
    case(
        "count",
        "Cuối tháng 11/2019 Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?",
        [["57.763"]],
        "tinh-bac-ninh-lang-nghe-2019.html",
    ),
    case("none", "Ai vô địch bóng đá thế giới năm 2022?", []),
    case(
        "follow-up",
        "Còn thành phố Bắc Ninh?",
        [["đảng viên"]],
        "thanh-pho-bac-ninh-2024.txt",
        history=("Cuối tháng 11/2019 Đảng bộ tỉnh Bắc Ninh có bao nhiêu đảng viên?",),
    ),
)


@pytest.fixture(scope="module")
def corpus(assistant: Assistant) -> Corpus:
    return Corpus.of_library(assistant.library)


def test_over_http_everything_that_is_told_scores_the_same(
    assistant: Assistant, address: str, corpus: Corpus
) -> None:
    bears_out = VerifiedBy(verifier_of(assistant.library), corpus)
    summaries = []
    for system in (AssistantSystem(assistant), OpenAISystem(f"{address}/v1", MODEL)):
        outcomes = {outcome.case_id: outcome for outcome in ask_all(CASES, system)}
        assert [outcome.error for outcome in outcomes.values()] == ["", "", ""]
        summaries.append(summarise(score_all(CASES, outcomes, corpus, bears_out), intervals=False))
    direct, over_http = summaries
    for name in ("Score", "FactRecall", "CitationRecall", "CitationPrecision", "QuoteExactness",
                 "AbstentionRecall", "Words"):  # fmt: skip
        assert direct.value(name) == over_http.value(name), name
    assert direct.value("CitationRecall") == direct.value("QuoteExactness") == 1.0
    assert direct.value("R@10") is not None
    assert over_http.value("R@10") is None


def test_every_quote_of_a_real_answer_is_borne_out_and_the_next_sentence_is_not(
    assistant: Assistant, corpus: Corpus
) -> None:
    response = AssistantSystem(assistant).ask(CASES[0].question, ())
    bears_out = VerifiedBy(verifier_of(assistant.library), corpus)
    assert attribution(response, bears_out, corpus).recall == 1.0
    claim = next(entry for entry in response.claims if "57.763" in entry.text)
    document = corpus.find(claim.citations[-1].document)
    assert document is not None
    end = claim.citations[-1].end or 0
    stop = document.text.index("\n", end + 2) if "\n" in document.text[end + 2 :] else len(document.text)
    moved = replace(claim.citations[-1], start=end + 1, end=stop, text=document.text[end + 1 : stop])
    wrong = replace(response, claims=(replace(claim, citations=(moved,)),))
    found = attribution(wrong, bears_out, corpus)
    assert (found.recall, found.precision, found.exact) == (0.0, 0.0, 1.0)
