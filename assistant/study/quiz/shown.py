"""What a quiz item shows, asks and holds for right, as texts."""

from __future__ import annotations

from assistant.study.quiz.said import content
from assistant.study.quiz.wording import answered, bare
from assistant.study.types import QuizItem, QuizKind
from assistant.types import Citation


def keys(item: QuizItem) -> tuple[str, ...]:
    """The right answers: one of a question for a fact, several of a list; of pairs and steps their ends."""
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            return tuple(option.text for option in item.options if option.right)
        case QuizKind.FILL | QuizKind.SHORT:
            return item.accepted[:1]
        case QuizKind.MATCH:
            return tuple(pair.right for pair in item.pairs)
        case QuizKind.ORDER:
            return tuple(step.text for step in item.steps)
        case _:
            return ()


def claim(item: QuizItem) -> str:
    """What the item states once it is answered; "" of lists, pairs and steps."""
    if item.kind is QuizKind.TRUE_FALSE:
        return bare(item.stem)
    if item.kind in (QuizKind.MULTIPLE, QuizKind.MATCH, QuizKind.ORDER) or not keys(item):
        return ""
    return answered(item.stem, keys(item)[0])


def asks_about(item: QuizItem) -> frozenset[str]:
    """The words that tell what is asked about."""
    return content(bare(item.stem))


def read(item: QuizItem) -> tuple[str, ...]:
    """What a learner reads of an item, text by text: the stem with each choice, each pair, all steps."""
    stem = bare(item.stem)
    texts = [stem, *(f"{stem} {option.text}" for option in item.options)]
    texts += [f"{stem} {pair.left} {pair.right}" for pair in item.pairs]
    texts += [" ; ".join(step.text for step in item.steps)] if item.steps else []
    return tuple(texts)


def cited(item: QuizItem) -> tuple[Citation, ...]:
    """Every citation of an item."""
    own = [*item.citations, *(pair.citation for pair in item.pairs), *(step.citation for step in item.steps)]
    return tuple(dict.fromkeys(own))
