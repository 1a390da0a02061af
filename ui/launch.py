"""Serving the page: on this machine only unless told otherwise, and with no network at all."""

from __future__ import annotations

import contextlib
import errno
import io
import ipaddress
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from ui import fonts, languages, look
from ui.contract import AssistantLike
from ui.errors import CannotServe
from ui.place import place_link
from ui.wording import Wording, wording

if TYPE_CHECKING:
    import gradio as gr
    from starlette.applications import Starlette
    from starlette.routing import Mount

    from assistant.answer import Assistant
    from assistant.evaluate.suggest.desk import QuestionDesk
    from assistant.holdings import Holdings
    from assistant.http.access import Access
    from assistant.study.studio import Studio

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Serving:
    """A page being served.

    Attributes:
        address: what to type into a browser.
    """

    address: str
    _page: gr.Blocks

    def close(self) -> None:
        """Stop serving; the port is free afterwards."""
        self._page.close(verbose=False)


def launch(
    assistant: AssistantLike,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    block: bool = True,
    on_ready: Callable[[str], None] | None = None,
    language: str = "vi",
    holdings: Holdings | None = None,
    studio: Studio | None = None,
    question_desk: QuestionDesk | None = None,
    api_key: str | None = None,
) -> Serving:
    """Serve the page for ``assistant``.

    Args:
        host: address to listen on; 127.0.0.1 is this machine only, 0.0.0.0 every network it is on.
        port: 0 takes any free one.
        open_browser: open the page in the default browser.
        block: return only after Ctrl+C; else return at once with the page being served.
        on_ready: called once with the address when the page answers; the default prints it.
        language: of the page at ``/``, ``"vi"`` or ``"en"``; ``ui.languages`` has the other beside it.
        holdings: the documents, where the page is to show them; files are taken where they are editable.
        studio: makes teaching material, where the page is to.
        question_desk: drafts test questions, where the page is to.
        api_key: what programs must send; without one, they may ask on this machine only.

    Raises:
        CannotServe: the port is taken or refused, or the host is no address of this machine.
    """
    words = wording(language)
    port = _free_port(host, port, words)
    _keep_to_ourselves(host)

    import gradio as gr
    from starlette.middleware import Middleware

    from assistant.http.access import Access
    from assistant.http.routes import api_routes
    from ui.app import build
    from ui.guard import Guard
    from ui.viewer_routes import routes

    loopback = _is_loopback(host)
    access = Access(api_key, loopback)
    page = build(
        assistant,
        language=language,
        holdings=holdings,
        studio=studio,
        question_desk=question_desk,
        access=access,
    )
    if not loopback:
        log.warning(words.serving_open)
    paths = languages.paths(language)
    shared: dict[str, Any] = {
        "server_name": host,
        "server_port": port,
        "show_error": False,
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "ssr_mode": False,
        "pwa": False,
        "allowed_paths": [],
        "max_file_size": _largest_upload(holdings),
        "theme": look.theme(),
    }
    beside = _beside(
        assistant, languages.other_than(language), paths, holdings, studio, question_desk, access, shared
    )
    try:
        # Gradio announces its MCP server on standard output, whatever it is told.
        with contextlib.redirect_stdout(io.StringIO()):
            _, address, _ = page.launch(
                inbrowser=open_browser,
                share=False,
                prevent_thread_lock=True,
                inline=False,
                quiet=True,
                favicon_path=look.STATIC / "favicon.png",
                mcp_server=True,
                num_workers=0,
                state_session_capacity=1000,
                head=look.head(words, paths),
                **shared,
                app_kwargs={
                    "middleware": [Middleware(Guard, languages=paths, loopback=loopback)],
                    "routes": [
                        *api_routes(cast("Assistant", assistant), access, link=place_link),
                        *beside.routes,
                    ],
                    "lifespan": beside.router.lifespan_context,
                },
            )
        if page.mcp_error:
            raise OSError(page.mcp_error)
    except (OSError, ValueError, gr.exceptions.ServerFailedToStartError) as error:
        page.close(verbose=False)
        raise CannotServe(words.start_failed.format(host=host, port=port, reason=error)) from error
    # Before Gradio's own, one of which takes whatever no other does.
    page.app.router.routes[:0] = [*routes(assistant, words), fonts.route()]
    serving = Serving(address.rstrip("/"), page)
    try:  # from here on: who has read the address may press Ctrl+C at once
        if on_ready is None:
            print(words.serving.format(address=serving.address), flush=True)
        else:
            on_ready(serving.address)
        if block:
            threading.Event().wait()
    except KeyboardInterrupt:
        print(file=sys.stderr)
    finally:
        if block:
            serving.close()
    return serving


def _beside(
    assistant: AssistantLike,
    language: str,
    paths: Mapping[str, str],
    holdings: Holdings | None,
    studio: Studio | None,
    question_desk: QuestionDesk | None,
    access: Access,
    shared: Mapping[str, Any],
) -> Starlette:
    """An application with the page in another language below its path, for the first one to take in."""
    import gradio as gr
    from starlette.applications import Starlette
    from starlette.responses import RedirectResponse

    from ui.app import build
    from ui.viewer_routes import routes

    words, path = wording(language), paths[language].rstrip("/")
    page = build(
        assistant,
        language=language,
        holdings=holdings,
        studio=studio,
        question_desk=question_desk,
        access=access,
    )
    outer = Starlette()
    # The page asks for what it needs by relative addresses, which end in a slash or lead elsewhere.
    outer.add_route(path, lambda request: RedirectResponse(f"{path}/"))
    gr.mount_gradio_app(outer, page, path, head=look.head(words, paths), mcp_server=False, **shared)
    # The page's own application: below its path, not the one of ``page.launch``.
    inner = cast("Starlette", cast("Mount", outer.routes[-1]).app)
    inner.router.routes[:0] = [*routes(assistant, words), fonts.route()]
    return outer


def _largest_upload(holdings: Holdings | None) -> int:
    """Bytes that a browser may send as one file.

    As much as can be read and a little more: a file just over the limit is to be told so in the list of
    results. Nothing worth naming where no files are taken.
    """
    return holdings.max_bytes + 1024 * 1024 if holdings is not None and holdings.editable else 1024


def _free_port(host: str, port: int, words: Wording) -> int:
    """``port`` if it can be opened on ``host``, or a free one for 0.

    Gradio tries the port on 127.0.0.1 whatever the host and reports any failure as a taken port,
    so it is tried here first, where the reason is known.
    """
    if not 0 <= port <= 65535:
        raise CannotServe(words.port_impossible.format(port=port))
    bare = host.strip("[]")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            bare, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            # On Linux two sockets may be bound to one port until one of them listens.
            probe.listen()
            return int(probe.getsockname()[1])
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port + 1 if port < 65535 else port - 1
            raise CannotServe(words.port_taken.format(port=port, host=host, other=other)) from error
        if error.errno in (errno.EACCES, errno.EPERM):
            raise CannotServe(words.port_refused.format(port=port, host=host)) from error
        reason = error.strerror or str(error)
        raise CannotServe(words.host_refused.format(host=host, reason=reason)) from error
    except UnicodeError as error:
        raise CannotServe(words.host_refused.format(host=host, reason=error)) from error


def _keep_to_ourselves(host: str) -> None:
    """Set before Gradio is imported: it reads these once."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    # Gradio asks its own server whether it is up; an office proxy must not be asked instead.
    for name in ("NO_PROXY", "no_proxy"):
        listed = [entry for entry in os.environ.get(name, "").split(",") if entry]
        ours = [entry for entry in ("127.0.0.1", "localhost", host) if entry not in listed]
        os.environ[name] = ",".join([*listed, *ours])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
