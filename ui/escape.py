"""Text of documents and questions, made inert before it becomes part of the page.

Messages pass through a Markdown renderer and source cards through a template engine, so
escaping HTML is not enough: every character that any of them gives a meaning becomes a
numeric reference, which both leave alone and the browser shows as the character it is.
"""

from __future__ import annotations

import re

#: HTML, Markdown, LaTeX, JavaScript templates, Handlebars; ":" and "@" stop automatic links.
_MEANINGFUL = re.compile(r"[&<>\"'`*_~\[\](){}#!|\\$^=:@]")
#: Control characters have no glyph, and some end or hide the text that follows.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def inert(text: str) -> str:
    """``text`` as HTML that shows exactly ``text`` and does nothing.

    Newlines become ``<br>``: a blank line would end the HTML block that a message is.
    Control and direction-override characters are left out.
    """
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = _MEANINGFUL.sub(lambda found: f"&#{ord(found.group())};", text)
    return escaped.replace("\n", "<br>")


def inert_line(text: str, limit: int | None = None) -> str:
    """Like ``inert``, on one line; cut at ``limit`` characters of ``text``. Fit for attributes."""
    line = " ".join(text.split())
    if limit is not None and len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return inert(line)
