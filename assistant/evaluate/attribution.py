"""Citation recall and precision as ALCE defines them (Gao, Yen, Yu and Chen, "Enabling Large Language Models
to Generate Text with Citations", EMNLP 2023), with the project's verifier in the place of their NLI model.

- A statement is *recalled* when it cites something, and all that it cites together bears it out.
- A citation is *precise* when its statement is recalled, and it is not irrelevant: it bears the statement out
  alone, or the others do not without it.

Recall is the mean over the statements of an answer, precision over its citations. As in ALCE, each citation
stands for exactly the span it names, not for the passage around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.evaluate.corpus import Corpus
from assistant.evaluate.response import Claim, Place, Response
from assistant.types import Verdict
from assistant.verification.types import Evidence
from assistant.verification.verifier import Verifier
from ingest.types import Document, Passage

#: Whether the places together bear the text out.
BearsOut = Callable[[str, Sequence[Place]], bool]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The citations of one answer.

    Attributes:
        recall: share of its statements that are recalled; 0 where it makes none.
        precision: share of its citations that are precise; 0 where it has none.
        exact: share of its citations whose text is exactly the span they name; ``None`` where it has none.
    """

    recall: float
    precision: float
    exact: float | None


def attribution(response: Response, bears_out: BearsOut, corpus: Corpus) -> Attribution:
    """How well an answer's citations bear it out."""
    recalled = precise = total = exact = 0
    for claim in response.claims:
        own = _recalled(claim, bears_out)
        recalled += own
        total += len(claim.citations)
        exact += sum(corpus.exact(place) for place in claim.citations)
        if own:
            precise += sum(_relevant(claim, at, bears_out) for at in range(len(claim.citations)))
    return Attribution(
        recalled / len(response.claims) if response.claims else 0.0,
        precise / total if total else 0.0,
        exact / total if total else None,
    )


def _recalled(claim: Claim, bears_out: BearsOut) -> bool:
    return bool(claim.citations) and bears_out(claim.text, claim.citations)


def _relevant(claim: Claim, at: int, bears_out: BearsOut) -> bool:
    others = claim.citations[:at] + claim.citations[at + 1 :]
    if not others or bears_out(claim.text, claim.citations[at : at + 1]):
        return True
    return not bears_out(claim.text, others)


class VerifiedBy:
    """What bears a text out by the verdict of ``assistant.verification``: verbatim or supported.

    A quotation of several pieces, each cited by its own citation in their order, is borne out by them.

    Args:
        corpus: documents whose title, place and date a sentence may rest on beside the cited span.
    """

    def __init__(self, verifier: Verifier, corpus: Corpus) -> None:
        self._verifier = verifier
        self._corpus = corpus

    def __call__(self, text: str, places: Sequence[Place]) -> bool:
        if _quotation(text, places):
            return True
        evidence = {marker: self._evidence(marker, place) for marker, place in enumerate(places, start=1)}
        markers = " ".join(f"[{marker}]" for marker in evidence)
        checked = self._verifier.check(f"{text} {markers}", evidence)
        return checked.verdict in (Verdict.VERBATIM, Verdict.SUPPORTED)

    def _evidence(self, marker: int, place: Place) -> Evidence:
        document = self._corpus.find(place.document)
        span = self._corpus.span(place)
        if document is None or span is None or document.text[slice(*span)] != place.text:
            # Of another text than the library's: what is cited is all there is to know.
            document = replace(
                document or Document(place.document, "", place.document, ""), text=place.text, pages=()
            )
            span = 0, len(place.text)
        start, end = span
        passage = Passage(
            f"{document.id}#{marker}", document.id, marker, start, end, document.text[start:end]
        )
        return Evidence(marker, document, passage)


def _quotation(text: str, places: Sequence[Place]) -> bool:
    """The text is what it cites, piece by piece, and nothing but "[…]" beside it."""
    said = " ".join(text.replace("[…]", " ").split())
    return bool(said) and said == " ".join(" ".join(place.text.split()) for place in places)
