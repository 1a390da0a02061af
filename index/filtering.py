"""Which documents a search may see, decided before it runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from index.terms import syllable
from index.types import Filters
from ingest.numbers import canonical, find_short_numbers, fold, short

_RANKS = ("tỉnh", "thành phố")


def matching(rows: Mapping[int, Mapping[str, Any]], filters: Filters) -> list[int]:
    """Keys of the documents that hold under ``filters``.

    Args:
        rows: document key → ``id, province, kind, issuer, number, number_key, issued_on``.

    A document without a date of issue holds under no date filter. Numbers compare in canonical form,
    "Chỉ thị 28" stands for every directive of number 28. A province written without any diacritics stands
    for every one that reads so without them.
    """
    provinces = {_place(name) for name in filters.provinces}
    plain = {name for name in provinces if name.isascii()}
    kinds = {str(kind) for kind in filters.kinds}
    full = {canonical(number) for number in filters.numbers}
    brief = {mention.canonical for number in filters.numbers for mention in find_short_numbers(number)}
    ids = set(filters.document_ids)
    issuers = {_name(issuer) for issuer in filters.issuers}

    def holds(row: Mapping[str, Any]) -> bool:
        issued = row["issued_on"]
        return (
            (not ids or row["id"] in ids)
            and (not kinds or row["kind"] in kinds)
            and (not issuers or (row["issuer"] is not None and _name(row["issuer"]) in issuers))
            and (
                not provinces
                or not provinces.isdisjoint(_places(row["province"]))
                or not plain.isdisjoint(map(fold, _places(row["province"])))
            )
            and (
                not filters.numbers
                or row["number_key"] in full
                or (row["number"] is not None and short(row["number"]) in brief)
            )
            and (filters.issued_from is None or (issued is not None and issued >= filters.issued_from))
            and (filters.issued_to is None or (issued is not None and issued <= filters.issued_to))
        )

    return [key for key, row in rows.items() if holds(row)]


@lru_cache(maxsize=4096)
def _name(text: str) -> str:
    return " ".join(fold(text).split())


@lru_cache(maxsize=4096)
def _places(province: str | None) -> tuple[str, ...]:
    """A province as it may be asked for: with its rank, and without."""
    if province is None:
        return ()
    bare = province
    for rank in _RANKS:
        if province.casefold().startswith(rank + " "):
            bare = province[len(rank) + 1 :]
    return (_place(province), _place(bare))


def _place(name: str) -> str:
    return " ".join(syllable(part) for part in re.split(r"[\s–-]+", name.strip()))
