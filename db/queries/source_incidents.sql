-- title: Sự cố của các nguồn tin
-- description: Cổng nào ngừng đăng, đổi giao diện hoặc không truy cập được, từ bao giờ và cần làm gì. Sự cố chưa hết đứng trước.
-- param source: Mã nguồn; để trống là mọi nguồn
-- param all: Gõ 1 để xem cả những sự cố đã hết
SELECT
  s.name AS "Cổng thông tin",
  CASE n.severity WHEN 'error' THEN 'mất dữ liệu nếu không xử lý' ELSE 'cần xem' END AS "Mức độ",
  n.message AS "Sự cố",
  n.advice AS "Việc cần làm",
  date(n.opened, '+7 hours') AS "Phát hiện ngày",
  coalesce(date(n.closed, '+7 hours'), '') AS "Hết ngày",
  h.last_published AS "Bản tin mới nhất"
FROM incidents n
JOIN sources s ON s.code = n.source
LEFT JOIN source_health h ON h.source = n.source AND h.started = (
  SELECT max(l.started) FROM source_health l WHERE l.source = n.source)
WHERE (n.closed IS NULL OR :all = '1') AND (:source = '' OR n.source = :source)
ORDER BY n.closed IS NOT NULL, n.severity, n.opened DESC
LIMIT 500
