-- Both spellings of `sĩ` are in use. Articles that name several awards count for each.
WITH awards(award) AS (VALUES
  ('Huân chương Sao vàng'), ('Huân chương Hồ Chí Minh'), ('Huân chương Độc lập'), ('Huân chương Quân công'),
  ('Huân chương Lao động hạng Nhất'), ('Huân chương Lao động hạng Nhì'), ('Huân chương Lao động hạng Ba'),
  ('Huân chương Bảo vệ Tổ quốc'), ('Huân chương Chiến công'), ('Huân chương Đại đoàn kết dân tộc'),
  ('Huân chương Dũng cảm'), ('Huân chương Hữu nghị'), ('Huy chương'), ('Kỷ niệm chương'), ('Giải thưởng Hồ Chí Minh'),
  ('Giải thưởng Nhà nước'), ('Anh hùng Lao động'), ('Anh hùng Lực lượng vũ trang nhân dân'),
  ('Bà mẹ Việt Nam anh hùng'), ('Nhà giáo nhân dân'), ('Nhà giáo ưu tú'), ('Thầy thuốc nhân dân'),
  ('Thầy thuốc ưu tú'), ('Nghệ nhân nhân dân'), ('Nghệ nhân ưu tú'), ('Chiến sĩ thi đua toàn quốc'),
  ('Chiến sĩ thi đua cấp tỉnh'), ('Chiến sĩ thi đua cơ sở'), ('Chiến sĩ tiên tiến'), ('Lao động tiên tiến'),
  ('Tập thể lao động xuất sắc'), ('Tập thể lao động tiên tiến'), ('Cờ thi đua của Chính phủ'),
  ('Cờ thi đua của UBND tỉnh'), ('Bằng khen của Thủ tướng Chính phủ'), ('Bằng khen của UBND tỉnh'), ('Bằng khen'),
  ('Giấy khen'), ('Gia đình văn hóa')
)
SELECT awards.award, count(*) AS articles, min(a.published) AS first, max(a.published) AS last
FROM awards CROSS JOIN articles_fts ON articles_fts MATCH '"' || award || '"'
  || iif(instr(award, 'sĩ'), ' OR "' || replace(award, 'sĩ', 'sỹ') || '"', '')
CROSS JOIN articles a ON a.id = articles_fts.rowid
WHERE (:from = '' OR a.published >= :from) AND (:to = '' OR a.published <= :to || '~')
GROUP BY awards.award ORDER BY articles DESC, awards.award
