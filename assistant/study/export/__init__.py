"""Teaching material as files. Each format is one function of its own module, from a draft to bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from assistant.study.export.anki import to_anki
from assistant.study.export.gift import to_gift
from assistant.study.export.key_table import to_key_table
from assistant.study.export.moodle import to_moodle_xml
from assistant.study.export.qti import to_qti
from assistant.study.export.table import to_csv
from assistant.study.types import Draft, Part


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        name: by which it is asked for ("gift").
        suffix: of the file's name, with its dot.
        parts: it is made of; a draft with none of them has nothing to write.
    """

    name: str
    suffix: str
    media_type: str
    parts: tuple[Part, ...]
    write: Callable[[Draft], bytes]


def _late(module: str, name: str) -> Callable[[Draft], bytes]:
    """A function of a module here; its libraries, slow to load, are loaded when it is first called."""

    def write(draft: Draft) -> bytes:
        function: Callable[[Draft], bytes] = getattr(import_module(f"{__name__}.{module}"), name)
        return function(draft)

    return write


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_PDF = "application/pdf"
_QUIZ, _PLAN, _HANDOUT, _SLIDES = (Part.QUIZ,), (Part.PLAN,), (Part.HANDOUT,), (Part.SLIDES,)
_ALL = (
    Format("plan-docx", ".giao-an.docx", _DOCX, _PLAN, _late("documents", "to_plan_docx")),
    Format("handout-docx", ".phat-tay.docx", _DOCX, _HANDOUT, _late("documents", "to_handout_docx")),
    Format("quiz-docx", ".bai-kiem-tra.docx", _DOCX, _QUIZ, _late("documents", "to_quiz_docx")),
    Format("key-docx", ".dap-an.docx", _DOCX, _QUIZ, _late("documents", "to_key_docx")),
    Format("variants-docx", ".ma-de.zip", "application/zip", _QUIZ, _late("documents", "to_variants_docx")),
    Format("slides-pptx", ".pptx", _PPTX, _SLIDES, _late("deck.presentation", "to_pptx")),
    Format("plan-pdf", ".giao-an.pdf", _PDF, _PLAN, _late("documents", "to_plan_pdf")),
    Format("handout-pdf", ".phat-tay.pdf", _PDF, _HANDOUT, _late("documents", "to_handout_pdf")),
    Format("quiz-pdf", ".bai-kiem-tra.pdf", _PDF, _QUIZ, _late("documents", "to_quiz_pdf")),
    Format("key-pdf", ".dap-an.pdf", _PDF, _QUIZ, _late("documents", "to_key_pdf")),
    Format("slides-pdf", ".trinh-chieu.pdf", _PDF, _SLIDES, _late("deck.pdf", "to_slides_pdf")),
    Format("pdf", ".pdf", _PDF, (*_PLAN, *_HANDOUT, *_QUIZ), _late("documents", "to_pdf")),
    Format("markdown", ".md", "text/markdown; charset=utf-8", tuple(Part), _late("documents", "to_markdown")),
    Format("gift", ".gift.txt", "text/plain; charset=utf-8", _QUIZ, to_gift),
    Format("moodle", ".moodle.xml", "application/xml", _QUIZ, to_moodle_xml),
    Format("qti", ".qti.zip", "application/zip", _QUIZ, to_qti),
    Format("csv", ".csv", "text/csv; charset=utf-8", _QUIZ, to_csv),
    Format("keys", ".dap-an.csv", "text/csv; charset=utf-8", _QUIZ, to_key_table),
    Format("anki", ".apkg", "application/apkg", (Part.FLASHCARDS, Part.QUIZ), to_anki),
)
FORMATS: Mapping[str, Format] = {format.name: format for format in _ALL}
