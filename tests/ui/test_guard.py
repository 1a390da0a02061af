"""The guard between browser and Gradio, as an ASGI application sees it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ui.guard import Guard

PAGE = b"""<!doctype html><html lang="en"><head>
<meta property="og:image" content="https://example.org/a.jpg" />
<meta
  name="twitter:creator"
  content="@x" />
<meta name="viewport" content="width=device-width"></head><body>Trang</body></html>"""


async def inner(scope: Any, receive: Any, send: Any) -> None:
    """Sends the page in two parts, as a streaming server may."""
    kind = b"text/html; charset=utf-8" if scope["path"] == "/" else b"text/event-stream"
    headers = [(b"content-type", kind), (b"content-length", str(len(PAGE)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": PAGE[:90], "more_body": True})
    await send({"type": "http.response.body", "body": PAGE[90:]})


def get(
    path: str = "/", host: str = "127.0.0.1:7860", *, loopback: bool = True, site: str = "same-origin"
) -> tuple[Any, list[Any]]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "path": path,
        "headers": [(b"host", host.encode()), (b"sec-fetch-site", site.encode())],
    }
    asyncio.run(Guard(inner, languages={"vi": "/", "en": "/en/"}, loopback=loopback)(scope, None, send))  # type: ignore[arg-type]
    return sent[0], sent[1:]


def test_the_page_loses_its_links_to_the_outside_and_says_its_language() -> None:
    start, parts = get()
    body = b"".join(part["body"] for part in parts)
    assert b"example.org" not in body
    assert b"twitter" not in body
    assert b'<meta name="viewport"' in body
    assert b'<html lang="vi">' in body
    assert b"Trang" in body
    assert dict(start["headers"])[b"content-length"] == str(len(body)).encode()


def test_the_browser_is_told_to_load_from_this_server_only() -> None:
    start, _ = get()
    policy = dict(start["headers"])[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "http" not in policy


def test_events_pass_through_part_by_part() -> None:
    _, parts = get("/gradio_api/queue/data")
    assert [part["body"] for part in parts] == [PAGE[:90], PAGE[90:]]


@pytest.mark.parametrize("host", ["evil.example:7860", "127.0.0.1.example.org", "", "127.0.0.1@evil.example"])
def test_another_host_name_is_refused_on_a_loopback_address(host: str) -> None:
    start, parts = get(host=host)
    assert start["status"] == 421
    assert b"Trang" not in parts[0]["body"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:7860", "LOCALHOST:1", "[::1]:7860"])
def test_loopback_names_are_served(host: str) -> None:
    assert get(host=host)[0]["status"] == 200


def test_any_name_is_served_on_a_network_address() -> None:
    assert get(host="tro-ly.example:7860", loopback=False)[0]["status"] == 200


def test_files_are_taken_from_this_page_only() -> None:
    start, parts = get("/gradio_api/upload", site="cross-site")
    assert start["status"] == 403
    assert b"Trang" not in b"".join(part["body"] for part in parts)
    assert get("/gradio_api/upload", site="same-origin")[0]["status"] == 200
    assert get("/", site="cross-site")[0]["status"] == 200  # a link from elsewhere leads here
