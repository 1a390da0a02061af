"""A short reply as a whole, waited for so long and no longer, whatever the model does."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.llm.errors import Failing, ModelFailed
from assistant.llm.types import LanguageModel, Message, Reply, Usage
from assistant.stopping import Stop

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What came in.

    Attributes:
        text: the reply; where it is not whole, as far as it came.
        cut: the endpoint ended it before the model did, or it went on for too long.
        failure: why it is not whole; ``TOO_SLOW`` where its time was over.
        usage: tokens, ``None`` where no request was made.
    """

    text: str
    seconds: float
    cut: bool = False
    failure: ModelFailed | None = None
    usage: Usage | None = None


@dataclass(slots=True)
class _Work:
    """A reply under way in a thread of its own."""

    parts: list[str] = field(default_factory=list)
    reply: Reply | None = None
    failure: ModelFailed | None = None
    long: bool = False
    ended: bool = False
    given_up: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def give_up(self) -> None:
        with self.lock:
            self.given_up = True
            reply = self.reply
        if reply is not None:
            reply.close()


def gather(
    model: LanguageModel,
    messages: Sequence[Message],
    *,
    max_tokens: int,
    seconds: float,
    longest: int,
    stop: Stop | None = None,
) -> Gathered:
    """Ask a model and read its reply, for ``seconds`` at most. A failure is a part of what came in.

    It is read in a thread of its own: some models can be closed while one waits for them, others cannot, and
    nobody should wait for those either.

    Args:
        max_tokens: of the reply, at most.
        longest: characters of the reply; one that goes on is ended there.
        stop: told when nobody waits any more.

    Raises:
        AnswerStopped: ``stop`` was told so.
    """
    stop = stop or Stop()
    stop.check()
    began = time.perf_counter()
    work = _Work()
    over = threading.Event()
    threading.Thread(
        target=_read, args=(work, over, model, messages, max_tokens, longest), name="llm-short", daemon=True
    ).start()
    stop.then(over.set)
    over.wait(seconds)
    late = not work.ended
    work.give_up()
    stop.check()
    failure = work.failure
    if late:
        failure = ModelFailed(f"The model did not end within {seconds:g} seconds.", Failing.TOO_SLOW)
    reply = work.reply
    return Gathered(
        "".join(work.parts),
        time.perf_counter() - began,
        cut=work.long or (reply is not None and reply.cut),
        failure=failure,
        usage=reply.usage if reply is not None else None,
    )


def _read(
    work: _Work,
    over: threading.Event,
    model: LanguageModel,
    messages: Sequence[Message],
    max_tokens: int,
    longest: int,
) -> None:
    length = 0
    try:
        reply = model.reply(messages, max_tokens=max_tokens)
        with work.lock:
            if work.given_up:
                reply.close()
                return
            work.reply = reply
        for piece in reply:
            work.parts.append(piece)
            length += len(piece)
            if length > longest:
                work.long = True
                reply.close()
                break
    except ModelFailed as failure:
        work.failure = failure
    except Exception:
        log.exception("Unexpected error while a model was asked.")
        work.failure = ModelFailed("Unexpected error while the model was asked.", Failing.FAILED)
    finally:
        work.ended = True
        over.set()
