"""Whether a question that a model has completed is still the one that was asked.

It is compared with what was typed in the conversation, from which everything in it must come, and with the
reading by rule, of which nothing may be lost or changed. Where that reading names a thing of some sort (a
place, a year, a document), only that may stand there; where it names none, one of the conversation may. To
err here costs little: the reading by rule stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.llm.injected import is_addressed
from assistant.llm.said import STEM, Said, analysis_of, keys
from assistant.phrases import words
from assistant.reading import Reading, language_of, read
from assistant.turn import content, parted
from assistant.unmarked import Pattern
from assistant.verification.denials import denials
from assistant.wanted import Wanted
from ingest.numbers import fold


class Doubtful(StrEnum):
    """What speaks against a completed question."""

    SHAPE = "shape"
    LANGUAGE = "language"
    INVENTED = "invented"
    LOST = "lost"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against it, and the words in which it shows."""

    kind: Doubtful
    words: str = ""


_FOREIGN = re.compile(r"[<>{}\[\]|`\\\n\r]|\*\*|#|://|\bwww\.", re.IGNORECASE)
_SECOND = re.compile(r"[?!;]\s*\S|(?<!TP)(?<!\bđ/c)\.\s+[^\W\d_]")
_FEWEST_WORDS, _MORE_CHARACTERS, _LONGEST = 3, 30, 1_000
#: Share of what the reading by rule is about that must be there.
_SHARE = 0.7
#: Words of little weight that turn what is asked.
_TURNING = frozenset(
    words(
        "trước sau từ đến chỉ ngoài trừ tăng giảm vượt nhất hơn dưới trên cuối đầu giữa mỗi cả cụ"
        " before after since until only except without more less fewer most least over under specifically"
    )
)
#: At the end it asks, and denies nothing.
_ASKS_WHETHER = Pattern(r"(?:,? (?:hay|có|phải|đúng))? (?:không|chưa)(?: (?:ạ|nhỉ|vậy))?\s*[?.!]*\s*$")
_DENYING = frozenset(words("không chưa chẳng đừng not no never cannot neither nor none"))
#: Words that join a name to the rest of a question.
_JOINING = frozenset(words("trong năm vào ở tại của về thuộc số ngày tháng và in the of at on to and for no"))
_ENGLISH_PLAIN = frozenset(
    """this that these those with from they them their there would could will shall been being also into than
    year years number such does same question asked""".split()
)
_POINTING = re.compile(
    r"(?:[^\W\d_]+ ){0,2}(?:này|đó|ấy|kia|trên|nay|do|ay)(?!\w)|\b(?:this|that|these|those) [^\W\d_]+", re.I
)
_COMPARING = re.compile(r"so với|so sánh|chênh|khác|compared?|than|versus|so voi|so sanh", re.IGNORECASE)


def doubt(
    proposed: str, question: str, history: Sequence[str], ruled: Reading, *, completed: bool
) -> Doubt | None:
    """What speaks against ``proposed`` in place of a question; ``None`` if nothing does.

    Args:
        question, history: as typed.
        ruled: the question by rule, ``completed`` if the rules took anything from ``history``.
    """
    shape = _shape(proposed, question, history, ruled)
    if shape is not None:
        return shape
    if language_of(proposed) != ruled.language:
        return Doubt(Doubtful.LANGUAGE)
    said = Said.of([question, *history, ruled.text], ruled)
    read_anew = read(question, standalone=proposed)
    return _invented(proposed, read_anew, said) or _Comparison(
        proposed, read_anew, question, history, ruled, completed
    ).doubt(said)


def _shape(proposed: str, question: str, history: Sequence[str], ruled: Reading) -> Doubt | None:
    longest = max(len(question), len(ruled.text)) + max(map(len, history), default=0) + _MORE_CHARACTERS
    if len(proposed) > min(longest, _LONGEST) or len(words(proposed)) < _FEWEST_WORDS:
        return Doubt(Doubtful.SHAPE, f"{len(proposed)} characters")
    found = _FOREIGN.search(proposed) or _SECOND.search(proposed)
    if found:
        return Doubt(Doubtful.SHAPE, found.group())
    if is_addressed(proposed):
        return Doubt(Doubtful.SHAPE, proposed)
    return None


def _invented(proposed: str, reading: Reading, said: Said) -> Doubt | None:
    """The first thing that nobody has said."""
    for figure in re.findall(r"\d+", proposed):
        if int(figure) not in said.digits:
            return Doubt(Doubtful.INVENTED, figure)
    analysis = analysis_of(proposed)
    for key in keys(analysis) - said.keys:
        return Doubt(Doubtful.INVENTED, " ".join(map(str, key)) if isinstance(key, tuple) else "")
    turn = parted(proposed)
    names = [*(place.name for place in reading.places), *reading.names, *reading.people, *reading.bodies]
    for name in names:
        if not said.has(name):
            return Doubt(Doubtful.INVENTED, name)
    own = [word for slot in turn.slots for word in words(slot.text) if word not in _JOINING]
    own += content(proposed, english=said.english, relational=True)
    own += [word for word in words(proposed) if word in _TURNING]
    for word in own:
        if word not in _ENGLISH_PLAIN and not said.has(word):
            return Doubt(Doubtful.INVENTED, word)
    return None


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A completed question beside the reading by rule."""

    proposed: str
    reading: Reading
    question: str
    history: Sequence[str]
    ruled: Reading
    completed: bool

    def doubt(self, said: Said) -> Doubt | None:
        return self._things() or self._kinds() or self._denials() or self._turns() or self._topic(said)

    def _things(self) -> Doubt | None:
        """What is named: places, years, documents and the like."""
        rule, new = self.ruled, self.reading
        more = _COMPARING.search(self.question) is not None
        pairs: list[tuple[Iterable[object], Iterable[object]]] = [
            ([place.name for place in rule.places], [place.name for place in new.places]),
            (rule.names, new.names),
            (rule.people, new.people),
            (rule.bodies, new.bodies),
            (rule.congresses, new.congresses),
            (rule.articles, new.articles),
            (rule.days, new.days),
            (rule.years, new.years),
            (rule.numbers, new.numbers),
            (keys(analysis_of(rule.text)), keys(analysis_of(self.proposed))),
        ]
        for at, (mine, theirs) in enumerate(pairs):
            known, now = set(mine), set(theirs)
            if known - now:
                return Doubt(Doubtful.LOST, ", ".join(map(str, known - now)))
            # Figures and dates of the last pair are of several sorts: those asked for are looked at above.
            if known and now - known and not more and at < len(pairs) - 1:
                return Doubt(Doubtful.CHANGED, ", ".join(map(str, now - known)))
        spoken = {place.rank for text in self.history for place in read(text).places}
        ranks = {place.name: place.rank for place in rule.places}
        for place in new.places:
            # "Còn Sơn La?" leaves open which unit is meant; what was asked of before says it.
            left_open = ranks.get(place.name) is None and place.rank in spoken
            if place.name in ranks and place.rank != ranks[place.name] and not left_open:
                return Doubt(Doubtful.CHANGED, place.phrase)
        if (rule.authorship, rule.current) != (new.authorship, new.current) and self.completed:
            return Doubt(Doubtful.CHANGED)
        return None

    def _kinds(self) -> Doubt | None:
        """What kind of answer is asked for, and of what a number."""
        now = set(self.reading.wanted) - {Wanted.ANY}
        asked = set(self.ruled.wanted) - {Wanted.ANY}
        if self.completed or parted(self.question).asks:
            same = now == asked
        else:
            before = {kind for text in self.history for kind in read(text).wanted}
            same = now <= before | asked and (bool(now) or not before - {Wanted.ANY})
        if not same:
            return Doubt(Doubtful.CHANGED, ", ".join(sorted(now ^ asked)))
        if self.ruled.units and not set(self.ruled.units) & set(self.reading.units):
            return Doubt(Doubtful.CHANGED, self.ruled.units[0])
        done, doing = set(self.ruled.deeds), set(self.reading.deeds)
        if done - doing or (self.completed and doing - done):
            return Doubt(Doubtful.CHANGED, ", ".join(sorted(done ^ doing)))
        return None

    def _denials(self) -> Doubt | None:
        rule, now = _denied(self.ruled.text), _denied(self.proposed)
        if rule - now:
            return Doubt(Doubtful.LOST, ", ".join(sorted(rule - now)))
        said, once = (sum(w in _DENYING for w in words(text)) for text in (self.proposed, self.ruled.text))
        if self.completed and said != once:
            return Doubt(Doubtful.CHANGED, "không")
        before = rule if self.completed else rule.union(*map(_denied, self.history))
        return Doubt(Doubtful.CHANGED, ", ".join(sorted(now - before))) if now - before else None

    def _turns(self) -> Doubt | None:
        rule = set(words(self.ruled.text)) & _TURNING
        now = set(words(self.proposed)) & _TURNING
        if self.completed:  # "năm sau" has become a year there
            return Doubt(Doubtful.CHANGED, ", ".join(sorted(rule ^ now))) if rule != now else None
        own = set(words(_POINTING.sub(" ", parted(self.question).rest))) & _TURNING
        return Doubt(Doubtful.LOST, ", ".join(sorted(own - now))) if own - now else None

    def _topic(self, said: Said) -> Doubt | None:
        """What the question is about."""
        english = said.english
        now = {fold(word) for word in words(self.proposed)}
        stems = {word[:STEM] for word in now}

        def there(word: str) -> bool:
            return fold(word) in now or (english and fold(word)[:STEM] in stems)

        rule = content(self.ruled.text, english=english, relational=True)
        if self.completed:
            kept = {fold(word) for word in rule}
            own = [w for w in content(self.question, english=english, relational=True) if fold(w) in kept]
        else:
            rest = _POINTING.sub(" ", parted(self.question).rest)
            own = [w for w in content(rest, english=english, relational=True) if w not in _ENGLISH_PLAIN]
        lost = [word for word in own if not there(word)]
        if lost:
            return Doubt(Doubtful.LOST, " ".join(lost))
        if not self.completed:
            return None
        lost = [word for word in rule if not there(word)]
        if len(lost) > (1 - _SHARE) * len(rule):
            return Doubt(Doubtful.LOST, " ".join(lost))
        # "chính thức", of an earlier question, in place of "dự bị".
        before = {fold(word)[: STEM if english else None] for word in words(self.ruled.text)}
        gained = [
            word
            for word in content(self.proposed, english=english, relational=True)
            if fold(word)[: STEM if english else None] not in before and word not in _ENGLISH_PLAIN
        ]
        return Doubt(Doubtful.CHANGED, " ".join([*lost, *gained])) if lost and gained else None


def _denied(text: str) -> set[str]:
    """What a question denies: the first word that each denial is of."""
    return {
        denied.heads[0].phrases[0] if denied.heads else ""
        for denied in denials(analysis_of(_ASKS_WHETHER.sub("", text)))
    }
