"""The routes of the API. ``ui.launch`` mounts them beside the page."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.routing import BaseRoute

from assistant import metrics
from assistant.http import docs
from assistant.http.access import Access
from assistant.http.completions import Exchange
from assistant.http.failures import HttpProblem, Route
from assistant.http.health import readiness
from assistant.http.schema import MODEL, Alive, ChatRequest, Completion, Failure, Model, Models, Readiness
from assistant.http.turns import Turns
from assistant.looping import comes_from_ourselves
from assistant.types import Citation

if TYPE_CHECKING:
    from assistant.answer import Assistant

_KEY = HTTPBearer(auto_error=False, description="server.api_key, where one is set")
_WRONG: dict[int | str, dict[str, Any]] = {
    400: {"model": Failure, "description": "Something in the request cannot be used"},
    401: {"model": Failure, "description": "No key, or a wrong one"},
    403: {"model": Failure, "description": "A web page of another site; or an open network, and no key set"},
    429: {"model": Failure, "description": "Too many questions are waiting"},
    508: {"model": Failure, "description": "llm.base_url leads back to this server"},
    503: {"model": Failure, "description": "The library or its model cannot be used"},
}
_LOOP = (
    "This is the assistant itself, asked as its own language model. Set llm.base_url to a model's address."
)
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def api_routes(
    assistant: Assistant,
    access: Access = Access(),
    *,
    link: Callable[[Citation], str] | None = None,
    turns: Turns | None = None,
) -> Sequence[BaseRoute]:
    """The routes: ``/v1/…``, ``/healthz``, ``/readyz`` and ``/metrics``, for any Starlette application.

    Nothing is asked of the assistant before a request comes.

    Args:
        access: who may ask.
        link: the part of an address, after the server's, where a person sees a quote in its document.
        turns: how many at once, shared with others that ask the same assistant.
    """
    metrics.start()
    taking = turns or Turns(assistant.answers_at_once)
    started = int(time.time())
    router = APIRouter(route_class=Route)

    def allowed(
        request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Depends(_KEY)] = None
    ) -> None:
        access.check(request.headers)
        if comes_from_ourselves(request.headers):
            raise HttpProblem(508, _LOOP, code="loop_detected")

    key = [Depends(allowed)]

    @router.post(
        "/v1/chat/completions",
        dependencies=key,
        response_model=None,
        responses={200: {"model": Completion, "description": "The answer"}, **_WRONG},
        summary="Ask a question",
        tags=["OpenAI"],
    )
    async def completions(body: ChatRequest, request: Request) -> Response:
        """The last message of the user is answered from the documents, with a marker [n] after each sentence
        and an annotation for each marker. `stream` sends it as server-sent events."""
        if body.model != MODEL:
            raise _no_model(body.model)
        exchange = Exchange(
            assistant,
            body,
            taking,
            place_of=lambda citation: str(request.base_url) + (link or _link)(citation),
            count=lambda text: _tokens(assistant, text),
        )
        if body.stream:
            events = await exchange.begun()
            # nginx would hold the events back until the answer is whole.
            headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
            return StreamingResponse(events, media_type="text/event-stream", headers=headers)
        return JSONResponse(await exchange.whole())

    model = {"id": MODEL, "object": "model", "created": started, "owned_by": "party-building-assistant"}

    @router.get("/v1/models", dependencies=key, response_model=Models, tags=["OpenAI"], summary="List models")
    def models() -> dict[str, Any]:
        """There is one."""
        return {"object": "list", "data": [model]}

    @router.get(
        "/v1/models/{name}", dependencies=key, response_model=Model, tags=["OpenAI"], summary="One model"
    )
    def one_model(name: str) -> dict[str, Any]:
        """The model of that name."""
        if name != MODEL:
            raise _no_model(name)
        return model

    @router.get(
        "/metrics",
        dependencies=key,
        response_class=PlainTextResponse,
        responses={code: _WRONG[code] for code in (401, 403)},
        tags=["Health"],
        summary="Counts for Prometheus",
    )
    def counts(request: Request) -> Response:
        """Answers, requests to the language model and what checking found, since the process began."""
        text, kind = metrics.exposition(request.headers.get("accept", ""))
        return Response(text, media_type=kind)

    @router.get("/healthz", response_model=Alive, tags=["Health"], summary="Is the process alive?")
    async def healthz() -> dict[str, str]:
        """Answers as long as the process runs, whatever the library does."""
        return {"status": "ok"}

    @router.get(
        "/readyz",
        response_model=Readiness,
        responses={503: {"model": Readiness, "description": "Not ready, and why"}},
        tags=["Health"],
        summary="Can questions be answered?",
    )
    def readyz() -> Response:
        """Opens the library and runs its model."""
        state = readiness(assistant)
        return JSONResponse(state, 200 if state["status"] == "ready" else 503)

    @cache
    def described() -> dict[str, Any]:
        return docs.schema_of(router)

    @router.get("/v1/openapi.json", include_in_schema=False)
    def openapi() -> JSONResponse:
        return JSONResponse(described())

    @router.get("/v1/docs", include_in_schema=False)
    def page() -> HTMLResponse:
        return docs.page()

    @router.get("/v1/docs/{name}", include_in_schema=False)
    def part(name: str) -> Response:
        found = docs.asset(name)
        if found is None:
            raise HttpProblem(404, f"There is no {name}.", code="not_found")
        return found

    @router.api_route("/v1/{rest:path}", methods=_METHODS, include_in_schema=False)
    def unknown(rest: str, request: Request) -> None:
        known = {getattr(route, "path", ""): getattr(route, "methods", None) or () for route in router.routes}
        allowed_here = known.get(f"/v1/{rest}", ())
        if allowed_here:
            raise HttpProblem(
                405, f"/v1/{rest} takes {', '.join(sorted(allowed_here))}, not {request.method}."
            )
        raise HttpProblem(404, f"There is no /v1/{rest}. See /v1/docs.", code="unknown_url")

    return router.routes


def _link(citation: Citation) -> str:
    """The chat page, opened at the quote."""
    return f"#/nguon/{quote(citation.document_id, safe='')}/{citation.start}-{citation.end}"


def _tokens(assistant: Assistant, text: str) -> int:
    """Tokens of a text without what the embedding model puts around each."""
    count = assistant.library.embedder.count_tokens
    return max(0, count(text) - count(""))


def _no_model(name: str) -> HttpProblem:
    return HttpProblem(
        404, f"The model {name} does not exist; there is {MODEL}.", param="model", code="model_not_found"
    )
