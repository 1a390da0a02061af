"""The page: its layout, and what each control does. Imports Gradio; nothing else of ``ui`` but this."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.evaluate.suggest.desk import QuestionDesk
from assistant.holdings import Holdings
from assistant.http.access import Access
from assistant.stopping import Stop
from assistant.study.studio import Studio
from assistant.threaded import in_thread
from ui import chat, documents_page, languages, machines, sets_page, sources, study_page
from ui.contract import AssistantLike
from ui.conversation import Conversation
from ui.escape import inert_line
from ui.failures import told
from ui.history_panel import HistoryPanel, user_of
from ui.keeping import kept_answering
from ui.meanwhile import Meanwhile
from ui.narrowing_panel import NarrowingPanel
from ui.sets_wording import sets_wording
from ui.study_wording import study_wording
from ui.wording import wording

log = logging.getLogger(__name__)

#: Questions offered on an empty page.
EXAMPLES = 4
#: Events that may wait: questions, and what the page asks for after each answer. One more is told that the
#: server is busy.
WAITING = 256


def build(
    assistant: AssistantLike,
    *,
    language: str = "vi",
    holdings: Holdings | None = None,
    studio: Studio | None = None,
    question_desk: QuestionDesk | None = None,
    access: Access = Access(),
) -> gr.Blocks:
    """The page for ``assistant``, not yet served. ``ui.launch`` serves it with its style.

    Args:
        language: of the page, ``"vi"`` or ``"en"``.
        holdings: its documents, for the part of the page that shows them; without them there is none.
        studio: makes teaching material, for the part of the page that does; without it there is none.
        question_desk: drafts test questions, for the part of the page that does; without it there is none.
        access: what programs must bring.

    Raises:
        ValueError: for another language.
    """
    words = wording(language)

    def welcome() -> dict[str, Any]:
        try:
            if assistant.library_is_empty:
                return {"placeholder": chat.empty_library(words), "examples": []}
            offered = [{"text": question} for question in assistant.examples(EXAMPLES)]
        except AssistantError as error:
            return {"placeholder": chat.notice(told(error, language), words), "examples": []}
        except Exception:
            # Questions can be asked all the same, and an error there is told in the conversation.
            log.exception("Unexpected error while looking for questions to offer.")
            offered = []
        return {"placeholder": chat.greeting(words), "examples": offered}

    def show(conversation: Conversation) -> list[Any]:
        return [
            conversation.messages(),
            conversation,
            sources.panel(conversation.sections, words),
        ]

    async def ask(
        question: str, conversation: Conversation, request: gr.Request, literal: bool = False
    ) -> AsyncIterator[list[Any]]:
        if not question.strip():
            yield [gr.skip()] * 4
            return
        box: Any = gr.Textbox(value="", submit_btn=False, stop_btn=words.stop)
        user = user_of(request)
        halt = Stop()
        answers = kept_answering(assistant, user, question, conversation, words, literal=literal, stop=halt)
        visitor = request.session_hash
        meanwhile.over(visitor)
        async for step in in_thread(answers, newest=True, stop=halt):
            yield [*show(meanwhile.applied(visitor, step)), box]
            box = gr.skip()
        meanwhile.over(visitor)
        yield [gr.skip()] * 3 + [gr.Textbox(submit_btn=words.send, stop_btn=False)]

    async def ask_example(
        conversation: Conversation, request: gr.Request, event: gr.SelectData
    ) -> AsyncIterator[list[Any]]:
        async for step in ask(str(event.value["text"]), conversation, request):
            yield step

    def stop(conversation: Conversation, request: gr.Request) -> list[Any]:
        conversation = meanwhile.applied(request.session_hash, conversation)
        meanwhile.over(request.session_hash)
        return [*show(conversation.stop()), gr.Textbox(submit_btn=words.send, stop_btn=False)]

    def clear() -> list[Any]:
        # Changes to an answer let go of in this way go with its conversation, at the next question.
        empty = Conversation()
        return [
            gr.Chatbot(value=[], **welcome()),
            empty,
            sources.panel((), words),
            gr.Textbox(value="", submit_btn=words.send, stop_btn=False),
        ]

    meanwhile = Meanwhile()
    history = HistoryPanel(assistant, words, show, clear, meanwhile)
    narrowing = NarrowingPanel(assistant, words, meanwhile)
    limits: dict[str, Any] = {"concurrency_limit": assistant.answers_at_once, "concurrency_id": "answer"}
    page: gr.Blocks
    with gr.Blocks(title=words.title, fill_height=True, fill_width=True, analytics_enabled=False) as page:
        # First, so that no event of the page takes the name of one of these.
        machines.expose(assistant, access, **limits)
        conversation = gr.State(Conversation())
        with gr.Row(elem_id="pba-header"):
            history.opener()
            gr.HTML(
                f'<h1 class="pba-title">{inert_line(words.title)}</h1>'
                f'<p class="pba-subtitle">{inert_line(words.subtitle)}</p>',
                elem_id="pba-brand",
                apply_default_css=False,
                js_on_load=None,
            )
            # Before the tabs, which would move under the pointer where it comes and goes after them.
            fresh = gr.Button(words.clear, elem_id="pba-clear", size="sm", scale=0)
            if holdings is not None or studio is not None or question_desk is not None:
                study = study_wording(language).view if studio is not None else ""
                sets = sets_wording(language).view if question_desk is not None else ""
                documents_page.tabs(language, documents_shown=holdings is not None, study=study, sets=sets)
            gr.HTML(languages.switch(words), elem_id="pba-language", apply_default_css=False, js_on_load=None)
        with gr.Row(elem_id="pba-main"):
            talk = gr.Chatbot(
                label=words.conversation,
                show_label=False,
                elem_id="pba-chat",
                buttons=[],
                feedback_options=None,
                layout="bubble",
                latex_delimiters=[],
                sanitize_html=True,
                allow_tags=False,
                allow_file_downloads=False,
                autoscroll=True,
                height=None,
                container=False,
            )
            shown = gr.HTML(
                sources.panel((), words), elem_id="pba-sources", apply_default_css=False, js_on_load=None
            )
        with gr.Row(elem_id="pba-ask"):
            narrowing.mount()
            box = gr.Textbox(
                label=words.ask_label,
                show_label=False,
                container=False,
                placeholder=words.ask_placeholder,
                lines=1,
                max_lines=6,
                autofocus=True,
                submit_btn=words.send,
                stop_btn=False,
                elem_id="pba-box",
            )
        history.drawer()
        if holdings is not None:
            documents_page.mount(page, holdings, words)
        if studio is not None:
            study_page.mount(studio, words)
        if question_desk is not None:
            sets_page.mount(question_desk, words)
        outputs = [talk, conversation, shown, box]
        shared: dict[str, Any] = {
            "outputs": outputs,
            "show_progress": "hidden",
            "api_visibility": "private",
        }
        asked = box.submit(ask, [box, conversation], **shared, **limits)
        picked = talk.example_select(ask_example, [conversation], **shared, **limits)
        offered = narrowing.connect(page, conversation, outputs, ask, limits)
        repeated = history.connect(page, outputs, ask, limits, [asked, picked, offered])
        answering = [asked, picked, repeated, offered]
        # First the answer under way is let go, then the page changes: the other way round its next
        # statement could still arrive on the changed page.
        halted = box.stop(None, cancels=answering)
        stopped = halted.then(stop, [conversation], concurrency_limit=None, **shared)
        dropped = fresh.click(None, cancels=answering)
        cleared = dropped.then(clear, None, concurrency_limit=None, **shared)
        history.refresh_after(conversation, *answering, stopped, cleared)
        narrowing.refresh_after(conversation, *history.opened, cleared)
        narrowing.offer_after(conversation, *answering)
        # The welcome is made at each visit, so that a reload shows documents loaded since. Only the
        # welcome: a quick visitor may have asked already.
        greet = {**shared, "outputs": talk}
        page.load(lambda: gr.Chatbot(**welcome()), None, concurrency_limit=None, **greet)
    page.queue(max_size=WAITING, default_concurrency_limit=assistant.answers_at_once)
    return page
