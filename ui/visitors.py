"""Who asks. With a login, its name; without one, on this machine alone, one name for everybody; and on a
page that is open to others, one name for each browser, so that nobody sees another's conversations.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping

from assistant.conversations import SINGLE_USER

COOKIE = "pba_browser"
_TOKEN = re.compile(r"[\w-]{43}")
#: What browsers allow at most: 400 days.
_SECONDS = 34_560_000


def new_cookie() -> bytes:
    """The header that names a browser, in a way that cannot be guessed or read by scripts."""
    token = secrets.token_urlsafe(32)
    return f"{COOKIE}={token}; Path=/; Max-Age={_SECONDS}; HttpOnly; SameSite=Strict".encode()


def naming(headers: Iterable[tuple[bytes, bytes]]) -> tuple[tuple[bytes, bytes], ...]:
    """What an answer to a request with ``headers`` must add, for its browser to have a name."""
    if any(name == b"cookie" and COOKIE.encode() in value for name, value in headers):
        return ()
    return ((b"set-cookie", new_cookie()),)


def user_name(login: str | None, cookies: Mapping[str, str]) -> str:
    """The name under which conversations are kept.

    Args:
        login: of the page's own login, if it has one.
        cookies: of the request. A browser's own is hashed, so that the catalogue does not hold what
            lets another pass for it.
    """
    if login:
        return login
    token = cookies.get(COOKIE, "")
    if _TOKEN.fullmatch(token):
        return f"browser-{hashlib.sha256(token.encode()).hexdigest()[:24]}"
    return SINGLE_USER
