"""One harm to one answer lowers the measures that are about it, by what it should, and no other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
import twelve_cases
from twelve_cases import RESPONSES, A, B, at, claim, quoted

from assistant.evaluate.measures import Better
from assistant.evaluate.response import Claim, Response
from assistant.evaluate.scores import ALL, CaseScore, Summary, summarise


def changed(id: str, *claims: Claim, **more: object) -> Mapping[str, Response]:
    return {**RESPONSES, id: replace(RESPONSES[id], claims=claims, **more)}  # type: ignore[arg-type]


def summary(responses: Mapping[str, Response]) -> Summary:
    return summarise(twelve_cases.scored(responses), intervals=False)


ONE_DIGIT = changed(
    "c03", claim("Hội nghị tổng kết họp ngày 15 tháng 11 năm 2023 tại hội trường xã.", at(A, 4))
)
#: In the answer and in the quote, which then is no longer the text of the document.
DIGIT_OF_A_QUOTE = changed(
    "c02",
    claim(
        at(A, 1).text.replace("27", "28"),
        replace(at(A, 1), text=at(A, 1).text.replace("27", "28")),
    ),
)
#: To the next sentence, with its text.
MOVED_CITATION = changed("c01", quoted(at(A, 1)), claim(at(A, 2).text, at(A, 3)))
#: The same quote at the offsets of the next sentence.
MOVED_OFFSETS = changed(
    "c01", quoted(at(A, 1)), claim(at(A, 2).text, replace(at(A, 2), start=at(A, 3).start, end=at(A, 3).end))
)
NEEDLESS_CITATION = changed("c01", quoted(at(A, 1)), claim(at(A, 2).text, at(A, 2), at(B, 1)))
FORBIDDEN = changed("c03", quoted(at(A, 4)), claim("Bản tin ghi ngày 14/12/2023."))
ANSWERED = changed("c11", quoted(at(A, 3)), abstained=False)
SILENT = changed("c06", abstained=True)
WORSE_RANK = {**RESPONSES, "c08": replace(RESPONSES["c08"], hits=(at(B, 1), at(A, 3)))}

FACT = ("FactRecall", "Score", "AURC")
ABSTENTION = ("AbstentionPrecision", "AbstentionF1")
HARMS: Mapping[str, tuple[Mapping[str, Response], set[str]]] = {
    # A wrong figure is a lost fact that its citation does not bear out.
    "one digit": (ONE_DIGIT, {*FACT, "FactPrecision", "CitationRecall", "CitationPrecision"}),
    "one digit of answer and quote": (DIGIT_OF_A_QUOTE, {*FACT, "QuoteExactness"}),
    "citation moved": (MOVED_CITATION, {"CitationRecall", "CitationPrecision"}),
    "offsets moved": (MOVED_OFFSETS, {"QuoteExactness"}),
    "needless citation": (NEEDLESS_CITATION, {"CitationPrecision"}),
    "forbidden fact": (FORBIDDEN, {"FactPrecision", "Score", "AURC", "CitationRecall"}),
    "unanswerable answered": (ANSWERED, {*ABSTENTION, "AbstentionRecall", "Score"}),
    "wrongly silent": (SILENT, {*FACT, *ABSTENTION, "CitedDocuments", "CitationRecall"}),
    "found later": (WORSE_RANK, {"Success@1", "RR@10", "nDCG@10"}),
}  # fmt: skip


@pytest.mark.parametrize("harm", HARMS)
def test_a_harm_lowers_what_is_about_it_and_nothing_else(harm: str) -> None:
    responses, expected = HARMS[harm]
    before, after = summary(RESPONSES), summary(responses)
    worse, better = set(), set()
    for name, measure in ALL.items():
        old, new = before.value(name), after.value(name)
        if measure.better is Better.NEITHER or old is None or new is None or old == new:
            continue
        (worse if (new < old) == (measure.better is Better.HIGHER) else better).add(name)
    assert worse == expected
    # Citations are measured on what is answered: their mean rises where one below it is no longer given.
    assert better == ({"CitationPrecision", "QuoteExactness"} if harm == "wrongly silent" else set())


def test_one_digit_without_a_citation_is_a_lost_fact_alone() -> None:
    bare = {id: Response(response.claims, response.abstained) for id, response in RESPONSES.items()}
    wrong = {**bare, "c02": Response((claim(at(A, 1).text.replace("27", "28")),))}
    before, after = summary(bare), summary(wrong)
    lower = {name for name in ALL if before.value(name) != after.value(name)}
    assert lower == {"FactRecall", "Score", "AURC"}
    assert before.value("FactRecall") - after.value("FactRecall") == pytest.approx(0.5 / 10)  # type: ignore[operator]


def test_length_buys_nothing_but_words(scores: tuple[CaseScore, ...]) -> None:
    long = replace(RESPONSES["c02"], claims=(*RESPONSES["c02"].claims, *[quoted(at(A, 4))] * 20))
    before, after = summarise(scores, intervals=False), summary({**RESPONSES, "c02": long})
    assert {name for name in ALL if before.value(name) != after.value(name)} == {"Words"}
