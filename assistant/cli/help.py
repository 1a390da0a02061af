"""Help texts: Vietnamese first, English second."""

from __future__ import annotations

from assistant.text_en import WORDING as ENGLISH
from assistant.text_vi import WORDING as VIETNAMESE


def both(name: str) -> str:
    """Two paragraphs, for the help of a command."""
    return f"{VIETNAMESE.help[name]}\n\n{ENGLISH.help[name]}"


def brief(name: str) -> str:
    """One line, for an option or a list of commands."""
    return f"{VIETNAMESE.help[name]} · {ENGLISH.help[name]}"
