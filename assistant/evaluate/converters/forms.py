"""The forms that can be converted, by the names that are typed."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """A form of questions with answers. MTEB's retrieval tasks have the form of BEIR's."""

    SQUAD = "squad"
    BEIR = "beir"
    MTEB = "mteb"
    RAGAS = "ragas"
    CSV = "csv"
