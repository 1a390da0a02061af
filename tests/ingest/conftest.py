"""Small real files for the readers, made on the spot."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

#: Of our own writing; every Vietnamese mark occurs in it.
SENTENCES = (
    "Trong quý một, Đảng ủy phường Hòa Bình đã kết nạp mười bốn quần chúng ưu tú vào Đảng.",
    "Mỗi chi bộ phân công hai đảng viên chính thức giúp đỡ một người trong suốt thời gian dự bị.",
    "Việc chia sẻ kinh nghiệm giữa các khu phố được tổ chức vào ngày mồng mười hằng tháng.",
    "Cấp ủy lắng nghe phản hồi của nhân dân, kịp thời điều chỉnh nghị quyết cho sát thực tế.",
    "Nhờ vậy, số khu dân cư chưa có tổ chức đảng giảm từ bảy xuống còn hai.",
)


def _root_conftest() -> ModuleType:
    spec = importlib.util.spec_from_file_location("root_conftest", Path(__file__).parents[1] / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sentences() -> Sequence[str]:
    return SENTENCES


@pytest.fixture(scope="session")
def font() -> Path:
    """A TrueType font with the Vietnamese letters; tests that use it are marked ``system("font")``."""
    found = _root_conftest().find_font()
    assert found is not None
    return Path(found)


@pytest.fixture
def make_pdf(tmp_path: Path, font: Path) -> Callable[..., Path]:
    """``make_pdf("a.pdf", pages=[["paragraph", …], …])`` writes a PDF with a text layer."""
    from fpdf import FPDF

    def make(
        name: str,
        pages: Sequence[Sequence[str]],
        *,
        header: str = "",
        numbered: bool = False,
        password: str | None = None,
        width: float = 0,
    ) -> Path:
        class Paper(FPDF):
            def header(self) -> None:
                if header:
                    self.set_font("body", size=9)
                    self.set_y(8)
                    self.cell(0, 5, header, new_x="LMARGIN", new_y="NEXT")
                    self.ln(8)

            def footer(self) -> None:
                if numbered:
                    self.set_y(-12)
                    self.set_font("body", size=9)
                    self.cell(0, 5, str(self.page_no()), align="C")

        paper = Paper()
        paper.add_font("body", fname=str(font))
        paper.set_title("Tệp thử nghiệm")
        if password is not None:
            paper.set_encryption(owner_password="owner", user_password=password)
        for paragraphs in pages:
            paper.add_page()
            paper.set_font("body", size=12)
            for paragraph in paragraphs:
                paper.multi_cell(width, 6, paragraph, align="L", new_x="LMARGIN", new_y="NEXT")
                paper.ln(3)
        path = tmp_path / name
        paper.output(str(path))
        return path

    return make


@pytest.fixture
def draw_page(font: Path) -> Callable[..., object]:
    """``draw_page(["line", …])`` draws a page as a scanner would see it, at 150 dpi."""
    from PIL import Image, ImageDraw, ImageFont

    def draw(lines: Sequence[str], *, tilt: float = 0.0, size: int = 25) -> Image.Image:
        page = Image.new("L", (1240, 900), 255)
        pen = ImageDraw.Draw(page)
        letters = ImageFont.truetype(str(font), size)
        for number, line in enumerate(lines):
            pen.text((90, 90 + number * round(size * 1.9)), line, font=letters, fill=0)
        return page.rotate(tilt, fillcolor=255, expand=True) if tilt else page

    return draw
