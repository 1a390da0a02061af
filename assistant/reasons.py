"""Why there is no answer."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why there is no answer."""

    NO_QUESTION = "no question about documents"
    NOTHING_NEAR = "nothing near"
    PLACE_ABSENT = "place absent"
    NUMBER_ABSENT = "number absent"
    NAME_ABSENT = "name absent"
    ARTICLE_ABSENT = "article absent"
    PERIOD_ABSENT = "period absent"
    NO_SUCH_FACT = "no such fact"
    TOO_LITTLE = "too little of the question"
