-- title: Số liệu mâu thuẫn
-- description: Những chỗ số liệu trong cùng một bản tin không khớp nhau hoặc đáng ngờ: tổng khác các thành phần, tỷ số khác phần trăm, tỷ trọng quá 100%.
WITH worst AS MATERIALIZED (
  SELECT n.key, n.verdict, b.published
  FROM findings n
  CROSS JOIN current_runs c ON c.bulletin_id = n.bulletin_id AND c.run_id = n.run_id
  CROSS JOIN bulletins b ON b.id = n.bulletin_id
  WHERE n.verdict IN ('impossible', 'fails', 'suspicious')
  ORDER BY CASE n.verdict WHEN 'impossible' THEN 1 WHEN 'fails' THEN 2 ELSE 3 END, b.published DESC, n.key
  LIMIT 500
)
SELECT
  n.message AS "Diễn giải",
  CASE n.verdict WHEN 'impossible' THEN 'không thể đúng' WHEN 'fails' THEN 'không khớp' ELSE 'đáng ngờ' END AS "Kết luận",
  (SELECT group_concat(said, '; ') FROM (SELECT t.quote || coalesce(' ' || t.unit, '') AS said
   FROM finding_figures h JOIN figures t ON t.key = h.figure_key WHERE h.finding_key = n.key ORDER BY h.position)) AS "Các số liệu",
  n.expected AS "Giá trị tính được",
  f.sentence AS "Câu văn",
  b.title AS "Bản tin",
  b.published AS "Ngày đăng",
  s.name AS "Cổng thông tin",
  b.url AS "Địa chỉ",
  f.id AS "Mã số liệu đứng đầu"
FROM worst w
CROSS JOIN findings n ON n.key = w.key
CROSS JOIN bulletins b ON b.id = n.bulletin_id
JOIN sources s ON s.code = b.source
LEFT JOIN finding_figures g ON g.finding_key = n.key AND g.position = 0
LEFT JOIN figures f ON f.key = g.figure_key
ORDER BY CASE n.verdict WHEN 'impossible' THEN 1 WHEN 'fails' THEN 2 ELSE 3 END, b.published DESC, n.key
LIMIT 500
