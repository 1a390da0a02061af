"""Errors in OpenAI's form, with the status that its clients expect."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from assistant.errors import AssistantError, BadOption, BadQuestion, InvariantBroken, Refused, ServerBusy
from assistant.http.schema import Unsupported
from index.errors import LibraryError

log = logging.getLogger(__name__)

#: Bytes of the largest request that is read: a long conversation has a few hundred thousand.
MOST_BYTES = 8 * 1024 * 1024
_UNEXPECTED = "The server met an unexpected error; its log has the details. Ask again."


class HttpProblem(Exception):
    """An error with its status and OpenAI's fields."""

    def __init__(
        self, status: int, message: str, *, kind: str = "invalid_request_error", code: str | None = None,
        param: str | None = None,
    ) -> None:  # fmt: skip
        self.status = status
        self.body = {"error": {"message": message, "type": kind, "param": param, "code": code}}
        super().__init__(message)


def problem_of(error: Exception) -> HttpProblem:
    """The error as a client is told of it. What is unexpected is logged, and told in general words."""
    match error:
        case HttpProblem():
            return error
        case RequestValidationError():
            return _invalid(error)
        case Unsupported():
            return HttpProblem(400, str(error), param=error.parameter, code="unsupported_value")
        case BadQuestion():
            return HttpProblem(400, str(error), param="messages", code="invalid_value")
        case BadOption():
            return HttpProblem(400, str(error), param="filters", code="invalid_value")
        case Refused():
            if error.known:
                return HttpProblem(401, str(error), code="invalid_api_key")
            return HttpProblem(403, str(error), code="forbidden")
        case ServerBusy():
            return HttpProblem(429, str(error), kind="rate_limit_error", code="rate_limit_exceeded")
        case LibraryError():
            return HttpProblem(503, str(error), kind="server_error", code="library_unavailable")
        case AssistantError() if not isinstance(error, InvariantBroken):
            return HttpProblem(500, str(error), kind="server_error")
        case HTTPException():
            return HttpProblem(error.status_code, str(error.detail))
        case _:
            log.error("Unexpected error while answering a program.", exc_info=error)
            return HttpProblem(500, _UNEXPECTED, kind="server_error", code="internal_error")


def response_of(error: Exception) -> Response:
    """The reply that tells of an error."""
    problem = problem_of(error)
    headers = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": "2"}}.get(problem.status)
    return JSONResponse(problem.body, problem.status, headers=headers)


def _invalid(error: RequestValidationError) -> HttpProblem:
    """The first thing that does not fit, and where it stands in the request."""
    first = error.errors()[0]
    place = [str(part) for part in first["loc"] if part != "body"]
    where = ".".join(place)
    if first["type"] == "json_invalid":
        return HttpProblem(400, f"The body is no JSON: {first['ctx']['error']}.", code="invalid_json")
    code = {"missing": "missing_required_parameter", "extra_forbidden": "unknown_parameter"}.get(
        first["type"], "invalid_value"
    )
    if not where:
        return HttpProblem(400, "The body must be a JSON object, with Content-Type application/json.")
    return HttpProblem(400, f"{where}: {first['msg']}.", param=where, code=code)


class Route(APIRoute):
    """A route whose every failure is told in OpenAI's form; those of other routes are left alone."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                length = request.headers.get("content-length", "0")
                if not length.isdecimal() or int(length) > MOST_BYTES:
                    raise HttpProblem(413, f"The request is larger than {MOST_BYTES:,} bytes.")
                return await handle(request)
            except Exception as error:
                return response_of(error)

        return handled
