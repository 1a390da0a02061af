"""At which stage an expected fact was lost on its way from the documents into the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from assistant.evaluate.corpus import Corpus
from assistant.evaluate.measures import Judged
from assistant.evaluate.response import Place
from assistant.evaluate.stated import states_any, typed_without_marks


class Stage(StrEnum):
    """What went wrong with a case, in the order in which an answer is made."""

    FAILED = "failed"
    NOT_INGESTED = "not_ingested"
    NOT_RETRIEVED = "not_retrieved"
    WRONGLY_ABSTAINED = "wrongly_abstained"
    NOT_CHOSEN = "not_chosen"
    NOT_STATED = "not_stated"
    FORBIDDEN_STATED = "forbidden_stated"
    WRONGLY_ANSWERED = "wrongly_answered"


_ORDER = tuple(Stage)


def stages(judged: Judged, corpus: Corpus) -> tuple[Stage | None, ...]:
    """For each expected fact where it was lost; ``None`` for one that the answer states.

    A fact is followed by its accepted strings: it is ingested if an expected document of the corpus states
    it, retrieved if a passage found in such a document does, chosen if a place cited there does. Stages that
    the system tells nothing of are passed over.
    """
    case, response = judged.case, judged.response
    if response is None:
        return (Stage.FAILED,) * len(case.facts)
    unmarked = typed_without_marks(case.question, case.lang)

    def state(texts: Iterable[str]) -> Callable[[tuple[str, ...]], bool]:
        known = list(texts)
        return lambda fact: any(
            states_any(text, fact, tolerance=case.tolerance, unmarked=unmarked) for text in known
        )

    documents = [corpus.find(name) for name in case.documents]
    ingested = state(document.text for document in documents if document is not None)
    expected = {corpus.id_of(name) for name in case.documents}

    def of_expected(places: Iterable[Place]) -> Iterator[str]:
        for place in places:
            if place.document not in corpus or corpus.id_of(place.document) in expected:
                yield place.text

    retrieved = state(of_expected(response.hits or ()))
    chosen = state(of_expected(place for claim in response.claims for place in claim.citations))

    def lost(fact: tuple[str, ...]) -> Stage:
        if not ingested(fact):
            return Stage.NOT_INGESTED
        if response.hits is not None and not retrieved(fact):
            return Stage.NOT_RETRIEVED
        if response.abstained:
            return Stage.WRONGLY_ABSTAINED
        if response.cites and not chosen(fact):
            return Stage.NOT_CHOSEN
        return Stage.NOT_STATED

    return tuple(
        None if stated else lost(fact) for fact, stated in zip(case.facts, judged.facts, strict=True)
    )


def stage_of(judged: Judged, lost: Iterable[Stage | None]) -> Stage | None:
    """The first stage at which a case went wrong; ``None`` where its score is full, or it has none."""
    if judged.response is None:
        return Stage.FAILED
    found = [stage for stage in lost if stage is not None]
    if found:
        return min(found, key=_ORDER.index)
    if judged.forbidden:
        return Stage.FORBIDDEN_STATED
    if not judged.case.answerable and not judged.abstained:
        return Stage.WRONGLY_ANSWERED
    return None
