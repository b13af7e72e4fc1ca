-- title: Tổng và các thành phần
-- description: Những chỗ bản tin nêu một tổng số cùng các thành phần: cộng lại được bao nhiêu, chênh bao nhiêu. Để trống kết luận là những chỗ không khớp; gõ holds để xem những chỗ khớp.
-- param verdict: Kết luận: fails (không khớp), impossible (không thể đúng), holds (khớp); để trống là fails
-- chart: g.mark=bar&g.x_column=Tổng nêu&g.x_type=nominal&g.y_column=Chênh&g.y_type=quantitative
WITH found AS (
  SELECT * FROM (SELECT m.key FROM findings m
    CROSS JOIN current_runs c ON c.bulletin_id = m.bulletin_id AND c.run_id = m.run_id
    WHERE m.check_name = 'sum' AND m.verdict = coalesce(nullif(:verdict, ''), 'fails') ORDER BY m.key DESC LIMIT 400)
  UNION ALL
  SELECT * FROM (SELECT m.key FROM findings m
    CROSS JOIN current_runs c ON c.bulletin_id = m.bulletin_id AND c.run_id = m.run_id
    WHERE m.check_name = 'partial_sum' AND m.verdict = coalesce(nullif(:verdict, ''), 'fails') ORDER BY m.key DESC LIMIT 400)
), summed AS (
  SELECT n.key, n.bulletin_id, n.run_id, n.verdict, n.message,
    max(CASE WHEN g.position = 0 THEN f.quote || coalesce(' ' || f.unit, '') END) AS total,
    max(CASE WHEN g.position = 0 THEN f.value END) AS total_value,
    max(CASE WHEN g.position = 0 THEN f.sentence END) AS sentence,
    max(CASE WHEN g.position = 0 THEN f.id END) AS id,
    sum(CASE WHEN g.position > 0 THEN f.value END) AS parts_value,
    count(DISTINCT f.unit) AS units
  FROM found
  CROSS JOIN findings n ON n.key = found.key
  JOIN finding_figures g ON g.finding_key = n.key
  JOIN figures f ON f.key = g.figure_key
  GROUP BY n.key
)
SELECT
  s.total AS "Tổng nêu",
  (SELECT group_concat(part, ' + ') FROM (SELECT f.quote || coalesce(' ' || f.unit, '') AS part
   FROM finding_figures g JOIN figures f ON f.key = g.figure_key
   WHERE g.finding_key = s.key AND g.position > 0 ORDER BY g.position)) AS "Các thành phần",
  CASE WHEN s.units < 2 THEN s.parts_value END AS "Cộng lại",
  CASE WHEN s.units < 2 THEN round(s.total_value - s.parts_value, 6) END AS "Chênh",
  CASE s.verdict WHEN 'holds' THEN 'khớp' WHEN 'fails' THEN 'không khớp' WHEN 'impossible' THEN 'không thể đúng'
    WHEN 'possible' THEN 'có thể đúng' ELSE 'đáng ngờ' END AS "Kết luận",
  s.message AS "Diễn giải",
  s.sentence AS "Câu văn",
  b.title AS "Bản tin",
  b.published AS "Ngày đăng",
  b.url AS "Địa chỉ",
  s.id AS "Mã số liệu"
FROM summed s
JOIN bulletins b ON b.id = s.bulletin_id
ORDER BY b.published DESC, s.key
LIMIT 300
