"""Words that names of Vietnamese offices and places are made of. `archive.names` reads by them.

An office is written with a capital at the beginning of each word, not of each syllable: *Sở Nội vụ tổ chức hội nghị*.
Where its name ends can be told only by knowing the words; so those that offices have are listed here, the longer ones
for what stands together (*Giáo dục và Đào tạo*).
"""


def _words(text: str) -> tuple[str, ...]:
    """Return the words, parted by `;`; after `=` stands the form that a word is counted under."""
    return tuple(" ".join(word.split()) for word in text.split(";"))


# What an office deals with, or whom an association is for.
FIELDS = _words(
    """
    Nội vụ; Ngoại vụ; Tư pháp; Tài chính; Công Thương; Y tế; Xây dựng; Giao thông Vận tải; Giao thông; Du lịch;
    Giáo dục và Đào tạo; Giáo dục; Đào tạo; Khoa học và Công nghệ; Khoa học; Công nghệ thông tin; Công nghệ;
    Thông tin và Truyền thông; Kế hoạch và Đầu tư; Tài nguyên và Môi trường; Tài nguyên - Môi trường;
    Nông nghiệp và Phát triển nông thôn; Nông nghiệp và Phát triển Nông thôn; Nông nghiệp và Môi trường;
    Nông nghiệp; Lao động - Thương binh và Xã hội;
    Lao động, Thương binh và Xã hội = Lao động - Thương binh và Xã hội;
    Lao động Thương binh và Xã hội = Lao động - Thương binh và Xã hội; Lao động; Văn hóa, Thể thao và Du lịch;
    Văn hóa Thể thao và Du lịch = Văn hóa, Thể thao và Du lịch; Văn hóa và Thể thao; Văn hóa và Thông tin;
    Văn hóa - Thông tin; Văn hóa, Khoa học và Thông tin; Văn hóa; Thể dục Thể thao; Thể thao; Dân tộc và Tôn giáo;
    Dân tộc; Tôn giáo; Quy hoạch - Kiến trúc; Quy hoạch và Kiến trúc; Tài chính - Kế hoạch; Kinh tế và Hạ tầng;
    Kinh tế Trung ương; Kinh tế; Quản lý đô thị; Ngoại giao; Quốc phòng; Công an; Bưu chính, Viễn thông;
    Bưu chính Viễn thông; Bưu chính; Viễn thông; Thương mại; Thủy lợi; Thủy sản; Lâm nghiệp; Thú y;
    Chăn nuôi và Thú y; Trồng trọt và Bảo vệ thực vật; Bảo vệ thực vật; Kiểm lâm; Quản lý thị trường; Thuế;
    Hải quan; Thống kê; Thi hành án dân sự; Dân số - Kế hoạch hóa gia đình; Dự trữ Nhà nước; Nhà nước; Thanh tra;
    Văn thư - Lưu trữ; Văn thư và Lưu trữ nhà nước; Lưu trữ; Hành chính công; Phục vụ hành chính công;
    Kiểm soát bệnh tật; Y tế dự phòng; Khuyến nông; Kiểm nghiệm; Đăng kiểm; Tần số vô tuyến điện; An toàn thông tin;
    Thi đua - Khen thưởng; Thi đua, Khen thưởng = Thi đua - Khen thưởng;
    Thi đua khen thưởng = Thi đua - Khen thưởng; Thường vụ; Thường trực; Chấp hành Đảng bộ; Chấp hành; Tổ chức;
    Tuyên giáo; Tuyên giáo và Dân vận; Dân vận; Nội chính; Pháp chế; Kiểm tra; Chính trị; Dân chính Đảng;
    Doanh nghiệp; Các cơ quan; Bảo vệ chăm sóc sức khỏe cán bộ; Cơ yếu Chính phủ; Cơ yếu;
    Quản lý các khu công nghiệp; Quản lý khu công nghiệp; Quản lý dự án; Chỉ huy Quân sự; Chỉ huy Bộ đội Biên phòng;
    Chỉ huy Phòng chống thiên tai; Tư lệnh Quân khu; Tổng Tham mưu; Cựu chiến binh; Cựu thanh niên xung phong;
    Cựu giáo chức; Nông dân; Liên hiệp Phụ nữ; Phụ nữ; Người cao tuổi; Người mù; Người khuyết tật;
    Nạn nhân chất độc da cam; Chữ thập đỏ; Khuyến học; Luật gia; Nhà báo; Đông y; Làm vườn; Sinh vật cảnh;
    Văn học - Nghệ thuật; Văn học Nghệ thuật; Khoa học Lịch sử; Liên hiệp Thanh niên; Thanh niên;
    Thanh niên Cộng sản Hồ Chí Minh; Sinh viên; Doanh nhân; Doanh nghiệp trẻ; Doanh nghiệp nhỏ và vừa; Hữu nghị;
    Bảo trợ người khuyết tật và trẻ mồ côi; Kế hoạch hóa gia đình; Tin học; Truyền thông; Hợp tác xã;
    Công chức, Viên chức; Viên chức; Công nhân; Phật giáo; Đại biểu Quốc hội; Bảo hiểm xã hội; Kiến trúc; Đầu tư
    """
)

# The same in short; `&` and dashes between the letters do not count.
SHORT_FIELDS = _words(
    """
    TT&TT = Thông tin và Truyền thông; LĐTB&XH = Lao động - Thương binh và Xã hội; GD&ĐT = Giáo dục và Đào tạo;
    KH&ĐT = Kế hoạch và Đầu tư; KH&CN = Khoa học và Công nghệ; TN&MT = Tài nguyên và Môi trường;
    GTVT = Giao thông Vận tải; VHTT&DL = Văn hóa, Thể thao và Du lịch;
    NN&PTNT = Nông nghiệp và Phát triển nông thôn; NN&MT = Nông nghiệp và Môi trường; CNTT = Công nghệ thông tin;
    CHQS = Chỉ huy Quân sự; LHPN = Liên hiệp Phụ nữ; CCB = Cựu chiến binh;
    TNCS Hồ Chí Minh = Thanh niên Cộng sản Hồ Chí Minh; TĐKT = Thi đua - Khen thưởng; TĐ-KT = Thi đua - Khen thưởng;
    LĐ-TB&XH = Lao động - Thương binh và Xã hội
    """
)

# Bodies that are named by whom they serve: `UBND xã Đồng Tâm`.
COMMITTEES = _words(
    """
    UBND; HĐND; Ủy ban nhân dân = UBND; Hội đồng nhân dân = HĐND; Ủy ban MTTQ;
    Ủy ban Mặt trận Tổ quốc = Ủy ban MTTQ; UBMTTQ = Ủy ban MTTQ; MTTQ; Mặt trận Tổ quốc = MTTQ; Công an;
    Tòa án nhân dân; TAND = Tòa án nhân dân; Viện kiểm sát nhân dân; VKSND = Viện kiểm sát nhân dân;
    Kho bạc Nhà nước; Bảo hiểm xã hội; BHXH = Bảo hiểm xã hội; Thanh tra; Đảng bộ; Đảng ủy;
    LĐLĐ = Liên đoàn Lao động; Văn phòng UBND; Văn phòng HĐND
    """
)

# What means such a body only with more behind it: an event has a `Ban Tổ chức` too, a visit a `Đoàn Kiểm tra`.
NOT_ALONE = frozenset(
    _words(
        """
    Ban Tổ chức; Ban Thường vụ; Ban Thường trực; Ban Chấp hành; Ban Kiểm tra; Ban Quản lý dự án; Ban Nhân dân;
    Đoàn Kiểm tra; Đoàn Thanh tra; Đoàn Công an; Hội Xây dựng; Hội Thi đua - Khen thưởng; Phòng Thường trực
    """
    )
)

# What stands between `Trường` or `Công ty` and its own name.
SCHOOLS = _words(
    """
    Đại học; Cao đẳng; Trung cấp; Trung học phổ thông; Trung học Phổ thông; Trung học cơ sở; Trung học Cơ sở;
    Trung học; Tiểu học; Mầm non; Mẫu giáo; Phổ thông dân tộc nội trú; Phổ thông; Chính trị; Sư phạm; Kinh tế;
    Kỹ thuật; Công nghiệp; Công nghệ; Bách khoa; Y tế; Dược; Thương mại; Du lịch; Nông nghiệp; chuyên
    """
)
FIRMS = _words(
    """
    trách nhiệm hữu hạn; Trách nhiệm hữu hạn; một thành viên; Một thành viên; cổ phần; Cổ phần; Tập đoàn; tư nhân;
    Tư nhân; Nhà nước; Đầu tư; Xây dựng; Thương mại; Dịch vụ; Sản xuất; Kinh doanh; Phát triển; Công nghiệp;
    Nông nghiệp; Vận tải; Cơ khí; Chế tạo; Xi măng; Nhiệt điện; Điện lực; Cấp nước; Nước sạch; May mặc; Môi trường;
    Đô thị; Môi trường Đô thị; Xuất nhập khẩu; Xăng dầu; Viễn thông; Bưu chính; Khai thác; Thủy lợi; Công trình;
    Chế biến; Thực phẩm; Vật liệu; Bảo hiểm; Quốc tế; Truyền thông; Công nghệ; Giải pháp; Du lịch; Dược phẩm;
    Ngoại thương; Công thương; Chính sách xã hội; Quân đội
    """
)
HOSPITALS = _words(
    """
    Đa khoa; đa khoa; Phụ sản; Nhi; Lao và Bệnh phổi; Y học cổ truyền; Phục hồi chức năng; Tâm thần; Mắt; Nhiệt đới;
    Bệnh Nhiệt đới; Đại học; Quân y; Trung ương
    """
)

# Provinces and cities under the government, past and present: also written without `tỉnh` (*Sở Nội vụ Hải Dương*).
PROVINCES = _words(
    """
    An Giang; Bà Rịa - Vũng Tàu; Bạc Liêu; Bắc Giang; Bắc Kạn; Bắc Ninh; Bến Tre; Bình Dương; Bình Định; Bình Phước;
    Bình Thuận; Cà Mau; Cao Bằng; Cần Thơ; Đà Nẵng; Đắk Lắk; Đắk Nông; Điện Biên; Đồng Nai; Đồng Tháp; Gia Lai;
    Hà Giang; Hà Nam; Hà Nội; Hà Tĩnh; Hải Dương; Hải Phòng; Hậu Giang; Hòa Bình; Hồ Chí Minh; Huế; Hưng Yên;
    Khánh Hòa; Kiên Giang; Kon Tum; Lai Châu; Lạng Sơn; Lào Cai; Lâm Đồng; Long An; Nam Định; Nghệ An; Ninh Bình;
    Ninh Thuận; Phú Thọ; Phú Yên; Quảng Bình; Quảng Nam; Quảng Ngãi; Quảng Ninh; Quảng Trị; Sóc Trăng; Sơn La;
    Tây Ninh; Thái Bình; Thái Nguyên; Thanh Hóa; Thừa Thiên Huế; Thừa Thiên - Huế; Tiền Giang; Trà Vinh;
    Tuyên Quang; Vĩnh Long; Vĩnh Phúc; Yên Bái; Hà Tây; Hải Hưng; Nam Hà; Hà Bắc; Bắc Thái; Vĩnh Phú; Nghệ Tĩnh;
    Hà Nam Ninh; Hà Sơn Bình; Sông Bé; Minh Hải; HCM = Hồ Chí Minh
    """
)

# A run of three capitals that begins with one of these is a person: *Phó Chủ tịch UBND tỉnh Lương Văn Cầu*.
SURNAMES = frozenset(
    _words(
        """
    Nguyễn; Trần; Lê; Phạm; Hoàng; Huỳnh; Phan; Vũ; Võ; Đặng; Bùi; Đỗ; Hồ; Ngô; Dương; Lý; Lương; Đinh; Đoàn; Trịnh;
    Mai; Đào; Tạ; Hà; Cao; Tô; Lưu; Chu; Châu; Phùng; Quách; Vương; Kiều; Tăng; Thái; Trương; Lâm; Nghiêm; Ninh;
    Giang; Khổng; Tống; Bạch; Doãn; Đàm; Thân; Văn; Mạc; Lã; La; Cù; Khúc; Chử; Từ; Triệu; Nông; Hứa; Lò; Quàng;
    Cầm; Vi; Lục; Bế; Hầu; Giàng; Sùng; Thào; Vàng; Tòng; Điêu; Ma; Lại; Phí; Đồng; Thạch
    """
    )
)
