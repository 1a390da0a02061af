"""What the pages of teaching material and of question sets are mounted with: places, events, the script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

#: Of an event: Gradio shows nothing of its own, no program may call it.
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
#: The same of one that any number of visitors may ask for at a time.
FREE: dict[str, Any] = {**QUIET, "concurrency_limit": None}
_STATIC = Path(__file__).parent / "static"


def place(name: str, value: str = "") -> gr.HTML:
    """Where HTML is shown, by its id."""
    return gr.HTML(value, elem_id=name, apply_default_css=False, js_on_load=None)


def hub(name: str, state: str, script: str) -> gr.HTML:
    """The place whose events the script triggers, and which tells it by ``state`` that an act is done."""
    read = "\n".join((_STATIC / file).read_text(encoding="utf-8") for file in ("acts.js", script))
    return gr.HTML(state, elem_id=name, apply_default_css=False, js_on_load=read)


def data_of(event: gr.EventData) -> dict[str, Any]:
    """What the script says with an event."""
    return dict(event._data or {})


def values_of(event: gr.EventData) -> dict[str, Any]:
    """What the form says that the script sends with an event."""
    values = data_of(event).get("values")
    return values if isinstance(values, dict) else {}
