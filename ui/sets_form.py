"""The form in which a visitor says what questions are to be drafted, and how far that is. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.evaluate.suggest.desk import Step
from assistant.evaluate.suggest.making import MOST
from assistant.evaluate.suggest.types import Order, SuggestionKind
from assistant.evaluate.suggest.wording import suggest_wording
from assistant.narrowing import Choices
from ui.controls import button, chosen, field, fold, group, number_input
from ui.escape import inert_line
from ui.form_fields import BadField, all_of, document_box, narrowing_lists, number_of, ticked_filters
from ui.sets_wording import sets_wording
from ui.wording import Wording

if TYPE_CHECKING:
    from assistant.collection import DocumentSummary

#: Documents that can be chosen one by one.
DOCUMENTS = 60
_LIMITS = {"count": (1, MOST), "seed": (0, 999_999), "unmarked": (0, 100), "english": (0, 100)}


def form(choices: Choices, documents: Sequence[DocumentSummary], total: int, words: Wording) -> str:
    """The whole form with an order of the usual size in it.

    Args:
        documents: that can be chosen, of ``total``.
    """
    texts, kinds, order = sets_wording(words.language), suggest_wording(words.language).kinds, Order()
    boxes = [chosen("checkbox", "asked", kind.value, kinds[kind], on=True) for kind in SuggestionKind]
    shares = "".join(
        field(label, number_input(name, round(100 * value), *_LIMITS[name]))
        for name, label, value in (
            ("unmarked", texts.unmarked, order.unmarked),
            ("english", texts.english, order.english),
        )
    )
    seed = field(texts.seed, number_input("seed", order.seed, *_LIMITS["seed"]), texts.seed_hint)
    return (
        f'<form class="pba-order" data-form="make" novalidate aria-labelledby="pba-order-title">'
        f'<h3 id="pba-order-title">{inert_line(texts.new)}</h3>'
        f'<div class="pba-counts">{field(texts.count, number_input("count", order.count, *_LIMITS["count"]))}'
        f"</div>{group(texts.kinds, boxes)}"
        f"{fold(texts.narrow, _narrowing(choices, documents, total, words))}"
        f'{fold(texts.more, f"""<div class="pba-counts">{shares}{seed}</div>""")}'
        f'<p class="pba-go"><button type="submit" class="pba-act pba-main">{inert_line(texts.make)}</button>'
        f' <span class="pba-hint">{inert_line(texts.make_hint)}</span></p></form>'
    )


def _narrowing(choices: Choices, documents: Sequence[DocumentSummary], total: int, words: Wording) -> str:
    texts = sets_wording(words.language)
    lists = narrowing_lists(choices, words)
    lists += group(texts.documents, map(document_box, documents), style="pba-scrolled")
    more = texts.documents_more.format(count=total - len(documents)) if total > len(documents) else ""
    return (
        f'<p class="pba-hint">{inert_line(texts.narrow_hint)} {inert_line(more)}</p>'
        f'<div class="pba-lists">{lists}</div>'
    )


def order_of(values: Mapping[str, Any]) -> Order:
    """What the form says. Several values of one name come as a list.

    Raises:
        BadField: a number out of its limits, or no kind.
    """
    numbers = {name: number_of(values, name, limits) for name, limits in _LIMITS.items()}
    kinds = tuple(kind for kind in SuggestionKind if kind.value in all_of(values, "asked"))
    if not kinds:
        raise BadField("asked")
    return Order(
        count=numbers["count"],
        kinds=() if len(kinds) == len(SuggestionKind) else kinds,
        filters=ticked_filters(values),
        seed=numbers["seed"],
        unmarked=numbers["unmarked"] / 100,
        english=numbers["english"] / 100,
    )


def refused(name: str, language: str) -> str:
    """What to type into a field instead."""
    least, most = _LIMITS.get(name, (0, 0))
    return sets_wording(language).bad_fields[name].format(least=least, most=most)


def progress(title: str, step: Step | None, language: str) -> str:
    """How far making or running is: a bar, a line, the way to stop it. ``None``: nothing is known yet."""
    texts = sets_wording(language)
    said = texts.making_count.format(done=step.done, wanted=step.wanted) if step else "…"
    bar = f' value="{step.done}" max="{max(1, step.wanted)}"' if step else ""
    name = inert_line(title)
    return (
        f'<div class="pba-making"><h3>{name}</h3><progress aria-label="{name}"{bar}></progress>'
        f'<p role="status">{inert_line(said)}</p>{button("stop", "", texts.stop)}</div>'
    )
