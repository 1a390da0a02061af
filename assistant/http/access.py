"""Who may ask: the key of a program, and the web pages that may not."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.errors import Refused


@dataclass(frozen=True, slots=True)
class Access:
    """What a request must bring.

    On a loopback address nothing is needed unless a key is set; on any other a key is, for what is
    asked there crosses a network.

    Attributes:
        key: what ``Authorization: Bearer …`` must carry, ``None`` where none is set.
        loopback: whether the server listens on a loopback address only.
    """

    key: str | None = None
    loopback: bool = True

    def check(self, headers: Mapping[str, str]) -> None:
        """Let a request with these headers (names in lower case) pass, or raise ``Refused``.

        A web page of another site, which a browser gives away by ``Origin``, passes only with the key:
        else any site that is open in a browser could ask the server on the same machine.
        """
        if self.key is None:
            if not self.loopback:
                raise Refused(
                    "This server is open to a network and has no key. Set server.api_key and send it as "
                    "Authorization: Bearer KEY.",
                    known=False,
                )
            if _foreign(headers):
                raise Refused(
                    f"A web page of {headers.get('origin')} may not ask this server. Set server.api_key and "
                    "send it.",
                    known=False,
                )
            return
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not given.strip():
            raise Refused("No key. Send server.api_key as Authorization: Bearer KEY.", known=True)
        if not secrets.compare_digest(given.strip().encode(), self.key.encode()):
            raise Refused("The key is wrong: it is not server.api_key of this server.", known=True)


def _foreign(headers: Mapping[str, str]) -> bool:
    """The request comes from a web page, and not from one of this server."""
    origin = headers.get("origin")
    if origin is None:
        return False
    return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
