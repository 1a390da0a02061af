"""The part of the page that makes teaching material: its places, and which event does what."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.errors import AnswerStopped, AssistantError, BadWish
from assistant.stopping import Stop
from assistant.study.studio import Studio
from assistant.study.types import Draft, Wish
from assistant.threaded import in_thread
from ui import acting, study_form
from ui.acting import FREE, QUIET, data_of, place, values_of
from ui.controls import notice
from ui.escape import inert_line
from ui.failures import told
from ui.form_fields import BadField
from ui.history_panel import user_of
from ui.study_acts import Acts
from ui.study_parts import Shown
from ui.study_showing import Showing
from ui.study_view import Done, View
from ui.study_wording import study_wording
from ui.wording import Wording

log = logging.getLogger(__name__)

#: Documents that are shown to choose from.
FOUND = 12


def mount(studio: Studio, words: Wording) -> None:
    """Put the part where it is called. Nothing is read of the library before a visitor comes to it."""
    texts = study_wording(words.language)
    acts, showing = Acts(studio, words), Showing(studio, words)
    shown = Shown(words, texts)
    with gr.Column(elem_id="pba-study"):
        view = gr.State(View())
        place(
            "pba-study-head",
            f'<h2 class="pba-part" id="pba-study-title" tabindex="-1">{inert_line(texts.view)}</h2>'
            f'<p class="pba-hint">{inert_line(texts.lead)}</p>',
        )
        hub = acting.hub("pba-study-hub", _state(View()), "study.js")
        said = place("pba-study-said")
        progress = place("pba-study-progress")
        place("pba-study-stop", study_form.stop(shown))
        with gr.Column(elem_id="pba-study-start"):
            form = place("pba-study-form")
            drafts = place("pba-study-drafts")
        topics = place("pba-study-topics")
        found = place("pba-study-found")
        body = place("pba-study-body")
        file = place("pba-study-file")

    # Drafts are made one at a time: each takes all that the machine has. Not by Gradio's queue, in which
    # whoever waits is told nothing and cannot stop it.
    turns = asyncio.Lock()
    outputs = [view, hub, said, progress, drafts, body, file]

    def page(done: Done, user: str, *, list_again: bool = True) -> list[Any]:
        listing = showing.listing(user) if list_again and done.view.draft is None else gr.skip()
        return [
            done.view,
            _state(done.view, done.focus),
            done.said,
            "",
            listing,
            # A file changes nothing: what is unfolded stays so.
            gr.skip() if done.file else _body(showing, done.view, user),
            done.file or gr.skip(),
        ]

    def visit(request: gr.Request, event: gr.EventData) -> list[Any]:
        """The first look: the form, the drafts, and the draft that this tab had open before a reload."""
        user, wanted = user_of(request), data_of(event)
        named = str(wanted.get("draft", ""))
        try:
            wish = study_form.form(studio.choices, shown, Wish("", language=words.language))
        except AssistantError as error:
            wish = notice(told(error, words.language), texts.dismiss, bad=True)
        done = acts.do(View(), user, "open", named, wanted) if named else Done(View())
        if done.view.draft is None:
            done = Done(replace(done.view, turn=done.view.turn + 1))
        return [wish, *page(replace(done, focus=""), user)]

    opened = hub.pba_open(visit, None, [form, *outputs], **FREE)

    def named_topics() -> str:
        try:
            return study_form.topics(studio.topics(), shown)
        except AssistantError:
            log.exception("The topics of the library could not be found.")
            return ""

    opened.then(named_topics, None, topics, **QUIET, concurrency_limit=1)

    def act(seen: View, request: gr.Request, event: gr.EventData) -> list[Any]:
        wish, user = data_of(event), user_of(request)
        done = acts.do(
            seen,
            user,
            str(wish.get("act", "")),
            str(wish.get("key", "")),
            values_of(event),
        )
        return page(done, user)

    hub.pba_act(act, view, outputs, **FREE)

    def find(event: gr.EventData) -> str:
        return study_form.found(studio.documents(str(data_of(event).get("text", ""))[:200], FOUND), shown)

    hub.pba_find(find, None, found, trigger_mode="always_last", **FREE)

    async def make(seen: View, request: gr.Request, event: gr.EventData) -> AsyncIterator[list[Any]]:
        user, values = user_of(request), values_of(event)
        seen = replace(seen, turn=seen.turn + 1)

        def refused(text: str, focus: str = "pba-study-said") -> list[Any]:
            return page(Done(seen, notice(text, texts.dismiss, bad=True), focus), user, list_again=False)

        try:
            wish = study_form.wish_of(values)
        except BadField as error:
            least, most = study_form.limits(error.field)
            yield refused(
                texts.bad_fields[error.field].format(least=least, most=most), f'[name="{error.field}"]'
            )
            return
        skipped = [gr.skip()] * 3
        yield [gr.skip(), gr.skip(), "", study_form.progress(None, wish.topic, wish.parts, shown), *skipped]
        halt, made = Stop(), None
        try:
            async with turns:
                async for step in in_thread(studio.making(wish, halt), newest=True, stop=halt):
                    if isinstance(step, Draft):
                        made = step
                    else:
                        bar = study_form.progress(step, wish.topic, wish.parts, shown)
                        yield [gr.skip(), gr.skip(), gr.skip(), bar, *skipped]
            assert made is not None
            done = await asyncio.to_thread(acts.made, user, made)
            yield page(replace(done, view=replace(done.view, turn=seen.turn)), user)
        except AnswerStopped:
            yield refused(texts.stopped)
        except BadWish:
            yield refused(texts.nothing_found.format(topic=wish.topic or texts.everything))
        except AssistantError as error:
            yield refused(f"{texts.failed} {told(error, words.language)}")
        except Exception:
            log.exception("Unexpected error while teaching material was made.")
            yield refused(texts.failed_unexpected)

    making = hub.pba_make(make, view, outputs, **FREE)

    def stopped(seen: View, request: gr.Request) -> list[Any]:
        seen = replace(seen, turn=seen.turn + 1)
        return page(
            Done(seen, notice(texts.stopped, texts.dismiss), "pba-study-said"),
            user_of(request),
            list_again=False,
        )

    # First the making is let go of: the other way round its next step would still show.
    hub.pba_stop(None, cancels=[making]).then(stopped, view, outputs, **FREE)


def _body(showing: Showing, view: View, user: str) -> str:
    try:
        return showing.body(view, user)
    except AssistantError:
        log.exception("A draft could not be shown.")
        return showing.body(replace(view, saved=None), user)


def _state(view: View, focus: str = "") -> str:
    """What the script must know: that an act is done, what the keyboard goes to, which draft is open."""
    mode = "play" if view.play is not None else "draft" if view.draft is not None else "start"
    saved = inert_line(view.saved.id) if view.saved else ""
    part = view.part.value if view.part else ""
    return (
        f'<span id="pba-study-done" data-turn="{view.turn}" data-mode="{mode}" data-draft="{saved}"'
        f' data-part="{part}" data-focus="{inert_line(focus)}" hidden></span>'
    )
