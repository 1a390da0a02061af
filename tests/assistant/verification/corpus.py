"""The sample corpus as evidence, and the sentences that are checked against it."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.verification.types import Evidence
from ingest.load import load
from ingest.split import split
from ingest.types import Document, Passage

HERE = Path(__file__).parent
DOCUMENTS = HERE.parents[2] / "ingest" / "sample_corpus" / "documents"
KEYS = {
    "bang": "bang-chu-viet-tat.html",
    "db": "dien-bien-2006-2010.rtf",
    "hd": "hoi-dap-lop-nhan-thuc-ve-dang.md",
    "hn": "hoi-nghi-chuyen-de-2020.txt",
    "qt": "huong-dan-quy-trinh-ket-nap.docx",
    "k24": "ke-hoach-lop-boi-duong-2024.txt",
    "k25": "ke-hoach-lop-boi-duong-2025.docx",
    "ht": "khoi-doanh-nghiep-ha-tinh-2022.pdf",
    "st": "so-tay-van-ban-thi-hanh-dieu-le.md",
    "tp": "thanh-pho-bac-ninh-2024.txt",
    "tb": "tinh-bac-ninh-lang-nghe-2019.html",
    "c28": "tom-luoc-chi-thi-28.md",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence that is checked.

    Attributes:
        kind: "true", or what was altered in it.
        passages: ids of the passages that markers 1, 2 … stand for.
        held: it is not of the half on which the limits were chosen.
    """

    kind: str
    text: str
    passages: tuple[str, ...]
    held: bool


def _tokens(text: str) -> int:
    """Enough for cutting passages as long as those of a library: no model is loaded for it."""
    return len(text) // 4 + 2


@cache
def documents() -> dict[str, Document]:
    """The documents of the sample corpus by id."""
    files = sorted(path for path in DOCUMENTS.iterdir() if path.suffix != ".toml")
    return {document.id: document for document in map(load, files)}


@cache
def passages() -> dict[str, Passage]:
    """Their passages by id."""
    return {
        passage.id: passage
        for document in documents().values()
        for passage in split(document, count_tokens=_tokens, max_tokens=256)
    }


def passage_with(key: str, words: str) -> Passage:
    """The passage of a document in which ``words`` stand."""
    found = [p for p in passages().values() if p.document_id == KEYS[key] and words in p.text]
    if not found:
        raise LookupError(f"No passage of {KEYS[key]} holds {words!r}.")
    return found[0]


def evidence(ids: tuple[str, ...]) -> dict[int, Evidence]:
    """What markers 1, 2 … stand for."""
    return {
        marker: Evidence(marker, documents()[passages()[id_].document_id], passages()[id_])
        for marker, id_ in enumerate(ids, start=1)
    }


def read_true() -> list[tuple[str, tuple[str, ...]]]:
    """The sentences written by hand with their markers, and the passages they cite."""
    found = []
    for line in (HERE / "true_sentences.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        cited, text = line.split("\t")
        anchors = [part.split(": ", 1) for part in cited.split(" || ")]
        ids = tuple(passage_with(key.strip(), words).id for key, words in anchors)
        if "[1]" not in text:
            text += " " + "".join(f"[{n}]" for n in range(1, len(ids) + 1))
        found.append((text, ids))
    return found


def read_altered() -> list[Case]:
    """The altered sentences."""
    found = []
    for line in (HERE / "altered_sentences.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, half, ids, text = line.split("\t")
            found.append(Case(kind, text, tuple(ids.split()), half == "held"))
    return found


def true_cases() -> list[Case]:
    """The true sentences: those written by hand, and sentences of the corpus itself."""
    own = {(text, ids) for text, ids in corpus_sentences()}
    return [
        *(Case("true, by hand", text, ids, is_held(text)) for text, ids in read_true()),
        *(Case("true, of the corpus", text, ids, is_held(text)) for text, ids in sorted(own)),
    ]


def corpus_sentences() -> list[tuple[str, tuple[str, ...]]]:
    """Sentences of the sample corpus that state something, each with its marker."""
    found = []
    for passage in passages().values():
        for line in passage.text.splitlines():
            for sentence in re.split(r"(?<=[^\W\d][.!])\s+(?=[A-ZĐÀ-Ỹ])", line):
                plain = sentence.endswith(".") and "|" not in sentence and "nhóm biên soạn" not in sentence
                if 8 <= len(sentence.split()) <= 45 and plain:
                    found.append((f"{sentence.strip()} [1]", (passage.id,)))
    return found


def is_held(text: str) -> bool:
    """Whether what is made of a sentence is of the half on which nothing was chosen."""
    return zlib.crc32(text.encode()) % 2 == 1
