"""What each line of a saved web page is, by its words and its shape alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from ingest.press import publication_date


class LineKind(Enum):
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
    r"|youtube|tiktok|messenger|tags?|từ khóa|từ khoá|(?:gửi |ý kiến )?(?:phản hồi|bình luận)"
    r"(?: của bạn| bạn đọc)?|viết bình luận|ý kiến bạn đọc|ý kiến của bạn"
    r"|(?:file|tệp|tập tin|tài liệu) đính kèm"
    r"|tải (?:về|xuống)"
    r"|bản in|in (?:trang|bài viết|bài này|ấn)|gửi (?:email|cho bạn bè|bài viết)|quay lại|trở (?:về|lại)"
    r"|(?:về|lên) (?:đầu trang|trang chủ|trang trước)|đầu trang|trang chủ|home|menu|giới thiệu|liên hệ|rss"
    r"|sơ đồ (?:trang|site|cổng|website)|english|tiếng việt|tìm kiếm(?: nâng cao)?|đăng ký|thư viện ảnh"
    r"|cỡ chữ.{0,12}|a-?\s*a\s*a?\+?|nghe (?:đọc )?bài(?: viết)?|lưu bài viết|đánh giá bài viết|thống kê"
    r"|làm mới|họ (?:và )?tên|email|gửi(?: đi)?|hủy(?: bỏ)?|xem tất cả|quảng cáo|bạn đọc",
    re.IGNORECASE,
)
#: Imprints under a page; only after the article.
IMPRINT = re.compile(
    r"(?:©|copyright|bản quyền (?:thuộc|của)|giấy phép (?:số|xuất bản|hoạt động|thiết lập|báo|cung cấp|trang)"
    r"|(?:đề nghị |vui lòng )?ghi rõ nguồn|cơ quan chủ quản\s*:|tổng biên tập\s*:|tòa soạn\s*:|toà soạn\s*:"
    r"|chịu trách nhiệm (?:chính|nội dung|xuất bản)\s*:|điện thoại\s*:|hotline\s*:|đường dây nóng\s*:"
    r"|email\s*:|địa chỉ\s*:|thiết kế (?:bởi|và)|phát triển bởi|powered by)",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"(?:trang chủ|home)\s*(?:[>›»/|]|-{1,2}>).+", re.IGNORECASE)
LINK = re.compile(
    r"(?:link gốc|link bài gốc|đường dẫn(?: gốc)?|bản gốc|xem bài gốc|nguồn|link)?\s*:?\s*(?P<url>https?://\S+)",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"\(?(?:theo|nguồn)\s*:?\s+\S.{0,60}", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:(?:bài|tin|ảnh|tác giả|thực hiện|người viết)(?:\s*(?:,|và|&)\s*\w+)*\s*:\s*)?"
    r"(?P<names>[^\W\d_][^\d:;.()!?]{2,80}?)\s*(?:[(/]\s*[A-ZĐ][\w .+-]{1,30}\)?)?",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*[-–,&/]\s*|\s+và\s+")
_LABELLED_BYLINE = re.compile(r"(?:bài|tin|tác giả)(?:\s*(?:,|và|&)\s*\w+)*\s*:\s*(?P<names>\S.{2,60})", re.I)
_OFFICIAL = re.compile(
    r"^\W*(?:(?:.*\|\s*)?(?:cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|đảng cộng sản việt nam)\s*(?:\|.*)?$"
    r"|số\s*:?\s*\d*[\s./…]*-?\s*[A-ZĐ]{1,6}\s*/\s*[A-ZĐ]{2}|nơi nhận\s*:?|độc lập\s*[-–]\s*tự do\s*[-–])",
    re.IGNORECASE,
)
_ARTICLE_OF_LAW = re.compile(r"^\W*(?:điều|chương)\s+(?:\d+|[ivxlc]+)\s*(?:[.:\-–]|$)", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?…:;][\"'”’»)\]]*$")


CHROME_KINDS = frozenset({LineKind.CHROME, LineKind.CERTAIN, LineKind.RELATED})


_VOCABULARY = {
    LineKind.CERTAIN: _CERTAIN,
    LineKind.RELATED: _RELATED,
    LineKind.CHROME: _CHROME,
}


def kind_of(line: str) -> LineKind:
    if not line:
        return LineKind.BLANK
    bare = line.strip(" \t:.*|•·-–»>[]()").strip()
    for pattern, kind in (
        (_CERTAIN, LineKind.CERTAIN),
        (_RELATED, LineKind.RELATED),
        (_CHROME, LineKind.CHROME),
    ):
        if pattern.fullmatch(bare):
            return kind
    if _CRUMBS.fullmatch(line):
        return LineKind.CERTAIN
    credit = len(line) < 60 and _CREDIT.fullmatch(line)
    if publication_date(line) is not None or LINK.fullmatch(line) or credit:
        return LineKind.NOTE
    words = len(line.split())
    ended = _ENDS_SENTENCE.search(line) is not None
    if words >= 40 or (ended and words >= 6) or (ended and words >= 3 and line[-1] in "?!"):
        return LineKind.SENTENCE
    if byline(line) is not None:
        return LineKind.NOTE
    return LineKind.LABEL


def of_article(line: str) -> bool:
    """Whether a sentence-like line is one of the article, not of the page's imprint."""
    return IMPRINT.match(line) is None


def _is_name(text: str) -> bool:
    """Two to four capitalised syllables: "Tạ Thị Ngân"."""
    words = text.split()
    return 2 <= len(words) <= 4 and all(
        word[0].isupper() and (len(word) == 1 or word[1:].islower()) and len(word) <= 7 for word in words
    )


def byline(line: str) -> str | None:
    """The names in an author's line, or ``None``; words in capitals are a heading."""
    if _CREDIT.fullmatch(line) or line.isupper():
        return None
    match = _BYLINE.fullmatch(line)
    if match is None or not all(_is_name(name) for name in _BETWEEN_NAMES.split(match["names"].strip())):
        match = _LABELLED_BYLINE.fullmatch(line) if len(line) < 80 else None
    return match["names"].strip() if match else None


def is_official(lines: Sequence[str]) -> bool:
    """Whether the text is a document of an office, with a letterhead or in articles, and no report of it."""
    marks = sum(1 for line in lines if len(line) < 200 and _OFFICIAL.match(line))
    articles = sum(1 for line in lines if _ARTICLE_OF_LAW.match(line))
    return marks >= 1 or articles >= 2


def opens_official(line: str) -> bool:
    """Whether a line belongs to a letterhead or begins an article of a legal text."""
    return _OFFICIAL.match(line) is not None or _ARTICLE_OF_LAW.match(line) is not None
