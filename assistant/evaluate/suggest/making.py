"""From an order to questions: of all that could be asked, what is proved, balanced, nothing twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.errors import BadWish
from assistant.evaluate.stated import comparable, states_any
from assistant.evaluate.suggest.drawing import Drawn, Unfit, as_item, drawn
from assistant.evaluate.suggest.twins import MaybeSaid, Twin, twins
from assistant.evaluate.suggest.types import (
    Ground,
    LeftOut,
    Order,
    Progress,
    Quoted,
    Reason,
    Suggested,
    Suggestion,
    SuggestionKind,
)
from assistant.stopping import Stop
from assistant.study.gather import Line, gather
from assistant.study.quiz.apart import repeats
from assistant.study.quiz.proof import own_faults
from assistant.study.quiz.said import Said, content, has, said_in
from assistant.study.types import Fault, QuizItem, Wish
from index.library import Library
from ingest.numbers import find_numbers
from ingest.numbers import fold as strip_marks

MOST = 500
#: Of a hundred questions, so many of each kind are wanted first.
_SHARES = {
    SuggestionKind.NUMBER: 34,
    SuggestionKind.DATE: 12,
    SuggestionKind.NAME: 20,
    SuggestionKind.LIST: 12,
    SuggestionKind.UNANSWERABLE: 22,
}
_JITTER = 0.02
#: What a question is worth less for each that its document, and its sentence, has already.
_AGAIN, _SAME_LINE = 0.008, 0.06
#: Twins that are looked for, for each question that is wanted.
_TWINS_FOR_ONE = 2
_MOST_OF_LINE, _MOST_OF_ANSWER = 2, 2
_SAME_TWIN = 0.7
_REASONS = {
    Fault.GIVEN_AWAY: Reason.GIVEN_AWAY,
    Fault.DISPUTED: Reason.DISPUTED,
    Fault.REPEATED: Reason.REPEATED,
}


@dataclass(frozen=True, slots=True)
class _Candidate:
    suggestion: Suggestion
    line: Line
    worth: float
    item: QuizItem | None
    proved: bool
    english: str


def suggest(
    library: Library, order: Order, *, progress: Progress | None = None, stop: Stop | None = None
) -> Suggested:
    """Questions drafted from a library, and what could not be kept of what was tried.

    Args:
        progress: told how many are found of how many wanted.
        stop: told when nobody waits for them any more.

    Raises:
        BadWish: the order cannot be met, the library is empty, or nothing in it can be asked.
        AnswerStopped: ``stop`` was told so.
    """
    checked(order)
    stop = stop or Stop()
    if not library.stats().documents:
        raise BadWish("The library is empty. Add documents first: pba ingest FOLDER.")
    material = gather(library, Wish("", filters=order.filters))
    if not material.documents:
        raise BadWish("No document that the filters let in states anything. Use fewer filters.")
    lines = tuple(line for line in material.lines if not line.superseded)
    said = said_in(library)
    left: Counter[Reason] = Counter()
    examples: dict[Reason, str] = {}

    def leave(reason: Reason, question: str) -> None:
        left[reason] += 1
        examples.setdefault(reason, question)

    waiting: dict[SuggestionKind, list[_Candidate]] = {
        kind: [] for kind in (order.kinds or tuple(SuggestionKind))
    }
    for found in _candidates(lines, said, order):
        stop.check()
        if isinstance(found, Unfit):
            leave(found.reason, found.question)
        elif found.suggestion.kind in waiting:
            waiting[found.suggestion.kind].append(found)
    for own in waiting.values():
        own.sort(key=lambda one: -one.worth)
    chosen: list[_Candidate] = []
    while len(chosen) < order.count and (kinds := [kind for kind, own in waiting.items() if own]):
        stop.check()
        candidate = _next(kinds, waiting, chosen)
        reason = _fault(candidate, chosen, library, said)
        if reason is not None:
            leave(reason, candidate.suggestion.question)
            continue
        chosen.append(candidate)
        if progress is not None:
            progress(len(chosen), order.count)
    if not chosen:
        raise BadWish(
            "Nothing can be asked: no document has a figure, date, name or list that proves itself."
        )
    return Suggested(
        tuple(_worded(chosen, order)),
        tuple(LeftOut(reason, left[reason], examples[reason]) for reason in Reason if left[reason]),
    )


def checked(order: Order) -> None:
    """Raises ``BadWish`` where an order cannot be met by any library."""
    if not 1 <= order.count <= MOST:
        raise BadWish(f"{order.count} questions cannot be made. Ask for 1 to {MOST}.")
    for share in (order.unmarked, order.english):
        if not 0 <= share <= 1:
            raise BadWish(f"{share:g} is no share. Give a number from 0 to 1.")


def _candidates(lines: Sequence[Line], said: Said, order: Order) -> Iterator[_Candidate | Unfit]:
    rng = random.Random(f"suggest {order.seed}")
    for found in drawn(lines):
        yield found if isinstance(found, Unfit) else _answerable(found, rng)
    if order.kinds and SuggestionKind.UNANSWERABLE not in order.kinds:
        return
    found_twins = 0
    for twin in twins(lines, said, rng):
        if isinstance(twin, MaybeSaid):
            yield Unfit(twin.question, Reason.MAYBE_SAID)
            continue
        yield _unanswerable(twin, rng)
        found_twins += 1
        # Each is looked for in the whole library: of a large one that takes a search or two.
        if found_twins >= _TWINS_FOR_ONE * order.count:
            return


def _answerable(found: Drawn, rng: random.Random) -> _Candidate:
    document = found.line.document
    name = document.names[0] if document.names else document.id
    spans = tuple(
        Quoted(name, document.id, start, end, document.text[start:end]) for start, end in found.spans
    )
    suggestion = Suggestion("", found.kind, found.question, "vi", found.facts, spans)
    worth = found.worth + rng.uniform(0, _JITTER)
    return _Candidate(suggestion, found.line, worth, as_item(found), found.item is not None, found.english)


def _unanswerable(twin: Twin, rng: random.Random) -> _Candidate:
    suggestion = Suggestion(
        "", SuggestionKind.UNANSWERABLE, twin.question, "vi", ground=twin.ground, about=twin.name
    )
    # A name that the library has is the harder test.
    worth = rng.uniform(0, 1) + (0.5 if twin.ground is Ground.NOT_SAID else 0.0)
    # Any number will do for a document that is not there: these must not crowd out the others.
    worth -= 0.6 if find_numbers(twin.name) else 0.0
    return _Candidate(suggestion, twin.line, worth, None, False, "")


def _next(
    kinds: Sequence[SuggestionKind],
    waiting: dict[SuggestionKind, list[_Candidate]],
    chosen: Sequence[_Candidate],
) -> _Candidate:
    """The best candidate of the kind whose turn it is, taken out."""
    counts = Counter(one.suggestion.kind for one in chosen)
    documents = Counter(one.line.document.id for one in chosen)
    lines = Counter((one.line.document.id, one.line.start) for one in chosen)
    kind = min(kinds, key=lambda one: ((counts[one] + 0.5) / _SHARES[one], list(_SHARES).index(one)))

    def worth(one: _Candidate) -> float:
        line = one.line
        again = _AGAIN * documents[line.document.id]
        return one.worth - again - _SAME_LINE * lines[line.document.id, line.start]

    own = waiting[kind]
    return own.pop(max(range(len(own)), key=lambda at: (worth(own[at]), -at)))


def _fault(
    candidate: _Candidate, chosen: Sequence[_Candidate], library: Library, said: Said
) -> Reason | None:
    suggestion, line = candidate.suggestion, candidate.line
    same_line = [one for one in chosen if one.line == line and one.item is not None]
    if not suggestion.answerable:
        asked = content(suggestion.question)
        twice = any(
            not one.suggestion.answerable
            and min(said.overlap(asked, c), said.overlap(c, asked)) >= _SAME_TWIN
            for one in chosen
            if (c := content(one.suggestion.question))
        )
        return Reason.REPEATED if twice else None
    assert candidate.item is not None
    if len(same_line) >= _MOST_OF_LINE and suggestion.kind is not SuggestionKind.NUMBER:
        return Reason.REPEATED
    answered = [one for one in chosen if _same_answer(one.suggestion, suggestion)]
    if sum(one.line.document.id == line.document.id for one in answered) >= _MOST_OF_ANSWER:
        return Reason.REPEATED  # a system that always said this would look good
    for one in chosen:
        if one.item is not None and _asks_the_same(candidate, one, said):
            return Reason.REPEATED
    quotes = " … ".join(span.quote for span in suggestion.spans)
    if not all(states_any(quotes, fact) for fact in suggestion.facts):
        return Reason.UNPROVED
    if any(has(suggestion.question, form) for fact in suggestion.facts for form in fact):
        return Reason.GIVEN_AWAY
    if candidate.proved and (found := next(own_faults(candidate.item, library, said), None)):
        return _REASONS.get(found, Reason.UNPROVED)
    return None


def _same_answer(one: Suggestion, other: Suggestion) -> bool:
    return [comparable(fact[0]) for fact in one.facts] == [comparable(fact[0]) for fact in other.facts]


def _asks_the_same(candidate: _Candidate, other: _Candidate, said: Said) -> bool:
    if candidate.suggestion.kind is not other.suggestion.kind:
        return False
    assert candidate.item is not None
    assert other.item is not None
    if candidate.suggestion.kind is SuggestionKind.LIST or not (candidate.proved or other.proved):
        return candidate.suggestion.question == other.suggestion.question
    return repeats(candidate.item, other.item, said)


def _worded(chosen: Sequence[_Candidate], order: Order) -> Iterator[Suggestion]:
    """The questions mixed and numbered, shares of them in English and without diacritics."""
    rng = random.Random(f"worded {order.seed}")
    mixed = list(chosen)
    rng.shuffle(mixed)
    able = [at for at, one in enumerate(mixed) if one.english]
    english = set(able[: round(order.english * len(mixed))])
    others = [at for at in range(len(mixed)) if at not in english]
    unmarked = set(rng.sample(others, min(len(others), round(order.unmarked * len(mixed)))))
    for at, one in enumerate(mixed):
        made = replace(one.suggestion, id=f"s{at + 1:03d}")
        if at in english:
            made = replace(made, question=one.english, lang="en")
        elif at in unmarked:
            made = replace(made, question=strip_marks(made.question), lang="vi-nodiacritics")
        yield made
