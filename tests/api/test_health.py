"""Whether the process lives, whether questions can be answered, and what is not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx

from assistant.answer import Assistant
from index.library import Library


def test_a_server_with_a_library_and_its_model_is_ready(address: str, assistant: Assistant) -> None:
    assert httpx.get(f"{address}/healthz").json() == {"status": "ok"}
    reply = httpx.get(f"{address}/readyz", timeout=60)
    assert reply.status_code == 200
    assert reply.json() == {
        "status": "ready",
        "documents": len(assistant.library.documents()),
        "passages": assistant.library.stats().passages,
        "model": assistant.library.embedder.name,
    }


def test_without_a_model_it_lives_but_is_not_ready_and_says_why(
    tmp_path: Path, serve: Callable[..., str]
) -> None:
    with Library.open(tmp_path / "library", embedder=None) as library:
        address = serve(Assistant(library))
        assert httpx.get(f"{address}/healthz").status_code == 200
        reply = httpx.get(f"{address}/readyz", timeout=60)
        assert reply.status_code == 503
        assert reply.json()["status"] == "unavailable"
        assert "embedding.model" in reply.json()["reason"]


def test_what_is_not_there_is_told_in_openais_form(address: str) -> None:
    unknown = httpx.post(f"{address}/v1/embeddings", json={})
    assert unknown.status_code == 404
    assert "/v1/docs" in unknown.json()["error"]["message"]
    wrong_method = httpx.get(f"{address}/v1/chat/completions")
    assert wrong_method.status_code == 405
    assert "POST" in wrong_method.json()["error"]["message"]


def test_a_body_that_is_no_json_or_too_large_is_told_so(address: str) -> None:
    url, kind = f"{address}/v1/chat/completions", {"Content-Type": "application/json"}
    broken = httpx.post(url, content=b'{"model": "pba"', headers=kind)
    assert (broken.status_code, broken.json()["error"]["code"]) == (400, "invalid_json")
    assert httpx.post(url, content=b"[]", headers=kind).status_code == 400
    large = httpx.post(url, content=b" " * (8 * 1024 * 1024 + 1), headers=kind, timeout=60)
    assert large.status_code == 413


def test_the_description_names_every_route_and_the_key(address: str) -> None:
    described = httpx.get(f"{address}/v1/openapi.json", timeout=60).json()
    assert set(described["paths"]) == {
        "/v1/chat/completions",
        "/v1/models",
        "/v1/models/{name}",
        "/healthz",
        "/readyz",
        "/metrics",
    }
    assert described["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    filters = described["components"]["schemas"]["FiltersOf"]["properties"]
    assert set(filters) == {
        "provinces",
        "kinds",
        "numbers",
        "issuers",
        "issued_from",
        "issued_to",
        "document_ids",
    }
    assert all(field["description"] for field in filters.values())
