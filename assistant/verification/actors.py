"""Who a text speaks of: bodies, offices and groups of people, those named side by side as one party."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from assistant.phrases import words

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
#: What is named in lists of bodies without being one: "cơ quan, ban, ngành, đoàn thể".
_AMONG: Final = r"(?:(?:các |những )?(?:ban|ngành|sở|cấp|hội|phòng|khối)(?:\s*,|\s+và)\s*)*"
#: What may stand between two actors that are named side by side.
_BESIDE: Final = re.compile(
    r"\s*(?:,|/|-|–|và|hoặc|hay|cùng|cùng với|cũng như)?"
    rf"\s*{_AMONG}(?:các |những |toàn thể |mọi |mỗi |một |cả |\d[\d.]* )?",
    re.IGNORECASE,
)
#: What may stand between an actor and the one it belongs to: "bí thư chi bộ", "đảng viên của chi bộ".
_OF: Final = re.compile(rf"\s*(?:của |thuộc |trong |ở |tại )?(?:các )?{_AMONG}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor named at ``text[start:end]``.

    Attributes:
        names: what it is called, its own name first, then those of the actors it belongs to.
    """

    start: int
    end: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """Actors named side by side."""

    actors: tuple[Actor, ...]

    @property
    def start(self) -> int:
        return self.actors[0].start

    @property
    def end(self) -> int:
        return self.actors[-1].end

    def likeness(self, other: Party) -> int:
        """2 where one of these actors is one of ``other``, 1 where one is a wider name for one, else 0."""
        return max(_likeness(mine, theirs) for mine in self.actors for theirs in other.actors)


def _likeness(mine: Actor, theirs: Actor) -> int:
    if mine.names[0] == theirs.names[0]:
        return 2
    wider = _table()[1]
    for a, b in ((mine, theirs), (theirs, mine)):
        if a.names[0] in b.names or a.names[0] in wider.get(b.names[0], frozenset()):
            return 1
    return 0


@lru_cache(maxsize=1)
def _table() -> tuple[dict[tuple[str, ...], str], dict[str, frozenset[str]]]:
    """Syllables of each name → the actor; actor → wider names, those of its wider names included."""
    text = files("assistant").joinpath("actors.tsv").read_text(encoding="utf-8")
    by_name: dict[tuple[str, ...], str] = {}
    wider: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        names, _, above = line.partition("\t")
        own = [words(name) for name in names.split("|")]
        actor = " ".join(own[0])
        by_name.update(dict.fromkeys(own, actor))
        wider[actor] = frozenset(" ".join(words(name)) for name in above.split("|") if name.strip())
    return by_name, {
        actor: above.union(*(wider.get(one, frozenset()) for one in above)) for actor, above in wider.items()
    }


@lru_cache(maxsize=4096)
def parties(text: str) -> tuple[Party, ...]:
    """The parties of ``text``, in order."""
    found: list[list[Actor]] = []
    for actor in _owned(text, _actors(text)):
        if found and _BESIDE.fullmatch(text, found[-1][-1].end, actor.start):
            found[-1].append(actor)
        else:
            found.append([actor])
    return tuple(Party(tuple(actors)) for actors in found)


def _actors(text: str) -> list[Actor]:
    by_name = _table()[0]
    longest = max(map(len, by_name))
    syllables = [(m.start(), m.end(), words(m.group())) for m in _WORD.finditer(text)]
    found: list[Actor] = []
    at = 0
    while at < len(syllables):
        for size in range(min(longest, len(syllables) - at), 0, -1):
            run = syllables[at : at + size]
            name = by_name.get(tuple(part for _, _, parts in run for part in parts))
            if name is not None and all(not text[a[1] : b[0]].strip(" \t\u00a0-") for a, b in pairwise(run)):
                found.append(Actor(run[0][0], run[-1][1], (name,)))
                at += size
                break
        else:
            at += 1
    return found


def _owned(text: str, actors: Sequence[Actor]) -> list[Actor]:
    """Actors with those they belong to: "bí thư chi bộ" is one."""
    found: list[Actor] = []
    for actor in actors:
        last = found[-1] if found else None
        if last is not None and _OF.fullmatch(text, last.end, actor.start):
            found[-1] = Actor(last.start, actor.end, (*last.names, *actor.names))
        else:
            found.append(actor)
    return found
