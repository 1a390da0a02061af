"""Quotes translated for a reader of another language: shown beside the quote, as what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.llm.errors import ModelFailed
from assistant.llm.gathering import gather
from assistant.llm.injected import is_addressed
from assistant.llm.prompt import as_data, fence_key
from assistant.llm.types import LanguageModel, Message, Usage
from assistant.llm.visible import visible
from assistant.stopping import Stop
from assistant.types import Answer, Citation, Statement
from assistant.verification.language import is_english
from assistant.verification.translations import translation_differences
from prompts import render, version

#: Seconds after which an answer goes without translations.
LONGEST_WAIT = 30.0
#: Characters of a quote that is translated: a whole page of one would take the time of all others.
_LONGEST_QUOTE = 2_000
#: Tokens of a translation for each of its quote's, and tokens around each.
_GROWTH, _AROUND = 1.3, 16
_LEAST_LENGTH, _MOST_LENGTH = 0.3, 3.0
_LINE = re.compile(r"^[ \t>*-]*\[(\d{1,3})\][ \t]*[:.–-]?[ \t]*(\S.*)$", re.MULTILINE)
#: What no translation holds: addresses, markup, markers, our fences.
FOREIGN = re.compile(
    r"[<>`\\|]|://|\bwww\.|\]\(|!\[|\[\^?\d|【|\*\*|__|\bmailto:|\b[\w-]+\.(?:com|net|org|io|vn|info|xyz|dev|ru|cn)\b|&#?\w+;",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"""^["“«]+|["”»]+$""")

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Translated:
    """An answer with what could be had of translations.

    Attributes:
        answer: as it was, but for ``Citation.translation``.
        translated: quotes that have one now; ``dropped``: that were given one which did not check.
        left_out: quotes that did not fit into what the model can read and write.
        failure: why there are none.
        usage: tokens of the request, ``None`` where none was made.
        seconds: that the model was waited for.
    """

    answer: Answer
    translated: int = 0
    dropped: int = 0
    left_out: int = 0
    failure: ModelFailed | None = None
    usage: Usage | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Block:
    """One quote as the template shows it."""

    number: int
    text: str


def translate(
    model: LanguageModel, answer: Answer, *, seconds: float = LONGEST_WAIT, stop: Stop | None = None
) -> Translated:
    """Have the quotes of ``answer`` that are in another language than it translated, in one request.

    A translation whose figures, dates, names or denials are not those of its quote is dropped. A failure
    raises nothing: the answer stands without translations.

    Args:
        seconds: after which it does.
        stop: told when nobody waits for the answer any more.

    Raises:
        AnswerStopped: ``stop`` was told so.
    """
    quotes = _foreign_quotes(answer)
    chosen = _fitting(model, quotes, answer.language)
    if not chosen:
        return Translated(answer, left_out=len(quotes))
    key, request = _request(list(chosen.values()), answer.language)
    got = gather(
        model,
        [Message("user", request)],
        max_tokens=min(model.max_tokens, sum(_reply_tokens(model, quote) for quote in chosen.values())),
        seconds=seconds,
        longest=round(_MOST_LENGTH * sum(map(len, chosen.values()))) + 100 * len(chosen),
        stop=stop,
    )
    told = Translated(
        answer,
        left_out=len(quotes) - len(chosen),
        failure=got.failure,
        usage=got.usage,
        seconds=got.seconds,
    )
    if got.failure is not None:
        return told
    said = numbered(got.text, cut=got.cut)
    good: dict[Place, str] = {}
    for number, (place, quote) in enumerate(chosen.items(), start=1):
        text = said.get(number, "")
        if text and key not in text and is_translation(quote, text, language=answer.language):
            good[place] = text
    given = sum(number in said for number in range(1, len(chosen) + 1))
    return replace(told, answer=_with(answer, good), translated=len(good), dropped=given - len(good))


def is_translation(quote: str, text: str, *, language: str) -> bool:
    """Whether ``text`` may be shown as the translation of ``quote`` into ``language`` ("vi", "en")."""
    if not _LEAST_LENGTH * len(quote) <= len(text) <= _MOST_LENGTH * len(quote):
        return False
    if FOREIGN.search(text) or is_addressed(text):
        return False
    return not translation_differences(quote, text, language=language)


def prompt_version(language: str) -> str:
    """Changes with the request for translations."""
    return version("translation", language)


def _foreign_quotes(answer: Answer) -> dict[Place, str]:
    """The quotes of an answer that are not in its language, each once, in the order of their markers."""
    found: dict[Place, str] = {}
    for citation in answer.citations:
        other = is_english(citation.quote) != (answer.language == "en")
        if other and not citation.is_gone and not is_addressed(citation.quote):
            found.setdefault(_place(citation), citation.quote)
    return found


def _place(citation: Citation) -> Place:
    return citation.document_id, citation.start, citation.end


def _fitting(model: LanguageModel, quotes: Mapping[Place, str], language: str) -> dict[Place, str]:
    """As many of the quotes as the model can read and write at once, in their order."""
    free = model.context_window - model.count(_request([], language)[1]) - 2 * _AROUND
    written = 0
    chosen: dict[Place, str] = {}
    for place, quote in quotes.items():
        if len(quote) > _LONGEST_QUOTE:
            continue
        reply = _reply_tokens(model, quote)
        tokens = model.count(as_data(quote)) + 2 * _AROUND + reply
        if tokens > free or written + reply > model.max_tokens:
            continue
        free, written = free - tokens, written + reply
        chosen[place] = quote
    return chosen


def _reply_tokens(model: LanguageModel, quote: str) -> int:
    return round(_GROWTH * model.count(quote)) + _AROUND


def _request(quotes: Sequence[str], language: str) -> tuple[str, str]:
    """The key of the fences, and the request."""
    blocks = [_Block(number, as_data(quote)) for number, quote in enumerate(quotes, start=1)]
    key = fence_key("\0".join(block.text for block in blocks))
    return key, render("translation", language, key=key, quotes=blocks)


def numbered(text: str, *, cut: bool) -> dict[int, str]:
    """Number → what was written for it; a number that was used twice stands for neither."""
    text = visible(text)
    if cut and "\n" in text:
        text = text[: text.rindex("\n")]
    elif cut:
        text = ""
    found: dict[int, str] = {}
    twice: set[int] = set()
    for match in _LINE.finditer(text):
        number = int(match[1])
        if number in found:
            twice.add(number)
        found[number] = _QUOTED.sub("", match[2].strip()).strip()
    return {number: said for number, said in found.items() if number not in twice}


def _with(answer: Answer, translations: Mapping[Place, str]) -> Answer:
    if not translations:
        return answer

    def told(citation: Citation) -> Citation:
        text = translations.get(_place(citation))
        return replace(citation, translation=text) if text else citation

    def over(statements: Sequence[Statement]) -> tuple[Statement, ...]:
        return tuple(
            replace(statement, citations=tuple(map(told, statement.citations))) for statement in statements
        )

    return replace(answer, statements=over(answer.statements), withheld=over(answer.withheld))
