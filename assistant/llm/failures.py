"""What went wrong with a request, in words that name the setting to change."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.llm.errors import Failing, ModelFailed

if TYPE_CHECKING:
    import httpx

_SAID = 200
_REDIRECTS = (301, 302, 303, 307, 308)
_LOOP = 508
_FOREVER = ("insufficient_quota", "billing_hard_limit_reached", "quota_exceeded")


class RequestFailed(Exception):
    """One try at the endpoint failed.

    Attributes:
        failing, message: as in ``ModelFailed``.
        again: it may go better in a moment.
        after: seconds that the endpoint asks to wait, ``None`` where it does not say.
        status: of the response, 0 where none came.
        said: what the endpoint itself wrote.
    """

    def __init__(
        self,
        failing: Failing,
        message: str,
        *,
        again: bool = False,
        after: float | None = None,
        status: int = 0,
        said: str = "",
    ) -> None:
        self.failing = failing
        self.message = message
        self.again = again
        self.after = after
        self.status = status
        self.said = said
        super().__init__(message)

    @property
    def failure(self) -> ModelFailed:
        """As the rest of the assistant is told."""
        return ModelFailed(self.message, self.failing)


def shown(base_url: str) -> str:
    """The address in messages: without what may be secret in it."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}{parts.path}"


def of_status(base_url: str, status: int, said: str, code: str, after: float | None) -> RequestFailed:
    """A response that is no success. ``said``, ``code``, ``after`` (``Retry-After``): the endpoint's."""
    where = f"{shown(base_url)} answered {status}"
    words = " ".join(said.split())[:_SAID]
    quoted = f" It said: {words!r}." if words else ""
    details: dict[str, Any] = {"after": after, "status": status, "said": said}
    if status in (401, 403):
        advice = "Set llm.api_key or llm.api_key_file to a key it accepts."
        return RequestFailed(Failing.UNAUTHORISED, f"{where}.{quoted} {advice}", **details)
    if status in (402, 429):
        again = status == 429 and code not in _FOREVER
        wait = f" It asks to wait {after:.0f} s." if again and after else ""
        advice = "Ask again later, or raise its quota." if again else "Its quota is used up."
        return RequestFailed(Failing.QUOTA, f"{where}.{quoted}{wait} {advice}", again=again, **details)
    if status == _LOOP:
        advice = "llm.base_url leads back to this assistant; set it to the address of a language model."
        return RequestFailed(Failing.REFUSED, f"{where}.{quoted} {advice}", **details)
    if status >= 500:
        advice = "It is overloaded or broken; see its log."
        return RequestFailed(Failing.FAILED, f"{where}.{quoted} {advice}", again=True, **details)
    if status in _REDIRECTS:
        advice = "It sends elsewhere, which is not followed; set llm.base_url to the right address."
    elif status in (404, 405):
        advice = "Check llm.base_url (usually ends in /v1) and llm.model."
    else:
        advice = "Check llm.model, llm.context_window and llm.max_tokens."
    return RequestFailed(Failing.REFUSED, f"{where}.{quoted} {advice}", **details)


def unreachable(base_url: str, reason: str, *, again: bool) -> RequestFailed:
    """No connection, or one that ended before any response."""
    message = f"{shown(base_url)} cannot be reached ({reason}). Check llm.base_url and that it runs."
    return RequestFailed(Failing.UNREACHABLE, message, again=again)


def broken_off(base_url: str, reason: str) -> RequestFailed:
    """A reply that began and did not come to its end."""
    return RequestFailed(Failing.BROKEN_OFF, f"The reply of {shown(base_url)} broke off: {reason}.")


def no_reply(base_url: str, kind: str) -> RequestFailed:
    """A success that holds something else than a reply."""
    message = (
        f"{shown(base_url)} answered with {kind or 'nothing'}, not with a reply. "
        "Check llm.base_url (usually ends in /v1)."
    )
    return RequestFailed(Failing.FAILED, message)


def retry_after(headers: httpx.Headers) -> float | None:
    """Seconds that a response asks to wait: a number, or a date. ``None`` where it does not."""
    value = headers.get("retry-after")
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def words_of(body: Any, text: str) -> tuple[str, str]:
    """Message and code of an error's body; a web page has neither.

    Args:
        body: the JSON value, ``None`` if it is none.
        text: the body as it came.
    """
    if isinstance(body, dict):
        error = body.get("error", body)
        if isinstance(error, dict):
            said = error.get("message") or error.get("detail") or error.get("msg") or ""
            return _flat(said), str(error.get("code") or error.get("type") or "")
        return _flat(error), ""
    return ("" if "<" in text[:_SAID] else text), ""


def _flat(said: Any) -> str:
    return said if isinstance(said, str) else str(said)
