"""What the page says of answers that a language model wrote, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.types import DifferenceKind, Verdict


@dataclass(frozen=True, slots=True)
class FluentWording:
    """The wording of one language. ``{name}`` marks what is filled in.

    Attributes:
        verdicts: what checking found → how it is called.
        kinds: in what a sentence differs → how it is called.
        differs: a difference with what the source has; ``lacks``: one where it has nothing like it.
        cost: model, tokens and seconds of an answer; ``cost_first``: to its first word.
    """

    written: str
    writing: str
    verdicts: Mapping[Verdict, str]
    kinds: Mapping[DifferenceKind, str]
    differs: str
    lacks: str
    approximate: str
    withheld: str
    withheld_show: str
    withheld_why: str
    translated: str
    cost_title: str
    cost: str
    cost_first: str
    cost_cached: str
    cost_estimated: str


_VI = FluentWording(
    written="Mô hình ngôn ngữ viết, từng câu đã được đối chiếu với nguồn.",
    writing="Trên đây là trích nguyên văn. Mô hình ngôn ngữ đang viết câu trả lời…",
    verdicts={
        Verdict.VERBATIM: "khớp nguyên văn",
        Verdict.SUPPORTED: "có căn cứ",
        Verdict.UNVERIFIED: "chưa kiểm chứng được",
        Verdict.CONTRADICTED: "sai lệch với nguồn",
    },
    kinds={
        DifferenceKind.MARKER: "số dẫn nguồn",
        DifferenceKind.NUMBER: "số liệu",
        DifferenceKind.UNIT: "đơn vị",
        DifferenceKind.DATE: "ngày tháng",
        DifferenceKind.DOCUMENT_NUMBER: "số văn bản",
        DifferenceKind.NAME: "tên người, tổ chức",
        DifferenceKind.PLACE: "địa danh",
        DifferenceKind.NEGATION: "phủ định",
        DifferenceKind.DIRECTION: "chiều tăng, giảm",
        DifferenceKind.QUOTE: "lời trích",
        DifferenceKind.SUPPORT: "căn cứ",
    },
    differs="{kind}: câu này viết “{said}”, nguồn ghi “{cited}”",
    lacks="{kind}: nguồn không có “{said}”",
    approximate="gần đúng: {figures}",
    withheld="Đã giữ lại {count} câu của mô hình vì không đối chiếu được với nguồn.",
    withheld_show="Xem các câu này",
    withheld_why="Các câu dưới đây KHÔNG phải là câu trả lời và không dùng để báo cáo.",
    translated="Bản dịch máy, không phải nguyên văn:",
    cost_title="Thời gian và chi phí",
    cost="Mô hình {model}: {seconds} giây, {tokens_in} token vào, {tokens_out} token ra",
    cost_first="chữ đầu tiên sau {seconds} giây",
    cost_cached="lấy lại câu trả lời đã có",
    cost_estimated="số token là ước tính",
)
_EN = FluentWording(
    written="Written by a language model; every sentence was checked against its source.",
    writing="Above are exact quotes. The language model is writing the answer…",
    verdicts={
        Verdict.VERBATIM: "word for word",
        Verdict.SUPPORTED: "supported",
        Verdict.UNVERIFIED: "could not be verified",
        Verdict.CONTRADICTED: "differs from its source",
    },
    kinds={
        DifferenceKind.MARKER: "marker",
        DifferenceKind.NUMBER: "figure",
        DifferenceKind.UNIT: "unit",
        DifferenceKind.DATE: "date",
        DifferenceKind.DOCUMENT_NUMBER: "document number",
        DifferenceKind.NAME: "name",
        DifferenceKind.PLACE: "place",
        DifferenceKind.NEGATION: "negation",
        DifferenceKind.DIRECTION: "direction",
        DifferenceKind.QUOTE: "quotation",
        DifferenceKind.SUPPORT: "support",
    },
    differs="{kind}: the sentence says “{said}”, the source “{cited}”",
    lacks="{kind}: the source does not have “{said}”",
    approximate="approximate: {figures}",
    withheld="{count} sentences of the model were withheld: they could not be verified in the sources.",
    withheld_show="Show them",
    withheld_why="These sentences are NOT a part of the answer and are not to be used.",
    translated="Machine translation, not a quotation:",
    cost_title="Time and cost",
    cost="Model {model}: {seconds} s, {tokens_in} tokens in, {tokens_out} tokens out",
    cost_first="first word after {seconds} s",
    cost_cached="an earlier answer was used again",
    cost_estimated="tokens are estimated",
)


def fluent_wording(language: str) -> FluentWording:
    """The wording of ``"vi"`` or ``"en"``."""
    return _EN if language == "en" else _VI
