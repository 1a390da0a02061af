"""The page that shows the API: it works without a network, and asks nothing of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(served: Callable[..., str], new_assistant: Callable[..., Any]) -> str:
    return served(new_assistant())


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_it_shows_every_operation_and_loads_everything_from_this_server(page: Any, address: str) -> None:
    requested: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/v1/docs")
    page.locator('[data-path="/v1/chat/completions"]').wait_for()
    for path in ("/v1/models", "/healthz", "/readyz"):
        assert page.locator(f'[data-path="{path}"]').count() == 1
    page.locator('[data-path="/v1/chat/completions"]').click()
    page.locator(".opblock-body >> text=Kinh phí mở lớp lấy từ đâu?").first.wait_for()
    assert len(requested) >= 4
    assert all(url.startswith((address, "data:", "blob:")) for url in requested), requested
    assert said == []


def test_an_operation_can_be_tried_on_the_page(page: Any, address: str) -> None:
    page.goto(f"{address}/v1/docs")
    page.locator('[data-path="/healthz"]').click()
    page.locator("button:has-text('Try it out')").click()
    page.locator("button.execute").click()
    page.locator(".live-responses-table .response-col_status:has-text('200')").wait_for()
