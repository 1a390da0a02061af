"""What came of asking a language model for an answer, and when it is too little."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.llm.errors import ModelFailed
from assistant.llm.types import Usage
from assistant.phrases import words
from assistant.types import Cost, Statement, Verdict

#: A statement with one of these verdicts may be shown as what the documents say.
BORNE_OUT = frozenset({Verdict.VERBATIM, Verdict.SUPPORTED})
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
#: Share of the words of an answer without figures that must be said again.
_SAID_AGAIN = 0.5


class Mode(StrEnum):
    """What becomes of a sentence that checking does not bear out.

    ``STRICT`` withholds it; ``MARK`` shows it with its verdict; ``OFF`` checks nothing and shows every
    sentence as not verified, its markers standing for whole passages.
    """

    STRICT = "strict"
    MARK = "mark"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of what a model wrote.

    Attributes:
        statements: all that were given out, in reading order.
        withheld: what was written and kept back, in reading order; its markers go on from those shown.
        insufficient: too little is left to be the answer; the caller answers by quotation.
        refused: the model said that the passages do not answer.
        failure: why the reply is missing or not whole.
        cut: the reply ended before the model did.
        repeated: sentences dropped because they repeated our own instructions.
        left_out: passages that did not fit into what the model can read.
        usage: tokens of the request, ``None`` where none was made.
        first_word: seconds from the call to the first piece of the reply, ``None`` if none came.
        seconds: from the call to the end of the reply.
    """

    model: str
    prompt_version: str
    statements: tuple[Statement, ...] = ()
    withheld: tuple[Statement, ...] = ()
    insufficient: bool = True
    refused: bool = False
    failure: ModelFailed | None = None
    cut: bool = False
    repeated: int = 0
    left_out: int = 0
    usage: Usage | None = None
    first_word: float | None = None
    seconds: float = 0.0

    @property
    def approximations(self) -> tuple[str, ...]:
        """Figures in the statements that only come near those cited, each once."""
        return tuple(dict.fromkeys(figure for said in self.statements for figure in said.approximations))

    @property
    def cost(self) -> Cost | None:
        """What it took; ``None`` where no request was made."""
        if self.usage is None:
            return None
        return Cost(
            model=self.model,
            prompt_version=self.prompt_version,
            tokens_in=self.usage.tokens_in,
            tokens_out=self.usage.tokens_out,
            counted=self.usage.counted,
            first_word=self.first_word,
            seconds=self.seconds,
        )


def is_insufficient(
    mode: Mode, statements: Sequence[Statement], withheld: Sequence[Statement], extract: Sequence[Statement]
) -> bool:
    """Whether the statements are too little to take the place of the answer by quotation.

    They are if there is none; where sentences are checked, also if none of them is borne out, if fewer are
    borne out than are not, or if those lack what the answer by quotation has as its answer.
    """
    if not statements:
        return True
    if mode is Mode.OFF:
        return False
    good = [statement for statement in statements if statement.verdict in BORNE_OUT]
    if not good:
        return True
    bad = len(statements) - len(good) + len(withheld)
    if len(good) < bad and mode is Mode.STRICT:
        return True
    return bool(extract) and not answers_as(good, extract)


def answers_as(statements: Iterable[Statement], extract: Sequence[Statement]) -> bool:
    """Whether statements have what an answer by quotation has as its answer: its first statement.

    They do if one cites a place that it quotes too, or has a figure of the part that answers, or, where that
    has no figure, half of its words. Translations are told by their citations.
    """
    first = extract[0]
    places = [(cited.document_id, cited.start, cited.end) for cited in first.citations]
    answer = " ".join(first.text[start:end] for start, end in first.emphasis)
    figures = set(_FIGURE.findall(answer))
    wanted = set(words(answer))
    for statement in statements:
        cited = [(citation.document_id, citation.start, citation.end) for citation in statement.citations]
        if any(one == other and a < d and c < b for one, a, b in cited for other, c, d in places):
            return True
        if figures:
            if figures.intersection(_FIGURE.findall(statement.text)):
                return True
        elif wanted and len(wanted.intersection(words(statement.text))) >= _SAID_AGAIN * len(wanted):
            return True
    return False
