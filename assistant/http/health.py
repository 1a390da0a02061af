"""Whether the library opens and its model loads."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.answer import Assistant

log = logging.getLogger(__name__)


def readiness(assistant: Assistant) -> dict[str, Any]:
    """``Readiness`` of docs/api.md: ``ready``, or ``unavailable`` with the reason.

    Reads the catalogue and embeds a word, as the next question would.
    """
    try:
        stats = assistant.library.stats()
        embedder = assistant.library.embedder
        embedder.query("sẵn sàng")
    except AssistantError as error:
        return {"status": "unavailable", "reason": str(error)}
    except Exception as error:
        log.exception("Unexpected error while looking whether questions can be answered.")
        return {"status": "unavailable", "reason": f"Unexpected error ({type(error).__name__}); see the log."}
    return {
        "status": "ready",
        "documents": stats.documents,
        "passages": stats.passages,
        "model": embedder.name,
    }
