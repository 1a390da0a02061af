"""Kept conversations and feedback as HTML. Pure functions.

``ui/static/history.js`` acts on what is marked here: links ``a.pba-act`` by their target, which is all
that survives the chat's sanitiser, and elements with ``data-pba-do`` by their data.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from assistant.conversations import Conversation
from assistant.opinions import Opinion, Rating, Reason
from ui.escape import inert_line
from ui.wording import Wording


def opener(words: Wording) -> str:
    """The button in the page's header that opens the list."""
    return (
        '<button type="button" id="pba-drawer-open" aria-expanded="false" aria-controls="pba-drawer">'
        f'<span aria-hidden="true">☰</span> <span class="pba-wide">{inert_line(words.history.open)}</span>'
        f'<span class="pba-spoken">{inert_line(words.history.title)}</span></button>'
    )


def heading(words: Wording) -> str:
    """What stands over the list."""
    text = words.history
    return (
        f'<h2 id="pba-drawer-title">{inert_line(text.title)}</h2>'
        f'<button type="button" id="pba-drawer-close" aria-label="{inert_line(text.close)}">'
        '<span aria-hidden="true">✕</span></button>'
    )


def listing(
    conversations: Sequence[Conversation], words: Wording, *, current: str = "", searched: bool = False
) -> str:
    """The conversations, each with what can be done with it.

    Args:
        current: id of the one on the page; the script reads it, to open the same after a reload.
        searched: they are what a search found.
    """
    text = words.history
    if conversations:
        items = "".join(_item(entry, words, current=entry.id == current) for entry in conversations)
        body = f'<ul class="pba-talks" aria-labelledby="pba-drawer-title">{items}</ul>'
    else:
        body = f'<p class="pba-hint">{inert_line(text.not_found if searched else text.none)}</p>'
    return f'<div class="pba-listing" data-current="{inert_line(current)}">{body}</div>'


def notice(reason: str) -> str:
    """The list where there can be none, and why."""
    return f'<div class="pba-listing" data-current=""><p class="pba-hint">{inert_line(reason)}</p></div>'


def _item(conversation: Conversation, words: Wording, *, current: bool) -> str:
    text = words.history
    title = inert_line(conversation.title)
    named = f'data-id="{inert_line(conversation.id)}"'
    day = words.day(conversation.updated_at.astimezone().date())
    facts = f"{day} · {text.turns.format(count=conversation.turns)}" + (
        f" · {text.current}" if current else ""
    )
    mark = ' aria-current="true"' if current else ""
    more = inert_line(text.more.format(title=conversation.title))
    return (
        f'<li class="pba-talk"><button type="button" class="pba-talk-open" data-pba-do="open" {named}{mark}>'
        f'<span class="pba-talk-title">{title}</span><span class="pba-talk-facts">{inert_line(facts)}</span>'
        f'</button><details class="pba-talk-more"><summary aria-label="{more}" title="{more}">'
        '<span aria-hidden="true">⋯</span></summary>'
        f'<form data-pba-do="rename" {named}><label>{inert_line(text.new_title)}'
        f'<input name="title" maxlength="80" required="" value="{title}"/></label>'
        f'<button type="submit">{inert_line(text.rename)}</button></form>'
        f"<p>{inert_line(text.export)}: "
        f'<button type="button" data-pba-do="export" data-format="docx" {named}>Word (.docx)</button> '
        f'<button type="button" data-pba-do="export" data-format="md" {named}>Markdown (.md)</button></p>'
        f'<details class="pba-talk-delete"><summary>{inert_line(text.delete)}</summary>'
        f'<button type="button" data-pba-do="delete" {named}>{inert_line(text.delete_surely)}</button>'
        "</details></details></li>"
    )


def tools(key: int | None, opinion: Opinion | None, words: Wording) -> str:
    """Thumbs up and down under an answer that is kept; empty for one that is not."""
    if key is None:
        return ""
    text = words.history
    rated = opinion.rating if opinion else None
    up = _act(
        f"{'unrate' if rated is Rating.UP else 'up'}-{key}",
        text.good,
        text.rated_up if rated is Rating.UP else text.up,
        on=rated is Rating.UP,
    )
    down = _act(
        f"down-{key}",
        text.bad,
        text.rated_down if rated is Rating.DOWN else text.down,
        on=rated is Rating.DOWN,
    )
    said = ""
    if opinion is not None and opinion.rating is Rating.DOWN:
        reason = text.reasons[opinion.reason.value] if opinion.reason else ""
        said = (
            f'<span class="pba-thanks">{inert_line(" · ".join(filter(None, (reason, text.thanks))))}</span> '
        )
    return f"{up} {down} {said}"


def again(words: Wording, *, editing: bool = False) -> str:
    """What can be done with the last question."""
    text = words.history
    if editing:
        return f'<span class="pba-editing">{inert_line(text.editing)}</span> ' + _act(
            "unedit", text.unedit, ""
        )
    return _act("retry", text.retry, "") + " " + _act("edit", text.edit, "")


def opinion_form(words: Wording) -> str:
    """The dialogue that asks what is wrong; the script fills in of which answer."""
    text = words.history
    reasons = "".join(
        f'<label><input type="radio" name="reason" value="{reason.value}"/>'
        f" {inert_line(text.reasons[reason.value])}</label>"
        for reason in Reason
    )
    return (
        '<dialog id="pba-opinion" aria-labelledby="pba-opinion-title"><form method="dialog">'
        f'<h2 id="pba-opinion-title">{inert_line(text.why)}</h2><div class="pba-reasons">{reasons}</div>'
        f'<label class="pba-comment">{inert_line(text.comment)}'
        '<textarea name="comment" rows="3" maxlength="4000"></textarea></label>'
        '<div class="pba-buttons">'
        f'<button type="button" data-pba-do="dismiss">{inert_line(text.cancel)}</button>'
        f'<button type="submit" class="pba-primary">{inert_line(text.send)}</button></div></form></dialog>'
    )


def file_link(name: str, media_type: str, data: bytes, nonce: str) -> str:
    """A file as a link that holds all of it, which the script saves.

    Args:
        nonce: tells one file from the next of the same content.
    """
    return (
        f'<a id="pba-file-link" data-nonce="{nonce}" data-type="{media_type}" data-name="{inert_line(name)}"'
        f' data-base64="{b64encode(data).decode()}"></a>'
    )


def _act(target: str, label: str, title: str, *, on: bool = False) -> str:
    style = "pba-act pba-on" if on else "pba-act"
    told = f' title="{inert_line(title)}"' if title else ""
    return f'<a class="{style}" href="#pba-{target}"{told}>{inert_line(label)}</a>'
