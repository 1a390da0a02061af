"""The part of the page for question sets: its places, and which event does what."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import gradio as gr

from assistant.errors import AnswerStopped, AssistantError, BadWish
from assistant.evaluate.suggest.desk import QuestionDesk, Result, Step
from assistant.evaluate.suggest.types import Suggested
from assistant.evaluate.suggest.wording import suggest_wording
from assistant.stopping import Stop
from assistant.threaded import in_thread
from ui import acting, sets_form
from ui.acting import FREE, QUIET, data_of, place, values_of
from ui.controls import notice
from ui.escape import inert_line
from ui.failures import told
from ui.form_fields import BadField
from ui.history_panel import user_of
from ui.sets_acts import Acts, Done, View
from ui.sets_wording import sets_wording
from ui.wording import Wording

log = logging.getLogger(__name__)

#: Sets are made and tried one at a time: each takes all that the machine has.
_SLOW: dict[str, Any] = {**QUIET, "concurrency_limit": 1, "concurrency_id": "sets"}


def mount(desk: QuestionDesk, words: Wording) -> None:
    """Put the part where it is called. Nothing is read of the library before a visitor comes to it."""
    texts = sets_wording(words.language)
    acts = Acts(desk, words)
    with gr.Column(elem_id="pba-sets"):
        view = gr.State(View())
        place(
            "pba-sets-head",
            f'<h2 class="pba-part" id="pba-sets-title" tabindex="-1">{inert_line(texts.view)}</h2>'
            f'<p class="pba-hint">{inert_line(texts.lead)}</p>',
        )
        hub = acting.hub("pba-sets-hub", _state(View()), "sets.js")
        said = place("pba-sets-said")
        progress = place("pba-sets-progress")
        with gr.Column(elem_id="pba-sets-start"):
            form = place("pba-sets-form")
            listing = place("pba-sets-listing")
        body = place("pba-sets-body")
        file = place("pba-sets-file")
    outputs = [view, hub, said, progress, listing, body, file]

    def say(text: str, *, bad: bool = False) -> str:
        return notice(text, texts.dismiss, bad=bad)

    def page(done: Done, user: str) -> list[Any]:
        shut = done.view.saved is None
        return [
            done.view,
            _state(done.view, done.focus),
            done.said,
            "",
            acts.listing(done.view, user) if shut else gr.skip(),
            _body(acts, done.view),
            done.file or gr.skip(),
        ]

    def visit(seen: View, request: gr.Request, event: gr.EventData) -> list[Any]:
        """The first look: the form, the sets, and the set that this tab had open before a reload."""
        user, named = user_of(request), str(data_of(event).get("set", ""))
        try:
            documents, total = desk.documents(sets_form.DOCUMENTS)
            wish = sets_form.form(desk.choices, documents, total, words)
        except AssistantError as error:
            wish = say(told(error, words.language), bad=True)
        done = acts.do(seen, user, "open", named, {}) if named else Done(replace(seen, turn=seen.turn + 1))
        return [wish, *page(replace(done, focus=""), user)]

    hub.pba_open(visit, view, [form, *outputs], **FREE)

    def act(seen: View, request: gr.Request, event: gr.EventData) -> list[Any]:
        wish, user = data_of(event), user_of(request)
        return page(
            acts.do(seen, user, str(wish.get("act", "")), str(wish.get("key", "")), values_of(event)), user
        )

    hub.pba_act(act, view, outputs, **FREE)

    async def steps(
        title: str, work: Iterator[Any], stop: Stop, finish: Any, seen: View, user: str
    ) -> AsyncIterator[list[Any]]:
        """Show how far a long work is, then what it came to."""

        def refused(text: str) -> list[Any]:
            return page(Done(seen, say(text, bad=True), "pba-sets-said"), user)

        skipped = [gr.skip()] * 3
        yield [gr.skip(), gr.skip(), "", sets_form.progress(title, None, words.language), *skipped]
        last: Any = None
        try:
            async for last in in_thread(work, newest=True, stop=stop):
                if isinstance(last, Step):
                    bar = sets_form.progress(title, last, words.language)
                    yield [gr.skip(), gr.skip(), gr.skip(), bar, *skipped]
            yield page(await asyncio.to_thread(finish, last), user)
        except AnswerStopped:
            yield refused(texts.stopped)
        except BadWish:
            yield refused(texts.nothing)
        except AssistantError as error:
            yield refused(f"{texts.failed} {told(error, words.language)}")
        except Exception:
            log.exception("Unexpected error while questions were made or tried.")
            yield refused(texts.failed_unexpected)

    async def make(seen: View, request: gr.Request, event: gr.EventData) -> AsyncIterator[list[Any]]:
        user, values = user_of(request), values_of(event)
        seen = replace(seen, turn=seen.turn + 1)
        try:
            order = sets_form.order_of(values)
        except BadField as error:
            text = sets_form.refused(error.field, words.language)
            yield page(Done(seen, say(text, bad=True), f'[name="{error.field}"]'), user)
            return
        day = f"{datetime.now().astimezone():%d/%m/%Y %H:%M}"
        title = suggest_wording(words.language).title.format(day=day)

        def finish(made: Suggested) -> Done:
            done = acts.made(seen, user, made, title, order.count)
            return replace(done, view=replace(done.view, turn=seen.turn))

        halt = Stop()
        async for shown in steps(texts.making, desk.making(order, halt), halt, finish, seen, user):
            yield shown

    making = hub.pba_make(make, view, outputs, **_SLOW)

    async def run(seen: View, request: gr.Request) -> AsyncIterator[list[Any]]:
        user, chosen, halt = user_of(request), acts.to_run(seen), Stop()
        seen = replace(seen, turn=seen.turn + 1)
        if not chosen:
            yield page(Done(seen, say(texts.nothing_accepted, bad=True)), user)
            return

        def finish(found: Result) -> Done:
            return Done(replace(seen, result=found), focus="pba-trial-title")

        async for shown in steps(texts.running, desk.running(chosen, halt), halt, finish, seen, user):
            yield shown

    running = hub.pba_run(run, view, outputs, **_SLOW)

    def stopped(seen: View, request: gr.Request) -> list[Any]:
        seen = replace(seen, turn=seen.turn + 1)
        return page(Done(seen, say(texts.stopped), "pba-sets-said"), user_of(request))

    # First the work is let go of: the other way round its next step would still show.
    hub.pba_stop(None, cancels=[making, running]).then(stopped, view, outputs, **FREE)


def _body(acts: Acts, view: View) -> str:
    try:
        return acts.body(view)
    except AssistantError as error:
        log.exception("A question set could not be shown.")
        return inert_line(str(error))


def _state(view: View, focus: str = "") -> str:
    """What the script must know: that an act is done, what the keyboard goes to, which set is open."""
    saved = inert_line(view.saved.id) if view.saved else ""
    mode = "edit" if view.form is not None else "set" if saved else "start"
    return (
        f'<span id="pba-sets-done" data-turn="{view.turn}" data-mode="{mode}" data-set="{saved}"'
        f' data-focus="{inert_line(focus)}" hidden></span>'
    )
