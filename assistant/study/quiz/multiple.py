"""Multiple choice: which of these a document lists, beside items of other lists."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from assistant.study.asking import BLANK
from assistant.study.facts import Fact, FactKind
from assistant.study.gather import Line
from assistant.study.listing import Listing
from assistant.study.quiz.attempt import Attempt
from assistant.study.quiz.distractors import SAME_THING, Wrong
from assistant.study.quiz.match import unique
from assistant.study.quiz.said import Said, content, has, line_words
from assistant.study.quiz.wording import frame, lowered, phrase, raised
from assistant.study.references import Reference
from assistant.study.sourcing import heading_of
from assistant.study.types import Difficulty, Option, QuizItem, QuizKind

_MOST_RIGHT, _MOST_WRONG, _FEWEST_WRONG = 4, 3, 2
_MANY_RIGHT = 3
_WORTH = 0.05
_AKIN = 0.2
_PROVINCIAL = re.compile(r"/(?:TU|ĐU|HU)$")
_NUMBERED = re.compile(r"(?:Bài|Bước|Câu) \d")


def multiples(
    listing: Listing, others: Sequence[Listing], said: Said, rng: random.Random, language: str
) -> Iterator[Attempt]:
    """The item for a list; ``others`` are the lists that its wrong choices are taken from."""
    wrong = _wrong(listing, others, said, rng)
    if len(wrong) < _FEWEST_WRONG:
        return
    right = list(listing.items)
    if len(right) > _MOST_RIGHT:
        right = [right[at] for at in sorted(rng.sample(range(len(right)), _MOST_RIGHT))]
    line = listing.line
    options = [Option(raised(text), True, line.cite(*span)) for text, span in right]
    options += [entry.option() for entry in wrong]
    rng.shuffle(options)
    spans = [listing.lead] if listing.lead else []
    spans += (
        []
        if listing.lead and all(_inside(span, listing.lead) for _, span in right)
        else [s for _, s in right]
    )
    item = QuizItem(
        "",
        QuizKind.MULTIPLE,
        _stem(listing, language),
        tuple(line.cite(*span) for span in spans),
        Difficulty.HARD if len(right) > _MANY_RIGHT else Difficulty.MEDIUM,
        options=tuple(options),
    )
    yield Attempt(item, (line,), line.score + _WORTH, "list")


def _stem(listing: Listing, language: str) -> str:
    line, asks = listing.line, listing.asks
    source = frame(line, language, text=asks)
    if BLANK in asks:
        return phrase("multiple_blank", language, source=source, text=raised(asks))
    if language == "en":
        text = re.sub(r"\s*(?:cần làm những việc nào|nêu những nội dung nào|nào)$", "", asks)
        return phrase("multiple_list", language, source=source, text=text.removeprefix("mục ").strip("“”"))
    heading = _heading(line)
    if heading and heading.lower() not in asks.lower() and len(asks.split()) < 12:
        source = frame(line, language, heading=heading, text=asks)
    return phrase("multiple", language, question=f"{source} {lowered(asks)}")


def _heading(line: Line) -> str:
    heading = heading_of(line)
    return heading if heading.endswith("?") or len(heading.split()) > 3 else ""


def _wrong(listing: Listing, others: Sequence[Listing], said: Said, rng: random.Random) -> list[Wrong]:
    topic = content(listing.asks)
    own = {text.lower() for text, _ in listing.items}
    words = sum(len(text.split()) for text in own) / len(own)
    subject = content(f"{listing.asks} {' '.join(own)}")
    found: list[tuple[float, Wrong]] = []
    for other in others:
        if other is listing:
            continue
        for text, (start, end) in other.items:
            if abs(len(text.split()) - words) > max(3.0, 0.7 * words) or _NUMBERED.match(text):
                continue
            if text.lower() in own or any(has(text, one) or has(one, text) for one in own):
                continue
            if any(has(wrong.text, text) for _, wrong in found) or has(_shown(listing), text):
                continue
            if not _closed(listing, other) and _said_of(listing, topic, text, said):
                continue
            if re.search(r"\d", text) and not any(re.search(r"\d", one) for one in own):
                continue
            near = (
                abs(len(text.split()) - words) / 10
                + (other.line.document.id != listing.line.document.id) * 0.8
            )
            akin = said.overlap(subject, content(f"{other.asks} {' '.join(item for item, _ in other.items)}"))
            if akin < _AKIN and other.line.document.id != listing.line.document.id:
                continue
            near -= 2 * akin
            line = other.line
            fact = Fact(FactKind.SUBJECT, start - line.start, end - line.start, text, text.lower())
            found.append((near, Wrong(raised(text), fact, line)))
    found.sort(key=lambda entry: (entry[0], entry[1].text))
    nearest = [wrong for _, wrong in found[: _MOST_WRONG + 2]]
    return nearest if len(nearest) <= _MOST_WRONG else rng.sample(nearest, _MOST_WRONG)


def _closed(listing: Listing, other: Listing) -> bool:
    """The document itself gives both lists, each in full: what is in the one is not in the other."""
    return (
        listing.line.document.id == other.line.document.id
        and listing.lead is not None
        and BLANK not in listing.asks
    )


def _said_of(listing: Listing, topic: frozenset[str], text: str, said: Said) -> bool:
    near = said.having(text, listing.asks)
    return any(said.overlap(topic, line_words(line)) >= SAME_THING for line in near)


def _shown(listing: Listing) -> str:
    return f"{listing.asks} {listing.line.text}"


def _inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def issued_by(references: Sequence[Reference], rng: random.Random, language: str) -> Iterator[Attempt]:
    """Which documents a body issued, beside those that the documents say another issued."""
    known = [one for one in unique(references) if one.body and not _PROVINCIAL.search(one.said(one.number))]
    bodies = sorted({_body(one) for one in known})
    for body in bodies:
        right = [one for one in known if _body(one) == body]
        wrong = [one for one in known if _body(one) != body]
        if len(right) < 2 or len(wrong) < _FEWEST_WRONG:
            continue
        right = rng.sample(right, min(len(right), _MANY_RIGHT))
        wrong = rng.sample(wrong, min(len(wrong), _MOST_WRONG))
        options = [Option(one.said(one.named), True, one.line.cite()) for one in right]
        options += [Option(one.said(one.named), False, one.line.cite()) for one in wrong]
        rng.shuffle(options)
        lines = tuple(one.line for one in right)
        item = QuizItem(
            "",
            QuizKind.MULTIPLE,
            phrase("issued_by", language, body=raised(body)),
            tuple(dict.fromkeys(line.cite() for line in lines)),
            Difficulty.HARD,
            options=tuple(options),
        )
        yield Attempt(item, lines, max(line.score for line in lines) + _WORTH, "issuer")


def _body(one: Reference) -> str:
    """A body without its term: "Ban Bí thư khóa XIII" is the Secretariat."""
    return re.sub(r" khóa [IVX]+$", "", one.said(one.body))
