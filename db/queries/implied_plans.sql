-- title: Kế hoạch suy ra
-- description: Bản tin nêu số đã đạt và tỷ lệ so với kế hoạch mà không nêu kế hoạch: kế hoạch phải là bao nhiêu. Không có số nguyên nào phù hợp thì một trong hai con số sai.
-- param verdict: Kết luận: possible (có số phù hợp), impossible (không có số nào phù hợp), holds (bài có nêu và khớp); để trống là possible
WITH found AS (
  SELECT m.key FROM findings m
  CROSS JOIN current_runs c ON c.bulletin_id = m.bulletin_id AND c.run_id = m.run_id
  WHERE m.check_name = 'implied_plan' AND m.verdict = coalesce(nullif(:verdict, ''), 'possible')
  ORDER BY m.key DESC LIMIT 400
)
SELECT
  a.quote || coalesce(' ' || a.unit, '') AS "Số đã đạt",
  p.quote || coalesce(' ' || p.unit, '') AS "So với kế hoạch",
  replace(n.expected, ' | ', ' hoặc ') AS "Kế hoạch suy ra",
  CASE n.verdict WHEN 'impossible' THEN 'không thể đúng' WHEN 'fails' THEN 'không khớp'
    WHEN 'holds' THEN 'khớp' WHEN 'possible' THEN 'có thể đúng' ELSE 'đáng ngờ' END AS "Kết luận",
  n.message AS "Diễn giải",
  a.subject AS "Nội dung",
  a.sentence AS "Câu văn",
  b.title AS "Bản tin",
  b.published AS "Ngày đăng",
  b.url AS "Địa chỉ",
  p.id AS "Mã số liệu"
FROM found
CROSS JOIN findings n ON n.key = found.key
JOIN finding_figures g ON g.finding_key = n.key AND g.position = 0
JOIN figures a ON a.key = g.figure_key
JOIN finding_figures h ON h.finding_key = n.key AND h.position = 1
JOIN figures p ON p.key = h.figure_key
JOIN bulletins b ON b.id = n.bulletin_id
ORDER BY b.published DESC, n.key
LIMIT 300
