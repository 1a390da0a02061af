"""What programs call: ``ask``, ``search`` and ``document``, through Gradio's API and as MCP tools.

The docstrings are what a program, or the language model that chooses a tool, reads of them. No
``from __future__ import annotations`` here: Gradio reads what a function returns without resolving it.
"""

import inspect
import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

import gradio as gr
from gradio import events
from pydantic import ConfigDict, ValidationError, validate_call

from assistant.errors import AssistantError, InvariantBroken
from assistant.filters import filters_of
from assistant.http.access import Access
from assistant.serialise import answer_to_json, document_to_json, hit_to_json
from ui.contract import AssistantLike

if TYPE_CHECKING:
    from assistant.answer import Assistant

log = logging.getLogger(__name__)

#: Most passages that one search gives.
MOST_PASSAGES = 200
_UNEXPECTED = "The server met an unexpected error; its log has the details."


def expose(assistant: AssistantLike, access: Access, **limits: Any) -> None:
    """Add the three functions to the page that is being built.

    Args:
        limits: ``gr.api``'s limits on how many run at once, shared with the questions of the page.
    """
    # A page needs less of an assistant than programs may ask of it; only they fail without the rest.
    answers = cast("Assistant", assistant)

    @_told(access)
    def ask(
        question: str,
        request: gr.Request,
        history: list[str] | None = None,
        provinces: list[str] | None = None,
        kinds: list[str] | None = None,
        numbers: list[str] | None = None,
        issuers: list[str] | None = None,
        issued_from: str | None = None,
        issued_to: str | None = None,
        document_ids: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question about Vietnamese party-building documents, only from the loaded documents:
        by exact quotation, or in sentences of a language model each of which was checked against its sources
        (verdict). Every statement carries citations with document, offsets and quote; a status
        of not_found means that the documents have no answer.

        Args:
            question: In Vietnamese, with or without diacritics, or in English.
            history: Earlier questions of the conversation, oldest first, so that a follow-up is understood.
            provinces: Use only documents of these places, e.g. "tỉnh Bắc Ninh".
            kinds: Use only documents of these kinds, e.g. "chỉ thị", "nghị quyết", "báo cáo".
            numbers: Use only documents with these numbers, e.g. "28-CT/TW".
            issuers: Use only documents issued by these bodies, by their whole name, e.g. "Ban Bí thư".
            issued_from: Use only documents issued on this day or later: 2022-01-31, 01/2022 or 2022.
            issued_to: Use only documents issued on this day or earlier.
            document_ids: Use only these documents, by id as in a citation's document_id.

        Returns:
            The answer as a JSON object: question, standalone, language, status (grounded, partly_grounded or
            not_found), message, understood, notes, statements with citations, nearest, hits, timings.
        """
        chosen = filters_of(
            provinces=provinces,
            kinds=kinds,
            numbers=numbers,
            issuers=issuers,
            issued_from=issued_from or None,
            issued_to=issued_to or None,
            document_ids=document_ids,
        )
        return answer_to_json(answers.ask(question, history=history or (), filters=chosen))

    @_told(access)
    def search(
        question: str,
        request: gr.Request,
        k: int = 8,
        provinces: list[str] | None = None,
        kinds: list[str] | None = None,
        numbers: list[str] | None = None,
        issuers: list[str] | None = None,
        issued_from: str | None = None,
        issued_to: str | None = None,
        document_ids: list[str] | None = None,
    ) -> list[dict[str, Any]]:
        """Find the passages of the loaded documents that are nearest to a question, by meaning and by words.

        Args:
            question: What to look for, in Vietnamese, with or without diacritics, or in English.
            k: How many passages, 1 to 200.
            provinces: Use only documents of these places, e.g. "tỉnh Bắc Ninh".
            kinds: Use only documents of these kinds, e.g. "chỉ thị", "nghị quyết", "báo cáo".
            numbers: Use only documents with these numbers, e.g. "28-CT/TW".
            issuers: Use only documents issued by these bodies, by their whole name, e.g. "Ban Bí thư".
            issued_from: Use only documents issued on this day or later: 2022-01-31, 01/2022 or 2022.
            issued_to: Use only documents issued on this day or earlier.
            document_ids: Use only these documents, by id.

        Returns:
            The passages, best first: passage_id, document_id, title, number, kind, issuer, province,
            issued_on, start, end, text, heading, score.
        """
        if not 1 <= k <= MOST_PASSAGES:
            raise gr.Error(f"k is {k}; it can be 1 to {MOST_PASSAGES}.", print_exception=False)
        chosen = filters_of(
            provinces=provinces,
            kinds=kinds,
            numbers=numbers,
            issuers=issuers,
            issued_from=issued_from or None,
            issued_to=issued_to or None,
            document_ids=document_ids,
        )
        return [hit_to_json(hit) for hit in answers.search(question, filters=chosen, k=k)]

    @_told(access)
    def document(name: str, request: gr.Request) -> dict[str, Any]:
        """Read a loaded document: its text, to which all offsets refer, and what is known of it.

        Args:
            name: Its id, file name, number such as "28-CT/TW", or title.

        Returns:
            The document as a JSON object: id, title, number, kind, issuer, province, issued_on, status,
            source, names, pages, passages with offsets, text.
        """
        found = answers.library.find_document(name)
        return document_to_json(found, answers.library.passages(found.id))

    events.api(ask, api_name="ask", **limits)
    events.api(search, api_name="search", **limits)
    events.api(document, api_name="document", concurrency_limit=None)


def _told(access: Access) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Lets a program in, checks the types of what it sent, which Gradio does not, and tells it of failures
    as the page tells its reader: never with details of a defect."""

    def decorate(call: Callable[..., Any]) -> Callable[..., Any]:
        checked = validate_call(config=ConfigDict(arbitrary_types_allowed=True, strict=True))(call)

        @wraps(call)
        def told(first: str, request: gr.Request, *more: Any) -> Any:
            try:
                access.check(request.headers)
                found = checked(first, request, *more)
            except gr.Error:
                raise
            except ValidationError as error:
                raise gr.Error(_mistake(error, call), print_exception=False) from error
            except AssistantError as error:
                if not isinstance(error, InvariantBroken):
                    raise gr.Error(str(error), print_exception=False) from error
                log.exception("An invariant does not hold in the answer to a program.")
                raise gr.Error(_UNEXPECTED, print_exception=False) from error
            except Exception as error:
                log.exception("Unexpected error while answering a program.")
                raise gr.Error(_UNEXPECTED, print_exception=False) from error
            # The text of an MCP result is what Python prints of a value, unless it is text already.
            by_mcp = request.headers.get("x-gradio-user") == "mcp"
            return json.dumps(found, ensure_ascii=False) if by_mcp else found

        return told

    return decorate


def _mistake(error: ValidationError, call: Callable[..., Any]) -> str:
    """The first argument that does not fit, by its name."""
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    if place and place[0].isdecimal():
        place[0] = list(inspect.signature(call).parameters)[int(place[0])]
    return f"{'.'.join(place)}: {first['msg']}."
