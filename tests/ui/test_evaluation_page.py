"""The report of an evaluation in a browser: it asks for nothing, and fits a screen and a telephone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from assistant.evaluate.corpus import Corpus
from assistant.evaluate.facts import Case
from assistant.evaluate.page import render_page
from assistant.evaluate.response import Claim, Outcome, Place, Response
from assistant.evaluate.runs import Run
from assistant.evaluate.scores import score_all
from assistant.evaluate.wording import report_wording
from ingest.types import Document

pytestmark = pytest.mark.browser

TEXT = "Xã Hòa Lạc kết nạp 27 đảng viên trong năm 2023, nhiều nhất từ trước đến nay."


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with cases that went right and wrong, and an unbroken word that fits no telephone."""
    cases = [
        Case(
            id=f"c{n}",
            category="number" if n % 2 else "một nhóm có tên rất dài để thử",
            lang="vi",
            question=f"Câu hỏi thứ {n} có bao nhiêu đảng viên?",
            answerable=True,
            documents=("bao-cao.txt",),
            facts=(("27",), ("x" * 90,)) if n == 1 else (("27",),),
        )
        for n in range(6)
    ]
    place = Place("bao-cao.txt", TEXT, 0, len(TEXT))
    response = Response((Claim(TEXT, (place,)),), hits=(place,) * 7, cites=True, confidence=0.8)
    outcomes = {case.id: Outcome(case.id, response, seconds=0.3) for case in cases[:4]}
    corpus = Corpus.of_documents([Document("bao-cao.txt", "", "Báo cáo", TEXT)])
    scores = score_all(cases, outcomes, corpus, lambda text, places: True)
    run = Run(
        "facts.jsonl", "corpus", "assistant", datetime(2026, 1, 2, tzinfo=UTC), {"a": "b" * 200}, scores
    )
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_page(run, report_wording("vi")), encoding="utf-8")
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 844)])
def test_the_report_fits_and_asks_for_nothing(
    chromium: Any, report: Path, width: int, height: int, dark: bool
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(report.as_uri())
    for details in page.locator("details").all():
        details.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert asked == [report.as_uri()]
    assert problems == []
    assert page.locator("svg").count() == 3
    assert all(box["height"] > 60 for box in (svg.bounding_box() for svg in page.locator("svg").all()))
    assert page.get_by_text("và 2 đoạn nữa").first.is_visible()
    found = Axe().run(page).response["violations"]
    assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []
    context.close()
