"""A quiz: of all that could be asked, the best that is proved, of many kinds, nothing twice."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.study.gather import Material
from assistant.study.quiz.attempt import Attempt, numbered
from assistant.study.quiz.attempts import ALL_KINDS, attempts
from assistant.study.quiz.proof import faults_beside, own_faults
from assistant.study.quiz.said import Said, said_in
from assistant.study.quiz.shown import cited
from assistant.study.topicality import Topicality, topicality
from assistant.study.types import Audience, Difficulty, Dropped, Fault, Part, QuizItem, QuizKind, Wish
from assistant.validity import Validity
from index.library import Library

#: Done and wanted, as items are found.
Progress = Callable[[int, int], None]

#: Of ten items, so many of each kind are wanted first.
_SHARES = {
    QuizKind.SINGLE: 3.6,
    QuizKind.MULTIPLE: 1.3,
    QuizKind.TRUE_FALSE: 1.5,
    QuizKind.FILL: 1.0,
    QuizKind.MATCH: 0.9,
    QuizKind.ORDER: 0.7,
    QuizKind.SHORT: 1.0,
}
_JITTER = 0.02
_AGAIN, _ALIKE = 0.008, 0.025  # for each item that its document, and what it asks for, has already
_FAR = 0.06
#: Sympathisers are asked easier questions than the officers of a cell.
_SUITED = {
    (Audience.SYMPATHISER, Difficulty.HARD): -0.02,
    (Audience.CELL_OFFICER, Difficulty.EASY): -0.02,
}
_MOST_OF_LINE = 2


def make_quiz(
    library: Library, material: Material, wish: Wish, progress: Progress | None = None
) -> tuple[tuple[QuizItem, ...], tuple[Dropped, ...]]:
    """The quiz for a wish and what could not be kept of what was tried.

    Args:
        material: the lines to ask about (``gather``).
        progress: told how many items are found of how many wanted.

    Returns:
        As many items as wanted, or as can be proved and are of the topic; of each fault how many items had
        it, with one of them.
    """
    said = said_in(library)
    topic = topicality(material)
    found = tuple(attempts(material, said, wish, wish.kinds or ALL_KINDS))
    for wide in (False, True):
        of_topic = [attempt for attempt in found if _is_of(topic, attempt, wide)]
        chosen, faulty = _choose(library, of_topic, wish, said, (), wish.quiz_items, progress)
        if len(chosen) == wish.quiz_items or topic.is_narrow(len(chosen)):
            break
    if len(chosen) < wish.quiz_items:
        faulty += [(Fault.TOPIC, attempt.item) for attempt in found if not _is_of(topic, attempt, wide)]
    ordered = _shuffled(chosen, wish.seed)
    return numbered(_noted(library, [attempt.item for attempt in ordered])), _dropped(faulty)


def replacement(
    library: Library, material: Material, wish: Wish, item: QuizItem, others: Sequence[QuizItem]
) -> QuizItem | None:
    """Another item in the place of ``item``, of its kind if there is one; ``None`` where nothing is left.

    Args:
        others: the rest of the quiz, none of which it repeats or gives away. It bears the id of ``item``.
    """
    said = said_in(library)
    topic = topicality(material)
    seen = (*others, item)
    for kinds in ((item.kind,), wish.kinds or ALL_KINDS):
        for seed in range(wish.seed + 1, wish.seed + 4):
            again = replace(wish, kinds=kinds, seed=seed)
            found = [a for a in attempts(material, said, again, kinds) if _is_of(topic, a, wide=True)]
            chosen, _ = _choose(library, found, again, said, seen, 1, None)
            if chosen:
                made = numbered(_noted(library, [replace(chosen[0].item, id=item.id)]))
                return made[0]
    return None


def _is_of(topic: Topicality, attempt: Attempt, wide: bool) -> bool:
    return any(topic.is_of(line, wide=wide) for line in attempt.lines)


def _choose(
    library: Library,
    found: Iterable[Attempt],
    wish: Wish,
    said: Said,
    beside: Sequence[QuizItem],
    wanted: int,
    progress: Progress | None,
) -> tuple[list[Attempt], list[tuple[Fault, QuizItem]]]:
    kinds = wish.kinds or ALL_KINDS
    waiting = _ranked(found, wish)
    chosen: list[Attempt] = []
    faulty: list[tuple[Fault, QuizItem]] = []
    counts: Counter[QuizKind] = Counter()
    lines: Counter[tuple[str, int]] = Counter()
    while len(chosen) < wanted:
        open_kinds = [kind for kind in kinds if waiting[kind]]
        if not open_kinds:
            break
        kind, at = _turn(open_kinds, waiting, chosen, counts)
        attempt = waiting[kind].pop(at)
        if any(lines[line.document.id, line.start] >= _MOST_OF_LINE for line in attempt.lines):
            continue
        others = [*beside, *(one.item for one in chosen)]
        # What costs least to find comes first.
        faults = tuple(faults_beside(attempt.item, others, said)) or _harms(attempt.item, others, said)
        faults = faults or tuple(own_faults(attempt.item, library, said))
        if faults:
            faulty.append((faults[0], attempt.item))
            continue
        chosen.append(attempt)
        counts[kind] += 1
        lines.update({(line.document.id, line.start) for line in attempt.lines})
        if progress is not None:
            progress(len(chosen), wanted)
    return chosen, faulty


def _harms(item: QuizItem, others: Sequence[QuizItem], said: Said) -> tuple[Fault, ...]:
    """The faults that others would have beside the item."""
    return tuple(fault for other in others for fault in faults_beside(other, [item], said))


def _ranked(found: Iterable[Attempt], wish: Wish) -> dict[QuizKind, list[Attempt]]:
    """The attempts by kind, the best first, near ones in an order that the seed decides."""
    rng = random.Random(f"order {wish.seed}")
    by_kind: dict[QuizKind, list[Attempt]] = defaultdict(list)
    for attempt in found:
        suited = _SUITED.get((wish.audience, attempt.item.difficulty), 0.0)
        worth = attempt.worth + suited + rng.uniform(0, _JITTER)
        by_kind[attempt.item.kind].append(replace(attempt, worth=worth))
    for kept in by_kind.values():
        kept.sort(key=lambda attempt: -attempt.worth)
    return by_kind


def _turn(
    kinds: Sequence[QuizKind],
    waiting: Mapping[QuizKind, Sequence[Attempt]],
    chosen: Sequence[Attempt],
    counts: Mapping[QuizKind, int],
) -> tuple[QuizKind, int]:
    """The kind whose turn it is and the place of its best attempt.

    A attempt is worth less for each item of its document, and of its sort, that there is already. After the
    first of each kind, one whose best is far off the topic waits.
    """
    used = Counter(attempt.lines[0].document.id for attempt in chosen)
    sorts = Counter(attempt.sort for attempt in chosen)
    best: dict[QuizKind, tuple[float, int]] = {}
    for kind in kinds:
        best[kind] = max(
            (attempt.worth - _AGAIN * used[attempt.lines[0].document.id] - _ALIKE * sorts[attempt.sort], -at)
            for at, attempt in enumerate(waiting[kind])
        )
    top = max(worth for worth, _ in best.values())
    near = [kind for kind in kinds if not counts[kind] or best[kind][0] >= top - _FAR]
    order = list(QuizKind)
    kind = min(near, key=lambda one: ((counts[one] + 0.5) / _SHARES[one], order.index(one)))
    return kind, -best[kind][1]


def _shuffled(chosen: Sequence[Attempt], seed: int) -> list[Attempt]:
    """The items mixed, so that kinds and documents change, in an order that the seed decides."""
    order = list(chosen)
    random.Random(f"mixed {seed}").shuffle(order)
    return order


def _noted(library: Library, items: Sequence[QuizItem]) -> list[QuizItem]:
    """The items, their citations with what became of the documents that they quote."""
    validity = Validity(library)
    known = {one: validity.cited([one])[0] for item in items for one in cited(item)}
    return [
        replace(
            item,
            citations=tuple(known[one] for one in item.citations),
            pairs=tuple(replace(pair, citation=known[pair.citation]) for pair in item.pairs),
            steps=tuple(replace(step, citation=known[step.citation]) for step in item.steps),
        )
        for item in items
    ]


def _dropped(faulty: Sequence[tuple[Fault, QuizItem]]) -> tuple[Dropped, ...]:
    counts = Counter(fault for fault, _ in faulty)
    return tuple(
        Dropped(Part.QUIZ, fault, counts[fault], next(item.stem for other, item in faulty if other is fault))
        for fault in Fault
        if counts[fault]
    )
