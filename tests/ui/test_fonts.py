"""The page's own font: every Vietnamese letter in every face, and drawn by the browser."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from ui import fonts

_BASES = "AĂÂEÊIOÔƠUƯY"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = {unicodedata.normalize("NFC", base + tone) for base in _BASES for tone in _TONES} | {"Đ"}
LETTERS = VIETNAMESE | {letter.lower() for letter in VIETNAMESE}
PUNCTUATION = set("–—…“”‘’•§₫×≥≤°½")
ASCII = {chr(code) for code in range(0x20, 0x7F)}
#: Text that comes with its marks apart is drawn as well.
MARKS = set("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")


def test_what_is_checked_is_the_whole_alphabet() -> None:
    assert len(LETTERS) == 146
    assert {chr(code) for code in range(0x1EA0, 0x1EFA)} <= LETTERS


@pytest.mark.parametrize("name", fonts.FACES)
def test_a_face_has_every_letter(name: str) -> None:
    font = TTFont(fonts.FOLDER / name)
    assert {chr(code) for code in font.getBestCmap()} >= LETTERS | PUNCTUATION | ASCII | MARKS
    weight, style = fonts.FACES[name]
    assert font["OS/2"].usWeightClass == int(weight)
    assert bool(font["post"].italicAngle) == (style == "italic")


def test_every_face_and_its_licence_are_there() -> None:
    assert {path.name for path in fonts.FOLDER.iterdir()} == {*fonts.FACES, "OFL.txt"}
    assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts.FOLDER / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.browser
def test_the_page_is_drawn_in_it(
    served: Callable[..., str], new_assistant: Callable[..., Any], visit: Callable[..., Any]
) -> None:
    visitor = visit(served(new_assistant()))
    visitor.welcome()
    page = visitor.page
    page.wait_for_function("[...document.fonts].some((face) => face.status === 'loaded')")
    # What the browser really drew with, not what the style asks for.
    debugger = page.context.new_cdp_session(page)
    debugger.send("DOM.enable")
    debugger.send("CSS.enable")
    root = debugger.send("DOM.getDocument")["root"]["nodeId"]
    for selector in (".pba-title", ".pba-welcome-title", "#pba-chat .example-text"):
        node = debugger.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        drawn = debugger.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert [(font["familyName"].startswith(fonts.FAMILY), font["isCustomFont"]) for font in drawn] == [
            (True, True)
        ], (selector, drawn)
    assert visitor.outside() == []
    assert page.request.get(page.url.rstrip("/") + "/pba/fonts/../chat.css").status == 404
    assert page.request.get(page.url.rstrip("/") + "/pba/fonts/other.woff2").status == 404
