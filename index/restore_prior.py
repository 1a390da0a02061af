"""Everyday phrases of questions, written for this project: documents state, they seldom ask.

They add to what the library teaches, so that "bao nhieu" and "nhu the nao" are read right in a library
that never asks anything, and that an empty library restores the commonest words.
"""

from __future__ import annotations

from typing import Final

PHRASES: Final = tuple(
    line.strip()
    for line in """
    bao nhiêu. có bao nhiêu. là bao nhiêu. được bao nhiêu. bao nhiêu người. bao nhiêu phần trăm.
    bao nhiêu tỉnh. bao nhiêu đảng viên. tổng số bao nhiêu. có bao nhiêu đảng viên mới.
    kết nạp được bao nhiêu đảng viên. khi nào. từ khi nào. vào khi nào. bao giờ. từ bao giờ.
    vào ngày nào. ngày nào. năm nào. vào năm nào. tháng nào. ở đâu. đâu là. tại đâu. nơi nào. ở nơi nào.
    tỉnh nào. địa phương nào. xã nào. huyện nào. đơn vị nào. nước nào. như thế nào. thế nào.
    là như thế nào. được hiểu như thế nào. ra sao. làm sao. làm thế nào. bằng cách nào. cách nào. là gì.
    nói về việc gì. nói về vấn đề gì. quy định về việc gì. cái gì. việc gì. điều gì. những gì. gồm những gì. có những gì. cần những gì. để làm gì. nói gì.
    về việc gì. là ai. ai là. do ai. của ai. ai ký. ai được. ai có quyền. ai chịu trách nhiệm. những ai.
    người nào. cơ quan nào. vì sao. tại sao. lý do gì. lý do vì sao. do đâu. nguyên nhân nào.
    nguyên nhân vì sao. có phải. có phải là. có đúng không. đúng hay sai. phải không. có không.
    hay không. được không. có được không. như vậy có đúng không. bao lâu. trong bao lâu.
    thời hạn bao lâu. mấy năm. mấy lần. mấy người. mấy loại. mấy bước. mấy điều. những nội dung nào.
    nội dung nào. nội dung gì. văn bản nào. chỉ thị nào. nghị quyết nào. quy định nào. điều nào.
    những tỉnh nào. những ai. những người nào. những trường hợp nào. trong trường hợp nào. điều kiện nào.
    cho biết. hãy cho biết. hãy nêu. nêu rõ. hãy kể. kể tên. liệt kê. hãy liệt kê. trình bày. giải thích.
    so sánh. so sánh giữa. khác nhau như thế nào. khác gì nhau. giống nhau. tóm tắt. hãy tóm tắt.
    cho tôi biết. tôi muốn hỏi. còn tỉnh kia thì sao. thì sao. còn năm trước thì sao. thế còn. vậy còn.
    trước đó. sau đó. lúc đó. hiện nay. hiện tại. theo quy định. theo chỉ thị. theo nghị quyết.
    theo điều lệ đảng. theo hướng dẫn. theo tài liệu. theo báo cáo. điều lệ đảng. đảng viên.
    đảng viên mới. đảng viên dự bị. đảng viên chính thức. kết nạp đảng viên. phát triển đảng viên.
    công tác xây dựng đảng. công tác phát triển đảng. công tác kết nạp đảng viên. tổ chức đảng.
    tổ chức cơ sở đảng. chi bộ. đảng bộ. đảng ủy. cấp ủy. tỉnh ủy. thành ủy. huyện ủy. ban bí thư.
    bộ chính trị. ban chấp hành trung ương. ban tổ chức tỉnh ủy. ban thường vụ. bí thư chi bộ.
    bí thư tỉnh ủy. ủy ban kiểm tra. đảng cộng sản việt nam. quần chúng ưu tú. người vào đảng.
    xin vào đảng. lớp bồi dưỡng nhận thức về đảng. lý lịch. thẩm tra lý lịch. chỉ thị. nghị quyết.
    kết luận. quy định. hướng dẫn. kế hoạch. báo cáo. chương trình. quyết định. thông báo. chỉ tiêu.
    mục tiêu. nhiệm vụ. giải pháp. kết quả. hạn chế. nguyên nhân. kinh nghiệm. khó khăn. thuận lợi.
    tỷ lệ. đạt tỷ lệ bao nhiêu. chiếm tỷ lệ bao nhiêu. tăng bao nhiêu. giảm bao nhiêu. so với năm trước.
    so với cùng kỳ. học sinh. sinh viên. công nhân. nông dân. đoàn viên. thanh niên. phụ nữ.
    dân tộc thiểu số. tôn giáo. doanh nghiệp. doanh nghiệp tư nhân. doanh nghiệp ngoài nhà nước. thôn.
    bản. tổ dân phố. vùng sâu. vùng xa. biên giới. hải đảo. trách nhiệm. quyền hạn. quyền lợi. nghĩa vụ.
    tiêu chuẩn. điều kiện. thủ tục. hồ sơ. trình tự. thời gian. địa điểm. việt nam. hà nội.
    thành phố hồ chí minh. trung ương. địa phương. cơ sở. nhân dân. nhà nước. mặt trận tổ quốc.
    hội đồng nhân dân. ủy ban nhân dân. quốc hội. chính phủ. thủ tướng. chủ tịch. tổng bí thư.
    đại hội đảng.
    """.strip().splitlines()
    if line.strip()
)

#: Everyday and official words that a small library may lack, so that a question with them is read right.
WORDS: Final = tuple(
    line.strip()
    for line in """
    tồn tại. điện thoại. số điện thoại. lĩnh vực. hạn chế. khuyết điểm. ưu điểm. vướng mắc. thách thức. khó khăn.
    thuận lợi. giải pháp. biện pháp. nhiệm vụ. mục tiêu. chỉ tiêu. kế hoạch. chương trình. đề án. dự án. báo cáo.
    tổng kết. sơ kết. kiểm tra. giám sát. kỷ luật. khai trừ. xóa tên. cảnh cáo. khiển trách. cách chức. khen thưởng.
    kết nạp. phát triển. đảng viên. chi bộ. đảng bộ. đảng ủy. cấp ủy. chi ủy. bí thư. phó bí thư. thường trực.
    ban thường vụ. ban chấp hành. ban tổ chức. ban tuyên giáo. ủy ban kiểm tra. tỉnh ủy. thành ủy. huyện ủy. xã phường.
    tổ chức. cơ sở. quần chúng. ưu tú. cảm tình. đối tượng. nhận thức. bồi dưỡng. tập huấn. học tập. lý luận. chính trị.
    tư tưởng. đạo đức. phong cách. nghị quyết. chỉ thị. quy định. hướng dẫn. kết luận. quyết định. thông báo. công văn.
    điều lệ. luật. nghị định. thông tư. văn bản. hiệu lực. thay thế. bãi bỏ. sửa đổi. bổ sung. ban hành. trung ương.
    bộ chính trị. ban bí thư. đại hội. hội nghị. hội thảo. hội thi. tham dự. thành phần. chủ trì. phát biểu. ký ban hành.
    nhiệm kỳ. giai đoạn. hằng năm. hàng tháng. định kỳ. đầu năm. cuối năm. hiện nay. gần đây. trước đây. sau này.
    doanh nghiệp. công nhân. nông dân. thanh niên. phụ nữ. sinh viên. học sinh. giáo viên. cán bộ. công chức. viên chức.
    người lao động. cựu chiến binh. dân tộc thiểu số. tôn giáo. hưu trí. khu công nghiệp. khu dân cư. nông thôn.
    thành phố. thị xã. huyện. xã. phường. thôn. bản. làng nghề. vùng cao. biên giới. địa bàn. địa phương. đơn vị.
    kinh phí. ngân sách. triệu đồng. tỷ đồng. thu nhập. đảng phí. hồ sơ. thủ tục. trình tự. điều kiện. tiêu chuẩn.
    trách nhiệm. quyền hạn. nghĩa vụ. nguyên tắc. nội dung. hình thức. phương pháp. kinh nghiệm. bài học. mô hình.
    chất lượng. số lượng. tỷ lệ. phần trăm. tăng. giảm. vượt. đạt. so với. cùng kỳ. kết quả. thành tích. nguyên nhân.
    chủ quan. khách quan. sinh hoạt. chuyển sinh hoạt. miễn sinh hoạt. dự bị. chính thức. giới thiệu. thẩm tra. xác minh.
    lý lịch. lễ kết nạp. tuyên thệ. huy hiệu. thẻ đảng. tiếp dân. khiếu nại. tố cáo. đơn thư. giải quyết. trả lời.
    thời hạn. thời gian. địa điểm. người đứng đầu. lãnh đạo. chỉ đạo. phân công. phối hợp. thực hiện. triển khai.
    chuyển đổi số. công nghệ thông tin. sổ tay. điện tử. phần mềm. giá vàng. thời tiết. bóng đá. xổ số. làm thơ. nấu ăn.
    """.replace("\n", " ").split(".")
    if line.strip()
)
