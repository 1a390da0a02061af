"""What the parts of the page that make things are built of: buttons, markers, notices, fields, folds.

Pure functions, values to HTML. ``data-act`` and ``data-key`` on a button say what it asks for, of which
thing; ``ui/static/acts.js`` tells the server, and brings the keyboard back to the same button afterwards.
"""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime

from assistant.types import Citation
from ui.escape import inert, inert_line
from ui.place import place_link
from ui.wording import Wording

#: Characters of a quote shown when the pointer rests on its marker.
QUOTE_SHOWN = 400


def button(act: str, key: str, text: str, *, name: str = "", style: str = "", disabled: bool = False) -> str:
    """A button. ``name`` is what it is called where ``text`` alone would not do."""
    label = f' aria-label="{inert_line(name)}"' if name else ""
    off = " disabled" if disabled else ""
    return (
        f'<button type="button" class="pba-act{f" {style}" if style else ""}" data-act="{act}"'
        f' data-key="{inert_line(key)}"{label}{off}>{inert_line(text)}</button>'
    )


def marks(citations: Iterable[Citation]) -> str:
    """The markers [n] of citations, each a link that opens the source viewer."""
    once = {citation.marker: citation for citation in citations}
    links = "".join(
        f'<a class="pba-cite" href="{place_link(citation)}" title="{inert_line(citation.quote, QUOTE_SHOWN)}"'
        f' data-label="{inert_line(citation.label)}">[{marker}]</a>'
        for marker, citation in once.items()
    )
    return f' <span class="pba-markers">{links}</span>' if links else ""


def notice(text: str, dismiss: str, *, bad: bool = False, after: str = "") -> str:
    """What just happened.

    Args:
        dismiss: what the button is called that takes it away.
        after: HTML that follows it: a way to undo it.
    """
    if not text:
        return ""
    style = "pba-failure" if bad else "pba-done"
    return (
        f'<div class="{style}" role="{"alert" if bad else "status"}"><span>{inert(text)}</span> {after}'
        f'<button type="button" class="pba-act pba-dismiss" aria-label="{inert_line(dismiss)}">✕'
        f"</button></div>"
    )


def field(label: str, control: str, hint: str = "") -> str:
    """A labelled control of a form; the label holds it."""
    told = f'<span class="pba-hint">{inert_line(hint)}</span>' if hint else ""
    return f'<label class="pba-field"><span>{inert_line(label)}</span>{control}{told}</label>'


def text_input(name: str, value: str, *, longest: int = 400) -> str:
    return (
        f'<input type="text" name="{name}" value="{inert_line(value)}" maxlength="{longest}"'
        ' autocomplete="off"/>'
    )


def text_area(name: str, value: str, *, rows: int = 3, longest: int = 4000) -> str:
    said = inert(value).replace("<br>", "&#10;")
    return f'<textarea name="{name}" rows="{rows}" maxlength="{longest}">{said}</textarea>'


def number_input(name: str, value: int, least: int, most: int) -> str:
    return (
        f'<input type="number" name="{name}" value="{value}" min="{least}" max="{most}" step="1" required'
        ' inputmode="numeric"/>'
    )


def chosen(kind: str, name: str, value: str, label: str, *, on: bool) -> str:
    """A radio button or checkbox with its label."""
    ticked = " checked" if on else ""
    return (
        f'<label class="pba-choice"><input type="{kind}" name="{name}" value="{inert_line(value)}"{ticked}/>'
        f" <span>{inert_line(label)}</span></label>"
    )


def group(legend: str, choices: Iterable[str], *, style: str = "") -> str:
    """Choices that belong together, under their name."""
    return (
        f'<fieldset class="pba-group-of{f" {style}" if style else ""}"><legend>{inert_line(legend)}</legend>'
        f'<div class="pba-choices">{"".join(choices)}</div></fieldset>'
    )


def fold(summary: str, body: str, *, style: str = "", open_now: bool = False) -> str:
    """What is shown on request."""
    return (
        f'<details class="pba-fold{f" {style}" if style else ""}"{" open" if open_now else ""}>'
        f"<summary>{inert_line(summary)}</summary>{body}</details>"
    )


def moment(when: datetime, words: Wording) -> str:
    """When something was saved, by the clock of the server."""
    local = when.astimezone()
    return f"{words.day(local.date())}, {local:%H:%M}"


def file_link(part: str, name: str, media_type: str, data: bytes) -> str:
    """A file as a link that holds all of it, which the script of ``part`` saves: "study" or "sets"."""
    # One file and the next of the same content are told apart.
    nonce = secrets.token_hex(4)
    return (
        f'<a id="pba-{part}-file-link" data-nonce="{nonce}" data-type="{inert_line(media_type)}"'
        f' data-name="{inert_line(name)}" data-base64="{b64encode(data).decode()}"></a>'
    )
