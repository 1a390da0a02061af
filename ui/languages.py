"""The page in its other language, beside the first: launched in Vietnamese, ``/en/`` is the English page.

Each language is a whole page, built like the first and served by the same server, so that an address always
means the same words and two tabs can differ. ``static/language.js`` keeps the choice in the browser.
"""

from __future__ import annotations

from ui.escape import inert_line
from ui.wording import LANGUAGES, Wording, wording


def paths(first: str) -> dict[str, str]:
    """The path of each language's page, where the page was launched in ``first``."""
    return {language: "/" if language == first else f"/{language}/" for language in LANGUAGES}


def other_than(language: str) -> str:
    """The language to change to."""
    return next(other for other in LANGUAGES if other != language)


def switch(words: Wording) -> str:
    """The link to the page in the other language, in that language. The script knows where it leads."""
    other = other_than(words.language)
    name = inert_line(wording(other).name)
    return (
        f'<a class="pba-language" href="#{other}" hreflang="{other}" lang="{other}" title="{name}"'
        f' aria-label="{name}">{other.upper()}</a>'
    )
