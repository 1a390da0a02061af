"""The versions of a draft, and an earlier one looked at: what it is, in what it differs. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from assistant.study.changes import Change, Sort
from assistant.study.drafts import MOST_VERSIONS, SavedDraft, Version
from assistant.study.types import Draft, Part
from ui.controls import button, fold, moment
from ui.escape import inert_line
from ui.study_parts import Shown, tabs

#: Differences that are listed, and characters of each wording.
DIFFERENCES_SHOWN, LONGEST_WORDING = 40, 300
LONGEST_TITLE = 120


def versions_fold(saved: SavedDraft, versions: Sequence[Version], shown: Shown) -> str:
    """Every version that is kept, the newest first, to look at or to go back to."""
    texts = shown.texts
    rows = "".join(_row(version, saved, shown) for version in reversed(versions))
    return fold(
        texts.versions.format(count=len(versions)),
        f'<p class="pba-hint">{inert_line(texts.versions_hint.format(most=MOST_VERSIONS))}</p>'
        f'<ul class="pba-versions">{rows}</ul>',
        style="pba-versions-fold",
    )


def _row(version: Version, saved: SavedDraft, shown: Shown) -> str:
    texts = shown.texts
    name, number = texts.version.format(number=version.ordinal), str(version.ordinal)
    if version.ordinal == saved.versions:
        doing = f'<span class="pba-tag">{inert_line(texts.version_now)}</span>'
    else:
        doing = button("look", number, texts.look, name=f"{texts.look}: {name}")
        doing += button("restore", number, texts.restore, name=f"{texts.restore}: {name}")
    return (
        f'<li><span class="pba-version"><strong>{inert_line(name)}</strong> {inert_line(version.note)}'
        f' <span class="pba-aside">{inert_line(moment(version.saved_at, shown.words))}</span></span>'
        f'<span class="pba-tools-row">{doing}</span></li>'
    )


def old_head(
    title: str,
    version: Version,
    draft: Draft,
    changes: Sequence[Change],
    shown: Shown,
    *,
    part: Part | None,
) -> str:
    """The head of an earlier version: that it is old, in what it differs, the way back, its parts."""
    texts = shown.texts
    name = texts.version.format(number=version.ordinal)
    told = " · ".join(filter(None, (version.note, moment(version.saved_at, shown.words))))
    back = button("look_back", "", texts.look_back)
    take = button("restore", str(version.ordinal), texts.restore, style="pba-main")
    return (
        f'<header class="pba-draft-head"><p>{back}</p>'
        f'<div class="pba-old"><h2 class="pba-part" id="pba-draft-title" tabindex="-1">'
        f"{inert_line(title, LONGEST_TITLE)}</h2>"
        f"<p><strong>{inert_line(texts.old.format(name=name))}</strong>"
        f' <span class="pba-aside">{inert_line(told)}</span></p>'
        f"{_differences(changes, shown)}<p>{take}</p></div>"
        f'<div class="pba-parts-row">{tabs(draft, part, shown)}</div></header>'
    )


def _differences(changes: Sequence[Change], shown: Shown) -> str:
    texts = shown.texts
    if not changes:
        return f"<p>{inert_line(texts.differs_not)}</p>"
    counted = Counter(change.sort for change in changes)
    said = ", ".join(
        texts.differing_count[sort].format(count=counted[sort]) for sort in Sort if counted[sort]
    )
    rows = "".join(_difference(change, shown) for change in changes[:DIFFERENCES_SHOWN])
    more = len(changes) - DIFFERENCES_SHOWN
    rest = f'<p class="pba-hint">{inert_line(texts.differs_more.format(count=more))}</p>' if more > 0 else ""
    return f"<p>{inert_line(texts.differs.format(what=said))}</p>" + fold(
        texts.differs_all, f'<ul class="pba-differences">{rows}</ul>{rest}'
    )


def _difference(change: Change, shown: Shown) -> str:
    texts = shown.texts
    name = f"{texts.parts[change.part]}: {texts.differing[change.sort]}"
    if change.sort is Sort.CHANGED and change.before == change.after:
        wordings = [(texts.differs_handling, change.before)]
    elif change.sort is Sort.CHANGED:
        wordings = [(texts.wording_old, change.before), (texts.wording_new, change.after)]
    else:
        wordings = [("", change.before or change.after)]
    lines = "".join(
        f'<br><span class="pba-aside">{inert_line(label)}</span> {inert_line(text, LONGEST_WORDING)}'
        for label, text in wordings
    )
    return f"<li><strong>{inert_line(name)}</strong>{lines}</li>"
