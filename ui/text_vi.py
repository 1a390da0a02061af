"""The page in Vietnamese."""

from __future__ import annotations

from ui.wording import Wording

WORDING = Wording(
    language="vi",
    title="Trợ lý Xây dựng Đảng",
    subtitle="Chỉ trả lời từ tài liệu đã nạp, mỗi câu kèm nguồn trích dẫn",
    conversation="Hội thoại",
    ask_label="Câu hỏi",
    ask_placeholder="Nhập câu hỏi, không dấu cũng được",
    send="Gửi",
    stop="Dừng",
    clear="Hội thoại mới",
    copy="Sao chép",
    copied="Đã sao chép",
    copy_failed="Trình duyệt không cho sao chép",
    greeting="Đồng chí cần tìm nội dung gì?",
    greeting_hint="Bấm vào một câu hỏi dưới đây, hoặc gõ câu hỏi của mình vào ô bên dưới.",
    empty_title="Thư viện chưa có tài liệu",
    empty_text="Trợ lý chỉ trả lời từ tài liệu đã nạp. Hãy nạp một thư mục tài liệu bằng lệnh:",
    empty_command="pba ingest <thư mục>",
    empty_after="rồi tải lại trang này.",
    searching="Đang tìm trong tài liệu…",
    found="Đã tìm thấy {count} đoạn, đang soạn câu trả lời…",
    stopped="Đã dừng theo yêu cầu; câu trả lời có thể chưa đủ.",
    understood="Đã hiểu là:",
    grounded="Có căn cứ",
    partly_grounded="Căn cứ một phần",
    doubt_note="Có câu chưa đối chiếu được với nguồn; xem ghi chú ở từng câu.",
    not_found="Không tìm thấy",
    not_found_text="Không tìm thấy trong tài liệu đã nạp nội dung trả lời câu hỏi này.",
    nearest="Các đoạn gần nhất, để tham khảo (không phải câu trả lời):",
    unverified="chưa đối chiếu được với nguồn",
    contradicted="trái với nguồn",
    unknown_marker="Số này không ứng với nguồn nào",
    show_source="Xem nguồn",
    sources_title="Nguồn trích dẫn",
    sources_empty="Nguồn của câu trả lời sẽ hiện ở đây. Bấm vào số [1], [2]… trong câu trả lời để xem"
    " đúng chỗ được trích.",
    sources_for="Nguồn cho câu hỏi:",
    nearest_for="Đoạn gần nhất với câu hỏi (không phải câu trả lời):",
    sources_dropped="Nguồn của câu trả lời cũ này không còn trên trang. Hãy hỏi lại câu hỏi để xem.",
    no_sources="Không có đoạn nào để trích cho câu hỏi này.",
    back="Về câu trả lời",
    recognised="nhận dạng từ bản quét",
    recognised_with="nhận dạng từ bản quét, độ tin cậy {confidence} %",
    context="Xem đoạn trước và sau",
    context_before="Trước đó",
    context_after="Tiếp theo",
    failed="Chưa trả lời được:",
    bad_question="Câu hỏi trống, không có chữ nào hoặc quá dài. Hãy viết lại thành một câu hỏi ngắn.",
    failed_unexpected="Chương trình gặp lỗi ngoài dự kiến khi trả lời câu hỏi này. Hãy thử lại; nếu vẫn lỗi,"
    " báo người quản trị xem nhật ký của máy chủ.",
    serving="Trang hỏi đáp: {address}  (dừng bằng Ctrl+C)",
    serving_open="Trang mở cho mọi máy trong mạng và không đòi đăng nhập; chỉ dùng trong mạng tin cậy.",
    port_taken="Cổng {port} trên {host} đang có chương trình khác dùng. Chọn cổng khác, ví dụ: --port"
    " {other}.",
    port_refused="Hệ thống không cho mở cổng {port} trên {host}. Chọn cổng từ 1024 trở lên, ví dụ: --port"
    " 7860.",
    port_impossible="Không có cổng {port}. Chọn cổng từ 1024 đến 65535, ví dụ: --port 7860.",
    host_refused="Không mở được địa chỉ {host}: {reason}. Dùng --host 127.0.0.1, hoặc một địa chỉ của máy"
    " này.",
    start_failed="Không mở được trang tại {host}:{port}: {reason}.",
    kinds={},
    months=(),
)
