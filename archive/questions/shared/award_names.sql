-- Articles that name several awards count for each.
awards(award) AS (VALUES
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
),
