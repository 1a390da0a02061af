"""How the page looks: colours and fonts, and the style and script that go into its head."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ui import fonts
from ui.viewer import shell
from ui.wording import Wording

if TYPE_CHECKING:
    import gradio as gr

STATIC = Path(__file__).parent / "static"
#: Read in this order; the viewer builds on the chat.
STYLES = (
    "chat.css",
    "viewer.css",
    "history.css",
    "documents.css",
    "parts.css",
    "study.css",
    "sets.css",
    "narrowing.css",
    "print.css",
)
SCRIPTS = ("language.js", "chat.js", "viewer.js", "documents.js")
#: The page's own, then fonts of Windows, Android, Linux and macOS that have every Vietnamese letter.
FONTS = (
    fonts.FAMILY,
    "Segoe UI",
    "Roboto",
    "Noto Sans",
    "Liberation Sans",
    "Helvetica Neue",
    "Arial",
    "sans-serif",
)
MONO = ("Consolas", "Roboto Mono", "Noto Sans Mono", "Liberation Mono", "Menlo", "monospace")


def theme() -> gr.themes.Base:
    """The page's colours and fonts."""
    import gradio as gr

    red = gr.themes.Color(
        name="pba-red",
        c50="#fdf3f2",
        c100="#fae3e1",
        c200="#f3c4c0",
        c300="#e99a94",
        c400="#dc6b63",
        c500="#c8423a",
        c600="#a9241f",
        c700="#8f1b18",
        c800="#741714",
        c900="#5c1311",
        c950="#3a0b0a",
    )
    return gr.themes.Base(
        primary_hue=red,
        secondary_hue=gr.themes.colors.stone,
        neutral_hue=gr.themes.colors.stone,
        font=[gr.themes.Font(name) for name in FONTS],
        font_mono=[gr.themes.Font(name) for name in MONO],
    )


def _read(*names: str) -> str:
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


def head(words: Wording, paths: Mapping[str, str]) -> str:
    """Style and script of the page, inline. Gradio would rewrite the selectors of ``css=``."""
    style, script = f"{fonts.faces()}\n{_read(*STYLES)}", _read(*SCRIPTS)
    text = words.viewer
    texts = {
        "language": words.language,
        "paths": dict(paths),
        "copied": words.copied,
        "copyFailed": words.copy_failed,
        "viewer": shell(words),
        "count": text.count,
        "loading": text.loading,
        "failed": text.failed,
        "boxing": text.boxing,
        "notBoxed": text.not_boxed,
        "noPicture": text.no_picture,
    }
    said = json.dumps(texts).replace("<", "\\u003c")
    return f"<style>{style}</style><script>window.pbaWords = {said};</script><script>{script}</script>"
