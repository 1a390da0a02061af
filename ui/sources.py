"""The sources of an answer: one numbered card per citation, the quote marked in its passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.errors import InvariantBroken
from assistant.notices import in_words
from assistant.types import Answer, AnswerStatus, Citation, Notice
from ui.contract import AssistantLike, DocumentLike, PassageLike
from ui.escape import inert, inert_line
from ui.place import place_link
from ui.wording import Wording

#: Characters of the document shown on request before and after a passage.
CONTEXT = 400
#: Characters of a title or place shown; a heading taken for a title can be a paragraph.
LONGEST_TITLE = 220
#: Turns whose cards stay on the page; a card is a few kilobytes and is sent again with each answer.
KEPT_TURNS = 20


@dataclass(frozen=True, slots=True)
class Warned:
    """That the document is no longer as it was issued: in words, and the sentence of the later document
    that says so, empty where none does."""

    text: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One citation with what its card shows.

    Attributes:
        text: the passage that holds the quote.
        link: opens the source viewer at the quote.
        mark: start and end of the quote in ``text``: ``text[mark[0]:mark[1]]`` is the quote.
        before, after: neighbouring text of the document, whole words, possibly empty.
        confidence: of recognition, 0 to 1, where the page was read from an image, else ``None``.
        warnings: what later documents did to this one.
    """

    marker: int
    title: str
    number: str | None
    kind: str
    issuer: str | None
    issued_on: date | None
    label: str
    link: str
    heading: str
    text: str
    mark: tuple[int, int]
    before: str
    after: str
    recognised: bool = False
    confidence: float | None = None
    warnings: tuple[Warned, ...] = ()

    @property
    def quote(self) -> str:
        """The exact span that the marker stands for."""
        return self.text[self.mark[0] : self.mark[1]]


def source_of(citation: Citation, document: DocumentLike, passage: PassageLike) -> Source:
    """The source behind ``citation``, cut by its offsets; nothing is searched for.

    Raises:
        InvariantBroken: when the offsets of the citation do not hold its quote.
    """
    if not citation.quote or document.text[citation.start : citation.end] != citation.quote:
        raise InvariantBroken(
            f"Citation [{citation.marker}] is not {citation.start}:{citation.end} of {document.id}."
        )
    start, end = min(passage.start, citation.start), max(passage.end, citation.end)
    if citation.end <= passage.start or citation.start >= passage.end:
        # The head of a table that began in another passage: what lies between them is not shown.
        start, end = citation.start, citation.end
    page = document.page_at(citation.start)
    return Source(
        marker=citation.marker,
        title=document.title,
        number=document.number,
        kind=str(document.kind),
        issuer=document.issuer,
        issued_on=document.issued_on,
        label=citation.label,
        link=place_link(citation),
        heading=passage.heading,
        text=document.text[start:end],
        mark=(citation.start - start, citation.end - start),
        before=_words_before(document.text, start),
        after=_words_after(document.text, end),
        recognised=page is not None and page.recognised,
        confidence=page.confidence if page is not None else None,
    )


def sources_of(
    citations: Iterable[Citation], answer: Answer, assistant: AssistantLike, *, language: str = "vi"
) -> tuple[Source, ...]:
    """The source of each citation, from what retrieval found, else from the library.

    Args:
        language: of the warnings, "vi" or "en".
    """
    documents: dict[str, DocumentLike] = {hit.document.id: hit.document for hit in answer.hits}
    passages: dict[str, PassageLike] = {hit.passage.id: hit.passage for hit in answer.hits}
    found = []
    for citation in citations:
        document = documents.get(citation.document_id) or assistant.document(citation.document_id)
        passage = passages.get(citation.passage_id) or assistant.passage(citation.passage_id)
        source = source_of(citation, document, passage)
        warnings = tuple(_warned(citation, notice, assistant, language) for notice in citation.notices)
        found.append(replace(source, warnings=warnings))
    return tuple(found)


def _warned(citation: Citation, notice: Notice, assistant: AssistantLike, language: str) -> Warned:
    said = assistant.document(notice.by).text[notice.start : notice.end]
    return Warned(in_words(notice, citation, language), said)


def card_id(turn: int, marker: int) -> str:
    """The id of a card on the page, and the target of the marker that leads to it."""
    return f"pba-card-{turn}-{marker}"


def card(source: Source, turn: int, words: Wording, *, marked: bool = True) -> str:
    """One card as HTML; its quote is marked unless told otherwise."""
    begin, end = source.mark
    facts = [words.kind(source.kind), source.number, source.issuer]
    if source.issued_on is not None:
        facts.append(words.day(source.issued_on))
    meta = " · ".join(inert_line(fact) for fact in facts if fact)
    lines = [
        f'<article class="pba-card" id="{card_id(turn, source.marker)}" tabindex="-1">',
        f'<h4><span class="pba-number">{source.marker}</span> '
        f'<span class="pba-card-title">{inert_line(source.title, LONGEST_TITLE)}</span></h4>',
        f'<p class="pba-meta">{meta}</p>',
    ]
    for warning in source.warnings:
        lines.append(f'<p class="pba-warning">{inert_line(warning.text)}</p>')
        if warning.said:
            lines.append(
                f'<details class="pba-context"><summary>{inert_line(words.said_so)}</summary>'
                f"<p>{inert(warning.said)}</p></details>"
            )
    place = source.label.removeprefix(source.title).lstrip(" ,;·–-")
    if place:
        lines.append(f'<p class="pba-label">{inert_line(place[0].upper() + place[1:])}</p>')
    # A heading that opens the passage is read there.
    above = [heading for heading in source.heading.split(" › ") if heading and heading not in source.text]
    if above:
        lines.append(f'<p class="pba-heading">{inert_line(" › ".join(above), LONGEST_TITLE)}</p>')
    if source.recognised:
        lines.append(f'<p class="pba-scan">{_recognised(source, words)}</p>')
    quote = f"<mark>{inert(source.quote)}</mark>" if marked else inert(source.quote)
    lines.append(
        f'<blockquote class="pba-passage">{inert(source.text[:begin])}'
        f"{quote}{inert(source.text[end:])}</blockquote>"
    )
    lines.append(f'<p><a class="pba-open" href="{source.link}">{inert_line(words.viewer.open)}</a></p>')
    if source.before or source.after:
        lines.append(f'<details class="pba-context"><summary>{inert_line(words.context)}</summary>')
        for name, text in ((words.context_before, source.before), (words.context_after, source.after)):
            if text:
                lines.append(f"<h5>{inert_line(name)}</h5><p>{inert(text)}</p>")
        lines.append("</details>")
    lines.append(f'<a class="pba-back" href="#pba-turn-{turn}">{inert_line(words.back)}</a></article>')
    return "".join(lines)


def section(sources: Sequence[Source], question: str, status: AnswerStatus, turn: int, words: Wording) -> str:
    """The cards of one answer, under its question."""
    found = status is not AnswerStatus.NOT_FOUND
    title = words.sources_for if found else words.nearest_for
    # A passage that is near as a whole answers nothing: no part of it is to look like a finding.
    cards = "".join(
        card(source, turn, words, marked=found or source.quote != source.text) for source in sources
    )
    return f'<h3>{inert_line(title)} <span class="pba-for">“{inert_line(question, 120)}”</span></h3>' + (
        cards or f'<p class="pba-none">{inert_line(words.no_sources)}</p>'
    )


def panel(sections: Sequence[str], words: Wording) -> str:
    """The whole panel: one group of cards per answer, the latest shown.

    Args:
        sections: one per turn, oldest first; an empty one has no sources (an error, still searching).
    """
    shown = max((turn for turn, html in enumerate(sections, 1) if html), default=0)
    title = f'<h2 class="pba-panel-title">{inert_line(words.sources_title)}</h2>'
    if shown == 0 or shown != len(sections):
        # The turn under way has nothing yet: cards of another question must not pass for its own.
        title += f'<p class="pba-hint">{inert_line(words.sources_empty)}</p>'
    groups = []
    for turn, html in enumerate(sections, 1):
        if not html:
            continue
        if turn <= len(sections) - KEPT_TURNS:
            html = f'<p class="pba-none">{inert_line(words.sources_dropped)}</p>'
        hidden = "" if turn == len(sections) else " hidden"
        groups.append(f'<section class="pba-group" id="pba-sources-{turn}"{hidden}>{html}</section>')
    return f'<div class="pba-panel">{title}{"".join(groups)}</div>'


def _recognised(source: Source, words: Wording) -> str:
    if source.confidence is None:
        return inert_line(words.recognised)
    return inert_line(words.recognised_with.format(confidence=round(100 * source.confidence)))


def _words_before(text: str, offset: int) -> str:
    cut = max(0, offset - CONTEXT)
    found = text[cut:offset]
    if cut > 0:
        found = "…" + found.partition(" ")[2]
    return found.strip()


def _words_after(text: str, offset: int) -> str:
    cut = min(len(text), offset + CONTEXT)
    found = text[offset:cut]
    if cut < len(text):
        found = found.rpartition(" ")[0] + "…"
    return found.strip()
