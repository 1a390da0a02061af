"""A real model, small enough to answer poorly: nothing false may come through as verified.

What is shown as verified is looked at here by rules of this file's own, which know nothing of the verifier.
"""

from __future__ import annotations

import re
import threading
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from openai import OpenAI

from assistant.answer import Assistant
from assistant.errors import AnswerStopped
from assistant.evaluate.facts import read_facts
from assistant.fluent import Writing
from assistant.llm.endpoint import Endpoint
from assistant.llm.outcome import Mode
from assistant.llm.patience import Patience
from assistant.llm.types import Message
from assistant.stopping import Stop
from assistant.types import Answer, AnswerStatus, Drafted, Engine, Statement, Verdict
from index.embedding import open_embedder
from index.ingestion import ingest
from index.library import Library
from ingest.sample_corpus import FACTS, documents

pytestmark = pytest.mark.llm

#: Answerable questions of the sample corpus that are asked, and English ones.
ASKED = 10
ENGLISH = (
    "How many party members did Bắc Ninh province have at the end of November 2019?",
    "Who decides on the admission of a party member?",
)
SLOW = Patience(connect=10, first_word=300, between_words=60, total=600)
VERIFIED = (Verdict.VERBATIM, Verdict.SUPPORTED)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home: Path = tmp_path_factory.mktemp("real")
    with Library.open(home / "library", embedder=open_embedder(cache_folder=home / "cache")) as library:
        assert not ingest(library, list(documents())).failures
        yield library


@pytest.fixture(scope="module")
def model(model_address: str) -> Endpoint:
    return Endpoint(model_address, patience=SLOW, max_tokens=256)


def test_openais_own_client_can_ask_it(model_address: str) -> None:
    client = OpenAI(base_url=model_address, api_key="-")
    reply = client.chat.completions.create(
        model="smollm2", messages=[{"role": "user", "content": "Say hello."}], max_tokens=16
    )
    assert reply.choices[0].message.content


def test_it_streams_and_counts_and_can_be_stopped(model: Endpoint) -> None:
    reply = model.reply([Message("user", "Count from 1 to 50.")], max_tokens=64)
    pieces = list(reply)
    assert len(pieces) > 5
    assert reply.usage.counted
    assert 0 < reply.usage.tokens_out <= 65
    long = model.reply([Message("user", "Write a long story about a river.")], max_tokens=1000)
    threading.Timer(1.0, long.close).start()
    began = time.monotonic()
    list(long)
    assert time.monotonic() - began < 30
    # The model is free again at once: it works on one request at a time.
    assert list(model.reply([Message("user", "Say hello.")], max_tokens=8))


def test_nothing_false_comes_through_as_verified(library: Library, model: Endpoint) -> None:
    cases = [case.question for case in read_facts(FACTS) if case.answerable and not case.history]
    questions = (*cases[:: max(1, len(cases) // ASKED)][:ASKED], *ENGLISH)
    rows, asked = [], 0
    for mode in (Mode.STRICT, Mode.MARK):
        assistant = Assistant(library, llm=model, writing=Writing(mode=mode))
        for question in questions if mode is Mode.STRICT else questions[:3]:
            answer = assistant.ask(question)
            assert answer.status is not AnswerStatus.NOT_FOUND or not answer.statements
            for statement in answer.statements:
                if statement.verdict in VERIFIED:
                    assert_borne_out(statement, assistant)
            if mode is Mode.STRICT:
                assert all(entry.verdict in VERIFIED for entry in answer.statements)
            asked += answer.cost is not None and answer.cost.tokens_out > 0
            rows.append(row(mode, answer))
    print("\n" + "\n".join(rows))
    assert asked == len(rows), "the model was asked each time, and wrote"


def row(mode: Mode, answer: Answer) -> str:
    cost = answer.cost
    took = f"{cost.tokens_in}/{cost.tokens_out} tokens, {cost.seconds:.1f} s" if cost else "no model asked"
    return (
        f"{mode.value:<6} {answer.engine.value:<9} shown {len(answer.statements)} "
        f"withheld {len(answer.withheld)}  {took}  {answer.question[:60]}"
    )


def assert_borne_out(statement: Statement, assistant: Assistant) -> None:
    """Quotes are exact; figures of the sentence stand in what it cites, or in its document's title."""
    assert statement.citations
    cited = ""
    for citation in statement.citations:
        document = assistant.document(citation.document_id)
        assert document.text[citation.start : citation.end] == citation.quote
        passage = assistant.passage(citation.passage_id)
        cited += f" {passage.text} {passage.heading} {document.title} {document.province} {citation.label}"
    said = re.sub(r"\s*\[\d+\]", "", statement.text)
    assert not re.search(r"https?://|<\w|!\[", said), said
    digits = {figure.strip(".,") for figure in re.findall(r"\d[\d.,/-]*", cited)}
    plain = {re.sub(r"\D", "", figure) for figure in digits} | digits
    for figure in re.findall(r"\d[\d.,/-]*", said):
        assert figure.strip(".,") in digits or re.sub(r"\D", "", figure) in plain, (figure, said, cited)
    if statement.verdict is Verdict.VERBATIM:
        assert squeezed(said) in squeezed(cited), (said, cited)


def squeezed(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFC", text)).casefold().strip()


def test_an_answer_that_is_no_longer_wanted_frees_the_model(library: Library, model: Endpoint) -> None:
    assistant, stop = Assistant(library, llm=model), Stop()
    question = next(case.question for case in read_facts(FACTS) if case.answerable and not case.history)
    events = assistant.stream(question, stop=stop)
    for event in events:
        if isinstance(event, Drafted):
            threading.Timer(0.5, stop.now).start()
            break
    with pytest.raises(AnswerStopped):
        list(events)
    began = time.monotonic()
    assert list(model.reply([Message("user", "Say hello.")], max_tokens=8))
    assert time.monotonic() - began < 60


def test_a_request_longer_than_its_window_is_answered_by_quotation(
    library: Library, model_address: str
) -> None:
    # Says that it can read more than it can: the server refuses what is too long.
    boasting = Endpoint(model_address, patience=SLOW, max_tokens=256, context_window=100_000)
    question = next(case.question for case in read_facts(FACTS) if case.answerable and not case.history)
    answer = Assistant(library, llm=boasting).ask(question)
    assert answer.statements
    assert answer.engine is Engine.QUOTATION or all(entry.verdict in VERIFIED for entry in answer.statements)
