"""The measures, each a value with its definition and source: ``FactRecall``, ``R@10``, ``AbstentionF1`` …

A measure gives each case it applies to a value and a weight; its value for a group of cases is the weighted
mean. That holds for ratios as well: precision of abstention is the mean, over the cases abstained from, of
whether they are not answerable. Only what is no mean at all (``AURC`` and the quantiles) is computed from the
group by itself; see ``assistant.evaluate.curves``.

A case that failed, timed out or is missing has the value 0 for every share that applies to its kind of
question, and counts in ``Failed``. ``None`` means that a measure does not apply, never that it is zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from assistant.evaluate.attribution import Attribution
from assistant.evaluate.corpus import Corpus
from assistant.evaluate.facts import Case
from assistant.evaluate.response import Outcome, Response
from assistant.evaluate.retrieval import PLACES, RETRIEVAL
from assistant.evaluate.stated import states, states_any, typed_without_marks

#: An answer earns its facts within this many words, so that length buys nothing.
WORDS_THAT_COUNT = 120


class Better(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Judged:
    """One case with all that its measures need.

    Attributes:
        outcome: ``None`` for a case that was never asked.
        facts: for each expected fact, whether the first 120 words of the answer state it.
        forbidden: the forbidden facts that the answer states anywhere.
        attribution: of its citations; ``None`` where the case failed or the system cites nothing at all.
        retrieval: measures of what was found; empty where they do not apply.
        cites: the system gives citations in this run, so that a case without an answer lacks them.
        cited_documents: share of the expected documents that the answer cites.
    """

    case: Case
    outcome: Outcome | None
    facts: tuple[bool, ...]
    forbidden: tuple[str, ...]
    attribution: Attribution | None
    retrieval: dict[str, float]
    cites: bool
    cited_documents: float | None = None

    @property
    def response(self) -> Response | None:
        return self.outcome.response if self.outcome else None

    @property
    def error(self) -> str:
        return self.outcome.error if self.outcome else "missing"

    @property
    def abstained(self) -> bool:
        """A case that failed is no abstention."""
        return self.response is not None and self.response.abstained

    @property
    def fact_recall(self) -> float | None:
        return sum(self.facts) / len(self.facts) if self.facts else None

    @property
    def score(self) -> float | None:
        """Fact recall, 0 with a forbidden fact; of a case without answer, whether it was abstained from."""
        if self.case.retrieval_only:
            return None
        if self.forbidden:
            return 0.0
        return self.fact_recall if self.case.answerable else float(self.abstained)


Term = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure that is a weighted mean over cases.

    Attributes:
        unit: ``share``, ``words``, ``seconds`` or ``tokens``.
        definition: with its source, where it has one.
        term: value and weight of a case, the weight of the case itself left out; ``None`` where it does not
            apply.
    """

    name: str
    better: Better
    unit: str
    definition: str
    term: Callable[[Judged], Term | None]

    def __str__(self) -> str:
        return self.name


def fact_recall(judged: Judged) -> float | None:
    """Share of the expected facts that stand in the first 120 words of the answer.

    Nugget recall (Voorhees, TREC 2003 QA track), with a limit of length in the place of its penalty. Numbers
    are compared as numbers and dates as dates: see ``assistant.evaluate.stated``.
    """
    return judged.fact_recall


def fact_precision(judged: Judged) -> float | None:
    """Of the expected and forbidden facts that an answer states, the share that is expected.

    Applies to cases that forbid something. One that states no expected fact has 0; one that is not answerable
    has 1 unless it states what is forbidden, or failed.
    """
    case = judged.case
    if not case.forbidden:
        return None
    if not case.answerable:
        return float(judged.response is not None and not judged.forbidden)
    stated = sum(judged.facts)
    return stated / (stated + len(judged.forbidden)) if stated else 0.0


def citation_recall(judged: Judged) -> float | None:
    """Share of the statements that what they cite bears out; ALCE (Gao et al., 2023).

    Applies to answerable cases that are answered, where the system cites at all; one that failed has 0. An
    answer where there is none is wrong altogether, and its citations, however right, are no merit.
    """
    return _attributed(judged, lambda found: found.recall)


def citation_precision(judged: Judged) -> float | None:
    """Share of the citations that their statement needs and that bear it out; ALCE (Gao et al., 2023).

    Applies as citation recall does.
    """
    return _attributed(judged, lambda found: found.precision)


def quote_exactness(judged: Judged) -> float | None:
    """Share of the citations whose quote is, character for character, the span of the stored text it names.

    Applies to those answers that have citations; an answerable case that failed has 0.
    """
    return _attributed(judged, lambda found: found.exact)


def cited_documents(judged: Judged) -> float | None:
    """Share of the expected documents that the answer cites, where the system cites at all."""
    return judged.cited_documents


def abstention_precision(judged: Judged) -> Term | None:
    """Of the cases abstained from, the share that is not answerable (Rajpurkar et al., 2018, score the same
    choice by accuracy)."""
    if judged.case.retrieval_only or not judged.abstained:
        return None
    return float(not judged.case.answerable), 1.0


def abstention_recall(judged: Judged) -> Term | None:
    """Of the cases that are not answerable, the share abstained from."""
    return None if judged.case.answerable else (float(judged.abstained), 1.0)


def abstention_f1(judged: Judged) -> Term | None:
    """Harmonic mean of the two: 2·TP / (abstained + not answerable), a mean with those as weights."""
    weight = float(judged.abstained) + float(not judged.case.answerable)
    if judged.case.retrieval_only or not weight:
        return None
    return float(judged.abstained and not judged.case.answerable), weight


def words(judged: Judged) -> float | None:
    """Length of an answer that says something, in words (runs of non-white-space)."""
    count = len(judged.response.text.split()) if judged.response else 0
    return float(count) if count else None


def failed(judged: Judged) -> float:
    """Share of the cases that failed with an error, timed out or were never asked."""
    return float(bool(judged.error))


def judge(
    case: Case,
    outcome: Outcome | None,
    attribution: Attribution | None = None,
    retrieval: dict[str, float] | None = None,
    *,
    cites: bool = False,
    cited_documents: float | None = None,
) -> Judged:
    """Compare an answer with what is expected of it."""
    text = outcome.response.text if outcome and outcome.response else ""
    unmarked = typed_without_marks(case.question, case.lang)
    first = first_words(text)
    facts = tuple(states_any(first, fact, tolerance=case.tolerance, unmarked=unmarked) for fact in case.facts)
    forbidden = tuple(entry for entry in case.forbidden if states(text, entry, unmarked=unmarked))
    return Judged(case, outcome, facts, forbidden, attribution, retrieval or {}, cites, cited_documents)


def first_words(text: str, count: int = WORDS_THAT_COUNT) -> str:
    """The first ``count`` words (runs of non-white-space), joined by single blanks."""
    return " ".join(text.split()[:count])


def expected_cited(case: Case, response: Response | None, corpus: Corpus) -> float:
    """Share of the expected documents of an answerable case that an answer cites."""
    claims = response.claims if response else ()
    cited = {corpus.id_of(place.document) for claim in claims for place in claim.citations}
    return sum(corpus.id_of(name) in cited for name in case.documents) / len(case.documents)


def _attributed(judged: Judged, value: Callable[[Attribution], float | None]) -> float | None:
    if judged.case.retrieval_only or not judged.case.answerable or not judged.cites:
        return None
    if judged.response is None:
        return 0.0
    if not judged.response.claims or judged.attribution is None:
        return None
    return value(judged.attribution)


def _alone(value: Callable[[Judged], float | None]) -> Callable[[Judged], Term | None]:
    def term(judged: Judged) -> Term | None:
        found = value(judged)
        return None if found is None else (found, 1.0)

    return term


def _mean(
    name: str,
    value: Callable[[Judged], float | None],
    better: Better = Better.HIGHER,
    unit: str = "share",
) -> Measure:
    return Measure(name, better, unit, _definition(value), _alone(value))


def _ratio(name: str, term: Callable[[Judged], Term | None]) -> Measure:
    return Measure(name, Better.HIGHER, "share", _definition(term), term)


def _definition(of: Callable[[Judged], object]) -> str:
    return " ".join((of.__doc__ or "").split())


def _score(judged: Judged) -> float | None:
    """Fact recall of an answerable case, 0 if it states a forbidden fact; of another, 1 if it was abstained
    from, else 0."""
    return judged.score


_FOUND: Final = {
    "Success": "Whether one that is relevant is among the first k found (hit@k).",
    "R": "Share of the relevant ones that are among the first k found (recall@k).",
    "RR": "One over the rank of the first relevant one, 0 if it is not among the first k; its mean is MRR"
    " (Voorhees, 1999).",
    "nDCG": "Discounted cumulative gain of the first k over that of the best order, discount log2(rank + 1)"
    " (Järvelin and Kekäläinen, 2002).",
}


def _retrieved(name: str) -> Measure:
    kind = "Places" if name.startswith(PLACES) else "Documents"
    base = name.removeprefix(PLACES).partition("@")[0]
    definition = f"{kind}: {_FOUND[base]} Computed by ir_measures."
    return Measure(
        name, Better.HIGHER, "share", definition, _alone(lambda judged: judged.retrieval.get(name))
    )


def _response_tokens(direction: str) -> Callable[[Judged], float | None]:
    def told(judged: Judged) -> float | None:
        if judged.response is None:
            return None
        value = judged.response.tokens_in if direction == "read" else judged.response.tokens_out
        return None if value is None else float(value)

    told.__doc__ = f"Tokens that a language model {direction} for an answer, where they are told."
    return told


SCORE: Final = _mean("Score", _score)
FACT_RECALL: Final = _mean("FactRecall", fact_recall)

MEASURES: Final = (
    SCORE,
    FACT_RECALL,
    _mean("FactPrecision", fact_precision),
    *(_retrieved(name) for name in RETRIEVAL),
    *(_retrieved(f"{PLACES}{name}") for name in RETRIEVAL),
    _mean("CitationRecall", citation_recall),
    _mean("CitationPrecision", citation_precision),
    _mean("QuoteExactness", quote_exactness),
    _mean("CitedDocuments", cited_documents),
    _ratio("AbstentionPrecision", abstention_precision),
    _ratio("AbstentionRecall", abstention_recall),
    _ratio("AbstentionF1", abstention_f1),
    _mean("Words", words, Better.NEITHER, "words"),
    _mean("TokensIn", _response_tokens("read"), Better.LOWER, "tokens"),
    _mean("TokensOut", _response_tokens("wrote"), Better.LOWER, "tokens"),
    _mean("Failed", failed, Better.LOWER),
)
