"""What axe-core finds on the page in each of its states: nothing serious, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from assistant.answer import Assistant
from assistant.holdings import Holdings
from index.ingestion import ingest
from index.library import Library
from index.types import Embedder
from ingest.sample_corpus import folder

pytestmark = pytest.mark.browser

FILES = ("tom-luoc-chi-thi-28.md", "ke-hoach-lop-boi-duong-2025.docx", "khoi-doanh-nghiep-ha-tinh-2022.pdf")
QUESTION = "Mở lớp bồi dưỡng năm 2025, xã A dự toán hết bao nhiêu tiền?"
ABOUT_PDF = "Khối cổ phần, tư nhân ở Hà Tĩnh có mấy tổ chức đảng?"
FOLLOWED = "Chỉ thị 28-CT/TW ban hành ngày nào?"
NOT_FOUND = "Ai vô địch bóng đá thế giới?"


@pytest.fixture(scope="module")
def address(
    served: Callable[..., str], tmp_path_factory: pytest.TempPathFactory, embedder: Embedder
) -> Iterator[str]:
    home: Path = tmp_path_factory.mktemp("library")
    with Library.open(home / "library", embedder=embedder) as library:
        assert ingest(library, [folder() / name for name in FILES]).added == len(FILES)
        holdings = Holdings(library, home / "documents")
        holdings.start()
        yield served(Assistant(library), holdings=holdings)
        holdings.close()


def serious(page: Any) -> list[str]:
    """What would keep somebody from using the page: the rule, and the element."""
    # Whatever still fades in has a colour that nobody is shown for long.
    page.wait_for_function("document.getAnimations().every((a) => a.playState !== 'running')")
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def empty(visitor: Any) -> None:
    visitor.welcome()
    visitor.page.locator("#pba-chat .example").first.wait_for()


def answered(visitor: Any) -> None:
    visitor.ask(QUESTION)
    visitor.answer(1)
    visitor.ask(NOT_FOUND)
    visitor.answer(2)
    visitor.page.locator(".pba-acts").nth(1).wait_for()


def offered(visitor: Any) -> None:
    visitor.ask(FOLLOWED)
    visitor.answer(3)
    visitor.page.locator("#pba-next li").first.wait_for()


def filters(visitor: Any) -> None:
    visitor.page.locator("#pba-narrow-open").click()
    panel = visitor.page.locator("#pba-narrow-panel.pba-unfolded")
    panel.locator("input[type=checkbox]").first.check()
    visitor.page.locator(".pba-chip").first.wait_for()


def deleting(visitor: Any) -> None:
    visitor.page.locator(".pba-talk-delete > summary").first.click()
    visitor.page.locator('button[data-pba-do="delete"]').first.wait_for(state="visible")


def conversations(visitor: Any) -> None:
    visitor.page.locator(".pba-chip").first.click()
    visitor.page.wait_for_function("!document.querySelector('.pba-chip')")
    visitor.page.keyboard.press("Escape")
    visitor.page.locator("#pba-drawer-open").click()
    visitor.page.locator("#pba-drawer.pba-open .pba-talk-open").first.wait_for()
    visitor.page.locator(".pba-talk-more > summary").first.click()


def opinion(visitor: Any) -> None:
    visitor.page.keyboard.press("Escape")
    visitor.page.locator('a.pba-act[href*="#pba-down-"]').first.click()
    visitor.page.locator("#pba-opinion form").wait_for()


def viewer(visitor: Any) -> None:
    visitor.page.keyboard.press("Escape")
    visitor.page.locator("#pba-opinion form").wait_for(state="hidden")
    visitor.answer(1).locator("a.pba-cite").first.click()
    visitor.page.locator("#pba-viewer mark").first.wait_for()


def viewer_of_pages(visitor: Any) -> None:
    visitor.page.keyboard.press("Escape")
    visitor.ask(ABOUT_PDF)
    visitor.answer(4).locator('a.pba-cite[href*=".pdf"]').first.click()
    visitor.page.locator("#pba-viewer mark").first.wait_for()
    visitor.page.locator("#pba-viewer img").first.wait_for()


def documents(visitor: Any) -> None:
    visitor.page.keyboard.press("Escape")
    visitor.page.locator('.pba-views a[data-view="documents"]').click()
    visitor.page.locator(".pba-table button").first.click()
    visitor.page.locator(".pba-inside").wait_for()


STATES = (
    empty,
    answered,
    offered,
    filters,
    conversations,
    deleting,
    opinion,
    viewer,
    viewer_of_pages,
    documents,
)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_serious_in_any_state(
    visit: Callable[..., Any], address: str, width: int, dark: bool
) -> None:
    visitor = visit(address, width=width, dark=dark)
    found = {}
    for state in STATES:
        state(visitor)
        found[state.__name__] = serious(visitor.page)
    assert found == {state.__name__: [] for state in STATES}
