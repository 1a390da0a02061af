"""Checking one sentence against the passages it cites."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.semantic import SentenceMeaning
from assistant.types import Difference, DifferenceKind, Verdict
from assistant.verification.actors import parties
from assistant.verification.analysis import KINDS, Analysis, analysed
from assistant.verification.attributions import attribution_differences
from assistant.verification.clock import clock_differences
from assistant.verification.comparisons import comparison_differences, unstated_comparisons
from assistant.verification.denials import denial_differences
from assistant.verification.directing import bound_differences, direction_differences
from assistant.verification.disorder import disorder
from assistant.verification.duties import duty_differences
from assistant.verification.exchanges import exchange_differences, unstated_causes
from assistant.verification.extremes import extreme_differences
from assistant.verification.foreign import foreign_words, usual_words
from assistant.verification.general import general_offsets
from assistant.verification.impossible import impossible_differences
from assistant.verification.intervals import agreed_intervals, interval_differences
from assistant.verification.language import is_careless, is_english
from assistant.verification.matching import Match, match_items
from assistant.verification.offices import office_differences, rank_differences
from assistant.verification.pairing import pairing_differences
from assistant.verification.quotation import bare, quotation_differences
from assistant.verification.references import Reference
from assistant.verification.replacing import replacing_differences, settled
from assistant.verification.reversals import reversal_differences
from assistant.verification.rewording import rewording_differences
from assistant.verification.roles import role_differences
from assistant.verification.rows import row_differences
from assistant.verification.scopes import scope_differences, unstated_limits
from assistant.verification.sources import Source, source_of
from assistant.verification.spelling import goes_in_circles, slips, strange_words
from assistant.verification.subjects import subject_differences
from assistant.verification.support import Bearing, bearing, rarity
from assistant.verification.types import Checked, Evidence, Support
from assistant.verification.units import unit_differences
from index.library import Library
from ingest.sentences import clauses
from ingest.units import units

MARKERS = re.compile(r"\s*\[(\d+(?:\s*[,;]\s*\d+)*)\]")
#: Cosine of a sentence (unit length, the embedding model of the library) with each text; ``None`` if unknown.
Similarity = Callable[[str, Sequence[str]], Sequence[float | None]]


@dataclass(frozen=True, slots=True)
class Level:
    """How much of a sentence must be found in what it cites; chosen on half of the altered sentences.

    Attributes:
        enough: share of its words, by weight, from which on they alone will do.
        least: share below which nothing else helps.
        clause: share of the words of each of its longer clauses that one sentence must hold.
        near: cosine that must be reached where the share is ``least``; ``slope`` less for each share more.
    """

    enough: float
    least: float
    clause: float
    near: float
    slope: float

    def near_enough(self, coverage: float) -> float:
        """The cosine that a sentence with that coverage must reach."""
        return self.near - self.slope * (coverage - self.least)


_VIETNAMESE = Level(enough=0.6, least=0.4, clause=0.32, near=0.89, slope=0.15)
#: A glossary finds fewer of the words, and sentences in two languages lie further apart.
_ENGLISH = Level(enough=0.52, least=0.28, clause=0.27, near=0.84, slope=0.12)


def verifier_of(library: Library) -> Verifier:
    """A verifier that compares meanings by the embedding model of ``library``."""
    return Verifier(SentenceMeaning(library).similarities)


class Verifier:
    """Checks sentences written by a language model. Holds no state; safe to use from several threads."""

    def __init__(self, similarity: Similarity) -> None:
        """
        Args:
            similarity: cosines of a sentence with some texts; asked only where its words do not decide.
        """
        self._similarity = similarity

    def check(self, text: str, evidence: Mapping[int, Evidence]) -> Checked:
        """The verdict on one sentence.

        Args:
            text: the sentence with its markers, "… [1][3]".
            evidence: marker → passage, of everything that could have been cited.
        """
        markers = list(
            dict.fromkeys(int(n) for found in MARKERS.findall(text) for n in re.findall(r"\d+", found))
        )
        said = " ".join(MARKERS.sub("", text).split())
        known = [marker for marker in markers if marker in evidence]
        missing = [marker for marker in markers if marker not in evidence]
        stripped = is_careless(said)
        folded = stripped or is_english(said)
        sources = [source_of(evidence[marker], folded=folded, stripped=stripped) for marker in known]
        if missing:
            differences = tuple(Difference(DifferenceKind.MARKER, f"[{marker}]") for marker in missing)
            return Checked(Verdict.CONTRADICTED, self._nearest(said, sources), differences)
        if not markers:
            return Checked(Verdict.UNVERIFIED, (), (Difference(DifferenceKind.MARKER, said),))
        exact = _verbatim(said, sources)
        if exact:
            return Checked(Verdict.VERBATIM, exact)
        return self._judged(said, sources, _parts(text), folded=folded)

    def _nearest(self, said: str, sources: Sequence[Source]) -> tuple[Support, ...]:
        if not sources:
            return ()
        analysis = analysed(said, english=is_english(said), folded=is_english(said))
        weights = rarity(analysis, sources)
        return _supports(bearing(analysis, sources, weights), sources, analysis, weights)

    def _judged(
        self,
        said: str,
        sources: Sequence[Source],
        parts: Sequence[tuple[int, frozenset[int]]],
        *,
        folded: bool,
    ) -> Checked:
        analysis = analysed(said, english=is_english(said), folded=folded)
        weights = rarity(analysis, sources)
        borne = bearing(analysis, sources, weights)
        supports = _supports(borne, sources, analysis, weights)
        matches = match_items(analysis, sources, weights, parts)
        if not folded:
            often = agreed_intervals(analysis, borne.places)
            matches = [m for m in matches if not any(a <= m.item.start < b for a, b in often)]
        wrong = quotation_differences(said, sources)
        wrong += _out_of_place(matches, settled(analysis, sources))
        wrong += clock_differences(said, sources)
        wrong += unit_differences(analysis, matches, sources, weights)
        wrong += bound_differences(analysis, matches, sources, weights)
        wrong += row_differences(analysis, matches, sources, folded=folded)
        wrong += pairing_differences(matches, said)
        wrong += extreme_differences(analysis, matches)
        wrong += rank_differences(matches, borne.places)
        wrong += office_differences(analysis, sources)
        wrong += replacing_differences(analysis, sources)
        wrong += direction_differences(analysis, borne.places, sources, weights)
        wrong += denial_differences(analysis, borne.places, weights)
        if not folded:
            wrong += role_differences(analysis, sources, weights)
            wrong += subject_differences(analysis, sources, weights)
            wrong += rewording_differences(said, borne.places)
            wrong += exchange_differences(analysis, sources, weights)
            wrong += comparison_differences(analysis, sources)
            wrong += scope_differences(analysis, borne.places)
            wrong += interval_differences(analysis, borne.places)
            wrong += duty_differences(analysis, borne.places)
            wrong += attribution_differences(analysis, sources)
            wrong += reversal_differences(analysis, matches, borne.places, sources)
            wrong += impossible_differences(analysis)
        near = tuple(
            match.item.text for match in matches if match.best is not None and match.best.approximate
        )
        if wrong:
            verdict = Verdict.CONTRADICTED if _decided(said, wrong) else Verdict.UNVERIFIED
            return Checked(verdict, supports, tuple(dict.fromkeys(wrong)), near)
        unread = _unreadable(said, borne, sources)
        if not unread and _says_nothing(analysis) and not _at_length(analysis, borne):
            unread = [(said, "")]
        if not unread and not folded:
            unread = [(pair, "") for pair in disorder(said, _told(sources))[:4]]
        if not unread and not self._borne_out(said, borne, analysis):
            unread = [(word, "") for word in dict.fromkeys(borne.uncovered[:4] or (said,))]
        unread = unread or [(word, "") for word in foreign_words(said, _told(sources))]
        if not unread and not folded:
            unread = [(compared, "") for compared in unstated_comparisons(analysis, sources)]
            unread += [(reason, "") for reason in unstated_causes(analysis, sources)]
            unread += unstated_limits(analysis, borne.places, sources)
        if unread:
            differences = tuple(Difference(DifferenceKind.SUPPORT, *words) for words in unread)
            return Checked(Verdict.UNVERIFIED, supports, differences, near)
        return Checked(Verdict.SUPPORTED, supports, (), near)

    def _borne_out(self, said: str, borne: Bearing, analysis: Analysis) -> bool:
        level = _ENGLISH if analysis.english else _VIETNAMESE
        if borne.coverage < level.least or borne.weakest < level.clause or not borne.worded:
            return False
        if borne.coverage >= level.enough:
            return True
        similar = [value for value in self._similarity(said, _meanings(borne)) if value is not None]
        return max(similar, default=0.0) >= level.near_enough(borne.coverage)


def _says_nothing(analysis: Analysis) -> bool:
    """Beside who is spoken of, there is nothing that could be found in what is cited, or not.

    "Học viên không cần đến" is of general words, and so of no passage more than of another.
    """
    if analysis.english or analysis.items:
        return False
    named = [(party.start, party.end) for party in parties(analysis.text)]
    general = general_offsets(analysis.text)
    return not any(
        token.start not in general and not any(start <= token.start < end for start, end in named)
        for token in analysis.tokens
        if not token.steep
    )


def _at_length(analysis: Analysis, borne: Bearing) -> bool:
    """General words that are nearly all cited, and so many that no other passage has them."""
    told = {token.phrases[0] for token in analysis.tokens if not token.steep}
    return len(told) >= _MANY_WORDS and min(borne.coverage, borne.weakest) >= _READABLE


def _unreadable(said: str, borne: Bearing, sources: Sequence[Source]) -> list[tuple[str, str]]:
    """What of a sentence cannot be read, and what the passages have instead, where that can be told."""
    if goes_in_circles(said):
        return [(said, "")]
    texts = [source.document.text for source in sources]
    impossible, uncommon = strange_words(said, texts)
    if impossible or len(uncommon) > 1 or (uncommon and borne.coverage < _READABLE):
        return [(word, "") for word in [*impossible, *uncommon][:4]]
    return slips(said, texts, usual_words(said, _told(sources)))


def _told(sources: Sequence[Source]) -> list[str]:
    """What a reader of the passages is told: their text, what stands above it, what their documents are."""
    found = []
    for source in sources:
        document = source.document
        facts = (document.title, document.issuer, document.province, document.kind.value)
        found += [source.passage.text, source.passage.heading, *(fact for fact in facts if fact)]
    return found


def _parts(text: str) -> list[tuple[int, frozenset[int]]]:
    """Where in the text without markers each part that has markers of its own ends, and which they are; none
    where all markers stand together."""
    found: list[tuple[int, frozenset[int]]] = []
    end = last = 0
    for match in MARKERS.finditer(text):
        markers = frozenset(int(number) for number in re.findall(r"\d+", match.group()))
        between = " ".join(text[last : match.start()].split())
        if found and len(between.split()) < _PART:
            found[-1] = (found[-1][0], found[-1][1] | markers)
        else:
            end += len(between) + (1 if found else 0)
            found.append((end, markers))
        last = match.end()
    return found if len(found) > 1 else []


#: Share of a sentence's words in the passages with which one word that is no common one does no harm.
_READABLE = 0.85
#: Different words from which on general ones tell one passage from another.
_MANY_WORDS = 7
#: Words of a part of a sentence that is cited by itself, at least.
_PART = 3


def _meanings(borne: Bearing) -> list[str]:
    """What was embedded of the sentences that bear a statement out."""
    found = []
    for source, at in borne.places:
        begin, end = source.spans[at]
        start, stop = source.passage.start + begin, source.passage.start + end
        own = [unit.meaning for unit in units(source.document, source.passage) if start <= unit.start < stop]
        found += own or [source.document.text[start:stop]]
    return found


def _out_of_place(matches: Sequence[Match], replaced: frozenset[frozenset[str]]) -> list[Difference]:
    """Items that what is cited has not, or has in another's place.

    Args:
        replaced: pairs of documents of which sentence and passage say alike that the one replaces the other,
            whichever is named first.
    """
    found = []
    for match in matches:
        if match.best is not None and _documents(match) in replaced:
            continue
        if match.missing or (match.best is not None and match.rival is not None):
            cited = match.rival.item.text if match.rival is not None else ""
            found.append(Difference(KINDS[match.item.sort], match.item.text, cited))
    return found


#: "34 và 28, lần lượt": which figure is whose goes by their order, which is not followed here.
_IN_ORDER = re.compile(r"(?<!\w)(?:lần lượt|tương ứng|respectively)(?!\w)", re.IGNORECASE)


def _decided(said: str, wrong: Sequence[Difference]) -> bool:
    """Whether what differs contradicts what is cited, or only cannot be found there."""
    if _IN_ORDER.search(said) and all(d.kind in (DifferenceKind.NUMBER, DifferenceKind.DATE) for d in wrong):
        return False
    # What a sentence denies in words that are not cited may follow from what is, or not.
    return not all(d.kind is DifferenceKind.NEGATION and not d.cited for d in wrong)


def _documents(match: Match) -> frozenset[str]:
    """The numbers of the documents that a match and its rival are, if they are any."""
    values = [match.item.value, *([match.rival.item.value] if match.rival is not None else [])]
    return frozenset(value.number for value in values if isinstance(value, Reference))


def _verbatim(said: str, sources: Sequence[Source]) -> tuple[Support, ...]:
    """The supports of a text that is a sentence of each cited passage, or a clause of one; else none."""
    found = []
    wanted = _plain(said)
    for source in sources:
        place = next(
            (
                (start, end)
                for start, end in source.spans
                if any(
                    _plain(source.passage.text[a:b]) == wanted
                    for a, b in _quotable(source.passage.text, start, end)
                )
            ),
            None,
        )
        if place is None:
            return ()
        found.append(Support(source.marker, source.passage.start + place[0], source.passage.start + place[1]))
    return tuple(found)


#: A clause before one of these is no statement by itself: what follows takes something of it back.
_TAKEN_BACK = re.compile(r"\s*(?:trừ|ngoại trừ|nếu|khi|nhưng|song|tuy|except|unless|if|but)\b", re.IGNORECASE)


def _quotable(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence, what follows the sign of an item, and its clauses that can stand alone."""
    spans = [(start, end)]
    item = re.match(r"\s*(?:[-+•*–]|\d{1,2}[.)]|[a-zđ][.)])\s+", text[start:end])
    if item:
        spans.append((start + item.end(), end))
    parts = clauses(text, start, end)
    for begin, stop in parts:
        if (
            len(text[begin:stop].split()) >= 6
            and not _TAKEN_BACK.match(text, stop)
            and not _TAKEN_BACK.match(text, begin)
        ):
            spans.append((begin, stop))
    return spans


def _plain(text: str) -> str:
    text = bare(re.sub(r"\[\d+\]", "", text)).strip(" .;:,…")
    return text[:1].lower() + text[1:]


def _supports(
    borne: Bearing, sources: Sequence[Source], analysis: Analysis, weights: Mapping[str, float]
) -> tuple[Support, ...]:
    """The spans that bear a statement out: for each marker its sentences, those side by side as one."""
    found: list[Support] = []
    for source in sources:
        own = sorted(at for other, at in borne.places if other is source)
        if not own:
            alone = bearing(analysis, [source], weights)
            own = [alone.places[0][1]] if alone.places else [0]
        if not source.spans:
            found.append(Support(source.marker, source.passage.start, source.passage.end))
            continue
        run: list[int] = []
        for at in own:
            if run and at != run[-1] + 1:
                found.append(_span(source, run))
                run = []
            run.append(at)
        found.append(_span(source, run))
    return tuple(found)


def _span(source: Source, run: Sequence[int]) -> Support:
    start, end = source.spans[run[0]][0], source.spans[run[-1]][1]
    return Support(source.marker, source.passage.start + start, source.passage.start + end)
