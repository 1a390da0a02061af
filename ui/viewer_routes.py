"""What the server gives the source viewer: documents, pictures of pages, original files."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import BinaryIO
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from assistant.errors import (
    AssistantError,
    FileError,
    NoSuchPlace,
    OriginalChanged,
    OriginalMissing,
    UnknownDocument,
)
from assistant.originals import OriginalState
from assistant.sources import Place
from ui import viewer
from ui.contract import AssistantLike
from ui.failures import told
from ui.wording import Wording

log = logging.getLogger(__name__)

_CHUNK = 1 << 18
#: Pictures of pages change only with the original; a browser need not ask for them again at once.
_KEEP = {"cache-control": "private, max-age=600"}
_FRESH = {"cache-control": "no-store"}


def routes(assistant: AssistantLike, words: Wording) -> list[Route]:
    """The routes below ``/pba/``; their functions run in worker threads.

    ``source`` and ``more`` give HTML, ``page`` a PNG, ``boxes`` JSON: a list of pages, each with
    ``page``, and ``boxes`` as left, top, width, height in hundredths of the page.
    """

    def source(request: Request) -> Response:
        place = _place(request)
        return _html(viewer.document(assistant.sources.view(place), place, words))

    def more(request: Request) -> Response:
        place, down = _place(request), request.query_params.get("down") == "1"
        found = assistant.sources.more(place, _number(request, "at"), down=down)
        return _html(viewer.more(found, place, words, down=down))

    def page(request: Request) -> Response:
        picture = assistant.sources.picture(request.path_params["document"], request.path_params["number"])
        return FileResponse(picture, media_type="image/png", headers=_KEEP)

    def boxes(request: Request) -> Response:
        found = [
            {
                "page": page.page,
                "boxes": [
                    [
                        round(100 * left / page.width, 3),
                        round(100 * top / page.height, 3),
                        round(100 * (right - left) / page.width, 3),
                        round(100 * (bottom - top) / page.height, 3),
                    ]
                    for left, top, right, bottom in page.boxes
                ],
            }
            for page in assistant.sources.boxes(_place(request))
        ]
        return JSONResponse(found, headers=_FRESH)

    def original(request: Request) -> Response:
        found, file, size = assistant.sources.open_original(request.path_params["document"])
        if found.state is OriginalState.CHANGED and request.query_params.get("changed") != "1":
            file.close()
            return _html(viewer.problem(words.viewer.changed, words), 409)
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
            "content-length": str(size),
            **_FRESH,
        }
        return StreamingResponse(_chunks(file, size), media_type="application/octet-stream", headers=headers)

    document = "{document:path}"
    paths: dict[str, Callable[[Request], Response]] = {
        f"/pba/source/{document}": source,
        f"/pba/more/{document}": more,
        f"/pba/page/{document}/{{number:int}}.png": page,
        f"/pba/boxes/{document}": boxes,
        f"/pba/original/{document}": original,
    }
    return [Route(path, _answering(endpoint, words), methods=["GET"]) for path, endpoint in paths.items()]


def _answering(endpoint: Callable[[Request], Response], words: Wording) -> Callable[[Request], Response]:
    """``endpoint`` with its errors told in the words of the page."""
    text = words.viewer

    def answered(request: Request) -> Response:
        try:
            return endpoint(request)
        except UnknownDocument:
            return _html(viewer.problem(text.unknown, words), 404)
        except NoSuchPlace:
            return _html(viewer.problem(text.no_place, words), 404)
        except OriginalMissing:
            return _html(viewer.problem(text.missing, words), 404)
        except OriginalChanged:
            return _html(viewer.problem(text.changed, words), 409)
        except FileError as error:
            # Its message names a path of the server, which is for the log.
            log.warning("A page cannot be drawn: %s", error)
            return _html(viewer.problem(text.no_picture, words), 422)
        except AssistantError as error:
            return _html(viewer.problem(told(error, words.language), words), 503)
        except Exception:
            log.exception("Unexpected error while showing a source.")
            return _html(viewer.problem(words.failed_unexpected, words), 500)

    return answered


def _place(request: Request) -> Place:
    return Place(
        request.path_params["document"],
        _number(request, "start"),
        _number(request, "end"),
        request.query_params.get("check", ""),
    )


def _number(request: Request, name: str) -> int:
    value = request.query_params.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) < 12):
        raise NoSuchPlace(f"{name}={value!r} is no offset.")
    return int(value)


def _html(content: str, status: int = 200) -> Response:
    return HTMLResponse(content, status, headers=_FRESH)


def _chunks(file: BinaryIO, size: int) -> Iterator[bytes]:
    """At most ``size`` bytes: a file that grows meanwhile is not sent further than was announced."""
    with file:
        while size > 0 and (chunk := file.read(min(_CHUNK, size))):
            size -= len(chunk)
            yield chunk
