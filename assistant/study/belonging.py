"""How much a series of figures belongs to a topic: by the words about it and by how near its line is."""

from __future__ import annotations

from assistant.study.gather import Line
from assistant.study.teaching import Pool

#: Shares of the topic's words, weighed: what stands about a series has the first at least, or what it is
#: read with, the title of its document among it, has nearly the whole topic.
_ABOUT, _WHOLE = 0.3, 0.9
#: Characters of the paragraph before a series that are read as being about it.
_BEFORE = 400


def belonging(pool: Pool, line: Line, title: str) -> float | None:
    """How much a series of that title, found in ``line``, belongs to the topic: more is better.

    ``None`` where it does not. Without a topic every series belongs, those of the nearest lines most.
    """
    topic = pool.topicality
    near = line.score - topic.best
    if not topic.weights:
        return near
    text = line.document.text
    paragraph = text[max(0, line.start - _BEFORE) : line.start].rpartition("\n")[2]
    about = " ".join((title, *line.heading, paragraph))
    own, whole = topic.share(about), topic.share(f"{about} | {line.document.title}")
    return own + near if own >= _ABOUT or whole >= _WHOLE else None
