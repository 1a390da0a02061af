"""Which passages the saved answers cite, and how often."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from sqlalchemy import func, select

from index.catalogue import Catalogue
from index.schema import turns


class CitationCounts:
    """Counts the citations of saved answers; an answer is read once. Safe in several threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: tuple[tuple[int, int], Counter[tuple[str, str]]] = ((0, 0), Counter())

    def most_cited(self, count: int) -> list[tuple[str, str, int]]:
        """(document id, passage id, answers that cite it), the most cited first.

        What was cited may have been removed or changed since.
        """
        with self._catalogue.read() as connection:
            row = connection.execute(select(func.count(), func.max(turns.c.key))).one()
            state = (int(row[0]), int(row[1] or 0))
            if self._known[0] != state:
                found: Counter[tuple[str, str]] = Counter()
                for answer in connection.execute(select(turns.c.answer)).scalars():
                    found.update(_cited(answer))
                self._known = (state, found)
        ranked = sorted(self._known[1].items(), key=lambda entry: (-entry[1], entry[0]))
        return [(*cited, times) for cited, times in ranked[:count]]


def _cited(answer: str) -> set[tuple[str, str]]:
    """What an answer cites, each passage once; nothing of one that is no JSON of an answer."""
    try:
        statements: Any = json.loads(answer)["statements"] if answer else []
        return {
            (str(citation["document_id"]), str(citation["passage_id"]))
            for statement in statements
            for citation in statement["citations"]
        }
    except (ValueError, KeyError, TypeError):
        return set()  # written by a later version, or by hand: a picture is not worth an error
