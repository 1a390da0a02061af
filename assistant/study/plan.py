"""Lesson plans: objectives, a time plan that adds up, key points in teaching order, questions, examples."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.study.aspects import Aspect
from assistant.study.framing import Framing, framing, said_within
from assistant.study.marking import Identifiers
from assistant.study.points import key_point
from assistant.study.teaching import Pool, Taught, spread
from assistant.study.types import KeyPoint, Lesson, Section, Wish

#: Minutes that a key point takes, and how many stand in one section.
_MINUTES_A_POINT = 3.2
_FEWEST, _MOST = 2, 7
#: Shares of a lesson's minutes that are no content.
_OPENING, _DISCUSSION, _CLOSING = 0.07, 0.18, 0.08
#: A lesson of fewer minutes than this has no discussion; of fewer than the second, content alone.
_TOO_SHORT, _CONTENT_ALONE = 25, 6
_PLACES, _OF_A_PLACE = 4, 2
_KNOWN = 1.7
_HEADINGS = 5
_RULED = (Aspect.CONDITION, Aspect.PROCEDURE)
#: Headings that go on from what they stand under, and name nothing to be learnt by themselves.
_GOES_ON = re.compile(r"(?:khi|sau|trước|từ|về|theo|các trường hợp)\b", re.IGNORECASE)
#: Sides of a topic that one section may tell of together; each pair has a title of its own.
JOINED = (
    (Aspect.CONCEPT, Aspect.PURPOSE),
    (Aspect.CONCEPT, Aspect.CONDITION),
    (Aspect.PURPOSE, Aspect.CONDITION),
    (Aspect.CONDITION, Aspect.PROCEDURE),
    (Aspect.PROCEDURE, Aspect.RESULT),
    (Aspect.RESULT, Aspect.DIFFICULTY),
    (Aspect.DIFFICULTY, Aspect.MEASURE),
)


@dataclass(frozen=True, slots=True)
class Block:
    """What one section teaches: one side of the topic, or two that have little each."""

    aspects: tuple[Aspect, ...]
    taught: tuple[Taught, ...]


def lessons_of(pool: Pool, wish: Wish, ids: Identifiers) -> tuple[Lesson, ...]:
    """The lessons for a wish; none where the pool is empty. Their minutes add up to those of the wish."""
    words = framing(wish.language)
    if not pool.taught:
        return ()
    count = min(wish.lessons, max(1, wish.minutes // _CONTENT_ALONE))
    each = shared(wish.minutes, [1] * count)
    examples = _examples(pool, len([minutes for minutes in each if minutes >= _TOO_SHORT]))
    blocks = _blocks(pool, wish, [entry for group in examples for entry in group])
    groups = _divided(_enough(blocks, count), count)
    each = shared(wish.minutes, [1] * len(groups))
    topic = title_of(pool, words)
    lessons = []
    for number, (minutes, group) in enumerate(zip(each, groups, strict=True), start=1):
        told = examples[number - 1] if minutes >= _TOO_SHORT and number <= len(examples) else []
        title = (
            topic if len(groups) == 1 else words.part_of.format(topic=topic, number=number, count=len(groups))
        )
        lessons.append(_lesson(title, topic, minutes, group, told, pool, wish, words, ids))
    return tuple(lessons)


def blocks_of(pool: Pool, most: int) -> list[Block]:
    """What is taught of each side of the topic, in teaching order, in about ``most`` statements."""
    by_aspect = {aspect: pool.of(aspect) for aspect in Aspect}
    quotas = _quotas({aspect: len(found) for aspect, found in by_aspect.items()}, most)
    chosen = {aspect: spread(by_aspect[aspect], quotas[aspect]) for aspect in Aspect if quotas[aspect]}
    blocks: list[Block] = []
    for aspect, taught in chosen.items():
        if blocks and (len(taught) < _FEWEST or len(blocks[-1].taught) < _FEWEST):
            last = blocks[-1]
            together = len(last.aspects) == 1 and (last.aspects[0], aspect) in JOINED
            if together and len(last.taught) + len(taught) <= _MOST + 1:
                blocks[-1] = Block((*last.aspects, aspect), (*last.taught, *_ordered(taught)))
                continue
        blocks.append(Block((aspect,), tuple(_ordered(taught))))
    return blocks


def merged(blocks: Sequence[Block], most: int) -> list[Block]:
    """At most ``most`` blocks: the two neighbours of one side each that have least become one, and again."""
    found = list(blocks)
    while len(found) > most:
        pairs = [
            at
            for at in range(len(found) - 1)
            if len(found[at].aspects) == len(found[at + 1].aspects) == 1
            and (found[at].aspects[0], found[at + 1].aspects[0]) in JOINED
        ]
        if not pairs:
            return found[:most]
        at = min(pairs, key=lambda at: (len(found[at].taught) + len(found[at + 1].taught), at))
        one, other = found[at], found[at + 1]
        found[at : at + 2] = [Block((*one.aspects, *other.aspects), (*one.taught, *other.taught))]
    return found


def section_title(block: Block, words: Framing) -> str:
    """The title of a section on one side, or on two."""
    if len(block.aspects) == 2:
        joint = words.joint.get((block.aspects[0], block.aspects[1]))
        if joint is not None:
            return joint
    return words.aspects[_chief(block)]


def title_of(pool: Pool, words: Framing) -> str:
    """The topic as a title; where none was given, what the documents are called."""
    topic = " ".join(pool.topic.split()).rstrip(" .?!:;")
    if not topic:
        titles = list(dict.fromkeys(entry.saying.document.title for entry in pool.taught))
        topic = titles[0] if len(titles) == 1 else words.everything
    return topic[:1].upper() + topic[1:]


def shared(total: int, weights: Sequence[float], step: int = 1) -> list[int]:
    """``total`` in whole multiples of ``step`` by weight, each at least one step; what is left goes to the largest.

    By the method of largest remainders. ``total`` must allow a step for each.
    """
    steps, rest = divmod(total, step)
    free = steps - len(weights)
    assert free >= 0, "more shares than there is to share"
    whole = sum(weights) or 1.0
    exact = [free * weight / whole for weight in weights]
    found = [int(value) for value in exact]
    order = sorted(range(len(weights)), key=lambda at: (found[at] - exact[at], at))
    for at in order[: free - sum(found)]:
        found[at] += 1
    minutes = [(count + 1) * step for count in found]
    minutes[max(range(len(minutes)), key=lambda at: (minutes[at], -at))] += rest
    return minutes


# ---- choosing


def _blocks(pool: Pool, wish: Wish, examples: Sequence[Taught]) -> list[Block]:
    told = set(map(id, examples))
    rest = replace(pool, taught=tuple(entry for entry in pool.taught if id(entry) not in told))
    content = wish.minutes * (1 - _OPENING - _CLOSING - (_DISCUSSION if examples else 0.0))
    return blocks_of(rest if rest.taught else pool, max(1, round(content / _MINUTES_A_POINT)))


def _quotas(sizes: Mapping[Aspect, int], most: int) -> dict[Aspect, int]:
    """How many statements of each side: by how many there are, none much, some of each."""
    quotas = dict.fromkeys(sizes, 0)
    while sum(quotas.values()) < most:
        open_ = [aspect for aspect in sizes if quotas[aspect] < min(sizes[aspect], _most(most))]
        if not open_:
            break
        neediest = min(
            open_, key=lambda aspect: ((quotas[aspect] + 0.5) / _weight(aspect, sizes[aspect]), aspect)
        )
        quotas[neediest] += 1
    return quotas


def _weight(aspect: Aspect, size: int) -> float:
    """How much of a lesson a side may fill: what a learner has to know by more than what happened somewhere."""
    return float(size**0.7 * (_KNOWN if aspect <= Aspect.PROCEDURE else 1.0))


def _most(total: int) -> int:
    """How many of one side, where there are ``total`` in all."""
    return max(_MOST, total // 4)


def _examples(pool: Pool, discussions: int) -> list[list[Taught]]:
    """For each discussion, what places did: of as many places as there are, of each a little."""
    by_place: dict[str, list[Taught]] = {}
    for entry in pool.taught:
        place = entry.saying.place
        if place is not None and entry.aspect >= Aspect.RESULT and entry.saying.length >= 9:
            by_place.setdefault(place.name.lower(), []).append(entry)
    others = sum(1 for entry in pool.taught if not entry.example)
    few = len(pool.taught) < 8 or (others == 0 and len(pool.taught) < 12)
    groups: list[list[Taught]] = []
    for _ in range(0 if few else discussions):
        group = []
        for entries in list(by_place.values())[:_PLACES]:
            # One of what was reached or hard, one of what was done about it.
            for wanted in ((Aspect.MEASURE,), (Aspect.RESULT, Aspect.DIFFICULTY))[:_OF_A_PLACE]:
                found = next((entry for entry in entries if entry.aspect in wanted), None)
                if found is not None:
                    entries.remove(found)
                    group.append(found)
        groups.append(group)
    return [group for group in groups if group]


def _ordered(taught: Sequence[Taught]) -> list[Taught]:
    return sorted(taught, key=lambda entry: entry.order)


def _enough(blocks: list[Block], count: int) -> list[Block]:
    """At least ``count`` blocks where the statements allow it: the largest is halved until there are."""
    while len(blocks) < count:
        at = max(range(len(blocks)), key=lambda at: len(blocks[at].taught))
        taught = blocks[at].taught
        if len(taught) < 2:
            break
        half = len(taught) // 2
        blocks[at : at + 1] = [
            Block(blocks[at].aspects, taught[:half]),
            Block(blocks[at].aspects, taught[half:]),
        ]
    return blocks


def _divided(blocks: Sequence[Block], count: int) -> list[list[Block]]:
    """The blocks in ``count`` runs of about as many statements each."""
    count = min(count, len(blocks))
    left = sum(len(block.taught) for block in blocks)
    runs: list[list[Block]] = []
    at = 0
    for number in range(count, 0, -1):
        run, size = [blocks[at]], len(blocks[at].taught)
        at += 1
        while len(blocks) - at > number - 1 and (
            number == 1 or size + len(blocks[at].taught) / 2 <= left / number
        ):
            run.append(blocks[at])
            size += len(blocks[at].taught)
            at += 1
        left -= size
        runs.append(run)
    return runs


# ---- writing


def _lesson(
    title: str,
    topic: str,
    minutes: int,
    blocks: Sequence[Block],
    examples: Sequence[Taught],
    pool: Pool,
    wish: Wish,
    words: Framing,
    ids: Identifiers,
) -> Lesson:
    said = said_within(topic, words)
    content = [_section(block, said, words, ids) for block in blocks]
    before, after = [], []
    if minutes >= max(_CONTENT_ALONE, len(content) + 2):
        before = [_framed("opening", topic, words, ids)]
        after = [_framed("closing", topic, words, ids)]
    if examples and minutes >= _TOO_SHORT:
        section = _framed("discussion", topic, words, ids)
        points = _points(examples, ids)
        asked = _placed_questions(examples, said, words)
        after.insert(0, replace(section, points=points, questions=asked))
    sections = [*before, *content, *after]
    while len(sections) > minutes:  # hardly a minute each: what is left over is not taught
        sections.pop()
    timed = _timed(sections, content, minutes)
    return Lesson(ids.new("l"), title, minutes, _objectives(blocks, pool, said, wish, words), tuple(timed))


def _timed(sections: Sequence[Section], content: Sequence[Section], minutes: int) -> list[Section]:
    step = 5 if minutes >= 40 and minutes >= 5 * len(sections) + 10 and minutes % 5 == 0 else 1
    taught = sum(len(section.points) for section in content)
    free = 1 - _OPENING - _DISCUSSION - _CLOSING
    weights = []
    for section in sections:
        if section in content:
            weights.append(free * len(section.points) / max(1, taught))
        elif section.points:
            weights.append(_DISCUSSION)
        else:
            weights.append(0.0 if step == 5 and minutes < 100 else _OPENING)
    each = shared(minutes, weights, step)
    return [replace(section, minutes=own) for section, own in zip(sections, each, strict=True)]


def _section(block: Block, said: Mapping[str, str], words: Framing, ids: Identifiers) -> Section:
    chief = _chief(block)
    return Section(
        ids.new("s"),
        section_title(block, words),
        0,
        words.activities[chief],
        _points(block.taught, ids),
        _questions(block, chief, said, words),
    )


def _framed(role: str, topic: str, words: Framing, ids: Identifiers) -> Section:
    inner = topic if any(ch.isdigit() for ch in topic) else topic[:1].lower() + topic[1:]
    return Section(ids.new("s"), words.roles[role], 0, words.doing[role].format(topic=inner))


def _points(taught: Sequence[Taught], ids: Identifiers) -> tuple[KeyPoint, ...]:
    made = (key_point(entry.saying, ids) for entry in taught)
    return tuple(point for point in made if point is not None)


def _chief(block: Block) -> Aspect:
    """The side that most of a block is about."""
    counts = {aspect: sum(entry.aspect is aspect for entry in block.taught) for aspect in block.aspects}
    return max(counts, key=lambda aspect: (counts[aspect], -aspect))


def _questions(block: Block, chief: Aspect, said: Mapping[str, str], words: Framing) -> tuple[str, ...]:
    """One on the side that the section is about, and one that a document asks and its own statement answers."""
    places = {entry.saying.place.name for entry in block.taught if entry.saying.place is not None}
    if len(places) == 1 and all(entry.example for entry in block.taught):
        place = next(iter(places))
        general = words.placed_questions[chief].format(place=place[:1].upper() + place[1:], **said)
    else:
        general = words.questions[chief].format(**said)
    own = [entry.saying.question for entry in block.taught if len(entry.saying.question.split()) >= 4]
    return (general, *own[:1])


def _placed_questions(examples: Sequence[Taught], said: Mapping[str, str], words: Framing) -> tuple[str, ...]:
    asked = []
    for name in dict.fromkeys(entry.saying.place.name for entry in examples if entry.saying.place):
        own = [entry.aspect for entry in examples if entry.saying.place and entry.saying.place.name == name]
        aspect = Aspect.MEASURE if Aspect.MEASURE in own else own[0]
        asked.append(words.placed_questions[aspect].format(place=name[:1].upper() + name[1:], **said))
    return tuple(asked)


def _objectives(
    blocks: Sequence[Block], pool: Pool, said: Mapping[str, str], wish: Wish, words: Framing
) -> tuple[str, ...]:
    """What a learner can do after the lesson: for each section a verb and what documents of the topic name."""
    found = []
    topic = pool.topicality
    for block in blocks:
        chief = _chief(block)
        aim = f"{words.aims[wish.audience][chief]} {words.named[chief].format(**said)}"
        headings = [
            _lowered(entry.saying.heading)
            for entry in block.taught
            if chief in _RULED and not entry.example
            if not topic.weights or entry.saying.document.id in topic.documents
        ]
        named = [h for h in dict.fromkeys(headings) if 2 <= len(h.split()) <= 9 and not _GOES_ON.match(h)]
        found.append(f"{aim}: {'; '.join(named[:_HEADINGS])}." if len(named) > 1 else f"{aim}.")
    return tuple(dict.fromkeys(found))


def _lowered(heading: str) -> str:
    text = heading.capitalize() if heading.isupper() else heading
    return text[:1].lower() + text[1:]
