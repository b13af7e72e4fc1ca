-- title: Phần trăm không thể đúng
-- description: Những tỷ lệ phần trăm trái với các con số bên cạnh: tỷ trọng quá 100%, không có kế hoạch hay số kỳ trước nào phù hợp, tỷ số và phần trăm khác nhau.
-- param source: Mã nguồn tin; để trống là mọi nguồn
WITH found AS MATERIALIZED (
  SELECT key FROM findings
  WHERE check_name IN ('share_bound', 'implied_plan', 'implied_previous', 'ratio_vs_percent', 'change_percent')
    AND verdict IN ('impossible', 'fails')
)
SELECT
  n.message AS "Diễn giải",
  CASE n.verdict WHEN 'impossible' THEN 'không thể đúng' ELSE 'không khớp' END AS "Kết luận",
  CASE n.check_name WHEN 'implied_plan' THEN 'kế hoạch suy ra' WHEN 'implied_previous' THEN 'số kỳ trước suy ra'
    WHEN 'share_bound' THEN 'tỷ trọng không quá 100%' WHEN 'ratio_vs_percent' THEN 'tỷ số khớp phần trăm'
    ELSE 'mức tăng giảm khớp phần trăm' END AS "Phép kiểm tra",
  nullif(n.expected, '') AS "Giá trị tính được",
  f.sentence AS "Câu văn",
  b.title AS "Bản tin",
  b.published AS "Ngày đăng",
  b.url AS "Địa chỉ",
  f.id AS "Mã số liệu"
FROM found
CROSS JOIN findings n ON n.key = found.key
CROSS JOIN current_runs c ON c.bulletin_id = n.bulletin_id AND c.run_id = n.run_id
JOIN bulletins b ON b.id = n.bulletin_id
JOIN finding_figures g ON g.finding_key = n.key AND g.position = 0
JOIN figures f ON f.key = g.figure_key
WHERE (coalesce(:source, '') = '' OR b.source = :source)
ORDER BY n.verdict DESC, b.published DESC, n.key
LIMIT 500
