"""The place that a document of one place tells of, and where the document itself names it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingest.places import find_places
from ingest.sentences import sentences
from ingest.types import Document

#: Characters of a document in which it names its place.
_READ = 1500
_OF_BLOC = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A place as its document names it: ``document.text[start:end]`` is ``name`` ("tỉnh Bắc Ninh").

    Attributes:
        sentence: start and end of the sentence that names it.
        said: the statement asked about names it itself.
    """

    name: str
    start: int
    end: int
    sentence: tuple[int, int]
    said: bool = False


def named_place(document: Document, statement: str) -> Named | None:
    """The place that a statement of ``document`` tells of; ``None`` where that is no single place.

    What a document of a place says is said of that place; so is what names another, of that other.
    """
    if document.province is None:
        return None
    # A document of one bloc of party bodies tells of that, and names it again and again.
    of_bloc = len(re.findall(r"Khối(?!\w)", document.text)) >= _OF_BLOC
    found = _in_document(document.text[:_READ], document.province, of_bloc)
    if found is None:
        return None
    own = document.province.split(" ", 1)[1] if " " in document.province else document.province
    mentions = find_places(statement)
    if any(mention.name == own for mention in mentions) or own in statement:
        return Named(found.name, found.start, found.end, found.sentence, said=True)
    return None if mentions else found


@lru_cache(maxsize=512)
def _in_document(beginning: str, province: str, of_bloc: bool) -> Named | None:
    rank = "thành phố" if province.startswith("thành phố ") else province.split(" ")[0]
    name = province.removeprefix(f"{rank} ")
    bloc = of_bloc and re.search(
        rf"Khối [^.,;:\n]{{3,60}}?{re.escape(rank)} {re.escape(name)}(?!\w)", beginning
    )
    ranked = re.search(rf"(?i:(?<!\w){re.escape(rank)}) {re.escape(name)}(?!\w)", beginning)
    bare = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", beginning)
    match = bloc or ranked or bare
    if match is None:
        return None
    spans = [span for span in sentences(beginning) if span[0] <= match.start() < span[1]]
    return Named(match.group(), match.start(), match.end(), spans[0] if spans else match.span())
