"""SQuAD 1.1 and 2.0 (Rajpurkar et al., 2016 and 2018), and what has their form: XQuAD, UIT-ViQuAD, MLQA.

An article becomes a document, its paragraphs a blank line apart. The answers of a question are the strings
accepted for its one fact; the sentence that holds the first of them is its passage. Questions that are
impossible (2.0) are not answerable.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import BadFacts
from assistant.evaluate.converters.converted import Converted, Names, case_of, read_json
from assistant.evaluate.facts import Case
from ingest.sentences import sentences


def convert_squad(path: Path, *, lang: str) -> Converted:
    """The cases of a SQuAD file.

    Raises:
        BadFacts: it is no SQuAD file; the message names the place.
    """
    value = read_json(path)
    if not isinstance(value, dict) or not isinstance(value.get("data"), list):
        raise BadFacts(f"{path}: no SQuAD file: it has no list “data”.")
    names, documents = Names(), {}
    cases: list[Case] = []
    for number, article in enumerate(value["data"]):
        place = f"{path}, data[{number}]"
        try:
            name = names.of(str(number), str(article.get("title") or f"article {number + 1}"))
            documents[name] = (
                "\n\n".join(str(part["context"]).strip() for part in article["paragraphs"]) + "\n"
            )
            cases += _cases(article["paragraphs"], name, place, lang)
        except (KeyError, TypeError, AttributeError) as error:
            raise BadFacts(f"{place}: not the form of SQuAD: {type(error).__name__} {error}.") from None
    return Converted(tuple(cases), documents)


def _cases(paragraphs: list[dict[str, Any]], name: str, place: str, lang: str) -> Iterator[Case]:
    for number, paragraph in enumerate(paragraphs):
        context = str(paragraph["context"])
        for question in paragraph["qas"]:
            here = f"{place}.paragraphs[{number}], question {question['id']}"
            answers = [] if question.get("is_impossible") else question["answers"]
            accepted = list(dict.fromkeys(str(a["text"]).strip() for a in answers if str(a["text"]).strip()))
            value: dict[str, Any] = {
                "id": str(question["id"]),
                "category": "answerable" if accepted else "unanswerable",
                "lang": lang,
                "question": question["question"],
                "answerable": bool(accepted),
            }
            if accepted:
                quote = _sentence(context, int(answers[0]["answer_start"]))
                value |= {
                    "documents": [name],
                    "facts": [accepted],
                    "passages": [{"document": name, "quote": quote}],
                }
            yield case_of(here, value)


def _sentence(context: str, offset: int) -> str:
    """The sentence of ``context`` that holds the character at ``offset``."""
    spans = sentences(context)
    held = next(((start, end) for start, end in spans if start <= offset < end), spans[0])
    return context[slice(*held)]
