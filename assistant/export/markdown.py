"""A transcript as Markdown with footnotes (``[^1]``), as Pandoc, GitHub and most editors read them."""

from __future__ import annotations

import re

from assistant.export.transcript import Paragraph, Run, Style, Transcript

_MEANINGFUL = re.compile(r"[\\`*_{}\[\]<>#|~$&^]")
#: What would make a list or a rule of a paragraph that begins with it.
_LEADING = re.compile(r"^(?:(?P<number>\d{1,9})(?P<point>[.)])(?=\s|$)|(?P<dash>[-+=]))")


def to_markdown(transcript: Transcript) -> str:
    """The whole file; ends with a newline."""
    blocks = [f"# {escaped(transcript.title)}", f"*{escaped(transcript.subtitle)}*"]
    blocks += [_block(paragraph) for paragraph in transcript.paragraphs]
    blocks += [f"[^{number}]: {escaped(note)}" for number, note in enumerate(transcript.notes, 1)]
    return "\n\n".join(blocks) + "\n"


def _block(paragraph: Paragraph) -> str:
    line = "".join(_run(run, first=position == 0) for position, run in enumerate(paragraph.runs))
    match paragraph.style:
        case Style.QUESTION:
            return f"## {line}"
        case Style.ABOUT:
            return f"*{line}*" if not line.startswith("**") else line
        case Style.ITEM:
            return f"- {line}"
        case Style.WARNING:
            return f"> {line}"
        case Style.STATEMENT:
            return line


def _run(run: Run, *, first: bool) -> str:
    if run.note is not None:
        return f"[^{run.note}]"
    text = escaped(run.text, first=first)
    if not run.bold or not text.strip():
        return text
    # Markdown wants no blank inside of the stars.
    lead, trail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{lead}**{text.strip()}**{trail}"


def escaped(text: str, *, first: bool = True) -> str:
    """Text that a Markdown reader shows as it is, on one line."""
    line = re.sub(r"\s*\n\s*", " ", text)
    line = _MEANINGFUL.sub(lambda found: "\\" + found.group(), line)
    if not first:
        return line
    return _LEADING.sub(
        lambda found: f"{found['number']}\\{found['point']}" if found["number"] else f"\\{found['dash']}",
        line,
    )
