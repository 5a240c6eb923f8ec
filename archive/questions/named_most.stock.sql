-- How many articles have each of these names; stock SQLite cannot find names by itself.
WITH listed(name) AS (VALUES
  ('UBND tỉnh'), ('UBND huyện'), ('UBND thành phố'), ('HĐND tỉnh'), ('Tỉnh ủy'), ('Huyện ủy'), ('Ủy ban MTTQ'),
  ('Ban Thi đua - Khen thưởng'), ('Hội đồng Thi đua - Khen thưởng'), ('Sở Nội vụ'), ('Sở Tài chính'), ('Sở Tư pháp'),
  ('Sở Y tế'), ('Sở Giáo dục và Đào tạo'), ('Sở Xây dựng'), ('Sở Công Thương'), ('Sở Thông tin và Truyền thông'),
  ('Sở Nông nghiệp và Phát triển nông thôn'), ('Sở Lao động - Thương binh và Xã hội'), ('Sở Kế hoạch và Đầu tư'),
  ('Sở Văn hóa, Thể thao và Du lịch'), ('Công an tỉnh'), ('Bộ Chỉ huy Quân sự tỉnh'), ('Liên đoàn Lao động'),
  ('Hội Nông dân'), ('Hội Cựu chiến binh'), ('Hội Liên hiệp Phụ nữ'), ('Hội Chữ thập đỏ'), ('Hội Người cao tuổi'),
  ('Hội Người mù'), ('Hội Khuyến học'), ('Đoàn Thanh niên'), ('Trường Tiểu học'), ('Trường Mầm non'),
  ('Công ty TNHH'), ('Công ty cổ phần'), ('Hợp tác xã')
)
SELECT listed.name, count(*) AS articles, min(a.published) AS first, max(a.published) AS last
FROM listed CROSS JOIN articles_fts ON articles_fts MATCH
    '{title body} : "' || listed.name || '"'
CROSS JOIN articles a ON a.id = articles_fts.rowid
WHERE (:from = '' OR a.published >= :from) AND (:to = '' OR a.published <= :to || '~')
GROUP BY listed.name ORDER BY articles DESC, listed.name
