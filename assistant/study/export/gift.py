r"""A quiz as GIFT, the text format that Moodle and other learning platforms read.

The grammar is that of Moodle's ``question/format/gift/format.php``. ``\ ~ = # { } :`` are escaped; an arrow
``->`` cannot be, and is written ``→``. GIFT has no ordering: such an item is a matching of each step with its
position. A fill-in keeps its sentence whole and has its answers behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.study.export.proof import one_line, proof_lines
from assistant.study.export.wording import wording
from assistant.study.types import Draft, QuizItem, QuizKind

_CONTROL = re.compile(r"([\\~=#{}:])")


def to_gift(draft: Draft) -> bytes:
    """The whole file, UTF-8."""
    # Nothing is escaped in the name of a category; a doubled slash is one that parts no categories.
    title = one_line(_CONTROL.sub(" ", draft.title)).replace("/", "//")
    questions = [f"$CATEGORY: {title}"]
    questions += [_question(item, number, draft) for number, item in enumerate(draft.quiz, 1)]
    return ("\n\n".join(questions) + "\n").encode()


def weights(item: QuizItem) -> tuple[str, ...]:
    """Per cent that each option of a multiple choice is worth: all right ones make 100, all wrong ones -100.

    Moodle knows such shares by their first five decimals.
    """
    right = sum(option.right for option in item.options) or 1
    wrong = len(item.options) - right or 1
    return tuple(_share(100 / right) if o.right else _share(-100 / wrong) for o in item.options)


def _share(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".")


def _question(item: QuizItem, number: int, draft: Draft) -> str:
    words = wording(draft.wish.language)
    task = words.order_task if item.kind is QuizKind.ORDER else ""
    stem = _escaped(f"{item.stem} {task}")
    tags = f"// [id:{item.id}] [tag:{item.kind}] [tag:{item.difficulty}]"
    name = _escaped(f"{words.question} {number}")
    feedback = r"\n".join(_escaped(line) for line in proof_lines(item))
    lines = [tags, f"::{name}::[plain]{stem} {{", *_answers(item), f"####{feedback}", "}"]
    return "\n".join(lines)


def _answers(item: QuizItem) -> Iterator[str]:
    match item.kind:
        case QuizKind.SINGLE:
            yield from (f"{'=' if o.right else '~'}{_answer(o.text)}" for o in item.options)
        case QuizKind.MULTIPLE:
            shares = zip(item.options, weights(item), strict=True)
            yield from (f"~%{share}%{_escaped(option.text)}" for option, share in shares)
        case QuizKind.TRUE_FALSE:
            yield "TRUE" if item.truth else "FALSE"
        case QuizKind.FILL | QuizKind.SHORT:
            # Moodle takes a star in a short answer for any text.
            yield from (f"=%100%{_escaped(text).replace('*', chr(92) * 2 + '*')}" for text in item.accepted)
        case QuizKind.MATCH:
            yield from (f"={_escaped(pair.left)} -> {_escaped(pair.right)}" for pair in item.pairs)
        case QuizKind.ORDER:
            yield from (f"={_escaped(step.text)} -> {place}" for place, step in enumerate(item.steps, 1))


def _answer(text: str) -> str:
    """Of a single choice; what begins with a per cent sign would be read as a weight."""
    return f"%0%{_escaped(text)}" if text.startswith("%") else _escaped(text)


def _escaped(text: str) -> str:
    return _CONTROL.sub(r"\\\1", one_line(text).replace("->", "→"))
