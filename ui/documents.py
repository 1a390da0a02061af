"""What the documents part shows. Pure functions, values to HTML; ``ui.documents_page`` wires it.

``data-act`` and ``data-key`` on a button say what it asks for, of which thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.collection import CitedPassage, Pictures
from assistant.inside import Inside
from assistant.intake_types import FINISHED, Received, State
from assistant.removed import Removed
from ui.documents_wording import DocumentsWording
from ui.escape import inert, inert_line
from ui.wording import Wording

if TYPE_CHECKING:
    from assistant.collection import DocumentSummary

#: Documents in a page of the list, passages and dates shown of one document, characters of a cited passage.
PAGE_ROWS = 50
PASSAGES_SHOWN = 200
NAMED_SHOWN = 30
CITED_SHOWN = 240
#: Files of the list of results that are shown; the latest.
RECEIVED_SHOWN = 60
_LONGEST_TITLE = 200
_BARS_SHOWN = 15


def tabs(texts: DocumentsWording, *, documents: bool = True, study: str = "", sets: str = "") -> str:
    """The parts of the page, as links; ``study`` is the name of the one for teaching material, if any,
    ``sets`` of the one for question sets."""
    shown = f'<a href="#documents" data-view="documents">{inert_line(texts.view)}</a>' if documents else ""
    made = f'<a href="#study" data-view="study">{inert_line(study)}</a>' if study else ""
    asked = f'<a href="#sets" data-view="sets">{inert_line(sets)}</a>' if sets else ""
    return (
        f'<nav class="pba-views" aria-label="{inert_line(texts.views)}">'
        f'<a href="#ask" data-view="ask" aria-current="page">{inert_line(texts.ask_view)}</a>'
        f"{shown}{made}{asked}</nav>"
    )


def explained(title: str, hint: str) -> str:
    """A heading with a line that explains what is under it."""
    return f'<h3>{inert_line(title)}</h3><p class="pba-hint">{inert_line(hint)}</p>'


def drop_text(texts: DocumentsWording, max_bytes: int) -> str:
    """What the script puts into the drop zone, and says of files over ``max_bytes``, which are not sent."""
    too_large = texts.upload_too_large.replace("{mib}", str(max_bytes // (1024 * 1024)))
    return (
        f'<span id="pba-drop-text" data-most="{max_bytes}" data-too-large="{inert_line(too_large)}" hidden>'
        f'{inert_line(texts.upload_drop)}</span><div id="pba-drop-refused" role="alert"></div>'
    )


def heading(pictures: Pictures, texts: DocumentsWording, *, editable: bool) -> str:
    """How much there is, and where it can only be looked at, that."""
    count = texts.count.format(documents=_amount(pictures.documents), passages=_amount(pictures.passages))
    looking = "" if editable else f'<p class="pba-hint">{inert_line(texts.only_looking)}</p>'
    return (
        f'<h2 class="pba-part">{inert_line(texts.view)}</h2>'
        f'<p class="pba-count">{inert_line(count)}</p>{looking}'
    )


def received(entries: Sequence[Received], texts: DocumentsWording) -> str:
    """The files handed in, the latest first, with how far each is or what became of it."""
    if not entries:
        return ""
    rows = "".join(_received(entry, texts) for entry in entries[:RECEIVED_SHOWN])
    done = any(entry.state in FINISHED and entry.state is not State.FAILED for entry in entries)
    clear = _button("clear", "", texts.clear_received) if done else ""
    return (
        f'<div class="pba-received"><h3>{inert_line(texts.received)}</h3>'
        f'<ul aria-live="polite" aria-relevant="additions text">{rows}</ul>{clear}</div>'
    )


def _received(entry: Received, texts: DocumentsWording) -> str:
    state = inert_line(texts.states[entry.state.value])
    parts = [
        f'<span class="pba-file">{inert_line(entry.name, _LONGEST_TITLE)}</span> '
        f'<span class="pba-state pba-state-{entry.state.value}">{state}</span>'
    ]
    if entry.kept and entry.stored != entry.name and entry.state is not State.FAILED:
        parts.append(f'<span class="pba-aside">{inert_line(texts.as_name.format(name=entry.stored))}</span>')
    if entry.state is State.READING:
        how = {"pages": texts.progress_pages, "passages": texts.progress_passages}.get(entry.counted, "")
        far = inert_line(how.format(done=entry.done, total=entry.total)) if entry.total else ""
        value = f' value="{entry.done}" max="{entry.total}"' if entry.total else ""
        name = inert_line(entry.name, _LONGEST_TITLE)
        parts.append(f'<progress aria-label="{name}"{value}></progress><span class="pba-aside">{far}</span>')
    if entry.state is State.FAILED:
        what, fix = texts.failures.get(entry.label, texts.failures["unreadable"])
        detail = inert_line(f"{entry.reason} {entry.fix}".strip(), 500)
        parts.append(
            f'<p class="pba-why">{inert_line(what)} {inert_line(fix)}</p>'
            f"<details><summary>{inert_line(texts.failure_detail)}</summary><p>{detail}</p></details>"
        )
        if entry.kept:
            parts.append(_button("retry", entry.id, texts.retry))
        parts.append(_button("discard", entry.id, texts.discard))
    elif entry.document_id is not None:
        parts.append(_button("open", entry.document_id, texts.open))
    return f'<li class="pba-got">{"".join(parts)}</li>'


def table(
    entries: Sequence[DocumentSummary],
    texts: DocumentsWording,
    words: Wording,
    *,
    page: int = 0,
    selected: str | None = None,
    empty: bool = False,
) -> str:
    """One page of the list. ``entries`` are all that fit; ``empty``: the library holds none at all."""
    if not entries:
        said = texts.library_empty if empty else texts.none_found
        return f'<p class="pba-none" role="status">{inert_line(said)}</p>'
    page = min(page, (len(entries) - 1) // PAGE_ROWS)
    first = page * PAGE_ROWS
    shown = entries[first : first + PAGE_ROWS]
    columns = [
        texts.column_title,
        texts.fields["number"],
        texts.kind,
        texts.place,
        texts.column_date,
        texts.column_passages,
    ]
    head = "".join(f'<th scope="col">{inert_line(name)}</th>' for name in columns)
    rows = "".join(_row(entry, columns, texts, words, chosen=entry.id == selected) for entry in shown)
    said = texts.shown.format(first=first + 1, last=first + len(shown), total=len(entries))
    turns = _button("page", str(page - 1), texts.previous) if first else ""
    turns += _button("page", str(page + 1), texts.next) if first + len(shown) < len(entries) else ""
    return (
        f'<p class="pba-shown" role="status">{inert_line(said)}</p>'
        f'<table class="pba-table" aria-label="{inert_line(texts.table)}"><thead><tr>{head}</tr></thead>'
        f'<tbody>{rows}</tbody></table><div class="pba-turns">{turns}</div>'
    )


def _row(
    entry: DocumentSummary, columns: Sequence[str], texts: DocumentsWording, words: Wording, *, chosen: bool
) -> str:
    status = ""
    if entry.status.name in ("REPLACED", "ENDED"):
        status = f' <span class="pba-over">{inert_line(_status(entry.status.value, texts))}</span>'
    cells = [
        entry.number or "",
        words.kind(entry.kind.value),
        entry.province or "",
        words.day(entry.issued_on) if entry.issued_on else "",
        _amount(entry.passages),
    ]
    rest = "".join(
        f'<td data-label="{inert_line(name)}">{inert_line(cell)}</td>'
        for name, cell in zip(columns[1:], cells, strict=True)
    )
    current = ' aria-current="true"' if chosen else ""
    title = inert_line(entry.title, _LONGEST_TITLE)
    return (
        f'<tr{current}><th scope="row"><button type="button" class="pba-open" data-act="open"'
        f' data-key="{inert_line(entry.id)}">{title}</button>{status}</th>{rest}</tr>'
    )


def notice(text: str, *, undo: tuple[str, str] | None = None, bad: bool = False) -> str:
    """What just happened. ``undo`` is (id of what was removed, the button's text)."""
    if not text:
        return ""
    button = _button("restore", undo[0], undo[1]) if undo else ""
    kind = "pba-failure" if bad else "pba-done"
    return f'<div class="{kind}" role="{"alert" if bad else "status"}">{inert(text)} {button}</div>'


def removed(entries: Sequence[Removed], texts: DocumentsWording, words: Wording) -> str:
    """The removed documents that can come back."""
    if not entries:
        return ""
    rows = "".join(
        f"<li>{inert_line(entry.title, _LONGEST_TITLE)}"
        f' <span class="pba-aside">{inert_line(_until(entry.until, texts, words))}</span>'
        f" {_button('restore', entry.id, texts.restore)}</li>"
        for entry in entries
    )
    title = inert_line(texts.removed_list.format(count=len(entries)))
    return f'<details class="pba-removed"><summary>{title}</summary><ul>{rows}</ul></details>'


def inside(seen: Inside, texts: DocumentsWording, words: Wording) -> str:
    """The inside of a document."""
    document = seen.document
    facts = texts.facts.format(
        passages=_amount(len(seen.passages)),
        characters=_amount(len(document.text)),
        figures=_amount(seen.figures),
    )
    numbers = [_named(entry.number, entry.times, entry.document_id) for entry in seen.numbers[:NAMED_SHOWN]]
    dates = [_named(words.day(day), times, None) for day, times in seen.dates[:NAMED_SHOWN]]
    related = []
    for entry in seen.related:
        says = texts.relations.get(entry.kind, (entry.kind, entry.kind))[entry.by_other]
        name = inert_line(entry.title or entry.number, _LONGEST_TITLE)
        if entry.document_id:
            name = _link(entry.document_id, entry.title)
        related.append(f"<li>{inert_line(says)} {name}</li>")
    rows = "".join(
        f"<li><h5>{inert_line(_place(passage.ordinal, passage.heading, texts))}</h5>"
        f"<p>{inert(passage.text)}</p></li>"
        for passage in seen.passages[:PASSAGES_SHOWN]
    )
    if len(seen.passages) > PASSAGES_SHOWN:
        more = texts.more_passages.format(count=_amount(len(seen.passages) - PASSAGES_SHOWN))
        rows += f"<li>{inert_line(more)}</li>"
    return (
        f'<section class="pba-inside" tabindex="-1" aria-label="{inert_line(texts.inside)}">'
        f'<h3>{inert_line(document.title, _LONGEST_TITLE)}</h3><p class="pba-count">{inert_line(facts)}</p>'
        f"{_listing(texts.related, related, texts.no_related)}"
        f"{_listing(texts.numbers, numbers, texts.no_numbers)}"
        f"{_listing(texts.dates, dates, texts.no_dates)}"
        f'<details class="pba-all"><summary>{inert_line(texts.passages)}</summary>'
        f"<ol>{rows}</ol></details></section>"
    )


def gone(texts: DocumentsWording) -> str:
    """Where a document was chosen that is not there any more."""
    return f'<p class="pba-none">{inert_line(texts.gone)}</p>'


def pictures(shown: Pictures, texts: DocumentsWording, words: Wording) -> str:
    """Documents by year, kind and place: each picture is a table whose rows have a bar."""
    years = [(str(year) if year else texts.no_date, count) for year, count in shown.years]
    kinds = [(words.kind(kind), count) for kind, count in shown.kinds]
    places = [(place or texts.no_place, count) for place, count in shown.places]
    cited = "".join(_cited(entry, texts) for entry in shown.cited)
    cited = f"<ol>{cited}</ol>" if cited else f'<p class="pba-none">{inert_line(texts.none_cited)}</p>'
    return (
        f'<section class="pba-pictures"><h2 class="pba-part">{inert_line(texts.pictures)}</h2>'
        f'<div class="pba-charts">{_bars(texts.by_year, years[-_BARS_SHOWN:], texts)}'
        f"{_bars(texts.by_kind, kinds[:_BARS_SHOWN], texts)}"
        f"{_bars(texts.by_place, places[:_BARS_SHOWN], texts)}</div>"
        f'<div class="pba-cited"><h3>{inert_line(texts.cited)}</h3>{cited}</div></section>'
    )


def _bars(title: str, rows: Sequence[tuple[str, int]], texts: DocumentsWording) -> str:
    most = max((count for _, count in rows), default=1)
    body = "".join(
        f'<tr><th scope="row">{inert_line(name)}</th><td><span class="pba-bar" aria-hidden="true"'
        f' style="width:{100 * count / most:.1f}%"></span><span class="pba-value">{_amount(count)}</span>'
        f"</td></tr>"
        for name, count in rows
    )
    return (
        f'<table class="pba-chart"><caption>{inert_line(title)}</caption><thead class="pba-hidden"><tr>'
        f'<th scope="col">{inert_line(title)}</th><th scope="col">{inert_line(texts.documents)}</th></tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )


def _cited(entry: CitedPassage, texts: DocumentsWording) -> str:
    times = inert_line(texts.times_cited.format(times=_amount(entry.times)))
    return (
        f"<li><p>{inert_line(entry.text, CITED_SHOWN)}</p>"
        f'<p class="pba-aside">{times} · {_link(entry.document_id, entry.title)}</p></li>'
    )


def _listing(title: str, items: Sequence[str], none: str) -> str:
    body = f"<ul>{''.join(items)}</ul>" if items else f'<p class="pba-none">{inert_line(none)}</p>'
    return f"<h4>{inert_line(title)}</h4>{body}"


def _named(name: str, times: int, document_id: str | None) -> str:
    shown = _link(document_id, name) if document_id else inert_line(name)
    often = f' <span class="pba-aside">× {times}</span>' if times > 1 else ""
    return f"<li>{shown}{often}</li>"


def _link(document_id: str, name: str) -> str:
    return (
        f'<button type="button" class="pba-open" data-act="open" data-key="{inert_line(document_id)}">'
        f"{inert_line(name, _LONGEST_TITLE)}</button>"
    )


def _button(act: str, key: str, text: str) -> str:
    return (
        f'<button type="button" class="pba-act" data-act="{act}" data-key="{inert_line(key)}">'
        f"{inert_line(text)}</button>"
    )


def _place(ordinal: int, heading: str, texts: DocumentsWording) -> str:
    return " · ".join(filter(None, (texts.passage.format(ordinal=ordinal), heading)))


def _until(moment: datetime, texts: DocumentsWording, words: Wording) -> str:
    return texts.removed_until.format(day=words.day(moment.date()))


def _status(value: str, texts: DocumentsWording) -> str:
    return texts.statuses.get(value, value)


def _amount(count: int) -> str:
    return f"{count:,}".replace(",", ".")
