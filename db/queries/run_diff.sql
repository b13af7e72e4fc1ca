-- title: Một lượt chạy đã làm thay đổi gì
-- description: So kết quả của một lượt chạy với kết quả đã công bố trước đó của cùng bản tin: số liệu thêm, đổi, mất. Bản tin lần đầu được đọc thì không tính.
-- param run: Mã lượt chạy (cột id của bảng runs); để trống là lượt gần nhất có kết quả
WITH wanted AS (
  SELECT coalesce(nullif(:run, ''), (SELECT max(run_id) FROM extractions)) AS run
), pair AS MATERIALIZED (
  SELECT e.bulletin_id, e.run_id, max(o.run_id) AS old_run, o.bulletin_id AS old_bulletin
  FROM wanted w
  CROSS JOIN extractions e ON e.run_id = w.run
  CROSS JOIN bulletins b ON b.id = e.bulletin_id
  CROSS JOIN bulletins v ON v.document_id = b.document_id
  CROSS JOIN extractions o ON o.bulletin_id = v.id AND o.run_id < e.run_id
  CROSS JOIN runs r ON r.id = o.run_id
  WHERE r.kind <> 'reextract' OR EXISTS (SELECT 1 FROM promotions p WHERE p.run_id = r.id)
  GROUP BY e.bulletin_id, e.run_id
), changed AS (
  SELECT p.bulletin_id, 'thêm' AS what, NULL AS old_key, f.key AS new_key, f.start AS place
  FROM pair p CROSS JOIN figures f ON f.bulletin_id = p.bulletin_id AND f.run_id = p.run_id
  WHERE NOT EXISTS (SELECT 1 FROM figures o WHERE o.bulletin_id = p.old_bulletin AND o.run_id = p.old_run AND o.id = f.id)
  UNION ALL
  SELECT p.bulletin_id, 'đổi', o.key, f.key, f.start
  FROM pair p CROSS JOIN figures f ON f.bulletin_id = p.bulletin_id AND f.run_id = p.run_id
  CROSS JOIN figures o ON o.bulletin_id = p.old_bulletin AND o.run_id = p.old_run AND o.id = f.id
  WHERE o.content_hash <> f.content_hash
  UNION ALL
  SELECT p.bulletin_id, 'mất', o.key, NULL, o.start
  FROM pair p CROSS JOIN figures o ON o.bulletin_id = p.old_bulletin AND o.run_id = p.old_run
  WHERE NOT EXISTS (SELECT 1 FROM figures f WHERE f.bulletin_id = p.bulletin_id AND f.run_id = p.run_id AND f.id = o.id)
)
SELECT
  c.what AS "Thay đổi",
  o.quote || coalesce(' ' || o.unit, '') || coalesce(' (' || o.subject || ')', '') AS "Trước",
  n.quote || coalesce(' ' || n.unit, '') || coalesce(' (' || n.subject || ')', '') AS "Sau",
  coalesce(n.sentence, o.sentence) AS "Câu văn",
  b.title AS "Bản tin",
  b.published AS "Ngày đăng",
  b.url AS "Địa chỉ",
  coalesce(n.id, o.id) AS "Mã số liệu"
FROM changed c
JOIN bulletins b ON b.id = c.bulletin_id
LEFT JOIN figures o ON o.key = c.old_key
LEFT JOIN figures n ON n.key = c.new_key
ORDER BY b.published DESC, b.id, c.place
LIMIT 1000
