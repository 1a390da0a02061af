"""The list of conversations and the tools below an answer, as HTML."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from assistant.conversations import Conversation
from assistant.opinions import Opinion, Rating, Reason
from index.types import Filters
from ui import history
from ui.history_panel import file_name
from ui.wording import wording

VI, EN = wording("vi"), wording("en")
DAY = datetime(2024, 3, 5, 12, tzinfo=UTC)
HOSTILE = "\"><script>window.hacked=1</script> {{x}} ${y} **đậm** 'onclick='z"


def talk(number: int, title: str = "Câu hỏi") -> Conversation:
    return Conversation(f"id-{number}", title, Filters(), None, DAY, DAY, number)


def parsed(html: str) -> ElementTree.Element:
    """As the browser would; a tag left open or an attribute cut short is an error."""
    return ElementTree.fromstring(f"<x>{html}</x>")


def test_each_conversation_can_be_opened_renamed_exported_and_deleted() -> None:
    tree = parsed(history.listing([talk(1), talk(2, "Đảng phí")], VI, current="id-2"))
    for number in (1, 2):
        does = [e.get("data-pba-do") for e in tree.iter() if e.get("data-id") == f"id-{number}"]
        assert does == ["open", "rename", "export", "export", "delete"]
    current = [e.get("data-id") for e in tree.iter("button") if e.get("aria-current") == "true"]
    assert current == ["id-2"]
    assert tree[0].get("data-current") == "id-2"
    text = "".join(tree.itertext())
    assert "Đảng phí" in text
    assert "05/03/2024 · 2 câu hỏi · đang mở" in text


def test_every_control_has_a_name() -> None:
    html = (
        history.listing([talk(1)], VI) + history.heading(VI) + history.opener(VI) + history.opinion_form(VI)
    )
    for control in parsed(html).iter():
        if control.tag in ("button", "summary"):
            assert control.get("aria-label") or "".join(control.itertext()).strip(), control.attrib
    labelled = [e for label in parsed(html).iter("label") for e in label if e.tag in ("input", "textarea")]
    controls = [e for e in parsed(html).iter() if e.tag in ("input", "textarea")]
    assert len(labelled) == len(controls) > 5


def test_titles_are_only_text() -> None:
    html = history.listing([talk(1, HOSTILE)], VI)
    assert "<script" not in html
    assert "{{" not in html
    assert "${" not in html
    tree = parsed(html)
    [field] = tree.iter("input")
    assert field.get("value") == HOSTILE
    assert [title.text for title in tree.iter("span") if title.get("class") == "pba-talk-title"] == [HOSTILE]


def test_an_empty_list_says_why() -> None:
    assert "Chưa có hội thoại nào" in history.listing((), VI)
    assert VI.history.not_found in "".join(parsed(history.listing((), VI, searched=True)).itertext())


@pytest.mark.parametrize(
    ("opinion", "targets", "on"),
    [
        (None, ["#pba-up-7", "#pba-down-7"], []),
        (Opinion(Rating.UP), ["#pba-unrate-7", "#pba-down-7"], ["#pba-unrate-7"]),
        (Opinion(Rating.DOWN, Reason.INCOMPLETE, "x"), ["#pba-up-7", "#pba-down-7"], ["#pba-down-7"]),
    ],
)
def test_a_rating_shows(opinion: Opinion | None, targets: list[str], on: list[str]) -> None:
    links = list(parsed(history.tools(7, opinion, VI)).iter("a"))
    assert [link.get("href") for link in links] == targets
    assert [link.get("href") for link in links if "pba-on" in (link.get("class") or "")] == on
    assert ("Thiếu" in history.tools(7, opinion, VI)) is (opinion is not None and opinion.reason is not None)


def test_an_answer_that_is_not_kept_cannot_be_rated() -> None:
    assert history.tools(None, None, VI) == ""


def test_messages_stay_one_block() -> None:
    for words in (VI, EN):
        for html in (history.tools(7, None, words), history.again(words), history.again(words, editing=True)):
            assert "\n" not in html


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Đảng phí đóng thế nào?", "dang-phi-dong-the-nao"),
        ("../../etc/passwd", "etc-passwd"),
        ("???", "hoi-thoai"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_file_is_named_by_the_title(title: str, name: str) -> None:
    assert file_name(title) == name


def test_both_languages_name_every_reason() -> None:
    for words in (VI, EN):
        assert set(words.history.reasons) == {reason.value for reason in Reason}
