-- title: Chữ số chưa giải thích được
-- description: Những chữ số mà chương trình không nhận là số liệu và cũng không có lý do loại ra. Nên xem để biết số liệu nào có thể bị sót.
-- param source: Mã nguồn; để trống là mọi nguồn
WITH newest AS MATERIALIZED (
  SELECT m.bulletin_id, m.run_id, m.start, m."end"
  FROM bulletins b
  CROSS JOIN current_runs c ON c.bulletin_id = b.id
  CROSS JOIN numerals m ON m.bulletin_id = c.bulletin_id AND m.run_id = c.run_id AND m.state = 'unexplained'
  WHERE coalesce(:source, '') = '' OR b.source = :source
  ORDER BY b.published DESC
  LIMIT 500
)
SELECT
  m.quote AS "Chữ số",
  substr(b.text, max(m.start - 59, 1), min(m.start, 60)) || '[' || m.quote || ']' || substr(b.text, m."end" + 1, 60) AS "Đoạn văn",
  b.title AS "Bản tin",
  b.published AS "Ngày đăng",
  s.name AS "Cổng thông tin",
  b.url AS "Địa chỉ"
FROM newest w
CROSS JOIN numerals m ON m.bulletin_id = w.bulletin_id AND m.run_id = w.run_id AND m.start = w.start AND m."end" = w."end"
CROSS JOIN bulletins b ON b.id = m.bulletin_id
JOIN sources s ON s.code = b.source
ORDER BY b.published DESC, m.bulletin_id, m.start
LIMIT 500
