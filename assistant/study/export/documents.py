"""Lesson plan, handout, quiz and key as files to print: each function makes one file of a draft.

All raise ``PartMissing`` where the draft lacks what the file is made of.
"""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from assistant.study.export.archive import without_times
from assistant.study.export.papers.handout import handout
from assistant.study.export.papers.plan import plan
from assistant.study.export.papers.quiz import key, quiz
from assistant.study.export.papers.types import Paper
from assistant.study.export.papers.word import to_docx
from assistant.study.export.parts import require
from assistant.study.types import Draft, Part
from assistant.study.variants import in_order, papers


def to_plan_docx(draft: Draft) -> bytes:
    return to_docx(_plan(draft, "plan-docx"))


def to_handout_docx(draft: Draft) -> bytes:
    return to_docx(_handout(draft, "handout-docx"))


def to_quiz_docx(draft: Draft) -> bytes:
    require(draft, "quiz-docx", Part.QUIZ)
    return to_docx(quiz(draft, in_order(draft)))


def to_key_docx(draft: Draft) -> bytes:
    require(draft, "key-docx", Part.QUIZ)
    return to_docx(key(draft, in_order(draft)))


def to_variants_docx(draft: Draft) -> bytes:
    """A zip archive: for each code the shuffled paper and its key."""
    require(draft, "variants-docx", Part.QUIZ)
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for variant in papers(draft):
            archive.writestr(f"de-{variant.code}.docx", to_docx(quiz(draft, variant)))
            archive.writestr(f"dap-an-{variant.code}.docx", to_docx(key(draft, variant)))
    return without_times(file.getvalue())


def _plan(draft: Draft, name: str) -> Paper:
    require(draft, name, Part.PLAN)
    return plan(draft)


def _handout(draft: Draft, name: str) -> Paper:
    require(draft, name, Part.HANDOUT)
    assert draft.handout is not None
    return handout(draft, draft.handout)
