"""The table of formats: each writes what it says, and asks for the parts it is made of."""

from __future__ import annotations

import pytest

from assistant.errors import PartMissing
from assistant.study.export import FORMATS
from assistant.study.types import Draft

from ..drafts import full_draft

PAPERS = [name for name, format in FORMATS.items() if name.endswith(("docx", "pdf", "pptx", "markdown"))]
BEGINS = {"application/pdf": b"%PDF-", "text/markdown; charset=utf-8": b"# "}


def test_names_and_suffixes_are_unique() -> None:
    assert len({format.suffix for format in FORMATS.values()}) == len(FORMATS)
    assert [format.name for format in FORMATS.values()] == list(FORMATS)


@pytest.mark.parametrize("name", PAPERS)
def test_a_format_writes_what_it_says(name: str) -> None:
    assert FORMATS[name].write(full_draft()).startswith(BEGINS.get(FORMATS[name].media_type, b"PK"))


@pytest.mark.parametrize("name", PAPERS)
def test_a_format_names_the_parts_that_it_lacks(name: str) -> None:
    draft = full_draft()
    with pytest.raises(PartMissing, match=name) as raised:
        FORMATS[name].write(Draft(draft.wish, draft.title))
    assert raised.value.parts == tuple(part.value for part in FORMATS[name].parts)
