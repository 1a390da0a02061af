"""The wiring of kept conversations and feedback: which event does what. Imports Gradio."""

from __future__ import annotations

import logging
import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import AssistantError, UnknownConversation
from assistant.opinions import Opinion, Rating, Reason
from ui import history
from ui.contract import AssistantLike
from ui.conversation import Conversation
from ui.escape import inert_line
from ui.failures import told
from ui.meanwhile import Change, Meanwhile
from ui.reopen import reopened
from ui.visitors import user_name
from ui.wording import Wording

log = logging.getLogger(__name__)

SCRIPT = Path(__file__).parent / "static" / "history.js"
#: Conversations listed; older ones are found by searching.
LISTED = 60
_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown;charset=utf-8",
}
#: What the page shows of a conversation: chat, state, sources, box.
Page = list[Any]


def user_of(request: gr.Request) -> str:
    """Who asks, see ``ui.visitors``."""
    return user_name(request.username, request.cookies)


class HistoryPanel:
    """The drawer of conversations, and what can be done below an answer.

    Args:
        show: a conversation as values of chat, state and sources.
        empty: values of chat, state, sources and box for a new conversation.
        meanwhile: takes what is changed while an answer is made.
    """

    def __init__(
        self,
        assistant: AssistantLike,
        words: Wording,
        show: Callable[[Conversation], list[Any]],
        empty: Callable[[], Page],
        meanwhile: Meanwhile,
    ) -> None:
        self._assistant = assistant
        self._words = words
        self._show = show
        self._empty = empty
        self._meanwhile = meanwhile
        #: Events after which another conversation may be shown; known once connected.
        self.opened: tuple[Any, ...] = ()

    def opener(self) -> None:
        """The button in the header."""
        if self._assistant.archive is not None:
            gr.HTML(
                history.opener(self._words),
                elem_id="pba-drawer-button",
                apply_default_css=False,
                js_on_load=None,
            )

    def drawer(self) -> None:
        """The drawer itself, and the dialogue for feedback."""
        text = self._words.history
        plain: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
        with gr.Column(elem_id="pba-drawer", visible=self._assistant.archive is not None):
            gr.HTML(history.heading(self._words), elem_id="pba-drawer-head", **plain)
            self._search = gr.Textbox(
                label=text.search,
                show_label=False,
                placeholder=text.search,
                container=False,
                max_lines=1,
                elem_id="pba-drawer-search",
            )
            self._list = gr.HTML(
                history.listing((), self._words),
                elem_id="pba-drawer-list",
                apply_default_css=False,
                js_on_load=SCRIPT.read_text(encoding="utf-8"),
            )
            # Its own listener makes a file of what arrives here; nothing is left on the server.
            self._file = gr.HTML("", elem_id="pba-file", **plain)
        gr.HTML(history.opinion_form(self._words), elem_id="pba-opinion-place", **plain)
        self._wish = gr.State({})
        self._remembered = gr.Textbox(visible=False)

    def connect(
        self,
        page: gr.Blocks,
        outputs: list[Any],
        ask: Callable[..., Any],
        limits: dict[str, Any],
        running: list[Any],
    ) -> Any:
        """Attach the events.

        Args:
            outputs: chat, state, sources, box.
            ask: asks ``(question, conversation, request)`` and yields values of ``outputs``.
            limits: of answering.
            running: events that answer; they end where another conversation is shown.

        Returns:
            The event that asks again.
        """
        conversation = outputs[1]
        shared: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        free: dict[str, Any] = {**shared, "concurrency_limit": None}

        async def ask_again(shown: Conversation, request: gr.Request) -> Any:
            if not shown.turns:
                yield [gr.skip()] * 4
                return
            last = shown.turns[-1]
            again = replace(shown, editing=True)
            async for step in ask(last.question, again, request, literal=last.literal):
                yield step

        again = self._list.pba_again(ask_again, [conversation], outputs, **shared, **limits)
        everything = [*outputs, self._list, self._file]
        wished = self._list.pba_do(_data, None, self._wish, cancels=[*running, again], **free)
        done = wished.then(self._do, [self._wish, conversation, self._search], everything, **free)
        self._list.pba_say(self._say, [conversation, self._search], everything, **free)
        self._search.change(
            self._listing, [conversation, self._search], self._list, trigger_mode="always_last", **free
        )
        restored = page.load(
            self._restore,
            [self._remembered, conversation, self._search],
            [*outputs, self._list],
            js="(_, state, search) => [sessionStorage.getItem('pba-conversation') || '', state, search]",
            **free,
        )
        self.opened = (done, restored)
        return again

    def refresh_after(self, conversation: Any, *events: Any) -> None:
        """Show the list anew when any of ``events`` is over."""
        for event in events:
            event.then(
                self._listing,
                [conversation, self._search],
                self._list,
                show_progress="hidden",
                api_visibility="private",
                concurrency_limit=None,
            )

    # ---- what events do

    def _listing(self, conversation: Conversation, search: str, request: gr.Request) -> str:
        archive, text = self._assistant.archive, self._words.history
        if archive is None:
            return history.listing((), self._words)
        if not archive.conversations.can_save:
            return history.notice(text.not_saved)
        user = user_of(request)
        try:
            if search.strip():
                found = archive.conversations.search(user, search, limit=LISTED)
            else:
                found = archive.conversations.listed(user, limit=LISTED)
        except AssistantError as error:
            log.exception("The conversations could not be listed.")
            return history.notice(text.busy.format(reason=told(error, self._words.language)))
        return history.listing(found, self._words, current=conversation.id, searched=bool(search.strip()))

    def _restore(
        self, remembered: str, conversation: Conversation, search: str, request: gr.Request
    ) -> list[Any]:
        """After a reload: the conversation that the page showed, unless something was asked already."""
        page: Page = [gr.skip()] * 4
        if remembered and not conversation.turns:
            try:
                conversation = self._open(user_of(request), remembered)
                page = [*self._show(conversation), gr.skip()]
            except UnknownConversation:
                log.info("The conversation that a page showed is gone.")
            except Exception:
                log.exception("A conversation could not be opened again.")
        return [*page, self._listing(conversation, search, request)]

    def _do(self, wish: dict[str, Any], shown: Conversation, search: str, request: gr.Request) -> list[Any]:
        """Open, rename, delete or export a conversation."""
        user, page = user_of(request), [gr.skip()] * 4
        archive, named = self._assistant.archive, str(wish.get("id", ""))
        # An answer that was under way was let go when the wish came.
        shown = shown.stop()
        if shown.turns:
            page = [*self._show(shown), gr.skip()]
        assert archive is not None
        try:
            match wish.get("do"):
                case "open":
                    shown = self._open(user, named)
                    page = [*self._show(shown), self._free_box()]
                case "rename":
                    archive.conversations.rename(user, named, str(wish.get("title", "")))
                case "delete":
                    archive.conversations.delete(user, named)
                    if named == shown.id:
                        shown, page = Conversation(), self._empty()
                case "export":
                    # The list stays as it is, with what the reader unfolded in it.
                    return [*page, gr.skip(), self._exported(user, named, str(wish.get("format")))]
        except UnknownConversation:
            gr.Warning(self._words.history.gone)
        except AssistantError as error:
            gr.Warning(self._words.history.busy.format(reason=inert_line(told(error, self._words.language))))
        return [*page, self._listing(shown, search, request), gr.skip()]

    def _say(self, shown: Conversation, search: str, request: gr.Request, event: gr.EventData) -> list[Any]:
        """Rate an answer, or turn to editing the last question and back."""
        wish, box = _data(event), gr.skip()
        try:
            match wish.get("do"):
                case "edit" | "unedit" if shown.turns and not shown.turns[-1].stopped:
                    editing = wish["do"] == "edit"
                    last = replace(shown.turns[-1], again=history.again(self._words, editing=editing))
                    shown = replace(shown.update(last), editing=editing)
                    box = gr.Textbox(value=last.question if editing else "")
                case "rate":
                    rated = self._rated(user_of(request), wish)
                    if shown.turns and shown.turns[-1].stopped:
                        # The next step of the answer under way would show the old opinion.
                        self._meanwhile.note(request.session_hash, rated)
                        now = self._meanwhile.applied(request.session_hash, shown)
                        return [now.messages(), *[gr.skip()] * 5]
                    shown = rated(shown)
        except UnknownConversation:
            gr.Warning(self._words.history.gone)
        except AssistantError as error:
            gr.Warning(self._words.history.busy.format(reason=inert_line(told(error, self._words.language))))
        if shown.turns and shown.turns[-1].stopped:
            # The answer under way brings the page up to date with its next step.
            return [gr.skip()] * 6
        return [*self._show(shown), box, gr.skip(), gr.skip()]

    def _rated(self, user: str, wish: dict[str, Any]) -> Change:
        """Keep an opinion; gives how it changes what is shown."""
        archive, key = self._assistant.archive, int(wish["key"])
        assert archive is not None
        opinion: Opinion | None = None
        if wish.get("rating") in ("up", "down"):
            reason = Reason(wish["reason"]) if wish.get("reason") else None
            opinion = Opinion(Rating[str(wish["rating"]).upper()], reason, str(wish.get("comment", "")))
            archive.feedback.give(user, key, opinion)
        else:
            archive.feedback.withdraw(user, key)
        tools = history.tools(key, opinion, self._words)

        def shown_rated(shown: Conversation) -> Conversation:
            turns = [replace(turn, tools=tools) if turn.key == key else turn for turn in shown.turns]
            return replace(shown, turns=tuple(turns))

        return shown_rated

    def _open(self, user: str, conversation_id: str) -> Conversation:
        archive = self._assistant.archive
        assert archive is not None
        found, turns = archive.conversations.load(user, conversation_id)
        shown = reopened(found.id, turns, self._assistant, self._words)
        return replace(shown, filters=found.filters)

    def _free_box(self) -> Any:
        return gr.Textbox(value="", submit_btn=self._words.send, stop_btn=False)

    def _exported(self, user: str, conversation_id: str, form: str) -> str:
        from assistant.export.markdown import to_markdown
        from assistant.export.transcript import transcript
        from assistant.export.word import to_docx

        archive = self._assistant.archive
        assert archive is not None
        conversation, turns = archive.conversations.load(user, conversation_id)
        made = transcript(conversation, turns, language="en" if self._words.language == "en" else "vi")
        name = file_name(conversation.title)
        if form == "docx":
            name, data = f"{name}.docx", to_docx(made)
        else:
            name, data = f"{name}.md", to_markdown(made).encode()
        return history.file_link(name, _MEDIA[name.rpartition(".")[2]], data, secrets.token_hex(4))


def file_name(title: str) -> str:
    """A title as the name of a file, without its extension, on any system."""
    plain = unicodedata.normalize("NFD", title.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:60] or "hoi-thoai"


def _data(event: gr.EventData) -> dict[str, Any]:
    """What the script says with an event."""
    return dict(event._data or {})
