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

from assistant import lexicon
from assistant.concepts import abbreviations
from assistant.llm.injected import is_addressed
from assistant.phrases import words
from assistant.reading import Reading, language_of, read
from assistant.turn import content, parted
from assistant.unmarked import is_unmarked
from assistant.verification.analysis import Analysis, analysed
from assistant.verification.denials import denials
from assistant.verification.figures import Figure
from assistant.verification.moments import Moment
from assistant.verification.references import Reference
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
    words("trước sau từ đến chỉ ngoài trừ tăng giảm vượt nhất hơn dưới trên cuối đầu giữa mỗi cả")
    + tuple("before after since until only except without more less fewer most least over under".split())
)
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
_STEM = 4


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
    said = _Said.of([question, *history, ruled.text], ruled)
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


@dataclass(frozen=True, slots=True)
class _Said:
    """What the conversation says.

    Attributes:
        texts: normalised words of each text; ``plain`` without marks, of those typed without any.
    """

    texts: tuple[str, ...]
    plain: tuple[str, ...]
    stems: frozenset[str]
    keys: frozenset[object]
    digits: frozenset[int]
    english: bool

    @staticmethod
    def of(texts: Sequence[str], ruled: Reading) -> _Said:
        english = ruled.language == "en"
        spelt = [
            long for text in texts for m in abbreviations(text) for long in lexicon.long_forms(m.group())
        ]
        more = [] if english else [ruled.lexical_text]
        every = [*texts, *spelt, *more]
        loose = every if english else [text for text in texts if is_unmarked(text)]
        return _Said(
            tuple(_padded(text) for text in every),
            tuple(fold(_padded(text)) for text in loose),
            frozenset(fold(word)[:_STEM] for text in texts for word in words(text)),
            frozenset(key for text in texts for key in _keys(_analysis(text))),
            frozenset(int(figure) for text in texts for figure in re.findall(r"\d+", text)),
            english,
        )

    def has(self, phrase: str) -> bool:
        """A phrase occurs, or a form of it in English."""
        padded = _padded(phrase)
        if any(padded in text for text in self.texts) or any(fold(padded) in text for text in self.plain):
            return True
        return self.english and " " not in phrase and fold(phrase)[:_STEM] in self.stems


def _padded(text: str) -> str:
    return f" {' '.join(words(text))} "


def _analysis(text: str) -> Analysis:
    english = language_of(text) == "en"
    return analysed(text, english=english, folded=english)


def _keys(analysis: Analysis) -> set[object]:
    """What makes figures, dates and references the same."""
    found: set[object] = set()
    for item in analysis.items:
        value = item.value
        if isinstance(value, Figure) and not value.weak:
            found.add(("figure", value.percent, value.values[0], value.bound))
        elif isinstance(value, Moment):
            found.add(("moment", *value))
        elif isinstance(value, Reference):
            found.add((value.name, value.number))
            if value.canonical:
                found.add(("document", value.canonical))
    return found


def _invented(proposed: str, reading: Reading, said: _Said) -> Doubt | None:
    """The first thing that nobody has said."""
    for figure in re.findall(r"\d+", proposed):
        if int(figure) not in said.digits:
            return Doubt(Doubtful.INVENTED, figure)
    analysis = _analysis(proposed)
    for key in _keys(analysis) - said.keys:
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

    def doubt(self, said: _Said) -> Doubt | None:
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
            (_keys(_analysis(rule.text)), _keys(_analysis(self.proposed))),
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
        before = rule if self.completed else rule.union(*map(_denied, self.history))
        return Doubt(Doubtful.CHANGED, ", ".join(sorted(now - before))) if now - before else None

    def _turns(self) -> Doubt | None:
        rule = set(words(self.ruled.text)) & _TURNING
        now = set(words(self.proposed)) & _TURNING
        if self.completed and rule != now:
            return Doubt(Doubtful.CHANGED, ", ".join(sorted(rule ^ now)))
        own = set(words(_POINTING.sub(" ", parted(self.question).rest))) & _TURNING
        return Doubt(Doubtful.LOST, ", ".join(sorted(own - now))) if own - now else None

    def _topic(self, said: _Said) -> Doubt | None:
        """What the question is about."""
        english = said.english
        now = {fold(word) for word in words(self.proposed)}
        stems = {word[:_STEM] for word in now}

        def there(word: str) -> bool:
            return fold(word) in now or (english and fold(word)[:_STEM] in stems)

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
        if self.completed and rule and sum(map(there, rule)) < _SHARE * len(rule):
            return Doubt(Doubtful.LOST, " ".join(word for word in rule if not there(word)))
        return None


def _denied(text: str) -> set[str]:
    """What a question denies: the first word that each denial is of."""
    return {denied.heads[0].phrases[0] if denied.heads else "" for denied in denials(_analysis(text))}
