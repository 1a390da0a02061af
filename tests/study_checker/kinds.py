"""What must hold for an item of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .documents import Documents
from .model import Item, Proof
from .support import also_true, likeness
from .words import Date, dates, figures, plain, run_of, same, says, tokens

Fault = tuple[str, str]

_BLANK = re.compile(r"…+|\.{4,}|_{3,}")
#: Words of a true claim, at least, that its quote has in the same order.
_CLAIMED = 0.6
_LETTERS = "abcdđeghiklmnopq"


def check(item: Item, documents: Documents) -> Iterator[Fault]:
    """Kind and message of everything wrong with an item, its spans aside."""
    if not item.stem.strip():
        yield "form", "the stem is empty"
    if not item.proofs:
        yield "span", "nothing is quoted"
        return
    match item.kind:
        case "single" | "multiple":
            yield from _choice(item, documents)
        case "true_false":
            yield from _judged(item, documents)
        case "fill":
            yield from _filled(item)
        case "short":
            yield from _answered(item)
        case "match":
            yield from _matched(item)
        case "order":
            yield from _ordered(item, documents)
        case _:
            yield "form", f"a kind that nobody knows: {item.kind}"


def _quotes(item: Item) -> list[str]:
    return [proof.quote for proof in item.proofs]


def _choice(item: Item, documents: Documents) -> Iterator[Fault]:
    right = [text for text, is_right in item.options if is_right]
    wrong = [text for text, is_right in item.options if not is_right]
    if not right or not wrong:
        yield "form", f"{len(right)} right and {len(wrong)} wrong options"
    if item.kind == "single" and len(right) > 1:
        yield "form", f"{len(right)} right options of a single choice"
    for index, (text, _) in enumerate(item.options):
        if any(same(text, other) for other, _ in item.options[:index]):
            yield "distractor", f"twice among the options: {text}"
    for text in right:
        if not any(says(quote, text) for quote in _quotes(item)):
            yield "key", f"not in what is quoted: {text}"
    key = right[0] if right else ""
    for text in wrong:
        if any(says(quote, text) for quote in _quotes(item)):
            yield "distractor", f"stands in what is quoted: {text}"
        elif elsewhere := also_true(documents, item.stem, text, _quotes(item), key):
            yield "distractor", f"{text} is said too: {elsewhere}"


def _judged(item: Item, documents: Documents) -> Iterator[Fault]:
    found = [likeness(item.stem, proof.quote, proof.source) for proof in item.proofs]
    if len(item.proofs) > 1:
        found.append(likeness(item.stem, " ".join(_quotes(item)), item.proofs[0].source))
    if item.truth:
        best = max(found, key=lambda one: (one.bears_out, one.words))
        if not best.figures:
            yield "key", "marked true, but its figures or dates are not those quoted"
        elif best.negated:
            yield "key", "marked true, but it denies what is quoted, or the other way round"
        elif best.words < _CLAIMED:
            yield "key", f"marked true, but only {best.words:.0%} of its words are quoted"
        elif best.missing:
            yield "key", f"marked true, but not quoted: {', '.join(sorted(best.missing))}"
        return
    if any(one.bears_out and one.words > 0.97 for one in found):
        yield "key", "marked false, but what is quoted says so"
    for sentence in documents.sentences:
        if says(sentence.text, item.stem) or (
            documents.coverage(item.stem, sentence.text) > 0.99
            and (one := likeness(item.stem, sentence.text)).bears_out
            and one.words > 0.97
        ):
            yield (
                "distractor",
                f"marked false, but said in {sentence.document}: {sentence.text.strip()[:120]}",
            )
            return


def _filled(item: Item) -> Iterator[Fault]:
    yield from _answered(item)
    blank = _BLANK.search(item.stem)
    if blank is None:
        yield "form", "a sentence without a gap"
        return
    if not item.accepted:
        return
    # The words next to the gap, with the key between them, stand in the quote as they are.
    before, after = tokens(item.stem[: blank.start()])[-2:], tokens(item.stem[blank.end() :])[:2]
    around = (*before, *tokens(item.accepted[0]), *after)
    if not any(run_of(around, tokens(quote)) for quote in _quotes(item)):
        yield "key", f"the sentence with its gap filled is not what is quoted: {' '.join(around)}"


def _answered(item: Item) -> Iterator[Fault]:
    if not item.accepted or not item.accepted[0].strip():
        yield "form", "no answer"
        return
    first = item.accepted[0]
    if not any(says(quote, first) for quote in _quotes(item)):
        yield "key", f"not in what is quoted: {first}"
    for other in item.accepted[1:]:
        if not _alike(first, other):
            yield "key", f"accepted, but not the same as {first}: {other}"


def _alike(one: str, other: str) -> bool:
    """Two ways to write an answer: the same figures and dates, or the words of the one in the other."""
    mine, theirs = [f.value for f in figures(one)], [f.value for f in figures(other)]
    if mine or theirs or dates(one) or dates(other):
        days = [[date for date, _, _ in dates(text)] for text in (one, other)]
        fits = all(any(a.within(b) or b.within(a) for b in days[1]) for a in days[0])
        return mine == theirs and fits and len(days[0]) == len(days[1])
    return set(tokens(one)) <= set(tokens(other)) or set(tokens(other)) <= set(tokens(one))


def _matched(item: Item) -> Iterator[Fault]:
    if len(item.pairs) < 2:
        yield "form", f"{len(item.pairs)} pairs"
    for side, texts in (("left", [a for a, _ in item.pairs]), ("right", [b for _, b in item.pairs])):
        if len({plain(text) for text in texts}) < len(texts):
            yield "form", f"a text stands twice on the {side}"
    members = [text for pair in item.pairs for text in pair]
    for left, right in item.pairs:
        if not any(_together(quote, left, right, members) for quote in _quotes(item)):
            yield "pair", f"nothing quoted says so: {left} – {right}"
    for left, _ in item.pairs:
        for other, right in item.pairs:
            if other == left or dict(item.pairs)[left] == right:
                continue
            if any(_together(q, left, right, members) and not says(q, other) for q in _quotes(item)):
                yield "pair", f"what is quoted says this too: {left} – {right}"


def _together(quote: str, left: str, right: str, members: list[str]) -> bool:
    """Both stand in the quote, and no member of another pair between them."""
    others = [_spans(quote, text) for text in members if text not in (left, right)]
    for a in _spans(quote, left):
        for b in _spans(quote, right):
            low, high = min(a[1], b[1]), max(a[0], b[0])
            if not any(low <= start and end <= high for spans in others for start, end in spans):
                return True
    return False


def _spans(text: str, part: str) -> list[tuple[int, int]]:
    """Where a part stands, by its words, or by its figure or date alone."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\d+(?:[.,/]\d+)*%?|\w+", text)]
    wanted, held = tokens(part), [plain(text[a:b]) for a, b in words]
    size = len(wanted)
    found = [
        (words[i][0], words[i + size - 1][1])
        for i in range(len(words) - size + 1)
        if size and tuple(held[i : i + size]) == wanted
    ]
    if found:
        return found
    marks = [((d, False), a, b) for d, a, b in dates(text)]
    stated = [((f.value, f.percent), f.start, f.end) for f in figures(text)]
    keys = [(d, False) for d, _, _ in dates(part)] + [(f.value, f.percent) for f in figures(part)]
    if len(keys) == 1 and says(text, part):
        return [(a, b) for mark, a, b in [*marks, *stated] if mark == keys[0] or _within(keys[0][0], mark[0])]
    return []


def _within(one: object, other: object) -> bool:
    return isinstance(one, Date) and isinstance(other, Date) and one.within(other)


def _ordered(item: Item, documents: Documents) -> Iterator[Fault]:
    if len(item.steps) < 3:
        yield "form", f"{len(item.steps)} steps"
    if len({plain(step) for step in item.steps}) < len(item.steps):
        yield "form", "a step stands twice"
    held: list[tuple[Proof, int]] = []
    for step in item.steps:
        found = [(p, _spans(p.quote, step)[0][0]) for p in item.proofs if _spans(p.quote, step)]
        if not found:
            yield "order", f"nothing quoted has the step: {step}"
            return
        # A quote of its own rather than one that it shares.
        held.append(min(found, key=lambda one: len(one[0].quote)))
    places = _places(held, documents)
    for (one, first), (other, second) in zip(
        zip(item.steps, places, strict=True), list(zip(item.steps, places, strict=True))[1:], strict=False
    ):
        if not first < second:
            yield "order", f"not in this order by what is quoted: {one} – {other}"


def _places(held: list[tuple[Proof, int]], documents: Documents) -> list[tuple[object, ...]]:
    """Of each step: its date if all have one, else its number if all have one, else its place in the text."""
    days = [_nearest(proof.quote, place) for proof, place in held]
    if all(days) and len({day.order for day in days if day}) == len(days):
        return [day.order for day in days if day]
    numbers = [_number(proof.quote) for proof, _ in held]
    if all(number is not None for number in numbers) and len(set(numbers)) == len(numbers):
        return [(number,) for number in numbers]
    return [(proof.document, _start(proof, documents) + place) for proof, place in held]


def _start(proof: Proof, documents: Documents) -> int:
    if proof.start >= 0:
        return proof.start
    places = [text.find(proof.quote) for text in documents.texts.values() if proof.quote in text]
    return places[0] if places else 0


def _nearest(quote: str, place: int) -> Date | None:
    found = dates(quote)
    return min(found, key=lambda one: abs(one[1] - place))[0] if found else None


def _number(quote: str) -> int | None:
    """Of a line that begins with one: "Bước 2", "2.", "b)"."""
    match = re.match(r"\s*(?:(?:bước|thứ|điều|khoản)\s+)?(\d{1,2}|[a-zđ])\s*[.):]", quote, re.IGNORECASE)
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else _LETTERS.find(match[1].lower())
