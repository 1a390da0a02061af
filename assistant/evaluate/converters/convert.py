"""Convert one form, and write what it gives."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import BadFacts, BadOption
from assistant.evaluate.converters.beir import convert_beir
from assistant.evaluate.converters.converted import Converted
from assistant.evaluate.converters.forms import Form
from assistant.evaluate.converters.ragas import convert_ragas
from assistant.evaluate.converters.squad import convert_squad
from assistant.evaluate.converters.tables import convert_table
from assistant.evaluate.facts import to_line


def convert(form: Form, source: Path, *, lang: str = "vi", split: str = "test") -> Converted:
    """The cases of a file or folder.

    Args:
        lang: language of the questions, where the form does not tell it.
        split: which judgements to take, of BEIR and MTEB.

    Raises:
        BadFacts: it has not that form, or nothing in it can be used.
    """
    if form is Form.SQUAD:
        found = convert_squad(source, lang=lang)
    elif form in (Form.BEIR, Form.MTEB):
        found = convert_beir(source, lang=lang, split=split)
    elif form is Form.RAGAS:
        found = convert_ragas(source, lang=lang)
    else:
        found = convert_table(source, lang=lang)
    if not found.cases:
        raise BadFacts(f"{source}: no question in it that can be used.")
    return found


def write_converted(found: Converted, output: Path, documents: Path | None) -> None:
    """Write the facts file, and the documents into a folder that is made, where one is given.

    Raises:
        BadOption: a document would take the place of a file that is there already.
    """
    if documents is not None:
        taken = [name for name in found.documents if (documents / name).exists()]
        if taken:
            raise BadOption(f"--documents {documents}: {taken[0]} is there already. Name an empty folder.")
        documents.mkdir(parents=True, exist_ok=True)
        for name, text in found.documents.items():
            (documents / name).write_text(text, encoding="utf-8")
    output.write_text("".join(map(to_line, found.cases)), encoding="utf-8")
