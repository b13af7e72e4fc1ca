-- title: Số liệu mâu thuẫn
-- description: Những chỗ số liệu trong cùng một bản tin không khớp nhau hoặc đáng ngờ: tổng khác các thành phần, tỷ số khác phần trăm, tỷ trọng quá 100%.
SELECT
  message AS "Diễn giải",
  CASE verdict WHEN 'impossible' THEN 'không thể đúng' WHEN 'fails' THEN 'không khớp' ELSE 'đáng ngờ' END AS "Kết luận",
  figures AS "Các số liệu",
  expected AS "Giá trị tính được",
  sentence AS "Câu văn",
  title AS "Bản tin",
  published AS "Ngày đăng",
  source_name AS "Cổng thông tin",
  url AS "Địa chỉ",
  first_figure AS "Mã số liệu đứng đầu"
FROM findings_full
WHERE verdict IN ('impossible', 'fails', 'suspicious')
ORDER BY CASE verdict WHEN 'impossible' THEN 1 WHEN 'fails' THEN 2 ELSE 3 END, published DESC
LIMIT 500
