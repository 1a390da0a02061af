"""What the conversation shows: questions, answers, notices. Pure functions, values to HTML.

Each message is one line of HTML without a blank line, so that the Markdown renderer of the
chat takes it as a single HTML block. Only class, href and title survive the chat's sanitiser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from assistant.notices import all_in_words
from assistant.types import (
    Answer,
    AnswerStatus,
    Citation,
    Engine,
    ReadingStep,
    Statement,
    Understood,
    Verdict,
)
from ui import fluent
from ui.contract import DocumentLike, HitLike
from ui.escape import inert, inert_line
from ui.narrowing_wording import narrowing_wording
from ui.place import place_link
from ui.sources import LONGEST_TITLE
from ui.wording import Wording, wording

#: Characters of a quote shown when the pointer rests on its marker.
QUOTE_SHOWN = 400

_MARKER = re.compile(r"\[(\d+)\]")
_CITED_PART = re.compile(r"(?P<text>[^\[\]]+)\[(?P<number>\d+)\]")


def question_message(question: str, turn: int) -> str:
    """The reader's own message."""
    return f'<div class="pba-question pba-turn-{turn}">{inert(question.strip())}</div>'


def searching_message(turn: int, words: Wording) -> str:
    """What stands where the answer will be, before anything is found."""
    return _message(turn, f'<p class="pba-progress">{inert_line(words.searching)}</p>')


def partial_message(
    question: str,
    standalone: str,
    found: int,
    statements: Sequence[Statement],
    turn: int,
    words: Wording,
    *,
    stopped: bool = False,
    by_model: bool = False,
) -> str:
    """An answer under way, or stopped by the reader: no status yet, nothing claimed about the whole.

    ``by_model``: what checking found is told at each sentence.
    """
    body = _understood(question, standalone, words) + _statements(statements, words, by_model=by_model)
    if stopped:
        body += f'<p class="pba-notice">{inert_line(words.stopped)}</p>'
    else:
        body += f'<p class="pba-progress">{inert_line(words.found.format(count=found))}</p>'
    return _message(turn, body)


def draft_message(draft: Answer, turn: int, words: Wording, *, stopped: bool = False) -> str:
    """What is read while a language model writes, or where the reader stopped it: the answer by quotation."""
    framing = wording(draft.language) if draft.language in ("vi", "en") else words
    body = _understood(draft.question, draft.standalone, framing) + _statements(draft.statements, framing)
    if stopped:
        return _message(turn, body + f'<p class="pba-notice">{inert_line(words.stopped)}</p>')
    return _message(turn, body + fluent.writing_line(framing.language))


def answer_message(answer: Answer, turn: int, words: Wording) -> str:
    """A finished answer: how it was understood, its status, its statements, its sources by name.

    What frames the answer is in the answer's language, the rest of the page in its own.
    """
    framing = wording(answer.language) if answer.language in ("vi", "en") else words
    body = (
        _understood(answer.question, answer.standalone, framing, turn)
        + _details(answer.understood)
        + _status(answer.status, framing)
    )
    if answer.status is AnswerStatus.NOT_FOUND:
        body += f'<p class="pba-statement">{inert(answer.message or framing.not_found_text)}</p>'
        body += _named(answer.nearest, answer.hits, framing, title=framing.nearest, warned=True)
    else:
        if answer.message:
            body += f'<p class="pba-framing">{inert(answer.message)}</p>'
        by_model = answer.engine is Engine.MODEL
        body += fluent.written_line(answer, framing.language)
        body += _statements(answer.statements, framing, by_model=by_model)
        body += fluent.withheld(answer, framing.language)
        body += "".join(f'<p class="pba-notice pba-note">{inert(note)}</p>' for note in answer.notes)
        if not by_model and any(entry.verdict in _doubts(framing) for entry in answer.statements):
            body += f'<p class="pba-notice">{inert_line(framing.doubt_note)}</p>'
        body += _named(answer.citations, answer.hits, framing, title=framing.sources_title)
    body += fluent.cost(answer.cost, framing.language)
    body += f'<p class="pba-tools"><a class="pba-copy" href="#pba-copy">{inert_line(words.copy)}</a></p>'
    return _message(turn, body)


def failed_message(reason: str, turn: int, words: Wording) -> str:
    """A question that could not be answered, and why, in one sentence."""
    return _message(turn, notice(reason, words))


def notice(reason: str, words: Wording) -> str:
    """Why something cannot be done, in one sentence."""
    return f'<p class="pba-failure"><strong>{inert_line(words.failed)}</strong> {inert_line(reason)}</p>'


def empty_library(words: Wording) -> str:
    """What the conversation shows while no document is loaded."""
    return (
        f'<div class="pba-welcome"><p class="pba-welcome-title">{inert_line(words.empty_title)}</p>'
        f'<p>{inert_line(words.empty_text)}</p><p><code class="pba-command">{inert_line(words.empty_command)}'
        f"</code></p><p>{inert_line(words.empty_after)}</p></div>"
    )


def greeting(words: Wording) -> str:
    """What the conversation shows before the first question."""
    return (
        f'<div class="pba-welcome"><p class="pba-welcome-title">{inert_line(words.greeting)}</p>'
        f"<p>{inert_line(words.greeting_hint)}</p></div>"
    )


def _message(turn: int, body: str) -> str:
    return f'<div class="pba-answer pba-turn-{turn}">{body}</div>'


def _understood(question: str, standalone: str, words: Wording, turn: int | None = None) -> str:
    """How the question was understood; in the answer of a turn, with the way to ask it as typed."""
    if _same(question, standalone) or not standalone.strip():
        return ""
    return (
        f'<p class="pba-understood">{inert_line(words.understood)} '
        f'<span class="pba-standalone">{inert_line(standalone)}</span>{_as_typed(turn, words)}</p>'
    )


def _as_typed(turn: int | None, words: Wording) -> str:
    if turn is None:
        return ""
    label = inert_line(narrowing_wording(words.language).as_typed)
    return f' <a class="pba-asis" href="#pba-asis-{turn}">{label}</a>'


def _details(steps: Sequence[Understood]) -> str:
    """What was read otherwise than typed, marks and follow-ups left out: the whole question shows those."""
    shown = [s for s in steps if s.step not in (ReadingStep.DIACRITICS, ReadingStep.FOLLOWUP)]
    if not shown:
        return ""
    return f'<p class="pba-understood">{inert_line("; ".join(f"{s.typed} → {s.read}" for s in shown))}</p>'


def _same(one: str, other: str) -> bool:
    """Equal to a reader: spaces and the composition of accents aside."""
    return unicodedata.normalize("NFC", " ".join(one.split())) == " ".join(other.split())


def _status(status: AnswerStatus, words: Wording) -> str:
    name, style = {
        AnswerStatus.GROUNDED: (words.grounded, "pba-grounded"),
        AnswerStatus.PARTLY_GROUNDED: (words.partly_grounded, "pba-partly"),
        AnswerStatus.NOT_FOUND: (words.not_found, "pba-not-found"),
    }[status]
    return f'<p class="pba-status-line"><span class="pba-status {style}">{inert_line(name)}</span></p>'


def _statements(statements: Sequence[Statement], words: Wording, *, by_model: bool = False) -> str:
    return "".join(
        f'<p class="pba-statement">{_statement(statement, words, by_model=by_model)}</p>'
        f"{_warnings(statement.citations, words)}"
        for statement in statements
    )


def _warnings(citations: tuple[Citation, ...], words: Wording) -> str:
    """What became of the documents quoted, in words, right below the quote."""
    return "".join(
        f'<p class="pba-warning">{inert_line(notice)}</p>'
        for notice in all_in_words(citations, words.language)
    )


def _statement(statement: Statement, words: Wording, *, by_model: bool = False) -> str:
    """The statement with its markers as links; a part with markers of its own, as the head of a table has,
    stands on a line of its own."""
    cited = {citation.marker: citation for citation in statement.citations}
    tail = _own_markers(statement.text, len(cited))
    text = statement.text[: tail.start()] if tail else statement.text
    lines = ""
    said: set[int] = set()
    for part in _CITED_PART.finditer(text) if len(cited) > 1 else ():
        number = int(part["number"])
        if number in cited:
            marker = _marker(number, cited[number], words)
            lines += f'{inert(part["text"].strip())} <span class="pba-markers">{marker}</span><br>'
            text = text.removeprefix(part.group())
            said.add(number)
    written = [int(number) for number in _MARKER.findall(tail.group())] if tail else []
    order = [number for number in dict.fromkeys([*written, *cited]) if number not in said]
    markers = "".join(_marker(number, cited.get(number), words) for number in order)
    doubt = _doubts(words).get(statement.verdict)
    note = f' <span class="pba-doubt">{inert_line(doubt)}</span>' if doubt else ""
    if by_model:
        note = fluent.verdict_tag(statement, words.language)
    begin = (tail.start() if tail else len(statement.text)) - len(text)
    shown = _with_emphasis(text, [(start - begin, end - begin) for start, end in statement.emphasis])
    return f'{lines}{shown} <span class="pba-markers">{markers}</span>{note}'


def _own_markers(text: str, cited: int) -> re.Match[str] | None:
    """The markers at the end, as many as are cited: before them a note of the document itself may stand."""
    return re.search(rf"(?:\s*\[\d+\]){{1,{max(1, cited)}}}\s*$", text)


def _with_emphasis(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with the parts that are the answer itself in bold; spans outside of it are passed over."""
    pieces, at = [], len(text) - len(text.lstrip())
    for start, end in spans:
        if at <= start < end <= len(text):
            pieces += [inert(text[at:start]), f"<strong>{inert(text[start:end])}</strong>"]
            at = end
    return "".join([*pieces, inert(text[at:].rstrip())])


def _doubts(words: Wording) -> dict[Verdict, str]:
    return {Verdict.UNVERIFIED: words.unverified, Verdict.CONTRADICTED: words.contradicted}


def _marker(number: int, citation: Citation | None, words: Wording) -> str:
    if citation is None:
        return f'<span class="pba-unknown" title="{inert_line(words.unknown_marker)}">[{number}]</span>'
    return (
        f'<a class="pba-cite" href="{place_link(citation)}" '
        f'title="{inert_line(citation.quote, QUOTE_SHOWN)}">[{number}]</a>'
    )


def _named(
    citations: Sequence[Citation],
    hits: Sequence[HitLike],
    words: Wording,
    *,
    title: str,
    warned: bool = False,
) -> str:
    """The sources by name, kind and date, so that an answer read, copied or printed alone names them."""
    if not citations:
        return ""
    documents = {hit.document.id: hit.document for hit in hits}
    lines = "".join(
        f'<li class="pba-source">{_marker(citation.marker, citation, words)} '
        f"{inert_line(citation.label or citation.document_id, LONGEST_TITLE)}"
        f"{_kind_and_date(documents.get(citation.document_id), citation.label, words)}"
        f"{_warnings((citation,), words) if warned else ''}{_translated(citation, words)}</li>"
        for citation in citations
    )
    return f'<p class="pba-named-title">{inert_line(title)}</p><ul class="pba-named">{lines}</ul>'


def _translated(citation: Citation, words: Wording) -> str:
    told = fluent.translation(citation, words.language)
    return f"<br>{told}" if told else ""


def _kind_and_date(document: DocumentLike | None, label: str, words: Wording) -> str:
    """What tells at a glance how much a source weighs, where its name does not say so already.

    Nothing for a document that is not at hand.
    """
    if document is None:
        return ""
    day = document.issued_on
    kind = words.kind(str(document.kind))
    told = [kind] if not label.casefold().startswith(kind.casefold()) else []
    if day is None:
        told.append(words.viewer.undated)
    elif f"{day.day}/{day.month}/{day.year}" not in label:
        told.append(words.day(day))
    if not told:
        return ""
    return f' · <span class="pba-kind">{" · ".join(inert_line(fact) for fact in told)}</span>'
