"""What stands between the browser and Gradio: nothing is loaded from, or sent to, elsewhere.

A plain ASGI middleware. It tells the browser to load from this server only, refuses other host
names on a loopback address (so that no website can reach the documents through a name that it
points at 127.0.0.1), refuses files that another website's page sends, and takes Gradio's own links
to the outside out of the page.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any

from ui.visitors import naming

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Gradio builds components from inline scripts and ``new Function``, hence the two "unsafe"
#: words; what matters here is that no origin but this one is named.
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = (
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
_SOCIAL = re.compile(
    rb"""<meta\b[^>]*\b(?:property|name)\s*=\s*["'](?:og|twitter):[^>]*>\s*""", re.IGNORECASE
)
_LANGUAGE = re.compile(rb'(<html\b[^>]*?\blang=")[^"]*(")', re.IGNORECASE)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Guard:
    """Wraps an ASGI application.

    Args:
        languages: each with the path of its page, for screen readers and the browser's offer to translate.
        loopback: whether the server listens on a loopback address only.
    """

    def __init__(self, app: App, *, languages: Mapping[str, str], loopback: bool) -> None:
        self._app = app
        self._pages = {path: language.encode() for language, path in languages.items()}
        self._loopback = loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._loopback and _host(scope) not in _LOOPBACK:
            await _refuse(send, 421, b"This address serves 127.0.0.1 and localhost only.\n")
            return
        if scope["path"].endswith("/upload") and _header(scope, b"sec-fetch-site") == "cross-site":
            # A website somebody visits must not make his browser fill the disk here.
            await _refuse(send, 403, b"Other websites may not send files here.\n")
            return
        language = self._pages.get(scope["path"] or "/")
        page = _Page(send, language) if language else None

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in _HEADERS}
                kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in given]
                named = naming(scope["headers"]) if page and not self._loopback else ()
                message = {**message, "headers": [*kept, *_HEADERS, *named]}
            await (page.send(message) if page else send(message))

        await self._app(scope, receive, guarded)


class _Page:
    """Holds the page back until it is whole, then sends it without links to the outside."""

    def __init__(self, send: Send, language: bytes) -> None:
        self._send = send
        self._language = language
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            types = [value for name, value in message["headers"] if name.lower() == b"content-type"]
            if types and types[0].startswith(b"text/html"):
                self._start = message
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            body = _LANGUAGE.sub(
                rb"\g<1>" + self._language + rb"\g<2>", _SOCIAL.sub(b"", self._body), count=1
            )
            headers = [pair for pair in self._start["headers"] if pair[0].lower() != b"content-length"]
            headers.append((b"content-length", str(len(body)).encode()))
            await self._send({**self._start, "headers": headers})
            message = {**message, "body": body}
        await self._send(message)


def _host(scope: Scope) -> str:
    """The host name that the browser asked for, without port."""
    return re.sub(r":\d+$", "", _header(scope, b"host"))


def _header(scope: Scope, wanted: bytes) -> str:
    """A header's value in lower case, empty without one."""
    for name, value in scope["headers"]:
        if name == wanted:
            found: str = value.decode("latin-1").lower()
            return found
    return ""


async def _refuse(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
