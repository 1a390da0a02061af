"""True or false: what a document states, or the same with one fact that is another's."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from assistant.study.asking import Asked, opens_badly
from assistant.study.clause import clause_with
from assistant.study.facts import DATES, FIGURES, Fact, FactKind
from assistant.study.gather import Line
from assistant.study.quiz.attempt import Attempt, attempt_of, citations_of
from assistant.study.quiz.distractors import wrong_answers
from assistant.study.quiz.said import Said, has
from assistant.study.quiz.wording import answered, claim_stem, phrase, raised
from assistant.study.sourcing import placed
from assistant.study.types import Difficulty, QuizItem, QuizKind

_LEAST_WORDS = 8
_NAMES = re.compile(r"(?:về|chỉ thị|nghị quyết|quy định|hướng dẫn|kế hoạch|kết luận) ", re.IGNORECASE)
#: Told in passing where they cannot be asked for.
_IN_PASSING = DATES | {FactKind.SHARE, FactKind.DURATION}
_RULE_WORDS = (8, 34)
_SWAPPED_WORTH = 0.05
_PLURAL = re.compile(r"(?:các|những|mỗi|mọi|nhiều|một số)\s$", re.IGNORECASE)
#: Bodies written small within a sentence.
_COMMON = re.compile(r"(?:Chi (?:bộ|ủy)|Cấp ủy|Bí thư|Ban chấp hành|Trung tâm|Các)(?!\w)")
#: Terms that turn a rule into its opposite when they take each other's place.
_OPPOSITES = (
    ("đảng viên chính thức", "đảng viên dự bị"),
    ("trước khi", "sau khi"),
    ("ít nhất", "nhiều nhất"),
    ("tối thiểu", "tối đa"),
    ("cao hơn", "thấp hơn"),
    ("tăng lên", "giảm đi"),
    ("thường xuyên", "thỉnh thoảng"),
    ("cấp trên(?! cơ sở)", "cấp dưới"),
    ("có quyền", "không có quyền"),
    ("buổi sáng", "buổi tối"),
    ("khai trừ", "khiển trách"),
    ("nông thôn", "thành thị"),
    ("chất lượng hơn số lượng", "số lượng hơn chất lượng"),
    ("phải là", "không cần là"),
    ("từng người một", "cả danh sách một lần"),
)
_ODD = frozenset({FactKind.MONTH, FactKind.ROLE})


def judged(asked: Asked, said: Said, rng: random.Random, language: str) -> Iterator[Attempt]:
    """The claim with the fact as it is, or with another in its place; which of both chance decides."""
    if asked.fact.kind in (FactKind.BODY, FactKind.PERSON) and (
        not asked.question or _PLURAL.search(asked.claim[: asked.start])
    ):
        return
    if asked.fact.kind in _IN_PASSING and not asked.question:
        return  # as of when something is told makes no claim
    if len(asked.claim.split()) < _LEAST_WORDS or asked.fact.kind in _ODD or not _states(asked):
        return
    truth = rng.random() < 0.5
    answer = asked.key
    if not truth:
        wrong = wrong_answers(asked, said, rng, 1)
        if not wrong:
            return
        answer = _fitted(wrong[0].text, asked)
    told = answered(f"{asked.question}?", answer) if asked.question else asked.told(answer)
    if not told:
        return
    stem = claim_stem(asked, told, language)
    if not stem:
        return
    real = "" if truth else phrase("really", language, text=raised(asked.claim))
    item = QuizItem(
        "", QuizKind.TRUE_FALSE, stem, citations_of(asked), Difficulty.EASY, truth=truth, explanation=real
    )
    yield attempt_of(asked, item)


def _states(asked: Asked) -> bool:
    """The clause is a sentence: one that can be asked, or counts one of several things."""
    if asked.question:
        return True
    before = asked.claim[: asked.start]
    return (
        asked.fact.kind in FIGURES
        and before.count("(") == before.count(")")
        and not _NAMES.match(asked.claim)
    )


def _fitted(text: str, asked: Asked) -> str:
    """A wrong answer with the case of letters that its place wants."""
    if asked.start == 0 and asked.fact.kind is not FactKind.SUBJECT:
        return raised(text)
    if asked.fact.kind is FactKind.SUBJECT:
        return text[:1].lower() + text[1:]
    return (
        text[:1].lower() + text[1:] if _COMMON.match(text) or asked.fact.kind is FactKind.FREQUENCY else text
    )


def swapped(line: Line, said: Said, language: str, rng: random.Random) -> Iterator[Attempt]:
    """A rule as it stands, or with one of its terms turned into the opposite."""
    clause = clause_with(line, None)
    if (
        clause is None
        or opens_badly(line.text)
        or "|" in line.text
        or not _RULE_WORDS[0] <= len(clause.text.split()) <= _RULE_WORDS[1]
    ):
        return
    found = [
        (term, other)
        for pair in _OPPOSITES
        for term, other in (pair, pair[::-1])
        if _count(clause.text, term) == 1
    ]
    found = [(term, other) for term, other in found if not _count(clause.text, other)]
    if not found or clause.subject is not None:
        return
    term, other = rng.choice(found)
    at = re.search(rf"(?<!\w){term}(?!\w)", clause.text)
    if at is None:
        return  # it begins the sentence, and another case would have to be put in its place
    told = placed(clause.text, line.document)
    truth = rng.random() < 0.4
    if not truth:
        other = re.sub(r"\(.*?\)", "", other)
        wrong = told.replace(at.group(), other, 1)
        around = " ".join(
            wrong[max(0, wrong.find(other) - 12) : wrong.find(other) + len(other) + 12].split()[1:-1]
        )
        if any(has(each.text, around) for each in said.near(wrong)):
            return
        told, real = wrong, told
    fact = Fact(FactKind.SUBJECT, 0, 0, term, term)
    asked = Asked(clause, fact, "", told, 0, 0, term, False)
    stem = claim_stem(asked, told, language)
    if stem:
        note = "" if truth else phrase("really", language, text=raised(real))
        item = QuizItem(
            "", QuizKind.TRUE_FALSE, stem, (line.cite(),), Difficulty.MEDIUM, truth=truth, explanation=note
        )
        yield Attempt(item, (line,), line.score + _SWAPPED_WORTH, "rule")


def _count(text: str, term: str) -> int:
    # A sentence that begins with the other term would compare it with itself.
    return len(re.findall(rf"(?<!\w){term}(?!\w)", text, re.IGNORECASE))
