"""A small library of our own with real answers from it, a server, and a browser."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from assistant.errors import BadQuestion, OriginalMissing, UnknownDocument
from assistant.originals import Original
from assistant.source_blocks import blocks_of
from assistant.sources import PageBoxes, Place, SourceView, view_of
from assistant.stopping import Stop
from assistant.types import Answer, AnswerStatus, Citation, Delta, Done, Event, Retrieved, Statement
from index.types import Filters, Hit
from ingest.types import Document, Kind, Page, Passage

GUIDANCE_TEXT = """HƯỚNG DẪN
về mở lớp bồi dưỡng nhận thức về Đảng tại xã An Bình

1. Đối tượng học
Quần chúng ưu tú do chi đoàn giới thiệu, được chi bộ xem xét và lập danh sách trước ngày 15 tháng 3.

2. Thời gian và nội dung
Mỗi lớp học 5 ngày liên tục, gồm 5 chuyên đề và một buổi thảo luận. \
Cuối lớp, học viên viết bài thu hoạch; bài đạt từ 5 điểm trở lên được cấp giấy chứng nhận.

3. Kinh phí
Kinh phí mở lớp lấy từ ngân sách xã. Chi bộ không thu tiền của học viên.
"""

REPORT_TEXT = """Xã Hòa Lạc kết nạp đảng viên trẻ

Trong năm 2023, Đảng bộ xã Hòa Lạc kết nạp 27 đảng viên, trong đó có 16 đoàn viên thanh niên. \
Bí thư Đảng ủy xã cho biết kết quả này vượt chỉ tiêu đề ra từ đầu năm.

Theo Đảng ủy xã, khó khăn lớn nhất là nhiều quần chúng ưu tú đi làm ăn xa, \
thời gian sinh hoạt không ổn định nên việc theo dõi, giúp đỡ bị gián đoạn.
"""

#: Everything that a browser, a Markdown renderer, LaTeX or a template engine might act on.
HOSTILE_TEXT = r"""<script>window.hacked = 1</script> <img src=x onerror="window.hacked=2">

[bấm vào đây](javascript:window.hacked=3) ![ảnh](http://203.0.113.9/x.png) $\frac{1}{2}$ và $$x^2$$ \(y\)
**đậm** `mã` http://203.0.113.9/ www.example.org <!-- ẩn --> &lt;b&gt; &#60;

{{constructor}} ${window.hacked=4} </blockquote></article><iframe src="http://203.0.113.9/"></iframe>
<a href="javascript:window.hacked=5" title="x" onmouseover="window.hacked=6">kết thúc</a>
"""


def document(name: str, title: str, text: str, **fields: Any) -> Document:
    return Document(name, hashlib.sha256(text.encode()).hexdigest(), title, text, **fields)


def passages(doc: Document) -> tuple[Passage, ...]:
    """A passage for each block between blank lines."""
    found, start = [], 0
    for block in doc.text.split("\n\n"):
        text = block.strip("\n")
        at = doc.text.index(text, start)
        ordinal = len(found) + 1
        found.append(Passage(f"{doc.id}#{ordinal}", doc.id, ordinal, at, at + len(text), text))
        start = at + len(text)
    return tuple(found)


GUIDANCE = document(
    "huong-dan-lop-boi-duong",
    "Hướng dẫn mở lớp bồi dưỡng nhận thức về Đảng",
    GUIDANCE_TEXT,
    number="04-HD/ĐU",
    kind=Kind.GUIDANCE,
    issuer="Đảng ủy xã An Bình",
    issued_on=date(2022, 2, 10),
    pages=(Page(1, 0, 200), Page(2, 200, len(GUIDANCE_TEXT), confidence=0.874)),
)
REPORT = document("hoa-lac-ket-nap", "Xã Hòa Lạc kết nạp đảng viên trẻ", REPORT_TEXT, kind=Kind.ARTICLE)
HOSTILE = document(
    "hostile", HOSTILE_TEXT.replace("\n", " "), HOSTILE_TEXT, number="<b>1</b>", issuer="<i>x</i>"
)

#: question → (what is said, document, the quote); "" says the quote itself.
ANSWERS: dict[str, tuple[tuple[str, Document, str], ...]] = {
    "Lớp bồi dưỡng học mấy ngày?": (
        ("", GUIDANCE, "Mỗi lớp học 5 ngày liên tục, gồm 5 chuyên đề và một buổi thảo luận."),
        ("", GUIDANCE, "bài đạt từ 5 điểm trở lên được cấp giấy chứng nhận"),
        ("", GUIDANCE, "Chi bộ không thu tiền của học viên."),
    ),
    "Năm 2023 xã Hòa Lạc kết nạp bao nhiêu đảng viên?": (
        ("", REPORT, "Đảng bộ xã Hòa Lạc kết nạp 27 đảng viên, trong đó có 16 đoàn viên thanh niên"),
        ("Khó khăn: ", REPORT, "nhiều quần chúng ưu tú đi làm ăn xa, thời gian sinh hoạt không ổn định"),
    ),
    "Tài liệu lạ nói gì?": tuple(("", HOSTILE, block.text) for block in passages(HOSTILE)),
}


class HandBuiltSources:
    """The documents of a ``HandBuiltAssistant`` to look at; there are no files behind them."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self.documents = documents

    def view(self, place: Place, /) -> SourceView:
        found = self.documents.get(place.document_id)
        if found is None:
            raise UnknownDocument(place.document_id)
        return view_of(found, blocks_of(found), place)

    def more(self, place: Place, index: int, /, *, down: bool) -> SourceView:
        return replace(self.view(place), blocks=())

    def picture(self, document_id: str, number: int, /) -> Path:
        raise OriginalMissing(document_id)

    def boxes(self, place: Place, /) -> tuple[PageBoxes, ...]:
        raise OriginalMissing(place.document_id)

    def open_original(self, document_id: str, /) -> tuple[Original, BinaryIO, int]:
        raise OriginalMissing(document_id)


class HandBuiltAssistant:
    """Answers a few questions from a few documents; the same methods as the real one. Keeps nothing."""

    archive = None
    offers = None
    answers_at_once = 2

    def __init__(self, documents: Sequence[Document] = (GUIDANCE, REPORT, HOSTILE)) -> None:
        self.documents = {doc.id: doc for doc in documents}
        self.passages = {passage.id: passage for doc in documents for passage in passages(doc)}
        self.sources = HandBuiltSources(self.documents)
        self.histories: list[tuple[str, ...]] = []
        #: Called before each statement after the first: lets a test hold an answer under way.
        self.between: Callable[[], object] = lambda: None

    @property
    def library_is_empty(self) -> bool:
        return not self.documents

    def examples(self, n: int, /) -> tuple[str, ...]:
        return tuple(ANSWERS)[:n]

    def document(self, document_id: str, /) -> Document:
        return self.documents[document_id]

    def passage(self, passage_id: str, /) -> Passage:
        return self.passages[passage_id]

    def _passage_of(self, doc: Document, offset: int) -> Passage:
        return next(
            p for p in self.passages.values() if p.document_id == doc.id and p.start <= offset < p.end
        )

    def cite(self, marker: int, doc: Document, quote: str) -> Citation:
        start = doc.text.index(quote)
        passage = self._passage_of(doc, start)
        label = f"{doc.title}, đoạn {passage.ordinal}"
        return Citation(marker, doc.id, passage.id, start, start + len(quote), quote, label=label)

    def stream(
        self,
        question: str,
        /,
        *,
        history: Sequence[str] = (),
        filters: Filters = Filters(),
        literal: bool = False,
        stop: Stop | None = None,
    ) -> Iterator[Event]:
        self.histories.append(tuple(history))
        if len(question) > 2000:
            raise BadQuestion("Câu hỏi dài quá 2000 ký tự <b>. Hãy rút gọn câu hỏi.")
        if question == "hỏng":
            raise RuntimeError("secret detail of the defect")
        restored = question == "lop boi duong hoc may ngay" and not literal
        standalone = "Lớp bồi dưỡng học mấy ngày?" if restored else question
        if "Còn kinh phí" in question and history and not literal:
            standalone = history[-1]
        said = ANSWERS.get(standalone, ())
        statements = []
        for marker, (lead, doc, quote) in enumerate(said, 1):
            statements.append(Statement(f"{lead}{quote} [{marker}]", (self.cite(marker, doc, quote),)))
        near = [self.cite(1, GUIDANCE, "Kinh phí mở lớp lấy từ ngân sách xã.")] if not said else []
        cited = [c for s in statements for c in s.citations] + near
        hits = tuple(
            Hit(self.passages[key], self.documents[self.passages[key].document_id], 1.0)
            for key in dict.fromkeys(c.passage_id for c in cited)
        )
        yield Retrieved(standalone, hits)
        for number, statement in enumerate(statements):
            if number:
                self.between()
            yield Delta(statement)
        yield Done(
            Answer(
                question,
                standalone,
                AnswerStatus.GROUNDED if said else AnswerStatus.NOT_FOUND,
                statements=tuple(statements),
                nearest=tuple(near),
                hits=hits,
                message="" if said else "Không tìm thấy trong tài liệu đã nạp.",
            )
        )

    def ask(self, question: str, /, *, history: Sequence[str] = ()) -> Answer:
        *_, done = self.stream(question, history=history)
        assert isinstance(done, Done)
        return done.answer


@pytest.fixture
def assistant() -> HandBuiltAssistant:
    return HandBuiltAssistant()


@pytest.fixture(scope="session")
def new_assistant() -> Callable[..., HandBuiltAssistant]:
    """Makes an assistant: ``new_assistant(documents)``."""
    return HandBuiltAssistant


#: Popups of Chromium's own address bar, which nobody sees: it makes two pages of them beside each page that
#: a test opens, and takes twice as long over them as over an empty page.
ADDRESS_BAR = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
#: What Playwright turns off itself. Of two lists Chromium obeys the last alone, so that ours repeats it.
PLAYWRIGHTS = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Any]:
    """A running headless Chromium that makes no connection of its own.

    Closed with its module: while it runs, no other test of this process can start an event loop.
    """
    from playwright.sync_api import sync_playwright

    quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking"]
    quiet += ["--disable-component-update", "--disable-sync", "--disable-gpu", "--no-sandbox"]
    quiet += [f"--disable-features={','.join((*PLAYWRIGHTS, *ADDRESS_BAR))}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, headless=True, args=quiet)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A fresh visitor's page, and every address that it asked for."""

    page: Any
    requested: list[str]

    def ask(self, question: str) -> None:
        box = self.page.locator("#pba-box textarea")
        box.fill(question)
        box.press("Enter")

    def answer(self, turn: int = 1) -> Any:
        """The finished answer of a turn: waits for its copy link, which only a whole answer has."""
        found = self.page.locator(f".pba-answer.pba-turn-{turn}")
        found.locator(".pba-copy").wait_for()
        return found

    def welcome(self) -> None:
        self.page.locator(".pba-welcome").wait_for()

    def outside(self) -> list[str]:
        """What was asked of anything but this machine."""
        inside = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:")
        return [url for url in self.requested if not url.startswith(inside)]


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Visit]]:
    """Open a page as a new visitor: ``visit(address, width=, height=, dark=)``."""
    contexts = []

    def open_page(address: str, *, width: int = 1280, height: int = 800, dark: bool = False) -> Visit:
        scheme = "dark" if dark else "light"
        context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(90_000)
        visited = Visit(page, [])
        page.on("request", lambda request: visited.requested.append(request.url))
        page.goto(address)
        page.locator("#pba-box textarea").wait_for()
        return visited

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def served() -> Iterator[Callable[..., str]]:
    """Serve an assistant on a free port until the module's tests end; gives the address."""
    from ui.launch import launch

    running = []

    def serve(assistant: Any, **options: Any) -> str:
        serving = launch(assistant, port=0, block=False, on_ready=lambda address: None, **options)
        running.append(serving)
        return serving.address

    yield serve
    for serving in running:
        serving.close()
