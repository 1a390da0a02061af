"""Any system is scored alike: callables, OpenAI-compatible servers over HTTP, LlamaIndex engines."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import twelve_cases
from llama_index.core import Document as LlamaDocument
from llama_index.core import MockEmbedding, VectorStoreIndex
from llama_index.core.base.llms.types import CompletionResponse
from llama_index.core.llms import CustomLLM, LLMMetadata
from twelve_cases import CASES, CORPUS, REPORT, A, at, bears_out

from assistant.errors import BadOption
from assistant.evaluate.asking import ask_all
from assistant.evaluate.response import Outcome, Place, Response, response_of
from assistant.evaluate.scores import score_all
from assistant.evaluate.systems import (
    CallableSystem,
    LlamaIndexSystem,
    OpenAISystem,
    abstains,
    response_of_text,
    system_named,
)
from assistant.serialise import answer_to_json
from assistant.types import Answer, AnswerStatus, Citation, Statement

Reply = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture
def serve() -> Iterator[Callable[[Reply], tuple[str, list[dict[str, Any]]]]]:
    """A server on this machine that answers chat completions; gives its address and what it was sent."""
    servers: list[ThreadingHTTPServer] = []

    def start(reply: Reply) -> tuple[str, list[dict[str, Any]]]:
        asked: list[dict[str, Any]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                asked.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
                try:
                    sent, status = json.dumps(reply(body)).encode(), 200
                except RuntimeError as error:
                    sent, status = str(error).encode(), 500
                self.send_response(status)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/v1", asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def message(text: str, **more: Any) -> dict[str, Any]:
    return {"choices": [{"message": {"role": "assistant", "content": text}}], **more}


# ---- words


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("", True),
        ("Không tìm thấy thông tin trong tài liệu.", True),
        ("Rất tiếc, tôi không biết.", True),
        ("Tài liệu được cung cấp không đề cập đến việc này.", True),
        ("The provided context does not mention it.", True),
        ("I don't know.", True),
        ("Sorry, I cannot answer this question.", True),
        ("Empty Response", True),
        ("Không quá 5 ngày.", False),
        ("Tài liệu gồm 5 phần, không có phụ lục.", False),
        ("Kết nạp 27 đảng viên; không tìm thấy số của năm trước.", False),
        ("No fewer than 27 members.", False),
        ("Unknown Soldier's Day is on 27 July.", False),
    ],
)
def test_an_answer_that_begins_by_having_none_is_an_abstention(text: str, none: bool) -> None:
    assert abstains(text) is none


def test_sentences_are_claims_and_markers_cite_what_was_found() -> None:
    found = [at(A, 1), at(A, 2)]
    response = response_of_text("Kết nạp 27 đảng viên [1]. Có 11 nữ. [1][2] Theo mục [7]: hết.", found)
    assert [(claim.text, claim.citations) for claim in response.claims] == [
        ("Kết nạp 27 đảng viên.", (at(A, 1),)),
        ("Có 11 nữ.", (at(A, 1), at(A, 2))),
        ("Theo mục [7]: hết.", ()),
    ]
    assert response.cites
    assert not response_of_text("Không có dấu nào ở đây.", found).cites
    assert response_of_text("Có [1].").claims[0].text == "Có [1]."


# ---- callables


def test_a_callable_may_give_a_text_a_mapping_or_a_response() -> None:
    assert CallableSystem(lambda q, h: f"{q} {len(h)}").ask("Hỏi?", ["a"]).text == "Hỏi? 1"
    told = {
        "text": "Có 27 [1].",
        "contexts": [{"document": A, "text": REPORT[0]}],
        "confidence": 0.5,
        "tokens_out": 3,
    }
    response = CallableSystem(lambda q, h: told).ask("Hỏi?", ())
    assert response.hits == (Place(A, REPORT[0]),)
    assert (response.confidence, response.tokens_out, response.abstained) == (0.5, 3, False)
    silent = {"text": "Chịu.", "abstained": True}
    assert CallableSystem(lambda q, h: silent).ask("Hỏi?", ()).abstained
    given = Response(())
    assert CallableSystem(lambda q, h: given).ask("Hỏi?", ()) is given
    with pytest.raises(TypeError, match="gave int"):
        CallableSystem(lambda q, h: 5).ask("Hỏi?", ())


def test_asking_goes_on_after_an_error_and_a_timeout() -> None:
    def answer(question: str, history: Sequence[str]) -> str:
        if "c01" in question:
            raise RuntimeError("vỡ")
        if "c02" in question:
            time.sleep(5)
        return "Có 27."

    found = list(ask_all(CASES[:3], CallableSystem(answer), timeout=0.3))
    assert [outcome.error for outcome in found] == [
        "RuntimeError: vỡ",
        "TimeoutError: no answer within 0.3 seconds",
        "",
    ]
    assert 0.3 <= found[1].seconds < 3
    scores = score_all(CASES[:3], {outcome.case_id: outcome for outcome in found}, CORPUS, None)
    assert [score.value("Score") for score in scores] == [0.0, 0.0, 0.0]
    assert [score.value("Failed") for score in scores] == [1.0, 1.0, 0.0]


# ---- HTTP


def test_a_server_is_asked_turn_by_turn_and_its_words_are_scored(serve: Any) -> None:
    def reply(body: dict[str, Any]) -> dict[str, Any]:
        turns = len(body["messages"])
        return message(f"Có 27, lượt {turns}.", usage={"prompt_tokens": 9, "completion_tokens": 4})

    address, asked = serve(reply)
    system = OpenAISystem(address, "mô-hình", api_key="bí-mật".encode().hex())
    response = system.ask("Bao nhiêu?", ["Trước?"])
    assert response.text == "Có 27, lượt 3."
    assert (response.tokens_in, response.tokens_out, response.hits) == (9, 4, None)
    assert [entry["path"] for entry in asked] == ["/v1/chat/completions"] * 2
    assert [turn["role"] for turn in asked[1]["messages"]] == ["user", "assistant", "user"]
    assert asked[1]["messages"][1]["content"] == "Có 27, lượt 1."
    assert asked[0]["key"] == f"Bearer {'bí-mật'.encode().hex()}"
    assert system.name == "mô-hình @ 127.0.0.1"


def test_a_server_that_fails_is_an_error_of_the_case(serve: Any) -> None:
    def reply(body: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("hỏng")

    address, _ = serve(reply)
    [outcome] = ask_all(CASES[:1], OpenAISystem(address, "m"))
    assert outcome.response is None
    assert outcome.error.startswith("HTTPStatusError: ")
    with pytest.raises(httpx.ConnectError):
        OpenAISystem("http://127.0.0.1:9/v1", "m").ask("?", ())


def test_an_answer_of_the_assistants_own_server_is_scored_as_the_answer_itself(serve: Any) -> None:
    place = at(A, 1)
    citation = Citation(1, A, f"{A}#1", place.start or 0, place.end or 0, place.text)
    answer = Answer(
        "Hỏi?", "Hỏi?", AnswerStatus.GROUNDED, statements=(Statement(f"{place.text} [1]", (citation,)),)
    )
    address, _ = serve(lambda body: message("khung", answer=answer_to_json(answer)))
    over_http = OpenAISystem(address, "m").ask("Hỏi?", ())
    direct = response_of(answer)
    assert over_http.claims == direct.claims
    assert (over_http.abstained, over_http.cites) == (direct.abstained, direct.cites)


# ---- LlamaIndex


class Scripted(CustomLLM):
    """Says the same whatever it is asked."""

    said: str = ""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=4096, num_output=256)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        return CompletionResponse(text=self.said)

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
        raise AssertionError("not asked this way")


def test_a_llama_index_engine_tells_what_it_found_and_cites_by_its_markers() -> None:
    documents = [
        LlamaDocument(text=entry.text, metadata={"file_name": entry.id}) for entry in twelve_cases.DOCUMENTS
    ]
    index = VectorStoreIndex.from_documents(documents, embed_model=MockEmbedding(embed_dim=8))
    engine = index.as_query_engine(llm=Scripted(said="Kết nạp 27 đảng viên [1]."), similarity_top_k=2)
    response = LlamaIndexSystem(engine).ask("Bao nhiêu?", ["Trước?"])
    assert {place.document for place in response.hits or ()} == {entry.id for entry in twelve_cases.DOCUMENTS}
    [claim] = response.claims
    assert claim.text == "Kết nạp 27 đảng viên."
    assert claim.citations == (response.hits or ())[:1]
    [score] = score_all(CASES[8:9], {"c09": Outcome("c09", response)}, CORPUS, bears_out())
    assert score.value("FactRecall") == 1.0
    assert score.value("R@10") == 1.0


# ---- by name


def test_a_system_is_named_by_its_address_or_its_place_in_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = "def answer(question, history):\n    return 'Có 27.'\nnumber = 5\n"
    (tmp_path / "peer_system.py").write_text(source, encoding="utf-8")
    assert system_named("peer_system:answer").ask("?", ()).text == "Có 27."
    assert system_named("http://127.0.0.1:1/v1", model="m").name == "m @ 127.0.0.1"
    for text, said in (
        ("http://127.0.0.1:1/v1", "needs --model"),
        ("peer_system", "expected an address"),
        ("peer_system:absent", "cannot be imported"),
        ("no_such_module:x", "cannot be imported"),
        ("peer_system:number", "neither callable"),
    ):
        with pytest.raises(BadOption, match=said):
            system_named(text)
