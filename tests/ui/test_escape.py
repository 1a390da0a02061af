"""Text from documents and questions shows as it is and does nothing."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ui.escape import inert, inert_line

visible = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")) | st.just("\n"))


def shown(html: str) -> str:
    """What a browser shows for HTML that has no element but line breaks."""
    return unescape(html.replace("<br>", "\n"))


@given(visible)
def test_shows_exactly_the_text(text: str) -> None:
    assert shown(inert(text)) == text


@given(st.text())
def test_leaves_nothing_that_any_renderer_acts_on(text: str) -> None:
    html = re.sub(r"&#\d+;|<br>", "", inert(text))
    assert not set(html) & set("<>\"'&`*_[](){}#!|\\$^~@:\n\r\x00\u202e")


@pytest.mark.parametrize(
    "text",
    [
        "**đậm** _nghiêng_ `mã`",
        "[x](javascript:alert(1))",
        "![](http://203.0.113.9/x.png)",
        "http://203.0.113.9/ a@example.org",
        "một\n\n# hai\n\n- ba\n\n    bốn",
        "<script>alert(1)</script>",
    ],
)
def test_markdown_leaves_a_message_alone(text: str) -> None:
    message = f"<div>{inert(text)}</div>"
    assert MarkdownIt("commonmark").render(message).strip() == message


def test_a_line_for_an_attribute_is_one_line_and_cut() -> None:
    assert inert_line('một\n  hai "ba"') == "một hai &#34;ba&#34;"
    assert inert_line("abcdef", 4) == "abc…"
    assert inert_line("abcd", 4) == "abcd"
