"""The typeface of PDF files: Be Vietnam Pro, that of the page, as TrueType (SIL Open Font License).

The files in ``fonts/`` are those of the page's ``.woff2`` files, unpacked; a PDF embeds the letters it uses.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

FOLDER = Path(__file__).parent / "fonts"
TEXT, BOLD, ITALIC = "BeVietnamPro-Regular", "BeVietnamPro-Bold", "BeVietnamPro-Italic"
#: What the typeface has no letter for, in its own letters.
_INSTEAD = str.maketrans({"☐": "[  ]", "→": "›", "\u2011": "-", "\u00ad": ""})


@cache
def register() -> None:
    """Make the faces known to reportlab; bold italic is drawn bold."""
    for name in (TEXT, BOLD, ITALIC):
        registerFont(TTFont(name, FOLDER / f"{name}.ttf"))
    for bold in (0, 1):
        for italic in (0, 1):
            addMapping(TEXT, bold, italic, BOLD if bold else ITALIC if italic else TEXT)


def drawable(text: str) -> str:
    """The text with what the typeface lacks replaced."""
    return text.translate(_INSTEAD)


def text_width(text: str, size: float) -> float:
    register()
    return float(stringWidth(drawable(text), TEXT, size))


def bold_width(text: str, size: float) -> float:
    register()
    return float(stringWidth(drawable(text), BOLD, size))
