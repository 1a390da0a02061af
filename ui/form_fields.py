"""Fields that the forms of teaching material and of question sets share, and what was typed into them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError
from assistant.narrowing import Choices, Field, Filters, Part, added
from ui.controls import chosen, group
from ui.narrowing_wording import narrowing_wording
from ui.wording import Wording

if TYPE_CHECKING:
    from assistant.collection import DocumentSummary


class BadField(AssistantError):
    """A field of the form that cannot be used. ``field`` is its name."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} cannot be used.")
        self.field = field


def narrowing_lists(choices: Choices, words: Wording) -> str:
    """Places, kinds and issuers to tick; HTML, empty where the documents tell none."""
    names, lists = narrowing_wording(words.language).fields, ""
    for name, values in (
        (Field.PLACE, choices.places),
        (Field.KIND, choices.kinds),
        (Field.ISSUER, choices.issuers),
    ):
        said = words.kind if name is Field.KIND else str
        boxes = [chosen("checkbox", name.value, value, said(value), on=False) for value in values]
        lists += group(names[name], boxes, style="pba-scrolled") if boxes else ""
    return lists


def document_box(document: DocumentSummary) -> str:
    """A document to tick, by its title and number."""
    label = " · ".join(filter(None, (document.title, document.number)))
    return chosen("checkbox", Field.DOCUMENT.value, document.id, label, on=False)


def ticked_filters(values: Mapping[str, Any]) -> Filters:
    """The places, kinds, issuers and documents that were ticked."""
    filters = Filters()
    for name in (Field.PLACE, Field.KIND, Field.ISSUER, Field.DOCUMENT):
        for value in all_of(values, name.value):
            filters = added(filters, Part(name, value))
    return filters


def number_of(values: Mapping[str, Any], name: str, limits: tuple[int, int]) -> int:
    """The number typed into a field. Raises ``BadField`` for none, and for one out of its limits."""
    text, (least, most) = str(values.get(name, "")).strip(), limits
    if not (text.isascii() and text.isdecimal() and least <= int(text[:9]) <= most):
        raise BadField(name)
    return int(text)


def all_of(values: Mapping[str, Any], name: str) -> list[str]:
    """Every value of a name: several come as a list."""
    value = values.get(name, [])
    return [str(entry) for entry in value] if isinstance(value, list) else [str(value)]
