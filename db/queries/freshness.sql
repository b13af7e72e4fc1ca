-- title: Độ mới của từng nguồn tin
-- description: Mỗi cổng có bản tin mới nhất ngày nào, chương trình hỏi cổng lần cuối lúc nào, và giữa hai mốc cách bao nhiêu ngày. Khoảng cách lớn nghĩa là cổng đã lâu không đăng tin.
-- param days: Chỉ hiện những cổng có khoảng cách từ bao nhiêu ngày; để trống là tất cả
-- chart: g.mark=bar&g.x_column=Cổng thông tin&g.x_type=nominal&g.y_column=Số ngày im lặng&g.y_type=quantitative
WITH seen AS (
  SELECT s.code, s.name, s.url,
    (SELECT max(b.published) FROM bulletins b WHERE b.source = s.code) AS newest,
    (SELECT max(l.time) FROM fetch_log l WHERE l.source = s.code) AS asked,
    (SELECT count(*) FROM bulletins b WHERE b.source = s.code) AS bulletins
  FROM sources s
)
SELECT
  name AS "Cổng thông tin",
  substr(newest, 1, 10) AS "Bản tin mới nhất",
  asked AS "Hỏi lần cuối (UTC)",
  CAST(julianday(substr(asked, 1, 10)) - julianday(substr(newest, 1, 10)) AS INTEGER) AS "Số ngày im lặng",
  bulletins AS "Số phiên bản bản tin",
  url AS "Địa chỉ",
  code AS "Mã nguồn"
FROM seen
WHERE coalesce(:days, '') = ''
  OR julianday(substr(asked, 1, 10)) - julianday(substr(newest, 1, 10)) >= CAST(:days AS INTEGER)
ORDER BY newest IS NOT NULL, newest, name
LIMIT 1000
