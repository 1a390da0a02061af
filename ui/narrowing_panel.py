"""The wiring of filters and of what can be asked next: which event does what. Imports Gradio."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.errors import AssistantError, BadOption, UnknownConversation
from assistant.narrowing import Choices, Field, Filters, Part, added, choices, dropped
from ui import narrowing
from ui.contract import AssistantLike
from ui.conversation import Conversation
from ui.escape import inert_line
from ui.failures import told
from ui.history_panel import user_of
from ui.meanwhile import Meanwhile
from ui.narrowing_wording import narrowing_wording
from ui.wording import Wording

log = logging.getLogger(__name__)

SCRIPT = Path(__file__).parent / "static" / "narrowing.js"
#: Documents that are shown to choose from.
FOUND = 12
_FREE: dict[str, Any] = {
    "show_progress": "hidden",
    "api_visibility": "private",
    "concurrency_limit": None,
}
#: One at a time: those who wait for an answer come first.
_SLOW: dict[str, Any] = {**_FREE, "concurrency_limit": 1, "concurrency_id": "offers"}


class NarrowingPanel:
    """The filters above the question box, and the offers below the last answer."""

    def __init__(self, assistant: AssistantLike, words: Wording, meanwhile: Meanwhile) -> None:
        self._assistant = assistant
        self._words = words
        self._meanwhile = meanwhile
        self._texts = narrowing_wording(words.language)

    def mount(self) -> None:
        """Put it where it is called."""
        plain: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
        self._next = gr.HTML("", elem_id="pba-next", **plain)
        self._control = gr.HTML(
            self._shown(Conversation()),
            elem_id="pba-narrow",
            apply_default_css=False,
            js_on_load=SCRIPT.read_text(encoding="utf-8"),
        )
        with gr.Column(elem_id="pba-narrow-panel"):
            self._form = gr.HTML("", elem_id="pba-narrow-form", **plain)
            self._found = gr.HTML("", elem_id="pba-narrow-found", **plain)

    def connect(
        self,
        page: gr.Blocks,
        conversation: Any,
        outputs: list[Any],
        ask: Callable[..., AsyncIterator[list[Any]]],
        limits: dict[str, Any],
    ) -> Any:
        """Attach the events.

        Args:
            ask: asks ``(question, conversation, request, literal=)`` and yields values of ``outputs``.
            limits: of answering.

        Returns:
            The event that asks what is offered here.
        """

        async def ask_offered(
            shown: Conversation, request: gr.Request, event: gr.EventData
        ) -> AsyncIterator[list[Any]]:
            wish = dict(event._data or {})
            question, literal = str(wish.get("question", "")), False
            if wish.get("do") == "asis" and 0 < int(wish["turn"]) <= len(shown.turns):
                turn, literal = int(wish["turn"]), True
                question = shown.turns[turn - 1].question
                shown = replace(shown, editing=turn == len(shown.turns))
            elif wish.get("do") == "within" and shown.turns:
                question, literal = shown.turns[-1].question, shown.turns[-1].literal
                filters = added(shown.filters, _part(wish))
                shown = replace(shown, filters=filters, editing=True)
                self._keep(shown, user_of(request))
            async for step in ask(question, shown, request, literal=literal):
                yield step

        shared: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asked = self._control.pba_ask(ask_offered, [conversation], outputs, **shared, **limits)
        narrowed = self._control.pba_narrow(
            self._narrow, [conversation], [conversation, self._control], trigger_mode="multiple", **_FREE
        )
        # What was offered before was worked out with the other filters.
        narrowed.then(self._offers, conversation, self._next, **_SLOW)
        self._control.pba_find(self._find, None, self._found, trigger_mode="always_last", **_FREE)
        page.load(self._fresh, None, [self._form, self._found], **_FREE)
        return asked

    def refresh_after(self, conversation: Any, *events: Any) -> None:
        """Show the filters of the conversation when any of ``events`` is over."""
        for event in events:
            event.then(
                lambda shown: [self._shown(shown), ""], conversation, [self._control, self._next], **_FREE
            )

    def offer_after(self, conversation: Any, *events: Any) -> None:
        """Offer what can be done next when any of ``events`` is over; the answer is shown by then."""
        for event in events:
            settled = event.then(
                lambda shown: [self._shown(shown), ""], conversation, [self._control, self._next], **_FREE
            )
            settled.then(self._offers, conversation, self._next, **_SLOW)

    # ---- what events do

    @property
    def _choices(self) -> Choices:
        offers = self._assistant.offers
        return offers.choices if offers is not None else choices(())

    def _shown(self, conversation: Conversation) -> str:
        if self._assistant.offers is None:
            return ""
        try:
            return narrowing.control(conversation.filters, self._choices, self._words)
        except AssistantError:
            log.exception("What can be narrowed could not be read.")
            return narrowing.control(conversation.filters, choices(()), self._words)

    def _fresh(self) -> list[str]:
        if self._assistant.offers is None:
            return ["", ""]
        try:
            return [narrowing.form(self._choices, self._words), self._matching("")]
        except AssistantError as error:
            return [f'<p class="pba-hint">{inert_line(told(error, self._words.language))}</p>', ""]

    def _matching(self, text: str) -> str:
        offers = self._assistant.offers
        return narrowing.found(offers.documents(text, FOUND), self._words) if offers else ""

    def _find(self, event: gr.EventData) -> str:
        return self._matching(str(dict(event._data or {}).get("text", "")))

    def _narrow(self, shown: Conversation, request: gr.Request, event: gr.EventData) -> list[Any]:
        wish = dict(event._data or {})
        under_way = bool(shown.turns and shown.turns[-1].stopped)
        if under_way:
            shown = self._meanwhile.applied(request.session_hash, shown)
        filters = shown.filters
        try:
            match wish.get("do"):
                case "clear":
                    filters = Filters()
                case "add":
                    filters = added(filters, _part(wish))
                case "drop":
                    filters = dropped(filters, _part(wish))
        except BadOption:
            gr.Warning(self._texts.bad_period)
        shown = replace(shown, filters=filters)
        self._keep(shown, user_of(request))
        if under_way:
            # The answer goes on as it was asked; the next question is narrowed.
            self._meanwhile.note(request.session_hash, lambda step: replace(step, filters=filters))
            return [gr.skip(), self._shown(shown)]
        return [shown, self._shown(shown)]

    def _keep(self, shown: Conversation, user: str) -> None:
        """Keep the filters with a conversation that is kept."""
        archive = self._assistant.archive
        if archive is None or not shown.id or not archive.conversations.can_save:
            return
        try:
            archive.conversations.restrict(user, shown.id, shown.filters)
        except UnknownConversation:
            log.info("Filters were set for a conversation that was deleted elsewhere.")
        except AssistantError as error:
            log.exception("The filters of a conversation could not be kept.")
            gr.Warning(self._texts.not_kept.format(reason=inert_line(told(error, self._words.language))))

    def _offers(self, shown: Conversation) -> str:
        offers, asked = self._assistant.offers, shown.questions
        if offers is None or not asked or shown.turns[-1].failed or shown.turns[-1].stopped:
            return ""
        try:
            if not offers.wait_until_quiet():
                return ""
            literal = shown.turns[-1].literal
            within = offers.narrowings(asked[-1], history=asked[:-1], filters=shown.filters, literal=literal)
            questions = offers.followups(asked, filters=shown.filters, literal=literal)
            return narrowing.next_steps(within, questions, self._choices, self._words)
        except Exception:
            # The answer is there already; that nothing can be offered besides is for the log.
            log.exception("What can be asked next could not be worked out.")
            return ""


def _part(wish: dict[str, Any]) -> Part:
    try:
        return Part(Field(str(wish.get("field"))), str(wish.get("value", "")))
    except ValueError as error:
        raise BadOption(f"{wish.get('field')}: nothing that documents can be narrowed by.") from error
