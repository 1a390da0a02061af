"""What the conversation shows of an answer that a language model wrote: what checking found, what was
withheld, what it cost. Pure functions, values to HTML.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.types import Answer, Citation, Cost, Difference, Engine, Statement, Verdict
from ui.escape import inert, inert_line
from ui.fluent_wording import fluent_wording

_STYLES = {
    Verdict.VERBATIM: "pba-grounded",
    Verdict.SUPPORTED: "pba-grounded",
    Verdict.UNVERIFIED: "pba-partly",
    Verdict.CONTRADICTED: "pba-wrong",
}
_LONGEST_SAID = 160


def written_line(answer: Answer, language: str) -> str:
    """That a model wrote the answer; nothing for one by quotation."""
    if answer.engine is not Engine.MODEL:
        return ""
    return f'<p class="pba-written">{inert_line(fluent_wording(language).written)}</p>'


def writing_line(language: str) -> str:
    """That the model is at work, below what is quoted meanwhile."""
    return f'<p class="pba-progress">{inert_line(fluent_wording(language).writing)}</p>'


def verdict_tag(statement: Statement, language: str) -> str:
    """What checking a sentence found, in words and colour, with what differs and what is approximate."""
    words = fluent_wording(language)
    name, style = words.verdicts[statement.verdict], _STYLES[statement.verdict]
    tag = f' <span class="pba-verdict {style}">{inert_line(name)}</span>'
    if statement.approximations:
        figures = inert_line(words.approximate.format(figures="; ".join(statement.approximations)))
        tag += f' <span class="pba-verdict pba-partly">{figures}</span>'
    if statement.differences:
        tag += f'<br><span class="pba-differs">{in_words(statement.differences, language)}</span>'
    return tag


def in_words(differences: Sequence[Difference], language: str) -> str:
    """In what a sentence differs from its sources, as HTML."""
    words = fluent_wording(language)
    said = []
    for difference in differences:
        form = words.differs if difference.cited else words.lacks
        said.append(
            form.format(
                kind=words.kinds[difference.kind],
                said=_short(difference.said),
                cited=_short(difference.cited),
            )
        )
    return "; ".join(map(inert_line, said))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SAID else text[:_LONGEST_SAID].rsplit(" ", 1)[0] + "…"


def withheld(answer: Answer, language: str) -> str:
    """How many sentences were kept back, and on request which and why. Their text holds no links."""
    if not answer.withheld:
        return ""
    words = fluent_wording(language)
    items = "".join(
        f"<li>{inert(statement.text)}{verdict_tag(statement, language)}</li>" for statement in answer.withheld
    )
    count = inert_line(words.withheld.format(count=len(answer.withheld)))
    return (
        f'<details class="pba-withheld"><summary>{count} <span class="pba-show">'
        f'{inert_line(words.withheld_show)}</span></summary><p class="pba-warning">'
        f"{inert_line(words.withheld_why)}</p><ul>{items}</ul></details>"
    )


def translation(citation: Citation, language: str) -> str:
    """The translation of a quote, beside it and as what it is; nothing where there is none."""
    if not citation.translation:
        return ""
    return (
        f'<span class="pba-quoted">“{inert_line(citation.quote)}”</span> <span class="pba-translation"><em>'
        f"{inert_line(fluent_wording(language).translated)}</em> {inert_line(citation.translation)}</span>"
    )


def cost(spent: Cost | None, language: str) -> str:
    """Time and tokens of an answer, on request."""
    if spent is None:
        return ""
    words = fluent_wording(language)
    told = [
        words.cost.format(
            model=spent.model,
            seconds=_seconds(spent.seconds, language),
            tokens_in=spent.tokens_in,
            tokens_out=spent.tokens_out,
        )
    ]
    if spent.first_word is not None:
        told.append(words.cost_first.format(seconds=_seconds(spent.first_word, language)))
    if not spent.counted:
        told.append(words.cost_estimated)
    if spent.cached:
        told.append(words.cost_cached)
    return (
        f'<details class="pba-cost"><summary>{inert_line(words.cost_title)}</summary>'
        f"<p>{inert_line('; '.join(told))}.</p></details>"
    )


def _seconds(seconds: float, language: str) -> str:
    written = f"{seconds:.1f}"
    return written if language == "en" else written.replace(".", ",")
