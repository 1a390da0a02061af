"""Which lines of a saved web page are the page's and not the article's.

The evidence is the shape of a line, where it stands (before the first sentence, after the last) and
the vocabulary of Vietnamese content management systems. A sentence is never dropped, except the
few that such systems themselves write ("Bình luận của bạn đã được gửi thành công.") and the teaser
under a headline that is repeated after the article's end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from ingest.press import publication_date


class _Kind(Enum):
    BLANK = auto()
    #: Words of a page's controls and headings of its lists; only as a whole line.
    CHROME = auto()
    #: The same, but words that nothing else could mean.
    CERTAIN = auto()
    #: A list of other articles begins.
    RELATED = auto()
    #: Author, source, time of publication.
    NOTE = auto()
    #: A headline, heading, caption or menu entry: no sentence.
    LABEL = auto()
    SENTENCE = auto()


@dataclass(slots=True)
class Verdict:
    """Indices of the lines to drop, and what the lines at the edges say about the article."""

    drop: set[int] = field(default_factory=set)
    properties: dict[str, str] = field(default_factory=dict)


_CERTAIN = re.compile(
    r"sign (?:in|up)|log ?in|đăng nhập|đăng xuất|toggle navigation|skip to (?:main )?content"
    r"|thêm (?:nhận xét|bình luận) mới|bình luận của bạn đã được gửi.*|lỗi\s*:\s*vui lòng thử lại.*"
    r"|(?:tổng (?:số )?)?(?:lượt |số )?(?:lượt )?(?:truy cập|xem)(?: hôm nay| trong (?:ngày|tuần|tháng))?"
    r"\s*:?\s*[\d.,]+"
    r"|(?:đang )?(?:trực tuyến|online)\s*:?\s*[\d.,]+|số người (?:đang )?(?:truy cập|online)\s*:?\s*[\d.,]+"
    r"|(?:hôm (?:nay|qua)|tuần (?:này|trước)|tháng (?:này|trước)|tất cả)\s*:\s*[\d.,]+"
    r"|thống kê (?:truy cập|trong ngày|lượt truy cập)|chú thích ảnh|mã (?:xác nhận|captcha|bảo mật).{0,20}"
    r"|(?:copy|sao chép) (?:link|liên kết)|google news|theo dõi .{2,40} trên google news",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:các )?(?:tin|bài(?: viết)?|video|tin bài)(?: tức)? (?:khác|mới(?: nhất| hơn| đăng)?|cũ hơn|liên quan"
    r"|đã đưa|cùng (?:chuyên mục|chủ đề|chuyên đề|loại)|nổi bật|đọc nhiều|xem nhiều|tiêu điểm)"
    r"|cùng chuyên mục|có thể bạn quan tâm|(?:xem|đọc)(?: thêm| nhiều(?: nhất)?| tiếp)|mới nhất|mới cập nhật"
    r"|tin mới|tin nóng|nổi bật|tiêu điểm|bài viết mới",
    re.IGNORECASE,
)
_CHROME = re.compile(
    r"chia sẻ(?: (?:bài viết|lên facebook|facebook|qua .{2,20}))?|share|like|tweet|facebook|zalo|twitter"
    r"|youtube|tiktok|messenger|tags?|từ khóa|từ khoá|(?:gửi |ý kiến )?(?:phản hồi|bình luận)(?: của bạn| bạn đọc)?"
    r"|viết bình luận|ý kiến bạn đọc|ý kiến của bạn|(?:file|tệp|tập tin|tài liệu) đính kèm|tải (?:về|xuống)"
    r"|bản in|in (?:trang|bài viết|bài này|ấn)|gửi (?:email|cho bạn bè|bài viết)|quay lại|trở (?:về|lại)"
    r"|(?:về|lên) (?:đầu trang|trang chủ|trang trước)|đầu trang|trang chủ|home|menu|giới thiệu|liên hệ|rss"
    r"|sơ đồ (?:trang|site|cổng|website)|english|tiếng việt|tìm kiếm(?: nâng cao)?|đăng ký|thư viện ảnh"
    r"|cỡ chữ.{0,12}|a-?\s*a\s*a?\+?|nghe (?:đọc )?bài(?: viết)?|lưu bài viết|đánh giá bài viết|thống kê"
    r"|làm mới|họ (?:và )?tên|email|gửi(?: đi)?|hủy(?: bỏ)?|xem tất cả|quảng cáo|bạn đọc",
    re.IGNORECASE,
)
#: Imprints under a page; only after the article.
_IMPRINT = re.compile(
    r"(?:©|copyright|bản quyền (?:thuộc|của)|giấy phép (?:số|xuất bản|hoạt động|thiết lập|báo|cung cấp|trang)"
    r"|(?:đề nghị |vui lòng )?ghi rõ nguồn|cơ quan chủ quản\s*:|tổng biên tập\s*:|tòa soạn\s*:|toà soạn\s*:"
    r"|chịu trách nhiệm (?:chính|nội dung|xuất bản)\s*:|điện thoại\s*:|hotline\s*:|đường dây nóng\s*:"
    r"|email\s*:|địa chỉ\s*:|thiết kế (?:bởi|và)|phát triển bởi|powered by)",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"(?:trang chủ|home)\s*(?:[>›»/|]|-{1,2}>).+", re.IGNORECASE)
_LINK = re.compile(
    r"(?:link gốc|link bài gốc|đường dẫn(?: gốc)?|bản gốc|xem bài gốc|nguồn|link)?\s*:?\s*(?P<url>https?://\S+)",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"\(?(?:theo|nguồn)\s*:?\s+\S.{0,60}", re.IGNORECASE)
_NAME = r"[A-ZĐÀ-Ỹ][^\W\d_]{0,6}(?:[ \t]+[A-ZĐÀ-Ỹ][^\W\d_]{0,6}){1,3}"
_BYLINE = re.compile(
    rf"(?:(?:bài|tin|ảnh|tác giả|thực hiện|người viết)(?:\s*(?:,|và|&)\s*\w+)*\s*:\s*)?"
    rf"(?P<names>{_NAME}(?:\s*(?:[-–,&/]|và)\s*{_NAME}){{0,4}})\s*(?:[(/]\s*[A-ZĐ][\w .+-]{{1,30}}\)?)?"
)
_LABELLED_BYLINE = re.compile(r"(?:bài|tin|tác giả)(?:\s*(?:,|và|&)\s*\w+)*\s*:\s*(?P<names>\S.{2,60})", re.I)
_OFFICIAL = re.compile(
    r"^\W*(?:(?:.*\|\s*)?(?:cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|đảng cộng sản việt nam)\s*(?:\|.*)?$"
    r"|số\s*:?\s*\d*[\s./…]*-?\s*[A-ZĐ]{1,6}\s*/\s*[A-ZĐ]{2}|nơi nhận\s*:?|độc lập\s*[-–]\s*tự do\s*[-–])",
    re.IGNORECASE,
)
_ARTICLE_OF_LAW = re.compile(r"^\W*(?:điều|chương)\s+(?:\d+|[ivxlc]+)\s*(?:[.:\-–]|$)", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*$")


def judge(lines: Sequence[str], *, page: bool) -> Verdict:
    """Judge the lines of a text.

    Args:
        lines: as they stand; blank lines included.
        page: the text is known to come from a web page (HTML).
    """
    stripped = [" ".join(line.split()).strip() for line in lines]
    kinds = [_kind(line) for line in stripped]
    if is_official(stripped):
        return Verdict(_around_official(stripped, kinds))
    verdict = Verdict()
    prose = [
        index for index, kind in enumerate(kinds) if kind is _Kind.SENTENCE and _imprint(stripped[index])
    ]
    if not prose:
        return verdict
    first, last = prose[0], prose[-1]
    last = _before_teasers(stripped, kinds, last)
    tickers = {index for index in range(first + 1) if _is_ticker(stripped, index)}
    if tickers & {first}:
        first = next((index for index in prose if index not in tickers), first)
    seen = {stripped[index].lower() for index, kind in enumerate(kinds) if kind in _CHROME_KINDS}
    certain = bool(tickers) or any(kind is _Kind.CERTAIN for kind in kinds)
    saved_page = page or certain or len(seen) >= 2
    _note_edges(stripped, kinds, first, last, verdict)
    title = _title(stripped, kinds, tickers, last)
    verdict.drop |= _repeated_title(stripped, kinds, title, last, always=saved_page)
    if saved_page:
        verdict.drop |= tickers | _head(stripped, kinds, title if title is not None else first, first)
        verdict.drop |= _inside(kinds, first, last)
        verdict.drop |= _tail(stripped, kinds, last)
    return verdict


def is_official(lines: Sequence[str]) -> bool:
    """Whether the text is a document of an office, with a letterhead or in articles, and no report of it."""
    marks = sum(1 for line in lines if len(line) < 200 and _OFFICIAL.match(line))
    articles = sum(1 for line in lines if _ARTICLE_OF_LAW.match(line))
    return marks >= 1 or articles >= 2


_CHROME_KINDS = frozenset({_Kind.CHROME, _Kind.CERTAIN, _Kind.RELATED})


def _kind(line: str) -> _Kind:
    if not line:
        return _Kind.BLANK
    bare = line.strip(" \t:.*|•·-–»>[]()").strip()
    for pattern, kind in ((_CERTAIN, _Kind.CERTAIN), (_RELATED, _Kind.RELATED), (_CHROME, _Kind.CHROME)):
        if pattern.fullmatch(bare):
            return kind
    if _CRUMBS.fullmatch(line):
        return _Kind.CERTAIN
    credit = len(line) < 60 and _CREDIT.fullmatch(line)
    if publication_date(line) is not None or _LINK.fullmatch(line) or credit:
        return _Kind.NOTE
    words = len(line.split())
    ended = _ENDS_SENTENCE.search(line) is not None
    if words >= 40 or (ended and words >= 6) or (ended and words >= 3 and line[-1] in "?!"):
        return _Kind.SENTENCE
    if _byline(line) is not None:
        return _Kind.NOTE
    return _Kind.LABEL


def _imprint(line: str) -> bool:
    """Whether a sentence-like line is one of the article, not of the page's imprint."""
    return _IMPRINT.match(line) is None


def _byline(line: str) -> str | None:
    """The names in an author's line, or ``None``; words in capitals are a heading."""
    if _CREDIT.fullmatch(line) or line.isupper():
        return None
    match = _BYLINE.fullmatch(line) or (_LABELLED_BYLINE.fullmatch(line) if len(line) < 80 else None)
    return match["names"].strip() if match else None


def _is_ticker(lines: Sequence[str], index: int) -> bool:
    """A bar of headlines of other articles: "A | B | C |", alone on its line at the top."""
    parts = [part.split() for part in lines[index].split("|") if part.strip()]
    if len(parts) < 3 or sum(map(len, parts)) < 5 * len(parts):
        return False
    beside = [lines[other] for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    return not any("|" in line for line in beside)  # else: rows of a table


def _title(lines: Sequence[str], kinds: Sequence[_Kind], tickers: set[int], last: int) -> int | None:
    for index in range(last):
        if kinds[index] is _Kind.LABEL and index not in tickers and len(lines[index].split()) >= 4:
            return index
        if kinds[index] is _Kind.SENTENCE and index not in tickers:
            return None
    return None


def _head(lines: Sequence[str], kinds: Sequence[_Kind], title: int, first: int) -> set[int]:
    """Controls between the top and the first sentence, and the menu above the title."""
    drop = {index for index in range(first) if kinds[index] in _CHROME_KINDS}
    above = [index for index in range(min(title, first)) if kinds[index] is not _Kind.BLANK]
    menu = [index for index in above if kinds[index] is not _Kind.NOTE and len(lines[index].split()) <= 4]
    if len(menu) >= 4 and drop & set(menu):
        drop |= set(menu)
    return drop


def _inside(kinds: Sequence[_Kind], first: int, last: int) -> set[int]:
    """Controls between paragraphs, and the headlines that follow "Tin liên quan" without a gap."""
    drop: set[int] = set()
    listing = False
    for index in range(first, last + 1):
        kind = kinds[index]
        if kind in _CHROME_KINDS:
            drop.add(index)
            listing = kind is _Kind.RELATED
        elif listing and kind is _Kind.LABEL:
            drop.add(index)
        else:
            listing = False
    return drop


def _before_teasers(lines: Sequence[str], kinds: Sequence[_Kind], last: int) -> int:
    """The last sentence of the article, where the page goes on with teasers of other articles.

    They follow the author's line or a heading such as "Tin liên quan", each under a headline of
    its own; without such a heading, one of the headlines must stand there twice.
    """
    for start in range(len(lines) - 1, -1, -1):
        if kinds[start] not in (_Kind.NOTE, _Kind.RELATED) or start > last:
            continue
        before = [index for index in range(start) if kinds[index] is _Kind.SENTENCE]
        after = [index for index in range(start + 1, len(lines)) if kinds[index] is not _Kind.BLANK]
        if len(before) < 3 or not after:
            continue
        words_after = sum(len(lines[index].split()) for index in after)
        if words_after > sum(len(lines[index].split()) for index in before) / 2:
            continue
        if kinds[start] is _Kind.RELATED and any(_byline(lines[index]) for index in after):
            continue  # the author's line is still to come: the article goes on
        labels = [lines[index].lower() for index in after if kinds[index] is _Kind.LABEL]
        repeated = any(labels.count(label) > 1 and len(label.split()) >= 4 for label in labels)
        paired = all(
            kinds[after[place - 1]] is _Kind.LABEL and place > 0 and len(lines[index].split()) <= 70
            for place, index in enumerate(after)
            if kinds[index] is _Kind.SENTENCE and _imprint(lines[index])
        )
        if paired and (repeated or kinds[start] is _Kind.RELATED):
            return before[-1]
    return last


def _repeated_title(
    lines: Sequence[str], kinds: Sequence[_Kind], title: int | None, last: int, *, always: bool
) -> set[int]:
    """The headline again as the text of a picture: above its caption."""
    if title is None:
        return set()
    again = {
        index
        for index in range(title + 1, len(lines))
        if lines[index] == lines[title] and kinds[index] is _Kind.LABEL
    }
    if always:
        return again
    captions = set()
    for index in again:
        following = next((line for line in lines[index + 1 :] if line), "")
        if following and len(following.split()) <= 25 and index < last:
            captions.add(index)
    return captions


def _tail(lines: Sequence[str], kinds: Sequence[_Kind], last: int) -> set[int]:
    """Everything from the first control or list after the last sentence on, but author and source."""
    begin = next(
        (
            index
            for index in range(last + 1, len(lines))
            if kinds[index] in _CHROME_KINDS or _IMPRINT.match(lines[index])
        ),
        len(lines),
    )
    note = next((index for index in range(last + 1, len(lines)) if kinds[index] is _Kind.NOTE), None)
    if note is not None and note < begin:
        labels = [lines[index] for index in range(note + 1, len(lines)) if kinds[index] is _Kind.LABEL]
        if begin < len(lines) or len(labels) != len(set(labels)):
            begin = note + 1
    return {
        index
        for index in range(begin, len(lines))
        if kinds[index] is not _Kind.BLANK and not (kinds[index] is _Kind.NOTE and index <= begin + 8)
    }


def _note_edges(
    lines: Sequence[str], kinds: Sequence[_Kind], first: int, last: int, verdict: Verdict
) -> None:
    """Take the time of publication and the link into the properties; the author stays in the text too."""
    edges = [*range(first), *range(last + 1, len(lines))]
    for index in edges:
        line = lines[index]
        if kinds[index] is not _Kind.NOTE:
            continue
        published, link = publication_date(line), _LINK.fullmatch(line)
        if published is not None:
            verdict.properties.setdefault("date", published.isoformat())
            verdict.drop.add(index)
        elif link is not None:
            verdict.properties.setdefault("source", link["url"].rstrip(").,"))
            verdict.drop.add(index)
        elif index > last and (names := _byline(line)) is not None:
            verdict.properties.setdefault("author", names)


def _around_official(lines: Sequence[str], kinds: Sequence[_Kind]) -> set[int]:
    """Beside an official document only what nothing else could mean, above its head and below its end."""
    marks = [i for i, line in enumerate(lines) if _OFFICIAL.match(line) or _ARTICLE_OF_LAW.match(line)]
    sentences = [index for index, kind in enumerate(kinds) if kind is _Kind.SENTENCE]
    start, end = marks[0], max([marks[-1], *sentences])
    return {
        index
        for index, kind in enumerate(kinds)
        if kind is _Kind.CERTAIN
        and (index < start or index > end)
        and lines[index].lower() != "chú thích ảnh"
    }
