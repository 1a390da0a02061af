"""What a conversion gives, and what the converters share."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.errors import BadFacts
from assistant.evaluate.facts import Case
from ingest.numbers import fold


@dataclass(frozen=True, slots=True)
class Converted:
    """Cases, the documents they are about, and what was left out.

    Attributes:
        documents: file name → text.
        skipped: reason → how many questions were left out for it.
    """

    cases: tuple[Case, ...]
    documents: Mapping[str, str]
    skipped: Mapping[str, int] = field(default_factory=dict)


class Names:
    """File names of documents: readable, and each given to one document only."""

    def __init__(self) -> None:
        self._by_key: dict[str, str] = {}
        self._taken: Counter[str] = Counter()

    def of(self, key: str, wanted: str) -> str:
        """The file name of the document ``key``, made of ``wanted`` when it is first asked for."""
        if key not in self._by_key:
            slug = re.sub(r"[^0-9a-z]+", "-", fold(wanted)).strip("-")[:60] or "document"
            self._taken[slug] += 1
            number = self._taken[slug]
            self._by_key[key] = f"{slug}.txt" if number == 1 else f"{slug}-{number}.txt"
        return self._by_key[key]


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        BadFacts: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFacts(f"{path}: {error.strerror or error}.") from None
    except UnicodeDecodeError:
        raise BadFacts(f"{path}: not UTF-8 text. Save it as UTF-8.") from None


def read_json(path: Path) -> Any:
    """The JSON value of a file. Raises ``BadFacts``."""
    try:
        return json.loads(read_text(path))
    except ValueError as error:
        raise BadFacts(f"{path}: not valid JSON: {error}.") from None


def read_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Place and object of each line of a JSON Lines file. Raises ``BadFacts``."""
    for number, text in enumerate(read_text(path).split("\n"), start=1):
        if not text.strip():
            continue
        place = f"{path}, line {number}"
        try:
            value = json.loads(text)
        except ValueError as error:
            raise BadFacts(f"{place}: not valid JSON: {error}.") from None
        if not isinstance(value, dict):
            raise BadFacts(f"{place}: expected one JSON object, found {type(value).__name__}.")
        yield place, value


def case_of(place: str, value: Mapping[str, Any]) -> Case:
    """A case, or ``BadFacts`` that names the place it was read from."""
    try:
        return Case.model_validate(value)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        where = ".".join(map(str, problem["loc"]))
        message = problem["msg"].removeprefix("Value error, ")
        raise BadFacts(f"{place}: {f'{where}: ' if where else ''}{message}.") from None
