"""What must hold for an item of each kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from .documents import Documents
from .model import Item
from .several import settled
from .support import also_true, framed, likeness
from .together import matched, ordered
from .words import dates, figures, names, plain, run_of, same, says, tokens

Fault = tuple[str, str]

_BLANK = re.compile(r"…+|\.{4,}|_{3,}")
#: Words of a true claim, at least, that its quote has in the same order.
_CLAIMED = 0.4
#: Words of a claim in the order of its quote, above which it says what the quote says.
_REORDERED = 0.7
#: Part of what a stem is about, at least, that its quotes tell of.
_ABOUT = 0.3


def check(item: Item, documents: Documents) -> Iterator[Fault]:
    """Kind and message of everything wrong with an item, its spans aside."""
    if not item.stem.strip():
        yield "form", "the stem is empty"
    yield from _named(item, documents)
    told = " ".join(f"{proof.quote} {proof.source}" for proof in item.proofs)
    if item.kind in ("single", "fill", "short") and documents.coverage(framed(item.stem)[1], told) < _ABOUT:
        yield "key", "what is quoted tells of something else"
    if not item.proofs:
        yield "span", "nothing is quoted"
        return
    match item.kind:
        case "single" | "multiple":
            yield from _choice(item, documents)
            yield from settled(item, documents)
        case "true_false":
            yield from _judged(item, documents)
        case "fill":
            yield from _filled(item)
        case "short":
            yield from _answered(item)
        case "match":
            yield from matched(item, documents)
        case "order":
            yield from ordered(item, documents)
        case _:
            yield "form", f"a kind that nobody knows: {item.kind}"


def _named(item: Item, documents: Documents) -> Iterator[Fault]:
    """The source that the stem names is one that is quoted."""
    told, _ = framed(item.stem)
    titles = re.findall(r"“([^”]*)”", told)
    numbers = re.findall(r"\b\d+[-/][A-ZĐ][\w/-]*", told)
    for name in [*titles, *numbers]:
        held = (" ".join((proof.source, *documents.of(proof))) for proof in item.proofs)
        if item.proofs and not any(plain(name) in plain(text) for text in held):
            yield "key", f"the stem names a source that is not the one quoted: {name}"


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
        both = (_quotes(item), _quotes(item)[::-1])
        found += [likeness(item.stem, " ".join(quotes), item.proofs[0].source) for quotes in both]
    if item.truth:
        best = max(found, key=lambda one: (one.bears_out, one.words))
        if not best.figures:
            yield "key", "marked true, but its figures or dates are not those quoted"
        elif best.negated:
            yield "key", "marked true, but it denies what is quoted, or the other way round"
        elif best.words < _CLAIMED:
            yield "key", f"marked true, but only {best.words:.0%} of its words are quoted"
        elif strange := sorted(best.replaced | best.missing - _of_documents(item, documents)):
            yield "key", f"marked true, but not quoted: {', '.join(strange)}"
        return
    # A claim made false by what its own quote says elsewhere has no strange word; it has another order.
    # What is said of a document's number is said in other words; a false one has another number.
    enough = _CLAIMED if names(item.stem) else _REORDERED
    if any(one.bears_out and one.words > enough for one in found):
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


def _of_documents(item: Item, documents: Documents) -> set[str]:
    """Words of a claim that stand in its document as in the claim, with the words around them.

    So do names that are given in full, "Đảng ủy Khối" as "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh".
    """
    words = tokens(item.stem)
    threes = [words[i : i + 3] for i in range(len(words) - 2)]
    texts = [documents.threes(text) for text in {t for p in item.proofs for t in documents.of(p)}]
    return {word for three in threes if any(three in text for text in texts) for word in three}


def _filled(item: Item) -> Iterator[Fault]:
    yield from _answered(item)
    blank = _BLANK.search(item.stem)
    if blank is None:
        yield "form", "a sentence without a gap"
        return
    if not item.accepted:
        return
    # The words next to the gap, with the key between them, stand in the quote as they are.
    # One side is enough: a name may have been put in on the other, "cả tỉnh" made "cả tỉnh Bắc Ninh".
    said = item.stem[: blank.start()].rpartition("“")[2]
    before, after = tokens(said)[-2:], tokens(item.stem[blank.end() :])[:2]
    key = tokens(item.accepted[0])
    sides = [side for side, words in (((*before, *key), before), ((*key, *after), after)) if words]
    if not any(run_of(side, tokens(quote)) for side in sides for quote in _quotes(item)):
        around = " ".join((*before, *key, *after))
        yield "key", f"the sentence with its gap filled is not what is quoted: {around}"


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


def _share(text: str) -> Fraction | None:
    """Of "2/3", which could be a day too."""
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})", text.strip())
    return Fraction(int(match[1]), int(match[2])) if match and int(match[2]) else None


def _alike(one: str, other: str) -> bool:
    """Two ways to write an answer: the same figures and dates, or the words of the one in the other."""
    differing = set(tokens(one)) ^ set(tokens(other))
    shorter = min(tokens(one), tokens(other), key=len)
    if set(shorter) & differing == set() and not any(token[0].isdigit() for token in differing):
        return True
    values = {text: [f.value for f in figures(text)] for text in (one, other)}
    if _share(one) in values[other] or _share(other) in values[one]:
        return True
    mine, theirs = [f.value for f in figures(one)], [f.value for f in figures(other)]
    if mine or theirs or dates(one) or dates(other):
        days = [[date for date, _, _ in dates(text)] for text in (one, other)]
        fits = all(any(a.within(b) or b.within(a) for b in days[1]) for a in days[0])
        return mine == theirs and fits and len(days[0]) == len(days[1])
    return set(tokens(one)) <= set(tokens(other)) or set(tokens(other)) <= set(tokens(one))
