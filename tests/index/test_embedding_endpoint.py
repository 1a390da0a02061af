"""An OpenAI-compatible endpoint, against a real HTTP server."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embedding import open_embedder
from index.embedding.endpoint import RETRIES, EndpointEmbedder
from index.errors import EmbeddingFailed, ModelMissing

Reply = tuple[int, bytes]
Behaviour = Callable[[dict[str, Any], int], Reply]


def vector(text: str) -> list[float]:
    return [float(len(text)), float(text.count("a")), 1.0]


def good(request: dict[str, Any], _: int) -> Reply:
    data = [{"index": i, "embedding": vector(text)} for i, text in enumerate(request["input"])]
    return 200, json.dumps({"data": data[::-1]}).encode()


class Server:
    """Answers as ``behaviour`` says and remembers what it was asked."""

    def __init__(self) -> None:
        self.behaviour: Behaviour = good
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.asked.append(request)
                outer.keys.append(self.headers["Authorization"])
                outer.paths.append(self.path)
                status, body = outer.behaviour(request, len(outer.asked))
                with suppress(ConnectionError):  # the client may have given up
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Keep the test's output clean."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/v1"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.http.shutdown()
    running.http.server_close()


@pytest.fixture
def embedder(server: Server) -> EndpointEmbedder:
    return EndpointEmbedder("m", server.url, api_key="s3cret", batch_size=4, first_wait=0.01)


def test_passages_are_batched_in_order_and_made_unit(server: Server, embedder: EndpointEmbedder) -> None:
    texts = ["a" * n for n in range(1, 11)]
    vectors = embedder.passages(texts)
    expected = np.array([vector(text) for text in texts], np.float32)
    assert np.allclose(vectors, expected / np.linalg.norm(expected, axis=1, keepdims=True))
    assert [len(request["input"]) for request in server.asked] == [4, 4, 2]
    assert {request["model"] for request in server.asked} == {"m"}
    assert server.keys[0] == "Bearer s3cret"
    assert set(server.paths) == {"/v1/embeddings"}
    assert embedder.dimension == 3
    assert embedder.passages([]).shape == (0, 3)


def test_prefixes_go_out_and_are_part_of_the_name(server: Server) -> None:
    embedder = EndpointEmbedder("m", server.url, query_prefix="query: ", passage_prefix="passage: ")
    embedder.query("ai?")
    embedder.passages(["đoạn"])
    assert [request["input"] for request in server.asked] == [["query: ai?"], ["passage: đoạn"]]
    assert embedder.name != EndpointEmbedder("m", server.url).name
    assert server.keys == [None, None]


def test_v1_is_added_to_a_bare_address(server: Server) -> None:
    EndpointEmbedder("m", server.url.removesuffix("/v1")).query("x")
    EndpointEmbedder("m", server.url.replace("/v1", "/other/")).query("x")
    assert server.paths == ["/v1/embeddings", "/other/embeddings"]


def test_an_empty_text_is_not_sent_empty(server: Server, embedder: EndpointEmbedder) -> None:
    embedder.passages(["", "a\0b"])
    assert server.asked[0]["input"] == [" ", "a b"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_busy_then_well(server: Server, embedder: EndpointEmbedder, status: int) -> None:
    server.behaviour = lambda request, turn: (status, b"") if turn < 3 else good(request, turn)
    assert embedder.query("a").shape == (3,)
    assert len(server.asked) == 3


def test_always_busy_gives_up(server: Server, embedder: EndpointEmbedder) -> None:
    server.behaviour = lambda *_: (503, b"")
    with pytest.raises(EmbeddingFailed, match="503"):
        embedder.query("a")
    assert len(server.asked) == RETRIES + 1


@pytest.mark.parametrize(
    ("status", "setting"),
    [
        (401, "embedding.api_key"),
        (403, "embedding.api_key"),
        (404, "embedding.base_url"),
        (400, "embedding.model"),
    ],
)
def test_refusals_are_not_repeated_and_name_the_setting(
    server: Server, embedder: EndpointEmbedder, status: int, setting: str
) -> None:
    server.behaviour = lambda *_: (status, b"no\nsuch thing")
    with pytest.raises(EmbeddingFailed) as caught:
        embedder.query("a")
    assert len(server.asked) == 1
    assert str(status) in str(caught.value)
    assert setting in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"{}",
        b"[]",
        b'{"data": null}',
        b'{"data": []}',
        b'{"data": [{"index": 0}]}',
        b'{"data": [{"index": 0, "embedding": "AAAA"}]}',
        b'{"data": [{"index": 0, "embedding": []}]}',
        b'{"data": [{"index": 0, "embedding": [[1, 2]]}]}',
        b'{"data": [{"index": 0, "embedding": [0, 0]}]}',
        b'{"data": [{"index": 0, "embedding": [NaN, 1]}]}',
        b'{"data": [{"index": 1, "embedding": [1, 2]}]}',
        b'{"data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [1]}]}',
        b"\xff\xfe",
    ],
)
def test_wrong_answers_are_errors_not_vectors(
    server: Server, embedder: EndpointEmbedder, body: bytes
) -> None:
    server.behaviour = lambda *_: (200, body)
    with pytest.raises(EmbeddingFailed, match="answered with") as caught:
        embedder.query("a")
    assert "\n" not in str(caught.value)


def test_a_change_of_dimension_is_an_error(server: Server, embedder: EndpointEmbedder) -> None:
    assert embedder.dimension == 3
    server.behaviour = lambda *_: (200, b'{"data": [{"index": 0, "embedding": [1, 2]}]}')
    with pytest.raises(EmbeddingFailed, match="3 were expected"):
        embedder.query("a")


def test_a_server_that_is_not_there(server: Server) -> None:
    port = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    url = f"http://127.0.0.1:{port.server_address[1]}/v1"
    port.server_close()
    with pytest.raises(EmbeddingFailed, match=r"embedding\.base_url"):
        EndpointEmbedder("m", url).query("a")


def test_a_server_that_never_answers(server: Server) -> None:
    release = threading.Event()

    def hang(request: dict[str, Any], turn: int) -> Reply:
        release.wait(10)
        return good(request, turn)

    server.behaviour = hang
    with pytest.raises(EmbeddingFailed, match="in time"):
        EndpointEmbedder("m", server.url, timeout=0.2).query("a")
    release.set()


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x/v1", "/v1", "http://"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(ModelMissing, match=r"embedding\.base_url"):
        EndpointEmbedder("m", url)


def test_an_endpoint_needs_the_name_of_its_model(server: Server, tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"embedding\.model"):
        open_embedder(base_url=server.url, cache_folder=tmp_path)
    named = open_embedder("m", base_url=server.url, cache_folder=tmp_path)
    assert named.query("a").shape == (3,)
    assert server.asked[0]["model"] == "m"


def test_the_token_estimate_is_on_the_high_side_of_the_bundled_model(
    embedder: EndpointEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from index.embedding.engine import Engine

    text = "Cấp ủy cơ sở giao chỉ tiêu kết nạp cho từng chi bộ, ví dụ 3 quần chúng trong năm 2024 (8,5 %)."
    assert embedder.count_tokens(text) > Engine().count_tokens(text)
