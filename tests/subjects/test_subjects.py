"""Each rule with sentences of its own."""

from __future__ import annotations

import pytest

from extractors.subjects import assign_subjects
from tests.subjects.markup import parse, read

SUBJECTS = [
    # after the unit
    ("Phường tổ chức [12 cuộc] đối thoại định kỳ.", ["đối thoại định kỳ"]),
    ("Mở [5 lớp] tập huấn khuyến nông cho [240 lượt] hộ trồng chè.", ["tập huấn khuyến nông", "hộ trồng chè"]),
    ("Xã có [53 hộ] nghèo và [79 hộ] cận nghèo.", ["hộ nghèo", "cận nghèo"]),
    ("Đến nay [17/20 xã] đã đạt chuẩn nông thôn mới.", ["đạt chuẩn nông thôn mới"]),
    ("Có [300 hội viên], nông dân đăng ký làm kinh tế giỏi.", ["đăng ký làm kinh tế giỏi"]),
    ("Huyện có [2.358 hộ] (chiếm [26 %]) thuộc diện được vay vốn.", ["thuộc diện được vay vốn", None]),
    ("Phạt [412 lượt] tuần tra, kiểm soát ban đêm.", ["tuần tra, kiểm soát ban đêm"]),
    ("Tỉnh có [51 trung tâm], cơ sở dạy nghề.", ["trung tâm dạy nghề"]),
    (
        "Bắt [3 đối tượng] có hành vi mua bán, tàng trữ pháo, thu [22 kg] pháo.",
        ["có hành vi mua bán, tàng trữ pháo", None],
    ),
    ("Tổ giao [1 đối tượng] có nhiệm vụ theo dõi sổ nợ.", ["có nhiệm vụ theo dõi sổ nợ"]),
    # what is sized, what a list is an account of
    ("Hộ nghèo đang xây ngôi nhà [3 tầng].", ["xây ngôi nhà"]),
    ("Đội giao thông làm [4 làn xe].", ["làm làn xe"]),
    ("Tang vật thu giữ gồm [1 xe máy], [1 xe đạp], [2 con dao].", ["Tang vật thu giữ"] * 3),
    (
        "Công tác chống hàng giả được tăng cường. Đã xử lý [14 vụ], [15 đối tượng]; trong đó, khởi tố [2 vụ].",
        ["hàng giả", "hàng giả", "khởi tố hàng giả"],
    ),
    ("Công tác chống hàng giả được tăng cường. Xã Hòa Bắc xử lý [14 vụ] trộm chó.", ["trộm chó"]),
    ("Đã xử lý [20 vụ] khai thác cát. Trong đó, khởi tố [1 vụ].", ["khai thác cát", "khởi tố khai thác cát"]),
    # the verb before
    ("Đảng bộ kết nạp [27 đảng viên].", ["kết nạp đảng viên"]),
    ("Nhân dân hiến [500 m2] đất, góp [90 ngày công].", ["hiến đất", "góp ngày công"]),
    ("Đội đã sửa chữa, nâng cấp [14 km] đường.", ["sửa chữa, nâng cấp đường"]),
    # who reports and who may act is no part of it; nor does it begin inside a word
    ("Ông An, phó giám đốc Công ty Hòa Bắc, cho hay việc công ty tăng cung [15 %:change].", ["việc công ty tăng cung"]),
    ("Ông An cho hay bị bệnh nặng, phải cắt bỏ [3/4 dạ dày].", ["cắt bỏ dạ dày"]),
    ("Trưởng Công an cấp xã được phạt đến [50 triệu đồng].", ["phạt"]),
    ("Thanh tra viên trong thời hạn thanh tra có quyền phạt tiền đến [10 triệu đồng].", ["phạt tiền"]),
    ("Đội yêu cầu chủ đầu tư hoàn trả [12 tỷ đồng].", ["hoàn trả"]),
    ("Kiểm tra phòng cháy chữa cháy [42 cơ sở].", ["Kiểm tra phòng cháy chữa cháy cơ sở"]),
    # the phrase before the verb
    ("Thu ngân sách trên địa bàn tháng 5 ước đạt [96 tỷ đồng].", ["Thu ngân sách"]),
    ("Tỷ lệ hộ dùng nước sạch đạt [98,5 %].", ["Tỷ lệ hộ dùng nước sạch"]),
    ("Số người tham gia BHXH, BHYT là [900 người].", ["người tham gia BHXH, BHYT"]),
    ("Tính đến nay, nợ lãi với số tiền [5 tỷ đồng].", ["nợ lãi"]),
    ("Tổng nguồn vốn tại Ngân hàng Chính sách xã hội đạt [4 tỷ đồng].", ["Tổng nguồn vốn"]),
    # bare heads and lists
    ("Vải thiều [148 ha], sản lượng [2.202 tấn].", ["Vải thiều", "sản lượng Vải thiều"]),
    (
        "Diện tích gieo trồng một số cây như sau: ngô [13 ha], tăng [2 %:change@0]; lạc [38 ha].",
        ["diện tích gieo trồng ngô", "diện tích gieo trồng ngô", "diện tích gieo trồng lạc"],
    ),
    (
        "Chia theo ngành: công nghiệp chế biến, chế tạo [66 doanh nghiệp]; dịch vụ hỗ trợ [13 doanh nghiệp].",
        ["công nghiệp chế biến, chế tạo", "dịch vụ hỗ trợ"],
    ),
    (
        "Cung cấp điện tăng [3 %:change]; cấp nước, xử lý rác, nước thải giảm [1 %:change].",
        [None, "cấp nước, xử lý rác, nước thải"],
    ),
    # carried
    (
        "Có [13 cuộc] đối thoại chuyên đề ([02:level/cuộc] cấp quận, [11:level/cuộc] cấp phường).",
        ["đối thoại chuyên đề"] * 3,
    ),
    ("Về đối thoại, toàn quận có [38 cuộc].", ["đối thoại"]),
    # words that change or bound nothing: they end a name
    ("Số vụ cháy gia tăng [3 %:change].", ["Số vụ cháy"]),
    ("Thu thuế giá trị gia tăng [3 tỷ đồng].", ["Thu thuế giá trị gia tăng"]),
    ("Bổ sung từ ngân sách cấp trên [30 tỷ đồng].", ["Bổ sung từ ngân sách cấp trên"]),
    # a lead sums up what the text says at length
    (
        "[1 mô hình], [1 cuộc] đối thoại.\n\nQuận có [1 mô hình] Dân vận khéo, đã tổ chức [1 cuộc] đối thoại.",
        ["Dân vận khéo", "đối thoại", "Dân vận khéo", "đối thoại"],
    ),
    ("Quận tổ chức [30 cuộc] giám sát trong nửa đầu năm 2024.", ["giám sát"]),
    # what names nothing but its unit lends it to no count of another unit
    ("Quận có [12 phường], [300 mô hình].", ["phường", "mô hình"]),
    ("Quận có [12 phường], [45 tổ dân phố], [300 mô hình].", ["phường", "tổ dân phố", "mô hình"]),
    ("Có [30 vụ] tai nạn lao động. So với tháng trước tăng [3 vụ:change@0].", ["tai nạn lao động"] * 2),
    ("Xã Hòa Bắc [12 hộ], xã Kỳ Lâm [9 hộ] được hỗ trợ nhà ở.", ["được hỗ trợ nhà ở"] * 2),
    ("Giao lưu với [12 đội] bóng chuyền nữ, [9 đội] còn lại nghỉ.", [None, "đội bóng chuyền nữ"]),
    ("Kiểm tra [04 chi bộ] và [11 đảng viên] khi có dấu hiệu vi phạm.", ["khi có dấu hiệu vi phạm"] * 2),
    ("Xây dựng mô hình Dân vận khéo với [300 mô hình].", ["Dân vận khéo"]),
    ("Lãnh đạo Hội Phụ nữ [12 phường] cùng dự.", ["Lãnh đạo Hội Phụ nữ"]),
    ("Phong trào Nhà sạch được duy trì ở [9/9 xã].", ["Phong trào Nhà sạch"]),
    (
        "Tổ chức [7 đợt] tuyên truyền phòng cháy với [900 lượt người] tham gia.",
        [None, "tham gia tuyên truyền phòng cháy"],
    ),
    ("Hội hỗ trợ [30 triệu đồng] giúp các hộ nghèo làm nhà.", ["hỗ trợ giúp các hộ nghèo làm nhà"]),
    ("Hai nơi nợ [40 tỷ đồng] tiền bảo hiểm.", ["nợ tiền bảo hiểm"]),
    # measures that define, brackets between, owners of a bare head
    (
        "Sản phẩm tăng như: ống nhựa, có đường kính ≥ [90 mm], được gia cố tăng [7 %:change]; gạch tăng [3 %:change].",
        ["đường kính ống nhựa", "ống nhựa", "gạch"],
    ),
    ("Nhóm xe con (dưới [9 chỗ]) chiếm [2 %:share] doanh thu bán lẻ.", [None, "Nhóm xe con"]),
    (
        "Cơ cấu như sau: nhóm hàng gạo, muối có doanh thu chiếm [34 %:share] doanh thu bán lẻ.",
        ["nhóm hàng gạo, muối"],
    ),
    # names of the counted, rules, ends of phrases
    ("Hội đồng thành lập [3 ban] là Ban Pháp chế, Ban Kinh tế.", ["thành lập ban"]),
    ("Huyện trả lại [200 triệu đồng] cho hộ nghèo để động viên bà con.", ["trả lại cho hộ nghèo"]),
    ("Có [42 người] thuộc hộ nghèo, hộ cận nghèo được trợ giúp.", ["thuộc hộ nghèo, hộ cận nghèo được trợ giúp"]),
    ("Trong 18 năm, chương trình đã nhận được [5 tỷ đồng].", ["chương trình nhận"]),
    ("Chúng ta chưa thể hài lòng khi cả nước vẫn còn [9 hộ nghèo].", ["hộ nghèo"]),
    ("Tuyến đường hoa dài [2 km] nối hai thôn.", ["Tuyến đường hoa dài"]),
    ("Xã Hòa Bắc có dự án với tổng vốn [9 tỷ đồng], diện tích [5 ha].", ["tổng vốn dự án", "diện tích dự án"]),
    (
        "Vận tải khách ước đạt [5 lượt người] vận chuyển và [7 lượt người] luân chuyển.",
        ["Vận tải khách vận chuyển", "Vận tải khách luân chuyển"],
    ),
    ("Đã có [5 hộ] bàn giao mặt bằng.", ["bàn giao mặt bằng"]),
    ("Có [2 nhóm] có chỉ số giá giảm, [7 nhóm] có chỉ số giá tăng.", ["có chỉ số giá giảm", "có chỉ số giá tăng"]),
    ("Đầu tư đường vành đai với tổng vốn [5 tỷ đồng].", ["tổng vốn Đầu tư đường vành đai"]),
    ("Các xã có diện tích lúa giảm mạnh như: xã Hòa Bắc (giảm [8 ha:change]).", ["diện tích lúa"]),
    ("Có [9 cá nhân] có thành tích xuất sắc được Chủ tịch tỉnh khen.", ["được Chủ tịch tỉnh khen"]),
    (
        "Tặng [5 suất] quà; tổ chức hội thi vẽ tranh, có [30 em] tham gia.",
        [None, "tham gia hội thi vẽ tranh"],
    ),
    # what cases are of, who was hurt
    ("Tệ nạn xã hội phát hiện [15 vụ], [62 đối tượng].", ["Tệ nạn xã hội"] * 2),
    ("Về trật tự, xử lý [8 trường hợp] vi phạm. Tai nạn giao thông xảy ra [7 vụ].", [None, "Tai nạn giao thông"]),
    ("Làm chết [5 người], bị thương [9 người].", ["người chết", "người bị thương"]),
    ("Bão làm [15 người chết], [3 người mất tích], [50 ngôi nhà] bị sập.", ["người chết", "người mất tích", None]),
    ("Công an xử phạt [32 trường hợp].", ["xử phạt"]),
    ("Vụ việc đang điều tra là [5 vụ].", ["Vụ việc đang điều tra"]),
    # the topic that the sentence opens with
    ("Về phản biện, tổ chức [9 hội nghị].", ["phản biện"]),
    ("Đấu tranh với tội phạm ma túy, công an bắt [19 vụ], [23 đối tượng].", ["tội phạm ma túy"] * 2),
    ("Về an toàn giao thông, xử lý [18 trường hợp] vi phạm.", ["vi phạm an toàn giao thông"]),
    ("Có [6 cuộc] giám sát. Tổng số [27 cuộc].", [None, "giám sát"]),
    # whose count it is in a list of parts
    (
        "Trong đó: ngành xây dựng có [17 doanh nghiệp] giải thể và [12 doanh nghiệp] tạm ngừng; "
        "bán lẻ có [3 doanh nghiệp] giải thể.",
        ["ngành xây dựng giải thể", "ngành xây dựng tạm ngừng", "bán lẻ giải thể"],
    ),
    # what an amount is of
    ("Thu nội địa tăng, đạt [120 tỷ đồng].", ["Thu nội địa"]),
    ("Huyện đặt mục tiêu thu ngân sách [250 tỷ đồng].", ["thu ngân sách"]),
    ("Lúa [12 ha], năng suất bình quân [62 tạ/ha].", [None, "năng suất Lúa"]),
    (
        "Tuyến đường dài [5 km], rộng [7 m], tổng mức đầu tư [45 tỷ đồng].",
        ["Tuyến đường dài", "Tuyến đường rộng", "tổng mức đầu tư Tuyến đường"],
    ),
    ("Đã trồng mới [500 ha] rừng, trong đó trồng được [320 ha].", ["trồng mới rừng", "trồng mới rừng"]),
    ("Tỷ lệ hộ nghèo còn [2 %], bình quân mỗi năm giảm [1 %:change].", ["Tỷ lệ hộ nghèo"] * 2),
    ("Tổng kinh phí [5 tỷ đồng], nhân dân đóng góp [2 tỷ đồng].", [None, "đóng góp"]),
    ("Giảm [14 hộ] nghèo, tức [33 %].", ["hộ nghèo"] * 2),
    ("Tỉnh có chỉ số cao nhất là Hòa Bắc ([90 %:level]).", ["chỉ số cao nhất"]),
    ("Chỉ số của các tỉnh, thành phố đạt [84 %:level].", ["Chỉ số"]),
    # heads of growth, terms with a comma, people in a row behind a preposition
    (
        "Tốc độ tăng trưởng dịch vụ của một số huyện như sau: Hòa Bắc tăng [7 %:change]; Kỳ Lâm tăng [5 %:change].",
        ["Tốc độ tăng trưởng dịch vụ"] * 2,
    ),
    ("Có [900 lượt người] đến khám, chữa bệnh ngoài giờ.", ["đến khám, chữa bệnh ngoài giờ"]),
    ("Tỷ lệ thôn đạt chuẩn về quốc phòng, an ninh đạt [96 %].", ["Tỷ lệ thôn đạt chuẩn về quốc phòng, an ninh"]),
    (
        "Điểm thấp; mức độ hài lòng của người dân, doanh nghiệp đối với trụ sở đạt [81 %:level].",
        ["mức độ hài lòng của người dân, doanh nghiệp đối với trụ sở"],
    ),
    (
        "Trong đó: hoạt động thiết kế, quảng cáo và in ấn có [4 doanh nghiệp] giải thể; vận tải, kho bãi có "
        "[3 doanh nghiệp] giải thể.",
        ["hoạt động thiết kế, quảng cáo và in ấn giải thể", "vận tải, kho bãi giải thể"],
    ),
    # "thì" closes a condition; with a copula behind it, it marks the topic
    ("Khi ngân sách cấp đủ thì [100 %:share] hộ nghèo được vay vốn.", ["hộ nghèo được vay vốn"]),
    ("Số vụ thì ít, giáo viên thì gấp [3 lần:relative].", ["giáo viên"]),
    # another statement behind the unit; ends of phrases; units without their rate
    (
        "Số doanh nghiệp giải thể là [11 doanh nghiệp], doanh nghiệp tạm ngừng là [3 doanh nghiệp].",
        ["doanh nghiệp giải thể", "doanh nghiệp tạm ngừng"],
    ),
    ("Xã công nhận [12 tiêu chí] nâng tổng số lên [17 tiêu chí].", ["công nhận tiêu chí", None]),
    ("Đoàn tiến hành khảo sát [85 phiếu].", ["khảo sát phiếu"]),
    ("Mỗi nơi tạm thời bố trí [32 biên chế/xã].", ["bố trí biên chế"]),
    # what points back, what a plan demands, another thing than the figure before
    ("Đấu giá [68 dự án]. [68 dự án] trên dự kiến thu [7 tỷ đồng].", ["Đấu giá dự án", "Đấu giá dự án", None]),
    ("Tỷ lệ phá án đạt [78 %] (chưa đạt yêu cầu đề ra là [90 %]).", ["Tỷ lệ phá án"] * 2),
    ("Cháy giảm cả [3 tiêu chí:change], giảm [43 người chết:change@0].", [None, "người chết"]),
    # what befell both, what "là" names behind an amount, what an amount becomes, who received
    ("Có [45 hộ] với [160 nhân khẩu] sẽ được di dời khỏi bãi sông.", ["được di dời khỏi bãi sông"] * 2),
    (
        "Tổng vốn là [9 tỷ đồng], trong đó [2 tỷ đồng] là kinh phí đền bù.",
        [None, "kinh phí đền bù"],
    ),
    ("Huyện chuyển mục đích [26 ha] đất trồng lúa sang đất ở.", ["chuyển mục đích đất trồng lúa"]),
    ("Các hộ có thu nhập thấp được hỗ trợ [60 %:share] mức đóng.", ["Các hộ có thu nhập thấp hỗ trợ mức đóng"]),
    ("Hợp tác xã thu về cho ngân sách [3 tỷ đồng].", ["thu về cho ngân sách"]),
    # the fine for the cases before it
    (
        "Kết quả: [24 trường hợp] xe quá tải, phạt tiền [2 tỷ đồng]; [6 trường hợp] quá tốc độ, phạt tiền [5 tỷ đồng].",
        ["xe quá tải", "phạt tiền xe quá tải", "quá tốc độ", "phạt tiền quá tốc độ"],
    ),
    # a long name by the letters in brackets behind it; names that end like a verb
    (
        "Chỉ số đo sự hài lòng của người dân đối với việc phục vụ của cơ quan (SIPAS), tỉnh Hòa Bắc đạt [87 %:level].",
        ["Chỉ số SIPAS"],
    ),
    ("Tỷ lệ trẻ đến lớp ở Cao Bằng [87 %:share].", ["Tỷ lệ trẻ đến lớp"]),
    # a bare head belongs to the work that the sentence opened with
    ("Dự án Làng nghề Hạ được phê duyệt tháng trước, quy mô [30 ha].", ["quy mô Dự án Làng nghề Hạ"]),
    ("Huyện tháo gỡ [12 khó khăn].", ["tháo gỡ khó khăn"]),
    ("Hỗ trợ [12 tỷ đồng] vốn ngân sách thành phố.", ["Hỗ trợ vốn ngân sách thành phố"]),
    ("Có [35 %] hội viên trở thành đảng viên.", ["hội viên trở thành đảng viên"]),
    ("Cấp [120 giấy chứng nhận] đất sang tên.", ["giấy chứng nhận đất sang tên"]),
    ("Nhà máy này được nâng công suất lên [8 tấn].", ["công suất"]),
    # shares that answer two figures one by one, heads of lists, what places are ranked by
    (
        "Bán lẻ có [18 hộ] mở mới và [9 hộ] tạm nghỉ, chiếm [22 %:share] và [24 %:share].",
        ["mở mới", "tạm nghỉ", "mở mới", "tạm nghỉ"],
    ),
    (
        "Tăng trưởng một số tỉnh vùng đồng bằng như sau: Hòa Bắc tăng [7 %:change]; Kỳ Lâm tăng [5 %:change].",
        ["Tăng trưởng"] * 2,
    ),
    ("Tiến độ gieo trồng cây vụ đông như sau: ngô [13 ha]; lạc [38 ha].", ["gieo trồng ngô", "gieo trồng lạc"]),
    ("Theo bảng xếp hạng DDCI vừa qua, huyện Hòa Bắc đạt [71 điểm].", ["bảng xếp hạng DDCI"]),
    ("Về kết quả phản biện, tổ chức [9 hội nghị].", ["phản biện"]),
    # verbs inside longer ones
    ("Giai đoạn sau mở rộng [6 làn xe].", ["mở rộng làn xe"]),
    # deeds of somebody, cases with who did them, the same unit again, durations of doing something
    ("Sai phạm của [3 cán bộ] xã bị nêu rõ.", ["Sai phạm của cán bộ"]),
    ("Công an bắt giữ [6 vụ], xử lý [9 đối tượng] tàng trữ pháo.", ["tàng trữ pháo"] * 2),
    (
        "Năm trước có [12 lượt] khám bệnh với chi phí [4 tỷ đồng]; năm sau có [15 lượt].",
        ["khám bệnh", None, "khám bệnh"],
    ),
    ("Bà Lan có [20 năm:level] dạy học.", [None]),
    # what was granted, where another clause begins behind "và"
    (
        "Hộ nghèo được hỗ trợ [60 %:share] phí và học sinh cũng được tăng mức hỗ trợ từ [30 %:share].",
        ["Hộ nghèo hỗ trợ phí", "mức hỗ trợ"],
    ),
    ("Công an thu giữ [4 kg] ma túy tổng hợp.", ["thu giữ ma túy tổng hợp"]),
    ("Đội tước [9 giấy phép] lái xe.", ["tước giấy phép lái xe"]),
    ("Hội giúp [4 phụ nữ] khởi nghiệp.", ["phụ nữ khởi nghiệp"]),
    ("Hội đồng thẩm định có [9 người].", ["Hội đồng thẩm định"]),
    ("Số hợp tác xã thành lập mới là [9 hợp tác xã].", ["hợp tác xã thành lập mới"]),
    # what a place is ranked by; the running total that names the figures before it
    (
        "Tháng Ba ước đạt [3 tỷ đồng], tăng [4 %:change@0]. Tính chung quý I, doanh thu lữ hành đạt [9 tỷ đồng].",
        ["doanh thu lữ hành"] * 3,
    ),
    ("Tháng Ba ước đạt [3 tỷ đồng]. Trong đó, doanh thu lữ hành đạt [9 tỷ đồng].", [None, "doanh thu lữ hành"]),
    # the whole behind a percentage, entries with letters, names of goods that hold a verb
    ("Có [9 hộ] trồng chè, chiếm [22 %:share] hộ toàn xã.", ["trồng chè"] * 2),
    (
        "Mức đóng như sau: a) mức đóng của hộ bằng [4 %:share] lương; b) mức đóng của trẻ bằng [3 %:share] lương.",
        ["mức đóng của hộ", "mức đóng của trẻ"],
    ),
    (
        "Muối tăng [2 %:change]; gạch xây dựng bằng đất sét nung (trừ gốm) theo quy chuẩn cũ giảm [3 %:change].",
        ["Muối", "gạch xây dựng bằng đất sét nung theo quy chuẩn cũ"],
    ),
    ("Phạt [3 xưởng]. [3 xưởng] trên đang sửa lò.", [None, "xưởng sửa lò"]),
    ("Thu giữ [7 kg] cần sa.", ["Thu giữ cần sa"]),
    # a bracket that says it again, the make-up of a whole, years, where alone, pronouns
    ("Công suất đạt [8 tấn] (tương đương [190 thùng]).", ["Công suất"] * 2),
    (
        "Cơ cấu kinh tế: thương mại - dịch vụ chiếm [46 %:share], nông nghiệp chiếm [13 %:share].",
        ["Cơ cấu kinh tế thương mại - dịch vụ", "Cơ cấu kinh tế nông nghiệp"],
    ),
    ("Kết quả SIPAS 2024 đạt [83 %:level].", ["SIPAS"]),
    ("Xã xem xét bố trí tái định cư cho [35 hộ dân] trong vùng dự án.", ["bố trí tái định cư hộ dân"]),
    ("Lở đất làm [3 người] trong một nhà tử vong.", ["trong một nhà tử vong"]),
    ("Họ phải đi xa [9 km].", ["đi xa"]),
    # to whom it goes, by whom it is recognised
    ("Huyện chuyển [90 căn hộ] cho trung tâm quỹ đất.", ["chuyển căn hộ cho trung tâm quỹ đất"]),
    ("Tỷ lệ lao động có bằng cấp, chứng chỉ tăng từ [24 %].", ["Tỷ lệ lao động có bằng cấp, chứng chỉ"]),
    ("Có [4 huyện] được Thủ tướng Chính phủ công nhận.", ["được Thủ tướng Chính phủ công nhận"]),
]

SCOPES = [
    ("Toàn huyện có [37 sản phẩm] OCOP.", ["Toàn huyện"]),
    ("Thu ngân sách trên địa bàn thành phố đạt [96 tỷ đồng].", ["trên địa bàn thành phố"]),
    ("Tỷ lệ hộ nghèo của tỉnh Hòa Bắc còn [2,3 %].", ["tỉnh Hòa Bắc"]),
    ("Huyện Hòa Bắc có [23 xã] đạt chuẩn, trong đó [3 xã] kiểu mẫu.", ["Huyện Hòa Bắc"] * 2),
    ("Toàn quận có [38 cuộc], trong đó [12 cuộc] đối thoại định kỳ.", ["Toàn quận", None]),
    ("Có [13 cuộc] đối thoại chuyên đề ([02:level/cuộc] cấp quận).", [None, "cấp quận"]),
    ("Cấp xã có [10 cuộc] với [18 lượt đơn vị].", ["Cấp xã"] * 2),
    ("Có [297 mô hình] tại phường, [03 mô hình] tại doanh nghiệp.", ["tại phường", "tại doanh nghiệp"]),
    ("Nhiều nhất là huyện Hòa Bắc với [12 hộ]; Kỳ Lâm là [9 hộ].", ["huyện Hòa Bắc", "Kỳ Lâm"]),
    ("Tại Hòa Bắc, lực lượng chức năng xử phạt [12 trường hợp].", ["Hòa Bắc"]),
    ("Hòa Bắc, Kỳ Lâm nợ nhiều nhất, lần lượt là [21 tỷ đồng] và [19 tỷ đồng].", ["Hòa Bắc", "Kỳ Lâm"]),
    ("Trạm Y tế phường đã khám cho [83 lượt bệnh nhân].", ["Trạm Y tế phường"]),
    ("UBND huyện tặng giấy khen cho [6 tập thể].", [None]),
    ("Tổng vốn đầu tư toàn xã hội đạt [75 tỷ đồng].", [None]),
    ("Sản lượng một số hàng của tỉnh như sau: gạch tăng [8 %:change]; thép tăng [5 %:change].", ["tỉnh"] * 2),
    ("Hàng của tỉnh như: gạch tăng [8 %:change];... Các sản phẩm giảm như: thép giảm [5 %:change].", ["tỉnh", None]),
    ("Gạch tăng [8 %:change]; Nitơrat Amoni tăng [5 %:change]; thép tăng [2 %:change].", [None] * 3),
    ("Xếp hạng chỉ số: Malaysia ([62 điểm]), Lào ([37 điểm]).", ["Malaysia", "Lào"]),
    ("Chỉ số hạnh phúc của ta xếp trên Ấn Độ ([31 điểm]).", ["Ấn Độ"]),
    ("Quà gồm: huyện Ân Thi [4 tấn]; huyện Kỳ Lâm [5 tấn].", ["huyện Ân Thi", "huyện Kỳ Lâm"]),
    ("Chỉ số phát triển của Lào là [61 điểm].", ["Lào"]),
    ("Việt Nam đã lọt vào nhóm nước có chỉ số đạt [7 điểm].", ["Việt Nam"]),
    ("Bảo hiểm xã hội tỉnh Hòa Bắc tổ chức [34 hội nghị] truyền thông.", ["Bảo hiểm xã hội tỉnh Hòa Bắc"]),
    ("HĐND tỉnh thành lập [3 ban].", [None]),
    ("Công an xã Hòa Bắc bắt [2 đối tượng].", [None]),
    ("Xã Hòa Bắc (Kỳ Lâm) đã tự nguyện trả lại [20 triệu đồng].", ["Xã Hòa Bắc"]),
    ("Bà Rịa - Vũng Tàu đạt [93 %:level].", ["Bà Rịa - Vũng Tàu"]),
    ("Bà Lan nhận [20 triệu đồng].", [None]),
    ("Công an khởi tố [5 đối tượng] trong đường dây đánh bạc.", [None]),
    ("Theo kế hoạch tại Quyết định số này, huyện trồng [5 ha] rừng.", ["huyện"]),
    # households, firms, officers with a power
    ("Gia đình ông Nguyễn Văn Nam đang xây nhà [3 tầng].", ["Gia đình ông Nguyễn Văn Nam"]),
    ("Hộ ông Lê Nam, trưởng thôn, đang xây nhà [2 tầng].", ["Hộ ông Lê Nam"]),
    ("Huyện Kỳ Lâm đã thu hồi [224 m2] đất của gia đình bà Lan.", ["gia đình bà Lan"]),
    ("Gia đình ông Nam đề nghị được cấp [1 suất] đất.", [None]),
    ("Công ty cổ phần Hòa Phát đã chuẩn bị [300 tấn] thịt, tăng [9 %:change@0].", ["Công ty cổ phần Hòa Phát"] * 2),
    ("Còn tại Công ty Hòa Phát, trên [300 tấn] thịt đã bán.", ["Công ty Hòa Phát"]),
    ("Tổng nguồn vốn tại Ngân hàng Chính sách xã hội tỉnh đạt [46 tỷ đồng].", ["Ngân hàng Chính sách xã hội tỉnh"]),
    ("Ông Nam, giám đốc Công ty Visamo, cho hay Visamo đã bán [3 tấn] hàng.", ["Visamo"]),
    (
        "Tập đoàn Điện lực Hòa Bắc (HBE) đã đầu tư [35 dự án]. HBE cũng dành [2 tỷ đồng] cho hộ nghèo.",
        ["Tập đoàn Điện lực Hòa Bắc", "HBE"],
    ),
    ("Giám đốc Công an cấp tỉnh có quyền phạt tiền đến [80 triệu đồng].", ["Giám đốc Công an cấp tỉnh"]),
    (
        "Theo đó, Chánh Thanh tra sở, Trưởng đoàn thanh tra có thẩm quyền phạt đến [50 triệu đồng]; Trưởng Công an xã "
        "được phạt đến [5 triệu đồng].",
        ["Chánh Thanh tra sở, Trưởng đoàn thanh tra", "Trưởng Công an xã"],
    ),
    # who acts behind a source, a report or a bare area; what a place is
    ("Theo Sở Y tế TP. Hòa Bắc, hiện tại TP. Hòa Bắc có [250 trạm] y tế.", ["TP. Hòa Bắc"]),
    ("Cuối năm, TP nâng chuẩn nghèo lên mức [28 triệu đồng].", ["TP"]),
    ("Một tỉnh như Hòa Bắc cũng có [290 hồ sơ] giả.", ["Hòa Bắc"]),
    ("Hòa Bắc sắp có [20 km] cao tốc.", ["Hòa Bắc"]),
    ("Có [2 xã] đạt trên, trong đó, Hòa Bắc là địa phương đứng đầu, đạt [90 %:level].", [None, "Hòa Bắc"]),
    ("Số tỉnh tăng trên [30 %:level] là Hòa Bắc, tỉnh Kỳ Lâm và An Hạ.", ["Hòa Bắc, tỉnh Kỳ Lâm và An Hạ"]),
    ("Có [16 tỉnh] đạt kết quả dưới [80 %:level].", [None, "16 tỉnh"]),
    ("Huyện Kỳ Lâm có [58 hộ] nghèo, chiếm [22 %:share] số hộ cả nước.", ["Huyện Kỳ Lâm"] * 2),
    ("Có [20 hộ] sống tại tổ dân phố số 16.", ["tại tổ dân phố số 16"]),
    ("Dân số Hòa Bắc là [800 người].", ["Hòa Bắc"]),
    ("Ngành nông nghiệp Kỳ Lâm vẫn tăng [2 %:change].", ["Kỳ Lâm"]),
    ("Chỉ số Nụ Cười tăng [2 %:change].", [None]),
    # where it happened, is run, runs through; where people live is no place of what they did
    ("Vụ cháy làm [3 người] tử vong, [5 người] bị thương ở xã Hòa Bắc.", ["ở xã Hòa Bắc"] * 2),
    ("Tang vật thu giữ tại hiện trường gồm [1 chiếc] xe máy.", ["tại hiện trường"]),
    ("Có [68 dự án] do cấp huyện quản lý.", ["do cấp huyện quản lý"]),
    ("Tuyến dài [35 km] đi qua địa phận huyện Hòa Bắc, thị xã Kỳ Lâm.", ["huyện Hòa Bắc, thị xã Kỳ Lâm"]),
    ("Bắt [3 đối tượng] có hộ khẩu thường trú tại tỉnh Hòa Bắc.", [None]),
    ("Tỷ lệ thất nghiệp của khu vực thành thị là [2 %:level].", ["khu vực thành thị"]),
    ("Đội dự Liên hoan Chèo toàn quốc đạt [2 huy chương].", [None]),
    # a place right behind the unit or in brackets, owners within brackets
    (
        "Thu hồi đất của [214 hộ dân] ([96 hộ] phường Hòa Bắc, [47 hộ] phường Kỳ Lâm).",
        [None, "phường Hòa Bắc", "phường Kỳ Lâm"],
    ),
    ("Mức độ hài lòng cao nhất là [87 %:level] (tỉnh Hòa Bắc).", ["tỉnh Hòa Bắc"]),
    ("Có [25 mô hình] ([14 mô hình] của đoàn thể).", [None, "đoàn thể"]),
    (
        "Lúa giảm mạnh như huyện Văn Lâm (giảm [8 ha:change]); huyện Kỳ Lâm (giảm [5 ha:change]).",
        ["huyện Văn Lâm", "huyện Kỳ Lâm"],
    ),
    ("Hòa Bắc [87 tấn], An Hạ [40 tấn], Kỳ Lâm [31 tấn].", ["Hòa Bắc", "An Hạ", "Kỳ Lâm"]),
    # whose budget, both levels, what opens the sentence
    ("Thu ngân sách phường đạt [18 tỷ đồng].", ["phường"]),
    ("Thu ngân sách do huyện quản lý đạt [18 tỷ đồng].", ["huyện"]),
    ("Quỹ hai cấp tiếp nhận [18 tỷ đồng].", ["hai cấp"]),
    ("Cả quận trồng mới [50 cây xanh].", ["Cả quận"]),
    ("Đối với huyện Hòa Bắc, chỉ số đạt [84 %:level].", ["huyện Hòa Bắc"]),
    ("Trên địa bàn không có cháy lớn; xảy ra [1 vụ] va chạm.", ["Trên địa bàn"]),
    ("Tại thôn Hạ, xã Hòa Bắc, huyện Kỳ Lâm, công an bắt [2 đối tượng].", ["thôn Hạ, xã Hòa Bắc, huyện Kỳ Lâm"]),
    ("Xã có diện tích [25 km2].", ["Xã"]),
    ("Toàn tỉnh có [30 vụ] cháy. Thu ngân sách đạt [9 tỷ đồng].", ["Toàn tỉnh", None]),
    # a nameless place behind the figure says less than the place that acts
    ("Xã Hòa Bắc sẽ đấu giá [6 khu đất] trên địa bàn.", ["Xã Hòa Bắc"]),
    ("Toàn tỉnh có [9 người] đến khám tại xã Hòa Bắc, chi phí [5 tỷ đồng].", ["tại xã Hòa Bắc", "Toàn tỉnh"]),
    ("San lấp [9 ha] thuộc địa phận Hòa Bắc.", ["địa phận Hòa Bắc"]),
    ("Hòa Bắc và Kỳ Lâm đã đạt [92 %:level].", ["Hòa Bắc và Kỳ Lâm"]),
    # regions go on in small letters; parts of a law and seasons are no places
    ("Diện tích lúa của vùng Đồng bằng sông Hồng đạt [9 ha].", ["vùng Đồng bằng sông Hồng"]),
    ("Mức đóng quy định tại khoản 2 của luật bằng [4 %:share] lương.", [None]),
    ("Vụ Hè Thu nhận được [12 kg] giống.", [None]),
    # who is let act, or found to have acted; a place that acts in the first clause
    ("Bộ cho phép xã Hòa Bắc trồng [9 ha] chè.", ["xã Hòa Bắc"]),
    ("Huyện Kỳ Lâm công nhận xã Hòa Bắc hoàn thành [9 tiêu chí].", ["xã Hòa Bắc"]),
    ("Hòa Bắc có bờ biển dài, với [15 đảo] nhỏ.", ["Hòa Bắc"]),
    ("Theo Hòa Bắc, đường dài [15 km].", [None]),
    ("Nợ đọng ở huyện nông thôn mới này lên [4 tỷ đồng].", ["ở huyện nông thôn mới này"]),
    ("Toàn tỉnh có [9 người] đến khám tại các cơ sở y tế.", ["Toàn tỉnh"]),
    ("Toàn tỉnh có chỉ số [9 điểm], xếp thứ 3 cả nước, tăng [2 điểm:change@0].", ["Toàn tỉnh"] * 2),
    ("Chỉ số hài lòng về giao thông tỉnh Hòa Bắc đạt [82 %:level].", ["tỉnh Hòa Bắc"]),
    ("Số văn bản của Ủy ban nhân dân tỉnh Hòa Bắc là [8 văn bản].", [None]),
    ("Triển khai [5 ha] tại Khu đô thị Hạ Long - Kỳ Lâm - Hòa Bắc.", ["tại Khu đô thị Hạ Long - Kỳ Lâm - Hòa Bắc"]),
    ("Đứng cuối bảng là tỉnh Cao Bằng, đạt [82 %:level].", ["tỉnh Cao Bằng"]),
    ("Dẫn đầu là Hòa Bắc với kết quả đạt [93 %:level].", ["Hòa Bắc"]),
    ("Từ nay đến cuối năm xã di dời [34 hộ] ở ven sông.", ["xã"]),
    ("Có [9 hộ] nghèo ở khu dân cư này. Lễ hội tại chùa Hạ đón [50 lượt khách].", ["ở khu dân cư này", "tại chùa Hạ"]),
    # a bracket of this sentence speaks of no figure of the one before
    ("Toàn xã có [9 vụ] cháy.\nCăn nhà đã hết hạn bảo hành ([60 tháng]).", ["Toàn xã", None]),
    # a named area holds for the parts, a place inside a noun phrase for that amount only
    ("Trên địa bàn xã Hòa Bắc còn [24 điểm] vướng; gồm [10 điểm] vướng mồ mả.", ["Trên địa bàn xã Hòa Bắc"] * 2),
    ("Tổng giá trị sản xuất trên toàn huyện đạt [5 tỷ đồng]; thu nhập đạt [3 triệu đồng].", ["toàn huyện", None]),
    # whose force acts, bodies that act where they are counted, what is counted among others
    ("Lực lượng chức năng của tỉnh đã xử lý [20 trường hợp] vi phạm; tạm giữ [5 phương tiện].", ["tỉnh"] * 2),
    (
        "Đã có [15 đơn vị] trên địa bàn Hòa Bắc tổ chức đấu giá, với diện tích [21 ha].",
        ["trên địa bàn Hòa Bắc"] * 2,
    ),
    ("Trong tổng số [28 chỉ tiêu] kinh tế của xã có [18 chỉ tiêu] vượt kế hoạch.", ["xã"] * 2),
    # for whom a rule holds
    ("Mỗi phòng có [2 công chức] quản lý; [4 công chức] làm văn thư.", ["Mỗi phòng", None]),
    ("Đối với xã không có chợ thì được tăng [1 cán bộ:change].", ["xã không có chợ"]),
    ("Đối với đơn vị hành chính cấp xã có quy mô [16 dân], cứ tăng [2 dân:change].", ["đơn vị hành chính cấp xã"] * 2),
    ("Đối với lúa, sản lượng đạt [16 tấn].", [None]),
    ("Tại Vụ Bản, có [12 hộ] bị ngập.", ["Vụ Bản"]),
    # a name goes on; words that only begin like a body
    ("Đối với tỉnh Thái Bình có [12 dự án] khởi công.", ["tỉnh Thái Bình"]),
    ("Đối với xã miền núi bố trí [12 cán bộ].", ["xã miền núi"]),
    ("Đối với phòng cháy chữa cháy, đã kiểm tra [120 cơ sở].", [None]),
    ("Đối với khoa học công nghệ, đã triển khai [12 đề tài].", [None]),
    ("Đối với đội ngũ giáo viên, có [120 người] đạt chuẩn.", [None]),
    ("Đối với bản án dân sự, đã thi hành [120 vụ].", [None]),
]


@pytest.mark.parametrize(("marked", "wanted"), SUBJECTS)
def test_subject(marked: str, wanted: list[str | None]) -> None:
    _, mentions = read(marked)
    for mention, subject in zip(mentions, wanted, strict=True):
        if subject is not None:
            assert mention.subject == subject


@pytest.mark.parametrize(("marked", "wanted"), SCOPES)
def test_scope(marked: str, wanted: list[str | None]) -> None:
    _, mentions = read(marked)
    assert [mention.scope for mention in mentions] == wanted


def test_what_a_place_is_ranked_by() -> None:
    document, mentions = parse("Tỉnh xếp thứ [12 tỉnh] trong cả nước về chỉ số PAPI với [44 điểm].")
    mentions[0].kind = "rank"
    assign_subjects(document, mentions)
    assert mentions[0].subject == "chỉ số PAPI"


def test_evidence_names_rule_and_words() -> None:
    _, (mention,) = read("Toàn xã kết nạp [27 đảng viên].")
    assert mention.evidence["subject"] == "verb_unit: kết nạp đảng viên"
    assert mention.evidence["scope"] == "whole: Toàn xã"
