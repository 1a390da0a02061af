"""What a question for a figure demands of a sentence: the thing, the group, the year and the extent it is of.

A figure of something else is a wrong figure, however near its sentence is to the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from assistant.attributes import Attribute, alternatives, attributes, groups
from assistant.concepts import ConceptKind
from assistant.extents import of_extent, of_year
from assistant.phrases import UPPER, words
from assistant.quantities import figures
from assistant.reading import Reading
from assistant.reasons import Reason
from assistant.scoring import Scored, reaches
from assistant.wanted import Wanted

#: Kinds of answer that are a figure of something.
_FIGURES = frozenset({Wanted.COUNT, Wanted.PERCENT, Wanted.DURATION})
#: Questions for what is aimed at, and how a sentence tells it.
_AIM_ASKED = re.compile(
    r"\b(?:chỉ tiêu|mục tiêu)\b(?! (?:đã |được )?(?:đạt|hoàn thành))(?=[^?]*(?:bao nhiêu|mấy))|\btargets?\b",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"chỉ tiêu|mục tiêu|phấn đấu|kế hoạch|được giao|đặt ra|đề ra|dự kiến|ít nhất|trở lên", re.IGNORECASE
)
#: Characters between a figure and the group it is of, at most, and what parts them.
_BESIDE = 45
_PARTS = re.compile(r"[;.]")
#: A body below the province by its kind and the first word of its name: "Công ty Điện lực".
_BODY = re.compile(
    rf"(?<!\w)(?i:công ty|trường|bệnh viện|hợp tác xã|nhà máy|xí nghiệp|ngân hàng|học viện|sở)(?: (?i:cổ phần|tnhh))* [{UPPER}][^\W\d_]+"
)
#: Digits of a figure that is no ordinal or share.
_LARGE = 3
_YEAR = re.compile(r"(?:19|20)\d\d")


def figure_demands(reading: Reading) -> Iterator[tuple[Reason, Callable[[Scored], bool]]]:
    """What must hold of a sentence, and why nothing is found where it holds of none; nothing for other questions."""
    if not _FIGURES.intersection(reading.wanted) or Wanted.WHY in reading.wanted:
        return
    for names in groups(reading.text):
        yield Reason.NO_SUCH_FACT, partial(_counts_group, names)
    yield Reason.PERIOD_ABSENT, lambda entry: of_year(_sentence(entry), _over(entry), reading.text)
    yield Reason.NO_SUCH_FACT, partial(_of_extent, reading.text)
    for concept in reading.concepts:  # "trong 6.611 đảng viên đó": the figure that is asked about
        if concept.kind is ConceptKind.FIGURE and _is_large(concept.alternatives[0]):
            yield Reason.NO_SUCH_FACT, partial(_beside, concept.alternatives)
    body = _BODY.search(reading.text)
    if body:
        yield Reason.NAME_ABSENT, partial(_beside, (" ".join(words(body.group())),))
    if _AIM_ASKED.search(reading.text):  # what was reached is not what was aimed at
        yield Reason.NO_SUCH_FACT, _tells_an_aim


def attributes_known(reading: Reading, kept: Sequence[Scored]) -> bool:
    """Whether what the figure is asked of ("tuổi trung bình") is spoken of near one of the sentences."""
    if not _FIGURES.intersection(reading.wanted) and reading.language != "en":
        return True
    return all(
        any(_has_attribute(reading, entry, one) for entry in kept)
        for one in attributes(reading.text, reading.language)
    )


def _has_attribute(reading: Reading, entry: Scored, attribute: Attribute) -> bool:
    """The sentence, or what stands around or over it, speaks of what the figure is asked of."""
    if any(
        reaches(entry, other) for name in attribute.names for other in alternatives(name, reading.concepts)
    ):
        return True
    if not attribute.phrases:
        return False
    had = [
        any(reaches(entry, other) for other in alternatives(phrase, reading.concepts))
        for phrase in attribute.phrases
    ]
    return sum(had) / len(had) >= attribute.least


def _of_extent(question: str, entry: Scored) -> bool:
    document = entry.candidate.document.text
    whole = _sentence(entry)
    return of_extent(whole, _over(entry), question, document)


def _is_large(figure: str) -> bool:
    return sum(char.isdigit() for char in figure) >= _LARGE and not _YEAR.fullmatch(figure)


def _beside(names: Sequence[str], entry: Scored) -> bool:
    candidate = entry.candidate
    return any(text.has(name) for name in names for text in (candidate.own, candidate.near, candidate.lead))


def _tells_an_aim(entry: Scored) -> bool:
    return _AIM.search(f"{_sentence(entry)} {_over(entry)}") is not None


def _counts_group(names: Sequence[str], entry: Scored) -> bool:
    """A figure stands right beside the group, or under a heading that names it."""
    candidate = entry.candidate
    text = candidate.text.lower()
    if any(candidate.lead.has(" ".join(words(name))) for name in names) or " | " in text:
        return True
    numbers = [match.span() for match in figures(text)]
    for name in names:
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            for start, end in numbers:
                between = text[end : found.start()] if end <= found.start() else text[found.end() : start]
                if len(between) <= _BESIDE and not _PARTS.search(between):
                    return True
    return False


def _over(entry: Scored) -> str:
    """The headings over a sentence and the title of its document."""
    return " | ".join((*entry.candidate.heading, entry.candidate.document.title))


def _sentence(entry: Scored) -> str:
    """The whole sentence that the candidate is, or is a part of."""
    candidate = entry.candidate
    return candidate.document.text[slice(*candidate.sentence)]
