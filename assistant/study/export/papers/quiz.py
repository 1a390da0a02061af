"""The quiz as it is handed out, and its key with the quotes that prove it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.study.export.papers.composing import letterhead, one_line, warning
from assistant.study.export.papers.types import (
    Block,
    Fields,
    Notes,
    Paper,
    Paragraph,
    Run,
    Style,
    Table,
    Title,
)
from assistant.study.export.papers.wording import wording
from assistant.study.export.proof import proofs
from assistant.study.types import Draft, QuizKind
from assistant.study.variants import Paper as Variant
from assistant.study.variants import Question, letters

_TASK = {
    QuizKind.SINGLE: "single",
    QuizKind.MULTIPLE: "multiple",
    QuizKind.TRUE_FALSE: "true_false",
    QuizKind.FILL: "fill",
    QuizKind.MATCH: "match",
    QuizKind.ORDER: "ordering",
    QuizKind.SHORT: "short",
}
#: Lines to write on below a question that is answered in words.
_LINES = 2
#: Keys side by side in the table of keys.
_ABREAST = 5
#: Questions at the end that stay on one page, so that none stands alone on the last.
_LAST = 2


def quiz_blocks(draft: Draft, variant: Variant) -> tuple[Block, ...]:
    """The questions with room to answer, without anything that gives a key away."""
    return tuple(_questions(draft, variant, wording(draft.wish.language)))


def key_blocks(draft: Draft, variant: Variant, notes: Notes) -> tuple[Block, ...]:
    """The keys at a glance, then each with its question, explanation and notes."""
    return tuple(_keys(draft, variant, notes, wording(draft.wish.language)))


def quiz(draft: Draft, variant: Variant) -> Paper:
    """The quiz as a paper of its own; it has no notes."""
    words = wording(draft.wish.language)
    title = _titled(words["quiz"], draft, variant, words)
    return Paper(title, draft.wish.language, quiz_blocks(draft, variant), (), words["notes"])


def key(draft: Draft, variant: Variant) -> Paper:
    """The key as a paper of its own."""
    words = wording(draft.wish.language)
    notes = Notes(draft.wish.language)
    blocks = key_blocks(draft, variant, notes)
    title = _titled(words["key"], draft, variant, words)
    return Paper(title, draft.wish.language, blocks, tuple(notes.texts), words["notes"])


def _titled(name: str, draft: Draft, variant: Variant, words: Mapping[str, str]) -> str:
    code = f" ({words['paper'].format(code=variant.code)})" if variant.code else ""
    return f"{name}: {one_line(draft.title)}{code}"


def _about(draft: Draft, variant: Variant, words: Mapping[str, str]) -> str:
    code = f"{words['paper'].format(code=variant.code)}. " if variant.code else ""
    return f"{code}{one_line(draft.title)}"


def _questions(draft: Draft, variant: Variant, words: Mapping[str, str]) -> Iterator[Block]:
    yield letterhead(words)
    yield Title(words["quiz"], _about(draft, variant, words))
    yield Fields(((words["name"], 0.65), (words["class"], 0.35)))
    yield Fields(((words["day"], 0.65), (words["score"], 0.35)))
    yield from _ended([list(_question(question, words)) for question in variant.questions])


def _ended(questions: Sequence[Sequence[Block]]) -> Iterator[Block]:
    """The blocks of all questions, the last questions kept together."""
    some = len(questions) > 2 * _LAST
    first = len(questions) - _LAST if some else len(questions)
    for blocks in questions[:first]:
        yield from blocks
    together = [block for blocks in questions[first:] for block in blocks]
    for block in together[:-1]:
        yield replace(block, keep=True) if isinstance(block, Paragraph | Table) else block
    yield from together[-1:]


def _question(question: Question, words: Mapping[str, str]) -> Iterator[Block]:
    item = question.item
    # A stem can say itself how it is to be answered.
    task = "" if item.stem.rstrip().endswith(".)") else f" {words[_TASK[item.kind]]}"
    number = words["question"].format(number=question.number)
    yield Paragraph(
        (
            Run(f"{number} ", bold=True),
            Run(one_line(item.stem)),
            Run(task, italic=True),
            *warning(item.faults, words),
        ),
        Style.QUESTION,
        keep=True,
    )
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            yield from _listed([option.text for option in question.options], keep=False)
        case QuizKind.TRUE_FALSE:
            yield Paragraph((Run(f"☐ {words['true']}          ☐ {words['false']}"),), Style.OPTION)
        case QuizKind.MATCH:
            yield _columns(question)
            blanks = "; ".join(f"{place} – ……" for place, _ in enumerate(question.left, 1))
            yield Paragraph((Run(f"{words['answer']}: {blanks}"),), Style.OPTION)
        case QuizKind.ORDER:
            yield from _listed(list(question.steps), keep=True)
            blanks = " – ".join("……" for _ in question.steps)
            yield Paragraph((Run(f"{words['answer']}: {blanks}"),), Style.OPTION)
        case QuizKind.FILL:
            yield Paragraph((Run(f"{words['answer']}: ……………………………………"),), Style.OPTION)
        case QuizKind.SHORT:
            for line in range(_LINES):
                yield Paragraph((), Style.LINE, keep=line < _LINES - 1)


def _listed(texts: list[str], *, keep: bool) -> Iterator[Block]:
    """Lettered lines that stay together; with ``keep`` also with what comes after."""
    last = len(texts) - 1
    for place, (letter, text) in enumerate(zip(letters(len(texts)), texts, strict=True)):
        stays = keep or place < last
        yield Paragraph((Run(f"{letter}. {one_line(text)}"),), Style.OPTION, keep=stays)


def _columns(question: Question) -> Table:
    names = letters(len(question.right))
    rows = tuple(
        ((Run(f"{place}. {one_line(left)}"),), (Run(f"{name}. {one_line(right)}"),))
        for place, (left, name, right) in enumerate(zip(question.left, names, question.right, strict=True), 1)
    )
    return Table((), rows, (0.5, 0.5), keep=True)


def _keys(draft: Draft, variant: Variant, notes: Notes, words: Mapping[str, str]) -> Iterator[Block]:
    yield letterhead(words)
    yield Title(words["key"], _about(draft, variant, words))
    yield Paragraph((Run(f"{words['summary']}:", bold=True),), keep=True)
    yield _summary(variant, words)
    yield from _ended([list(_proved(question, notes, words)) for question in variant.questions])


def _proved(question: Question, notes: Notes, words: Mapping[str, str]) -> Iterator[Block]:
    """A question with its key, what proves it and why."""
    item = question.item
    number = words["question"].format(number=question.number)
    yield Paragraph(
        (Run(f"{number} ", bold=True), Run(one_line(item.stem)), *warning(item.faults, words)),
        Style.QUESTION,
        keep=True,
    )
    right = (Run(f"{words['right']}: ", bold=True), Run(_in_full(question, words)))
    explained = bool(item.explanation.strip())
    yield Paragraph((*right, *notes.runs(proofs(item))), Style.OPTION, keep=explained)
    if explained:
        told = f"{words['explanation']}: {one_line(item.explanation)}"
        yield Paragraph((Run(told, italic=True),), Style.OPTION)


def _summary(variant: Variant, words: Mapping[str, str]) -> Table:
    cells: list[tuple[Run, ...]] = [
        (Run(f"{question.number}. ", bold=True), Run(in_short(question, words)))
        for question in variant.questions
    ]
    cells += [()] * (-len(cells) % _ABREAST)
    rows = tuple(tuple(cells[at : at + _ABREAST]) for at in range(0, len(cells), _ABREAST))
    return Table((), rows, (1 / _ABREAST,) * _ABREAST)


def in_short(question: Question, words: Mapping[str, str]) -> str:
    """The key as it is marked: letters, "1B, 2A", "C–A–B", or the usual answer."""
    match question.item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            return ", ".join(question.key)
        case QuizKind.TRUE_FALSE:
            return words["true"] if question.item.truth else words["false"]
        case QuizKind.MATCH:
            return ", ".join(f"{place}{letter}" for place, letter in enumerate(question.key, 1))
        case QuizKind.ORDER:
            return "–".join(question.key)
        case QuizKind.FILL | QuizKind.SHORT:
            return one_line(question.key[0]) if question.key else ""


def _in_full(question: Question, words: Mapping[str, str]) -> str:
    item, short = question.item, in_short(question, words)
    match item.kind:
        case QuizKind.SINGLE | QuizKind.MULTIPLE:
            named = zip(letters(len(question.options)), question.options, strict=True)
            return "; ".join(f"{letter}. {one_line(option.text)}" for letter, option in named if option.right)
        case QuizKind.TRUE_FALSE:
            return short
        case QuizKind.MATCH:
            pairs = "; ".join(f"{one_line(pair.left)} – {one_line(pair.right)}" for pair in item.pairs)
            return f"{short} ({pairs})"
        case QuizKind.ORDER:
            steps = "; ".join(
                f"{one_line(step.text)} ({step.when})" if step.when else one_line(step.text)
                for step in item.steps
            )
            return f"{short} ({steps})"
        case QuizKind.FILL | QuizKind.SHORT:
            return f" {words['or']} ".join(one_line(answer) for answer in question.key)
